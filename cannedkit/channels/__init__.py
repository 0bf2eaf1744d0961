"""What a channel takes: the table of limits, how each of them counts, and what values may do to a text."""
