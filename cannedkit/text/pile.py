"""Many things of one kind, of which few are held: beyond some thousands they lie in a file of this process alone.

The file has no name, so that nobody else can open it and nothing is left of it however the process ends; what is read
from it is what this process, or one forked from it, wrote. It lies in the folder for temporary files (TMPDIR).
"""

from __future__ import annotations

import io
import os
import pickle
import tempfile
from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from heapq import merge
from typing import IO, Any, Generic, Protocol, TypeVar, overload

Item = TypeVar("Item")
Other = TypeVar("Other")

MANY = 5_000
"""Things that are held; our own choice, of responses some 60 MB."""

RECENT = 256
"""Things of a file that are held beside it, those that were used last; our own choice, the responses of a topic."""

_BUFFER = 1_000_000
"""Bytes that are written at once."""


class Outside(Protocol):
    """What several things share, and what is not written with each of them."""

    def name(self, thing: object) -> Hashable | None:
        """What a thing is known by, None for one that is written where it stands."""

    def named(self, name: Any) -> object:
        """The thing that is known by a name."""


class Pile(Sequence[Item], Generic[Item]):
    """Things one behind the other, held up to `most` (MANY) of them; with one more all lie in a file.

    What is read from the file twice is another object, but for the `recent` ones. `outside` knows what the things
    share. Any number of threads may read, one may add. Raises OSError where the disk is full.
    """

    def __init__(
        self,
        items: Iterable[Item] = (),
        *,
        most: int | None = None,
        recent: int = RECENT,
        outside: Outside | None = None,
    ) -> None:
        self._most = MANY if most is None else most
        self._window, self._outside = recent, outside
        self._held: list[Item] = []
        self._file: _File | None = None
        self._recent: Callable[[int], Item] = self._held.__getitem__
        self.extend(items)

    @property
    def is_laid_down(self) -> bool:
        """Whether the things lie in a file."""
        return self._file is not None

    def append(self, item: Item) -> None:
        """Add a thing at the end."""
        if self._file is None and len(self._held) < self._most:
            self._held.append(item)
        else:
            self.lay_down().write(item)

    def extend(self, items: Iterable[Item]) -> None:
        """Add things at the end."""
        for item in items:
            self.append(item)

    def lay_down(self) -> _File:
        """Put what is held in a file, where it is in none; what is added from now on goes there, too."""
        if self._file is None:
            self._file = _File(self._outside)
            for item in self._held:
                self._file.write(item)
            self._held = []
            self._recent = lru_cache(maxsize=self._window)(self._file.read)
        return self._file

    def sent(self) -> list[Item] | array[int]:
        """What a process sends of this pile to the one that it was forked from, which has the same file."""
        if self._file is None:
            return self._held
        self._file.settle()
        return self._file.ends

    def take(self, sent: list[Item] | array[int]) -> None:
        """Have what a fork sends of this pile, which was empty when it was forked."""
        if isinstance(sent, list):
            self.extend(sent)
        else:
            self.lay_down().take_over(sent)

    def __len__(self) -> int:
        return len(self._held) if self._file is None else len(self._file.ends)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> list[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | list[Item]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        return self._recent(at % len(self))

    def __iter__(self) -> Iterator[Item]:
        return (self._recent(at) for at in range(len(self)))


class _File:
    """A file without a name, and where in it each thing ends."""

    def __init__(self, outside: Outside | None) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed below
        self.ends = array("Q")
        self._outside = outside
        self._written = 0
        self._waiting = bytearray()

    def __del__(self) -> None:
        with suppress(AttributeError):  # the disk had no room for it
            self._file.close()

    def write(self, item: object) -> None:
        """Add a thing."""
        self._waiting += _pickled(item, self._outside)
        self.ends.append(self._written + len(self._waiting))
        if len(self._waiting) >= _BUFFER:
            self.settle()

    def settle(self) -> None:
        """Write what waits to be written. Raises OSError."""
        try:
            while self._waiting:
                done = os.pwrite(self._file.fileno(), bytes(self._waiting), self._written)
                self._written += done
                del self._waiting[:done]
        except OSError as error:
            raise OSError(error.errno, error.strerror, tempfile.gettempdir()) from None

    def read(self, at: int) -> Any:
        """A thing, by its number."""
        start, end = self.ends[at - 1] if at else 0, self.ends[at]
        if start < self._written:
            return _loaded(os.pread(self._file.fileno(), end - start, start), self._outside)
        return _loaded(bytes(self._waiting[start - self._written : end - self._written]), self._outside)

    def take_over(self, ends: array[int]) -> None:
        """Know what another process wrote into this file, which was empty."""
        self.ends, self._written = ends, ends[-1] if ends else 0


class _Pickler(pickle.Pickler):
    def __init__(self, file: IO[bytes], outside: Outside) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._outside = outside

    def persistent_id(self, obj: object) -> Hashable | None:
        return self._outside.name(obj)


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: IO[bytes], outside: Outside) -> None:
        super().__init__(file)
        self._outside = outside

    def persistent_load(self, pid: Any) -> object:
        return self._outside.named(pid)


