"""`cannedkit fix` and `waive` on the command line, and on a real terminal."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.terminal import PROGRAM, Terminal
from tests.conftest import Run, Write

SETTINGS = "engines: {}\npacks: [Own]\nlocale: en\nchannels: {chat: {}, sms: {}}\nfail_on: warning\n"

SPELL = "extends: substitution\nmessage: \"'%s', not '%s'\"\nlevel: error\naction: {name: replace}\nswap: {teh: the}\n"

STYLE = (
    "extends: substitution\nmessage: \"'%s', not '%s'\"\nlevel: warning\nignorecase: true\n"
    "swap: {kindly: please, utilise: use|take}\n"
)

LONG = "extends: existence\nmessage: \"'%s' is said to nobody.\"\nlevel: suggestion\ntokens: [valued customer]\n"

REPLIES = "# ours\none: Kindly wait for teh box\ntwo: '{{ x }}: teh bag'  # two\n"

PROMPT = "quit (q), waive (w)"


@pytest.fixture
def folder(write: Write) -> Path:
    """A catalogue with a safe fix, one that is not, and a pack for both."""
    return write(
        {
            "cannedkit.yaml": SETTINGS,
            "rules/Own/Spell.yml": SPELL,
            "rules/Own/Style.yml": STYLE,
            "rules/Own/Long.yml": LONG,
            "responses/variables.yaml": "x: {}\n",
            "responses/a.yaml": REPLIES,
        }
    )


Open = Callable[..., Terminal]


@pytest.fixture
def on_terminal(folder: Path) -> Iterator[Open]:
    """Start `cannedkit ARGS` in the folder, on a terminal."""
    opened: list[Terminal] = []

    def started(*args: str, **environment: str) -> Terminal:
        opened.append(Terminal(folder, *args, **environment))
        return opened[-1]

    yield started
    for terminal in opened:
        terminal.close()


def raw(folder: Path, *args: str, stdin: bytes = b"") -> tuple[bytes, str, int]:
    """The very bytes that a command writes, what it says on stderr, and its exit code."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *args], cwd=folder, input=stdin, capture_output=True, check=False
    )
    return done.stdout, done.stderr.decode(), done.returncode


def replies(folder: Path) -> str:
    """What the response file holds."""
    return (folder / "responses" / "a.yaml").read_bytes().decode()


def test_the_whole_catalogue_without_a_path(run: Run, folder: Path) -> None:
    """`fix` makes the safe fixes, says each with its place, and what remains; exit 1 where that is at `fail_on`."""
    ran = run("fix", cwd=folder)
    assert ran.out == (
        'responses/a.yaml:2:22: fixed: "teh" is now "the"  [Own.Spell]\n'
        'responses/a.yaml:3:16: fixed: "teh" is now "the"  [Own.Spell]\n'
        "Fixed 2 findings in 1 file. What remains: 1 warning. --all tries to fix 1 more: read what it did.\n"
    )
    assert (ran.err, ran.code) == ("", 1)
    assert replies(folder) == REPLIES.replace("teh", "the")
    again = "Nothing was fixed. What remains: 1 warning. --all tries to fix 1 more: read what it did.\n"
    assert run("fix", "--fail-on", "error", cwd=folder).out == again
    assert run("fix", "--fail-on", "error", cwd=folder).code == 0
    ran = run("fix", "--all", cwd=folder)
    assert (ran.out.splitlines()[-1], ran.code) == ("Fixed 1 finding in 1 file. Nothing else is found.", 0)
    assert replies(folder).startswith("# ours\none: Please wait")


def test_fixes_that_are_not_safe_are_told(run: Run, folder: Path) -> None:
    """Where only such are left `fix` names `--all`, with `--diff` and of a draft too; not where it cannot help."""
    told = "--all tries to fix 1 more: read what it did."
    assert told in run("fix", "--diff", cwd=folder).err
    (folder / "d.txt").write_text("Kindly wait.")
    assert told in run("fix", "d.txt", cwd=folder).out
    assert told in run("fix", "-", cwd=folder, stdin=b"Kindly wait.").err
    assert "--all" not in run("fix", "--rule", "Own.Spell", cwd=folder).out
    assert "--all" not in run("fix", "--all", "--diff", cwd=folder).err
    run("fix", "--all", cwd=folder)
    assert run("fix", cwd=folder).out == "Nothing was fixed. Nothing else is found.\n"


