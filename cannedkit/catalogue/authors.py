"""What git says of approvals: who committed a line of the lock, whether that was signed, and who wrote the text.

A name in a commit is as easily made up as one in a file; with signatures it is not. A `.mailmap` of the repository is
not read, for it can give one author the name of another.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cannedkit.catalogue import lock as locks
from cannedkit.catalogue.approve import reads_as
from cannedkit.catalogue.git import git
from cannedkit.catalogue.standing import standings
from cannedkit.model.approval import Approval, Lock, Standing, Wording
from cannedkit.model.errors import CannedkitError
from cannedkit.model.response import Catalogue
from cannedkit.model.settings import Settings

_BLAMED = re.compile(rb"([0-9a-f]{40,64}) \d+ (\d+)")
_NOBODY = re.compile("0+")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What git says against an approval, and the line of the lock, from 1."""

    wording: Wording
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Commit:
    """Who made a commit. `signature` is git's letter for it (G for good), `signer` who signed."""

    name: str
    email: str
    signature: str
    signer: str

    def is_by(self, person: str) -> bool:
        return _is(person, self.name, self.email)

    def is_signed_by(self, person: str) -> bool:
        name, _, email = self.signer.rstrip(">").partition(" <")
        return self.signature == "G" and _is(person, name, email)


def _is(person: str, name: str, email: str) -> bool:
    """Whether somebody is named by name, by address, or by both as in `Jo Field <jo@example.org>`."""
    return person.casefold() in {name.casefold(), email.casefold(), f"{name} <{email}>".casefold()} - {""}


def doubts(catalogue: Catalogue, lock: Lock, settings: Settings, *, signed: bool = False) -> Iterator[Doubt]:
    """A doubt for each line of the lock that somebody else than its `by` committed, or nobody yet.

    The commit that counts is the one that approved the text: where a line was only renewed, an earlier one. `signed`:
    its signature must be good and of the same person. With `four_eyes` also for each text that one of its own authors
    approved alone. Raises CannedkitError where git cannot say, as in a clone without its history.
    """
    if not lock.approvals:
        return
    history = _History(settings.root, signed)
    history.must_be_whole()
    lines = history.blamed(lock.path)
    for one in sorted((one for each in lock.approvals.values() for one in each), key=lambda one: one.line):
        sha = lines[one.line - 1] if one.line <= len(lines) else "0"
        if reason := _against(one, sha, history, signed):
            yield Doubt(one.wording, one.line, reason)
    if settings.four_eyes:
        yield from _alone(standings(catalogue, lock, settings), lock, history, catalogue)


def _against(one: Approval, sha: str, history: _History, signed: bool) -> str:
    """Why a line is doubtful, "" where it is not: the commits that brought it are searched back over its renewals."""
    if _NOBODY.fullmatch(sha):
        return f"its line is not committed yet, so git cannot say that {one.by} wrote it"
    reason, ahead, seen = "", [sha], set()
    while ahead:
        sha = ahead.pop()
        seen.add(sha)
        commit = history.commit(sha)
        if not commit.is_by(one.by):
            said = f"{commit.name} <{commit.email}> committed it in {sha[:10]}, not {one.by}"
        elif signed and not commit.is_signed_by(one.by):
            said = f"its commit {sha[:10]} has no good signature of {one.by}"
        else:
            return ""
        reason = reason or said
        ahead += [each for each in history.earlier(one, sha) if each not in seen]
    return reason


def _alone(found: Iterable[Standing], lock: Lock, history: _History, catalogue: Catalogue) -> Iterator[Doubt]:
    """A doubt for each text that one of those who wrote it approved, and nobody else."""
    for stands in found:
        approval = stands.approval
        if stands.state != "approved" or approval is None:
            continue
        same = [one for one in lock.approvals[stands.wording] if one.content == approval.content]
        writers = history.writers(_lines_of(catalogue, stands.wording))
        if writers is None:
            yield Doubt(stands.wording, approval.line, "its text is not committed yet, so git cannot say who wrote it")
        elif all(any(writer.is_by(one.by) for writer in writers) for one in same):
            yield Doubt(stands.wording, approval.line, f"{approval.by} wrote it, and nobody else approved it")


