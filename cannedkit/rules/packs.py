"""Packs: folders of rule files, read once and remembered while no file of them changes."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from cannedkit import cache, files
from cannedkit.channels import table
from cannedkit.model.errors import EXHAUSTED, Problem, RuleError, exhausted
from cannedkit.model.rule import Examples, Pack, Rule
from cannedkit.model.settings import Settings
from cannedkit.rules.file import MAX_FILE, of_mapping, read_mapping, read_rule, root_of, rule_id
from cannedkit.settings import shipped
from cannedkit.sources import DIALECT, REJECT, REPORTED, names
from cannedkit.text.nearest import nearest
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.schema import Problems

_LANGUAGE = re.compile(r"^language: ([a-z]{2,3})$", re.MULTILINE)
_NAMED = re.compile(r"^named:\s*true\s*(?:#.*)?$", re.MULTILINE)
_READS = re.compile(r"^reads:\s*([\"']?)catalogue\1\s*(?:#.*)?$", re.MULTILINE)
_NO_PACKS = ("config", "Vocab", "__pycache__")
_READERS = {"drafts": "", "catalogue": "catalogue"}
_FINDS = {"style": "", "errors": "errors"}

Read = Callable[[Rule], Rule]
"""Reads the options of a rule, as its kind does. Raises RuleError."""


@dataclass(frozen=True, slots=True)
class Available:
    """The packs that can be had, and what is wrong with what the settings say of packs and levels."""

    packs: tuple[Pack, ...]
    refused: tuple[Problem, ...] = ()


def available(settings: Settings, read: Read, locale: str | None = None) -> Available:
    """The packs that the settings name; without names, every shipped pack of the locale's language, and of `extends`.

    Packs that say that they read the catalogue are not among them: see `catalogue_packs`. A rule that cannot be read is
    left out and stands in its pack's `refused`.
    """
    folders = _by_name(settings)
    problems: Problems = []
    packs = []
    language = (locale or settings.locale).partition("-")[0]
    for name in _chosen(settings):
        if name not in folders:
            problems.append(_in_settings(settings, "packs", name, f"there is no pack `{name}`{nearest(name, folders)}"))
            continue
        about = _glance(folders[name])
        unasked = settings.packs is None and (_is_foreign(about, language) or _NAMED.search(about))
        if unasked or _READS.search(about):
            continue
        pack = _pack(folders[name], read, root_of(folders[name]))
        if settings.packs is not None or pack.language in ("", language):
            packs.append(pack)
    problems += _misnamed_levels(settings, packs, folders)
    problems += _loose(settings)
    for pack in packs:
        if pack.path.is_relative_to(settings.rules):
            problems += (*_other_endings(pack.path), *_unknown_names(pack, settings))
    try:
        packs += (*_of_vocabulary(settings, read), *_of_spelling(settings, read, language))
    except RuleError as error:
        problems += error.problems
    return Available(tuple(packs), tuple(problems))


def catalogue_packs(settings: Settings, read: Read) -> tuple[Pack, ...]:
    """The packs in force that say that they read the catalogue, and shipped rules that keep what a key promises.

    Those run whatever `packs` says: a key that is accepted is a key that is enforced.
    """
    folders = _by_name(settings)
    chosen = (folders[name] for name in _chosen(settings) if name in folders)
    found = [_pack(folder, read, root_of(folder)) for folder in chosen if _READS.search(_glance(folder))]
    known = set(ids(found))
    for folder in _folders(shipped() / "rules"):
        if _READS.search(_glance(folder)):
            pack = _pack(folder, read, root_of(folder))
            kept = tuple(rule for rule in pack.rules if rule.keeps and rule.id not in known)
            found += [replace(pack, rules=kept)] if kept else []
    return tuple(found)


def _by_name(settings: Settings) -> dict[str, Path]:
    """The folders of all packs; of those with one name that beside the catalogue goes first, then one of `extends`."""
    roots = (shipped() / "rules", *reversed([*settings.extends.values()]), settings.rules)
    return {folder.name: folder for root in roots for folder in _folders(root)}


def _chosen(settings: Settings) -> Iterable[str]:
    """The names of the packs that the settings name; without names, all that are shipped or that they extend."""
    if settings.packs is not None:
        return settings.packs
    installed = (folder for root in settings.extends.values() for folder in _folders(root))
    return sorted({*_names(shipped() / "rules"), *(folder.name for folder in installed if _files(folder))})


def _of_vocabulary(settings: Settings, read: Read) -> Iterator[Pack]:
    """The rule that finds what the vocabulary rejects, if it rejects anything."""
    if not settings.vocabulary.reject:
        return
    from cannedkit.words.vocabulary import any_form

    rule = {
        "extends": "existence",
        "message": "'%s' is a word that the vocabulary rejects: write the one that it accepts.",
        "level": str(REPORTED[REJECT].level),
        "ignorecase": "true",
        "vocab": "false",
        "nonword": "true",
        "tokens": [any_form(word) for word in settings.vocabulary.reject],
        "why": REPORTED[REJECT].why,
        "instead": REPORTED[REJECT].instead,
    }
    pack, _, name = REJECT.partition(".")
    yield written(pack, settings.root, {name: rule}, read)


def _of_spelling(settings: Settings, read: Read, language: str) -> Iterator[Pack]:
    """The rule that finds the spelling of another side than the locale's, where a text that has sides is proofread."""
    if language != "en" or not settings.engines:
        return
    rule = {
        "extends": "dialect",
        "message": '"%s" is %s spelling: write "%s" here.',
        "level": str(REPORTED[DIALECT].level),
        "why": REPORTED[DIALECT].why,
        "instead": REPORTED[DIALECT].instead,
    }
    pack, _, name = DIALECT.partition(".")
    yield written(pack, settings.root, {name: rule}, read)


