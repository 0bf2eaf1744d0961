"""The JSON Schemas of facts.yaml and offers.yaml."""

from __future__ import annotations

from cannedkit.settings.promised import FACT_KEYS, OFFER_KEYS
from cannedkit.wire.schemas.shapes import DAY, FILLED, TEXT, Names, Shape, by_locale, empty_or, keyed, named


def facts(names: Names) -> Shape:
    """The schema of a file of facts, which may be empty: a value that stands alone, or with who answers for it."""
    shapes = {"value": by_locale(FILLED, names.locales), "owner": TEXT, "until": DAY}
    long = keyed(FACT_KEYS, shapes, {"until": "The last day that it holds."}, ["value"])
    return empty_or(named({**FILLED, **long, "type": [*FILLED["type"], "object"]}))


def offers(names: Names) -> Shape:
    """The schema of a file of offers, which may be empty."""
    shapes = {**dict.fromkeys(OFFER_KEYS, TEXT), "until": DAY}
    said = {"kind": "Such as refund, credit, discount.", "max": "The highest amount.", "until": "The last day."}
    ends = [{"required": ["until"]}, {"required": ["condition"]}]
    return empty_or(named({**keyed(OFFER_KEYS, shapes, said, ["kind"]), "anyOf": ends}))
