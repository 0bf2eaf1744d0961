"""The tools as the SDK's own client sees them: what each says, in which form, and what it says to bad input."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, MCPError
from mcp.types import CallToolResult, Tool

from cannedkit import Kit
from cannedkit.servers.mcp.tools import TOOLS
from tests.conftest import Write
from tests.servers.mcp.served import FILES, SECRET, calls, here, http, stdio, talk, text

ASKED: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "check_draft",
        {
            "text": "You would of had it.",
            "locale": "en",
            "channel": "chat",
            "mood": "upset",
            "known": ["issue"],
            "history": [{"by": "customer", "text": "Where is my key?"}],
            "topic": "rooms",
        },
        {
            "format": 1,
            "findings": [
                {
                    "start": 4,
                    "end": 12,
                    "rule": "House.Of",
                    "level": "error",
                    "message": "Write 'would have' for 'would of'.",
                    "fixes": ["would have"],
                    "safe": True,
                    "sources": ["House.Of"],
                    "why": "It sounds like 'of' and is 'have'.",
                    "instead": "",
                    "rule_source": "Our style guide, 2026.",
                }
            ],
        },
    ),
    (
        "search_replies",
        {
            "question": "is my room ready",
            "locale": "en",
            "channel": "chat",
            "known": ["identity.verified"],
            "mood": "neutral",
            "limit": 1,
        },
        {"format": 1, "question": "is my room ready"},
    ),
    ("get_reply", {"id": "rdy", "locale": "nl-BE", "channel": "email"}, {"id": "rooms/ready", "missing": []}),
    (
        "fill_reply",
        {
            "id": "rooms/bill",
            "values": {"bill.amount": "$5.00"},
            "locale": "en-GB",
            "channel": "chat",
            "known": ["identity.verified"],
        },
        {
            "format": 1,
            "id": "rooms/bill",
            "locale": "en",
            "channel": "chat",
            "variation": 1,
            "text": "Your bill is $5.00.",
            "subject": None,
            "values": {"bill.amount": "$5.00"},
            "approved": False,
        },
    ),
    (
        "compare_draft",
        {"text": "Hi Ana, your room is ready. You can come in until 11 pm.", "id": "rooms/ready"},
        {"format": 1, "nearest": False},
    ),
    ("prove", {"text": "Hi Ana, your room is ready."}, {"format": 1, "proven": False, "approval": None}),
    (
        "style_guide",
        {"locale": "en", "channel": "chat", "mood": "upset", "tokens": 200},
        {
            "format": 1,
            "locale": "en",
            "guide": "- It sounds like 'of' and is 'have'. Not: You would of had it. But: Of course I would.\n",
            "rules": 1,
        },
    ),
]
"""A call of each tool with every argument that it takes, and what its answer has at least."""


@pytest.fixture
def folder(write: Write) -> Path:
    """A small catalogue, and a secret beside it."""
    return write(FILES)


def _tools(target: Any) -> list[Tool]:
    async def listed(client: Client) -> list[Tool]:
        return (await client.list_tools()).tools

    return talk(target, listed)


@pytest.mark.parametrize("way", ["stdio", "http"])
def test_every_tool_answers(folder: Path, way: str) -> None:
    """Each, with all its arguments, by the form that it promises, as data and as the same JSON for the model."""
    assert [(name, given.keys()) for name, given, _ in ASKED] == [
        (name, tool.takes.keys()) for name, tool in TOOLS.items()
    ]
    asked = [(name, given) for name, given, _ in ASKED]
    if way == "stdio":
        results = calls(stdio(folder), asked)  # type: ignore[arg-type]
    else:
        with http(folder) as address:
            results = calls(address, asked)  # type: ignore[arg-type]
    for (name, _, wanted), result in zip(ASKED, results, strict=True):
        assert not result.is_error, text(result)
        told = result.structured_content
        assert json.loads(text(result)) == told
        assert {key: told[key] for key in wanted} == wanted, name


def test_what_the_other_answers_hold(folder: Path) -> None:
    """A search finds the reply, a reply has its bodies, and an altered hour stands beside what was approved."""
    with here(folder) as client:
        found = {
            name: result.structured_content
            for (name, _, _), result in zip(
                ASKED, calls(client, [(name, given) for name, given, _ in ASKED]), strict=True
            )
        }
    assert [one["id"] for one in found["search_replies"]["matches"]] == ["rooms/ready"]
    (body,) = found["get_reply"]["bodies"]
    assert (body["locale"], body["text"]) == ("nl", "Hoi {{ guest.name }}, je kamer is klaar.")
    assert [one["name"] for one in found["get_reply"]["variables"]] == ["guest.name"]
    (altered,) = found["compare_draft"]["findings"]
    assert (altered["rule"], altered["text"]) == ("Compare.Altered", "11 pm")
    assert altered["approved"] == "You can come in until 10 pm."


def test_what_is_asked_for_is_what_is_missing(folder: Path) -> None:
    """get_reply says what has to be known first, and after it fill_reply needs nothing else."""
    with here(folder) as client:
        (result,) = calls(client, [("get_reply", {"id": "rooms/bill"})])
    assert result.structured_content["missing"] == [
        {"name": "bill.amount", "type": "money", "sample": "$25.00"},
        {"name": "identity.verified", "type": "fact", "sample": ""},
    ]


def test_what_an_approved_reply_proves(folder: Path) -> None:
    """What fill_reply gives of an approved reply is approved, and prove says by whom and with which values."""
    Kit.load(folder / "catalogue").approve(["rooms/ready"], by="jo@example.org")
    with here(folder) as client:
        (filled,) = calls(client, [("fill_reply", {"id": "rdy", "values": {"guest.name": "Ana"}})])
    assert filled.structured_content["approved"]
    with here(folder) as client:
        (proof,) = calls(client, [("prove", {"text": filled.structured_content["text"]})])
    told = proof.structured_content
    assert (told["proven"], told["wording"]["id"], told["approval"]["by"]) == (True, "rooms/ready", "jo@example.org")
    assert told["values"] == {"guest.name": "Ana"}


def test_every_tool_only_reads(folder: Path) -> None:
    """Each says so, has a title, a description, and a form for what it takes and gives; no others are there."""
    with here(folder) as client:
        tools = _tools(client)
    assert [one.name for one in tools] == [
        "check_draft",
        "search_replies",
        "get_reply",
        "fill_reply",
        "compare_draft",
        "prove",
        "style_guide",
    ]
    for one in tools:
        assert one.annotations
        assert (one.annotations.read_only_hint, one.annotations.open_world_hint) == (True, False)
        assert one.title
        assert one.description
        assert one.input_schema["additionalProperties"] is False
        assert one.output_schema
        assert "format" in one.output_schema["required"]
        assert all(
            schema.get("description") or name in ("limit", "tokens")
            for name, schema in one.input_schema["properties"].items()
        )


def test_an_answer_of_another_form_is_seen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client of these tests refuses an answer that is not of the form that the tool promises."""
    broken = replace(TOOLS["prove"], answer=lambda kit, given: {"format": 1})
    monkeypatch.setitem(TOOLS, "prove", broken)
    with here(folder) as client, pytest.raises(RuntimeError, match="Invalid structured content"):
        calls(client, [("prove", {"text": "a"})])


