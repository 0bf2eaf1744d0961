"""Responses of a Rasa domain, `domain.yml`.

`responses` names lists of wordings, `utter_greet: [{text, channel, condition, buttons, image, custom, metadata, id}]`;
of those for a channel, or for all, Rasa takes one at random (RasaHQ/rasa, `rasa/shared/nlu/training_data/schemas/
responses.yml`). A placeholder is `{slot}`, a brace of the text is doubled. A wording with a condition says something
else than the others: it is kept aside, like buttons, images and all other sections of the domain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cannedkit.exchange.braces import doubled, single
from cannedkit.exchange.model import KEPT, LOST, REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text, Written
from cannedkit.exchange.outline import block, column, maybe, opened, part, text_at, under
from cannedkit.exchange.pieces import OURS, Entry, Part, Slot, cut, file_names, is_kept, joined, line_end, line_start
from cannedkit.exchange.writing import scalar
from cannedkit.model.errors import InputError, Problem
from cannedkit.yamlsource.node import Mapping, Node, Scalar
from cannedkit.yamlsource.node import Sequence as SequenceNode

ABILITY = Ability(
    syntax="brace",
    title=LOST,
    channel=KEPT,
    variation=KEPT,
    missing="`None`: `Hi None,`; a slot that the domain lacks leaves all as `{name}`",
    extension="yml",
)

FILE = "domain.yml"
PREFIX = "utter_"
"""How the name of a response begins, as Rasa demands."""


def is_mine(file: File) -> bool:
    """Whether it has `responses` with lists of wordings."""
    found = under(maybe(file), "responses")
    return isinstance(found, Mapping) and any(
        isinstance(value, SequenceNode) and any(text_at(one, "text") is not None for one in value.items)
        for _, value in found.pairs
    )


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The responses of some domains. Raises InputError for a file without any."""
    records: list[Record] = []
    outcomes: list[Outcome] = []
    for file, name in zip(files, file_names(files), strict=True):
        found = opened(file).get("responses")
        if not isinstance(found, Mapping) or (found.flow and found.pairs):
            raise InputError([Problem(file.name, 1, 1, "has no lines of `responses`: give a domain of Rasa")])
        made, entries = [], []
        for key, value in found.pairs:
            record, parts = _response(key.value, value)
            if not parts:
                why = "its braces do not say what is a placeholder" if _texts(value) else "it has no text of its own"
                outcomes.append(Outcome(key.value, REFUSED, "", why))
                continue
            end = line_end(file.text, value.start + len(file.text[value.start : value.end].rstrip()))
            made.append(record)
            entries.append(Entry(line_start(file.text, key.start), end, parts))
        kept = cut(file.text, entries, _spelled)
        records += [replace(one, kept={"file": name, **each}) for one, each in zip(made, kept, strict=True)]
    return Incoming(tuple(records), tuple(outcomes))


def _texts(value: Node) -> list[Node]:
    """The wordings that say something, without a condition."""
    items = value.items if isinstance(value, SequenceNode) else ()
    return [one for one in items if isinstance(under(one, "text"), Scalar) and under(one, "condition") is None]


def _response(name: str, value: Node) -> tuple[Record, tuple[Part, ...]]:
    counts: Counter[str] = Counter()
    texts, parts = [], []
    for item in _texts(value):
        node = under(item, "text")
        body = single(node.value) if isinstance(node, Scalar) else None
        if node is None or body is None:
            continue
        channel = text_at(item, "channel") or ""
        counts[channel] += 1
        texts.append(Text(body, channel=channel, variation=counts[channel]))
        parts.append(part(f"{channel}/{counts[channel]}", node, body, column(item)))
    short = name.removeprefix(PREFIX)
    items = value.items if isinstance(value, SequenceNode) else ()
    others = [key.value for one in items if isinstance(one, Mapping) for key, _ in one.pairs]
    aside = [key for key in dict.fromkeys(others) if key not in ("text", "channel")]
    ours = short if OURS.fullmatch(short) else ""
    title = "" if ours else short.replace("_", " ")
    return Record(name, tuple(texts), title=title, ours=ours, aside=tuple(aside)), tuple(parts)


def write(records: Sequence[Record]) -> Written:
    """The domains that the responses came from; new ones go into one."""
    outcomes: list[Outcome] = []
    slots = [_slot(number, record, outcomes) for number, record in enumerate(records)]
    head = 'version: "3.1"\n\nresponses:\n'
    return joined(slots, lambda name: head, _spelled, outcomes) if slots else Written({FILE: f"{head[:-1]} {{}}\n"})


def _slot(number: int, record: Record, outcomes: list[Outcome]) -> Slot:
    kept: dict[str, Any] = record.kept if isinstance(record.kept, dict) else {}
    values = {f"{text.channel}/{text.variation}": text.text for text in record.texts}
    new = _new(record)
    if is_kept(kept) and {one[0] for one in kept["pieces"] if isinstance(one, list)} != values.keys():
        why = "wordings came or went here: what Rasa had beside them is left out"
        outcomes.append(Outcome(record.ours, LOST, "buttons, images and conditions", why))
        kept = {**kept, "pieces": [new]}
    return Slot(number, kept.get("file") or FILE, kept, values, new)


def _new(record: Record) -> str:
    lines = [f"  {scalar(record.id or f'{PREFIX}{record.ours}')}:"]
    for text in record.texts:
        lines.append(f"    - text: {_spelled('', text.text, 6)}")
        lines += [f"      channel: {scalar(text.channel)}"] if text.channel else []
    return "\n".join(lines) + "\n"


def _spelled(name: str, value: str, margin: int) -> str:
    return block(doubled(value), margin)
