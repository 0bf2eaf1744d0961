"""The format for programs: one JSON object, format 1."""

from __future__ import annotations

import json

from cannedkit.model.upkeep import Agenda
from cannedkit.text.visible import plain_json
from cannedkit.wire.findings import failure
from cannedkit.wire.upkeep import due_fields, groups, usage_fields


def write(agenda: Agenda) -> str:
    """`{"format": 1, "today": …, "within": …, "due": […], "usage": {…} or null, "errors": […]}`, in the order shown."""
    document = {
        "format": 1,
        "today": f"{agenda.today}",
        "within": agenda.within,
        "due": [due_fields(entry) for entries in groups(agenda).values() for entry in entries],
        "usage": usage_fields(agenda.usage) if agenda.usage else None,
        "errors": [failure(failed) for failed in agenda.errors],
    }
    return plain_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"
