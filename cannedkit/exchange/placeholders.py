"""Placeholders of other systems made ours, and ours made theirs. The table says how each system writes them.

A body of ours is Liquid. Where the system has Liquid too, names alone are changed; elsewhere each placeholder is
written in the form of the table, and what that has no form for is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cannedkit.model.errors import CannedkitError
from cannedkit.template.node import Choice, Node, Output, Placeholder, Template, TemplateError, essence
from cannedkit.template.render import parse


class Unsayable(CannedkitError):
    """A text that one of the two sides cannot express; the message says what of it, in a line."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """How a system writes a placeholder. None in place of a `pattern` stands for Liquid, as ours.

    `pattern` finds one: its groups are `name` and, where there are fallbacks, `fallback`. `plain` and `filled` are how
    one is written, without a fallback and with; `filled` "" for a system that has none. `other` finds what means
    something there that no placeholder of ours says.
    """

    pattern: re.Pattern[str] | None = None
    plain: str = ""
    filled: str = ""
    condition: bool = False
    other: re.Pattern[str] | None = None

    @property
    def fallback(self) -> bool:
        """Whether a placeholder may say what stands there where its value is missing."""
        return self.pattern is None or bool(self.filled)


SYNTAXES: Mapping[str, Syntax] = {
    "liquid": Syntax(condition=True),
    "bare": Syntax(re.compile(r"\{\{\s*(?P<name>[A-Za-z_][\w-]*(?:\.[\w-]+)*)\s*\}\}"), "{{NAME}}"),
    "intercom": Syntax(
        re.compile(
            r'\{\{\s*(?P<name>[A-Za-z_][\w-]*(?:\.[\w-]+)*)\s*(?:\|\s*fallback:\s*"(?P<fallback>[^"{}]*)"\s*)?\}\}'
        ),
        "{{NAME}}",
        '{{NAME|fallback:"FALLBACK"}}',
    ),
    "hash": Syntax(re.compile(r"#\{(?P<name>[A-Za-z_][\w-]*(?:\.[\w-]+)*)\}"), "#{NAME}"),
    "percent-tag": Syntax(
        re.compile(r"\{%(?P<name>[a-zA-Z_][\w.]*)(?:,fallback=(?P<fallback>[^{}]*?))?%\}"),
        "{%NAME%}",
        "{%NAME,fallback=FALLBACK%}",
    ),
    "percent": Syntax(re.compile(r"%\{(?P<name>[A-Za-z_][\w-]*(?:\.[\w-]+)*)\}"), "%{NAME}"),
    "discourse": Syntax(
        re.compile(r"%\{(?P<name>[A-Za-z_][\w-]*(?:\.[\w-]+)*)(?:,fallback:(?P<fallback>[^{}]+))?\}"),
        "%{NAME}",
        "%{NAME,fallback:FALLBACK}",
    ),
    "whole": Syntax(
        re.compile(r"\{(?P<name>[A-Za-z_][\w-]*(?:\.[\w-]+)*)(?:\ue002(?P<fallback>[^{}\ue002]+))?\}"),
        "{NAME}",
        "{NAME\ue002FALLBACK}",
    ),
    "fill": Syntax(
        re.compile(r"%filltext:name=(?P<name>[A-Za-z_][\w-]*(?:\.[\w-]+)*)(?::default=(?P<fallback>[^%:]+))?%"),
        "%filltext:name=NAME%",
        "%filltext:name=NAME:default=FALLBACK%",
    ),
    "brace": Syntax(re.compile(r"\{(?P<name>[A-Za-z_][\w-]*(?:\.[\w-]+)*)\}"), "{NAME}"),
    "bracket": Syntax(re.compile(r"\[\[(?P<name>[A-Za-z_][\w-]*(?:\.[\w-]+)*)\]\]"), "[[NAME]]"),
    "form": Syntax(
        re.compile("\\[\\[(?P<name>[A-Za-z_][\\w-]*(?:\\.[\\w-]+)*)(?:\ue002(?P<fallback>[^\\[\\]\ue002]+))?\\]\\]"),
        "[[NAME]]",
        "[[NAME\ue002FALLBACK]]",
        other=re.compile(r"\{\{|\[\["),
    ),
    "jinja": Syntax(
        re.compile(
            r"\{\{\s*(?P<name>[A-Za-z_][\w-]*(?:\.[\w-]+)*)\s*"
            r"(?:\|\s*default\(\s*(?P<quote>[\"'])(?P<fallback>[^{}\"'\\]+)(?P=quote)(?:\s*,\s*true)?\s*\)\s*)?\}\}"
        ),
        "{{ NAME }}",
        '{{ NAME | default("FALLBACK", true) }}',
        other=re.compile(r"\{[{%#]"),
    ),
    "fluent": Syntax(re.compile(r"\{ \$(?P<name>[A-Za-z][\w-]*(?:\.[\w-]+)*) \}"), "{ $NAME }"),
    "dollar": Syntax(re.compile(r"\$\{(?P<name>[A-Za-z_][\w-]*(?:\.[\w-]+)*)\}"), "${NAME}"),
    "at": Syntax(re.compile(r"@\{(?P<name>[A-Za-z_][\w-]*(?:\.[\w-]+)*)\}"), "@{NAME}"),
}
"""The name of a syntax -> how it writes a placeholder. A format names its row in its `Ability`."""

_TAGS = re.compile(r"\{\{|\}\}|\{%|%\}")
_TAILOR = re.compile(r"\{%-?\s*(?:end)?tailor\s*-?%\}")


def inward(text: str, syntax: str, rename: Callable[[str], str]) -> str:
    """The text as a body of ours. Raises Unsayable for what no body of ours can say."""
    form = SYNTAXES[syntax]
    made = text if form.pattern is None else "".join(_from_form(text, form))
    try:
        read = parse(made)
    except TemplateError as error:
        raise Unsayable(error.problems[0].message) from None
    return _renamed(read, rename)


def outward(
    text: str,
    syntax: str,
    rename: Callable[[str], str],
    fallback: Callable[[str], str | None],
    facts: Mapping[str, str],
) -> str:
    """A body of ours as the system writes it: facts as they are now, fallbacks that are declared written out.

    `fallback` gives the declared fallback of a name. Raises Unsayable for what the system cannot say.
    """
    form = SYNTAXES[syntax]
    try:
        read = parse(text)
    except TemplateError as error:
        raise Unsayable(error.problems[0].message) from None
    if form.pattern is not None:
        return "".join(_in_form(read.nodes, read.text, form, rename, fallback, facts))
    filled = _renamed(read, lambda name: name, lambda hole: _liquid(hole, read.text, rename, fallback, facts))
    return _TAILOR.sub("", filled) if read.free else filled


_DEFAULT = re.compile(r"""\s*\|\s*default:\s*(?:"[^"]*"|'[^']*')""")


