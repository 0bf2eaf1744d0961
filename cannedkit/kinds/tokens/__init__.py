"""The kind `tokens`: spaCy Matcher patterns."""