def _in_settings(settings: Settings, key: str, name: str, message: str) -> Problem:
    line, column = settings.places.get(f"{key}.{name}", (0, 0))
    return Problem(str(settings.path or settings.rules), line, column, message)


def _loose(settings: Settings) -> Iterator[Problem]:
    """A problem for each rule file that stands in no pack."""
    for path in sorted(settings.rules.glob("*.y*ml")) if os.path.isdir(settings.rules) else ():
        message = "stands in no pack, so no rule is read from it: put it into a folder, the pack's name"
        yield Problem(str(path), 0, 0, message)


def _other_endings(folder: Path) -> Iterator[Problem]:
    """A problem for each file of a pack that looks like a rule and is none for its ending."""
    for path in sorted(folder.rglob("*.yaml")):
        if path != folder / "pack.yaml" and _holds_rule(path, folder):
            yield Problem(str(path), 0, 0, f"rules end in .yml, as in Vale: rename it to {path.stem}.yml")


CHANNELS = ("chat", "social", "phone", "jira")
"""Channels that shipped rules know besides those of the table, and a rule may name without their being in use."""


def _unknown_names(pack: Pack, settings: Settings) -> Iterator[Problem]:
    """A problem for each channel that a rule waits for and nobody has, and each fact that `known` does not name."""
    known = {"channel": (*settings.channels, *CHANNELS, *table.names())}
    if settings.known is not None:
        known["known"] = settings.known
    words = {"channel": "the channel", "known": "the fact"}
    for rule in pack.rules:
        for condition in rule.where:
            for name in condition.values if condition.key in known else ():
                if name not in known[condition.key]:
                    message = f"{rule.id} waits for {words[condition.key]} `{name}`, which the settings do not have"
                    yield Problem(rule.path, condition.line, 1, f"{message}{nearest(name, known[condition.key])}")


def _misnamed_levels(settings: Settings, packs: Iterable[Pack], folders: Mapping[str, Path]) -> Iterator[Problem]:
    """A problem for each key of `levels`, also in `overrides`, that sets nothing: no pack or rule has that name."""
    given = [("levels", key) for key in settings.levels]
    given += dict.fromkeys(("overrides", key) for one in settings.overrides for key in one.levels)
    told = {key.partition(".")[0] for _, key in given} & set(folders)
    loaded = {pack.name: _named(folders[pack.name]) for pack in packs if pack.name in folders}
    loaded |= {name: _named(folders[name]) for name in told if _READS.search(_glance(folders[name]))}
    for where, key in given:
        if reason := _misnamed(key, loaded, folders):
            yield _in_settings(settings, where, key, f"`{where}`: {reason}")


