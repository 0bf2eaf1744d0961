"""What a YAML file holds: a tree of texts, lists and mappings in which every character knows its place in the file."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from cannedkit.model.errors import Place, Problem
from cannedkit.yamlsource import slip
from cannedkit.yamlsource.scalar import BREAK, decode


@dataclass(frozen=True, eq=False)
class Source:
    """A file that was read. `text` is decoded, without its byte order mark (`bom`), its line ends as they are.

    `root` is None for a file without content, and for one that comes from disk: `edit` reads it again.
    """

    path: str
    text: str
    bom: bool
    root: Node | None

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, in code points, of `text[offset]`; LF, CR LF and a lone CR end a line."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def place(self, start: int, end: int) -> Place:
        """Where `text[start:end]` stands."""
        return Place(self.path, *self.position(start), *self.position(end))

    def problem(self, offset: int, message: str) -> Problem:
        """A problem located at `text[offset]`."""
        return Problem(self.path, *self.position(offset), message)

    @cached_property
    def _starts(self) -> array[int]:
        return array("I", (0, *(match.end() for match in BREAK.finditer(self.text))))

    def __getstate__(self) -> dict[str, object]:
        """What is kept on disk: not the tree, for whoever keeps a node of it wants that node alone."""
        return {**vars(self), "root": None}


def _place_of(node: Node) -> Place:
    """Where the whole of it stands, quotes and brackets included."""
    return node.source.place(node.start, node.end)


def _problem(node: Node, message: str) -> Problem:
    """A problem located at its start."""
    return node.source.problem(node.start, message)


_ON_LINES = frozenset(("plain", "single", "double"))
"""Styles of a text whose first character is where its value begins, behind a quotation mark at most."""


@dataclass(frozen=True, eq=False)
class Scalar:
    """A text: `value` is decoded, `source.text[start:end]` is how it is written.

    `style` is plain, single, double, literal or folded; `indent` the column of the list or mapping around it.
    """

    source: Source
    value: str
    start: int
    end: int
    style: str
    indent: int = -1

    place_of = _place_of
    problem = _problem

    @property
    def spans(self) -> list[tuple[int, int]]:
        """For each character of `value` the `[start, end)` in `source.text` that stands for it.

        An escape has all its characters; a folded line break has the white space around it. Should the decoding
        not agree with PyYAML's, every character gets the whole of the scalar.
        """
        return self._decoded if self._decoded is not None else [(self.start, self.end)] * len(self.value)

    @property
    def mapped(self) -> bool:
        """Whether `spans` are exact: the decoding agrees with PyYAML's."""
        return self._decoded is not None

    @cached_property
    def _first(self) -> int | None:
        """Where the value begins in the file if it stands there character by character, as most do."""
        first = self.start + (self.style in ("single", "double"))
        return first if self.source.text.startswith(self.value, first) and self.style in _ON_LINES else None

    @cached_property
    def _decoded(self) -> list[tuple[int, int]] | None:
        value, spans = decode(self.source.text, self.start, self.end, self.style, self.indent)
        return spans if value == self.value else None

    def place(self, start: int, end: int) -> Place:
        """Where `value[start:end]` stands; an empty span gives the place between two characters."""
        if start < end and self._first is not None:
            return self.source.place(self._first + start, self._first + end)
        if start < end:
            return self.source.place(self.spans[start][0], self.spans[end - 1][1])
        between = self.between(start)
        return self.source.place(between, between)

    def between(self, at: int) -> int:
        """The offset in `source.text` just before `value[at]`, or behind the last character."""
        if at < len(self.value):
            return self.spans[at][0]
        if self.value:
            return self.spans[-1][1]
        return self.start + (self.style in ("single", "double"))

    def part(self, start: int, end: int) -> Part:
        """`value[start:end]`, which knows its places too."""
        return Part(self, start, end)

    @property
    def comment(self) -> bool:
        """Whether a comment stands behind a plain text: what the writer meant as text may have been lost."""
        return self.style == "plain" and self._comment_at is not None

    @property
    def _comment_at(self) -> int | None:
        text = self.source.text
        at = self.end
        while text[at : at + 1] in (" ", "\t"):
            at += 1
        return at if at > self.end and text[at : at + 1] == "#" else None


@dataclass(frozen=True, eq=False)
class Part:
    """`scalar.value[start:end]`: the body of a response without the white space at its ends."""

    scalar: Scalar
    start: int
    end: int

    @cached_property
    def value(self) -> str:
        """The decoded text."""
        return self.scalar.value[self.start : self.end]

    def place(self, start: int, end: int) -> Place:
        """Where `value[start:end]` stands in the file."""
        return self.scalar.place(self.start + start, self.start + end)


