"""The keys of cannedkit.yaml, read and checked one by one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from cannedkit.channels.declared import channels
from cannedkit.model.draft import Level
from cannedkit.model.errors import SettingsError
from cannedkit.model.score import MARKS
from cannedkit.model.settings import Channel, Settings, Vocabulary
from cannedkit.settings import promised
from cannedkit.settings.extends import extends
from cannedkit.settings.formats import exchange
from cannedkit.settings.levels import levels, overrides
from cannedkit.settings.levels import places as override_places
from cannedkit.settings.places import FILE, without_file
from cannedkit.settings.topics import topics
from cannedkit.sources import ENGINES
from cannedkit.text.locales import canonical
from cannedkit.text.nearest import nearest
from cannedkit.trust import Gate, consent
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar, Sequence
from cannedkit.yamlsource.schema import Problems

LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-[a-zA-Z0-9]{5,8})*")
"""A BCP 47 tag as it is usually written: en, en-GB, zh-Hant-TW."""

APPROVAL_KEYS = ("required", "four_eyes")
VOCABULARY_KEYS = ("accept", "reject")
SEARCH_FIGURES = ("top1", "top3", "mrr")
SEARCH_KEYS = (*SEARCH_FIGURES, "semantic")
KEYS = (
    "catalogue",
    "rules",
    "packs",
    "extends",
    "locale",
    "locales",
    "channels",
    "engines",
    "pipelines",
    "levels",
    "overrides",
    "topics",
    "vocabulary",
    "facts",
    "offers",
    "approval",
    "usage",
    "approvers",
    "known",
    "baseline",
    "search",
    "scores",
    "exchange",
    "fail_on",
)


def load(path: Path, trust: Iterable[str] = ()) -> Settings:
    """The settings of one cannedkit.yaml with its facts and offers; what has a fault is left out and in `refused`.

    `trust` are addresses and paths that the file may name, or `all`; others are left out and in `untrusted`. Raises
    SettingsError with every fault found where nothing of the file can be read.
    """
    problems: Problems = []
    root = schema.read_mapping(path, problems, root=path.parent)
    if root is None and problems:
        raise SettingsError(problems)
    settings = (
        _settings(path, root, trust, problems) if root else replace(without_file(path.resolve().parent), path=path)
    )
    return replace(settings, refused=tuple(sorted(problems)))


def _settings(path: Path, root: MappingNode, trust: Iterable[str], problems: Problems) -> Settings:
    keys = schema.entries(root, KEYS, problems)
    folder = path.resolve().parent
    gate = Gate(folder, consent(trust, problems))

    def entries(key: str, reader: Callable[..., Any], default: Any, *more: Any) -> Any:
        return reader(keys[key], key, *more, problems) if key in keys else default

    def read(key: str, reader: Callable[..., Any], default: Any, *more: Any) -> Any:
        before = len(problems)
        found = entries(key, reader, default, *more)
        return found if len(problems) == before else default

    locale = read("locale", _locale, "en")
    locales = entries("locales", _locales, (locale,))
    if locale not in locales:
        if "locale" in keys:
            problems.append(keys["locale"].problem(f"`locale` {locale} is not among `locales`; add it there"))
        else:
            problems.append(keys["locales"].problem(f"`locales` lacks {locale}, the default; add it, or set `locale`"))
        locales = (locale, *locales)
    channels_used = entries("channels", channels, {"chat": Channel("chat")})
    facts = read("facts", _beside, None, folder)
    offers = read("offers", _beside, None, folder)
    return Settings(
        root=folder,
        path=path,
        catalogue=read("catalogue", _beside, folder / "responses", folder),
        rules=read("rules", _beside, folder / "rules", folder),
        packs=read("packs", schema.texts, None),
        extends=entries("extends", extends, {}),
        locale=locale,
        locales=locales,
        channels=channels_used,
        engines=entries("engines", _engines, {"harper": {}, "context": {}, "opentaal": {}}, gate),
        engines_named="engines" in keys,
        pipelines=entries("pipelines", _pipelines, {}, gate),
        levels=entries("levels", levels, {}),
        overrides=entries("overrides", overrides, (), channels_used, folder),
        topics=entries("topics", topics, (), channels_used),
        vocabulary=read("vocabulary", _vocabulary, Vocabulary()),
        facts=promised.named(facts, folder, promised.fact, problems, locales) if facts else {},
        offers=promised.named(offers, folder, promised.offer, problems, locales) if offers else {},
        **entries("approval", _approval, {}),
        approvers=entries("approvers", _approvers, {}),
        usage=read("usage", _beside, None, folder),
        known=read("known", schema.texts, None),
        baseline=read("baseline", partial(_beside, made=True), None, folder),
        **entries("search", _search, {}),
        scores=entries("scores", schema.numbers, {}, MARKS, schema.points),
        exchange=entries("exchange", exchange, {}),
        fail_on=read("fail_on", _fail_on, Level.ERROR),
        untrusted=tuple(gate.untrusted),
        places=dict(_places(keys)),
    )


def _places(keys: Mapping[str, Node]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Line and column of each name whose fault shows later: of packs, replies, and figures of a search."""
    packs = keys.get("packs")
    for item in packs.items if isinstance(packs, Sequence) else [packs]:
        if isinstance(item, Scalar):
            yield f"packs.{item.value}", (item.place_of().line, item.place_of().column)
    for key in ("levels", "approvers", "search", "scores"):
        node = keys.get(key)
        for name, _ in node.pairs if isinstance(node, MappingNode) else ():
            yield f"{key}.{name.value}", (name.place_of().line, name.place_of().column)
    yield from override_places(keys.get("overrides"))


