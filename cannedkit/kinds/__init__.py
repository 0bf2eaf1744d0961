"""The kinds of rules: one module each, `build(rules, context) -> [Check]`."""
