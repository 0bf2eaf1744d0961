"""The kind `differs`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.model.draft import Turn
from tests import rulefiles

RULE = 'extends: differs\nmessage: "%s for %s"\nother: next\n'


@pytest.mark.parametrize(
    ("told", "text", "wanted"),
    [
        ("parcel JD002388", "JD 00-2388 is here.", ["JD 00-2388"]),
        ("parcel JD002388", "JD002838 is here.", ["JD002838"]),
        ("parcel JD002388", "JD00238 is here.", ["JD00238"]),
        ("parcel JD002388", "JD0023888 is here.", ["JD0023888"]),
        ("parcel JD002388", "JD0O2388 is here.", ["JD0O2388"]),
        ("parcel JD002388", "JD012388 is here.", ["JD012388"]),
        ("flight UX 1409", "UX 1490 is late.", ["UX 1490"]),
        ("I paid £1,450.00", "We have £1,540.00 of it.", ["£1,540.00"]),
        ("parcel JD002388", "jd002388 is here.", ["jd002388"]),
        ("case 0091122", "Case 91122 is open.", ["91122"]),
        ("reg AB12 CDE", "AB21 CDE may park.", ["AB21 CDE"]),
        ("write to ana81@post.example", "Sent to ana18@post.example.", ["ana18@post.example"]),
        ("account 10077432", "The one ending in 7423 is open.", ["7423"]),
        ("card ending 4471", "The card ending 4417 is open.", ["4417"]),
        ("parcel JD0002217744908", "JD0002227744808 is here.", ["JD0002227744808"]),
        ("reg AB12 CDE", "AB12 CED may park.", ["AB12 CED"]),
        ("IBAN XY21BANK0417164300", "It's XY21 BANK 0417 1634 00.", ["XY21 BANK 0417 1634 00"]),
        ("ticket #55672", "Ticket #556672 is here.", ["#556672"]),
        ("policy JD-0023-B", "Policy JD-0023-D is open.", ["JD-0023-D"]),
        ("sort code 20-45-53", "Sort code 20-54-53 it is.", ["20-54-53"]),
        ("order 48213", "Order 48273 is here.", ["48273"]),
        ("order 48213", "Order number 48217 is here.", ["48217"]),
        ("ref A-20931", "A 20931 is here.", ["A 20931"]),
        ("ref HG-20931", "Ref KG-20931 is here.", ["KG-20931"]),
        ("reg AB12 CDE", "AB12 CDF may park.", ["AB12 CDF"]),
        ("reg AB12 CDE", "ab12 cde may park.", ["ab12 cde"]),
        ("flight UX 1409", "UX-1409 is late.", ["UX-1409"]),
        ("RMA 70-4415", "Write RMA 704415 on it.", ["RMA 704415"]),
        ("RMA is 70-4415", "RMA 7-4415 is here.", ["RMA 7-4415"]),
        ("serial 00418-C", "Serial 418-C is here.", ["418-C"]),
        ("batch L09-44", "L09-4 is fine.", ["L09-4"]),
        ("case 48213", "Case 4213 is open.", ["4213"]),
        ("locker B41", "Locker 841 opens.", ["841"]),
        ("my ref is jd-20-c", "JD 20 C is here.", ["JD 20 C"]),
        ("case 48213", "The part 4213 is here.", []),
        ("The quote was $3,039.15, the bill $3,309.15.", "Your quote was $3,039.15.", []),
        ("locker B41", "Locker B42 opens.", []),
        ("locker B41", "841 plates are here.", []),
        ("my ref is jd-20-c", "JD-20-C is here.", []),
        ("my iphone12", "An iPhone 12 may do so.", []),
        ("that is 12,000 words", "12000 words are fine.", []),
        ("bus 1409", "Route 1409/2 is late.", []),
        ("order 48213", "Order 48214 is here.", []),
        ("order 48213", "The invoice 48273 is here.", []),
        ("policy JD-0023-B", "The annex JD-0023-D is open.", []),
        ("reg AB12 CDE", "AB12 XYZ may park.", []),
        ("ticket #55672", "Ticket #55673 is here.", []),
        ("Ring 555 0142", "I'll ring 555-0142.", []),
        ("parcel JD002388", "Its next one is JD002838.", []),
        ("parcel JD002388", "The next one is here: JD002838.", []),
        ("parcel JD002388", "It's the next. JD002838 is here.", ["JD002838"]),
        ("parcel jd002388", "JD002388 is here.", []),
        ("account 10077432", "The one ending in 7432 is open.", []),
        ("card ending 4471", "The card ending 9022 is open.", []),
        ("write to Ana81@post.example", "Sent to ana81@post.example.", []),
        ("write to ana81@post.example", "Ours is help@shop.example.", []),
        ("order 5008123", "Order #5008123 is here.", []),
        ("reg ab12 cde", "AB12 CDE may park.", []),
        ("parcel JD002388", "The 2388 is here.", []),
        ("parcel JD002388", "JD002389 is here.", []),
        ("parcel JD002388", "JD002388 is here, and JD002838 comes.", []),
        ("I paid £1,450.00", "Of that £1,250.00 is for May.", []),
        ("Ring 07700 900123", "I'll ring 07700900123.", []),
        ("on 12/05/2026 at 10:30", "On 12/06/2026 at 10:35.", []),
        ("no number", "JD002388 is here.", []),
    ],
)
def test_written_otherwise(tmp_path: Path, told: str, text: str, wanted: list[str]) -> None:
    """A slip of the pen is found; another number, and the customer's own in capitals that they left out, is none."""
    assert rulefiles.matches(tmp_path, RULE, text, history=(Turn("customer", told),)) == wanted


def test_the_fix_is_what_the_customer_wrote(tmp_path: Path) -> None:
    """The customer's own spelling is offered."""
    (found,) = rulefiles.findings(tmp_path, RULE, "JD 00-2388", history=(Turn("customer", "It's JD002388."),))
    assert (found.message, found.fixes) == ("JD 00-2388 for JD002388", ("JD002388",))


def test_what_we_wrote_is_no_measure(tmp_path: Path) -> None:
    """Only the customer knows what the number is."""
    assert rulefiles.matches(tmp_path, RULE, "JD 00-2388", history=(Turn("agent", "JD002388"),)) == []
