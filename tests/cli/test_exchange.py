"""`import` and `export` as people run them: what is printed, what is written, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cannedkit.exchange.merging import Brought, put
from cannedkit.model.errors import InputError
from tests.conftest import Run, Write
from tests.exchange.desk import SETTINGS, desk, state

CANNED = [
    {"id": 1, "short_code": "start", "content": "Hello {{contact.name}}."},
    {"id": 2, "short_code": "bad", "content": "Hi {{contact.name | shout}}."},
]
REPLIES = """\
one: Well.
two: {body: Fine., status: draft}
three: {body: Good., review_by: 2020-01-01}
"""


def _file(folder: Path, data: object) -> Path:
    path = folder / "there.json"
    path.write_text(json.dumps(data))
    return path


def test_what_comes_in_is_told_and_written(run: Run, tmp_path: Path) -> None:
    """A reply that cannot be read is refused with the reason, exit 1; the others are written; the guess is told."""
    ran = run("import", str(_file(tmp_path, CANNED)), "--no-check", cwd=desk(tmp_path))
    assert ran.code == 1
    assert "Refused: 1 reply\n  2: unknown filter `shout`" in ran.out
    assert "taken for chatwoot" in ran.err
    assert state(tmp_path)["responses/chatwoot.yaml"].startswith("start:\n  shortcut: start\n")
    again = run("import", str(_file(tmp_path, CANNED[:1])), cwd=tmp_path)
    assert (again.code, again.out.splitlines()[-1]) == (0, "Nothing to write: all is here as it is there.")


def test_a_byte_order_mark_stays(run: Run, tmp_path: Path) -> None:
    """A file that starts with one is edited like any other, and keeps it."""
    run("import", "chatwoot", str(_file(tmp_path, CANNED[:1])), "--no-check", cwd=desk(tmp_path))
    path = tmp_path / "responses" / "chatwoot.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    changed = [{**CANNED[0], "content": "Good day, {{contact.name}}."}]
    ran = run("import", "chatwoot", str(_file(tmp_path, changed)), "--no-check", cwd=tmp_path)
    assert (ran.code, path.read_bytes()[:8]) == (0, b"\xef\xbb\xbfstart")
    assert "Good day" in path.read_text()


def test_a_file_that_somebody_else_changes_meanwhile(tmp_path: Path) -> None:
    """What was changed between reading and writing is not overwritten: the error names the file, and what to do."""
    desk(tmp_path, {"responses/a.yaml": "one: Well.\n"})
    path = tmp_path / "responses" / "a.yaml"
    with pytest.raises(InputError, match=r"a\.yaml was changed by somebody else.*run it again"):
        put(Brought({path: ("one: Good.\n", "one: What it was before.\n")}, (), ()))
    assert path.read_text() == "one: Well.\n"


def test_what_check_finds_is_told(run: Run, tmp_path: Path) -> None:
    """The rules that find something in what came in stand on stderr, and the exit code is that of the import."""
    data = [{"id": 1, "short_code": "a", "content": "Unfortunately it is late."}]
    ran = run("import", "chatwoot", str(_file(tmp_path, data)), cwd=desk(tmp_path))
    assert ran.code == 0
    assert "× Care.Unfortunately" in ran.err


@pytest.mark.parametrize("command", [("import", "chatwoot", "there.json"), ("export", "chatwoot", "--out", "x.json")])
def test_a_dry_run_writes_nothing(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    """It prints the same report, and leaves every file."""
    desk(tmp_path, {"responses/a.yaml": "one: Well.\n"})
    _file(tmp_path, CANNED[:1])
    before = sorted(tmp_path.rglob("*"))
    ran = run(*command, "--dry-run", cwd=tmp_path)
    assert (ran.code, "Would write 1 reply" in ran.out) == (0, True)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_report_is_json(run: Run, tmp_path: Path) -> None:
    """Programs get every outcome, the format and the files that were written."""
    ran = run("import", str(_file(tmp_path, CANNED)), "--report", "json", "--no-check", cwd=desk(tmp_path))
    told = json.loads(ran.out)
    assert (told["format"], told["written"]) == (
        "chatwoot",
        ["responses/chatwoot.yaml", "responses/variables.yaml"],
    )
    assert told["counts"]["refused"] == 1
    assert {"id": "chatwoot/start", "fate": "kept", "part": "", "reason": "new"} in told["outcomes"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("import", "chatwoot"), "name the files"),
        (("import", "missing.json"), "missing.json: cannot be read: No such file"),
        (("import", "broken.json"), "looks like none of the formats"),
        (("import", "zendesk", "broken.json"), "broken.json:1:2: is no JSON"),
        (("import", "chatwoot", "other.json"), "holds no list of canned responses"),
        (("import", "zendesk", "other.json"), "holds no macros"),
        (("import", "csv", "other.json"), "--map body=COLUMN"),
        (("import", "there.json", "--into", ".."), "new replies lie in the catalogue"),
        (("import", "there.json", "--locale", "de"), "unknown locale 'de'"),
        (("import", "there.json", "--channel", "emial"), "did you mean `email`"),
        (("import", "there.json", "--map", "x"), "--map needs PART=COLUMN"),
        (("export", "--out", "x.json"), "does not say the format"),
        (("export", "intercom", "--out", "x.json"), "they come in from there alone"),
        (("export", "chatwoot", "nobody", "--out", "x.json"), "there is no response `nobody`"),
    ],
)
def test_what_is_wrong_ends_with_a_line(run: Run, tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    """Exit 2 and how to mend it, never a traceback; nothing is written."""
    desk(tmp_path, {"responses/a.yaml": REPLIES, "broken.json": "{,", "other.json": '{"a": 1}'})
    _file(tmp_path, CANNED)
    before = state(tmp_path)
    ran = run(*arguments, cwd=tmp_path)
    assert (ran.code, told in ran.err, "Traceback" in ran.err) == (2, True, False), ran.err
    assert state(tmp_path) == before


def test_a_catalogue_with_a_fault_is_not_imported_into(run: Run, tmp_path: Path) -> None:
    """What came before could not be known there: its fault is told, and nothing is written."""
    desk(tmp_path, {"responses/a.yaml": "one: {boddy: Well.}\n"})
    ran = run("import", str(_file(tmp_path, CANNED)), cwd=tmp_path)
    assert (ran.code, "did you mean `body`" in ran.err) == (2, True)


def test_only_what_is_in_use_goes_out(run: Run, tmp_path: Path) -> None:
    """A draft and a reply past its date are left out and told; with --all they go along."""
    desk(tmp_path, {"responses/a.yaml": REPLIES})
    ran = run("export", "csv", "--out", "some.csv", cwd=tmp_path)
    assert (ran.code, "Wrote 1 reply: some.csv" in ran.out) == (0, True)
    assert "a/two: left out, its status is draft" in ran.err
    assert "a/three: left out, its review was due on 2020-01-01" in ran.err
    assert "Wrote 3 replies" in run("export", "csv", "--all", "--out", "all.csv", cwd=tmp_path).out
    assert "Wrote 1 reply" in run("export", "a/one", "--out", "one.csv", cwd=tmp_path).out


@pytest.mark.parametrize(("name", "format"), [("x.csv", "csv"), ("x.tf.json", "gitlab")])
def test_an_ending_says_the_format(run: Run, tmp_path: Path, name: str, format: str) -> None:
    """`.csv` is the table, whatever else is written as one; of several endings the longest counts."""
    desk(tmp_path, {"responses/a.yaml": "one: Well.\n"})
    told = json.loads(run("export", "--out", name, "--report", "json", cwd=tmp_path).out)
    assert told["format"] == format


def test_what_nobody_approved_stays(run: Run, tmp_path: Path) -> None:
    """Under `approval: required` a reply goes out once it is approved."""
    desk(tmp_path, {"cannedkit.yaml": f"{SETTINGS}approval: required\n", "responses/a.yaml": "one: Well.\n"})
    ran = run("export", "csv", "--out", "x.csv", cwd=tmp_path)
    assert "a/one: left out, it is not approved" in ran.err
    assert run("approve", "a/one", "--by", "jo", cwd=tmp_path).code == 0
    assert "Wrote 1 reply" in run("export", "csv", "--out", "x.csv", cwd=tmp_path).out


def test_several_files_go_into_a_folder(run: Run, tmp_path: Path) -> None:
    """A folder takes files under the names of the format; a file in its place is an error."""
    desk(tmp_path, {"responses/a.yaml": "one: Well.\n"})
    (tmp_path / "out").mkdir()
    assert "Wrote 1 reply: out/macros.json" in run("export", "zendesk", "--out", "out", cwd=tmp_path).out
    assert (tmp_path / "out" / "macros.json").read_text().startswith('{\n  "macros"')


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"\x00\x01", b"[" * 100_000, b'[{"short_code": 1, "content": []}]', b"{}"]
)
@pytest.mark.parametrize("format", ["chatwoot", "csv", "zendesk"])
def test_any_bytes_end_without_a_traceback(run: Run, tmp_path: Path, data: bytes, format: str) -> None:
    """They are refused, or hold nothing; the catalogue can be read afterwards."""
    (tmp_path / "f").write_bytes(data)
    ran = run("import", format, "f", "--no-check", cwd=desk(tmp_path, {"responses/a.yaml": "one: Well.\n"}))
    assert ran.code in (0, 1, 2)
    assert "fault of cannedkit" not in ran.err
    assert run("show", "a/one", cwd=tmp_path).code == 0


def test_a_terminal_is_moved_by_no_file(run: Run, tmp_path: Path) -> None:
    """Names and texts of a file are printed with their control characters visible."""
    data = [{"id": "\u001b[2J1", "short_code": "\u001b[31mx", "content": "{{ \u001b[0m }}"}]
    ran = run("import", "chatwoot", str(_file(tmp_path, data)), "--no-check", cwd=desk(tmp_path))
    assert "\x1b" not in ran.out + ran.err


def test_a_pattern_names_several(run: Run, write: Write) -> None:
    """What is exported may be named by a pattern of ids, as for `approve`; one that nothing matches is told."""
    root = write({"cannedkit.yaml": "", "responses/a.yaml": "x: Hi.\ny: Bye.\n", "responses/b.yaml": "z: So.\n"})
    ran = run("export", "chatwoot", "a/*", "--dry-run", "--out", "c.json", cwd=root)
    assert ("a/x" in ran.out, "a/y" in ran.out, "b/z" in ran.out) == (True, True, False)
    none = run("export", "chatwoot", "q/*", "--out", "c.json", cwd=root)
    assert (none.code, "no response in use matches `q/*`" in none.err) == (2, True)
