"""`python -m scripts.contextdeep --data DIR --corpora DIR`: what the scorer `neural` of `engines/context` tells.

Needs the extra `deep`. Its model reads two kinds of text: text without errors (passages of the corpora, and support
messages) and text with one error each (support messages with a marked one, and passages in which a change of the word
lists was made backwards). For each group of changes that gives two curves over the gain: alarms in 1,000 words, and
errors found. A change is told from the gain on at which the errors found, `RATE` of them in 1,000 words, less `COST`
for each alarm are most: that is the loss. It is a warning from where `SURE` of what is told were right. The margins are
the greatest that lose none of these. What was measured is kept in --measured: without --data the table alone is learnt
anew, in a second.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp, inf
from pathlib import Path
from typing import Any, NamedTuple

from cannedkit.engines.context import causal, changes, deep, engine, model, scorer, tokens, weighing
from cannedkit.engines.context.edits import edit
from cannedkit.engines.context.proposals import GROUPS, proposals
from cannedkit.model.draft import Draft
from cannedkit.text.segment import words
from cannedkit.words.exchanged import exchanged
from scripts import contextmodel
from scripts.rows import read_rows

SEED = 15
"""Of the passages that are chosen, and of the errors that are made in them."""

PASSAGES, MADE = 250, 260
"""Passages that are read as they are, and with an error each."""

HELD_OUT = 20
"""One of so many passages may be read."""

RATE = 6.0
"""Errors in 1,000 words of drafts, as `scripts.contextchanges` takes them."""

COST = 0.25
"""Errors found that an alarm costs."""

MADE_COUNTS = 0.2
"""What an error that was made counts beside one that somebody wrote."""

UNSEEN, DECAY = 1.0, 1.5
"""Alarms of a group that the texts do not show, and the nats in which they fall to a third."""

SURE = 0.9
"""Share of right ones among what is told as a warning."""

SLACK, FEW = 0.5, 6.0
"""Nats by which the margins stay below what was seen, and by how many more where one right change was seen."""

WIDE = deep.Row(0.0, -6.0, 0.0, inf)
WIDE_PUT_IN = deep.Row(1.5, -4.0, 0.0, inf)
WIDER = deep.Row(-3.0, -6.0, 0.0, inf)
WIDEST = deep.Row(-99.0, -99.0, 0.0, inf)
"""What is measured: wider than what is told."""

BESIDE = 12
"""Characters from an error within which another change says the same of it, and is no alarm."""

GRID = [step / 4 for step in range(2, 81)]

_HEAD = """# What the scorer neural tells: the group of changes, in nats the margins of the first token and of the small
# model, and the gains from which on a change is a suggestion, and a warning. Made by `python -m scripts.contextdeep`.
"""


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of the evaluation sets")
    parser.add_argument("--corpora", type=Path, help="folder of the corpora")
    parser.add_argument("--measured", type=Path, default=Path("build/contextdeep.jsonl"), help="what was measured")
    parser.add_argument("--to", type=Path, default=contextmodel.TARGET, help="the folder to write to")
    options = parser.parse_args()
    if options.data and options.corpora:
        options.measured.parent.mkdir(parents=True, exist_ok=True)
        with options.measured.open("w", encoding="utf-8") as file:
            for row in measured(texts(options.data, options.corpora)):
                file.write(json.dumps(row) + "\n")
    rows = table(list(read_rows(options.measured)))
    lines = ("\t".join((group, *(_shown(each) for each in rows[group]))) for group in sorted(rows))
    (options.to / "en.deep.tsv").write_text(_HEAD + "".join(f"{line}\n" for line in lines), "utf-8")


def _shown(nats: float) -> str:
    return "-" if nats == inf else f"{nats:g}"


# -- what is read ---------------------------------------------------------------------------------


def texts(data: Path, corpora: Path) -> Iterator[dict[str, Any]]:
    """The texts: with an error (`start`, `end`, `fixes`) or without; `counts` is what its error counts."""
    yield from ({**row, "counts": 1.0} for row in read_rows(data / "support/errors_en.jsonl"))
    yield from read_rows(data / "support/clean_en.jsonl")
    lots = random.Random(SEED)  # noqa: S311 - nothing is hidden
    held = [line for number, line in enumerate(contextmodel.read(corpora, "en")) if number % HELD_OUT == 3]
    chosen = lots.sample([line for line in held if 8 <= len(line.split()) <= 45], PASSAGES + MADE)
    yield from ({"text": line, "locale": "en-US"} for line in chosen[:PASSAGES])
    yield from filter(None, (spoilt(line, lots) for line in chosen[PASSAGES:]))


def spoilt(text: str, lots: random.Random) -> dict[str, Any] | None:
    """A text with one change of the lists, or of a letter, made backwards, and what mends it; None without any."""
    known = _model()
    there = tokens.tokens(text, known.knows)
    ways = defaultdict(list)
    for at in range(1, len(there) - 1):
        for row in exchanged("en", ("confusion", "little")) if there[at].open else ():
            written, meant = (tuple(word.lower() for word in side) for side in (row.written, row.meant))
            if meant == tuple(one.word for one in there[at : at + len(meant)]):
                ways[row.sort, bool(written), bool(meant)].append((at, written, meant))
        for group, candidate in proposals(there, at, known.alone):
            if group == "Letter":
                ways[group, True, True].append((at, candidate.meant, candidate.change.written))
    if not ways:
        return None
    at, written, meant = lots.choice(ways[lots.choice(sorted(ways))])
    change = changes.Change("", meant, written, (0.0, 0.0))
    made = edit(Draft(text, "en-US"), there, changes.Candidate(at, at + len(meant), written, change))
    return {
        "text": text[: made.start] + made.fix + text[made.end :],
        "start": made.start,
        "end": made.start + len(made.fix),
        "fixes": [text[made.start : made.end]],
        "locale": "en-US",
        "counts": MADE_COUNTS,
    }


# -- what its model says --------------------------------------------------------------------------


def measured(texts: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Of each text its words, what its error counts, and each change that was read: `changes`."""
    known, weighed = _model(), changes.shipped("en")
    big = causal.open_model(None)
    wide = {group: WIDE_PUT_IN if group.endswith("put in") else WIDE for group in GROUPS}
    wide |= {"Agreement exchanged": WIDER, "Confusion": WIDER, deep.TOLD: WIDEST}
    for row in texts:
        draft = Draft(row["text"], row.get("locale") or "en-US")
        read = scorer.read(known, tokens.tokens(draft.text, known.knows, engine.shut(draft)))
        told = list(weighing.hits(read, weighed))
        mended = {applied(row["text"], row["start"], row["end"], fix) for fix in row.get("fixes", ())}
        found = []
        stretches = deep.each_stretch(draft, read, told)
        for looked, one in ((each, one) for each in stretches for one in deep.weighed(big, each, read, wide)):
            first, last = (looked.start + at for at in one.candidate[:2])
            change = edit(draft, read.tokens, one.candidate._replace(start=first, end=last))
            right = applied(draft.text, *change) in mended
            near = bool(mended) and change.start <= row["end"] + BESIDE and row["start"] - BESIDE <= change.end
            found.append([one.group, one.first, one.gain, one.small, right, near, first])
        yield {"words": len(words(draft.text)), "counts": row.get("counts", 0.0), "changes": found}


