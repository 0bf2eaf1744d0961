"""Texts gone through one by one, each finding by itself: a person decides, and what was decided is written at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cannedkit import files
from cannedkit.files import ChangedError, put
from cannedkit.lint.linter import Linter
from cannedkit.model.draft import Draft
from cannedkit.model.errors import Place
from cannedkit.model.response import Catalogue, Response
from cannedkit.model.result import FileFinding
from cannedkit.review import draft as drafts
from cannedkit.review.fix import Workshop, allowed, fits, looks, parts
from cannedkit.review.mend import Course, Fits, Look, State, attempt
from cannedkit.review.unit import Unit
from cannedkit.text.edits import Edit, net, origins
from cannedkit.text.places import lines
from cannedkit.yamlsource.edit import save, together, written
from cannedkit.yamlsource.node import Part
from cannedkit.yamlsource.read import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that is gone through. `response` is the id of what it is part of, "" for a draft.

    `write` makes edits of it where it stands and gives the piece anew; it raises ChangedError where the file holds
    something else than when it was read. `again` reads it anew, None where it is there no more.
    """

    text: str
    place: Callable[[int, int], Place]
    look: Look
    fits: Fits
    allowed: Callable[[FileFinding], bool]
    write: Callable[[Sequence[Edit]], Piece | None]
    again: Callable[[], Piece | None]
    response: str = ""


def pieces(shop: Workshop) -> Iterator[Piece]:
    """The texts of a catalogue in file order, each as its file holds it when its turn comes."""
    now = shop.read()
    for id in [id for id, one in now.responses.items() if one.status != "retired"]:
        for key in [_key(unit) for unit, _ in parts(now.responses[id])]:
            if _is_stale(now.responses[id]):
                now = shop.read()
            if piece := _find(shop, now, id, key):
                yield piece


def draft_piece(path: Path, draft: Draft, data: bytes, linter: Linter) -> Piece:
    """A draft that a file holds as `data`."""
    mark = data[:3] if data.startswith(b"\xef\xbb\xbf") else b""
    index = lines(draft.text)

    def write(edits: Sequence[Edit]) -> Piece:
        from cannedkit.text.edits import edited

        text = edited(draft.text, edits)
        put(path, new := mark + text.encode(), data)
        return draft_piece(path, replace(draft, text=text), new, linter)

    def again() -> Piece:
        new = files.typed(path, MAX_BYTES)
        return draft_piece(path, replace(draft, text=new.decode("utf-8-sig")), new, linter)

    return Piece(
        draft.text,
        lambda start, end: Place(str(path), *index.position(start), *index.position(end)),
        drafts.looks(draft, linter, str(path)),
        drafts.fits,
        lambda found: False,
        write,
        again,
    )


def change(piece: Piece, state: State, found: FileFinding, edit: Edit, *, judged: bool) -> tuple[Piece, State] | str:
    """The piece with one edit made and written, or why it is taken back.

    `judged`: not if it brings a finding as bad; else whatever a person wrote is taken, as far as it can stand there.
    Raises ChangedError.
    """
    course = Course(len(piece.text), piece.look, lambda found, text: None, piece.fits, piece.allowed)
    new = attempt(course, state, [(found, edit)], judged=judged)
    if isinstance(new, str):
        return new
    after = piece.write(net(len(piece.text), new.text, new.known))
    if after is None or after.text != new.text:
        raise ChangedError("was changed by somebody else in the meantime")
    return after, replace(new, known=tuple(origins(new.text)))


def _key(unit: Unit) -> tuple[str, str, str, int]:
    return unit.part, unit.body.locale, unit.body.channel, unit.body.variation


def _is_stale(response: Response) -> bool:
    for _, part in parts(response):
        source = part.scalar.source
        mark = b"\xef\xbb\xbf" if source.bom else b""
        return files.read(Path(source.path), MAX_BYTES) != mark + source.text.encode()
    return False


def _find(shop: Workshop, now: Catalogue, id: str, key: tuple[str, str, str, int]) -> Piece | None:
    """A text of a response, None where it is there no more."""
    if id not in now.responses:
        return None
    found = next(((unit, part) for unit, part in parts(now.responses[id]) if _key(unit) == key), None)
    return _piece(shop, *found) if found else None


def _piece(shop: Workshop, unit: Unit, part: Part) -> Piece:
    def again() -> Piece | None:
        return _find(shop, shop.read(), unit.response.id, _key(unit))

    def write(edits: Sequence[Edit]) -> Piece | None:
        source = part.scalar.source
        save(Path(source.path), together([written(part, edits)]), source.bom, source.text)
        return again()

    return Piece(
        part.value,
        part.place,
        looks(unit, part, shop),
        fits(unit, part, shop),
        allowed(unit, shop),
        write,
        again,
        unit.response.id,
    )
