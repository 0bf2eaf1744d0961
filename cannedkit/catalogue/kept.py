"""A catalogue read, kept between runs: files that are the same are not read as YAML again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from cannedkit import cache, files
from cannedkit.catalogue import load as catalogue
from cannedkit.catalogue.search.synonyms import FILE as SYNONYMS
from cannedkit.model.response import Catalogue
from cannedkit.model.settings import Settings
from cannedkit.text.pile import Named
from cannedkit.yamlsource.read import MAX_BYTES

LEAST_BYTES = 50_000
"""Bytes of a catalogue that is kept: our own choice, some fifty replies, below which reading it takes no time."""

_LIBRARIES = ("yaml", "liquid", "babel")
"""What a catalogue is read with besides our own code."""


def load(settings: Settings) -> Catalogue:
    """The catalogue, from what was kept where its files and settings are the same. Raises CatalogueError.

    Of files that were changed while they were read nothing is kept, nor of more responses than are held in memory.
    """
    mark = _mark(settings)
    if mark and isinstance(kept := cache.recall("catalogue", settings.root, mark), Catalogue):
        return kept
    found = catalogue.load(settings)
    if mark and not isinstance(found.responses, Named) and _mark(settings) == mark:
        cache.keep("catalogue", settings.root, mark, found)
    return found


def _mark(settings: Settings) -> tuple[object, ...]:
    """All that the catalogue is read from; () where it is small, or a file of it cannot be read."""
    try:
        found = [_told(path, settings) for path in _files(settings)]
        if sum(size for _, size, _ in found) < LEAST_BYTES:
            return ()
        return (*cache.stamp([*_libraries()]), repr(settings), tuple(found))
    except (OSError, files.FileError):
        return ()


def _told(path: Path, settings: Settings) -> tuple[str, int, bytes]:
    """A file, how many bytes it has, and their digest."""
    data = files.read(path, MAX_BYTES, settings.root)
    return str(path), len(data), sha256(data).digest()


def _files(settings: Settings) -> Iterator[Path]:
    """The files that a catalogue may be read from, in order."""
    synonyms = settings.catalogue.parent / SYNONYMS
    if os.path.lexists(synonyms):
        yield synonyms
    for above, folders, names in os.walk(settings.catalogue):
        folders.sort()
        yield from (Path(above, name) for name in sorted(names) if name.endswith((".yaml", ".yml")))


def _libraries() -> Iterator[Path]:
    found = (find_spec(name) for name in _LIBRARIES)
    return (Path(spec.origin) for spec in found if spec and spec.origin)
