"""What cannot be read hides nothing else: other entries, other files, and what is checked of them."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cannedkit import CatalogueError, Kit, ReplyError, Review, SettingsError
from cannedkit.model.errors import Failure
from tests.conftest import Run, Write

SETTINGS = """\
engines: {}
packs: [Own]
locale: en
locales: [en, nl]
channels: {chat: {}, sms: {}}
levels: {Catalogue.Locales: off}
"""

RULE = "extends: existence\nmessage: \"no '%s'\"\nlevel: error\ntokens: [awful]\n"

FILES = {"cannedkit.yaml": SETTINGS, "rules/Own/Awful.yml": RULE}


def checked(write: Write, files: dict[str, str]) -> Review:
    """The review of a catalogue whose settings and files may be broken."""
    return Kit.load(write({**FILES, **files}), forgiving=True).check()


def told(errors: tuple[Failure, ...]) -> list[str]:
    """Errors as `file:line:column: reason`."""
    return [f"{Path(one.path).name}:{one.line}:{one.column}: {one.reason}" for one in errors]


def responses(review: Review) -> list[str]:
    """The ids of the responses that something was found in."""
    return [found.response for found in review.findings]


def test_a_tab_in_one_of_a_hundred_files(write: Write, run: Run, tmp_path: Path) -> None:
    """The findings of the 99 others are there, and one error with path, line and column; exit 2, in every format."""
    files = {f"responses/f{number:02}.yaml": "a: That is awful.\n" for number in range(100)}
    files["responses/f50.yaml"] = "a:\n\tbody: That is awful.\n"
    review = checked(write, files)
    assert responses(review) == [f"f{number:02}/a" for number in range(100) if number != 50]
    assert told(review.errors) == ["f50.yaml:2:1: a tab stands where YAML wants spaces: indent with spaces"]
    ran = run("check", "--format", "json", cwd=tmp_path)
    printed = json.loads(ran.out)
    assert (len(printed["findings"]), len(printed["errors"]), ran.code) == (99, 1, 2)


BROKEN = {
    "a tab": b"\tx: y\n",
    "a bad key": b"k: {boddy: Hi, body: awful}\n",
    "cut off": b"k: {body: awf",
    "wrong bytes": b"k: awful \xff\xfe\n",
    "an open quote": b"k: 'awful\n",
    "an unknown name": b"k: awful {{ nobody }}\n",
    "nothing": b"k:\n",
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([None, *BROKEN]), min_size=3, max_size=6))
def test_any_files_broken_in_any_way_leave_the_others_as_they_are(slips: list[str | None]) -> None:
    """Whichever files of a catalogue are broken, the findings of the others stay, and each broken one is told."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in FILES.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
        (folder / "responses").mkdir()
        for number, slip in enumerate(slips):
            data = BROKEN[slip] if slip else b"a: That is awful.\nb: An awful day\n"
            (folder / "responses" / f"f{number}.yaml").write_bytes(data)
        review = Kit.load(folder, forgiving=True).check()
    right = [number for number, slip in enumerate(slips) if slip is None]
    assert responses(review) == [f"f{number}/{name}" for number in right for name in "ab"]
    broken = {f"f{number}.yaml" for number, slip in enumerate(slips) if slip}
    assert {Path(error.path).name for error in review.errors} == broken


def test_entries_beside_a_broken_one_are_checked(write: Write) -> None:
    """In one file, a response with a fault is left out alone: those before and behind it are checked."""
    text = """\
a: awful
b: Hi {{ nobody }}
c: {{ x }}, awful
d: awful
e:
  mood: angy
  body: awful
f: 'It's awful'
g: awful
"""
    review = checked(write, {"responses/a.yaml": text})
    assert responses(review) == ["a/a", "a/d", "a/g"]
    assert [error.partition(": ")[0] for error in told(review.errors)] == [
        *("a.yaml:2:7", "a.yaml:3:4", "a.yaml:6:9", "a.yaml:8:4"),
    ]