def _approval(node: Node, key: str, problems: Problems) -> dict[str, Any]:
    """`optional`, `required`, or `{required: true, four_eyes: true}`."""
    if not isinstance(node, MappingNode):
        words = {word: {"approval": word} for word in ("optional", "required")}
        return schema.choice(node, key, words, problems, {})
    keys = schema.entries(node, APPROVAL_KEYS, problems, f" in `{key}`")
    said = {name: schema.boolean(one, name, problems) for name, one in keys.items() if name[:2] != "x-"}
    needed = {"approval": "required"} if said.get("required") else {}
    return {**needed, "four_eyes": said.get("four_eyes", False)}


def _approvers(node: Node, key: str, problems: Problems) -> dict[str, tuple[str, ...]]:
    """Owner -> who may approve for it; a list of nobody is a problem, for no text of that owner could be approved."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in _pairs(node, key, problems):
        before = len(problems)
        people = tuple(person for person in schema.texts(value, name.value, problems) if person)
        if not people and len(problems) == before:
            problems.append(value.problem(f"`{key}`: nobody may approve for {name.value}; name one, or take it out"))
        found[name.value] = people
    return found


def _fail_on(node: Node, key: str, problems: Problems) -> Level:
    levels = {str(level): level for level in Level}
    return schema.choice(node, key, levels, problems, Level.ERROR)


def _beside(node: Node, key: str, folder: Path, problems: Problems, *, made: bool = False) -> Path:
    """A path inside the folder of cannedkit.yaml, which must be there unless it is `made` by a command."""
    value = schema.text(node, key, problems)
    try:
        path = (folder / value).resolve()
        exists = os.path.exists(path)
    except (OSError, ValueError, RuntimeError):  # a name that is too long, holds U+0000, or links to itself
        path, exists = folder / "unknown", False
    if not value:
        if isinstance(node, Scalar):
            problems.append(node.problem(f"`{key}` has no text: write one or take the key out"))
    elif not path.is_relative_to(folder):
        problems.append(node.problem(f"`{key}` must stay inside the folder of {FILE}, not {value!r}"))
    elif not exists and not made:
        problems.append(node.problem(f"`{key}`: there is no {value!r} beside {FILE}"))
    return path


def _locale(node: Node, key: str, problems: Problems) -> str:
    value = schema.text(node, key, problems)
    tag = canonical(value)
    if isinstance(node, Scalar) and not tag:
        problems.append(
            node.problem(f"`{key}`: {value!r} is not a locale; write a BCP 47 tag such as en, en-GB or zh-Hant")
        )
    return tag or ""


def _locales(node: Node, key: str, problems: Problems) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return tuple(dict.fromkeys(tag for item in items if (tag := _locale(item, key, problems))))


def _engines(node: Node, key: str, gate: Gate, problems: Problems) -> dict[str, Mapping[str, Any]]:
    engines: dict[str, Mapping[str, Any]] = {}
    for name, value in _pairs(node, key, problems):
        if name.value not in ENGINES:
            problems.append(name.problem(f"unknown engine `{name.value}`{nearest(name.value, ENGINES)}"))
            continue
        engines[name.value] = {}
        if not _is_empty(value) and (options := schema.mapping(value, name.value, problems)):
            known = schema.entries(options, ENGINES[name.value].options, problems, f" of engine {name.value}")
            chosen = {option: one for option, one in known.items() if option[:2] != "x-"}
            allowed = [_is_allowed(option, one, name.value, gate) for option, one in chosen.items()]
            if not all(allowed):
                del engines[name.value]
                continue
            engines[name.value] = {
                option: _FROM_FOLDER.get(option, _as_it_is)(schema.plain(one), gate.folder)
                for option, one in chosen.items()
            }
    return engines


def _is_allowed(option: str, node: Node, engine: str, gate: Gate) -> bool:
    """Whether an engine may have an option: an address, and the path of a dictionary or model need a user's consent."""
    if option == "url" and isinstance(node, Scalar) and node.value:
        return gate.lets_address(node.value, node, engine)
    if option == "model" and isinstance(node, Scalar) and node.value:
        return gate.lets_path(node.value, "sentences would be read by", node, engine)
    if option != "dictionaries" or not isinstance(node, MappingNode):
        return True
    allowed = [
        gate.lets_path(value.value, f"words of {tag.value} would be looked up in", value, engine)
        for tag, value in node.pairs
        if isinstance(value, Scalar) and _is_dictionary_path(value.value, gate.folder)
    ]
    return all(allowed)


