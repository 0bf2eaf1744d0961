"""`lint --jsonl` as programs use it: a process that is written to and read from, line by line."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests.conftest import Run, Write

TIMEOUT = 60
"""Seconds that one answer may take: a machine under load starts slowly."""

COMMAND = [sys.executable, "-c", "from cannedkit.cli.main import main; main()", "lint", "--jsonl"]


@pytest.fixture
def folder(write: Write) -> Path:
    """A folder with one rule."""
    rule = "extends: existence\nmessage: m\nlevel: error\ntokens: [awful]\nwhy: It hurts.\n"
    return write({"cannedkit.yaml": "engines: {}\npacks: [Own]\n", "rules/Own/Awful.yml": rule})


@contextmanager
def _started(folder: Path, *more: str, out: int = subprocess.PIPE) -> Iterator[subprocess.Popen[bytes]]:
    pipe = subprocess.PIPE
    with subprocess.Popen([*COMMAND, *more], 0, cwd=folder, stdin=pipe, stdout=out, stderr=pipe) as process:
        yield process  # without buffers of its own: what has come is seen by `select`
        process.kill()


def _answer(stream: IO[bytes]) -> dict[str, object]:
    """The next line of a process. Fails where it does not come in time."""
    assert select.select([stream], [], [], TIMEOUT)[0], "no answer came"
    answer: dict[str, object] = json.loads(stream.readline())
    return answer


@pytest.mark.parametrize("settings", ["engines: {}\npacks: [Own]\n", "packs: [Own]\n"])
@pytest.mark.parametrize("more", [(), ("-",)])
def test_a_line_is_answered_before_the_next_is_written(
    folder: Path, write: Write, settings: str, more: Sequence[str]
) -> None:
    """A program writes a line, waits for its answer, and writes the next: with engines or without, path or none."""
    write({"cannedkit.yaml": settings})
    with _started(folder, *more) as process:
        assert process.stdin
        assert process.stdout
        for number in range(5):
            process.stdin.write(json.dumps({"id": number, "text": "It is awful.\n" * number}).encode() + b"\n")
            process.stdin.flush()
            answer = _answer(process.stdout)
            assert (answer["id"], len(answer["findings"])) == (number, number)  # type: ignore[arg-type]
        process.stdin.write(b'{"id": "last", "text": "fine"}')
        process.stdin.close()
        assert _answer(process.stdout)["id"] == "last"
        assert process.wait(TIMEOUT) == 1


def test_two_lines_at_once_and_a_half(folder: Path) -> None:
    """Lines that come together are all answered while the next is still being written."""
    with _started(folder) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b'{"id": 1, "text": "a"}\n\n{"id": 2, "text": "b"}\n{"id": 3, ')
        process.stdin.flush()
        assert [_answer(process.stdout)["id"] for _ in range(2)] == [1, 2]
        process.stdin.write(b'"text": "c"}\r\n')
        process.stdin.flush()
        assert _answer(process.stdout)["id"] == 3


def test_a_terminal(folder: Path) -> None:
    """Standard input may be a terminal: what is typed is answered when the line ends."""
    ours, theirs = os.openpty()
    with subprocess.Popen(COMMAND, 0, cwd=folder, stdin=theirs, stdout=subprocess.PIPE) as process:
        assert process.stdout
        os.write(ours, b'{"id": 1, "text": "awful"}\n')
        assert _answer(process.stdout)["id"] == 1
        os.write(ours, b"\x04")
        assert process.wait(TIMEOUT) == 1
    os.close(ours)
    os.close(theirs)


def test_nobody_reads_the_answers(folder: Path) -> None:
    """Where the reader has gone the command ends without a word, and not with 0."""
    reader, writer = os.pipe()
    with _started(folder, out=writer) as process:
        os.close(writer)
        os.close(reader)
        assert process.stdin
        assert process.stderr
        process.stdin.write(b'{"text": "a"}\n' * 10)
        process.stdin.close()
        assert process.wait(TIMEOUT) != 0
        assert process.stderr.read() == b""


@pytest.mark.parametrize("bad", ["missing.jsonl", ".", "/proc/self/mem"])
def test_a_file_and_one_that_cannot_be_read(run: Run, folder: Path, bad: str) -> None:
    """A file is read like standard input; one that cannot be read is an error that names it, and hides no other."""
    (folder / "lines.jsonl").write_text('{"id": 1, "text": "awful"}\n{"id": 2, "text": ""}')
    ran = run("lint", "--jsonl", "lines.jsonl", cwd=folder)
    assert ([json.loads(line)["id"] for line in ran.out.splitlines()], ran.code) == ([1, 2], 1)
    ran = run("lint", "--jsonl", "lines.jsonl", bad, "lines.jsonl", cwd=folder)
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [one["id"] for one in answers] == [1, 2, None, 1, 2]
    assert answers[2]["error"].startswith(f"{bad} cannot be read: ")
    assert (answers[2]["line"], ran.err, ran.code) == (0, "", 2)


def test_patterns_are_kept_for_the_next_run(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was compiled for some lines need not be compiled again."""
    kept = []
    monkeypatch.setattr("cannedkit.pattern.kept.remember", lambda: kept.append(True))
    run("lint", "--jsonl", "-", cwd=folder, stdin=b'{"text": "awful"}')
    assert kept == [True]


