"""`counted`: a number and the noun behind it disagree: "1 items", "2 item". English alone, by the forms of its words.

Only where the number counts: a word before it that it numbers ("step 1 takes", "May 1 orders") leaves both alone. What
ends in -s and is no form of a known verb is a plural. A singular must be a known noun that never stands without an
article, with a mark or a little word behind it and no article before: "a 3 bedroom in York" is no fault. The message
gets what should stand there, and what does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.rules.message import finding, said
from cannedkit.rules.options import options
from cannedkit.words.inflection import plural, singular, words_of

_NUMBER = re.compile(
    r"(?<![\w.,:/#£$€₹฿-])(?P<number>[1-9]\d{0,3}) "
    r"(?P<between>(?:more|new|other|free|extra|working|business|calendar|open|spare|old|small|large|full|separate) )?"
    r"(?P<noun>[a-z]{3,})(?![\w’'-])"
    r"(?P<behind>(?=[.,;:!?)]|\s*$| (?:in|at|on|for|from|and|or|is|are|was|were|left|to|with)\b))?"
)
_LABEL = re.compile(r"(?P<word>[A-Za-z]+)[ \u00a0]$")
_OF_ONE = re.compile(r"(?i:\b(?:an?|the|this|that|another|each|every|my|your|his|her|our|their)) $")
_NO_PLURAL = re.compile(r"(?:ss|us|is|as|os)$")

KEPT = frozenset(
    "yes its has does goes lens news means series species besides always perhaps sometimes towards afterwards needs "
    "dozen hundred thousand million billion percent equals foot stone pair".split()
)
"""Words that stay as they are behind any number, or end in -s and are no plural; our own choice."""


def read(rule: Rule) -> None:
    """A rule of this kind has no options of its own. Raises RuleError."""
    options(rule, {})


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule) for rule in rules]


def _check(rule: Rule) -> Check:
    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for match in _NUMBER.finditer(draft.text):
            noun = match["noun"]
            before = draft.text[: match.start()]
            stands_alone = match["behind"] is not None and not _OF_ONE.search(before)
            right = _agreeing(noun, int(match["number"]), stands_alone=stands_alone)
            if right and not _is_label(before):
                yield finding(rule, *match.span("noun"), said(rule.message, right, noun), [right])

    return Check(rule, run, (tuple("123456789"),))


def _agreeing(noun: str, number: int, *, stands_alone: bool) -> str:
    """The form that the number asks for, "" where the noun has it or is not known to have another."""
    if noun in KEPT:
        return ""
    if number == 1:
        return singular(noun) if _is_plural(noun) else ""
    return plural(noun) if stands_alone and noun in words_of("COUNTABLE") & words_of("NOUNONLY") else ""


def _is_plural(noun: str) -> bool:
    if noun in words_of("PLURAL"):
        return noun not in words_of("THIRD")
    return noun.endswith("s") and not _NO_PLURAL.search(noun) and noun not in words_of("THIRD") | words_of("SINGULAR")


def _is_label(before: str) -> bool:
    """Whether the number behind a text belongs to the word that it ends in: "step", "May"."""
    label = _LABEL.search(before)
    return label is not None and (
        (label["word"][0].isupper() and before[: label.start()].rstrip()[-1:] not in ("", ".", "!", "?", ":"))
        or label["word"].lower() in words_of("SINGULAR") | words_of("MASS")
    )