def _model() -> model.Model:
    known = model.shipped("en")
    if known is None:
        raise SystemExit("run `python -m scripts.contextmodel` first")
    return known


def applied(text: str, start: int, end: int, fix: str) -> str:
    """A text with a stretch replaced."""
    return text[:start] + fix + text[end:]


# -- what is told ---------------------------------------------------------------------------------


class Seen(NamedTuple):
    """Of a group: the gains, and what they count, of right changes; the gains of alarms; the margins of right ones."""

    right: list[tuple[float, float, float, float]]
    alarms: list[float]


def table(rows: Sequence[Mapping[str, Any]]) -> dict[str, deep.Row]:
    """The rows of the groups that are worth telling."""
    seen: dict[str, Seen] = defaultdict(lambda: Seen([], []))
    count = sum(row["words"] for row in rows) / 1000
    errors = sum(row["counts"] for row in rows)
    for row in rows:
        alarms: dict[tuple[str, int], float] = {}
        for group, first, gain, small, right, near, at in row["changes"]:
            nats = deep.score(gain, small)
            if right:
                seen[group].right.append((nats, row["counts"], first, small))
            elif not near:
                alarms[group, at] = max(nats, alarms.get((group, at), nats))
        for (group, _), nats in alarms.items():
            seen[group].alarms.append(nats)
    found = ((group, _row(one, RATE / errors, count)) for group, one in sorted(seen.items()))
    return {group: row for group, row in found if row}


def _row(seen: Seen, rate: float, count: float) -> deep.Row | None:
    """The row of a group; None where telling it costs more than it brings. `rate` is what an error counts."""

    def brings(least: float) -> tuple[float, float]:
        right = rate * sum(counts for nats, counts, *_ in seen.right if nats >= least)
        alarms = (sum(nats >= least for nats in seen.alarms) + UNSEEN * exp(-least / DECAY)) / count
        return right, alarms

    least = max(GRID, key=lambda each: (brings(each)[0] - COST * brings(each)[1], -each))
    right, alarms = brings(least)
    if right <= COST * alarms:
        return None
    sure = next((each for each in GRID if each >= least and brings(each)[0] >= SURE * sum(brings(each))), inf)
    told = [(first, small) for nats, _, first, small in seen.right if nats >= least]
    slack = SLACK + FEW / len(told)
    first, small = (round(min(side) - slack, 1) for side in zip(*told, strict=True))
    return deep.Row(first, small, least, sure)


if __name__ == "__main__":
    main()
