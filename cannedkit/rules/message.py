"""What a rule says: its message with its arguments, as a finding of a text or a fault of its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import Problem
from cannedkit.model.rule import Rule

_DIGITS = 9
"""Digits of the number of an argument that are read: nothing has as many arguments."""

_VERB = re.compile(r"%[-+# 0]*(?:\d+)?(?:\.\d*)?(?:\[(\d+)\])?(.)", re.DOTALL)


def formatted(message: str, *arguments: str | int | float) -> str:
    """The message as Go prints it: `%s` and `%d` take the next argument, `%[2]s` the second; spare ones are left out.

    A verb that does not suit its argument prints what Go prints, since a style was written while looking at that:
    `%!d(string=x)`. A missing argument is empty, as in Vale. Line breaks become spaces.
    """
    if "%" in message:
        following = 0

        def fill(verb: re.Match[str]) -> str:
            nonlocal following
            if verb[2] == "%":
                return "%"
            following = int(verb[1][:_DIGITS]) if verb[1] else following + 1
            if following == len(arguments) + 1:
                return _shown(verb[2], "")
            if not 0 < following <= len(arguments):
                return f"%!{verb[2]}(BADINDEX)"
            return _shown(verb[2], arguments[following - 1])

        message = _VERB.sub(fill, message)
    return message.replace("\n", " ")


def _shown(verb: str, argument: str | int | float) -> str:
    fits = {str: "svq", int: "dv", float: "fgev"}[type(argument)]
    if verb in fits:
        return f'"{argument}"' if verb == "q" else str(argument)
    return f"%!{verb}({'string' if isinstance(argument, str) else type(argument).__name__}={argument})"


def listed(choices: Sequence[str]) -> str:
    """`'a'`, `'a' or 'b'`, `'a', 'b', or 'c'`."""
    quoted = [f"'{choice}'" for choice in choices]
    if len(quoted) < 3:
        return " or ".join(quoted)
    return f"{', '.join(quoted[:-1])}, or {quoted[-1]}"


def unquoted(message: str) -> str:
    """The message for a list that brings its own quotes: of two quoted verbs, the first loses its quotes."""
    for quoted in ("'%s'", '"%s"'):
        if message.count(quoted) == 2:
            message = message.replace(quoted, "%s", 1)
    return message


_PLAIN_VERB = re.compile(r"%(?:\[(\d+)\])?([sd%])")


def said(message: str, *arguments: object) -> str:
    """A rule's message with its arguments: `%s` and `%d` take the next, `%[2]s` the second; spare ones are left out."""
    if "%" not in message:
        return message
    following = iter(arguments)

    def fill(verb: re.Match[str]) -> str:
        if verb[2] == "%":
            return "%"
        if verb[1]:
            number = int(verb[1][:_DIGITS])
            return str(arguments[number - 1]) if 0 < number <= len(arguments) else ""
        return str(next(following, ""))

    return _PLAIN_VERB.sub(fill, message)


def finding(
    rule: Rule, start: int, end: int, message: str, fixes: Iterable[str] = (), *, safe: bool = False
) -> Finding:
    """A finding of a rule, at its own level (the linter sets the level in force)."""
    return Finding(start, end, rule.id, rule.level or Level.WARNING, message, tuple(fixes), safe, (rule.id,))


def problem(rule: Rule, key: str, message: str) -> Problem:
    """A fault in one key of a rule's own options, at its place in the file."""
    node = rule.options.get(key) if isinstance(rule.options, Mapping) else None
    if node is None:
        return Problem(rule.path, 1, 1, message)
    located: Problem = node.problem(message)
    return located