@pytest.mark.parametrize(
    ("variables", "error"),
    [
        ("order.id: @x\nok: {type: name}\n", 'variables.yaml:1:11: a text that starts with "@" must be put in quotes'),
        ("order.id: {type: ordr}\nok: {type: name}\n", "variables.yaml:1:18: `type` cannot be 'ordr'"),
        ("order.id: {}\n\tok: x\n", "variables.yaml:2:1: a tab stands where YAML wants spaces"),
    ],
)
def test_broken_declarations_leave_what_does_not_need_them(write: Write, variables: str, error: str) -> None:
    """A response without placeholders is checked; no placeholder is called undeclared that may be declared there."""
    text = "a: awful\nb: awful {{ order.id }}\n"
    review = checked(write, {"responses/a.yaml": text, "responses/variables.yaml": variables})
    assert responses(review)[0] == "a/a"
    (only,) = told(review.errors)
    assert only.startswith(error)


def test_what_uses_a_right_declaration_is_checked(write: Write) -> None:
    """Of broken declarations the right ones count."""
    files = {
        "responses/a.yaml": "a: awful {{ ok }}\nb: {{ x }}\n",
        "responses/variables.yaml": "x: @y\nok: {type: name}\n",
    }
    assert responses(checked(write, files)) == ["a/a"]


def test_faults_of_the_settings_leave_the_rest_in_force(write: Write) -> None:
    """A key with a fault is at its default, entries of facts and offers too; all else is in force and checked."""
    files = {
        "cannedkit.yaml": SETTINGS + "fail_on: eror\nfacts: facts.yaml\noffers: offers.yaml\nlocals: [x]\n",
        "facts.yaml": "a: null\nb: fine\nc:\n  value:14\nd: “x”\n",
        "offers.yaml": "x: {kind: credit}\ny: {kind: credit, condition: late}\n",
        "responses/a.yaml": """\
a: awful {{ facts.b }}
b: awful {{ facts.a }}
c: {offer: y, body: awful}
d: {offer: x, body: awful}
""",
    }
    review = checked(write, files)
    assert responses(review) == ["a/a", "a/c"]
    assert told(review.errors) == [
        "cannedkit.yaml:7:10: `fail_on` cannot be 'eror'; did you mean `error`?",
        "cannedkit.yaml:10:1: unknown key `locals`; did you mean `locales`?",
        "facts.yaml:1:4: `a` is null, which is no text: write one or take the key out",
        'facts.yaml:4:8: put a space behind the colon: "value: 14", or all in quotes if it is a text',
        'facts.yaml:5:4: “ and ” are sent as they stand; YAML\'s quotes are straight: "x"',
        "offers.yaml:1:4: an offer needs `until` or `condition`",
    ]


def test_a_fault_in_the_name_of_the_catalogue(write: Write, run: Run) -> None:
    """Where the settings are at fault that no catalogue is found, both are told."""
    root = write({"cannedkit.yaml": "engines: {}\npacks: []\ncatalogue: replys\n", "replies/a.yaml": "a: Hi\n"})
    ran = run("check", "--format", "json", cwd=root)
    assert [error["reason"] for error in json.loads(ran.out)["errors"]] == [
        "`catalogue`: there is no 'replys' beside cannedkit.yaml",
        "there is no such folder; `cannedkit init` makes one",
    ]
    assert ran.code == 2


