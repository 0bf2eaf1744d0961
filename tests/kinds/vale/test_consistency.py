"""The kind `consistency`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import rulefiles

HEAD = "extends: consistency\nmessage: \"mixed '%s'\"\n"


@pytest.mark.parametrize(
    ("options", "text", "matches"),
    [
        ("either: {parcel: package}", "Your parcel is the package.", ["package"]),
        ("either: {parcel: package}", "Your package, the package.", []),
        ("either: {parcel: package}", "A package? The parcel, your parcel!", ["parcel"]),
        ("either: {parcel: package}", "The Parcel and package", []),
        ("either: {parcel: package}\nignorecase: true", "The Parcel and package", ["package"]),
        ("either: {parcel: package}", "parcels and package", []),
        ("either: {parcel: package}\nnonword: true", "parcels and package", ["package"]),
        ("either: {parcel: package, e-mail: email}", "parcel, e-mail, package, email", ["package", "email"]),
        ("either: {parcel: package}\nscope: sentence", "A parcel. A package. A parcel.", ["package", "parcel"]),
    ],
)
def test_what_is_found(tmp_path: Path, options: str, text: str, matches: list[str]) -> None:
    """A text that uses both spellings is told so at the last of them; what was seen is kept for the whole draft."""
    assert rulefiles.matches(tmp_path, f"{HEAD}{options}\n", text) == matches


def test_drafts_know_nothing_of_each_other(tmp_path: Path) -> None:
    """What one draft uses has no bearing on the next."""
    check = rulefiles.linter(tmp_path, {"Rule": f"{HEAD}either: {{parcel: package}}\n"})
    from cannedkit.model.draft import Draft

    assert check.lint(Draft("A parcel.")) == []
    assert check.lint(Draft("A package.")) == []
