"""The catalogue with fixes made: each text of it mended by itself, and written where it stands.

A fix goes to the place that its finding carries. Not fixed unless a person chooses it: what is seen with some samples
only, what touches a placeholder, what a waiver allows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cannedkit.catalogue.body import Faults, check_template
from cannedkit.catalogue.load import named, within
from cannedkit.files import ChangedError
from cannedkit.lint.linter import Linter
from cannedkit.model.errors import EXHAUSTED, CatalogueError, DraftError, Failure, InputError, Place, Problem, exhausted
from cannedkit.model.response import Catalogue, Response
from cannedkit.model.result import Change, FileFinding, Fixed, Mended, Review, Rewritten
from cannedkit.model.settings import Settings
from cannedkit.review.mend import Fits, Look, Wish, chosen, crosses_markup, mend
from cannedkit.review.unit import Unit, look, remembered, units
from cannedkit.review.waivers import allows
from cannedkit.settings import facts_for
from cannedkit.template import render as template
from cannedkit.text.edits import Edit
from cannedkit.yamlsource.edit import EditRefused, Written, save, together, written
from cannedkit.yamlsource.node import Part, Source
from cannedkit.yamlsource.read import read

MOST_TRIES = 20
"""How often a file that somebody else is writing is read again; cannedkit's own choice."""


Judge = Callable[[Catalogue, Callable[[], object]], Review]
"""What is found in a part of the catalogue, by all that look at it; the function is called after each response."""


@dataclass(frozen=True, slots=True)
class Loose:
    """A text that stands in no file yet: each of its places is `home`."""

    value: str
    home: Place

    def place(self, start: int, end: int) -> Place:
        """The same place for all."""
        return self.home


@dataclass(frozen=True, slots=True)
class Workshop:
    """What it takes to mend a text of a catalogue. `read` reads the catalogue anew."""

    settings: Settings
    read: Callable[[], Catalogue]
    linter: Callable[[str], Linter]
    today: date


def workshop(
    settings: Settings,
    read: Callable[[], Catalogue],
    linter: Callable[[str], Linter],
    today: date,
    only: Path | None = None,
    id: str = "",
) -> Workshop:
    """The workshop for a catalogue: all of it, a file or folder of it, or one response.

    Its `read` raises CatalogueError where nothing is in `only`, ReplyError for an `id` that is not there.
    """

    def part() -> Catalogue:
        found = read()
        found = within(found, only) if only else found
        return Catalogue(found.root, {named(found, id).id: named(found, id)}) if id else found

    return Workshop(settings, part, linter, today)


def fix(shop: Workshop, wish: Wish, judge: Judge, step: Callable[[], object] = lambda: None) -> Fixed:
    """A catalogue with the fixes made that are wished for, and what `judge` says of it then.

    `step` is called after each response. Raises CatalogueError for a file that others keep changing, OSError for one
    that cannot be written.
    """
    now = shop.read()
    first = judge(now, step)
    hopeful = {found.response for found in first.findings if chosen(wish, found)}
    made: list[Change] = []
    left: list[Change] = []
    files: list[Rewritten] = []
    refused: list[Failure] = []
    by_path: dict[str, list[str]] = {}
    for id in now.responses:
        if id in hopeful:
            by_path.setdefault(now.responses[id].place.path, []).append(id)
    for path, ids in by_path.items():
        try:
            done, others, file = _file(path, ids, now, shop, wish)
        except EditRefused as error:
            refused.append(Failure("", error.reason, path))
            continue
        made += done
        left += others
        files += [file] if file.before != file.after else []
    after = _after(first, {one.found.response for one in made}, shop, judge) if wish.write and files else first
    return Fixed(tuple(made), tuple(left), tuple(files), replace(after, errors=(*after.errors, *refused)))


def _after(first: Review, ids: Collection[str], shop: Workshop, judge: Judge) -> Review:
    """A review after some responses were changed: these are looked at again, as the files now say."""
    now = shop.read()
    changed = Catalogue(now.root, {id: now.responses[id] for id in now.responses if id in ids})
    again = judge(changed, lambda: None)
    kept = (one for one in first.findings if one.response not in ids)
    findings = {(one.place, one.finding): one for one in (*kept, *again.findings)}  # a fact's stand in both
    return replace(
        first,
        findings=tuple(found for _, found in sorted(findings.items())),
        errors=tuple(dict.fromkeys((*first.errors, *again.errors))),
        seconds=first.seconds + again.seconds,
    )


