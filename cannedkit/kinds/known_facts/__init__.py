"""What a conversation knows already is not asked, or said, again."""
