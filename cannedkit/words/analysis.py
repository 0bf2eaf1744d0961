"""What a trained pipeline says of a text, as plain data: kept while what spaCy made of it is freed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

ENTITIES = frozenset({"ENT_ID", "ENT_IOB", "ENT_KB_ID", "ENT_TYPE"})
"""Attributes that ask for the names in a text, which take half of a pipeline's time."""

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