def misnamed(id: str, settings: Settings) -> str:
    """Why no rule has this id ("there is no rule `Care.Angr`; did you mean …?"), "" where one has, or an engine may."""
    folders = _by_name(settings)
    pack = id.partition(".")[0]
    return _misnamed(id, {pack: _named(folders[pack])} if pack in folders else {}, folders)


def _named(folder: Path) -> list[str]:
    """The ids that the files of a pack stand for, also those that cannot be read."""
    return [rule_id(path, folder) for path in _files(folder)]


def _misnamed(key: str, loaded: Mapping[str, list[str]], folders: Iterable[str]) -> str:
    """Why a rule's id, a pack or a pattern names nothing; "" where it names something, or nobody can tell."""
    known = (*folders, *names())
    pack = key.partition(".")[0]
    if "*" in pack:
        rules = [rule for each in loaded.values() for rule in each]
        matches = any(fnmatchcase(rule, key) for rule in (*rules, *(f"{name}." for name in known)))
        return "" if matches else f"`{key}` matches no pack and no rule"
    if pack not in known:
        return f"there is no pack `{pack}`{nearest(pack, known)}"
    if pack not in loaded or key == pack:
        return ""
    if "*" in key:
        return "" if any(fnmatchcase(rule, key) for rule in loaded[pack]) else f"`{key}` matches no rule of `{pack}`"
    return "" if key in loaded[pack] else f"there is no rule `{key}`{nearest(key, loaded[pack])}"


def read_pack(folder: Path, read: Read, within: files.Within, *, forgiving: bool = False) -> Pack:
    """One folder of rules, whose files, and those that they name, must lie `within` something.

    Raises RuleError with every fault found; `forgiving`: they stand in `refused` instead.
    """
    pack = _pack(folder, read, within)
    if pack.refused and not forgiving:
        raise RuleError(pack.refused)
    return pack


def spoken(pack: Pack, language: str) -> Pack:
    """The rules of a pack that may look at drafts in a language; none asks again whether a draft is in it."""
    kept = []
    for rule in pack.rules:
        tongues = [one for one in rule.where if one.key == "locale" and not one.negated]
        if all(any(value.partition("-")[0] == language for value in one.values) for one in tongues):
            where = tuple(one for one in rule.where if one not in tongues or language not in one.values)
            kept.append(replace(rule, where=where) if where != rule.where else rule)
    return replace(pack, rules=tuple(kept))


def ids(packs: Iterable[Pack]) -> list[str]:
    """The ids of all rules of some packs, in order."""
    return [rule.id for pack in packs for rule in pack.rules]


def _glance(folder: Path) -> str:
    """The text of pack.yaml, "" where there is none: it says whether the rules of the pack need be read at all."""
    try:
        return files.text(folder / "pack.yaml", MAX_FILE, root_of(folder))
    except files.FileError:
        return ""


def _is_foreign(about: str, language: str) -> bool:
    """Whether pack.yaml says that the pack is for another language."""
    said = _LANGUAGE.search(about)
    return said is not None and said[1] != language


def _names(folder: Path) -> list[str]:
    return [pack.name for pack in _folders(folder)]


def _folders(folder: Path) -> list[Path]:
    if not os.path.isdir(folder):
        return []
    return [path for path in sorted(folder.iterdir()) if os.path.isdir(path) and path.name not in _NO_PACKS]


def examples(pack: Pack, read: Read) -> Mapping[str, Examples]:
    """The examples of a pack's rules by the rules' ids; none for a pack that stands in no files."""
    if not os.path.isdir(pack.path):
        return {}
    within = root_of(pack.path)
    mark = _mark(pack.path, within)
    kept = cache.recall("examples", pack.path, mark) if mark else None
    return kept if isinstance(kept, dict) else _parsed(pack.path, read, within).examples


