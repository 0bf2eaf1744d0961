"""Waivers: findings that a person allowed, until a date; and what there is to say of a waiver itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from datetime import date

from cannedkit.model.draft import Finding
from cannedkit.model.errors import Failure
from cannedkit.model.response import Response, Waiver
from cannedkit.model.result import FileFinding
from cannedkit.model.settings import Settings
from cannedkit.rules.levels import in_place
from cannedkit.sources import EXPIRED, REPORTED, UNUSED


def misnamed(response: Response, why: Callable[[str], str]) -> Iterator[Failure]:
    """An error for each waiver of a rule that does not exist; `why` says so of an id, "" for one that may."""
    for waiver in response.waivers:
        if reason := why(waiver.rule):
            place = waiver.place or response.place
            yield Failure("", f"a waiver: {reason}", place.path, place.line, place.column)


def waived(
    response: Response, findings: list[FileFinding], settings: Settings, today: date, unread: Set[str]
) -> Iterator[FileFinding]:
    """The findings that no waiver allows, and a finding for each waiver that has expired or allows nothing.

    `unread` are the rules and engines, in lower case, that did not look: their waivers may be of use yet.
    """
    holding = [waiver for waiver in response.waivers if waiver.until >= today]
    used: set[Waiver] = set()
    for found in findings:
        matching = [waiver for waiver in holding if allows(waiver, found)]
        used.update(matching)
        if not matching:
            yield found
    for waiver in response.waivers:
        if waiver not in holding:
            ended = f"The waiver for {waiver.rule} ({waiver.why}) ended on {waiver.until}."
            message = f"{ended} Mend the text, or ask {waiver.by} again."
            yield from _about(response, waiver, EXPIRED, message, settings)
        elif waiver not in used and unread.isdisjoint({waiver.rule.lower(), waiver.rule.lower().partition(".")[0]}):
            message = f"The waiver for {waiver.rule} allows nothing that is found. Take it out."
            yield from _about(response, waiver, UNUSED, message, settings)


def allowed(response: Response, found: FileFinding, today: date) -> bool:
    """Whether a waiver of a response that has not ended allows a finding."""
    return any(waiver.until >= today and allows(waiver, found) for waiver in response.waivers)


def allows(waiver: Waiver, found: FileFinding) -> bool:
    """Whether a waiver, as long as it holds, allows a finding of its response."""
    if waiver.rule != found.finding.rule and waiver.rule not in found.finding.sources:
        return False
    return waiver.text in ("", found.text) and waiver.locale in ("", found.locale)


def _about(response: Response, waiver: Waiver, rule: str, message: str, settings: Settings) -> Iterator[FileFinding]:
    own, place = REPORTED[rule].level, waiver.place or response.place
    found = FileFinding(Finding(0, 0, rule, own, message), place, response.id, waiver.locale, part="response")
    yield from filter(None, [in_place(found, own, settings)])
