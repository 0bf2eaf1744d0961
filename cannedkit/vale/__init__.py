"""Vale's semantics: its styles, its settings file, its documents, its sentences, words and case."""
