"""Comment templates of GitLab, as resources of its Terraform provider in Terraform's JSON.

`{"resource": {"gitlab_group_saved_reply": {"label": {"group", "name", "content"}}}}`, and so for projects and users
(provider `gitlabhq/gitlab`). The content is Markdown. In a text of Terraform `${` and `%{` begin an expression, and
stand for themselves where the sign is doubled: a placeholder `%{name}` is written `%%{name}`. A name has at most 255
characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cannedkit.exchange.document import Data, form, kept, maybe, parsed, printed, text_of, told
from cannedkit.exchange.model import REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text, Written
from cannedkit.model.errors import InputError, Problem

ABILITY = Ability(syntax="percent", markup="markdown", missing="the placeholder: `Hi %{name},`", extension="tf.json")

FILE = "saved_replies.tf.json"
TYPES = ("gitlab_group_saved_reply", "gitlab_project_saved_reply", "gitlab_user_saved_reply")
NEW = TYPES[-1]
"""The resource of a new reply: that of a user, the one that needs to know no group or project."""

MAX_NAME = 255
"""Characters of a name (GitLab's model `SavedReply`)."""

_PARTS = ("name", "content")
_EXPRESSION = re.compile(r"(?<!\$)(?:\$\$)*\$\{|(?<!%)(?:%%)*%\{")


def is_mine(file: File) -> bool:
    """Whether it has resources that are saved replies."""
    return any(True for _ in _resources(maybe(file)))


def _resources(data: Any) -> Iterator[tuple[str, str, Data]]:
    """The type, the label and the content of each saved reply."""
    resources = data.get("resource") if isinstance(data, dict) else None
    for type, value in resources.items() if isinstance(resources, dict) else ():
        if type in TYPES:
            yield from ((type, label, one) for label, one in _labelled(value).items() if isinstance(one, dict))


def _labelled(value: Any) -> Data:
    """The resources of a type by label: Terraform takes a mapping, or a list of several."""
    several = value if isinstance(value, list) else [value]
    return {label: one for each in several if isinstance(each, dict) for label, one in each.items()}


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The saved replies of some files, in their order; one that computes its text is refused."""
    records: list[Record] = []
    outcomes: list[Outcome] = []
    for number, file in enumerate(files):
        data = parsed(file)
        found = list(_resources(data))
        if not isinstance(data, dict) or not isinstance(data.get("resource"), dict):
            raise InputError([Problem(file.name, 0, 0, f"has no `resource`: give Terraform's JSON with {TYPES[-1]}")])
        for type, label, one in found:
            id = f"{type}.{label}"
            content, name = text_of(one.get("content")), text_of(one.get("name"))
            if not content or _EXPRESSION.search(content + name):
                why = "its text is computed: `${` or `%{` begins an expression of Terraform"
                outcomes.append(Outcome(id, REFUSED, "", why if content else "it has no `content`"))
                continue
            hollow = {key: None if key in _PARTS else value for key, value in one.items()}
            around = None if number or records else data
            texts = (Text(_plain(content), markup="markdown"),)
            whole = {**kept(hollow, around, bool(around)), "type": type, "label": label}
            records.append(Record(id, texts, title=_plain(name), kept=whole, aside=told(hollow)))
    if records and "in" in records[0].kept:
        records[0].kept["in"] = _around(records[0].kept["in"], records)
    return Incoming(tuple(records), tuple(outcomes))


def _around(data: Data, records: Sequence[Record]) -> Data:
    """A file without the saved replies that were taken over; the others stay, or Terraform would delete them."""
    taken = {record.id for record in records}
    rest: Data = {}
    for type, value in data["resource"].items():
        left = {label: one for label, one in _labelled(value).items() if f"{type}.{label}" not in taken}
        rest[type] = left if type in TYPES else value
    return {**data, "resource": rest}


def _plain(text: str) -> str:
    return text.replace("$${", "${").replace("%%{", "%{")


def _escaped(text: str) -> str:
    return text.replace("${", "$${").replace("%{", "%%{")


def write(records: Sequence[Record]) -> Written:
    """One file of resources; a new reply is that of a user, its label made of our id."""
    known = [record.kept for record in records if isinstance(record.kept, dict)]
    data: Data = next((one["in"] for one in known if isinstance(one.get("in"), dict)), {"resource": {}})
    resources: Data = {type: dict(one) if type in TYPES else one for type, one in data["resource"].items()}
    order: dict[str, list[int]] = {type: [] for type in resources}
    for at, record in enumerate(records):
        whole = record.kept if isinstance(record.kept, dict) else {}
        type = whole.get("type", NEW)
        labelled = resources.setdefault(type, {})
        label = whole.get("label") or _label(record.ours, labelled)
        labelled[label] = _filled(record)
        order.setdefault(type, []).append(at)
    placed = tuple(at for found in order.values() for at in found)
    return Written({FILE: printed({**data, "resource": resources})}, order=placed)


def _label(id: str, taken: Mapping[str, Any]) -> str:
    """A label of Terraform, made of an id: letters, digits, `_` and `-`, the first a letter."""
    made = re.sub(r"[^A-Za-z0-9_-]", "_", id)
    made = made if re.match("[A-Za-z_]", made) else f"r_{made}"
    number, label = 1, made
    while label in taken:
        number += 1
        label = f"{made}_{number}"
    return label


def _filled(record: Record) -> Data:
    item = form(record, {"name": None, "content": None})
    name = _escaped((record.title or record.ours)[:MAX_NAME])
    return {**item, "name": name, "content": _escaped(record.texts[0].text)}
