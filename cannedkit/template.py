"""Liquid bodies: placeholders, checks, sample sets, and rendered text with its offset map.

The body is cut into text, placeholders and tags here, in one pass, because python-liquid's own lexer keeps no
places for stripped text, takes seconds for a body of unclosed braces, and its tags drop what they do not expect
without a word. What stands inside the braces is read by python-liquid. All offsets are code points, half open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from cannedkit.model import CannedkitError, Variable
from cannedkit.values import ISO_DATES, babel_locale, for_locale, nearest, samples

if TYPE_CHECKING:
    from liquid import Environment
    from liquid.expression import Expression

MAX_BODY = 20_000
"""Code points that a body may hold (design, section 8)."""

MAX_OUTPUT = 100_000
"""Code points that a rendered body may hold (design, section 8)."""

MAX_EXPRESSION = 500
"""Code points between a pair of braces; python-liquid reads `and` and `or` by recursion."""

MAX_DEPTH = 30
"""How deep tags may nest: the limit of python-liquid."""

MAX_SETS = 20
"""Sample sets of a body (design, section 4)."""

MAX_TRIES = 1_000
"""Combinations of samples that are tried to reach a branch."""

TAGS = ("if", "elsif", "else", "unless", "case", "when", "comment", "raw")
"""The tags that a body may use, besides their end tags."""

FILTERS = ("default", "upcase", "downcase", "capitalize", "date")
"""The filters that a body may use."""

DATE_DIRECTIVES: Mapping[str, str] = {
    "%d": "dd",
    "%-d": "d",
    "%m": "MM",
    "%-m": "M",
    "%y": "yy",
    "%Y": "yyyy",
    "%b": "MMM",
    "%B": "MMMM",
    "%a": "EEE",
    "%A": "EEEE",
}
"""Directives of the `date` filter -> CLDR date field, so that months and days are named in the locale's language."""

_ENDS: Mapping[str, str] = {"if": "endif", "unless": "endunless", "case": "endcase"}
_MARK = re.compile(r"\{\{|\{%|\}\}|%\}")
_CLOSING: Mapping[str, str] = {"{{": "}}", "{%": "%}"}
_TAG_NAME = re.compile(r"\s*(\w+)")
_NAME = re.compile(r"[^\W\d][\w-]*(?:\.[^\W\d][\w-]*)*")
_COMMENT_TAG = re.compile(r"\{%-?\s*(comment|endcomment)\s*-?%\}")
_END_RAW = re.compile(r"\{%-?\s*endraw\s*-?%\}")
_DIRECTIVE = re.compile(r"%-?.?", re.DOTALL)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


# -- data ---------------------------------------------------------------------------------------


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
class Comparison:
    """A test of one name. `operator` is "" (there is a value), "==", "!=" or "contains"."""

    name: str
    operator: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Negation:
    """The opposite of a test, from `unless`."""

    test: Test


@dataclass(frozen=True, slots=True)
class Junction:
    """Two tests; `every`: both must hold, else one of them."""

    every: bool
    left: Test
    right: Test


Test = Comparison | Negation | Junction


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
    """A body that was read. `placeholders` are in the order of the body."""

    text: str
    placeholders: tuple[Placeholder, ...] = ()
    nodes: tuple[Node, ...] = field(default=(), repr=False, compare=False)

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


@dataclass(frozen=True, slots=True)
class Segment:
    """Rendered `[start:end)` came from body `[body_start:body_end)`.

    A literal segment (`filled` false) has the same length on both sides; a filled one stands for the
    placeholder `name`. No segment is empty.
    """

    start: int
    end: int
    body_start: int
    body_end: int
    filled: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered text. `segments` cover it without a gap, in the order of the body."""

    text: str
    segments: tuple[Segment, ...]

    @property
    def filled(self) -> tuple[tuple[int, int], ...]:
        """The spans of the text that stand for values."""
        return tuple((each.start, each.end) for each in self.segments if each.filled)

    def to_body(self, start: int, end: int) -> tuple[int, int]:
        """The span of the body that the rendered span came from; a touched value counts as its whole placeholder.

        An empty span maps to an empty one: between two characters of the same text exactly between them; at
        the seam of text and placeholder on the side of the text; inside a value behind the placeholder.
        Raises ValueError for a span that is not in the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start}:{end} is not a span of a text of {len(self.text)} characters")
        if not self.segments:
            return 0, 0
        if start == end:
            place = self._insertion(start)
            return place, place
        first, last = self._segment(start), self._segment(end - 1)
        return (
            first.body_start if first.filled else first.body_start + start - first.start,
            last.body_end if last.filled else last.body_start + end - last.start,
        )

    def _segment(self, offset: int) -> Segment:
        return self.segments[bisect_right(self.segments, offset, key=lambda each: each.start) - 1]

    def _insertion(self, offset: int) -> int:
        before, after = self._segment(max(offset - 1, 0)), self._segment(min(offset, len(self.text) - 1))
        if not before.filled and offset > 0:
            return before.body_start + offset - before.start
        if offset == 0 or (not after.filled and after is not before):
            return after.body_start
        return before.body_end


