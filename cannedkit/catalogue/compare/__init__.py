"""A draft held against the approved reply that it came from: what it drops, adds, alters, and has not filled in."""