def test_nothing_is_sent_from_half_a_catalogue(write: Write) -> None:
    """`catalogue` and `reply` are strict: with a fault anywhere in responses or settings they raise it."""
    root = write({**FILES, "responses/a.yaml": "a: Hi\nb: @x\n"})
    kit = Kit.load(root)
    assert list(kit.readable.responses) == ["a/a"]
    with pytest.raises(CatalogueError, match=r"a\.yaml:2:4"):
        kit.reply("a/a")
    write({"cannedkit.yaml": SETTINGS + "fail_on: eror\n", "responses/a.yaml": "a: Hi\n"})
    with pytest.raises(SettingsError, match="`fail_on` cannot be 'eror'"):
        Kit.load(root)
    kit = Kit.load(root, forgiving=True)
    assert [failure.reason for failure in kit.refused] == ["`fail_on` cannot be 'eror'; did you mean `error`?"]
    with pytest.raises(SettingsError, match="`fail_on` cannot be 'eror'"):
        kit.reply("a/a")


def test_settings_that_are_no_mapping_end_it(write: Write, run: Run) -> None:
    """Where nothing of cannedkit.yaml can be read there is nothing to go by: one line on stderr, exit 2."""
    root = write({**FILES, "cannedkit.yaml": "- a\n", "responses/a.yaml": "a: awful\n"})
    ran = run("check", cwd=root)
    assert (ran.out, ran.code) == ("", 2)
    assert "cannedkit.yaml:1:1: `cannedkit.yaml` must be a mapping of names to values, not a list" in ran.err


def test_lint_goes_on_with_faulty_settings(write: Write, run: Run) -> None:
    """`lint` finds what it finds, tells what is wrong with the settings as an error beside it, and ends in 2."""
    root = write({**FILES, "cannedkit.yaml": SETTINGS + "fail_on: eror\n", "draft.txt": "awful"})
    ran = run("lint", "draft.txt", "--format", "json", cwd=root)
    printed = json.loads(ran.out)
    assert ([one["rule"] for one in printed["findings"]], len(printed["errors"]), ran.code) == (["Own.Awful"], 1, 2)


def test_a_file_or_folder_alone(write: Write, run: Run, tmp_path: Path) -> None:
    """`check PATH` looks at that file or folder of the catalogue alone; a path without a response is an error."""
    files = {"responses/a.yaml": "x: awful\n", "responses/b/c.yaml": "y: awful\nz:\n\tx: y\n", "facts.yaml": ""}
    write({**FILES, **files})
    kit = Kit.load(tmp_path)
    assert responses(kit.check(only=tmp_path / "responses" / "a.yaml")) == ["a/x"]
    assert kit.check(only=tmp_path / "responses" / "a.yaml").errors == ()
    assert responses(kit.check(only=tmp_path / "responses" / "b")) == ["b/c/y"]
    for path, count in {"responses/a.yaml": 1, "responses/b": 1, "responses": 2, ".": 2, "cannedkit.yaml": 2}.items():
        ran = run("check", path, "--format", "json", cwd=tmp_path)
        assert len(json.loads(ran.out)["findings"]) == count
    ran = run("check", "facts.yaml", cwd=tmp_path)
    assert "facts.yaml: holds no response of the catalogue" in ran.err
    assert (ran.out, ran.code) == ("", 2)


def test_a_shortcut_is_found_as_an_id(write: Write) -> None:
    """A response is found by its shortcut in any case, and its id goes first."""
    kit = Kit.load(write({**FILES, "responses/a.yaml": "x: {shortcut: Late, body: Hi}\n"}))
    assert [kit.response(id).id for id in ("Late", "late", "a/x")] == ["a/x"] * 3
    with pytest.raises(ReplyError, match="there is no response `lat`"):
        kit.response("lat")


def test_a_text_of_which_nothing_is_left_is_not_sent(write: Write) -> None:
    """A body whose branches may all be empty is a fault, and no reply without a text goes out."""
    text = "a: '{% if note %}{{ note }}{% endif %}'\nb: 'Hi{% if note %}, {{ note }}{% endif %}'\n"
    variables = "note: {optional: true}\n"
    review = checked(write, {"responses/a.yaml": text, "responses/variables.yaml": variables})
    assert told(review.errors) == [
        "a.yaml:1:5: nothing is left of this text in the case `branch 2: else of if note`: write its `else`"
    ]
