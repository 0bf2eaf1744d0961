"""What there is to say of approvals: texts that nobody approved, that changed since, and lines of nothing."""

from __future__ import annotations

from collections.abc import Iterator

from cannedkit.catalogue import approve
from cannedkit.catalogue.standing import standing
from cannedkit.model.approval import Lock, Standing
from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import Place
from cannedkit.model.response import Catalogue, Response
from cannedkit.model.result import FileFinding
from cannedkit.model.settings import Settings
from cannedkit.rules.levels import in_place
from cannedkit.sources import FOREIGN, LEFTOVER, MISSING, REPORTED, STALE

_RULES = {"missing": MISSING, "stale": STALE, "foreign": FOREIGN}


def unapproved(response: Response, lock: Lock, settings: Settings) -> Iterator[FileFinding]:
    """A finding for each body of a response in use that is not approved as it stands; errors where it must be.

    Where approval is optional, a body that nobody ever approved is none.
    """
    required = settings.approval == "required"
    for body in response.bodies if not response.status and (required or lock.approvals) else ():
        stands = standing(response, body, lock, settings)
        if stands.state != "approved" and (required or stands.state != "missing"):
            yield from _told(_RULES[stands.state], stands, Level.ERROR if required else None, settings)


def leftover(catalogue: Catalogue, lock: Lock, settings: Settings) -> Iterator[FileFinding]:
    """A finding for each line of the lock about no body of the whole catalogue."""
    own = REPORTED[LEFTOVER].level
    for approval in approve.leftover(catalogue, lock):
        message = f"{approval.by} approved {approval.wording} on {approval.day}, and it is not there any more."
        place = Place(str(lock.path), approval.line, 1, approval.line, 1)
        where = approval.wording
        finding = Finding(0, 0, LEFTOVER, own, message)
        found = FileFinding(finding, place, where.id, where.locale, variation=where.variation, part="response")
        yield from filter(None, [in_place(found, own, settings)])


def _told(rule: str, stands: Standing, own: Level | None, settings: Settings) -> Iterator[FileFinding]:
    where, at = stands.wording, own or REPORTED[rule].level
    found = FileFinding(
        Finding(stands.start, stands.end, rule, at, stands.reason),
        stands.place,
        where.id,
        where.locale,
        (where.channel,) if where.channel else (),
        where.variation,
        stands.part,
    )
    yield from filter(None, [in_place(found, at, settings)])
