"""Hunspell itself: real dictionaries, of Debian's packages."""

from __future__ import annotations

import builtins
import os
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.engines import hunspell
from cannedkit.model.draft import Draft, Finding, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Settings, Vocabulary

pytestmark = pytest.mark.spell


@pytest.fixture(scope="module")
def engine() -> hunspell.Hunspell:
    """Hunspell with every dictionary of the system."""
    return hunspell.open({}, Vocabulary())


def _found(engine: hunspell.Hunspell, text: str, locale: str) -> list[str]:
    return [text[one.start : one.end] for one in engine.check(Draft(text, locale))]


@pytest.mark.parametrize(
    ("locale", "text", "wrong", "fix"),
    [
        ("nl", "De rekenig ligt in de bus.", "rekenig", "rekening"),
        ("nl-BE", "De winkel is geslotten.", "geslotten", "gesloten"),
        ("de", "Die Liferung kommt heute.", "Liferung", "Lieferung"),
        ("fr", "Votre livrason arrive demain.", "livrason", "livraison"),
        ("es", "La factra llega mañana.", "factra", "factura"),
    ],
)
def test_a_misspelling_is_found_and_mended(
    engine: hunspell.Hunspell, locale: str, text: str, wrong: str, fix: str
) -> None:
    """A misspelt word is an error with the right word among at most three fixes."""
    (finding,) = engine.check(Draft(text, locale))
    assert text[finding.start : finding.end] == wrong
    assert fix in finding.fixes
    assert len(finding.fixes) <= hunspell.MAX_FIXES
    assert (finding.rule, finding.level, finding.safe) == (hunspell.SPELLING, Level.ERROR, False)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("nl", "Het retourlabel, de appwinkel en het glasvezelabonnement staan op de servicepagina."),
        ("nl", "Zo'n wifi-router kost €12,50; foto's stuur je 's avonds naar hulp@winkel.example."),
        ("de", "Die Sendungsverfolgung und der Rücksendeschein liegen im Kundenbereich."),
        ("fr", "Qu'est-ce qui s'affiche ? L’abonnement, c'est-à-dire l'accès, n'est pas résilié."),
        ("es", "¿Puede enviármelo? Descárguelo, péguela y llámenos."),
    ],
)
def test_right_words_pass(engine: hunspell.Hunspell, locale: str, text: str) -> None:
    """Compounds, contractions, elisions and pronouns behind a verb are right words."""
    assert _found(engine, text, locale) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ik vraag het Wojtek van Zwirnex, en die mailt Brzęk.",
        "Zie qwrtx.pdf, #qwrtz, @brzkl en https://qwrty.example/zxcvb.",
        "De code is XQZRT of qz81rt, en het gewicht 12kgx.",
        "Bel ons i.v.m. de btw, a.u.b.",
        "Zwirnex belt. Ik ken Zwirnex goed.",
    ],
)
def test_names_and_codes_are_no_misspellings(engine: hunspell.Hunspell, text: str) -> None:
    """A name within a sentence, a code, a handle, an address, a file, an abbreviation: nothing is found."""
    assert _found(engine, text, "nl") == []


def test_a_capital_at_the_start_hides_no_misspelling(engine: hunspell.Hunspell) -> None:
    """A word that opens a sentence and is all but a known one is misspelt, in German any noun is."""
    assert _found(engine, "Bestellling ontvangen.", "nl") == ["Bestellling"]
    assert _found(engine, "Wir haben die Rechnnung.", "de") == ["Rechnnung"]


@pytest.mark.parametrize(
    "before",
    ["🎮👩🏽‍🔧 ", "שלום עולם ", "مرحبا ", "a\u200bb ", "e\u0301 ", "\ufeff", "\r\n\t"],
    ids=["emoji", "hebrew", "arabic", "zero-width", "combining", "mark", "line ends"],
)
def test_spans_are_code_points(engine: hunspell.Hunspell, before: str) -> None:
    """Whatever stands before a misspelt word, its span holds just that word."""
    assert _found(engine, f"{before}de rekenig {before}", "nl")[-1] == "rekenig"


def test_accents_may_be_apart_and_signs_invisible(engine: hunspell.Hunspell) -> None:
    """A word is the same in either form of its accents, and with soft hyphens or zero-width spaces within."""
    assert _found(engine, unicodedata.normalize("NFD", "La contraseña del técnico llegó."), "es") == []
    assert _found(engine, "De reke\u00adning en de facta\u200bur.", "nl") == ["facta\u200bur"]


def test_a_wrong_part_between_hyphens_is_marked_alone(engine: hunspell.Hunspell) -> None:
    """Of a word with hyphens only the misspelt part is found."""
    assert _found(engine, "De wifi-ruoter staat aan.", "nl") == ["ruoter"]


def test_the_vocabulary_is_accepted_with_its_forms() -> None:
    """A word of the vocabulary passes with its plural and possessive, and a name of several words as a whole."""
    text = "De zwirnex, zwirnexen en zwirnex's van blorft flumm."
    accepting = hunspell.open({}, Vocabulary(accept=("zwirnex", "blorft flumm")))
    assert _found(accepting, text, "nl") == []
    assert len(_found(hunspell.open({}, Vocabulary()), text, "nl")) == 5
    assert _found(accepting, "De blorft en de wifi-zwirnex.", "nl") == ["blorft"]


def test_a_name_in_other_letters_leads_to_its_own() -> None:
    """A word of the vocabulary that is written with other capitals is a fault, and its own spelling is the fix."""
    accepting = hunspell.open({}, Vocabulary(accept=("OpenID",)))
    found = accepting.check(Draft("Met openid, Openid's of OpenID.", "nl"))
    assert [one.fixes for one in found] == [("OpenID",), ("OpenID's",)]


