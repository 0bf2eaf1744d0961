"""How often search finds the reply that an agent went on to send: `python -m scripts.star --data DIR`.

DIR holds `star_retrieval.jsonl`, what agents typed, and `star_templates.jsonl`, what there was to send (STAR, Mosig and
others, 2020). Each template is a response: its label is the name and the title, its text the body. A draft is asked
among the templates of its chat's tasks, and among all; right is one of the draft's label. Nothing is learnt from drafts:
weights were chosen on the developers' half alone, and the half that was kept back stands beside it (by a hash of the
id). `--semantic` joins the sentence model of the extra `semantic`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any

from cannedkit.catalogue.search import find
from cannedkit.catalogue.search.index import Index
from cannedkit.catalogue.search.rank import Wanted
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
    chosen = parser.parse_args()
    templates = list(read_rows(chosen.data / "star_templates.jsonl"))
    drafts = list(read_rows(chosen.data / "star_retrieval.jsonl"))
    print("| drafts | asked among | count | top-1 | top-3 |\n|---|---|---|---|---|")
    for line in table(templates, drafts):
        print(line)


def table(templates: Sequence[dict[str, Any]], drafts: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The rows: each half and both, among the templates of the chat's tasks and among all."""
    halves = {
        "developers' half": [one for one in drafts if not kept_back(one["id"])],
        "half kept back": [one for one in drafts if kept_back(one["id"])],
        "all": drafts,
    }

    @cache
    def searched(tasks: frozenset[str]) -> Index:
        return index(one for one in templates if not tasks or one["task"] in tasks)

    for half, asked in halves.items():
        for among in ("its tasks", "all templates"):
            places = [
                place(searched(frozenset(one["tasks"] if among == "its tasks" else ())), one["draft"], one["label"])
                for one in asked
            ]
            top1, top3 = (sum(0 < found <= most for found in places) / len(places) for most in (1, PLACES))
            yield f"| {half} | {among} | {len(asked)} | {top1:.3f} | {top3:.3f} |"


def kept_back(id: str) -> bool:
    """Whether a row is of the half that no weight was chosen by."""
    return sha1(id.encode(), usedforsecurity=False).digest()[0] % 2 == 1


def index(templates: Iterator[dict[str, Any]]) -> Index:
    """Templates as a catalogue that can be searched; those that say the same under one label are one response."""
    found = {(one["label"], one["text"]): response(one) for one in templates}
    catalogue = Catalogue(Path(), {one.id: one for one in found.values()})
    return find.index(catalogue, Settings(Path()), "en")


def response(template: dict[str, Any]) -> Response:
    """A template as a response."""
    text = Text(template["text"])
    body = Body("en", "", 1, text)
    title = template["label"].replace("_", " ")
    return Response(template["key"], text.place(0, 0), (body,), ("chat",), {}, titles={"": title})


def place(searched: Index, draft: str, label: str) -> int:
    """The place that a template of this label came in, from 1; 0 where it is not among the first."""
    found = find.find(searched, draft, Wanted(limit=PLACES))
    labels = [one.response.id.rpartition("/")[2] for one in found]
    return labels.index(label) + 1 if label in labels else 0


if __name__ == "__main__":
    main()
