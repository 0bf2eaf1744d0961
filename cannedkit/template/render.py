"""Liquid bodies: read, checked against their declarations, and rendered with an offset map.

All offsets are code points, half open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cannedkit.model.response import Variable
from cannedkit.template.condition import holds
from cannedkit.template.escape import escaped
from cannedkit.template.expression import DATE_DIRECTIVES, DIRECTIVE
from cannedkit.template.node import (
    Choice,
    Literal,
    Node,
    Output,
    Placeholder,
    Template,
    TemplateError,
    TemplateProblem,
    fault,
)
from cannedkit.template.reader import read
from cannedkit.template.samplesets import MAX_SETS, SampleSet, longest, sample_sets
from cannedkit.template.types import iso_date
from cannedkit.text.locales import babel_locale
from cannedkit.text.nearest import conflicts, meant

__all__ = [
    "MAX_BODY",
    "MAX_OUTPUT",
    "MAX_SETS",
    "Placeholder",
    "Rendered",
    "SampleSet",
    "Segment",
    "Template",
    "TemplateError",
    "TemplateProblem",
    "check",
    "conflicts",
    "longest",
    "parse",
    "render",
    "sample_sets",
]
"""All that other rooms need of a body, wherever it is defined."""

MAX_BODY = 20_000
"""Code points that a body may hold (design, section 8)."""

MAX_OUTPUT = 100_000
"""Code points that a rendered body may hold (design, section 8)."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Rendered `[start:end)` came from body `[body_start:body_end)`.

    A literal segment (`filled` false) has the same length on both sides; a filled one stands for the
    placeholder `name`. No segment is empty.
    """

    start: int
    end: int
    body_start: int
    body_end: int
    filled: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered text. `segments` cover it without a gap, in the order of the body."""

    text: str
    segments: tuple[Segment, ...]

    @property
    def filled(self) -> tuple[tuple[int, int], ...]:
        """The spans of the text that stand for values."""
        return tuple((each.start, each.end) for each in self.segments if each.filled)

    def to_body(self, start: int, end: int) -> tuple[int, int]:
        """The span of the body that the rendered span came from; a touched value counts as its whole placeholder.

        An empty span maps to an empty one: between two characters of the same text exactly between them; at
        the seam of text and placeholder on the side of the text; inside a value behind the placeholder.
        Raises ValueError for a span that is not in the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start}:{end} is not a span of a text of {len(self.text)} characters")
        if not self.segments:
            return 0, 0
        if start == end:
            place = self._insertion(start)
            return place, place
        first, last = self._segment(start), self._segment(end - 1)
        return (
            first.body_start if first.filled else first.body_start + start - first.start,
            last.body_end if last.filled else last.body_start + end - last.start,
        )

    def _segment(self, offset: int) -> Segment:
        return self.segments[bisect_right(self.segments, offset, key=lambda each: each.start) - 1]

    def _insertion(self, offset: int) -> int:
        before, after = self._segment(max(offset - 1, 0)), self._segment(min(offset, len(self.text) - 1))
        if not before.filled and offset > 0:
            return before.body_start + offset - before.start
        if offset == 0 or (not after.filled and after is not before):
            return after.body_start
        return before.body_end


@lru_cache(maxsize=2048)
def parse(text: str) -> Template:
    """The template in `text`. Kept for the last 2,048 texts.

    Raises TemplateError with the place of every fault: unknown tags and filters, braces that do not close,
    tags that do not match, and what Liquid would let through but a customer should not see.
    """
    if len(text) > MAX_BODY:
        message = f"the body is {len(text)} characters long; at most {MAX_BODY} are allowed"
        raise fault(MAX_BODY, len(text), message)
    return read(text)


def check(
    template: Template, variables: Mapping[str, Variable], facts: Mapping[str, str]
) -> tuple[TemplateProblem, ...]:
    """What is wrong with the placeholders in the light of their declarations, in the order of the body.

    A name that is not declared, a fact that does not exist, an optional variable where it may be missing, and
    a `date` filter on what is not a date. `facts` are by name without `facts.`.
    """
    problems = (_misuse(each, variables, facts) for each in template.placeholders)
    return tuple(sorted(problem for problem in problems if problem))


def _misuse(
    placeholder: Placeholder, variables: Mapping[str, Variable], facts: Mapping[str, str]
) -> TemplateProblem | None:
    name = placeholder.name
    message = ""
    variable = variables.get(name)
    if name.startswith("facts."):
        fact = name.removeprefix("facts.")
        if fact not in facts:
            message = f"there is no fact `{fact}`; add it to facts.yaml{meant(fact, facts)}"
    elif variable is None:
        message = f"`{name}` is not declared; add it to variables.yaml{meant(name, variables)}"
    elif not placeholder.condition:
        safe = placeholder.default is not None or name in placeholder.guards or variable.fallback
        if variable.optional and not safe:
            message = f"`{name}` is optional: put this inside {{% if {name} %}} … {{% endif %}}, or give it a default"
        elif "date" in placeholder.filters and variable.type != "date":
            message = f"`{name}` has the filter `date` but the type {variable.type}; declare it as type: date"
    return TemplateProblem(placeholder.start, placeholder.end, message) if message else None


def render(template: Template, values: Mapping[str, str], locale: str = "en", format: str = "text") -> Rendered:
    """The body filled with `values`, by dotted name (`facts.` included), and where each part came from.

    `locale` names the months and days that the `date` filter writes; nothing else depends on it. With the format
    "markdown" a value is written so that it is read as it is given, whatever Markdown or HTML it holds; facts and
    defaults are the writer's own words and may be markup. Raises TemplateError for a placeholder without a value (an
    empty one is none) and for more than `MAX_OUTPUT` code points.
    """
    values = {name: value for name, value in values.items() if value}
    nodes = tuple(_chosen(template.nodes, values))
    pieces = [_piece(node, template, values, locale) for node in nodes]
    if format == "markdown":
        pieces = _escaped(nodes, pieces, values)
    segments: list[Segment] = []
    length = 0
    for node, piece in zip(nodes, pieces, strict=True):
        if isinstance(node, Literal):
            segment = Segment(length, length + len(piece), node.start, node.end)
        else:
            hole = node.placeholder
            segment = Segment(length, length + len(piece), hole.start, hole.end, True, hole.name)
        length += len(piece)
        if length > MAX_OUTPUT:
            message = f"the rendered text is longer than {MAX_OUTPUT} characters"
            raise fault(segment.body_start, segment.body_end, message)
        if piece:
            segments.append(segment)
    return Rendered("".join(pieces), tuple(segments))


def _piece(node: Literal | Output, template: Template, values: Mapping[str, str], locale: str) -> str:
    return template.text[node.start : node.end] if isinstance(node, Literal) else fill(node, values, locale)


def _escaped(nodes: Sequence[Literal | Output], pieces: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """The pieces, with those that are values written for Markdown."""
    given = [isinstance(node, Output) and _is_given(node.placeholder.name, values) for node in nodes]
    skeleton: list[str] = []
    places: list[int] = []
    length = 0
    for piece, is_given in zip(pieces, given, strict=True):
        if is_given:
            places.append(length)
        skeleton.append("x" if is_given else piece)
        length += len(skeleton[-1])
    written = escaped([one for one, is_given in zip(pieces, given, strict=True) if is_given], "".join(skeleton), places)
    return [next(written) if is_given else piece for piece, is_given in zip(pieces, given, strict=True)]


def _is_given(name: str, values: Mapping[str, str]) -> bool:
    return name in values and not name.startswith("facts.")


def _chosen(nodes: Iterable[Node], values: Mapping[str, str]) -> Iterator[Literal | Output]:
    for node in nodes:
        if isinstance(node, Choice):
            branch = next(each for each in node.branches if each.test is None or holds(each.test, values))
            yield from _chosen(branch.nodes, values)
        else:
            yield node


def fill(node: Output, values: Mapping[str, str], locale: str) -> str:
    """What is written for one placeholder, before it is escaped. Raises TemplateError where it has no value."""
    hole = node.placeholder
    value = values.get(hole.name, hole.default)
    if value is None:
        raise fault(hole.start, hole.end, f"`{hole.name}` has no value{meant(hole.name, values)}")
    for name, argument in node.filters:
        value = _dated(value, argument, locale) if name == "date" else _CASES[name](value)
    return value


_CASES = {"upcase": str.upper, "downcase": str.lower, "capitalize": str.capitalize}


def _dated(value: str, form: str, locale: str) -> str:
    """`value` in the form that the filter asks for; what is not YYYY-MM-DD is left as it is, as in Liquid."""
    from babel.dates import format_date

    if (day := iso_date(value)) is None:
        return value

    def write(directive: re.Match[str]) -> str:
        field = DATE_DIRECTIVES.get(directive.group())
        return format_date(day, field, locale=babel_locale(locale)) if field else "%"

    return DIRECTIVE.sub(write, form)
