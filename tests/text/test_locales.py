"""BCP 47 tags in whatever case people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.text.locales import canonical


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en-gb", "en-GB"),
        ("ZH-hANT-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-CH-1901x", "de-CH-1901x"),
        ("CA-es-VALENCIA", "ca-ES-valencia"),
        *(
            (tag, None)
            for tag in ("", "e", "english", "en_GB", "en-", "-en", "en GB", "en-GB\n", "ſk", "en-٤١٩", "en--GB")
        ),
    ],
)
def test_a_tag_is_read_in_any_case(tag: str, wanted: str | None) -> None:
    """A tag comes back as it is usually written, whatever its case; what is no tag is None."""
    assert canonical(tag) == wanted


@given(st.from_regex("[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2}|-[0-9]{3})?(-[a-z]{5,8}){0,2}", fullmatch=True), st.booleans())
def test_case_never_matters(tag: str, upper: bool) -> None:
    """Upper and lower case of a tag are one tag, and a canonical tag stays as it is."""
    found = canonical(tag)
    assert found is not None
    assert canonical(tag.upper() if upper else found) == found
