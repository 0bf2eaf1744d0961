"""The catalogue's journey: each body is rendered as customers will read it, and linted.

Each finding is mapped back to the place in the file where it can be mended.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import date

from cannedkit.catalogue import load as responses
from cannedkit.lint.linter import Linter
from cannedkit.model.errors import Failure, unreadable
from cannedkit.model.response import Catalogue, Response
from cannedkit.model.result import Checked, FileFinding, Review
from cannedkit.model.settings import Settings
from cannedkit.review.unit import look, remembered, units
from cannedkit.review.waivers import waived
from cannedkit.settings import facts_for
from cannedkit.sources import ENGINES


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
    failures = {unreadable(problem) for problem in catalogue.refused}
    passed = []
    renderings = 0
    for response in catalogue.responses.values():
        if response.status != "retired":
            found, failed, count = _looked(response, settings, linter, today)
            findings += found
            failures |= failed
            renderings += count
            if not found and not failed:
                passed.append(response.id)
        step()
    locales = sorted({body.locale for response in catalogue.responses.values() for body in response.bodies})
    failures.update(failure for locale in locales for failure in linter(locale).refused)
    checked = Checked(
        responses=len(catalogue.responses),
        bodies=sum(len(response.bodies) for response in catalogue.responses.values()),
        renderings=renderings,
        locales=tuple(locales),
        channels=tuple(sorted({name for response in catalogue.responses.values() for name in response.channels})),
        engines={locale: linter(locale).read_by(locale) for locale in locales},
        passed=tuple(passed),
        unread=tuple(unread for locale in locales for unread in linter(locale).unread(locale)),
    )
    findings.sort(key=lambda found: (found.place, found.finding))
    return Review(tuple(findings), tuple(sorted(failures)), checked, time.perf_counter() - began)


def _looked(
    response: Response, settings: Settings, linter: Callable[[str], Linter], today: date
) -> tuple[list[FileFinding], set[Failure], int]:
    """What is found in a response and not waived, the checks that failed on it, and how many texts were linted."""
    findings: list[FileFinding] = []
    failures: set[Failure] = set()
    renderings = 0
    for locale in responses.locales(response):
        built = linter(locale)
        proofread, facts = remembered(built), facts_for(settings, locale)
        for unit in (one for one in units(response) if one.locale == locale):
            looked = look(unit, built, proofread, facts, today)
            findings += looked.findings
            failures |= looked.failures
            renderings += looked.renderings
    unread = {failure.rule.lower() for failure in failures} | _not_open(map(linter, responses.locales(response)))
    return list(waived(response, findings, settings, today, unread)), failures, renderings


def _not_open(linters: Iterable[Linter]) -> set[str]:
    """The engines that none of some linters has."""
    return ENGINES.keys() - {engine.name for linter in linters for engine in linter.engines}
