"""One module a format: what it can say, how it is read and written (see `cannedkit.exchange`)."""
