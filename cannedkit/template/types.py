"""The types of variables: what they may hold, their built-in samples, and how a date is given to a body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cannedkit.text.locales import for_locale

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency. `currency` is an ISO 4217 code, such as EUR."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Type:
    """What a variable may hold.

    `pattern` must match the whole of a value that is given as a string; `form` says that in words;
    `classes` are the Python types, besides str, that may be given. `samples` are by locale, "" for any.
    """

    form: str
    pattern: re.Pattern[str]
    samples: Mapping[str, tuple[str, ...]]
    classes: tuple[type, ...] = ()


TYPES: Mapping[str, Type] = {
    "text": Type(
        "any text",
        re.compile(r".+", re.DOTALL),
        {
            "": ("Delta 300", "Echo", "Omega 12", "Universal Adapter Kit", "Xylo X1", "Alpine Weekender 40 Litre"),
            "en": ("Delta travel mug", "apple slicer", "lamp", "umbrella", "hour glass", "Alpine weekend backpack"),
            "nl": ("Delta reismok", "appelboor", "lamp", "paraplu", "Alpine weekendrugzak"),
            "de": ("Delta Reisebecher", "Apfelteiler", "Lampe", "Alpine Wochenendrucksack"),
            "fr": ("gobelet Delta", "éplucheur", "lampe", "sac de randonnée Alpine"),
            "es": ("taza Delta", "exprimidor", "lámpara", "mochila de montaña Alpine"),
            "th": ("แก้วน้ำเดินทาง", "โคมไฟ", "ร่ม", "กระเป๋าเป้สำหรับเดินป่า"),
            "te": ("డెల్టా కప్పు", "దీపం", "గొడుగు", "వారాంతపు ప్రయాణ సంచి"),
        },
        (int, Decimal, date, Money),
    ),
    "name": Type(
        "a name, with a letter in it",
        re.compile(r"(?=.*[^\W\d_])[^\s,.;:!?].*"),
        {
            "": ("Sam", "Jo", "Ana", "Maximiliana"),
            "en": ("Sam", "Jo", "Anna", "Olivia", "Christopher"),
            "nl": ("Sanne", "Bo", "Anouk", "Jan-Willem", "Annemarijke"),
            "de": ("Lukas", "Jo", "Anna", "Jürgen", "Maximiliane"),
            "fr": ("Camille", "Léo", "Élise", "Hugo", "Marie-Françoise"),
            "es": ("Lucía", "Leo", "Ana", "Íñigo", "María Fernanda"),
            "th": ("สมชาย", "อร", "ณัฐ", "กมลวรรณ"),
            "te": ("రవి", "అనిత", "ఉమ", "వెంకటేశ్వరరావు"),
        },
    ),
    "money": Type(
        "an amount, with a number in it",
        re.compile(r"\D*\d.*"),
        {
            "": ("EUR 25.00", "EUR 8.00", "EUR 1,249.00"),
            "en": ("$25.00", "$8.00", "$11.50", "$1.00", "$1,249.00"),
            "en-GB": ("£25.00", "£8.00", "£11.50", "£1.00", "£1,249.00"),
            "en-AU": ("$25.00", "$8.00", "$11.50", "$1.00", "$1,249.00"),
            "en-IE": ("€25.00", "€8.00", "€11.50", "€1.00", "€1,249.00"),
            "en-IN": ("₹25.00", "₹8.00", "₹11.50", "₹1.00", "₹1,249.00"),
            "nl": ("€ 25,00", "€ 8,00", "€ 1,00", "€ 1.249,00"),
            "de": ("25,00 €", "8,00 €", "1,00 €", "1.249,00 €"),
            "fr": ("25,00 €", "8,00 €", "1,00 €", "1 249,00 €"),
            "es": ("25,00 €", "8,00 €", "1,00 €", "1.249,00 €"),
            "th": ("฿25.00", "฿8.00", "฿1.00", "฿1,249.00"),
            "te": ("₹25.00", "₹8.00", "₹1.00", "₹1,249.00"),
        },
        (Money,),
    ),
    "number": Type(
        "a number in digits",
        re.compile(r"[-+−]?\d(?:[\d.,'’ \u00a0\u202f]*\d)? ?%?"),
        {
            "": ("3", "1", "8", "11", "250"),
            "en": ("3", "1", "8", "11", "1,250"),
            "nl": ("3", "1", "8", "11", "1.250"),
            "de": ("3", "1", "8", "11", "1.250"),
            "fr": ("3", "1", "8", "11", "1 250"),
            "es": ("3", "1", "8", "11", "1.250"),
            "th": ("3", "1", "8", "11", "1,250"),
            "te": ("3", "1", "8", "11", "1,250"),
        },
        (int, Decimal),
    ),
    "date": Type(
        "a date, with a digit in it",
        re.compile(r"\D*\d.*"),
        {
            "": ("2026-03-03", "2026-05-01", "2026-11-11"),
            "en": ("March 3, 2026", "May 1, 2026", "September 30, 2026"),
            "en-GB": ("3 March 2026", "1 May 2026", "30 September 2026"),
            "en-AU": ("3 March 2026", "1 May 2026", "30 September 2026"),
            "en-IE": ("3 March 2026", "1 May 2026", "30 September 2026"),
            "en-IN": ("3 March 2026", "1 May 2026", "30 September 2026"),
            "nl": ("3 maart 2026", "1 mei 2026", "30 september 2026"),
            "de": ("3. März 2026", "1. Mai 2026", "30. September 2026"),
            "fr": ("3 mars 2026", "1 mai 2026", "30 septembre 2026"),
            "es": ("3 de marzo de 2026", "1 de mayo de 2026", "30 de septiembre de 2026"),
            "th": ("3 มีนาคม ค.ศ. 2026", "1 พฤษภาคม ค.ศ. 2026", "30 กันยายน ค.ศ. 2026"),
            "te": ("3 మార్చి, 2026", "1 మే, 2026", "30 సెప్టెంబర్, 2026"),
        },
        (date,),
    ),
    "url": Type(
        "a web address such as https://example.org/help",
        re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?"),
        # example.org is reserved for examples by RFC 2606.
        {"": ("https://example.org/help", "https://example.org", "https://example.org/orders/10482/returns?lang=en")},
    ),
    "email": Type(
        "an e-mail address such as jo@example.org",
        re.compile(r"[^\s@<>]+@[^\s@<>.]+(?:\.[^\s@<>.]+)+"),
        {"": ("sam@example.org", "jo@example.org", "anna.van.der.berg@mail.example.org")},
    ),
    "phone": Type(
        "a phone number: digits, spaces and +()-./ only",
        re.compile(r"\+?(?=(?:\D*\d){3})[\d() ./\u00a0-]+(?: ?(?:x|ext\.?) ?\d+)?"),
        # Numbers that no one has: NANP 555-0100 to 0199, Ofcom's for drama, the Bundesnetzagentur's and
        # Arcep's for films. Nothing is set aside in the Netherlands: 020-555 01 00 follows the American custom.
        {
            "": ("+1 202 555 0143", "555-0143", "+1 (202) 555-0199"),
            "en-GB": ("020 7946 0958", "07700 900123", "+44 7700 900123"),
            "nl": ("020-555 01 00", "+31 20 555 01 00"),
            "de": ("030 23125 123", "+49 30 23125 123"),
            "fr": ("01 99 00 12 34", "+33 1 99 00 12 34"),
        },
    ),
    "order-id": Type(
        "an order number without spaces",
        re.compile(r"(?=.*[^\W_])[\w#./-]+"),
        {"": ("10482", "A-7", "8841", "ORD-2026-0010482")},
        (int,),
    ),
}
"""The type in a declaration -> what it means."""

ISO_DATES = ("2026-03-03", "2026-05-01", "2026-09-30")
"""Samples of a date that the body itself formats with the `date` filter."""


def samples(type: str, locale: str) -> tuple[str, ...]:
    """The built-in samples of a type for a locale, the typical one first, at least two.

    They start with vowels and with consonants, are short and long, and hold one and many. All addresses
    and numbers are ones reserved for examples. Raises KeyError for a type that is not in `TYPES`.
    """
    found = for_locale(TYPES[type].samples, locale)
    assert found is not None  # every type has samples for any locale  # noqa: S101
    return found


def iso_date(text: str) -> date | None:
    """The date that is written as YYYY-MM-DD, as a body with the `date` filter takes it; None for any other text."""
    try:
        return date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None