@dataclass(frozen=True, slots=True)
class SampleSet:
    """Values to try a body with, by dotted name. `name` says what they are for: such as `typical`."""

    name: str
    values: Mapping[str, str]


# -- reading ------------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def parse(text: str) -> Template:
    """The template in `text`. Kept for the last 2,048 texts.

    Raises TemplateError with the place of every fault: unknown tags and filters, braces that do not close,
    tags that do not match, and what Liquid would let through but a customer should not see.
    """
    if len(text) > MAX_BODY:
        message = f"the body is {len(text)} characters long; at most {MAX_BODY} are allowed"
        raise TemplateError([TemplateProblem(MAX_BODY, len(text), message)])
    if not _MARK.search(text):
        return Template(text, (), (Literal(0, len(text)),) if text else ())
    return _Reader(text).read()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from liquid import Environment

    return Environment()


@dataclass(slots=True)
class _Block:
    """A tag that is still open: the branches so far, and the one being read."""

    tag: str
    start: int
    end: int
    opening: str
    label: str
    test: Test | None
    guards: frozenset[str] = frozenset()
    subject: str = ""
    nodes: list[Node] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)
    began: bool = True


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag `[start:end)` and what stands behind its name, `[inner:inner_end)`."""

    name: str
    start: int
    end: int
    inner: int
    inner_end: int

    def label(self, text: str) -> str:
        return f"{self.name} {' '.join(text[self.inner : self.inner_end].split())}"

    def fault(self, message: str) -> TemplateError:
        return _fault(self.start, self.end, message)


@dataclass(slots=True)
class _Reader:
    """The state of reading one body."""

    text: str
    problems: list[TemplateProblem] = field(default_factory=list)
    placeholders: list[Placeholder] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)
    cursor: int = 0  # where the text that is not yet read into a node starts
    trim: bool = False  # the last tag ended in a dash

    def read(self) -> Template:
        position = 0
        while mark := _MARK.search(self.text, position):
            closing = _MARK.search(self.text, mark.end()) if mark.group() in _CLOSING else None
            if closing is None or closing.group() != _CLOSING[mark.group()]:
                self._unbalanced(mark)
                position = mark.end()
                continue
            position = self._braces(mark, closing)
        self._literal(self.cursor, len(self.text), self.trim, False)
        for block in self.blocks:
            self._problem(
                block.start, block.end, f"{{% {block.tag} %}} is never closed; add {{% {_ENDS[block.tag]} %}}"
            )
        self.problems += _inconsistencies(self.placeholders)
        if self.problems:
            raise TemplateError(self.problems)
        return Template(self.text, tuple(self.placeholders), tuple(self.nodes))

    def _problem(self, start: int, end: int, message: str) -> None:
        self.problems.append(TemplateProblem(start, end, message))

    def _unbalanced(self, mark: re.Match[str]) -> None:
        found = mark.group()
        if found in _CLOSING:
            message = f"`{found}` is never closed; add `{_CLOSING[found]}`"
        else:
            message = f"`{found}` closes nothing; for braces that customers should see use {{% raw %}}"
        self._problem(mark.start(), mark.end(), message)

    def _braces(self, mark: re.Match[str], closing: re.Match[str]) -> int:
        """Read one pair of braces; the position behind it, or behind the end tag of a comment or raw."""
        start, end = mark.end(), closing.start()
        dash_before = self.text.startswith("-", start)
        dash_after = end - start > dash_before and self.text[end - 1] == "-"
        self._literal(self.cursor, mark.start(), self.trim, dash_before)
        self.cursor, self.trim = closing.end(), dash_after
        start, end = start + dash_before, end - dash_after
        try:
            if end - start > MAX_EXPRESSION:
                raise _fault(mark.start(), closing.end(), f"more than {MAX_EXPRESSION} characters between braces")
            if mark.group() == "{{":
                self._output(mark.start(), closing.end(), start, end)
            else:
                self._tag(mark.start(), closing.end(), start, end)
        except TemplateError as error:
            self.problems += error.problems
        return self.cursor

    def _literal(self, start: int, end: int, trim_before: bool, trim_after: bool) -> None:
        piece = self.text[start:end]
        if trim_before:
            start = end - len(piece.lstrip())
        if trim_after:
            end = start + len(self.text[start:end].rstrip())
        if start < end:
            self._add(Literal(start, end))

    def _add(self, node: Node) -> None:
        (self.blocks[-1].nodes if self.blocks else self.nodes).append(node)

    def _guards(self) -> tuple[str, ...]:
        return tuple(sorted(set().union(*(block.guards for block in self.blocks))))

    def _output(self, whole: int, whole_end: int, start: int, end: int) -> None:
        name, filters = _read_output(self.text, start, end)
        default = filters[0][1] if filters and filters[0][0] == "default" else None
        names = tuple(each for each, _ in filters)
        placeholder = Placeholder(name, whole, whole_end, default, False, self._guards(), names)
        self.placeholders.append(placeholder)
        self._add(Output(placeholder, tuple(each for each in filters if each[0] != "default")))

    def _tag(self, whole: int, whole_end: int, start: int, end: int) -> None:
        found = _TAG_NAME.match(self.text, start, end)
        name = found.group(1) if found else ""
        tag = _Tag(name, whole, whole_end, found.end() if found else end, end)
        if name not in _HANDLERS:
            shown = f"unknown tag `{name}`" if name else "a tag without a name"
            raise tag.fault(f"{shown}; tags are {', '.join(TAGS)}, and their end tags{nearest(name, _HANDLERS)}")
        has_more = bool(self.text[tag.inner : end].strip())
        if has_more != (name in _TESTING):
            self._stand_in(tag)
            hint = "; another test is `elsif`" if name == "else" else ""
            raise tag.fault(
                f"`{name}` takes nothing behind it{hint}" if has_more else f"`{name}` needs something behind it"
            )
        _HANDLERS[name](self, tag)

    def _stand_in(self, tag: _Tag) -> None:
        """Open the block of a faulty tag all the same, so that its end tag is not reported too."""
        if tag.name in _ENDS:
            self.blocks.append(_Block(tag.name, tag.start, tag.end, tag.name, tag.name, Comparison("")))

    def _open(self, tag: _Tag) -> None:
        label = tag.label(self.text)
        block = _Block(tag.name, tag.start, tag.end, label, label, None)
        try:
            if len(self.blocks) >= MAX_DEPTH:
                raise tag.fault(f"tags nest deeper than {MAX_DEPTH}")
            if tag.name == "case":
                block.subject, block.began = self._subject(tag), False
            else:
                test = self._test(tag)
                block.test = Negation(test) if tag.name == "unless" else test
                block.guards = present_when(block.test, True)
        except TemplateError:
            self._stand_in(tag)
            raise
        self.blocks.append(block)

    def _subject(self, tag: _Tag) -> str:
        name, filters = _read_output(self.text, tag.inner, tag.inner_end)
        if filters:
            raise tag.fault("`case` takes a name without filters")
        found = self.text.index(name, tag.inner)
        self.placeholders.append(Placeholder(name, found, found + len(name), None, True, self._guards()))
        return name

    def _test(self, tag: _Tag) -> Test:
        test, places = _read_test(self.text, tag.inner, tag.inner_end)
        guards = self._guards()
        self.placeholders += (Placeholder(name, at, at + len(name), None, True, guards) for name, at in places)
        return test

    def _next_branch(self, tag: _Tag) -> None:
        block = self.blocks[-1] if self.blocks else None
        homes = _HOMES[tag.name]
        if block is None or block.tag not in homes:
            raise tag.fault(f"`{tag.name}` stands outside {' and '.join(homes)}")
        if block.began and block.test is None:
            raise tag.fault(f"`{tag.name}` stands behind `else`, which must come last")
        self._close_branch(block)
        earlier = [branch.test for branch in block.branches if branch.test is not None]
        block.guards = frozenset().union(*(present_when(test, False) for test in earlier))
        if tag.name == "else":
            block.label, block.test = f"else of {block.opening}", None
            return
        block.label, block.test = (
            tag.label(self.text),
            Comparison(""),
        )  # a test stands here even if the next line raises
        block.test = self._test(tag) if tag.name == "elsif" else self._when(block.subject, earlier, tag)
        block.guards |= present_when(block.test, True)

    def _when(self, subject: str, earlier: list[Test], tag: _Tag) -> Test:
        seen = {each.text for test in earlier for each in comparisons(test)}
        texts = _read_choices(self.text, tag.inner, tag.inner_end)
        for position, text in enumerate(texts):
            if text in seen or text in texts[:position]:
                raise tag.fault(f'"{text}" has a `when` already')
        test: Test = Comparison(subject, "==", texts[0])
        for text in texts[1:]:
            test = Junction(False, test, Comparison(subject, "==", text))
        return test

    def _close_branch(self, block: _Block) -> None:
        if block.began:
            block.branches.append(Branch(block.label, block.test, tuple(block.nodes)))
        elif not all(_blank(node, self.text) for node in block.nodes):
            self._problem(block.start, block.end, "what stands between `case` and the first `when` is never shown")
        block.began = True
        block.nodes = []

    def _close(self, tag: _Tag) -> None:
        due = _ENDS[self.blocks[-1].tag] if self.blocks else ""
        if due != tag.name:
            raise tag.fault(f"`{tag.name}` closes nothing" + (f"; `{due}` is due first" if due else ""))
        block = self.blocks.pop()
        self._close_branch(block)
        if not block.branches:
            raise _fault(block.start, block.end, "`case` has no `when`")
        branches = block.branches
        if branches[-1].test is not None:
            branches = [*branches, Branch(f"else of {block.opening}", None, ())]
        if all(_blank(node, self.text) for branch in branches for node in branch.nodes):
            # Liquid writes nothing for a choice of white space only.
            branches = [Branch(branch.label, branch.test, ()) for branch in branches]
        self._add(Choice(tuple(branches)))

    def _raw(self, tag: _Tag) -> None:
        found = _END_RAW.search(self.text, tag.end)
        if found is None:
            raise self._endless(tag)
        self._literal(tag.end, found.start(), self.trim, found.group().startswith("{%-"))
        self.cursor, self.trim = found.end(), found.group().endswith("-%}")

    def _comment(self, tag: _Tag) -> None:
        depth = 1
        for found in _COMMENT_TAG.finditer(self.text, tag.end):
            depth += 1 if found.group(1) == "comment" else -1
            if depth == 0:
                self.cursor, self.trim = found.end(), found.group().endswith("-%}")
                return
        raise self._endless(tag)

    def _endless(self, tag: _Tag) -> TemplateError:
        self.cursor = len(self.text)  # nothing behind it can be read
        return tag.fault(f"{{% {tag.name} %}} is never closed; add {{% end{tag.name} %}}")

    def _stray_end(self, tag: _Tag) -> None:
        raise tag.fault(f"`{tag.name}` closes nothing")


_TESTING = frozenset({"if", "unless", "elsif", "case", "when"})
_HOMES: Mapping[str, tuple[str, ...]] = {
    "else": ("if", "unless", "case"),
    "elsif": ("if", "unless"),
    "when": ("case",),
}
_HANDLERS: Mapping[str, Callable[[_Reader, _Tag], None]] = {
    "if": _Reader._open,
    "unless": _Reader._open,
    "case": _Reader._open,
    "elsif": _Reader._next_branch,
    "else": _Reader._next_branch,
    "when": _Reader._next_branch,
    "endif": _Reader._close,
    "endunless": _Reader._close,
    "endcase": _Reader._close,
    "comment": _Reader._comment,
    "raw": _Reader._raw,
    "endcomment": _Reader._stray_end,
    "endraw": _Reader._stray_end,
}


def _fault(start: int, end: int, message: str) -> TemplateError:
    return TemplateError([TemplateProblem(start, end, message)])


def _blank(node: Node, text: str) -> bool:
    if isinstance(node, Literal):
        return text[node.start : node.end].isspace()
    if isinstance(node, Output):
        return False
    return all(_blank(each, text) for branch in node.branches for each in branch.nodes)


# -- what stands inside the braces --------------------------------------------------------------


_OUTPUT_FORM = "write {{ order.note }}, or {{ order.note | filter }}; a name has no spaces"
_TEST_FORM = 'a test is name, name == "text", name != "text" or name contains "text", joined by and, or'


def _read(start: int, end: int, form: str, text: str, reader: Callable[[Any], Any]) -> Any:
    """What `reader` makes of python-liquid's tokens for `text[start:end)`; `form` tells how to mend it."""
    from liquid.builtin.expressions import tokenize
    from liquid.exceptions import LiquidError
    from liquid.stream import TokenStream
    from liquid.token import TOKEN_EXPRESSION, Token

    piece = text[start:end]
    try:
        return reader(TokenStream(tokenize(piece, Token(TOKEN_EXPRESSION, piece, start, text))))
    except LiquidError as error:
        place = error.token.start_index if error.token is not None else -1
        place = place if start <= place < end else start
        raise _fault(place, end, f"cannot read this ({error.message}); {form}") from error


