"""A reply to be sent, what has to be known before it can be, and the response that it is made from, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cannedkit.model.response import Body, Missing, Reply, Response
from cannedkit.text.locales import for_locale


def fields(reply: Reply) -> dict[str, Any]:
    """What goes out, and what it was made from; `subject` is null where it has none."""
    return {
        "format": 1,
        "id": reply.id,
        "locale": reply.locale,
        "channel": reply.channel,
        "variation": reply.variation,
        "text": reply.text,
        "subject": reply.subject,
        "values": dict(reply.values),
        "digest": reply.digest,
        "approved": reply.approved,
    }


def missing_fields(id: str, missing: Iterable[Missing]) -> dict[str, Any]:
    """What to ask for before the reply can go out."""
    return {"format": 1, "id": id, "missing": [asked(one) for one in missing]}


def asked(one: Missing) -> dict[str, str]:
    """One thing to ask for, with its type (`fact` for a fact) and a value as it may look."""
    return {"name": one.name, "type": one.type, "sample": one.sample}


def response_fields(response: Response, bodies: Iterable[Body], missing: Iterable[Missing]) -> dict[str, Any]:
    """A response as it is written, some of its bodies, and what has to be known before it can go out.

    `channel` of a body is "" where it serves every channel without a body of its own.
    """
    shown = list(bodies)
    names = dict.fromkeys(name for body in shown for name in body.names if name in response.variables)
    return {
        "format": 1,
        "id": response.id,
        "title": for_locale(response.titles, shown[0].locale if shown else "") or "",
        "shortcut": response.shortcut,
        "tags": list(response.tags),
        "mood": response.mood,
        "requires": list(response.requires),
        "channels": list(response.channels),
        "offer": response.offer,
        "owner": response.owner,
        "status": response.status,
        "replaced_by": response.replaced_by,
        "bodies": [
            {
                "locale": body.locale,
                "channel": body.channel,
                "variation": body.variation,
                "text": body.text.value,
                "subject": body.subject.value if body.subject else None,
            }
            for body in shown
        ],
        "variables": [
            {
                "name": variable.name,
                "type": variable.type,
                "optional": variable.optional,
                "fallback": dict(variable.fallback),
                "max_length": variable.max_length,
            }
            for variable in map(response.variables.__getitem__, names)
        ],
        "missing": [asked(one) for one in missing],
    }
