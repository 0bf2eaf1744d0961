"""`python -m scripts.contextchanges --data DIR --general FILE`: which changes `engines/context` tells, and when.

DIR holds the corpora, FILE is the model of general English (`scripts.sphinx`). A model is learnt from nine tenths of
the passages, in stretches, so that what is read next is by other hands; half of the last tenth is text without errors,
and with one error at a time where a word of it is exchanged for one that is written for it, left out or put in
(`scripts.contextpairs`); from which gain on each is told is learnt of it (`scripts.contextgains`). Nothing is said of a
line that a pack calls good, nor of right texts of drafts (the starter catalogue, the open halves of `tests/unseen`)
and with `--clean` of the edited text of the evaluation sets by a pair of words: one that would is told from above its
gain there. The model that is shipped must be there: run `python -m scripts.contextmodel` first.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from math import ceil
from pathlib import Path

from cannedkit.engines.context import changes, classes, engine, model, scorer, tokens, weighing
from cannedkit.kit import Kit
from cannedkit.lint.packs import available, examples
from cannedkit.model.draft import Draft
from cannedkit.settings.places import without_file
from scripts import contextmodel, quality, unseen
from scripts.contextgains import GRID, SURER, table, tried
from scripts.contextpairs import by_letter, listed
from scripts.rows import read_rows

HELD_OUT, STRETCH = 10, 200
"""One of so many stretches of the text is left out of the model, and so many passages long is each."""

NEAR_MISSES: Mapping[str, Sequence[str]] = {
    "en": (
        "The €5.00 that Sam agreed with you is on your account.",
        "The refund that we talked about with you is on its way.",
        "The answer about your broken modem still comes by Friday at 5 pm.",
        "The engineer still comes by 14:00 today.",
        "A day of work gone, and it's our cable.",
        "An hour of your time gone, and it's our fault.",
        "It's with me now, and I'll text you by noon.",
        "The crew expects to have it fixed by 4. Latest: the page on outages.",
        "Kim can repair it for £30, or I can look for a used one.",
        "We packed the wrong lamp, and I'm sorry.",
        "At the desk, give them order number 48213.",
        "You're on Basic from May 4, at £9 a month.",
        "The part for your lamp leaves today.",
        "The driver will bring it by at about 5. Hold the lamp in brackets, and read what you expect by it.",
        "I could try a party venue. I will let the venue know.",
        "The rating of the inn is four. The old inn is full. We go in hour steps, and much more.",
        "The crew expects to have it fixed by 3pm today. Latest: https://help.example.com/status",
        "The part for your garden table leaves today and comes on Friday, at no cost.",
        "The part for your kettle leaves today and comes on Tuesday, May 14, at no cost.",
    ),
}
"""Language -> right sentences that look wrong from close by, beside those that packs call good."""

_HEAD = """# Changes that `context` weighs: the sort of the mistake, what is written, what is meant, the gains in nats
# from which on it is a suggestion, and a warning. Made by
# `python -m scripts.contextchanges`.
"""


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(), help="folder of the corpora")
    parser.add_argument("--general", type=Path, help="the model of general English that is mixed in")
    parser.add_argument("--language", default="en", choices=sorted(contextmodel.SOURCES))
    parser.add_argument("--to", type=Path, default=contextmodel.TARGET, help="the folder to write to")
    parser.add_argument("--quiet", action="store_true", help="take the table that is there, and only quiet it")
    parser.add_argument(
        "--clean", type=Path, help="folder of the evaluation sets, of whose edited text nothing is told"
    )
    options = parser.parse_args()
    edited = own_lines(options.language) + (clean_lines(options.clean, options.language) if options.clean else [])
    if options.quiet:
        path = contextmodel.TARGET / f"{options.language}.changes.tsv"
        write(options.to, options.language, changes.rows_of(path.read_text("utf-8")), edited)
        return
    kept, others = parted(list(contextmodel.read(options.data, options.language)))
    data = contextmodel.written(contextmodel.mixed(kept, options.general))
    known = model.read(memoryview(data))
    pairs = {**by_letter(kept, known.alone), **listed()}
    halves = [(data, classes.shipped(options.language), others[half::4], pairs) for half in (0, 1)]
    with ProcessPoolExecutor(2) as pool:
        rows = table(list(pool.map(tried, halves)), pairs, known.alone)
    print(f"{write(options.to, options.language, rows, edited)} of {len(pairs)} changes are worth telling")


def write(folder: Path, language: str, rows: Iterable[changes.Change], edited: Sequence[Draft] = ()) -> int:
    """Write the rows, so quiet that nothing is said of a good line and of edited text; how many are left."""
    read = model.read(memoryview((contextmodel.TARGET / f"{language}.ngrams").read_bytes()))
    kinds = classes.shipped(language)
    left = quiet(list(rows), read, good_lines(language), kinds)
    pairs = [row for row in left if row.written and row.meant and row.written[0].islower()]
    own = {row[:3] for row in pairs}
    left = sorted([*quiet(pairs, read, edited, kinds), *(row for row in left if row[:3] not in own)])
    (folder / f"{language}.changes.tsv").write_text(_HEAD + "".join(map(line, left)), "utf-8")
    return len(left)


def parted(passages: Sequence[str]) -> tuple[list[str], list[str]]:
    """The passages that a model is learnt from, and those that it is tried on."""
    kept: list[str] = []
    others: list[str] = []
    for number, one in enumerate(passages):
        (others if number // STRETCH % HELD_OUT == 3 else kept).append(one)
    return kept, others


# -- what is right --------------------------------------------------------------------------------


def quiet(
    rows: Sequence[changes.Change],
    known: model.Model,
    lines: Iterable[Draft],
    kinds: classes.Classes = classes.ANY,
) -> list[changes.Change]:
    """The rows, each told from so great a gain on that nothing is said of the lines."""
    rises = dict.fromkeys((row[:3] for row in rows), 0.0)
    readings = [scorer.read(known, tokens.tokens(line.text, known.knows, engine.shut(line))) for line in lines]
    while True:
        risen = [_risen(row, rises[row[:3]]) for row in rows]
        weighed = changes.table(row for row in risen if row.nats[0] < changes.NEVER)
        told = [hit for reading in readings for hit in weighing.hits(reading, weighed, kinds)]
        if not told:
            return [row for row in risen if row.nats[0] < changes.NEVER]
        for hit in told:
            pair = hit.candidate.change[:3]
            rises[pair] = max(rises[pair], ceil((hit.nats + 0.01) * 4) / 4)


def _risen(row: changes.Change, least: float) -> changes.Change:
    """A row that is told from `least` on, and warned of from as far above that as before; not at all over the grid."""
    first, second = row.nats
    if least <= first:
        return row
    if least > GRID[-1]:
        return row._replace(nats=(changes.NEVER, changes.NEVER))
    return row._replace(nats=(least, max(second, least + SURER[1])))


def good_lines(language: str) -> list[Draft]:
    """What the packs of a language say is good, and right sentences of our own."""
    packs = available(replace(without_file(Path("/")), locale=language)).packs
    lines = [one for pack in packs for tried in examples(pack).values() for one in tried.good]
    own = ((text, language) for text in NEAR_MISSES[language])
    locales = (*own, *((one.text, one.locale or language) for one in lines if not one.catalogue))
    return [Draft(text, locale) for text, locale in locales if locale.partition("-")[0] == language]


def clean_lines(data: Path, language: str) -> list[Draft]:
    """The text that editors have read of the evaluation sets."""
    rows = (row for name in quality.CLEAN[language] for row in read_rows(data / name))
    return [Draft(row["text"], row.get("locale") or language) for row in rows]


def own_lines(language: str) -> list[Draft]:
    """The right drafts that are ours: the starter catalogue as customers read it, the open halves of tests/unseen."""
    kit = Kit.load(Path(__file__).parents[1])
    replies = (one for id in kit.catalogue.responses for one in kit.renderings(id, locale=language))
    rows = (row for name in ("clean", "style", "talks") for row in unseen.rows_of(f"{name}_{language}", "open"))
    return [Draft(text, language) for text in sorted({one.text for one in replies} | {row["text"] for row in rows})]


def line(row: changes.Change) -> str:
    """A row as it stands in the file."""
    nats = (f"{each:g}" if each < changes.NEVER else "-" for each in row.nats)
    return "\t".join((row.sort, " ".join(row.written), " ".join(row.meant), *nats)) + "\n"


if __name__ == "__main__":
    main()
