"""Markdown -> prose, with the place of every character."""
