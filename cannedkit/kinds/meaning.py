"""`meaning`: a rule by example: each sentence that means what the `bad` lines of the rule mean, in whatever words.

The lines are no patterns: a sentence encoder makes vectors of them, and a border in its space goes around the bad ones
and leaves the good ones and clean prose outside. It is learnt when rules are built, and kept on disk. At lint each
sentence is encoded once, and held against all such rules at once. A line of the rule itself is always found, or never.

Keys: `bad` and `good`, at least ten lines each; `alarms`, how often the rule may speak up in 10,000 words of clean
prose; `unless`, rules and packs that tell the same fault: where one of them finds something in the sentence, at the
level of this rule or above, this rule is silent. The message gets the sentence, and the bad line nearest to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cannedkit import cache
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import OffError, Problem, RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.rules.corrections import LEAST
from cannedkit.rules.examples import examples
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import number, options
from cannedkit.text.segment import Span, words
from cannedkit.words import meaning
from cannedkit.words.sentences import Encode, layers, version
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, texts

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float32]]

ALARMS = 1.0
"""Findings in 10,000 words of clean prose that a rule is allowed where it does not say; our own choice."""

MISSING = "it needs a sentence encoder: pip install 'cannedkit[semantic]'"

_REMEMBERED = 16
"""Texts whose sentences are remembered: all rules look at one text before the next."""


@dataclass(frozen=True)
class Options:
    """The lines that a rule is made of, the alarms that it may raise, and the rules that tell the same."""

    bad: tuple[str, ...]
    good: tuple[str, ...]
    alarms: float = ALARMS
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What the rules of a folder have learnt: the column of each among their borders, and what is found of its lines.

    `bad` are the rows of the bad lines of each.
    """

    borders: meaning.Borders
    bad: Mapping[str, Array]
    found: Mapping[str, tuple[bool, ...]]
    flagged: Mapping[str, tuple[bool, ...]]


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"bad": _lines, "good": _lines, "alarms": number, "unless": texts})
    for key in ("bad", "good"):
        if len(set(values.get(key, ()))) < LEAST:
            message = f"a meaning rule is made of its examples: write {LEAST} `{key}` lines or more"
            raise RuleError([problem(rule, key, message)])
    if both := set(values["bad"]) & set(values["good"]):
        raise RuleError([problem(rule, "good", f"{min(both)!r} stands under `bad`, too")])
    if not values.get("alarms", ALARMS) > 0:
        raise RuleError([problem(rule, "alarms", "`alarms` must be above 0: no line is drawn that nothing crosses")])
    return Options(**values)


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises OffError, once for all, without the extra `semantic`."""
    encode = layers()
    if encode is None:
        rest = f" (and {len(rules) - 1} like it)" if len(rules) > 1 else ""
        raise OffError([Problem(rules[0].path, 1, 1, f"{rules[0].id}{rest} is off: {MISSING}")])
    return [
        check
        for folder, group in _by_folder(rules).items()
        for check in _checks(group, _kept(folder, group, encode), encode)
    ]


def learn(rules: Sequence[Rule], encode: Encode) -> Kept:
    """What rules learn of their lines."""
    lines = {rule.id: meaning.rows_of_lines(rule.options.bad, encode) for rule in rules}
    learnt = {
        rule.id: meaning.learn(lines[rule.id], meaning.rows_of_lines(rule.options.good, encode), rule.options.alarms)
        for rule in rules
    }
    return Kept(
        meaning.together([*learnt.values()]),
        lines,
        {id: one.found for id, one in learnt.items()},
        {id: one.flagged for id, one in learnt.items()},
    )


def left_out(rules: Sequence[Rule]) -> Iterator[str]:
    """For each rule how many of its lines it would find, or flag, if they were none; nothing without the encoder."""
    encode = layers()
    if encode is None:
        return
    for folder, group in _by_folder(rules).items():
        kept = _kept(folder, group, encode)
        for rule in group:
            found, flagged = kept.found[rule.id], kept.flagged[rule.id]
            yield (
                f"{rule.id}: each line left out once, {sum(found)} of {len(found)} bad ones are found, "
                f"{sum(flagged)} of {len(flagged)} good ones flagged"
            )


# -- one rule -------------------------------------------------------------------------------------


def _lines(node: Node, key: str, problems: Problems) -> tuple[str, ...]:
    """The texts of examples; how a draft goes out does not change what it means."""
    return tuple(dict.fromkeys(one.text for one in examples(node, key, problems)))


def _by_folder(rules: Sequence[Rule]) -> Mapping[Path, Sequence[Rule]]:
    found: dict[Path, list[Rule]] = {}
    for rule in rules:
        found.setdefault(Path(rule.path).parent, []).append(rule)
    return found


def _kept(folder: Path, rules: Sequence[Rule], encode: Encode) -> Kept:
    """What the rules of a folder have learnt, from disk where nothing has changed that it hangs on."""
    told = repr([(rule.id, rule.options) for rule in rules]).encode("utf-8", "surrogatepass")
    mark = (sha256(told).hexdigest(), version(), meaning.mark(), *cache.stamp([]))
    kept = cache.recall("meaning", folder, mark)
    if isinstance(kept, Kept):
        return kept
    found = learn(rules, encode)
    cache.keep("meaning", folder, mark, found)
    return found


Read = Callable[[str, str], tuple[Sequence[Span], Sequence[str], "Array", "Array"]]
"""A text and its locale -> its sentences, the words of each, a row of numbers for each, and which borders it is in."""


def _reader(borders: meaning.Borders, encode: Encode) -> Read:
    within = meaning.within(borders)

    @lru_cache(maxsize=_REMEMBERED)
    def seen(text: str, locale: str) -> tuple[Sequence[Span], Sequence[str], Array, Array]:
        spans, rows = meaning.sentences_of(text, locale, encode)
        return spans, [_plain(text[start:end]) for start, end in spans], rows, within(rows)

    return seen


def _plain(text: str) -> str:
    """A text without stops and capitals: a line of a rule is known by its words."""
    return " ".join(text[start:end] for start, end in words(text)).casefold()


def _checks(rules: Sequence[Rule], kept: Kept, encode: Encode) -> Iterator[Check]:
    seen = _reader(kept.borders, encode)
    return (_check(rule, column, kept.bad[rule.id], seen) for column, rule in enumerate(rules))


def _check(rule: Rule, column: int, bad: Array, seen: Read) -> Check:
    always, never = (frozenset(map(_plain, lines)) for lines in (rule.options.bad, rule.options.good))

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        if not draft.text.strip():
            return
        spans, said_there, rows, within = seen(draft.text, draft.locale)
        for at, (start, end) in enumerate(spans):
            if said_there[at] in always or (within[at, column] and said_there[at] not in never):
                nearest = rule.options.bad[int((meaning.stand(bad) @ meaning.stand(rows[at : at + 1])[0]).argmax())]
                yield finding(rule, start, end, said(rule.message, draft.text[start:end], nearest))

    return Check(rule, run, unless=rule.options.unless)
