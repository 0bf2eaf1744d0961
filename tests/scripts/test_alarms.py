"""Real text: every line is answered, and few findings on text that is right."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from cannedkit import Kit, Level
from cannedkit.text.segment import words
from scripts import alarms
from scripts.rows import read_rows
from tests.conftest import Run

pytestmark = [pytest.mark.data, pytest.mark.checkout]


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]


@pytest.mark.parametrize(
    ("name", "key", "step"), [("star_drafts.jsonl.gz", "draft", 40), ("clean_gov.jsonl.gz", "text", 4)]
)
def test_every_line_is_answered_in_order(run: Run, data: Path, tmp_path: Path, name: str, key: str, step: int) -> None:
    """`lint --jsonl` answers drafts and lines of prose in order, and no check fails."""
    rows = _lines(data / name)[::step]
    stdin = "\n".join(json.dumps({"id": row["id"], "text": row[key], "locale": "en-US"}) for row in rows)
    ran = run("lint", "--jsonl", "-", cwd=tmp_path, stdin=stdin.encode())
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [answer["id"] for answer in answers] == [row["id"] for row in rows]
    assert all("error" not in answer and "errors" not in answer for answer in answers)
    assert ran.code in (0, 1)


@pytest.mark.parametrize(
    ("name", "step", "channel", "most"),
    [("clean_gov.jsonl.gz", 3, "email", 5.0), ("support/clean_en.jsonl", 1, "chat", 5.0)],
)
def test_alarms_on_clean_text(data: Path, tmp_path: Path, name: str, step: int, channel: str, most: float) -> None:
    """On clean text Harper and all packs together warn at most five times per 1,000 words."""
    kit = Kit.load(tmp_path)
    rows = list(read_rows(data / name))[::step]
    count = sum(len(words(row["text"])) for row in rows)
    findings = [
        one for row in rows for one in kit.lint(row["text"], locale=row.get("locale", "en-GB"), channel=channel)
    ]
    assert sum(one.level >= Level.WARNING for one in findings) * 1000 / count <= most
    assert sum(one.rule.startswith("Harper.") for one in findings) * 1000 / count <= most


def test_faults_of_style_are_found(data: Path, tmp_path: Path) -> None:
    """At least 80 % of the marked faults of style are found, and few near misses are flagged."""
    said = alarms.style(data / "support/style_en.jsonl", Kit.load(tmp_path, with_engines=False)).splitlines()[0]
    found, of, flagged = int(said.split()[2]), int(said.split()[4]), int(said.split("%), ")[1].split()[0])
    assert found / of >= 0.8
    assert flagged <= 1
