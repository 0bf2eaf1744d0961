"""The outside proofreaders: one module each, `open(options, vocabulary) -> Engine`."""
