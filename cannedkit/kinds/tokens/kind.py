"""`tokens`: each match of a pattern of spaCy's Matcher is a finding: words by form, lemma, shape, part of speech.

spaCy says which words of a draft meet which conditions, once a draft for all rules; how often a word stands there
(`OP`) is worked out here, in time that grows with the draft alone, and the longest match from the left is kept.
spaCy is loaded when a draft holds a text that a rule needs.

Keys: `patterns`; `mark`, which of the words of a pattern, counted from 1, are the finding's place: one number or the
first and last; `swap`, from what stands at the place, a regular expression without regard to case, to what should,
a text or a list, best first: what has no entry is no fault; `action`.
"""

from __future__ import annotations

import json
import threading
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from cannedkit.kinds.tokens import patterns as tokenpatterns
from cannedkit.kinds.tokens.patterns import FUZZY, TRAINED, Pattern
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import OffError, Problem, RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import TIME_LIMIT, compiled, search
from cannedkit.rules.action import Action, action
from cannedkit.rules.message import finding, formatted, listed, problem
from cannedkit.rules.options import options
from cannedkit.rules.scope import spans
from cannedkit.rules.swap import Swap, swap, swapped
from cannedkit.words import lemmas, pipelines
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.node import Sequence as SequenceNode
from cannedkit.yamlsource.schema import Problems, whole

_EXPRESSION = "\0"  # before what spaCy takes for the text of a FUZZY condition, and is a regular expression
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
    conditions = {_key(word): word for rule in running for found in rule.options.patterns for word in found}
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


def _languages(rule: Rule) -> tuple[str, ...]:
    """The languages that a rule is for; () for any."""
    named = (one.values for one in rule.where if one.key == "locale" and not one.negated)
    return tuple(dict.fromkeys(value.partition("-")[0] for value in next(named, ())))


def _why_off(rule: Rule, own: Options, context: Context) -> str:
    """Why a rule cannot run here; "" if it can."""
    needs = tokenpatterns.attributes(own.patterns) & TRAINED
    languages = _languages(rule)
    candidates = languages or (*context.pipelines, "en")
    lacking = [needs - _pipeline(language, context).gives for language in candidates]
    if all(lacking):
        asked = ", ".join(sorted(lacking[0]))
        hint = "; or `pip install 'cannedkit[lemma]'`" if asked == pipelines.LOOKED_UP else ""
        return f"{rule.id} is off: it asks for {asked}; name a pipeline of spaCy that gives it under `pipelines`{hint}"
    uncut = [pipelines.missing(language) for language in languages if language not in context.pipelines]
    if uncut and all(uncut):
        return f"{rule.id} is off: words of {languages[0]} need `pip install {uncut[0]}`"
    return ""


def _pipeline(language: str, context: Context) -> pipelines.Pipeline:
    return pipelines.opened(language, context.pipelines.get(language, ""))


def _check(rule: Rule, own: Options, context: Context, runner: Runner) -> Check:
    patterns = own.patterns
    needs = tokenpatterns.attributes(patterns) & TRAINED
    steps = [_steps(found) for found in patterns]
    expressions = frozenset(one for found in patterns for word in found for one in _expressions(word.conditions))
    swaps, does = own.swap, own.action

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        pipeline = _pipeline(draft.locale.partition("-")[0], context)
        if not needs <= pipeline.gives:
            return
        seen = runner.seen(draft.text, pipeline)
        if expressions & seen.slow:
            raise TimeoutError
        for start, end in _places(seen, steps, spans(draft, rule), own.mark):
            found = draft.text[start:end]
            fixes = does.fixes(found) if swaps is None else swapped(swaps, draft.text, start, end)
            if swaps is not None and (not fixes or fixes[0] == found):
                continue
            shown = (listed(fixes) if len(fixes) > 1 else fixes[0], found) if swaps is not None else (found,)
            safe = len(fixes) == 1 and (does.safe or (swaps is not None and does.replaces))
            yield finding(rule, start, end, formatted(rule.message, *shown), fixes, safe=safe)

    forms = partial(_forms, _languages(rule), context)
    return Check(rule, run, tuple(tokenpatterns.literals(found, forms) for found in patterns))


def _forms(languages: Sequence[str], context: Context, lemma: str) -> tuple[str, ...]:
    """Every form of a lemma in the languages of a rule; () where a trained pipeline, or nobody, knows them."""
    if not languages or not all(_pipeline(language, context).looks_up for language in languages):
        return ()
    return tuple(form for language in languages for form in lemmas.forms_of(lemma, language))


