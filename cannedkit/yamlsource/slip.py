"""What a writer meant where YAML read something else: messages that say which quotes to add."""

from __future__ import annotations

import re
from typing import Any

from cannedkit.yamlsource.scalar import BREAK, quoted

SHOWN = 70
"""Code points of the writer's text that a message repeats; cannedkit's own choice: one line of a terminal."""

RESERVED = {
    "*": " (YAML aliases are not allowed)",
    "&": " (YAML anchors are not allowed)",
    "!": " (YAML tags are not allowed)",
    **dict.fromkeys(["{{", "{%", "{", "[", "%", "@", "`", ",", "]", "}", "|", ">", "- ", "? "], ""),
}
"""What a text may not start with unless it is in quotes (YAML 1.1, section 5.3) -> what else to say about it."""

FOREIGN = re.compile(
    r"[#$%@]\{(?!\{)|\[\[|\{(?!\{|%)[^{}\n\"]*\}|\{%(?!raw|comment)[\w.]+(?:,[^%\n]*)?%\}"
    r"|%[\w.:=]+%|%(?:\d\$)?[sd]\b|@\w+@|\*\|"
)
"""A placeholder as other systems write it; at its start a text is one that was moved from there."""

KEY = re.compile(r"""(?:[ ]*-[ ]+)*[ ]*(?:(?:"[^"]*"|'[^']*'|[^\s#:'"{\[][^:#{]*?)[ ]*:[ \t]+)?""")
"""The dashes and the key that may stand before a value on its line."""

NO_SPACE = re.compile(r"([ ]*(?:-[ ]+)*)([A-Za-z][\w-]*):([^\s:/].*)")
"""A key whose colon has no space behind it."""

PAIRS = {"“": "”“", "”": "”", "‘": "’‘", "’": "’", "„": "“”", "‚": "‘’", "«": "»", "»": "«", "‹": "›", "›": "‹"}
"""Typographic quotes that open a text -> those that may close it."""

NULLS = ("", "~", "null", "Null", "NULL")
"""How YAML writes that nothing is there (YAML 1.1, tag:yaml.org,2002:null)."""

BLOCK = re.compile(r"[|>][-+1-9]{0,2}(?:[ \t]+#.*)?")
"""The sign of a text that starts on the next line, with nothing but a comment behind it."""


def opening(value: str) -> str:
    """The reserved characters that `value` starts with, "" for none."""
    return next((mark for mark in (value[:2], value[:1]) if mark in RESERVED), "- " if value == "-" else "")


def rest_of_line(text: str, offset: int, in_flow: bool = False) -> str:
    """What stands on the line from `offset` on; in a flow collection only as far as its item goes."""
    found = BREAK.search(text, offset)
    line = text[offset : found.start() if found else len(text)].rstrip()
    if in_flow:
        line = re.split(r"(?<=}})|(?<=%})" if line[:2] in ("{{", "{%") else r"[,\]}]", line, maxsplit=1)[0]
    return line


