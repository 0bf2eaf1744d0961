"""`tokens`: each match of a pattern of spaCy's Matcher is a finding: words by form, lemma, shape, part of speech.

spaCy says which words of a draft meet which conditions, once a draft for all rules; how often a word stands there
(`OP`) is worked out here, in time that grows with the draft alone, and the longest match from the left is kept.
spaCy is loaded when a draft holds a text that a rule needs.

Keys: `patterns`; `mark`, which of the words of a pattern, counted from 1, are the finding's place: one number or the
first and last; `swap`, from what stands at the place, a regular expression without regard to case, to what should,
a text or a list, best first: what has no entry is no fault; `action`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from cannedkit.kinds.tokens import patterns as tokenpatterns
from cannedkit.kinds.tokens.patterns import TRAINED, Pattern
from cannedkit.kinds.tokens.seen import Runner, Seen, expressions, key_of
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import OffError, Problem, RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.rules.action import Action, action
from cannedkit.rules.message import finding, formatted, listed, problem
from cannedkit.rules.options import options
from cannedkit.rules.scope import spans
from cannedkit.rules.swap import Swap, swap, swapped
from cannedkit.words import lemmas
from cannedkit.words.pipelines import LOOKED_UP, Pipeline, at_hand, missing
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.node import Sequence as SequenceNode
from cannedkit.yamlsource.schema import Problems, whole

_NEVER = -1


@dataclass(frozen=True)
class Options:
    """The patterns; which of their words, counted from 1, are the place (None: all); what should stand there."""

    patterns: tuple[Pattern, ...]
    mark: tuple[int, int] | None
    swap: Swap | None
    action: Action


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"patterns": tokenpatterns.read, "mark": _mark, "swap": swap, "action": action})
    if problems := list(_faults(rule, values)):
        raise RuleError(problems)
    return Options(values["patterns"], values.get("mark"), values.get("swap"), values.get("action", Action()))


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises OffError for rules whose attributes no pipeline gives."""
    off = [Problem(rule.path, 1, 1, why) for rule in rules if (why := _why_off(rule, rule.options, context))]
    running = [rule for rule in rules if rule.path not in {problem.path for problem in off}]
    conditions = {key_of(word): word for rule in running for found in rule.options.patterns for word in found}
    needs = tokenpatterns.attributes([tuple(conditions.values())]) & TRAINED
    runner = Runner({key: word.conditions for key, word in conditions.items() if word.conditions}, needs)
    checks = [_check(rule, rule.options, context, runner) for rule in running]
    if off:
        raise OffError(off, checks)
    return checks


# -- one rule -------------------------------------------------------------------------------------


def _mark(node: Node, key: str, problems: Problems) -> tuple[int, int]:
    """The first and the last word of the place, counted from 1."""
    items = node.items if isinstance(node, SequenceNode) else (node,)
    numbers = [whole(item, key, problems, least=1) for item in items]
    if len(numbers) not in (1, 2) or numbers != sorted(numbers):
        problems.append(node.problem("`mark` must be the number of a word, or those of the first and the last"))
        return 1, 1
    return numbers[0], numbers[-1]


def _faults(rule: Rule, values: Mapping[str, Any]) -> Iterator[Problem]:
    if not values.get("patterns"):
        yield problem(rule, "patterns", "a tokens rule needs `patterns`: lists of words such as {LOWER: a}")
    elif "mark" in values and values["mark"][1] > (shortest := min(map(len, values["patterns"]))):
        yield problem(rule, "mark", f"`mark` names word {values['mark'][1]}; a pattern has {shortest}")


def languages(rule: Rule) -> tuple[str, ...]:
    """The languages that a rule is for; () for any."""
    named = (one.values for one in rule.where if one.key == "locale" and not one.negated)
    return tuple(dict.fromkeys(value.partition("-")[0] for value in next(named, ())))


def _why_off(rule: Rule, own: Options, context: Context) -> str:
    """Why a rule cannot run here; "" if it can."""
    needs = tokenpatterns.attributes(own.patterns) & TRAINED
    own_languages = languages(rule)
    candidates = own_languages or (*context.pipelines, "en")
    lacking = [needs - pipeline_for(language, needs, context).gives for language in candidates]
    if all(lacking):
        asked = ", ".join(sorted(lacking[0]))
        hint = "; or `pip install 'cannedkit[lemma]'`" if asked == LOOKED_UP else ""
        return f"{rule.id} is off: it asks for {asked}; name a pipeline of spaCy that gives it under `pipelines`{hint}"
    uncut = [missing(language) for language in own_languages if language not in context.pipelines]
    if uncut and all(uncut):
        return f"{rule.id} is off: words of {own_languages[0]} need `pip install {uncut[0]}`"
    return ""


def pipeline_for(language: str, needs: frozenset[str], context: Context) -> Pipeline:
    """The pipeline that reads a language for a rule with some needs; a blank one where no other is to be had."""
    return at_hand(language, context.pipelines, needs, unnamed=context.proofreads)


