"""`compare` and `lint --against`: what they print, and when they end with 1 and 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run, Write

FILES = {
    "cannedkit.yaml": "engines: {}\npacks: [Leftover]\nlocale: en\n",
    "responses/variables.yaml": "day: {samples: [Friday, May 4]}\n",
    "responses/a.yaml": "moved: We moved your visit to {{ day }}. The fee is €5.\n",
    "good.txt": "We moved your visit to Monday. The fee is €5.\n",
    "bad.txt": "We moved your visit to [day]. The fee is €15.\n",
}


@pytest.fixture
def root(write: Write) -> Path:
    """A catalogue of one reply, and two drafts."""
    return write(FILES)


def test_what_differs_is_printed(run: Run, root: Path) -> None:
    """Each finding has its place, and the approved sentence below it; the last line says what was compared."""
    ran = run("compare", "a/moved", "bad.txt", cwd=root)
    assert ran.out.splitlines() == [
        "bad.txt:1:24: error: '[day]' is still to be filled in.  [Compare.Unfilled]",
        "bad.txt:1:42: error: '€15' stands where '€5' was approved.  [Compare.Altered]",
        "    approved: The fee is €5.",
        "Beside a/moved (en), which is not approved: 2 findings.",
    ]
    assert (ran.code, ran.err) == (1, "")


def test_a_faithful_draft(run: Run, root: Path) -> None:
    """Nothing found is exit 0; `--nearest` finds the reply; a value that is set must be there."""
    ran = run("compare", "--nearest", "good.txt", cwd=root)
    assert ran.out == "Beside a/moved (en), the nearest reply, which is not approved: no findings.\n"
    assert ran.code == 0
    assert run("compare", "a/moved", "good.txt", "--set", "day=Tuesday", cwd=root).code == 1


def test_json(run: Run, root: Path) -> None:
    """Programs read what was compared, and of each finding the place and the approved sentence."""
    told = json.loads(run("compare", "a/moved", "bad.txt", "--format", "json", cwd=root).out)
    assert (told["format"], told["wording"]["id"], told["nearest"], told["approved"]) == (1, "a/moved", False, False)
    assert told["text"] == "We moved your visit to {{ day }}. The fee is €5."
    last = told["findings"][1]
    assert (last["line"], last["column"], last["text"], last["approved"]) == (1, 42, "€15", "The fee is €5.")
    assert (last["rule"], last["level"], last["fixes"]) == ("Compare.Altered", "error", ["€5"])


def test_the_least_level(run: Run, root: Path) -> None:
    """A warning ends with 1 only where `--fail-on` asks for it."""
    (root / "short.txt").write_text("We moved your visit to Monday.")
    assert run("compare", "a/moved", "short.txt", cwd=root).code == 0
    assert run("compare", "a/moved", "short.txt", "--fail-on", "warning", cwd=root).code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Missing argument 'ID'; --nearest finds"),
        (("a/moved", "bad.txt", "more"), "unexpected argument 'more'"),
        (("--nearest", "a/moved", "bad.txt"), "--nearest takes no ID"),
        (("a/move", "bad.txt"), "did you mean `a/moved`?"),
        (("a/moved", "none.txt"), "no such file"),
        (("a/moved", "bad.txt", "--set", "day"), "--set needs NAME=VALUE"),
        (("a/moved", "bad.txt", "--channel", "fax"), "unknown channel"),
    ],
)
def test_what_is_broken(run: Run, root: Path, words: tuple[str, ...], said: str) -> None:
    """A mistake of the user's is told in a line, with exit 2."""
    ran = run("compare", *words, cwd=root)
    assert (ran.code, ran.out) == (2, "")
    assert said.lower() in ran.err.lower()


def test_lint_against_a_reply(run: Run, root: Path) -> None:
    """`lint --against` adds what a draft makes of its reply, in every format; a blank is told once."""
    ran = run("lint", "--against", "a/moved", "bad.txt", "--format", "json", cwd=root)
    assert [one["rule"] for one in json.loads(ran.out)["findings"]] == ["Leftover.FillIns", "Compare.Altered"]
    assert ran.code == 1
    assert run("lint", "--against", "a/moved", "good.txt", "--no-engines", cwd=root).code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [(("nothing", "good.txt"), "there is no response"), (("a/moved", "--jsonl"), "leave --jsonl out")],
)
def test_lint_against_nothing(run: Run, root: Path, words: tuple[str, ...], said: str) -> None:
    """A reply that is not there, or lines of JSON, are told before anything is read."""
    ran = run("lint", "--against", *words, cwd=root)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
