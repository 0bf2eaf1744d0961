"""Numbers and addresses that point to one person, found in a text by their form and, where they have one, checksum.

Each finder yields spans in code points, half open. Card numbers, IBANs and national numbers are checked by the
arithmetic of their issuers, so that order and tracking numbers are left alone; phone numbers by their country's
numbering plan where the library `phonenumbers` is installed, by their shape where it is not.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

Span = tuple[int, int]
Finder = Callable[[str, str], Iterator[Span]]

ISSUERS: Mapping[str, tuple[str, frozenset[int]]] = {
    "Visa": ("4", frozenset({13, 16, 19})),
    "Mastercard": (r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720", frozenset({16})),
    "American Express": ("3[47]", frozenset({15})),
    "Discover": ("6011|64[4-9]|65", frozenset({16, 19})),
    "JCB": (r"35(?:2[89]|[3-8])", frozenset({16})),
    "JCB, before 2010": ("2131|1800", frozenset({15})),
    "Diners Club": ("3(?:0[0-5]|[689])", frozenset({14, 16})),
    "UnionPay": ("62", frozenset(range(16, 20))),
    "Maestro": (r"5018|5020|5038|5[678]|6304|6759|676[1-3]", frozenset(range(12, 20))),
}
"""Scheme -> how its card numbers begin, and their digits (ISO/IEC 7812; the schemes' published ranges, 2025)."""

IBAN_LENGTHS: Mapping[str, int] = {
    entry[:2]: int(entry[2:])
    for entry in (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 "
        "FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 "
        "LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 "
        "SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
    ).split()
}
"""Country -> characters of its IBAN (ISO 13616; SWIFT IBAN Registry, 2025)."""

REGIONS: Mapping[str, tuple[str, ...]] = {
    "en": ("US", "GB"),
    "nl": ("NL", "BE"),
    "de": ("DE", "AT", "CH"),
    "fr": ("FR", "BE"),
    "es": ("ES", "MX"),
    "th": ("TH",),
    "te": ("IN",),
}
"""Language -> the countries whose phone numbers a text may hold without a country code, where its locale names none."""

RESERVED = re.compile(
    r"(?:\+?1[ .-]?)?(?:\(?\d{3}\)?[ .-]?)?555[ .-]?01\d\d"  # NANP, for fiction
    r"|(?:\+44 ?(?:\(0\))?|0)(?:7700 ?900|20 ?7946 ?0|1632 ?960|1[1-6]\d ?496 ?0|191 ?498 ?0|28 ?9649 ?6|29 ?2018 ?0"
    r"|3069 ?990|808 ?157 ?0|909 ?879 ?0) ?\d{3}"  # Ofcom
)
"""Phone numbers that no one has, set aside for films and manuals: NANPA, 555-0100 to 0199; Ofcom, numbers for drama."""

MAX_PHONES = 40
"""Numbers of one text that are held against a numbering plan, at half a millisecond each; our own choice."""

_DIGITS = re.compile(r"(?<![\w.,/])\d(?:[ -]?\d){11,18}(?![\w]|[.,]\d)")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![a-z])")
_SSN = re.compile(r"(?<![\w.-])(?!000|666|9\d\d)\d{3}([ -])(?!00)\d{2}\1(?!0000)\d{4}(?![\w-]|\.\d)")
_BSN = re.compile(r"(?<![\w.-])(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3})(?![\w-]|\.\d)")
_NINO = re.compile(r"(?<!\w)(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)")
_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}(?![\w-])")
_SIX = re.compile(r"\d(?:[ ()./-]{0,3}\d){5}")
_PHONE = re.compile(
    r"(?<![\w.,/#+-])(?:"
    r"(?:\+|00)\d{1,3}[ .-]?(?:\(0\)[ ]?)?(?:\(?\d{1,4}\)?[ .-]?){2,4}\d{2,4}"
    r"|\(?0\d{1,4}\)?[ .-]?\d{2,4}[ .-]?\d{2,4}(?:[ .-]?\d{2})?"
    r"|(?:1[ .-])?\(?[2-9]\d\d\)?[ .-][2-9]\d\d[ .-]\d{4})(?![\w-]|[.,]\d)"
)
_CANDIDATE = re.compile(r"(?<![\w])[A-Z]?\d(?:[ ./-]?[A-Z0-9]){6,17}(?![\w])")
_BARE = str.maketrans("", "", " -./()")


