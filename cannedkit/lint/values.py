"""Findings and the values that were filled into a text: who wrote the text can mend none of these."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from cannedkit.model.draft import Draft, Finding


def settled(draft: Draft, findings: Iterable[Finding]) -> list[Finding]:
    """Sorted and unique; what lies inside a filled value is dropped, and no fix that touches one is safe.

    The values of a draft follow one another; none lies within another.
    """
    found = sorted(set(findings))
    if not draft.filled:
        return found
    filled = sorted(draft.filled)
    starts, ends = zip(*filled, strict=True)
    kept = []
    for finding in found:
        touched = filled[bisect_left(ends, finding.start) : bisect_right(starts, finding.end)]
        if not any(_inside(finding, *value) for value in touched):
            kept.append(replace(finding, safe=False) if touched and finding.safe else finding)
    return kept


def touches_value(draft: Draft, finding: Finding) -> bool:
    """Whether a finding touches a filled value, or is parted from one by a single space."""
    text, start, end = draft.text, finding.start, finding.end
    start -= text[start - 1 : start].isspace()
    end += text[end : end + 1].isspace()
    return any(start <= right and left <= end for left, right in draft.filled)


def _inside(finding: Finding, start: int, end: int) -> bool:
    if finding.start == finding.end:
        return start < finding.start < end
    return start <= finding.start and finding.end <= end
