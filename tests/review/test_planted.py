"""Faults that were planted in small catalogues, and near misses, all written before the rules that look for them.

`open.yaml` was looked at while the rules were written. `locked.yaml` was not, and was run once when they were done:
of its 30 faults 27 were found, of its 30 near misses none was flagged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from cannedkit import Kit
from cannedkit.model.rule import Example
from cannedkit.rules.examples import marked, without_marks
from cannedkit.trial.catalogues import TODAY, written

HERE = Path(__file__).parent / "planted"


@dataclass(frozen=True)
class Case:
    """A small catalogue, whether something is wrong with it (at its marks), and what sort of fault it is about."""

    sort: str
    is_fault: bool
    example: Example


def cases(half: str) -> Iterator[Case]:
    """The cases of one half."""
    for item in yaml.load((HERE / f"{half}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader):  # noqa: S506
        settings: dict[str, Any] = {**item.get("settings", {}), "packs": ["Catalogue", "Language"], "engines": {}}
        kept = {key: value for key, value in item.items() if key not in ("sort", "want")}
        text, spans = without_marks(json.dumps(marked({**kept, "settings": settings}), ensure_ascii=False))
        yield Case(item["sort"], item["want"] == "find", Example(text, spans, catalogue=True))


def found(case: Case, folder: Path) -> tuple[bool, list[str]]:
    """Whether a finding, or a place that it is about too, stands at a mark of the case; and all that is found."""
    marks = written(case.example, folder)
    review = Kit.load(folder).check(today=TODAY)
    assert review.errors == (), review.errors
    hit = False
    for place in (place for one in review.findings for place in (one.place, *one.related)):
        name = Path(place.path).relative_to(folder.resolve()).as_posix()
        start, end = place.column - 1, place.end_column - 1
        hit |= any(name == file and start <= right and left <= end for file, left, right in marks)
    return hit, [f"{one.finding.rule}: {one.finding.message}" for one in review.findings]


def measured(half: str, folder: Path) -> tuple[list[str], list[str]]:
    """The faults of a half that are missed, and the near misses that are flagged, each with what was found."""
    missed, flagged = [], []
    for number, case in enumerate(cases(half)):
        hit, told = found(case, folder / str(number))
        if case.is_fault and not hit:
            missed.append(f"{case.sort}: {told}")
        if not case.is_fault and told:
            flagged.append(f"{case.sort}: {told}")
    return missed, flagged


@pytest.mark.parametrize(("half", "most_missed", "most_flagged"), [("open", 0, 0), ("locked", 3, 0)])
def test_planted_faults_are_found(tmp_path: Path, half: str, most_missed: int, most_flagged: int) -> None:
    """Of the faults of a half at most so many are missed, and of its near misses at most so many flagged."""
    missed, flagged = measured(half, tmp_path)
    assert len(missed) <= most_missed, "\n".join(missed)
    assert len(flagged) <= most_flagged, "\n".join(flagged)