def undeclared(text: str, fallback: Callable[[str], str | None]) -> str:
    """A body of ours without the fallbacks in it that are declared in the same words; `fallback` says those."""
    try:
        read = parse(text)
    except TemplateError:
        return text
    for hole in sorted(read.placeholders, key=lambda hole: -hole.start):
        if hole.default is not None and not hole.condition and hole.default == fallback(hole.name):
            written = _DEFAULT.sub("", text[hole.start : hole.end], count=1)
            text = f"{text[: hole.start]}{written}{text[hole.end :]}"
    return text


def meant(text: str) -> tuple[object, ...]:
    """What a body of ours says, however its placeholders are spelled: equal for bodies that read the same."""
    try:
        read = parse(text)
    except TemplateError:
        return (text,)
    return essence(read), len(read.free)


def _from_form(text: str, form: Syntax) -> Iterator[str]:
    """A text in which each placeholder of a system is written as ours, and nothing else means anything to us."""
    assert form.pattern is not None  # noqa: S101
    done = 0
    for found in form.pattern.finditer(text):
        yield _literal(_plain(text[done : found.start()], form))
        given = found.groupdict().get("fallback")
        if given and ('"' in given and "'" in given):
            raise Unsayable(f"the fallback of `{found['name']}` has both kinds of quotes")
        quote = "'" if given and '"' in given else '"'
        yield f"{{{{ {found['name']}{f' | default: {quote}{given}{quote}' if given and given.strip() else ''} }}}}"
        done = found.end()
    yield _literal(_plain(text[done:], form))