def _read_output(text: str, start: int, end: int) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The dotted name and the filters (name, argument or "") of what stands in `{{ }}`."""
    from liquid.builtin.expressions import FilteredExpression

    if not text[start:end].strip():
        raise _fault(start, end, "there is no name between the braces")
    expression = _read(start, end, _OUTPUT_FORM, text, lambda tokens: FilteredExpression.parse(_environment(), tokens))
    name, _ = _name(expression.left, text, start, end)
    return name, tuple(_filter(each, position) for position, each in enumerate(expression.filters or ()))


def _name(expression: Expression, text: str, start: int, end: int) -> tuple[str, int]:
    from liquid.builtin.expressions import Path

    if not isinstance(expression, Path):
        raise _fault(start, end, f"`{text[start:end].strip()}` is not a name; a fixed text needs no braces")
    place = expression.token.start_index
    found = _NAME.match(text, place, end)
    written = ".".join(map(str, expression.path))
    if found is None or found.group() != written:
        raise _fault(
            place, end, f"`{text[place:end].strip()}` is not a name such as order.note; [ ] and ? are not used"
        )
    return written, place


def _filter(filter: Any, position: int) -> tuple[str, str]:
    start, end = filter.token.start_index, filter.token.start_index + len(filter.name)
    if filter.name not in FILTERS:
        hint = nearest(filter.name, FILTERS)
        raise _fault(start, end, f"unknown filter `{filter.name}`; filters are {', '.join(FILTERS)}{hint}")
    if filter.name == "default" and position:
        raise _fault(start, end, "`default` must be the first filter, and stand there once")
    if filter.name not in ("default", "date"):
        if filter.args:
            raise _fault(start, end, f"`{filter.name}` takes nothing behind it")
        return filter.name, ""
    example = '`default: "there"`' if filter.name == "default" else '`date: "%-d %B"`'
    argument = _text(filter.args[0].value) if len(filter.args) == 1 and not hasattr(filter.args[0], "name") else None
    if argument is None or not argument.strip() or "{" in argument or "}" in argument:
        raise _fault(start, end, f"`{filter.name}` needs one text in quotes, without braces: {example}")
    if filter.name == "date" and not set(_DIRECTIVE.findall(argument)) <= {*DATE_DIRECTIVES, "%%"}:
        raise _fault(start, end, f"`date` knows {' '.join(DATE_DIRECTIVES)} and %%, not everything in {argument!r}")
    return filter.name, argument


def _text(expression: Expression) -> str | None:
    from liquid.builtin.expressions import StringLiteral

    return expression.value if isinstance(expression, StringLiteral) else None


def _read_test(text: str, start: int, end: int) -> tuple[Test, list[tuple[str, int]]]:
    """The test in an `if`, `elsif` or `unless`, and (name, place) of every name in it, in order."""
    from liquid.builtin.expressions import BooleanExpression
    from liquid.builtin.expressions.logical import (
        ContainsExpression,
        EqExpression,
        LogicalAndExpression,
        LogicalOrExpression,
        NeExpression,
    )

    places: list[tuple[str, int]] = []
    operators: Mapping[type, str] = {EqExpression: "==", NeExpression: "!=", ContainsExpression: "contains"}

    def named(expression: Expression) -> str:
        places.append(_name(expression, text, start, end))
        return places[-1][0]

    def read(expression: Any) -> Test:
        if isinstance(expression, (LogicalAndExpression, LogicalOrExpression)):
            every = isinstance(expression, LogicalAndExpression)
            return Junction(every, read(expression.left), read(expression.right))
        if not hasattr(expression, "left"):
            return Comparison(named(expression))
        operator, right = operators.get(type(expression)), _text(expression.right)
        if operator is None or right is None or not right.strip():
            raise _fault(start, end, f"values are texts: {_TEST_FORM}")
        return Comparison(named(expression.left), operator, right)

    tree = _read(start, end, _TEST_FORM, text, lambda tokens: BooleanExpression.parse(_environment(), tokens))
    return read(tree.expression), places


def _read_choices(text: str, start: int, end: int) -> list[str]:
    """The texts behind a `when`."""
    from liquid.token import TOKEN_COMMA, TOKEN_OR, TOKEN_STRING

    tokens = _read(start, end, 'write when "pro"', text, lambda stream: stream.tokens)
    choices, separators = tokens[::2], tokens[1::2]
    if (
        len(choices) != len(separators) + 1
        or any(token.kind != TOKEN_STRING or not token.value.strip() for token in choices)
        or any(token.kind not in (TOKEN_COMMA, TOKEN_OR) for token in separators)
    ):
        raise _fault(start, end, 'values are texts: write when "pro", or when "pro" or "team"')
    return [token.value for token in choices]


# -- tests --------------------------------------------------------------------------------------


def comparisons(test: Test) -> Iterator[Comparison]:
    """Every comparison in a test, from left to right."""
    if isinstance(test, Comparison):
        yield test
    elif isinstance(test, Negation):
        yield from comparisons(test.test)
    else:
        yield from comparisons(test.left)
        yield from comparisons(test.right)


def holds(test: Test, values: Mapping[str, str]) -> bool:
    """Whether `test` is true. A name without a value has no text: it is equal to none and contains none."""
    if isinstance(test, Negation):
        return not holds(test.test, values)
    if isinstance(test, Junction):
        return (all if test.every else any)(holds(each, values) for each in (test.left, test.right))
    value = values.get(test.name)
    if test.operator == "!=":
        return value != test.text
    if value is None or not test.operator:
        return value is not None
    return value == test.text if test.operator == "==" else test.text in value


def present_when(test: Test, outcome: bool) -> frozenset[str]:
    """The names that are sure to have a value where `test` came out as `outcome`."""
    if isinstance(test, Negation):
        return present_when(test.test, not outcome)
    if isinstance(test, Junction):
        left, right = present_when(test.left, outcome), present_when(test.right, outcome)
        return left | right if test.every == outcome else left & right
    return frozenset({test.name}) if outcome == (test.operator != "!=") else frozenset()


# -- checking -----------------------------------------------------------------------------------


def conflicts(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of names, sorted, of which the first cannot nest beside the second: `a` and `a.b`."""
    known = set(names)
    pairs = []
    for name in sorted(known):
        parts = name.split(".")
        pairs += [(head, name) for length in range(1, len(parts)) if (head := ".".join(parts[:length])) in known]
    return sorted(pairs)


