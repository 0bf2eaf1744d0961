"""What a trained pipeline says of a text, as plain data: kept while what spaCy made of it is freed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

ENTITIES = frozenset({"ENT_ID", "ENT_IOB", "ENT_KB_ID", "ENT_TYPE"})
"""Attributes that ask for the names in a text, which take half of a pipeline's time."""

PIECE = 2_000
"""Words that go through a pipeline together, for its memory grows with them: our own choice, some pages of prose."""

_STOP = re.compile(r"[.!?:;]")


@dataclass(frozen=True, slots=True)
class Analysis:
    """For each word its text and whether a space follows, and what the components said of it.

    `heads` are the numbers of the words that each hangs on, its own for the first of a sentence; `sentences` whether
    one begins there; None where no component said it. `entities` are (first, last + 1, type, knowledge base, own id).
    """

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str, ...]
    parts: tuple[str, ...]
    morphs: tuple[str, ...]
    lemmas: tuple[str, ...]
    relations: tuple[str, ...]
    heads: tuple[int, ...] | None
    sentences: tuple[bool, ...]
    entities: tuple[tuple[int, int, str, str, str], ...]

    def doc(self, vocab: Any) -> Any:
        """A Doc of spaCy that says the same."""
        from spacy.tokens import Doc, Span

        made = Doc(
            vocab,
            words=list(self.words),
            spaces=list(self.spaces),
            tags=list(self.tags),
            pos=list(self.parts),
            morphs=list(self.morphs),
            lemmas=list(self.lemmas),
            heads=list(self.heads) if self.heads is not None else None,
            deps=list(self.relations) if self.heads is not None else None,
            sent_starts=list(self.sentences) if self.heads is None else None,
        )
        if self.entities:
            spans = [
                Span(made, first, end, label=label, kb_id=base, span_id=own)
                for first, end, label, base, own in self.entities
            ]
            made.set_ents(spans)
        return made


def analysis(doc: Any) -> Analysis:
    """What the components of a pipeline said of a text."""
    return Analysis(
        tuple(token.text for token in doc),
        tuple(bool(token.whitespace_) for token in doc),
        tuple(token.tag_ for token in doc),
        tuple(token.pos_ for token in doc),
        tuple(str(token.morph) for token in doc),
        tuple(token.lemma_ for token in doc),
        tuple(token.dep_ for token in doc),
        tuple(token.head.i for token in doc) if doc.has_annotation("DEP") else None,
        tuple(bool(token.is_sent_start) for token in doc),
        tuple((span.start, span.end, span.label_, span.kb_id_, span.ent_id_) for span in doc.ents),
    )


def parted(doc: Any) -> Any:
    """The Doc, cut into words alone, with a sentence begun behind each blank line and each line that a mark ends."""
    for before, gap, after in zip(doc, doc[1:], doc[2:], strict=False):
        if gap.is_space and "\n" in gap.text and (gap.text.count("\n") > 1 or _STOP.fullmatch(before.text)):
            after.is_sent_start = True
    return doc


def pieces(doc: Any) -> Iterator[Any]:
    """The Doc, cut into words alone, in pieces of at most PIECE words, that end with a sentence where they can."""
    from spacy.tokens import Doc

    words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
    if len(words) <= PIECE:
        yield doc
        return
    at = 0
    while at < len(words):
        end = min(at + PIECE, len(words))
        if end < len(words):
            ends = (last for last in range(end, at + PIECE // 2, -1) if _ends(words[last - 1]))
            end = next(ends, end)
        yield Doc(doc.vocab, words=words[at:end], spaces=spaces[at:end])
        at = end


def _ends(word: str) -> bool:
    return "\n" in word or word in (".", "!", "?")


def joined(parts: Sequence[Analysis]) -> Analysis:
    """What was said of the pieces of a text, as of one text."""
    if len(parts) == 1:
        return parts[0]
    starts = [sum(len(part.words) for part in parts[:number]) for number in range(len(parts))]
    placed = list(zip(starts, parts, strict=True))
    parsed = all(part.heads is not None for part in parts)
    return Analysis(
        tuple(chain.from_iterable(part.words for part in parts)),
        tuple(chain.from_iterable(part.spaces for part in parts)),
        tuple(chain.from_iterable(part.tags for part in parts)),
        tuple(chain.from_iterable(part.parts for part in parts)),
        tuple(chain.from_iterable(part.morphs for part in parts)),
        tuple(chain.from_iterable(part.lemmas for part in parts)),
        tuple(chain.from_iterable(part.relations for part in parts)),
        tuple(at + head for at, part in placed for head in part.heads or ()) if parsed else None,
        tuple(chain.from_iterable(part.sentences for part in parts)),
        tuple((at + one[0], at + one[1], *one[2:]) for at, part in placed for one in part.entities),
    )
