"""What each rule did with one text: why it did not look, what it found, and what silenced it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cannedkit import kinds
from cannedkit.lint import linter as lint
from cannedkit.model.draft import Draft, Level
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Condition, Rule
from cannedkit.model.settings import Override, Settings, Vocabulary
from cannedkit.rules.levels import holding, holds, overridden

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Trace:
    """One rule and one text.

    `unmet` is the first condition of its `where` that does not hold; else `looked` says whether its literals stand in
    the text. `found` are the spans of its findings, `excepted` those that its own exceptions silenced, `accepted` those
    that the vocabulary silenced. `override` is the level that one of the `overrides` gives it in this draft, None for
    off, and which does; a rule that is off looks at nothing.
    """

    rule: Rule
    unmet: Condition | None = None
    looked: bool = False
    found: tuple[Span, ...] = ()
    excepted: tuple[Span, ...] = ()
    accepted: tuple[Span, ...] = ()
    override: tuple[Level | None, Override] | None = None


def trace(linter: lint.Linter, settings: Settings, draft: Draft) -> Iterator[Trace]:
    """What each rule of a linter did with a draft, in the linter's order. Raises TimeoutError."""
    hits = linter.prefilter.hits(draft.text)
    here = [one for one in settings.overrides if holding([one], draft.topic, draft.channel, draft.path)]
    for index, check in enumerate(linter.checks):
        override = next(((at, one) for one, at, _ in overridden(check.rule.id, here)), None)
        if not override and check.rule.id in linter.asleep:
            continue  # it is off, but where an override turns it on
        if override and override[0] is None:
            yield Trace(check.rule, override=override)
            continue
        unmet = next((condition for condition in check.rule.where if not holds(condition, draft)), None)
        if unmet is not None or index not in hits:
            yield Trace(check.rule, unmet, override=override)
            continue
        found = _spans(check, draft)
        if check.rule.kind in kinds.TOGETHER:
            yield Trace(check.rule, looked=True, found=found, override=override)
            continue
        without_vocabulary = _spans(_rebuilt(check.rule, settings, ()), draft)
        without_either = _spans(_rebuilt(check.rule, settings, ("exceptions",)), draft)
        yield Trace(
            check.rule,
            looked=True,
            found=found,
            excepted=_missing(without_either, without_vocabulary),
            accepted=_missing(without_vocabulary, found),
            override=override,
        )


def _rebuilt(rule: Rule, settings: Settings, without: tuple[str, ...]) -> Check | None:
    """The rule's check without the vocabulary and without some of its own keys."""
    bare = replace(rule.options, **{key: () for key in without if hasattr(rule.options, key)})
    context = kinds.context_of(replace(settings, vocabulary=Vocabulary()))
    try:
        built = kinds.build([replace(rule, options=bare)], context)
    except RuleError:
        return None
    return built[0] if built else None


def _spans(check: Check | None, draft: Draft) -> tuple[Span, ...]:
    return tuple((one.start, one.end) for one in lint.run_alone(check, draft)) if check else ()


def _missing(more: tuple[Span, ...], fewer: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(span for span in more if span not in fewer)