def test_options_hold_for_all_lines(run: Run, folder: Path, write: Write) -> None:
    """What the options say of drafts holds for lines that say nothing else; a mistake in them is told at once."""
    rule = "extends: existence\nmessage: m\nlevel: error\ntokens: [hello]\nwhere: {topic: legal, mood: upset}\n"
    write({"rules/Own/Legal.yml": rule})
    stdin = b'{"text": "hello"}\n{"text": "hello", "topic": "shop"}\n{"text": "hello", "mood": "happy"}\n'
    ran = run("lint", "--jsonl", "--topic", "legal", "--mood", "angry", cwd=folder, stdin=stdin)
    assert [len(json.loads(line)["findings"]) for line in ran.out.splitlines()] == [1, 0, 0]
    ran = run("lint", "--jsonl", "--mood", "angy", cwd=folder, stdin=stdin)
    assert (ran.out, ran.err, ran.code) == ("", "cannedkit: unknown mood 'angy'; did you mean `angry`?\n", 2)


def test_explain(run: Run, folder: Path) -> None:
    """`--explain` adds why a rule is there to each finding of an answer; without --jsonl it is a mistake."""
    ran = run("lint", "--jsonl", "--explain", cwd=folder, stdin=b'{"text": "awful"}')
    assert json.loads(ran.out)["findings"][0]["why"] == "It hurts."
    ran = run("lint", "--explain", "-", cwd=folder, stdin=b"awful")
    assert "--explain needs --jsonl" in ran.err
    assert ran.code == 2


def test_a_locale_in_any_case(run: Run, folder: Path) -> None:
    """A locale that is given is taken in any case, and nothing is said of it."""
    ran = run("lint", "--locale", "en-gb", "-", cwd=folder, stdin=b"fine")
    assert (ran.err, ran.code) == ("", 0)


def test_topic_of_a_draft(run: Run, folder: Path, write: Write) -> None:
    """`--topic` says of a draft in a file which topic it belongs to."""
    rule = "extends: existence\nmessage: m\nlevel: error\ntokens: [hello]\nwhere: {topic: legal}\n"
    write({"rules/Own/Legal.yml": rule, "draft.txt": "hello"})
    assert run("lint", "draft.txt", cwd=folder).code == 0
    assert run("lint", "draft.txt", "--topic", "legal", cwd=folder).code == 1


@pytest.mark.parametrize("settings", ["engines: {}\npacks: [Own]\n", "engines: {harper: {}}\npacks: [Own]\n"])
def test_jobs_answer_as_one_does(run: Run, folder: Path, write: Write, settings: str) -> None:
    """By several processes the answers are the same bytes in the same order, faults of lines and exit code included."""
    write({"cannedkit.yaml": settings})
    texts = ["It is awful.", "", "Fine.", "awful " * 50, "I has it.", "é" * 2_000]
    lines = [json.dumps({"id": number, "text": texts[number % 6]}).encode() for number in range(120)]
    lines[7], lines[50], lines[51] = b"no JSON", b"", b'{"id": "x"}'
    (folder / "lines.jsonl").write_bytes(b"\n".join(lines))
    command = [*COMMAND, "lines.jsonl", "lines.jsonl", "--jobs"]
    one, two = (subprocess.run([*command, jobs], cwd=folder, capture_output=True, check=False) for jobs in "12")
    assert (two.stdout, two.stderr, two.returncode) == (one.stdout, one.stderr, one.returncode)
    assert (one.returncode, len(one.stdout.splitlines())) == (2, 2 * 119)


def test_jobs_answer_each_line_before_the_next(folder: Path) -> None:
    """A program may write one line and wait for its answer, however many processes there are."""
    with _started(folder, "--jobs", "2") as process:
        assert process.stdin
        assert process.stdout
        for number in range(5):
            process.stdin.write(json.dumps({"id": number, "text": "awful"}).encode() + b"\n")
            process.stdin.flush()
            assert _answer(process.stdout)["id"] == number
