"""English as the library that Vale is built on reads it: sentences, tokens, words, numbers, case."""
