"""The proof about missing data: a body that reads badly with values that may be given is found, and with which."""

from __future__ import annotations

import pytest

from cannedkit import Kit
from tests.conftest import Write

SETTINGS = """\
packs: [Leftover, Typography, English, Taal, Sms]
locale: en
locales: [en, nl]
channels: {chat: {}, email: {}}
"""
VARIABLES = """\
customer.name: {type: name, optional: true, samples: [Jo], max_length: 20}
customer.surname: {type: name, samples: [Brown]}
order.item: {samples: [lamp], max_length: 60}
order.count: {type: number, samples: ["3"], max_length: 5}
bill.amount: {type: money, samples: {en: ["$5.00"], nl: ["€ 5,00"]}}
order.note: {optional: true, samples: [it is blue]}
"""


FAULTS = [
    ("en", "Hi {% if customer.name %}{{ customer.name }}{% endif %}, it's in.", "English.SpaceBefore", "branch"),
    ("en", "It's {% if order.note %}{{ order.note }}{% endif %} and it's here.", "Harper.Spaces", "branch"),
    ("en", "It's in York, {% if order.note %}{{ order.note }}{% endif %}.", "Typography.DoubledMark", "branch"),
    ("en", "We sent it ({% if order.note %}{{ order.note }}{% endif %}) to York.", "Leftover.Empty", "branch"),
    ("en", "{% if order.note %}Blue{% endif %}{% if customer.name %} one{% endif %}, it's in.", "Typography", "sparse"),
    ("en", "You have {{ order.count }} items in York.", "English.CountedNoun", "order.count: 1"),
    ("en", "You have {{ order.count }} item in York.", "English.CountedNoun", "typical"),
    ("en", "We sent you a {{ order.item }} today.", "Harper.AnA", "order.item: apple slicer"),
    ("en", "Dear Mr {{ customer.surname }}, it's here.", "English.TwoTitles", "hostile: long"),
    ("en", "Your bill is now -{{ bill.amount }}.", "Typography.DoubledSign", "hostile: from right"),
    ("en", "Hi {% raw %}{{ name }}{% endraw %}, it's here.", "Leftover.Tags", ""),
    ("nl", "Het duurt {{ order.count }} dagen.", "Taal.EenMeervoud", "order.count: 1"),
    ("nl", "Hoi {% if customer.name %}{{ customer.name }}{% endif %}, tot zo.", "Typography.SpaceBefore", "branch"),
    ("nl", "Hij is er, {% if order.note %}{{ order.note }}{% endif %}.", "Typography.DoubledMark", "branch"),
    ("nl", "Hij is {% if order.note %}{{ order.note }}{% endif %} er.", "Typography.DoubledSpace", "branch"),
]
"""Locale, body, the rule that finds its fault, and the samples that show it ("": all)."""


@pytest.mark.parametrize(("locale", "body", "rule", "samples"), FAULTS)
def test_a_fault_of_some_values_is_found(write: Write, locale: str, body: str, rule: str, samples: str) -> None:
    """Each kind of fault is found, and where only some values show it the finding says which."""
    quoted = body.replace("'", "''")
    text = f"one:\n  body:\n    {locale}: '{quoted}'\n"
    folder = write({"cannedkit.yaml": SETTINGS, "responses/variables.yaml": VARIABLES, "responses/a.yaml": text})
    reviewed = Kit.load(folder).check()
    assert reviewed.errors == ()
    shown = [one.samples for one in reviewed.findings if one.finding.rule.startswith(rule)]
    assert any(any(name.startswith(samples) for name in names) if samples else names == () for names in shown), [
        (one.finding.rule, one.text, one.samples) for one in reviewed.findings
    ]


def test_a_body_that_bears_every_value_is_clean(write: Write) -> None:
    """A body whose words go with every value that may be given has no finding."""
    body = "Hi{% if customer.name %} {{ customer.name }}{% endif %}, we have your {{ order.item }} ({{ bill.amount }})."
    text = f'one: {{body: {{en: "{body}", nl: "Goed nieuws: {{{{ order.item }}}} is er."}}}}\n'
    folder = write({"cannedkit.yaml": SETTINGS, "responses/variables.yaml": VARIABLES, "responses/a.yaml": text})
    reviewed = Kit.load(folder).check()
    assert [(one.finding.rule, one.text, one.samples) for one in reviewed.findings] == []
    assert reviewed.errors == ()
