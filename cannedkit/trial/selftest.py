"""The `bad` and `good` of rules, run: a bad example must be found just where it is marked, a good one by no rule."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from cannedkit import kinds
from cannedkit.kinds import meaning
from cannedkit.lint import linter as lint
from cannedkit.lint.packs import examples
from cannedkit.model.draft import Draft, Finding, Level
from cannedkit.model.errors import Problem
from cannedkit.model.rule import Check, Example, Examples, Pack, Rule
from cannedkit.model.settings import Settings
from cannedkit.pattern.literals import required
from cannedkit.trial import cases as valecases
from cannedkit.trial import catalogues
from cannedkit.words.mood import heard

_HOLE = re.compile(r"\{\{ *([\w.]+) *\}\}")


def test(packs: Iterable[Pack], settings: Settings) -> tuple[list[Problem], int]:
    """What is wrong with the examples of every rule, also of those that are off, and how many examples ran.

    Raises RuleError for a rule that cannot be built.
    """
    problems: list[Problem] = []
    ran = 0
    for pack in packs:
        if not os.path.isdir(pack.path):  # made of settings: there is no file that could have examples
            continue
        levels: dict[str, Level | None] = {rule.id: rule.level or Level.SUGGESTION for rule in pack.rules}
        linter = lint.build(replace(settings, levels=levels, engines={"harper": {}}, facts={}, offers={}), [pack])
        tried = examples(pack)
        off = {rule.id for rule in pack.rules if rule.level is None}
        wrong, others = catalogues.test(pack, tried)
        problems += wrong
        ran += others
        for check in linter.checks:
            rule, own = check.rule, tried.get(check.rule.id, Examples())
            if not own.bad and not own.good and not _has_cases(rule):
                problems.append(Problem(rule.path, 1, 1, f"{rule.id} has no examples: add `bad` and `good`"))
            problems += _dead_tokens(check, settings)
            problems += _catalogues(rule, own)
            for example in own.bad:
                problems += _bad(check, example, settings)
            for example in own.good:
                problems += _good(check, example, settings)
                problems += _quarrels(linter, rule, example, settings, off)
            ran += len(own.bad) + len(own.good)
        wrong, cases = valecases.problems(pack, linter)
        problems += wrong
        ran += cases
    return sorted(problems), ran


def notes(packs: Iterable[Pack], settings: Settings) -> Iterator[str]:
    """What is no problem and good to know: the rules for which spaCy must read every draft, and what examples teach."""
    for pack in packs:
        yield from meaning.left_out([rule for rule in pack.rules if rule.kind == "meaning"])
        rules = [rule for rule in pack.rules if rule.kind == "tokens"]
        for check in kinds.build_each(rules, kinds.context_of(settings)).checks:
            if not all(check.literals):
                yield f"{check.rule.id} looks at every draft: a pattern of it has no word that must stand there"


def _catalogues(rule: Rule, tried: Examples) -> Iterator[Problem]:
    """A problem for each example that is a catalogue: the rule reads drafts."""
    for example in (*tried.bad, *tried.good):
        if example.catalogue:
            yield _problem(rule, example, "reads drafts: its examples are texts")


def _has_cases(rule: Rule) -> bool:
    """Whether a rule has Vale's own tests."""
    path = Path(rule.path)
    return os.path.isfile(path.with_name(f"{path.stem}.test.yml")) or rule.tested


def draft_of(example: Example, rule: Rule, settings: Settings) -> Draft:
    """The draft that an example stands for, under the rule's own `where`; a `{{ name }}` in it is a filled value."""
    own = {condition.key: condition.values[0] for condition in rule.where if not condition.negated and condition.values}
    known = example.known if example.known is not None else (own["known"],) if "known" in own else ()
    holes = list(_HOLE.finditer(example.text))
    locale = example.locale or own.get("locale", settings.locale)
    mood = example.mood or own.get("mood", "")
    read = "" if mood else heard(example.history, locale)
    return Draft(
        example.text,
        locale=locale,
        channel=example.channel or own.get("channel", "chat"),
        mood=mood or ("upset" if read else "neutral"),
        heard=read,
        known=known,
        history=example.history,
        topic=own.get("topic", ""),
        status=own.get("status", ""),
        part=own.get("part", "body"),
        filled=tuple(hole.span() for hole in holes),
        placeholders=tuple(hole[1] for hole in holes),
    )


def _bad(check: Check, example: Example, settings: Settings) -> Iterator[Problem]:
    try:
        found = [
            (finding.start, finding.end) for finding in lint.run_alone(check, draft_of(example, check.rule, settings))
        ]
    except TimeoutError:
        yield _problem(check.rule, example, "ran out of time on its `bad` example")
        return
    wanted = list(example.spans) if example.spans else [(0, len(example.text))]
    if sorted(set(found)) != sorted(wanted):
        shown = ", ".join(repr(example.text[start:end]) for start, end in sorted(set(found))) or "nothing"
        marked = ", ".join(repr(example.text[start:end]) for start, end in wanted)
        yield _problem(check.rule, example, f"`bad` example: found {shown} where {marked} is marked")


def _good(check: Check, example: Example, settings: Settings) -> Iterator[Problem]:
    try:
        findings = lint.run_alone(check, draft_of(example, check.rule, settings))
    except TimeoutError:
        yield _problem(check.rule, example, "ran out of time on its `good` example")
        return
    for finding in findings:
        yield _problem(check.rule, example, f"`good` example: flags {_text(example, finding)}")


def _dead_tokens(check: Check, settings: Settings) -> Iterator[Problem]:
    """Tokens that can never match: `etc,` between word boundaries, for its comma is followed by no word."""
    rule = check.rule
    if rule.kind != "existence" or rule.options.exceptions:
        return
    for token, line in zip(rule.options.tokens, rule.options.lines, strict=False):
        need = required(token)
        if need.exact and not any(_fires(check, text, settings) for text in need.texts):
            message = f"{rule.id}: `{token}` never matches a text of its own; try `nonword: true`"
            yield Problem(rule.path, line, 1, message)


def _fires(check: Check, text: str, settings: Settings) -> bool:
    example = Example(text, None)
    try:
        return bool(lint.run_alone(check, draft_of(example, check.rule, settings)))
    except TimeoutError:
        return True


def _quarrels(
    linter: lint.Linter, rule: Rule, example: Example, settings: Settings, off: set[str]
) -> Iterator[Problem]:
    """Other rules of the pack that would warn of a text that this rule calls good."""
    findings, _ = linter.by_rules(draft_of(example, rule, settings))
    for finding in findings:
        if finding.rule not in (rule.id, *off) and finding.level >= Level.WARNING:
            yield _problem(rule, example, f"`good` example: {finding.rule} flags {_text(example, finding)}")


def _text(example: Example, finding: Finding) -> str:
    return repr(example.text[finding.start : finding.end])


def _problem(rule: Rule, example: Example, message: str) -> Problem:
    return Problem(rule.path, example.line, 1, f"{rule.id}: {message}")