@dataclass(frozen=True, eq=False)
class Sequence:
    """A list. `flow`: it is written in brackets, which a writer may have meant as text."""

    source: Source
    start: int
    end: int
    items: tuple[Node, ...]
    flow: bool = False

    place_of = _place_of
    problem = _problem


@dataclass(frozen=True, eq=False)
class Mapping:
    """Keys and their values, in file order. `flow`: it is written in braces."""

    source: Source
    start: int
    end: int
    pairs: tuple[tuple[Scalar, Node], ...]
    flow: bool = False

    place_of = _place_of
    problem = _problem

    @cached_property
    def _values(self) -> dict[str, Node]:
        return {key.value: node for key, node in self.pairs}

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys' texts, in file order."""
        return tuple(self._values)

    def get(self, key: str) -> Node | None:
        """The value of `key`, None if it is not there."""
        return self._values.get(key)


LETTER = ("body", "subject")
"""Keys that no text starts with by chance."""

ADDRESSES = ("http", "https", "mailto", "tel")
"""What stands before the colon of an address (RFC 3986, section 3.1)."""

Node = Scalar | Sequence | Mapping


def comment_problem(scalar: Scalar) -> Problem:
    """The problem of a plain text with a comment behind it, located at the `#`."""
    at = scalar.end if scalar._comment_at is None else scalar._comment_at
    note = slip.placeholder_note(scalar.source.text[at : at + 3])
    return scalar.source.problem(at, f"the text stops at #: put it in quotes or under |{note}")


def prose_problem(scalar: Scalar, key: str) -> Problem | None:
    """The problem of a plain text that people will not read as its writer meant it; None where nothing is wrong.

    YAML cuts it at a comment; it is YAML's word for nothing; or its quotes are not those of YAML.
    """
    if scalar.style != "plain":
        return None
    if scalar.comment:
        return comment_problem(scalar)
    message = slip.typographic(scalar.value)
    return scalar.problem(message) if message else null_problem(scalar, key)


def null_problem(scalar: Scalar, key: str) -> Problem | None:
    """The problem of a plain text that is YAML's word for nothing, or is not there; None for any other."""
    if scalar.style != "plain" or scalar.value not in slip.NULLS:
        return None
    what = f"is {scalar.value}, which is no text" if scalar.value else "has no text"
    return scalar.problem(f"`{key}` {what}: write one or take the key out")


def unspaced_problems(scalar: Scalar, known: Collection[str]) -> list[Problem]:
    """A problem for each line of a plain text that is a key whose colon lacks its space.

    A text on the line of its own key is taken as it is, unless it starts with `body` or `subject`; on a line of its
    own it starts with one of the `known` keys, or with what looks like one.
    """
    column = scalar.source.position(scalar.start)[1]
    own_line = not scalar.source.text[scalar.start - column + 1 : scalar.start].strip(" -")
    found = []
    for word, problem in _unspaced(scalar):
        likely = word in known or (word.islower() and word not in ADDRESSES)
        if likely if own_line else word in LETTER:
            found.append(replace(problem, message=f"{problem.message}, or all in quotes if it is a text"))
    return found


def unkeyed_problems(node: Node) -> list[Problem]:
    """The problems of what stands where a file, or the rest of one, must hold keys and their values."""
    unspaced = [problem for _, problem in _unspaced(node)] if isinstance(node, Scalar) else []
    return unspaced or [node.problem(slip.NO_KEY)]


def _unspaced(scalar: Scalar) -> Iterator[tuple[str, Problem]]:
    """What stands before the first colon of each line of a plain text if no space is behind it, and what to say."""
    text = scalar.source.text[scalar.start : scalar.end] if scalar.style == "plain" else ""
    for line in re.finditer(r"[^\s][^\r\n]*", text):
        if message := slip.unspaced(line.group()):
            word = line.group().partition(":")[0]
            yield word, scalar.source.problem(scalar.start + line.start() + len(word), message)


def is_braced(node: Node) -> bool:
    """Whether a node is a word in braces, `{name}`, which YAML takes for a mapping and its writer for a text."""
    return (
        isinstance(node, Mapping)
        and node.flow
        and ":" not in node.source.text[node.start : node.end]
        and bool(node.pairs)
    )


def text_problem(node: Node) -> Problem:
    """The problem of a list or mapping that stands where a text must: says which quotes make it one."""
    line = (
        node.source.text[node.start : node.end] if is_braced(node) else slip.rest_of_line(node.source.text, node.start)
    )
    if isinstance(node, Scalar):
        return node.problem("this must be a text")
    if node.flow:
        return node.problem(slip.must_quote(line))
    if isinstance(node, Mapping) and ":" in line:
        return node.problem(f"{slip.COLON}: {slip.shown(line)}")
    return node.problem("a text must stand here, not a list or a mapping")
