"""`address`: replies that say du and Sie, tu and vous: within one reply, or one reply otherwise than all others.

`forms` are the words of each form by language; one that has a capital letter counts within a sentence alone, for any
word has one at its start. `of` says what must keep to one form: a `reply` over its texts, or the `catalogue`. Within
a text only the languages of `within` are held to it: rules that read drafts do that for others. Of a catalogue
`share` percent must keep to a form, in at least `least` replies, before it is the form of the house. Words in
quotation marks are somebody else's, and a reply with a tag of `colleagues` goes to no customer. The message gets the
word, its form, and the form that is right.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cannedkit.catalogue.finding import in_text
from cannedkit.catalogue.reading import Address, Reading, Text
from cannedkit.model.errors import RuleError
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, Rule, WholeCheck
from cannedkit.model.settings import Settings
from cannedkit.rules.message import problem, said
from cannedkit.rules.options import Reader, options
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice, mapping, texts, whole

_APOSTROPHE = re.compile("['’]")
"""What parts a form from the word behind it: "t'aime"."""

_WORD = re.compile(r"[^\W\d_]+['’]?")
_OPENS = re.compile(r"(?:\A|[.!?…:\n])[\W_]*\Z")
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|‘[^’]*’|\"[^\"]*\"")


SHARE, LEAST = 80, 4
"""Percent of the replies in a language that keep to a form, and how many, until it is the house's; our own choice."""


@dataclass(frozen=True)
class Options:
    """Word -> form, by language, and what must keep to one."""

    forms: Mapping[str, Mapping[str, str]]
    of: str
    within: tuple[str, ...]
    share: int
    least: int
    colleagues: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of a form of address in the text at an address."""

    text: Address
    start: int
    end: int
    form: str


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    own: dict[str, Reader] = {"forms": _forms, "of": _of, "within": texts, "share": whole, "least": whole}
    own["colleagues"] = texts
    values = options(rule, own)
    for key in ("forms", "of"):
        if not values.get(key):
            raise RuleError([problem(rule, key, "an address rule needs `forms` by language, and `of`")])
    return Options(
        values["forms"],
        values["of"],
        values.get("within", ()),
        values.get("share", SHARE),
        values.get("least", LEAST),
        frozenset(values.get("colleagues", ())),
    )


def build(rules: Sequence[Rule], context: Context) -> list[WholeCheck]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> WholeCheck:
    def run(reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        for word, right in _of_replies(reading, own) if own.of == "reply" else _unlike_the_house(reading, own):
            text, other = reading.at(word.text), reading.at(right.text)
            message = said(rule.message, text.plain[word.start : word.end], word.form, right.form)
            related = [] if right is word else [other.place(right.start, right.end)]
            yield in_text(rule, text, (word.start, word.end), message, related=related)

    return WholeCheck(rule, run)


def _said(reading: Reading, own: Options) -> Iterator[tuple[str, list[_Said]]]:
    """The words of all forms in each reply that goes to customers, by language."""
    for response in reading.responses:
        if own.colleagues.isdisjoint(response.tags):
            words: dict[str, list[_Said]] = defaultdict(list)
            for text in reading.of(response):
                language = text.locale.partition("-")[0]
                if language in own.forms:
                    words[language] += _words(text, own.forms[language])
            yield from words.items()


def _words(text: Text, forms: Mapping[str, str]) -> Iterator[_Said]:
    """The words of all forms in a text, in order, without what is quoted."""
    plain = text.plain
    if not _APOSTROPHE.search(plain) and _lowered(tuple(forms)).isdisjoint(text.words):
        return
    quoted = [one.span() for one in _QUOTED.finditer(plain)]
    for match in _WORD.finditer(plain):
        word = match[0].replace("’", "'")
        form = forms.get(word)
        if form and word != word.lower() and _OPENS.search(plain, 0, match.start()):
            form = None
        form = form or forms.get(word.lower())
        if form and not any(start <= match.start() < end for start, end in quoted):
            yield _Said(text.address, match.start(), match.end(), form)


@lru_cache(maxsize=16)
def _lowered(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(str.lower, words))


def _commonest(words: Sequence[_Said]) -> str:
    """The form of most texts, of most words where they are as many, and then the first."""
    texts_of = Counter(form for form, _ in {(one.form, one.text) for one in words})
    often = Counter(one.form for one in words)
    return max(often, key=lambda form: (texts_of[form], often[form]))


def _mixed(words: Sequence[_Said], within: bool) -> Iterator[tuple[_Said, _Said]]:
    """The first word of each text that is not of the reply's form, with one that is."""
    if len({one.form for one in words}) < 2:
        return
    right = _commonest(words)
    example = next(one for one in words if one.form == right)
    both = {one.text for one in words if one.form == right}
    told: set[Address] = set()
    for one in words:
        if one.form != right and one.text not in told and (within or one.text not in both):
            told.add(one.text)
            yield one, example


def _of_replies(reading: Reading, own: Options) -> Iterator[tuple[_Said, _Said]]:
    for language, words in _said(reading, own):
        yield from _mixed(words, language in own.within)


def _unlike_the_house(reading: Reading, own: Options) -> Iterator[tuple[_Said, _Said]]:
    """The first word of each reply that keeps to another form than nearly all replies of its language."""
    kept: dict[str, list[_Said]] = {language: [] for language in own.forms}
    for language, words in _said(reading, own):
        if len({one.form for one in words}) == 1:
            kept[language].append(words[0])
    for firsts in kept.values():
        (house, count), *_ = Counter(one.form for one in firsts).most_common(1) or [("", 0)]
        if count >= own.least and 100 * count >= own.share * len(firsts):
            example = next((one for one in firsts if one.form == house), None)
            yield from ((one, example) for one in firsts if example and one.form != house)


def _of(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, {"reply": "reply", "catalogue": "catalogue"}, problems, "")


def _forms(node: Node, key: str, problems: Problems) -> dict[str, dict[str, str]]:
    """The form of each word, by language."""
    found: dict[str, dict[str, str]] = {}
    for language, forms in _pairs(node, key, problems):
        named = _pairs(forms, language, problems)
        found[language] = {word: name for name, words in named for word in texts(words, name, problems)}
    return found


def _pairs(node: Node, key: str, problems: Problems) -> list[tuple[str, Node]]:
    found = mapping(node, key, problems)
    return [(name.value, value) for name, value in found.pairs] if found else []
