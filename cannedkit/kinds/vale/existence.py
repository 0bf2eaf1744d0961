"""`existence`: each match of a token is a finding. Vale's semantics.

Keys of our own: `swap` says what may stand in the place of what was found, by what that is; `words` are lists that
`{name}` stands for in tokens; `unless` are patterns that make a match harmless where one stands in its sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Patterns, Rule
from cannedkit.pattern.alternation import Alternation, PatternError, alternation, wrapped
from cannedkit.pattern.dialect import trailing_flags
from cannedkit.pattern.exempt import phrase_sources, silencer
from cannedkit.pattern.standing import needed
from cannedkit.rules.action import Action, action
from cannedkit.rules.holes import filled, groups, words
from cannedkit.rules.message import finding, formatted, listed, problem
from cannedkit.rules.options import flag, options, patterns
from cannedkit.rules.scope import is_whole, passages, where_stands
from cannedkit.rules.sentence import pardon, pardoning
from cannedkit.rules.silence import silenced
from cannedkit.rules.swap import Swap, swap, swapped
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.node import Sequence as SequenceNode


@dataclass(frozen=True)
class Options:
    """What is looked for, and what is made of it. `vocab`: the vocabulary silences; `recase`: fixes take its case.

    `tokens` and `raw` are as written; `lines` are the tokens' lines in the rule file.
    """

    found: Alternation
    tokens: tuple[str, ...]
    raw: str
    lines: tuple[int, ...]
    exceptions: tuple[str, ...]
    vocab: bool
    action: Action
    recase: bool
    swap: Swap
    ignorecase: bool
    unless: str


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(
        rule,
        {
            "tokens": patterns,
            "raw": patterns,
            "exceptions": patterns,
            "ignorecase": flag,
            "nonword": flag,
            "append": flag,
            "vocab": flag,
            "matchcase": flag,
            "action": action,
            "swap": swap,
            "words": words,
            "unless": patterns,
        },
    )
    exceptions: tuple[str, ...] = values.get("exceptions", ())
    by_name = groups(values.get("words", {}), rule)
    if by_name:
        values["tokens"] = tuple(filled(token, by_name, rule, "tokens") for token in values.get("tokens", ()))
    key = "tokens" if values.get("tokens") else "raw"
    try:
        found = _alternation(rule, values)
        key = "exceptions"
        silencer(exceptions, ())
    except PatternError as error:
        raise RuleError([problem(rule, key, str(error))]) from None
    does: Action = values.get("action", Action())
    return Options(
        found,
        tokens=values.get("tokens", ()),
        raw="".join(values.get("raw", ())),
        lines=_lines(rule.options.get("tokens")),
        exceptions=exceptions,
        vocab=values.get("vocab", True) and not values.get("nonword", False),
        action=does,
        recase=values.get("matchcase", False) and does.name == "replace",
        swap=values.get("swap", ()),
        ignorecase=values.get("ignorecase", False),
        unless=pardoning(rule, values, by_name),
    )


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError for a vocabulary that does not compile."""
    return [_check(rule, rule.options, context) for rule in rules]


def _check(rule: Rule, own: Options, context: Context) -> Check:
    found, does, swaps = own.found, own.action, own.swap
    silent, pardoned = silenced(rule, own.exceptions, own.vocab, context), pardon(own.unless)

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule, hits):
            for match in found.find(passage.text, passage.hits):
                if silent(passage.text, match.start, match.end) or pardoned(passage.text, match.start, match.end):
                    continue
                matched = passage.text[match.start : match.end]
                fixes = does.fixes(matched, found.groups(match, passage.text) if does.name else ())
                if own.recase:
                    from cannedkit.prose.case import recased

                    fixes = tuple(recased(fix, matched) for fix in fixes)
                shown = listed(fixes) if len(fixes) > 1 else fixes[0] if fixes else matched
                message = formatted(rule.message, matched, *([shown] if does.name else ()))
                start, end = passage.place(match.start, match.end)
                fixes = fixes or swapped(swaps, passage.text, match.start, match.end, recased=own.ignorecase)
                fixes = tuple(fix for fix in fixes if fix != matched)  # an edit may find nothing to change
                safe = does.safe or (bool(swaps) and does.replaces)
                yield finding(rule, start, end, message, fixes, safe=safe and len(fixes) == 1)

    def patterns() -> Patterns:
        phrases = phrase_sources(own.exceptions, context.vocabulary.accept if own.vocab else ())
        return Patterns(found.tokens, phrases, [wrong for wrong, _ in swaps])

    return Check(
        rule,
        where_stands(found, rule, run),
        found.literals,
        also=found.also,
        needs=needed(found),
        without=found.without,
        patterns=patterns if is_whole(rule) else None,
    )


def _alternation(rule: Rule, values: dict[str, Any]) -> Alternation:
    tokens = _with_flags([token for token in values.get("tokens", ()) if token.strip()])
    raw = "".join(values.get("raw", ()))
    if not tokens and not raw:
        raise RuleError([problem(rule, "tokens", "an existence rule needs `tokens` or `raw`")])
    word = bool(tokens) and not values.get("nonword", False)
    if raw:
        joined = wrapped("|".join(tokens), word) if tokens else ""
        tokens = [joined + raw if values.get("append") else f"(?-m){raw}(?m){joined}"]
        word = False
    return alternation(tokens, ignorecase=values.get("ignorecase", False), word=word)


def _lines(node: Node | None) -> tuple[int, ...]:
    items = node.items if isinstance(node, SequenceNode) else (node,) if node else ()
    return tuple(item.place_of().line for item in items)


def _with_flags(tokens: list[str]) -> list[str]:
    """The tokens, each with the flag that the ones before it leave set: Vale joins them all with `|`."""
    made: list[str] = []
    flags = ""
    for token in tokens:
        made.append(flags + token)
        flags = trailing_flags(made[-1])
    return made
