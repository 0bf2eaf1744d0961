"""`forms`: a word has a form that the words around it do not allow: "ik vindt", "het rekening", "de klanten heeft".

`find` lists patterns over the classes of words (see `pattern.classes`), each with what to `write` there: `$1` is the
first word of what was found, `$1:third` that word in another form, `$1:article` the article of a noun, `$1~$2` two
words as one, `$2+` the second and all behind it, `$>` the last one and `$<` all before it. `words` names parts that
patterns share: `{subject}` in a pattern, or in a part below it, stands for one of them. Words and classes come from the
tables of a language, so that a rule looks at drafts in a language that has them. The message gets what was found, and
what to write.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import OWN, PatternError, compiled, every, matched
from cannedkit.pattern.classes import TARGET, can_match, marks, needed, source
from cannedkit.rules.holes import filled
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import options
from cannedkit.rules.scope import spans
from cannedkit.text.capital import cased
from cannedkit.words.classed import Word, classed, classes
from cannedkit.words.forms import LANGUAGES, Forms, forms
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.node import Sequence as ListNode
from cannedkit.yamlsource.schema import Problems, entries, mapping, text, texts

_HOLE = re.compile(r"\$(?:(\d)(?::([a-z]+)|(~)\$(\d)|(\+))?|([<>]))")


@dataclass(frozen=True)
class Written:
    """A pattern as it is written, where that is, and what to write there."""

    pattern: str
    node: Node
    write: tuple[str, ...]


@dataclass(frozen=True)
class Wrong:
    """A pattern as a regular expression, what to write there, and what must stand in a text and in a line for it.

    `opens` says that it can match at the start of a sentence alone.
    """

    source: str
    write: tuple[str, ...]
    needs: tuple[str, ...]
    marks: tuple[tuple[str, ...], ...]
    opens: bool


@dataclass(frozen=True)
class Options:
    """What is looked for, in the order of the file."""

    find: tuple[Wrong, ...]


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"words": _parts, "find": _entries})
    found = values.get("find", ())
    if not found:
        raise RuleError([problem(rule, "find", "a rule of forms needs `find`: patterns, each with what to `write`")])
    parts: dict[str, str] = {}
    for name, part in values.get("words", {}).items():
        parts[name] = f"( {filled(part, parts, rule, 'words')} )"
    known = frozenset[str]().union(*map(classes, LANGUAGES))
    return Options(tuple(_wrong(rule, one, parts, known) for one in found))


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        language = draft.locale.partition("-")[0].lower()
        if language not in LANGUAGES:
            return
        known = forms(language)
        alive = [one for index, one in enumerate(own.find) if not one.needs or index in hits]
        told: set[tuple[int, int]] = set()
        for start, end in spans(draft, rule):
            text = draft.text[start:end]
            for target, one in _found(alive, text, draft.locale):
                left, right = target[0].start, target[-1].end
                fixes = _made(known, target, one.write, text)
                if fixes is not None and (left, right) not in told:
                    told.add((left, right))
                    message = said(rule.message, text[left:right], fixes[0] if fixes else "")
                    yield finding(rule, start + left, start + right, message, fixes)

    return Check(rule, run, tuple(one.needs for one in own.find))


def _found(alive: Sequence[Wrong], text: str, locale: str) -> Iterator[tuple[Sequence[Word], Wrong]]:
    """The words of a text that a pattern is about, with that pattern, sentence by sentence."""
    for words, line in classed(text, locale):
        for one in (one for one in alive if can_match(one.marks, line)):
            for match in _matches(one, line.text):
                first, last = (bisect_left(line.starts, at) - 1 for at in match.span(TARGET))
                if target := words[max(first, 0) : last]:
                    yield target, one


def _matches(one: Wrong, line: str) -> list[Any]:
    pattern = compiled(one.source, False, syntax=OWN)
    if one.opens:
        return [match] if (match := matched(pattern, line)) else []
    return every(pattern, line)


def _made(known: Forms, target: Sequence[Word], write: Sequence[str], text: str) -> tuple[str, ...] | None:
    """What may stand in place of some words, best first; None where one of them is what stands there."""
    written = text[target[0].start : target[-1].end]
    fixes = (fix for one in write if (fix := _filled(known, target, one, text)))
    made = [cased(fix, written, opening=True) for fix in fixes]
    return None if written in made else tuple(dict.fromkeys(made))


def _filled(known: Forms, target: Sequence[Word], write: str, text: str) -> str:
    """What to write, its holes filled; "" where a word has no such form."""
    made, at = [], 0
    for hole in _HOLE.finditer(write):
        part = _part(known, target, text, hole)
        if not part:
            return ""
        made += [write[at : hole.start()], part]
        at = hole.end()
    return "".join(made) + write[at:]


def _part(known: Forms, target: Sequence[Word], text: str, hole: re.Match[str]) -> str:
    """What a hole of `write` stands for; "" where there is no such form."""
    if hole[6]:
        words = target[-1:] if hole[6] == ">" else target[:-1]
        return text[words[0].start : words[-1].end] if words else ""
    number = int(hole[1])
    if not 0 < number <= len(target):
        return ""
    word = target[number - 1]
    if hole[3]:
        other = target[int(hole[4]) - 1]
        return known.together(word.plain, other.plain)
    if hole[2]:
        return known.made(word.plain, hole[2])
    if hole[5]:
        return text[word.start : target[-1].end]
    as_written = text[word.start : word.end]
    return word.plain if number > 1 or not as_written[:1].isupper() or word.opens else as_written


def _wrong(rule: Rule, written: Written, parts: Mapping[str, str], known: frozenset[str]) -> Wrong:
    """An entry of `find`, its parts filled in. Raises RuleError."""
    pattern = filled(written.pattern, parts, rule, "find")
    try:
        return Wrong(source(pattern, known), written.write, needed(pattern), marks(pattern), pattern.startswith("^ "))
    except PatternError as error:
        raise RuleError([written.node.problem(str(error))]) from None


def _parts(node: Node, key: str, problems: Problems) -> dict[str, str]:
    """What stands for each name."""
    found = mapping(node, key, problems)
    return {name.value: text(value, name.value, problems) for name, value in found.pairs} if found else {}


def _entries(node: Node, key: str, problems: Problems) -> tuple[Written, ...]:
    """The patterns of a rule, each with what to write there."""
    if not isinstance(node, ListNode):
        problems.append(node.problem(f"`{key}` must be a list of patterns, each with what to `write`"))
        return ()
    return tuple(written for item in node.items for written in _entry(item, key, problems))


def _entry(item: Node, key: str, problems: Problems) -> Iterator[Written]:
    """An entry of `find`, where it is one."""
    one = mapping(item, key, problems)
    parts = entries(one, ("pattern", "write"), problems, f" in `{key}`") if one else {}
    if one and "pattern" not in parts:
        problems.append(item.problem(f"an entry of `{key}` needs a `pattern`"))
    elif one:
        write = texts(parts["write"], "write", problems) if "write" in parts else ()
        yield Written(text(parts["pattern"], "pattern", problems), parts["pattern"], write)
