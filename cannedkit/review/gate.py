"""The verdict on a draft: whether it may go out, and if not, what to do in words that a model keeps to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from cannedkit.model.draft import Finding, Level
from cannedkit.model.gate import MOST_WORDS, Gate, Remark
from cannedkit.model.result import Explanation, Unread
from cannedkit.sources import ADDED, UNFILLED

STOPPING = ("personal-data", "promise")
"""The kinds of rule whose errors a person decides on: what may not be asked or shown, and what binds the company."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_PAUSE = (",", ";", ":")

Explain = Callable[[str], Explanation | None]


def gate(
    text: str,
    found: Sequence[Finding],
    rewrite: str | None,
    least: Level,
    kinds: Mapping[str, str],
    explain: Explain,
    unread: tuple[Unread, ...] = (),
) -> Gate:
    """The verdict by what was found in a text; `least` is the lowest level that must be fixed.

    `rewrite` is the text with its safe fixes made, None where something that must be fixed remains in it; `kinds` are
    those of the rules by id. It is to be stopped where a person must decide, to be sent where nothing must be fixed.
    """
    remarks = {one: _remark(one, text, explain) for one in found}
    must_fix = tuple(remarks[one] for one in found if one.level >= least)
    advice = tuple(remarks[one] for one in found if one.level < least)
    stopped = any(one.level >= least and _stops(one, kinds) for one in found)
    verdict = "stop" if stopped else "mend" if must_fix else "send"
    return Gate(verdict, must_fix, advice, rewrite if rewrite != text else None, unread)


def joined(found: Iterable[Finding], beside: Iterable[Finding]) -> list[Finding]:
    """What was found in a draft, and what it makes of a reply; a blank that is found in both is told once."""
    own = list(found)
    new = (one for one in beside if one.rule != UNFILLED or not any(_meet(one, other) for other in own))
    return sorted((*own, *new))


def _meet(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def _stops(one: Finding, kinds: Mapping[str, str]) -> bool:
    """Whether a finding is about what binds or must be kept secret, and no fix is known for it."""
    return not one.fixes and (one.rule == ADDED or kinds.get(one.rule) in STOPPING)


def _remark(one: Finding, text: str, explain: Explain) -> Remark:
    said = text[one.start : one.end]
    return Remark(one.rule, hint(one, said, explain(one.rule)), one.level, one.start, one.end, said)


def hint(one: Finding, said: str, explained: Explanation | None) -> str:
    """What to do about a finding, on one line of at most `MOST_WORDS` words: its fix, else what its rule says."""
    told = (*_fixed(one, said), explained.instead if explained else "", one.message)
    lines = [" ".join(each.split()) for each in told if each.strip()]
    return next((line for line in lines if len(line.split()) <= MOST_WORDS), _shortened(lines[0]))


def _fixed(one: Finding, said: str) -> Iterable[str]:
    if not one.fixes:
        return
    if not one.fixes[0].strip():
        yield f'Take out "{said.strip()}".' if said.strip() else ""
    elif not said.strip():
        yield f'Put in "{one.fixes[0].strip()}".'
    else:
        yield f'Write "{one.fixes[0].strip()}" in place of "{said.strip()}".'


def _shortened(line: str) -> str:
    """The first sentence of a line, cut where it pauses, or after as many words as may be."""
    words = _SENTENCE.split(line)[0].split()
    if len(words) <= MOST_WORDS:
        return " ".join(words)
    kept = words[:MOST_WORDS]
    pauses = [at for at, word in enumerate(kept) if word.endswith(_PAUSE) and at > MOST_WORDS // 2]
    return " ".join(kept[: pauses[-1] + 1]).rstrip(",;:") + "." if pauses else f"{' '.join(kept)}…"
