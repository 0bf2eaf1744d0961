"""What a regular expression was found to need: it is kept with a rule, so that no later run reads the pattern."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Required:
    """What a pattern needs.

    `texts`: one of them must occur in the text (compared by `fold`) where the pattern matches; empty if nothing is
    known. `also`: other such sets, marked; of each of them one text must occur, too. `exact`: the pattern matches
    just these texts, tried in this order. `understood`: every construct in it is known, so that it will compile.
    `before`: every match begins so many characters before one of `texts`; None where that is not known. `marked` are
    the texts with marks of what stands beside each (see `marks`). `backwards`: where no match is, that is seen sooner
    from the end of the text, for all of them end in one of a few literals, and nobody knows where they begin. `odd`:
    where nothing else is known, some character must stand there that few texts hold (see `marks.is_odd`). `opens`:
    every match begins at one of `hits.openings`. `acronym`: two capitals of English
    stand there in a row, where case matters.
    """

    texts: tuple[str, ...] = ()
    exact: bool = False
    understood: bool = True
    also: tuple[tuple[str, ...], ...] = ()
    before: frozenset[int] | None = None
    marked: tuple[str, ...] = ()
    backwards: bool = False
    odd: bool = False
    opens: bool = False
    acronym: bool = False
