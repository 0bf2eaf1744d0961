"""`abbreviation`: two to six capitals that nobody explains: not in the text, and not among the `known` of the rule.

One is explained by brackets ("return number (RMA)", "KYC (know your customer)"), by a word that says so ("called",
"short for"), or where words whose first letters it is stand near it. Left alone are what the customer wrote first, what
a page or a button shows, codes, little words, words of four letters or more that are in use in small letters, and
capitals beside other capitals: those are names or shouts. One is told once a passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.rules.message import finding, said
from cannedkit.rules.options import options
from cannedkit.rules.scope import passages
from cannedkit.text.common import common
from cannedkit.words.proposals import is_term, is_used
from cannedkit.yamlsource.schema import texts

NEAR = 80
"""Code points before and behind an abbreviation in which its words may stand: a line of text, our own choice."""

WORD = 4
"""Letters from which on a word in capitals is no abbreviation; of three many are both (sku, ram). Our own choice."""

_SHORT = re.compile(
    r"(?<![\w&@.,/\\#+'’\"“‘-])(?!([A-Z])\1+s?\b)(?:[A-Z]{2,6}|[A-Z]{2,4}o[A-Z]{1,2})s?(?![\w&@/\\#+'’\"”-])(?!\.\w)"
)
_SHOWN = re.compile(
    r"(?:\b(?:called|call|calls|named|marked|labell?ed|with|button|menu|says|say|reads|press|tap|click|choose|select|type"
    r"|enter|reply|text|code|codes|flight|gate|row|seat|size|option|plan|room|block|zone|road|street|line|lines"
    r"|number|for short|short for|abbreviated|known as|version|model|ref|reference|letters|dash|grade|group|class)"
    r"|\bor|\d|[A-Z]{2,}|\()[\s:]*$"
)
_TOLD = re.compile(
    r" ?(?:[(\[]|, (?:the|or|short|that is|i\.e\.)|\W{0,2}(?:means|stands for|is short for|is the)\b"
    r"|[ -]?\d|[ -][A-Z]{2,}\b| (?:Road|Street|Avenue|Lane|Square|Park|House|Bank|Hotel|Station|Airport|Line|Nagar)\b)"
)
_WORD = re.compile(r"[A-Za-z]+")
_LITTLE = frozenset("of the and for to in on a an by at".split())


@dataclass(frozen=True)
class Options:
    """Abbreviations that everybody knows, in capitals."""

    known: tuple[str, ...]


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    return Options(options(rule, {"known": texts}).get("known", ()))


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    accepted = frozenset(context.vocabulary.accept)
    return [_check(rule, frozenset(rule.options.known) | accepted) for rule in rules]


def _check(rule: Rule, known: frozenset[str]) -> Check:
    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        theirs = " ".join(turn.text for turn in draft.history if turn.by == "customer")
        for passage in passages(draft, rule, hits):
            text = passage.text
            told: set[str] = set()
            for match in _SHORT.finditer(text):
                short = match.group().removesuffix("s")
                if short in known or short in told or short in theirs or _is_word(short.lower()):
                    continue
                if _is_explained(text, short, *match.span()):
                    told.add(short)
                    continue
                told.add(short)
                yield finding(rule, *passage.place(*match.span()), said(rule.message, match.group()))

    return Check(rule, run, needs="capitals")


def _is_word(small: str) -> bool:
    """Whether capitals are a word: the name of a code or a colour, or a shout, but no abbreviation."""
    return small in common("little.en") or (len(small) >= WORD and is_used(small) and not is_term(small))


def _is_explained(text: str, short: str, start: int, end: int) -> bool:
    """Whether the text says what an abbreviation means, or shows that it is a name."""
    before, behind = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    if _SHOWN.search(before) or _TOLD.match(behind):
        return True
    return len(short) > 2 and (_spells(before, short) or _spells(behind, short))


def _spells(near: str, short: str) -> bool:
    """Whether words in a row have an abbreviation's letters first, little words between them or not."""
    words = [word.lower() for word in _WORD.findall(near)]
    every, full = ("".join(word[0] for word in some) for some in (words, [one for one in words if one not in _LITTLE]))
    return short.lower() in every or short.lower() in full