def _file(
    path: str, ids: Iterable[str], now: Catalogue, shop: Workshop, wish: Wish
) -> tuple[list[Change], list[Change], Rewritten]:
    """One file with the fixes of some of its responses, written if wished for.

    The fixes that were made, those that were taken back, and the text before and after.
    """
    for _ in range(MOST_TRIES):
        made: list[Change] = []
        left: list[Change] = []
        writings: list[Written] = []
        sources = []
        for response in _in_file(ids, now):
            for unit, part in parts(response):
                mended = mended_unit(unit, part, shop, wish)
                made += placed(mended.made, part)
                left += placed(mended.left, part)
                writings += [written(part, mended.edits)] if mended.edits else []
                sources.append(part.scalar.source)
        if not writings:
            return made, left, Rewritten(path, "", "")
        source = sources[0]
        text = together(writings)
        try:
            if wish.write:
                save(Path(path), text, source.bom, source.text)
        except ChangedError:
            now = shop.read()
            continue
        mark = "\ufeff" if source.bom else ""
        return made, left, Rewritten(path, mark + source.text, mark + text)
    raise CatalogueError([Problem(path, 0, 0, "is being changed again and again: try once nobody writes it")])


def _in_file(ids: Iterable[str], catalogue: Catalogue) -> list[Response]:
    """The responses of a file that may have something to fix. Raises EditRefused for a file that has faults."""
    found = [catalogue.responses[id] for id in ids if id in catalogue.responses]
    for response in found[:1]:
        for _, part in parts(response):
            _refuse_faulty(part.scalar.source)
            break
    return found


def _refuse_faulty(source: Source) -> None:
    try:
        read(source.path, source.text.encode())
    except InputError:
        raise EditRefused(source.path, "is left as it is until its faults are mended") from None


def parts(response: Response) -> Iterator[tuple[Unit, Part]]:
    """The units of a response whose text stands in a file, and where."""
    return ((unit, unit.text) for unit in units(response) if isinstance(unit.text, Part))


def placed(changes: Iterable[Change], part: Part) -> Iterator[Change]:
    """The changes of a text with their places in its file."""
    for one in changes:
        start, end = one.found.finding.start, one.found.finding.end
        yield replace(one, found=replace(one.found, place=part.place(start, end)))


def mended_unit(unit: Unit, part: Part, shop: Workshop, wish: Wish) -> Mended:
    """A text with the first fix made of each finding that is wished for, as far as it touches no placeholder.

    What only some of the channels show that send the text is right for those alone: it is no safe fix.
    """

    def choose(found: FileFinding, text: str) -> str | None:
        shared = wish.all or set(found.channels) == set(unit.channels)
        marked = unit.response.format == "markdown" and crosses_markup(found, text)
        wanted = shared and not marked and chosen(wish, found) and not _in_placeholder(found, text)
        return found.finding.fixes[0] if wanted else None

    return mend(part.value, looks(unit, part, shop), choose, fits(unit, part, shop), allowed(unit, shop))


def _in_placeholder(found: FileFinding, text: str) -> bool:
    """Whether a finding touches a placeholder, or the tag that one stands in."""
    start, end = found.finding.start, found.finding.end
    return any(start <= hole.end and hole.start <= end for hole in template.parse(text).placeholders)


def looks(unit: Unit, part: Part, shop: Workshop) -> Look:
    """What is found in the unit with another text."""
    linter = shop.linter(unit.locale)
    proofread, facts = remembered(linter), facts_for(shop.settings, unit.locale)
    home = part.place(0, 0)

    def found(text: str) -> tuple[tuple[FileFinding, ...], frozenset[Failure]]:
        try:
            looked = look(replace(unit, text=Loose(text, home)), linter, proofread, facts, shop.today)
        except (template.TemplateError, DraftError) as error:
            return (), frozenset([Failure("", str(error))])
        except EXHAUSTED as error:
            return (), frozenset([Failure("", f"the text {exhausted(error)}")])
        return looked.findings, looked.failures

    return found


def fits(unit: Unit, part: Part, shop: Workshop) -> Fits:
    """Whether a text can take the place of a unit's: its placeholders are the same, and the file can hold it."""
    names = [hole.name for hole in template.parse(part.value).placeholders]

    def reason(text: str, edits: list[Edit]) -> str:
        if not text.strip():
            return "nothing would be left of the text"
        if text != text.strip():
            return "white space would stand at an end of the text"
        faults = Faults()
        check_template(Loose(text, part.place(0, 0)), unit.locale, unit.response, shop.settings, faults)
        for problem in (*faults.wrong, *faults.unknown):
            return problem.message
        if [hole.name for hole in template.parse(text).placeholders] != names:
            return "the placeholders would not be the same"
        try:
            written(part, edits)
        except EditRefused as error:
            return error.reason
        return ""

    return reason


def allowed(unit: Unit, shop: Workshop) -> Callable[[FileFinding], bool]:
    """Whether a waiver that still holds allows a finding."""
    holding = [waiver for waiver in unit.response.waivers if waiver.until >= shop.today]
    return lambda found: any(allows(waiver, found) for waiver in holding)
