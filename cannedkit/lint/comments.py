"""Comments of a Markdown file that turn rules off from where they stand: Vale's, and ours, which give a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from cannedkit.markdown.blocks import Comment
from cannedkit.model.draft import Finding
from cannedkit.sources import ENGINES
from cannedkit.text.nearest import meant

_CONTROL = re.compile(r"vale (.+\..+|[^.]+) = (YES|NO|on|off)")
_STYLES = re.compile(r"vale styles? = (.*)")
_MATCHES = re.compile(r"vale (.+\..+)(\[.+\]) = (YES|NO)")
_OURS = re.compile(r"cannedkit\b(?:\s+(?P<word>off|on)\s+(?P<key>[^\s:]+)\s*(?::\s*(?P<why>.*))?)?", re.DOTALL)
_FORM = "write <!-- cannedkit off Pack.Rule: why -->, and <!-- cannedkit on Pack.Rule --> behind it"


@dataclass(frozen=True, slots=True)
class Region:
    """From `start` to `end` of a file a comment turns off `key`: a rule, a style, `Rule[match]`, or "off" for all."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Idle:
    """A comment of ours, `text[start:end]`, that turns nothing off, and what to do about it."""

    start: int
    end: int
    message: str


def obeyed(
    text: str, findings: Sequence[Finding], known: Collection[str], unread: Set[str], format: str = "markdown"
) -> tuple[list[Finding], list[Idle]]:
    """The findings of Markdown or HTML that no comment of it turns off, and the comments of ours that are of no use.

    `known` are the rules and packs that may be named, besides engines and their rules; `unread` those, in lower case,
    that did not look: what is said of them may be of use yet.
    """
    if "<!--" not in text:
        return list(findings), []
    from cannedkit.markdown.views import READ

    comments = READ[format](text).comments
    packs = sorted({name.partition(".")[0] for name in known})
    ours, idle = _ours(text, comments, known)
    whole = [*regions(comments, len(text), packs), *ours]
    kept = [one for one in findings if not any(_covers(region, one, text) for region in whole)]
    for region in ours:
        used = any(_covers(region, one, text) for one in findings)
        if not used and unread.isdisjoint({region.key.lower(), region.key.lower().partition(".")[0]}):
            message = f"This comment turns {region.key} off where it finds nothing. Take it out."
            idle.append(Idle(region.start, _end(text, region.start), message))
    return kept, idle


def _covers(region: Region, found: Finding, text: str) -> bool:
    """Whether a region turns a finding off."""
    if not region.start <= found.start < region.end:
        return False
    match = text[found.start : found.end]
    names = {one for rule in (found.rule, *found.sources) for one in (rule, rule.partition(".")[0], f"{rule}[{match}]")}
    return region.key == "off" or region.key in names


def _ours(text: str, comments: Iterable[Comment], known: Collection[str]) -> tuple[list[Region], list[Idle]]:
    """What our own comments turn off, and those that say nothing that can be done."""
    found: list[Region] = []
    idle: list[Idle] = []
    opened: dict[str, int] = {}
    for comment in comments:
        if said := _OURS.match(comment.text):
            key = said["key"] or ""
            fault = _fault(comment.text, said, known, opened)
            if fault:
                idle.append(Idle(comment.start, _end(text, comment.start), fault))
            elif said["word"] == "off":
                opened[key] = comment.start
            else:
                found.append(Region(key, opened.pop(key), comment.start))
    return [*found, *(Region(key, start, len(text) + 1) for key, start in opened.items())], idle


def _fault(comment: str, said: re.Match[str], known: Collection[str], opened: Mapping[str, int]) -> str:
    """Why a comment of ours does nothing, and how to mend it; "" where it does."""
    word, key = said["word"], said["key"]
    if said.end() != len(comment) or not word:
        return f"This comment says nothing that cannedkit knows: {_FORM}."
    if word == "on":
        return "" if key in opened else f"This comment turns {key} on, and none before it turns it off. Take it out."
    if key not in known and key.partition(".")[0] not in {source.name for source in ENGINES.values()}:
        return f"This comment turns nothing off: no rule or pack in force is called {key}{meant(key, known)}."
    if not (said["why"] or "").strip():
        return f"This comment gives no reason, so it turns nothing off: {_FORM}."
    return f"This comment turns {key} off a second time. Take it out." if key in opened else ""


def _end(text: str, start: int) -> int:
    """Where a comment ends that starts at `start`."""
    found = text.find("-->", start)
    return len(text) if found < 0 else found + 3


# -- Vale's comments ----------------------------------------------------------------------------


def regions(comments: Sequence[Comment], end: int, styles: Sequence[str]) -> Iterator[Region]:
    """What the comments of a file turn off, and from where to where."""
    opened: dict[str, int] = {}
    for comment in comments:
        for key, off in _switches(comment.text, styles).items():
            if off:
                opened.setdefault(key, comment.start)
            elif key in opened:
                yield Region(key, opened.pop(key), comment.start)
    for key, start in opened.items():
        yield Region(key, start, end + 1)


def _switches(text: str, styles: Sequence[str]) -> Mapping[str, bool]:
    """What one comment turns off (True) or on."""
    if text in ("vale off", "vale on"):
        return {"off": text == "vale off"}
    if found := _MATCHES.fullmatch(text):
        try:
            return {f"{found[1]}[{one}]": found[3] == "NO" for one in json.loads(found[2])}
        except (ValueError, TypeError):
            return {}
    if found := _CONTROL.fullmatch(text):
        return {found[1]: found[2] in ("NO", "off")}
    if found := _STYLES.fullmatch(text):
        return dict.fromkeys(styles, True) | dict.fromkeys(found[1].split(", "), False)
    return {}
