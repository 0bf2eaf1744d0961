"""How a text is cut into SMS segments, and which characters cost it the short alphabet.

A segment holds 1,120 bits (3GPP TS 23.040). Texts of the GSM 7-bit alphabet (3GPP TS 23.038) get 160 septets in one
segment and 153 in each of several; a single other character puts the whole text in UCS-2: 70 units, or 67 each.
"""

from __future__ import annotations

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The characters of the GSM 7-bit default alphabet: one septet each."""

EXTENDED = frozenset("\f^{}\\[~]|€")
"""The characters of its extension table: two septets each."""

_SHORT = BASIC | EXTENDED

SEPTETS = (160, 153)
"""Septets that fit in a text of one segment, and in each segment of a longer one."""

UNITS = (70, 67)
"""The same in UCS-2, counted in UTF-16 units: an emoji is two or more."""


def is_short_alphabet(text: str) -> bool:
    """Whether the text can be sent in GSM 7-bit."""
    return _SHORT.issuperset(text)


def segments(text: str) -> list[tuple[int, int]]:
    """The spans of `text`, in code points, that each segment holds; a character is never cut in two."""
    short = is_short_alphabet(text)
    (single, each), cost = (SEPTETS, _septets) if short else (UNITS, _units)
    total = _total(text, short)
    if total <= single:
        return [(0, len(text))] if text else []
    if total == len(text):  # each character takes one
        return [(start, min(start + each, total)) for start in range(0, total, each)]
    spans: list[tuple[int, int]] = []
    start = used = 0
    for at, one in enumerate(map(cost, text)):
        if used + one > each:
            spans.append((start, at))
            start, used = at, 0
        used += one
    return [*spans, (start, len(text))]


def described(text: str) -> str:
    """What a text is written in, with the character that decides it, and how much of what fits it takes.

    `GSM-7, 143 of 160`, or `UCS-2 for ’, 71 of 134`.
    """
    short = is_short_alphabet(text)
    single, each = SEPTETS if short else UNITS
    count = len(segments(text))
    outside = next((character for character in text if not is_short_alphabet(character)), "")
    name = "GSM-7" if short else f"UCS-2 for {outside}"
    return f"{name}, {_total(text, short)} of {single if count < 2 else each * count}"


def _total(text: str, short: bool) -> int:
    """The septets or units of a text."""
    return len(text) + sum(map(text.count, EXTENDED) if short else (character > "\uffff" for character in text))


def _septets(character: str) -> int:
    return 1 + (character in EXTENDED)


def _units(character: str) -> int:
    return 1 + (character > "\uffff")
