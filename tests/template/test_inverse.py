"""A rendered text back to its values: what went in comes out, what the text leaves open is named, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cannedkit.model.errors import ReplyError
from cannedkit.model.response import Variable
from cannedkit.template.inverse import Part, Readings, readings
from cannedkit.template.render import TemplateError, parse, render
from cannedkit.template.values import resolve

VARIABLES: Mapping[str, Variable] = {
    "name": Variable("name", "name", fallback={"en": "there"}),
    "item": Variable("item"),
    "amount": Variable("amount", "money", max_length=12),
    "day": Variable("day", "date"),
    "note": Variable("note", optional=True),
    "plan": Variable("plan", optional=True),
}

FACTS = {"company": "Example Shop"}


def read(body: str, text: str, format: str = "text", subject: tuple[str, str] | None = None) -> Readings:
    """What a text may have been rendered from."""
    parts = [Part(parse(body), text, format)]
    parts += [Part(parse(subject[0]), subject[1])] if subject else []
    return readings(parts, VARIABLES, "en", FACTS)


@pytest.mark.parametrize(
    ("body", "text", "values"),
    [
        ("Hi {{ name }}, {{ amount }} is back.", "Hi Ana, €5.00 is back.", {"name": "Ana", "amount": "€5.00"}),
        ("Hi {{ name }}.", "Hi there.", {"name": "there"}),
        ('Hi {{ item | default: "you" }}.', "Hi you.", {"item": "you"}),
        ("{{ facts.company }}: {{ item }}", "Example Shop: a lamp", {"item": "a lamp"}),
        ("{{ item }}, yes, {{ item }}", "a, yes, b, yes, a, yes, b", {"item": "a, yes, b"}),
        ("So.{% if note %} You said {{ note }}.{% endif %}", "So. You said no.", {"note": "no"}),
        ("So.{% if note %} You said {{ note }}.{% endif %}", "So.", {}),
        ('{% if plan == "pro" %}Pro{% else %}Basic{% endif %}', "Pro", {"plan": "pro"}),
        ('{% case plan %}{% when "a" %}A{% when "b" %}B{% endcase %}!', "B!", {"plan": "b"}),
        ("{% if note %}A{% endif %}{% if note %}B{{ note }}{% endif %}.", "ABc.", {"note": "c"}),
        ('By {{ day | date: "%-d %B %Y" }}', "By 3 March 2026", {"day": "2026-03-03"}),
        ("No hole.", "No hole.", {}),
    ],
)
def test_values_come_back(body: str, text: str, values: dict[str, str]) -> None:
    """A text gives back the values that were sent, stand-ins as they went out, along the tags' branches."""
    found = read(body, text)
    assert (found.found, found.values, found.ambiguous) == (True, values, {})


@pytest.mark.parametrize(
    ("body", "text", "values", "ambiguous"),
    [
        ("{{ item }} {{ note }}", "a b c", {"item": "a", "note": "b c"}, {"item": ("a", "a b"), "note": ("b c", "c")}),
        ("{{ item | upcase }}", "ABC", {"item": "ABC"}, {"item": ("ABC", "abc", "Abc")}),
        ("So.{% if note %} Noted.{% endif %}", "So. Noted.", {}, {"note": ()}),
        ('{% unless plan == "pro" %}Basic{% endunless %}!', "Basic!", {}, {"plan": ()}),
        ('By {{ day | date: "%-d %B" }}', "By 3 March", {}, {"day": ()}),
    ],
)
def test_what_is_open_is_named(
    body: str, text: str, values: dict[str, str], ambiguous: dict[str, tuple[str, ...]]
) -> None:
    """Where a text can be cut in several ways, or shows less than went in, the open values are named."""
    found = read(body, text)
    assert (found.found, found.values, found.ambiguous) == (True, values, ambiguous)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Hi {{ name }}.", "Hi ."),
        ("Hi {{ name }}.", "Hi Ana"),
        ("{{ item }}, yes, {{ item }}", "a, yes, b"),
        ("{% if note %}A{% endif %}{% unless note %}B{% endunless %}", "AB"),
        ("{{ facts.company }}", "Another Shop"),
        ("{{ facts.unknown }}", "Example Shop"),
        ('{% if plan == "pro" %}{{ plan }}{% endif %}.', "basic."),
        ("No hole.", "No hole"),
    ],
)
def test_what_is_no_rendering(body: str, text: str) -> None:
    """A text that no values give is none, close as it may be."""
    found = read(body, text)
    assert (found.found, found.complete) == (False, True)


def test_values_that_could_not_be_sent() -> None:
    """Where the words leave room for a value that `reply` refuses, the reason is told."""
    found = read("{{ amount }} is back.", "nothing is back.")
    assert (found.found, found.refused) == (
        False,
        "amount: 'nothing' is not an amount, with a number in it (type money)",
    )


def test_subject_and_text_have_the_same_values() -> None:
    """A subject that shows another value than the text is none of the same reply; one can decide for the other."""
    assert not read("For {{ name }}.", "For Ana.", subject=("Hi {{ name }}", "Hi Jo")).found
    found = read("{{ item }} {{ note }}", "a b c", subject=("On {{ item }}", "On a b"))
    assert (found.values, found.ambiguous) == ({"item": "a b", "note": "c"}, {})


NAMES = st.sampled_from(["item", "note", "name"])
FILTERS = st.sampled_from(["upcase", "capitalize", 'default: "you"'])
WORDS = st.text("abAB .,-*_`[](){}<>&#1\n\\", max_size=6)


@st.composite
def bodies(draw: Any) -> str:
    """Bodies of text, placeholders and choices."""
    found = ""
    for kind in draw(st.lists(st.sampled_from("thif"), min_size=1, max_size=6)):
        words = draw(WORDS).replace("{", "").replace("}", "")
        name = draw(NAMES)
        if kind == "t":
            found += words
        elif kind == "h":
            found += f"{{{{ {name} }}}}" if name != "note" else f"{{% if note %}}{words}{{{{ note }}}}{{% endif %}}"
        elif kind == "i":
            found += f"{{% if {name} %}}{words}{{% else %}}x{{% endif %}}"
        else:
            found += f"{{{{ {name} | {draw(FILTERS)} }}}}"
    return found


@given(
    body=bodies(),
    values=st.fixed_dictionaries({"item": WORDS, "name": WORDS}, optional={"note": WORDS}),
    format=st.sampled_from(["text", "markdown"]),
)
def test_whatever_is_sent_is_found_again(body: str, values: dict[str, str], format: str) -> None:
    """Any reply that goes out is read as a rendering of its body, or it is said that not every way was tried."""
    try:
        template = parse(body)
        went_in = resolve(template, VARIABLES, values, "en", FACTS)
        text = render(template, went_in, "en", format).text
    except (ReplyError, TemplateError):
        assume(False)
    found = readings([Part(template, text, format)], VARIABLES, "en", FACTS)
    assert found.found or not found.complete
    for name, texts in found.ambiguous.items():
        assert name in template.names
        assert len(texts) != 1


def test_hostile_texts_end_soon() -> None:
    """A body of many values side by side and a long text are given up, and it is said that not all was tried."""
    body = "".join(
        f"{{{{ item }}}}{{% if note %}}{number}{{% endif %}}{{{{ note | default: 'x' }}}}" for number in range(40)
    )
    began = time.thread_time()
    found = read(body, "x" * 3000)
    assert (found.found, found.complete) == (False, False)
    assert time.thread_time() - began < 5
