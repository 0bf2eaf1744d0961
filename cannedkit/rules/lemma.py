"""`lemma: true`: `[apologise] for any [inconvenience]` becomes a pattern of every inflected form.

It is done when a rule file is read, and kept with the pack.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cannedkit.words.lemmas import LemmaError, forms
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar, Sequence
from cannedkit.yamlsource.schema import Problems

_BRACKETED = re.compile(r"\[([^\W\d_]+(?:[-'’][^\W\d_]+)*)\]")


def inflected(options: Mapping[str, Node], language: str, problems: Problems) -> dict[str, Node]:
    """A rule's own options with the bracketed words of `tokens`, `token`, `raw` and the keys of `swap` expanded."""
    expanded = dict(options)
    for key in ("tokens", "token", "raw", "swap"):
        if key in options:
            expanded[key] = _expanded(options[key], language, problems)
    return expanded


def _expanded(node: Node, language: str, problems: Problems) -> Node:
    if isinstance(node, Scalar):
        try:
            return replace(node, value=_BRACKETED.sub(lambda word: _pattern(word[1], language), node.value))
        except LemmaError as error:
            problems.append(node.problem(str(error)))
            return node
    if isinstance(node, Sequence):
        return replace(node, items=tuple(_expanded(item, language, problems) for item in node.items))
    keys = ((_expanded(key, language, problems), value) for key, value in node.pairs)
    return MappingNode(
        node.source, node.start, node.end, tuple((key, value) for key, value in keys if isinstance(key, Scalar))
    )


def _pattern(word: str, language: str) -> str:
    return f"(?:{'|'.join(forms(word, language))})"
