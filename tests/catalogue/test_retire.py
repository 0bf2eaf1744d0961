"""A response is retired in its file: two keys, and every other byte as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cannedkit import CannedkitError, Kit, ReplyError
from cannedkit.catalogue import retire as retiring
from tests.conftest import Run, Write

SETTINGS = "packs: []\nengines: {}\n"
OTHERS = """
new: The new one.
gone: {status: retired, replaced_by: a/new, body: Gone.}
soon: {status: draft, body: Soon.}
lost: {status: retired, body: Lost.}
"""


def _retired(write: Write, before: str, replaced_by: str | None = "a/new", line_end: str = "\n") -> str:
    """The part of a file before `OTHERS` once `a/old` in it is retired."""
    text = (before + OTHERS).replace("\n", line_end)
    root = write({"cannedkit.yaml": SETTINGS, "responses/a.yaml": text})
    found = Kit.load(root).retire("a/old", replaced_by)
    assert (found.status, found.replaced_by) == ("retired", replaced_by or "")
    after = (root / "responses/a.yaml").read_bytes().decode()
    assert after.endswith(OTHERS.replace("\n", line_end))
    return after.removesuffix(OTHERS.replace("\n", line_end))


NEW = "status: retired\n{}replaced_by: a/new\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("old:\n  body: Hi.\n", "old:\n  status: retired\n  replaced_by: a/new\n  body: Hi.\n"),
        (
            "# all\nold: # first\n    # why\n    title: 'A  B'   # kept\n    body: |+\n      Hi.\n\n",
            "# all\nold: # first\n    # why\n    status: retired\n    replaced_by: a/new\n"
            "    title: 'A  B'   # kept\n    body: |+\n      Hi.\n\n",
        ),
        (
            "old:\n  body: Hi.\n  status: draft # not yet\n",
            "old:\n  replaced_by: a/new\n  body: Hi.\n  status: retired # not yet\n",
        ),
        (
            "old:\n  status: 'draft'\n  # below\n  body: Hi.\n",
            "old:\n  replaced_by: a/new\n  status: 'retired'\n  # below\n  body: Hi.\n",
        ),
        (
            "old:\n  replaced_by: a/soon\n  body: >-\n    Hi\n    you.\n",
            "old:\n  status: retired\n  replaced_by: a/new\n  body: >-\n    Hi\n    you.\n",
        ),
        ("old: {body: Hi.}\n", "old: {status: retired, replaced_by: a/new, body: Hi.}\n"),
        ("old: { body: Hi., status: draft }\n", "old: {replaced_by: a/new,  body: Hi., status: retired }\n"),
        ("old: 'Hi.' # why\n", "old:\n  body: 'Hi.' # why\n  status: retired\n  replaced_by: a/new\n"),
        (
            "old:\n  - Hi.\n  - |\n    Ho.\n",
            "old:\n  body:\n    - Hi.\n    - |\n      Ho.\n  status: retired\n  replaced_by: a/new\n",
        ),
        ('"old":\n\n  body: Hi.\n', '"old":\n\n  status: retired\n  replaced_by: a/new\n  body: Hi.\n'),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_nothing_else_changes(write: Write, before: str, after: str, line_end: str) -> None:
    """Comments, quotes, blank lines and line ends stay; what is set already is changed where it stands."""
    assert _retired(write, before, line_end=line_end) == after.replace("\n", line_end)


def test_without_a_successor(write: Write) -> None:
    """`status` alone is written; what the file says of a successor stays."""
    assert _retired(write, "old:\n  body: Hi.\n", None) == "old:\n  status: retired\n  body: Hi.\n"


@pytest.mark.parametrize(
    ("before", "replaced_by", "message"),
    [
        ("old:\n  body: Hi.\n", "a/nwe", "there is no response `a/nwe`; did you mean `a/new`?"),
        ("old:\n  body: Hi.\n", "a/old", "`a/old` cannot take its own place"),
        ("old:\n  body: Hi.\n", "a/gone", "`a/gone` is retired itself: name `a/new`, which takes its place"),
        ("old:\n  body: Hi.\n", "a/lost", "`a/lost` is retired itself: name another"),
        ("old:\n  body: Hi.\n", "a/soon", "`a/soon` has status draft and cannot be sent"),
    ],
)
def test_it_refuses_where_it_is_not_sure(write: Write, before: str, replaced_by: str, message: str) -> None:
    """The message says why and how to mend it; the file is as it was."""
    root = write({"cannedkit.yaml": SETTINGS, "responses/a.yaml": before + OTHERS})
    with pytest.raises(CannedkitError) as caught:
        Kit.load(root).retire("a/old", replaced_by)
    assert message in str(caught.value)
    assert (root / "responses/a.yaml").read_text() == before + OTHERS


def test_an_unknown_id(write: Write) -> None:
    """The nearest one is named."""
    root = write({"cannedkit.yaml": SETTINGS, "responses/a.yaml": OTHERS})
    with pytest.raises(ReplyError, match="there is no response `a/nwe`; did you mean `a/new`"):
        Kit.load(root).retire("a/nwe")


def test_a_file_that_somebody_else_changed(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another program wrote between reading and writing is not undone."""
    root = write({"cannedkit.yaml": SETTINGS, "responses/a.yaml": "old:\n  body: Hi.\n" + OTHERS})
    kit = Kit.load(root)
    write_edit = retiring._with

    def late(*given: object, behind: bool) -> str:
        (root / "responses/a.yaml").write_text("old:\n  body: Ho.\n" + OTHERS)
        return write_edit(*given, behind=behind)  # type: ignore[arg-type]

    monkeypatch.setattr(retiring, "_with", late)
    with pytest.raises(CannedkitError, match="was changed by somebody else in the meantime; nothing was written"):
        kit.retire("a/old", "a/new")
    assert "body: Ho." in (root / "responses/a.yaml").read_text()


