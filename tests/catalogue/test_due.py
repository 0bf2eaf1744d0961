"""What is late and what comes: reviews, facts, offers, waivers, and retired replies that others still name."""

from __future__ import annotations

from datetime import date

import pytest

from cannedkit import Due, InputError, Kit
from tests.conftest import Write

TODAY = date(2026, 9, 1)
SETTINGS = "packs: []\nengines: {}\nlocales: [en, nl]\nfacts: facts.yaml\noffers: offers.yaml\n"
FACTS = """\
refund_days: {value: 14, owner: billing-team, until: 2026-08-31}
help_url: {value: "https://example.org", until: 2026-09-10}
spare: {value: 3, until: 2026-09-02}
far: {value: 3, until: 2027-09-02}
name: Example Shop
"""
OFFERS = """\
late: {kind: credit, until: 2026-09-01}
never: {kind: credit, condition: ask}
"""
BILLING = """\
sent:
  title: {en: Refund is on its way, nl: Terugbetaling onderweg}
  owner: billing-team
  review_by: 2026-08-20
  offer: late
  body: It takes {{ facts.refund_days }} days. {{ facts.help_url }}
draft:
  status: draft
  review_by: 2026-09-20
  body: "{% if facts.refund_days %}Soon.{% else %}Later.{% endif %}"
old:
  owner: care-team
  status: retired
  replaced_by: billing/sent
  review_by: 2020-01-01
  body: It takes {{ facts.help_url }}
older: {status: retired, replaced_by: billing/old, body: Gone.}
"""
SHOP = """\
help:
  owner: web-team
  body: See {{ facts.help_url }}
  waivers:
    - {rule: Chat.Length, why: legal, by: jo, until: 2026-08-31, text: See}
    - {rule: Chat.Tone, why: legal, by: jo, until: 2026-12-31}
"""
FILES = {
    "cannedkit.yaml": SETTINGS,
    "facts.yaml": FACTS,
    "offers.yaml": OFFERS,
    "responses/billing.yaml": BILLING,
    "responses/shop.yaml": SHOP,
}


@pytest.fixture
def kit(write: Write) -> Kit:
    """A small catalogue with something of each sort."""
    return Kit.load(write(FILES))


def _found(kit: Kit, **options: int) -> dict[str, Due]:
    return {f"{one.kind} {one.name}": one for one in kit.due(today=TODAY, **options)}


def test_what_is_due_comes_in_the_order_of_its_days(kit: Kit) -> None:
    """What is late on any day first, then the earliest; what ends later than the days asked for is not there."""
    assert [(one.kind, one.name, one.days) for one in kit.due(today=TODAY)] == [
        ("retired", "billing/old", None),
        ("review", "billing/sent", -12),
        ("fact", "refund_days", -1),
        ("waiver", "shop/help", -1),
        ("offer", "late", 0),
        ("fact", "spare", 1),
        ("fact", "help_url", 9),
        ("review", "billing/draft", 19),
    ]
    assert [one.late for one in kit.due(today=TODAY)] == [True] * 4 + [False] * 4


@pytest.mark.parametrize(("within", "count"), [(0, 5), (1, 6), (9, 7), (18, 7), (19, 8), (365, 9), (999_999, 10)])
def test_how_far_it_looks_ahead(kit: Kit, within: int, count: int) -> None:
    """A day that is so many days off is among them, the one behind it is not."""
    assert len(kit.due(today=TODAY, within=within)) == count


def test_the_last_day_is_not_late(kit: Kit) -> None:
    """A day that a file names is the last one on which all is well."""
    offers = [one for day in (1, 2) for one in kit.due(today=date(2026, 9, day)) if one.kind == "offer"]
    assert [(one.days, one.late) for one in offers] == [(0, False), (-1, True)]


def test_whose_it_is(kit: Kit) -> None:
    """A fact has its own owner, else that of the replies that use it where they are one; so with topics and offers."""
    found = _found(kit)
    owned = {name: (one.owner, one.topic) for name, one in found.items()}
    assert owned == {
        "retired billing/old": ("care-team", "billing"),
        "review billing/sent": ("billing-team", "billing"),
        "review billing/draft": ("", "billing"),
        "fact refund_days": ("billing-team", "billing"),
        "fact help_url": ("", ""),
        "fact spare": ("", ""),
        "offer late": ("billing-team", "billing"),
        "waiver shop/help": ("web-team", "shop"),
    }
    assert found["fact help_url"].responses == ("billing/sent", "shop/help")
    assert found["fact refund_days"].responses == ("billing/sent", "billing/draft")
    assert found["retired billing/old"].responses == ("billing/older",)
    assert found["fact spare"].responses == ()


def test_where_it_stands(kit: Kit) -> None:
    """Each entry has the place of what is to be changed, and the title that its people know it by."""
    found = _found(kit)
    lines = {name: (one.place.path.rpartition("/")[2], one.place.line, one.place.column) for name, one in found.items()}
    assert lines == {
        "retired billing/old": ("billing.yaml", 13, 11),
        "review billing/sent": ("billing.yaml", 4, 14),
        "review billing/draft": ("billing.yaml", 9, 14),
        "fact refund_days": ("facts.yaml", 1, 1),
        "fact help_url": ("facts.yaml", 2, 1),
        "fact spare": ("facts.yaml", 3, 1),
        "offer late": ("offers.yaml", 1, 1),
        "waiver shop/help": ("shop.yaml", 5, 7),
    }
    assert found["review billing/sent"].title == "Refund is on its way"
    assert (found["waiver shop/help"].rule, found["waiver shop/help"].text) == ("Chat.Length", "See")


def test_what_cannot_be_read_leaves_the_rest(write: Write) -> None:
    """A reply with a fault is not there; all others, and the facts, are."""
    root = write({**FILES, "responses/bad.yaml": "a: {bdy: x}\n"})
    kit = Kit.load(root, forgiving=True)
    assert len(kit.due(today=TODAY)) == 8
    assert len(kit.readable.refused) == 1


@pytest.mark.parametrize("options", [{"within": "30"}, {"today": "2026-09-01"}, {"within": 10**7}])
def test_arguments_are_checked(kit: Kit, options: dict[str, object]) -> None:
    """A date and a number of days, nothing that looks like one."""
    with pytest.raises(InputError):
        kit.due(**options)  # type: ignore[arg-type]
