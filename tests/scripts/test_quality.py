"""The script that measures proofreading counts what it says it counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cannedkit.model.draft import Draft, Finding, Level

pytestmark = pytest.mark.checkout

TEXT = "We recieved you email."


def _said(start: int, end: int, *fixes: str, level: Level = Level.ERROR) -> Finding:
    return Finding(start, end, "Test.Rule", level, "m", fixes)


def _reads(answers: dict[str, list[Finding]]) -> object:
    return lambda draft: answers.get(draft.text, [])


def test_spans_met_first_fixes_and_findings_on_the_corrected_text() -> None:
    """A span is met by a finding on it; its first fix is right if the text is then what a marked fix makes of it."""
    from scripts.quality import Marked, met

    spans = (
        (3, 11, frozenset({"We received you email."})),
        (12, 15, frozenset({"We recieved your email."})),
        (16, 21, frozenset({"We recieved you e-mail."})),
    )
    rows = [Marked(TEXT, spans, "We received your email.", "en", "")]
    answers = {
        TEXT: [_said(0, 11, "We received"), _said(12, 15, "the", "your")],
        "We received your email.": [_said(0, 2)],
    }
    result = met(_reads(answers), rows)  # type: ignore[arg-type]
    assert (result.spans, result.met, result.fixed, result.twins) == (3, 2, 1, 1)


def test_a_remark_on_the_whole_text_meets_nothing_in_it() -> None:
    """A finding far longer than the marked span is not about it."""
    from scripts.quality import meets

    assert meets(_said(0, 26), 10, 13)
    assert not meets(_said(0, 27), 10, 13)


def test_alarms_by_level() -> None:
    """Findings on clean text are counted in all, at warning or above, and at error."""
    from scripts.quality import alarms

    answers = {"a": [_said(0, 1), _said(0, 1, level=Level.WARNING)], "b": [_said(0, 1, level=Level.SUGGESTION)]}
    assert alarms(_reads(answers), [Draft("a"), Draft("b")]) == (3, 2, 1)  # type: ignore[arg-type]


def test_misspelt_words() -> None:
    """A word is found where it stands in the sentence, and the right word is best as the first fix."""
    from scripts.quality import CARRIER, spelling

    start = CARRIER["en"].index("{")
    pairs = [{"wrong": "teh", "right": ["the"]}, {"wrong": "adn", "right": ["and"]}]
    answers = {
        CARRIER["en"].format("teh"): [_said(start, start + 3, "the")],
        CARRIER["en"].format("adn"): [_said(start, start + 3, "ad", "and")],
        CARRIER["en"].format("and"): [_said(start, start + 3)],
    }
    assert spelling(_reads(answers), pairs, "en") == ("100.0 %", "50.0 %", "100.0 %", "50.0 %")  # type: ignore[arg-type]


def test_the_tables_of_a_small_folder(tmp_path: Path) -> None:
    """Each set gives a row for each proofreader."""
    from scripts.quality import tables

    (tmp_path / "support").mkdir()
    marked = {"text": TEXT, "start": 3, "end": 11, "fixes": ["received"], "corrected": "We received you email."}
    (tmp_path / "support" / "errors_te.jsonl").write_text(json.dumps(marked) + "\n")
    (tmp_path / "support" / "clean_te.jsonl").write_text(json.dumps({"text": "We got your email."}) + "\n")
    (tmp_path / "i18n_te.jsonl").write_text(json.dumps({"text": "Fine."}) + "\n")
    read = _reads({TEXT: [_said(3, 11, "received")], "Fine.": [_said(0, 4)]})
    errors, clean = tables("te", {"one": read}, tmp_path, 10)  # type: ignore[dict-item]
    assert "| support/errors_te.jsonl | 1 | one | 100.0 % | 100.0 % | 100.0 % | 0 |" in errors
    assert "| support/clean_te.jsonl | 4 | one | 0.00 | 0.00 | 0.00 |" in clean
    assert "| i18n_te.jsonl | 1 | one | 1000.00 | 1000.00 | 1000.00 |" in clean


@pytest.mark.data
def test_it_reads_the_evaluation_sets(data: Path) -> None:
    """Every set of English is there and can be read; Harper meets more errors than it makes alarms."""
    from scripts.quality import plain_harper, tables

    found = "\n".join(tables("en", {"Harper": plain_harper()}, data, 20))
    assert found.count("| Harper |") == 8
