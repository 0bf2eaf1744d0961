"""`parity`: of two texts of a response that say the same, one says something else, or less.

`across` says which texts are held beside each other: those of `locales`, `channels` or `variations`. `of` says what
of them: every `placeholder`, or those with a `value` that is no address; items of a `list`; a `way` on, which is an
address or a question; `words` of the rule's own (`words: {free: [patterns]}`), each of which says one thing; or figures
(`words.figures`). The message gets what stands here, what stands there, and where "there" is; `lacks` is said of what
stands there alone, `extra` of what stands here alone, and where a rule has no such words nothing is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from cannedkit.catalogue.finding import in_text
from cannedkit.catalogue.pairs import ACROSS, pairs
from cannedkit.catalogue.reading import Reading, Text
from cannedkit.model.errors import RuleError
from cannedkit.model.response import Response
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, RecordCheck, Rule
from cannedkit.model.settings import Settings
from cannedkit.pattern.alternation import compiled, search
from cannedkit.rules.holes import any_of
from cannedkit.rules.message import problem, said
from cannedkit.rules.options import Reader, options, patterns
from cannedkit.text.locales import for_locale
from cannedkit.text.nearest import nearest
from cannedkit.text.segment import list_items
from cannedkit.words.figures import KINDS, Figure, figures, same
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice, mapping, text, texts

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a text says: where it stands (None for nowhere in particular), and how it reads."""

    span: Span | None
    shown: str


Differences = Iterator[tuple[Item | None, Item | None]]

_ADDRESSES = ("link", "email", "phone")


@dataclass(frozen=True)
class Options:
    """What is compared, across what, and what to say of what stands on one side alone.

    `words`: for each thing that may be said a regular expression of the words that say it.
    """

    of: tuple[str, ...]
    across: str
    lacks: str
    extra: str
    words: tuple[str, ...] = ()


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    own: dict[str, Reader] = {"of": _of, "across": _across, "lacks": text, "extra": text, "words": _words}
    values = options(rule, own)
    for key in ("of", "across"):
        if not values.get(key):
            raise RuleError([problem(rule, key, "a parity rule needs `of` and `across`")])
    if ("words" in values["of"]) != bool(values.get("words")):
        raise RuleError([problem(rule, "words", "`of: words` and `words: {name: [patterns]}` stand in one rule")])
    words = tuple(any_of(found, {}, rule, "words") for found in values.get("words", ()))
    return Options(values["of"], values["across"], values.get("lacks", ""), values.get("extra", ""), words)


