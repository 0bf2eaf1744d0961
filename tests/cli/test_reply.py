"""`cannedkit reply`: what goes out, what has to be known first, what it refuses, and what a shell completes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from tests.conftest import Run, Write

FILES = {
    "cannedkit.yaml": "packs: []\nengines: {}\nlocales: [en, nl]\nchannels: {chat: {}, email: {}}\n",
    "responses/variables.yaml": "guest.name: {fallback: {en: there, nl: daar}}\nbill.amount: {type: money}\n",
    "responses/rooms.yaml": """\
ready:
  title: The room is ready
  shortcut: rdy
  body:
    en:
      chat:
      - Hi {{ guest.name }}, your room is ready.
      - Your room is ready, {{ guest.name }}.
      email: {subject: Your room, body: "Dear {{ guest.name }}, it is ready."}
    nl: Hoi {{ guest.name }}, je kamer is klaar.
bill:
  requires: [identity.verified]
  body: {en: "Your bill is {{ bill.amount }}."}
old: {status: retired, body: {en: Bye.}}
""",
}


@pytest.fixture
def folder(write: Write) -> Path:
    """A catalogue of three responses."""
    return write(FILES)


@pytest.mark.parametrize(
    ("arguments", "out"),
    [
        (["rooms/ready"], "Hi there, your room is ready.\n"),
        (["RDY", "--set", "guest.name=Ana"], "Hi Ana, your room is ready.\n"),
        (["rdy", "--locale", "nl-BE"], "Hoi daar, je kamer is klaar.\n"),
        (["rdy", "--variation", "2"], "Your room is ready, there.\n"),
        (["rdy", "--sent", "Hi there, your room is ready."], "Your room is ready, there.\n"),
        (["rdy", "--channel", "email"], "Subject: Your room\n\nDear there, it is ready.\n"),
        (["rooms/bill", "--known", "identity.verified", "--set", "bill.amount=$5.00"], "Your bill is $5.00.\n"),
    ],
)
def test_what_goes_out_is_printed(run: Run, folder: Path, arguments: list[str], out: str) -> None:
    """The text, filled, with its subject where it has one, and nothing else."""
    ran = run("reply", *arguments, cwd=folder)
    assert (ran.out, ran.err, ran.code) == (out, "", 0)


@pytest.mark.parametrize("flags", [["--json"], ["--format", "json"]])
def test_as_json(run: Run, folder: Path, flags: list[str]) -> None:
    """JSON has what goes out and what it was made from."""
    ran = run("reply", "rdy", "--set", "guest.name=Ana", "--channel", "email", *flags, cwd=folder)
    found = json.loads(ran.out)
    assert len(found.pop("digest")) == 64
    assert found == {
        "format": 1,
        "id": "rooms/ready",
        "locale": "en",
        "channel": "email",
        "variation": 1,
        "text": "Dear Ana, it is ready.",
        "subject": "Your room",
        "values": {"guest.name": "Ana"},
        "approved": False,
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rooms/raedy"], "there is no response `rooms/raedy`; did you mean `rooms/ready`?"),
        (["rooms/old"], "`rooms/old` has status retired and cannot be sent"),
        (["rooms/bill", "--set", "bill.amount=$5"], "it requires `identity.verified`"),
        (["rooms/bill", "--known", "identity.verified"], "bill.amount: the value is missing"),
        (["rooms/bill", "--known", "identity.verified", "--set", "bill.amount=soon"], "bill.amount: 'soon' is not"),
        (["rdy", "--set", "guest.name"], "--set needs NAME=VALUE"),
        (["rdy", "--set", "guest.nmae=Ana"], "guest.nmae: no such variable; did you mean guest.name?"),
        (["rdy", "--set", "guest.name=\x1b[31m"], "guest.name: the value holds the control character U+001B"),
        (["rdy", "--channel", "fax"], "`rooms/ready` is not for fax"),
        (["rdy", "--locale", "x_"], "is not a locale"),
        (["rdy", "--variation", "3"], "`rooms/ready` has no variation 3; it has 1 to 2"),
        (["rdy", "--locale", "nl", "--sent", "Hoi daar, je kamer is klaar."], "it was sent in this conversation"),
    ],
)
def test_what_cannot_go_out_is_told(run: Run, folder: Path, arguments: list[str], said: str) -> None:
    """The error names what is wrong and the nearest name; nothing is printed, and the exit code is 2."""
    ran = run("reply", *arguments, cwd=folder)
    assert (said in ran.err, ran.out, ran.code) == (True, "", 2)
    assert "Traceback" not in ran.err


def test_without_a_catalogue_init_is_named(run: Run, tmp_path: Path) -> None:
    """Where there is no cannedkit.yaml there is nothing to send from."""
    ran = run("reply", "a/b", cwd=tmp_path)
    assert ("`cannedkit init` writes one" in ran.err, ran.out, ran.code) == (True, "", 2)


def test_what_is_missing_is_printed(run: Run, folder: Path) -> None:
    """--missing prints what to ask for and exits with 1; with nothing missing it prints nothing and exits with 0."""
    ran = run("reply", "rooms/bill", "--missing", cwd=folder)
    assert (ran.out, ran.err, ran.code) == ("bill.amount: money, such as $25.00\nidentity.verified: fact\n", "", 1)
    ran = run("reply", "rooms/bill", "--missing", "--json", "--set", "bill.amount=$5", cwd=folder)
    asked = [{"name": "identity.verified", "type": "fact", "sample": ""}]
    assert (json.loads(ran.out), ran.code) == ({"format": 1, "id": "rooms/bill", "missing": asked}, 1)
    ran = run("reply", "rdy", "--missing", cwd=folder)
    assert (ran.out, ran.err, ran.code) == ("", "", 0)


def test_it_is_put_on_the_clipboard(
    run: Run, folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--copy puts the text that is printed on the clipboard, by the program of the desktop."""
    programs = tmp_path_factory.mktemp("programs")
    script = programs / "wl-copy"
    script.write_text(f"#!/bin/sh\n/bin/cat > {programs}/clipboard\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    ran = run("reply", "rdy", "--set", "guest.name=Zoë", "--copy", cwd=folder)
    assert (programs / "clipboard").read_text() == "Hi Zoë, your room is ready."
    assert ran.out == "Hi Zoë, your room is ready.\n"
    assert (ran.err, ran.code) == ("cannedkit: rooms/ready (en) is on the clipboard\n", 0)


def _completed(folder: Path, *words: str) -> tuple[set[str], str]:
    """What bash is told where the last of some words is typed, and the modules that it took."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "from cannedkit.cli.main import main; main(prog_name='cannedkit')"],
        cwd=folder,
        env={
            **os.environ,
            "_CANNEDKIT_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(("cannedkit", *words)),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return {line.partition(",")[2] for line in ran.stdout.splitlines()}, ran.stderr


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("reply", "r"), {"rooms/ready", "rdy", "rooms/bill"}),
        (("reply", "rooms/b"), {"rooms/bill"}),
        (("reply", "rdy", "--channel", "e"), {"email"}),
        (("reply", "rdy", "--locale", "n"), {"nl"}),
        (("show", "rd"), {"rdy"}),
        (("compare", "rd"), {"rdy"}),
        (("approve", "rd"), {"rdy"}),
        (("retire", "rd"), {"rdy"}),
        (("waive", "rd"), {"rdy"}),
        (("fix", "--response", "rd"), {"rdy"}),
        (("lint", "--against", "rd"), {"rdy"}),
    ],
)
def test_a_shell_completes(folder: Path, words: tuple[str, ...], found: set[str]) -> None:
    """Ids and shortcuts of what may be sent, channels and locales; no engine and no proofreader is loaded for it."""
    completed, loaded = _completed(folder, *words)
    assert completed == found
    assert not {"harper", "spacy", "regex", "enchant", "language_tool_python", "mcp"} & {
        line.rpartition("|")[2].strip() for line in loaded.splitlines()
    }


def test_completion_is_quick(folder: Path) -> None:
    """A catalogue of 500 responses is completed within seconds, the start of Python with it."""
    body = "\n".join(f"r{number}: Your room {number} is ready." for number in range(500))
    (folder / "responses" / "many.yaml").write_text(f"{body}\n")
    began = perf_counter()
    completed, _ = _completed(folder, "reply", "many/r49")
    assert len(completed) == 11
    assert perf_counter() - began < 5  # on a busy machine