def _inconsistencies(placeholders: list[Placeholder]) -> Iterator[TemplateProblem]:
    """What is wrong between the placeholders of one body."""
    clashes = dict(conflicts(each.name for each in placeholders))
    outputs = [each for each in placeholders if not each.condition]
    defaulted = {each.name for each in outputs if each.default is not None}
    dated = {each.name for each in outputs if "date" in each.filters}
    for each in placeholders:
        if each.name in clashes:
            message = f"`{each.name}` cannot stand beside `{clashes[each.name]}`; give one of them another name"
            yield TemplateProblem(each.start, each.end, message)
    for each in outputs:
        if each.name in defaulted and each.default is None and each.name not in each.guards:
            yield TemplateProblem(
                each.start, each.end, f"`{each.name}` has a `default` elsewhere: it needs one here too"
            )
        if each.name in dated and "date" not in each.filters:
            yield TemplateProblem(
                each.start, each.end, f"`{each.name}` has a `date` filter elsewhere: it needs one here too"
            )


def check(
    template: Template, variables: Mapping[str, Variable], facts: Mapping[str, str]
) -> tuple[TemplateProblem, ...]:
    """What is wrong with the placeholders in the light of their declarations, in the order of the body.

    A name that is not declared, a fact that does not exist, an optional variable where it may be missing, and
    a `date` filter on what is not a date. `facts` are by name without `facts.`.
    """
    problems = (_misuse(each, variables, facts) for each in template.placeholders)
    return tuple(sorted(problem for problem in problems if problem))


