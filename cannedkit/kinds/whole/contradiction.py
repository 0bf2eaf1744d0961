"""`contradiction`: two texts claim different figures for one thing: how long a refund takes, what delivery costs.

`across` says which: those of two `replies`, or of one reply's `channels`. Of two replies a duration is held against
another only where one of the words that they share has one of the `articles` before it, or one of the `verbs` behind
it: "your refund", "delivery takes", and not "wait".

Two claims are about one thing where the words of one clause are all in the other, but for `frames`, which say how a
claim is made ("takes", "within"). A price needs a word of `costs` beside it; `before` and `after` are words that make
a figure no claim. The message gets what stands here, what stands there, and the other reply's id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cannedkit.catalogue.claims import Claim, Cues, claims
from cannedkit.catalogue.finding import in_text
from cannedkit.catalogue.reading import Address, Reading, Text
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, Rule, WholeCheck
from cannedkit.model.settings import Settings
from cannedkit.rules.message import said
from cannedkit.rules.options import options
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice
from cannedkit.yamlsource.schema import texts as words

KINDS = ("duration", "money", "percent", "hours")
"""The claims that are compared: a bare number counts something that its clause may not name."""


Made = tuple[Address, str, Claim]
"""Where a text is, the channel of its body, and a claim that it makes."""

_CUES = ("before", "after", "costs", "frames", "verbs", "articles")


@dataclass(frozen=True)
class Options:
    """Words around figures, and whose texts are compared."""

    cues: Cues
    across: str


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {**dict.fromkeys(_CUES, words), "across": _across})
    across = values.pop("across", "replies")
    return Options(Cues(**values), across)


def build(rules: Sequence[Rule], context: Context) -> list[WholeCheck]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> WholeCheck:
    meets = _of_two_replies if own.across == "replies" else _of_two_channels

    def run(reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        for texts in _compared(reading, own.across):
            for made in _made(texts, own.cues):
                yield from (_told(rule, reading, *pair) for pair in _contradicting(made, meets))

    return WholeCheck(rule, run)


def _compared(reading: Reading, across: str) -> Iterator[Iterable[Text]]:
    """The texts that are held against each other: those of all replies, or of one in one locale after the other."""
    if across == "replies":
        yield reading.texts
        return
    for response in reading.responses:
        by_locale: dict[str, list[Text]] = defaultdict(list)
        for text in reading.of(response):
            by_locale[text.locale].append(text)
        yield from by_locale.values()


def _made(texts: Iterable[Text], cues: Cues) -> Iterator[list[Made]]:
    """The claims of some texts that may contradict each other: those of a language and a kind."""
    made: dict[tuple[str, str], list[Made]] = defaultdict(list)
    shared: dict[frozenset[str], frozenset[str]] = {}
    for text in texts:
        for claim in claims(text.plain, text.locale, text.figures, cues):
            if claim.kind in KINDS and claim.stems:
                stems, heads = (shared.setdefault(one, one) for one in (claim.stems, claim.heads))
                claim = replace(claim, stems=stems, heads=heads)  # many texts say the same
                made[text.locale.partition("-")[0], claim.kind].append((text.address, text.body.channel, claim))
    yield from made.values()


def _contradicting(found: Sequence[Made], meets: Callable[[Made, Made], bool]) -> Iterator[tuple[Made, Made]]:
    """Each claim that an earlier one contradicts, with the first such."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at, made in enumerate(found):
        claim = made[2]
        for number in sorted({number for stem in claim.stems for number in holders[stem]}):
            earlier = found[number]
            if claim.contradicts(earlier[2]) and _of_one_thing(claim, earlier[2]) and meets(made, earlier):
                yield made, earlier
                break
        for stem in claim.stems:
            holders[stem].append(at)


def _of_one_thing(one: Claim, other: Claim) -> bool:
    return one.stems <= other.stems or other.stems <= one.stems


def _of_two_replies(one: Made, other: Made) -> bool:
    ((id, _), _, claim), ((there, _), _, earlier) = one, other
    named = claim.kind != "duration" or claim.stems & earlier.stems & (claim.heads | earlier.heads)
    return id != there and bool(named)


def _of_two_channels(one: Made, other: Made) -> bool:
    return one[1] != other[1]


def _told(rule: Rule, reading: Reading, one: Made, other: Made) -> FileFinding:
    (address, _, claim), (elsewhere, _, earlier) = one, other
    text, there = reading.at(address), reading.at(elsewhere)
    spans = (claim.start, claim.end), (earlier.start, earlier.end)
    whose = there.response.id if there.response.id != text.response.id else there.channels[0]
    message = said(rule.message, text.plain[slice(*spans[0])], there.plain[slice(*spans[1])], whose)
    return in_text(rule, text, spans[0], message, related=[there.place(*spans[1])])


def _across(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, {word: word for word in ("replies", "channels")}, problems, "replies")
