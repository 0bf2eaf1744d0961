"""Rules tried out: on their own examples, on one text, on Vale's tests."""
