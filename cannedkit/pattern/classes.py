r"""Patterns over the words of a sentence and their classes, as a rule writes them: `ik <adv>* [<third -first>]`.

| part | what it matches |
|---|---|
| `ik`, `ik\|wij`, `ge~` | one word, in small letters, or mark; `~` stands for any letters |
| `<noun>` `<noun -de>` `<noun\|nouns>` | one word of a class, not of another, of either |
| `vind~<first>` | one word by both |
| `_` | any word, but no mark |
| `^` `$` | the start and the end of the sentence |
| `x?` `x*` `x**` | the part or nothing; up to four times; any number of times |
| `...` | any words and marks |
| `!x` `!( … )` | not this, here |
| `( x y \| z )` | either |
| `[ x ]` | what the finding is about |

A sentence is written out as a line: for each word a space, the word, and its classes, each behind a stroke. A pattern
becomes a regular expression over such lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from cannedkit.pattern.alternation import PatternError

MOST = 4
"""How often a part with `*` may stand."""

TARGET = "at"
"""The group that holds what a finding is about."""

EDGE = ("edge", "mark", "stop")
"""The classes of the end of a sentence; its start is no stop."""

_OFTEN_SIGN = r"(?:\*\*|[?*])?"
_PART = re.compile(rf"\[|\]|!?\(|\){_OFTEN_SIGN}|\|(?=\s)|(?P<item>!?(?:[^\s<>()\[\]!?*]+)?(?:<[^<>]*>)?{_OFTEN_SIGN})")
_ITEM = re.compile(rf"(?P<no>!?)(?P<words>[^<>?*]*)(?:<(?P<classes>[^<>]*)>)?(?P<often>{_OFTEN_SIGN})")
_PLAIN = re.compile(r"[^\W\d_]+")
_OFTEN = {"": "", "?": "?", "*": f"{{0,{MOST}}}", "**": "*"}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence written out: `starts` says where each of its words begins in the line, `pieces` what stands in it."""

    text: str
    starts: Sequence[int]
    pieces: frozenset[str]


def line(words: Iterable[tuple[str, Iterable[str]]]) -> Line:
    """The words of a sentence with their classes, between its edges, as a line."""
    every = [("^", EDGE[:2]), *((word, tuple(classes)) for word, classes in words), ("$", EDGE)]
    parts = [f" {word}/{''.join(f'{one}/' for one in classes)}" for word, classes in every]
    pieces = {f" {word}/" for word, _ in every} | {f"/{one}/" for _, classes in every for one in classes}
    starts = accumulate((len(part) for part in parts[:-1]), initial=0)
    return Line("".join(parts), tuple(starts), frozenset(pieces))


def source(pattern: str, classes: Iterable[str]) -> str:
    """The regular expression of a pattern whose classes are among `classes`. Raises PatternError."""
    known, written, at = frozenset(classes), [], 0
    text = pattern.strip()
    while at < len(text):
        part = _PART.match(text, at)
        if part is None or part.end() == at:
            raise PatternError(f"the pattern stops being one at {text[at:][:30]!r}")
        written.append(_item(part[0], known) if part["item"] else _sign(part[0]))
        at = part.end()
        at += len(text[at:]) - len(text[at:].lstrip())
    made = "".join(written)
    if made.count(f"(?P<{TARGET}>") != 1 or pattern.count("]") != 1:
        raise PatternError("a pattern needs [ ] once, around what the finding is about")
    if made.count("(") - made.count("\\(") != made.count(")") - made.count("\\)"):
        raise PatternError("a ( of the pattern lacks its )")
    return f"(?={made})"


def needed(pattern: str) -> tuple[str, ...]:
    """Words of which one must stand in a text before the pattern can match, () where it names none."""
    choices = [tuple(item["words"].split("|")) for item in _items(pattern) if item["words"]]
    plain = [words for words in choices if all(map(_PLAIN.fullmatch, words))]
    return min(plain, key=len, default=())


def marks(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Pieces of a line without which the pattern cannot match: of each tuple one must stand there."""
    found = []
    for item in _items(pattern):
        words = item["words"].split("|") if item["words"] not in ("", "_", "...") else []
        if words and not any("~" in word for word in words):
            found.append(tuple(f" {word}/" for word in words))
        asked = (test.split("|") for test in (item["classes"] or "").split() if test[0] != "-")
        found += (tuple(f"/{name}/" for name in names) for names in asked)
    return tuple(dict.fromkeys(sorted(found, key=len)))


def can_match(pieces: Iterable[Sequence[str]], written: Line) -> bool:
    """Whether a line has what a pattern asks for by its marks."""
    return not any(written.pieces.isdisjoint(choice) for choice in pieces)


def _items(pattern: str) -> Iterator[re.Match[str]]:
    """The parts of a pattern that every match has: no choice, nothing that may lack, nothing that must."""
    depth = 0
    for part in _PART.finditer(pattern):
        depth += part[0].startswith(("(", "!(")) - part[0].startswith(")")
        item = _ITEM.fullmatch(part["item"] or "")
        if item and part["item"] and not depth and not item["no"] and not item["often"]:
            yield item


def _sign(sign: str) -> str:
    if sign == "[":
        return f"(?P<{TARGET}>"
    return {"]": ")", "(": "(?:", "!(": "(?!", "|": "|"}.get(sign) or f"){_OFTEN[sign[1:]]}"


def _item(written: str, known: frozenset[str]) -> str:
    """One part of a pattern as a regular expression."""
    item = _ITEM.fullmatch(written)
    if item is None:
        raise PatternError(f"{written[:30]!r} is no part of a pattern")
    if item["words"] == "...":
        return "(?: [^ ]++)*?"
    tests = []
    if item["words"] == "_":
        tests.append("(?![^ ]*/mark/)")
    elif item["words"]:
        words = "|".join(re.escape(one).replace("\\~", "~").replace("~", r"[^ /]*") for one in item["words"].split("|"))
        tests.append(f"(?=(?:{words})/)")
    for test in (item["classes"] or "").split():
        names = test.removeprefix("-").split("|")
        if lost := [name for name in names if name not in known]:
            raise PatternError(f"<{lost[0][:30]}> is no class of words: there are {', '.join(sorted(known))}")
        tests.append(f"(?{'!' if test[0] == '-' else '='}[^ ]*/(?:{'|'.join(names)})/)")
    word = f" {''.join(tests)}[^ ]++"
    if item["no"]:
        return f"(?!{word})"
    return f"(?:{word}){_OFTEN[item['often']]}" if item["often"] else word
