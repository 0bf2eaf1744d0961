"""A catalogue searched: what a question finds, how sure that is, why, and how often it is right."""
