"""Regular expressions: the literals they need, many as one, Go's dialect, what an exception silences."""
