"""The texts of responses as rules read them that compare: what is written there, with its placeholders blanked.

Offsets are those of the text in the file: nothing is moved, so that nothing need be mapped back.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from cannedkit.catalogue.load import bodies
from cannedkit.model.errors import Located, Place
from cannedkit.model.response import Body, Catalogue, Response
from cannedkit.template import render as template
from cannedkit.template.node import Choice, Literal, Node, Placeholder
from cannedkit.text.pile import RECENT, Named
from cannedkit.words.alike import Words, words_of
from cannedkit.words.figures import Figure, figures

Key = TypeVar("Key")
Made = TypeVar("Made")

HOLE = "\ufffc"
"""What stands for each character of a placeholder in a plain text: Unicode's object replacement character."""


Address = tuple[str, int]
"""The id of a response, and the number of a text among its texts: what to hold of a text of many."""


@dataclass(frozen=True, eq=False)
class Text:
    """The body of one wording, or its subject. `plain` is as long as the text, `number` that among its response's."""

    response: Response
    body: Body
    part: str
    plain: str
    placeholders: tuple[Placeholder, ...]
    number: int

    @property
    def address(self) -> Address:
        """What `Reading.at` finds it by."""
        return self.response.id, self.number

    @property
    def located(self) -> Located:
        """The text as it stands in the file."""
        return self.body.subject if self.part == "subject" and self.body.subject else self.body.text

    @property
    def locale(self) -> str:
        """The locale of the wording, BCP 47."""
        return self.body.locale

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the text, in order."""
        return figures(self.plain, self.locale)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its placeholders, each once."""
        return tuple(dict.fromkeys(hole.name for hole in self.placeholders))

    @cached_property
    def words(self) -> Words:
        """Its words in lower case; what stands for a placeholder is one."""
        return words_of(self.plain)

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that send it."""
        served = (name for name in self.response.channels if self.body in bodies(self.response, self.locale, name))
        return tuple(served)

    def place(self, start: int, end: int) -> Place:
        """Where the characters `[start:end)` stand in the file."""
        return self.located.place(start, end)


Pair = tuple[Text, Text, str]
"""A text that is taken as right, one that must say the same, and where the first is from."""

Pairs = tuple[Pair, ...]


@dataclass(frozen=True)
class Reading:
    """A catalogue, and the texts of some thousands of its responses read once for all rules that compare them.

    A rule that looks at one after the other holds their addresses: of a large catalogue few responses are held.
    """

    catalogue: Catalogue
    _read: dict[str, tuple[Response, tuple[Text, ...]]] = field(default_factory=dict, repr=False, compare=False)
    _beside: dict[tuple[str, str], tuple[Response, Pairs]] = field(default_factory=dict, repr=False, compare=False)

    def of(self, response: Response) -> tuple[Text, ...]:
        """The texts of a response, in file order."""
        return _known(self._read, self._most, response.id, response, lambda: _texts(response))

    def at(self, address: Address) -> Text:
        """The text at an address."""
        id, number = address
        return self.of(self.catalogue.responses[id])[number]

    def text(self, response: Response, body: Body, part: str = "body") -> Text:
        """One text of a response; a subject is that of the first variation."""
        return next(
            one
            for one in self.of(response)
            if one.part == part and (one.body is body or (part == "subject" and one.body.subject is body.subject))
        )

    def pairs(self, response: Response, across: str, make: Callable[[], Iterable[Pair]]) -> Pairs:
        """The texts of a response that are held against each other `across` something: made for the first who asks."""
        return _known(self._beside, self._most, (response.id, across), response, make)

    @property
    def _most(self) -> int:
        """How many responses are held with their texts: all, or those of a large catalogue that came last."""
        return RECENT if isinstance(self.catalogue.responses, Named) else sys.maxsize

    @property
    def texts(self) -> Iterator[Text]:
        """The texts of all responses that are not retired, in file order."""
        return (text for response in self.responses for text in self.of(response))

    @property
    def responses(self) -> Iterator[Response]:
        """The responses that are not retired, in file order."""
        return (one for one in self.catalogue.responses.values() if one.status != "retired")


def _known(
    held: dict[Key, tuple[Response, tuple[Made, ...]]],
    most: int,
    key: Key,
    response: Response,
    make: Callable[[], Iterable[Made]],
) -> tuple[Made, ...]:
    """What is held of this very response, else made; where more than `most` is held what came first goes."""
    there = held.get(key)
    if there and there[0] is response:
        return there[1]
    held.pop(key, None)
    while len(held) >= most:
        del held[next(iter(held))]
    held[key] = response, tuple(make())
    return held[key][1]


def _texts(response: Response) -> Iterator[Text]:
    """The texts of a response; a subject that several variations share comes with the first of them."""
    parts = (
        (body, part)
        for body in response.bodies
        for part in ("body", "subject")
        if part == "body" or (body.subject is not None and body.variation == 1)
    )
    return (_text(response, *found, number) for number, found in enumerate(parts))


def _text(response: Response, body: Body, part: str, number: int) -> Text:
    value = body.subject.value if part == "subject" and body.subject else body.text.value
    if "{" not in value:
        return Text(response, body, part, value, (), number)
    parsed = template.parse(value)
    return Text(response, body, part, _blanked(parsed), parsed.placeholders, number)


def _blanked(parsed: template.Template) -> str:
    """The text with holes for its placeholders and spaces for its tags."""
    signs = [" "] * len(parsed.text)
    _write(parsed.nodes, parsed.text, signs)
    return "".join(signs)


def _write(nodes: Iterable[Node], text: str, signs: list[str]) -> None:
    for node in nodes:
        if isinstance(node, Literal):
            signs[node.start : node.end] = text[node.start : node.end]
        elif isinstance(node, Choice):
            for branch in node.branches:
                _write(branch.nodes, text, signs)
        else:
            start, end = node.placeholder.start, node.placeholder.end
            signs[start:end] = HOLE * (end - start)