def _misuse(
    placeholder: Placeholder, variables: Mapping[str, Variable], facts: Mapping[str, str]
) -> TemplateProblem | None:
    name = placeholder.name
    message = ""
    variable = variables.get(name)
    if name.startswith("facts."):
        fact = name.removeprefix("facts.")
        if fact not in facts:
            message = f"there is no fact `{fact}`; add it to facts.yaml{nearest(fact, facts)}"
    elif variable is None:
        message = f"`{name}` is not declared; add it to variables.yaml{nearest(name, variables)}"
    elif not placeholder.condition:
        safe = placeholder.default is not None or name in placeholder.guards or variable.fallback
        if variable.optional and not safe:
            message = f"`{name}` is optional: put this inside {{% if {name} %}} … {{% endif %}}, or give it a default"
        elif "date" in placeholder.filters and variable.type != "date":
            message = f"`{name}` has the filter `date` but the type {variable.type}; declare it as type: date"
    return TemplateProblem(placeholder.start, placeholder.end, message) if message else None


# -- rendering ----------------------------------------------------------------------------------


def render(template: Template, values: Mapping[str, str], locale: str = "en") -> Rendered:
    """The body filled with `values`, by dotted name (`facts.` included), and where each part came from.

    `locale` names the months and days that the `date` filter writes; nothing else depends on it. Raises
    TemplateError for a placeholder without a value (an empty one is none) and for more than `MAX_OUTPUT` code points.
    """
    values = {name: value for name, value in values.items() if value}
    pieces: list[str] = []
    segments: list[Segment] = []
    length = 0
    for node in _chosen(template.nodes, values):
        if isinstance(node, Literal):
            piece = template.text[node.start : node.end]
            segment = Segment(length, length + len(piece), node.start, node.end)
        else:
            hole = node.placeholder
            piece = _fill(node, values, locale)
            segment = Segment(length, length + len(piece), hole.start, hole.end, True, hole.name)
        length += len(piece)
        if length > MAX_OUTPUT:
            message = f"the rendered text is longer than {MAX_OUTPUT} characters"
            raise _fault(segment.body_start, segment.body_end, message)
        if piece:
            pieces.append(piece)
            segments.append(segment)
    return Rendered("".join(pieces), tuple(segments))


