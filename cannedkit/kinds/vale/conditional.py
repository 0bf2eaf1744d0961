"""`conditional`: what stands in a text needs something else there too, as an acronym its meaning. Vale's semantics.

Where `second` has a group, what it catches is defined for the whole draft; where it has none, it must stand in the
same stretch of text. A draft that is nothing but the match is left alone, as in Vale: it has nowhere to say more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import OffError, RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import PatternError, compiled, each, every, search
from cannedkit.pattern.characters import needs_capitals
from cannedkit.pattern.exempt import silencer
from cannedkit.pattern.literals import required
from cannedkit.rules.action import Action, action
from cannedkit.rules.message import finding, formatted, listed, problem
from cannedkit.rules.options import flag, options, pattern, patterns
from cannedkit.rules.scope import passages
from cannedkit.rules.silence import silenced


@dataclass(frozen=True)
class Options:
    """What stands there, what it needs, and the literals of which one must occur before it can.

    `of_view`: it looks at a scope of a Vale View alone.
    """

    first: str
    second: str
    exceptions: tuple[str, ...]
    vocab: bool
    action: Action
    literals: tuple[str, ...]
    of_view: bool


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    readers = {"in": pattern, "first": pattern, "second": pattern, "exceptions": patterns, "action": action}
    values = options(rule, {**readers, **dict.fromkeys(("ignorecase", "vocab"), flag)})
    for key in ("first", "second"):
        if not values.get(key):
            raise RuleError([problem(rule, key, "a conditional rule needs `first`, and `second`, which it asks for")])
    key = "first"
    try:
        compiled(values["first"], False, False)
        key = "second"
        compiled(values["second"], False, False)
        key = "exceptions"
        silencer(values.get("exceptions", ()), ())
    except PatternError as error:
        raise RuleError([problem(rule, key, str(error))]) from None
    return Options(
        values["first"],
        values["second"],
        exceptions=values.get("exceptions", ()),
        vocab=values.get("vocab", True),
        action=values.get("action", Action()),
        literals=required(values["first"]).texts,
        of_view=bool(values.get("in")),
    )


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError for a vocabulary that does not compile, OffError for one of a View."""
    return [_check(rule, rule.options, context) for rule in rules]


def _check(rule: Rule, own: Options, context: Context) -> Check:
    if own.of_view:
        reason = f"{rule.id} is off: its `in` names a scope of a Vale View, and drafts have none"
        raise OffError([problem(rule, "in", reason)])
    does = own.action
    silent = silenced(rule, own.exceptions, own.vocab, context)

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        first, second = compiled(own.first, False, False), compiled(own.second, False, False)
        defined: set[str] = set()
        for passage in passages(draft, rule, hits):
            text = passage.text
            if second.groups:
                defined |= {caught for match in every(second, text) for caught in match.groups() if caught}
            elif search(second, text):
                continue
            for match in each(first, text):
                if match[0] in (draft.text, *defined) or silent(text, match.start(), match.end()):
                    continue
                fixes = does.fixes(match[0])
                shown = (listed(fixes) if len(fixes) > 1 else "".join(fixes),) if does.name else ()
                message = formatted(rule.message, match[0], *shown)
                yield finding(rule, *passage.place(*match.span()), message, fixes)

    return Check(rule, run, (own.literals,), needs="acronym" if needs_capitals(own.first) else "")
