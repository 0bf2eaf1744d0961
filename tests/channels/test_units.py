"""What channels count in: at the limit, one over, with emoji, combining marks and characters of several bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.channels.sms import is_short_alphabet, segments
from cannedkit.channels.units import UNITS, beyond, used

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("unit", "piece", "cost"),
    [
        ("characters", "a", 1),
        ("characters", "e\u0301", 2),
        ("characters", FAMILY, 5),
        ("graphemes", "e\u0301", 1),
        ("graphemes", FAMILY, 1),
        ("graphemes", "ที่", 1),
        ("utf16", "é", 1),
        ("utf16", "😀", 2),
        ("utf16", FAMILY, 8),
        ("bytes", "a", 1),
        ("bytes", "é", 2),
        ("bytes", "e\u0301", 3),
        ("bytes", "ก", 3),
        ("bytes", "😀", 4),
        ("weighted", "a", 1),
        ("weighted", "é", 1),
        ("weighted", "e\u0301", 1),
        ("weighted", "ก", 1),
        ("weighted", "字", 2),
        ("weighted", "😀", 2),
        ("weighted", FAMILY, 2),
        ("weighted", "🇳🇱", 2),
        ("weighted", "1\ufe0f\u20e3", 2),
        ("weighted", "©", 1),
        ("weighted", "©\ufe0f", 2),
        ("weighted", "“", 1),
        ("weighted", "…", 2),
    ],
)
def test_what_a_piece_costs(unit: str, piece: str, cost: int) -> None:
    """Ten of a piece cost ten times as much; they fit into that, and the last of them does not into one less."""
    text = piece * 10
    assert used(text, unit) == 10 * cost
    assert beyond(text, unit, 10 * cost) is None
    over = beyond(text, unit, 10 * cost - 1)
    assert over is not None
    assert len(text) - len(piece) <= over < len(text)


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("See https://example.org/a/very/long/path?with=a&query=too now", 4 + 23 + 4),
        ("http://a.co", 23),
        ("See example.org.", 4 + 23 + 1),
        ("See example.org/help, please", 4 + 23 + 8),
        ("It's in York.It's blue", 22),
        ("Write to jo@example.org", 23),
        ("Version 2.10 costs 9.50", 23),
        ("https://example.org https://example.org", 47),
    ],
)
def test_an_address_costs_23_on_x(text: str, cost: int) -> None:
    """However long it is, with its scheme or without; what only looks like one costs what it is long."""
    assert used(text, "weighted") == cost


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("ё" * 70, 1),
        ("ё" * 71, 2),
        ("ё" * 134, 2),
        ("ё" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("😀" * 66, 2),
        ("😀" * 67, 3),
        ("a" * 69 + "’", 1),
        ("a" * 70 + "’", 2),
        ("e\u0301" * 35, 1),
        ("e\u0301" * 36, 2),
    ],
)
def test_sms_segments(text: str, wanted: int) -> None:
    """160 or 70 in one, 153 or 67 in each of more; the euro is two septets, an emoji two units, and neither is cut."""
    assert used(text, "segments") == wanted
    assert "".join(text[start:end] for start, end in segments(text)) == text


def test_the_short_alphabet() -> None:
    """The basic table and its extension are in it; curly quotes, the small ç and á are not."""
    assert is_short_alphabet("@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà^{}\\[~]|€ aZ9")
    assert not any(map(is_short_alphabet, "’“–…\u00a0çáëïőž`•😀ก"))


@given(TEXT, st.sampled_from(sorted(UNITS)))
def test_pieces_cover_the_text(text: str, unit: str) -> None:
    """Every unit reads the whole text once, in order, and takes no more of a code point than it says."""
    pieces = list(UNITS[unit].pieces(text))
    assert "".join(text[start:end] for start, end, _ in pieces) == text
    assert used(text, unit) == sum(cost for _, _, cost in pieces) <= len(text) * UNITS[unit].most


@given(TEXT, st.sampled_from(sorted(UNITS)), st.integers(0, 80))
def test_what_stands_before_the_end_fits(text: str, unit: str, limit: int) -> None:
    """Where a text passes a limit, what stands before that place does not; and no place means that all fits."""
    over = beyond(text, unit, limit)
    if over is None:
        assert used(text, unit) <= limit
    elif unit not in ("segments", "weighted"):  # a shorter text may fit one segment, and hold another address
        assert used(text[:over], unit) <= limit < used(text, unit)
