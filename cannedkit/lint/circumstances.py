"""Which checks run in the circumstances of a draft, and at which level: decided once for all drafts that share them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cannedkit import kinds
from cannedkit.lint.planned import Checks, Planned, rules_of
from cannedkit.model.draft import Draft, Level
from cannedkit.model.rule import Rule
from cannedkit.rules.levels import applies
from cannedkit.rules.scope import units_of

MOST_CIRCUMSTANCES = 256
"""Circumstances for which a linter remembers what it decided; our own choice."""

Row = tuple[Level | None, tuple[str, str]]
"""The level of a check, None where it does not run, and what it needs (see Check): anyhow, and without a literal."""

_OFF: Row = (None, ("", ""))

_Told = tuple[tuple[str, str], frozenset[tuple[str, str]] | None]
"""What a check needs, and the channels and parts of a message on which it can find something, None for any."""


def circumstances(draft: Draft, *, whole: bool) -> tuple[object, ...]:
    """What conditions and scopes of rules look at; `whole`: what overrides of levels look at, too."""
    is_plain = draft.format == "text"
    told = (draft.locale, draft.channel, draft.mood, draft.known, draft.topic, draft.status, draft.part, is_plain)
    return (*told, draft.path) if whole else told


def rows(checks: Checks, draft: Draft, level: Callable[[Rule], Level | None]) -> Sequence[Row]:
    """What each check is in the circumstances of a draft; `level` is that of a rule in them, None for off."""
    place = (draft.channel, draft.part)
    return [
        (level(rule), needs) if (on is None or place in on) and applies(rule, draft) and _looks(rule, draft) else _OFF
        for rule, (needs, on) in zip(rules_of(checks), _told(checks), strict=True)
    ]


def _looks(rule: Rule, draft: Draft) -> bool:
    """Whether a rule looks at anything of such drafts: a plain text has no headings, lists or cells."""
    return draft.format != "text" or rule.kind not in kinds.IN_SCOPES or bool(units_of(rule.scope, rule.splits))


def _told(checks: Checks) -> Sequence[_Told]:
    if isinstance(checks, Planned):
        return list(zip(checks.places.needs, checks.places.on, strict=True))
    return [((check.needs, check.without), check.on) for check in checks]
