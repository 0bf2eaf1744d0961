"""Response files -> Catalogue, what it covers, and one response rendered for sending."""
