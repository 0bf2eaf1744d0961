"""What a push would do: each reply held against what is there now and what was there when both last agreed.

Three texts tell who changed what: the reply as the system would have it, the one that is there, and the digest of what
was last brought in or sent. What changed here alone is sent; what changed there is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cannedkit import exchange
from cannedkit.exchange.giving import Ready, differences, readied, seen
from cannedkit.exchange.live import system
from cannedkit.exchange.live.connection import Call
from cannedkit.exchange.model import CHANGED, CONFLICT, LOST, REFUSED, Asked, File, Outcome, Record
from cannedkit.exchange.names import names
from cannedkit.exchange.records import Aside, aside_of, digest
from cannedkit.exchange.taking import taken
from cannedkit.model.response import Response
from cannedkit.model.settings import Settings

CREATE, CHANGE, DELETE, KNOWN, SAME = "create", "change", "delete", "known", "same"
"""What a push does of a reply; `known`: it stands there as it should, and that is noted here."""

TITLES: Mapping[str, str] = {
    CREATE: "Create",
    CHANGE: "Change",
    DELETE: "Delete",
    KNOWN: "There already",
    CHANGED: "Changed in meaning",
    LOST: "Left out",
    REFUSED: "Refused",
    CONFLICT: "In conflict",
}
"""What is planned, or became of a reply -> the heading above its rows."""


DONE: Mapping[str, str] = {CREATE: "created", CHANGE: "changed", DELETE: "deleted", KNOWN: "noted"}
"""What is done of a reply -> that it was done."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is done of a reply, by which calls; `now` is what stands there, as files, `digest` that of what should."""

    response: Response
    what: str
    calls: tuple[Call, ...] = ()
    now: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps, and what is refused, in conflict or lost; how many replies are the same, and how many there alone.

    `fetched` is all that was there; `retired` are ids of replies that are still there though they are retired here.
    """

    steps: tuple[Step, ...]
    outcomes: tuple[Outcome, ...]
    same: int
    alone: int
    fetched: tuple[File, ...]
    retired: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a push: the system, the replies, the options; `delete` where retired ones are taken away.

    `everyone` are all replies that there are here.
    """

    system: str
    responses: tuple[Response, ...]
    everyone: tuple[Response, ...]
    settings: Settings
    asked: Asked
    delete: bool = False


@dataclass(frozen=True, slots=True)
class _There:
    """What a system has, by id, and how much of that no reply of ours says it is; what a new one is written into.

    `free` is the latter by its key; what a reply of ours turns out to be is taken out. `owners` are the first replies
    of ours that say they are one there, by its id.
    """

    by_id: Mapping[str, Record]
    owners: Mapping[str, str]
    alone: int
    free: dict[str, Record]
    kept: Any


def planned(wish: Wish, fetched: tuple[File, ...]) -> Plan:
    """What to do so that a system has some replies as they are here.

    Raises InputError for what the system answered and its format cannot read, SiteError for an id that is none.
    """
    there = _there(wish, fetched)
    gone = [one for one in wish.responses if one.status == "retired"]
    staying = {one.id: one for one in wish.responses if one.status != "retired"}
    ready, outcomes = readied(wish.system, staying.values(), wish.settings, wish.asked)
    steps: list[Step] = []
    for found in (
        *(_sent(wish, there, one, staying[one.whole.ours]) for one in ready),
        *(_taken_away(wish, there, one) for one in gone),
    ):
        for one in found:
            steps += [one] if isinstance(one, Step) else []
            outcomes += [one] if isinstance(one, Outcome) else []
    moved = {step.response.id for step in steps if step.what in (CREATE, CHANGE)}
    return Plan(
        tuple(step for step in steps if step.what != SAME),
        tuple(sorted({one for one in outcomes if one.fate not in (CHANGED, LOST) or one.id in moved})),
        sum(step.what == SAME for step in steps),
        there.alone - sum(bool(step.now) and not aside_of(step.response, wish.system) for step in steps),
        fetched,
        tuple(one.id for one in gone if not wish.delete and _linked(wish, there, one)),
    )


def settle(wish: Wish, record: Record) -> tuple[Record | None, Aside]:
    """A record there as one of ours, None where it cannot be taken over, and what is noted of it."""
    known, ability = names(wish.system, wish.settings), exchange.ability(wish.system)
    found = taken(record, ability, known, wish.settings, wish.asked)
    mark = digest(found.record) if found.record else ""
    return found.record, Aside(record.id, mark, record.folder, record.kept, found.exact or None)


