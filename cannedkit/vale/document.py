"""A file as Vale 3.22 reads it: which parts of it rules look at, and the way back to its own lines and columns."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from cannedkit import files
from cannedkit.markdown.views import View, views
from cannedkit.model.draft import Draft, Unit
from cannedkit.model.errors import InputError
from cannedkit.pattern.alternation import PatternError, compiled, every
from cannedkit.pattern.budget import counted
from cannedkit.vale.ini import Section, ValeError, ValeIni, left_out, matches

if TYPE_CHECKING:
    from cannedkit.lint.comments import Region
    from cannedkit.markdown.blocks import Stretch
    from cannedkit.vale.views import Scope
    from cannedkit.yamlsource.node import Scalar

MARKDOWN = frozenset("md mdown markdown markdn rmd Rmd".split())
"""Endings of files that are read as Markdown (Vale 3.22, internal/core/format.go)."""

UNREAD = frozenset(
    "adoc asciidoc asc rst rest html htm shtml xhtml org xml xsd dita ipynb mdx myst qmd qdoc qdocinc typ "
    "py pyw py3 rpy cpy clj cljs cljc cljd cpp cc c cp cxx h hpp css cs csx ex exs go hs java bsh jl js jsx lua php pl "
    "pm pod proto ps1 psm1 psd1 qml rb gemspec rs r R sass scss less scala sbt swift ts tsx".split()
)
"""Endings of files that Vale reads as other markup or as code with comments: left out here, with a note."""

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_NO_TEXT = re.compile(
    r"|~|null|true|false|[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|\d{4}-\d\d-\d\d.*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read. `edits` lead from what was read back to `text`, None where nothing was changed.

    `parts` give the views of the file, or of each of its texts by itself: those are read when they are linted.
    """

    text: str
    parts: Sequence[Callable[[], Iterable[View]]]
    regions: tuple[Region, ...] = ()
    edits: tuple[Stretch, ...] | None = None

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A span of what was read, in `text`."""
        if self.edits is None:
            return start, end
        from cannedkit.markdown.blocks import placed

        return placed(self.edits, start, end)

    def is_off(self, rule: str, match: str, at: int) -> bool:
        """Whether a comment turns the rule off for a match at a place of what was read."""
        keys = ("off", rule, rule.partition(".")[0], f"{rule}[{match}]")
        return any(region.key in keys and region.start <= at < region.end for region in self.regions)


def document(text: str, path: str, ini: ValeIni, styles: Sequence[str], *, plain: bool = False) -> Document | None:
    """The file at `path`, whose text is `text`; None for one that is not read. `plain`: whatever it is, by its lines.

    `styles` are those that the file is based on. Raises ValeError.
    """
    ending = path.rpartition(".")[2] if "." in path.rpartition("/")[2] else ""
    ending_read = ini.formats.get(ending, ending)
    if ending_read in UNREAD and not plain:
        return None
    if ending_read in MARKDOWN and not plain:
        return _markdown(text, path, ending, ini, styles)
    if ending_read == "txt" and not plain:
        return Document(text, [lambda: (View("prose", Draft(text)),)])
    view = next((one.view for one in reversed(ini.sections) if one.view and matches(one.glob, path)), "")
    if view and not plain:
        return _by_view(text, path, ending, _view_file(ini, view), ini)
    names = frozenset({"text", ending} - {""})
    whole = Unit(0, len(text), names, prose=False)
    raw = Unit(0, len(text), names - {"text"} | {"raw"})
    draft = Draft(text, format="markdown")
    found = (View("prose", replace(draft, units=(whole,))), View("raw", replace(draft, units=(raw,))))
    return Document(text, [lambda: found])


def _view_file(ini: ValeIni, name: str) -> Path:
    for path in (folder / "config" / "views" / f"{name}.yml" for folder in ini.styles_paths):
        try:
            if os.path.exists(files.inside(path, ini.within)):
                return path
        except files.FileError as error:
            raise ValeError(left_out(f"the View {name!r}", str(path), error), context="view") from None
    raise ValeError(f"view '{name}' not found", context="view")


def _by_view(text: str, path: str, ending: str, view: Path, ini: ValeIni) -> Document:
    """A data file: each text that the View names by itself, and the file as it is."""
    from cannedkit.vale import views as valeviews
    from cannedkit.yamlsource import read as yamlsource

    try:
        root = yamlsource.read(path, text.encode()).root
    except InputError as error:
        raise valeviews.stop(error) from None
    scopes = valeviews.load(view, ini.within)
    values = [(scope, value) for scope in scopes for value in valeviews.texts(root, scope.path)]
    raw = View("raw", Draft(text, format="markdown", units=(Unit(0, len(text), frozenset({"raw", ending})),)))
    return Document(text, [*(partial(_value, scope, value, ending) for scope, value in values), lambda: (raw,)])


def _value(scope: Scope, value: Scalar, ending: str) -> Iterator[View]:
    """The views of one text: of Markdown all but the raw one, else the text as one unit without sentences."""
    names = frozenset({scope.name, ending})
    draft = Draft(value.value, format="markdown")
    value = replace(value)  # a text keeps the places of its characters once it was asked: the copy is soon forgotten

    def origin(start: int, end: int) -> tuple[int, int]:
        return value.between(start), value.spans[end - 1][1] if end > start else value.between(start)

    if scope.kind == "md":
        yield from (replace(one, origin=origin) for one in views(draft, None, names) if one.kind != "raw")
    else:
        unit = Unit(0, len(value.value), names | {"text"}, prose=False)
        yield View("prose", replace(draft, units=(unit,)), origin=origin)


def _markdown(text: str, path: str, ending: str, ini: ValeIni, styles: Sequence[str]) -> Document:
    from cannedkit.lint.comments import regions
    from cannedkit.markdown.blocks import CODE, SKIPPED, read

    sections = [one for one in (ini.whole, *ini.sections) if matches(one.glob, f".{ending}") or matches(one.glob, path)]
    prepared, edits = _without_ignored(text, sections)
    found = read(
        prepared,
        skipped=ini.skipped_scopes or SKIPPED,
        code=ini.ignored_scopes or CODE,
        classes=ini.ignored_classes,
    )
    draft = Draft(prepared, format="markdown")
    looks = views(draft, found, frozenset({ending}))
    turned_off = tuple(regions(found.comments, len(prepared), styles))
    front = tuple(_front_matter(prepared, ending, draft))
    return Document(text, [lambda: (*front, *looks)], turned_off, edits)


# -- what an ini file says is not to be read ----------------------------------------------------


def _without_ignored(text: str, sections: Sequence[Section]) -> tuple[str, tuple[Stretch, ...] | None]:
    """The text with what is ignored made code, as Vale does, and the way back."""
    edits: tuple[Stretch, ...] | None = None
    wraps = [("\n```\n", "\n```\n", pattern) for section in sections for pattern in section.blocks]
    wraps += [("`", "`", pattern) for section in sections for pattern in section.tokens]
    for before, behind, pattern in wraps:
        try:
            with counted("the .vale.ini"):
                found = every(compiled(pattern, False, False), text)
        except PatternError as error:
            raise ValeError(str(error), context="ignore") from None
        except TimeoutError:
            raise ValeError(f"the pattern {pattern[:60]!r} ran out of time: mend it", context="ignore") from None
        cuts = [(one.start(), one.end(), *(one.span(1) if one.re.groups and one[1] else one.span())) for one in found]
        text, edits = _edited(text, edits, [(start, end, before, kept, behind) for start, end, *kept in cuts])
    for section in sections:
        for written, meant in zip(section.delimiters or (), ("<!--", "-->"), strict=False):
            at = [found.start() for found in re.finditer(re.escape(written), text)]
            cuts_of = [(start, start + len(written), meant, [start, start], "") for start in at]
            text, edits = _edited(text, edits, cuts_of)
    return text, edits


def _edited(
    text: str, edits: tuple[Stretch, ...] | None, cuts: Sequence[tuple[int, int, str, Sequence[int], str]]
) -> tuple[str, tuple[Stretch, ...] | None]:
    """A text in which each cut `[start:end)` is what stands before, the part that is kept, and what stands behind."""
    if not cuts:
        return text, edits
    from cannedkit.markdown.blocks import Stretch

    made: list[str] = []
    stretches: list[Stretch] = []
    at = length = 0

    def add(piece: str, start: int, end: int, verbatim: bool) -> None:
        nonlocal length
        if piece:
            stretches.append(Stretch(length, len(piece), start, end, verbatim))
            made.append(piece)
            length += len(piece)

    for start, end, before, (left, right), behind in cuts:
        add(text[at:start], at, start, True)
        add(before, left, left, False)
        add(text[left:right], left, right, True)
        add(behind, right, right, False)
        at = end
    add(text[at:], at, len(text), True)
    if edits is not None:
        stretches = [part for one in stretches for part in through(edits, one)]
    return "".join(made), tuple(stretches)


def through(inner: Sequence[Stretch], one: Stretch) -> Iterator[Stretch]:
    """A stretch of a text that itself has stretches, leading where those lead."""
    from cannedkit.markdown.blocks import Stretch, placed

    if not one.verbatim:
        start, end = placed(inner, one.start, one.end)
        yield Stretch(one.at, one.length, start, end, verbatim=False)
        return
    first = max(0, bisect_right(inner, one.start, key=lambda each: each.at) - 1)
    for each in islice(inner, first, None):
        left, right = max(one.start, each.at), min(one.end, each.at + each.length)
        if left >= one.end:
            return
        if left < right:
            start, end = placed(inner, left, right)
            yield Stretch(one.at + left - one.start, right - left, start, end, each.verbatim)


# -- front matter --------------------------------------------------------------------------------


def _front_matter(text: str, ending: str, draft: Draft) -> Iterator[View]:
    """The texts of a file's front matter, each a view of its own."""
    found = _FRONT_MATTER.match(text)
    if not found or not found[1]:
        return
    from cannedkit.yamlsource import read as yamlsource
    from cannedkit.yamlsource.node import Mapping as MappingNode
    from cannedkit.yamlsource.node import Scalar

    start, end = found.span(1)
    try:
        root = yamlsource.read("front matter", text[start:end].encode()).root
    except InputError:
        return
    for key, value in root.pairs if isinstance(root, MappingNode) else ():
        if isinstance(value, Scalar) and (value.style != "plain" or not _NO_TEXT.fullmatch(value.value)):
            unit = Unit(
                0, len(value.value), frozenset({"text", "frontmatter", *key.value.split("."), ending}), prose=False
            )
            yield View("prose", replace(draft, text=value.value, units=(unit,)), stretches(value, start))


def stretches(scalar: Scalar, base: int = 0) -> tuple[Stretch, ...]:
    """Where the characters of a YAML text stand in its file, which itself stands at `base`."""
    from cannedkit.markdown.blocks import Stretch

    made: list[Stretch] = []
    for at, (start, end) in enumerate(scalar.spans):
        last = made[-1] if made else None
        if last and last.verbatim and last.end == base + start and end - start == 1:
            made[-1] = replace(last, length=last.length + 1, end=base + end)
        else:
            made.append(Stretch(at, 1, base + start, base + end, verbatim=end - start == 1))
    return tuple(made)
