"""How often real agents' texts break each rule: `python -m scripts.frequency --data DIR`.

What is printed is `cannedkit/lint/frequency.tsv`, which orders the advice of `cannedkit guide`. DIR holds the
evaluation sets. The drafts that agents of STAR typed by hand and the turns of Taskmaster-4 are read as chats in
English; only counts go into the table.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from cannedkit.kit import Kit
from cannedkit.text.segment import words
from scripts.rows import read_rows

DRAFTS = 10_000
"""Drafts of STAR that are read."""

HEADER = "# rule\tfindings in 100,000 words of real agents' texts (made by scripts/frequency.py)"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the evaluation sets")
    options = parser.parse_args()
    typed = [row["draft"] for row in read_rows(options.data / "star_drafts.jsonl.gz") if row["mode"] == "custom"]
    turns = [row["text"] for row in read_rows(options.data / "tm4_agent_turns.jsonl")]
    print(table([*typed[:DRAFTS], *turns], Kit.load(Path("/"))))


def table(texts: Iterable[str], kit: Kit) -> str:
    """Each rule of a pack that found something, in order, with its findings in 100,000 words."""
    packs = {pack.name for pack in kit.packs()}
    found: Counter[str] = Counter()
    count = 0
    for text in texts:
        count += len(words(text))
        found.update(one.rule for one in kit.lint(text, locale="en-US", channel="chat"))
    rows = (
        f"{rule}\t{often * 100_000 / count:.1f}" for rule, often in found.items() if rule.partition(".")[0] in packs
    )
    return "\n".join([HEADER, *sorted(rows)])


if __name__ == "__main__":
    main()
