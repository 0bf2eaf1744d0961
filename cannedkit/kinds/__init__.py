"""The kinds of rules: one module each, and the dict that lists them.

`read(rule) -> options` takes a rule whose `options` are YAML nodes and gives typed ones, which can be kept on disk;
`build(rules, context) -> [Check]` takes rules that were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import EXHAUSTED, OffError, Problem, RuleError, exhausted
from cannedkit.model.rule import Check, Context, Hits, RecordCheck, Rule, WholeCheck
from cannedkit.model.settings import Settings
from cannedkit.text.nearest import nearest

_VALE = (
    "capitalization",
    "conditional",
    "consistency",
    "existence",
    "metric",
    "occurrence",
    "readability",
    "repetition",
    "script",
    "sequence",
    "spelling",
    "substitution",
)
_OWN = (
    "abbreviation",
    "absence",
    "alphabet",
    "answer",
    "counted",
    "dialect",
    "differs",
    "forms",
    "language",
    "length",
    "limit",
    "meaning",
    "next-step",
    "overdue",
    "personal-data",
    "placeholders",
    "promise",
    "register",
    "said-again",
    "share",
    "untold",
)

_RECORD = (
    "against-facts",
    "alike",
    "apart",
    "ended",
    "parity",
    "requires",
    "successor",
    "unserved",
    "untranslated",
    "wordings",
)
_WHOLE = ("address", "clash", "contradiction", "duplicates", "ended-facts", "unused")

KINDS: Mapping[str, str] = {
    **{name: f"cannedkit.kinds.vale.{name}" for name in _VALE},
    **{name: f"cannedkit.kinds.{name.replace('-', '_')}" for name in _OWN},
    "dependency": "cannedkit.kinds.tokens.dependency",
    "known-facts": "cannedkit.kinds.known_facts.kind",
    "tokens": "cannedkit.kinds.tokens.kind",
    "weir": "cannedkit.kinds.weir.kind",
    **{name: f"cannedkit.kinds.record.{name.replace('-', '_')}" for name in _RECORD},
    **{name: f"cannedkit.kinds.whole.{name.replace('-', '_')}" for name in _WHOLE},
}
"""What a rule `extends` -> the module that builds it."""

RECORD, WHOLE = frozenset(_RECORD), frozenset(_WHOLE)
"""Kinds whose rules read a response, and those whose rules read the whole catalogue; all others read drafts."""

TOGETHER = frozenset({"dependency", "meaning", "tokens", "weir"})
"""Kinds whose rules look in one pass, and so are built in one call; their checks stand last."""


IN_SCOPES = frozenset(_VALE)
"""Kinds whose rules look at nothing but the stretches that their scopes name (see `rules.scope`)."""

UNADVISED = frozenset({"dialect"})
"""Kinds that proofread: how words are spelt nobody has to be told before writing."""

SURFACE = frozenset(("alphabet", "capitalization", "existence", "placeholders", "repetition", "substitution"))
"""Kinds that look at how a text is written, whatever it says: what they find beside a value tells of the text."""


@dataclass(frozen=True, slots=True)
class Built:
    """The checks of some rules; what is wrong with those that could not be built; why some cannot run here."""

    checks: tuple[Check, ...]
    refused: tuple[Problem, ...] = ()
    off: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueChecks:
    """The checks of rules that read a response, of those that read the catalogue; what is wrong with the others."""

    records: tuple[RecordCheck, ...] = ()
    wholes: tuple[WholeCheck, ...] = ()
    refused: tuple[Problem, ...] = ()


def read(rule: Rule) -> Rule:
    """The rule with its options as its kind reads them. Raises RuleError, OffError."""
    if rule.kind not in KINDS:
        hint = nearest(rule.kind, KINDS)
        raise RuleError([Problem(rule.path, 1, 1, f"`extends: {rule.kind}` is no kind of rule{hint}")])
    if reads_drafts(rule):
        fault = "`keeps` is for rules that read a response or the catalogue" if rule.keeps else ""
    else:
        fault = "a rule that reads a response or the catalogue has no `scope`" if rule.scope != ("text",) else ""
    if fault:
        raise RuleError([Problem(rule.path, 1, 1, fault)])
    return replace(rule, options=import_module(KINDS[rule.kind]).read(rule))


def reads_drafts(rule: Rule) -> bool:
    """Whether a rule looks at drafts, and not at a response or the whole catalogue."""
    return rule.kind not in RECORD and rule.kind not in WHOLE


def context_of(settings: Settings) -> Context:
    """What kinds may know of the settings."""
    return Context(
        settings.vocabulary,
        settings.channels,
        harper="harper" in settings.engines,
        facts=settings.facts,
        offers=settings.offers,
        pipelines=settings.pipelines,
        proofreads=bool(settings.engines),
    )


def build(rules: Iterable[Rule], context: Context) -> list[Check]:
    """The checks of some rules, in the order of the rules. Raises RuleError with every fault found."""
    built = build_each(rules, context)
    if built.refused:
        raise RuleError(built.refused)
    return list(built.checks)


def build_catalogue(rules: Iterable[Rule], context: Context) -> CatalogueChecks:
    """The checks of the rules that read a response or the catalogue; one bad rule leaves the others alone."""
    checks: dict[bool, list[Any]] = {True: [], False: []}
    refused: list[Problem] = []
    for rule in rules:
        try:
            checks[rule.kind in RECORD] += import_module(KINDS[rule.kind]).build([rule], context)
        except RuleError as error:
            refused.extend(error.problems)
    return CatalogueChecks(tuple(checks[True]), tuple(checks[False]), tuple(refused))


def build_each(rules: Iterable[Rule], context: Context) -> Built:
    """The checks of the rules that can be built, in the order of the rules; one bad rule leaves the others alone."""
    refused: list[Problem] = []
    off: list[Problem] = []
    checks: list[Check] = []
    together: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.kind in TOGETHER:
            together.setdefault(rule.kind, []).append(rule)
            continue
        try:
            checks += map(_once, import_module(KINDS[rule.kind]).build([rule], context))
        except RuleError as error:
            refused.extend(error.problems)
        except OffError as error:
            off.extend(error.problems)
        except EXHAUSTED as error:
            refused.append(_too_much(rule, error))
    for kind, group in together.items():
        built = _together(kind, group, context)
        checks += map(_once, built.checks)
        refused += built.refused
        off += built.off
    return Built(tuple(checks), tuple(refused), tuple(off))


def _together(kind: str, group: list[Rule], context: Context) -> Built:
    """The checks of rules that are built in one call; the good ones where some are bad."""
    module = import_module(KINDS[kind])
    try:
        return Built(tuple(module.build(group, context)))
    except OffError as error:
        return Built(error.checks, (), error.problems)
    except RuleError as error:
        bad = {problem.path for problem in error.problems}
        good = [rule for rule in group if rule.path not in bad]
        rest = _together(kind, good, context) if good and len(good) < len(group) else Built(())
        return Built(rest.checks, (*error.problems, *rest.refused), rest.off)
    except EXHAUSTED as error:
        if len(group) == 1:
            return Built((), (_too_much(group[0], error),))
        halves = (group[: len(group) // 2], group[len(group) // 2 :])
        first, second = (_together(kind, half, context) for half in halves)
        return Built(first.checks + second.checks, first.refused + second.refused, first.off + second.off)


def _too_much(rule: Rule, error: BaseException) -> Problem:
    return Problem(rule.path, 1, 1, f"the rule {exhausted(error)}: write it as several")


def _once(check: Check) -> Check:
    """The check of a rule that looks at a text in several ways, with one finding a place: the first, as in Vale."""
    if not check.rule.splits and len(check.rule.scope) == 1:
        return check

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        seen: set[int] = set()
        for finding in check.run(draft, hits):
            if finding.start not in seen:
                seen.add(finding.start)
                yield finding

    return replace(check, run=run)
