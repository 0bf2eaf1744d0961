"""`promise`: a sentence commits the company, to money without an approved offer or to work without a date.

The rule file holds the language: `commitments` are patterns in which `{name}` stands for the `words` of that name and
`{amount}` for an amount of money; `unless` are the patterns (a condition, a "not") that make a sentence no commitment.
Left alone are questions, what is quoted, and amounts that the company publishes in its facts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.model.settings import Offer
from cannedkit.pattern.alternation import Alternation, PatternError, alternation, compiled, joined, search
from cannedkit.rules.holes import filled, groups, words
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import options, patterns
from cannedkit.rules.scope import passages, where_stands
from cannedkit.text.amounts import AMOUNT, Amount, amounts
from cannedkit.text.nearest import nearest
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice, mapping, text

REASONS: Mapping[str, str] = {
    "none": "no approved offer stands behind it. Name one (%s), or write what was done",
    "unknown": "there is no offer `%s`. Approved are %s",
    "expired": "the offer %s ended on %s. Leave it out, or ask for a new one",
    "above": "the offer %s goes no higher than %s. Write that, or ask first",
    "currency": "the offer %s is in another currency: at most %s",
    "unlimited": "the offer %s has a limit: name the amount, at most %s",
    "date": "no date stands beside it. Say by when",
}
"""What can be the matter with a commitment -> what the message says of it; a rule may say it in its own words."""

NEEDS: Mapping[str, str] = {"offer": "offer", "date": "date"}
"""What a rule may ask of a commitment: an approved offer (offers.yaml), or a date in it or in the next sentence."""

_BREAK = re.compile(r"[.!?:;](?=\s)|\n|[—–]")
_END = re.compile(r"[.!?](?=[\s\"”’)]|$)|\n")
_PAUSE = re.compile(r"[.!?](?=\s|$)|[,:;](?=\s)|\n|[—–]")
_QUOTES = (("“", "”"), ("„", "”"), ("‘", "’"), ("«", "»"))


@dataclass(frozen=True)
class Options:
    """What a rule file says of commitments, as patterns; `unlimited` are words for as much as it takes (full, all).

    `dated`: what a commitment needs is a date, and no offer. `reasons` are the rule's own words for what is the matter.
    """

    commitments: Alternation
    unless: str
    dates: str
    unlimited: str
    dated: bool
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Approved:
    """The offers of the company by name, what each allows at most, its published amounts; and what to say of others."""

    offers: Mapping[str, Offer]
    limits: Mapping[str, tuple[Amount, ...]]
    published: frozenset[tuple[Decimal, str]]
    reasons: Mapping[str, str]


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    approved = _Approved(
        context.offers,
        {name: amounts(offer.max) for name, offer in context.offers.items()},
        frozenset(
            (amount.value, amount.currency)
            for fact in context.facts.values()
            for value in fact.values.values()
            for amount in amounts(value)
        ),
        REASONS,
    )
    return [_check(rule, rule.options, approved) for rule in rules]


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(
        rule,
        {
            "commitments": patterns,
            "words": words,
            "unless": patterns,
            "dates": patterns,
            "unlimited": patterns,
            "needs": _needs,
            "reasons": _reasons,
        },
    )
    return _grammar(rule, values)


def _check(rule: Rule, grammar: Options, approved: _Approved) -> Check:
    approved = replace(approved, reasons={**REASONS, **grammar.reasons})

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule, hits):
            for start, end in _commitments(passage.text, passage.hits, grammar):
                place = passage.place(start, end)
                clause = passage.text[start:end]
                if not grammar.dated:
                    matter = _unapproved(draft, place[0], clause, grammar, approved)
                else:
                    spoken = search(compiled(grammar.dates, True), _two_sentences(passage.text, start))
                    matter = "" if spoken else approved.reasons["date"]
                if matter:
                    yield finding(rule, *place, said(rule.message, clause, matter))

    found = grammar.commitments
    return Check(rule, where_stands(found, rule, run), found.literals, also=found.also)


# -- commitments --------------------------------------------------------------------------------


def _commitments(text: str, hits: Hits, grammar: Options) -> Iterator[tuple[int, int]]:
    """The spans of the commitments in a text: each from its first word to the end of the sentence."""
    at = 0
    breaks: Sequence[int] | None = None
    for match in grammar.commitments.find(text, hits):
        if match.start < at:
            continue
        end = _behind(_END, text, match.end, len(text.rstrip()))
        if text.startswith("?", end) or _is_quoted(text, match.start, match.end):
            continue
        breaks = breaks or [0, *(end for _, end in _signs(_BREAK, text))]
        before = breaks[bisect_right(breaks, match.start) - 1]
        pause = _behind(_PAUSE, text, match.end, len(text))
        if grammar.unless and search(compiled(grammar.unless, True), text[before:pause]):
            continue
        at = max(end, match.end)
        yield match.start, at


@lru_cache(maxsize=8)
def _signs(pattern: re.Pattern[str], text: str) -> Sequence[tuple[int, int]]:
    """The signs in a text that a pattern of one character finds."""
    return [one.span() for one in pattern.finditer(text)]


def _behind(pattern: re.Pattern[str], text: str, at: int, otherwise: int) -> int:
    """Where the first sign at or behind a place stands; a search from each place would square the time."""
    signs = _signs(pattern, text)
    found = bisect_left(signs, (at,))
    return signs[found][0] if found < len(signs) else otherwise


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether the stretch stands between quotation marks: somebody else's words."""
    if text.find('"', end) >= 0 and text.count('"', 0, start) % 2:
        return True
    behind = ((left, right) for left, right in _QUOTES if text.find(right, end) >= 0)
    return any(text.rfind(left, 0, start) > text.rfind(right, 0, start) for left, right in behind)


