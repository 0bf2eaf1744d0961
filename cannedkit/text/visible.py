"""Other people's text made safe to print: nothing in it moves a terminal, hides, or commands a CI runner."""

from __future__ import annotations

import re

from cannedkit.text.places import LINE_END

_UNSEEN = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\ufffe\uffff"
"""Controls of C1, those that turn the direction of writing, halves of characters, and what XML 1.0 has no place for."""

_HIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f{_UNSEEN}]")
"""The same and the controls of C0, but for tabs and line ends."""

_ANYWHERE = r"#(?=#[A-Za-z]{0,40}\[)"
"""What a runner obeys anywhere in a line: `##[` and `##vso[` (Azure Pipelines), `##teamcity[`."""

_COMMAND = re.compile(rf"^\s*(:):|({_ANYWHERE})")
"""The same, and `::` at the start of a line (GitHub Actions)."""

_RAW = re.compile(f"[{_UNSEEN}]|{_ANYWHERE}")

_MARKUP = re.compile(r"[\\`*_\[\]<>|~$&]")
"""What means something anywhere in GitHub's Markdown."""

_LINKS = re.compile(r"[@#!](?=\w)|:(?=//)|www(?=\.)")
"""What begins a mention, a reference to an issue or a request, or an address: those notify people, or link."""


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
    r"""JSON that says the same with what is hidden, and what a runner would obey, in escapes: `\u009b`, `\u0023#[`."""
    return _RAW.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def markdown(text: str) -> str:
    """The text on one line of GitHub's Markdown, as prose: nothing in it is markup, link, mention or reference."""
    plain = _MARKUP.sub(lambda found: f"\\{found[0]}", visible(text))
    return _LINKS.sub(lambda found: f"{found[0]}<!-- -->", plain)


def markdown_code(text: str) -> str:
    """The text on one line of Markdown, as code: for names, places and what somebody wrote. "" for none."""
    plain = visible(text)
    longest = max((len(run) for run in re.findall("`+", plain)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if plain[:1] in ("`", " ") or plain[-1:] in ("`", " ") else ""
    return f"{fence}{pad}{plain}{pad}{fence}" if plain else ""


def html(text: str) -> str:
    """The text as it may stand in an element of HTML or in an attribute in quotes."""
    from html import escape

    return escape(visible(text))