def _chosen(nodes: Iterable[Node], values: Mapping[str, str]) -> Iterator[Literal | Output]:
    for node in nodes:
        if isinstance(node, Choice):
            branch = next(each for each in node.branches if each.test is None or holds(each.test, values))
            yield from _chosen(branch.nodes, values)
        else:
            yield node


def _fill(node: Output, values: Mapping[str, str], locale: str) -> str:
    hole = node.placeholder
    value = values.get(hole.name, hole.default)
    if value is None:
        hint = nearest(hole.name, values)
        raise _fault(hole.start, hole.end, f"`{hole.name}` has no value{hint}")
    for name, argument in node.filters:
        value = _dated(value, argument, locale) if name == "date" else _CASES[name](value)
    return value


_CASES = {"upcase": str.upper, "downcase": str.lower, "capitalize": str.capitalize}


def _dated(value: str, form: str, locale: str) -> str:
    """`value` in the form that the filter asks for; what is not YYYY-MM-DD is left as it is, as in Liquid."""
    from babel.dates import format_date

    try:
        day = date.fromisoformat(value) if _ISO_DATE.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        return value

    def write(directive: re.Match[str]) -> str:
        field = DATE_DIRECTIVES.get(directive.group())
        return format_date(day, field, locale=babel_locale(locale)) if field else "%"

    return _DIRECTIVE.sub(write, form)


