"""Typed readers of YAML nodes: a value or a fault, never a traceback."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.model.errors import InputError, Problem
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.read import read

READERS = [
    schema.text,
    schema.prose,
    schema.located,
    schema.texts,
    schema.proses,
    schema.boolean,
    schema.whole,
    schema.day,
    schema.mapping,
]


def node(text: str) -> Node:
    """The one node of a YAML text."""
    root = read("a.yaml", text.encode()).root
    assert root is not None
    return root


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("999999999", 999_999_999),
        *((text, None) for text in ("-1", "--5", "5-", "1.0", "٣", "9" * 5000, "1e3", "[1]", "''")),
    ],
)
def test_whole(text: str, value: int | None) -> None:
    """A whole number is at most nine ASCII digits and at least the least; all else is one fault."""
    problems: list[Problem] = []
    found = schema.whole(node(text), "limit", problems)
    assert (found, len(problems)) == ((0, 1) if value is None else (value, 0))


@pytest.mark.parametrize(
    ("text", "value"),
    [("2026-12-31", date(2026, 12, 31)), ("20261231", None), ("2026-W01-1", None), ("2026-02-30", None), ("", None)],
)
def test_day(text: str, value: date | None) -> None:
    """A day is written as YYYY-MM-DD and in no other of the forms of ISO 8601."""
    problems: list[Problem] = []
    assert schema.day(node(f"'{text}'"), "until", problems) == value
    assert len(problems) == (value is None)


def test_texts_of_one() -> None:
    """A text alone is a list of one, an empty one is a list of none."""
    problems: list[Problem] = []
    assert schema.texts(node("a"), "tags", problems) == ("a",)
    assert schema.texts(node("''"), "tags", problems) == ()
    assert schema.texts(node("[a, b]"), "tags", problems) == ("a", "b")
    assert problems == []


def test_prose_that_yaml_made_a_list_of_names_the_quotes() -> None:
    """Where people's text came out as a list or mapping, the fault shows the text in quotes; elsewhere the kind."""
    problems: list[Problem] = []
    schema.prose(node("[ORDER]"), "title", problems)
    schema.prose(node("Note: call us"), "title", problems)
    schema.prose(node("a # b"), "title", problems)
    schema.text(node("[ORDER]"), "owner", problems)
    assert [problem.message for problem in problems] == [
        'a text that starts with "[" must be put in quotes: "[ORDER]"',
        'a text with ": " in it must be put in quotes: "Note: call us"',
        "the text stops at #: put it in quotes or under |",
        "`owner` must be a text, not a list",
    ]


def test_located_text_knows_its_places() -> None:
    """White space at the ends is left out, and places are those of the text that is left."""
    problems: list[Problem] = []
    found = schema.located(node("'  It''s  '"), "body", problems)
    assert found is not None
    assert (found.value, str(found.place(0, 4)), str(found.place(3, 4))) == ("It's", "a.yaml:1:4", "a.yaml:1:8")


def test_a_parent_stands_for_its_locales() -> None:
    """A mapping by locale may name the language of a locale of the settings, but no other tag."""
    problems: list[Problem] = []
    found = schema.by_locale(node("{en: a, en-GB: b, e: c, fr: d}"), "title", ["en-GB"], problems, schema.text)
    assert found == {"en": "a", "en-GB": "b"}
    assert [problem.column for problem in problems] == [19, 25]


def test_extra_keys_are_kept() -> None:
    """`x-…` keys are let through, a key that is nearly known is not."""
    problems: list[Problem] = []
    assert list(schema.entries(node("{x-a: 1, body: 2, bdy: 3, x: 4}"), ("body",), problems)) == ["x-a", "body"]  # type: ignore[arg-type]
    assert [problem.message for problem in problems] == [
        "unknown key `bdy`; did you mean `body`?",
        "unknown key `x`; known: body",
    ]


@given(
    st.recursive(
        st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=8).map(lambda text: repr(text)),
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
            | st.dictionaries(st.from_regex("[a-z]{1,3}", fullmatch=True), inner, max_size=3).map(
                lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"
            )
        ),
        max_leaves=5,
    ),
    st.sampled_from(READERS),
)
def test_any_node_is_a_value_or_a_fault(text: str, reader: object) -> None:
    """Whatever stands in a file, a reader gives a value or adds faults that have a place; it never raises."""
    try:
        found = node(text)
    except InputError:  # a text that a Python repr and YAML write differently
        return
    problems: list[Problem] = []
    reader(found, "key", problems)  # type: ignore[operator]
    assert all((problem.line, problem.path) == (1, "a.yaml") for problem in problems)
