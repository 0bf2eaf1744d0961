"""A draft of Markdown or HTML as the rules see it: its prose in blocks, the file as it is, the summary for measures.

Each view is a draft of its own, with the way back to the source. What reads Markdown is loaded when some is there: a
plain text is a view, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from cannedkit.model.draft import Draft, Finding, Unit
from cannedkit.model.rule import Rule

if TYPE_CHECKING:
    from cannedkit.markdown.blocks import Block, Markdown, Stretch

SUMMED = frozenset(("paragraph", "list", "blockquote"))
"""The kinds of blocks that a summary holds, as in Vale 3.22."""

KINDS = ("prose", "summary", "code", "raw")
"""The kinds of views, in the order in which rules look."""

_MEASURES = frozenset(("metric", "readability"))
_READ = 64


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a Markdown draft. `kind` is prose, raw, summary or code.

    `stretches` are None for the source itself. `origin` leads on, where the source is itself a part of something: from
    a span of it to one of that.
    """

    kind: str
    draft: Draft
    stretches: tuple[Stretch, ...] | None = None
    origin: Callable[[int, int], tuple[int, int]] | None = None

    def back(self, finding: Finding) -> Finding:
        """A finding of the view's draft, at its place in the source."""
        start, end = finding.start, finding.end
        if self.stretches is not None and not (self.kind == "summary" and start == end == 0):
            from cannedkit.markdown.blocks import placed

            start, end = placed(self.stretches, start, end)
        if self.origin is not None:
            start, end = self.origin(start, end)
        if (start, end) == (finding.start, finding.end):
            return finding
        safe = finding.safe and end - start == finding.end - finding.start
        return replace(finding, start=start, end=end, safe=safe)


def views(draft: Draft, document: Markdown | None = None, names: frozenset[str] | None = None) -> tuple[View, ...]:
    """The views of a draft of Markdown or HTML: prose first. `document` is what was read from it, if it was.

    `names` are what scopes may call all of it by: the ending of its file. Raises DraftError for HTML that cannot be
    read.
    """
    found = document or READ[draft.format](draft.text)
    names = NAMES[draft.format] if names is None else names
    draft = replace(draft, format="markdown")
    raw = Unit(0, len(draft.text), names | {"raw"})
    prose = (_prose(draft, found, names),) if found.blocks else ()
    codes = (_codes(draft, found.codes, names),) if found.codes else ()
    return (*prose, _summary(draft, found, names), *codes, View("raw", replace(draft, units=(raw,))))


@lru_cache(maxsize=_READ)
def _read(text: str) -> Markdown:
    from cannedkit.markdown.blocks import read

    return read(text)


@lru_cache(maxsize=_READ)
def _read_page(text: str) -> Markdown:
    from cannedkit.markdown.blocks import read_page

    return read_page(text)


READ: Mapping[str, Callable[[str], Markdown]] = {"markdown": _read, "html": _read_page}
"""The format of a draft that is not its own prose -> what reads it; what was read last is known again."""

NAMES: Mapping[str, frozenset[str]] = {"markdown": frozenset({"md"}), "html": frozenset({"html"})}
"""The format of a draft -> what scopes may call all of it by."""


@lru_cache(maxsize=4_096)
def _named(scopes: tuple[str, ...], name: str) -> bool:
    return any(name in scope for scope in scopes)


def looks(rule: Rule, kind: str) -> bool:
    """Whether a rule can find something in a view of some kind."""
    if kind == "prose":
        return True
    return _named(rule.scope, kind) or (kind == "summary" and rule.kind in _MEASURES)


def _prose(draft: Draft, document: Markdown, names: frozenset[str]) -> View:
    text, stretches, starts = _joined(document.blocks)
    units: list[Unit] = []
    masked: list[tuple[int, int]] = []
    for block, start in zip(document.blocks, starts, strict=True):
        units += _units(block, start, names)
        masked += [(start + left, start + right) for left, right in block.masked]
    made = replace(draft, text=text, units=tuple(units), filled=tuple(masked), placeholders=(), longest=())
    return View("prose", made, tuple(stretches))


def _units(block: Block, start: int, outer: frozenset[str]) -> Iterator[Unit]:
    names = {"text", *outer, *(part for name in block.classes for part in ("class", name))}
    names |= {"attr", "alt"} if block.kind == "alt" else set()
    if block.kind not in ("paragraph", "alt"):
        names |= set(block.kind.split("."))
    yield Unit(start, start + len(block.text), frozenset(names), block.kind == "paragraph")
    for name, left, right in block.inline:
        yield Unit(start + left, start + right, outer | {name})


def _codes(draft: Draft, codes: Sequence[Block], names: frozenset[str]) -> View:
    text, stretches, starts = _joined(codes)
    units = tuple(
        Unit(start, start + len(code.text), names | {"code"}, prose=False)
        for code, start in zip(codes, starts, strict=True)
    )
    made = replace(draft, text=text, units=units, filled=(), placeholders=(), longest=())
    return View("code", made, tuple(stretches))


def without_excluded(rule: Rule, draft: Draft, found: Sequence[Finding]) -> Sequence[Finding]:
    """The findings of a rule that do not lie in a link or the like that its scope leaves out, such as `~link`."""
    names = _excluded(rule.scope)
    if not names:
        return found
    spans = [(unit.start, unit.end) for unit in draft.units if not names.isdisjoint(unit.names)]
    return [one for one in found if not any(start <= one.start and one.end <= end for start, end in spans)]


@lru_cache(maxsize=4_096)
def _excluded(scopes: tuple[str, ...]) -> frozenset[str]:
    from cannedkit.markdown.blocks import INLINE_NAMES

    parts = (part.strip() for scope in scopes for part in scope.split("&"))
    return frozenset(part[1:].strip() for part in parts if part.startswith("~")) & set(INLINE_NAMES.values())


def _summary(draft: Draft, document: Markdown, names: frozenset[str]) -> View:
    text, stretches, _ = _joined([block for block in document.blocks if block.kind in SUMMED])
    counts = {kind.replace(".", "_"): count for kind, count in document.counts.items() if not kind.startswith("table")}
    unit = Unit(0, len(text), names | {"summary"})
    own = replace(draft, text=text, units=(unit,), filled=(), placeholders=(), longest=())
    made = replace(own, counts=tuple(counts.items()))
    return View("summary", made, tuple(stretches))


def _joined(blocks: Sequence[Block]) -> tuple[str, list[Stretch], list[int]]:
    """Blocks as one text with blank lines between them, its stretches, and where each block starts in it."""
    from cannedkit.markdown.blocks import Stretch

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