# -- sample sets --------------------------------------------------------------------------------


def sample_sets(
    template: Template, variables: Mapping[str, Variable], locale: str, facts: Mapping[str, str]
) -> tuple[SampleSet, ...]:
    """The sets of values to try a body with: at most `MAX_SETS`, no two alike, at least `typical`.

    All typical values, all shortest, all longest, then every value missing that has a stand-in
    (`fallback`), then each branch of the tags once with otherwise typical values. A declared sample longer than
    `max_length` is left out. `facts` are by name without `facts.` and have their one value.
    """
    if not template.placeholders:
        return (SampleSet("typical", {}),)
    choices = {name: _choices(name, template, variables, locale, facts) for name in template.names}
    typical = {name: each[0] for name, each in choices.items() if each}
    sets = [
        SampleSet("typical", typical),
        SampleSet("shortest", {name: min(each, key=len) for name, each in choices.items() if each}),
        SampleSet("longest", {name: max(each, key=len) for name, each in choices.items() if each}),
        SampleSet("fallback", _missing(template, variables, locale, typical)),
    ]
    options = {name: _options(name, choices[name], template, variables, locale, facts) for name in template.names}
    for number, (label, route) in enumerate(_routes(template.nodes, ()), start=1):
        if (values := _reach(route, options, typical)) is not None:
            sets.append(SampleSet(f"branch {number}: {label}", values))
    distinct: dict[frozenset[tuple[str, str]], SampleSet] = {}
    for each in sets:
        distinct.setdefault(frozenset(each.values.items()), each)
    return tuple(islice(distinct.values(), MAX_SETS))


