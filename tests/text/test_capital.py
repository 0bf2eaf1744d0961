"""Where a capital comes from."""

from __future__ import annotations

import pytest

from cannedkit.text.capital import cased, opens


@pytest.mark.parametrize(
    "before",
    ["", "  ", '"', "Hi. ", "Really?! ", "Done…\n", "Steps:\n- ", "one\n\n2. ", "Note: ", "“Yes.” (", "x" * 90 + ". "],
)
def test_what_opens(before: str) -> None:
    """A text, a line, an item of a list, what follows a full stop or a colon, also behind quotes and brackets."""
    assert opens(f"{before}Me and you", len(before))


@pytest.mark.parametrize("before", ["between you and ", "Ann, ", "x" * 90 + " ", "It's ", "from 2. to\tthe "])
def test_what_does_not(before: str) -> None:
    """A word within a sentence, however far it began."""
    assert not opens(f"{before}I and you", len(before))


def test_the_capital_of_i_is_its_own() -> None:
    """A fix has the capital of what was written, but not that of "I" within a sentence."""
    assert cased("me", "I", opening=False) == "me"
    assert cased("me've", "I've", opening=False) == "me've"
    assert cased("me", "I", opening=True) == "Me"
    assert cased("it", "Is", opening=False) == "It"
    assert cased("me", "i", opening=True) == "me"
