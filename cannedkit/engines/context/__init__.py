"""Proofreading from context: what is written beside what could have been meant, by a model of the language."""