def shown(text: str) -> str:
    """`text` in quotes, cut to what a message can hold."""
    return quoted(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


def must_quote(value: str) -> str:
    """The message for a text that starts with a reserved character."""
    mark = opening(value) or value[:1]
    said = RESERVED.get(mark, "") + placeholder_note(value)
    return f'a text that starts with "{mark}" must be put in quotes: {shown(value)}{said}'


def placeholder_note(value: str) -> str:
    """What to say besides where `value` starts with a placeholder of another system, "" where it does not."""
    return "; cannedkit writes a placeholder as {{ name }}" if FOREIGN.match(value) else ""


def typographic(value: str) -> str:
    """The message for a text that stands in typographic quotes from end to end, "" for any other."""
    first, last = value[:1], value[-1:]
    inner = re.sub(r"(?<=\w)[’‘](?=\w)", "", value[1:-1])  # an apostrophe
    if len(value) < 2 or last not in PAIRS.get(first, "") or first in inner or last in inner:
        return ""
    return f"{first} and {last} are sent as they stand; YAML's quotes are straight: {shown(value[1:-1])}"


def unspaced(line: str) -> str:
    """The message for a line whose first colon lacks the space behind it, "" for any other."""
    found = NO_SPACE.fullmatch(line)
    return f"put a space behind the colon: {shown(f'{found[2]}: {found[3]}')}" if found else ""


def diagnose(text: str, error: Any, in_flow: bool) -> tuple[int, str]:
    """The offset and the message for a syntax error (`yaml.MarkedYAMLError`) that PyYAML found in `text`.

    `in_flow`: it was found between brackets or braces.
    """
    at = min(error.problem_mark.index, len(text))
    context = error.context or ""
    began = error.context_mark.index if error.context_mark else at
    if "cannot start any token" in error.problem:
        return _stray(text, at, in_flow)
    if "tab" in error.problem:
        return at, TAB
    if "escape" in error.problem or "hexdecimal" in error.problem:
        at = max(text.rfind("\\", 0, at + 1), 0)
        return at, f'"{text[at : at + 2]}" is not an escape here: in double quotes write "\\\\" for a backslash'
    inside = any(word in context for word in ("quoted", "alias", "anchor", "tag", "node", "block scalar", "directive"))
    if "flow" in context or inside:
        return began, _slip(text, began, error) or _words(error)
    return _on_line(text, at, began, error)


COLON = 'a text with ": " in it must be put in quotes'
NO_KEY = 'this line has no "key:": if it goes on with the text above, indent it further than the key above'
TAB = "a tab stands where YAML wants spaces: indent with spaces"


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _stray(text: str, at: int, in_flow: bool) -> tuple[int, str]:
    if text[at : at + 1] == "\t":
        return at, TAB
    start = at - 1 if text[max(at - 1, 0) : at + 1] == "{%" else at
    return start, must_quote(rest_of_line(text, start, in_flow and start == at))


def _on_line(text: str, at: int, began: int, error: Any) -> tuple[int, str]:
    """The slip on the line where YAML stopped, or on the one where the thing it was reading began."""
    line = _line_start(text, at)
    found = KEY.match(text, line)
    value = found.end() if found else line
    message = _slip(text, value, error) if value <= at else None
    if message:
        return value, message
    if "simple key" in (error.context or "") or "mapping values" in error.problem:
        begun = _line_start(text, began)
        for start in (line, begun, _line_start(text, begun - 1)):
            found = NO_SPACE.fullmatch(rest_of_line(text, max(start, 0)))
            if found:
                return max(start, 0) + found.end(2), unspaced(found.group())
    if "mapping values" in error.problem:
        return at, f"{COLON} or under |, all its lines; a key must line up with other keys"
    if "simple key" in (error.context or ""):
        return began, NO_KEY
    if not text[line:at].strip(" ") and "did not find expected" in error.problem:
        return at, "this line does not line up with the lines above: give it as many spaces as its neighbours"
    return at, _words(error)


def _slip(text: str, start: int, error: Any) -> str | None:
    """The message for the value that starts at `start`, None if nothing looks wrong with it."""
    value = rest_of_line(text, start)
    if value.startswith(("'", '"')):
        return _quote_slip(value, error)
    if value.startswith(("|", ">")):
        return None if BLOCK.fullmatch(value) else f"{must_quote(value)}, or start it on the next line"
    if "flow" in (error.context or "") and value[:1] in ("[", "{") and value[:2] not in ("{{", "{%"):
        return open_bracket(value)
    if opening(value):
        return must_quote(value)
    if ": " in value or value.endswith(":"):
        return f"{COLON}: {shown(value)}"
    return None


def open_bracket(value: str) -> str:
    """The message for a bracket or brace that starts `value` and is never closed."""
    close = "]" if value[:1] == "[" else "}"
    return f'"{value[:1]}" opens a list that lacks a "," or its "{close}"; {must_quote(value)}'


def _quote_slip(value: str, error: Any) -> str:
    mark = value[0]
    if "end of stream" in error.problem or "document indicator" in error.problem:
        other = {"'": '"', '"': "'"}[mark]
        return f"the quote {mark} that opens this text is never closed: close it, or put the text in {other} or under |"
    if len(value) > 1 and value.endswith(mark) and mark not in value[1:-1]:
        return f"the quote {mark} ends a text that began further up: look there for the quote that is missing"
    # 'I'm here' and "say "hi" to" are one quoted text each, "Yes" and "no" is not
    inner = value[1:-1]
    around = len(value) > 1 and value.endswith(mark) and (inner.count(mark) % 2 or _opens(inner, mark))
    whole = value[1:-1] if around else value
    return f"text stands behind the closing quote {mark}: put all of it in other quotes: {shown(whole)}"


def _opens(inner: str, mark: str) -> bool:
    return inner[inner.find(mark) + 1 :][:1].isalnum()


def _words(error: Any) -> str:
    where = f" ({error.context})" if error.context else ""
    return f"YAML stops here: {error.problem}{where}; put a text in quotes or under |, and line up its neighbours"
