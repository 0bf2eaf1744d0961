"""Comments of the GitHub action Label Actions, `.github/label-actions.yml`; none is written.

A mapping from a label, with `-` before it where it is taken away, to `{comment, close, close-reason, …}`; `issues`,
`prs` and `discussions` hold the same for those alone. A list of comments are so many comments. `@{issue-author}`
mentions who asked (dessant/label-actions). Labels are the titles; what else an action does is named, and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cannedkit.exchange import nodes
from cannedkit.exchange.document import with_ids
from cannedkit.exchange.model import CHANGED, Ability, Asked, File, Incoming, Outcome, Record, Text
from cannedkit.model.errors import InputError, Problem

ABILITY = Ability(syntax="at", markup="markdown", missing="never: who asked is known", extension="yml", writes=False)

_THREADS = ("issues", "prs", "discussions")
_ACTIONS = frozenset(
    "comment label unlabel close close-reason closeReason reopen open lock lock-reason lockReason unlock".split()
)
_BARE = re.compile(r"(?<!@)\{issue-author\}")


def is_mine(file: File) -> bool:
    """Whether it maps labels to actions of which one is a comment."""
    labels = _labels(nodes.maybe(file))
    said = [one for _, actions in labels for one in _comments(actions)]
    known = all({*actions} <= _ACTIONS | {*_THREADS} for _, actions in labels)
    return bool(said) and known


def _labels(data: Any) -> list[tuple[str, dict[str, Any]]]:
    """Each label and its actions; the app before the action had them under `actions`."""
    inner = data.get("actions") if isinstance(data, dict) and isinstance(data.get("actions"), dict) else data
    inner = inner if isinstance(inner, dict) else {}
    return [(label, actions) for label, actions in inner.items() if isinstance(actions, dict)]


def _comments(actions: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each comment, the threads that it is for, "" for all, and the actions beside it."""
    for thread in ("", *_THREADS):
        beside = actions.get(thread, {}) if thread else actions
        said = beside.get("comment") if isinstance(beside, dict) else None
        for one in said if isinstance(said, list) else [said]:
            if isinstance(one, str) and one.strip():
                yield thread, one, beside


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The comments of some files, in their order. Raises InputError for a file that has none."""
    records: list[Record] = []
    outcomes: list[Outcome] = []
    for file in files:
        found = [(label, *one) for label, actions in _labels(nodes.values(file)) for one in _comments(actions)]
        if not found:
            raise InputError([Problem(file.name, 1, 1, "has no label with a `comment`")])
        for label, thread, comment, beside in found:
            record = _record(label, thread, comment, beside)
            records.append(record)
            if _BARE.search(comment):
                why = "{issue-author} is text here: write @{issue-author} where it mentions somebody"
                outcomes.append(Outcome(record.title, CHANGED, "body", why))
    return Incoming(with_ids(records), tuple(outcomes))


def _record(label: str, thread: str, comment: str, beside: dict[str, Any]) -> Record:
    taken = label.startswith("-")
    name = f"{label.removeprefix('-')} removed" if taken else label
    aside = tuple(key for key in beside if key != "comment" and key not in _THREADS)
    return Record("", (Text(comment, markup="markdown"),), title=f"{name}, {thread}" if thread else name, aside=aside)