def _there(wish: Wish, fetched: tuple[File, ...]) -> _There:
    records = exchange.read(wish.system, fetched, wish.asked).records
    owners = {aside.id: one.id for one in reversed(wish.everyone) if (aside := aside_of(one, wish.system))}
    alone = [one for one in records if one.id not in owners]
    free = {system(wish.system).key(one): one for one in reversed(alone)}
    return _There({one.id: one for one in records}, owners, len(alone), free, system(wish.system).kept(fetched))


def _linked(wish: Wish, there: _There, response: Response) -> Record | None:
    """The record there that a reply says it is."""
    aside = aside_of(response, wish.system)
    return there.by_id.get(aside.id) if aside else None


def _written(wish: Wish, record: Record | None) -> Mapping[str, str]:
    return exchange.write(wish.system, [record]).files if record else {}


def _sent(wish: Wish, there: _There, one: Ready, response: Response) -> Iterator[Step | Outcome]:
    """The step of a reply, else why there is none, and what of the reply gets lost."""
    theirs = replace(one.theirs, kept=_kept(one.theirs, there))
    part = seen(wish.system, theirs, wish.settings, wish.asked)
    if part is None:
        yield Outcome(response.id, REFUSED, "", "nothing of it can be read again")
        return
    aside, remote = aside_of(response, wish.system), _linked(wish, there, response)
    if aside and remote is None:
        anew = f"retire it here, or take `x-{wish.system}` out to create it anew"
        yield Outcome(response.id, CONFLICT, "", f"is no longer there as {aside.id}: {anew}")
        return
    if aside and there.owners[aside.id] != response.id:
        same = f"says that it is the same reply there as {there.owners[aside.id]}"
        yield Outcome(response.id, CONFLICT, "", f"{same}: take `x-{wish.system}` out of one of them")
        return
    remote = remote or system(wish.system).twin(replace(part, ours=response.id), there.free)
    if remote:
        theirs = replace(theirs, id=remote.id, folder=remote.folder, kept=_kept(remote, there))
    now = _written(wish, remote)
    made = exchange.write(wish.system, [theirs])
    step = Step(response, CREATE, system(wish.system).calls(made.files, now), now, digest(part))
    if remote:
        found = _judged(wish, step, aside, remote)
        if isinstance(found, Step) and aside is None:
            there.free.pop(system(wish.system).key(there.by_id[remote.id]), None)
        yield found
        if isinstance(found, Outcome) or found.what == SAME:
            return
    else:
        yield step
    yield from made.outcomes
    yield from (lost for lost in differences(wish.system, one, part, exchange.ability(wish.system)) if _is_loss(lost))


def _is_loss(outcome: Outcome) -> bool:
    return outcome.fate in (CHANGED, LOST)


def _kept(record: Record, there: _There) -> Any:
    """What a record is written into, with what new parts of it need."""
    return {**(record.kept or {}), **(there.kept or {})} or None


def _judged(wish: Wish, step: Step, aside: Aside | None, remote: Record) -> Step | Outcome:
    """The step of a reply that is there, or has a twin there; else the conflict."""
    id, (found, _) = step.response.id, settle(wish, remote)
    there, was = digest(found) if found else "", aside.digest if aside else ""
    if there == step.digest:
        if aside is None and any(call.method == "POST" for call in step.calls):
            return step
        return replace(step, what=KNOWN if was != there else SAME, calls=())
    if aside is None:
        name = remote.shortcut or remote.ours or "::".join((*remote.folder, remote.title))
        return Outcome(id, CONFLICT, "", f"`{name}` stands there already, with another text: make both say the same")
    mine = step.digest not in (was, aside.pushed)
    if there != was:
        pull = f"`cannedkit pull {wish.system}` takes it over"
        why = "was changed here and there" if mine else f"was changed there, and not here: {pull}"
        return Outcome(id, CONFLICT, "", why)
    if not mine:
        return replace(step, what=SAME, calls=())
    if any(call.removes for call in step.calls) and not wish.delete:
        return Outcome(id, CONFLICT, "", "has texts there that it has no longer here: --delete takes them away")
    return replace(step, what=CHANGE)


def _taken_away(wish: Wish, there: _There, response: Response) -> Iterator[Step | Outcome]:
    """The step that deletes a reply that is retired here, where it was sent from here and nobody changed it there."""
    aside, remote = aside_of(response, wish.system), _linked(wish, there, response)
    if not wish.delete or aside is None or remote is None:
        return
    found, _ = settle(wish, remote)
    now = _written(wish, remote)
    calls = system(wish.system).removal(now, response.id)
    if not aside.pushed or not calls:
        yield Outcome(response.id, REFUSED, "", "is not deleted: it was not sent from here; delete it there by hand")
    elif found is None or digest(found) != aside.digest:
        yield Outcome(response.id, CONFLICT, "", "is not deleted: it was changed there after it was sent")
    else:
        yield Step(response, DELETE, calls, now)
