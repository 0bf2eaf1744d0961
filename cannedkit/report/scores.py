"""Scores as a table for people, with what took each point, or as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cannedkit.model.errors import Place
from cannedkit.model.score import DIMENSIONS, MARKS, TOTAL, Cost, Score, Scores
from cannedkit.text.visible import plain_json, visible
from cannedkit.wire.findings import failure
from cannedkit.wire.summary import located

BARS = "▁▂▃▄▅▆▇█"
"""From no points to all of them: only a hundred is a full one."""

PLACES = 3
"""How many places of a rule a person is shown; our own choice, so that a line stays one."""

_WHOLE = "all"
_NOBODY = "(none)"


def line(scores: Scores) -> str:
    """A row for each group and one for all, with a bar a dimension; what each rule cost, where; what is too low."""
    return "\n".join(map(visible, _lines(scores))) + "\n"


def document(scores: Scores) -> str:
    """`{"format": 1, "by", "scores": [{"name", "bodies", "points", "before", "costs"}], "all": {…}, "wanted", …}`.

    `before` is null where there is nothing to hold a score against; `missed` are the marks below their threshold, and
    `errors` what failed or could not be read.
    """
    fields = {
        "format": 1,
        "by": scores.by or None,
        "scores": [_fields(one) for one in scores.groups],
        "all": _fields(scores.whole),
        "wanted": dict(scores.wanted),
        "missed": list(scores.missed),
        "notes": list(scores.notes),
        "errors": [failure(failed) for failed in scores.errors],
    }
    return plain_json(json.dumps(fields, ensure_ascii=False, indent=2)) + "\n"


def _fields(score: Score) -> dict[str, Any]:
    return {
        "name": score.name,
        "bodies": score.bodies,
        "points": {mark: score.points[mark] for mark in MARKS},
        "before": {mark: score.before[mark] for mark in MARKS} if score.before else None,
        "costs": [
            {
                "rule": one.rule,
                "level": str(one.level),
                "dimension": one.dimension,
                "points": one.points,
                "caps": one.caps,
                "places": [{"path": place.path, "line": place.line, "column": place.column} for place in one.places],
            }
            for one in score.costs
        ],
    }


# -- for people ---------------------------------------------------------------------------------


def _lines(scores: Scores) -> Iterator[str]:
    yield from _table(scores)
    for one in scores.groups if scores.by else (scores.whole,):
        for name in DIMENSIONS:
            if costs := [cost for cost in one.costs if cost.dimension == name]:
                yield ""
                yield f"{_name(one, scores.by)}: " * bool(scores.by) + f"{name} {one.points[name]}"
                yield from map(_cost, costs)
    if scores.errors:
        yield ""
        yield from map(located, scores.errors)
    if scores.missed:
        yield ""
    for mark in scores.missed:
        yield f"{mark} is {scores.whole.points[mark]}, and must be {scores.wanted[mark]} (`scores` in the settings)."


def _table(scores: Scores) -> Iterator[str]:
    """A row a score, its numbers to the right; the bars and the change of the total behind them."""
    held = bool(scores.whole.before)
    rows = [
        [scores.by, "bodies", *MARKS, "", *(["change"] if held else [])],
        *(_row(one, _name(one, scores.by), held) for one in scores.groups),
        _row(scores.whole, _WHOLE, held),
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        yield "  ".join(cells).rstrip()


def _row(score: Score, name: str, held: bool) -> Sequence[str]:
    bars = "".join(BARS[int(score.points[mark] * (len(BARS) - 1) / 100)] for mark in DIMENSIONS)
    points = (f"{score.points[mark]:.1f}" for mark in MARKS)
    return [name, f"{score.bodies:,}", *points, bars, *([_change(score)] if held else [])]


def _change(score: Score) -> str:
    return f"{score.points[TOTAL] - score.before[TOTAL]:+.1f}" if score.before else "new"


def _name(score: Score, by: str) -> str:
    return score.name or (_NOBODY if by else _WHOLE)


def _cost(cost: Cost) -> str:
    """`  -20.00 Care.Unfortunately (warning): responses/a.yaml:2:3`."""
    held = ", and holds the total down" if cost.caps else ""
    return f"  {-cost.points:.2f} {cost.rule} ({cost.level}{held}): {_listed(cost.places)}"


def _listed(places: Iterable[Place]) -> str:
    every = list(map(str, places))
    more = len(every) - PLACES
    return ", ".join(every[:PLACES]) + (f" and {more:,} more" if more > 0 else "")
