"""What rules propose: the sentences that `instead` quotes are ones that our own packs let pass."""

from __future__ import annotations

import re

import pytest

from cannedkit.kit import Kit
from cannedkit.lint.packs import read_pack
from cannedkit.model.draft import Level
from cannedkit.settings import shipped

QUOTED = re.compile(r'"([^"]{12,})"')
"""A sentence in `instead`; what is shorter is words to use, not a text to send."""

HOLE = re.compile(r"\{\{\d\}\}")
"""A place that a template of WhatsApp fills: what is proposed for one is read as it goes out."""

PROPOSED = [
    (rule.id, pack.language or "en", HOLE.sub("lamp", text))
    for folder in sorted((shipped() / "rules").iterdir())
    if folder.is_dir()
    for pack in [read_pack(folder)]
    for rule in pack.rules
    for text in QUOTED.findall(rule.instead)
]


@pytest.fixture(scope="module")
def kits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Kit]:
    """For each language a kit with every pack of it and no proofreader; proposals may be of several sentences."""
    found = {}
    for locale in sorted({locale for _, locale, _ in PROPOSED}):
        folder = tmp_path_factory.mktemp(locale)
        (folder / "cannedkit.yaml").write_text(
            f"locale: {locale}\nengines: {{}}\nchannels: {{email: {{}}, chat: {{}}}}\n"
        )
        found[locale] = Kit.load(folder)
    return found


@pytest.mark.parametrize(
    ("rule", "locale", "text"), PROPOSED, ids=[f"{rule}-{text[:20]}" for rule, _, text in PROPOSED]
)
@pytest.mark.parametrize("channel", ["email", "chat"])
@pytest.mark.parametrize("mood", ["neutral", "upset"])
def test_what_a_rule_proposes_passes(
    kits: dict[str, Kit], rule: str, locale: str, text: str, channel: str, mood: str
) -> None:
    """No warning and no error stands on a sentence that a rule says to write instead, whatever the mood."""
    found = kits[locale].lint(text, channel=channel, mood=mood)
    assert [(one.rule, text[one.start : one.end]) for one in found if one.level >= Level.WARNING] == []


def test_there_are_proposals() -> None:
    """Most rules propose a sentence, in each language, so that the test above tests something."""
    assert len(PROPOSED) > 300
    assert {"en", "nl"} <= {locale for _, locale, _ in PROPOSED}
