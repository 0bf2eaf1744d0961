"""The fixes that shipped rules propose: how many do, and that none brings a fault as bad as the one it mends."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

pytestmark = pytest.mark.checkout

EMPTY = "nothing would be left of the text"


@cache
def tried() -> dict[str, list[tuple[str, str, list[str]]]]:
    """For each language of the packs, each bad example that a fix is proposed for: rule, text after, why not."""
    from cannedkit.lint.packs import read_pack
    from cannedkit.settings import shipped
    from scripts import fixes

    packs = [read_pack(folder) for folder in sorted((shipped() / "rules").iterdir()) if folder.is_dir()]
    found: dict[str, list[tuple[str, str, list[str]]]] = {}
    for pack in packs:
        for one in fixes.tried(pack, packs):
            if one.mended:
                reasons = [change.reason for change in one.mended.left]
                found.setdefault(pack.language, []).append((one.rule.id, one.mended.text, reasons))
    return found


def _named(language: str, without: str = "") -> set[str]:
    from cannedkit.lint.packs import read_pack
    from cannedkit.settings import shipped
    from scripts.fixes import names_a_text

    packs = [read_pack(folder) for folder in sorted((shipped() / "rules").iterdir()) if folder.is_dir()]
    rules = (rule for pack in packs if pack.language == language and pack.name != without for rule in pack.rules)
    return {rule.id for rule in rules if names_a_text(rule)}


@pytest.mark.parametrize(("language", "without"), [("en", ""), ("en", "English"), ("nl", "")])
def test_half_of_the_rules_that_can_propose_a_fix(language: str, without: str) -> None:
    """Of the rules that name a text at least half propose one: for English, without its grammar too, and for Dutch."""
    named = _named(language, without)
    fixed = {rule for rule, _, _ in tried()[language]} & named
    assert len(fixed) >= len(named) / 2


def test_a_rule_that_proposes_mends_an_example_of_its_own() -> None:
    """Each rule with a fix has a bad example that its fix mends, judged by all packs and Harper."""
    every = [one for of in tried().values() for one in of]
    mended = {rule for rule, _, reasons in every if not reasons}
    assert {rule for rule, _, _ in every} - mended <= WEAK


WEAK = {"English.HopeYouAre", "English.InconvenientNoun"}
"""Rules of grammar whose examples, once mended, are stock phrases that other rules find."""


def test_a_fix_that_brings_a_fault_is_rare() -> None:
    """Of all examples that a fix is proposed for, hardly any fix is taken back; then another rule has its say."""
    every = [reasons for of in tried().values() for _, _, reasons in of]
    taken_back = [reason for reasons in every for reason in reasons if reason != EMPTY]
    assert len(taken_back) <= len(every) / 50, Counter(taken_back)


def test_what_is_mended_has_no_seam() -> None:
    """Nothing mended begins with a comma or a blank, has two blanks in a row or a blank before a comma."""
    for of in tried().values():
        for rule, text, reasons in of:
            if not reasons:
                assert text == text.strip(), (rule, text)
                assert not any(seam in text for seam in ("  ", " ,", ",,", " ;", ", .")), (rule, text)
                assert text[0] not in ",.;", (rule, text)
