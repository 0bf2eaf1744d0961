"""Trees of words, as spaCy's DependencyMatcher has them, read from a rule file and looked for in a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cannedkit.kinds.tokens import patterns
from cannedkit.kinds.tokens.kin import MAX_SENTENCE, RELATIONS, Kin
from cannedkit.kinds.tokens.patterns import Word
from cannedkit.kinds.tokens.seen import Seen, key_of
from cannedkit.text.nearest import nearest
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.node import Sequence as SequenceNode
from cannedkit.yamlsource.schema import Problems, entries, mapping, text

MAX_STEPS = 200_000
"""Words that one rule may try in one text, a tenth of a second: our own choice."""

_KEYS = ("LEFT_ID", "REL_OP", "RIGHT_ID", "RIGHT_ATTRS")


@dataclass(frozen=True)
class Branch:
    """One word of a tree: its name, what it must be, and by which relation it is found from a word named before.

    `key` is what it must be, as the words of a text are found by.
    """

    name: str
    word: Word
    left: str = ""
    relation: str = ""
    key: str = ""


Tree = tuple[Branch, ...]
"""The branches of a tree, its first word first."""

Bound = Mapping[str, int]
"""Name -> the number of its word in a text."""


def read(node: Node, key: str, problems: Problems) -> tuple[Tree, ...]:
    """The trees of a list, or the one that stands alone; every fault is added to `problems` at its place."""
    if not isinstance(node, SequenceNode) or not node.items:
        problems.append(node.problem(f"`{key}` must be a list of trees, each a list of words such as {{RIGHT_ID: a}}"))
        return ()
    alone = all(isinstance(item, MappingNode) for item in node.items)
    return tuple(_tree(one, (), key, problems) for one in ((node,) if alone else node.items))


def read_unless(node: Node, key: str, problems: Problems) -> tuple[tuple[Node, Tree], ...]:
    """What must not hang on a match: each item one branch, or a list of them; with their nodes, to name a fault."""
    if not isinstance(node, SequenceNode):
        problems.append(node.problem(f"`{key}` must be a list of words such as {{LEFT_ID: a, REL_OP: '>', …}}"))
        return ()
    return tuple((item, _tree(item, None, key, problems)) for item in node.items)


def names(tree: Tree) -> tuple[str, ...]:
    """The names of the words of a tree."""
    return tuple(branch.name for branch in tree if branch.name)


def outside(tree: Tree) -> frozenset[str]:
    """The names that the branches of an `unless` hang on and do not bring themselves."""
    return frozenset(branch.left for branch in tree) - frozenset(names(tree))


def found(tree: Tree, unless: Sequence[Tree], seen: Seen) -> Iterator[Bound]:
    """The matches of a tree in a text, each name with its word. Raises TimeoutError for more than `MAX_STEPS`."""
    if seen.kin is None:
        return
    steps = iter(range(MAX_STEPS))
    for top in sorted(_fit(tree[0], seen)):
        first, last = seen.kin.sentences[top]
        if last - first > MAX_SENTENCE:
            continue
        for bound in _grown(tree, 1, {tree[0].name: top}, seen, seen.kin, steps):
            if not any(next(_grown(one, 0, bound, seen, seen.kin, steps), None) for one in unless):
                yield bound


def _fit(branch: Branch, seen: Seen) -> Collection[int]:
    """The words of a text that are what a branch asks for."""
    return seen.meets.get(branch.key, ()) if branch.word.conditions else range(len(seen.starts))


def _grown(tree: Tree, at: int, bound: Bound, seen: Seen, own: Kin, steps: Iterator[int]) -> Iterator[Bound]:
    if at == len(tree):
        yield bound
        return
    branch = tree[at]
    fit = _fit(branch, seen)
    for word in RELATIONS[branch.relation](own, bound[branch.left]):
        if next(steps, None) is None:
            raise TimeoutError
        if word in fit:
            yield from _grown(tree, at + 1, {**bound, branch.name: word}, seen, own, steps)


# -- reading --------------------------------------------------------------------------------------


def _tree(node: Node, known: tuple[str, ...] | None, key: str, problems: Problems) -> Tree:
    """A tree; where `known` is None, branches of another one."""
    items = node.items if isinstance(node, SequenceNode) else (node,)
    made: list[Branch] = []
    for item in items:
        if found := mapping(item, key, problems):
            made.append(_branch(found, tuple(branch.name for branch in made), known is None, key, problems))
    return tuple(made)


def _branch(node: MappingNode, before: tuple[str, ...], hangs: bool, key: str, problems: Problems) -> Branch:
    found = entries(node, _KEYS, problems, f" in `{key}`")
    texts = {name: text(found[name], name, problems) for name in _KEYS[:3] if name in found}
    name, left, relation = (texts.get(one, "") for one in ("RIGHT_ID", "LEFT_ID", "REL_OP"))
    word = patterns.word(found["RIGHT_ATTRS"], problems) if "RIGHT_ATTRS" in found else Word({})
    if word.negated or (word.least, word.most) != (1, 1):
        problems.append(node.problem("`OP`: a word of a tree stands there once; put what must not be under `unless`"))
    if not name and not hangs:
        problems.append(node.problem("a word of a tree needs `RIGHT_ID`, its name"))
    elif name and name in before:
        problems.append(found["RIGHT_ID"].problem(f"`RIGHT_ID`: {name} stands there twice"))
    if before or hangs:
        _check_relation(node, found, left, relation, before, hangs, problems)
    elif left or relation:
        problems.append(node.problem("the first word of a tree hangs on none: it has no `LEFT_ID` and no `REL_OP`"))
    return Branch(name, word, left, relation, key_of(word))


def _check_relation(
    node: MappingNode,
    found: Mapping[str, Node],
    left: str,
    relation: str,
    before: tuple[str, ...],
    hangs: bool,
    problems: Problems,
) -> None:
    if not left or not relation:
        problems.append(node.problem("a word of a tree needs `LEFT_ID` and `REL_OP`: on which word it hangs, and how"))
        return
    if relation not in RELATIONS:
        problems.append(found["REL_OP"].problem(f"`REL_OP` cannot be {relation!r}; write one of {' '.join(RELATIONS)}"))
    if left not in before and not hangs:
        problems.append(found["LEFT_ID"].problem(f"`LEFT_ID`: no word before is named {left}{nearest(left, before)}"))
