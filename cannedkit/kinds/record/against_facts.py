"""`against-facts`: a text says in its own figures what a fact of the company says otherwise.

A fact is about the words of its name: `refund_days: 14` about refunds, and so "your refund within 10 days" is held
against it. A price needs a word of `costs` beside it; `before` and `after` are words that make a figure no such
claim. An address or number within `slips` letters of one that the company publishes is a slip of the pen. The message
gets what stands in the text, what the fact says, and the fact's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cannedkit.catalogue.claims import Claim, Cues, claims, stem
from cannedkit.catalogue.finding import in_text
from cannedkit.catalogue.reading import Reading, Text
from cannedkit.model.response import Response
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, RecordCheck, Rule
from cannedkit.model.settings import Fact, Settings
from cannedkit.rules.message import said
from cannedkit.rules.options import options
from cannedkit.text.locales import for_locale
from cannedkit.text.nearest import distance
from cannedkit.words.calendar import UNITS, units
from cannedkit.words.figures import Figure, figures
from cannedkit.yamlsource.schema import texts as words
from cannedkit.yamlsource.schema import whole

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_ADDRESSES = ("link", "email", "phone")


@dataclass(frozen=True)
class Options:
    """Words around figures, and how many letters may be wrong in an address."""

    cues: Cues
    slips: int


@dataclass(frozen=True, slots=True)
class _Known:
    """A fact in one locale: what it says, the claim that it makes, if any, and the address that it is, if any."""

    fact: Fact
    value: str
    claim: Claim | None
    address: Figure | None


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    keys = ("before", "after", "costs", "frames", "verbs")
    values = options(rule, {**dict.fromkeys(keys, words), "slips": whole})
    return Options(Cues(**{key: values[key] for key in keys if key in values}), values.get("slips", 1))


def build(rules: Sequence[Rule], context: Context) -> list[RecordCheck]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> RecordCheck:
    def run(response: Response, reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        for text in reading.of(response) if settings.facts else ():
            for span, one in _contradicted(text, settings.facts, own):
                message = said(rule.message, text.plain[slice(*span)], one.value, f"facts.{one.fact.name}")
                yield in_text(rule, text, span, message, related=[one.fact.place] if one.fact.place else [])

    return RecordCheck(rule, run)


def _known(facts: Mapping[str, Fact], locale: str, cues: Cues) -> list[_Known]:
    """The facts that have a value in a locale."""
    found = ((fact, for_locale(fact.values, locale)) for fact in facts.values())
    return [_Known(fact, value, *_meaning(fact.name, value, locale, cues)) for fact, value in found if value]


def _contradicted(text: Text, facts: Mapping[str, Fact], own: Options) -> Iterator[tuple[tuple[int, int], _Known]]:
    """The stretches of a text that a fact contradicts; of several facts, the one that is about most of its words."""
    known = _known(facts, text.locale, own.cues) if text.figures else []
    for claim in claims(text.plain, text.locale, text.figures, own.cues):
        about = [one for one in known if one.claim and one.claim.stems <= claim.stems and one.claim.kind == claim.kind]
        closest = max(about, key=lambda one: len(one.claim.stems) if one.claim else 0, default=None)
        agrees = any(one.claim and not claim.contradicts(one.claim) for one in about)
        if closest and closest.claim and not agrees and closest.claim.contradicts(claim):
            yield (claim.start, claim.end), closest
    published = [one for one in known if one.address]
    for figure in text.figures:
        if figure.kind in _ADDRESSES and all(figure.value != one.address.value for one in published if one.address):
            near = (one for one in published if one.address and _is_slip(figure, one.address, own.slips))
            if one := next(near, None):
                yield (figure.start, figure.end), one


def _is_slip(figure: Figure, address: Figure, most: int) -> bool:
    said_here, published = str(figure.value), str(address.value)
    return figure.kind == address.kind and distance(said_here, published, most) <= most


# -- facts --------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _meaning(name: str, value: str, locale: str, cues: Cues) -> tuple[Claim | None, Figure | None]:
    """The claim that a fact makes, if any, or the address that it is."""
    found = figures(value, locale)
    address = next((one for one in found if one.kind in _ADDRESSES and one.end - one.start == len(value)), None)
    return (None if address else _claim(name, value, locale, cues)), address


def _claim(name: str, value: str, locale: str, cues: Cues) -> Claim | None:
    """The value with the unit that the name holds, of what the rest of the name says."""
    names = re.split(r"[._]", name.lower())
    unit = next((_UNIT_NAMES[one] for one in names if one in _UNIT_NAMES), "")
    spoken = next((word for word, one in units(locale.partition("-")[0]).items() if one == unit), "")
    written = f"{value} {spoken}" if _NUMBER.fullmatch(value) and unit else value
    generic = {stem(word) for word in (*cues.costs, *cues.frames, *cues.verbs, *_UNIT_NAMES)}
    about = frozenset(map(stem, names)) - generic
    spoken_of = f"{written} {' '.join(cues.costs[:1])}"
    bare = next(claims(spoken_of, locale, figures(spoken_of, locale), Cues(costs=cues.costs)), None)
    if bare is None or not about:
        return None
    return Claim(0, 0, bare.kind, bare.values, bare.unit, about)


_UNIT_NAMES: Mapping[str, str] = {form: unit for unit in UNITS for form in (unit, f"{unit}s")}
"""The words for a unit of time that a fact's name may hold: names are English, as those of keys are."""
