"""`next-step`: a refusal, a queue, a bot that is lost, without the way on that the customer needs.

`triggers` are what must not stand alone; `ways` are groups of patterns by name, of each of which one must stand in
the draft, outside the triggers. The message gets the trigger and the names of the groups that are missing. `words` are
lists that `{name}` stands for in both; a trigger is harmless where one of the patterns under `unless` stands in its
sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import Alternation, PatternError, alternation, compiled, every, joined, search
from cannedkit.pattern.exempt import silencer
from cannedkit.rules.holes import filled, groups, words
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import Reader, flag, options, patterns
from cannedkit.rules.scope import passages, where_stands
from cannedkit.rules.sentence import pardon, pardoning
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, mapping, whole

Span = tuple[int, int]


@dataclass(frozen=True)
class Options:
    """What must not stand alone, and one pattern for each group of ways on; `turns`: how far back they count."""

    triggers: Alternation
    ways: Mapping[str, str]
    ignorecase: bool
    turns: int
    exceptions: tuple[str, ...]
    unless: str


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    own: dict[str, Reader] = {"triggers": patterns, "ways": _ways, "exceptions": patterns, "turns": whole}
    values = options(rule, {**own, "ignorecase": flag, "nonword": flag, "words": words, "unless": patterns})
    for key in ("triggers", "ways"):
        if not values.get(key):
            raise RuleError([problem(rule, key, "a next-step rule needs `triggers`, and `ways` on by name")])
    ignorecase, word = values.get("ignorecase", False), not values.get("nonword", False)
    exceptions: tuple[str, ...] = values.get("exceptions", ())
    by_name = groups(values.get("words", {}), rule)
    key = "triggers"
    try:
        triggers = alternation(_spelled(values["triggers"], by_name, rule, key), ignorecase=ignorecase, word=word)
        key = "ways"
        spelled = {name: _spelled(group, by_name, rule, key) for name, group in values["ways"].items()}
        ways = {name: joined(group, ignorecase=ignorecase, word=word) for name, group in spelled.items()}
        key = "exceptions"
        silencer(exceptions, ())
    except PatternError as error:
        raise RuleError([problem(rule, key, str(error))]) from None
    unless = pardoning(rule, values, by_name)
    return Options(triggers, ways, ignorecase, values.get("turns", 1), exceptions, unless)


def _spelled(sources: Sequence[str], by_name: Mapping[str, str], rule: Rule, key: str) -> Sequence[str]:
    """Patterns with their names of words filled in, where the rule has any. Raises RuleError."""
    return [filled(source, by_name, rule, key) for source in sources] if by_name else sources


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    triggers = own.triggers
    silent, pardoned = silencer(own.exceptions, ()), pardon(own.unless)

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        stuck = [
            passage.place(match.start, match.end)
            for passage in passages(draft, rule, hits)
            for match in triggers.find(passage.text, passage.hits)
            if not silent(passage.text, match.start, match.end) and not pardoned(passage.text, match.start, match.end)
        ]
        if not stuck:
            return
        patterns_of = {name: compiled(source, own.ignorecase) for name, source in own.ways.items()}
        missing = ", ".join(_missing(draft, patterns_of, stuck, own.turns))
        for start, end in stuck if missing else ():
            yield finding(rule, start, end, said(rule.message, draft.text[start:end], missing))

    return Check(rule, where_stands(triggers, rule, run), triggers.literals, also=triggers.also)


def _missing(draft: Draft, ways: Mapping[str, Any], stuck: Sequence[Span], turns: int) -> Iterator[str]:
    """The groups of which nothing stands outside the triggers, nor in the agent's last `turns - 1` messages."""
    ours = [turn.text for turn in draft.history if turn.by == "agent"]
    recent = ours[1 - turns :] if turns > 1 else []
    for name, pattern in ways.items():
        if not _is_free(pattern, draft.text, stuck) and not any(search(pattern, text) for text in recent):
            yield name


def _is_free(pattern: Any, text: str, stuck: Sequence[Span]) -> bool:
    """Whether a way stands outside the triggers: mostly the first that there is does."""
    match = search(pattern, text)
    return bool(match) and (
        _apart(match.span(), stuck) or any(_apart(one.span(), stuck) for one in every(pattern, text))
    )


def _apart(way: Span, stuck: Sequence[Span]) -> bool:
    return all(way[1] <= start or end <= way[0] for start, end in stuck)


def _ways(node: Node, key: str, problems: Problems) -> dict[str, tuple[str, ...]]:
    groups = mapping(node, key, problems)
    return {name.value: patterns(value, name.value, problems) for name, value in groups.pairs} if groups else {}
