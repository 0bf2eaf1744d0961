"""A draft beside the reply that it came from, as JSON."""

from __future__ import annotations

from typing import Any

from cannedkit.model.comparison import Comparison
from cannedkit.text.places import placed
from cannedkit.wire.findings import fields as finding_fields


def fields(found: Comparison, path: str, text: str) -> dict[str, Any]:
    """What was compared, and each finding with its place in the draft (from 1) and the approved sentence."""
    places = placed(found.findings, path, text)
    where = found.wording
    return {
        "format": 1,
        "wording": {
            "id": where.id,
            "locale": where.locale,
            "channel": where.channel,
            "variation": where.variation,
        },
        "approved": found.approved,
        "nearest": found.chosen,
        "likeness": found.likeness,
        "text": found.text,
        "findings": [
            {
                **finding_fields(one.finding),
                "path": at.place.path,
                "line": at.place.line,
                "column": at.place.column,
                "end_line": at.place.end_line,
                "end_column": at.place.end_column,
                "text": at.text,
                "approved": one.approved,
            }
            for one, at in zip(found.departures, places, strict=True)
        ],
    }
