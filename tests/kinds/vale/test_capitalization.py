"""The kind `capitalization`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.model.draft import Draft
from cannedkit.model.settings import Vocabulary
from tests import rulefiles

HEAD = "extends: capitalization\nmessage: \"'%s' not '%s'\"\n"


@pytest.mark.parametrize(
    ("options", "text", "right"),
    [
        ("match: $title", "Return the Lamp in a Box", True),
        ("match: $title", "Return the lamp in a box", False),
        ("match: $title\nthreshold: 0.5", "Return the Lamp in a box", True),
        ("match: $title", "Lamps For You", False),
        ("match: $title\nstyle: Chicago\nthreshold: 1", "Lamps Between Rooms", False),
        ("match: $title\nthreshold: 1", "Lamps Between Rooms", True),
        ("match: $sentence", "Return the lamp", True),
        ("match: $sentence", "Return The Lamp", False),
        ("match: $sentence", "return the lamp", False),
        ("match: $sentence\nexceptions: [Lampshade]", "Return the Lampshade", True),
        ("match: $sentence\nindicators: [':']\nthreshold: 1", "Note: Return the lamp", True),
        ("match: $sentence\nprefix: '\\d+\\. '\nthreshold: 1", "1. Return the lamp", True),
        ("match: $lower", "all small", True),
        ("match: $lower", "All small", False),
        ("match: $upper", "SKU 12", True),
        ("match: $upper", "Sku 12", False),
        ("match: '^[A-Z].*[.!?]$'", "Thanks!", True),
        ("match: '^[A-Z].*[.!?]$'", "Thanks", False),
    ],
)
def test_what_is_right(tmp_path: Path, options: str, text: str, right: bool) -> None:
    """The whole of a text must be in the case that the rule asks for, or most of its words."""
    assert rulefiles.matches(tmp_path, f"{HEAD}{options}\n", text) == ([] if right else [text])


@pytest.mark.parametrize(
    ("options", "text", "wanted"),
    [
        ("match: $title", "how to return a lamp", "How To Return a Lamp"),
        ("match: $title", "a guide to lamps", "A Guide to Lamps"),
        ("match: $title", "sign-in for the well-known", "Sign-in for the Well-Known"),
        ("match: $title\nexceptions: [iPhone]", "charge iPhone lamps", "Charge iPhone Lamps"),
        ("match: $sentence", "The Lamp Is Here", "The lamp is here"),
        ("match: $upper", "sku", "SKU"),
    ],
)
def test_the_message_shows_how(tmp_path: Path, options: str, text: str, wanted: str) -> None:
    """The message gives the text as it stands and as it should be; `action: replace` makes that the fix."""
    action = "action: {name: replace}\n" if "$upper" not in options else ""
    (found,) = rulefiles.findings(tmp_path, f"{HEAD}{options}\n{action}", text)
    assert found.message == f"'{text}' not '{wanted}'"
    assert found.fixes == ((wanted,) if action else ())


def test_a_vocabulary_keeps_its_spelling(tmp_path: Path) -> None:
    """Accepted words are right as the vocabulary spells them."""
    words = Vocabulary(accept=("SmartHome",))
    linter = rulefiles.linter(tmp_path, {"Rule": f"{HEAD}match: $sentence\nthreshold: 1\n"}, vocabulary=words)
    assert linter.lint(Draft("Your SmartHome lamp")) == []
    (found,) = linter.lint(Draft("Your Smarthome Lamp"))
    assert found.message == "'Your Smarthome Lamp' not 'Your SmartHome lamp'"