def _check(rule: Rule, own: Options, context: Context, runner: Runner) -> Check:
    patterns = own.patterns
    needs = tokenpatterns.attributes(patterns) & TRAINED
    steps = [_steps(found) for found in patterns]
    searched = frozenset(one for found in patterns for word in found for one in expressions(word.conditions))
    swaps, does = own.swap, own.action

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        pipeline = pipeline_for(draft.locale.partition("-")[0], needs, context)
        if not needs <= pipeline.gives:
            return
        seen = runner.seen(draft.text, pipeline)
        if searched & seen.slow:
            raise TimeoutError
        for start, end in _places(seen, steps, spans(draft, rule), own.mark):
            found = draft.text[start:end]
            fixes = does.fixes(found) if swaps is None else swapped(swaps, draft.text, start, end)
            if swaps is not None and (not fixes or fixes[0] == found):
                continue
            shown = (listed(fixes) if len(fixes) > 1 else fixes[0], found) if swaps is not None else (found,)
            safe = len(fixes) == 1 and (does.safe or (swaps is not None and does.replaces))
            yield finding(rule, start, end, formatted(rule.message, *shown), fixes, safe=safe)

    forms = partial(_forms, languages(rule), context)
    return Check(rule, run, tuple(tokenpatterns.literals(found, forms) for found in patterns))


def _forms(languages: Sequence[str], context: Context, lemma: str) -> tuple[str, ...]:
    """Every form of a lemma in the languages of a rule; () where a trained pipeline, or nobody, knows them."""
    if not languages or not all(at_hand(language, context.pipelines).looks_up for language in languages):
        return ()
    return tuple(form for language in languages for form in lemmas.forms_of(lemma, language))


# -- how words follow one another -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Step:
    """One word at most of a match. `entry` counts the words of the pattern from 1; `key` "" is any word."""

    key: str
    entry: int
    negated: bool
    optional: bool = False
    repeats: bool = False


def _steps(found: Pattern) -> list[_Step]:
    made = []
    for entry, word in enumerate(found, 1):
        step = partial(_Step, key_of(word) if word.conditions else "", entry, word.negated)
        made += [step() for _ in range(word.least)]
        if word.most is None:
            made.append(step(optional=True, repeats=True))
        else:
            made += [step(optional=True) for _ in range(word.most - word.least)]
    return made


def _places(
    seen: Seen, patterns: Sequence[Sequence[_Step]], stretches: Sequence[tuple[int, int]], mark: tuple[int, int] | None
) -> Iterator[tuple[int, int]]:
    """The places of the matches inside some stretches of the text: the leftmost, the longest of them, no overlap."""
    for start, end in stretches:
        first, last = bisect_left(seen.starts, start), bisect_right(seen.ends, end)
        ways = [(steps, fits, _reach(steps, fits, first, last)) for steps in patterns if (fits := _fits(seen, steps))]
        at = first
        while ways and at < last:
            to, way = max((reach[0][at - first], -number) for number, (_, _, reach) in enumerate(ways))
            if to > at:
                steps, fits, reach = ways[-way]
                left, right = _marked(steps, fits, reach, first, at, to, mark) if mark else (at, to - 1)
                yield seen.starts[left], seen.ends[right]
            at = max(to, at + 1)


def _fits(seen: Seen, steps: Sequence[_Step]) -> list[Callable[[int], bool]]:
    """For each step whether a word fits it; [] where a word that the pattern cannot do without fits nowhere."""
    made: list[Callable[[int], bool]] = []
    for step in steps:
        words = seen.meets.get(step.key, frozenset())
        if step.key and not words and not step.negated and not step.optional:
            return []
        made.append(partial(_is_met, words, not step.key, step.negated))
    return made


def _is_met(words: frozenset[int], any_word: bool, negated: bool, word: int) -> bool:
    return (any_word or word in words) != negated


def _reach(steps: Sequence[_Step], fits: Sequence[Callable[[int], bool]], first: int, last: int) -> list[list[int]]:
    """For each step, how far a match can come from each word on; worked out from the end, each word once a step."""
    rows = [list(range(first, last + 1))]
    for step, fit in zip(reversed(steps), reversed(fits), strict=True):
        after = rows[-1]
        row = list(after) if step.optional else [_NEVER] * len(after)
        for at in range(len(row) - 2, -1, -1):
            if fit(first + at):
                row[at] = max(row[at], row[at + 1] if step.repeats else after[at + 1])
        rows.append(row)
    return rows[::-1]


def _marked(
    steps: Sequence[_Step],
    fits: Sequence[Callable[[int], bool]],
    reach: Sequence[Sequence[int]],
    first: int,
    at: int,
    to: int,
    mark: tuple[int, int],
) -> tuple[int, int]:
    """The first and last word of a match that stand for the marked words of its pattern; of all where none does."""
    whole = (at, to - 1)
    found: list[int] = []
    step = 0
    while step < len(steps):
        following = step if steps[step].repeats else step + 1
        if at < to and fits[step](at) and reach[following][at + 1 - first] == to:
            if mark[0] <= steps[step].entry <= mark[1]:
                found.append(at)
            at, step = at + 1, following
        else:
            step += 1
    return (found[0], found[-1]) if found else whole
