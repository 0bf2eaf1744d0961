"""The catalogue's journey: each body is rendered as customers will read it, and linted.

Each finding is mapped back to the place in the file where it can be mended.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from cannedkit.catalogue import load as responses
from cannedkit.lint.linter import Linter, Results
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import Failure, Located
from cannedkit.model.response import Body, Catalogue, Response, Waiver
from cannedkit.model.result import FileFinding, Review
from cannedkit.model.settings import Settings
from cannedkit.rules.levels import level
from cannedkit.settings import facts_for
from cannedkit.sources import ENGINES, EXPIRED, REPORTED, UNUSED
from cannedkit.template import render as template


@dataclass(frozen=True, slots=True)
class _Sighting:
    """One finding in one rendering, mapped to the body: `start` and `end` are offsets into the body's text."""

    start: int
    end: int
    finding: Finding
    channel: str
    samples: str


def check(
    settings: Settings,
    catalogue: Catalogue,
    linter: Callable[[str], Linter],
    today: date,
    step: Callable[[], object] = lambda: None,
) -> Review:
    """The review of a whole catalogue; `linter` gives the linter of a locale, `step` is called after each response."""
    began = time.perf_counter()
    findings: list[FileFinding] = []
    failures: set[Failure] = set()
    renderings = 0
    for response in catalogue.responses.values():
        if response.status != "retired":
            found, failed, count = _response(response, settings, linter, today)
            opened = {engine.name for tag in responses.locales(response) for engine in linter(tag).engines}
            unread = {failure.rule.lower() for failure in failed} | (ENGINES.keys() - opened)
            findings += _waived(response, found, settings, today, unread)
            failures |= failed
            renderings += count
        step()
    locales = sorted({body.locale for response in catalogue.responses.values() for body in response.bodies})
    checked = {
        "responses": len(catalogue.responses),
        "bodies": sum(len(response.bodies) for response in catalogue.responses.values()),
        "renderings": renderings,
        "locales": locales,
        "channels": sorted({channel for response in catalogue.responses.values() for channel in response.channels}),
        "engines": {locale: _engines(linter(locale), locale) for locale in locales},
    }
    failures.update(failure for locale in locales for failure in linter(locale).refused)
    findings.sort(key=lambda found: (found.place, found.finding))
    return Review(tuple(findings), tuple(sorted(failures)), checked, time.perf_counter() - began)


def _engines(linter: Linter, locale: str) -> list[str]:
    return [engine.name for engine in linter.engines if locale.partition("-")[0] in engine.languages]


def _response(
    response: Response, settings: Settings, linter: Callable[[str], Linter], today: date
) -> tuple[list[FileFinding], set[Failure], int]:
    findings: list[FileFinding] = []
    failures: set[Failure] = set()
    renderings = 0
    for locale in responses.locales(response):
        built = linter(locale)
        proofread = _remembered(built)
        facts = facts_for(settings, locale)
        channels: dict[Body, list[str]] = {}
        for channel in response.channels:
            for body in responses.bodies(response, locale, channel):
                channels.setdefault(body, []).append(channel)
        for body, serves in channels.items():
            for part, text in (("body", body.text), ("subject", body.subject)):
                shared = part == "subject" and body.variation > 1  # it was read with the first variation
                if text is not None and not shared:
                    seen, failed, sets = _sightings(response, body, text, serves, facts, built, proofread, today)
                    findings += _merged(response, body, part, text, seen, serves, sets)
                    failures |= failed
                    renderings += sets * len(serves)
    return findings, failures, renderings


def _remembered(linter: Linter) -> Callable[[Draft], Results]:
    """The linter's proofreading, remembered by text: an engine reads the same rendering once for all channels."""
    read = lru_cache(maxsize=64)(lambda text, locale: linter.proofread(Draft(text, locale)))
    return lambda draft: read(draft.text, draft.locale)


