"""What a change brings: the findings of a catalogue that were not there where its branch began, or at the last commit.

Both states are checked and held against each other by fingerprint, so that a changed body counts as much as a changed
rule, setting or fact, and nothing that was there before does.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from cannedkit.catalogue.git import git
from cannedkit.model.errors import CannedkitError, Failure, Place
from cannedkit.model.result import Compared, FileFinding, Review
from cannedkit.review.baseline import portable
from cannedkit.review.fingerprint import fingerprints
from cannedkit.text.pile import Pile, kept, made

_EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


CHUNK = 500
"""Files that git is named at a time; our own choice, well below what a command may be given."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Folders with the files of a catalogue's root: as they were before, and, where they are not those on disk, now."""

    before: Path
    now: Path | None = None


@contextmanager
def trees(root: Path, since: str, *, staged: bool) -> Iterator[Trees]:
    """The files below a root where this branch left `since` ("": the last commit).

    `staged`: what is compared with them are those that git's index has, and not those on disk.
    Raises CannedkitError where there is no repository, no such revision, no common ancestor (a clone without its
    history), or where files of the root are in a submodule, whose changes this repository does not hold.
    """
    prefix = git(root, "rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").removesuffix("\n")
    top = Path(git(root, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").removesuffix("\n"))
    base = _base(root, since)
    _without_submodules(root)
    with TemporaryDirectory(prefix="cannedkit-") as home:
        folder = Path(home)
        index = {"GIT_INDEX_FILE": str(folder / "index")}
        git(top, "read-tree", base, around=index)
        _checked_out(top, prefix, folder / "before", index)
        if staged:
            _checked_out(top, prefix, folder / "now", {})
        yield Trees(folder / "before" / prefix, folder / "now" / prefix if staged else None)


def _base(root: Path, since: str) -> str:
    """The commit to compare with; the empty tree where there is none yet."""
    try:
        head = git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()
    except CannedkitError:
        head = ""
    if not since:
        return head or _EMPTY_TREE
    try:
        other = (
            git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}").decode().strip()
        )
    except CannedkitError:
        raise CannedkitError(
            f"git knows no revision {since!r} here: fetch it (git fetch origin {since}), or name another"
        ) from None
    try:
        return git(root, "merge-base", other, head or other).decode().split()[0]
    except CannedkitError:
        cut = git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
        hint = "the history is cut off: git fetch --unshallow (actions/checkout: fetch-depth: 0)" if cut else ""
        raise CannedkitError(f"{since} and this branch have no common ancestor{'; ' if hint else ''}{hint}") from None


def _without_submodules(root: Path) -> None:
    for entry in git(root, "ls-files", "-s", "-z", "--", ".").split(b"\0"):
        if entry.startswith(b"160000 "):
            name = entry.partition(b"\t")[2].decode("utf-8", "replace")
            raise CannedkitError(
                f"{name} is a submodule: what changed in it is not in this repository; leave --changed-since and "
                "--staged out, or check it in its own"
            )


def _checked_out(top: Path, prefix: str, folder: Path, index: dict[str, str]) -> None:
    """Write the files of an index that lie below a prefix into a folder."""
    (folder / prefix).mkdir(parents=True)
    names = git(top, "ls-files", "-z", "--cached", "--", prefix or ".", around=index)
    every = [os.fsdecode(one) for one in names.split(b"\0") if one]
    for start in range(0, len(every), CHUNK):
        chunk = every[start : start + CHUNK]
        git(top, "checkout-index", "-f", "-q", f"--prefix={folder}/", "--", *chunk, around=index)


# -- holding one against the other --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class State:
    """A catalogue that was checked: its root, the ids of its responses, and what was found."""

    root: Path
    ids: Collection[str]
    findings: Sequence[FileFinding] = ()


def brought(review: Review, now: State, before: State) -> Review:
    """The review with the findings alone that were not there before, wherever their file was moved to meanwhile."""
    fresh, gone = set(now.ids) - set(before.ids), set(before.ids) - set(now.ids)
    old = set(_known_by(before, before.findings, gone))
    known: set[str] = set()
    new: Pile[FileFinding] = Pile()
    for found, mark in zip(review.findings, _known_by(now, review.findings, fresh), strict=True):
        if mark in old:
            known.add(mark)
        else:
            new.append(found)
    earlier = review.compared or Compared(0, 0, 0)
    before_that = earlier.known + len(review.findings) - len(new)
    compared = Compared(len(new), before_that, earlier.mended + len(old) - len(known))
    return replace(review, findings=kept(new), compared=compared)


def _known_by(state: State, findings: Iterable[FileFinding], moved: Collection[str]) -> Iterator[str]:
    """The fingerprints of findings; those in responses that stand nowhere in the other state go by their text alone."""
    each = (portable(found, state.root) for found in findings)
    return fingerprints(replace(found, response="\0") if found.response in moved else found for found in each)


def at_home(review: Review, away: Path, root: Path) -> Review:
    """The review of files that lie in another folder, told at their places in the root."""

    def placed(found: FileFinding) -> FileFinding:
        return replace(
            found, place=_home(found.place, away, root), related=tuple(_home(one, away, root) for one in found.related)
        )

    def failed(one: Failure) -> Failure:
        return replace(one, path=_inside(one.path, away, root))

    return replace(review, findings=made(placed, review.findings), errors=tuple(map(failed, review.errors)))


def _home(place: Place, away: Path, root: Path) -> Place:
    return replace(place, path=_inside(place.path, away, root))


def _inside(path: str, away: Path, root: Path) -> str:
    return str(root / Path(path).relative_to(away)) if path and Path(path).is_relative_to(away) else path
