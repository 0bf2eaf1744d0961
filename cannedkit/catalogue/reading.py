"""The texts of responses as rules read them that compare: what is written there, with its placeholders blanked.

Offsets are those of the text in the file: nothing is moved, so that nothing need be mapped back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from cannedkit.catalogue.load import bodies
from cannedkit.model.errors import Located, Place
from cannedkit.model.response import Body, Catalogue, Response
from cannedkit.template import render as template
from cannedkit.template.node import Choice, Literal, Node, Placeholder
from cannedkit.words.alike import Words, words_of
from cannedkit.words.figures import Figure, figures

HOLE = "\ufffc"
"""What stands for each character of a placeholder in a plain text: Unicode's object replacement character."""


@dataclass(frozen=True, eq=False)
class Text:
    """The body of one wording, or its subject. `plain` is as long as the text."""

    response: Response
    body: Body
    part: str
    plain: str
    placeholders: tuple[Placeholder, ...]

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
    """A catalogue, and its texts read once for all rules that compare them."""

    catalogue: Catalogue
    _read: dict[str, tuple[Text, ...]] = field(default_factory=dict, repr=False, compare=False)
    _beside: dict[tuple[str, str], Pairs] = field(default_factory=dict, repr=False, compare=False)

    def of(self, response: Response) -> tuple[Text, ...]:
        """The texts of a response, in file order."""
        if response.id not in self._read:
            self._read[response.id] = tuple(_texts(response))
        return self._read[response.id]

    def text(self, response: Response, body: Body, part: str = "body") -> Text:
        """One text of a response; a subject is that of the first variation."""
        return next(
            one
            for one in self.of(response)
            if one.part == part and (one.body is body or (part == "subject" and one.body.subject is body.subject))
        )

    def pairs(self, response: Response, across: str, make: Callable[[], Iterable[Pair]]) -> Pairs:
        """The texts of a response that are held against each other `across` something: made for the first who asks."""
        key = (response.id, across)
        if key not in self._beside:
            self._beside[key] = tuple(make())
        return self._beside[key]

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The texts of all responses that are not retired, in file order."""
        return tuple(text for response in self.responses for text in self.of(response))

    @cached_property
    def responses(self) -> tuple[Response, ...]:
        """The responses that are not retired, in file order."""
        return tuple(one for one in self.catalogue.responses.values() if one.status != "retired")


def _texts(response: Response) -> Iterator[Text]:
    """The texts of a response; a subject that several variations share comes with the first of them."""
    for body in response.bodies:
        yield _text(response, body, "body")
        if body.subject is not None and body.variation == 1:
            yield _text(response, body, "subject")


def _text(response: Response, body: Body, part: str) -> Text:
    value = body.subject.value if part == "subject" and body.subject else body.text.value
    if "{" not in value:
        return Text(response, body, part, value, ())
    parsed = template.parse(value)
    return Text(response, body, part, _blanked(parsed), parsed.placeholders)


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
