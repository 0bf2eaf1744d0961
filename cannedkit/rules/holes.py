"""Patterns in which `{name}` stands for a list of words that the rule gives once: grammar as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Rule
from cannedkit.pattern.alternation import MAX_PATTERN, NAME, PatternError, joined, with_words
from cannedkit.rules.message import problem
from cannedkit.rules.options import patterns
from cannedkit.text.nearest import nearest
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, mapping


def words(node: Node, key: str, problems: Problems) -> dict[str, tuple[str, ...]]:
    """The lists of a rule's `words` by name: each a list of regular expressions, or one."""
    found = mapping(node, key, problems)
    return {name.value: patterns(value, name.value, problems) for name, value in found.pairs} if found else {}


def groups(lists: Mapping[str, tuple[str, ...]], rule: Rule, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """The regular expression that each name stands for; a list may use the names above it. Raises RuleError."""
    made = dict(given or {})
    for name, alternatives in lists.items():
        room, written = MAX_PATTERN, []
        for one in alternatives:
            written.append(filled(one, made, rule, "words", room))
            room -= len(written[-1])
        made[name] = f"(?:{'|'.join(written)})"
    return made


def filled(source: str, by_name: Mapping[str, str], rule: Rule, key: str, most: int = MAX_PATTERN) -> str:
    """The regular expression, of at most so many code points, with its names filled in.

    Raises RuleError for a name that is not among the words, and for an expression that would be longer.
    """
    names = NAME.findall(source)
    for name in names:
        if name not in by_name:
            message = f"`{{{name}}}` is none of the `words` above it{nearest(name, by_name)}"
            raise RuleError([problem(rule, key, message)])
    if len(source) + sum(len(by_name[name]) for name in names) > most:
        message = f"written out, `{key}` has more than {MAX_PATTERN:,} characters: name shorter lists of words"
        raise RuleError([problem(rule, key, message)])
    return with_words(source, by_name)


def any_of(sources: Sequence[str], by_name: Mapping[str, str], rule: Rule, key: str) -> str:
    """One regular expression for any of some, their names filled in; "" for none. Raises RuleError."""
    try:
        written = [filled(one, by_name, rule, key) for one in sources]
        return joined(written, ignorecase=True, word=False) if written else ""
    except PatternError as error:
        raise RuleError([problem(rule, key, str(error))]) from None