FAULTS: list[tuple[str, Mapping[str, Any], str]] = [
    ("check_draft", {}, "the argument `text` is missing"),
    ("check_draft", {"text": None}, "the argument `text` is missing"),
    ("check_draft", {"text": 5}, "`text` must be a text"),
    ("check_draft", {"txt": "a"}, "unknown argument 'txt'; did you mean `text`?"),
    ("check_draft", {"text": "a", "locale": "x_"}, "is not a locale"),
    ("check_draft", {"text": "a", "channel": "emial"}, "unknown channel 'emial'; did you mean `email`?"),
    ("check_draft", {"text": "a", "known": "issue"}, "`known` is a list of facts"),
    ("check_draft", {"text": "a", "history": [{"by": "cat", "text": "b"}]}, "unknown speaker 'cat'"),
    ("check_draft", {"text": "a" * 100_001}, "`text` has 100,001 characters; at most 100,000 are allowed"),
    (
        "check_draft",
        {"text": "a", "history": [{"by": "agent", "text": "b" * 90_000}] * 12},
        "the arguments have 1,080,",
    ),
    ("check_draft", {"text": "a", "known": [f"fact.{number}" for number in range(100_000)]}, "at most 1,000,000"),
    ("search_replies", {"question": ["a"]}, "`question` must be a text, not a list"),
    ("search_replies", {"question": "a", "limit": 0}, "`limit` must be from 1 to 100"),
    ("search_replies", {"question": "a", "limit": 1.5}, "`limit` must be a whole number"),
    ("search_replies", {"question": "a", "limit": True}, "`limit` must be a whole number"),
    ("search_replies", {"question": "a", "mood": "cross"}, "unknown mood 'cross'"),
    ("search_replies", {"question": "a" * 100_001}, "at most 100,000 are allowed"),
    ("get_reply", {"id": "rooms/raedy"}, "there is no response `rooms/raedy`; did you mean `rooms/ready`?"),
    ("get_reply", {"id": 7}, "`id` must be a text, not an int"),
    ("get_reply", {"id": "x" * 301}, "`id` has 301 characters; at most 300 are allowed"),
    ("get_reply", {"id": "rdy", "locale": "de"}, "`rooms/ready` has no body in de; it has en, nl"),
    ("get_reply", {"id": "rdy", "channel": "fax"}, "`rooms/ready` is not for fax"),
    ("get_reply", {"id": "../../secret"}, "there is no response `../../secret`"),
    ("fill_reply", {"id": "rdy"}, "the argument `values` is missing"),
    ("fill_reply", {"id": "rdy", "values": "Ana"}, "the values of a reply are a mapping"),
    ("fill_reply", {"id": "rdy", "values": {"guest.nmae": "Ana"}}, "no such variable; did you mean guest.name?"),
    ("fill_reply", {"id": "rdy", "values": {"guest.name": "{{ x }}"}}, "guest.name: '{{ x }}' holds a brace"),
    ("fill_reply", {"id": "rdy", "values": {"guest.name": ["Ana"]}}, "guest.name: a list cannot be a text"),
    ("fill_reply", {"id": "rooms/bill", "values": {}}, "it requires `identity.verified`, which is not known"),
    (
        "fill_reply",
        {"id": "rooms/bill", "values": {}, "known": ["identity.verified"]},
        "bill.amount: the value is missing",
    ),
    ("fill_reply", {"id": "rooms/old", "values": {}}, "has status retired and cannot be sent; use `rooms/ready`"),
    ("compare_draft", {"text": "a", "id": "rooms/raedy"}, "did you mean `rooms/ready`?"),
    ("compare_draft", {"text": {"a": 1}}, "a draft is a str, not a dict"),
    ("prove", {"text": ["a"]}, "`text` must be a text, not a list"),
    ("style_guide", {"tokens": 0}, "`tokens` must be from 1 to 100,000"),
    ("style_guide", {"tokens": "many"}, "`tokens` must be a whole number"),
    ("style_guide", {"chanel": "chat"}, "unknown argument 'chanel'; did you mean `channel`?"),
]