def test_a_part_of_it(run: Run, folder: Path) -> None:
    """`--response`, `--rule`, a file: nothing else is touched; an unknown name is told with the nearest."""
    run("fix", "--all", "--rule", "Own.Style", "responses/a.yaml", cwd=folder)
    assert replies(folder) == REPLIES.replace("Kindly", "Please")
    run("fix", "--response", "a/two", cwd=folder)
    assert replies(folder) == REPLIES.replace("Kindly", "Please").replace("teh bag", "the bag")
    assert "did you mean `Own.Style`?" in run("fix", "--rule", "Own.Styl", cwd=folder).err
    assert "did you mean `a/two`?" in run("fix", "--response", "a/twoo", cwd=folder).err
    assert run("fix", "--response", "a/two", "draft.txt", cwd=folder).code == 2


def test_diff(run: Run, folder: Path) -> None:
    """`--diff` prints what `git apply` takes, changes nothing, and ends with 1 where there is something."""
    (folder / "responses" / "b.yaml").write_bytes("\ufeffc: teh\r\nd: x".encode())
    before = replies(folder)
    out, _, code = raw(folder, "fix", "--diff", "--fail-on", "error")
    assert (code, replies(folder)) == (1, before)
    (folder / "a.diff").write_bytes(out)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "apply", "a.diff"], cwd=folder, check=True)
    assert replies(folder) == before.replace("teh", "the")
    assert (folder / "responses" / "b.yaml").read_bytes() == "\ufeffc: the\r\nd: x".encode()
    ran = run("fix", "--diff", "--fail-on", "error", cwd=folder)
    assert (ran.out, ran.code) == ("", 0)


def test_a_draft_keeps_all_but_the_fix(run: Run, folder: Path) -> None:
    """A draft keeps its mode, its byte order mark, its line ends; one that is fine is not written."""
    path = folder / "draft.txt"
    path.write_bytes("\ufeffHi\r\n teh  box \r\n".encode())
    path.chmod(0o640)
    ran = run("fix", "draft.txt", cwd=folder)
    assert ran.out.startswith('draft.txt:2:2: fixed: "teh" is now "the"')
    assert path.read_bytes() == "\ufeffHi\r\n the  box \r\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    written = path.stat().st_ino
    assert run("fix", "draft.txt", cwd=folder).code == 0
    assert path.stat().st_ino == written


def test_standard_input(run: Run, folder: Path) -> None:
    """`-` writes the text to stdout, and only that; what was done is said on stderr."""
    out, err, code = raw(folder, "fix", "-", stdin=b"teh box\r\nkindly")
    assert out == b"the box\r\nkindly"
    assert '-:1:1: fixed: "teh" is now "the"' in err
    assert code == 1
    ran = run("fix", "-", "--diff", cwd=folder, stdin=b"teh box")
    assert ran.out == "--- a/-\n+++ b/-\n@@ -1 +1 @@\n-teh box\n\\ No newline at end of file\n+the box\n" + (
        "\\ No newline at end of file\n"
    )


def test_what_is_broken_is_told_and_the_rest_is_fixed(run: Run, folder: Path) -> None:
    """A file with faults, a draft that is not there: exit 2, and the others are fixed."""
    (folder / "responses" / "b.yaml").write_text("b: 'open\n")
    ran = run("fix", "responses", "gone.txt", cwd=folder)
    assert "responses/b.yaml:1:4: error: the quote ' that opens this text is never closed" in ran.out
    assert "gone.txt: error: cannot be read: No such file or directory" in ran.out
    assert ran.code == 2
    assert replies(folder) == REPLIES.replace("teh", "the")


