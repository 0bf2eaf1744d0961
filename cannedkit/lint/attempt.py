"""One check and one draft: what it finds, or why it failed."""

from __future__ import annotations

from dataclasses import replace

from cannedkit.model.draft import Draft, Finding, Level
from cannedkit.model.errors import EXHAUSTED, EngineError, Failure, exhausted
from cannedkit.model.rule import Check, Hits, Rule
from cannedkit.pattern.alternation import PatternError
from cannedkit.pattern.budget import Budget, BudgetSpent, counted, running

_HEARD = "(They are upset: “%s”.)"
"""What a finding says of a mood that nobody gave: the customer's words that it was read from."""


def attempt(check: Check, draft: Draft, hits: Hits) -> list[Finding] | Failure:
    """What a check finds in a draft, at the level of its rule; a rule that spends its time is off from then on."""
    rule = check.rule
    try:
        found = _run(check, draft, hits)
    except BudgetSpent:
        running().off.add(rule.id)
        return Failure(rule.id, _spent(check, running()))
    except TimeoutError:
        return Failure(rule.id, f"ran out of time; mend its pattern in {rule.path}")
    except (EngineError, PatternError) as error:  # some patterns are compiled where they are first needed
        return Failure(rule.id, str(error))
    except EXHAUSTED as error:
        return Failure(rule.id, f"what it looks for, or at, {exhausted(error)}")
    if draft.units:
        from cannedkit.markdown.views import without_excluded

        found = list(without_excluded(rule, draft, found))
    if draft.heard and any(condition.key == "mood" for condition in rule.where):
        found = [replace(one, message=f"{one.message} {_HEARD % draft.heard}") for one in found]
    return found[: rule.limit] if rule.limit else found


def levelled(findings: list[Finding], at: Level, rule: Rule) -> list[Finding]:
    """What a check finds, at the level of its rule in a draft where that is another than elsewhere."""
    return findings if at == rule.level else [replace(one, level=at) for one in findings]


def looks(check: Check, kind: str) -> bool:
    """Whether a check looks at a kind of view of a Markdown draft."""
    from cannedkit.markdown import views

    return views.looks(check.rule, kind)


def _run(check: Check, draft: Draft, hits: Hits) -> list[Finding]:
    """What a check finds; the time that patterns of somebody else's rule take is counted. Raises TimeoutError."""
    if not check.foreign:
        return list(check.run(draft, hits))
    with counted(check.rule.id):
        return list(check.run(draft, hits))


def _spent(check: Check, budget: Budget) -> str:
    return (
        f"has spent its part of the {budget.seconds:g} s that patterns may take in all, and read no further; mend its "
        f"pattern in {check.rule.path}, or allow more: --time-limit"
    )
