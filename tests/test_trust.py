"""Consent: an address, a pipeline and a dictionary that a repository names are used only when its user says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cannedkit import CheckFailed, Kit, SettingsError
from tests.conftest import Run, Write

URL = "http://127.0.0.1:1"
"""Where nobody answers, so that an engine that is used is an error of another kind."""

REPLY = "a: Your order left today.\n"


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of settings for a user who has allowed nothing."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.delenv("CANNEDKIT_TRUST", raising=False)
    return folder


def _repository(write: Write, settings: str) -> Path:
    dictionary = {"own.aff": "SET UTF-8\n", "own.dic": "1\nblorft\n", "words/own.aff": "", "words/own.dic": "1\nx\n"}
    pipeline = {"tiny/config.cfg": '[nlp]\nlang = "en"\n', "models/tiny/config.cfg": '[nlp]\nlang = "en"\n'}
    text = f"packs: [Care]\n{settings}\n"
    return write(
        {"cannedkit.yaml": text, "responses/a.yaml": REPLY, "d.txt": "All is well.\n", **dictionary, **pipeline}
    )


NAMED = [
    (f"engines: {{languagetool: {{url: '{URL}'}}}}", URL, "languagetool", 31),
    ("engines: {languagetool: {url: http://localhost:8081/}}", "http://localhost:8081/", "languagetool", 31),
    ("engines: {languagetool: {url: https://example.org/v2}}", "https://example.org/v2", "languagetool", 31),
    ("engines: {hunspell: {dictionaries: {en: own}}}", "own", "hunspell", 41),
    ("engines: {hunspell: {dictionaries: {en: words/own.dic}}}", "words/own.dic", "hunspell", 41),
    ("engines: {hunspell: {dictionaries: {en: /etc/own}}}", "/etc/own", "hunspell", 41),
    ("pipelines: {en: tiny}", "tiny", "", 17),
    ("pipelines: {en: models/tiny}", "models/tiny", "", 17),
    ("pipelines: {en: ../elsewhere}", "../elsewhere", "", 17),
]
"""What the settings say, what a user must allow, the engine that it is for, and its column."""


@pytest.mark.parametrize(("settings", "what", "engine", "column"), NAMED)
@pytest.mark.parametrize("command", [("check",), ("lint", "d.txt")])
def test_what_nobody_allowed_is_left_out(
    run: Run, write: Write, command: tuple[str, ...], settings: str, what: str, engine: str, column: int
) -> None:
    """It is one error at its place that says what was left out and how to allow it; the rest is done; exit 2."""
    ran = run(*command, "--format", "json", cwd=_repository(write, settings))
    report = json.loads(ran.out)
    assert ran.code == 2
    [error] = report["errors"]
    assert (error["rule"], error["path"], error["line"], error["column"]) == (engine, "cannedkit.yaml", 2, column)
    assert "left out" in error["reason"]
    assert f"--trust {what}, CANNEDKIT_TRUST, or `trust:`" in error["reason"]


@pytest.mark.parametrize(("settings", "what", "engine", "column"), NAMED)
def test_a_user_allows_it_in_one_of_four_ways(
    write: Write, home: Path, monkeypatch: pytest.MonkeyPatch, settings: str, what: str, engine: str, column: int
) -> None:
    """By the argument (`--trust` passes it on), the environment, or the user's own settings, there by its full path."""
    root = _repository(write, settings)

    def left_out(*trust: str) -> int:
        return len(Kit.load(root, forgiving=True, trust=trust).settings.untrusted)

    assert left_out() == left_out("something/else") == 1
    assert left_out(what) == left_out("all") == 0
    monkeypatch.setenv("CANNEDKIT_TRUST", f"https://other.example, {what}")
    assert left_out() == 0
    monkeypatch.setenv("CANNEDKIT_TRUST", "")
    full = what if engine == "languagetool" else str(root / what)
    for entry in (full, "all"):
        (home / "cannedkit").mkdir(exist_ok=True)
        (home / "cannedkit" / "settings.yaml").write_text(f"trust: ['{entry}']\n")
        assert left_out() == 0


