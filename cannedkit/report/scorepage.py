"""Scores for people who read in a browser or on paper: bars, what changed, and what took each point, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cannedkit.model.score import DIMENSIONS, MARKS, TOTAL, Cost, Score, Scores
from cannedkit.text.visible import html
from cannedkit.wire.page import filled
from cannedkit.wire.summary import located

_STYLE = """\
.points { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td:first-child { width: 7rem; white-space: nowrap; }
svg text { fill: currentColor; font-size: 12px; }
.bar { width: 50%; } .bar svg { height: 1.5rem; width: 100%; }
.ground { fill: var(--line); } .full { fill: var(--good); } .missed .full { fill: var(--error); }
.before, .wanted { stroke: currentColor; stroke-width: 2; vector-effect: non-scaling-stroke; }
.wanted { stroke-dasharray: 2 2; }
.trend polyline { fill: none; stroke: var(--good); stroke-width: 2; } .trend .fell { stroke: var(--error); }
.trend line { stroke: var(--line); }
"""

_WIDTH, _HEIGHT, _EDGE, _NAMES = 480, 200, 16, 150
"""The trend in its own units: width, height, the room above and below, and that for names on either side."""


def page(scores: Scores) -> str:
    """One page that needs no network and runs no script; bars are of all bodies, then of each group."""
    whole = scores.whole
    title = f"Scores: {whole.points[TOTAL]:.1f} of 100, {whole.bodies:,} {'body' if whole.bodies == 1 else 'bodies'}"
    parts = [
        *_section("All", whole, scores),
        *_trend(whole),
        *(part for one in scores.groups for part in _section(one.name or "(none)", one, scores, small=True)),
        *_list("Not checked", [html(located(failed)) for failed in scores.errors]),
    ]
    shown = "\n".join(parts)
    return filled(html(title), _STYLE, f"<h1>{html(title)}</h1>\n{shown}")


def _section(name: str, score: Score, scores: Scores, *, small: bool = False) -> Iterator[str]:
    wanted = {} if small else scores.wanted
    rows = (_row(mark, score, wanted.get(mark)) for mark in MARKS)
    yield f"<section>\n<h2>{html(name)} <small>{score.bodies:,} bodies</small></h2>\n<table>"
    yield "\n".join(rows)
    yield "</table>"
    if not small or scores.by:
        yield from _costs(score)
    yield "</section>"


def _row(mark: str, score: Score, wanted: float | None) -> str:
    points, before = score.points[mark], score.before.get(mark)
    missed = ' class="missed"' if wanted is not None and points < wanted else ""
    change = f" ({points - before:+.1f})" if before is not None else ""
    told = f"{points:.1f}{change}{f', wanted {wanted:g}' if wanted is not None else ''}"
    cells = f'<td>{mark}</td><td class="bar">{_bar(points, before, wanted)}</td><td class="points">{told}</td>'
    return f"<tr{missed}>{cells}</tr>"


def _bar(points: float, before: float | None, wanted: float | None) -> str:
    """A bar of 100 units; a line stands where it was before, a broken one where it must be."""
    lines = "".join(
        f'<line class="{name}" x1="{at:.1f}" x2="{at:.1f}" y1="0" y2="10"/>'
        for name, at in (("before", before), ("wanted", wanted))
        if at is not None
    )
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="ground" y="2" width="100" height="6"/><rect class="full" y="2" width="{points:.1f}" height="6"/>'
        f"{lines}</svg>"
    )


def _trend(score: Score) -> Iterator[str]:
    """A line for each dimension and the total, from what it was to what it is; nothing where there is no before."""
    if not score.before:
        return
    left, right = _NAMES, _WIDTH - _NAMES
    lines = [f'<line x1="{x}" x2="{x}" y1="{_EDGE}" y2="{_HEIGHT - _EDGE}"/>' for x in (left, right)]
    marks = (*DIMENSIONS, TOTAL)
    rows = {
        side: _apart([_y(points[mark]) for mark in marks]) for side, points in ((0, score.before), (1, score.points))
    }
    for number, mark in enumerate(marks):
        before, now = score.before[mark], score.points[mark]
        fell = ' class="fell"' if now < before else ""
        lines += [
            f'<polyline{fell} points="{left},{_y(before):.1f} {right},{_y(now):.1f}"/>',
            f'<text x="{left - 8}" y="{rows[0][number] + 4:.1f}" text-anchor="end">{mark} {before:.1f}</text>',
            f'<text x="{right + 8}" y="{rows[1][number] + 4:.1f}">{now:.1f} {mark}</text>',
        ]
    yield (
        "<section>\n<h2>Before and now</h2>\n"
        f'<svg class="trend" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" role="img" '
        f'aria-label="Points before and now">'
        f"{''.join(lines)}</svg>\n</section>"
    )


def _y(points: float) -> float:
    return _EDGE + (_HEIGHT - 2 * _EDGE) * (1 - points / 100)


def _apart(places: list[float], least: float = 14) -> list[float]:
    """Places of names moved down, and up again from the foot, so that no two stand on one another."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    found = list(places)
    for one, other in pairwise(order):
        found[other] = max(found[other], found[one] + least)
    over = max(0.0, max(found) - (_HEIGHT - 4))
    found[order[-1]] -= over
    for other, one in pairwise(order[::-1]):
        found[one] = min(found[one], found[other] - least)
    return found


def _costs(score: Score) -> Iterator[str]:
    """What took each point, the dimension first."""
    rows = [
        f'<tr><td>{cost.dimension}</td><td class="points">{-cost.points:.2f}</td><td>{_told(cost)}</td></tr>'
        for name in DIMENSIONS
        for cost in score.costs
        if cost.dimension == name
    ]
    if rows:
        yield "\n".join(["<table>", "<tr><th>Of</th><th>Points</th><th>By</th></tr>", *rows, "</table>"])


def _told(cost: Cost) -> str:
    first = f"{html(str(cost.places[0]))}" if cost.places else ""
    more = f" and {len(cost.places) - 1:,} more" if len(cost.places) > 1 else ""
    caps = ", and holds the total down" if cost.caps else ""
    return f"<code>{html(cost.rule)}</code> ({cost.level}{caps}) {first}{more}"


def _list(title: str, items: list[str]) -> Iterator[str]:
    if items:
        yield "\n".join(
            [f"<section>\n<h2>{title}</h2>\n<ul>", *(f"<li>{item}</li>" for item in items), "</ul>\n</section>"]
        )