def build(rules: Sequence[Rule], context: Context) -> list[RecordCheck]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> RecordCheck:
    def run(response: Response, reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        for source, other, where in pairs(response, own.across, reading, settings):
            for here, there in _differences(source, other, own, settings):
                if message := own.lacks if here is None else own.extra if there is None else rule.message:
                    end = len(other.plain)
                    span = here.span if here and here.span else (end, end)
                    related = [source.place(*(there.span if there and there.span else (0, 0)))]
                    shown = [one.shown for one in (here, there) if one]
                    yield in_text(rule, other, span, said(message, *shown, where), related=related)

    return RecordCheck(rule, run)


# -- differences --------------------------------------------------------------------------------


def _differences(source: Text, other: Text, own: Options, settings: Settings) -> Differences:
    """What stands here and what stands there, where they are not the same; None for nothing."""
    for what in own.of:
        if what in _OTHERS:
            yield from _OTHERS[what](source, other, settings)
    for words in own.words:
        yield from _of_words(source, other, words)
    kinds = frozenset(own.of) & frozenset(KINDS)
    if kinds:
        yield from _of_figures(source, other, kinds)


def _of_figures(source: Text, other: Text, kinds: frozenset[str]) -> Differences:
    """Figures in digits that the other text does not have in any form, those of one kind beside each other.

    A bare number is told only beside another: texts say "the hundredth" and "1920s", too.
    """
    there, here = source.figures, other.figures
    if not there and not here:
        return
    only_there = [one for one in _once(there, kinds) if not _has(here, one)]
    only_here = [one for one in _once(here, kinds) if not _has(there, one)]
    for kind in KINDS:
        mine = [_item(other, one) for one in only_here if one.kind == kind]
        theirs = [_item(source, one) for one in only_there if one.kind == kind]
        yield from (zip if kind == "number" else zip_longest)(mine, theirs)


def _once(found: tuple[Figure, ...], kinds: frozenset[str]) -> Iterator[Figure]:
    """The figures in digits of some kinds, each value where it stands first."""
    seen: set[tuple[str, object]] = set()
    for one in found:
        if one.kind in kinds and not one.words and (one.kind, one.value) not in seen:
            seen.add((one.kind, one.value))
            yield one


def _has(found: tuple[Figure, ...], one: Figure) -> bool:
    return any(same(one, other) for other in found)


def _item(text: Text, one: Figure) -> Item:
    return Item((one.start, one.end), text.located.value[one.start : one.end])


def _of_values(source: Text, other: Text, settings: Settings) -> Differences:
    """As `_of_placeholders`, without those that hold an address."""
    for here, there in _of_placeholders(source, other, settings):
        found = here or there
        if found and not _is_address(found.shown, source, settings):
            yield here, there


def _of_ways(source: Text, other: Text, settings: Settings) -> Differences:
    """An address in the source, and in the other neither an address nor a question."""
    there = next(_ways(source, settings), None)
    if there and not next(_ways(other, settings), None) and not {"?", "？"} & set(other.plain):
        yield None, there


def _ways(text: Text, settings: Settings) -> Iterator[Item]:
    for one in text.figures:
        if one.kind in _ADDRESSES:
            yield _item(text, one)
    for hole in text.placeholders:
        if _is_address(hole.name, text, settings) and not hole.condition:
            yield Item((hole.start, hole.end), hole.name)


def _is_address(name: str, text: Text, settings: Settings) -> bool:
    """Whether a placeholder holds a link, an e-mail address or a phone number."""
    fact = settings.facts.get(name.removeprefix("facts.")) if name.startswith("facts.") else None
    value = for_locale(fact.values, text.locale) if fact else None
    if value is not None:
        return any(one.kind in _ADDRESSES for one in figures(value, text.locale))
    variable = text.response.variables.get(name)
    return variable is not None and variable.type in ("url", "email", "phone")


def _of_placeholders(source: Text, other: Text, settings: Settings) -> Differences:
    """Placeholders that no text of the reply can do without, and one text does."""
    yield from ((None, one) for one in _needed(source, other.names))
    yield from ((one, None) for one in _needed(other, source.names))


def _needed(text: Text, beside: tuple[str, ...]) -> Iterator[Item]:
    """The placeholders of a text that are not `beside`: without those that may be missing, or have a stand-in."""
    seen = set(beside)
    for hole in text.placeholders:
        variable = text.response.variables.get(hole.name)
        spare = variable is not None and (variable.optional or variable.fallback)
        if hole.name not in seen and not hole.condition and hole.default is None and not spare:
            seen.add(hole.name)
            yield Item((hole.start, hole.end), hole.name)


def _of_words(source: Text, other: Text, words: str) -> Differences:
    """What one text says by some words, and the other says nowhere."""
    there, here = (search(compiled(words, True), text.plain) for text in (source, other))
    if there and not here:
        yield None, Item(there.span(), there[0])
    elif here and not there:
        yield Item(here.span(), here[0]), None


def _of_lists(source: Text, other: Text, settings: Settings) -> Differences:
    """Lists of another length; a list in one text and none in the other is another form of the same."""
    there, here = (len(list_items(text.plain)) for text in (source, other))
    if there and here and there != here:
        yield Item(None, str(here)), Item(None, str(there))


_OTHERS: Mapping[str, Callable[[Text, Text, Settings], Differences]] = {
    "placeholder": _of_placeholders,
    "value": _of_values,
    "list": _of_lists,
    "way": _of_ways,
}


def _of(node: Node, key: str, problems: Problems) -> tuple[str, ...]:
    found = texts(node, key, problems)
    known = (*_OTHERS, "words", *KINDS)
    for word in found:
        if word not in known:
            problems.append(node.problem(f"`{key}` cannot be {word!r}{nearest(word, known)}"))
    return found


def _words(node: Node, key: str, problems: Problems) -> tuple[tuple[str, ...], ...]:
    found = mapping(node, key, problems)
    return tuple(patterns(value, name.value, problems) for name, value in found.pairs) if found else ()


def _across(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, {word: word for word in ACROSS}, problems, "")
