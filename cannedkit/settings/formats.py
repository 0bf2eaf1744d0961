"""The formats of other systems, and the key `exchange` of cannedkit.yaml: what those systems call our variables."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cannedkit.settings.promised import NAME
from cannedkit.text.nearest import nearest
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems

FORMATS: Mapping[str, str] = {
    name: f"cannedkit.exchange.formats.{name.replace('-', '_')}"
    for name in (
        "chatwoot",
        "csv",
        "discourse",
        "freshdesk",
        "front",
        "github",
        "gitlab",
        "gorgias",
        "helpscout",
        "intercom",
        "label-actions",
        "livehelperchat",
        "osticket",
        "rocketchat",
        "textexpander",
        "zammad",
        "zendesk",
        "espanso",
        "rasa",
        "homeassistant",
        "markdown",
        "fluent",
        "po",
        "xliff",
        "lg",
    )
}
"""The name of a format -> the module that reads and writes it (see `cannedkit.exchange`)."""

KEYS = ("variables",)

THEIRS = re.compile(r"[^\s{}|]+")
"""What another system may call a variable."""


def exchange(node: Node, key: str, problems: Problems) -> dict[str, Mapping[str, str]]:
    """Format -> the names of its variables -> ours."""
    found: dict[str, Mapping[str, str]] = {}
    whole = schema.mapping(node, key, problems)
    for name, value in whole.pairs if whole else ():
        if name.value not in FORMATS:
            problems.append(name.problem(f"unknown format `{name.value}`{nearest(name.value, FORMATS)}"))
            continue
        options = schema.mapping(value, name.value, problems)
        keys = schema.entries(options, KEYS, problems, f" of format {name.value}") if options else {}
        found[name.value] = _variables(keys["variables"], problems) if "variables" in keys else {}
    return found


def _variables(node: Node, problems: Problems) -> dict[str, str]:
    found: dict[str, str] = {}
    whole = schema.mapping(node, "variables", problems)
    for theirs, value in whole.pairs if whole else ():
        ours = schema.text(value, theirs.value, problems)
        if not THEIRS.fullmatch(theirs.value):
            problems.append(theirs.problem(f"{theirs.value!r} is no name of a variable there: leave the braces out"))
        elif not NAME.fullmatch(ours):
            problems.append(value.problem(f"{ours!r} is not a name of a variable: use letters, digits, `_`, `.`"))
        else:
            found[theirs.value] = ours
    return found
