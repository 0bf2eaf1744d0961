""".vale.ini -> what it asks for, and what that means for one file. As Vale 3.22 reads it.

Core keys stand before the first section; a section is a glob, and of two that match a file the later one wins.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cannedkit import files
from cannedkit.model.draft import Level
from cannedkit.model.errors import CannedkitError, Failure
from cannedkit.trust import Trust, how
from cannedkit.vale.glob import GlobError, fits

NAMES = (".vale", "_vale", "vale.ini", ".vale.ini", "_vale.ini")
"""What the file may be called, in the order in which Vale looks (internal/core/config.go)."""

CORE = (
    "StylesPath",
    "MinAlertLevel",
    "Vocab",
    "Packages",
    "IgnoredScopes",
    "SkippedScopes",
    "IgnoredClasses",
    "WordTemplate",
    "NLPEndpoint",
)
"""Keys that stand before the first section."""

OF_SECTIONS = (
    "BasedOnStyles",
    "BlockIgnores",
    "TokenIgnores",
    "CommentDelimiters",
    "Vocab",
    "Lang",
    "View",
    "Transform",
)
"""Keys of a section; every other key there names a style or a rule."""

MAX_FILE = 1_000_000
"""Bytes that the file may hold; our own choice, that of a rule file."""

LEVELS: Mapping[str, Level] = {str(level): level for level in Level}

_HEADER = re.compile(r"\[(.*)\]\s*(?:[#;].*)?$")
_PARAMETER = re.compile(r"([^\[\]]+\.[^\[\]]+)\[([A-Za-z][A-Za-z0-9]*)\]")
_COMMENT = re.compile(r"\s[#;]")
_STRUCTURE = frozenset(
    "extends name path tests message description link tokens swap exceptions filters ignore raw either".split()
)


class ValeError(CannedkitError):
    """What Vale itself would stop at. `text` is the message; `path` and `line` are there where a file is to blame."""

    def __init__(self, text: str, *, context: str = "", path: str = "", line: int = 0, column: int = 0) -> None:
        self.text, self.context, self.path, self.line, self.column = text, context, path, line, column
        super().__init__(f"{path}:{line}:{text}" if path else text)

    def failure(self) -> Failure:
        """The error as an entry of a report's errors."""
        return Failure("", self.text, self.path, self.line, self.column)

    def fields(self) -> dict[str, object]:
        """The object that `vale --output=JSON` prints on stderr."""
        if self.path:
            return {"Line": self.line, "Path": self.path, "Text": self.text, "Code": "E201", "Span": self.column}
        text = f"E100 [{self.context}] Runtime error\n\n{self.text}\n\nExecution stopped with code 1."
        return {"Line": 0, "Path": "", "Text": text, "Code": "E100", "Span": 0}


@dataclass(frozen=True, slots=True)
class Section:
    """One section. `styles` is None where it names none; `checks` says which styles and rules it turns on or off."""

    glob: str
    styles: tuple[str, ...] | None = None
    checks: Mapping[str, bool] = field(default_factory=dict)
    levels: Mapping[str, Level] = field(default_factory=dict)
    unset: tuple[str, ...] = ()
    vocabularies: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    delimiters: tuple[str, str] | None = None
    view: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class ValeIni:
    """A .vale.ini, read. `whole` is the section `[*]`; `sections` are the others, in order.

    `parameters` hold what `Style.Rule[key] = value` says, by rule. `warnings` are what Vale would say on stderr.
    `refused` are the StylesPaths that are left out; all that the file names must lie `within` something.
    """

    path: Path
    styles_paths: tuple[Path, ...] = ()
    least: Level = Level.SUGGESTION
    vocabularies: tuple[str, ...] = ()
    ignored_scopes: tuple[str, ...] = ()
    skipped_scopes: tuple[str, ...] = ()
    ignored_classes: tuple[str, ...] = ()
    formats: Mapping[str, str] = field(default_factory=dict)
    whole: Section = field(default_factory=lambda: Section("*"))
    sections: tuple[Section, ...] = ()
    parameters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    refused: tuple[Failure, ...] = ()
    within: files.Within = ()

    @property
    def styles(self) -> tuple[str, ...]:
        """Every style that some section is based on."""
        named = (name for section in (self.whole, *self.sections) for name in section.styles or ())
        return tuple(dict.fromkeys(named))

    @property
    def named(self) -> tuple[str, ...]:
        """Every style and rule that some section turns on, off or to a level."""
        return tuple(dict.fromkeys(key for section in (self.whole, *self.sections) for key in section.checks))

    def is_global(self) -> bool:
        """Whether `[*]` says anything about rules, so that every file is read."""
        return bool(self.whole.styles or self.whole.checks)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a .vale.ini means for one file: the styles it is based on, and what was said of styles and rules."""

    styles: tuple[str, ...]
    checks: Mapping[str, bool]
    everywhere: Mapping[str, bool]
    levels: tuple[Mapping[str, Level], ...]
    vocabularies: tuple[str, ...] = ()

    def runs(self, rule: str) -> bool:
        """Whether the rule runs: what is said of the rule goes before what is said of its style."""
        style = rule.partition(".")[0]
        for said in (self.checks, self.everywhere):
            for key in (rule, style):
                if key in said:
                    return said[key]
        return style in self.styles

    def level(self, rule: str, own: Level) -> Level:
        """The level of the rule, which has `own` in its file."""
        for levels in self.levels:
            for key in (rule, rule.partition(".")[0]):
                if key in levels:
                    return levels[key]
        return own


def left_out(what: str, path: str, error: files.FileError) -> str:
    """Why something that a .vale.ini names is not read, and how to allow it where a user can."""
    return f"{what} {error}; {how(path)}" if isinstance(error, files.OutsideError) else f"{what} {error}"


def find(folder: Path) -> Path | None:
    """The nearest file of Vale's settings in `folder` or above it."""
    for one in (folder, *folder.parents):
        for name in NAMES:
            if os.path.isfile(one / name):
                return one / name
    return None


