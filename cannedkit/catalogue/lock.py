"""cannedkit.lock: which texts were approved, one line of JSON each, and the changes of it.

A line keeps the whole text that was approved, and not its digest alone: what changed since can be shown, a text that
was sent can be proven after its reply was edited, and a change of mere layout can be told, in a checkout without
history as in one with it.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cannedkit import files
from cannedkit.cache import uncollected
from cannedkit.catalogue.content import canonical, digest
from cannedkit.catalogue.git import CONFLICT
from cannedkit.model.approval import Approval, Lock, Wording
from cannedkit.model.errors import EXHAUSTED, CannedkitError, InputError, Problem, exhausted
from cannedkit.model.settings import Settings
from cannedkit.text.nearest import nearest

FILE = "cannedkit.lock"

ANY = "any"
"""How the lock writes the channel of a body that serves all without their own, as a response file does."""

MAX_BYTES = 200_000_000
"""Bytes that a lock may hold; our own choice, above 100,000 bodies of average length."""

PATIENCE = 60.0
"""Seconds that a change waits for another one to end; our own choice, thousands of times what one takes."""


# -- the file -----------------------------------------------------------------------------------


def read(settings: Settings) -> Lock:
    """The lock beside cannedkit.yaml; one without a line where there is none. What cannot be read is in `refused`."""
    path = settings.root / FILE
    if settings.path is None or not os.path.lexists(path):
        return Lock(path)
    try:
        text = files.text(path, MAX_BYTES, settings.root)
    except files.FileError as error:
        return Lock(path, refused=(Problem(str(path), 0, 0, str(error)),))
    with uncollected():
        return parsed(text, path)


def parsed(text: str, path: Path) -> Lock:
    """The approvals in the text of a lock; a line that cannot be read hides no other."""
    found: dict[Wording, tuple[Approval, ...]] = {}
    problems: list[Problem] = []
    for number, each in enumerate(text.split("\n"), start=1):
        if not each.strip():
            continue
        try:
            approval = _approval(each, number)
        except _Fault as fault:
            problems.append(Problem(str(path), number, fault.column, str(fault)))
        else:
            before = found.setdefault(approval.wording, ())
            found[approval.wording] = (*before, approval)
    return Lock(path, found, tuple(problems))


def line(approval: Approval) -> str:
    """An approval as the lock writes it, without a line end."""
    where = approval.wording
    head = {
        "id": where.id,
        "locale": where.locale,
        "channel": where.channel or ANY,
        "variation": where.variation,
        "sha256": approval.digest,
        "by": approval.by,
        "on": moment(approval.on),
        **({"from": approval.source} if approval.source else {}),
        **({"note": approval.note} if approval.note else {}),
    }
    written = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    return f"{written[:-1]}{_CONTENT}{approval.content}}}"


_CONTENT = ',"approved":'
_NEEDED: Mapping[str, type] = {
    "id": str,
    "locale": str,
    "channel": str,
    "variation": int,
    "sha256": str,
    "by": str,
    "on": str,
}
_KEYS: Mapping[str, type] = {**_NEEDED, "from": str, "note": str, "approved": dict}
_WRITTEN = {
    keys: tuple(_KEYS[key] for key in keys)
    for more in ((), ("from",), ("note",), ("from", "note"))
    for keys in [(*_NEEDED, *more)]
}
_KINDS: Mapping[type, str] = {str: "a text", int: "a whole number", dict: "a mapping"}


class _Fault(Exception):
    """What is wrong with a line of the lock, and in which column, from 1."""

    def __init__(self, message: str, column: int = 1) -> None:
        self.column = column
        super().__init__(message)


def _approval(text: str, number: int) -> Approval:
    at = text.find(_CONTENT)
    content = text[at + len(_CONTENT) : -1]
    keys = _loaded(f"{text[:at]}}}" if at > 0 else text, text)
    if digest(content) != keys["sha256"]:  # laid out in another way, or changed by hand
        keys = _loaded(text, text)
        content = canonical(keys.get("approved") or {})
        if digest(content) != keys["sha256"]:
            raise _Fault("its sha256 is not that of the text in it: take the line out and approve the reply again")
    on = _moment(keys["on"])
    if on is None:
        raise _Fault(f"`on` must be a moment such as 2026-12-31T23:59:00Z, not {keys['on']!r}")
    channel = "" if keys["channel"] == ANY else keys["channel"]
    where = Wording(keys["id"], keys["locale"], channel, keys["variation"])
    return Approval(where, keys["sha256"], keys["by"], on, content, keys.get("from", ""), keys.get("note", ""), number)


def moment(on: datetime) -> str:
    """A moment as the lock writes it: 2026-12-31T23:59:00Z."""
    return f"{on.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


@lru_cache(maxsize=4096)
def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _loaded(part: str, line: str) -> dict[str, Any]:
    """The keys in a part of a line, each of its type. Raises _Fault."""
    if line.startswith(CONFLICT):
        raise _Fault("a merge was left open here: take its marks out and keep both lines, then check again")
    try:
        keys = json.loads(part)
        if "\\u" in part:
            canonical(keys).encode()  # half of a character, as a wrong escape leaves it, is no text
    except EXHAUSTED as error:
        raise _Fault(exhausted(error)) from None
    except ValueError as error:
        where = error.colno if isinstance(error, json.JSONDecodeError) else 1
        raise _Fault(f"is not JSON ({error}): take the line out and approve the reply again", where) from None
    if not isinstance(keys, dict):
        raise _Fault("a line is a mapping in braces; approvals are written by `cannedkit approve`")
    if tuple(map(type, keys.values())) == _WRITTEN.get(tuple(keys)):  # most lines, in a fifth of the time
        return keys
    for key, value in keys.items():
        if key not in _KEYS:
            raise _Fault(f"unknown key `{key}`{nearest(key, _KEYS)}")
        if type(value) is not _KEYS[key]:
            raise _Fault(f"`{key}` must be {_KINDS[_KEYS[key]]}")
    if missing := _NEEDED.keys() - keys.keys():
        raise _Fault(f"`{min(missing)}` is missing: approvals are written by `cannedkit approve`")
    return keys


# -- merging it ---------------------------------------------------------------------------------

ATTRIBUTES = ".gitattributes"
UNION = f"{FILE} merge=union"
"""Has git keep the lines of both sides: who approve different replies never meet in a conflict."""


def attribute(settings: Settings) -> None:
    """Tell git how to merge the lock, where nothing beside it tells git anything yet."""
    path = settings.root / ATTRIBUTES
    if not os.path.lexists(path):
        path.write_text(f"{UNION}\n", encoding="utf-8")


def is_attributed(settings: Settings) -> bool:
    """Whether git is told beside the lock how to merge it."""
    try:
        text = files.text(settings.root / ATTRIBUTES, MAX_BYTES, settings.root)
    except files.FileError:
        return False
    return any(words[:1] == [FILE] and "merge=union" in words for words in map(str.split, text.splitlines()))


# -- changing it --------------------------------------------------------------------------------


@contextmanager
def changing(settings: Settings) -> Iterator[Lock]:
    """The lock as it is now, which no other process changes meanwhile. Raises InputError where a line is unreadable."""
    with _alone(settings.root):
        lock = read(settings)
        if lock.refused:
            raise InputError(lock.refused)
        yield lock


def replace(lock: Lock, approvals: Iterable[Approval], settings: Settings) -> None:
    """Put approvals in the lock's place, sorted, at once or not at all; its mode stays, and a link stays a link.

    To be called while `changing`. Raises OSError, FileError.
    """
    path = files.inside(lock.path, settings.root)
    data = "".join(f"{each}\n" for each in sorted(map(line, approvals))).encode()
    part = path.with_name(f".{FILE}.part")  # only one process writes it, so that one killed leaves no more than this
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o666)
    with os.fdopen(handle, "wb") as file:
        if os.path.exists(path):
            os.fchmod(file.fileno(), path.stat().st_mode & 0o7777)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes and threads from changing the lock in a folder. Raises CannedkitError after `PATIENCE`."""
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise CannedkitError(
                        f"another process has been changing {folder / FILE} for {PATIENCE:.0f} s: end it"
                    ) from None
                time.sleep(0.01)
        yield
    finally:
        os.close(handle)
