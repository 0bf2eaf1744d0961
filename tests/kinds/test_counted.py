"""The kind `counted`: a number and its noun."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import rulefiles

RULE = "extends: counted\nmessage: '%s for %s'\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("You have 1 items.", ("items", "item")),
        ("It takes 1 days", ("days", "day")),
        ("1 boxes are here", ("boxes", "box")),
        ("within 1 working days", ("days", "day")),
        ("You have 2 item in York.", ("item", "items")),
        ("We found 12 parcel", ("parcel", "parcels")),
        ("You have 1 item.", None),
        ("You have 21 items.", None),
        ("It takes 1,001 days or 2.1 days", None),
        ("It costs £1 items apart", None),
        ("Step 1 takes a day", None),
        ("Since May 1 orders close at noon", None),
        ("Press 1 always", None),
        ("We have 1 address", None),
        ("a 3 bedroom in York", None),
        ("the 2 day pass", None),
        ("5 percent is enough", None),
    ],
)
def test_what_is_found(tmp_path: Path, text: str, wanted: tuple[str, str] | None) -> None:
    """One has a singular, more have a plural; what a number belongs to, and what is no noun, is left alone."""
    found = rulefiles.findings(tmp_path, RULE, text)
    assert [(text[one.start : one.end], one.fixes[0]) for one in found] == ([wanted] if wanted else [])
    assert not any(one.safe for one in found)
