"""What is known of words: their forms, trained pipelines, dictionaries, what counts as misspelt."""