def test_a_retired_one_stays_as_it_is(write: Write, run: Run) -> None:
    """Asked again the command changes nothing; by its shortcut and with another successor it changes that alone."""
    before = "old:\n  shortcut: O\n  body: Hi.\nother: Ho.\n"
    root = write({"cannedkit.yaml": SETTINGS, "responses/a.yaml": before + OTHERS})
    assert run("retire", "a/old", "--replaced-by", "a/new", cwd=root).out == (
        "responses/a.yaml:1:1: a/old is retired, replaced by a/new.\n"
    )
    first = (root / "responses/a.yaml").read_text()
    assert run("retire", "o", "--replaced-by", "a/new", cwd=root).out == (
        "responses/a.yaml:1:1: a/old was retired already, replaced by a/new.\n"
    )
    assert run("retire", "o", cwd=root).code == 0
    assert (root / "responses/a.yaml").read_text() == first
    run("retire", "o", "--replaced-by", "a/other", cwd=root)
    assert (root / "responses/a.yaml").read_text() == first.replace("a/new", "a/other", 1)


def test_who_still_names_it_is_said(write: Write, run: Run) -> None:
    """A retired response that named it as its successor is told, with the command that mends it."""
    root = write({"cannedkit.yaml": SETTINGS, "responses/a.yaml": "b: Ho.\n" + OTHERS})
    assert run("retire", "a/new", "--replaced-by", "a/b", cwd=root).out == (
        "responses/a.yaml:3:1: a/new is retired, replaced by a/b.\n"
        "a/gone still names it as what replaces it: `cannedkit retire a/gone --replaced-by a/b`\n"
    )
    ran = run("due", "--today", "2026-09-01", cwd=root)
    assert "a/new is retired, and still takes the place of a/gone" in ran.out
    assert ran.code == 1
    assert run("retire", "a/gone", "--replaced-by", "a/b", cwd=root).code == 0
    assert run("due", "--today", "2026-09-01", cwd=root).code == 0


def test_a_link_stays_a_link(write: Write, tmp_path: Path) -> None:
    """The file that a link leads to is changed, inside of the repository."""
    root = write({"cannedkit.yaml": SETTINGS, "kept/a.yaml": "old:\n  body: Hi.\n", "responses/b.yaml": "x: y\n"})
    (root / "responses/a.yaml").symlink_to(root / "kept/a.yaml")
    Kit.load(root).retire("a/old", "b/x")
    assert (root / "responses/a.yaml").is_symlink()
    assert (root / "kept/a.yaml").read_text() == "old:\n  status: retired\n  replaced_by: b/x\n  body: Hi.\n"


KEYS = st.lists(
    st.sampled_from(
        [
            "title: A",
            "tags: [x, y]",
            "owner: jo",
            "status: draft",
            "replaced_by: a/soon",
            "review_by: 2026-09-01",
            "# c",
            "",
        ]
    ),
    unique=True,
)
BODIES = st.sampled_from(
    [
        "body: Hi.",
        "body: >-\n{0}  Hi\n\n{0}  you.",
        "body: |+\n{0}  Hi.\n\n",
        'body: "Hi\\n you."',
        "body:\n{0}  - One\n{0}  - Two",
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(KEYS, BODIES, st.integers(1, 6), st.integers(0, 8), st.sampled_from(["\n", "\r\n"]))
def test_lines_are_added_and_none_is_lost(
    write: Write, keys: list[str], body: str, margin: int, at: int, line_end: str
) -> None:
    """In any layout: the lines that were there are there, in their order, but for those of the two keys."""
    lines = [*keys[:at], body.format(" " * margin), *keys[at:]]
    text = "old:\n" + "".join(f"{' ' * margin if line else ''}{line}\n" for line in lines)
    after = _retired(write, text, line_end=line_end)

    def others(whole: str) -> list[str]:
        return [line for line in whole.split(line_end) if not line.strip().startswith(("status:", "replaced_by:"))]

    assert others(after) == others(text.replace("\n", line_end))
    assert (after.count("status: retired"), after.count("replaced_by: a/new")) == (1, 1)
