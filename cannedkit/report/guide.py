"""Advice as a page to read (Markdown), or as lines for the instructions of a language model.

`pages` gives a page a pack; `prompt` the weightiest lines that fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cannedkit.model.draft import Level
from cannedkit.model.result import Advice

HEADINGS: Mapping[Level, str] = {
    Level.ERROR: "Never send this",
    Level.WARNING: "Change this before it goes out",
    Level.SUGGESTION: "Better like this",
}
"""Level -> what to do about what is found."""

BYTES_A_TOKEN = 4
"""Bytes of UTF-8 that are counted as one token of a language model: English takes 4 to 5, other scripts fewer signs."""

_CAPITALS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SIGNS = re.compile(r"([\\`*_<>\[\]])")


def pages(advice: Sequence[Advice], most: int) -> dict[str, str]:
    """Name of a pack -> its page in Markdown, with the `most` weightiest rules: it says how many there are besides."""
    packs: dict[str, list[Advice]] = {}
    for one in advice:
        packs.setdefault(one.rule.partition(".")[0], []).append(one)
    return {pack: "\n".join(_page(pack, found, most)) + "\n" for pack, found in sorted(packs.items())}


def _page(pack: str, advice: Sequence[Advice], most: int) -> Iterator[str]:
    yield f"# {_words(pack)}"
    shown = advice[:most]
    for level, heading in HEADINGS.items():
        if found := [one for one in shown if one.level == level]:
            yield f"\n## {heading}"
            yield from (line for one in found for line in _entry(one))
    if rest := len(advice) - len(shown):
        yield f"\n{rest:,} more: `cannedkit rules list {pack}`."


def _entry(one: Advice) -> Iterator[str]:
    yield f"\n### {_words(one.rule.partition('.')[2])}"
    yield f"\n{_plain(one.why)}" + (f" ({'; '.join(one.when)})" if one.when else "")
    if one.avoid or one.write:
        yield ""
    if one.avoid:
        yield f"- Not: {_plain(one.avoid)}"
    if one.write:
        yield f"- But: {_plain(one.write)}"


def prompt(advice: Iterable[Advice], tokens: int) -> str:
    """The weightiest lines of advice that fit in so many tokens, counted as BYTES_A_TOKEN says."""
    left = tokens * BYTES_A_TOKEN
    lines = []
    for one in advice:
        line = (
            "- " + one.why + (f" Not: {one.avoid}" if one.avoid else "") + (f" But: {one.write}" if one.write else "")
        )
        size = len(f"{line}\n".encode())
        if size > left:
            continue
        left -= size
        lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def _words(name: str) -> str:
    """`VagueTime` as `Vague time`; an abbreviation stays."""
    first, *others = _CAPITALS.split(name)
    return " ".join([first, *(word if word.isupper() else word.lower() for word in others)])


def _plain(text: str) -> str:
    """A text with what Markdown would take for its own marks as they are."""
    return _SIGNS.sub(r"\\\1", text)
