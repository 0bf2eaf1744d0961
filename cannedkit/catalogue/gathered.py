"""Responses gathered while files are read: some thousands are held, and of more those that were used last.

The text of a file is written once, for all of its responses, and so is what is declared for the whole catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping

from cannedkit.model.response import Response, Variable
from cannedkit.text.pile import Named, Pile
from cannedkit.yamlsource.node import Source

_SOURCES = 16
"""Files whose text is held, those that were used last; our own choice, 5 MB each at most."""


class Gathered:
    """Responses by id, in the order in which they come; `declared` are the variables of the catalogue."""

    def __init__(self, declared: Mapping[str, Variable]) -> None:
        self._pile: Pile[Response] = Pile(outside=_Shared(declared))
        self._places: dict[str, int] = {}

    def add(self, response: Response) -> None:
        """Add a response; those of a file come together."""
        self._places[response.id] = len(self._pile)
        self._pile.append(response)

    def get(self, id: str) -> Response | None:
        """The response with an id, None for none."""
        return self._pile[self._places[id]] if id in self._places else None

    def responses(self) -> Mapping[str, Response]:
        """All of them, once no more come."""
        if self._pile.is_laid_down:
            return Named(self._pile, self._places)
        return dict(zip(self._places, self._pile, strict=True))


class _Shared:
    """What responses share: the files that they stand in, by number, and what is declared for all of them, below 0."""

    def __init__(self, declared: Mapping[str, Variable]) -> None:
        self._common: tuple[object, ...] = (declared, *declared.values())
        self._names = {id(thing): -1 - number for number, thing in enumerate(self._common)}
        self._sources: Pile[Source] = Pile(most=0, recent=_SOURCES)
        self._last: Source | None = None

    def name(self, thing: object) -> int | None:
        if not isinstance(thing, Source):
            return self._names.get(id(thing))
        if thing is not self._last:
            self._last = thing
            self._sources.append(thing)
        return len(self._sources) - 1

    def named(self, name: int) -> object:
        return self._sources[name] if name >= 0 else self._common[-1 - name]
