"""What stands in a Liquid body that was read: text, placeholders, choices; and what is wrong in one that was not.

All offsets are code points of the body, half open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cannedkit.model.errors import CannedkitError
from cannedkit.template.condition import Test


@dataclass(frozen=True, slots=True, order=True)
class TemplateProblem:
    """One thing wrong in a body: `body[start:end]`, and how to mend it."""

    start: int
    end: int
    message: str


class TemplateError(CannedkitError):
    """A body cannot be read or rendered. `problems` holds every fault found, in order; at least one."""

    def __init__(self, problems: Iterable[TemplateProblem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("; ".join(problem.message for problem in self.problems))

    @property
    def start(self) -> int:
        """Where the first fault starts in the body."""
        return self.problems[0].start

    @property
    def end(self) -> int:
        """Where the first fault ends in the body."""
        return self.problems[0].end


def fault(start: int, end: int, message: str) -> TemplateError:
    """The error for one thing that is wrong at `[start:end)`."""
    return TemplateError([TemplateProblem(start, end, message)])


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A dotted name that a body uses.

    `[start:end)` is the whole `{{ … }}` in the body, or, where `condition` is true, the name within a tag.
    `default` is the text of its `default` filter. `guards` are the names that are sure to have a value
    wherever this place is rendered, because the tags around it test them.
    """

    name: str
    start: int
    end: int
    default: str | None = None
    condition: bool = False
    guards: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Literal:
    """Text of the body that goes out as it stands."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Output:
    """A placeholder with its filters other than `default`: (name, argument)."""

    placeholder: Placeholder
    filters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """One way through a choice; `test` None is the way taken when no other is."""

    label: str
    test: Test | None
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`if`, `unless` or `case`: the first branch whose test holds is rendered. The last one has no test."""

    branches: tuple[Branch, ...]


Node = Literal | Output | Choice


@dataclass(frozen=True, slots=True)
class Template:
    """A body that was read. `placeholders` are in the order of the body.

    `free` are the stretches of the text, in code points and in order, that may be reworded (`tailor`); they go out as
    if the tags were not there.
    """

    text: str
    placeholders: tuple[Placeholder, ...] = ()
    nodes: tuple[Node, ...] = field(default=(), repr=False, compare=False)
    free: tuple[tuple[int, int], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name used, once, in the order of the body."""
        return tuple(dict.fromkeys(placeholder.name for placeholder in self.placeholders))

    @property
    def defaulted(self) -> frozenset[str]:
        """The names that have a `default` filter."""
        return frozenset(each.name for each in self.placeholders if each.default is not None)

    @property
    def dated(self) -> frozenset[str]:
        """The names that have a `date` filter: their values are dates as YYYY-MM-DD."""
        return frozenset(each.name for each in self.placeholders if "date" in each.filters)


def is_blank(node: Node, text: str) -> bool:
    """Whether nothing but white space can come of a node of the body `text`."""
    if isinstance(node, Literal):
        return text[node.start : node.end].isspace()
    if isinstance(node, Output):
        return False
    return all(is_blank(each, text) for branch in node.branches for each in branch.nodes)


def essence(template: Template) -> tuple[object, ...]:
    """What a template writes, however its braces are laid out: two that share it give the same text for all values."""
    return tuple(_essence(template.nodes, template.text))


def _essence(nodes: Iterable[Node], text: str) -> Iterator[object]:
    """Each node as plain data; text that a comment or `raw` cuts in two is one."""
    words = ""
    for node in nodes:
        if isinstance(node, Literal):
            words += text[node.start : node.end]
            continue
        if words:
            yield words
        words = ""
        if isinstance(node, Output):
            yield node.placeholder.name, node.placeholder.default, node.filters
        else:
            yield tuple((branch.test, tuple(_essence(branch.nodes, text))) for branch in node.branches)
    if words:
        yield words
