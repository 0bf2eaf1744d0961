"""The approved texts of a response: each body and branch, with a hole for each value that is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cannedkit.catalogue.compare.align import TAKES
from cannedkit.catalogue.compare.side import Holes, Side, Span, side
from cannedkit.catalogue.compare.terms import HOLE
from cannedkit.catalogue.load import bodies
from cannedkit.model.response import Body, Response, Variable
from cannedkit.template import render as template
from cannedkit.text.locales import for_locale
from cannedkit.words.figures import figures


@dataclass(frozen=True, slots=True)
class Given:
    """What may stand in an approved text: variables by name, the facts of its locale, and the values that are known."""

    variables: Mapping[str, Variable]
    facts: Mapping[str, str]
    values: Mapping[str, str]


def chosen(response: Response, locale: str, channel: str) -> tuple[Body, ...]:
    """The bodies that a draft may come from, "" for any locale and channel; all where none is in its language."""
    tags = dict.fromkeys(body.locale for body in response.bodies)
    own = [tag for tag in tags if tag == locale] or [tag for tag in tags if _language(tag) == _language(locale)]
    served = [channel] if channel in response.channels else response.channels
    found = {body: None for tag in own or tags for name in served for body in bodies(response, tag, name)}
    return tuple(found)


def sides(text: str, locale: str, format: str, given: Given) -> Iterator[Side]:
    """A body as it is compared, once for each way through its tags. Raises TemplateError."""
    parsed = template.parse(text)
    seen: set[str] = set()
    for samples in template.sample_sets(parsed, given.variables, locale, given.facts):
        try:
            made = template.render(parsed, {**samples.values, **given.values}, locale, format)
        except template.TemplateError:  # a branch that needs what this set lacks
            continue
        pieces = [HOLE if _is_open(one, given) else made.text[one.start : one.end] for one in made.segments]
        if (text_with_holes := "".join(pieces)) not in seen:
            seen.add(text_with_holes)
            yield _holed(made, pieces, parsed, locale, given)


def _is_open(one: template.Segment, given: Given) -> bool:
    """Whether a segment stands for a value that is not known."""
    return one.filled and not one.name.startswith("facts.") and one.name not in given.values


def _holed(
    made: template.Rendered, pieces: Sequence[str], parsed: template.Template, locale: str, given: Given
) -> Side:
    """A rendered text in pieces, with a hole for each value that is not known."""
    names = [one.name for one in made.segments if _is_open(one, given)]
    free: list[Span] = []
    starts: list[tuple[int, int]] = []
    length = 0
    for one, piece in zip(made.segments, pieces, strict=True):
        starts.append((one.body_start, length))
        free += _free(one, length, len(piece), parsed)
        length += len(piece)
    types = tuple(_type(given.variables.get(name), locale) for name in names)
    gaps = (
        next((at for start, at in starts if start >= right), length)
        for left, right in parsed.free
        if not parsed.text[left:right].strip()
    )
    return side("".join(pieces), locale, Holes(tuple(names), types), free, tuple(gaps))


def _type(variable: Variable | None, locale: str) -> str:
    """The type of a value; of a text whose samples are days or times (`Friday`, `noon on May 4`) it is a date."""
    own = variable.type if variable else "text"
    samples = for_locale(variable.samples, locale) if variable and own == "text" else None
    kinds = {one.kind for sample in samples or () for one in figures(sample, locale)}
    return "date" if kinds and kinds <= set(TAKES["date"]) - {"number"} else own


def _free(one: template.Segment, at: int, length: int, parsed: template.Template) -> Iterator[Span]:
    """The stretches of a segment, placed at an offset, that may be reworded."""
    for left, right in parsed.free:
        if one.filled:
            if left <= one.body_start < right:
                yield at, at + length
        elif max(left, one.body_start) < min(right, one.body_end):
            yield at + max(left, one.body_start) - one.body_start, at + min(right, one.body_end) - one.body_start


def _language(tag: str) -> str:
    return tag.partition("-")[0]
