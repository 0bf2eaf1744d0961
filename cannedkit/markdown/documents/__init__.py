"""What a person keeps a draft in: files of several formats, read to texts with the way back to the file."""
