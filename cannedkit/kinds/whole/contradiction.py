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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cannedkit.catalogue.claims import Claim, Cues, claims
from cannedkit.catalogue.finding import in_text
from cannedkit.catalogue.reading import Reading, Text
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


Made = tuple[Text, Claim]
"""A text, and a claim that it makes."""

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
    of_replies = own.across == "replies"

    def run(reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        made: dict[tuple[str, ...], list[Made]] = defaultdict(list)
        for text in reading.texts:
            whose = text.locale.partition("-")[0] if of_replies else f"{text.response.id} {text.locale}"
            for claim in claims(text.plain, text.locale, text.figures, own.cues):
                if claim.kind in KINDS and claim.stems:
                    made[whose, claim.kind].append((text, claim))
        for found in made.values():
            meets = _of_two_replies if of_replies else _of_two_channels
            yield from (_told(rule, *pair) for pair in _contradicting(found, meets))

    return WholeCheck(rule, run)


def _contradicting(found: Sequence[Made], meets: Callable[[Made, Made], bool]) -> Iterator[tuple[Made, Made]]:
    """Each claim that an earlier one contradicts, with the first such."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at, made in enumerate(found):
        claim = made[1]
        for number in sorted({number for stem in claim.stems for number in holders[stem]}):
            earlier = found[number]
            if claim.contradicts(earlier[1]) and _of_one_thing(claim, earlier[1]) and meets(made, earlier):
                yield made, earlier
                break
        for stem in claim.stems:
            holders[stem].append(at)


def _of_one_thing(one: Claim, other: Claim) -> bool:
    return one.stems <= other.stems or other.stems <= one.stems


def _of_two_replies(one: Made, other: Made) -> bool:
    (text, claim), (there, earlier) = one, other
    named = claim.kind != "duration" or claim.stems & earlier.stems & (claim.heads | earlier.heads)
    return text.response is not there.response and bool(named)


def _of_two_channels(one: Made, other: Made) -> bool:
    return one[0].body is not other[0].body and one[0].body.channel != other[0].body.channel


def _told(rule: Rule, one: Made, other: Made) -> FileFinding:
    (text, claim), (there, earlier) = one, other
    spans = (claim.start, claim.end), (earlier.start, earlier.end)
    whose = there.response.id if there.response is not text.response else there.channels[0]
    message = said(rule.message, text.plain[slice(*spans[0])], there.plain[slice(*spans[1])], whose)
    return in_text(rule, text, spans[0], message, related=[there.place(*spans[1])])


def _across(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, {word: word for word in ("replies", "channels")}, problems, "replies")
