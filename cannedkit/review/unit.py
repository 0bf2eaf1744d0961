"""One unit of work: a body or subject in one locale and wording -> its findings on every channel that it serves.

It knows its text with the place of every character, and needs nothing of other units: what runs side by side, what is
remembered between runs, what is compared and what is mended is a unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from cannedkit.catalogue import load as responses
from cannedkit.lint.again import Memo, Sentences
from cannedkit.lint.linter import Linter, Results
from cannedkit.lint.values import touches_value
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import Failure, Located
from cannedkit.model.response import Body, Response
from cannedkit.model.result import FileFinding
from cannedkit.template import render as template
from cannedkit.template.samplesets import worth_naming
from cannedkit.text.places import around


@dataclass(frozen=True, slots=True)
class Unit:
    """A part ("body" or "subject") of one wording of a response, its text, and the channels that send it."""

    response: Response
    body: Body
    part: str
    text: Located
    channels: tuple[str, ...]

    @property
    def locale(self) -> str:
        """The locale of the wording, BCP 47."""
        return self.body.locale


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a unit, the checks that failed on it, and how many texts were linted.

    `whole` is false where a rule was off by then, for it had spent its time.
    """

    findings: tuple[FileFinding, ...]
    failures: frozenset[Failure]
    renderings: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Sighting:
    """One finding in one rendering, mapped to the body: `start` and `end` are offsets into the body's text."""

    start: int
    end: int
    finding: Finding
    channel: str
    samples: str
    hostile: bool


def units(response: Response) -> Iterator[Unit]:
    """The units of a response, in file order; what several variations share is one with the first of them."""
    for locale in responses.locales(response):
        channels: dict[Body, list[str]] = {}
        for channel in response.channels:
            for body in responses.bodies(response, locale, channel):
                channels.setdefault(body, []).append(channel)
        for body, serves in channels.items():
            yield Unit(response, body, "body", body.text, tuple(serves))
            if body.subject is not None and body.variation == 1:
                yield Unit(response, body, "subject", body.subject, tuple(serves))


def remembered(linter: Linter) -> Callable[[Draft], Results]:
    """The linter's proofreading, remembered by text: an engine reads the same rendering once for all channels."""
    read = lru_cache(maxsize=64)(lambda text, locale: linter.proofread(Draft(text, locale)))
    return lambda draft: read(draft.text, draft.locale)


def look(
    unit: Unit,
    linter: Linter,
    proofread: Callable[[Draft], Results],
    facts: Mapping[str, str],
    today: date,
    seams: Linter | None = None,
    sentences: Sentences | None = None,
) -> Looked:
    """What a linter finds in every rendering of a unit; `facts` are the company's, in the unit's locale.

    `seams` is the linter for hostile values, which are tried where there is one. Only what it finds at a value counts:
    all else stands there with the others too. `sentences` is what checks of the linter found in those of other units in
    the same locale, None where there are few, and learns what they find in these.
    """
    response, text = unit.response, unit.text
    format = response.format if unit.part == "body" else "text"
    parsed = template.parse(text.value)
    sets = template.sample_sets(parsed, response.variables, unit.locale, facts, hostile=seams is not None)
    longest = template.longest(parsed, response.variables, unit.locale, facts)
    known = (*response.requires, f"offer: {response.offer}") if response.offer else response.requires
    seen: list[_Sighting] = []
    failures: set[Failure] = set()
    for samples in sets:
        rendered = template.render(parsed, samples.values, unit.locale, format)
        values = [segment for segment in rendered.segments if segment.filled]
        memo = Memo(unit.channels, sentences)
        for channel in unit.channels:
            draft = Draft(
                rendered.text,
                locale=unit.locale,
                channel=channel,
                mood=response.mood or "neutral",
                known=known,
                filled=rendered.filled,
                topic=response.topic,
                status=response.status,
                format=format,
                placeholders=tuple(value.name for value in values),
                longest=tuple(longest.get(value.name, rendered.text[value.start : value.end]) for value in values),
                today=today,
                part=unit.part,
                path=response.place.path,
            )
            if samples.hostile and seams:
                findings, failed = seams.results(draft, _unread, memo)
                findings = [one for one in findings if touches_value(draft, one)]
            else:
                findings, failed = linter.results(draft, proofread, memo)
            new = (failure for failure in failed if failure not in linter.refused)
            failures.update(replace(failure, reason=f"{failure.reason} ({response.id})") for failure in new)
            for finding in findings:
                start, end = rendered.to_body(finding.start, finding.end)
                if rendered.text[finding.start : finding.end] != text.value[start:end]:
                    finding = replace(finding, fixes=(), safe=False)
                seen.append(_Sighting(start, end, finding, channel, samples.name, samples.hostile))
    own = frozenset(samples.name for samples in sets if not samples.hostile)
    return Looked(tuple(_merged(unit, seen, own)), frozenset(failures), len(sets) * len(unit.channels))


def _unread(draft: Draft) -> Results:
    """No engine reads a text with hostile values: it would find fault with the values."""
    return [], []


def _merged(unit: Unit, seen: Sequence[_Sighting], own: frozenset[str]) -> Iterator[FileFinding]:
    """One finding for all renderings that show it; where those of a rule overlap in different ones, the widest.

    `own` are the names of the sample sets that are not hostile.
    """
    groups: list[list[_Sighting]] = []
    for sighting in sorted(seen, key=lambda one: (one.finding.rule, one.hostile, one.start - one.end)):
        for group in groups:
            if _same(group, sighting):
                group.append(sighting)
                break
        else:
            groups.append([sighting])
    for group in groups:
        first, level = group[0], max(one.finding.level for one in group)
        samples = {one.samples for one in group}
        channels = tuple(name for name in unit.channels if any(one.channel == name for one in group))
        named = () if own <= samples else worth_naming(one.samples for one in group)
        yield placed(unit, replace(first.finding, start=first.start, end=first.end, level=level), channels, named)


def placed(unit: Unit, finding: Finding, channels: tuple[str, ...], samples: tuple[str, ...]) -> FileFinding:
    """A finding in the text of a unit, at its place in the file."""
    start, end = finding.start, finding.end
    return FileFinding(
        finding,
        unit.text.place(start, end),
        response=unit.response.id,
        locale=unit.locale,
        channels=channels,
        variation=unit.body.variation,
        part=unit.part,
        samples=samples,
        text=unit.text.value[start:end],
        around=around(unit.text.value, start, end),
    )


def _same(group: Sequence[_Sighting], sighting: _Sighting) -> bool:
    first = group[0]
    if first.finding.rule != sighting.finding.rule:
        return False
    if (first.start, first.end) == (sighting.start, sighting.end):
        return True
    overlaps = first.start < sighting.end and sighting.start < first.end
    return overlaps and all((one.channel, one.samples) != (sighting.channel, sighting.samples) for one in group)
