"""`lint --vale`: the files, rules and levels that a .vale.ini asks for, and what Vale 3.22 would print."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cannedkit.files import FileError
from cannedkit.lint.linter import Linter, build
from cannedkit.lint.plan import Mark
from cannedkit.markdown.views import KINDS, View, looks
from cannedkit.model.draft import Level
from cannedkit.model.errors import EXHAUSTED, Failure, Place, exhausted
from cannedkit.model.result import Checked, FileFinding, Report
from cannedkit.model.rule import Pack, Rule
from cannedkit.model.settings import Settings, Vocabulary
from cannedkit.rules.explain import explanation
from cannedkit.text.places import LINE_END, around, as_written
from cannedkit.text.spread import spread
from cannedkit.vale import ini as valeini
from cannedkit.vale import kept, tree
from cannedkit.vale.document import Document, document
from cannedkit.vale.ini import Choice, ValeError, ValeIni
from cannedkit.vale.tree import Read

if TYPE_CHECKING:
    from cannedkit.vale.styles import Styles

_FILES, _PARTS = 200, 200
"""Files, and texts of one file, that are worth a process of their own."""

_LINE_BREAK = re.compile(r"\r\n|\r")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says besides the ini file. `least` None leaves it to the file."""

    least: Level | None = None
    glob: str = "*"
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Linted:
    """What was found in one file, the rules that failed on it, and what there is to say of it.

    `unread` is why it could not be read, None for one that was.
    """

    findings: tuple[FileFinding, ...] = ()
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
    unread: Failure | None = None


@dataclass
class ValeLinter:
    """The rules of one .vale.ini. What is built is kept: one linter for each choice of rules and levels."""

    ini: ValeIni
    options: Options = field(default_factory=Options)
    notes: list[str] = field(default_factory=list)
    _linters: dict[object, Linter] = field(default_factory=dict)
    _chosen: dict[tuple[str, ...], tuple[Choice, Linter]] = field(default_factory=dict)
    _built: dict[Mark | None, tuple[Settings, Linter]] = field(default_factory=dict)
    _looks: dict[int, frozenset[str]] = field(default_factory=dict)

    @property
    def least(self) -> Level:
        """The lowest level that is reported."""
        return self.options.least or self.ini.least

    @cached_property
    def styles(self) -> Styles:
        """The packs and words for every file. Raises ValeError."""
        from cannedkit.vale import styles as valestyles

        return valestyles.everywhere(self.ini)

    def known(self, ids: Collection[str]) -> dict[str, Rule]:
        """The rules with some ids."""
        found = {id: rule for one in self._linters.values() for id, rule in one.told(ids).items() if id in ids}
        if all(id in found for id in ids):
            return found
        return {rule.id: rule for pack in self.styles.packs for rule in pack.rules if rule.id in ids} | found

    def texts(self, paths: Sequence[str]) -> tuple[dict[str, Read], list[Failure]]:
        """What reads the files to lint, by path, folders walked, and what could not be read. Raises ValeError."""
        return tree.texts(paths, lambda path: not self._skips(path), self.ini.styles_paths)

    def _skips(self, path: str) -> bool:
        stem, _, ending = path.rpartition(".")
        other = f"{stem}.{self.ini.formats[ending]}" if ending in self.ini.formats else path
        if not any(valeini.matches(self.options.glob, one) for one in (path, other)):
            return True
        if self.ini.is_global():
            return False
        return not any(valeini.matches(section.glob, one) for section in self.ini.sections for one in (path, other))

    def lint(self, text: str, path: str) -> Linted:
        """The findings of one file, sorted by place. Raises ValeError."""
        choice, linter = self._of(path)
        text = _LINE_BREAK.sub("\n", text)
        try:
            read = document(text, path, self.ini, choice.styles, plain=self.options.plain)
            if read is None:
                note = f"{path} is left out: cannedkit reads Markdown, text and data files only"
                return Linted(failures=linter.refused, notes=(note,))
            found = _findings(linter, read, path, self._kinds(linter))
        except ValeError as error:
            return Linted(failures=(*linter.refused, replace(error.failure(), path=error.path or path)))
        except EXHAUSTED as error:
            return Linted(failures=(*linter.refused, Failure("", f"the draft {exhausted(error)}", path)))
        return replace(found, failures=(*linter.refused, *found.failures))

    def prepare(self, paths: Collection[str]) -> None:
        """Builds what a first file needs, so that forks have it. Raises ValeError."""
        for path in paths:
            _, linter = self._of(path)
            _ready(linter, len(paths), _FILES)
            return

    def remember(self) -> None:
        """Keep for the next run the linters that this one built."""
        for mark, (settings, linter) in self._built.items():
            kept.keep(self.ini, mark, settings, linter)

    def _of(self, path: str) -> tuple[Choice, Linter]:
        """What the settings mean for a path, and the linter of the rules that run there. Raises ValeError."""
        sections = tuple(one.glob for one in valeini.matching(self.ini, path))
        if sections not in self._chosen:
            choice = valeini.choice(self.ini, path)
            self._chosen[sections] = choice, self.linter(choice)
        return self._chosen[sections]

    def linter(self, choice: Choice) -> Linter:
        """A linter of the rules that run for a file: as an earlier run kept it, else built. Raises ValeError."""
        mark = kept.mark(self.ini, choice, self.least)
        if found := kept.recall(self.ini, mark):
            self._linters[mark] = found
            self.notes += (note for note in found.notes if note not in self.notes)
            return found
        from cannedkit.vale import styles as valestyles  # a linter that was kept needs nothing that reads rules

        more = valestyles.of_section(self.ini, choice)
        packs = [*self.styles.packs, *more.packs]
        chosen = {
            rule.id: level
            for pack in packs
            for rule in pack.rules
            if choice.runs(rule.id) and (level := choice.level(rule.id, rule.level or Level.WARNING)) >= self.least
        }
        key = (tuple(chosen.items()), choice.vocabularies)
        if key not in self._linters:
            self._built[mark] = self._build(packs, chosen, choice, more)
            self._linters[key] = self._built[mark][1]
        return self._linters[key]

    def _kinds(self, linter: Linter) -> frozenset[str]:
        """The kinds of views that some rule of a linter looks at."""
        if id(linter) not in self._looks:
            kinds = (kind for kind in KINDS if any(looks(rule, kind) for rule in linter.rules))
            self._looks[id(linter)] = frozenset(kinds)
        return self._looks[id(linter)]

    def _build(
        self, packs: Iterable[Pack], chosen: Mapping[str, Level], choice: Choice, more: Styles
    ) -> tuple[Settings, Linter]:
        """A linter of the rules at their levels; what was left out, and the rules with a fault, are its `refused`.

        Beside it the settings that it was built under.
        """
        from cannedkit.vale.styles import rule_of

        own = self.styles
        words = Vocabulary((*own.words.accept, *more.words.accept), (*own.words.reject, *more.words.reject))
        running = []
        for pack in packs:
            faults = tuple(one for one in pack.refused if choice.runs(rule_of(one, pack)))
            running.append(replace(pack, rules=tuple(rule for rule in pack.rules if rule.id in chosen), refused=faults))
        settings = Settings(Path(), vocabulary=words, levels=dict(chosen), engines={})
        linter = build(settings, running, forgiving=True, failures=dict.fromkeys((*own.refused, *more.refused)))
        self.notes += (note for note in linter.notes if note not in self.notes)
        return settings, linter


