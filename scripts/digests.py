"""What is found in each evaluation set, as a digest: `python -m scripts.digests --data DIR [--every N] [--engines]`.

For a change that may alter nothing but the time that a lint takes: run on both sides of it, and compare what is
printed. Every row's texts are read in the set's language; of a set of words alone, the words.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from cannedkit.kit import Kit
from cannedkit.lint.linter import Linter
from cannedkit.model.draft import Draft
from scripts.rows import read_rows

TEXTS = ("text", "draft", "sent", "user", "fixed", "wrong", "phrase")
"""The fields of a row that hold a text."""

CHANNELS = ("chat", "email", "sms")
"""Channels that the texts of a set go out on, in turn."""


def main() -> None:
    """Print a line for each set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the evaluation sets")
    parser.add_argument("--every", type=int, default=1, help="read one row in so many")
    parser.add_argument("--engines", action="store_true", help="the engines read, too")
    options = parser.parse_args()
    kit = Kit.load(Path("/"), with_engines=options.engines)
    for path in sets(options.data):
        rows = islice(read_rows(path), 0, None, options.every)
        count, found = digest(kit.linter, drafts(texts(path, rows)))
        print(f"{path.name:32} {count:7,} {found}", flush=True)


def sets(data: Path) -> list[Path]:
    """The files of rows below a folder."""
    return sorted(path for path in data.rglob("*.jsonl*") if path.suffix in (".jsonl", ".gz"))


def texts(path: Path, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The texts of a set, and the locale that each is read in."""
    named = next((one for one in ("nl", "th", "te") if f"_{one}" in path.stem), "en")
    for row in rows:
        locale = row.get("locale") or row.get("lang") or named
        yield from ((row[field], locale) for field in TEXTS if isinstance(row.get(field), str))


def drafts(given: Iterable[tuple[str, str]]) -> Iterator[Draft]:
    """A draft of each text in its locale, on the channels in turn, every fifth to a customer who is upset."""
    for number, (text, locale) in enumerate(given):
        yield Draft(text, locale, CHANNELS[number % 3], "upset" if number % 5 == 0 else "neutral")


def digest(linter: Callable[[str], Linter], given: Iterable[Draft]) -> tuple[int, str]:
    """How many findings the linters of locales have in some drafts, and a digest of them all and of what failed."""
    made, count = sha256(), 0
    for draft in given:
        results = linter(draft.locale).results(draft)
        count += len(results[0])
        made.update(repr(results).encode("utf-8", "backslashreplace"))
    return count, made.hexdigest()[:16]


if __name__ == "__main__":
    main()