def test_a_path_of_the_users_settings_is_a_full_one(write: Write, home: Path) -> None:
    """What holds for every catalogue names one place: `tiny` would be another folder in each."""
    root = _repository(write, "pipelines: {en: tiny}")
    (home / "cannedkit").mkdir()
    (home / "cannedkit" / "settings.yaml").write_text("trust: [tiny]\n")
    assert len(Kit.load(root).settings.untrusted) == 1


def test_a_path_may_start_at_the_current_folder(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path is the one that the shell completes, or the one that the settings write."""
    root = _repository(write, "pipelines: {en: models/tiny}")
    monkeypatch.chdir(root / "models")
    assert Kit.load(root, trust=["tiny"]).settings.untrusted == ()


def test_a_link_is_what_it_leads_to(write: Write, tmp_path: Path) -> None:
    """Allowing a folder allows no link of the same repository that leads elsewhere."""
    root = _repository(write, "pipelines: {en: link}")
    (root / "link").symlink_to(root / "tiny")
    assert len(Kit.load(root, trust=["models/tiny"]).settings.untrusted) == 1
    assert Kit.load(root, trust=["tiny"]).settings.untrusted == ()


@pytest.mark.parametrize("name", ["tiny", "http:/127.0.0.1:1"])
def test_an_address_allows_no_path(write: Write, name: str) -> None:
    """A link that a repository names like an address that its user allows leads nowhere that is allowed."""
    root = _repository(write, f"pipelines: {{en: '{name}'}}")
    (root / "http:").mkdir()
    (root / "http:" / "127.0.0.1:1").symlink_to(root / "tiny")
    assert len(Kit.load(root, trust=[URL]).settings.untrusted) == 1


def test_settings_in_a_checkout_are_nobodys_own(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository cannot allow itself anything by a folder of settings in it."""
    root = _repository(write, f"engines: {{languagetool: {{url: '{URL}'}}}}")
    write({".config/cannedkit/settings.yaml": "trust: [all]\n"})
    monkeypatch.setenv("XDG_CONFIG_HOME", str(root / ".config"))
    kit = Kit.load(root, forgiving=True)
    assert len(kit.settings.untrusted) == 1
    assert "which others write" in kit.refused[0].reason


@pytest.mark.parametrize(
    ("text", "wanted"), [("trsut: [all]\n", "did you mean `trust`?"), ("trust: {a: b}\n", "settings.yaml:1:8")]
)
def test_a_fault_of_the_users_settings_is_told(write: Write, home: Path, text: str, wanted: str) -> None:
    """A user's own settings are read as strictly as a repository's."""
    (home / "cannedkit").mkdir()
    (home / "cannedkit" / "settings.yaml").write_text(text)
    with pytest.raises(SettingsError) as error:
        Kit.load(_repository(write, ""))
    assert wanted in str(error.value)


def test_the_library_says_so_with_the_findings(write: Write) -> None:
    """`lint` raises CheckFailed with what the rules found; `reply` needs no proofreader and sends."""
    kit = Kit.load(_repository(write, f"engines: {{languagetool: {{url: '{URL}'}}}}"))
    with pytest.raises(CheckFailed) as error:
        kit.lint("Sorry for any inconvenience!")
    assert error.value.findings
    assert [failure.rule for failure in error.value.errors] == ["languagetool"]
    assert str(kit.reply("a/a")) == "Your order left today."


def test_what_is_installed_needs_no_consent(write: Write) -> None:
    """A server of our own, and a dictionary by its name, are the user's already; so is what is not looked at."""
    root = _repository(write, "engines: {languagetool: {}, hunspell: {dictionaries: {nl: nl_NL}}}")
    assert Kit.load(root).settings.untrusted == ()
    root = _repository(write, f"engines: {{languagetool: {{url: '{URL}'}}}}")
    assert Kit.load(root, with_engines=False).settings.untrusted == ()


@pytest.mark.parametrize("trust", ["all", 5, [5], [["all"]]])
def test_trust_is_a_list_of_texts(tmp_path: Path, trust: object) -> None:
    """A text alone, whose letters would be taken for entries, is an error."""
    with pytest.raises(SettingsError, match="`trust` must be a"):
        Kit.load(tmp_path, trust=trust)  # type: ignore[arg-type]