def _choices(
    name: str, template: Template, variables: Mapping[str, Variable], locale: str, facts: Mapping[str, str]
) -> tuple[str, ...]:
    """The samples of a name, the typical one first; none for an unknown fact."""
    if name.startswith("facts."):
        fact = facts.get(name.removeprefix("facts."))
        return () if fact is None else (fact,)
    variable = variables.get(name, Variable(name))
    built_in = ISO_DATES if name in template.dated else samples(variable.type, locale)
    found = for_locale(variable.samples, locale) or built_in
    limit = variable.max_length
    if limit is None:
        return found
    fitting = tuple(each for each in found if len(each) <= limit)
    return fitting or (min(found, key=len)[:limit].rstrip(),)


def _missing(
    template: Template, variables: Mapping[str, Variable], locale: str, typical: Mapping[str, str]
) -> dict[str, str]:
    """The values when everything is missing that has a default in the body or a declared fallback."""
    values = {name: value for name, value in typical.items() if name not in template.defaulted}
    for name in values:
        fallback = for_locale(variables[name].fallback, locale) if name in variables else None
        values[name] = values[name] if fallback is None else fallback
    return values


def _options(
    name: str,
    choices: tuple[str, ...],
    template: Template,
    variables: Mapping[str, Variable],
    locale: str,
    facts: Mapping[str, str],
) -> tuple[str | None, ...]:
    """What a name may be to reach a branch: its samples, other values of its type, and None for missing."""
    if name.startswith("facts."):
        return choices or (None,)
    variable = variables.get(name, Variable(name))
    outputs = [each for each in template.placeholders if each.name == name and not each.condition]
    safe = all(each.default is not None or name in each.guards for each in outputs)
    stands_in = for_locale(variable.fallback, locale) is not None and name not in template.defaulted
    return (*choices, *samples(variable.type, locale), *((None,) if safe and not stands_in else ()))


Route = tuple[tuple[Test, bool], ...]


def _routes(nodes: Iterable[Node], outer: Route) -> Iterator[tuple[str, Route]]:
    """Every branch: its label, and the tests on the way to it with the outcome that each must have."""
    for node in nodes:
        route = outer
        for branch in node.branches if isinstance(node, Choice) else ():
            taken = route if branch.test is None else (*route, (branch.test, True))
            yield branch.label, taken
            yield from _routes(branch.nodes, taken)
            if branch.test is not None:
                route = (*route, (branch.test, False))


def _reach(
    route: Route, options: Mapping[str, tuple[str | None, ...]], typical: Mapping[str, str]
) -> dict[str, str] | None:
    """Values that are typical but for what it takes to go along `route`; None where nothing does."""
    tested = [each for test, _ in route for each in comparisons(test)]
    names = tuple(dict.fromkeys(each.name for each in tested))
    candidates = []
    for name in names:
        compared = (
            () if name.startswith("facts.") else (each.text for each in tested if each.name == name and each.text)
        )
        candidates.append(tuple(dict.fromkeys((options[name][0], *compared, *options[name][1:]))))
    for combination in islice(product(*candidates), MAX_TRIES):
        chosen = {**typical, **dict(zip(names, combination, strict=True))}
        values = {name: value for name, value in chosen.items() if value is not None}
        if all(holds(test, values) == outcome for test, outcome in route):
            return values
    return None
