"""Fingerprints: by what a finding is known again in a later run, wherever its lines have moved to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from cannedkit.model.result import FileFinding

_WORDS = 2
"""Words on each side of a span that tell it from the same text elsewhere; our own choice. Edits farther off pass by."""


def fingerprint(found: FileFinding, nth: int = 1) -> str:
    """32 hexadecimal digits for a finding: of its rule, its response (a draft's path), locale and part, and its text.

    The text is taken with the words next to it, white space folded. Lines, columns, levels and messages have no part
    in it. `nth` counts from 1 the findings of one run that agree in all of that.
    """
    return digest(*_kept(found), str(nth))


def fingerprints(findings: Iterable[FileFinding]) -> Iterator[str]:
    """The fingerprint of each finding of a run, in the same order; no two are the same."""
    seen: Counter[str] = Counter()
    for found in findings:
        kept = _kept(found)
        first = digest(*kept, "1")
        seen[first] += 1
        yield first if seen[first] == 1 else digest(*kept, str(seen[first]))


def digest(*parts: str) -> str:
    """32 hexadecimal digits of the sha256 of some texts: half of it, which no chance makes twice."""
    return sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _kept(found: FileFinding) -> tuple[str, ...]:
    before, after = (side.split() for side in found.around)
    return (
        found.finding.rule,
        found.response or found.place.path,
        found.locale,
        found.part,
        *(" ".join(words) for words in (before[-_WORDS:], found.text.split(), after[:_WORDS])),
    )
