"""Liquid body -> Template.

The body is cut into text, placeholders and tags here, in one pass, because python-liquid's own lexer keeps no
places for stripped text, takes seconds for a body of unclosed braces, and its tags drop what they do not expect
without a word. What stands inside the braces is read by python-liquid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from cannedkit.template.condition import Comparison, Junction, Negation, Test, comparisons, present_when
from cannedkit.template.expression import read_choices, read_output, read_test
from cannedkit.template.node import (
    Branch,
    Choice,
    Literal,
    Node,
    Output,
    Placeholder,
    Template,
    TemplateError,
    TemplateProblem,
    fault,
    is_blank,
)
from cannedkit.text.nearest import conflicts, meant

MAX_EXPRESSION = 500
"""Code points between a pair of braces; python-liquid reads `and` and `or` by recursion."""

MAX_DEPTH = 30
"""How deep tags may nest: the limit of python-liquid."""

TAGS = ("if", "elsif", "else", "unless", "case", "when", "comment", "raw", "tailor")
"""The tags that a body may use, besides their end tags."""

_BLOCKS = ("if", "unless", "case")
_TAILOR = "tailor"
_MARK = re.compile(r"\{\{|\{%|\}\}|%\}")
_CLOSING: Mapping[str, str] = {"{{": "}}", "{%": "%}"}
_TAG_NAME = re.compile(r"\s*(\w+)")
_COMMENT_TAG = re.compile(r"\{%-?\s*(comment|endcomment)\s*-?%\}")
_END_RAW = re.compile(r"\{%-?\s*endraw\s*-?%\}")


def read(text: str) -> Template:
    """The template in `text`. Raises TemplateError with the place of every fault."""
    return _Reader(text).read()


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
        return fault(self.start, self.end, message)


@dataclass(slots=True)
class _Block:
    """A tag that is still open: the branches so far, and the one being read."""

    tag: _Tag
    label: str
    test: Test | None
    guards: frozenset[str] = frozenset()
    subject: str = ""
    nodes: list[Node] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)
    began: bool = True


@dataclass(slots=True)
class _Reader:
    """The state of reading one body."""

    text: str
    problems: list[TemplateProblem] = field(default_factory=list)
    placeholders: list[Placeholder] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)
    free: list[tuple[int, int]] = field(default_factory=list)
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
            self.problems += _endless(block.tag).problems
        template = Template(self.text, tuple(self.placeholders), tuple(self.nodes), tuple(self.free))
        self.problems += _inconsistencies(template)
        if self.problems:
            raise TemplateError(self.problems)
        return template

    def _unbalanced(self, mark: re.Match[str]) -> None:
        found = mark.group()
        if found in _CLOSING:
            message = f"`{found}` is never closed; add `{_CLOSING[found]}`"
        else:
            message = f"`{found}` closes nothing; for braces that customers should see use {{% raw %}}"
        self.problems.append(TemplateProblem(mark.start(), mark.end(), message))

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
                raise fault(mark.start(), closing.end(), f"more than {MAX_EXPRESSION} characters between braces")
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
        name, filters = read_output(self.text, start, end)
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
            raise tag.fault(f"{shown}; tags are {', '.join(TAGS)}, and their end tags{meant(name, _HANDLERS)}")
        if name in (*_BLOCKS, _TAILOR):  # before anything is found wrong with it: its end tag is not at fault too
            self.blocks.append(_Block(tag, tag.label(self.text), Comparison("")))
        has_more = bool(self.text[tag.inner : end].strip())
        if has_more != (name in _TESTING):
            hint = "; another test is `elsif`" if name == "else" else ""
            raise tag.fault(
                f"`{name}` takes nothing behind it{hint}" if has_more else f"`{name}` needs something behind it"
            )
        _HANDLERS[name](self, tag)

    def _open(self, tag: _Tag) -> None:
        block = self.blocks[-1]
        if self._is_too_deep(tag):
            return
        if tag.name == "case":
            block.subject, block.began = self._subject(tag), False
            return
        test = self._test(tag)
        block.test = Negation(test) if tag.name == "unless" else test
        block.guards = present_when(block.test, True)

    def _is_too_deep(self, tag: _Tag) -> bool:
        """Whether a tag stands deeper than one whose depth is told already; raises TemplateError for that one."""
        if len(self.blocks) == MAX_DEPTH + 1:
            raise tag.fault(f"tags nest deeper than {MAX_DEPTH}")
        return len(self.blocks) > MAX_DEPTH

    def _open_free(self, tag: _Tag) -> None:
        if not self._is_too_deep(tag) and any(block.tag.name == _TAILOR for block in self.blocks[:-1]):
            raise tag.fault("`tailor` stands inside `tailor`: all in it may be reworded already")

    def _close_free(self, tag: _Tag) -> None:
        """What stands inside goes out as it would without the tags; where it stands is kept beside it."""
        block = self._due(tag)
        for node in block.nodes:
            self._add(node)
        self.free.append((block.tag.end, tag.start))

    def _subject(self, tag: _Tag) -> str:
        name, filters = read_output(self.text, tag.inner, tag.inner_end)
        if filters:
            raise tag.fault("`case` takes a name without filters")
        found = self.text.index(name, tag.inner)
        self.placeholders.append(Placeholder(name, found, found + len(name), None, True, self._guards()))
        return name

    def _test(self, tag: _Tag) -> Test:
        test, places = read_test(self.text, tag.inner, tag.inner_end)
        guards = self._guards()
        self.placeholders += (Placeholder(name, at, at + len(name), None, True, guards) for name, at in places)
        return test

    def _next_branch(self, tag: _Tag) -> None:
        block = self.blocks[-1] if self.blocks else None
        homes = _HOMES[tag.name]
        if block is None or block.tag.name not in homes:
            raise tag.fault(f"`{tag.name}` stands outside {' and '.join(homes)}")
        if block.began and block.test is None:
            raise tag.fault(f"`{tag.name}` stands behind `else`, which must come last")
        self._close_branch(block)
        earlier = [branch.test for branch in block.branches if branch.test is not None]
        block.guards = frozenset().union(*(present_when(test, False) for test in earlier))
        if tag.name == "else":
            block.label, block.test = f"else of {block.tag.label(self.text)}", None
            return
        block.label, block.test = tag.label(self.text), Comparison("")  # a test, even if the next line raises
        block.test = self._test(tag) if tag.name == "elsif" else self._when(block.subject, earlier, tag)
        block.guards |= present_when(block.test, True)

    def _when(self, subject: str, earlier: list[Test], tag: _Tag) -> Test:
        seen = {each.text for test in earlier for each in comparisons(test)}
        texts = read_choices(self.text, tag.inner, tag.inner_end)
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
        elif not all(is_blank(node, self.text) for node in block.nodes):
            message = "what stands between `case` and the first `when` is never shown"
            self.problems += block.tag.fault(message).problems
        block.began = True
        block.nodes = []

    def _due(self, tag: _Tag) -> _Block:
        """The block that an end tag closes."""
        due = f"end{self.blocks[-1].tag.name}" if self.blocks else ""
        if due != tag.name:
            raise tag.fault(f"`{tag.name}` closes nothing" + (f"; `{due}` is due first" if due else ""))
        return self.blocks.pop()

    def _close(self, tag: _Tag) -> None:
        block = self._due(tag)
        if len(self.blocks) >= MAX_DEPTH:  # its fault is told, and nothing is built so deep
            return
        self._close_branch(block)
        if not block.branches:
            raise block.tag.fault("`case` has no `when`")
        branches = block.branches
        if branches[-1].test is not None:
            branches = [*branches, Branch(f"else of {block.tag.label(self.text)}", None, ())]
        if all(is_blank(node, self.text) for branch in branches for node in branch.nodes):
            # Liquid writes nothing for a choice of white space only.
            branches = [Branch(branch.label, branch.test, ()) for branch in branches]
        self._add(Choice(tuple(branches)))

    def _raw(self, tag: _Tag) -> None:
        found = _END_RAW.search(self.text, tag.end)
        if found is None:
            self.cursor = len(self.text)  # nothing behind it can be read
            raise _endless(tag)
        self._literal(tag.end, found.start(), self.trim, found.group().startswith("{%-"))
        self.cursor, self.trim = found.end(), found.group().endswith("-%}")

    def _comment(self, tag: _Tag) -> None:
        depth = 1
        for found in _COMMENT_TAG.finditer(self.text, tag.end):
            depth += 1 if found.group(1) == "comment" else -1
            if depth == 0:
                self.cursor, self.trim = found.end(), found.group().endswith("-%}")
                return
        self.cursor = len(self.text)  # nothing behind it can be read
        raise _endless(tag)

    def _stray_end(self, tag: _Tag) -> None:
        raise tag.fault(f"`{tag.name}` closes nothing")


_TESTING = frozenset({"if", "unless", "elsif", "case", "when"})
_HOMES: Mapping[str, tuple[str, ...]] = {
    "else": _BLOCKS,
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
    _TAILOR: _Reader._open_free,
    f"end{_TAILOR}": _Reader._close_free,
    "comment": _Reader._comment,
    "raw": _Reader._raw,
    "endcomment": _Reader._stray_end,
    "endraw": _Reader._stray_end,
}


def _endless(tag: _Tag) -> TemplateError:
    return tag.fault(f"{{% {tag.name} %}} is never closed; add {{% end{tag.name} %}}")


def _inconsistencies(template: Template) -> Iterator[TemplateProblem]:
    """What is wrong between the placeholders of one body."""
    clashes = dict(conflicts(template.names))
    defaulted, dated = template.defaulted, template.dated
    for each in template.placeholders:
        if each.name in clashes:
            message = f"`{each.name}` cannot stand beside `{clashes[each.name]}`; give one of them another name"
            yield TemplateProblem(each.start, each.end, message)
        if each.condition:
            continue
        if each.name in defaulted and each.default is None and each.name not in each.guards:
            message = f"`{each.name}` has a `default` elsewhere: it needs one here too"
            yield TemplateProblem(each.start, each.end, message)
        if each.name in dated and "date" not in each.filters:
            message = f"`{each.name}` has a `date` filter elsewhere: it needs one here too"
            yield TemplateProblem(each.start, each.end, message)
