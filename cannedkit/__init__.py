"""Canned replies that read as if a person wrote them: a catalogue and a linter."""
