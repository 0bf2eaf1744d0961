"""The kind `known-facts`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.lint import linter as lint
from cannedkit.model.draft import Draft, Turn
from cannedkit.model.errors import RuleError
from tests import rulefiles

RULE = r"""
extends: known-facts
message: "'%s' asks for the %s, which is known%s"
ignorecase: true
asks: ['what is your <fact>', 'which <fact>']
others: ['which (room|plan)', 'your (plan)']
sorts: ['which (shop)', 'how many ([a-z]+?)s?(?= ?\?)']
deeds: ['have you ([a-z]+?)(?:ed)? it']
choices: ['is it (\w+) or (\w+)']
places: ['where is the (\w+)']
whether: ['do you have any (\w+?)s?(?= ?\?)', 'is this a ([\w ]+)(?= ?\?)']
facts:
  order:
    known: [order, order.id]
    told: ['\border (\d+)', '\bmy order\b']
    called: ['order(?: number)?', booking]
  colour:
    known: [colour]
    again: [red or blue]
"""


def _messages(folder: Path, text: str, **draft: object) -> list[str]:
    return [found.message for found in rulefiles.findings(folder, RULE, text, **draft)]


@pytest.mark.parametrize(
    ("draft", "wanted"),
    [
        ({}, []),
        ({"known": ("name",)}, []),
        ({"known": ("order",)}, ["'What is your order number' asks for the order, which is known"]),
        ({"known": ("order: A-1",)}, ["'What is your order number' asks for the order, which is known (A-1)"]),
        ({"known": ("order.id : A-1",)}, ["'What is your order number' asks for the order, which is known (A-1)"]),
        (
            {"known": ("order 48213 is late",)},
            ["'What is your order number' asks for the order, which is known (48213)"],
        ),
        ({"known": ("waits for my order",)}, ["'What is your order number' asks for the order, which is known"]),
        (
            {"known": ("order", "order 7 is late")},
            ["'What is your order number' asks for the order, which is known (7)"],
        ),
        (
            {"history": (Turn("customer", "Order 9 is late"),)},
            ["'What is your order number' asks for the order, which is known (9)"],
        ),
        ({"history": (Turn("agent", "Order 9 is late"),)}, []),
    ],
)
def test_what_makes_a_fact_known(tmp_path: Path, draft: dict[str, object], wanted: list[str]) -> None:
    """A fact is known by its name, from a fact in prose, or from what the customer wrote, and its value is told."""
    assert _messages(tmp_path, "What is your order number?", **draft) == wanted


@pytest.mark.parametrize(
    ("text", "known", "wanted"),
    [
        ("Which room?", "room 214", ["'Which room' asks for the room, which is known (214)"]),
        ("Which room?", "Room: 214", ["'Which room' asks for the room, which is known (214)"]),
        ("Which room?", "hotel room: sea view", ["'Which room' asks for the room, which is known (sea view)"]),
        ("Which room?", "the room was cold", []),
        ("Which room?", "plan: Basic", []),
        ("Which PLAN is your plan?", "plan: Basic", ["'Which PLAN'", "'your plan'"]),
    ],
)
def test_facts_without_a_row(tmp_path: Path, text: str, known: str, wanted: list[str]) -> None:
    """What `others` ask for is known by that name, or in prose before a number or name, not by its mere mention."""
    found = _messages(tmp_path, text, known=(known,))
    assert [message[: len(start)] for message, start in zip(found, wanted, strict=True)] == wanted


def test_the_last_word_of_the_customer_counts(tmp_path: Path) -> None:
    """Of two order numbers in the history the later one is the value."""
    history = (Turn("customer", "order 1"), Turn("agent", "Which one?"), Turn("customer", "no, order 2"))
    assert _messages(tmp_path, "Which booking?", history=history)[0].endswith("(2)")


def test_a_question_about_another_fact_passes(tmp_path: Path) -> None:
    """Only what is known may not be asked: a question about the colour stands beside a known order."""
    text = "Red or blue? What is your order?"
    assert [found.start for found in rulefiles.findings(tmp_path, RULE, text, known=("order",))] == [13]
    assert [found.start for found in rulefiles.findings(tmp_path, RULE, text, known=("colour",))] == [0]


def test_what_the_agent_has_said_is_not_said_again(tmp_path: Path) -> None:
    """With `by: agent` the fact is one that an earlier message of ours told."""
    rule = "extends: known-facts\nmessage: again\nfacts: {hello: {by: agent, told: [Hello], again: [Hello]}}\n"
    assert rulefiles.matches(tmp_path, rule, "Hello you", history=(Turn("agent", "Hello."),)) == ["Hello"]
    assert rulefiles.matches(tmp_path, rule, "Hello you", history=(Turn("customer", "Hello."),)) == []
    assert rulefiles.matches(tmp_path, rule, "Hello you", known=("Hello",)) == []


@pytest.mark.parametrize(
    ("text", "told", "wanted"),
    [
        ("Which shop?", "It was the Leeds shop.", ["'Which shop' asks for the shop, which is known (Leeds)"]),
        ("Which shop?", "I rang the shop in Leeds.", ["'Which shop' asks for the shop, which is known (Leeds)"]),
        ("Which shop?", "The shop was shut.", []),
        ("How many bags?", "I had three red bags.", ["'How many bags' asks for the bag, which is known (three)"]),
        ("How many bags?", "My bags are gone.", []),
        ("Have you reset it?", "I have reset it twice.", ["'Have you reset it' asks for the step, which is known"]),
        ("Have you reset it?", "Shall I reset it?", []),
        (
            "Is it red or blue?",
            "The blue one broke.",
            ["'Is it red or blue' asks for the choice, which is known (blue)"],
        ),
        ("Is it red or blue?", "I have a blue and a red one.", []),
        ("Is it red or blue?", "It broke.", []),
        ("Which room?", "I slept in the third room.", []),
        ("Which shop?", "It was the third shop.", ["'Which shop' asks for the shop, which is known (third)"]),
        ("Which shop?", "It was your corner-shop.", ["'Which shop' asks for the shop, which is known (corner)"]),
        ("Which plan?", "The plan I have, AB-771, is dear.", ["'Which plan' asks for the plan, which is known"]),
        ("Have you sung it?", "I sang it.", []),
        ("Have you bend it?", "I bent it twice.", ["'Have you bend it' asks for the step, which is known"]),
        (
            "Where is the lamp?",
            "The lamp at Elm House is dark.",
            ["'Where is the lamp' asks for the place"],
        ),
        ("Where is the lamp?", "The lamp is dark, and I live in York.", []),
        ("Do you have any rashes?", "I have a rash.", ["'Do you have any rashes' asks for the rash"]),
        ("Do you have any rashes?", "Does it give a rash?", []),
        ("Which shop?", "The corner shop is shut.", ["'Which shop' asks for the shop, which is known (corner)"]),
        ("Which shop?", "The whole shop is shut.", []),
        ("Is it steel or wooden?", "It's of wood.", ["'Is it steel or wooden' asks for the choice, which is known"]),
        ("Is this a gift?", "It's a gift.", ["'Is this a gift' asks for the gift, which is known"]),
        ("Is this a round gift?", "It's round. It's a gift.", []),
    ],
)
def test_what_the_customer_said_in_passing(tmp_path: Path, text: str, told: str, wanted: list[str]) -> None:
    """How many, which, what was done and which of two are known where the customer's words say so, and not else."""
    found = _messages(tmp_path, text, history=(Turn("customer", told),))
    assert [message[: len(start)] for message, start in zip(found, wanted, strict=True)] == wanted