def _pickled(item: object, outside: Outside | None) -> bytes:
    if outside is None:
        return pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
    file = io.BytesIO()
    _Pickler(file, outside).dump(item)
    return file.getvalue()


def _loaded(data: bytes, outside: Outside | None) -> Any:
    """A thing as it was written: by this process, into a file that has no name."""
    return pickle.loads(data) if outside is None else _Unpickler(io.BytesIO(data), outside).load()  # noqa: S301


class Named(Mapping[str, Item], Generic[Item]):
    """Things of a pile by their names, in the order of `places`, which are their numbers there."""

    def __init__(self, pile: Pile[Item], places: Mapping[str, int]) -> None:
        self._pile, self._places = pile, places

    def __getitem__(self, name: str) -> Item:
        return self._pile[self._places[name]]

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def only(self, names: Iterable[str]) -> Named[Item]:
        """Those with some of the names, in the order of the names."""
        return Named(self._pile, {name: self._places[name] for name in names})


class Seen(Sequence[Other], Generic[Item, Other]):
    """Things as a function makes them anew of those of a sequence, each time that they are asked for."""

    def __init__(self, make: Callable[[Item], Other], items: Sequence[Item]) -> None:
        self._make, self._items = make, items

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, at: int) -> Other: ...
    @overload
    def __getitem__(self, at: slice) -> list[Other]: ...
    def __getitem__(self, at: int | slice) -> Other | list[Other]:
        return [*map(self._make, self._items[at])] if isinstance(at, slice) else self._make(self._items[at])

    def __iter__(self) -> Iterator[Other]:
        return map(self._make, self._items)


def kept(pile: Pile[Item]) -> Sequence[Item]:
    """A pile that nothing is added to any more: a tuple of what is held, or what lies in a file."""
    return pile if pile.is_laid_down else tuple(pile)


def made(make: Callable[[Item], Other], items: Sequence[Item]) -> Sequence[Other]:
    """What a function makes of each thing of a sequence: a tuple, but of what lies in a file made when it is read."""
    return Seen(make, items) if isinstance(items, Pile | Seen) else tuple(map(make, items))


def only(items: Mapping[str, Item], names: Iterable[str]) -> Mapping[str, Item]:
    """The things with some of the names, in the order of the names."""
    return items.only(names) if isinstance(items, Named) else {name: items[name] for name in names}


def ordered(pile: Pile[Item], key: Callable[[Item], Any]) -> Sequence[Item]:
    """The things in the order of their keys, what has the same one in the order of the pile; as `kept` gives them."""
    if not pile.is_laid_down:
        return tuple(sorted(pile, key=key))
    runs: Pile[Item] = Pile(most=0)
    for start in range(0, len(pile), MANY):
        runs.extend(sorted(pile[start : start + MANY], key=key))
    parts = (_stretch(runs, start, min(start + MANY, len(pile))) for start in range(0, len(pile), MANY))
    return Pile(merge(*parts, key=key), most=0)


def _stretch(pile: Pile[Item], start: int, end: int) -> Iterator[Item]:
    return (pile[at] for at in range(start, end))