def _two_sentences(text: str, start: int) -> str:
    """The sentence that `start` is in and the one behind it."""
    ends = _sentence_ends(text)
    behind = bisect_right(ends, start)
    opens = start > 0 and text[start - 1] in ".!?"  # a sentence without a space before it
    before = start if opens else ends[behind - 1] if behind else 0
    return text[before : ends[behind + 1]] if behind + 1 < len(ends) else text[before:]


@lru_cache(maxsize=4)
def _sentence_ends(text: str) -> Sequence[int]:
    """Where the sentences of a text end, in order."""
    return [end for _, end in _signs(_END, text)]


# -- offers -------------------------------------------------------------------------------------


def _unapproved(draft: Draft, offset: int, clause: str, grammar: Options, approved: _Approved) -> str:
    """What is the matter with a promise of money at `offset`; "" if an offer that the draft names covers it."""
    found = amounts(clause)
    sums = [amount for amount in found if not _is_published(amount, offset, draft, approved)]
    if found and not sums:
        return ""
    named = [fact.partition(":")[2].strip() for fact in draft.known if fact.partition(":")[0].strip() == "offer"]
    if not named or (named == [""] and approved.offers):
        return said(approved.reasons["none"], _listed(approved, draft.today))
    known = [amount for amount in sums if not _is_filled(amount, offset, draft)]
    unlimited = not found and bool(grammar.unlimited and search(compiled(grammar.unlimited, True), clause))
    reasons = [_beyond(name, known, unlimited, draft.today, approved) for name in named]
    return "" if "" in reasons else reasons[0]


def _beyond(name: str, sums: Iterable[Amount], unlimited: bool, today: date | None, approved: _Approved) -> str:
    """Why one offer does not cover the amounts; "" if it does. Without an offers.yaml the name is taken on trust."""
    if not approved.offers:
        return ""
    reasons = approved.reasons
    if name not in approved.offers:
        return said(reasons["unknown"], name, _listed(approved, today))
    offer, limits = approved.offers[name], approved.limits[name]
    if today and offer.until and offer.until < today:
        return said(reasons["expired"], name, offer.until.isoformat())
    if limits and unlimited:
        return said(reasons["unlimited"], name, offer.max)
    for amount in sums if limits else ():
        comparable = [limit.value for limit in limits if limit.comparable(amount)]
        if not comparable:
            return said(reasons["currency"], name, offer.max)
        if amount.value > max(comparable):
            return said(reasons["above"], name, offer.max)
    return ""


def _is_published(amount: Amount, offset: int, draft: Draft, approved: _Approved) -> bool:
    """Whether the company says this amount to everybody: it is one of its facts."""
    holes = zip(draft.filled, draft.placeholders, strict=False)
    of_fact = any(_meets(amount, offset, *span) and name.startswith("facts.") for span, name in holes)
    return of_fact or (amount.value, amount.currency) in approved.published


def _is_filled(amount: Amount, offset: int, draft: Draft) -> bool:
    """Whether the amount is a sample: what will stand there is not known yet."""
    return any(_meets(amount, offset, *span) for span in draft.filled)


def _meets(amount: Amount, offset: int, start: int, end: int) -> bool:
    return start < offset + amount.end and offset + amount.start < end


def _listed(approved: _Approved, today: date | None) -> str:
    """The offers that are open, as a draft names them, with what each is for; three at most, to fit a line."""
    running = [offer for offer in approved.offers.values() if not (today and offer.until and offer.until < today)]
    shown = [
        f"`offer: {offer.name}`"
        + (f" up to {offer.max}" if offer.max else "")
        + f" ({': '.join(filter(None, (offer.kind, offer.condition)))})"
        for offer in running[:3]
    ]
    return ", ".join(shown) + (" …" if len(running) > 3 else "") or "`offer: …`"


# -- the rule file ------------------------------------------------------------------------------


def _grammar(rule: Rule, values: Mapping[str, Any]) -> Options:
    """The patterns of a rule with their words filled in. Raises RuleError."""
    needed = ("commitments", "dates") if values.get("needs") == "date" else ("commitments",)
    for key in needed:
        if not values.get(key):
            raise RuleError(
                [problem(rule, key, f"a promise rule that needs {values.get('needs', 'an offer')} has `{key}`")]
            )
    by_name = groups(values.get("words", {}), rule, {"amount": AMOUNT})
    made: dict[str, Any] = {}
    for key in ("commitments", "unless", "dates", "unlimited"):
        sources = [filled(one, by_name, rule, key) for one in values.get(key, ())]
        try:
            if key == "commitments":
                made[key] = alternation(sources, ignorecase=True, word=False)
            else:
                made[key] = joined(sources, ignorecase=True, word=False) if sources else ""
        except PatternError as error:
            raise RuleError([problem(rule, key, str(error))]) from None
    return Options(**made, dated=values.get("needs") == "date", reasons=values.get("reasons", {}))


def _needs(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, NEEDS, problems, "offer")


def _reasons(node: Node, key: str, problems: Problems) -> dict[str, str]:
    found: dict[str, str] = {}
    given = mapping(node, key, problems)
    for name, value in given.pairs if given else ():
        if name.value not in REASONS:
            problems.append(name.problem(f"`{name.value}` is no reason{nearest(name.value, REASONS)}"))
        found[name.value] = text(value, name.value, problems)
    return found
