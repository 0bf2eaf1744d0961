"""What may be written for what in English drafts: the changes that `scripts.contextchanges` weighs, each in a group.

The word lists of `words/`, the words that one letter makes of another, forms of words, and what is put in and taken
out. A group is what thresholds and counts of `scripts.contextgains` are named by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from cannedkit.engines.context import changes
from cannedkit.engines.context.proposals import slips
from cannedkit.words import exchanged
from scripts import contextmodel

FREQUENT = 150
"""Times that what is meant must stand in the text where one letter makes another word of it."""

KNOWN = -14.0
"""Nats of the other word alone: once in a million words."""

PUT_IN: Mapping[str, Mapping[str, float]] = {
    "Article": {"a": 5, "the": 6},
    "MissingWord": {
        **dict.fromkeys("to be get had".split(), 5.5),
        **dict.fromkeys("of are is me at us than can could should".split(), 5),
        **dict.fromkeys("for it you with as am was will do".split(), 4.5),
        **dict.fromkeys("have has we".split(), 4),
        **dict.fromkeys("in by from if i they".split(), 6),
        **dict.fromkeys("on your their".split(), 6.5),
        "been": 7.5,
    },
}
"""Sort -> what may be missing, and the nats below which it is never told: the corpora are no drafts. From these on at
most one is told in vain in 15,000 words of the starter catalogue, the open halves of tests/unseen and government prose.
"""

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

Alone = Callable[[str], float]
"""How likely a word is by itself (nats)."""


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
    for sort, missing in PUT_IN.items():
        found |= {(sort, (), (word,)): f"{sort} put in" for word in missing}
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
        for written in sorted(slips(meant))
        if len(written) > 1 and alone(written) > KNOWN and not _are_forms(written, meant)
    }


def _are_forms(one: str, other: str) -> bool:
    """Whether two words are forms of one: that is no slip of a finger."""
    return any(word == other for _, _, word in changes.forms(one)) or {one, other} in (
        {f"{short}{end}", short} for short in (one, other) for end in ("s", "d", "'s")
    )