def test_a_file_that_may_not_be_written(run: Run, folder: Path) -> None:
    """Outside a catalogue, or without a terminal for questions: one line, exit 2, nothing changed."""
    assert "--interactive needs a terminal" in run("fix", "-i", cwd=folder).err
    (folder / "other.yaml").write_text("a: teh\n")
    ran = run("fix", "other.yaml", cwd=folder)
    assert "other.yaml: holds no response of the catalogue" in ran.err
    assert ran.code == 2
    assert (folder / "other.yaml").read_text() == "a: teh\n"


# -- waive --------------------------------------------------------------------------------------


def test_waive(run: Run, folder: Path) -> None:
    """A waiver is written into the response, the finding is gone, and waiving again renews it."""
    said = ("--why", "it is said so", "--by", "jo@example.org", "--until")
    ran = run("waive", "a/one", "Own.Style", *said, "2099-12-31", cwd=folder)
    assert ran.out == "Waived Own.Style in a/one until 2099-12-31: responses/a.yaml.\n"
    waiver = "{rule: Own.Style, why: it is said so, by: jo@example.org, until: 2099-12-31}"
    after = (
        f"# ours\none:\n  body: Kindly wait for teh box\n  waivers: [{waiver}]\ntwo: '{{{{ x }}}}: teh bag'  # two\n"
    )
    assert replies(folder) == after
    assert "Own.Style" not in run("check", cwd=folder).out
    assert run("waive", "a/one", "Own.Style", *said, "2098-12-31", cwd=folder).code == 0
    assert replies(folder) == after.replace("2099", "2098")
    run("waive", "a/one", "Own.Style", *said, "2099-12-31", "--text", "Kindly", cwd=folder)
    assert replies(folder).count("rule: Own.Style") == 2
    run("fix", "--all", cwd=folder)
    assert "Kindly wait for the box" in replies(folder)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("a/on", "Own.Style", "--until", "2099-01-01"), "there is no response `a/on`; did you mean `a/one`?"),
        (("a/one", "Own.Stile", "--until", "2099-01-01"), "did you mean `Own.Style`?"),
        (("a/one", "Own.Style", "--until", "2001-01-01"), "`until` is 2001-01-01, which is over"),
        (("a/one", "Own.Style", "--until", "2099-01-01", "--locale", "fr"), "unknown locale `fr`"),
        (("a/one", "Own.Style", "--until", "soon"), "'soon' does not match the format"),
    ],
)
def test_a_waiver_that_cannot_be(run: Run, folder: Path, args: tuple[str, ...], message: str) -> None:
    """A mistake is one line with the way to mend it, and the file stays."""
    ran = run("waive", *args, "--why", "x", "--by", "y", cwd=folder)
    assert message in ran.err
    assert (ran.out, ran.code, replies(folder)) == ("", 2, REPLIES)


# -- on a terminal ------------------------------------------------------------------------------


def test_one_key_a_finding(on_terminal: Open, folder: Path) -> None:
    """Apply, next, skip a rule, and the number of a fix: what is applied is in the file at once."""
    (folder / "responses" / "a.yaml").write_text(REPLIES + "three: Utilise teh valued customer, kindly\n")
    terminal = on_terminal("fix", "-i")
    shown = terminal.wait(PROMPT)
    assert "responses/a.yaml:2:6: warning: 'please', not 'Kindly'  [Own.Style]" in shown
    assert "  2 | one: Kindly wait for teh box\n    |      ^^^^^^\n" in shown
    assert "1: Please wait for teh box" in shown
    terminal.press("a")
    assert "a.yaml:2:22: error: 'the', not 'teh'" in terminal.wait(PROMPT)
    assert "one: Please wait for teh box" in replies(folder)
    terminal.press("n")
    assert "a.yaml:3:16: error" in terminal.wait(PROMPT)
    terminal.press("a")
    assert "'Utilise'" in terminal.wait(PROMPT)
    terminal.press("s")
    assert "a.yaml:4:16: error" in terminal.wait(PROMPT)
    terminal.press("a")
    shown = terminal.wait(PROMPT)
    assert "'valued customer' is said to nobody" in shown
    assert "apply" not in shown.rpartition("\n")[2]
    terminal.press("n")
    shown, code = terminal.end()
    assert "Fixed 3 findings." in shown
    assert code == 1
    assert replies(folder) == (
        "# ours\none: Please wait for teh box\ntwo: '{{ x }}: the bag'  # two\n"
        "three: Utilise the valued customer, kindly\n"
    )