def test_bad_input_is_told_to_the_model(folder: Path) -> None:
    """Each fault is an error of the tool that says what is wrong and names the nearest; the next call is answered."""
    with here(folder) as client:
        results = calls(client, [(name, given) for name, given, _ in FAULTS])
    for (name, given, said), result in zip(FAULTS, results, strict=True):
        assert result.is_error, (name, given)
        assert said in text(result), (name, text(result))
        assert len(text(result)) < 1_000
        assert SECRET not in text(result)


def test_a_mood_that_nobody_knows_is_neutral(folder: Path) -> None:
    """As in `lint --jsonl`, a note says so."""
    with here(folder) as client:
        (result,) = calls(client, [("check_draft", {"text": "Hello there.", "mood": "cross"})])
    assert result.structured_content["findings"] == []
    assert "unknown mood 'cross' is taken as neutral" in result.structured_content["notes"][0]


def test_a_number_with_a_point_is_a_value(folder: Path) -> None:
    """JSON has numbers: what a reply takes as a number it takes from JSON as it is written."""
    (folder / "catalogue/responses/more.yaml").write_text(
        'scale: {variables: {weight: {type: number}}, body: {en: "It is {{ weight }} kg."}}\n'
    )
    with here(folder) as client:
        one, two = calls(
            client, [("fill_reply", {"id": "more/scale", "values": {"weight": value}}) for value in (1234.5, 7)]
        )
    assert (one.structured_content["text"], two.structured_content["text"]) == ("It is 1,234.5 kg.", "It is 7 kg.")


