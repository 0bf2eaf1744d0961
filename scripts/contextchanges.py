"""`python -m scripts.contextchanges --data DIR --general FILE`: which changes `engines/context` tells, and when.

DIR holds the corpora, FILE is the model of general English (`scripts.sphinx`). A model is learnt from nine tenths of
the passages, in stretches, so that what is read next is by other hands; half of the last tenth is text without errors,
and with one error at a time where a word of it is exchanged for one that is written for it, left out or put in. For
each change that is three curves over the gain: how often text without errors reaches it (alarms), how often text with
this error does (found), and how often the error is made (`RATES`; the rarer a word the oftener it is mistaken, so the
errors of a sort are shared out by the roots of how often their words stand there). A change is told from the lowest
gain on at which the share of errors among all that is told is at least that of `SHARES`: the loss is that an alarm
costs as much as SHARE / (1 - SHARE) found errors please. What is known of rare words is little, so each change borrows
from all of its sort (`BORROWED`). Drafts are not what the model read, so each group of changes has a least gain, too
(`LEAST`), and nothing is said of a line that a pack calls good, nor with `--clean` of the edited text of the evaluation
sets: a pair of words that would is told from above its gain there. The model that is shipped must be there: run
`python -m scripts.contextmodel` first.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from math import ceil, sqrt
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cannedkit.engines.context import changes, classes, engine, model, scorer, tokens, weighing
from cannedkit.lint.packs import available, examples
from cannedkit.model.draft import Draft
from cannedkit.model.settings import Settings
from cannedkit.words import exchanged
from scripts import contextmodel, quality
from scripts.rows import read_rows

SHARES = (0.1, 0.9)
"""Share of errors among what is told as a suggestion, and as a warning, where the corpora are right about drafts."""

RATES: Mapping[str, float] = {
    "Confusion": 1.0,
    "Typo": 0.3,
    "Homophone": 0.1,
    "Letter": 0.1,
    "Agreement": 0.9,
    "VerbForm": 0.7,
    "Preposition": 0.6,
    "Article": 2.5,
    "MissingWord": 0.5,
    "SplitWord": 0.2,
}
"""Sort -> errors in 1,000 words of support drafts; our own guess, in the proportions of the sets in docs/quality.md.