def test_the_other_side_of_the_atlantic_is_no_misspelling() -> None:
    """What American or British English writes is right in the other: that is for Spelling.Dialect to tell."""
    english = hunspell.open({"dictionaries": {"en-GB": "en_GB"}}, Vocabulary())
    text = "We organize prizes of any size; the color of it."
    assert english.check(Draft(text, "en-GB")) == []
    assert english.check(Draft(text, "en-GB-oxendict")) == []


def test_telugu_is_a_hint(engine: hunspell.Hunspell) -> None:
    """A Telugu word that only sounds like a known one is a suggestion; an unknown one is nothing."""
    (finding,) = engine.check(Draft("మీ సంధేశం", "te"))
    assert finding.level is Level.SUGGESTION
    assert engine.check(Draft("మీ వికీలో", "te")) == []


def test_a_foreign_text_costs_few_suggestions(engine: hunspell.Hunspell) -> None:
    """Of a text full of unknown words only the first few findings carry fixes, so that it does not take seconds."""
    words = [f"qzx{a}{b}w" for a in "bcdfg" for b in "klmnp"]
    findings = engine.check(Draft(" ".join(words), "nl"))
    assert len(findings) == len(words)
    assert all(one.fixes == () for one in findings[hunspell.MAX_SUGGESTED :])


def test_a_dictionary_may_be_named_by_path(tmp_path: Path) -> None:
    """`dictionaries` names a dictionary by its path, with or without `.dic`; its words and no others are right."""
    (tmp_path / "own.aff").write_text("SET UTF-8\n")
    (tmp_path / "own.dic").write_text("2\nblorft\nflumm\n")
    for name in (tmp_path / "own", tmp_path / "own.dic"):
        engine = hunspell.open({"dictionaries": {"nl": str(name)}}, Vocabulary())
        assert engine.languages == ("nl",)
        assert _found(engine, "blorft flumm fiets", "nl") == ["fiets"]


def test_the_words_that_a_user_keeps_at_home_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A personal word list of enchant is not read, and enchant's own variable is left as it was."""
    (tmp_path / "nl.dic").write_text("rekenig\n")
    (tmp_path / "nl_NL.dic").write_text("rekenig\n")
    monkeypatch.setenv("ENCHANT_CONFIG_DIR", str(tmp_path))
    assert _found(hunspell.open({}, Vocabulary()), "rekenig", "nl") == ["rekenig"]
    assert os.environ["ENCHANT_CONFIG_DIR"] == str(tmp_path)


def test_threads_find_the_same() -> None:
    """Many threads at once find what one finds."""
    engine = hunspell.open({}, Vocabulary())
    texts = [f"De rekenig {number} van mijn bestelling is geslotten." for number in range(40)]
    alone = [hunspell.open({}, Vocabulary()).check(Draft(text, "nl")) for text in texts[:1]]
    with ThreadPoolExecutor(4) as pool:
        found: list[list[Finding]] = list(pool.map(lambda text: engine.check(Draft(text, "nl")), texts))
    assert found[0] == alone[0]
    assert {len(findings) for findings in found} == {2}


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(alphabet=st.one_of(st.sampled_from("de rekenig 's-@.🎮\u200d\u0301"), st.characters(codec="utf-8")))
)
def test_any_text_is_answered(engine: hunspell.Hunspell, text: str) -> None:
    """Any text gives sorted findings with spans of words inside it, and the same ones twice."""
    findings = engine.check(Draft(text, "nl"))
    assert findings == sorted(findings) == engine.check(Draft(text, "nl"))
    assert all(0 <= one.start < one.end <= len(text) and not text[one.start : one.end].isspace() for one in findings)


# -- what is missing ------------------------------------------------------------------------------


def test_no_pyenchant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyenchant the error names the extra to install."""
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    with pytest.raises(EngineError, match=r"cannedkit\[spell\]"):
        hunspell.open({}, Vocabulary())


def test_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the C library under pyenchant the error names its package."""
    real: Callable[..., Any] = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == "enchant":
            raise ImportError("The 'enchant' C library was not found")
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EngineError, match="libenchant-2-2"):
        hunspell.open({}, Vocabulary())


def test_no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any dictionary the error says what to install or to name."""
    monkeypatch.setattr(hunspell, "folders", lambda: (Path("/nowhere"),))
    with pytest.raises(EngineError, match=r"apt install hunspell-nl.*dictionaries"):
        hunspell.open({}, Vocabulary())


def test_a_named_dictionary_that_is_not_there(tmp_path: Path) -> None:
    """A dictionary that is named and not there is an error with the nearest one that is."""
    (tmp_path / "nl_NL.dic").write_text("0\n")
    with pytest.raises(EngineError, match="did you mean nl_NL"):
        hunspell.open({"dictionaries": {"nl": str(tmp_path / "nl_NK")}}, Vocabulary())


def test_a_language_without_dictionary(engine: hunspell.Hunspell) -> None:
    """A draft in a language that has no dictionary is an error, never clean; `languages` says so before."""
    assert "xx" not in engine.languages
    with pytest.raises(EngineError, match="no dictionary for xx"):
        engine.check(Draft("x", "xx"))


def test_what_no_engine_reads_is_noted() -> None:
    """Where hunspell is on, a locale whose words nobody knows is noted with what to install."""
    from cannedkit import engines

    settings = Settings(Path.cwd(), locales=("nl", "cy"), engines={"hunspell": {}}, engines_named=True)
    notes = engines.open_all(settings).notes
    assert [note.partition(":")[0] for note in notes] == ["no engine knows the words of cy"]
    assert "apt install hunspell-cy" in notes[0]
