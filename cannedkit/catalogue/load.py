"""Response files -> Catalogue: ids, locales, channels, variables; every fault of every file in one error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cannedkit.catalogue.variables import declared_variables
from cannedkit.model.draft import MOODS
from cannedkit.model.errors import CatalogueError, InputError, Located, Problem
from cannedkit.model.response import Body, Catalogue, Response, Variable, Waiver
from cannedkit.model.settings import Settings
from cannedkit.settings import NAME, facts_for
from cannedkit.template import render as template
from cannedkit.text.nearest import nearest
from cannedkit.yamlsource import read as yamlsource
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar, Sequence
from cannedkit.yamlsource.schema import Problems

VARIABLES = "variables.yaml"

_KEYS = (
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
_WAIVER_KEYS = ("rule", "why", "by", "until", "text", "locale")


def load(settings: Settings) -> Catalogue:
    """Every response below the settings' catalogue folder. Raises CatalogueError with every fault found."""
    problems: Problems = []
    folder = settings.catalogue
    if not folder.is_dir():
        raise CatalogueError([Problem(str(folder), 0, 0, "there is no such folder; `cannedkit init` makes one")])
    variables = _declared(folder / VARIABLES, settings, problems)
    roots = {path: _read(path, problems) for path in _files(folder)}
    if variables is None:  # every placeholder would seem undeclared
        raise CatalogueError(problems)
    complete = not problems
    responses: dict[str, Response] = {}
    for path, root in roots.items():
        topic = path.relative_to(folder).with_suffix("").as_posix()
        for response in _responses(root, topic, settings, variables, problems):
            if response.id in responses:
                other = responses[response.id].place
                problems.append(_at(response, f"`{response.id}` stands in {other} already"))
            responses[response.id] = response
    if not responses and not problems:
        problems.append(Problem(str(folder), 0, 0, "holds no response; write one or copy the starter: cannedkit init"))
    _check_together(responses, complete, problems)
    if problems:
        raise CatalogueError(problems)
    return Catalogue(folder, responses)


def bodies(response: Response, locale: str, channel: str) -> list[Body]:
    """The wordings that serve a locale on a channel, in the order of their variations; [] if there are none."""
    served = [body for body in response.bodies if body.locale == locale]
    own = [body for body in served if body.channel == channel]
    return own or [body for body in served if body.channel == ""]


def locales(response: Response) -> tuple[str, ...]:
    """The locales that a response has a body in, in file order."""
    return tuple(dict.fromkeys(body.locale for body in response.bodies))


def _files(folder: Path) -> list[Path]:
    found = (path for suffix in ("*.yaml", "*.yml") for path in folder.rglob(suffix))
    return sorted(
        path for path in found if path != folder / VARIABLES and path.is_file() and not path.name.startswith(".")
    )


def _read(path: Path, problems: Problems) -> MappingNode | None:
    try:
        root = yamlsource.read(str(path), path.read_bytes()).root
    except OSError as error:
        problems.append(Problem(str(path), 0, 0, f"cannot be read: {error.strerror}"))
        return None
    except InputError as error:
        problems.extend(error.problems)
        return None
    if root is None:
        return None
    return schema.mapping(root, path.name, problems)


def _at(response: Response, message: str) -> Problem:
    return Problem(response.place.path, response.place.line, response.place.column, message)


def _responses(
    root: MappingNode | None, topic: str, settings: Settings, variables: Mapping[str, Variable], problems: Problems
) -> Iterator[Response]:
    for name, node in root.pairs if root else ():
        if not NAME.fullmatch(name.value.replace("-", "_")):
            problems.append(name.problem(f"{name.value!r} is not a name: use letters, digits, `-` and `_`"))
        yield _response(f"{topic}/{name.value}", name, node, settings, variables, problems)


