"""`substitution`: a text that is found has another that should stand there. Vale's semantics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cannedkit.exceptions import silencer
from cannedkit.model import Check, Context, Draft, Finding, Hits, Rule, RuleError
from cannedkit.patterns import Alternation, Match, PatternError, alternation, compiled, passages
from cannedkit.rules import finding, options, problem, said
from cannedkit.schema import Problems, boolean, text, texts
from cannedkit.schema import mapping as mapping_of
from cannedkit.yamlsource import Node

_GROUP = re.compile(r"\$(\d+)")
_BAR = re.compile(r"(?<!\\)\|")
_PHRASE = re.compile(r"[\w\s'’-]+")


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError."""
    return [_check(rule, context) for rule in rules]


def _check(rule: Rule, context: Context) -> Check:
    values = options(
        rule,
        {
            "swap": _swap,
            "exceptions": texts,
            "ignorecase": boolean,
            "nonword": boolean,
            "capitalize": boolean,
            "vocab": boolean,
            "action": _replaces,
        },
    )
    swap: dict[str, str] = values.get("swap", {})
    if not swap:
        raise RuleError([problem(rule, "swap", "a substitution rule needs `swap`: what is wrong, and what is right")])
    wrong = sorted(swap, key=lambda key: -len(key))
    replaces: bool = values.get("action", False)
    ignorecase: bool = values.get("ignorecase", False)
    accepted = context.vocabulary.accept if values.get("vocab", True) else ()
    key = "swap"
    try:
        found = alternation(wrong, ignorecase=ignorecase, word=not values.get("nonword", False), known=context.literals)
        key = "exceptions"
        silent = silencer(values.get("exceptions", ()), accepted)
    except PatternError as error:
        raise RuleError([problem(rule, key, str(error))]) from None

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule.scope, hits):
            for match in found.find(passage.text, passage.hits):
                observed = passage.text[match.start : match.end]
                right = _expanded(swap[wrong[match.index]], found, match, passage.text)
                choices = [choice.replace("\\|", "|") for choice in _BAR.split(right)] if replaces else [right]
                if _is_right(observed, right, choices, replaces) or silent(passage.text, match.start, match.end):
                    continue
                capitals = [_like(observed, choice) for choice in choices]
                shown = capitals if values.get("capitalize") else choices
                if ignorecase or values.get("capitalize"):
                    choices = capitals
                start = passage.start + match.start
                message = _message(rule.message, shown, observed)
                safe = replaces and len(choices) == 1
                yield finding(rule, start, start + len(observed), message, choices, safe=safe)

    return Check(rule, run, found.literals)


def _like(observed: str, choice: str) -> str:
    """The choice with the capital that the observed text has, unless the capital is all that is wrong."""
    capital = choice[:1].upper() + choice[1:] if observed[:1].isupper() else choice
    return choice if capital == observed else capital


def _message(message: str, choices: Sequence[str], observed: str) -> str:
    """The message; several choices bring quotes of their own and take the place of the message's."""
    if len(choices) == 1:
        return said(message, choices[0], observed)
    unquoted = re.sub(r"(['\"])(%(?:\[1\])?s)\1", r"\2", message, count=1)
    return said(unquoted, " or ".join(f"'{choice}'" for choice in choices), observed)


def _expanded(right: str, found: Alternation, match: Match, text: str) -> str:
    """The replacement with `$1` filled from the match."""
    if not _GROUP.search(right):
        return right
    groups = found.groups(match, text)
    return _GROUP.sub(lambda verb: (groups[int(verb[1]) - 1] or "") if 0 < int(verb[1]) <= len(groups) else "", right)


def _is_right(observed: str, right: str, choices: Sequence[str], replaces: bool) -> bool:
    """Whether what stands there already is what should: what `replaces` is plain text, else a pattern."""
    if observed in choices:
        return True
    if replaces or _PHRASE.fullmatch(right):
        return False
    try:
        return compiled(f"^(?:{right})$", False).match(observed) is not None
    except PatternError:
        return False


def _swap(node: Node, key: str, problems: Problems) -> dict[str, str]:
    found = mapping_of(node, key, problems)
    return {name.value: text(value, name.value, problems) for name, value in found.pairs} if found else {}


def _replaces(node: Node, key: str, problems: Problems) -> bool:
    """Whether the rule's `action` is to replace."""
    action = mapping_of(node, key, problems)
    name = action.get("name") if action else None
    return name is not None and text(name, "name", problems) == "replace"
