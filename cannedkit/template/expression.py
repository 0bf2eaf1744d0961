"""What stands between the braces of a Liquid body, read by python-liquid: a name with its filters, a test, choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cannedkit.template.condition import Comparison, Junction, Test
from cannedkit.template.node import TemplateError, fault
from cannedkit.text.nearest import meant

if TYPE_CHECKING:
    from liquid import Environment
    from liquid.expression import Expression

FILTERS = ("default", "upcase", "downcase", "capitalize", "date")
"""The filters that a body may use."""

DATE_DIRECTIVES: Mapping[str, str] = {
    "%d": "dd",
    "%-d": "d",
    "%m": "MM",
    "%-m": "M",
    "%y": "yy",
    "%Y": "yyyy",
    "%b": "MMM",
    "%B": "MMMM",
    "%a": "EEE",
    "%A": "EEEE",
}

_NAME = re.compile(r"[^\W\d][\w-]*(?:\.[^\W\d][\w-]*)*")
DIRECTIVE = re.compile(r"%-?.?", re.DOTALL)
"""A directive in the argument of the `date` filter, or what looks like one."""

_OUTPUT_FORM = "write {{ order.note }}, or {{ order.note | filter }}; a name has no spaces"
_TEST_FORM = 'a test is name, name == "text", name != "text" or name contains "text", joined by and, or'


Named = tuple[str, tuple[tuple[str, str], ...]]
"""A dotted name and its filters: (name, argument or "")."""


def read_output(text: str, start: int, end: int) -> Named:
    """The dotted name and the filters of what stands in `{{ }}`."""
    try:
        return _known_output(text[start:end])
    except TemplateError:
        return _read_output(text, start, end)  # once more, for the place of its fault


@lru_cache(maxsize=4096)
def _known_output(piece: str) -> Named:
    """What stands between braces, remembered: the bodies of a catalogue say the same few things there."""
    return _read_output(piece, 0, len(piece))


def _read_output(text: str, start: int, end: int) -> Named:
    from liquid.builtin.expressions import FilteredExpression

    if not text[start:end].strip():
        raise fault(start, end, "there is no name between the braces")
    expression = _read(start, end, _OUTPUT_FORM, text, lambda tokens: FilteredExpression.parse(_environment(), tokens))
    name, _ = _name(expression.left, text, start, end)
    return name, tuple(_filter(each, position) for position, each in enumerate(expression.filters or ()))


def _name(expression: Expression, text: str, start: int, end: int) -> tuple[str, int]:
    from liquid.builtin.expressions import Path

    if not isinstance(expression, Path):
        raise fault(start, end, f"`{text[start:end].strip()}` is not a name; a fixed text needs no braces")
    place = expression.token.start_index
    found = _NAME.match(text, place, end)
    written = ".".join(map(str, expression.path))
    if found is None or found.group() != written:
        raise fault(place, end, f"`{text[place:end].strip()}` is not a name such as order.note; [ ] and ? are not used")
    return written, place


def _filter(filter: Any, position: int) -> tuple[str, str]:
    start, end = filter.token.start_index, filter.token.start_index + len(filter.name)
    if filter.name not in FILTERS:
        hint = meant(filter.name, FILTERS)
        raise fault(start, end, f"unknown filter `{filter.name}`; filters are {', '.join(FILTERS)}{hint}")
    if filter.name == "default" and position:
        raise fault(start, end, "`default` must be the first filter, and stand there once")
    if filter.name not in ("default", "date"):
        if filter.args:
            raise fault(start, end, f"`{filter.name}` takes nothing behind it")
        return filter.name, ""
    example = '`default: "there"`' if filter.name == "default" else '`date: "%-d %B"`'
    argument = _text(filter.args[0].value) if len(filter.args) == 1 and not hasattr(filter.args[0], "name") else None
    if argument is None or not argument.strip() or "{" in argument or "}" in argument:
        raise fault(start, end, f"`{filter.name}` needs one text in quotes, without braces: {example}")
    if filter.name == "date" and not set(DIRECTIVE.findall(argument)) <= {*DATE_DIRECTIVES, "%%"}:
        raise fault(start, end, f"`date` knows {' '.join(DATE_DIRECTIVES)} and %%, not everything in {argument!r}")
    return filter.name, argument


def _text(expression: Expression) -> str | None:
    from liquid.builtin.expressions import StringLiteral

    return expression.value if isinstance(expression, StringLiteral) else None


def read_test(text: str, start: int, end: int) -> tuple[Test, list[tuple[str, int]]]:
    """The test in an `if`, `elsif` or `unless`, and (name, place) of every name in it, in order."""
    from liquid.builtin.expressions import BooleanExpression
    from liquid.builtin.expressions.logical import (
        ContainsExpression,
        EqExpression,
        LogicalAndExpression,
        LogicalOrExpression,
        NeExpression,
    )

    places: list[tuple[str, int]] = []
    operators: Mapping[type, str] = {EqExpression: "==", NeExpression: "!=", ContainsExpression: "contains"}

    def named(expression: Expression) -> str:
        places.append(_name(expression, text, start, end))
        return places[-1][0]

    def read(expression: Any) -> Test:
        if isinstance(expression, (LogicalAndExpression, LogicalOrExpression)):
            every = isinstance(expression, LogicalAndExpression)
            return Junction(every, read(expression.left), read(expression.right))
        if not hasattr(expression, "left"):
            return Comparison(named(expression))
        operator, right = operators.get(type(expression)), _text(expression.right)
        if operator is None or right is None or not right.strip():
            raise fault(start, end, f"values are texts: {_TEST_FORM}")
        return Comparison(named(expression.left), operator, right)

    tree = _read(start, end, _TEST_FORM, text, lambda tokens: BooleanExpression.parse(_environment(), tokens))
    return read(tree.expression), places


def read_choices(text: str, start: int, end: int) -> list[str]:
    """The texts behind a `when`."""
    from liquid.token import TOKEN_COMMA, TOKEN_OR, TOKEN_STRING

    tokens = _read(start, end, 'write when "pro"', text, lambda stream: stream.tokens)
    choices, separators = tokens[::2], tokens[1::2]
    if (
        len(choices) != len(separators) + 1
        or any(token.kind != TOKEN_STRING or not token.value.strip() for token in choices)
        or any(token.kind not in (TOKEN_COMMA, TOKEN_OR) for token in separators)
    ):
        raise fault(start, end, 'values are texts: write when "pro", or when "pro" or "team"')
    return [token.value for token in choices]


def _read(start: int, end: int, form: str, text: str, reader: Callable[[Any], Any]) -> Any:
    """What `reader` makes of python-liquid's tokens for `text[start:end)`; `form` tells how to mend it."""
    from liquid.builtin.expressions import tokenize
    from liquid.exceptions import LiquidError
    from liquid.stream import TokenStream
    from liquid.token import TOKEN_EXPRESSION, Token

    piece = text[start:end]
    try:
        return reader(TokenStream(tokenize(piece, Token(TOKEN_EXPRESSION, piece, start, text))))
    except LiquidError as error:
        place = error.token.start_index if error.token is not None else -1
        place = place if start <= place < end else start
        raise fault(place, end, f"cannot read this ({error.message}); {form}") from error


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from liquid import Environment

    return Environment()
