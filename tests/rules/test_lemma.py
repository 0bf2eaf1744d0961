"""`lemma: true`: a bracketed word stands for every inflected form."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cannedkit.kit import Kit
from cannedkit.model.errors import CheckFailed
from cannedkit.words import lemmas
from tests.conftest import Write

pytest.importorskip("spacy_lookups_data", reason="the extra `lemma` is not installed")

PHRASE = "'[apologise] for (?:any|the) [inconvenience]'"
RULE = f"extends: existence\nmessage: m\nignorecase: true\nlemma: true\ntokens: [{PHRASE}]\n"
FILES = {"cannedkit.yaml": "packs: [Own]\nengines: {}\n", "rules/Own/Sorry.yml": RULE}


@pytest.mark.parametrize(
    ("word", "some"),
    [
        ("apologise", {"apologise", "apologize", "apologising", "apologizing", "apologised", "apologizes"}),
        ("inconvenience", {"inconvenience", "inconveniences"}),
        ("send", {"send", "sends", "sent", "sending"}),
        ("rise", {"rise", "rises", "rising"}),
    ],
)
def test_forms_of_a_word(word: str, some: set[str]) -> None:
    """A word stands first among its forms, and English verbs in -ise are found in -ize too."""
    found = lemmas.forms(word, "en")
    assert found[0] == word
    assert some <= set(found)
    assert "rize" not in found


def test_every_form_is_found(write: Write) -> None:
    """One bracketed phrase finds "apologizing for any inconveniences" at its place."""
    kit = Kit.load(write(FILES))
    for text in ("We apologize for any inconvenience.", "Apologising for the inconveniences now."):
        assert [found.rule for found in kit.lint(text)] == ["Own.Sorry"]
    text = "🎉 Apologizing for any inconveniences"
    [finding] = kit.lint(text)
    assert text[finding.start : finding.end] == text[2:]
    assert kit.lint("An apology for any inconvenience.") == []


def test_a_word_without_forms_is_named_at_its_line(write: Write) -> None:
    """A bracketed word that the tables do not have is an error with the line and a way out."""
    files = {**FILES, "rules/Own/Sorry.yml": RULE.replace("[apologise]", "[apologgise]")}
    with pytest.raises(
        CheckFailed, match=r"Sorry\.yml:5:\d+: `lemma`: no forms of `apologgise` are known; did you mean"
    ):
        Kit.load(write(files)).lint("x")


def test_linting_does_not_load_spacy(write: Write) -> None:
    """The tables are read without spaCy, and once the pack is kept not at all."""
    folder: Path = write(FILES)
    code = (
        "import sys; from cannedkit import Kit; k = Kit.load('.'); k.lint('x');"
        "print(any(name.split('.')[0] == 'spacy' for name in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
