"""A rendered text back to the values that went in: every reading of it, each proven by rendering it again."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, product
from urllib.parse import unquote

from cannedkit.model.errors import ReplyError
from cannedkit.model.response import Variable
from cannedkit.template.condition import Test, comparisons
from cannedkit.template.dates import readings as dates
from cannedkit.template.node import Choice, Literal, Node, Output, Template, TemplateError
from cannedkit.template.render import fill, render
from cannedkit.template.types import samples
from cannedkit.template.values import MAX_VALUE, resolve
from cannedkit.text.locales import for_locale

MAX_STEPS = 20_000
"""Places of a text at which a piece of a body is tried; our own choice, some hundredths of a second."""

MAX_MATCHES = 64
"""Ways to cut a text into the pieces of a body that are looked at; our own choice, as are the next two."""

MAX_TRIES = 128
"""Combinations of values that are rendered for one way to cut a text."""

MAX_NAMED = 8
"""Readings of one value that are told."""

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~\n])")


@dataclass(frozen=True, slots=True)
class Part:
    """A body or subject, the text that may be a rendering of it, and its format: "text" or "markdown"."""

    template: Template
    text: str
    format: str = "text"


@dataclass(frozen=True, slots=True)
class Readings:
    """Whether texts are renderings, and of which values, by placeholder.

    Where the texts leave a value open, `ambiguous` has all that it may have been, () where any could, "" for none;
    `values` has the first of them. `refused` says why values that the words leave room for cannot have gone in;
    `complete` is false where not every way to cut the texts was tried.
    """

    found: bool
    values: Mapping[str, str] = field(default_factory=dict)
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refused: str = ""
    complete: bool = True


@dataclass(frozen=True, slots=True)
class _Given:
    """What is known of the placeholders, whatever the text."""

    variables: Mapping[str, Variable]
    locale: str
    facts: Mapping[str, str]

    @property
    def fact_values(self) -> dict[str, str]:
        return {f"facts.{name}": value for name, value in self.facts.items()}


@dataclass(frozen=True, slots=True)
class _Match:
    """One way to cut a text: what stands for each placeholder, and how each test on the way came out."""

    pieces: tuple[tuple[Output, str, str], ...] = ()
    route: tuple[tuple[Test, bool], ...] = ()


def readings(
    parts: Sequence[Part], variables: Mapping[str, Variable], locale: str, facts: Mapping[str, str]
) -> Readings:
    """Whether some texts, such as a body's and its subject's, are renderings with the same values, and with which.

    `facts` are by name without `facts.`. A text is a rendering if sending those values would give it, to the character.
    """
    given = _Given(variables, locale, facts)
    cuts = [_Cuts(part, given) for part in parts]
    solutions: list[dict[str, str | None]] = []
    open_names: set[str] = set()
    refused = ""
    found = [list(islice(cut, MAX_MATCHES + 1)) for cut in cuts]
    complete = not any(cut.is_spent for cut in cuts) and all(len(each) <= MAX_MATCHES for each in found)
    for each in islice(product(*found), MAX_MATCHES):
        match = _Match(
            tuple(piece for one in each for piece in one.pieces), tuple(step for one in each for step in one.route)
        )
        options = _options(match, parts, given)
        for combination in islice(product(*(one.texts for one in options.values())), MAX_TRIES):
            chosen = dict(zip(options, combination, strict=True))
            try:
                solution = _sent(chosen, parts, match, given)
            except (ReplyError, TemplateError) as error:
                refused = refused or str(error)
                continue
            if solution is not None and solution not in solutions:
                solutions.append(solution)
                open_names |= {name for name, one in options.items() if one.is_open and chosen[name] == one.texts[0]}
    if not solutions:
        return Readings(False, refused=refused, complete=complete)
    return replace(_told(solutions, open_names), complete=complete)


def _told(solutions: Sequence[Mapping[str, str | None]], open_names: set[str]) -> Readings:
    values: dict[str, str] = {}
    ambiguous: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(name for each in solutions for name in each):
        texts = tuple(dict.fromkeys(each.get(name) or "" for each in solutions))
        if name in open_names:
            ambiguous[name] = ()
            continue
        if len(texts) > 1:
            ambiguous[name] = texts[:MAX_NAMED]
        if texts[0]:
            values[name] = texts[0]
    return Readings(True, values, ambiguous)


def _sent(
    chosen: Mapping[str, str | None], parts: Iterable[Part], match: _Match, given: _Given
) -> dict[str, str | None] | None:
    """The values that go in when some are given, if the texts come out; None if others do. Raises ReplyError."""
    went_in: dict[str, str | None] = {}
    for part in parts:
        own = {name: value for name, value in chosen.items() if value is not None and name in part.template.names}
        values = resolve(part.template, given.variables, own, given.locale, given.facts)
        if render(part.template, values, given.locale, part.format).text != part.text:
            return None
        went_in |= {name: values.get(name) for name in part.template.names if name in chosen}
    for node, _, _ in match.pieces:
        hole = node.placeholder
        if hole.name in went_in and went_in[hole.name] is None:
            went_in[hole.name] = hole.default
    return went_in


# -- what may have gone in ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Options:
    """What a name may have been, None for not given; `is_open`: the first stands for any other text as well."""

    texts: tuple[str | None, ...]
    is_open: bool = False


def _options(match: _Match, parts: Iterable[Part], given: _Given) -> dict[str, _Options]:
    """What each name that the text shows or depends on may have been."""
    printed: dict[str, list[tuple[Output, str, str]]] = {}
    for piece in match.pieces:
        printed.setdefault(piece[0].placeholder.name, []).append(piece)
    tested = [one for test, _ in match.route for one in comparisons(test)]
    names = dict.fromkeys((*printed, *(one.name for one in tested)))
    found: dict[str, _Options] = {}
    for name in names:
        if name.startswith("facts."):
            continue
        if name in printed:
            found[name] = _printed(printed[name], given)
        else:
            texts = [one.text for one in tested if one.name == name and one.text]
            kind = given.variables[name].type if name in given.variables else "text"
            other = next((one for one in samples(kind, given.locale) if one not in texts), None)
            found[name] = _Options(tuple(dict.fromkeys((other, *texts, None))), is_open=other is not None)
    return found


def _printed(pieces: Iterable[tuple[Output, str, str]], given: _Given) -> _Options:
    texts: list[str | None] = []
    is_open = False
    for node, piece, format in pieces:
        forms = [argument for name, argument in node.filters if name == "date"]
        if forms:
            days, certain = dates(piece, forms[0], given.locale)
            texts += days
            is_open = is_open or not certain
        else:
            texts += _unfiltered(piece, bool(node.filters), format)
        if piece in _stand_ins(node, given):
            texts.append(None)
    return _Options(tuple(dict.fromkeys(texts)), is_open and len(set(texts)) == 1)


def _unfiltered(piece: str, is_cased: bool, format: str) -> list[str]:
    """The values that may stand behind a piece of a text: without its escapes, and before a filter changed its case."""
    found = [piece]
    if format == "markdown":
        unmarked = _ESCAPED.sub(r"\1", piece)
        found = [html.unescape(unmarked), unmarked, html.unescape(piece), piece, unquote(html.unescape(piece))]
    if is_cased:
        found += [change(one) for one in tuple(found) for change in (str.lower, str.upper, str.capitalize, str.title)]
    return found


def _stand_ins(node: Output, given: _Given) -> set[str]:
    """What is written for a placeholder whose value is missing."""
    hole = node.placeholder
    if hole.default is not None:
        return {fill(node, {}, given.locale)}
    variable = given.variables.get(hole.name)
    fallback = for_locale(variable.fallback, given.locale) if variable else None
    return {fill(node, {hole.name: fallback}, given.locale)} if fallback else set()


# -- ways to cut a text -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What is still to come of a body: the nodes of a branch from an index on, then what comes behind the branch."""

    nodes: Sequence[Node]
    index: int
    outer: _Ahead | None

    def rest(self) -> _Ahead | None:
        """From the next node that there is; None at the end of the body."""
        ahead: _Ahead | None = self
        while ahead is not None and ahead.index >= len(ahead.nodes):
            ahead = ahead.outer
        return ahead


