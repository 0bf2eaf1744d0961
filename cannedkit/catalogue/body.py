"""The bodies of a response: one for each locale, channel and variation, and what is wrong with their placeholders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cannedkit.model.errors import Located, Problem
from cannedkit.model.response import Body, Response
from cannedkit.model.settings import Settings
from cannedkit.settings import facts_for
from cannedkit.template import render as template
from cannedkit.template.node import Choice, Template, is_blank
from cannedkit.text.locales import canonical
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Mapping, Node, Scalar, Sequence, is_braced, text_problem, unspaced_problems
from cannedkit.yamlsource.scalar import quoted
from cannedkit.yamlsource.schema import Problems


@dataclass(frozen=True, slots=True)
class Faults:
    """What is found wrong with one response; `unknown` are the names in it that nothing declares."""

    wrong: Problems = field(default_factory=list)
    unknown: Problems = field(default_factory=list)


def read_bodies(node: Node, settings: Settings, faults: Faults, keys: tuple[str, ...] = ()) -> Iterator[Body]:
    """The bodies of a response: the keys of its mapping are all locales, all channels, or `subject` and `body`.

    `keys` are those that could stand in the place of `node`, should their colons lack a space.
    """
    if is_braced(node):
        faults.wrong.append(text_problem(node))
        return
    if not isinstance(node, Mapping) or _is_letter(node):
        known = (*keys, *settings.locales, "any", *settings.channels, "subject", "body")
        yield from _wordings(node, settings.locale, "", known, faults)
        return
    channels = ("any", *settings.channels)
    names = [_tag(key.value, settings) for key, _ in node.pairs]
    if any(name in settings.locales for name in names) and any(name in channels for name in names):
        faults.wrong.append(
            node.problem("`body` mixes locales and channels: put the channels under each locale, or use one of the two")
        )
    elif any(name in channels for name in names):
        yield from _by_channel(node, settings.locale, settings, faults)
    else:
        yield from _by_locale(node, settings, faults)
    if not names:
        faults.wrong.append(node.problem("`body` has no text"))


def _tag(key: str, settings: Settings) -> str:
    """A key of a body as the settings write it, if it is one of their locales in other case."""
    tag = canonical(key)
    return tag if tag in settings.locales else key


def _by_locale(node: Mapping, settings: Settings, faults: Faults) -> Iterator[Body]:
    channels = ("any", *settings.channels)
    seen: set[str] = set()
    for key, value in node.pairs:
        locale = _tag(key.value, settings)
        if locale not in settings.locales:
            message = f"`{key.value}` is no locale or channel of the settings"
            faults.unknown.append(schema.unknown(key, (*settings.locales, *channels), message))
        elif locale in seen:
            faults.wrong.append(key.problem(f"`{key.value}` is {locale}, which stands here already: remove one"))
        elif isinstance(value, Mapping) and not _is_letter(value):
            yield from _by_channel(value, locale, settings, faults)
        else:
            yield from _wordings(value, locale, "", (*channels, "subject", "body"), faults)
        seen.add(locale)


def _by_channel(node: Mapping, locale: str, settings: Settings, faults: Faults) -> Iterator[Body]:
    known = ("any", *settings.channels)
    if is_braced(node):
        faults.wrong.append(text_problem(node))
        return
    if not node.pairs:
        faults.wrong.append(node.problem(f"the body for {locale} has no text"))
    for key, value in node.pairs:
        if key.value in known:
            yield from _wordings(value, locale, "" if key.value == "any" else key.value, ("subject", "body"), faults)
        elif _tag(key.value, settings) in settings.locales:
            faults.wrong.append(key.problem(f"`{key.value}` is a locale, and stands under another: locales come first"))
        else:
            faults.unknown.append(schema.unknown(key, known, f"unknown channel `{key.value}`"))


def _is_letter(node: Mapping) -> bool:
    return any(key.value in ("subject", "body") for key, _ in node.pairs)


def _wordings(node: Node, locale: str, channel: str, keys: tuple[str, ...], faults: Faults) -> Iterator[Body]:
    """A text, a list of texts, or `{subject, body}`; `keys` are those that could stand here."""
    subject: Located | None = None
    problems = faults.wrong
    if isinstance(node, Mapping):
        found = schema.entries(node, ("subject", "body"), problems, " in a body")
        if "subject" in found:
            subject = schema.located(found["subject"], "subject", problems)
        if "body" not in found:
            problems.append(node.problem("a body with a subject needs `body` beside it"))
            return
        node = found["body"]
    items = _items(node, problems)
    if not items:
        problems.append(node.problem("`body` has no text"))
    for variation, item in enumerate(items, start=1):
        if isinstance(item, Scalar) and (unspaced := unspaced_problems(item, keys)):
            problems.extend(unspaced)
        elif text := schema.located(item, "body", problems):
            if len(text.value) > template.MAX_BODY:
                problems.append(item.problem(f"a body may hold {template.MAX_BODY:,} characters, this one has more"))
            else:
                yield Body(locale, channel, variation, text, subject, _names(text, subject))


def _names(*parts: Located | None) -> tuple[str, ...]:
    """The names of the placeholders in some texts, sorted; none where one cannot be read, which is told elsewhere."""
    try:
        return tuple(sorted({name for part in parts if part for name in template.parse(part.value).names}))
    except template.TemplateError:
        return ()


def _items(node: Node, problems: Problems) -> tuple[Node, ...]:
    """The variations: those of a list. Brackets make one only of texts in quotes, for `[name]` is more often a text."""
    if not isinstance(node, Sequence):
        return (node,)
    if not node.flow:
        return node.items
    bare = [item for item in node.items if not (isinstance(item, Scalar) and item.style in ("single", "double"))]
    if not bare and node.items:
        return node.items
    if len(bare) == len(node.items):
        return (node,)
    for item in bare:
        fault = f"put each text of a list in quotes: {quoted(item.value)}" if isinstance(item, Scalar) else ""
        problems.append(item.problem(fault) if fault else text_problem(item))
    return tuple(item for item in node.items if item not in bare)


# -- placeholders -------------------------------------------------------------------------------


def check_templates(response: Response, settings: Settings, faults: Faults) -> None:
    """What is wrong with the placeholders; a subject that several variations share is read once."""
    parts = {part: body.locale for body in response.bodies for part in (body.text, body.subject) if part}
    for part, locale in parts.items():
        check_template(part, locale, response, settings, faults)


def check_template(text: Located, locale: str, response: Response, settings: Settings, faults: Faults) -> None:
    """What is wrong with the placeholders of one text, as a part of a response."""
    try:
        parsed = template.parse(text.value)
    except template.TemplateError as error:
        faults.wrong.extend(on(text, problem.start, problem.message) for problem in error.problems)
        return
    facts = facts_for(settings, locale)
    declared = {*response.variables, *(f"facts.{name}" for name in settings.facts)}
    unknown = {hole.start for hole in parsed.placeholders if hole.name not in declared}
    for problem in template.check(parsed, response.variables, dict.fromkeys(settings.facts, "")):
        found = faults.unknown if problem.start in unknown else faults.wrong
        found.append(on(text, problem.start, problem.message))
    for hole in parsed.placeholders:
        fact = hole.name.removeprefix("facts.")
        if fact != hole.name and fact in settings.facts and fact not in facts:
            faults.wrong.append(on(text, hole.start, f"the fact `{fact}` has no value in {locale}; add one"))
    case = "" if faults.wrong or faults.unknown else _emptied(parsed, response, locale, facts)
    if case:
        faults.wrong.append(on(text, 0, f"nothing is left of this text in the case `{case}`: write its `else`"))


def _emptied(parsed: Template, response: Response, locale: str, facts: dict[str, str]) -> str:
    """The name of the first sample set that leaves nothing of a text, "" where none does."""
    if not all(isinstance(node, Choice) or is_blank(node, parsed.text) for node in parsed.nodes):
        return ""
    sets = template.sample_sets(parsed, response.variables, locale, facts)
    empty = (each.name for each in sets if not template.render(parsed, each.values, locale).text.strip())
    return next(empty, "")


def on(text: Located, start: int, message: str) -> Problem:
    """A problem located at `text.value[start]`."""
    place = text.place(start, start)
    return Problem(place.path, place.line, place.column, message)
