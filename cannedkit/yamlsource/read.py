"""Strict reading of YAML.

The tree is built from PyYAML's parse events, so nothing is guessed: every scalar is the text that stands there, and
duplicate keys, anchors, aliases, tags, keys that are no texts, and second documents are errors. Nothing is composed:
composing recurses, and libyaml's composer crashes on deep nesting.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from cannedkit.model.errors import InputError, Problem
from cannedkit.yamlsource import slip
from cannedkit.yamlsource.node import Mapping, Node, Scalar, Sequence, Source, comment_problem
from cannedkit.yamlsource.scalar import UNPRINTABLE

MAX_BYTES = 5_000_000
"""Bytes that a file may hold (design, section 3.5)."""

MAX_DEPTH = 40
"""Lists and mappings that may stand in one another (design, section 3.5)."""

MAX_PROBLEMS = 100
"""Problems behind which a file is read no further; cannedkit's own choice: no one mends more at a time."""

STYLES = {None: "plain", "": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}
"""PyYAML's sign for a scalar's style -> its name; the C parser says "" where the other says None."""


def read(path: str, data: bytes) -> Source:
    """The file's tree. Raises InputError with every problem found; a syntax error ends the reading."""
    text, bom = _decoded(path, data)
    source = Source(path, text, bom, None)
    strange = islice(UNPRINTABLE.finditer(text), MAX_PROBLEMS)
    unseen = [source.problem(match.start(), _strange(match.group())) for match in strange]
    if unseen:
        raise InputError(unseen)
    builder = _Builder(source)
    builder.run()
    if builder.problems:
        raise InputError(builder.problems)
    # the one write to a frozen object: source and tree refer to each other
    object.__setattr__(source, "root", builder.root)
    return source


def _decoded(path: str, data: bytes) -> tuple[str, bool]:
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes, more than the {MAX_BYTES:,} that can be read: split it"
        raise InputError([Problem(path, 1, 1, message)])
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError([Problem(path, 1, 1, "the file is written as UTF-16: save it as UTF-8")])
    bom = data.startswith(b"\xef\xbb\xbf")
    body = data[3:] if bom else data
    try:
        return body.decode("utf-8"), bom
    except UnicodeDecodeError as error:
        before = Source(path, body[: error.start].decode("utf-8"), bom, None)
        number = error.start + 3 * bom + 1
        message = f"byte {number} of the file (0x{body[error.start]:02X}) is not UTF-8: save the file as UTF-8"
        raise InputError([before.problem(len(before.text), message)]) from None


def _strange(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if character in "\x85\u2028\u2029":
        return f"an invisible line break ({code}) stands here: put a usual line break or a space in its place"
    return f"an invisible character ({code}) stands here: delete it"


class _Frame:
    """A list or mapping that is still open."""

    __slots__ = ("flow", "indent", "items", "key", "keyed", "pairs", "seen", "start")

    def __init__(self, start: int, flow: bool, indent: int, keyed: bool) -> None:
        self.start, self.flow, self.indent, self.keyed = start, flow, indent, keyed
        self.items: list[Node] = []
        self.pairs: list[tuple[Scalar, Node]] = []
        self.seen: dict[str, Scalar] = {}
        self.key: Node | None = None


class _Builder:
    """Builds the tree from events. A node that is refused leaves a problem and keeps its place in the tree."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self._stack: list[_Frame] = []
        self._slipped: set[int] = set()  # lines: a slip is told once, where the text starts
        self._last: Scalar | None = None

    def run(self) -> None:
        """Read to the end, to a syntax error, or to something behind which nothing can be told."""
        import yaml

        documents = 0
        events: Iterable[Any] = yaml.parse(self.source.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        try:
            for event in events:
                if len(self.problems) >= MAX_PROBLEMS:
                    return
                start, end = event.start_mark.index, event.end_mark.index
                if isinstance(event, yaml.ScalarEvent):
                    self._scalar(event, start, end)
                elif isinstance(event, yaml.CollectionStartEvent):
                    if len(self._stack) == MAX_DEPTH:
                        self._report(start, f"lists and mappings stand more than {MAX_DEPTH} deep in one another")
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
                        return
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # only the parser without libyaml: an escape or a version number that is no number to Python
            self._report(0, f"this is not YAML: {error}")

    def _report(self, offset: int, message: str) -> None:
        self.problems.append(self.source.problem(offset, message))

    def _slip(self, offset: int) -> None:
        flow = bool(self._stack) and self._stack[-1].flow
        line = self.source.position(offset)[0]
        if line not in self._slipped:
            self._slipped.add(line)
            self._report(offset, slip.must_quote(slip.rest_of_line(self.source.text, offset, flow)))

    def _syntax(self, error: Any) -> None:
        stopped = self.source.position(min(error.problem_mark.index, len(self.source.text)))[0]
        brackets = [frame.start for frame in self._stack if frame.flow]
        offset, message = slip.diagnose(self.source.text, error, bool(brackets))
        found = self.source.problem(offset, message)
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
            line = self.source.position(first.start)[0]
            message = f'"{key.value}" stands here a second time (first in line {line}): rename or remove one'
            self.problems.append(key.problem(message))
