"""`cannedkit search`: what it prints, as lines and as JSON, and what its exit code means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from cannedkit.cli.main import main
from tests.cli.terminal import Terminal
from tests.conftest import Run, Write

SETTINGS = "packs: []\nengines: {}\nlocales: [en]\nchannels: {chat: {}, sms: {}}\n"
RESPONSES = """\
sent:
  title: Your money is on its way
  shortcut: refund
  examples: [where is my money, has my money been sent back]
  requires: [identity.verified]
  body: I sent it back to your card today.
late:
  examples: [where is my parcel, is my parcel late]
  channels: [chat]
  body: It is on the road, and should be with you on Friday.
mute:
  examples: [how do I do that]
  body: Good day.
silent:
  body: See you.
"""
FILES = {"cannedkit.yaml": SETTINGS, "responses/parcels.yaml": RESPONSES}


def test_matches_are_printed(run: Run, write: Write) -> None:
    """A match is its score, id, locale, title and, on a line of its own, why."""
    ran = run("search", "where is my money", "--limit", "1", cwd=write(FILES))
    first, why = ran.out.splitlines()
    assert first.partition("%")[2] == "  parcels/sent (en)  Your money is on its way"
    assert why == "      its example “where is my money”: where, is, my, money"
    assert (ran.err, ran.code) == ("", 0)


def test_nothing_found_is_said(run: Run, write: Write) -> None:
    """Where nothing is found, that is said on stderr, and is no fault."""
    ran = run("search", "???", cwd=write(FILES))
    assert (ran.out, ran.code) == ("", 0)
    assert ran.err == "cannedkit: nothing was found: no reply that may be sent has a word of it\n"


def test_matches_as_json(run: Run, write: Write) -> None:
    """JSON has the fields of each match."""
    ran = run("search", "refund", "--format", "json", "--limit", "1", cwd=write(FILES))
    found = json.loads(ran.out)
    assert found["matches"][0].pop("score") > 0.99
    assert found == {
        "format": 1,
        "question": "refund",
        "matches": [
            {
                "id": "parcels/sent",
                "locale": "en",
                "why": "that is its shortcut",
                "title": "Your money is on its way",
                "shortcut": "refund",
                "channels": ["chat", "sms"],
                "requires": ["identity.verified"],
            }
        ],
    }


def test_the_conversation_is_heeded(run: Run, write: Write) -> None:
    """Channel and known facts leave out what may not be sent."""
    folder = write(FILES)
    assert "parcels/late" not in run("search", "parcel", "--channel", "sms", cwd=folder).out
    assert "parcels/sent" not in run("search", "money", "--known", "issue", cwd=folder).out
    assert "parcels/sent" in run("search", "money", "--known", "issue", "--known", "identity.verified", cwd=folder).out


def test_explained(run: Run, write: Write) -> None:
    """--explain says how the question was read, what each likeness is made of, and what was left out."""
    ran = run("search", "my mony back", "--explain", "--known", "issue", "--limit", "1", cwd=write(FILES))
    assert "\nRead as en: my, mony (money?), back\n" in ran.out
    assert "\nLeft out: parcels/sent: it needs identity.verified to be known\n" in ran.out
    assert "Likeness is that of letters and synonyms, and 0.4 of that of meaning" in ran.out


def test_without_the_extra_that_is_told(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the settings ask for sentences and the extra is missing, a note says so, and words are searched."""
    monkeypatch.setattr("cannedkit.words.sentences.encoder", lambda: None)
    ran = run("search", "parcel", cwd=write({**FILES, "cannedkit.yaml": f"{SETTINGS}search: {{semantic: true}}\n"}))
    assert ran.err.endswith("pip install 'cannedkit[semantic]'; words alone are searched\n")
    assert "parcels/late" in ran.out
    assert ran.code == 0


def test_evaluated(run: Run, write: Write) -> None:
    """--evaluate leaves each example out once, and names what is stolen and what nothing finds."""
    ran = run("search", "--evaluate", cwd=write(FILES))
    lines = ran.out.splitlines()
    assert lines[0].split() == ["locale", "topic", "examples", "top-1", "top-3", "MRR", "top-3", "as", "written"]
    assert lines[1].split()[:3] == ["en", "all", "5"]
    assert lines[2].split()[:3] == ["en", "parcels", "5"]
    assert lines[-1] == "Nothing finds (en): parcels/silent" or "parcels/mute" in lines[-1]
    assert ran.code == 0


