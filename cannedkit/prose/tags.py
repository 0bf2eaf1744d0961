"""The parts of speech of English words as Vale 3.22 tags them for `sequence`: Penn's tags.

The averaged perceptron of github.com/jdkato/prose (MIT, Joseph Kato), after Matthew Honnibal's; `tagger.gz` is the
English model that it carries, every weight in thousandths. `python -m scripts.tagger EN.BIN` writes the file.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cannedkit.prose.words import FACES

_TRACE = re.compile(r"(?:0|\*\w?\*|\*-[0-9]{1,3}|\*[A-Z]+\*-[0-9]{1,3}|\*)\Z", re.ASCII)
_BRACKET = re.compile(r"-[A-Z]{3}-\Z")
_YEAR = re.compile(r"[+-]?[0-9]+\Z")
UNIVERSAL: Mapping[str, str] = {
    "ADJ": "JJ JJR JJS",
    "ADP": "IN RP",
    "ADV": "RB RBR RBS WRB",
    "AUX": "MD VB VBD VBG VBN VBP VBZ",
    "CCONJ": "CC",
    "DET": "DT PDT WDT WP$",
    "INTJ": "UH",
    "NOUN": "NN NNS",
    "NUM": "CD",
    "PART": "TO RP POS",
    "PRON": "PRP PRP$ WP EX",
    "PROPN": "NNP NNPS",
    "PUNCT": ". , : '' `` -LRB- -RRB- ( )",
    "SCONJ": "IN WRB",
    "SYM": "SYM $ #",
    "VERB": "VB VBD VBG VBN VBP VBZ",
    "X": "FW LS",
}
"""Universal part of speech -> the tags of Penn that it goes by (Vale 3.22, internal/check/upos.go)."""

_NARROWED: Mapping[str, frozenset[str]] = {
    "AUX": frozenset(
        "am is are was were be been being have has had having do does did doing will would shall should can could may "
        "might must ought 's 're 'm 've 'll 'd".split()
    ),
    "SCONJ": frozenset(
        "after although as because before even if since so than that though unless until when whenever where whereas "
        "wherever whether while why how".split()
    ),
}
"""Universal parts of speech that Penn does not know apart -> the words that they are (as above)."""

_STARTS, _ENDS = (b"-START-", b"-START2-"), (b"-END-", b"-END2-")


@dataclass(frozen=True, slots=True)
class Model:
    """`classes` are the tags; `sure` has words of one tag alone; `weights` what a feature says of tags, as written."""

    classes: tuple[str, ...]
    sure: Mapping[bytes, str]
    weights: Mapping[bytes, bytes]


@lru_cache(maxsize=64)
def tags(words: tuple[str, ...]) -> tuple[str, ...]:
    """The tag of each word of one sentence; words are those of `tokens`."""
    model = _model()
    context = [*_STARTS, *(_normal(word) for word in words), *_ENDS]
    found: list[str] = []
    before, earlier = _STARTS
    for index, word in enumerate(words):
        tag = (
            _fixed(word) or model.sure.get(word.encode()) or _guessed(model, context, index + 2, word, before, earlier)
        )
        found.append(tag)
        before, earlier = tag.encode(), before
    return tuple(found)


def universal(tag: str, word: str) -> frozenset[str]:
    """The universal parts of speech that a tagged word may be."""
    return frozenset(name for name in _by_tag().get(tag, ()) if name not in _NARROWED or word in _NARROWED[name])


@lru_cache(maxsize=1)
def _by_tag() -> Mapping[str, tuple[str, ...]]:
    known = {tag for listed in UNIVERSAL.values() for tag in listed.split()}
    return {tag: tuple(name for name, listed in UNIVERSAL.items() if tag in listed.split()) for tag in known}


@lru_cache(maxsize=1)
def _model() -> Model:
    from importlib import resources

    lines = gzip.decompress(resources.files(__package__).joinpath("tagger.gz").read_bytes()).split(b"\n")
    classes = tuple(lines[0].decode().split(" "))
    sure = (entry.rpartition(b" ") for entry in lines[1].split(b"\t"))
    pairs = (line.partition(b"\t") for line in lines[2:])
    return Model(
        classes,
        {word: classes[int(number)] for word, _, number in sure},
        {feature: weights for feature, _, weights in pairs},
    )


def _fixed(word: str) -> str:
    """The tag of what the model was not trained on; "" for a word."""
    if word == "-":
        return "-"
    if word in FACES:
        return "SYM"
    if word.startswith("@"):
        return "NN"
    if _TRACE.match(word):
        return "-NONE-"
    return word if _BRACKET.match(word) else ""


def _normal(word: str) -> bytes:
    """A word as the model knows it: in small letters, with one name for all years, for all numbers, for hyphens."""
    if not word.startswith("-") and "-" in word:
        return b"!HYPHEN"
    if len(word.encode()) == 4 and _YEAR.match(word):
        return b"!YEAR"
    return b"!DIGITS" if "0" <= word[:1] <= "9" else word.lower().encode()


def _guessed(model: Model, context: Sequence[bytes], at: int, word: str, before: bytes, earlier: bytes) -> str:
    """The tag with the most weight; the first of those with as much."""
    scores = [0] * len(model.classes)
    for feature in _features(context, at, word.encode(), before, earlier):
        for pair in model.weights.get(feature, b"").split():
            number, _, weight = pair.partition(b":")
            scores[int(number)] += int(weight)
    return model.classes[scores.index(max(scores))]


def _features(context: Sequence[bytes], at: int, word: bytes, before: bytes, earlier: bytes) -> Iterator[bytes]:
    """What the model looks at; letters at the ends of a word are bytes of UTF-8, as it was trained."""
    yield b"bias"
    yield b"i suffix " + word[-3:]
    yield b"i pref1 " + word[:1]
    yield b"i-1 tag " + before
    yield b"i-2 tag " + earlier
    yield b"i tag+i-2 tag " + before + b" " + earlier
    yield b"i word " + context[at]
    yield b"i-1 tag+i word " + before + b" " + context[at]
    yield b"i-1 word " + context[at - 1]
    yield b"i-1 suffix " + context[at - 1][-3:]
    yield b"i-2 word " + context[at - 2]
    yield b"i+1 word " + context[at + 1]
    yield b"i+1 suffix " + context[at + 1][-3:]
    yield b"i+2 word " + context[at + 2]
