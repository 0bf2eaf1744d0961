"""Which words of a title are nouns: what Vale's title case asks, to write a "to" small or not."""

from __future__ import annotations

import re

from cannedkit.prose.tags import tags

_QUOTES = re.compile(r'"')
_MARKS = re.compile(r"([;@#$%&?!\]\[(){}<>])|(\.\.\.)|(--)|([:,])(?=[^0-9]|$)")
_LAST_STOP = re.compile(r"([^.])(\.)([\])}>\"']*)\s*$")
_CONTRACTED = re.compile(r"(?i)([^' ])('s|'m|'d|'ll|'re|'ve|n't|')(?= )")


def tokens_are_nouns(text: str) -> list[bool]:
    """Whether each token of a text is a noun. Tokens are those of the Penn Treebank: signs and endings stand apart."""
    found = _tokens(text if text.endswith((".", "!", "?")) else f"{text}.")
    return [tag.startswith("NN") for tag in tags(tuple(found))]


def _tokens(text: str) -> list[str]:
    text = _LAST_STOP.sub(r"\1 \2\3 ", _QUOTES.sub(" '' ", text))
    text = _MARKS.sub(lambda mark: f" {mark[0]} ", text)
    return _CONTRACTED.sub(r"\1 \2", f" {text} ").split()
