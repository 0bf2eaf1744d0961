"""What a stranger wrote is printed as text: it commands no CI runner, moves no terminal and hides nothing."""

from __future__ import annotations

import ast
import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from cannedkit import cli, report
from tests.conftest import Ran, Run, Write

RULE = (
    "extends: existence\n"
    'message: "m\\n::error::message ##[error]x \\e]0;title\\a"\n'
    "level: error\n"
    "tokens: [awful]\n"
    'why: "w\\n::warning::why \\u009b2J"\n'
    'instead: "i\\r::debug::instead \\u202e"\n'
)

DRAFT = "##[error]One \x1b]52;c;aGk=\x07 \u202eawful\u2069 ##vso[task.complete]\n::stop-commands::x awful\n"

FOLDER = {
    "cannedkit.yaml": "packs: [Own]\nengines: {}\n",
    "rules/Own/Awful.yml": RULE,
    "responses/shop.yaml": 'a:\n  body: "It is awful.\\n\\n::error::body \\u202e awful"\n',
    "responses/x\n::warning::file.yaml": "b: [It is\n",
}


def _is_harmless(ran: Ran, format: str) -> None:
    for printed in (ran.out, ran.err):
        hidden = {one for one in printed if unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t"}
        assert hidden == set()
        assert "\u202e" not in printed
        assert "##[" not in printed
        assert "##vso[" not in printed
        own = ("::error file=", "::error title=", "::notice title=unread::", "::warning file=")
        commands = [line for line in printed.split("\n") if line.lstrip().startswith("::")]
        assert [line for line in commands if format != "github" or not line.startswith(own)] == []


@pytest.mark.parametrize("format", report.FORMATS)
def test_a_catalogue_of_a_stranger(run: Run, write: Write, format: str) -> None:
    """A message, a why, an id, a path and a body with commands in them are printed as text, and all are told."""
    ran = run("check", "--format", format, cwd=write(FOLDER))
    _is_harmless(ran, format)
    assert ran.code == 2
    assert "Own.Awful" in ran.out
    assert "warning" in ran.out + ran.err


@pytest.mark.parametrize("format", report.FORMATS)
def test_a_draft_of_a_stranger(run: Run, write: Write, format: str) -> None:
    """A draft and its name with commands and codes of a terminal in them are printed as text."""
    folder = write({**FOLDER, "d\n::error::\x1b[2J.txt": DRAFT})
    ran = run("lint", "d\n::error::\x1b[2J.txt", "--format", format, cwd=folder)
    _is_harmless(ran, format)
    assert ran.code == 1


@pytest.mark.parametrize(
    "command",
    [
        ("rules", "list"),
        ("rules", "explain", "Own.Awful"),
        ("rules", "test"),
        ("rules", "trace", DRAFT),
        ("show", "shop/a"),
        ("show", "shop/\x1b[2J\n::error::x"),
        ("coverage",),
        ("lint", "\n::error::no\x1b[2J.txt"),
        ("lint", "--locale", "\n::error::x\x1b[2J", "-"),
        ("check", "\n::error::no\x1b[2J"),
    ],
)
def test_every_command(run: Run, write: Write, command: tuple[str, ...]) -> None:
    """No command prints raw what a file or an argument holds, nor does an error."""
    files = {key: text for key, text in FOLDER.items() if "file" not in key}
    ran = run(*command, cwd=write(files), stdin=b"")
    _is_harmless(ran, "line")
    assert ran.out + ran.err


def test_json_keeps_the_text(run: Run, write: Write) -> None:
    """JSON says exactly what was written: its escapes give it back."""
    folder = write(
        {**FOLDER, "d.txt": DRAFT, "rules/Own/Awful.yml": RULE.replace("[awful]", "['\\x1b.*awful']\nnonword: true")}
    )
    ran = run("lint", "d.txt", "--format", "json", cwd=folder)
    (found,) = json.loads(ran.out)["findings"]
    assert found["text"] == "\x1b]52;c;aGk=\x07 \u202eawful"
    assert found["why"] == "w\n::warning::why \x9b2J"


@pytest.mark.parametrize(
    ("before", "shown", "column"),
    [("\x1b[1m ", r"\x1b[1m ", 8), ("a \u202e", r"a \u202e", 8), ("##[x]", r"\x23#[x]", 8), ("\x85é ", r"\x85é ", 6)],
)
def test_carets_stand_under_the_word(run: Run, write: Write, before: str, shown: str, column: int) -> None:
    """What is shown as an escape moves the carets with it."""
    folder = write({**FOLDER, "d.txt": f"{before}awful\n"})
    ran = run("lint", "d.txt", cwd=folder)
    assert f"  1 | {shown}awful\n    | {' ' * column}^^^^^\n" in ran.out


def test_a_name_that_is_no_text(run: Run, tmp_path: Path, write: Write) -> None:
    """A file whose name is not UTF-8 is printed with the byte that is wrong."""
    folder = write(FOLDER)
    name = b"d\xff.txt".decode("utf-8", "surrogateescape")
    (folder / name).write_text("awful\n")
    for format, wanted in (
        *(("line", r"d\udcff.txt:1:1"), ("json", r'"d\udcff.txt"'), ("github", r"file=d\udcff.txt")),
        ("sarif", '"uri": "d%FF.txt"'),
    ):
        assert wanted in run("lint", name, "--format", format, cwd=folder).out


def _calls(folder: Path) -> Mapping[str, set[str]]:
    """What each module of a folder prints with: names of click or print."""
    printing = ("click.echo", "click.secho", "print", "sys.stdout.write", "sys.stderr.write")
    return {
        path.name: {
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and ast.unparse(node.func) in printing
        }
        for path in folder.rglob("*.py")
    }


def test_there_is_one_place_that_prints() -> None:
    """All that is printed goes through `cli/shared.py`, which makes other people's text visible.

    Who asks the warm service loads none of it, and says one sentence of ours.
    """
    package = Path(cli.__file__).parent.parent
    assert {name for name, calls in _calls(package).items() if calls} == {"shared.py", "client.py"}
