"""Rule files -> Rule; packs; the level in force."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from cannedkit import cache, lemmas, schema, yamlsource
from cannedkit.amounts import AMOUNT
from cannedkit.examples import examples
from cannedkit.inherit import flattened
from cannedkit.literals import required
from cannedkit.model import (
    LEVELS,
    MOODS,
    Condition,
    Draft,
    Finding,
    InputError,
    Level,
    Pack,
    Problem,
    Rule,
    RuleError,
    Settings,
)
from cannedkit.names import nearest
from cannedkit.patterns import with_words
from cannedkit.schema import Problems, plain
from cannedkit.settings import shipped
from cannedkit.yamlsource import Mapping as MappingNode
from cannedkit.yamlsource import Node, Scalar, Sequence

MAX_FILE = 1_000_000
"""Bytes that a rule file may hold (design, section 8)."""

COMMON = (
    "extends",
    "message",
    "level",
    "scope",
    "limit",
    "link",
    "description",
    "why",
    "source",
    "instead",
    "where",
    "bad",
    "good",
    "lemma",
    "tests",
)
"""The keys that every kind shares; all others belong to the kind."""

_LANGUAGE = re.compile(r"^language: ([a-z]{2,3})$", re.MULTILINE)
OTHER_SOURCES = ("Harper", "Hunspell", "LanguageTool", "Pythainlp", "Vale", "Waiver")
"""What stands before the dot in the rule of a finding that comes from no pack."""

SCOPES = tuple(
    "text sentence paragraph raw summary heading title list table blockquote figure alt attr comment link strong "
    "emphasis code meta frontmatter".split()
)
"""Vale's own scopes. Headings and what follows them are found in Markdown only."""

_WHERE = ("channel", "locale", "mood", "known", "topic", "status")
_PARTS = {"locale": "-", "topic": "/"}
_VERB = re.compile(r"%(?:\[(\d+)\])?([sd%])")


# -- packs --------------------------------------------------------------------------------------


def load(settings: Settings, locale: str | None = None) -> tuple[Pack, ...]:
    """The packs that the settings name; without names, every shipped pack of the locale's language.

    A rule that cannot be read is left out and stands in its pack's `refused`. Raises RuleError for a pack that is
    not to be had.
    """
    folders = {folder.name: folder for folder in (*_folders(shipped() / "rules"), *_folders(settings.rules))}
    problems: Problems = []
    packs = []
    language = (locale or settings.locale).partition("-")[0]
    for name in settings.packs if settings.packs is not None else sorted(_names(shipped() / "rules")):
        if name not in folders:
            where = str(settings.path or settings.rules)
            problems.append(Problem(where, 0, 0, f"there is no pack `{name}`{nearest(name, folders)}"))
            continue
        if settings.packs is None and _is_foreign(folders[name], language):
            continue
        pack = _pack(folders[name])
        if settings.packs is not None or pack.language in ("", language):
            packs.append(pack)
    problems += _misnamed_levels(settings, packs, folders)
    if problems:
        raise RuleError(problems)
    return tuple(packs)


def _misnamed_levels(settings: Settings, packs: Iterable[Pack], folders: Mapping[str, Path]) -> Iterator[Problem]:
    """A problem for each key of `levels` that sets nothing, because no pack or rule has that name."""
    loaded = {pack.name: [rule.id for rule in pack.rules] for pack in packs}
    for key in settings.levels:
        pack = key.partition(".")[0]
        if "*" in key or pack in OTHER_SOURCES:
            continue
        if pack not in folders:
            hint = nearest(pack, (*folders, *OTHER_SOURCES))
            yield Problem(str(settings.path), 0, 0, f"`levels`: there is no pack `{pack}`{hint}")
        elif pack in loaded and key not in (pack, *loaded[pack]):
            yield Problem(str(settings.path), 0, 0, f"`levels`: there is no rule `{key}`{nearest(key, loaded[pack])}")


def read_pack(folder: Path, *, forgiving: bool = False) -> Pack:
    """One folder of rules. Raises RuleError with every fault found; `forgiving`: they stand in `refused` instead."""
    pack = _pack(folder)
    if pack.refused and not forgiving:
        raise RuleError(pack.refused)
    return pack


