"""What `lint` is given: folders, patterns, standard input under a name, a conversation, a day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run, Write

RULE = "extends: existence\nmessage: \"'%s' is told.\"\nlevel: warning\ntokens: [awful]\n"
BASE = {"cannedkit.yaml": "packs: [Own]\nengines: {}\nfail_on: warning\n", "rules/Own/Awful.yml": RULE}
DRAFTS = {
    "drafts/a.txt": "An awful day.\n",
    "drafts/b.md": "`awful` is code.\n\nAwful is not, awful is.\n",
    "drafts/deep/er/c.markdown": "An awful end.\n",
    "drafts/d.py": "awful = 1\n",
    "drafts/.hidden.txt": "An awful secret.\n",
    "drafts/.git/e.txt": "An awful secret.\n",
    "drafts/node_modules/f.md": "An awful secret.\n",
}


def _places(out: str) -> list[str]:
    return [":".join(line.split(":")[:2]) for line in out.splitlines() if ": warning: " in line]


def test_a_folder_stands_for_its_drafts(run: Run, write: Write) -> None:
    """Texts and Markdown in it and below are linted, in order; what is hidden and what is no draft is left out."""
    root = write({**BASE, **DRAFTS})
    ran = run("lint", "--format", "concise", "drafts", cwd=root)
    assert _places(ran.out) == ["drafts/a.txt:1", "drafts/b.md:3", "drafts/deep/er/c.markdown:1"]
    assert (ran.code, "Checked 3 drafts" in ran.out) == (1, True)


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("drafts/*.txt", ["a.txt"]),
        ("drafts/**/*.m*", ["b.md", "c.markdown"]),
        ("drafts/d*", ["d.py", "c.markdown"]),
        ("drafts/[ab].*", ["a.txt", "b.md"]),
    ],
)
def test_a_pattern_stands_for_what_it_matches(run: Run, write: Write, pattern: str, names: list[str]) -> None:
    """A shell that hands `*` and `**` on is made good; a folder that matches stands for its drafts."""
    ran = run("lint", "--format", "concise", pattern, cwd=write({**BASE, **DRAFTS}))
    assert [Path(place.partition(":")[0]).name for place in _places(ran.out)] == names


def test_a_file_may_be_called_like_a_pattern(run: Run, write: Write) -> None:
    """Where there is a file of that very name it is meant, and no other."""
    root = write({**BASE, "[ab].txt": "An awful day.\n", "a.txt": "An awful night.\n"})
    assert _places(run("lint", "--format", "concise", "[ab].txt", cwd=root).out) == ["[ab].txt:1"]


@pytest.mark.parametrize("path", ["empty", "*.none"])
def test_nothing_to_lint_is_not_clean(run: Run, write: Write, path: str) -> None:
    """A folder or a pattern without a draft is an error, exit 2."""
    root = write({**BASE, "empty/x.py": ""})
    ran = run("lint", path, cwd=root)
    assert (ran.code, f"{path}: error: holds no draft" in ran.out) == (2, True), ran.out


def test_a_link_out_of_a_folder_is_not_followed(run: Run, write: Write) -> None:
    """A draft in a folder that lies elsewhere is told and not read; typed by itself it is read."""
    root = write({**BASE, "drafts/a.txt": "Hi.\n", "elsewhere/s.txt": "An awful secret.\n"})
    (root / "drafts" / "b.txt").symlink_to(root / "elsewhere" / "s.txt")
    (root / "drafts" / "c").symlink_to(root / "elsewhere")
    ran = run("lint", "--format", "concise", "drafts", cwd=root)
    assert (ran.code, _places(ran.out)) == (2, [])
    assert "drafts/b.txt: error: " in ran.out
    assert _places(run("lint", "--format", "concise", "drafts/b.txt", cwd=root).out) == ["drafts/b.txt:1"]


def test_a_response_file_is_no_draft_in_a_pattern_either(run: Run, write: Write) -> None:
    """It says `use check`, as for one that is typed."""
    root = write({**BASE, "responses/a.yaml": "one: Hi.\n"})
    assert "use `cannedkit check`" in run("lint", "responses/*", cwd=root).out


def test_standard_input_has_a_name(run: Run, write: Write) -> None:
    """It is shown under that name and read by its ending; it need not be there; `-` may be left out."""
    root = write(BASE)
    for more in ((), ("-",)):
        ran = run(
            "lint",
            "--format",
            "concise",
            "--stdin-path",
            "x/b.md",
            *more,
            cwd=root,
            stdin=DRAFTS["drafts/b.md"].encode(),
        )
        assert (ran.code, _places(ran.out)) == (1, ["x/b.md:3"])
    ran = run("lint", "--stdin-path", "a.yaml", cwd=root, stdin=b"Hi.")
    assert (ran.code, "use `cannedkit check`" in ran.out) == (2, True)
    for wrong in (("a.txt",), ("--jsonl",)):
        ran = run("lint", "--stdin-path", "b.md", *wrong, cwd=root, stdin=b"Hi.")
        assert (ran.code, "--stdin-path says which file standard input is" in ran.err) == (2, True)


TURNS = [{"by": "customer", "text": "My name is Jo and my order is 10482."}, {"by": "agent", "text": "Hi Jo."}]


LINES = "\n".join(map(json.dumps, TURNS))
ASKED = "What is your order number?"


@pytest.mark.parametrize("text", [json.dumps(TURNS), LINES, f"\ufeff{json.dumps(TURNS[0])}\n\n"])
def test_the_conversation_so_far(run: Run, write: Write, text: str) -> None:
    """A list, or an object a line, is what `history` is to the library and to JSON lines: what was told is known."""
    root = write({"cannedkit.yaml": "packs: [Known]\nengines: {}\n", "h.json": text, "d.txt": ASKED})
    assert "Known." not in run("lint", "d.txt", cwd=root).out
    ran = run("lint", "d.txt", "--history", "h.json", cwd=root)
    assert "[Known." in ran.out, ran.out
    ran = run("lint", "--jsonl", "--history", "h.json", cwd=root, stdin=json.dumps({"text": ASKED}).encode())
    assert json.loads(ran.out)["findings"][0]["rule"].startswith("Known.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "h.json: line 1 is not JSON"),
        ('{"by": "customer", "text": "Hi"}\nHello\n', "h.json: line 2 is not JSON"),
        ('[{"by": "nobody", "text": "Hi"}]', "nobody"),
        ("[3]", "a turn of `history` must be a mapping"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_a_conversation_that_is_none(run: Run, write: Write, text: str, told: str) -> None:
    """It is told on stderr with its file and line, exit 2, before any draft is read."""
    root = write({**BASE, "h.json": text, "d.txt": "Hi.\n"})
    ran = run("lint", "d.txt", "--history", "h.json", cwd=root)
    assert (ran.code, ran.out, told in ran.err) == (2, "", True), ran.err
    ran = run("lint", "d.txt", "--history", "none.json", cwd=root)
    assert (ran.code, "none.json: cannot be read" in ran.err) == (2, True), ran.err


def test_the_day_is_one_that_is_given(run: Run, write: Write) -> None:
    """A rule about dates judges the draft for that day, from a file and in JSON lines."""
    draft = "I'll refund €5.00 today."
    root = write(
        {
            "cannedkit.yaml": "packs: [Promise]\nengines: {}\noffers: offers.yaml\n",
            "offers.yaml": "late: {kind: credit, max: €10.00, until: 2026-03-10}\n",
            "d.txt": draft,
        }
    )
    for day, told in (("2026-03-10", False), ("2026-03-11", True)):
        given = ("lint", "--today", day, "--known", "offer: late")
        assert ("[Promise." in run(*given, "d.txt", cwd=root).out) == told
        lines = run(*given, "--jsonl", cwd=root, stdin=json.dumps({"text": draft}).encode())
        assert bool(json.loads(lines.out)["findings"]) == told
