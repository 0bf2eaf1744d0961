"""Amounts of money and percentages in a text: their value and currency, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

CURRENCIES: Mapping[str, str] = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "pound": "GBP",
    "pounds": "GBP",
    "quid": "GBP",
    "$": "$",
    "us$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "r$": "BRL",
    "brl": "BRL",
    "usd": "USD",
    "aud": "AUD",
    "cad": "CAD",
    "nzd": "NZD",
    "sgd": "SGD",
    "dollar": "$",
    "dollars": "$",
    "bucks": "$",
    "₹": "INR",
    "inr": "INR",
    "rs": "INR",
    "rupee": "INR",
    "rupees": "INR",
    "¥": "JPY",
    "jpy": "JPY",
    "yen": "JPY",
    "฿": "THB",
    "thb": "THB",
    "baht": "THB",
    "chf": "CHF",
    "sek": "SEK",
    "nok": "NOK",
    "dkk": "DKK",
    "pln": "PLN",
    "%": "%",
    "percent": "%",
    "per cent": "%",
    "procent": "%",
}
"""A sign, code or word, in lower case -> the ISO 4217 code; `$` where a text does not say whose dollars, `%`."""

_DOLLARS = frozenset({"$", "USD", "AUD", "CAD", "NZD", "SGD"})
_SPACES = " \u00a0\u202f"
_GROUPED = rf"\d{{1,3}}(?:[.,'’{_SPACES}]\d{{2,3}}){{0,5}}[.,'’{_SPACES}]\d{{3}}(?:[.,]\d{{1,2}})?(?!\d)"
_NUMBER = rf"(?:{_GROUPED}|\d{{1,15}}(?:[.,]\d{{1,2}})?(?!\d))(?:,[-–—])?"
_BEFORE = r"(?<![a-z])(?:(?:us|au?|ca?|nz|r)\$|[€£$₹¥฿]|(?:eur|gbp|usd|aud|cad|brl|inr|rs|chf|thb)(?![a-z]))\.?"
_AFTER = r"%|[€£$₹¥฿]|(?:" + "|".join(sorted((one for one in CURRENCIES if one[0].isalpha()), key=len)[::-1]) + r")\b"

AMOUNT = rf"(?:{_BEFORE}[{_SPACES}]?{_NUMBER}|(?<![\w.,]){_NUMBER}[{_SPACES}-]?(?:{_AFTER}))"
"""The regular expression of an amount, to be searched without case; it has no groups."""

_AMOUNT = re.compile(AMOUNT, re.IGNORECASE | re.ASCII)
_DIGITS = re.compile(_NUMBER)


@dataclass(frozen=True, slots=True)
class Amount:
    """`text[start:end)`, in code points: a value in a currency (ISO 4217, `$` for some dollar) or in `%`."""

    start: int
    end: int
    value: Decimal
    currency: str

    def comparable(self, other: Amount) -> bool:
        """Whether one can be more than the other: the same currency, or dollars that may be the same."""
        dollars = "$" in (self.currency, other.currency) and {self.currency, other.currency} <= _DOLLARS
        return self.currency == other.currency or dollars


def amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of a text, in order.

    A mark before three digits groups thousands and one before one or two digits is the decimal mark, in every
    locale: no price has a third decimal, and writers of one language use the marks of another.
    """
    return tuple(_amount(match) for match in _AMOUNT.finditer(text))


def _amount(match: re.Match[str]) -> Amount:
    digits = _DIGITS.search(match[0])
    number = digits[0] if digits else "0"
    sign = match[0].replace(number, "", 1).strip(f"-{_SPACES}").rstrip(".").lower()
    return Amount(match.start(), match.end(), _value(number), CURRENCIES.get(sign, sign.upper()))


def _value(number: str) -> Decimal:
    bare = re.sub(r"[^\d.,]", "", number).rstrip(",")
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0 or len(bare) - last > 3:
        return Decimal(re.sub(r"[.,]", "", bare))
    return Decimal(re.sub(r"[.,]", "", bare[:last]) + "." + bare[last + 1 :])