def load(path: Path, trust: Trust | None = None) -> ValeIni:
    """A .vale.ini, read and checked. Raises ValeError.

    What it names must lie in its repository (its own folder, if no `.git` stands above it), or where `trust` allows it.
    """
    try:
        text = files.decoded(files.typed(path, MAX_FILE))
    except files.FileError as error:
        raise ValeError(f"{path} {error}", context="config") from None
    return parsed(text, path, trust)


def parsed(text: str, path: Path, trust: Trust | None = None) -> ValeIni:
    """The same from its text. Raises ValeError."""
    folder = path.absolute().parent
    reader = _Reader(text, path, (trust or Trust()).within(files.root_of(folder, (".git",)), folder))
    core = reader.sections.pop("", {})
    formats = {key: values[0] for key, values in reader.sections.pop("formats", {}).items()}
    reader.sections.pop("asciidoctor", None)
    found = {name: reader.section(name, keys) for name, keys in reader.sections.items()}
    whole = found.pop("*", Section("*"))
    return ValeIni(
        path=path,
        styles_paths=tuple(filter(None, map(reader.styles_path, core.get("StylesPath", ())))),
        least=reader.least(core.get("MinAlertLevel", ())),
        vocabularies=_list(core.get("Vocab", ())),
        ignored_scopes=_list(core.get("IgnoredScopes", ())),
        skipped_scopes=_list(core.get("SkippedScopes", ())),
        ignored_classes=_list(core.get("IgnoredClasses", ())),
        formats=formats,
        whole=whole,
        sections=tuple(found.values()),
        parameters=reader.parameters,
        warnings=tuple(reader.core_warnings(core)),
        refused=tuple(reader.refused),
        within=reader.within,
    )


class _Reader:
    """The sections of an ini file, each key with all its values, and what is wrong with them."""

    def __init__(self, text: str, path: Path, within: files.Within) -> None:
        self.path, self.within = path, within
        self.refused: list[Failure] = []
        self.lines = text.splitlines()
        self.sections: dict[str, dict[str, list[str]]] = {"": {}}
        self.parameters: dict[str, dict[str, str]] = {}
        keys = self.sections[""]
        for key, value in _entries(self.lines):
            if value is None:
                keys = self.sections.setdefault(key, {})
            else:
                keys.setdefault(key, []).append(value)

    def fault(self, message: str, target: str, key: str = "") -> ValeError:
        """An error at the first line that holds `target`, of those that start with `key`."""
        for number, line in enumerate(self.lines, start=1):
            if target in line and line.lstrip("\"'` ").startswith(key):
                return ValeError(message, path=str(self.path), line=number, column=line.index(target) + 1)
        return ValeError(message, path=str(self.path), line=0, column=1)

    def styles_path(self, value: str) -> Path | None:
        """A StylesPath, which must be there; None where the file may not name it."""
        path = Path(os.path.normpath(self.path.absolute().parent / value))
        try:
            files.inside(path, self.within)
        except files.FileError as error:
            reason = left_out(f"StylesPath {value!r}, with the styles, vocabularies and Views in it,", value, error)
            self.refused.append(self.fault(reason, value, "StylesPath").failure())
            return None
        if not os.path.exists(path):
            raise self.fault(f"The path '{path}' does not exist.", value)
        return path

    def least(self, values: Sequence[str]) -> Level:
        """The MinAlertLevel."""
        if not values:
            return Level.SUGGESTION
        if values[-1] not in LEVELS:
            raise self.fault("MinAlertLevel must be 'suggestion', 'warning', or 'error'.", values[-1])
        return LEVELS[values[-1]]

    def core_warnings(self, core: Iterable[str]) -> Iterator[str]:
        """What Vale says of keys before the first section that it does not know."""
        for key in core:
            if key in OF_SECTIONS and key != "Vocab":
                raise self.fault(f"'{key}' is a syntax-specific option", key)
            if key not in CORE:
                yield f"'{key}' isn't a core option; Vale is ignoring it."

    def section(self, name: str, keys: Mapping[str, list[str]]) -> Section:
        """One section of the file."""
        checks: dict[str, bool] = {}
        levels: dict[str, Level] = {}
        unset: list[str] = []
        for key, values in keys.items():
            if key in OF_SECTIONS:
                if name == "*" and key in ("Vocab", "View", "CommentDelimiters", "Transform"):
                    raise self.fault(f"'{key}' is a syntax-specific option", key)
            elif key in CORE:
                message = f"'{key}' is a core option; it should be defined above any syntax-specific options (`[...]`)."
                raise self.fault(message, key)
            elif found := _PARAMETER.fullmatch(key):
                self._parameter(found[1], found[2].lower(), values[-1], key)
            elif values[-1] == "UNSET":
                unset.append(key)
            else:
                checks[key] = values[-1] in ("YES", *LEVELS)
                if values[-1] in LEVELS:
                    levels[key] = LEVELS[values[-1]]
        delimiters = _list(keys.get("CommentDelimiters", ()))
        if delimiters and len(delimiters) != 2:
            count = len(delimiters)
            text = f"CommentDelimiters must be a comma-separated list of two delimiters, but got {count} items"
            raise self.fault(text, name)
        return Section(
            name,
            _list(keys["BasedOnStyles"]) if "BasedOnStyles" in keys else None,
            checks,
            levels,
            tuple(unset),
            _list(keys.get("Vocab", ())),
            _patterns(keys.get("BlockIgnores", keys.get("IgnorePatterns", ()))),
            _patterns(keys.get("TokenIgnores", ())),
            (delimiters[0], delimiters[1]) if delimiters else None,
            keys.get("View", [""])[0],
            keys.get("Lang", [""])[0],
        )

    def _parameter(self, rule: str, name: str, value: str, key: str) -> None:
        if name == "level":
            raise self.fault(f"set a level with '{rule} = {value}'", key)
        if name in _STRUCTURE:
            text = f"'{name}' is not adjustable from configuration; extend '{rule}' in a style instead"
            raise self.fault(text, key)
        self.parameters.setdefault(rule, {})[name] = value


