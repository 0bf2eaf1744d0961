"""A catalogue in a folder, with replies brought in and given out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from cannedkit import Kit, exchange
from cannedkit.exchange import merging
from cannedkit.exchange.encoding import opened
from cannedkit.exchange.giving import Given, given
from cannedkit.exchange.merging import Brought
from cannedkit.exchange.model import Asked, File
from cannedkit.exchange.names import names
from cannedkit.exchange.taking import taken
from cannedkit.settings.formats import FORMATS

GOLDEN = Path(__file__).parent / "golden"

SETTINGS = """\
locale: en-US
locales: [en-US, fr, nl]
channels: {chat: {}, email: {}}
packs: [Care]
engines: {}
"""

WRITTEN = tuple(name for name in FORMATS if exchange.ability(name).writes)
"""The formats that are written."""


PLAIN = Asked()


def desk(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """A folder with settings, and such files."""
    for name, text in {"cannedkit.yaml": SETTINGS, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def golden(format: str) -> list[File]:
    """The golden files of a format."""
    return [File(Path(one.name).name, one.text) for one in map(opened, sorted((GOLDEN / format).iterdir()))]


def bring(folder: Path, format: str, files: Iterable[File], asked: Asked = PLAIN, *, dry: bool = False) -> Brought:
    """Bring files into the catalogue of a folder."""
    settings = Kit.load(folder, with_engines=False).settings
    incoming = exchange.read(format, list(files), asked)
    known, ability = names(format, settings), exchange.ability(format)
    records = [taken(one, ability, known, settings, asked) for one in incoming.records]
    brought = merging.bring(format, records, settings, merging.present(settings), settings.catalogue)
    if not dry:
        merging.put(brought)
    return brought


def give(folder: Path, format: str, asked: Asked = PLAIN) -> Given:
    """The files of all replies of a folder."""
    kit = Kit.load(folder, with_engines=False)
    return given(format, kit.catalogue.responses.values(), kit.settings, asked)


def state(folder: Path) -> dict[str, str]:
    """The texts of all files of a catalogue by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((folder / "responses").rglob("*"))
        if path.is_file()
    }
