"""The texts of a response that a search reads, and which locale of it serves a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cannedkit.catalogue.load import locales
from cannedkit.catalogue.reply import same_language
from cannedkit.model.response import Body, Response
from cannedkit.text.locales import for_locale, parents

TITLE, LABEL, EXAMPLE, BODY = "title", "label", "example", "body"

_HOLE = re.compile(r"\{%-?\s*comment\b.*?endcomment\s*-?%\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
"""What a template fills or drops: it says nothing of what a reply is about."""

_SEPARATORS = str.maketrans("/-_.", "    ")


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a response: its title, an example, a body, or the label that its id, shortcut and tags make.

    `number` counts those of a kind from 1, in the order of the file.
    """

    kind: str
    text: str
    number: int = 1


def served(response: Response, locale: str, default: str) -> str:
    """The locale to read a response in: the one asked for, its parents, others of its language, the default.

    "" where it has a body in none of them.
    """
    there = locales(response)
    wanted = (*parents(locale)[:-1], *(tag for tag in there if same_language(tag, locale)), default)
    return next((tag for tag in wanted if tag in there), "")


def passages(response: Response, locale: str) -> Iterator[Passage]:
    """The texts of a response in one of its locales; what its placeholders would say is left out."""
    if title := for_locale(response.titles, locale):
        yield Passage(TITLE, title)
    yield Passage(LABEL, " ".join([response.id, response.shortcut, *response.tags]).translate(_SEPARATORS))
    for number, example in enumerate(for_locale(response.examples, locale) or (), start=1):
        yield Passage(EXAMPLE, example, number)
    texts = dict.fromkeys(text for body in response.bodies if body.locale == locale for text in _texts(body))
    for number, text in enumerate(texts, start=1):
        yield Passage(BODY, text, number)


def _texts(body: Body) -> Iterator[str]:
    whole = f"{body.subject.value}\n{body.text.value}" if body.subject else body.text.value
    yield " ".join(_HOLE.sub(" ", whole).split())
