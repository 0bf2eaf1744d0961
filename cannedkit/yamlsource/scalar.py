"""How one YAML scalar is written: from its raw text to its characters' places, and from new text to raw text.

Every offset is a code point of the file's text. Line breaks are LF, CR LF and a lone CR: the reader refuses a file
in which U+0085, U+2028 or U+2029 stand raw, because readers disagree on whether they break a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

Span = tuple[int, int]

BREAK = re.compile(r"\r\n|[\r\n]")
HEADER = re.compile(r"[|>](?:([+-])([1-9])?|([1-9])([+-])?)?")
SPECIAL = {
    "plain": re.compile(r"[\r\n][ \t\r\n]*"),
    "single": re.compile(r"''|[\r\n][ \t\r\n]*"),
    "double": re.compile(
        r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[\r\n][ \t\r\n]*|.)|[\r\n][ \t\r\n]*", re.DOTALL
    ),
}
"""What is not one raw character for one decoded character, by style; a break takes the white space behind it along."""

ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
"""YAML 1.1, section 5.7; any other escaped character (space, quote, slash, backslash) stands for itself."""

WRITTEN = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@lru_cache(maxsize=1)
def unprintable() -> re.Pattern[str]:
    """What may not stand raw in a file: YAML 1.1's non-printable characters, its odd line breaks, and U+FEFF."""
    return re.compile(
        "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
    )  # fmt: skip


Decoded = tuple[str, list[Span]]


# -- raw text to characters ---------------------------------------------------------------------


def decode(text: str, start: int, end: int, style: str, indent: int) -> Decoded:
    """The value of the scalar at `text[start:end]`, and for each of its characters the span that stands for it.

    `style` is plain, single, double, literal or folded; `indent` the column of the block collection around the
    scalar, -1 at the top of a document. A folded line break covers the white space and indentation around it.
    """
    if style in ("literal", "folded"):
        return _decode_block(text, start, end, style == "literal", indent)
    margin = 0 if style == "plain" else 1
    return _decode_flow(text, start + margin, end - margin, SPECIAL[style])


def _decode_flow(text: str, start: int, end: int, special: re.Pattern[str]) -> Decoded:
    value: list[str] = []
    spans: list[Span] = []
    done = start
    for match in special.finditer(text, start, end):
        token, stop = match.group(), match.start()
        if token[0] in "\r\n":
            # blanks before a folded break are dropped; an escaped blank ended at `done` and stays
            while stop > done and text[stop - 1] in " \t":
                stop -= 1
        value.append(text[done:stop])
        spans.extend((at, at + 1) for at in range(done, stop))
        decoded, places = _special(text, stop, match.end(), token)
        value.append(decoded)
        spans.extend(places)
        done = match.end()
    value.append(text[done:end])
    spans.extend((at, at + 1) for at in range(done, end))
    return "".join(value), spans


def _special(text: str, start: int, end: int, token: str) -> Decoded:
    if token[0] in "\r\n":
        return _folded(text, start, end)
    if token[0] == "\\" and token[1] in "\r\n":
        value, spans = _folded(text, start, end)
        return (value, spans) if value != " " else ("", [])
    if token[0] == "\\":
        value = chr(int(token[2:], 16)) if len(token) > 2 else ESCAPES.get(token[1], token[1])
        return value, [(start, end)]
    return "'", [(start, end)]


def _folded(text: str, start: int, end: int) -> Decoded:
    """One break becomes a space, n breaks become n - 1 line breaks; together they cover `text[start:end]`."""
    breaks = [match.end() for match in BREAK.finditer(text, start, end)]
    if len(breaks) == 1:
        return " ", [(start, end)]
    edges = [start, *breaks[1:-1], end]
    return "\n" * (len(breaks) - 1), list(pairwise(edges))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where each line of `text[start:end]` begins, where its text stops and where the next line begins."""
    while start < end:
        found = BREAK.search(text, start, end)
        stop, after = found.span() if found else (end, end)
        yield start, stop, after
        start = after


def block_margin(text: str, start: int, end: int, indent: int) -> int:
    """How many spaces stand before each line of the block scalar at `text[start:end]`: said, or found as YAML does."""
    header = HEADER.match(text, start)
    digit = header and (header[2] or header[3])
    if digit:
        return max(indent, 0) + int(digit)
    widest = 0
    for begin, stop, _ in list(_lines(text, start, end))[1:]:
        spaces = stop - begin - len(text[begin:stop].lstrip(" "))
        widest = max(widest, spaces)
        if begin + spaces < stop:
            break
    return max(widest, indent + 1, 1)


def _decode_block(text: str, start: int, end: int, literal: bool, indent: int) -> Decoded:
    header = HEADER.match(text, start)
    chomping = (header and (header[1] or header[4])) or ""
    margin = block_margin(text, start, end, indent)
    value: list[str] = []
    spans: list[Span] = []
    breaks: list[Span] = []
    after_blank = True  # a line that starts with a blank is not folded, nor is what stands before the first line
    for begin, stop, after in list(_lines(text, start, end))[1:]:
        content = begin
        while content < min(stop, begin + margin) and text[content] == " ":
            content += 1
        if content == stop:
            breaks.extend([(stop, after)] if after > stop else [])
            continue
        blank = text[content] in " \t"
        if breaks and not (literal or after_blank or blank):
            decoded, places = _folded(text, breaks[0][0], content)
        else:
            decoded, places = "\n" * len(breaks), breaks
        value += [decoded, text[content:stop]]
        spans += places
        spans.extend((at, at + 1) for at in range(content, stop))
        breaks = [(stop, after)] if after > stop else []
        after_blank = blank
    kept = len(breaks) if chomping == "+" else 1 if value and breaks and not chomping else 0
    return "".join(value) + "\n" * kept, spans + breaks[:kept]


# -- characters to raw text ---------------------------------------------------------------------


def encode(value: str, style: str, newline: str, margin: int, following: str) -> str:
    """The raw text for `value` inside a scalar of that style; the caller reads it back to see whether it holds.

    `newline` is the file's line break, `margin` the spaces before a further line, `following` the decoded
    character behind the value, "" at the end: a line break before it needs no margin if it is a line break itself.
    """
    if style == "double":
        return escaped(value)
    spaces = " " * margin
    if style == "literal":
        return re.sub(
            r"\n(?=(.?))",
            lambda match: newline + ("" if (match[1] or following or "\n") == "\n" else spaces),
            value,
            flags=re.DOTALL,
        )
    if style == "single":
        value = value.replace("'", "''")
    return re.sub(r"\n+", lambda match: newline * (len(match.group()) + 1) + spaces, value)


def escaped(text: str) -> str:
    """The text as it stands between double quotes."""
    return re.sub(r"[\\\"\n\r\t]|" + unprintable().pattern, _escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if character in WRITTEN:
        return WRITTEN[character]
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def quoted(text: str) -> str:
    """`text`, one line of it, as a writer would put it in quotes: double ones if they need no escape."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    return f'"{escaped(text)}"'