def _plain(text: str, form: Syntax) -> str:
    if form.other is not None and (found := form.other.search(text)):
        raise Unsayable(f"its text has {found.group()!r}, which says more there than a placeholder of ours can")
    return text


def _literal(text: str) -> str:
    """A text of another system, in which braces are braces."""
    if not _TAGS.search(text):
        return text
    if re.search(r"\{%-?\s*endraw", text):
        raise Unsayable("`{% endraw %}` stands in it")
    return f"{{% raw %}}{text}{{% endraw %}}"


def _renamed(read: Template, rename: Callable[[str], str], write: Callable[[Placeholder], str] | None = None) -> str:
    """The text of a template in which each name is another one; `write` says how a whole placeholder is written."""
    pieces, done = [], 0
    for hole in sorted(read.placeholders, key=lambda hole: hole.start):
        at = read.text.index(hole.name, hole.start)
        whole = write is not None and not hole.condition
        start, end = (hole.start, hole.end) if whole else (at, at + len(hole.name))
        pieces += [read.text[done:start], write(hole) if write and whole else rename(hole.name)]
        done = end
    return "".join([*pieces, read.text[done:]])


def _liquid(
    hole: Placeholder,
    text: str,
    rename: Callable[[str], str],
    fallback: Callable[[str], str | None],
    facts: Mapping[str, str],
) -> str:
    fact = hole.name.removeprefix("facts.")
    if fact != hole.name and not hole.filters:
        return facts.get(fact, text[hole.start : hole.end])
    written = text[hole.start : hole.end]
    at = written.index(hole.name)
    inner = written[at + len(hole.name) :]
    given = fallback(hole.name) if hole.default is None and not hole.guards else None
    return f"{written[:at]}{rename(hole.name)}{f' | default: {_quoted(given, hole.name)}' if given else ''}{inner}"


def _quoted(text: str, name: str) -> str:
    if '"' not in text:
        return f'"{text}"'
    if "'" in text:
        raise Unsayable(f"the fallback of `{name}` has both kinds of quotes")
    return f"'{text}'"


def _in_form(
    nodes: tuple[Node, ...],
    text: str,
    form: Syntax,
    rename: Callable[[str], str],
    fallback: Callable[[str], str | None],
    facts: Mapping[str, str],
) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Choice):
            raise Unsayable("it has a condition, and the system has none")
        if not isinstance(node, Output):
            yield _safe(text[node.start : node.end], form)
            continue
        hole = node.placeholder
        fact = hole.name.removeprefix("facts.")
        if fact != hole.name and fact in facts:
            yield _safe(facts[fact], form)
            continue
        if node.filters:
            raise Unsayable(f"`{hole.name}` has the filter `{node.filters[0][0]}`, and the system has none")
        given = hole.default if hole.default is not None else fallback(hole.name)
        if given and not form.filled:
            raise Unsayable(f"`{hole.name}` has the fallback {given!r}, and the system has none")
        written = form.filled if given else form.plain
        before, _, behind = written.partition("NAME")
        made = f"{before}{rename(hole.name)}{behind.replace('FALLBACK', given or '')}"
        if not _reads(made, form, rename(hole.name), given or ""):
            raise Unsayable(f"`{hole.name}` would be {made!r} there, which the system takes for something else")
        yield made


def _reads(made: str, form: Syntax, name: str, given: str) -> bool:
    """Whether the system reads a placeholder as it is meant."""
    assert form.pattern is not None  # noqa: S101
    found = form.pattern.fullmatch(made)
    return found is not None and found["name"] == name and (found.groupdict().get("fallback") or "") == given


def _safe(text: str, form: Syntax) -> str:
    assert form.pattern is not None  # noqa: S101
    if found := form.pattern.search(text) or (form.other.search(text) if form.other else None):
        raise Unsayable(f"its text has {found.group()!r}, which the system takes for a placeholder")
    return text