def _response(
    id: str, name: Scalar, node: Node, settings: Settings, declared: Mapping[str, Variable], problems: Problems
) -> Response:
    place = name.place(0, len(name.value))
    everywhere = tuple(settings.channels)
    if not isinstance(node, MappingNode):
        found = tuple(_wordings(node, settings.locale, "", problems))
        response = Response(id, place, found, everywhere, declared)
        _check_templates(response, settings, problems)
        return response
    keys = schema.entries(node, _KEYS, problems, f" in `{name.value}`")
    variables = dict(declared)
    if "variables" in keys and (own := schema.mapping(keys["variables"], "variables", problems)):
        variables.update(declared_variables(own, settings, problems, declared))
    if "body" not in keys:
        problems.append(name.problem(f"`{name.value}` has no `body`"))
    before = len(problems)
    found = tuple(_bodies(keys["body"], settings, problems)) if "body" in keys else ()
    channels = _channels(keys["channels"], settings, problems) if "channels" in keys else everywhere
    complete = len(problems) == before
    response = Response(
        id=id,
        place=place,
        bodies=found,
        channels=channels,
        variables=variables,
        **_record(keys, settings, problems),
        extras={key: schema.plain(value) for key, value in keys.items() if key.startswith("x-")},
    )
    _check_templates(response, settings, problems)
    if complete:
        _check_channels(response, problems)
    return response


def _record(keys: Mapping[str, Node], settings: Settings, problems: Problems) -> dict[str, Any]:
    """The fields of a response that say what it is for and who answers for it."""
    record: dict[str, Any] = {
        key: schema.text(keys[key], key, problems) for key in ("shortcut", "owner", "replaced_by") if key in keys
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
            problems.append(keys["offer"].problem(f"unknown offer `{offer}`{hint}"))
    if "waivers" in keys:
        record["waivers"] = tuple(_waivers(keys["waivers"], settings, problems))
    return record


def _channels(node: Node, settings: Settings, problems: Problems) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) else (node,)
    names = []
    for item in items:
        name = schema.text(item, "channels", problems)
        if name in settings.channels:
            names.append(name)
        elif isinstance(item, Scalar):
            problems.append(item.problem(f"unknown channel `{name}`{nearest(name, settings.channels)}"))
    if not items:
        problems.append(node.problem("`channels` is empty: name one, or take the key out to serve all"))
    return tuple(dict.fromkeys(names))


# -- bodies -------------------------------------------------------------------------------------


def _bodies(node: Node, settings: Settings, problems: Problems) -> Iterator[Body]:
    """The bodies of a response: its keys are all locales, all channels, or `subject` and `body`."""
    if not isinstance(node, MappingNode) or _is_letter(node):
        yield from _wordings(node, settings.locale, "", problems)
        return
    channels = {"any", *settings.channels}
    keys = [key.value for key, _ in node.pairs]
    if any(key in settings.locales for key in keys) and any(key in channels for key in keys):
        problems.append(
            node.problem("`body` mixes locales and channels: put the channels under each locale, or use one of the two")
        )
        return
    if any(key in channels for key in keys):
        yield from _by_channel(node, settings.locale, settings, problems)
        return
    for key, value in node.pairs:
        if key.value not in settings.locales:
            known = [*settings.locales, *channels]
            problems.append(
                key.problem(f"`{key.value}` is no locale or channel of the settings{nearest(key.value, known)}")
            )
        elif isinstance(value, MappingNode) and not _is_letter(value):
            yield from _by_channel(value, key.value, settings, problems)
        else:
            yield from _wordings(value, key.value, "", problems)
    if not keys:
        problems.append(node.problem("`body` has no text"))


def _by_channel(node: MappingNode, locale: str, settings: Settings, problems: Problems) -> Iterator[Body]:
    if not node.pairs:
        problems.append(node.problem(f"the body for {locale} has no text"))
    for key, value in node.pairs:
        if key.value == "any" or key.value in settings.channels:
            yield from _wordings(value, locale, "" if key.value == "any" else key.value, problems)
        elif key.value in settings.locales:
            problems.append(key.problem(f"`{key.value}` is a locale, and stands under another: locales come first"))
        else:
            known = ["any", *settings.channels]
            problems.append(key.problem(f"unknown channel `{key.value}`{nearest(key.value, known)}"))


def _is_letter(node: MappingNode) -> bool:
    return any(key.value in ("subject", "body") for key, _ in node.pairs)


def _wordings(node: Node, locale: str, channel: str, problems: Problems) -> Iterator[Body]:
    """A text, a list of texts, or `{subject, body}`."""
    subject: Located | None = None
    if isinstance(node, MappingNode):
        keys = schema.entries(node, ("subject", "body"), problems, " in a body")
        if "subject" in keys:
            subject = schema.located(keys["subject"], "subject", problems)
        if "body" not in keys:
            problems.append(node.problem("a body with a subject needs `body` beside it"))
            return
        node = keys["body"]
    items = node.items if isinstance(node, Sequence) and not node.flow else (node,)
    if not items:
        problems.append(node.problem("`body` has no text"))
    for variation, item in enumerate(items, start=1):
        if text := schema.located(item, "body", problems):
            if len(text.value) > template.MAX_BODY:
                problems.append(item.problem(f"a body may hold {template.MAX_BODY:,} characters, this one has more"))
            else:
                yield Body(locale, channel, variation, text, subject)


