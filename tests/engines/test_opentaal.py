"""Dutch spelling by the list that is part of the package: on a plain install, without a library of the system."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.engines import opentaal
from cannedkit.kit import Kit
from cannedkit.model.draft import Draft, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Settings, Vocabulary

ENGINE = opentaal.open({}, Vocabulary())


def _found(text: str, locale: str = "nl") -> list[str]:
    return [text[one.start : one.end] for one in ENGINE.check(Draft(text, locale))]


@pytest.mark.parametrize("locale", ["nl", "nl-BE"])
def test_a_misspelling_is_found_and_mended(locale: str) -> None:
    """A misspelt word is an error with the right word among at most three fixes."""
    (finding,) = ENGINE.check(Draft("De rekenig ligt klaar.", locale))
    assert (finding.start, finding.end) == (3, 10)
    assert finding.fixes[0] == "rekening"
    assert len(finding.fixes) <= opentaal.MAX_FIXES
    assert (finding.rule, finding.level, finding.safe) == (opentaal.SPELLING, Level.ERROR, False)


@pytest.mark.parametrize(
    "text",
    [
        "Het retourlabel, de appwinkel en het glasvezelabonnement staan op de servicepagina.",
        "Zo'n wifi-router kost €12,50; foto’s stuur je 's avonds naar hulp@winkel.example.",
        "Ik vraag het Wojtek van Zwirnex, en die mailt Brzęk.",
        "Zie qwrtx.pdf, #qwrtz, @brzkl en https://qwrty.example/zxcvb.",
        "De code is XQZRT of qz81rt, en het gewicht 12kgx.",
        "Bel ons i.v.m. de btw, a.u.b., of kies e-mail.",
        "Zwirnex belt. Ik ken Zwirnex goed.",
        "Ga naar Bestellingen &gt; Retour, of bel: het kost 2 mln incl. btw.",
        "De checkout geeft een error; log daarna opnieuw in met je account.",
        "Op maandag 3 juni, om half negen, komen eenentwintig monteurs.",
        "Beste mevrouw Van der Velde-Öztürk, dank voor uw IBAN.",
    ],
)
def test_right_words_names_and_codes_pass(text: str) -> None:
    """Compounds, loan words, abbreviations, names, codes, addresses and numbers are no misspellings."""
    assert _found(text) == []


def test_a_capital_at_the_start_hides_no_misspelling() -> None:
    """A word that opens a sentence and is all but a known one is misspelt."""
    assert _found("Bestellling ontvangen.") == ["Bestellling"]


def test_a_wrong_part_between_hyphens_is_marked_alone() -> None:
    """Of a word with hyphens only the misspelt part is found."""
    assert _found("De wifi-ruoter staat aan.") == ["ruoter"]


def test_spans_are_code_points() -> None:
    """Whatever stands before a misspelt word, its span holds just that word; invisible signs within are part of it."""
    assert _found("🎮👩🏽‍🔧 e\u0301 de rekenig") == ["rekenig"]
    assert _found("De reke\u00adning en de facta\u200bur.") == ["facta\u200bur"]


def test_the_vocabulary_is_accepted_with_its_forms() -> None:
    """A word of the vocabulary passes with its plural and possessive; in other letters it leads to its own spelling."""
    accepting = opentaal.open({}, Vocabulary(accept=("zwirnex", "OpenID")))
    (finding,) = accepting.check(Draft("De zwirnex, zwirnexen en zwirnex's met openid.", "nl"))
    assert finding.fixes == ("OpenID",)


def test_other_languages_and_options_are_refused() -> None:
    """A draft in another language and an option say what is wrong."""
    with pytest.raises(EngineError, match="Dutch only"):
        ENGINE.check(Draft("Bonjour", "fr"))
    with pytest.raises(EngineError, match="takes no options"):
        opentaal.open({"path": "x"}, Vocabulary())


def test_it_is_on_unless_engines_are_named() -> None:
    """Without a word about engines a Dutch draft is spelt; where others are named it is not."""
    text = "De rekenig ligt klaar."
    plain = Kit(Settings(Path("/"), locale="nl", locales=("nl",))).lint(text, locale="nl")
    assert opentaal.SPELLING in {one.rule for one in plain}
    named = Kit(Settings(Path("/"), locale="nl", locales=("nl",), engines={"harper": {}}, engines_named=True))
    assert opentaal.SPELLING not in {one.rule for one in named.lint(text, locale="nl")}


def test_english_drafts_leave_the_list_closed() -> None:
    """The list is read when the first Dutch draft comes, not before."""
    code = (
        "from cannedkit.kit import Kit; from cannedkit.settings.places import without_file; from pathlib import Path\n"
        "Kit(without_file(Path('/'))).lint('I see your having trouble.', locale='en')\n"
        "import sys; sys.exit('cannedkit.words.wordlist' in sys.modules and "
        "sys.modules['cannedkit.words.wordlist'].listed.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_findings_within_it(text: str) -> None:
    """Whatever the text, findings lie in it, sorted, and are the same on any thread."""
    draft = Draft(text, "nl")
    found = ENGINE.check(draft)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert found == sorted(found, key=lambda one: (one.start, one.end))
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ENGINE.check, [draft, draft])) == [found, found]