def _lines_of(catalogue: Catalogue, wording: Wording) -> list[tuple[str, int, int]]:
    """Where text and subject of a body stand: path, first and last line."""
    places = []
    for body in catalogue.responses[wording.id].bodies:
        if (body.locale, body.channel, body.variation) == (wording.locale, wording.channel, wording.variation):
            for part in (body.text, body.subject):
                if part:
                    place = part.place(0, len(part.value))
                    places.append((place.path, place.line, place.end_line))
    return places


class _History:
    """What git answered about one folder, each question asked once."""

    def __init__(self, folder: Path, signed: bool) -> None:
        self._folder = folder
        self._signed = signed
        self.blamed = lru_cache(maxsize=None)(self._blamed)
        self.commit = lru_cache(maxsize=None)(self._commit)
        self._before = lru_cache(maxsize=None)(self._read_before)

    def must_be_whole(self) -> None:
        """Raise CannedkitError where there is no repository, or where its history is cut off."""
        if git(self._folder, "rev-parse", "--is-shallow-repository").strip() == b"true":
            raise CannedkitError("the history is cut off, so git cannot say who wrote what: git fetch --unshallow")

    def _blamed(self, path: Path, commit: str = "", *more: str) -> tuple[str, ...]:
        """The commit that brought each line of a file, all zeros for one that is not committed; () for such a file."""
        name = os.path.relpath(path, self._folder)
        if not self._has(commit or "HEAD", name):
            return ()
        said = git(self._folder, "blame", "--porcelain", *more, *filter(None, [commit]), "--", name)
        found: dict[int, str] = {}
        for line in said.split(b"\n"):
            if match := _BLAMED.match(line):
                found[int(match[2])] = match[1].decode()
        return tuple(found[number] for number in sorted(found))

    def _commit(self, sha: str) -> _Commit:
        more = "%G?%x00%GS" if self._signed else "%x00"  # to read a signature runs another program
        said = git(self._folder, "show", "-s", "--no-show-signature", f"--format=%an%x00%ae%x00{more}", sha)
        name, email, signature, signer = said.decode("utf-8", "replace").rstrip("\n").split("\0")
        return _Commit(name, email, signature, signer)

    def writers(self, places: Sequence[tuple[str, int, int]]) -> list[_Commit] | None:
        """Who last wrote the words of some lines; None where one of them is not committed."""
        shas: set[str] = set()
        for path, first, last in places:
            lines = self.blamed(Path(path), "", "-w", "-M")
            shas.update(lines[first - 1 : last])
        return None if any(map(_NOBODY.fullmatch, shas)) or not shas else list(map(self.commit, sorted(shas)))

    def earlier(self, one: Approval, sha: str) -> set[str]:
        """The commits that brought the same approval, as it stood before a commit that renewed it."""
        key = _key(one)
        return {before[key] for before in self._before(sha) if key in before}

    def _read_before(self, sha: str) -> tuple[Mapping[object, str], ...]:
        """For each parent of a commit, the approvals of its lock, and the commit that brought each."""
        found = []
        for parent in git(self._folder, "rev-list", "--parents", "-n", "1", sha).decode().split()[1:]:
            if self._has(parent, locks.FILE):
                path = self._folder / locks.FILE
                text = git(self._folder, "show", f"{parent}:./{locks.FILE}").decode("utf-8", "replace")
                approvals = locks.parsed(text, path).approvals.values()
                lines = self.blamed(path, parent)
                found.append({_key(each): lines[each.line - 1] for every in approvals for each in every})
        return tuple(found)

    def _has(self, commit: str, name: str) -> bool:
        """Whether a commit holds a file."""
        try:
            return bool(git(self._folder, "rev-parse", "-q", "--verify", f"{commit}:./{name}"))
        except CannedkitError:
            return False


def _key(one: Approval) -> object:
    """What stays the same of an approval that is renewed."""
    return one.by, one.on, one.note, one.wording.locale, reads_as(one.content)
