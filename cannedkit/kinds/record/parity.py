"""`parity`: of two texts of a response that say the same, one says something else, or less.

`across` says which texts are held beside each other: those of `locales`, `channels` or `variations`. `of` says what
of them: every `placeholder`, or those with a `value` that is no address; items of a `list`; a `way` on, which is an
address or a question; or figures (`words.figures`). The message gets what stands here, what stands there, and where
"there" is; `lacks` is said of what stands there alone, `extra` of what stands here alone, and where a rule has no
such words nothing is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import zip_longest

from cannedkit.catalogue.finding import in_text
from cannedkit.catalogue.load import bodies, locales
from cannedkit.catalogue.reading import Pair, Reading, Text
from cannedkit.model.errors import RuleError
from cannedkit.model.response import Body, Response
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, RecordCheck, Rule
from cannedkit.model.settings import Settings
from cannedkit.rules.message import problem, said
from cannedkit.rules.options import Reader, options
from cannedkit.text.locales import for_locale
from cannedkit.text.nearest import nearest
from cannedkit.text.segment import list_items
from cannedkit.words.figures import KINDS, Figure, figures, same
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice, text, texts

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
    """What is compared, across what, and what to say of what stands on one side alone."""

    of: tuple[str, ...]
    across: str
    lacks: str
    extra: str


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    own: dict[str, Reader] = {"of": _of, "across": _across, "lacks": text, "extra": text}
    values = options(rule, own)
    for key in ("of", "across"):
        if not values.get(key):
            raise RuleError([problem(rule, key, "a parity rule needs `of` and `across`")])
    return Options(values["of"], values["across"], values.get("lacks", ""), values.get("extra", ""))


def build(rules: Sequence[Rule], context: Context) -> list[RecordCheck]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> RecordCheck:
    def run(response: Response, reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        pairs = reading.pairs(response, own.across, partial(_pairs, response, own.across, reading, settings))
        for source, other, where in pairs:
            for here, there in _differences(source, other, own.of, settings):
                if message := own.lacks if here is None else own.extra if there is None else rule.message:
                    end = len(other.plain)
                    span = here.span if here and here.span else (end, end)
                    related = [source.place(*(there.span if there and there.span else (0, 0)))]
                    shown = [one.shown for one in (here, there) if one]
                    yield in_text(rule, other, span, said(message, *shown, where), related=related)

    return RecordCheck(rule, run)


# -- pairs --------------------------------------------------------------------------------------


def _pairs(response: Response, across: str, reading: Reading, settings: Settings) -> Iterator[Pair]:
    """The texts that must say the same."""
    seen: set[tuple[Body, Body]] = set()
    for source, other, where in _PAIRS[across](response, settings):
        if source is not other and (source, other) not in seen:
            seen.add((source, other))
            yield reading.text(response, source), reading.text(response, other), where
            if source.subject and other.subject and source.subject is not other.subject and other.variation == 1:
                first, second = (reading.text(response, body, "subject") for body in (source, other))
                yield first, second, where


Pairs = Iterator[tuple[Body, Body, str]]


def _over_locales(response: Response, settings: Settings) -> Pairs:
    own = locales(response)
    first = settings.locale if settings.locale in own else own[0]
    for locale in own:
        for channel in response.channels if locale != first else ():
            yield from _in_turn(bodies(response, first, channel), bodies(response, locale, channel), first)


def _over_channels(response: Response, settings: Settings) -> Pairs:
    for locale in locales(response):
        served = [(channel, bodies(response, locale, channel)) for channel in response.channels]
        first, source = served[0]
        for _, others in served[1:]:
            yield from _in_turn(source, others, first)


def _over_variations(response: Response, settings: Settings) -> Pairs:
    for locale in locales(response):
        for channel in response.channels:
            served = bodies(response, locale, channel)
            yield from ((served[0], other, f"variation {served[0].variation}") for other in served[1:])


_PAIRS: Mapping[str, Callable[[Response, Settings], Pairs]] = {
    "locales": _over_locales,
    "channels": _over_channels,
    "variations": _over_variations,
}


def _in_turn(source: list[Body], others: list[Body], where: str) -> Pairs:
    """Each variation beside the same one of the source, or the first where that has fewer."""
    for number, other in enumerate(others):
        if source:
            yield source[min(number, len(source) - 1)], other, where


# -- differences --------------------------------------------------------------------------------


def _differences(source: Text, other: Text, of: tuple[str, ...], settings: Settings) -> Differences:
    """What stands here and what stands there, where they are not the same; None for nothing."""
    for what in of:
        if what in _OTHERS:
            yield from _OTHERS[what](source, other, settings)
    kinds = frozenset(of) & frozenset(KINDS)
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
    known = (*_OTHERS, *KINDS)
    for word in found:
        if word not in known:
            problems.append(node.problem(f"`{key}` cannot be {word!r}{nearest(word, known)}"))
    return found


def _across(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, {word: word for word in _PAIRS}, problems, "")
