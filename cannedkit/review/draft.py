"""A draft with fixes made: the text alone, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from cannedkit.lint.linter import Linter
from cannedkit.model.draft import Draft
from cannedkit.model.errors import Failure
from cannedkit.model.result import Change, FileFinding, Mended, Replacement
from cannedkit.review.mend import Look, Wish, chosen, crosses_markup, mend
from cannedkit.text.edits import Edit
from cannedkit.text.places import LINE_END, as_written, placed


def mended_draft(draft: Draft, linter: Linter, wish: Wish, path: str = "") -> Mended:
    """The draft's text with the fixes made that are wished for, its findings placed in `path`. Raises DraftError."""

    def choose(found: FileFinding, text: str) -> str | None:
        if not chosen(wish, found):
            return None
        fix = found.finding.fixes[0]
        return None if _breaks(draft.format, found, fix, text) else fix

    mended = mend(draft.text, looks(draft, linter, path), choose, fits)
    return replace(mended, made=_placed(mended.made, path, draft.text), left=_placed(mended.left, path, draft.text))


def replacements(
    texts: Mapping[str, str], formats: Mapping[str, str]
) -> Callable[[FileFinding, str], Replacement | None]:
    """A function from a finding in a draft and a fix to the change of its file; None where markup would be lost.

    `texts` are the drafts by path, of those whose file holds nothing else, `formats` theirs.
    """
    direct = as_written(lru_cache(maxsize=64)(lambda path: LINE_END.split(texts[path])))

    def replacement(found: FileFinding, fix: str) -> Replacement | None:
        path = found.place.path
        lost = path not in texts or _breaks(formats[path], found, fix, texts[path])
        return None if lost else direct(found, fix)

    return replacement


_SIGNS = frozenset("<>&")
"""What means something else in HTML than in a text."""


def _breaks(format: str, found: FileFinding, fix: str, text: str) -> bool:
    """Whether a fix of a draft in some format would lose markup, or be read as markup."""
    return format != "text" and (crosses_markup(found, text) or (format == "html" and not _SIGNS.isdisjoint(fix)))


def _placed(changes: Sequence[Change], path: str, text: str) -> tuple[Change, ...]:
    """The changes of a text with their places in it as it was."""
    at = placed([change.found.finding for change in changes], path, text)
    return tuple(
        replace(change, found=replace(change.found, place=there.place))
        for change, there in zip(changes, at, strict=True)
    )


def fits(text: str, edits: list[Edit]) -> str:
    """Why a draft cannot have another text, "" where it can."""
    return "" if text.strip() else "nothing would be left of the text"


def looks(draft: Draft, linter: Linter, path: str = "") -> Look:
    """What is found in the draft with another text."""

    def found(text: str) -> tuple[list[FileFinding], list[Failure]]:
        findings, failures = linter.results(replace(draft, text=text))
        return placed(findings, path, text), failures

    return found