def _is_foreign(folder: Path, language: str) -> bool:
    """Whether a glance at pack.yaml says that the pack is for another language, so that its rules need not be read."""
    try:
        said = _LANGUAGE.search((folder / "pack.yaml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return False
    return said is not None and said[1] != language


def _names(folder: Path) -> list[str]:
    return [pack.name for pack in _folders(folder)]


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in sorted(folder.iterdir()) if path.is_dir() and path.name not in ("config", "Vocab")]


def _pack(folder: Path) -> Pack:
    """The pack in a folder, remembered from an earlier run if no file of it has changed."""
    files = [path for path in sorted(folder.rglob("*.yml")) if _holds_rule(path, folder)]
    about = [path for path in (folder / "pack.yaml",) if path.is_file()]
    try:
        mark = cache.stamp([*about, *files])
    except OSError:
        mark = ()
    if mark and isinstance(kept := cache.recall(folder, mark), Pack):
        return kept
    pack, inherits = _parsed(folder, about, files)
    if mark and not pack.refused and not inherits:
        cache.keep(folder, mark, pack)
    return pack


def _holds_rule(path: Path, folder: Path) -> bool:
    """Whether a file is a rule: not its tests, nor in a folder that a dot or an underscore sets aside."""
    inside = path.relative_to(folder).parts[:-1]
    return not path.name.endswith(".test.yml") and not any(part.startswith((".", "_")) for part in inside)


def _parsed(folder: Path, about: list[Path], files: list[Path]) -> tuple[Pack, bool]:
    """The pack, and whether a rule of it extends one of another pack."""
    language = description = ""
    problems: Problems = []
    if about and (root := _read(about[0], problems)):
        keys = schema.entries(root, ("language", "description"), problems, " in pack.yaml")
        language = schema.text(keys["language"], "language", problems) if "language" in keys else ""
        description = schema.text(keys["description"], "description", problems) if "description" in keys else ""
    rules = []
    for path in files:
        found: Problems = []
        rule = _rule(path, folder, language, found)
        problems += found
        if rule and not found:
            rules.append(rule)
    if any(_for_paragraphs(rule) for rule in rules):
        rules = [replace(rule, splits=True) for rule in rules]
    literals = {pattern: required(pattern) for rule in rules for pattern in _patterns(rule)}
    inherits = any("." in rule.extends for rule in rules)
    pack = Pack(folder.name, folder, language, tuple(rules), description, literals, tuple(problems))
    return pack, inherits


def _for_paragraphs(rule: Rule) -> bool:
    parts = (part.strip().partition(".")[0] for scope in rule.scope for part in scope.split("&"))
    return rule.level is not None and "paragraph" in parts


_PATTERN_KEYS = (
    *("tokens", "triggers", "others", "token", "ways", "of", "against", "facts"),
    *("near", "allow", "unless", "asks", "commitments", "dates", "unlimited"),
)
"""The keys that hold patterns, in any kind."""


def _patterns(rule: Rule) -> Iterator[str]:
    """The patterns of a rule, as far as they are worth reading for their literals before they are asked for."""
    by_name = {"amount": AMOUNT}
    lists = rule.options.get("words")
    for name, alternatives in lists.pairs if isinstance(lists, MappingNode) else ():
        by_name[name.value] = f"(?:{'|'.join(with_words(one, by_name) for one in _texts(alternatives))})"
    for key in _PATTERN_KEYS:
        yield from (with_words(one, by_name) for one in _texts(rule.options.get(key)))
    swap = rule.options.get("swap")
    if isinstance(swap, MappingNode):
        yield from (key.value for key, _ in swap.pairs)


def _texts(node: Node | None) -> Iterator[str]:
    """The texts in a node, or in what it holds."""
    if isinstance(node, Scalar):
        yield node.value
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _texts(item)
    elif isinstance(node, MappingNode):
        for _, value in node.pairs:
            yield from _texts(value)


def _read(path: Path, problems: Problems) -> MappingNode | None:
    try:
        if path.stat().st_size > MAX_FILE:
            problems.append(Problem(str(path), 0, 0, f"a rule file may hold {MAX_FILE:,} bytes"))
            return None
        root = yamlsource.read(str(path), path.read_bytes()).root
    except OSError as error:
        problems.append(Problem(str(path), 0, 0, f"cannot be read: {error.strerror}"))
        return None
    except InputError as error:
        problems.extend(error.problems)
        return None
    if root is None:
        problems.append(Problem(str(path), 1, 1, "is empty: a rule needs `extends` and `message`"))
        return None
    return schema.mapping(root, path.name, problems)


# -- one rule -----------------------------------------------------------------------------------


def _rule(path: Path, folder: Path, language: str, problems: Problems) -> Rule | None:
    own = _read(path, problems)
    root = flattened(own, lambda id: _found(id, folder.parent, problems), problems) if own else None
    if root is None or own is None:
        return None
    id = ".".join((folder.name, *path.relative_to(folder).parts[:-1], path.name.partition(".")[0]))
    extends = own.get("extends")
    return _of_mapping(root, id, path, language, problems, plain(extends) if extends else "")


def _of_mapping(root: MappingNode, id: str, path: Path, language: str, problems: Problems, extends: str) -> Rule | None:
    keys = {key.value: value for key, value in root.pairs}
    missing = [key for key in ("extends", "message") if key not in keys]
    if missing:
        problems.extend(root.problem(f"a rule needs `{key}`") for key in missing)
        return None

    def word(key: str, *, prose: bool = False) -> str:
        return schema.text(keys[key], key, problems, prose=prose) if key in keys else ""

    where = tuple(_conditions(keys["where"], problems)) if "where" in keys else ()
    if language and not any(condition.key == "locale" for condition in where):
        where = (*where, Condition("locale", (language,)))
    level = Level.WARNING
    options = {key: value for key, value in keys.items() if key not in COMMON}
    lemma = schema.boolean(keys["lemma"], "lemma", problems) if "lemma" in keys else False
    if lemma:
        tongue = next((one.values[0] for one in where if one.key == "locale" and one.values and not one.negated), "en")
        options = lemmas.inflected(options, tongue.partition("-")[0], problems)
    return Rule(
        id=id,
        kind=word("extends"),
        extends=extends,
        tested="tests" in keys,
        message=word("message"),
        level=schema.choice(keys["level"], "level", LEVELS, problems, level) if "level" in keys else level,
        path=str(path),
        options=options,
        scope=_scopes(keys["scope"], problems) if "scope" in keys else ("text",),
        why=word("why", prose=True),
        source=word("source", prose=True),
        link=word("link"),
        description=word("description"),
        instead=word("instead", prose=True),
        where=where,
        bad=tuple(examples(keys["bad"], "bad", problems)) if "bad" in keys else (),
        good=tuple(examples(keys["good"], "good", problems)) if "good" in keys else (),
        limit=schema.whole(keys["limit"], "limit", problems) if "limit" in keys else 0,
        lemma=lemma,
    )


def written(name: str, folder: Path, made: Mapping[str, Mapping[str, object]]) -> Pack:
    """A pack of rules that stand in no file, each from the keys that a rule file would have."""
    rules = []
    problems: Problems = []
    for rule, keys in made.items():
        path = folder / name / f"{rule}.yml"
        root = yamlsource.read(str(path), json.dumps(keys).encode()).root
        if isinstance(root, MappingNode) and (
            found := _of_mapping(root, f"{name}.{rule}", path, "", problems, str(keys["extends"]))
        ):
            rules.append(found)
    if problems:
        raise RuleError(problems)
    return Pack(name, folder / name, "", tuple(rules))


def _found(id: str, styles: Path, problems: Problems) -> MappingNode | None:
    """The mapping of another rule, in the packs of the same folder or the shipped ones."""
    pack, *parts = id.split(".")
    for folder in (styles, shipped() / "rules"):
        path = folder.joinpath(pack, *parts[:-1], f"{parts[-1]}.yml")
        if path.is_file():
            return _read(path, problems)
    return None


def _scopes(node: Node, problems: Problems) -> tuple[str, ...]:
    """The scopes of a rule. Vale lets a style name its own; what is nearly a known one is a slip of the pen."""
    found = schema.texts(node, "scope", problems)
    for scope in found:
        for part in scope.split("&"):
            name = part.strip().removeprefix("~").strip().partition(".")[0]
            close = get_close_matches(name, SCOPES, 1, 0.75)
            if not name or " " in name or (name not in SCOPES and close):
                problems.append(node.problem(f"unknown `scope` {scope!r}{nearest(name, SCOPES)}"))
    return found or ("text",)


def _conditions(node: Node, problems: Problems) -> Iterator[Condition]:
    if not (where := schema.mapping(node, "where", problems)):
        return
    for key, value in schema.entries(where, _WHERE, problems, " in `where`").items():
        if key not in _WHERE:
            continue
        negated = isinstance(value, MappingNode)
        if isinstance(value, MappingNode):
            inner = schema.entries(value, ("not",), problems, f" under `{key}`")
            if "not" not in inner:
                continue
            value = inner["not"]
        values = schema.texts(value, key, problems)
        if key == "mood":
            for mood in values:
                if mood not in MOODS:
                    problems.append(value.problem(f"unknown mood {mood!r}{nearest(mood, MOODS)}"))
            values = tuple(MOODS.get(mood, mood) for mood in values)
        yield Condition(key, values, negated)


# -- what the settings and a draft say of a rule ------------------------------------------------


def level(id: str, own: Level | None, levels: Mapping[str, Level | None]) -> tuple[Level | None, str]:
    """The level in force for a rule, and the key of the settings that set it ("" for the rule's own).

    The rule's id goes before a pattern, a longer pattern before a shorter, a pattern before the pack.
    """
    if id in levels:
        return levels[id], id
    patterns = [pattern for pattern in levels if "*" in pattern and fnmatchcase(id, pattern)]
    if patterns:
        longest = max(patterns, key=len)
        return levels[longest], longest
    pack = id.partition(".")[0]
    return (levels[pack], pack) if pack in levels else (own, "")


def spoken(pack: Pack, language: str) -> Pack:
    """The rules of a pack that may look at drafts in a language; none asks again whether a draft is in it."""
    kept = []
    for rule in pack.rules:
        tongues = [one for one in rule.where if one.key == "locale" and not one.negated]
        if all(any(value.partition("-")[0] == language for value in one.values) for one in tongues):
            where = tuple(one for one in rule.where if one not in tongues or language not in one.values)
            kept.append(replace(rule, where=where) if where != rule.where else rule)
    return replace(pack, rules=tuple(kept))


def applies(rule: Rule, draft: Draft) -> bool:
    """Whether the rule's `where` holds for the draft."""
    return all(holds(condition, draft) for condition in rule.where)


def holds(condition: Condition, draft: Draft) -> bool:
    """Whether one condition of a `where` holds for the draft."""
    found = any(_has(draft, condition.key, value) for value in condition.values)
    return found != condition.negated


def _has(draft: Draft, key: str, value: str) -> bool:
    if key == "known":
        return any(fact == value or fact.partition(":")[0].strip() == value for fact in draft.known)
    if key == "mood":
        return MOODS.get(draft.mood, "neutral") == value
    own: str = getattr(draft, key)
    return own == value or (key in _PARTS and own.startswith(value + _PARTS[key]))


def said(message: str, *arguments: object) -> str:
    """A rule's message with its arguments: `%s` and `%d` take the next, `%[2]s` the second; spare ones are left out."""
    if "%" not in message:
        return message
    following = iter(arguments)

    def fill(verb: re.Match[str]) -> str:
        if verb[2] == "%":
            return "%"
        if verb[1]:
            number = int(verb[1])
            return str(arguments[number - 1]) if 0 < number <= len(arguments) else ""
        return str(next(following, ""))

    return _VERB.sub(fill, message)


_LENIENT = ("consistency", "spelling")
"""Kinds whose unknown keys Vale lets pass, and so styles hold some."""

_SHARED = ("action", "matchcase")
"""Keys that Vale takes in every rule, of use or not."""

Reader = Callable[[Node, str, Problems], Any]


def options(rule: Rule, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """The kind's own keys of a rule, read. Raises RuleError with every fault found."""
    problems: Problems = []
    known = (*readers, *COMMON)
    values = {}
    for key, node in rule.options.items():
        if key in readers:
            values[key] = readers[key](node, key, problems)
        elif not key.startswith("x-") and rule.kind not in _LENIENT and key not in _SHARED:
            hint = nearest(key, known)
            problems.append(node.problem(f"`{key}` is no key of a rule that extends {rule.kind}{hint}"))
    if problems:
        raise RuleError(problems)
    return values


def finding(
    rule: Rule, start: int, end: int, message: str, fixes: Iterable[str] = (), *, safe: bool = False
) -> Finding:
    """A finding of a rule, at its own level (the linter sets the level in force)."""
    return Finding(start, end, rule.id, rule.level or Level.WARNING, message, tuple(fixes), safe, (rule.id,))


def problem(rule: Rule, key: str, message: str) -> Problem:
    """A fault in one key of a rule's own options, at its place in the file."""
    node = rule.options.get(key)
    if node is None:
        return Problem(rule.path, 1, 1, message)
    located: Problem = node.problem(message)
    return located


def ids(packs: Iterable[Pack]) -> list[str]:
    """The ids of all rules of some packs, in order."""
    return [rule.id for pack in packs for rule in pack.rules]
