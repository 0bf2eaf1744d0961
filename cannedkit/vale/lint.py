"""`lint --vale`: the files, rules and levels that a .vale.ini asks for, and what Vale 3.22 would print."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from cannedkit.lint.linter import Linter, build
from cannedkit.lint.packs import read_pack
from cannedkit.markdown.views import KINDS, View, looks
from cannedkit.model.draft import Level
from cannedkit.model.errors import Failure, Place, Problem
from cannedkit.model.result import Checked, FileFinding, Report
from cannedkit.model.rule import Pack, Rule
from cannedkit.model.settings import Settings, Vocabulary
from cannedkit.rules.explain import explanation
from cannedkit.text.spread import spread
from cannedkit.vale import ini as valeini
from cannedkit.vale import styles as valestyles
from cannedkit.vale.document import Document, document
from cannedkit.vale.ini import Choice, ValeError, ValeIni

LEFT_OUT = frozenset(("node_modules", ".git"))
"""Folders that Vale never enters."""

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
    """What was found in one file, the rules that failed on it, and what there is to say of it."""

    findings: tuple[FileFinding, ...] = ()
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class ValeLinter:
    """The rules of one .vale.ini. What is built is kept: one linter for each choice of rules and levels."""

    ini: ValeIni
    options: Options = field(default_factory=Options)
    notes: list[str] = field(default_factory=list)
    _linters: dict[object, Linter] = field(default_factory=dict)
    _chosen: dict[tuple[str, ...], tuple[Choice, Linter]] = field(default_factory=dict)
    _looks: dict[int, frozenset[str]] = field(default_factory=dict)

    @property
    def least(self) -> Level:
        """The lowest level that is reported."""
        return self.options.least or self.ini.least

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        """The packs that the file names, and the rules that it names of others. Raises ValeError."""
        return tuple(_packs(self.ini))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the vocabularies that hold for every file. Raises ValeError."""
        return _vocabulary(self.ini, self.ini.vocabularies)

    def known(self) -> dict[str, Rule]:
        """Every rule by its id."""
        found = {rule.id: rule for pack in self.packs for rule in pack.rules}
        for linter in self._linters.values():
            found |= {check.rule.id: check.rule for check in linter.checks}
        return found

    def files(self, paths: Sequence[str]) -> Iterator[str]:
        """The files to read, folders walked. Raises ValeError for a path that is not there."""
        for path in paths:
            if not Path(path).exists():
                raise ValeError(f"argument '{path}' does not exist", context="doLint")
            yield from (one for one in self._walk(path) if not self._skips(one))

    def _walk(self, path: str) -> Iterator[str]:
        if not os.path.isdir(path):
            yield path
            return
        styles = {one.resolve() for one in self.ini.styles_paths}
        for folder, folders, names in os.walk(path):
            here = Path(folder)
            folders[:] = sorted(
                name for name in folders if name not in LEFT_OUT and (here / name).resolve() not in styles
            )
            yield from (os.path.normpath(os.path.join(folder, name)) for name in sorted(names))

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
        sections = tuple(one.glob for one in valeini.matching(self.ini, path))
        if sections not in self._chosen:
            choice = valeini.choice(self.ini, path)
            self._chosen[sections] = choice, self.linter(choice)
        choice, linter = self._chosen[sections]
        text = _LINE_BREAK.sub("\n", text)
        read = document(text, path, self.ini, choice.styles, plain=self.options.plain)
        if read is None:
            return Linted(notes=(f"{path} is left out: cannedkit reads Markdown, text and data files only",))
        return _findings(linter, read, path, self._kinds(linter))

    def prepare(self, paths: Iterable[str]) -> None:
        """Builds what a first file needs, so that forks have it. Raises ValeError."""
        for path in paths:
            self.linter(valeini.choice(self.ini, path))
            return

    def linter(self, choice: Choice) -> Linter:
        """A linter of the rules that run for a file. Raises ValeError."""
        packs = [*self.packs, *_section_packs(self.ini, choice)]
        chosen = {
            rule.id: level
            for pack in packs
            for rule in pack.rules
            if choice.runs(rule.id) and (level := choice.level(rule.id, rule.level or Level.WARNING)) >= self.least
        }
        key = (tuple(chosen.items()), choice.vocabularies)
        if key not in self._linters:
            self._linters[key] = self._built(packs, chosen, choice)
        return self._linters[key]

    def _kinds(self, linter: Linter) -> frozenset[str]:
        """The kinds of views that some rule of a linter looks at."""
        if id(linter) not in self._looks:
            kinds = (kind for kind in KINDS if any(looks(check.rule, kind) for check in linter.checks))
            self._looks[id(linter)] = frozenset(kinds)
        return self._looks[id(linter)]

    def _built(self, packs: Iterable[Pack], chosen: Mapping[str, Level], choice: Choice) -> Linter:
        more = _vocabulary(self.ini, choice.vocabularies)
        own = self.vocabulary
        words = Vocabulary((*own.accept, *more.accept), (*own.reject, *more.reject))
        kept = [replace(pack, rules=tuple(rule for rule in pack.rules if rule.id in chosen)) for pack in packs]
        for pack in kept:
            for problem in pack.refused:
                if choice.runs(_id_of(problem, pack)):
                    raise _stop(problem)
        settings = Settings(Path(), vocabulary=words, levels=dict(chosen), engines={})
        linter = build(settings, [replace(pack, refused=()) for pack in kept if pack.rules], forgiving=True)
        for failure in linter.refused:
            raise ValeError(failure.reason, path=failure.path, line=failure.line, column=failure.column)
        self.notes += (note for note in linter.notes if note not in self.notes)
        return linter


