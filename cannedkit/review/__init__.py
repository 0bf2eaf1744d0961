"""The catalogue's journey: every body as its customers read it, linted, with findings at their place in the file."""
