"""Scores: what the findings of a catalogue cost it, so that each point that is missing has a rule and a place.

They are about texts, for those who write them. No rule knows whether an answer was right, the customer was understood
or regret was meant, and no score is made for ranking people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING

from cannedkit.catalogue import load as responses
from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import Place, RuleError, unreadable
from cannedkit.model.response import Catalogue, Response
from cannedkit.model.result import FileFinding, Review
from cannedkit.model.score import DIMENSIONS, TOTAL, Cost, Score, Scores
from cannedkit.review import baseline
from cannedkit.review.baseline import Scope
from cannedkit.review.since import trees

if TYPE_CHECKING:
    from cannedkit.kit import Kit

FULL = 100
"""Points that a body begins with in each dimension."""

COST: Mapping[Level, int] = {Level.ERROR: 50, Level.WARNING: 20, Level.SUGGESTION: 5}
"""Level -> the points that one finding takes of one body. Our own choice: two errors leave nothing."""

CAP = 65
"""The most points for safety, and so in total, where there is an error of safety: the cap for a breach of consent or of
personal data in the chat scorecard of Spotsaas."""

WEIGHTS: Mapping[str, int] = {"correctness": 40, "clarity": 30, "warmth": 20, "brevity": 10}
"""Dimension -> its part of the total in percent, after the scorecards of QA teams: accuracy (25) and language (15); the
next step (20) and half of clarity and brevity (20); tone (15) and personal words (5). Safety is critical there: it has
no part that other points could make up for."""

GROUPS: Mapping[str, Callable[[Response, str], str]] = {
    "topic": lambda response, locale: response.topic,
    "owner": lambda response, locale: response.owner,
    "locale": lambda response, locale: locale,
}
"""What bodies can be grouped by -> the name of the group that a body of a response in a locale is in."""

_EVERYTHING = "*"
_NONE = "none"


@lru_cache(maxsize=1)
def dimensions() -> Mapping[str, str]:
    """A pack, an engine, or one rule -> its dimension or `none`, from the table beside this module."""
    table = Path(__file__).with_name("dimensions.tsv").read_text("utf-8").splitlines()
    rows = (line.partition("\t") for line in table if line and not line.startswith("#"))
    return {name: dimension for name, _, dimension in rows}


def dimension(rule: str) -> str:
    """What findings of a rule take points of, `none` for nothing."""
    table = dimensions()
    return table.get(rule) or table.get(rule.partition(".")[0]) or table[_EVERYTHING]


# -- of one catalogue ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scored:
    """A body, one wording of a response in a locale, the channels that it serves, and what was found in it."""

    response: Response
    locale: str
    variation: int
    channels: frozenset[str]
    findings: tuple[FileFinding, ...] = ()

    def holds(self, found: FileFinding) -> bool:
        """Whether a finding is about this body: one that names no locale, wording or channel is about each."""
        return (
            found.locale in ("", self.locale)
            and found.variation in (0, self.variation)
            and (not found.channels or not self.channels.isdisjoint(found.channels))
        )


def score(review: Review, catalogue: Catalogue, by: str = "") -> Scores:
    """The scores of a catalogue that was reviewed, in all and for each topic, owner or locale (`by`).

    Each body of a response that is in use or a draft has 100 points in each dimension. A finding takes `COST` of its
    body; one about the response takes it of each of its bodies. Where the findings of a dimension take more than a body
    has, each takes its part of the 100. The points of a dimension are the mean over the bodies, so that they are 100
    less the sum of its `costs`; but safety is at most `CAP` where any finding of safety is an error, however many
    bodies have none. The total is the mean of the others by their `WEIGHTS`, and never above safety. An error of safety
    that is about no body, such as an offer's, caps the whole. Points are rounded down to a tenth, costs to the nearest
    hundredth.
    """
    counted = [found for found in review.findings if dimension(found.finding.rule) != _NONE]
    bodies, loose = _placed(counted, catalogue)
    groups: dict[str, list[_Scored]] = defaultdict(list)
    for body in bodies if by else ():
        groups[GROUPS[by](body.response, body.locale)].append(body)
    return Scores(
        _score("", bodies, loose),
        by,
        tuple(_score(name, each) for name, each in sorted(groups.items())),
        errors=review.errors,
    )


def _placed(findings: Iterable[FileFinding], catalogue: Catalogue) -> tuple[list[_Scored], list[FileFinding]]:
    """Each body with its findings, and the findings that are about none."""
    by_response: dict[str, list[FileFinding]] = defaultdict(list)
    for found in findings:
        by_response[found.response].append(found)
    bodies: list[_Scored] = []
    for response in catalogue.responses.values():
        if response.status != "retired":
            own = by_response.pop(response.id, [])
            made = list(_bodies(response))
            bodies += (replace(body, findings=tuple(filter(body.holds, own))) for body in made)
            by_response[""] += (found for found in own if not any(body.holds(found) for body in made))
    return bodies, [found for left in by_response.values() for found in left]


def _bodies(response: Response) -> Iterator[_Scored]:
    for locale in responses.locales(response):
        served: dict[tuple[str, int], set[str]] = defaultdict(set)
        for channel in response.channels:
            for body in responses.bodies(response, locale, channel):
                served[body.channel, body.variation].add(channel)
        for (_, variation), channels in served.items():
            yield _Scored(response, locale, variation, frozenset(channels))


def _score(name: str, bodies: list[_Scored], loose: Iterable[FileFinding] = ()) -> Score:
    """The score of some bodies; `loose` are findings about none of them that cap it all the same."""
    taken: dict[tuple[str, Level], Fraction] = defaultdict(Fraction)
    places: dict[tuple[str, Level], dict[FileFinding, None]] = defaultdict(dict)
    for body in bodies:
        for found, lost in _taken(body.findings):
            key = found.finding.rule, found.finding.level
            taken[key] += lost / len(bodies)
            places[key][found] = None
    for found in filter(_caps, loose):
        taken[found.finding.rule, Level.ERROR] += 0
        places[found.finding.rule, Level.ERROR][found] = None
    points = dict.fromkeys(DIMENSIONS, Fraction(FULL))
    for (rule, _), lost in taken.items():
        points[dimension(rule)] -= lost
    if any(_caps(found) for each in places.values() for found in each):
        points["safety"] = min(points["safety"], Fraction(CAP))
    mean = sum((points[name] * weight for name, weight in WEIGHTS.items()), Fraction()) / sum(WEIGHTS.values())
    points[TOTAL] = min(mean, points["safety"])
    costs = [_cost(key, lost, places[key]) for key, lost in taken.items()]
    costs.sort(key=lambda one: (DIMENSIONS.index(one.dimension), not one.caps, -one.points, one.rule, one.level))
    return Score(name, len(bodies), {mark: floor(each * 10) / 10 for mark, each in points.items()}, tuple(costs))


def _taken(findings: Iterable[FileFinding]) -> Iterator[tuple[FileFinding, Fraction]]:
    """What each finding takes of its body."""
    each = [(found, dimension(found.finding.rule), COST[found.finding.level]) for found in findings]
    asked: dict[str, int] = defaultdict(int)
    for _, name, points in each:
        asked[name] += points
    for found, name, points in each:
        yield found, Fraction(points * min(FULL, asked[name]), asked[name])


def _caps(found: FileFinding) -> bool:
    return found.finding.level == Level.ERROR and dimension(found.finding.rule) == "safety"


def _cost(key: tuple[str, Level], points: Fraction, findings: Iterable[FileFinding]) -> Cost:
    rule, level = key
    places = tuple(sorted(found.place for found in findings))
    caps = any(map(_caps, findings))
    return Cost(rule, level, dimension(rule), float(round(points, 2)), places, caps)


# -- of a kit, now and before -------------------------------------------------------------------


def scores(
    kit: Kit,
    by: str,
    since: str,
    scope: Scope,
    today: date | None = None,
    step: Callable[[], object] | None = None,
) -> Scores:
    """The scores of a kit's catalogue, each topic, owner or locale (`by`), beside those of an earlier state.

    That is the one where this branch left the git revision `since`; where that is "", the one that the baseline was
    written of. The findings that a baseline has count. `step` is called after each response. Raises as `Kit.check`
    does, and CannedkitError where git cannot tell what was there before.
    """
    review = kit.check(baseline=False, today=today, step=step)
    now = replace(score(review, kit.readable, by), wanted=kit.settings.scores)
    if not since:
        return _beside_baseline(kit, review, now, scope)
    with trees(kit.settings.root, since, staged=False) as found:
        before = kit.beside(found.before.resolve())
        if before is None or not before.readable.responses:
            return replace(now, notes=(f"there was no catalogue at {since}",))
        earlier = score(before.check(baseline=False, today=today), before.readable, by)
    if earlier.errors:
        reason = f"the catalogue at {since} has no scores, for some of it failed: {earlier.errors[0].reason}"
        return replace(now, notes=(reason,))
    return beside(now, earlier)


def _beside_baseline(kit: Kit, review: Review, now: Scores, scope: Scope) -> Scores:
    """The scores beside what they were by the findings of the baseline alone, in the bodies that are there now."""
    known = baseline.read(kit.settings)
    now = replace(now, errors=(*now.errors, *map(unreadable, known.refused)))
    if not known.exists or now.errors:
        return now
    entries = baseline.entries_of(review.findings, kit.settings.root)
    pairs = zip(review.findings, entries, strict=True)
    there = [(found, entry.fingerprint) for found, entry in pairs if entry.fingerprint in known.entries]
    still, met = [found for found, _ in there], {mark for _, mark in there}
    gone = [_as_found(kit, known, entry) for entry in baseline.mended(review, known, met, scope)]
    return beside(now, score(replace(review, findings=(*still, *filter(None, gone))), kit.readable, now.by))


def _as_found(kit: Kit, known: baseline.Baseline, entry: baseline.Entry) -> FileFinding | None:
    """The finding of an entry, at the level that its rule has now and in each body of its locale; None without one."""
    try:
        level = kit.explain(entry.rule).level
    except RuleError:
        return None
    if level is None:
        return None
    place = Place(str(known.path), entry.line, 1, entry.line, 1)
    return FileFinding(Finding(0, 0, entry.rule, level, entry.text), place, entry.response, entry.locale)


def beside(now: Scores, before: Scores) -> Scores:
    """The scores with those of an earlier state `before` them, for each group that was there."""
    earlier = {one.name: one.points for one in before.groups}
    groups = tuple(replace(one, before=earlier.get(one.name, {})) for one in now.groups)
    return replace(now, whole=replace(now.whole, before=before.whole.points), groups=groups)
