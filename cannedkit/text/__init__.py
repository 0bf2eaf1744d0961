"""What a text is: words and sentences, its language, amounts and identifiers in it, lines and places."""