@pytest.mark.parametrize("keys", ["q", "\x03", "\x04"])
def test_quitting_keeps_what_was_applied(on_terminal: Open, folder: Path, keys: str) -> None:
    """By q, Ctrl-C or the end of the input: what was applied is in the file, and it is said."""
    terminal = on_terminal("fix", "-i")
    terminal.wait(PROMPT)
    terminal.press("a")
    terminal.wait(PROMPT)
    terminal.press(keys)
    shown, code = terminal.end()
    assert "Stopped. Fixed 1 finding." in shown
    assert "Traceback" not in shown
    assert code == 0
    assert "one: Please wait for teh box" in replies(folder)


def test_waive_on_the_way(on_terminal: Open, folder: Path) -> None:
    """The key for a waiver asks why, who and until when, and writes it for the text that was found."""
    terminal = on_terminal("fix", "-i", "--rule", "Own.Style")
    terminal.wait(PROMPT)
    terminal.press("w")
    terminal.wait("Why is it right here: ")
    terminal.press("a formal letter\n")
    terminal.wait("Who says so: ")
    terminal.press("jo\n")
    terminal.wait("Last day")
    terminal.press("2099-01-31\n")
    shown, code = terminal.end()
    assert "Fixed 0 findings, waived 1." in shown or "waived 1" in shown
    assert code == 0
    assert (
        "waivers: [{rule: Own.Style, why: a formal letter, by: jo, until: 2099-01-31, text: Kindly, locale: en}]"
        in (replies(folder))
    )


def test_an_editor(on_terminal: Open, folder: Path) -> None:
    """The key for the editor opens the text alone; what is saved stands in the file, and its findings come next."""
    editor = folder / "editor.sh"
    editor.write_text('#!/bin/sh\nsed -i "s/Kindly wait for/Here is/" "$1"\n')
    editor.chmod(0o755)
    terminal = on_terminal("fix", "-i", EDITOR=str(editor), VISUAL="")
    terminal.wait(PROMPT)
    terminal.press("e")
    assert "a.yaml:2:14: error: 'the', not 'teh'" in terminal.wait(PROMPT)
    assert "one: Here is teh box\n" in replies(folder)
    terminal.press("q")
    assert "Fixed 1 finding" in terminal.end()[0]


def test_drafts_on_a_terminal(on_terminal: Open, folder: Path) -> None:
    """A draft is gone through as well; nobody can waive in it, and the key for that does nothing."""
    (folder / "draft.txt").write_text("Hi,\nteh box\n")
    terminal = on_terminal("fix", "-i", "draft.txt")
    assert "draft.txt:2:1: error" in terminal.wait("quit (q): ")
    terminal.press("wa")
    shown, code = terminal.end()
    assert ("Fixed 1 finding" in shown, code) == (True, 0)
    assert (folder / "draft.txt").read_text() == "Hi,\nthe box\n"


def test_a_file_that_changes_while_somebody_thinks(on_terminal: Open, folder: Path) -> None:
    """Where the file was changed between the question and the answer it is read again: nothing is lost."""
    terminal = on_terminal("fix", "-i")
    terminal.wait(PROMPT)
    (folder / "responses" / "a.yaml").write_text(REPLIES + "# theirs\n")
    terminal.press("a")
    terminal.wait("changed by somebody else")
    terminal.wait(PROMPT)
    terminal.press("a")
    terminal.wait(PROMPT)
    terminal.press("q")
    terminal.end()
    assert replies(folder) == REPLIES.replace("Kindly", "Please") + "# theirs\n"
