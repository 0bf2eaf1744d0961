"""`conditional`: what stands in a text needs something else there too, as an acronym its meaning. Vale's semantics.

Where `second` has a group, what it catches is defined for the whole draft; where it has none, it must stand in the
same stretch of text. A draft that is nothing but the match is left alone, as in Vale: it has nowhere to say more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import OffError, RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import PatternError, compiled, each, every, search
from cannedkit.pattern.exempt import silencer
from cannedkit.rules.action import Action, action
from cannedkit.rules.message import finding, formatted, listed, problem
from cannedkit.rules.options import flag, literals, options, pattern, patterns
from cannedkit.rules.scope import passages


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError."""
    return [_check(rule, context) for rule in rules]


def _check(rule: Rule, context: Context) -> Check:
    readers = {"in": pattern, "first": pattern, "second": pattern, "exceptions": patterns, "action": action}
    values = options(rule, {**readers, **dict.fromkeys(("ignorecase", "vocab"), flag)})
    if values.get("in"):
        reason = f"{rule.id} is off: its `in` names a scope of a Vale View, and drafts have none"
        raise OffError([problem(rule, "in", reason)])
    for key in ("first", "second"):
        if not values.get(key):
            raise RuleError([problem(rule, key, "a conditional rule needs `first`, and `second`, which it asks for")])
    key = "first"
    try:
        first = compiled(values["first"], False, False)
        key = "second"
        second = compiled(values["second"], False, False)
        key = "exceptions"
        accepted = context.vocabulary.accept if values.get("vocab", True) else ()
        silent = silencer(values.get("exceptions", ()), accepted)
    except PatternError as error:
        raise RuleError([problem(rule, key, str(error))]) from None
    does: Action = values.get("action", Action())

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
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

    return Check(rule, run, (literals(values["first"], context),))