def is_luhn(digits: str) -> bool:
    """Whether the last digit is right by Luhn's sum (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_iban(bare: str) -> bool:
    """Whether an IBAN without spaces has its country's length and its two check digits (ISO 7064, mod 97-10)."""
    if len(bare) != IBAN_LENGTHS.get(bare[:2]):
        return False
    return int("".join(str(int(character, 36)) for character in bare[4:] + bare[:4])) % 97 == 1


def is_bsn(digits: str) -> bool:
    """Whether nine digits pass the Dutch eleven-test of the burgerservicenummer (Wet algemene bepalingen bsn, 2007)."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return digits != "0" * 9 and sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 == 0


@lru_cache(maxsize=16)
def _holds_number(text: str) -> bool:
    """Whether six digits stand together, as in every number that is looked for here: most texts have none."""
    return _SIX.search(text) is not None


def _cards(text: str, locale: str) -> Iterator[Span]:
    if not _holds_number(text):
        return
    for run in _DIGITS.finditer(text):
        ends = [at for at in range(run.start() + 12, run.end() + 1) if at == run.end() or text[at] in " -"]
        for end in reversed(ends):  # what follows a card in groups may be its date
            digits = text[run.start() : end].translate(_BARE)
            if is_luhn(digits) and any(
                len(digits) in lengths and re.match(begins, digits) for begins, lengths in ISSUERS.values()
            ):
                yield run.start(), end
                break


def _ibans(text: str, locale: str) -> Iterator[Span]:
    if not _holds_number(text):
        return
    for run in _IBAN.finditer(text):
        length = IBAN_LENGTHS.get(run[0][:2], 0)
        at = run.start()
        kept = 0
        while kept < length and at < run.end():
            kept += text[at] != " "
            at += 1
        if not text[at : at + 1].isalnum() and is_iban(text[run.start() : at].replace(" ", "")):
            yield run.start(), at


def _numbers(pattern: re.Pattern[str], holds: Callable[[str], bool] = lambda bare: True) -> Finder:
    """A finder of the numbers that a pattern matches and that, without their marks, pass a test."""

    def find(text: str, locale: str) -> Iterator[Span]:
        if _holds_number(text):
            yield from (match.span() for match in pattern.finditer(text) if holds(match[0].translate(_BARE)))

    return find


def _emails(text: str, locale: str) -> Iterator[Span]:
    return (match.span() for match in _EMAIL.finditer(text))


def _phones(text: str, locale: str) -> Iterator[Span]:
    if not _holds_number(text):
        return
    found = _by_plan(text, locale) if find_spec("phonenumbers") else (match.span() for match in _PHONE.finditer(text))
    for start, end in found:
        if not RESERVED.fullmatch(text[start:end]):
            yield start, end


def _by_plan(text: str, locale: str) -> Iterator[Span]:
    """The numbers that the numbering plans of the locale's countries know, each once."""
    from phonenumbers import PhoneNumberMatcher

    language, _, region = locale.partition("-")
    regions = (region,) if len(region) == 2 else REGIONS.get(language, ("ZZ",))
    spans = {
        (match.start, match.end)
        for one in regions
        for match in islice(PhoneNumberMatcher(text, one, max_tries=MAX_PHONES), MAX_PHONES)
    }
    for start, end in sorted(spans):
        if not any(left <= start and end <= right and (left, right) != (start, end) for left, right in spans):
            yield start, end


FINDERS: Mapping[str, Finder] = {
    "card": _cards,
    "iban": _ibans,
    "ssn": _numbers(_SSN),
    "bsn": _numbers(_BSN, is_bsn),
    "nino": _numbers(_NINO),
    "email": _emails,
    "phone": _phones,
}
"""What a rule may look for -> how it is found: payment card, bank account, the national numbers of the United States,
the Netherlands and the United Kingdom, e-mail address, phone number. Given a text and its locale."""


def national(name: str) -> Finder | None:
    """The finder of a national number that python-stdnum checks, named as its module (`be.nn`); None if it has none.

    Raises ImportError where python-stdnum is not installed.
    """
    library = find_spec("stdnum")
    if library is None or not library.submodule_search_locations:
        raise ImportError("python-stdnum is not installed")
    if not os.path.isfile(Path(library.submodule_search_locations[0], *name.split(".")).with_suffix(".py")):
        return None
    return _numbers(_CANDIDATE, lambda bare: bool(import_module(f"stdnum.{name}").is_valid(bare)))
