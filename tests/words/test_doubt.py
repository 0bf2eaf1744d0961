"""What a proofreader remarks, and is no fault where it stands."""

from __future__ import annotations

import pytest

from cannedkit.words.doubt import holds


@pytest.mark.parametrize(
    ("remark", "text", "span", "fault"),
    [
        ("YourPredicateAdjective", "Talk to your dedicated account manager.", "your", False),
        ("YourPredicateAdjective", "If your ready, call us.", "your", True),
        ("OneOfTheSingular", "One of the team will call you.", "team", False),
        ("OneOfTheSingular", "One of the staff has your phone.", "staff", False),
        ("OneOfTheSingular", "One of the box is open.", "box", True),
        ("ToTwoToo", "It's too kind of you.", "too", False),
        ("ToTwoToo", "I want too call you.", "too", True),
        ("ThereIsAgreement", "I'll write once there is news.", "is news", False),
        ("ThereIsAgreement", "There is boxes.", "is boxes", True),
        ("AnA", "Add the A and AAAA records.", "A", False),
        ("AnA", "Your plan is A and the fee is B.", "A", False),
        ("AnA", "Bring a SCHUFA form.", "a", False),
        ("AnA", "It is a hour.", "a", True),
        ("CommaFixes", "It is , here.", " ,", True),
        ("ToTwoToo", "From the desk to where?", "to", False),
        ("PossessiveYour", "I've booked it for you, Ana.", "you", False),
        ("PossessiveYour", "Open you account.", "you", True),
        ("ThereIsAgreement", "There is lots of room.", "is lots", False),
        ("ThereIsAgreement", "Under Account there's Settings.", "there's Settings", False),
        ("ItsPossessive", "As a member, it's unlikely you wait.", "it's", False),
        ("ItsPossessive", "I think it's Leeds.", "it's", False),
        ("ItsPossessive", "That's no lamp; it's glass.", "it's", False),
        ("ItsPossessive", "The lamp has lost it's shade.", "it's", True),
        ("SingleBe", "Friday at 10 am is free.", " is", False),
        ("SingleBe", "I am is here.", " is", True),
        ("PronounInflectionBe", "The form you gave us was wrong.", "was", False),
        ("PronounInflectionBe", "They was late.", "was", True),
    ],
)
def test_what_holds(remark: str, text: str, span: str, fault: bool) -> None:
    """The words around a remark tell whether it is a fault; one that nothing is known of always is."""
    start = text.index(span)
    assert holds(remark, text, start, start + len(span), ()) == fault


@pytest.mark.parametrize(
    ("text", "word", "fix", "fault"),
    [
        ("Thanks, Mrs. Bron.", "Bron", "Born", False),
        ("Medwey Lamps is closed.", "Medwey", "Medley", False),
        ("Asef's lamp is here.", "Asef's", "Asif's", False),
        ("Thnks for that.", "Thnks", "Thanks", True),
        ("It is here. Thnks.", "Thnks", "Thanks", True),
    ],
)
def test_a_name_that_opens_a_sentence_is_no_misspelling(text: str, word: str, fix: str, fault: bool) -> None:
    """Behind a title, before a capital and as an owner a capital is a name; any other may be a slip."""
    start = text.index(word)
    assert holds("SpellCheck", text, start, start + len(word), [fix]) == fault
