"""However a command ends, it says so in a line and a code: no traceback, no answer lost with exit 0."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from cannedkit.wire import findings, jsonl
from tests.conftest import Ran, Run, Write

PROGRAM = f"{sys.executable} -c 'from cannedkit.cli.main import main; main()'"

RULE = "extends: existence\nmessage: m\nlevel: error\ntokens: [awful]\n"
FOLDER = {
    "cannedkit.yaml": "packs: [Own]\nengines: {}\n",
    "rules/Own/Awful.yml": RULE,
    "responses/shop.yaml": "a: It is awful.\n",
    "d.txt": "It is awful.\n",
    "lines.jsonl": '{"id": 1, "text": "It is awful."}\n{"id": 2, "text": "fine"}\n',
}

OUTPUTS = (
    "check",
    "check --format json",
    "lint d.txt",
    "lint --jsonl lines.jsonl",
    "rules list",
    "coverage",
    "due",
    "--help",
)


def _shell(folder: Path, line: str) -> Ran:
    """A line of the shell, in which `cannedkit` is the program; as bash with pipefail ends it."""
    script = f'set -o pipefail; cannedkit() {{ {PROGRAM} "$@"; }}; {line}'
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, timeout=60)
    return Ran(done.stdout, done.stderr, done.returncode)


@pytest.mark.parametrize("command", OUTPUTS)
@pytest.mark.parametrize("to", [">&-", ">/dev/full"])
def test_output_that_cannot_be_written(write: Write, command: str, to: str) -> None:
    """A closed or full standard output is one line on stderr and exit 2: nothing is lost in silence."""
    ran = _shell(write(FOLDER), f"cannedkit {command} {to}")
    told = [line for line in ran.err.splitlines() if "closed" in line or "No space left" in line]
    assert len(told) == 1
    assert "Traceback" not in ran.err
    assert "Exception ignored" not in ran.err
    assert ran.code == 2


@pytest.mark.parametrize("command", OUTPUTS)
def test_nobody_reads(write: Write, command: str) -> None:
    """Where the reader has gone the command is quiet, and ends with 2."""
    folder = write(FOLDER)
    reader, writer = os.pipe()
    os.close(reader)
    arguments = [sys.executable, "-c", "from cannedkit.cli.main import main; main()", *command.split()]
    done = subprocess.run(arguments, cwd=folder, stdout=writer, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writer)
    assert (done.stderr, done.returncode) == (b"", 2)


@pytest.mark.parametrize("command", ["lint -", "lint --jsonl", "lint --jsonl -", "lint d.txt -"])
def test_input_that_is_closed(write: Write, command: str) -> None:
    """A closed standard input is told, with exit 2; the other drafts are read."""
    ran = _shell(write(FOLDER), f"cannedkit {command} <&-")
    assert "standard input is closed" in ran.out + ran.err
    assert "Traceback" not in ran.err
    assert ("Own.Awful" in ran.out) == ("d.txt" in command)
    assert ran.code == 2


@pytest.mark.parametrize("to", ["2>&-", "2>/dev/full"])
def test_no_place_for_notes(write: Write, to: str) -> None:
    """Where stderr is closed or full the findings still stand on stdout, and the code is right."""
    ran = _shell(write(FOLDER), f"cannedkit lint d.txt --format vale-json {to}")
    assert "Own.Awful" in ran.out
    assert ran.code == 1


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("responses/deep.yaml", f"a:\n  variables: {{a: {{samples: [x]}}}}\n  body: |\n    {'{% if a %}' * 900}x"
         f"{'{% endif %}' * 900}\n"),
        ("rules/Own/Round.yml", f"extends: weir\nmessage: m\nexpression: '{'(' * 3_000}a{')' * 3_000}'\n"),
        ("rules/Own/Square.yml", f"extends: weir\nmessage: m\nexpression: '{'[a, ' * 3_000}b{']' * 3_000}'\n"),
        ("rules/Own/Regex.yml", f"extends: existence\nmessage: m\ntokens: ['{'(?:' * 3_000}a{')' * 3_000}']\n"),
        ("responses/flow.yaml", f"a:\n  x-deep: {'[' * 3_000}{']' * 3_000}\n  body: b\n"),
    ],
)  # fmt: skip
def test_what_is_nested_too_deeply(write: Write, file: str, text: str) -> None:
    """Tags, brackets and groups by the thousand are a fault at their place; the rest is checked."""
    ran = _shell(write({**FOLDER, file: text}), "cannedkit check --format json")
    assert ran.err == ""
    told = json.loads(ran.out)
    assert [found["response"] for found in told["findings"]] == ["shop/a"]
    assert {one["path"] for one in told["errors"]} == {file}
    assert ran.code == 2


@pytest.mark.parametrize("bad", [b"caf\xe9\n", b"\xff\xfeh\x00i\x00", b"\x80"])
def test_words_that_are_not_utf8(write: Write, bad: bytes) -> None:
    """An `ignore` file that is not UTF-8 is a fault of its rule, with the byte; the other rules look."""
    rule = "extends: spelling\nmessage: m\ndictionaries: [none]\nignore: [words.txt]\n"
    folder = write({**FOLDER, "rules/Own/Words.yml": rule})
    (folder / "rules" / "words.txt").write_bytes(bad)
    for name, text in (("none.aff", "SET UTF-8\n"), ("none.dic", "1\nfine\n")):
        path = folder / "rules" / "config" / "dictionaries" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    ran = _shell(folder, "cannedkit lint d.txt --format json")
    told = json.loads(ran.out)
    assert [found["rule"] for found in told["findings"]] == ["Own.Awful"]
    assert "words.txt is not UTF-8: byte" in told["errors"][0]["reason"]
    assert (ran.err, ran.code) == ("", 2)


ERRORS: Mapping[str, str] = {
    "MemoryError()": "what was given takes more memory than there is",
    "RecursionError()": "what was given is nested too deeply",
    "OSError(5, 'Input/output error')": "the input or output failed: Input/output error",
    "KeyError('a\\n::error::b')": "a fault of cannedkit itself, please report it: KeyError at ",
}


@pytest.mark.parametrize("error", ERRORS)
def test_whatever_is_raised(write: Write, error: str) -> None:
    """Memory that is not there, a device that fails and a fault of the program itself are one line and exit 2."""
    script = (
        "from cannedkit.kit import Kit\nfrom cannedkit.cli.main import main\n"
        f"def load(*a, **k): raise {error}\nKit.load = load\nmain(['check'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=write(FOLDER), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"cannedkit: {ERRORS[error]}")
    assert (done.stdout, done.returncode) == ("", 2)


@pytest.mark.parametrize("error", [MemoryError, RecursionError])
def test_one_line_of_many(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    """A line that takes too much has an answer that says so; the lines before and behind it have theirs."""
    answer = findings.answer

    def failing(kit: object, asked: object, *, explain: bool) -> object:
        told = answer(kit, asked, explain=explain)  # type: ignore[arg-type]
        if told[0]["findings"]:
            raise error
        return told

    monkeypatch.setattr(jsonl, "answer", failing)
    lines = b'{"id": 1, "text": "a"}\n{"id": 2, "text": "awful"}\n{"id": "\\ud800", "text": "b"}\n'
    ran = run("lint", "--jsonl", cwd=write(FOLDER), stdin=lines)
    told = [json.loads(line) for line in ran.out.splitlines()]
    assert [one["id"] for one in told] == [1, 2, "\ud800"]
    assert ["error" in one for one in told] == [False, True, False]
    assert ran.code == 2


def test_an_output_that_takes_few_characters(write: Write) -> None:
    """Where the output cannot hold a character the command says which setting mends it."""
    folder = write({**FOLDER, "d.txt": "It is awful → really.\n"})
    ran = _shell(folder, "PYTHONIOENCODING=latin-1 cannedkit lint d.txt")
    assert ran.err == "cannedkit: the output takes latin-1 alone: set PYTHONIOENCODING=utf-8\n"
    assert ran.code == 2


@pytest.mark.parametrize("name", ["long.txt", "long.md"])
def test_a_draft_that_is_too_long(write: Write, name: str) -> None:
    """It is a fault at its name, beside the findings of the others."""
    ran = _shell(write({**FOLDER, name: "fine " * 30_000}), f"cannedkit lint {name} d.txt --format json")
    told = json.loads(ran.out)
    assert [one["path"] for one in told["findings"]] == ["d.txt"]
    assert [one["path"] for one in told["errors"]] == [name]
    assert (told["checked"]["drafts"], ran.err, ran.code) == (1, "", 2)


def test_a_vocabulary_that_is_not_utf8(write: Write) -> None:
    """A vocabulary of Vale's that is not UTF-8 is a fault at its name, and exit 2; the other rules look."""
    folder = write({**FOLDER, ".vale.ini": "StylesPath = styles\nVocab = V\n[*.txt]\nBasedOnStyles = Vale\n"})
    words = folder / "styles" / "config" / "vocabularies" / "V" / "accept.txt"
    words.parent.mkdir(parents=True)
    words.write_bytes(b"caf\xe9\n")
    ran = _shell(folder, "cannedkit lint --vale .vale.ini d.txt --format json")
    [error] = json.loads(ran.out)["errors"]
    assert error["path"] == "styles/config/vocabularies/V/accept.txt"
    assert error["reason"].startswith("the list of words is not UTF-8: byte 4")
    assert ran.code == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("lnit d.txt", "There is no command 'lnit'; did you mean `lint`?"),
        ("rules tset", "There is no command 'tset'; did you mean `test`?"),
        ("languagetool begin", "There is no command 'begin'; known: install, start, status, stop"),
        ("zzz", "There is no command 'zzz'"),
    ],
)
def test_a_command_that_is_not_there(run: Run, line: str, told: str) -> None:
    """The nearest that there is, or the few that there are, is named, and the code is 2."""
    ran = run(*line.split())
    assert ran.err.splitlines()[-1] == f"Error: {told}"
    assert ran.code == 2
