"""Findings printed: one function a format."""
