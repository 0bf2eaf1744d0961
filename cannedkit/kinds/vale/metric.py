"""`metric`: a formula over the counts of a text holds. Vale's semantics: of Markdown, the whole prose.

The formula is Vale's, an expression of numbers, names, `+ - * / %`, comparisons, `&& || !` and the functions of
`math`; it is read by Python's parser and worked out by hand, never run.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.prose.counts import Counts, counts
from cannedkit.rules.action import Action, action
from cannedkit.rules.message import finding, formatted, problem
from cannedkit.rules.options import options, pattern
from cannedkit.rules.scope import elements, measured
from cannedkit.text.nearest import nearest

ELEMENTS = ("pre", "paragraphs", "list", "blockquote", *(f"heading_h{level}" for level in range(1, 7)))
"""Counts of Markdown's elements that a formula may use; 0 where there are none."""

NAMES = (*asdict(Counts()), *ELEMENTS)

_HEADING = re.compile(r"heading\.(h[1-6])")
_SIGNS = (("&&", " and "), ("||", " or "))
_NOT = re.compile(r"!(?!=)")

_BINARY: Mapping[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Mod: math.fmod,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_FUNCTIONS = frozenset(
    "abs acos asin atan atan2 cbrt ceil cos exp floor hypot log log10 log1p log2 max min mod pow round sin sqrt tan "
    "trunc".split()
)
_OWN: Mapping[str, Callable[..., float]] = {
    "abs": math.fabs,
    "mod": math.fmod,
    "max": max,
    "min": min,
    "ceil": lambda number: float(math.ceil(number)),
    "floor": lambda number: float(math.floor(number)),
    "trunc": lambda number: float(math.trunc(number)),
    "round": lambda number: math.copysign(math.floor(abs(number) + 0.5), number),
}


class _FormulaError(ValueError):
    """The formula is not one; the message says what is wrong."""


@dataclass(frozen=True)
class Options:
    """The formula and the condition on its `result`, as Python's parser takes them."""

    formula: str
    condition: str
    action: Action


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"formula": pattern, "condition": pattern, "action": action})
    for key in ("formula", "condition"):
        if not values.get(key, "").strip():
            raise RuleError([problem(rule, key, 'a metric rule needs `formula`, and `condition` such as "> 8"')])
    key = "formula"
    try:
        formula = _python(_HEADING.sub(r"heading_\1", values["formula"]))
        key = "condition"
        condition = _python(f"result {values['condition']}")
    except _FormulaError as error:
        raise RuleError([problem(rule, key, str(error))]) from None
    return Options(formula, condition, values.get("action", Action()))


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    formula, condition = (ast.parse(source, mode="eval").body for source in (own.formula, own.condition))

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for text, start in measured(draft, rule):
            found = counts(text)
            if not found.words:
                continue
            numbers: dict[str, float] = dict.fromkeys(ELEMENTS, 0.0)
            numbers |= {name: float(count) for name, count in ({**asdict(found), **elements(draft)}).items()}
            result = float(_value(formula, numbers))
            if _value(condition, numbers | {"result": float(f"{result:.6f}")}):
                yield finding(rule, start, start, formatted(rule.message, f"{result:.2f}"))

    return Check(rule, run)


def _python(source: str) -> str:
    """An expression of Vale's as one of Python's that holds nothing but what a formula may. Raises _FormulaError."""
    for sign, word in _SIGNS:
        source = source.replace(sign, word)
    written = " ".join(_NOT.sub(" not ", source).split())
    try:
        tree = ast.parse(written, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _FormulaError(f"{source.strip()!r} is not one expression") from None
    for node in ast.walk(tree):
        _allowed(node)
    return written


def _allowed(node: ast.AST) -> None:
    """Raises _FormulaError for anything but numbers, known names, operators and calls of `math`."""
    if isinstance(node, ast.Name) and node.id not in (*NAMES, "math", "result"):
        raise _FormulaError(
            f"a formula knows no {node.id!r}{nearest(node.id, NAMES)}; its names are {', '.join(NAMES)}"
        )
    if isinstance(node, ast.Attribute) and not (
        isinstance(node.value, ast.Name) and node.value.id == "math" and node.attr in _FUNCTIONS
    ):
        raise _FormulaError(f"a formula may call {', '.join(f'math.{name}' for name in sorted(_FUNCTIONS))}")
    if isinstance(node, ast.Call) and (not isinstance(node.func, ast.Attribute) or node.keywords):
        raise _FormulaError("a formula may call functions of `math` only")
    if isinstance(node, ast.Constant) and type(node.value) not in (int, float, bool):
        raise _FormulaError(f"a formula holds numbers, not {node.value!r}")
    known: tuple[type[ast.AST], ...] = (
        ast.Name,
        ast.Attribute,
        ast.Call,
        ast.Constant,
        ast.BinOp,
        ast.UnaryOp,
        ast.BoolOp,
        ast.Compare,
    )
    signs: tuple[type[ast.AST], ...] = (ast.Div, ast.USub, ast.UAdd, ast.Not, ast.And, ast.Or, ast.Load, *_BINARY)
    if not isinstance(node, (*known, *signs)):
        raise _FormulaError("a formula is made of numbers, names, + - * / %, comparisons and functions of `math`")


def _value(node: ast.expr, numbers: Mapping[str, float]) -> Any:
    match node:
        case ast.Constant():
            return node.value
        case ast.Name():
            return numbers[node.id]
        case ast.BinOp(op=ast.Div()):
            return _divided(_value(node.left, numbers), _value(node.right, numbers))
        case ast.BinOp():
            return _called(_BINARY[type(node.op)], [_value(node.left, numbers), _value(node.right, numbers)])
        case ast.UnaryOp():
            value = _value(node.operand, numbers)
            return -value if isinstance(node.op, ast.USub) else not value if isinstance(node.op, ast.Not) else value
        case ast.BoolOp():
            values = (_value(one, numbers) for one in node.values)
            return all(values) if isinstance(node.op, ast.And) else any(values)
        case ast.Compare():
            sides = [_value(one, numbers) for one in (node.left, *node.comparators)]
            return all(
                _BINARY[type(sign)](left, right) for sign, left, right in zip(node.ops, sides, sides[1:], strict=False)
            )
        case ast.Call(func=ast.Attribute(attr=name)):
            return _called(_OWN.get(name) or getattr(math, name), [float(_value(one, numbers)) for one in node.args])
    raise _FormulaError("not a number")


def _divided(left: float, right: float) -> float:
    if right:
        return left / right
    return math.nan if not left else math.copysign(math.inf, left)


def _called(function: Callable[..., Any], arguments: list[float]) -> float:
    """What a function makes of numbers; not a number where it makes nothing of them, the rest of nothing for one."""
    try:
        return float(function(*arguments))
    except (ValueError, OverflowError, TypeError):
        return math.nan
