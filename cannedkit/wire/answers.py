"""What the answers look like, as JSON Schema (2020-12): for programs that check what they are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cannedkit.model.draft import Level

Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
TEXTS: Schema = {"type": "array", "items": TEXT}
BY_NAME: Schema = {"type": "object", "additionalProperties": TEXT}
FORMAT: Schema = {"const": 1, "description": "The version of this form."}


def record(fields: Mapping[str, Schema], may_be_absent: Iterable[str] = ()) -> dict[str, Any]:
    """An object that has all of some fields, but those that may be absent."""
    absent = set(may_be_absent)
    return {"type": "object", "properties": dict(fields), "required": [name for name in fields if name not in absent]}


def many(of: Schema) -> dict[str, Any]:
    """A list of such."""
    return {"type": "array", "items": of}


def described(schema: Schema, description: str) -> dict[str, Any]:
    """The same, with what it means."""
    return {**schema, "description": description}


_LEVEL: Schema = {"enum": [str(level) for level in Level]}
_OFFSET = described(WHOLE, "In code points of the text, from 0; the end is not part of it.")
_WORDING = record({"id": TEXT, "locale": TEXT, "channel": TEXT, "variation": WHOLE})

_FINDING: Mapping[str, Schema] = {
    "start": _OFFSET,
    "end": _OFFSET,
    "rule": TEXT,
    "level": _LEVEL,
    "message": TEXT,
    "fixes": described(TEXTS, "What to put in place of the stretch, the best first; an empty text deletes it."),
    "safe": described(FLAG, "The first fix may be made unasked."),
    "sources": TEXTS,
}
_REASONS: Mapping[str, Schema] = {"why": TEXT, "instead": TEXT, "rule_source": TEXT}
_FAILURE = record(
    {"rule": TEXT, "reason": TEXT, "path": TEXT, "line": WHOLE, "column": WHOLE}, ("path", "line", "column")
)
_UNREAD = record({"locale": TEXT, "what": TEXT, "why": TEXT})
_ASKED = record({"name": TEXT, "type": TEXT, "sample": TEXT})
_PLACE: Mapping[str, Schema] = {
    "path": TEXT,
    "line": WHOLE,
    "column": WHOLE,
    "end_line": WHOLE,
    "end_column": WHOLE,
}

ANSWER = record(
    {
        "format": FORMAT,
        "findings": many(record({**_FINDING, **_REASONS})),
        "locale": described(TEXT, "The language that the words are in, where none was said."),
        "errors": described(many(_FAILURE), "Checks that failed: nothing is known of what they look for."),
        "unread": described(many(_UNREAD), "What nothing looked at: it is not known to be right."),
        "notes": described(TEXTS, "What was not taken as it stands."),
    },
    ("locale", "errors", "unread", "notes"),
)
"""What `findings.answer` says of a draft."""

MATCHES = record(
    {
        "format": FORMAT,
        "question": TEXT,
        "matches": many(
            record(
                {
                    "id": TEXT,
                    "locale": TEXT,
                    "score": described(SHARE, "How often a match with this score was right when it was measured."),
                    "why": TEXT,
                    "title": TEXT,
                    "shortcut": TEXT,
                    "channels": TEXTS,
                    "requires": described(TEXTS, "Facts that must be known before it may be sent."),
                }
            )
        ),
    }
)
"""What `searches.matches` says."""

RESPONSE = record(
    {
        "format": FORMAT,
        "id": TEXT,
        "title": TEXT,
        "shortcut": TEXT,
        "tags": TEXTS,
        "mood": TEXT,
        "requires": described(TEXTS, "Facts that must be known before it may be sent."),
        "channels": TEXTS,
        "offer": TEXT,
        "owner": TEXT,
        "status": described(TEXT, "Empty where it is in use; what is draft or retired cannot be sent."),
        "replaced_by": TEXT,
        "bodies": many(
            record({"locale": TEXT, "channel": TEXT, "variation": WHOLE, "text": TEXT, "subject": TEXT_OR_NULL})
        ),
        "variables": many(
            record(
                {
                    "name": TEXT,
                    "type": TEXT,
                    "optional": FLAG,
                    "fallback": BY_NAME,
                    "max_length": {"type": ["integer", "null"]},
                }
            )
        ),
        "missing": described(many(_ASKED), "What to ask for before it can be filled and sent."),
    }
)
"""What `replies.response_fields` says."""

REPLY = record(
    {
        "format": FORMAT,
        "id": TEXT,
        "locale": TEXT,
        "channel": TEXT,
        "variation": WHOLE,
        "text": described(TEXT, "Send this as it stands."),
        "subject": TEXT_OR_NULL,
        "values": BY_NAME,
        "digest": TEXT,
        "approved": FLAG,
    }
)
"""What `replies.fields` says."""

COMPARISON = record(
    {
        "format": FORMAT,
        "wording": _WORDING,
        "approved": described(FLAG, "Somebody approved the reply as it stands."),
        "nearest": described(FLAG, "No reply was named: this is the one most like the draft."),
        "likeness": SHARE,
        "text": described(TEXT, "The approved text, with its placeholders in braces."),
        "findings": many(record({**_FINDING, **_PLACE, "text": TEXT, "approved": TEXT})),
    }
)
"""What `comparisons.fields` says."""

PROOF = record(
    {
        "format": FORMAT,
        "proven": FLAG,
        "reason": TEXT,
        "wording": {"anyOf": [_WORDING, {"type": "null"}]},
        "approval": {
            "anyOf": [
                record({"by": TEXT, "on": TEXT, "note": TEXT, "sha256": TEXT}),
                {"type": "null"},
            ]
        },
        "values": BY_NAME,
        "ambiguous": {"type": "object", "additionalProperties": TEXTS},
        "others": many(_WORDING),
        "differences": many({"type": "object"}),
    }
)
"""What `proofs.fields` says."""

GUIDE = record(
    {
        "format": FORMAT,
        "locale": TEXT,
        "guide": described(TEXT, "What to write and what not: a line a rule, the weightiest first."),
        "rules": described(WHOLE, "How many rules ask something of such a text; the guide has those that fit."),
    }
)
"""What a guide for a prompt says."""
