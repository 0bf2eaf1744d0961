"""Programs that others talk to: each translates, calls Kit, and translates back."""
