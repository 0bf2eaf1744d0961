"""Drafts and findings as JSON."""
