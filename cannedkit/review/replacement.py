"""How a fix of a finding of the catalogue is made in its file: in the style in which the text there is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cannedkit.model.response import Catalogue
from cannedkit.model.result import FileFinding, Replacement
from cannedkit.review.unit import units
from cannedkit.yamlsource.node import Part


def replacements(catalogue: Catalogue) -> Callable[[FileFinding, str], Replacement | None]:
    """A function from a finding of a catalogue and a fix to the stretch of its file that changes, and to what.

    None where the finding is about no text of a response, where its file cannot hold the fix as it is written, where
    markup would be lost.
    """

    def replacement(found: FileFinding, fix: str) -> Replacement | None:
        from cannedkit.yamlsource.edit import EditRefused, written

        part = _text(catalogue, found)
        if part is None or _loses_markup(catalogue, found, part):
            return None
        try:
            after = written(part, [(found.finding.start, found.finding.end, fix)])
        except EditRefused:
            return None
        return _changed(part, found, after.raw)

    return replacement


def _loses_markup(catalogue: Catalogue, found: FileFinding, part: Part) -> bool:
    from cannedkit.review.mend import crosses_markup

    return catalogue.responses[found.response].format == "markdown" and crosses_markup(found, part.value)


def _text(catalogue: Catalogue, found: FileFinding) -> Part | None:
    """The text that a finding is about."""
    response = catalogue.responses.get(found.response)
    for unit in units(response) if response else ():
        same = (unit.locale, unit.body.variation, unit.part) == (found.locale, found.variation, found.part)
        if same and set(found.channels) <= set(unit.channels):
            return unit.text if isinstance(unit.text, Part) else None
    return None


def _changed(part: Part, found: FileFinding, after: str) -> Replacement:
    """The stretch that holds the finding and all of its scalar that is not as it was, and what stands there `after`."""
    scalar = part.scalar
    start, end = part.start + found.finding.start, part.start + found.finding.end
    first = scalar.between(start)
    last = scalar.spans[end - 1][1] if start < end else first
    before = scalar.source.text[scalar.start : scalar.end]
    ahead = _alike(before, after, first - scalar.start)
    behind = _alike(before[::-1], after[::-1], min(scalar.end - last, len(after) - ahead))
    where = scalar.source.place(scalar.start + ahead, scalar.end - behind)
    return Replacement(replace(where, path=found.place.path), after[ahead : len(after) - behind])


def _alike(one: str, other: str, most: int) -> int:
    """How many characters two texts have in common at their start, at most so many."""
    pairs = zip(one[:most], other[:most], strict=False)
    return next((at for at, (mine, theirs) in enumerate(pairs) if mine != theirs), min(most, len(one), len(other)))
