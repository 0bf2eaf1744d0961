"""Strict YAML with a place for every character, and edits that change one value alone."""