def test_what_the_settings_ask_for_is_enforced(run: Run, write: Write) -> None:
    """A figure below that of the settings is named at its place, and makes the exit code 1."""
    folder = write({**FILES, "cannedkit.yaml": f"{SETTINGS}search: {{top1: 0.99, top3: 0.01}}\n"})
    ran = run("search", "--evaluate", cwd=folder)
    assert ran.code == 1
    assert ran.err.startswith("cannedkit: cannedkit.yaml:5:10: `top1` of en is 0.")
    assert ran.err.endswith(", and the settings ask for 0.99\n")
    assert "top3" not in ran.err
    found = json.loads(run("search", "--evaluate", "--format", "json", cwd=folder).out)
    assert [one["figure"] for one in found["missed"]] == ["top1"]
    assert found["figures"][0]["written3"] == 1.0


def test_questions_of_a_file(run: Run, write: Write) -> None:
    """--evaluate FILE asks the questions of a file, with what is known of each."""
    asked = [
        {"question": "where did my money go", "response": "parcels/sent"},
        {"question": "where is that parcel", "response": "parcels/late", "locale": "en", "channel": "chat"},
        {"question": "my money", "response": "parcels/sent", "known": ["issue"]},
    ]
    folder = write({**FILES, "asked.jsonl": "\n".join(map(json.dumps, asked)) + "\n"})
    ran = run("search", "--evaluate", "asked.jsonl", cwd=folder)
    assert ran.out.splitlines()[1].split() == ["en", "all", "3", "0.67", "0.67", "0.67", "0.67"]
    assert "“my money” of parcels/sent, which is not found" in ran.out


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "asked.jsonl:1:1: this line is not JSON"),
        ("[]", "asked.jsonl:1:1: each line is an object with `question` and `response`"),
        (
            '{"question": "a", "response": "parcels/lat"}',
            "unknown response 'parcels/lat'; did you mean `parcels/late`?",
        ),
        ('{"question": "a", "response": "parcels/late", "channel": "fax"}', "asked.jsonl:1:1: unknown channel 'fax'"),
        ("", "asked.jsonl:1:1: holds no question"),
    ],
)
def test_a_fault_in_the_questions_is_located(run: Run, write: Write, line: str, fault: str) -> None:
    """A line that is wrong is named with its file and number, and how to mend it."""
    ran = run("search", "--evaluate", "asked.jsonl", cwd=write({**FILES, "asked.jsonl": line}))
    assert fault in ran.err
    assert ran.code == 2


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        ((), "give the question to search for"),
        (("--evaluate", "nothing.jsonl"), "nothing.jsonl: cannot be read: No such file"),
        (("--evaluate", "--locale", "nl"), "unknown locale 'nl'"),
        (("money", "--channel", "fax"), "unknown channel 'fax'"),
        (("money", "--evaluate"), "give no question"),
    ],
)
def test_wrong_usage_is_told(run: Run, write: Write, arguments: tuple[str, ...], fault: str) -> None:
    """What was asked wrongly is told in a line, with exit code 2."""
    ran = run("search", *arguments, cwd=write(FILES))
    assert fault in ran.err
    assert ran.code == 2


def test_a_title_cannot_command_the_terminal(run: Run, write: Write) -> None:
    """Control characters of other people's texts are shown, not sent."""
    files = {**FILES, "responses/x.yaml": 'a:\n  title: "\\e[2Jwiped"\n  body: Wiped.\n'}
    assert "\x1b" not in run("search", "wiped", cwd=write(files)).out


def test_without_a_catalogue_search_names_init(run: Run, write: Write) -> None:
    """Where there is no cannedkit.yaml, the error names `init`."""
    ran = run("search", "money", cwd=write({}))
    assert "`cannedkit init` writes one" in ran.err
    assert ran.code == 2


# -- taken to where it is sent ------------------------------------------------------------------


@pytest.fixture
def clipboard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that a program in place of the desktop's writes what it is given into."""
    program = tmp_path / "bin" / "wl-copy"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ncat > {tmp_path}/copied\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    return tmp_path / "copied"


