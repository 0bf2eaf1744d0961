"""The guide as pages and as lines for a prompt."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cannedkit.model.draft import Level
from cannedkit.model.result import Advice
from cannedkit.report.guide import BYTES_A_TOKEN, pages, prompt

LONG = Advice("House.TooLongForSMS", Level.ERROR, "w" * 100, "bad", "good")
SHORT = Advice("Other.Soon", Level.SUGGESTION, "Say *when*.", "soon", "")


def test_a_page_a_pack() -> None:
    """Each pack has its page; a rule's name reads as words, what Markdown would take for a mark is none."""
    assert pages([LONG, SHORT], 5) == {
        "House": f"# House\n\n## Never send this\n\n### Too long for SMS\n\n{'w' * 100}\n\n- Not: bad\n- But: good\n",
        "Other": "# Other\n\n## Better like this\n\n### Soon\n\nSay \\*when\\*.\n\n- Not: soon\n",
    }


def test_what_a_page_has_no_room_for_is_counted() -> None:
    """Beyond so many rules a page says how many there are, and how to see them."""
    found = pages([LONG] * 4, 1)["House"]
    assert found.count("###") == 1
    assert found.endswith("\n3 more: `cannedkit rules list House`.\n")


def test_a_line_that_does_not_fit_leaves_room_for_others() -> None:
    """Lines are whole: one that is too long for what is left is passed over."""
    assert prompt([LONG, SHORT], 10) == "- Say *when*. Not: soon\n"
    assert prompt([LONG, SHORT], 1) == ""


@given(
    st.lists(st.builds(Advice, st.just("A.B"), st.sampled_from(Level), *[st.text(max_size=60)] * 3)), st.integers(1, 99)
)
def test_a_prompt_keeps_to_its_room(advice: list[Advice], tokens: int) -> None:
    """A prompt is never longer than its tokens, and the same advice gives the same prompt."""
    found = prompt(advice, tokens)
    assert len(found.encode()) <= tokens * BYTES_A_TOKEN
    assert prompt(advice, tokens) == found