# -- what spaCy sees ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """The words of a text: where each starts and ends, in code points, and which meet which conditions.

    `slow` are the regular expressions that ran out of time.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    meets: Mapping[str, frozenset[int]]
    slow: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Searches:
    """Regular expressions on the words of one text: the time each has taken, and what it found in which word."""

    spent: dict[str, float] = field(default_factory=dict)
    known: dict[tuple[str, str], bool] = field(default_factory=dict)

    def fits(self, word: str, wanted: str, slips: int) -> bool:
        """What spaCy asks of a FUZZY condition: whether a word is near enough, or matches an expression."""
        if not wanted.startswith(_EXPRESSION):
            from spacy.matcher.levenshtein import levenshtein_compare

            return bool(levenshtein_compare(word, wanted, slips))
        if (word, wanted) not in self.known:
            self.known[word, wanted] = self._search(word, wanted.removeprefix(_EXPRESSION))
        return self.known[word, wanted]

    def _search(self, word: str, expression: str) -> bool:
        if self.spent.get(expression, 0.0) >= TIME_LIMIT:
            return False
        began = time.thread_time()
        try:
            return search(compiled(expression, False), word) is not None
        except TimeoutError:
            self.spent[expression] = TIME_LIMIT
            return False
        finally:
            self.spent[expression] = self.spent.get(expression, 0.0) + time.thread_time() - began

    def slow(self) -> frozenset[str]:
        """The expressions that ran out of time."""
        return frozenset(expression for expression, seconds in self.spent.items() if seconds >= TIME_LIMIT)

    def clear(self) -> None:
        """Forget the text."""
        self.spent.clear()
        self.known.clear()


@dataclass(frozen=True)
class Runner:
    """All conditions of the rules, by key, tried on each word of a text in one pass.

    `needs` are the attributes among them that a pipeline sets. A thread remembers the text before: each rule asks for
    itself.
    """

    conditions: Mapping[str, Mapping[str, Any]]
    needs: frozenset[str] = frozenset()
    _matchers: dict[pipelines.Pipeline, tuple[Any, _Searches]] = field(default_factory=dict, repr=False, compare=False)
    _thread: threading.local = field(default_factory=threading.local, repr=False, compare=False)

    def seen(self, text: str, pipeline: pipelines.Pipeline) -> Seen:
        """The words of a text. Raises EngineError where spaCy does not load."""
        kept = self._thread.__dict__
        if kept.get("key") != (text, pipeline):
            with pipeline.lock:
                matcher, searches = self._matcher(pipeline)
                kept["seen"] = pipeline.reading(lambda nlp: text, self.needs, lambda doc: _seen(doc, matcher, searches))
            kept["key"] = (text, pipeline)
        seen: Seen = kept["seen"]
        return seen

    def _matcher(self, pipeline: pipelines.Pipeline) -> tuple[Any, _Searches]:
        if pipeline not in self._matchers:
            from spacy.matcher import Matcher

            searches = _Searches()
            matcher = Matcher(pipeline.nlp.vocab, validate=False, fuzzy_compare=searches.fits)
            for key, conditions in self.conditions.items():
                matcher.add(key, [[_prepared(conditions)]])
            self._matchers[pipeline] = (matcher, searches)
        return self._matchers[pipeline]


def _seen(doc: Any, matcher: Any, searches: _Searches) -> Seen:
    searches.clear()
    meets: dict[int, set[int]] = {}
    for key, start, _ in matcher(doc, allow_missing=True) if len(matcher) else ():
        meets.setdefault(key, set()).add(start)
    named = {doc.vocab.strings[key]: frozenset(found) for key, found in meets.items()}
    places = [(token.idx, token.idx + len(token)) for token in doc]
    return Seen([start for start, _ in places], [end for _, end in places], named, searches.slow())


def _key(word: tokenpatterns.Word) -> str:
    """What two words of patterns have in common that ask for the same."""
    return json.dumps(word.conditions, sort_keys=True)


def _prepared(conditions: Mapping[str, Any]) -> dict[str, Any]:
    """Conditions for spaCy, whose own regular expressions know no time limit: ours are asked by way of FUZZY."""
    made = dict(conditions)
    for name, value in conditions.items():
        if isinstance(value, dict) and "REGEX" in value:
            found = value["REGEX"]
            marked = (
                {key: [_EXPRESSION + one for one in listed] for key, listed in found.items()}
                if isinstance(found, dict)
                else _EXPRESSION + found
            )
            free = next(fuzzy for fuzzy in FUZZY if fuzzy not in value)
            made[name] = {key: one for key, one in value.items() if key != "REGEX"} | {free: marked}
    return made


def _expressions(conditions: Mapping[str, Any]) -> Iterator[str]:
    for value in conditions.values():
        found = value.get("REGEX") if isinstance(value, dict) else None
        if isinstance(found, dict):
            for listed in found.values():
                yield from listed
        elif found is not None:
            yield found


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
        step = partial(_Step, _key(word) if word.conditions else "", entry, word.negated)
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
