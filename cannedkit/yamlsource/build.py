"""YAML's parse events -> the tree of a stretch of a file, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cannedkit.model.errors import Problem
from cannedkit.yamlsource import slip
from cannedkit.yamlsource.node import Mapping, Node, Scalar, Sequence, Source, comment_problem

MAX_DEPTH = 40
"""Lists and mappings that may stand in one another (design, section 3.5)."""

MAX_PROBLEMS = 100
"""Problems behind which a file is read no further; cannedkit's own choice: no one mends more at a time."""

STYLES = {None: "plain", "": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}
"""PyYAML's sign for a scalar's style -> its name; the C parser says "" where the other says None."""


class _Frame:
    """A list or mapping that is still open."""

    __slots__ = ("flow", "indent", "items", "key", "keyed", "pairs", "seen", "start")

    def __init__(self, start: int, flow: bool, indent: int, keyed: bool) -> None:
        self.start, self.flow, self.indent, self.keyed = start, flow, indent, keyed
        self.items: list[Node] = []
        self.pairs: list[tuple[Scalar, Node]] = []
        self.seen: dict[str, Scalar] = {}
        self.key: Node | None = None


class Builder:
    """Builds the tree of `text[start:stop]` from events. What is refused leaves a problem and keeps its place in it.

    `text` is that of the file, with a stand-in for each character that YAML does not take. After `run`: `root` is the
    tree, None where there is nothing or where the reading `broke` off; `pairs` are the entries of a mapping at the top,
    and `broken` is where the first of them that is not sure to be whole begins. `reached` is how far was read.
    """

    def __init__(self, source: Source, text: str, start: int, stop: int) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.broke = False
        self.reached = stop
        self._text, self._start, self._stop = text, start, stop
        self._stack: list[_Frame] = []
        self._slipped: set[int] = set()  # lines: a slip is told once, where the text starts
        self._last: Scalar | None = None

    @property
    def keyed(self) -> bool:
        """Whether what broke off may have been a mapping, one entry below the other."""
        return not self._stack or (self._stack[0].keyed and not self._stack[0].flow)

    @property
    def pairs(self) -> tuple[tuple[Scalar, Node], ...]:
        """The whole entries of the mapping at the top; the last one before a fault may have swallowed the next."""
        if isinstance(self.root, Mapping):
            return self.root.pairs
        top = self._stack[0] if self._stack and self.keyed else None
        if top is None:
            return ()
        return tuple(top.pairs if top.key else top.pairs[:-1])

    @property
    def broken(self) -> int:
        """Where the entry begins in which the reading broke off."""
        top = self._stack[0] if self._stack and self.keyed else None
        if top and top.key:
            return top.key.start
        return top.pairs[-1][0].start if top and top.pairs else self._start

    def run(self) -> Builder:
        """Read to the end, to a syntax error, or to something behind which nothing can be told."""
        import yaml

        events = yaml.parse(self._text[self._start : self._stop], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        try:
            self._build(events, yaml)
        except yaml.MarkedYAMLError as error:
            self.broke = True
            self._syntax(error)
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # only the parser without libyaml: an escape or a version number that is no number to Python
            self.broke = True
            self._report(self._start, f"this is not YAML: {error}")
        return self

    def _build(self, events: Iterable[Any], yaml: Any) -> None:
        documents = 0
        for event in events:
            start, end = self._start + event.start_mark.index, self._start + event.end_mark.index
            if len(self.problems) >= MAX_PROBLEMS:
                self.broke = True
                return
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, start, end)
            elif isinstance(event, yaml.CollectionStartEvent):
                if len(self._stack) == MAX_DEPTH:
                    self._report(start, f"lists and mappings stand more than {MAX_DEPTH} deep in one another")
                    self.broke, self.reached = True, start
                    return
                self._open(event, start, isinstance(event, yaml.MappingStartEvent))
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close(end)
            elif isinstance(event, yaml.AliasEvent):
                self._slip(start)
                self._add(Scalar(self.source, "", start, end, "plain"))
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._report(start, "a second document starts here: make it a file of its own")
                    self.reached = start
                    return

    def _report(self, offset: int, message: str) -> None:
        self.problems.append(self.source.problem(offset, message))

    def _slip(self, offset: int) -> None:
        flow = bool(self._stack) and self._stack[-1].flow
        line = self.source.position(offset)[0]
        if line not in self._slipped:
            self._slipped.add(line)
            self._report(offset, slip.must_quote(slip.rest_of_line(self.source.text, offset, flow)))

    def _syntax(self, error: Any) -> None:
        self.reached = min(self._start + error.problem_mark.index, self._stop)
        stopped = self.source.position(self.reached)[0]
        brackets = [frame.start for frame in self._stack if frame.flow]
        text = self._text[self._start : self._stop]
        offset, message = slip.diagnose(text, error, bool(brackets))
        if brackets and not text[offset:].strip():  # the end, or the blank lines before it
            offset = brackets[-1] - self._start
            message = slip.open_bracket(slip.rest_of_line(text, offset))
        found = self.source.problem(self._start + offset, message)
        lines = {stopped, found.line, *(self.source.position(start)[0] for start in brackets)}
        if any(problem.line in lines for problem in self.problems):
            return  # what was found on that line already is why YAML could not go on
        last = self._last
        if last and last.comment and stopped - 1 == self.source.position(last.end)[0]:
            found = comment_problem(last)
        self.problems.append(found)

    def _scalar(self, event: Any, start: int, end: int) -> None:
        if event.anchor is not None or event.tag is not None:
            self._slip(start)
        indent = self._stack[-1].indent if self._stack else -1
        self._last = Scalar(self.source, event.value, start, end, STYLES[event.style], indent)
        self._add(self._last)

    def _open(self, event: Any, start: int, keyed: bool) -> None:
        text, flow = self.source.text, bool(event.flow_style)
        explicit = keyed and not flow and text.startswith(("? ", "?\t", "?\n", "?\r"), start)
        braces = flow and text.startswith("{{", start)
        if event.anchor is not None or event.tag is not None or explicit or braces:
            self._slip(start)
        outer = self._stack[-1].indent if self._stack else -1
        self._stack.append(_Frame(start, flow, outer if flow else event.start_mark.column, keyed))

    def _close(self, end: int) -> None:
        frame = self._stack.pop()
        if frame.keyed:
            self._add(Mapping(self.source, frame.start, end, tuple(frame.pairs), frame.flow))
        else:
            self._add(Sequence(self.source, frame.start, end, tuple(frame.items), frame.flow))

    def _add(self, node: Node) -> None:
        if not self._stack:
            empty = isinstance(node, Scalar) and node.start == node.end
            self.root = None if empty else node
            return
        frame = self._stack[-1]
        if not frame.keyed:
            frame.items.append(node)
        elif frame.key is None:
            frame.key = node
            self._check_key(node, frame)
        else:
            if isinstance(frame.key, Scalar):
                frame.pairs.append((frame.key, node))
            frame.key = None

    def _check_key(self, key: Node, frame: _Frame) -> None:
        if not isinstance(key, Scalar):
            # braces in braces have their own message already
            if "{{" not in self.source.text[max(key.start - 1, 0) : key.start + 2]:
                self.problems.append(key.problem("a list or a mapping stands where a key must: put it in quotes"))
            return
        first = frame.seen.setdefault(key.value, key)
        if first is not key:
            self.problems.append(repeated(key, first))


def repeated(key: Scalar, first: Scalar) -> Problem:
    """The problem of a key that its mapping holds already."""
    line = key.source.position(first.start)[0]
    return key.problem(f'"{key.value}" stands here a second time (first in line {line}): rename or remove one')
