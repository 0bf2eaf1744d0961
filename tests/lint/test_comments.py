"""Comments of a Markdown file turn rules off: Vale's as Vale has them, ours with a reason, none in a typed draft."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cannedkit import Kit
from cannedkit.lint.comments import obeyed
from tests.conftest import Run, Write

RULE = "extends: existence\nmessage: m\nlevel: warning\ntokens: [{}]\naction: {{name: replace, params: [bad]}}\n"
FILES = {
    "cannedkit.yaml": "packs: [Own]\nengines: {}\n",
    "rules/Own/Awful.yml": RULE.format("awful"),
    "rules/Own/Dire.yml": RULE.format("dire"),
}
OFF, ON = "<!-- cannedkit off Own.Awful: quoted -->", "<!-- cannedkit on Own.Awful -->"

Rows = list[tuple[str, int, int]]


def _told(run: Run, root: Path, text: str, name: str = "d.md") -> Rows:
    """Rule, line and column of what `lint` says of a file."""
    (root / name).write_text(text)
    found = json.loads(run("lint", name, "--format", "json", cwd=root).out)["findings"]
    return [(one["rule"], one["line"], one["column"]) for one in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            f"An awful one.\n\n{OFF}\n\nAn awful dire one.\n\n{ON}\n\nAn awful two.\n",
            [("Own.Awful", 1, 4), ("Own.Dire", 5, 10), ("Own.Awful", 9, 4)],
        ),
        (f"{OFF}\n\nAn awful one.\n", []),
        ("<!-- cannedkit off Own: legal wording -->\n\nAn awful dire one.\n", []),
        (f"An {OFF} awful {ON} awful one.\n", [("Own.Awful", 1, len(f"An {OFF} awful {ON} a"))]),
        ("<!-- vale off -->\n\nAn awful one.\n\n<!-- vale on -->\n\nA dire one.\n", [("Own.Dire", 7, 3)]),
        (
            "<!-- vale Own.Awful = NO -->\n\nAn awful dire one.\n\n<!-- vale Own.Awful = YES -->\n\nAwful.\n",
            [("Own.Dire", 3, 10), ("Own.Awful", 7, 1)],
        ),
        ("<!-- vale Own = NO -->\n\nAn awful dire one.\n", []),
        ('<!-- vale Own.Awful["awful"] = NO -->\n\nAn awful AWFUL one.\n', [("Own.Awful", 3, 10)]),
    ],
)
def test_what_a_comment_turns_off(run: Run, write: Write, text: str, wanted: Rows) -> None:
    """From the comment on, until another turns it on again or the file ends; nothing else."""
    root = write({**FILES, "rules/Own/Awful.yml": RULE.format("awful").replace("tokens", "ignorecase: true\ntokens")})
    assert _told(run, root, text) == wanted


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("off Own.Awful: why", "This comment turns Own.Awful off where it finds nothing. Take it out."),
        ("off Own.Dire", "This comment gives no reason, so it turns nothing off: write <!-- cannedkit off "),
        ("off Own.Dire:", "This comment gives no reason"),
        ("off Own.Dyre: why", "no rule or pack in force is called Own.Dyre; did you mean Own.Dire?"),
        ("on Own.Dire", "This comment turns Own.Dire on, and none before it turns it off. Take it out."),
        ("of Own.Dire: why", "This comment says nothing that cannedkit knows: write <!-- cannedkit off Pack.Rule"),
        ("", "This comment says nothing that cannedkit knows"),
    ],
)
def test_a_comment_of_no_use_is_a_finding(run: Run, write: Write, comment: str, told: str) -> None:
    """At its place, and it turns nothing off; `levels` know it as any other."""
    root = write({**FILES, "d.md": f"One.\n\n<!-- cannedkit {comment} -->\n\nA dire one.\n"})
    found = json.loads(run("lint", "d.md", "--format", "json", cwd=root).out)["findings"]
    assert [(one["rule"], one["line"], one["column"]) for one in found] == [("Waiver.Unused", 3, 1), ("Own.Dire", 5, 3)]
    assert told in found[0]["message"]
    write({"cannedkit.yaml": f"{FILES['cannedkit.yaml']}levels: {{Waiver.Unused: off}}\n"})
    assert [one[0] for one in _told(run, root, (root / "d.md").read_text())] == ["Own.Dire"]


def test_nobody_who_types_a_draft_turns_a_rule_off(run: Run, write: Write) -> None:
    """In a text file, from standard input, in JSONL and in the library a comment is text like any other."""
    text = f"{OFF} An awful one."
    root = write({**FILES, "d.txt": text})
    line = json.dumps({"id": 1, "text": text}).encode()
    kit = Kit.load(root)
    answers = [
        run("lint", "d.txt", cwd=root).out,
        run("lint", "-", cwd=root, stdin=text.encode()).out,
        run("lint", "-", "--markdown", cwd=root, stdin=text.encode()).out,
        run("lint", "--jsonl", "-", cwd=root, stdin=line).out,
        str(kit.lint(text)),
        str(kit.linter().lint(replace(kit.draft(text), format="markdown"))),
    ]
    assert ["Own.Awful" in answer for answer in answers] == [True] * 6


def test_fix_leaves_what_is_off(run: Run, write: Write) -> None:
    """In a Markdown file: what stands behind the comment keeps its words."""
    text = f"An awful one.\n\n{OFF}\n\nAn awful two.\n"
    root = write({**FILES, "d.md": text})
    run("fix", "d.md", "--all", cwd=root)
    assert (root / "d.md").read_text() == text.replace("An awful one", "An bad one")


def test_who_did_not_look_makes_no_comment_useless() -> None:
    """A comment about an engine that is not there, or a rule that failed, may be of use yet."""
    text = "<!-- cannedkit off Harper.SpellCheck: a name -->\n\nOne.\n"
    assert obeyed(text, [], {"Own.Awful"}, {"harper"}) == ([], [])
    assert len(obeyed(text, [], {"Own.Awful"}, set())[1]) == 1