def test_the_first_match_is_copied(run: Run, write: Write, clipboard: Path) -> None:
    """--copy puts the reply on the clipboard as it would be sent, and says which it was."""
    ran = run("search", "where is my parcel", "--copy", cwd=write(FILES))
    assert clipboard.read_text("utf-8") == "It is on the road, and should be with you on Friday."
    assert ran.err == "cannedkit: parcels/late (en) is on the clipboard\n"
    assert ran.code == 0


def test_what_may_not_be_sent_is_not_copied(run: Run, write: Write, clipboard: Path) -> None:
    """A reply that requires a fact which nobody said is known is not copied."""
    ran = run("search", "refund", "--copy", cwd=write(FILES))
    assert "it requires `identity.verified`, which is not known" in ran.err
    assert ran.code == 2
    assert not clipboard.exists()


def test_nothing_unfilled_is_copied(run: Run, write: Write, clipboard: Path) -> None:
    """A reply that lacks a value is not copied; the error names the value."""
    files = {
        "cannedkit.yaml": SETTINGS,
        "responses/a.yaml": 'b: "Hello {{ customer.name }}, the kettle is hot."\n',
        "responses/variables.yaml": "customer.name: {}\n",
    }
    ran = run("search", "kettle", "--copy", cwd=write(files))
    assert "customer.name" in ran.err
    assert ran.code == 2
    assert not clipboard.exists()


def test_without_a_clipboard_that_is_told(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is neither a program nor a terminal, an error says so."""
    monkeypatch.setenv("PATH", "/nowhere")
    ran = run("search", "where is my parcel", "--copy", cwd=write(FILES))
    assert "there is no clipboard: none of wl-copy" in ran.err
    assert ran.code == 2


def test_words_narrow_and_a_number_takes(write: Write, clipboard: Path) -> None:
    """Where nothing can be drawn matches have numbers: more words narrow, a number takes one."""
    terminal = Terminal(write(FILES), "search", "where is", "--interactive", "--copy", TERM="dumb")
    terminal.wait("words narrow")
    terminal.press("my parcel\r")
    terminal.wait(" 1  100%")
    terminal.wait("words narrow")
    terminal.press("1\r")
    shown, code = terminal.end()
    terminal.close()
    assert "parcels/late (en) is on the clipboard" in shown
    assert code == 0
    assert clipboard.read_text("utf-8") == "It is on the road, and should be with you on Friday."


def test_what_is_typed_narrows_at_once(write: Write, clipboard: Path) -> None:
    """Each letter narrows, arrows move, Enter takes one, and --copy has it; Esc leaves without."""
    terminal = Terminal(write(FILES), "search", "--interactive", "--copy")
    terminal.wait("nothing is found")
    terminal.press("where is my parcel")
    terminal.wait("parcels/late")
    terminal.press("\x1b[B\x1b[A")
    terminal.press("\r")
    terminal.wait("is on the clipboard")
    _, code = terminal.end()
    terminal.close()
    assert (code, clipboard.read_text("utf-8")) == (0, "It is on the road, and should be with you on Friday.")
    clipboard.unlink()
    terminal = Terminal(write(FILES), "search", "where is my parcel", "--interactive", "--copy")
    terminal.wait("parcels/late")
    terminal.press("\x03")
    _, code = terminal.end()
    terminal.close()
    assert (code, clipboard.exists()) == (0, False)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("search", "re"), {"refund"}),
        (("search", "parcels/s"), {"parcels/sent", "parcels/silent"}),
        (("search", "--channel", "s"), {"sms"}),
        (("search", "--topic", ""), {"parcels"}),
        (("search", "--locale", ""), {"en"}),
    ],
)
def test_a_shell_completes(
    write: Write, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], found: set[str]
) -> None:
    """A shell completes shortcuts, ids, channels, topics and locales of the catalogue it stands in."""
    monkeypatch.chdir(write(FILES))
    assert _completed(*words) == found


def test_where_there_is_no_catalogue_a_shell_completes_nothing(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a catalogue, or with one that is broken, nothing is completed, and nothing fails."""
    monkeypatch.chdir(write({}))
    assert _completed("search", "") == set()
    monkeypatch.chdir(write({"cannedkit.yaml": "locale: [\n"}))
    assert _completed("search", "") == set()


def _completed(*words: str) -> set[str]:
    shell = ShellComplete(main, {}, "cannedkit", "_CANNEDKIT_COMPLETE")
    return {one.value for one in shell.get_completions([*words[:-1]], words[-1])}
