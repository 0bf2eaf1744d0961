"""Kinds that read one response: its keys, and its bodies beside each other."""
