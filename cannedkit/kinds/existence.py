"""`existence`: each match of a token is a finding. Vale's semantics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cannedkit.exceptions import silencer
from cannedkit.model import Check, Context, Draft, Finding, Hits, Rule, RuleError
from cannedkit.patterns import Alternation, PatternError, alternation, passages, wrapped
from cannedkit.rules import finding, options, problem, said
from cannedkit.schema import Problems, boolean, entries, text, texts
from cannedkit.schema import mapping as mapping_of
from cannedkit.yamlsource import Node


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError."""
    return [_check(rule, context) for rule in rules]


def _check(rule: Rule, context: Context) -> Check:
    values = options(
        rule,
        {
            "tokens": texts,
            "raw": texts,
            "exceptions": texts,
            "ignorecase": boolean,
            "nonword": boolean,
            "append": boolean,
            "vocab": boolean,
            "action": _action,
        },
    )
    accepted = context.vocabulary.accept if values.get("vocab", True) and not values.get("nonword") else ()
    key = "tokens" if values.get("tokens") else "raw"
    try:
        found = _alternation(rule, values, context)
        key = "exceptions"
        silent = silencer(values.get("exceptions", ()), accepted)
    except PatternError as error:
        raise RuleError([problem(rule, key, str(error))]) from None
    name, parameters = values.get("action", ("", ()))
    fixes = ("",) if name == "remove" else parameters if name == "replace" else ()
    safe = name == "remove" or (name == "replace" and len(parameters) == 1)

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule.scope, hits):
            for match in found.find(passage.text, passage.hits):
                if not silent(passage.text, match.start, match.end):
                    matched = passage.text[match.start : match.end]
                    start = passage.start + match.start
                    message = said(rule.message, matched, " or ".join(f"'{fix}'" for fix in fixes))
                    yield finding(rule, start, start + len(matched), message, fixes, safe=safe)

    return Check(rule, run, found.literals)


def _alternation(rule: Rule, values: dict[str, Any], context: Context) -> Alternation:
    tokens = [token for token in values.get("tokens", ()) if token]
    raw = "".join(values.get("raw", ()))
    if not tokens and not raw:
        raise RuleError([problem(rule, "tokens", "an existence rule needs `tokens` or `raw`")])
    word = bool(tokens) and not values.get("nonword", False)
    if raw:
        joined = wrapped("|".join(tokens), word) if tokens else ""
        tokens, word = [joined + raw if values.get("append") else raw + joined], False
    return alternation(tokens, ignorecase=values.get("ignorecase", False), word=word, known=context.literals)


def _action(node: Node, key: str, problems: Problems) -> tuple[str, tuple[str, ...]]:
    """The name and parameters of a rule's `action`."""
    action = mapping_of(node, key, problems)
    keys = entries(action, ("name", "params"), problems, " in `action`") if action else {}
    name = text(keys["name"], "name", problems) if "name" in keys else ""
    return name, texts(keys["params"], "params", problems) if "params" in keys else ()
