"""LanguageTool itself: one server for the whole run, started as users start it, stopped at the end."""

from __future__ import annotations

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cannedkit.engines.languagetool import engine as languagetool
from cannedkit.engines.languagetool import server as languagetoolserver
from cannedkit.engines.languagetool.client import Client
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Vocabulary
from tests.conftest import Run, Write

pytestmark = pytest.mark.languagetool


@pytest.fixture(scope="module")
def engine() -> languagetool.LanguageTool:
    """The engine over the server of the run."""
    return languagetool.open({}, Vocabulary(accept=("Zylo",)))


def _shown(text: str, found: list[Finding]) -> list[tuple[str, str]]:
    return [(text[finding.start : finding.end], finding.fixes[0] if finding.fixes else "") for finding in found]


@pytest.mark.parametrize(
    ("locale", "text", "wanted"),
    [
        ("en-US", "Your lamps has left our depot.", ("has", "have")),
        ("en-US", "We recieved your photos.", ("recieved", "received")),
        ("en-US", "I can see the the payment.", ("the the", "the")),
        ("nl-NL", "We hebben uw lamp gisteren ontvange.", ("ontvange", "ontvangen")),
        ("nl", "Uw pakket word morgen bezorgd.", ("pakket word", "pakket wordt")),
    ],
)
def test_errors_are_found(engine: languagetool.LanguageTool, locale: str, text: str, wanted: tuple[str, str]) -> None:
    """Errors of spelling and grammar are found where they stand, with the right word first."""
    assert wanted in _shown(text, engine.check(Draft(text, locale)))


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en-US", "Hi Ximena, order AB-12345 is with the courier. Ask @acme or see example.org/help. Regards, JK"),
        ("nl-NL", "Goedemiddag Noor, uw pakket is onderweg. De Zylo volgt donderdag."),
        ("en", "   "),
        ("en", "🎉🎉"),
    ],
)
def test_clean_text_is_left_alone(engine: languagetool.LanguageTool, locale: str, text: str) -> None:
    """Names, codes, handles, addresses, initials and our own words are no errors."""
    assert engine.check(Draft(text, locale)) == []


@pytest.mark.parametrize(
    "before",
    [
        "🎉🎉 👨‍👩‍👧‍👦 ",
        "שלום! ",
        "สวัสดีครับ ",
        "a\u0301e\u0308 ",
        "one\u200bword\u200b\u2060 ",
        "\u202bمرحبا\u202c ",
        "𝒳𝒴 ",
        "Line one.\r\n\r\nLine 🙂 two.\r\n",
        "\x00\x07 ",
        "\U000e0001\ufeff",
    ],
)
def test_places_are_code_points(engine: languagetool.LanguageTool, before: str) -> None:
    """Whatever stands before an error, in whatever script, its span covers it and nothing else."""
    text = f"{before}We recieved it."
    found = engine.check(Draft(text, "en-US"))
    assert ("recieved", "received") in _shown(text, found)
    assert all(0 <= finding.start <= finding.end <= len(text) for finding in found)


def test_places_inside_a_match(engine: languagetool.LanguageTool) -> None:
    """A match with an invisible character in it covers the whole word, and one behind a letter beyond U+FFFF."""
    text = "We recie\u200bved it 🎉."
    assert "recie\u200bved" in [shown for shown, _ in _shown(text, engine.check(Draft(text, "en-US")))]
    text = "See the 𝒳 the the box."
    assert "the the" in [shown for shown, _ in _shown(text, engine.check(Draft(text, "en-US")))]


@pytest.mark.parametrize("before", ["", "🎉 ", "All done! ✅ ", "Hi Tom,\n• ", "1) "])
def test_agreement_is_seen_behind_a_symbol(engine: languagetool.LanguageTool, before: str) -> None:
    """LanguageTool's rules for the start of a sentence hold behind an emoji and a bullet, too."""
    text = f"{before}Your lamps has left our depot."
    assert ("has", "have") in _shown(text, engine.check(Draft(text, "en-US")))


def test_threads_get_their_own_findings(engine: languagetool.LanguageTool) -> None:
    """Many threads get what one thread gets, text by text."""
    drafts = [Draft(f"{'🎉' * (number % 4)}{number} We recieved {'it ' * (number % 9)}today.") for number in range(40)]
    alone = [engine.check(draft) for draft in drafts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(engine.check, drafts)) == alone


def test_a_language_that_is_not_installed_is_an_error(engine: languagetool.LanguageTool) -> None:
    """A draft in a language that LanguageTool has and this server has not is an error with the command to run."""
    with pytest.raises(EngineError, match=r"does not serve pl: it serves ca-ES.*install --language pl"):
        engine.check(Draft("Dziękuję za wiadomość.", "pl-PL"))


def test_the_languages_are_languagetools(engine: languagetool.LanguageTool) -> None:
    """What the server serves is among what the engine says it knows, and every variant is one of the server's."""
    engine.check(Draft("All is well."))
    client = Client(languagetoolserver.address())
    codes = client.codes(20.0)
    assert {code.partition("-")[0] for code in codes} <= set(engine.languages)
    assert {variant for variants in languagetool.VARIANTS.values() for variant in variants} <= set(codes)
    assert client.version(20.0) == languagetoolserver.VERSION


def test_the_command_line_uses_the_server(run: Run, write: Write) -> None:
    """`lint` with LanguageTool named in the settings reports its findings, and what it cannot check ends with 2."""
    folder = write(
        {
            "cannedkit.yaml": "packs: []\nengines: {languagetool: {}}\nlocales: [en, nl]\n",
            "draft.txt": "Uw pakket word morgen bezorgd.\n",
        }
    )
    ran = run("lint", "--locale", "nl", "--format", "json", "draft.txt", cwd=folder)
    [finding] = json.loads(ran.out)["findings"]
    assert ran.code == 1
    assert finding["rule"].startswith("LanguageTool.")
    assert finding["column"] == 4
    ran = run("lint", "--locale", "pl", "draft.txt", cwd=folder)
    assert ran.code == 2
    assert "does not serve pl" in ran.out


# -- starts that fail -----------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own, and the jars of the run."""
    shared = languagetoolserver.jars().resolve()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (languagetoolserver.jars() / "libs").mkdir(parents=True)
    return shared


def test_jars_without_spanish_are_an_error(elsewhere: Path) -> None:
    """LanguageTool's own detector dies without es, ca and pt: the error says which jars are needed."""
    for jar in elsewhere.glob("libs/*.jar"):
        if not jar.name.startswith("language-es"):
            (languagetoolserver.jars() / "libs" / jar.name).symlink_to(jar)
    with pytest.raises(EngineError, match="must hold en, es, ca and pt"):
        languagetoolserver.start()


def test_a_taken_port_is_an_error(elsewhere: Path) -> None:
    """A port that another program listens on is an error that says so."""
    for jar in elsewhere.glob("libs/*.jar"):
        (languagetoolserver.jars() / "libs" / jar.name).symlink_to(jar)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(EngineError, match="taken by another program"):
            languagetoolserver.start(taken.getsockname()[1])