def test_a_tool_that_is_not_there_is_an_error_of_the_protocol(folder: Path) -> None:
    """It names the nearest."""
    with here(folder) as client, pytest.raises(MCPError, match="no tool 'chek_draft'; did you mean `check_draft`"):
        calls(client, [("chek_draft", {"text": "a"})])


def test_big_input_is_answered(folder: Path) -> None:
    """A draft of 100,000 characters, the most there may be, is read to its end."""
    draft = "You would of had it. " * 4_761 + "Good day to all of you."[:19]
    assert len(draft) == 100_000
    with here(folder) as client:
        (result,) = calls(client, [("check_draft", {"text": draft, "locale": "en"})])
    assert len(result.structured_content["findings"]) == 4_761


def test_without_a_catalogue_drafts_are_checked(tmp_path: Path) -> None:
    """In a folder without cannedkit.yaml the shipped rules read drafts; what needs a catalogue names `init`."""
    (tmp_path / "catalogue").mkdir()
    with here(tmp_path) as client:
        checked, found = calls(
            client,
            [("check_draft", {"text": "You would of had it.", "locale": "en"}), ("get_reply", {"id": "a/b"})],
        )
    assert "English.CouldOf" in [one["rule"] for one in checked.structured_content["findings"]]
    assert found.is_error
    assert "`cannedkit init` writes one" in text(found)


def test_a_cancelled_call_is_let_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever gives up a call is answered the next one, while the other still runs."""
    began, may_end = threading.Event(), threading.Event()

    def slow(kit: Kit, given: Mapping[str, Any]) -> dict[str, Any]:
        began.set()
        may_end.wait(30)
        return {"format": 1, "findings": []}

    monkeypatch.setitem(TOOLS, "check_draft", replace(TOOLS["check_draft"], answer=slow))

    async def gave_up(client: Client) -> CallToolResult:
        async with anyio.create_task_group() as group:
            group.start_soon(client.call_tool, "check_draft", {"text": "a"})
            await anyio.to_thread.run_sync(began.wait, 30)
            group.cancel_scope.cancel()
        with anyio.fail_after(10):
            return await client.call_tool("get_reply", {"id": "rdy"})

    try:
        with here(folder) as client:
            result = talk(client, gave_up)
            may_end.set()
    finally:
        may_end.set()
    assert result.structured_content["id"] == "rooms/ready"


@pytest.mark.parametrize("way", ["one client, many calls", "two clients"])
def test_calls_at_once_are_answered_each(folder: Path, way: str) -> None:
    """Each caller gets the answer to its own question, however many ask at once."""

    async def ask(client: Client, numbers: range, told: dict[int, str]) -> None:
        async def one(number: int) -> None:
            result = await client.call_tool("fill_reply", {"id": "rdy", "values": {"guest.name": f"Guest {number}"}})
            told[number] = result.structured_content["text"]

        async with anyio.create_task_group() as group:
            for number in numbers:
                group.start_soon(one, number)

    async def both(address: str) -> dict[int, str]:
        told: dict[int, str] = {}
        async with anyio.create_task_group() as group:
            for numbers in (range(25), range(25, 50)):

                async def client_of(numbers: range = numbers) -> None:
                    async with Client(address) as client:
                        await ask(client, numbers, told)

                group.start_soon(client_of)
        return told

    if way == "two clients":
        with http(folder) as address:
            told = anyio.run(both, address)
    else:
        told = {}
        talk(stdio(folder), lambda client: ask(client, range(50), told))
    assert told == {
        number: f"Hi Guest {number}, your room is ready. You can come in until 10 pm." for number in range(50)
    }
