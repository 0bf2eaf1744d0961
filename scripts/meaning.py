"""`python -m scripts.meaning FOLDER`: the vectors of `words/meaning.py`, made from clean sentences by the encoder.

FOLDER holds `chat_en.txt.gz`, `docs_en.txt.gz` and `docs_nl.txt.gz`, one passage a line (NOTICE says where they are
from). One sentence a passage is taken, by lot and always the same, if it is whole and no shipped pack finds anything
in it: real agents make the faults, too. Beside them stand the sentences of the starter catalogue, filled with typical
samples, and the good lines of the pack Meaning: what one of its rules calls good no other should flag. The
lines of these rules stand there once more, by their digests, and so do those of rules that know what a question asks
for. No text is shipped.
"""

from __future__ import annotations

import gzip
import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cannedkit import Kit
from cannedkit.catalogue.renderings import renderings
from cannedkit.kinds.known_facts import meant
from cannedkit.kinds.meaning import Options
from cannedkit.lint.packs import read_pack
from cannedkit.model.settings import Settings
from cannedkit.text.segment import sentences, words
from cannedkit.words.meaning import digest, rows_of
from cannedkit.words.sentences import LANGUAGES, Encode, layers

SENTENCES: Mapping[str, tuple[str, int]] = {
    "chat_en.txt.gz": ("en", 3_000),
    "docs_en.txt.gz": ("en", 1_500),
    "docs_nl.txt.gz": ("nl", 500),
}
"""File -> its language, and how many sentences are taken of it: most of what is linted is English, and chat."""

LEAST, MOST = 3, 40
"""Words of a sentence that is taken."""

WHOLE = re.compile(r"[A-Z](?!.* [.,;:!?]).*\w[.?!]")
"""A sentence that nothing was cut out of: from a capital to a stop, with no space before one."""

STYLE = "Meaning"
"""The pack whose good lines are clean for all: what one rule of style calls good no other should flag."""

TARGET = Path(__file__).parent.parent / "cannedkit" / "words" / "meaning.npz"
ROOT = Path(__file__).parent.parent

_BATCH = 64

Right = Callable[[str, str], bool]
"""A sentence and its language -> whether it is taken."""


def main(folder: Path) -> None:
    """Write the vectors."""
    encode = layers()
    if encode is None:
        sys.exit("the encoder is not installed: pip install 'cannedkit[semantic]'")
    right = silent()
    public = [
        one for name, (language, count) in SENTENCES.items() for one in taken(folder / name, language, count, right)
    ]
    tried = list(examples(ROOT / "rules"))
    lines = sorted({*(line for one in tried for line in (*one.bad, *one.good)), *asking(ROOT / "rules")})
    right_lines = sorted({line for one in examples(ROOT / "rules", STYLE) for line in one.good})
    replies = sorted({*starter(ROOT)} - {*right_lines})
    np.savez_compressed(
        TARGET,
        rows=rows([*public, *replies], encode),
        words=np.array([len(words(one)) for one in (*public, *replies, *right_lines)], np.uint8),
        public=np.array(len(public)),
        lines=rows(lines, encode),
        digests=np.frombuffer(b"".join(map(digest, lines)), np.uint8),
        right=np.searchsorted(lines, right_lines).astype(np.uint16),
    )
    own = len(replies) + len(right_lines)
    print(f"{len(public)} public and {own} own sentences, {len(lines)} lines: {TARGET.stat().st_size:,} bytes")


def silent() -> Right:
    """Says of a sentence in a language whether no pack finds anything in it, as an answer to an upset customer."""
    kits = {one: Kit(Settings(Path("/"), locale=one, engines={}, engines_named=True)) for one in ("en", "nl")}
    return lambda text, language: not kits[language].lint(text, mood="upset")


def taken(path: Path, language: str, count: int, right: Right) -> list[str]:
    """So many sentences of a file that are right, one a passage, in order."""
    passages = gzip.decompress(path.read_bytes()).decode().split("\n")
    lot = random.Random(1)  # noqa: S311 - nothing secret hangs on it
    found: dict[str, None] = {}
    while len(found) < count:
        passage = lot.choice(passages)
        fitting = (passage[start:end] for start, end in sentences(passage, language))
        whole = [one for one in fitting if LEAST <= len(words(one)) <= MOST and WHOLE.fullmatch(one)][:1]
        found.update({one: None for one in whole if one not in found and right(one, language)})
    return sorted(found)


def starter(root: Path) -> Iterator[str]:
    """The sentences of the replies of a catalogue in the languages of the encoder, filled with typical samples."""
    kit = Kit.load(root)
    for response in kit.catalogue.responses.values():
        for one in renderings(response, kit.settings):
            if one.samples == "typical" and one.locale.partition("-")[0] in LANGUAGES:
                yield from (one.text[start:end] for start, end in sentences(one.text, one.locale))


def examples(folder: Path, packs: str = "*") -> Iterator[Options]:
    """The options of the rules by example in some packs, their lines among them."""
    yield from _options(folder, "meaning", packs)


def asking(folder: Path) -> Iterator[str]:
    """The lines of the rules in some packs that tell by what it means what a question asks for."""
    for one in _options(folder, "known-facts"):
        if isinstance(one, meant.Options):
            yield from (*(line for lines in one.like.values() for line in lines), *one.near)


def _options(folder: Path, kind: str, packs: str = "*") -> Iterator[Any]:
    found = (read_pack(pack) for pack in sorted(path for path in folder.glob(packs) if path.is_dir()))
    return (rule.options for pack in found for rule in pack.rules if rule.kind == kind)


def rows(texts: Sequence[str], encode: Encode) -> np.ndarray[Any, Any]:
    """A row for each text."""
    return np.vstack([rows_of(texts[at : at + _BATCH], encode) for at in range(0, len(texts), _BATCH)])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
