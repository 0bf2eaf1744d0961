"""How often search finds the reply that an agent went on to send: `python -m scripts.star --data DIR`.

DIR holds `star_retrieval.jsonl`, what agents typed, and `star_templates.jsonl`, what there was to send (STAR, Mosig and
others, 2020). Each template is a response: its label is the name and the title, its text the body. A draft is asked of
all, and what is found is counted among the templates of its chat's tasks and among all; right is one of its label.
Nothing is learnt from drafts. What meaning and sentences weigh was chosen on the developers' half alone; the half kept
back (by a hash of the id) stands beside it. `--semantic` has the extra of that name read sentences, too.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Any

from cannedkit.catalogue.search import find
from cannedkit.catalogue.search.index import Index
from cannedkit.catalogue.search.question import hear
from cannedkit.catalogue.search.rank import Wanted, rank
from cannedkit.model.approval import Lock
from cannedkit.model.errors import Place
from cannedkit.model.response import Body, Catalogue, Response
from cannedkit.model.settings import Settings
from scripts.rows import read_rows

PLACES = 3
"""Matches that are looked at."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of no file."""

    value: str

    def place(self, start: int, end: int) -> Place:
        """Nowhere."""
        return Place("star", 1, 1, 1, 1)


def main() -> None:
    """Print the table of docs/quality.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--semantic", action="store_true")
    chosen = parser.parse_args()
    folder = chosen.data
    searched = index(read_rows(folder / "star_templates.jsonl"), semantic=chosen.semantic)
    print("| drafts | counted among | drafts | top-1 | top-3 |\n|---|---|---|---|---|")
    tasks: dict[tuple[str, str], set[str]] = {}
    for one in read_rows(folder / "star_templates.jsonl"):
        tasks.setdefault((one["label"], one["text"]), set()).add(one["task"])
    for line in table(searched, tasks, list(read_rows(folder / "star_retrieval.jsonl"))):
        print(line)


def table(
    searched: Index, tasks: Mapping[tuple[str, str], set[str]], drafts: Sequence[dict[str, Any]]
) -> Iterator[str]:
    """The rows: each half and both, among the templates of the chat's tasks and among all.

    `tasks` has those of a label and a text.
    """
    found = {draft["id"]: list(labels(searched, draft["draft"])) for draft in drafts}
    halves = {"developers' half": (False,), "half kept back": (True,), "all": (False, True)}
    for half, kept in halves.items():
        asked = [draft for draft in drafts if kept_back(draft["id"]) in kept]
        for among in ("its tasks", "all templates"):
            places = [
                place(
                    [
                        label
                        for label, text in found[draft["id"]]
                        if among != "its tasks" or tasks[label, text] & set(draft["tasks"])
                    ],
                    draft["label"],
                )
                for draft in asked
            ]
            top1, top3 = (sum(0 < at <= most for at in places) / len(places) for most in (1, PLACES))
            yield f"| {half} | {among} | {len(asked)} | {top1:.3f} | {top3:.3f} |"


def kept_back(id: str) -> bool:
    """Whether a row is of the half that is kept back."""
    return sha1(id.encode(), usedforsecurity=False).digest()[0] % 2 == 1


def index(templates: Iterable[dict[str, Any]], *, semantic: bool = False) -> Index:
    """Templates as a catalogue that can be searched; those that say the same under one label are one response."""
    found = {(one["label"], one["text"]): response(one) for one in templates}
    catalogue = Catalogue(Path(), {one.id: one for one in found.values()})
    return find.index(catalogue, Settings(Path(), semantic=semantic), "en", Lock(Path()))


def response(template: dict[str, Any]) -> Response:
    """A template as a response."""
    text = Text(template["text"])
    body = Body("en", "", 1, text)
    title = template["label"].replace("_", " ")
    return Response(template["key"], text.place(0, 0), (body,), ("chat",), {}, titles={"": title})


def labels(searched: Index, draft: str) -> Iterator[tuple[str, str]]:
    """Label and text of each template that a draft finds, best first."""
    for one in rank(searched, hear(searched, draft), Wanted(limit=len(searched.entries))):
        yield one.entry.response.id.rpartition("/")[2], one.entry.response.bodies[0].text.value


def place(found: Sequence[str], label: str) -> int:
    """The place that a label came in, from 1; 0 where it is not there."""
    return found.index(label) + 1 if label in found else 0


if __name__ == "__main__":
    main()
