"""The kind `weir`: Harper's expression language."""
