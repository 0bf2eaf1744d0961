"""The kind `length`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.model.draft import Draft
from tests import rulefiles

HEAD = "extends: length\nmessage: '%s of %s on %s'\n"


@pytest.mark.parametrize(
    ("options", "text", "wanted", "message"),
    [
        ("count: words\nmax: 3", "One two three.", None, ""),
        ("count: words\nmax: 3", "One two three four five.", "four five.", "5 of 3 on chat"),
        ("count: sentences\nmax: 1", "It's here. Come by. Now.", "Come by. Now.", "3 of 1 on chat"),
        ("count: sentences\nmax: 1", "Bring:\n- a card\n- a pen\n- a form", None, ""),
        ("count: sentences\nmax: 2", "1. Open it.\n2. Pay.\n3. Done.", "3. Done.", "3 of 2 on chat"),
        ("count: characters\nmax: 2", "a😀bc", "bc", "4 of 2 on chat"),
        ("count: graphemes\nmax: 2", "👨‍👩‍👧e\u0301x", "x", "3 of 2 on chat"),
        ("count: words\nmax: {sms: 1}", "One two three.", None, ""),
        ("count: words\nmax: {sms: 1, any: 2}", "One two three.", "three.", "3 of 2 on chat"),
        ("count: words\nmax: {chat: 1, any: 2}", "One two three.", "two three.", "3 of 1 on chat"),
        ("count: words\nmax: 2\nscope: sentence", "One two. One two three.", "three.", "3 of 2 on chat"),
        ("count: words\nmax: 2\nscope: sentence", "Één twee. Eén twee drie. Ja.", "drie.", "3 of 2 on chat"),
        ("count: words\nmax: 2\nscope: paragraph", "One (( two.\n\nOne two three.", "three.", "3 of 2 on chat"),
        ("count: words\nmax: 1", "", None, ""),
    ],
)
def test_what_is_found(tmp_path: Path, options: str, text: str, wanted: str | None, message: str) -> None:
    """What is beyond the limit is marked, to the end: what would have to go."""
    found = rulefiles.findings(tmp_path, f"{HEAD}{options}\n", text)
    assert [text[finding.start : finding.end] for finding in found] == ([] if wanted is None else [wanted])
    assert {finding.message for finding in found} <= {message}


def test_a_list_of_markdown_is_counted_as_one(tmp_path: Path) -> None:
    """Items of a Markdown list without a full stop are one sentence with the line before them."""
    linter = rulefiles.linter(tmp_path, {"A": f"{HEAD}count: sentences\nmax: 1\n"})
    assert linter.lint(Draft("Bring:\n\n* a card\n* a pen\n", format="markdown")) == []
    assert len(linter.lint(Draft("Bring this.\n\n* a card\n* a pen\n", format="markdown"))) == 1


def test_the_channel_in_the_settings_goes_before_the_rule(tmp_path: Path) -> None:
    """A limit for whole texts that the settings give their channel replaces the rule's; for sentences it does not."""
    files = {"A": f"{HEAD}count: words\nmax: 2\n", "B": f"{HEAD}count: words\nmax: 2\nscope: sentence\n"}
    linter = rulefiles.linter(tmp_path, files, channels=rulefiles.channels(max_words=4))
    assert [found.rule for found in linter.lint(Draft("One two three four."))] == ["Test.B"]
    assert [found.rule for found in linter.lint(Draft("One two three four five."))] == ["Test.B", "Test.A"]


def test_a_text_of_no_channel_may_be_as_long_as_a_mail(tmp_path: Path) -> None:
    """Where nobody named a channel the limit of a mail holds, none where a mail has none, and any draft's for any."""
    files = {
        "A": f"{HEAD}count: words\nmax: {{chat: 2, email: 4}}\n",
        "B": f"{HEAD}count: words\nmax: {{chat: 2}}\n",
        "C": f"{HEAD}count: words\nmax: {{chat: 2, any: 3}}\n",
    }
    linter = rulefiles.linter(tmp_path, files)
    found = linter.lint(Draft("One two three four five.", assumed=True))
    assert [(one.rule, one.message) for one in found] == [("Test.C", "5 of 3 on email"), ("Test.A", "5 of 4 on email")]
    assert len(linter.lint(Draft("One two three."))) == 3