def _entries(lines: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Each key and its value, and each section's name with None, in order."""
    held = ""
    for line in lines:
        stripped = line.strip()
        if not held and (not stripped or stripped[0] in "#;"):
            continue
        if stripped.endswith("\\"):
            held += stripped[:-1]
            continue
        whole, held = held + stripped, ""
        if header := _HEADER.match(whole):
            yield header[1].strip(), None
            continue
        cut = min((at for at in (whole.find("="), whole.find(":")) if at >= 0), default=-1)
        if cut >= 0:
            yield whole[:cut].strip().strip("\"'`"), _value(whole[cut + 1 :].strip())


def _value(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'`":
        return value[1:-1]
    found = _COMMENT.search(" " + value)
    return (" " + value)[: found.start()].strip() if found else value


def _list(values: Sequence[str]) -> tuple[str, ...]:
    """The entries of comma-separated values, each once."""
    entries = (entry.strip() for value in values for entry in value.split(","))
    return tuple(dict.fromkeys(entry for entry in entries if entry))


def _patterns(values: Sequence[str]) -> tuple[str, ...]:
    r"""The regular expressions of comma-separated values; `\,` is a comma in one of them."""
    entries = (entry.replace(r"\,", ",").strip() for value in values for entry in re.split(r"(?<!\\),", value))
    return tuple(dict.fromkeys(entry for entry in entries if entry))


# -- one file -----------------------------------------------------------------------------------


def choice(ini: ValeIni, path: str) -> Choice:
    """What the settings mean for the file at `path`, written as it was given."""
    styles = ini.whole.styles or ()
    checks: dict[str, bool] = {}
    levels: dict[str, Level] = {}
    unset: set[str] = set()
    vocabularies: dict[str, None] = {}
    for section in matching(ini, path):
        if section.styles is not None:
            styles = section.styles
            if not styles:
                checks, levels, unset = dict.fromkeys(ini.whole.checks, False), {}, set()
        checks |= section.checks
        unset -= section.checks.keys()
        levels |= section.levels
        for key in section.unset:
            checks.pop(key, None)
            levels.pop(key, None)
            unset.add(key)
        vocabularies |= dict.fromkeys(section.vocabularies)
    everywhere = {key: value for key, value in ini.whole.checks.items() if key not in unset}
    return Choice(styles, checks, everywhere, (levels, ini.whole.levels), tuple(vocabularies))


def matching(ini: ValeIni, path: str) -> Iterator[Section]:
    """The sections, `[*]` left out, whose glob the path matches, in order."""
    return (section for section in ini.sections if matches(section.glob, path))


def matches(glob: str, path: str) -> bool:
    """Whether a path matches a glob; one that starts with `!` matches what the rest does not. Raises ValeError."""
    negated = glob.startswith("!")
    try:
        return fits(glob.lstrip("!") if negated else glob, path.replace(os.sep, "/")) != negated
    except GlobError as error:
        raise ValeError(str(error), context="glob") from None
