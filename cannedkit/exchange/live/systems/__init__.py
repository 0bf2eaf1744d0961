"""Systems that answer over HTTP: one module each, listed in `live.SYSTEMS`."""
