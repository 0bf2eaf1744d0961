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

SEPTETS = (160, 153)
"""Septets that fit in a text of one segment, and in each segment of a longer one."""

UNITS = (70, 67)
"""The same in UCS-2, counted in UTF-16 units: an emoji is two or more."""


def is_short_alphabet(text: str) -> bool:
    """Whether the text can be sent in GSM 7-bit."""
    return all(character in BASIC or character in EXTENDED for character in text)


def segments(text: str) -> list[tuple[int, int]]:
    """The spans of `text`, in code points, that each segment holds; a character is never cut in two."""
    (single, each), cost = (SEPTETS, _septets) if is_short_alphabet(text) else (UNITS, _units)
    costs = list(map(cost, text))
    if sum(costs) <= single:
        return [(0, len(text))] if text else []
    spans: list[tuple[int, int]] = []
    start = used = 0
    for at, one in enumerate(costs):
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
    (single, each), cost = (SEPTETS, _septets) if short else (UNITS, _units)
    count = len(segments(text))
    outside = next((character for character in text if not is_short_alphabet(character)), "")
    name = "GSM-7" if short else f"UCS-2 for {outside}"
    return f"{name}, {sum(map(cost, text))} of {single if count < 2 else each * count}"


def _septets(character: str) -> int:
    return 1 + (character in EXTENDED)


def _units(character: str) -> int:
    return 1 + (character > "\uffff")
