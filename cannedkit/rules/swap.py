"""A rule's `swap`: what may stand in the place of what it finds, by what that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cannedkit.pattern.alternation import PatternError, compiled, fits, matched
from cannedkit.rules.action import filled
from cannedkit.yamlsource.node import Mapping, Node, Scalar
from cannedkit.yamlsource.node import Sequence as SequenceNode
from cannedkit.yamlsource.schema import Problems

Swap = tuple[tuple[str, tuple[str, ...]], ...]
"""Regular expressions for what is found, without regard to case, and the texts that may take its place, best first.

"" stands for whatever is found.
"""


def swap(node: Node, key: str, problems: Problems) -> Swap:
    """What stands under a rule's `swap`: a text or a list of them, "" to take out what was found; or a mapping.

    Its keys say for what of that a text is meant.
    """
    if not isinstance(node, Mapping):
        return (("", tuple(_texts(node, key, problems))),)
    made = []
    for wrong, right in node.pairs:
        try:
            compiled(wrong.value, True, True)
        except PatternError as error:
            problems.append(wrong.problem(str(error)))
        made.append((wrong.value, tuple(_texts(right, wrong.value, problems))))
    return tuple(made)


def _texts(node: Node, key: str, problems: Problems) -> list[str]:
    """The texts of a list, or the one that stands alone, white space and all."""
    items: Sequence[Node] = node.items if isinstance(node, SequenceNode) else (node,)
    problems.extend(
        one.problem(f"`{key}` must lead to a text, or a list of texts") for one in items if not isinstance(one, Scalar)
    )
    return [one.value for one in items if isinstance(one, Scalar)]


def swapped(swap: Swap, text: str, start: int, end: int, *, recased: bool = True) -> tuple[str, ...]:
    """What may take the place of `text[start:end]`; () where the rule has nothing to propose.

    The first expression counts that is all of it. `recased`: with the capital of what was found. Raises TimeoutError.
    """
    for wrong, rights in swap:
        match = _match(wrong, text, start, end) if wrong else None
        if not wrong or match:
            groups = match.groups() if match else ()
            made = [filled(right, text[start:end], groups) for right in rights]
            capital = recased and text[start : start + 1].isupper()
            return tuple(one[:1].upper() + one[1:] if capital else one for one in made)
    return ()


def _match(wrong: str, text: str, start: int, end: int) -> Any:
    """The match of an expression that is all of `text[start:end]`, or None.

    Look-behind sees what stands before. What looks ahead is given the text behind as well, and must stop by itself.
    """
    looks_ahead = "(?=" in wrong or "(?!" in wrong
    if not looks_ahead:
        return fits(compiled(wrong, True, True), text, start, end)
    match = matched(compiled(wrong, True, True), text, start)
    return match if match and match.end() == end else None