def test_a_question_that_nobody_answered_hides_none_behind_it(tmp_path: Path) -> None:
    """What is known is found where a longer question for what is not known begins before it, or where it does."""
    history = (Turn("customer", "It was room 214."),)
    text = "What is your plan, which room was it?"
    rule = RULE.replace("asks: [", "asks: ['what is your plan, which room was <fact>', ").replace("booking]", "it]")
    found = rulefiles.findings(tmp_path, rule, text, history=history)
    assert [text[one.start : one.end] for one in found] == ["which room"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("", "needs `facts`"),
        ("facts: {order: {known: [order]}}", "the fact `order` needs `called`, for `asks`, or `again`"),
        ("facts: {order: {again: [what order]}}", "the fact `order` needs `known`, its names, or `told`"),
        (
            "facts: {order: {knwon: [order], again: [a]}}",
            "unknown key `knwon` of the fact `order`; did you mean `known`",
        ),
        ("facts: {order: {known: [o], by: client, again: [a]}}", "`by` cannot be 'client'"),
        ("facts: {order: {known: [o], again: ['(']}}", "in the regular expression"),
        ("facts: {order: {known: [o], told: ['('], again: [a]}}", "in the regular expression"),
        ("others: [which room]\nfacts: {order: {known: [o], again: [a]}}", "a pattern of `others` needs a group"),
        ("facts: [order]", "`facts` must be a mapping"),
    ],
)
def test_faults_are_named(tmp_path: Path, options: str, message: str) -> None:
    """A rule that cannot work says what is missing or wrong."""
    with pytest.raises(RuleError, match=message.replace("(", r"\(")):
        rulefiles.linter(tmp_path, {"Rule": f"extends: known-facts\nmessage: m\n{options}\n"})


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> lint.Linter:
    """The linter over the rule of this page, built once."""
    return rulefiles.linter(tmp_path_factory.mktemp("known"), {"Rule": RULE})


@given(st.lists(st.sampled_from(["What is your order?", "Red or blue?", "Fine.", "which booking"]), max_size=6))
def test_what_is_known_is_found_each_time_it_is_asked(linter: lint.Linter, pieces: list[str]) -> None:
    """Where nothing is known every question is fine; where the order is, each question about it is found."""
    text = " ".join(pieces)
    assert linter.lint(Draft(text)) == []
    asked = sum("order" in piece or "booking" in piece for piece in pieces)
    assert len(linter.lint(Draft(text, known=("order",)))) == asked
