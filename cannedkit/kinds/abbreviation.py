"""`abbreviation`: two to six capitals that nobody explains: not in the text, and not among the `known` of the rule.

One is explained by brackets ("return number (RMA)", "KYC (know your customer)"), by a word that says so ("called",
"short for"), or where words whose first letters it is stand near it. Left alone are what the customer wrote first, what
a page or a button shows, codes, little words, words of four letters or more that are in use in small letters, and
capitals beside other capitals: those are names or shouts. One is told once a passage.

A rule in another language than English says in `shown` which words stand before a name, in `told` what behind one
explains it, in `little` for which language short words are no abbreviations; `joined` also looks at the first part of a
word with a hyphen ("KYC-check").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import compiled, search
from cannedkit.rules.holes import any_of
from cannedkit.rules.message import finding, said
from cannedkit.rules.options import Reader, flag, options, patterns
from cannedkit.rules.scope import passages
from cannedkit.text.common import common
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice, texts

NEAR = 80
"""Code points before and behind an abbreviation in which its words may stand: a line of text, our own choice."""

WORD = 4
"""Letters from which on a word in capitals is no abbreviation; of three many are both (sku, ram). Our own choice."""

_SHORT = re.compile(
    r"(?<![\w&@.,/\\#+'’\"“‘-])(?!([A-Z])\1+s?\b)(?:[A-Z]{2,6}|[A-Z]{2,4}o[A-Z]{1,2})s?(?![\w&@/\\#+'’\"”-])(?!\.\w)"
)
_JOINED = re.compile(_SHORT.pattern.replace(r"\\#+'’\"”-])", r"\\#+'’\"”])(?!-(?![a-zà-ÿ]{3}))"))
"""The same, and the first part of a compound: a hyphen and three small letters may follow."""

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
_LANGUAGES = {"en": "en", "nl": "nl"}
_LITTLE = frozenset("of the and for to in on a an by at".split())


@dataclass(frozen=True)
class Options:
    """Abbreviations that everybody knows, in capitals; the rule's own words before a name and behind one, "" for none.

    `little`: the language whose little words are no abbreviations; `joined`: the first part of a compound counts too.
    """

    known: tuple[str, ...]
    shown: str = ""
    told: str = ""
    little: str = "en"
    joined: bool = False


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    own: dict[str, Reader] = {"shown": patterns, "told": patterns, "little": _language}
    values = options(rule, {**own, "known": texts, "joined": flag})
    return Options(
        values.get("known", ()),
        any_of([rf"(?:{one})[\s:]*$" for one in values.get("shown", ())], {}, rule, "shown"),
        any_of([rf"^(?:{one})" for one in values.get("told", ())], {}, rule, "told"),
        values.get("little", "en"),
        values.get("joined", False),
    )


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    accepted = frozenset(context.vocabulary.accept)
    return [_check(rule, rule.options, frozenset(rule.options.known) | accepted) for rule in rules]


def _check(rule: Rule, own: Options, known: frozenset[str]) -> Check:
    short_word = _JOINED if own.joined else _SHORT

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        theirs = " ".join(turn.text for turn in draft.history if turn.by == "customer")
        for passage in passages(draft, rule, hits):
            text = passage.text
            told: set[str] = set()
            for match in short_word.finditer(text):
                short = match.group().removesuffix("s")
                if short in known or short in told or short in theirs or _is_word(short.lower(), own.little):
                    continue
                told.add(short)
                if not _is_explained(text, short, *match.span(), own):
                    yield finding(rule, *passage.place(*match.span()), said(rule.message, match.group()))

    return Check(rule, run, needs="acronym")


def _language(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, _LANGUAGES, problems, "en")


def _is_word(small: str, language: str) -> bool:
    """Whether capitals are a word: the name of a code or a colour, or a shout, but no abbreviation."""
    from cannedkit.words.proposals import is_term, is_used  # most capitals are no word of five letters

    if small in common(f"little.{language}"):
        return True
    return language == "en" and len(small) >= WORD and is_used(small) and not is_term(small)


def _is_explained(text: str, short: str, start: int, end: int, own: Options) -> bool:
    """Whether the text says what an abbreviation means, or shows that it is a name."""
    before, behind = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    if _SHOWN.search(before) or _TOLD.match(behind):
        return True
    if own.shown and search(compiled(own.shown, True), before):
        return True
    if own.told and search(compiled(own.told, True), behind):
        return True
    return len(short) > 2 and (_spells(before, short) or _spells(behind, short))


def _spells(near: str, short: str) -> bool:
    """Whether words in a row have an abbreviation's letters first, little words between them or not."""
    words = [word.lower() for word in _WORD.findall(near)]
    every, full = ("".join(word[0] for word in some) for some in (words, [one for one in words if one not in _LITTLE]))
    return short.lower() in every or short.lower() in full
