"""What was found in drafts before: the same draft is not linted again, and whatever changes what is found is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cannedkit.kit import Kit
from cannedkit.lint.linter import Linter
from cannedkit.model.draft import Draft
from cannedkit.model.errors import InputError
from tests.conftest import Write
from tests.review.test_results import DAY, FILES

DRAFT = Draft("We'll give you €5 later, Acmepro.", "en", known=("offer: late",), today=DAY)


@pytest.fixture
def house(write: Write) -> Path:
    """A catalogue whose rules find something in a draft."""
    return write(FILES)


@pytest.fixture
def linted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were linted, in order."""
    texts: list[str] = []
    results = Linter.results

    def seen(self: Linter, draft: Draft, *rest: Any) -> Any:
        texts.append(draft.text)
        return results(self, draft, *rest)

    monkeypatch.setattr(Linter, "results", seen)
    return texts


def _rules(folder: Path, draft: Draft, kept: Path | None) -> list[str]:
    ((found, failed),) = Kit.load(folder).results([draft], cache=kept is not None, cache_dir=kept)
    assert not failed
    return [one.rule for one in found]


def test_the_same_draft_is_not_linted_again(house: Path, tmp_path: Path, linted: list[str]) -> None:
    """A second run finds the same and lints nothing; one without the memory lints."""
    wanted = Kit.load(house).results([DRAFT], cache=False)
    assert wanted[0][0]
    for _ in range(2):
        assert Kit.load(house).results([DRAFT], cache_dir=tmp_path / "kept") == wanted
    assert len(linted) == 2


CHANGES: dict[str, Callable[[Draft], Draft]] = {
    "the text": lambda draft: replace(draft, text="Hi Ana."),
    "what is known": lambda draft: replace(draft, known=()),
    "the day": lambda draft: replace(draft, today=date(2026, 7, 1)),
    "the mood": lambda draft: replace(draft, text="hello", mood="upset", channel="email"),
    "the format": lambda draft: replace(draft, text="`later` `Acmepro`", format="markdown"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_draft_is_seen(house: Path, tmp_path: Path, change: str) -> None:
    """Whatever of a draft changes, what is remembered is what is found anew."""
    changed = CHANGES[change](DRAFT)
    for draft in (DRAFT, replace(changed, mood="neutral", format="text"), changed, DRAFT):
        assert _rules(house, draft, tmp_path / "kept") == _rules(house, draft, None)
    assert _rules(house, changed, None) != _rules(house, DRAFT, None)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("rules/House/Vague.yml", "later", "give"),
        ("cannedkit.yaml", "Acmepro", "give"),
        ("offers.yaml", "€5.00", "€4.00"),
        ("cannedkit.yaml", "engines: {}", "engines: {}\nlevels: {House: off}"),
    ],
)
def test_a_change_of_the_rules_is_seen(house: Path, tmp_path: Path, path: str, old: str, new: str) -> None:
    """So with whatever of a house's files changes."""
    before = Kit.load(house).results([DRAFT], cache_dir=tmp_path / "kept")
    (house / path).write_text((house / path).read_text().replace(old, new))
    wanted = Kit.load(house).results([DRAFT], cache=False)
    assert wanted != before
    assert Kit.load(house).results([DRAFT], cache_dir=tmp_path / "kept") == wanted


def test_a_draft_that_cannot_be_linted_is_not_remembered(house: Path, tmp_path: Path) -> None:
    """It has one failure, of no rule, each time; the others are linted."""
    for _ in range(2):
        (long, ok) = Kit.load(house).results([replace(DRAFT, text="a" * 100_001), DRAFT], cache_dir=tmp_path / "kept")
        assert (long[0], [(one.rule, "100,000 characters" in one.reason) for one in long[1]]) == ([], [("", True)])
        assert ok[0]


@pytest.mark.parametrize("wrong", [{"jobs": 0}, {"time_limit": -1}, {"cache_dir": 3}])
def test_what_cannot_be_is_told(house: Path, wrong: dict[str, Any]) -> None:
    """Options are checked as those of `check`."""
    with pytest.raises(InputError):
        Kit.load(house).results([DRAFT], **wrong)