def _check_templates(response: Response, settings: Settings, problems: Problems) -> None:
    """What is wrong with the placeholders; a subject that several variations share is read once."""
    parts = {part: body.locale for body in response.bodies for part in (body.text, body.subject) if part}
    for part, locale in parts.items():
        problems.extend(_template_problems(part, locale, response.variables, settings))


def _check_channels(response: Response, problems: Problems) -> None:
    """Bodies that no channel sends, and channels that no body serves."""
    for body in response.bodies:
        if body.channel and body.channel not in response.channels:
            serves = ", ".join(response.channels)
            problems.append(_on(body.text, 0, f"never sent: {body.channel} is not among its channels ({serves})"))
    for locale in locales(response):
        missing = [channel for channel in response.channels if not bodies(response, locale, channel)]
        if missing:
            problems.append(
                _at(response, f"no body in {locale} for {', '.join(missing)}: add it, or `any`, or name its `channels`")
            )


def _template_problems(
    text: Located, locale: str, variables: Mapping[str, Variable], settings: Settings
) -> Iterator[Problem]:
    try:
        parsed = template.parse(text.value)
    except template.TemplateError as error:
        for problem in error.problems:
            yield _on(text, problem.start, problem.message)
        return
    for problem in template.check(parsed, variables, dict.fromkeys(settings.facts, "")):
        yield _on(text, problem.start, problem.message)
    facts = facts_for(settings, locale)
    for hole in parsed.placeholders:
        fact = hole.name.removeprefix("facts.")
        if fact != hole.name and fact in settings.facts and fact not in facts:
            yield _on(text, hole.start, f"the fact `{fact}` has no value in {locale}; add one")


def _on(text: Located, start: int, message: str) -> Problem:
    place = text.place(start, start)
    return Problem(place.path, place.line, place.column, message)


# -- variables and waivers ----------------------------------------------------------------------


def _declared(path: Path, settings: Settings, problems: Problems) -> dict[str, Variable] | None:
    """The variables of the whole catalogue; None where their file cannot be read."""
    if not path.is_file():
        return {}
    if root := _read(path, problems):
        return declared_variables(root, settings, problems)
    return None if problems else {}


def _waivers(node: Node, settings: Settings, problems: Problems) -> Iterator[Waiver]:
    items: Iterable[Node] = node.items if isinstance(node, Sequence) else (node,)
    for item in items:
        if not (waiver := schema.mapping(item, "waivers", problems)):
            continue
        keys = schema.entries(waiver, _WAIVER_KEYS, problems, " in a waiver")
        words: dict[str, str] = {
            key: schema.text(keys[key], key, problems) for key in ("rule", "why", "by", "text", "locale") if key in keys
        }
        for key in ("rule", "why", "by", "until"):
            if key not in keys or words.get(key) == "":
                problems.append(item.problem(f"a waiver needs `{key}`"))
        if words.get("locale") and words["locale"] not in settings.locales:
            hint = nearest(words["locale"], settings.locales)
            problems.append(keys["locale"].problem(f"unknown locale `{words['locale']}`{hint}"))
        until = schema.day(keys["until"], "until", problems) if "until" in keys else None
        if until and {"rule", "why", "by"} <= words.keys():
            yield Waiver(**words, until=until, place=item.place_of())


def _check_together(responses: Mapping[str, Response], complete: bool, problems: Problems) -> None:
    """What no file can show alone: shortcuts used twice, and where `complete`, successors that do not exist."""
    shortcuts: dict[str, Response] = {}
    for response in responses.values():
        if response.shortcut in shortcuts:
            other = shortcuts[response.shortcut]
            problems.append(_at(response, f"shortcut `{response.shortcut}` belongs to `{other.id}` ({other.place})"))
        elif response.shortcut:
            shortcuts[response.shortcut] = response
        if complete and response.replaced_by and response.replaced_by not in responses:
            hint = nearest(response.replaced_by, responses)
            problems.append(_at(response, f"`replaced_by`: there is no response `{response.replaced_by}`{hint}"))