def run(
    linter: ValeLinter, texts: Mapping[str, Read], failed: Iterable[Failure] = (), jobs: int | None = None
) -> Report:
    """What the rules find in some texts, by path; `failed` are those that could not be read. Raises ValeError.

    At most so many `jobs` read and lint side by side, each a process; None for one a processor.
    """
    linter.prepare(texts)
    linted = spread(lambda item: _linted(linter, *item), list(texts.items()), _FILES, jobs)
    linter.notes += (note for one in linted for note in one.notes)
    findings = tuple(found for one in linted for found in one.findings)
    unread = (one.unread for one in linted if one.unread)
    failures = dict.fromkeys(
        (*linter.ini.refused, *failed, *unread, *(each for one in linted for each in one.failures))
    )
    passed = (path for path, one in zip(texts, linted, strict=True) if not (one.findings or one.failures or one.unread))
    rules = linter.known({found.finding.rule for found in findings})
    explained = {id: explanation(rule, rule.level) for id, rule in rules.items()}
    lines = lru_cache(maxsize=64)(lambda path: LINE_END.split(texts[path]()) if path in texts else [])
    return Report(
        findings,
        tuple(failures),
        Checked(drafts=sum(not one.unread for one in linted), passed=tuple(passed)),
        rules=rules,
        explained=explained,
        lines=lines,
        replacement=as_written(lines),
    )


def _linted(linter: ValeLinter, path: str, read: Read) -> Linted:
    try:
        return linter.lint(read(), path)
    except FileError as error:
        return Linted(unread=tree.failure(path, error))


# -- findings -----------------------------------------------------------------------------------


def _findings(linter: Linter, read: Document, path: str, kinds: frozenset[str]) -> Linted:
    starts = [0, *(end.end() for end in re.finditer("\n", read.text))]
    found: dict[tuple[int, int, str], FileFinding] = {}
    failures: dict[Failure, None] = {}

    def of_part(part: Callable[[], Iterable[View]]) -> list[tuple[list[FileFinding], list[Failure]]]:
        return [_in_view(linter, read, view, path, starts) for view in part() if view.kind in kinds]

    _ready(linter, len(read.parts), _PARTS)
    for results in spread(of_part, read.parts, _PARTS):
        for findings, failed in results:
            failures |= dict.fromkeys(failed)
            for one in findings:
                found.setdefault((one.place.line, one.place.column, one.finding.rule), one)
    return Linted(tuple(one for _, one in sorted(found.items())), tuple(failures))


def _ready(linter: Linter, count: int, least: int) -> None:
    """Build all that many texts need, where they are so many that forks read them."""
    if count >= 2 * least:
        linter.ready()


def _in_view(
    linter: Linter, read: Document, view: View, path: str, starts: Sequence[int]
) -> tuple[list[FileFinding], list[Failure]]:
    findings, failures = linter.in_view(view)
    found = []
    for finding in findings:
        match = view.draft.text[finding.start : finding.end]
        mapped = view.back(finding)
        if not read.is_off(finding.rule, match, mapped.start):
            start, end = read.back(mapped.start, mapped.end)
            one = replace(mapped, start=start, end=end) if read.edits is not None else mapped
            place, beside = _place(path, starts, start, end), around(read.text, start, end)
            found.append(FileFinding(one, place, text=match, around=beside))
    return found, failures


def _place(path: str, starts: Sequence[int], start: int, end: int) -> Place:
    from bisect import bisect_right

    line, last = bisect_right(starts, start), bisect_right(starts, end)
    return Place(path, line, start - starts[line - 1] + 1, last, end - starts[last - 1] + 1)
