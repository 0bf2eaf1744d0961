"""The last line of a run says who read what."""

from __future__ import annotations

from cannedkit.wire.summary import _read_by


def test_who_read_is_told_where_it_differs() -> None:
    """Nothing is said where the same engines read all; where they differ each is named with its locales."""
    assert _read_by({"en": ("harper", "context"), "en-GB": ("context", "harper"), "nl": ()}) == ""
    assert _read_by({"en": ("harper",), "nl": ("hunspell",)}) == " Spelling and grammar by harper (en), hunspell (nl)."
    assert _read_by({}) == ""
