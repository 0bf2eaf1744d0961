"""Kinds that read the whole catalogue: what only several responses together show."""