"Homophone" and "Letter" are the changes that a script made, and slips of words that our texts seldom have, of the sorts
Confusion and Typo.
"""

BORROWED = 300
"""Places of its whole sort that are added to those of a change."""

HELD_OUT, STRETCH = 10, 200
"""One of so many stretches of the text is left out of the model, and so many passages long is each."""

COMMON = -10.0
"""Nats of a word alone from which on enough is known of where it stands. For each nat that one that is no mere slip is
rarer a change of it must gain `RARER` more: in other text it may stand more often."""

RARER = 0.5
"""Nats for a nat; our own choice."""

LEAST: Mapping[str, float] = {
    "Confusion": 4,
    "Homophone": 5.5,
    "Typo": 7,
    "Letter": 11,
    "Agreement": 7,
    "VerbForm": 3,
    "SplitWord": 2.5,
    "Preposition": 6.75,
    "Preposition taken out": 11,
    "Article put in": 7.25,
    "MissingWord put in": 7.5,
    "Agreement of verbs": 9,
    "Agreement of nouns": 11,
    "VerbForm behind": 3,
}
"""Group of changes -> nats below which none of it is told: the corpora are no drafts, so these are set by edited prose
of others, by marked errors and by the open halves of tests/unseen (docs/quality.md)."""

UNSURE = frozenset({"Article", "MissingWord", "Preposition", "Typo"})
"""Sorts that are never a warning: on drafts by others fewer than nine of ten were right."""

SURER = (0, 4.0)
"""Nats over these that a suggestion and a warning need."""

FOUND = 0.05
"""Share of errors that a change must find to be worth its row."""

LISTED = {"Confusion": 8.0, "Typo": 10.0}
"""Sort -> nats from which on a pair of a list is a suggestion though the corpora do not bear it out: what is written is
too rare in them, or too frequent for what others of its sort do; our own choice."""

FREQUENT = 150
"""Times that what is meant must stand in the text where one letter makes another word of it."""

KNOWN = -14.0
"""Nats of the other word alone: once in a million words."""

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

PUT_IN: Mapping[str, Sequence[str]] = {
    "Article": ("a", "the"),
    "MissingWord": tuple("to of is are be been have has it you i me for in on at with from by as your if".split()),
}
TAKEN_OUT: Mapping[str, Sequence[str]] = {
    "Preposition": tuple("to of for in on at with about from by".split()),
}
CLASSES: Mapping[str, Sequence[tuple[str, str]]] = {
    "Agreement of verbs": (("BASE", "THIRD"), ("THIRD", "BASE")),
    "Agreement of nouns": (("SINGULAR", "PLURAL"), ("PLURAL", "SINGULAR")),
    "VerbForm behind": (
        *((f"HAVE {form}", "HAVE PARTICIPLE") for form in ("BASE", "THIRD", "PAST", "ING")),
        *((f"BE {form}", "BE PARTICIPLE") for form in ("BASE", "THIRD", "PAST")),
        ("BE BASE", "BE ING"),
        *((f"DO {form}", "DO BASE") for form in ("THIRD", "PAST", "PARTICIPLE")),
    ),
}
"""Group of changes -> the classes of what is written and of what is meant."""

_WORDS = Path(changes.__file__).parent.parent.parent / "words"
_GRID = np.arange(2, 16.01, 0.25)
_HEAD = """# Changes that `context` weighs: the sort of the mistake, what is written, what is meant, the gains in nats
# from which on it is a suggestion, and a warning. Made by
# `python -m scripts.contextchanges`.
"""

Alone = Callable[[str], float]
"""How likely a word is by itself (nats)."""

Counts = np.ndarray[Any, np.dtype[np.float64]]


class Seen(NamedTuple):
    """Gains of a change on text without errors, and on text with this error."""

    alarms: list[float]
    found: list[float]


@dataclass
class Pass:
    """What was read: words, words where all that may be missing was tried, and the gains of each change."""

    words: int = 0
    tried: int = 0
    seen: dict[changes.Pair, Seen] = field(default_factory=lambda: defaultdict(lambda: Seen([], [])))


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
    edited = clean_lines(options.clean, options.language) if options.clean else []
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


# -- what may be meant ----------------------------------------------------------------------------


def listed() -> dict[changes.Pair, str]:
    """The changes of the word lists, of classes, and of words put in and taken out -> the group that they belong to."""
    found: dict[changes.Pair, str] = {}
    for name, group in (("homophones", "Homophone"), ("slips", "Letter"), ("confusion", "")):
        for line in (_WORDS / f"{name}.en.tsv").read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                sort, words = line.split("\t")
                found |= {(sort, *pair): group or sort for pair in exchanged.pairs(words)}
    for group, forms in CLASSES.items():
        sort = group.partition(" ")[0]
        found |= {(sort, tuple(one.split()), tuple(other.split())): group for one, other in forms}
    for sort, words_ in PUT_IN.items():
        found |= {(sort, (), (word,)): f"{sort} put in" for word in words_}
    for sort, words_ in TAKEN_OUT.items():
        found |= {(sort, (word,), ()): f"{sort} taken out" for word in words_}
    return found


def by_letter(passages: Iterable[str], alone: Alone) -> dict[changes.Pair, str]:
    """Words that are one letter (or two in the wrong order) from a word that is frequent in the text."""
    counts = Counter(word for line in passages for word in contextmodel.WORD.findall(line) if word.islower())
    frequent = sorted(word for word, count in counts.items() if count >= FREQUENT and len(word) > 2)
    return {
        ("Typo", (written,), (meant,)): "Letter"
        for meant in frequent
        for written in sorted(edits(meant))
        if len(written) > 1 and alone(written) > KNOWN and not _are_forms(written, meant)
    }


def edits(word: str) -> set[str]:
    """The words that one slip of a finger makes of `word`: a letter less, more, another, or two exchanged."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return (
        {a + b[1:] for a, b in cuts if b}
        | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
        | {a + c + b[1:] for a, b in cuts if b for c in letters}
        | {a + c + b for a, b in cuts for c in letters}
    ) - {word}


def _are_forms(one: str, other: str) -> bool:
    """Whether two words are forms of one: that is no slip of a finger."""
    return any(word == other for _, _, word in changes.forms(one)) or {one, other} in (
        {f"{short}{end}", short} for short in (one, other) for end in ("s", "d", "'s")
    )


# -- what text says of them -----------------------------------------------------------------------


def tried(job: tuple[bytes, classes.Classes, Sequence[str], Mapping[changes.Pair, str]]) -> Pass:
    """The gains of all changes, both ways, on the passages."""
    data, kinds, passages, pairs = job
    known = model.read(memoryview(data))
    both = {**{(f"-{sort}", meant, written): "" for sort, written, meant in pairs}, **pairs}
    weighed = changes.table(changes.Change(*pair, (0.0, 0.0)) for pair in both)
    seen = Pass()
    for number, passage in enumerate(passages):
        reading = scorer.read(known, tokens.tokens(passage, known.knows))
        grammar = classes.read(kinds, reading.tokens)
        _tried(reading, grammar, weighed, seen, everywhere=number % 8 == 0)
    seen.seen = dict(seen.seen)
    return seen


def _tried(
    reading: scorer.Reading, grammar: classes.Grammar, weighed: changes.Changes, seen: Pass, *, everywhere: bool
) -> None:
    known = reading.model
    for at in range(1, len(reading.tokens) - 1):
        seen.words += bool(reading.tokens[at].word)
        seen.tried += everywhere and bool(reading.tokens[at].word)
        there = reading.tokens[at].open and reading.tokens[at - 1].open
        put_in = changes.missing(weighed.put_in, reading.tokens, at) if everywhere and there else ()
        for start, end, meant, change in (*changes.candidates(weighed, reading.tokens, at), *put_in):
            nats = weighing.gain(reading, grammar, start, end, meant)
            if change.sort.startswith("-"):
                seen.seen[change.sort[1:], change.meant, change.written].found.append(-nats)
            elif all(map(known.knows, meant)):
                seen.seen[change[:3]].alarms.append(nats)


