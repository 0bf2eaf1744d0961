"""The `bad` and `good` texts of a rule, and the marks in them; for rules that read responses, small catalogues."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from cannedkit.model.draft import MOODS, Turn
from cannedkit.model.rule import Example
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar, Sequence
from cannedkit.yamlsource.schema import Problems

DRAFT_KEYS = ("text", "channel", "mood", "known", "locale", "history")
CATALOGUE_KEYS = ("response", "responses", "variables", "settings", "today")
_SPEAKERS = ("agent", "customer", "bot")
_TURN_KEYS = (*_SPEAKERS, "at")
_MARK = re.compile(r"\\?\[\[|\]\]")
OPENS, CLOSES = "\ue000", "\ue001"
"""Marks while a catalogue is JSON, where brackets mean something: private to us, so that they stand in no text."""


def examples(node: Node, key: str, problems: Problems) -> Iterator[Example]:
    """The examples under a rule's `bad` or `good`, read; what is wrong with them is added to the problems."""
    if not isinstance(node, Sequence):
        problems.append(node.problem(f"`{key}` must be a list of examples"))
        return
    for item in node.items:
        line = item.place_of().line
        if isinstance(item, Scalar):
            yield _example(schema.text(item, key, problems, prose=True), line, item, problems)
        elif isinstance(item, MappingNode) and {"response", "responses"} & set(item.keys):
            yield from _catalogue(item, line, problems)
        elif keys := schema.mapping(item, key, problems):
            found = schema.entries(keys, DRAFT_KEYS, problems, f" in `{key}`")
            if "text" not in found:
                problems.append(item.problem(f"an example under `{key}` needs `text`"))
                continue
            yield _described(found, key, line, item, problems)


def _described(found: Mapping[str, Node], key: str, line: int, item: Node, problems: Problems) -> Example:
    example = _example(schema.text(found["text"], key, problems, prose=True), line, item, problems)

    def word(name: str) -> str:
        return schema.text(found[name], name, problems) if name in found else ""

    mood = schema.choice(found["mood"], "mood", MOODS, problems, "") if "mood" in found else ""
    return Example(
        example.text,
        example.spans,
        channel=word("channel"),
        mood=mood,
        known=schema.texts(found["known"], "known", problems) if "known" in found else None,
        locale=word("locale"),
        line=line,
        history=tuple(_turns(found["history"], problems)) if "history" in found else (),
    )


def _catalogue(item: MappingNode, line: int, problems: Problems) -> Iterator[Example]:
    """An example that is a small catalogue."""
    found = schema.entries(item, CATALOGUE_KEYS, problems, " in an example")
    if {"response", "responses"} <= found.keys():
        problems.append(item.problem("an example has `response` or `responses`, not both"))
    text, spans = without_marks(json.dumps(marked(schema.plain(item)), ensure_ascii=False))
    yield Example(text, spans or None, line=line, catalogue=True)


def marked(data: Any) -> Any:
    """The data of a catalogue with the marks of its texts as characters that are no brackets."""
    if isinstance(data, dict):
        return {marked(key): marked(value) for key, value in data.items()}
    if isinstance(data, list):
        return [marked(value) for value in data]
    signs = {"[[": OPENS, "]]": CLOSES, "\\[[": "[["}
    return _MARK.sub(lambda mark: signs[mark[0]], data)


def remarked(example: Example) -> Any:
    """The data of an example that is a catalogue, its spans marked as by `marked`."""
    text = example.text
    for start, end in sorted(example.spans or (), reverse=True):
        text = text[:start] + OPENS + text[start:end] + CLOSES + text[end:]
    return json.loads(text)


def without_marks(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text without the marks of `marked`, and the spans that they stood around."""
    plain, spans, opened = "", [], 0
    for piece in re.split(f"([{OPENS}{CLOSES}])", text):
        if piece == OPENS:
            opened = len(plain)
        elif piece == CLOSES:
            spans.append((opened, len(plain)))
        else:
            plain += piece
    return plain, tuple(spans)


def _turns(node: Node, problems: Problems) -> Iterator[Turn]:
    """The earlier messages of an example: a list of `customer: text`, `agent: text`, `bot: text`, oldest first.

    Beside one may stand `at`, when it was sent.
    """
    if not isinstance(node, Sequence):
        problems.append(node.problem("`history` must be a list such as [{customer: My bill is wrong}, {agent: Hi}]"))
        return
    for item in node.items:
        if keys := schema.mapping(item, "history", problems):
            found = schema.entries(keys, _TURN_KEYS, problems, " in `history`")
            at = _moment(found["at"], problems) if "at" in found else None
            for by in found.keys() & set(_SPEAKERS):
                yield Turn(by, schema.text(found[by], by, problems, prose=True), at)


def _moment(node: Node, problems: Problems) -> datetime | None:
    """When a turn was sent."""
    try:
        return datetime.fromisoformat(schema.text(node, "at", problems)).replace(tzinfo=None)
    except ValueError:
        problems.append(node.problem("`at` must be a time such as 2026-09-01T14:05"))
        return None


def _example(marked: str, line: int, node: Node, problems: Problems) -> Example:
    r"""An example without its marks: `[[ ]]` marks a span, `[[]]` a place, `\[[` is literal."""
    text, spans, opened, at = "", [], -1, 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[0] == "[[" and opened < 0:
            opened = len(text)
        elif mark[0] == "]]" and opened >= 0:
            spans.append((opened, len(text)))
            opened = -1
        else:
            text += mark[0].removeprefix("\\")
    if opened >= 0:
        problems.append(node.problem(r"`[[` is not closed by `]]`; write `\[[` for the text itself"))
    return Example(text + marked[at:], tuple(spans) or None, line=line)
