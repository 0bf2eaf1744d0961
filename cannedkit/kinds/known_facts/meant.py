"""A question for what is known, in whatever words: by lines that ask for a fact, and what a sentence means.

`like` has lines for each fact, by its name in the table, as people ask for it; `near` are lines that look like these
and ask for none of them: offers, what must be confirmed, other things. `cues` are patterns of which one must stand in a
sentence that asks at all. What a sentence asks for is told by the lines near it (`words.apart`), and the rule speaks up
where that is known. Where a rule or pack of `unless` tells the same it is silent. It needs the extra `semantic`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cannedkit import cache
from cannedkit.kinds.known_facts.told import Known, value
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import OffError, Problem, RuleError
from cannedkit.model.rule import Check, Hits, Rule
from cannedkit.pattern.alternation import Alternation, PatternError, alternation
from cannedkit.pattern.budget import OURS, counted
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import patterns
from cannedkit.rules.swap import Swap, swapped
from cannedkit.text.nearest import nearest
from cannedkit.words import apart, meaning
from cannedkit.words.sentences import MISSING, Encode, layers, version
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, mapping, texts

LEAST = 5
"""Lines that a fact needs at least: fewer say how one question is worded, and not what it means; our own choice."""

ENOUGH = 0.3
"""What a sentence has of a kind at least to be of it, where its own lines have 1; see docs/quality.md."""


@dataclass(frozen=True)
class Options:
    """The facts that are asked for, the lines that ask for each, those that ask for none, and what a question has."""

    facts: Mapping[str, Known]
    like: Mapping[str, tuple[str, ...]]
    near: tuple[str, ...]
    cues: Alternation
    ignorecase: bool
    swap: Swap
    unless: tuple[str, ...] = ()


def read(rule: Rule, facts: Mapping[str, Known], values: Mapping[str, Any]) -> Options:
    """The options of a rule with such lines. Raises RuleError."""
    like: Mapping[str, tuple[str, ...]] = values.get("like", {})
    if not like:
        message = "`near`, `cues` and `unless` are for a rule with `like`: lines that ask for a fact"
        raise RuleError([problem(rule, "near", message)])
    for name, lines in like.items():
        if name not in facts:
            raise RuleError([problem(rule, "like", f"`facts` has no {name!r}{nearest(name, facts)}")])
        if len(set(lines)) < LEAST:
            raise RuleError([problem(rule, "like", f"{name!r} needs {LEAST} lines or more, said differently")])
    ignorecase = values.get("ignorecase", False)
    try:
        cues = alternation(values.get("cues", (r"\?",)), ignorecase=ignorecase, word=False)
    except PatternError as error:
        raise RuleError([problem(rule, "cues", str(error))]) from None
    asked = {name: facts[name] for name in like}
    near, unless = values.get("near", ()), values.get("unless", ())
    return Options(asked, like, near, cues, ignorecase, values.get("swap", ()), unless)


def check(rule: Rule, own: Options) -> Check:
    """The check of a rule. Raises OffError without the extra `semantic`."""
    encode = layers()
    if encode is None:
        raise OffError([Problem(rule.path, 1, 1, f"{rule.id} is off: {MISSING}")])
    names, shares = tuple(own.like), apart.shares(_kept(rule, own, encode))

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        cues = [match.start for match in own.cues.find(draft.text, hits)]
        if not cues or not (draft.known or draft.history):
            return
        with counted(OURS):  # what the encoder takes, to be opened above all, is no time of the rule's patterns
            spans, rows = meaning.sentences_of(draft.text, draft.locale, encode)
            asking = [at for at, (start, end) in enumerate(spans) if any(start <= cue < end for cue in cues)]
            asked = shares(rows[asking]) if asking else ()
        for at, has in zip(asking, asked, strict=True):
            name = names[int(has.argmax())]
            known_as = value(draft, own.facts[name], own.ignorecase) if has.max() > ENOUGH else None
            if known_as is not None:
                start, end = spans[at]
                message = said(rule.message, draft.text[start:end], name, f" ({known_as})" if known_as else "")
                yield finding(rule, start, end, message, swapped(own.swap, draft.text, start, end))

    return Check(rule, run, own.cues.literals, unless=own.unless, needs="knowledge")


def _kept(rule: Rule, own: Options, encode: Encode) -> apart.Kinds:
    """What the lines teach, from disk where none of them has changed."""
    told = repr((own.like, own.near)).encode("utf-8", "surrogatepass")
    mark = (sha256(told).hexdigest(), version(), meaning.mark(), *cache.stamp([]))
    kept = cache.recall("asked", Path(rule.path), mark)
    if isinstance(kept, apart.Kinds):
        return kept
    lines = [meaning.rows_of_lines(lines, encode) for lines in own.like.values()]
    found = apart.learn(lines, meaning.rows_of_lines(own.near, encode) if own.near else lines[0][:0])
    cache.keep("asked", Path(rule.path), mark, found)
    return found


def _lines(node: Node, key: str, problems: Problems) -> dict[str, tuple[str, ...]]:
    table = mapping(node, key, problems)
    return {name.value: texts(value, name.value, problems) for name, value in table.pairs} if table else {}


KEYS: Mapping[str, Callable[[Node, str, Problems], Any]] = {
    "like": _lines,
    "near": texts,
    "cues": patterns,
    "unless": texts,
}
"""The keys of such a rule alone."""
