"""The baseline: what was there before waits, what is new counts, what is mended is told; lines move as they like."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.kit import Kit
from cannedkit.model.errors import InputError
from cannedkit.model.result import Compared
from cannedkit.review import baseline
from tests.conftest import Run, Write

SETTINGS = "packs: [House]\nengines: {}\nlocales: [en, nl]\n"
RULE = "extends: existence\nmessage: \"Not '%s'.\"\nlevel: error\ntokens: [soon, later, asap]\n"
FILES = {
    "cannedkit.yaml": SETTINGS,
    "rules/House/Vague.yml": RULE,
    "responses/a.yaml": (
        "one: {body: {en: We write soon., nl: Dag.}}\ntwo: {body: {en: Do it asap. Do it asap., nl: Dag.}}\n"
    ),
}


@pytest.fixture
def house(write: Write) -> Path:
    """A catalogue with three findings, all of them in its baseline."""
    folder = write(FILES)
    assert Kit.load(folder).baseline() == Compared(3, 0, 0)
    return folder


def _found(folder: Path) -> list[tuple[str, str, int]]:
    review = Kit.load(folder).check()
    assert review.errors == ()
    return [(one.finding.rule, one.text, one.place.line) for one in review.findings]


def test_what_was_there_before_is_left_out(house: Path) -> None:
    """A finding of the baseline is not in the review, which counts it; without the baseline it is there."""
    review = Kit.load(house).check()
    assert (review.findings, review.compared) == ((), Compared(0, 3, 0))
    every = Kit.load(house).check(baseline=False)
    assert ([one.text for one in every.findings], every.compared) == (["soon", "asap", "asap"], None)


@pytest.mark.parametrize(
    "laid_out",
    [
        "# a note\n\ntwo:\n  body:\n    en: |\n      Do it asap. Do\n      it asap.\n    nl: Dag.\n"
        "one:\n  body:\n    nl: Dag.\n    en: 'We write soon.'\n",
        "one: {tags: [x], body: {en: Hello there! We write soon., nl: Dag.}}\n"
        "two: {body: {en: Do it asap. Do it asap., nl: Dag.}}\n",
    ],
)
def test_other_lines_and_other_layout_keep_it(house: Path, laid_out: str) -> None:
    """What moves, is laid out otherwise, or has other words farther off, is the same finding."""
    (house / "responses" / "a.yaml").write_text(laid_out)
    assert _found(house) == []


def test_one_more_of_the_same_is_new(house: Path) -> None:
    """Two findings that read the same are two: the third one counts."""
    text = FILES["responses/a.yaml"].replace("Do it asap. Do it asap.", "Do it asap. Do it asap. Do it asap.")
    (house / "responses" / "a.yaml").write_text(text)
    assert _found(house) == [("House.Vague", "asap", 2)]


def test_what_is_mended_is_told_until_its_line_is_out(house: Path) -> None:
    """A line whose finding is gone is a finding at that line; --prune takes it out and leaves new ones to count."""
    (house / "responses" / "a.yaml").write_text(FILES["responses/a.yaml"].replace("soon", "at noon or later"))
    assert _found(house) == [("Baseline.Mended", "", 1), ("House.Vague", "later", 1)]
    assert Kit.load(house).baseline(prune=True) == Compared(0, 2, 1)
    assert _found(house) == [("House.Vague", "later", 1)]
    assert Kit.load(house).baseline(update=True) == Compared(1, 2, 0)
    assert _found(house) == []


def test_a_response_that_is_gone_is_mended(house: Path) -> None:
    """The findings of a reply that was taken out are debts that are paid."""
    (house / "responses" / "a.yaml").write_text(FILES["responses/a.yaml"].partition("\n")[0])
    assert [rule for rule, _, _ in _found(house)] == ["Baseline.Mended"] * 2


def test_nothing_is_said_of_what_was_not_looked_at(house: Path, write: Write) -> None:
    """Nothing of other files than those that were checked, and nothing of a file that cannot be read."""
    write({"responses/b.yaml": "three: {body: {en: Hi., nl: Dag.}}\n"})
    assert Kit.load(house).check(only=house / "responses" / "b.yaml").findings == ()
    (house / "responses" / "a.yaml").write_text("one: {bdy: x}\n")
    review = Kit.load(house).check()
    assert (review.findings, len(review.errors)) == ((), 1)


def test_an_engine_that_is_off_pays_no_debt(write: Write) -> None:
    """What an engine found waits for the engine: a run without it neither tells nor drops the line."""
    folder = write({**FILES, "cannedkit.yaml": "packs: []\n", "responses/a.yaml": "one: We recieve it.\n"})
    assert Kit.load(folder).baseline() == Compared(1, 0, 0)
    assert Kit.load(folder, with_engines=False).check().findings == ()
    assert Kit.load(folder, with_engines=False).baseline(prune=True) == Compared(0, 1, 0)


def test_a_level_holds_for_what_is_mended(house: Path) -> None:
    """`Baseline.Mended` has its level in the settings, as any rule has."""
    (house / "cannedkit.yaml").write_text(SETTINGS + "levels: {Baseline.Mended: off}\n")
    (house / "responses" / "a.yaml").write_text("one: {body: {en: Hi., nl: Dag.}}\n")
    assert _found(house) == []


def test_a_baseline_that_is_there_is_not_overwritten(house: Path) -> None:
    """Without --update or --prune a baseline stays as it is, and the error names both."""
    before = (house / baseline.FILE).read_bytes()
    with pytest.raises(InputError, match="--update takes in what is new"):
        Kit.load(house).baseline()
    assert (house / baseline.FILE).read_bytes() == before


def test_nothing_is_written_while_something_fails(house: Path, write: Write) -> None:
    """What could not be read would be missing in the file: it stays as it is."""
    before = (house / baseline.FILE).read_bytes()
    write({"responses/b.yaml": "x: {bdy: y}\n"})
    with pytest.raises(InputError, match="Mend that first"):
        Kit.load(house).baseline(update=True)
    assert (house / baseline.FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<<<<<<< ours", "a merge was left open here"),
        ("{", "is not JSON"),
        ("[]", "a line is a mapping"),
        ('{"respnse": "a"}', "did you mean `response`"),
        ('{"response": 1}', "`response` must be a text"),
        ('{"response": "a"}', "`locale` is missing"),
        ("[" * 5_000, "is nested too deeply"),
    ],
)
def test_a_line_that_cannot_be_read_is_told(house: Path, line: str, said: str) -> None:
    """Each broken line is an error with its place, the others hold; nothing overwrites it."""
    path = house / baseline.FILE
    path.write_text(f"{path.read_text()}{line}\n")
    review = Kit.load(house).check()
    (error,) = review.errors
    assert (said in error.reason, error.path, error.line) == (True, str(path), 4)
    assert review.compared == Compared(0, 3, 0)
    with pytest.raises(InputError, match=r"cannedkit\.baseline:4"):
        Kit.load(house).baseline(update=True)


def test_many_broken_lines_are_counted(house: Path) -> None:
    """A file of another kind is told in a screen of lines, not in thousands."""
    (house / baseline.FILE).write_text("no\n" * 500)
    errors = Kit.load(house).check().errors
    assert (len(errors), errors[-1].reason) == (21, "480 more lines cannot be read, up to this one")


def test_the_settings_name_the_file(house: Path, write: Write) -> None:
    """`baseline` in the settings is another file; until it is there a check says who makes it, and fails."""
    (house / baseline.FILE).rename(house / "old.txt")
    write({"cannedkit.yaml": SETTINGS + "baseline: old.txt\n"})
    assert _found(house) == []
    (house / "old.txt").unlink()
    review = Kit.load(house).check()
    assert ([one.reason for one in review.errors], len(review.findings)) == (
        ["`baseline`: there is no old.txt: `cannedkit baseline` makes it"],
        3,
    )
    assert Kit.load(house).baseline() == Compared(3, 0, 0)
    assert _found(house) == []


def test_exit_codes(run: Run, house: Path, write: Write) -> None:
    """0 where only known findings are left, 1 where a new one is; `--no-baseline` counts all of them."""
    assert run("check", cwd=house).code == 0
    assert run("check", "--no-baseline", cwd=house).code == 1
    write({"responses/b.yaml": "three: {body: {en: Come later., nl: Dag.}}\n"})
    report = run("check", "--format", "json", cwd=house)
    document = json.loads(report.out)
    assert (report.code, document["compared"]) == (1, {"new": 1, "known": 3, "mended": 0})
    assert [one["response"] for one in document["findings"]] == ["b/three"]
    done = run("baseline", "--update", cwd=house)
    assert (done.out, done.code) == ("cannedkit.baseline: 4 findings (1 new).\n", 0)
    assert run("baseline", "--update", cwd=house).out == "cannedkit.baseline: 4 findings (nothing changed).\n"
    assert run("baseline", "--update", "--prune", cwd=house).code == 2


ENTRIES = st.builds(baseline.Entry, *[st.text()] * 5)


@given(st.lists(ENTRIES, unique_by=lambda entry: entry.fingerprint))
def test_what_is_written_is_read(entries: list[baseline.Entry]) -> None:
    """Any texts come back as they were, one line each, in one order however they are given."""
    text = baseline.written(entries)
    assert text.count("\n") == len(entries)
    found = [baseline._entry(line, 0) for line in text.split("\n") if line]
    assert sorted(map(repr, found)) == sorted(map(repr, entries))
    assert baseline.written(reversed(entries)) == text
