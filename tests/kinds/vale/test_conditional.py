"""The kind `conditional`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import rulefiles

HEAD = "extends: conditional\nmessage: \"'%s' alone\"\n"
ACRONYM = "first: '\\b[A-Z]{3,5}\\b'\nsecond: '(?:\\b[A-Z][a-z]+ )+\\(([A-Z]{3,5})\\)'\n"


@pytest.mark.parametrize(
    ("options", "text", "matches"),
    [
        (ACRONYM, "Ask the RMA team.", ["RMA"]),
        (ACRONYM, "Ask for a Return Merchandise Authorisation (RMA). The RMA comes by mail.", []),
        (ACRONYM, "The RMA is a Return Merchandise Authorisation (RMA).", []),
        (ACRONYM, "The RMA and the SKU.", ["RMA", "SKU"]),
        (ACRONYM + "exceptions: [SKU]\n", "The RMA and the SKU.", ["RMA"]),
        (ACRONYM, "RMA", []),
        ("first: delay\nsecond: sorry|apolog\n", "There is a delay.", ["delay"]),
        ("first: delay\nsecond: sorry|apolog\n", "Sorry, we are sorry for the delay.", []),
        ("first: delay\nsecond: sorry\nscope: sentence\n", "I am sorry. There is a delay.", ["delay"]),
    ],
)
def test_what_is_found(tmp_path: Path, options: str, text: str, matches: list[str]) -> None:
    """What needs something else is found where that is missing; what a group catches is defined for the draft."""
    assert rulefiles.matches(tmp_path, HEAD + options, text) == matches


def test_accepted_words_need_nothing(tmp_path: Path) -> None:
    """A word of the vocabulary is let pass, unless the rule says `vocab: false`."""
    from cannedkit.model.draft import Draft
    from cannedkit.model.settings import Vocabulary

    words = Vocabulary(accept=("RMA",))
    text = "Ask the RMA team."
    assert rulefiles.linter(tmp_path, {"Rule": HEAD + ACRONYM}, vocabulary=words).lint(Draft(text)) == []
    strict = rulefiles.linter(tmp_path, {"Rule": f"{HEAD}{ACRONYM}vocab: false\n"}, vocabulary=words)
    assert len(strict.lint(Draft(text))) == 1
