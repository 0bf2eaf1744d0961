"""A plan carried out, a reply after the other: what is sent there is noted here before the next one is sent.

What is stopped in between leaves at most one reply there that is not noted here; the next plan knows it by its twin.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cannedkit import exchange, files
from cannedkit.exchange.live import system
from cannedkit.exchange.live.connection import Site, SiteError
from cannedkit.exchange.live.plan import CHANGE, CREATE, DELETE, KNOWN, Plan, Step, Wish, settle
from cannedkit.exchange.model import CHANGED, REFUSED, Outcome
from cannedkit.exchange.records import Aside, aside_fields, aside_of, digest
from cannedkit.exchange.rewriting import noted
from cannedkit.model.errors import CannedkitError, InputError
from cannedkit.model.settings import Settings
from cannedkit.yamlsource.edit import EditRefused, save
from cannedkit.yamlsource.node import Source
from cannedkit.yamlsource.read import MAX_BYTES, read

_THIS_ONE = (404, 409, 413, 422)
"""What is answered where one reply is at fault, or is there no more: the others are sent."""


_AGAIN = "run the same command again: what is there is not sent twice"


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of each reply that was sent, and the error that ended it, "" for none."""

    outcomes: tuple[Outcome, ...]
    error: str = ""


def push(wish: Wish, plan: Plan, site: Site, step: Callable[[], object] = lambda: None) -> Pushed:
    """Do what is planned; `step` is called after each reply. An error ends it, and what was done stays told."""
    outcomes: list[Outcome] = []
    for one in plan.steps:
        try:
            outcomes += _done(wish, plan, site, one)
        except SiteError as error:
            if error.status not in _THIS_ONE:
                return Pushed(tuple(outcomes), f"{one.response.id}: {error}; {_AGAIN}")
            outcomes.append(Outcome(one.response.id, REFUSED, "", str(error)))
        except (CannedkitError, files.FileError, OSError) as error:
            return Pushed(tuple(outcomes), f"{one.response.id}: {error}; {_AGAIN}")
        step()
    return Pushed(tuple(outcomes))


def _done(wish: Wish, plan: Plan, site: Site, step: Step) -> list[Outcome]:
    """What became of a reply, once it is sent and noted."""
    response, path = step.response, Path(step.response.place.path)
    key, name = f"x-{wish.system}", response.id.rpartition("/")[2]
    try:
        noted(path, _source(path, wish.settings).text, name, key, {} if step.what == DELETE else _FORM)
        if not os.access(path, os.W_OK):
            raise InputError(f"{path}: may not be written")
    except (EditRefused, InputError) as error:
        return [Outcome(response.id, REFUSED, "", f"is not sent, for it could not be noted here: {error}")]
    answers = [site.call(call) for call in step.calls]
    record, aside = (None, None) if step.what == DELETE else _settled(wish, plan, site, step, answers)
    source = _source(path, wish.settings)
    made = noted(path, source.text, name, key, aside_fields(aside) if aside else {})
    save(path, made, source.bom, source.text)
    told = [Outcome(response.id, step.what, "", f"as {aside.id}" if aside and step.what in (CREATE, KNOWN) else "")]
    if record and step.what in (CREATE, CHANGE) and digest(record) != step.digest:
        told.append(Outcome(response.id, CHANGED, "", f"{wish.system} has it otherwise than it was sent: look there"))
    return told


_FORM = aside_fields(Aside("0", "0", pushed="0"))
"""What is noted to see whether it can be."""


def _settled(wish: Wish, plan: Plan, site: Site, step: Step, answers: list[Any]) -> tuple[Any, Aside]:
    """The record as it is there now, and what is noted of it. Raises CannedkitError for an answer that is none."""
    found = system(wish.system).settled(site, step.now, answers, plan.fetched)
    records = exchange.read(wish.system, found, wish.asked).records
    if not records:
        raise CannedkitError(f"was sent, and {wish.system} answered with something that is no reply: look there")
    was = aside_of(step.response, wish.system)
    record, aside = settle(wish, records[0])
    return record, replace(aside, pushed=(was.pushed if was else "") if step.what == KNOWN else step.digest)


def _source(path: Path, settings: Settings) -> Source:
    """A file of replies as it is now. Raises InputError, and FileError where it cannot be read."""
    return read(str(path), files.read(path, MAX_BYTES, settings.root))
