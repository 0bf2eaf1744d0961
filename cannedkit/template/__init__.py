"""A Liquid body -> its placeholders, sample sets, and rendered text with an exact map back."""
