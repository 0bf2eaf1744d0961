"""Real text in Dutch, Thai and Telugu: how many marked errors are found, and how often right text is flagged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cannedkit import Kit
from cannedkit.model.draft import Finding
from cannedkit.text.segment import words

pytestmark = [pytest.mark.data, pytest.mark.spell]

SOURCES = ("Hunspell.", "Pythainlp.", "Taal.", "Thai.", "Gesprek.JeEnU")
"""What looks for errors, where other packs look for style."""


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """A kit with the spellers on."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "cannedkit.yaml").write_text("locales: [en, nl, th, te]\nengines: {hunspell: {}, pythainlp: {}}\n")
    return Kit.load(folder)


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _found(kit: Kit, text: str, locale: str) -> list[Finding]:
    return [one for one in kit.lint(text, locale=locale) if one.rule.startswith(SOURCES)]


@pytest.mark.parametrize(("language", "least"), [("nl", 0.65), ("th", 0.6), ("te", 0.2)])
def test_marked_errors_are_found(kit: Kit, data: Path, language: str, least: float) -> None:
    """Of the errors that are marked in support messages at least this share is met by a finding."""
    rows = _rows(data / f"support/errors_{language}.jsonl")
    met = sum(
        any(
            one.start <= int(row["end"]) + 1 and int(row["start"]) - 1 <= one.end
            for one in _found(kit, row["text"], language)
        )
        for row in rows
    )
    assert met / len(rows) >= least


@pytest.mark.parametrize(("language", "most"), [("nl", 4), ("th", 8), ("te", 15)])
def test_right_text_is_left_alone(kit: Kit, data: Path, language: str, most: float) -> None:
    """On right support messages there are at most this many findings per 1,000 words."""
    rows = _rows(data / f"support/clean_{language}.jsonl")
    count = sum(len(words(row["text"])) for row in rows)
    assert sum(len(_found(kit, row["text"], language)) for row in rows) * 1000 / count <= most


def test_the_starter_catalogue_is_spelt_right() -> None:
    """Hunspell finds next to nothing in the Dutch replies of the starter catalogue."""
    from dataclasses import replace

    from cannedkit import settings

    loaded = settings.load(settings.shipped() / "cannedkit.yaml")
    review = Kit(replace(loaded, engines={"hunspell": {}}, engines_named=True)).check()
    wrong = {found.text for found in review.findings if found.finding.rule.startswith("Hunspell.")}
    assert len(wrong) <= 3, wrong