# -- from which gain on ---------------------------------------------------------------------------


def table(
    passes: Sequence[Pass], pairs: Mapping[changes.Pair, str], alone: Alone = lambda word: COMMON
) -> list[changes.Change]:
    """The rows of the changes that are worth telling; `alone` says how frequent a word is."""
    words, tried_words = sum(one.words for one in passes), sum(one.tried for one in passes)
    seen = {pair: Seen([], []) for pair in pairs}
    for one in passes:
        for pair, (alarms, found) in one.seen.items():
            seen[pair].alarms.extend(alarms)
            seen[pair].found.extend(found)
    groups = defaultdict(list)
    for pair, group in pairs.items():
        groups[group].append(pair)
    totals = dict.fromkeys(RATES, 0.0)
    for pair, group in pairs.items():
        totals[group if group in RATES else pair[0]] += sqrt(len(seen[pair].found))
    rows: list[changes.Change] = []
    for members in groups.values():
        over = np.array([_over(seen[pair].alarms) for pair in members]).sum(0)
        places = sum(len(seen[pair].alarms) for pair in members)
        for pair in members:
            sort = pairs[pair] if pairs[pair] in RATES else pair[0]
            alarms, found = seen[pair]
            share = len(alarms) / (len(alarms) + BORROWED) if alarms else 0
            expected = share * _over(alarms) + (1 - share) * len(alarms) * over / max(places, 1)
            read = words if pair[1] else tried_words
            made = RATES[sort] * sqrt(len(found)) / max(totals[sort], 1) if pair[2] else RATES[sort] / 20
            may_be_meant = bool(pair[1]) and pair[1][0].islower() and (pair[0], pair[2], pair[1]) in pairs
            rare = max(0.0, COMMON - max(alone(pair[1][0]), KNOWN)) if may_be_meant else 0.0
            least = LEAST[pairs[pair]] + RARER * rare
            row = _row(pair, expected * 1000 / read, made * _over(found) / max(len(found), 1), least)
            if not row and pairs[pair] in LISTED and not any(nats >= LISTED[pair[0]] for nats in alarms):
                row = [changes.Change(*pair, (LISTED[pair[0]], changes.NEVER))]
            rows += row
    return sorted(rows)


def _over(gains: Sequence[float]) -> Counts:
    """How many gains are at least each of the grid."""
    return len(gains) - np.searchsorted(np.sort(gains), _GRID).astype(float)


def _row(pair: changes.Pair, alarms: Counts, found: Counts, least: float) -> list[changes.Change]:
    """The row of a change; [] where it is not worth one. `alarms` and `found` are counts in 1,000 words.

    What the text says nothing of is told from `least` on, and is never a warning.
    """
    if not found[0] and not alarms[0] and pair[1] and pair[2]:
        return [changes.Change(*pair, (least, changes.NEVER))]
    shares = found / (found + alarms + 1e-9)
    nats = []
    for share, surer in zip(SHARES, SURER, strict=True):
        good = (shares >= share) & (found >= FOUND * found[0]) & (least + surer <= _GRID) & (found > 0)
        nats.append(float(_GRID[np.argmax(good)]) if good.any() else changes.NEVER)
    if pair[0] in UNSURE:
        nats[1] = changes.NEVER
    return [changes.Change(*pair, (nats[0], nats[1]))] if nats[0] < changes.NEVER else []


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
    if least > _GRID[-1]:
        return row._replace(nats=(changes.NEVER, changes.NEVER))
    return row._replace(nats=(least, max(second, least + SURER[1])))


def good_lines(language: str) -> list[Draft]:
    """What the packs of a language say is good, and right sentences of our own."""
    packs = available(Settings(Path("/"), locale=language)).packs
    lines = [one for pack in packs for tried in examples(pack).values() for one in tried.good]
    own = ((text, language) for text in NEAR_MISSES[language])
    locales = (*own, *((one.text, one.locale or language) for one in lines if not one.catalogue))
    return [Draft(text, locale) for text, locale in locales if locale.partition("-")[0] == language]


def clean_lines(data: Path, language: str) -> list[Draft]:
    """The text that editors have read of the evaluation sets."""
    rows = (row for name in quality.CLEAN[language] for row in read_rows(data / name))
    return [Draft(row["text"], row.get("locale") or language) for row in rows]


def line(row: changes.Change) -> str:
    """A row as it stands in the file."""
    nats = (f"{each:g}" if each < changes.NEVER else "-" for each in row.nats)
    return "\t".join((row.sort, " ".join(row.written), " ".join(row.meant), *nats)) + "\n"


if __name__ == "__main__":
    main()
