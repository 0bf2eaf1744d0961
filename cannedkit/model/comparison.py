"""A draft held against the approved reply that it came from."""

from __future__ import annotations

from dataclasses import dataclass

from cannedkit.model.approval import Wording
from cannedkit.model.draft import Finding


@dataclass(frozen=True, slots=True)
class Departure:
    """Where a draft is not what was approved: a finding with its place in the draft, and the approved sentence.

    `approved` has placeholders in braces, and is "" for what no sentence of the approved text says.
    """

    finding: Finding
    approved: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a draft leaves out, adds, alters and has not filled in, in the order of the draft.

    `wording` is the body of which the draft is least apart, `text` what it says, with placeholders in braces.
    `likeness`, from 0 to 1, is how much of it the draft says; `chosen` is true where no reply was named and this is
    the nearest. `approved`: somebody approved the body as it stands.
    """

    wording: Wording
    text: str
    departures: tuple[Departure, ...]
    likeness: float
    approved: bool = False
    chosen: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings alone, by (start, end, rule)."""
        return tuple(one.finding for one in self.departures)
