"""Scripts that measure and make: each says what it needs."""