def _sightings(
    response: Response,
    body: Body,
    text: Located,
    channels: Iterable[str],
    facts: Mapping[str, str],
    linter: Linter,
    proofread: Callable[[Draft], Results],
    today: date,
) -> tuple[list[_Sighting], set[Failure], int]:
    parsed = template.parse(text.value)
    sets = template.sample_sets(parsed, response.variables, body.locale, facts)
    known = (*response.requires, f"offer: {response.offer}") if response.offer else response.requires
    seen: list[_Sighting] = []
    failures: set[Failure] = set()
    for samples in sets:
        rendered = template.render(parsed, samples.values, body.locale)
        for channel in channels:
            draft = Draft(
                rendered.text,
                locale=body.locale,
                channel=channel,
                mood=response.mood or "neutral",
                known=known,
                filled=rendered.filled,
                topic=response.topic,
                status=response.status,
                format=response.format if text is body.text else "text",
                placeholders=tuple(segment.name for segment in rendered.segments if segment.filled),
                today=today,
            )
            findings, failed = linter.results(draft, proofread)
            new = (failure for failure in failed if failure not in linter.refused)
            failures.update(replace(failure, reason=f"{failure.reason} ({response.id})") for failure in new)
            for finding in findings:
                start, end = rendered.to_body(finding.start, finding.end)
                if rendered.text[finding.start : finding.end] != text.value[start:end]:
                    finding = replace(finding, fixes=(), safe=False)
                seen.append(_Sighting(start, end, finding, channel, samples.name))
    return seen, failures, len(sets)


def _merged(
    response: Response,
    body: Body,
    part: str,
    text: Located,
    seen: Iterable[_Sighting],
    channels: list[str],
    sets: int,
) -> Iterator[FileFinding]:
    """One finding for all renderings that show it; where those of a rule overlap in different ones, the widest."""
    groups: list[list[_Sighting]] = []
    for sighting in sorted(seen, key=lambda one: (one.finding.rule, one.start - one.end)):
        for group in groups:
            if _same(group, sighting):
                group.append(sighting)
                break
        else:
            groups.append([sighting])
    for group in groups:
        first = group[0]
        finding = replace(first.finding, start=first.start, end=first.end)
        samples = tuple(dict.fromkeys(one.samples for one in group))
        names = tuple(channel for channel in channels if any(one.channel == channel for one in group))
        yield FileFinding(
            finding,
            text.place(first.start, first.end),
            response=response.id,
            locale=body.locale,
            channels=names,
            variation=body.variation,
            part=part,
            samples=samples if len(samples) < sets else (),
            text=text.value[first.start : first.end],
        )


def _same(group: list[_Sighting], sighting: _Sighting) -> bool:
    first = group[0]
    if first.finding.rule != sighting.finding.rule:
        return False
    if (first.start, first.end) == (sighting.start, sighting.end):
        return True
    overlaps = first.start < sighting.end and sighting.start < first.end
    return overlaps and all((one.channel, one.samples) != (sighting.channel, sighting.samples) for one in group)


# -- waivers ------------------------------------------------------------------------------------


def _waived(
    response: Response, findings: list[FileFinding], settings: Settings, today: date, unread: Set[str]
) -> Iterator[FileFinding]:
    """The findings that no waiver allows, and a finding for each waiver that has expired or allows nothing.

    `unread` are the rules and engines, in lower case, that did not look: their waivers may be of use yet.
    """
    holding = [waiver for waiver in response.waivers if waiver.until >= today]
    used: set[Waiver] = set()
    for found in findings:
        matching = [waiver for waiver in holding if _allows(waiver, found)]
        used.update(matching)
        if not matching:
            yield found
    for waiver in response.waivers:
        if waiver not in holding:
            message = f"The waiver for {waiver.rule} ended on {waiver.until}. Mend the text, or ask {waiver.by} again."
            yield from _about(response, waiver, EXPIRED, message, settings)
        elif waiver not in used and unread.isdisjoint({waiver.rule.lower(), waiver.rule.lower().partition(".")[0]}):
            message = f"The waiver for {waiver.rule} allows nothing that is found. Take it out."
            yield from _about(response, waiver, UNUSED, message, settings)


def _allows(waiver: Waiver, found: FileFinding) -> bool:
    if waiver.rule != found.finding.rule and waiver.rule not in found.finding.sources:
        return False
    return waiver.text in ("", found.text) and waiver.locale in ("", found.locale)


def _about(response: Response, waiver: Waiver, rule: str, message: str, settings: Settings) -> Iterator[FileFinding]:
    in_force, _ = level(rule, REPORTED[rule].level, settings.levels)
    if in_force is not None:
        place = waiver.place or response.place
        yield FileFinding(Finding(0, 0, rule, in_force, message), place, response.id, waiver.locale, part="response")