def _pack(folder: Path, read: Read, within: files.Within) -> Pack:
    """The pack in a folder, remembered from an earlier run if no file of it has changed."""
    mark = _mark(folder, within)
    if mark and isinstance(kept := cache.recall("pack", folder, mark), Pack):
        return kept
    parsed = _parsed(folder, read, within)
    if mark and not parsed.pack.refused and not parsed.inherits:
        cache.keep("pack", folder, mark, parsed.pack)
        cache.keep("examples", folder, mark, parsed.examples)
    return parsed.pack


def _mark(folder: Path, within: files.Within) -> tuple[object, ...]:
    """The stamp of a folder's files, and where they must lie; () where one cannot be looked at."""
    try:
        return (within, *cache.stamp([*_about(folder), *_files(folder)]))
    except OSError:
        return ()


def _about(folder: Path) -> list[Path]:
    return [path for path in (folder / "pack.yaml",) if os.path.lexists(path)]


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.yml")) if _holds_rule(path, folder)]


def _holds_rule(path: Path, folder: Path) -> bool:
    """Whether a file is a rule: not its tests, nor in a folder that a dot or an underscore sets aside."""
    inside = path.relative_to(folder).parts[:-1]
    return not path.name.endswith(".test.yml") and not any(part.startswith((".", "_")) for part in inside)


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A pack, the examples of its rules by their ids, and whether a rule of it extends one of another pack."""

    pack: Pack
    examples: Mapping[str, Examples]
    inherits: bool


def _parsed(folder: Path, read: Read, within: files.Within) -> _Parsed:
    language = description = reads = finds = ""
    problems: Problems = []
    about = _about(folder)
    if about and (root := read_mapping(about[0], problems, within)):
        keys = schema.entries(root, ("language", "description", "reads", "finds", "named"), problems, " in pack.yaml")
        language = schema.text(keys["language"], "language", problems) if "language" in keys else ""
        description = schema.text(keys["description"], "description", problems) if "description" in keys else ""
        reads = schema.choice(keys["reads"], "reads", _READERS, problems, "") if "reads" in keys else ""
        if "named" in keys:
            schema.boolean(keys["named"], "named", problems)  # whether it runs is asked before it is read
        finds = schema.choice(keys["finds"], "finds", _FINDS, problems, "") if "finds" in keys else ""
    rules = []
    tried = {}
    for path in _files(folder):
        found: Problems = []
        try:
            made = read_rule(path, folder, language, found, within)
            if made and not found:
                rules.append(read(made[0]))
                tried[made[0].id] = made[1]
        except RuleError as error:
            found += error.problems
        except EXHAUSTED as error:
            found.append(Problem(str(path), 1, 1, f"the rule {exhausted(error)}: write it as several"))
        problems += found
    if any(_for_paragraphs(rule) for rule in rules):
        rules = [replace(rule, splits=True) for rule in rules]
    pack = Pack(folder.name, folder, language, tuple(rules), description, tuple(problems), reads, finds)
    return _Parsed(pack, tried, inherits=any("." in rule.extends and rule.extends not in tried for rule in rules))


def _for_paragraphs(rule: Rule) -> bool:
    parts = (part.strip().partition(".")[0] for scope in rule.scope for part in scope.split("&"))
    return rule.level is not None and "paragraph" in parts


def written(
    name: str, folder: Path, made: Mapping[str, Mapping[str, object]], read: Read, within: files.Within = ()
) -> Pack:
    """A pack of rules that stand in no file, each from the keys that a rule file would have.

    The files that they name must lie `within` something.
    """
    from cannedkit.yamlsource.read import read as read_yaml

    rules = []
    problems: Problems = []
    for rule, keys in made.items():
        path = folder / name / f"{rule}.yml"
        root = read_yaml(str(path), json.dumps(keys).encode()).root
        if isinstance(root, MappingNode) and (
            found := of_mapping(root, f"{name}.{rule}", path, "", problems, str(keys["extends"]), within)
        ):
            rules.append(read(found[0]))
    if problems:
        raise RuleError(problems)
    return Pack(name, folder / name, "", tuple(rules))
