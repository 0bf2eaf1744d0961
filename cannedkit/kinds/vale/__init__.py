"""The twelve kinds of rules that Vale has."""
