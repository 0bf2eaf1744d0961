"""Rule files -> Rule: keys, levels, scopes, examples, inheritance, packs."""
