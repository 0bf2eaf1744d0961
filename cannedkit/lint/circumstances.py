"""Which checks run in the circumstances of a draft, and at which level: decided once for all drafts that share them."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field

from cannedkit import kinds
from cannedkit.lint.planned import Checks, Planned, rules_of
from cannedkit.lint.prefilter import Asked, Prefilter
from cannedkit.model.draft import Draft, Level
from cannedkit.model.rule import Rule
from cannedkit.rules.levels import applies
from cannedkit.rules.scope import units_of

MOST_CIRCUMSTANCES = 256
"""Circumstances for which a linter remembers what it decided; our own choice."""

MOST_SETS = 48
"""Sets of checks for which it remembers whose literals are: each comes to a megabyte where many texts were read."""

MOST_TOGETHER = 16
"""Sorts of replies for whose channels together it is remembered: two such sets each."""

Row = tuple[Level | None, str]
"""The level of a check, None where it does not run, and what it needs where none of its literals stands (see Check)."""

Together = tuple[Sequence[Row], Asked, Asked]
"""What each check is in any of some circumstances, and what is asked there of some checks, and of the others."""

_OFF: Row = (None, "")

_Told = tuple[tuple[str, str], frozenset[tuple[str, str]] | None]
"""What a check needs, and the channels and parts of a message on which it can find something, None for any."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided so far: by circumstances, and for each set of checks that run what their literals are."""

    rows: dict[tuple[object, ...], tuple[Sequence[Row], Asked]] = field(default_factory=dict)
    asked: dict[frozenset[int], Asked] = field(default_factory=dict)
    together: dict[tuple[object, ...], Together] = field(default_factory=dict)

    def keep(self, told: tuple[object, ...], found: Sequence[Row], prefilter: Prefilter) -> tuple[Sequence[Row], Asked]:
        """What was decided, and which checks are asked; circumstances that run the same checks share these."""
        if len(self.rows) >= MOST_CIRCUMSTANCES:
            self.rows.clear()
        running = frozenset(index for index, (level, _) in enumerate(found) if level is not None)
        if running not in self.asked:
            if len(self.asked) >= MOST_SETS:  # the rows of circumstances hold these sets, too
                self.rows.clear()
                self.asked.clear()
            self.asked[running] = prefilter.asked(running)
        made = self.rows[told] = (found, self.asked[running])
        return made

    def keep_together(self, told: tuple[object, ...], found: Together) -> Together:
        """What was decided for circumstances together."""
        if len(self.together) >= MOST_TOGETHER:
            self.together.clear()
        self.together[told] = found
        return found


def circumstances(draft: Draft, lacks: frozenset[str], *, whole: bool) -> tuple[object, ...]:
    """What conditions and scopes of rules look at, and what the draft lacks; `whole`: what overrides look at, too."""
    return (
        draft.locale,
        draft.channel,
        draft.mood,
        draft.known,
        draft.topic,
        draft.status,
        draft.part,
        draft.format == "text",
        lacks,
        draft.path if whole else "",
    )


def rows(
    checks: Checks,
    draft: Draft,
    lacks: Container[str],
    level: Callable[[Rule], Level | None],
    only: Container[int] | None = None,
) -> Sequence[Row]:
    """What each check is in the circumstances of a draft that `lacks` something.

    `level` is that of a rule in them, None for off; all but those of `only`, if given, are off.
    """
    place = (draft.channel, draft.part)
    return [
        (level(rule), without)
        if (only is None or index in only)
        and (need not in lacks and (on is None or place in on) and applies(rule, draft) and _looks(rule, draft))
        else _OFF
        for index, (rule, ((need, without), on)) in enumerate(zip(rules_of(checks), _told(checks), strict=True))
    ]


def _looks(rule: Rule, draft: Draft) -> bool:
    """Whether a rule looks at anything of such drafts: a plain text has no headings, lists or cells."""
    return draft.format != "text" or rule.kind not in kinds.IN_SCOPES or bool(units_of(rule.scope, rule.splits))


def _told(checks: Checks) -> Sequence[_Told]:
    if isinstance(checks, Planned):
        return list(zip(checks.places.needs, checks.places.on, strict=True))
    return [((check.needs, check.without), check.on) for check in checks]
