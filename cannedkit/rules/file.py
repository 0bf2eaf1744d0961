"""One rule file -> Rule."""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from cannedkit import files
from cannedkit.channels.table import PARTS
from cannedkit.model.draft import LEVELS, MOODS, Level
from cannedkit.model.errors import Problem
from cannedkit.model.rule import Condition, Examples, Rule
from cannedkit.rules.examples import examples
from cannedkit.rules.inherit import flattened
from cannedkit.rules.lemma import inflected
from cannedkit.rules.options import BY_EXAMPLE, COMMON
from cannedkit.settings import shipped
from cannedkit.text.locales import canonical
from cannedkit.text.nearest import nearest
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, plain

MAX_FILE = 1_000_000
"""Bytes that a rule file may hold (design, section 8)."""

SCOPES = tuple(
    "text sentence paragraph raw summary heading title list table blockquote figure alt attr comment link strong "
    "emphasis code meta frontmatter".split()
)
"""Vale's own scopes. Headings and what follows them are found in Markdown only."""

STATUSES = ("", "draft", "retired")
"""The status of a response, "" for one in use."""

KEPT = ("approval", "requires", "until", "review_by", "offer", "locales", "replaced_by")
"""The keys that promise something, and are held to it whatever `packs` says (design, section 3.2)."""

WHERE = ("channel", "locale", "mood", "known", "topic", "status", "part")


# -- one rule -----------------------------------------------------------------------------------


def read_mapping(path: Path, problems: Problems, within: files.Within) -> MappingNode | None:
    """The mapping that a file of a pack holds, which must lie `within` something.

    None with a problem where it holds none, or cannot be read.
    """
    empty = "is empty: a rule needs `extends` and `message`"
    found = len(problems)
    root = schema.read_mapping(path, problems, most_bytes=MAX_FILE, empty=empty, root=within)
    return root if len(problems) == found else None  # what is left of a rule is not that rule


def read_rule(
    path: Path, folder: Path, language: str, problems: Problems, within: files.Within
) -> tuple[Rule, Examples] | None:
    """The rule of a file in the pack `folder`, for drafts in `language` ("" for any), and its examples.

    It, the rules that it extends and the files that it names must lie `within` something. None with the problems found.
    """
    own = read_mapping(path, problems, within)
    root = flattened(own, lambda id: _found(id, folder.parent, problems, within), problems) if own else None
    if root is None or own is None:
        return None
    id = rule_id(path, folder)
    extends = own.get("extends")
    return of_mapping(root, id, path, language, problems, plain(extends) if extends else "", within)


def root_of(folder: Path) -> Path | None:
    """The folder that the files of the pack `folder`, and what they name, must lie in; None for what is shipped.

    Words and dictionaries lie beside the packs: without a repository it is the folder of the packs.
    """
    return None if folder.is_relative_to(shipped() / "rules") else files.root_of(folder.parent)


def rule_id(path: Path, folder: Path) -> str:
    """The id of the rule in a file of the pack `folder`."""
    return ".".join((folder.name, *path.relative_to(folder).parts[:-1], path.name.partition(".")[0]))


def of_mapping(
    root: MappingNode,
    id: str,
    path: Path,
    language: str,
    problems: Problems,
    extends: str,
    within: files.Within = (),
) -> tuple[Rule, Examples] | None:
    """The rule that a mapping holds, its options still nodes, and its examples; None with the problems found.

    `extends` is what the file itself extends; the files that the rule names must lie `within` something.
    """
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
    kind = word("extends")
    own = ("bad", "good") if kind in BY_EXAMPLE else ()
    options = {key: value for key, value in keys.items() if key not in COMMON or key in own}
    lemma = schema.boolean(keys["lemma"], "lemma", problems) if "lemma" in keys else False
    if lemma:
        tongue = next((one.values[0] for one in where if one.key == "locale" and one.values and not one.negated), "en")
        options = inflected(options, tongue.partition("-")[0], problems)
    rule = Rule(
        id=id,
        kind=kind,
        extends=extends,
        tested="tests" in keys,
        keeps=_keeps(keys["keeps"], problems) if "keeps" in keys else (),
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
        limit=schema.whole(keys["limit"], "limit", problems) if "limit" in keys else 0,
        lemma=lemma,
        within=within,
    )
    tried = {key: tuple(examples(keys[key], key, problems)) for key in ("bad", "good") if key in keys}
    return rule, Examples(**tried)


def _found(id: str, styles: Path, problems: Problems, within: files.Within) -> MappingNode | None:
    """The mapping of another rule, in the packs of the same folder or the shipped ones."""
    pack, *parts = id.split(".")
    ours = shipped() / "rules"
    for folder, root in ((styles, within), (ours, ours)):
        path = folder.joinpath(pack, *parts[:-1], f"{parts[-1]}.yml")
        try:
            if os.path.isfile(files.inside(path, root)):
                return read_mapping(path, problems, root)
        except (OSError, files.FileError) as error:
            problems.append(Problem(str(path), 0, 0, str(error)))
            return None
    return None


def _keeps(node: Node, problems: Problems) -> tuple[str, ...]:
    """The keys whose promise a rule keeps."""
    found = schema.texts(node, "keeps", problems)
    for key in found:
        if key not in KEPT:
            problems.append(node.problem(f"`keeps`: {key!r} is no key that promises something{nearest(key, KEPT)}"))
    return found


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
    for key, value in schema.entries(where, WHERE, problems, " in `where`").items():
        if key not in WHERE:
            continue
        negated = isinstance(value, MappingNode)
        if isinstance(value, MappingNode):
            inner = schema.entries(value, ("not",), problems, f" under `{key}`")
            if "not" not in inner:
                continue
            value = inner["not"]
        values = schema.texts(value, key, problems)
        for word in values:
            if fault := _fault(key, word):
                problems.append(value.problem(fault))
        if key == "mood":
            values = tuple(MOODS.get(mood, mood) for mood in values)
        yield Condition(key, values, negated, value.place_of().line)


def _fault(key: str, word: str) -> str:
    """What is wrong with a word of a condition, as far as the rule file alone tells; "" for nothing."""
    if key == "mood" and word not in MOODS:
        return f"unknown mood {word!r}{nearest(word, MOODS)}"
    if key == "status" and word not in STATUSES:
        return f"unknown status {word!r}{nearest(word, STATUSES)}"
    if key == "part" and word not in PARTS:
        return f"unknown part {word!r}{nearest(word, PARTS)}"
    if key == "locale" and canonical(word) != word:
        return f"{word!r} is not a locale; write a BCP 47 tag such as en, en-GB or nl{_meant(canonical(word))}"
    return ""


def _meant(tag: str | None) -> str:
    return f": {tag}" if tag else ""
