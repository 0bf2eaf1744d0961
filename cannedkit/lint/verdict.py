"""One verdict from many: what several proofreaders say of one fault becomes one finding.

How loud a rule is alone stands in the tables of the engines, which scripts learn from marked and clean text; where two
sources agree the finding is one level higher. A finding keeps its name whoever else agrees: it is called after the
first of its sources in the order of `ORDER`. Offsets are code points, half open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cannedkit.model.draft import MAX_FIXES, Finding, Level
from cannedkit.sources import ENGINES

ORDER = tuple(engine.name for engine in ENGINES.values())
"""Who gives a merged finding its name, span and message: a rule of a pack before any engine, then these in turn."""

BLOCK = 64
"""Code points of a text that are looked up together, so that a finding is compared with its neighbours alone."""


@dataclass(frozen=True, slots=True)
class Packs:
    """Names of packs: those that are `shipped`, and those that proofread: they find `errors`, not style.

    `unless` maps a rule to the rules and packs that tell its fault: where they do, at its level or above, it does not.
    """

    shipped: Container[str] = frozenset()
    errors: Container[str] = frozenset()
    unless: Mapping[str, Container[str]] = field(default_factory=dict)


ALONE = Packs()
"""No pack: no rule is merged with another."""


def merged(
    text: str, by_rules: Iterable[Finding], by_engines: Sequence[Finding], packs: Packs = ALONE
) -> tuple[list[Finding], list[Finding]]:
    """The findings of rules that no engine joins, and those of engines and whom they join: each fault in `text` once.

    Two engines mean the same fault where their spans overlap; an engine and a rule, and two rules of shipped packs,
    where one of their fixes gives the same text too. Where both proofread, one span is one fault whatever they propose.
    Rules of a house are never merged with each other: each was written to be told.
    """
    by_rules = _once(text, _untold(list(by_rules), packs), packs)
    if not by_engines:
        return by_rules, []
    kept: list[Finding] = []
    groups: list[list[Finding]] = []
    opened: dict[int, list[int]] = defaultdict(list)
    spoken: dict[int, list[Finding]] = defaultdict(list)
    for finding in by_engines:
        for block in _blocks(finding):
            spoken[block].append(finding)
    for rule_finding in by_rules:
        if any(_touch(rule_finding, other) for block in _blocks(rule_finding) for other in spoken.get(block, ())):
            _open(rule_finding, groups, opened)
        else:
            kept.append(rule_finding)
    for finding in sorted(by_engines, key=_rank):
        near = sorted({number for block in _blocks(finding) for number in opened.get(block, ())})
        group = next((groups[number] for number in near if _joins(text, finding, groups[number], packs)), None)
        if group is None:
            _open(finding, groups, opened)
        else:
            group.append(finding)
    return kept, [_verdict(text, group) for group in groups]


def _untold(findings: Sequence[Finding], packs: Packs) -> Iterator[Finding]:
    """The findings of rules, without those whose fault another rule that they name under `unless` tells as loud."""
    for finding in findings:
        others = packs.unless.get(finding.rule, ())
        told = others and any(
            (one.rule in others or _source(one) in others) and one.level >= finding.level and _touch(one, finding)
            for one in findings
            if one.rule != finding.rule
        )
        if not told:
            yield finding


def _once(text: str, findings: Iterable[Finding], packs: Packs) -> list[Finding]:
    """The findings of rules; those about one fault as one, which the loudest names, or the first by place and name."""
    kept: list[Finding] = []
    groups: list[list[Finding]] = []
    near: list[list[Finding]] = []
    for finding in sorted(findings):
        if not finding.fixes or _source(finding) not in packs.shipped:
            kept.append(finding)
            continue
        near = [group for group in near if group[0].end >= finding.start]
        if group := next((group for group in near if _is_same(text, finding, group[0], packs)), None):
            group.append(finding)
        else:
            groups.append([finding])
            near.append(groups[-1])
    return kept + [_together(text, sorted(group, key=lambda one: (-one.level, one))) for group in groups]


def _is_same(text: str, one: Finding, other: Finding, packs: Packs) -> bool:
    """Whether two findings of rules that propose something are about one fault."""
    if not _touch(one, other):
        return False
    return _both_proofread(one, other, packs) or any(_same_result(text, one, other))


def _both_proofread(one: Finding, other: Finding, packs: Packs) -> bool:
    """Whether two findings are on one span, where engines and packs that find errors propose something both."""
    if (one.start, one.end) != (other.start, other.end) or not (one.fixes and other.fixes):
        return False
    return all(source in packs.errors or source in ORDER for source in map(_source, (one, other)))


def _together(text: str, group: Sequence[Finding]) -> Finding:
    """One finding for a fault, as the first of a group says it, with the fixes and the names of all."""
    first = group[0]
    if len(group) == 1:
        return first
    sources = tuple(dict.fromkeys(name for finding in group for name in (finding.sources or (finding.rule,))))
    fixes = _voted(text, first, group)
    return replace(first, fixes=fixes, safe=first.safe and fixes == first.fixes, sources=sources)


def _open(finding: Finding, groups: list[list[Finding]], opened: dict[int, list[int]]) -> None:
    """A new group of one finding, and its number in each block that the finding touches."""
    for block in _blocks(finding):
        opened[block].append(len(groups))
    groups.append([finding])


def _blocks(finding: Finding) -> range:
    """The numbers of the blocks that a span touches: two spans that touch have one in common."""
    return range(finding.start // BLOCK, finding.end // BLOCK + 1)


def _verdict(text: str, group: list[Finding]) -> Finding:
    """One finding for a fault: a level higher where sources agree, with the fixes that most of them propose."""
    first, *others = group
    if not others:
        return first
    agree = _source(first) in ORDER or any(any(_same_result(text, other, first)) for other in others)
    level = Level(min(max(finding.level for finding in group) + agree, Level.ERROR))
    return replace(_together(text, group), level=level)


def _voted(text: str, first: Finding, group: Sequence[Finding]) -> tuple[str, ...]:
    """The fixes for the span of the first finding, best first: each source gives its first fix 1, its second a half."""
    votes: dict[str, float] = defaultdict(float)
    for finding in group:
        for rank, fix in enumerate(finding.fixes, 1):
            if (written := _moved(text, finding, fix, first)) is not None:
                votes[written] += 1 / rank
    return tuple(sorted(votes, key=lambda fix: -votes[fix]))[:MAX_FIXES]


def _moved(text: str, finding: Finding, fix: str, to: Finding) -> str | None:
    """The fix of `finding` as one of the span of `to`; None where it changes more than that span."""
    start, end = min(finding.start, to.start), max(finding.end, to.end)
    result = text[start : finding.start] + fix + text[finding.end : end]
    before, after = text[start : to.start], text[to.end : end]
    if len(result) < len(before) + len(after) or not (result.startswith(before) and result.endswith(after)):
        return None
    return result[len(before) : len(result) - len(after)]


def _joins(text: str, finding: Finding, group: Sequence[Finding], packs: Packs) -> bool:
    """Whether an engine's finding means the fault of a group, where its engine has said nothing yet."""
    first = group[0]
    if not _touch(finding, first) or any(_source(other) == _source(finding) for other in group):
        return False
    return _source(first) in ORDER or _is_same(text, finding, first, packs)


def _same_result(text: str, one: Finding, other: Finding) -> Iterator[bool]:
    """For each fix of `one`, whether `other` proposes the same; nothing where it proposes none."""
    return (_moved(text, one, fix, other) in other.fixes for fix in one.fixes if other.fixes)


def _touch(one: Finding, other: Finding) -> bool:
    """Whether two spans share a character, or one of them is a place at the edge of the other or within it."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _source(finding: Finding) -> str:
    return finding.rule.partition(".")[0]


def _rank(finding: Finding) -> tuple[int, Finding]:
    source = _source(finding)
    return (ORDER.index(source) if source in ORDER else len(ORDER), finding)
