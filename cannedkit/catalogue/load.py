"""Response files -> Catalogue: ids, locales, channels, variables; what is wrong in one file hides no other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from cannedkit import files
from cannedkit.catalogue.body import Faults, check_templates, on, read_bodies
from cannedkit.catalogue.gathered import Gathered
from cannedkit.catalogue.search.synonyms import read as read_synonyms
from cannedkit.catalogue.variables import declared_variables
from cannedkit.model.draft import MOODS
from cannedkit.model.errors import EXHAUSTED, CatalogueError, InputError, Place, Problem, ReplyError, exhausted
from cannedkit.model.response import Body, Catalogue, Response, Variable, Waiver
from cannedkit.model.settings import Settings
from cannedkit.settings.promised import NAME
from cannedkit.text.locales import canonical, for_locale
from cannedkit.text.nearest import MAX_SHOWN, nearest
from cannedkit.text.pile import only
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar, Sequence
from cannedkit.yamlsource.read import read
from cannedkit.yamlsource.schema import Problems

VARIABLES = "variables.yaml"

KEYS = (
    "title",
    "shortcut",
    "tags",
    "examples",
    "mood",
    "requires",
    "channels",
    "format",
    "offer",
    "owner",
    "status",
    "replaced_by",
    "review_by",
    "body",
    "waivers",
    "variables",
)
WAIVER_KEYS = ("rule", "why", "by", "until", "text", "locale")


def load(settings: Settings) -> Catalogue:
    """Every response below the settings' catalogue folder that has no fault; every fault found is in `refused`.

    Where a file of declarations has a fault, a response that uses a name of nowhere is left out without a word: the
    name may be declared there. Raises CatalogueError where there is no folder, or nothing in it.
    """
    problems: Problems = []
    folder = settings.catalogue
    if not os.path.isdir(folder):
        raise CatalogueError([Problem(str(folder), 0, 0, "there is no such folder; `cannedkit init` makes one")])
    try:
        files.inside(folder, settings.root)
    except files.FileError as error:
        raise CatalogueError([Problem(str(folder), 0, 0, str(error))]) from None
    variables = declared(settings, problems)
    certain = not problems and not settings.refused
    gathered = Gathered(variables)
    for path in _files(folder):
        topic = path.relative_to(folder).with_suffix("").as_posix()
        root = schema.read_mapping(path, problems, root=settings.root)
        for name, node in root.pairs if root else ():
            faults = Faults()
            try:
                response = _response(f"{topic}/{name.value}", name, node, settings, variables, faults)
            except EXHAUSTED as error:
                problems.append(name.problem(f"`{name.value}` {exhausted(error)}: write it more simply"))
                continue
            if other := gathered.get(response.id):
                faults.wrong.append(_at(response, f"`{response.id}` stands in {other.place} already"))
            problems += faults.wrong
            problems += faults.unknown if certain else ()
            if not faults.wrong and not faults.unknown:
                gathered.add(response)
    responses = gathered.responses()
    if not responses and not problems and certain:
        message = "holds no response; write one or copy the starter: cannedkit init"
        raise CatalogueError([Problem(str(folder), 0, 0, message)])
    _check_together(responses, not problems and certain, problems)
    synonyms = read_synonyms(settings, problems)
    return Catalogue(folder, responses, tuple(sorted(problems)), variables, synonyms)


def entry(id: str, text: str, settings: Settings, declared: Mapping[str, Variable]) -> Response | tuple[Problem, ...]:
    """The response in a text that holds it alone, as a file would; else what is wrong with it, as a load says it."""
    try:
        root = read(id, text.encode("utf-8", "surrogatepass")).root
    except InputError as error:
        return error.problems
    [(name, node)] = root.pairs if isinstance(root, MappingNode) else ()
    faults = Faults()
    try:
        response = _response(id, name, node, settings, declared, faults)
    except EXHAUSTED as error:
        return (name.problem(f"`{name.value}` {exhausted(error)}: write it more simply"),)
    return (*faults.wrong, *faults.unknown) or response


def within(catalogue: Catalogue, path: Path) -> Catalogue:
    """The part of a catalogue in one of its files or folders. Raises CatalogueError where it has nothing there."""
    inside = path.resolve()
    holds = cache(lambda file: Path(file).resolve().is_relative_to(inside))
    responses = only(catalogue.responses, (id for id, one in catalogue.responses.items() if holds(one.place.path)))
    refused = tuple(problem for problem in catalogue.refused if holds(problem.path))
    if not responses and not refused:
        message = f"holds no response of the catalogue {catalogue.root}; give a file or folder of it"
        raise CatalogueError([Problem(str(path), 0, 0, message)])
    return replace(catalogue, responses=responses, refused=refused)


def named(catalogue: Catalogue, id: str) -> Response:
    """The response with this id or this shortcut, in any case. Raises ReplyError naming the nearest one."""
    found = catalogue.responses
    if id in found:
        return found[id]
    shortcuts = {response.shortcut.casefold(): response.id for response in found.values() if response.shortcut}
    if id.casefold() not in shortcuts:
        said = id if len(id) <= MAX_SHOWN else f"{id[: MAX_SHOWN - 1]}…"
        raise ReplyError(f"there is no response `{said}`{nearest(id, [*found, *shortcuts])}")
    return found[shortcuts[id.casefold()]]


def bodies(response: Response, locale: str, channel: str) -> list[Body]:
    """The wordings that serve a locale on a channel, in the order of their variations; [] if there are none."""
    served = [body for body in response.bodies if body.locale == locale]
    own = [body for body in served if body.channel == channel]
    return own or [body for body in served if body.channel == ""]


def locales(response: Response) -> tuple[str, ...]:
    """The locales that a response has a body in, in file order."""
    return tuple(dict.fromkeys(body.locale for body in response.bodies))


def title(response: Response, locale: str) -> str:
    """What a response is called in a locale, else in its first one; "" where it has no title."""
    return for_locale(response.titles, locale) or next(iter(response.titles.values()), "")


def _files(folder: Path) -> list[Path]:
    found = (path for suffix in ("*.yaml", "*.yml") for path in folder.rglob(suffix))
    return sorted(
        path
        for path in found
        if path != folder / VARIABLES and not os.path.isdir(path) and not path.name.startswith(".")
    )


def _at(response: Response, message: str) -> Problem:
    return Problem(response.place.path, response.place.line, response.place.column, message)


def _response(
    id: str, name: Scalar, node: Node, settings: Settings, declared: Mapping[str, Variable], faults: Faults
) -> Response:
    place = name.place(0, len(name.value))
    everywhere = tuple(settings.channels)
    problems = faults.wrong
    if not NAME.fullmatch(name.value.replace("-", "_")):
        problems.append(name.problem(f"{name.value!r} is not a name: use letters, digits, `-` and `_`"))
    if not isinstance(node, MappingNode):
        response = Response(id, place, tuple(read_bodies(node, settings, faults, KEYS)), everywhere, declared)
        check_templates(response, settings, faults)
        return response
    keys = schema.entries(node, KEYS, problems, f" in `{name.value}`")
    misspelt = bool(problems)
    variables = declared  # the same for all that have none of their own
    if "variables" in keys and (own := schema.mapping(keys["variables"], "variables", problems)):
        variables = {**declared, **declared_variables(own, settings, problems, declared)[0]}
    if "body" not in keys and not misspelt:
        problems.append(name.problem(f"`{name.value}` has no `body`"))
    before = len(problems) + len(faults.unknown)
    found = tuple(read_bodies(keys["body"], settings, faults)) if "body" in keys else ()
    channels = _channels(keys["channels"], settings, faults) if "channels" in keys else everywhere
    complete = len(problems) + len(faults.unknown) == before
    response = Response(
        id=id,
        place=place,
        bodies=found,
        channels=channels,
        variables=variables,
        **_record(keys, settings, faults),
        extras={key: schema.plain(value) for key, value in keys.items() if key.startswith("x-")},
        places=dict(_places(keys)),
    )
    check_templates(response, settings, faults)
    if complete:
        _check_channels(response, problems)
    return response


def _record(keys: Mapping[str, Node], settings: Settings, faults: Faults) -> dict[str, Any]:
    """The fields of a response that say what it is for and who answers for it."""
    problems = faults.wrong
    record: dict[str, Any] = {
        key: schema.word(keys[key], key, problems) for key in ("shortcut", "owner", "replaced_by") if key in keys
    }
    record |= {key: schema.texts(keys[key], key, problems) for key in ("tags", "requires") if key in keys}
    if "title" in keys:
        record["titles"] = schema.by_locale(keys["title"], "title", settings.locales, problems, schema.prose)
    if "examples" in keys:
        record["examples"] = schema.by_locale(keys["examples"], "examples", settings.locales, problems, schema.proses)
    if "mood" in keys:
        record["mood"] = schema.choice(keys["mood"], "mood", MOODS, problems, "")
    if "status" in keys:
        record["status"] = schema.choice(
            keys["status"], "status", {"draft": "draft", "retired": "retired"}, problems, ""
        )
    if "format" in keys:
        formats = {"text": "text", "markdown": "markdown"}
        record["format"] = schema.choice(keys["format"], "format", formats, problems, "text")
    if "review_by" in keys:
        record["review_by"] = schema.day(keys["review_by"], "review_by", problems)
    if "offer" in keys:
        record["offer"] = offer = schema.text(keys["offer"], "offer", problems)
        if offer not in settings.offers:
            hint = nearest(offer, settings.offers) or "; declare it in the file that `offers` names"
            faults.unknown.append(keys["offer"].problem(f"unknown offer `{offer}`{hint}"))
    if "waivers" in keys:
        record["waivers"] = tuple(_waivers(keys["waivers"], settings, problems))
    return record


def _places(keys: Mapping[str, Node]) -> Iterator[tuple[str, Place]]:
    """Where the values of a record stand, by key; each text of a list, and of a list by locale, by its number."""
    for key, node in keys.items():
        if key in KEYS and key not in ("body", "variables", "waivers"):
            yield key, node.place_of()
            inner = node.pairs if isinstance(node, MappingNode) else ()
            for path, found in ((key, node), *((f"{key}.{canonical(tag.value)}", each) for tag, each in inner)):
                for number, item in enumerate(found.items if isinstance(found, Sequence) else (), start=1):
                    yield f"{path}.{number}", item.place_of()


def _channels(node: Node, settings: Settings, faults: Faults) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) else (node,)
    names = []
    for item in items:
        name = schema.text(item, "channels", faults.wrong)
        if name in settings.channels:
            names.append(name)
        elif isinstance(item, Scalar):
            faults.unknown.append(item.problem(f"unknown channel `{name}`{nearest(name, settings.channels)}"))
    if not items:
        faults.wrong.append(node.problem("`channels` is empty: name one, or take the key out to serve all"))
    return tuple(dict.fromkeys(names))


# -- variables and waivers ----------------------------------------------------------------------


def declared(settings: Settings, problems: Problems) -> dict[str, Variable]:
    """The variables of the whole catalogue, without those that have a fault."""
    path = settings.catalogue / VARIABLES
    root = schema.read_mapping(path, problems, root=settings.root) if os.path.lexists(path) else None
    if root is None:
        return {}
    found, faulty = declared_variables(root, settings, problems)
    return {name: variable for name, variable in found.items() if name not in faulty}


def _check_channels(response: Response, problems: Problems) -> None:
    """Bodies that no channel sends, and channels that no body serves."""
    for body in response.bodies:
        if body.channel and body.channel not in response.channels:
            serves = ", ".join(response.channels)
            problems.append(on(body.text, 0, f"never sent: {body.channel} is not among its channels ({serves})"))
    for locale in locales(response):
        missing = [channel for channel in response.channels if not bodies(response, locale, channel)]
        if missing:
            problems.append(
                _at(response, f"no body in {locale} for {', '.join(missing)}: add it, or `any`, or name its `channels`")
            )


def _waivers(node: Node, settings: Settings, problems: Problems) -> Iterator[Waiver]:
    items: Iterable[Node] = node.items if isinstance(node, Sequence) else (node,)
    for item in items:
        if not (waiver := schema.mapping(item, "waivers", problems)):
            continue
        keys = schema.entries(waiver, WAIVER_KEYS, problems, " in a waiver")
        words: dict[str, str] = {
            key: schema.text(keys[key], key, problems) for key in ("rule", "why", "by", "text", "locale") if key in keys
        }
        for key in ("rule", "why", "by", "until"):
            if key not in keys or words.get(key) == "":
                problems.append(item.problem(f"a waiver needs `{key}`"))
        if words.get("locale"):
            words["locale"] = canonical(words["locale"]) or words["locale"]
        if words.get("locale") and words["locale"] not in settings.locales:
            hint = nearest(words["locale"], settings.locales)
            problems.append(keys["locale"].problem(f"unknown locale `{words['locale']}`{hint}"))
        until = schema.day(keys["until"], "until", problems) if "until" in keys else None
        if until and {"rule", "why", "by"} <= words.keys():
            yield Waiver(**words, until=until, place=item.place_of())


def _check_together(responses: Mapping[str, Response], complete: bool, problems: Problems) -> None:
    """What no file can show alone: shortcuts used twice, and where `complete`, successors that do not exist."""
    shortcuts: dict[str, str] = {}
    for response in responses.values():
        typed = response.shortcut.casefold()  # nobody types a shortcut with its capitals
        if typed in shortcuts:
            other = responses[shortcuts[typed]]
            problems.append(_at(response, f"shortcut `{response.shortcut}` belongs to `{other.id}` ({other.place})"))
        elif typed:
            shortcuts[typed] = response.id
        if complete and response.replaced_by and response.replaced_by not in responses:
            hint = nearest(response.replaced_by, responses)
            problems.append(_at(response, f"`replaced_by`: there is no response `{response.replaced_by}`{hint}"))
