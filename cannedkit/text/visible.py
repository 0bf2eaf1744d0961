"""Other people's text made safe to print: nothing in it moves a terminal, hides, or commands a CI runner."""

from __future__ import annotations

import re

from cannedkit.text.places import LINE_END

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]"
)
"""Control characters but for tabs and line ends, those that turn the direction of writing, and halves of characters."""

_COMMAND = re.compile(r"^\s*(:):|(#)#[A-Za-z]{0,40}\[")
"""What a runner obeys: `::` at the start of a line (GitHub), `##[`, `##vso[`, `##teamcity[` anywhere in it."""

_RAW = re.compile("[\x7f-\x9f\ud800-\udfff]")


def visible(text: str, *, lines: bool = False) -> str:
    r"""The text as it may be printed: what is hidden is shown as `\x1b` or `\u202e`, and no runner obeys it.

    Line breaks become spaces; with `lines` they stay, each as a `\n`. Tabs stay.
    """
    each = LINE_END.split(text)
    if not lines:
        each = [" ".join(filter(None, map(str.strip, each)))] if len(each) > 1 else each
    return "\n".join("".join(shown(line)) for line in each)


def shown(line: str) -> list[str]:
    """How each character of a line may be printed: most as they are."""
    pieces = list(line)
    for hidden in _HIDDEN.finditer(line):
        pieces[hidden.start()] = escape(hidden[0])
    for command in _COMMAND.finditer(line):
        at = command.start(command.lastindex or 0)
        pieces[at] = escape(line[at])
    return pieces


def escape(character: str) -> str:
    r"""A character as Python writes it: `\x1b`, `\u202e`."""
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def plain_json(text: str) -> str:
    r"""JSON that says the same without a raw control character or half of a character: they stand as `\u009b`."""
    return _RAW.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
