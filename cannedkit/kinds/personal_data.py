"""`personal-data`: what points to one person and does not belong in a message, in three ways.

`data`: a number or address that stands in the text, real by its checksum; `swap` may write it with a mask. `asks`: a
question for a secret, as patterns in which `{name}` stands for the `words` of that name. `placeholders`: a variable
that prints such a number in full; what is missing is the mask, so the finding is the place before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.util import find_spec
from typing import Any

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import OffError, RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import Alternation, PatternError, alternation, compiled, fits, joined, search
from cannedkit.rules.holes import filled, groups, words
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import options, patterns
from cannedkit.rules.scope import passages, where_stands
from cannedkit.rules.swap import Swap, swap, swapped
from cannedkit.text.identifiers import FINDERS, Finder, national
from cannedkit.text.nearest import nearest
from cannedkit.yamlsource.schema import texts

NEAR = 40
"""Code points before and behind a number in which a rule's `near` must stand; a line of chat, our own choice."""

UNMASKED = 5
"""Letters and digits of a value that are more than a mask leaves: four may be shown (PCI DSS 4.0.1, 3.4.1)."""

_SENTENCE = re.compile(r"[.!?](?=\s)|\n")
_MASK = re.compile(r"[•●*×]|\bx{2,}|x{4,}", re.IGNORECASE)


@dataclass(frozen=True)
class Options:
    """One of three: the names of `data`, the questions, or the placeholders; and what goes with it, as patterns.

    `near` must stand around a number, `allow` is one that anybody may know, `unless` makes a question harmless; ""
    where there is none. `literals`: those of which one must occur before a number can be found.
    """

    data: tuple[str, ...] = ()
    near: str = ""
    allow: str = ""
    literals: tuple[tuple[str, ...], ...] = ()
    swap: Swap = ()
    asks: Alternation | None = None
    unless: str = ""
    placeholders: tuple[str, ...] = ()


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    from cannedkit.pattern.literals import required

    values = options(
        rule,
        {
            "data": texts,
            "near": patterns,
            "allow": patterns,
            "swap": swap,
            "asks": patterns,
            "words": words,
            "unless": patterns,
            "placeholders": texts,
        },
    )
    ways = [key for key in ("data", "asks", "placeholders") if values.get(key)]
    if len(ways) != 1:
        raise RuleError([problem(rule, "data", "a personal-data rule has one of `data`, `asks` and `placeholders`")])
    near, allow, unless = (_joined(rule, key, values) for key in ("near", "allow", "unless"))
    data: tuple[str, ...] = values.get("data", ())
    for name in data:
        if name not in FINDERS and "." not in name:
            raise RuleError([problem(rule, "data", f"`{name}` is no data that can be found{nearest(name, FINDERS)}")])
    needed = required("|".join(values.get("near", ()))).texts if near else ("@",) if data == ("email",) else ()
    return Options(
        data,
        near,
        allow,
        literals=(needed,) if needed else (),
        swap=values.get("swap", ()),
        asks=_asked(rule, values) if values.get("asks") else None,
        unless=unless,
        placeholders=values.get("placeholders", ()),
    )


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError, OffError."""
    return [_check(rule, rule.options, context) for rule in rules]


def _check(rule: Rule, own: Options, context: Context) -> Check:
    if own.data:
        return _of_data(rule, own, context)
    return _of_asks(rule, own.asks, own.unless) if own.asks else _of_placeholders(rule, own.placeholders)


def _of_data(rule: Rule, options: Options, context: Context) -> Check:
    finders = [_finder(name, rule) for name in options.data]
    near, allow = options.near, options.allow
    own = frozenset(value for fact in context.facts.values() for value in fact.values.values())

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule, hits):
            text = passage.text
            for start, end in sorted({span for find in finders for span in find(text, draft.locale)}):
                found = text[start:end]
                if any(found in value for value in own) or (allow and fits(compiled(allow, True), found)):
                    continue
                if not near or search(
                    compiled(near, True), f"{text[max(0, start - NEAR) : start]} {text[end : end + NEAR]}"
                ):
                    fixes = swapped(options.swap, text, start, end)
                    yield finding(rule, *passage.place(start, end), said(rule.message, _hidden(found)), fixes)

    note = ""
    if "phone" in options.data and not find_spec("phonenumbers"):
        note = f"{rule.id} goes by the shape of phone numbers; `pip install 'cannedkit[privacy]'` checks them"
    numbers = "email" not in options.data and all(name in FINDERS for name in options.data)
    return Check(rule, run, options.literals, note, needs="digit" if numbers else "")


def _asked(rule: Rule, values: Mapping[str, Any]) -> Alternation:
    """The questions of a rule with their words filled in. Raises RuleError."""
    by_name = groups(values.get("words", {}), rule)
    try:
        sources = [filled(one, by_name, rule, "asks") for one in values["asks"]]
        return alternation(sources, ignorecase=True, word=True)
    except PatternError as error:
        raise RuleError([problem(rule, "asks", str(error))]) from None


def _of_asks(rule: Rule, asked: Alternation, unless: str) -> Check:
    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule, hits):
            text = passage.text
            ends: Sequence[int] | None = None
            for match in asked.find(text, passage.hits):
                ends = ends or [0, *(one.end() for one in _SENTENCE.finditer(text))]
                before = ends[bisect_right(ends, match.start) - 1]
                if not unless or not search(compiled(unless, True), text[before : match.end]):
                    message = said(rule.message, text[match.start : match.end])
                    yield finding(rule, *passage.place(match.start, match.end), message)

    return Check(rule, where_stands(asked, rule, run), asked.literals)


def _of_placeholders(rule: Rule, names: Sequence[str]) -> Check:
    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for (start, end), name in zip(draft.filled, draft.placeholders, strict=False):
            value = draft.text[start:end]
            shown = sum(character.isalnum() for character in value)
            if shown >= UNMASKED and not _MASK.search(value) and any(fnmatchcase(name, one) for one in names):
                yield finding(rule, start, start, said(rule.message, name))

    return Check(rule, run, needs="values")


def _finder(name: str, rule: Rule) -> Finder:
    if name in FINDERS:
        return FINDERS[name]
    try:
        found = national(name)
    except ImportError:
        reason = f"{rule.id} is off: it needs python-stdnum; `pip install 'cannedkit[privacy]'`"
        raise OffError([problem(rule, "data", reason)]) from None
    if found is None:
        raise RuleError([problem(rule, "data", f"`{name}` is no module of python-stdnum, such as be.nn or pl.pesel")])
    return found


def _joined(rule: Rule, key: str, values: Mapping[str, Any]) -> str:
    """One regular expression for any that a key holds, "" where it holds none. Raises RuleError."""
    try:
        sources = values.get(key, ())
        return joined(sources, ignorecase=True, word=False) if sources else ""
    except PatternError as error:
        raise RuleError([problem(rule, key, str(error))]) from None


def _hidden(found: str) -> str:
    """A number as a message may repeat it: only its last two characters, or what an address is at."""
    if "@" in found:
        return f"{found[:1]}…@{found.partition('@')[2]}"
    return f"…{found[-2:]}"
