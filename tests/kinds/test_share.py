"""The kind `share`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.lint import linter as lint
from cannedkit.model.draft import Draft
from cannedkit.model.errors import RuleError
from tests import rulefiles

HEAD = "extends: share\nmessage: '%d%% of %s%%'\nignorecase: true\n"
MOST = HEAD + "of: [we]\nagainst: [I]\nmax: 50\nleast: 3\n"


@pytest.mark.parametrize(
    ("options", "text", "wanted"),
    [
        ("of: [we]\nagainst: [I]\nmax: 50\nleast: 3", "I know that we know, and we see.", [("we", "67% of 50%")]),
        ("of: [we]\nagainst: [I]\nmax: 50\nleast: 4", "I know that we know, and we see.", []),
        ("of: [we]\nagainst: [I]\nmax: 67", "I know that we know, and we see.", []),
        ("of: [we]\nagainst: [I]\nmax: 50", "I see.", []),
        ("of: [we]\nagainst: [I]\nmax: -1", "I see.", []),
        ("of: [it's]\nagainst: [it is]\nmin: 50", "It's here, it is red and it is big.", [("it is", "33% of 50%")]),
        ("of: [it's]\nagainst: [it is]\nmin: 50", "It's here.", []),
        ("of: [please]\nmax: 20", "Please come, please.", [("Please", "67% of 20%")]),
        ("of: [please]\nmax: 20\nleast: 4", "Please come, please.", []),
        ("of: [please]\nmin: 20\nleast: 4", "Please give me that lamp.", []),
        ("of: [please]\nmin: 12.5\nleast: 4", "Give me that lamp now.", [("", "0% of 12.5%")]),
        ("of: [we]\nagainst: [I]\nmax: 50\nscope: sentence", "I see it and I say so. We go.", [("We", "100% of 50%")]),
    ],
)
def test_what_is_found(tmp_path: Path, options: str, text: str, wanted: list[tuple[str, str]]) -> None:
    """Too large a share is found at the family's first word, too small a one where more could stand."""
    found = rulefiles.findings(tmp_path, f"{HEAD}{options}\n", text)
    assert [(text[one.start : one.end], one.message) for one in found] == wanted


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("against: [a]\nmax: 5", "needs `of`, and one of `max` and `min`"),
        ("of: [a]", "needs `of`, and one of `max` and `min`"),
        ("of: [a]\nmax: 5\nmin: 5", "needs `of`, and one of `max` and `min`"),
        ("of: ['(']\nmax: 5", "in the regular expression"),
        ("of: [a]\nmax: many", "`max` must be a number"),
    ],
)
def test_faults_are_named(tmp_path: Path, options: str, message: str) -> None:
    """A rule that cannot work says what is missing or wrong."""
    with pytest.raises(RuleError, match=message):
        rulefiles.linter(tmp_path, {"Rule": f"{HEAD}{options}\n"})


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> lint.Linter:
    """The linter over one rule about we and I, built once."""
    return rulefiles.linter(tmp_path_factory.mktemp("share"), {"Rule": MOST})


@given(st.lists(st.sampled_from(["we", "I", "go"]), max_size=12))
def test_the_share_is_that_of_both_families(linter: lint.Linter, pieces: list[str]) -> None:
    """One finding exactly where there are enough of both words and more than half of them are of the family."""
    ours, both = pieces.count("we"), pieces.count("we") + pieces.count("I")
    assert len(linter.lint(Draft(" ".join(pieces)))) == int(both >= 3 and ours * 2 > both)
