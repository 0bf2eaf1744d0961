"""The kinds `metric` and `readability`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.prose.counts import counts, syllables
from tests import rulefiles

TEXT = "Your refund is on its way. It takes five days."
HEAD = "extends: metric\nmessage: 'is %s'\n"


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("words", "10.00"),
        ("words / sentences", "5.00"),
        ("math.sqrt(words - 1)", "3.00"),
        ("math.floor(words / 3) % 2 + -1", "0.00"),
        ("(heading.h1 + list) * 100 + paragraphs", "1.00"),
        ("syllables", "11.00"),
    ],
)
def test_a_formula_is_worked_out(tmp_path: Path, formula: str, value: str) -> None:
    """The message holds the value of the formula, with two decimals; the finding stands at the start."""
    rule = f'{HEAD}formula: {formula}\ncondition: "> -9 && 1 < 2"\n'
    (found,) = rulefiles.findings(tmp_path, rule, TEXT, format="markdown")
    assert (found.start, found.end, found.message) == (0, 0, f"is {value}")


def test_the_condition_decides(tmp_path: Path) -> None:
    """Nothing is found where the condition does not hold, in plain text, or without words."""
    rule = f'{HEAD}formula: words\ncondition: "> 10"\n'
    assert rulefiles.findings(tmp_path, rule, TEXT, format="markdown") == []
    assert rulefiles.findings(tmp_path, rule, TEXT + " One more.", format="markdown") != []
    assert rulefiles.findings(tmp_path, rule, TEXT + " One more.") == []
    assert rulefiles.findings(tmp_path, rule.replace("> 10", ">= 0"), "—", format="markdown") == []


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("wrds * 2", "did you mean `words`?"),
        ("words; words", "not one expression"),
        ("__import__('os')", "functions of `math` only"),
        ("math.system(1)", "math.sqrt"),
        ("words if words else 1", "made of numbers, names"),
        ("'a'", "holds numbers"),
    ],
)
def test_a_formula_runs_no_program(tmp_path: Path, formula: str, wanted: str) -> None:
    """What is not an expression of numbers, known names and `math` is refused with what is allowed."""
    from cannedkit.model.errors import RuleError

    with pytest.raises(RuleError) as caught:
        rulefiles.check(tmp_path, f'{HEAD}formula: "{formula}"\ncondition: "> 1"\n')
    assert wanted in str(caught.value)


def test_readability_is_the_mean_of_its_metrics(tmp_path: Path) -> None:
    """A text above the grade is told its grade; one below it is not."""
    rule = "extends: readability\nmessage: 'grade %s'\nmetrics: [Flesch-Kincaid, Gunning Fog]\ngrade: {}\n"
    hard = "Notwithstanding considerable organisational complications, reimbursement remains obtainable."
    (found,) = rulefiles.findings(tmp_path, rule.replace("{}", "8"), hard, format="markdown")
    assert float(found.message.removeprefix("grade ")) > 20
    assert rulefiles.findings(tmp_path, rule.replace("{}", "90"), hard, format="markdown") == []


@pytest.mark.parametrize(
    ("word", "count"),
    [("a", 1), ("lamp", 1), ("refund", 2), ("delivered", 3), ("people", 2), ("reimbursement", 3), ("isn't", 1)],
)
def test_syllables(word: str, count: int) -> None:
    """Syllables are counted as Vale counts them."""
    assert syllables(word) == count


def test_counts_of_a_text() -> None:
    """Words, sentences, characters and long words of a text; paragraphs do not run together."""
    found = counts("Thank you\n\nYour replacement is here.")
    assert (found.words, found.sentences, found.characters, found.long_words) == (6, 2, 29, 1)
