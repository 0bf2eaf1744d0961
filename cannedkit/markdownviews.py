"""A Markdown draft as the rules see it: its prose in blocks, the file as it is, and the summary that measures are for.

Each view is a draft of its own, with the way back to the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cannedkit.markdown import Block, Markdown, Stretch, placed, read
from cannedkit.model import Draft, Finding, Rule, Unit

SUMMED = frozenset(("paragraph", "list", "blockquote"))
"""The kinds of blocks that a summary holds, as in Vale 3.22."""

_MEASURES = frozenset(("metric", "readability"))
_READ = 64


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a Markdown draft. `kind` is prose, raw or summary; `stretches` are None for the source itself."""

    kind: str
    draft: Draft
    stretches: tuple[Stretch, ...] | None = None

    def back(self, finding: Finding) -> Finding:
        """A finding of the view's draft, at its place in the source."""
        if self.stretches is None:
            return finding
        if self.kind == "summary" and finding.start == finding.end == 0:
            return finding
        start, end = placed(self.stretches, finding.start, finding.end)
        safe = finding.safe and end - start == finding.end - finding.start
        return replace(finding, start=start, end=end, safe=safe)


def views(draft: Draft, document: Markdown | None = None, extension: str = "md") -> tuple[View, ...]:
    """The views of a Markdown draft: prose first. `document` is what was read from it, if it was.

    `extension` is that of its file: a name that scopes may use.
    """
    found = document or _read(draft.text)
    raw = Unit(0, len(draft.text), frozenset({"raw", extension}))
    return (
        _prose(draft, found, extension),
        View("raw", replace(draft, units=(raw,))),
        _summary(draft, found, extension),
    )


_read = lru_cache(maxsize=_READ)(read)


@lru_cache(maxsize=4_096)
def _named(scopes: tuple[str, ...], name: str) -> bool:
    return any(name in scope for scope in scopes)


def looks(rule: Rule, kind: str) -> bool:
    """Whether a rule can find something in a view of some kind."""
    if kind == "prose":
        return True
    return _named(rule.scope, kind) or (kind == "summary" and rule.kind in _MEASURES)


def _prose(draft: Draft, document: Markdown, extension: str) -> View:
    text, stretches, starts = _joined(document.blocks)
    units = []
    masked = []
    for block, start in zip(document.blocks, starts, strict=True):
        units += _units(block, start, extension)
        masked += [(start + left, start + right) for left, right in block.masked]
    return View("prose", replace(draft, text=text, units=tuple(units), filled=tuple(masked)), tuple(stretches))


def _units(block: Block, start: int, extension: str) -> Iterator[Unit]:
    names = {"text", extension, *(part for name in block.classes for part in ("class", name))}
    names |= {"attr", "alt"} if block.kind == "alt" else set()
    if block.kind not in ("paragraph", "alt"):
        names |= set(block.kind.split("."))
    yield Unit(start, start + len(block.text), frozenset(names), block.kind == "paragraph")
    for name, left, right in block.inline:
        yield Unit(start + left, start + right, frozenset({name, extension}))


def _summary(draft: Draft, document: Markdown, extension: str) -> View:
    text, stretches, _ = _joined([block for block in document.blocks if block.kind in SUMMED])
    counts = {kind.replace(".", "_"): count for kind, count in document.counts.items() if not kind.startswith("table")}
    unit = Unit(0, len(text), frozenset({"summary", extension}))
    made = replace(draft, text=text, units=(unit,), counts=tuple(counts.items()), filled=())
    return View("summary", made, tuple(stretches))


def _joined(blocks: Sequence[Block]) -> tuple[str, list[Stretch], list[int]]:
    """Blocks as one text with blank lines between them, its stretches, and where each block starts in it."""
    pieces: list[str] = []
    stretches: list[Stretch] = []
    starts: list[int] = []
    at = 0
    for block in blocks:
        starts.append(at)
        pieces.append(block.text)
        stretches += (replace(one, at=one.at + at) for one in block.stretches)
        at += len(block.text) + 2
        stretches.append(Stretch(at - 2, 2, stretches[-1].end, stretches[-1].end, verbatim=False))
    return "\n\n".join(pieces), stretches, starts
