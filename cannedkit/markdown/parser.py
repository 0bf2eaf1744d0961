"""markdown-it-py with GitHub's tables and strikethrough, whose tokens know which stretch of the content they came from.

Its rules are wrapped, not changed: a token inside a line has `meta["at"]`, start and end in the content of its block;
the content of a heading or a table's cell has `meta["pieces"]`, where it stands in the source,
that of a paragraph `meta["first"]`, its first line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

Span = tuple[int, int]

SPACES = "".join(
    map(chr, (9, 10, 11, 12, 13, 32, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000))
)
"""What markdown-it takes off both ends of a block's content (its `mdTrim`)."""

_TASK = re.compile(r"\[[ xX]\][ \t]+")
_NOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
_FORMULA_END = re.compile(r"(?<!\\)\$\$[ \t]*(?:\{[^}\n]*\}[ \t]*)?\Z")
_MARK = re.compile(r"\[\^[^\]\s]+\]")


@lru_cache(maxsize=1)
def parser() -> Any:
    """markdown-it with GitHub's tables and strikethrough, whose tokens know where they stand."""
    from markdown_it import MarkdownIt, rules_block, rules_inline
    from markdown_it.parser_inline import ParserInline
    from markdown_it.rules_inline import StateInline

    class Placed(StateInline):
        """The state of the inline parser, that remembers where the text not yet made a token begins."""

        text_from = 0

        def append_pending(self, text: str) -> None:
            if not self.pending:
                self.text_from = self.pos
            super().append_pending(text)

        def pushPending(self) -> Any:  # noqa: N802 - the parser's own name
            start = self.text_from
            token = super().pushPending()
            token.meta["at"] = (start, start + len(token.content))
            return token

    class Inline(ParserInline):
        """The inline parser over such a state."""

        def parse(self, src: str, md: Any, env: Any, tokens: list[Any]) -> list[Any]:
            state = Placed(src, md, env, tokens)
            self.tokenize(state)
            for rule in self.ruler2.getRules(""):
                rule(state)
            return state.tokens

    made = MarkdownIt("commonmark", {"maxNesting": 100})
    made.inline = Inline()
    made.enable(["table", "strikethrough"])
    made.disable(["linkify", "fragments_join", "text_join"], ignoreInvalid=True)
    for name in made.inline.ruler.get_active_rules():
        own = {"backticks": "backtick"}.get(name, name)
        rule = getattr(rules_inline, own)
        made.inline.ruler.at(name, _placed(getattr(rule, "tokenize", rule)))
    made.block.ruler.at("heading", _heading(rules_block.heading), {"alt": ["paragraph", "reference", "blockquote"]})
    made.block.ruler.at("paragraph", _first_line(rules_block.paragraph))
    made.block.ruler.at("lheading", _first_line(rules_block.lheading))
    made.block.ruler.at("table", _table(rules_block.table), {"alt": ["paragraph", "reference"]})
    made.block.ruler.before("fence", "math", _math, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    made.inline.ruler.before("link", "note", _placed(_note_mark))
    made.core.ruler.before("inline", "marks", _marks)
    return made


def _placed(rule: Callable[[Any, bool], bool]) -> Callable[[Any, bool], bool]:
    """The rule, whose tokens then know the stretch of the content that they were made from."""

    def placed(state: Any, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        ok = rule(state, silent)
        if ok and not silent:
            at = start
            for token in state.tokens[before:]:
                if "at" in token.meta:
                    continue
                if token.type == "text":
                    token.meta["at"] = (at, at + len(token.content))
                    at += len(token.content)
                else:
                    token.meta["at"] = (start, state.pos)
        return ok

    return placed


def _note_mark(state: Any, silent: bool) -> bool:
    """`[^1]`: the mark of a footnote is not prose."""
    found = _MARK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("footnote", "", 0)
    state.pos = found.end()
    return True


def _math(state: Any, start: int, end: int, silent: bool) -> bool:
    """`$$` … `$$` is a formula, up to a blank line where it is not closed."""
    left = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("$$", left) or state.is_code_block(start):
        return False
    if silent:
        return True
    line, left = start, left + 2
    while line < end and not (line > start and state.isEmpty(line)):
        closed = _FORMULA_END.search(state.src[left : state.eMarks[line]])
        line += 1
        if closed or line >= end:
            break
        left = state.bMarks[line] + state.tShift[line]
    state.line = line
    state.push("math_block", "math", 0).map = [start, line]
    return True


def _marks(state: Any) -> None:
    """Takes the box of a task and the label of a footnote off the content of their paragraphs."""
    for number, token in enumerate(state.tokens):
        if token.type != "inline" or state.tokens[number - 1].type != "paragraph_open":
            continue
        in_item = number > 1 and state.tokens[number - 2].type == "list_item_open"
        pattern = _TASK if in_item else _NOTE
        if found := pattern.match(token.content):
            token.content = token.content[found.end() :]


def _heading(rule: Callable[..., bool]) -> Callable[..., bool]:
    """The rule for `# Heading`, whose content then knows where it stands."""

    def heading(state: Any, start: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        ok = rule(state, start, end, silent)
        if ok and not silent:
            at = state.bMarks[start] + state.tShift[start]
            at += len(state.tokens[before].markup)
            while at < state.eMarks[start] and state.src[at] in SPACES:
                at += 1
            state.tokens[before + 1].meta["pieces"] = [(0, at)]
        return ok

    return heading


def _first_line(rule: Callable[..., bool]) -> Callable[..., bool]:
    """The rule for text over several lines, which then knows on which line of the file what is left of it begins."""

    def placed(state: Any, start: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        ok = rule(state, start, end, silent)
        if ok and not silent:
            for token in state.tokens[before:]:
                if token.type == "inline":
                    written = state.getLines(*token.map, state.blkIndent, False)
                    blank = written[: len(written) - len(written.lstrip(SPACES))]
                    token.meta["first"] = token.map[0] + blank.count("\n")
        return ok

    return placed


def _table(rule: Callable[..., bool]) -> Callable[..., bool]:
    """The rule for tables, whose cells then know where they stand."""

    def table(state: Any, start: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        ok = rule(state, start, end, silent)
        if ok and not silent:
            cells: list[list[Span]] = []
            for token in state.tokens[before:]:
                if token.type == "tr_open":
                    line = token.map[0]
                    left = state.bMarks[line] + state.tShift[line]
                    cells = _cells(state.src, left, state.eMarks[line])
                elif token.type == "inline" and token.content:
                    token.meta["pieces"] = cells.pop(0)
                elif token.type == "inline" and cells:
                    cells.pop(0)
        return ok

    return table


def _cells(source: str, start: int, end: int) -> list[list[Span]]:
    """The pieces of each cell of a table's row, cut as the parser cuts it: an escaped `|` loses its backslash."""
    row = source[start:end]
    start += len(row) - len(row.lstrip(SPACES))
    row = row.strip(SPACES)
    cells: list[list[int]] = [[]]
    escaped = False
    for at, character in enumerate(row):
        if character == "|" and not escaped:
            cells.append([])
        elif character == "|":
            cells[-1][-1:] = [at]
        else:
            cells[-1].append(at)
        escaped = character == "\\"
    if not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return [_pieces([start + at for at in cell], source) for cell in cells]


def _pieces(places: list[int], source: str) -> list[Span]:
    """The places of a cell's characters, white space around them left out, as pieces."""
    while places and source[places[0]] in SPACES:
        places.pop(0)
    while places and source[places[-1]] in SPACES:
        places.pop()
    return [(at, place) for at, place in enumerate(places) if at == 0 or place != places[at - 1] + 1]
