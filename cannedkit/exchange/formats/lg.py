"""Templates of Bot Framework's language generation, `.lg`; read only.

`# Greet(name)` begins a template, each line `- text` below it is a variation, and ``` around a text lets it have
several lines; `${name}` is a placeholder (microsoft/botframework-sdk, "The .lg file format"). `common.en-US.lg` is in
that locale. Templates that choose (`- IF`, `- SWITCH`), build a card (`[Activity`) or take in another template are
refused: a reply says its text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cannedkit.exchange.model import KEPT, LOST, REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text
from cannedkit.model.errors import InputError, Problem
from cannedkit.text.locales import canonical

ABILITY = Ability(
    syntax="dollar",
    markup="markdown",
    locale=KEPT,
    variation=KEPT,
    title=LOST,
    missing="not documented",
    extension="lg",
    writes=False,
)

_TEMPLATE = re.compile(r"^# *(?P<name>[A-Za-z_][\w.]*)[ \t]*(?:\([^)\n]*\))?[ \t]*$", re.MULTILINE)
_LINE = re.compile(r"^[ \t]*-[ \t]*(?:```(?P<long>.*?)```|(?P<text>[^\n]*?))[ \t]*$", re.MULTILINE | re.DOTALL)
_CHOICE = re.compile(r"(?:IF|ELSEIF|ELSE|SWITCH|CASE|DEFAULT)[ \t]*:", re.IGNORECASE)
_EXPRESSION = re.compile(r"\$\{(?![A-Za-z_][\w-]*(?:\.[\w-]+)*\})[^}\n]*\}?")
_COMMENT = re.compile(r"^>.*$", re.MULTILINE)


def is_mine(file: File) -> bool:
    """Whether it is templates with variations and nothing else."""
    text = _COMMENT.sub("", file.text.replace("\r\n", "\n"))
    rest = _LINE.sub("", _TEMPLATE.sub("", text)).strip()
    return not rest and any(True for _ in _templates(text))


def _templates(text: str) -> Iterator[tuple[str, str]]:
    """The templates of a file: their names, and what stands below."""
    found = list(_TEMPLATE.finditer(text))
    ends = [*(each.start() for each in found[1:]), len(text)]
    for one, end in zip(found, ends, strict=False):
        yield one["name"], text[one.end() : end].strip()


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The templates of some files, those of one name as one reply. Raises InputError for a file without any."""
    records: dict[str, Record] = {}
    outcomes: list[Outcome] = []
    for file in files:
        text = _COMMENT.sub("", file.text.replace("\r\n", "\n"))
        found = list(_templates(text))
        if not found and text.strip():
            raise InputError([Problem(file.name, 1, 1, "has no template: `# Name` with lines `- text` below it")])
        for name, body in found:
            try:
                texts = tuple(_texts(body, _locale(file.name)))
            except ValueError as error:
                outcomes.append(Outcome(name, REFUSED, "", str(error)))
                continue
            known = records.get(name) or Record(name, (), _title(name))
            records[name] = replace(known, texts=(*known.texts, *texts))
    return Incoming(tuple(records.values()), tuple(outcomes))


def _locale(name: str) -> str:
    """The locale in a file's name, `common.en-US.lg`, "" for none."""
    told = re.search(r"\.([A-Za-z]{2,3}(?:-\w{2,8})?)\.lg$", name)
    return told[1] if told and canonical(told[1]) else ""


def _title(name: str) -> str:
    """`GreetUser.late` as words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_.]+", " ", name).strip()


def _texts(body: str, locale: str) -> Iterator[Text]:
    """The variations of a template. Raises ValueError for one that says more than its texts."""
    if body.startswith("["):
        raise ValueError("it builds a card")
    number = 0
    for number, line in enumerate(_LINE.finditer(body), start=1):
        said = line["long"] if line["long"] is not None else line["text"]
        if _CHOICE.match(said):
            raise ValueError(f"it chooses its text: {said.partition(':')[0].strip()}")
        if found := _EXPRESSION.search(said):
            raise ValueError(f"it works out a part of its text: {found[0][:40]}")
        yield Text(re.sub(r"\\([\\\[\]{}$])", r"\1", said), locale, variation=number, markup="markdown")
    if not number:
        raise ValueError("it has no text")