def _is_dictionary_path(name: str, folder: Path) -> bool:
    """Whether a dictionary is named by its path, and not by a name that the system knows."""
    return "/" in name or "\\" in name or name[:1] == "~" or os.path.isfile(_beside_settings(name, folder))


def _pipelines(node: Node, key: str, gate: Gate, problems: Problems) -> dict[str, str]:
    """Language -> the folder of its pipeline: an installed package, or a path from the folder of cannedkit.yaml."""
    from cannedkit.words.pipelines import PipelineError, installed, is_path

    found: dict[str, str] = {}
    for name, value in _pairs(node, key, problems):
        place = schema.text(value, name.value, problems)
        if not re.fullmatch("[a-z]{2,3}", name.value):
            problems.append(name.problem(f"`{key}`: {name.value!r} is not a language; write its code, as en or nl"))
        elif isinstance(value, Scalar):
            if is_path(place, gate.folder) and not gate.lets_path(place, f"{name.value} would be read by", value):
                continue
            try:
                found[name.value] = installed(place, name.value, gate.folder)
            except PipelineError as error:
                problems.append(value.problem(str(error)))
    return found


def _from_folder(dictionaries: Any, folder: Path) -> Any:
    """Dictionaries by locale, those that stand below the folder of cannedkit.yaml with their full path."""
    if not isinstance(dictionaries, dict):
        return dictionaries
    beside = {tag: _beside_settings(str(name), folder) for tag, name in dictionaries.items()}
    return {tag: str(path) if os.path.isfile(path) else dictionaries[tag] for tag, path in beside.items()}


def _file_from_folder(name: Any, folder: Path) -> Any:
    """The full path of a file, seen from the folder of cannedkit.yaml."""
    return str(folder / os.path.expanduser(name)) if isinstance(name, str) and name else name


def _as_it_is(value: Any, folder: Path) -> Any:
    return value


_FROM_FOLDER: Mapping[str, Callable[[Any, Path], Any]] = {"dictionaries": _from_folder, "model": _file_from_folder}
"""The options of engines that hold paths, and how these are made full ones."""


def _beside_settings(name: str, folder: Path) -> Path:
    return folder / f"{name.removesuffix('.dic').removesuffix('.aff')}.dic"


def _search(node: Node, key: str, problems: Problems) -> dict[str, Any]:
    if not (keys := schema.mapping(node, key, problems)):
        return {}
    known = schema.entries(keys, SEARCH_KEYS, problems, " in `search`")
    semantic = "semantic" in known and schema.boolean(known["semantic"], "semantic", problems)
    found = {name: schema.share(value, name, problems) for name, value in known.items() if name in SEARCH_FIGURES}
    return {"search": {name: value for name, value in found.items() if value is not None}, "semantic": semantic}


def _vocabulary(node: Node, key: str, problems: Problems) -> Vocabulary:
    if not (both := schema.mapping(node, key, problems)):
        return Vocabulary()
    keys = schema.entries(both, VOCABULARY_KEYS, problems, " in `vocabulary`")
    return Vocabulary(**{name: schema.texts(value, name, problems) for name, value in keys.items() if name[:2] != "x-"})


def _pairs(node: Node, key: str, problems: Problems) -> tuple[tuple[Scalar, Node], ...]:
    found = schema.mapping(node, key, problems)
    return found.pairs if found else ()


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value == ""