@dataclass(slots=True)
class _Cuts:
    """Every way to cut a text into the pieces of a body, one after the other."""

    part: Part
    given: _Given
    is_spent: bool = False

    def __iter__(self) -> Iterator[_Match]:
        text, template = self.part.text, self.part.template
        waiting: list[tuple[_Ahead | None, int, _Match]] = [(_Ahead(template.nodes, 0, None).rest(), 0, _Match())]
        for _ in range(MAX_STEPS):
            if not waiting:
                return
            ahead, at, match = waiting.pop()
            if ahead is None:
                if at == len(text):
                    yield match
                continue
            node = ahead.nodes[ahead.index]
            behind = _Ahead(ahead.nodes, ahead.index + 1, ahead.outer)
            if isinstance(node, Literal):
                words = template.text[node.start : node.end]
                if text.startswith(words, at):
                    waiting.append((behind.rest(), at + len(words), match))
            elif isinstance(node, Choice):
                waiting += reversed([(inner.rest(), at, taken) for inner, taken in _branches(node, behind, match)])
            else:
                rest = behind.rest()
                waiting += [
                    (rest, end, _Match((*match.pieces, (node, text[at:end], self.part.format)), match.route))
                    for end in reversed(self._ends(node, at, rest, match))
                    if self._may_be(node, text[at:end], match)
                ]
        self.is_spent = True

    def _ends(self, node: Output, at: int, rest: _Ahead | None, match: _Match) -> list[int]:
        """Where a value that begins at a place may end, the nearest first."""
        text = self.part.text
        if known := self._known(node, match):
            return [at + len(known)] if text.startswith(known, at) else []
        most = min(len(text), at + self._longest(node))
        if rest is None:
            return [len(text)] if at < len(text) <= most else []
        following = rest.nodes[rest.index]
        if not isinstance(following, Literal):
            return list(range(at + 1, most + 1))
        words = self.part.template.text[following.start : following.end]
        found = []
        end = text.find(words, at + 1)
        while 0 <= end <= most:
            found.append(end)
            end = text.find(words, end + 1)
        return found

    def _may_be(self, node: Output, piece: str, match: _Match) -> bool:
        """Whether a piece and those of the same value elsewhere differ in case alone, as filters may have it."""
        if self.part.format == "markdown" or _is_dated(node):
            return True
        name = node.placeholder.name
        others = (one for node, one, _ in match.pieces if node.placeholder.name == name and not _is_dated(node))
        return all(one.casefold() == piece.casefold() for one in others)

    def _known(self, node: Output, match: _Match) -> str:
        """What must stand for a placeholder: a fact, or what stood for it before; "" where that is open."""
        hole = node.placeholder
        if hole.name.startswith("facts."):
            return fill(node, self.given.fact_values, self.given.locale) if hole.name in self.given.fact_values else ""
        if self.part.format == "markdown":  # how a value is escaped depends on its place
            return ""
        same = (piece for one, piece, _ in match.pieces if _is_same(one, node))
        return next(same, "")

    def _longest(self, node: Output) -> int:
        """Code points that may stand for a placeholder."""
        hole = node.placeholder
        variable = self.given.variables.get(hole.name)
        if variable is None or node.filters:
            return MAX_VALUE
        limit = MAX_VALUE if variable.max_length is None else variable.max_length
        longest = max(limit, *map(len, _stand_ins(node, self.given)), 0)
        return longest * (len("&quot;") if self.part.format == "markdown" else 1)


def _is_dated(node: Output) -> bool:
    return any(name == "date" for name, _ in node.filters)


def _is_same(one: Output, other: Output) -> bool:
    """Whether two places write the same of a value, given or not."""
    holes = (one.placeholder, other.placeholder)
    return holes[0].name == holes[1].name and holes[0].default == holes[1].default and one.filters == other.filters


def _branches(choice: Choice, behind: _Ahead, match: _Match) -> Iterator[tuple[_Ahead, _Match]]:
    """The ways through a choice that what was chosen before does not rule out."""
    route = match.route
    for branch in choice.branches:
        if branch.test is None:
            taken = route
        elif (branch.test, False) in route:
            continue
        else:
            taken = (*route, (branch.test, True))
        yield _Ahead(branch.nodes, 0, behind), _Match(match.pieces, taken)
        if branch.test is not None:
            if (branch.test, True) in route:
                return
            route = (*route, (branch.test, False))
