"""The tools: what a client may ask, with which arguments, and what Kit says to it. None of them changes anything."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cannedkit.catalogue.reply import written
from cannedkit.model.draft import MAX_DRAFT, MOODS
from cannedkit.model.errors import InputError, ReplyError
from cannedkit.report.guide import prompt
from cannedkit.text.nearest import nearest, shown
from cannedkit.wire import answers, arguments, comparisons, drafts, findings, proofs, replies, searches
from cannedkit.wire.answers import Schema, described
from cannedkit.wire.arguments import absent
from cannedkit.wire.jsonl import MAX_LINE

if TYPE_CHECKING:
    from cannedkit.kit import Kit

MAX_ID = 300
"""Characters of an id, a locale, a channel or a topic; our own choice."""

MAX_MATCHES = 100
MAX_TOKENS = 100_000
TOKENS = 800
"""Room for a guide where nobody says how much: as `cannedkit guide --for prompt`."""

Given = Mapping[str, Any]

_SHORT: Schema = {"type": "string", "maxLength": MAX_ID}
_LONG: Schema = {"type": "string", "maxLength": MAX_DRAFT}
_ID = described(_SHORT, "The id of a reply, topic/name, or its shortcut.")
_LOCALE = described(_SHORT, "A BCP 47 tag such as en-GB or nl. By default that of the catalogue.")
_CHANNEL = described(_SHORT, "The channel that it goes out on, such as chat or email; one of the catalogue's.")
_MOOD: Schema = {"enum": list(MOODS), "description": "How the customer feels."}
_KNOWN = described(answers.TEXTS, "Facts known in this conversation, each a name such as issue, or `name: Ms Ray`.")
_AT = described(answers.TEXT, "When it was sent, such as 2026-09-01T14:05.")
_HISTORY: Schema = {
    "type": "array",
    "description": "The earlier messages of the conversation, the first one first.",
    "items": answers.record({"by": {"enum": list(arguments.SPEAKERS)}, "text": answers.TEXT, "at": _AT}, ["at"]),
}


@dataclass(frozen=True, slots=True)
class Tool:
    """What a client may ask: its arguments as JSON Schema, those that it `needs`, who answers, and in which form."""

    title: str
    description: str
    needs: tuple[str, ...]
    takes: Mapping[str, Schema]
    answer: Callable[[Kit, Given], dict[str, Any]]
    form: Schema

    @property
    def asks(self) -> dict[str, Any]:
        """The schema of all arguments together."""
        properties = {name: dict(schema) for name, schema in self.takes.items()}
        return {
            "type": "object",
            "properties": properties,
            "required": list(self.needs),
            "additionalProperties": False,
        }


def call(kit: Kit, tool: Tool, given: Given) -> dict[str, Any]:
    """The answer of a tool. Raises InputError for arguments that it does not take, and what Kit raises."""
    for name in given:
        if name not in tool.takes:
            raise InputError(f"unknown argument {shown(name)}{nearest(name, tool.takes)}")
    said = {name: value for name, value in given.items() if value is not None}
    for name in tool.needs:
        if name not in said:
            raise InputError(f"the argument `{name}` is missing")
    for name, value in said.items():
        most = tool.takes[name].get("maxLength", MAX_DRAFT)
        if isinstance(value, str) and len(value) > most:
            raise InputError(f"`{name}` has {len(value):,} characters; at most {most:,} are allowed")
    size = len(json.dumps(given, ensure_ascii=False))
    if size > MAX_LINE:
        raise InputError(f"the arguments have {size:,} characters together; at most {MAX_LINE:,} are allowed")
    return tool.answer(kit, said)


def _check_draft(kit: Kit, given: Given) -> dict[str, Any]:
    answer, _ = findings.answer(kit, drafts.request(given), explain=True)
    return {"format": 1, **answer}


def _search_replies(kit: Kit, given: Given) -> dict[str, Any]:
    limit = arguments.whole(given.get("limit", searches.LIMIT), "limit", InputError)
    if not 1 <= limit <= MAX_MATCHES:
        raise InputError(f"`limit` must be from 1 to {MAX_MATCHES}")
    return searches.matches(given["question"], kit.search(**{**given, "limit": limit}))


def _get_reply(kit: Kit, given: Given) -> dict[str, Any]:
    response = kit.response(given["id"])
    locale, channel = given.get("locale"), given.get("channel")
    bodies = written(response, "" if absent(locale) else arguments.locale(locale, ReplyError), channel)
    first = bodies[0]
    missing = kit.missing(response.id, locale=locale or first.locale, channel=channel or first.channel or None)
    return replies.response_fields(response, bodies, missing)


def _fill_reply(kit: Kit, given: Given) -> dict[str, Any]:
    values = {name: _exact(value) for name, value in arguments.values(given["values"]).items()}
    said = {name: value for name, value in given.items() if name not in ("id", "values")}
    return replies.fields(kit.reply(given["id"], values, **said))


def _exact(value: object) -> object:
    """A value as a reply takes it: a number with a point as JSON writes it, digit by digit."""
    return Decimal(repr(value)) if isinstance(value, float) and math.isfinite(value) else value


def _compare_draft(kit: Kit, given: Given) -> dict[str, Any]:
    return comparisons.fields(kit.compare(given["text"], given.get("id")), "draft", given["text"])


def _prove(kit: Kit, given: Given) -> dict[str, Any]:
    return proofs.fields(kit.prove(given["text"]))


def _style_guide(kit: Kit, given: Given) -> dict[str, Any]:
    tokens = arguments.whole(given.get("tokens", TOKENS), "tokens", InputError)
    if not 1 <= tokens <= MAX_TOKENS:
        raise InputError(f"`tokens` must be from 1 to {MAX_TOKENS:,}")
    said = {name: value for name, value in given.items() if name != "tokens"}
    advice = kit.guide(**said)
    locale = arguments.locale(given.get("locale") or kit.settings.locale, InputError)
    return {"format": 1, "locale": locale, "guide": prompt(advice, tokens), "rules": len(advice)}


TOOLS: Mapping[str, Tool] = {
    "check_draft": Tool(
        "Check a draft",
        "Find what is wrong in a draft before it is sent to a customer: spelling, grammar, tone, promises that nobody "
        "approved, personal data. Each finding has its place, why it is one, and what to write instead. Check every "
        "draft; an error in it has to be mended before it is sent.",
        ("text",),
        {
            "text": described(_LONG, "The whole draft."),
            "locale": described(_SHORT, "A BCP 47 tag such as en-GB or nl. By default it is told from the words."),
            "channel": _CHANNEL,
            "mood": _MOOD,
            "known": _KNOWN,
            "history": _HISTORY,
            "topic": described(_SHORT, "The topic of the reply that the draft was made from, such as orders."),
        },
        _check_draft,
        answers.ANSWER,
    ),
    "search_replies": Tool(
        "Search the approved replies",
        "Find the prewritten replies that answer a customer's question, best first. Use one of them rather than "
        "words of your own.",
        ("question",),
        {
            "question": described(_LONG, "What the customer asks, in the customer's words."),
            "locale": described(_SHORT, "A BCP 47 tag such as en-GB or nl. By default it is told from the words."),
            "channel": _CHANNEL,
            "known": _KNOWN,
            "mood": _MOOD,
            "limit": {"type": "integer", "minimum": 1, "maximum": MAX_MATCHES, "default": searches.LIMIT},
        },
        _search_replies,
        answers.MATCHES,
    ),
    "get_reply": Tool(
        "Read a reply",
        "Read a prewritten reply as it stands, its placeholders with what they may hold, and what has to be asked for "
        "before it can be sent.",
        ("id",),
        {
            "id": _ID,
            "locale": described(_SHORT, "A BCP 47 tag such as en-GB or nl: only what is in it. By default all."),
            "channel": described(_SHORT, "Only what goes out on this channel, such as chat or email. By default all."),
        },
        _get_reply,
        answers.RESPONSE,
    ),
    "fill_reply": Tool(
        "Fill a reply",
        "Fill a prewritten reply with the values of this customer. The text that comes back can be sent as it stands. "
        "An error names every value that is missing or unfit: ask the customer, never make one up.",
        ("id", "values"),
        {
            "id": _ID,
            "values": {
                "type": "object",
                "description": 'The value of each placeholder, by its name: {"customer.first_name": "Ana"}.',
                "additionalProperties": {"type": ["string", "number", "null"]},
            },
            "locale": _LOCALE,
            "channel": _CHANNEL,
            "known": _KNOWN,
        },
        _fill_reply,
        answers.REPLY,
    ),
    "compare_draft": Tool(
        "Compare a draft with its reply",
        "Hold a draft against the approved reply that it came from: what it leaves out, adds, alters and has not "
        "filled in, each with the approved sentence. Without an id the reply that is most like it is taken.",
        ("text",),
        {"text": described(_LONG, "The whole draft."), "id": _ID},
        _compare_draft,
        answers.COMPARISON,
    ),
    "prove": Tool(
        "Prove that a text is approved",
        "Say which approved reply a text is, word for word, with which values, and who approved it; or where it "
        "differs from the nearest one.",
        ("text",),
        {"text": described(_LONG, "The text as it was or will be sent.")},
        _prove,
        answers.PROOF,
    ),
    "style_guide": Tool(
        "Read the style guide",
        "Read what the rules ask of who writes here, the weightiest first. Read it before you write a draft.",
        (),
        {
            "locale": _LOCALE,
            "channel": _CHANNEL,
            "mood": _MOOD,
            "tokens": {"type": "integer", "minimum": 1, "maximum": MAX_TOKENS, "default": TOKENS},
        },
        _style_guide,
        answers.GUIDE,
    ),
}
"""The name of a tool -> what it does."""
