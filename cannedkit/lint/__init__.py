"""The linter: a draft -> its findings."""