def run(linter: ValeLinter, texts: Mapping[str, str]) -> Report:
    """What the rules find in some texts, by path. Raises ValeError."""
    linter.prepare(texts)
    linted = spread(lambda item: linter.lint(item[1], item[0]), list(texts.items()), _FILES)
    linter.notes += (note for one in linted for note in one.notes)
    findings = (found for one in linted for found in one.findings)
    failures = dict.fromkeys(failure for one in linted for failure in one.failures)
    rules = linter.known()
    explained = {id: explanation(rule, rule.level) for id, rule in rules.items()}
    return Report(tuple(findings), tuple(failures), Checked(drafts=len(texts)), rules=rules, explained=explained)


# -- findings -----------------------------------------------------------------------------------


def _findings(linter: Linter, read: Document, path: str, kinds: frozenset[str]) -> Linted:
    starts = [0, *(end.end() for end in re.finditer("\n", read.text))]
    found: dict[tuple[int, int, str], FileFinding] = {}
    failures: dict[Failure, None] = {}

    def of_part(part: Callable[[], Iterable[View]]) -> list[tuple[list[FileFinding], list[Failure]]]:
        return [_in_view(linter, read, view, path, starts) for view in part() if view.kind in kinds]

    for results in spread(of_part, read.parts, _PARTS):
        for findings, failed in results:
            failures |= dict.fromkeys(failed)
            for one in findings:
                found.setdefault((one.place.line, one.place.column, one.finding.rule), one)
    return Linted(tuple(one for _, one in sorted(found.items())), tuple(failures))


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
            found.append(FileFinding(one, _place(path, starts, start, end), text=match))
    return found, failures


def _place(path: str, starts: Sequence[int], start: int, end: int) -> Place:
    from bisect import bisect_right

    line, last = bisect_right(starts, start), bisect_right(starts, end)
    return Place(path, line, start - starts[line - 1] + 1, last, end - starts[last - 1] + 1)


# -- rules --------------------------------------------------------------------------------------


def _id_of(problem: Problem, pack: Pack) -> str:
    return f"{pack.name}.{Path(problem.path).stem}"


def _stop(problem: Problem) -> ValeError:
    return ValeError(problem.message, path=problem.path, line=problem.line, column=problem.column)


def _packs(ini: ValeIni) -> Iterator[Pack]:
    if any(name == "Vale" for name in ini.styles) or any(key.startswith("Vale") for key in ini.named):
        styles = ini.styles_paths[-1] if ini.styles_paths else Path()
        yield valestyles.own_pack(styles, _vocabulary(ini, ini.vocabularies))
    for name in ini.styles:
        if name != "Vale":
            yield _pack(ini, name)
    single: dict[str, set[str]] = {}
    for key in ini.named:
        style, dot, _ = key.partition(".")
        if dot and style not in ini.styles and style != "Vale":
            single.setdefault(style, set()).add(key)
    for style, ids in single.items():
        if folder := _folder(ini, style):
            pack = read_pack(folder, forgiving=True)
            refused = tuple(problem for problem in pack.refused if _id_of(problem, pack) in ids)
            yield replace(pack, rules=tuple(rule for rule in pack.rules if rule.id in ids), refused=refused)


def _pack(ini: ValeIni, name: str) -> Pack:
    folder = _folder(ini, name)
    if folder is None:
        raise ValeError(f"style '{name}' does not exist on StylesPath", context="loadStyles")
    return read_pack(folder, forgiving=True)


def _folder(ini: ValeIni, name: str) -> Path | None:
    return next((path / name for path in ini.styles_paths if (path / name).is_dir()), None)


def _section_packs(ini: ValeIni, choice: Choice) -> Iterator[Pack]:
    """`Vale.NAME.Terms` and `Vale.NAME.Avoid` of the vocabularies that a section names."""
    styles = ini.styles_paths[-1] if ini.styles_paths else Path()
    for name in choice.vocabularies:
        pack = valestyles.own_pack(styles, _vocabulary(ini, [name]))
        made = [rule for rule in pack.rules if rule.id in ("Vale.Terms", "Vale.Avoid")]
        yield replace(pack, rules=tuple(replace(rule, id=f"Vale.{name}.{rule.id[5:]}") for rule in made))


def _vocabulary(ini: ValeIni, names: Sequence[str]) -> Vocabulary:
    accept: list[str] = []
    reject: list[str] = []
    for name in names:
        folders = [path / "config" / "vocabularies" / name for path in ini.styles_paths]
        styles = next((folder.parents[2] for folder in folders if folder.is_dir()), None)
        if styles is None:
            searched = ", ".join(map(str, folders))
            raise ValeError(f"'{name}' vocabulary not found; searched: {searched}", context="vocab")
        try:
            words = valestyles.vocabulary(styles, [name])
        except UnicodeDecodeError as error:
            raise ValeError(f"vocabulary '{name}' is not UTF-8: {error.reason}", context="vocab") from None
        accept += words.accept
        reject += words.reject
    return Vocabulary(tuple(accept), tuple(reject))
