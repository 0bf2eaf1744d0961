"""The server beside its tools: resources, prompts, completion; messages by hand; who may ask over HTTP."""

from __future__ import annotations

import http.client
import json
import logging
import signal
import socket
import sys
from importlib import util
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from mcp import Client, MCPError
from mcp.types import (
    CompleteResult,
    PromptReference,
    ReadResourceResult,
    Resource,
    ResourceTemplateReference,
    TextContent,
    TextResourceContents,
)

from cannedkit.servers.mcp.server import HOST, _in_a_line, listening
from tests.conftest import Run, Write
from tests.servers.mcp.served import FILES, SECRET, answered, here, raw, talk, written
from tests.servers.mcp.served import http as http_server

HELLO = {
    "jsonrpc": "2.0",
    "id": 0,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "script", "version": "1"}},
}
READY = {"jsonrpc": "2.0", "method": "notifications/initialized"}


@pytest.fixture
def folder(write: Write) -> Path:
    """A small catalogue, and a secret beside it."""
    return write(FILES)


# -- resources, prompts, completion --


def _listed(target: Any) -> list[list[Resource]]:
    """The pages of the list of resources."""

    async def pages(client: Client) -> list[list[Resource]]:
        found, cursor = [], None
        while True:
            page = await client.list_resources(cursor=cursor)
            found.append(page.resources)
            if not (cursor := page.next_cursor):
                return found

    return talk(target, pages)


def _read(target: Any, uri: str) -> dict[str, Any]:
    async def read(client: Client) -> ReadResourceResult:
        return await client.read_resource(uri)

    (contents,) = talk(target, read).contents
    assert isinstance(contents, TextResourceContents)
    assert contents.mime_type == "application/json"
    told: dict[str, Any] = json.loads(contents.text)
    return told


def test_replies_and_rules_are_resources(folder: Path) -> None:
    """Each has an address, a name and what it is about; what stands there is what get_reply says, or of a rule why."""
    with here(folder) as client:
        (page,) = _listed(client)
    own = [one for one in page if not one.name.startswith("Catalogue.")]
    assert [(one.uri, one.title, one.description) for one in own] == [
        ("cannedkit://responses/rooms/ready", "The room is ready", "chat, email"),
        ("cannedkit://responses/rooms/bill", "What the stay costs", "chat, email"),
        ("cannedkit://responses/rooms/old", None, "retired, chat, email"),
        ("cannedkit://rules/House.Of", None, "It sounds like 'of' and is 'have'."),
    ]
    with here(folder) as client:
        reply = _read(client, page[0].uri)
    assert [body["locale"] for body in reply["bodies"]] == ["en", "nl"]
    with here(folder) as client:
        rule = _read(client, "cannedkit://rules/House.Of")
    assert (rule["level"], rule["source"], rule["kind"]) == ("error", "Our style guide, 2026.", "substitution")


def test_every_resource_that_is_listed_can_be_read(folder: Path) -> None:
    """A long list comes in pages, without a gap or a repetition, and each of it stands at its address."""
    more = "\n".join(f"r{number}: Your room is number {number}." for number in range(450))
    (folder / "catalogue/responses/more.yaml").write_text(f"{more}\n")
    with here(folder) as client:
        pages = _listed(client)
    found = [one for page in pages for one in page]
    assert [len(page) for page in pages] == [200, 200, len(found) - 400]
    assert len({one.uri for one in found}) == len(found) > 450

    async def read(client: Client) -> list[str]:
        told = [(await client.read_resource(one.uri)).contents[0] for one in found[::9]]
        return [str(json.loads(one.text)["id"]) for one in told if isinstance(one, TextResourceContents)]

    with here(folder) as client:
        assert talk(client, read) == [one.name for one in found[::9]]


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("cannedkit://responses/rooms/raedy", "did you mean `rooms/ready`?"),
        ("cannedkit://responses/../../secret.yaml", "there is no response"),
        ("cannedkit://responses/%2e%2e/%2e%2e/secret.yaml", "there is no response"),
        ("cannedkit://responses//etc/passwd", "there is no response"),
        ("cannedkit://responses/", "there is no response"),
        ("cannedkit://rules/House.Off", "there is no rule 'House.Off' in force; did you mean `House.Of`?"),
        ("cannedkit://rules/../House/Of.yml", "there is no rule"),
        ("cannedkit://elsewhere", "an address begins with cannedkit://responses/"),
        ("file:///etc/passwd", "an address begins with cannedkit://responses/"),
        ("http://127.0.0.1:9/", "an address begins with cannedkit://responses/"),
        ("", "an address begins with cannedkit://responses/"),
    ],
)
def test_what_stands_nowhere_is_told(folder: Path, uri: str, said: str) -> None:
    """An address of no reply and no rule is an error of the protocol; no file is looked for."""
    with here(folder) as client, pytest.raises(MCPError) as told:
        _read(client, uri)
    assert said in str(told.value)
    assert SECRET not in str(told.value)


def test_a_page_that_is_not_there_is_told(folder: Path) -> None:
    """A cursor that no list gave is an error of the protocol."""
    for cursor in ("9999", "-1", "x", "1" * 50, "²"):
        with here(folder) as client, pytest.raises(MCPError, match="unknown cursor"):
            talk(client, lambda client, cursor=cursor: client.list_resources(cursor=cursor))  # type: ignore[misc]


def test_a_prompt_has_the_style_in_it(folder: Path) -> None:
    """Each prompt that is listed says what to do, by the names of tools that there are, and what the rules ask."""

    async def told(client: Client) -> dict[str, str]:
        found = {}
        for one in (await client.list_prompts()).prompts:
            given = {
                argument.name: "chat" if argument.name == "channel" else "How?" for argument in one.arguments or ()
            }
            given |= {"locale": "en", "mood": "upset"}
            (message,) = (await client.get_prompt(one.name, given)).messages
            assert isinstance(message.content, TextContent)
            found[one.name] = message.content.text
        return found

    with here(folder) as client:
        found = talk(client, told)
    assert found.keys() == {"answer_customer", "mend_draft", "house_style"}
    assert all("It sounds like 'of' and is 'have'." in text for text in found.values())
    assert "search_replies (with locale en, channel chat, mood upset)" in found["answer_customer"]
    assert "How?" in found["answer_customer"]
    assert "How?" in found["mend_draft"]


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("mend_darft", {}, "there is no prompt 'mend_darft'; did you mean `mend_draft`?"),
        ("mend_draft", {}, "the argument `text` is missing"),
        ("mend_draft", {"txt": "a"}, "unknown argument 'txt'; did you mean `text`?"),
        ("mend_draft", {"text": "a" * 100_001}, "at most 100,000 are allowed"),
        ("house_style", {"locale": "x_"}, "is not a locale"),
        ("house_style", {"channel": "fax"}, "unknown channel 'fax'"),
    ],
)
def test_a_prompt_that_cannot_be_is_told(folder: Path, name: str, given: dict[str, str], said: str) -> None:
    """It is an error of the protocol that names the nearest."""
    with here(folder) as client, pytest.raises(MCPError) as told:
        talk(client, lambda client: client.get_prompt(name, given))
    assert said in str(told.value)


@pytest.mark.parametrize(
    ("ref", "name", "typed", "values"),
    [
        (ResourceTemplateReference(uri="cannedkit://responses/{+id}"), "id", "rooms/r", ["rooms/ready"]),
        (ResourceTemplateReference(uri="cannedkit://rules/{id}"), "id", "House", ["House.Of"]),
        (ResourceTemplateReference(uri="file:///{id}"), "id", "", []),
        (PromptReference(name="house_style"), "locale", "n", ["nl"]),
        (PromptReference(name="house_style"), "channel", "", ["chat", "email"]),
        (PromptReference(name="house_style"), "mood", "u", ["upset"]),
        (PromptReference(name="house_style"), "text", "", []),
    ],
)
def test_arguments_are_completed(folder: Path, ref: Any, name: str, typed: str, values: list[str]) -> None:
    """Ids, locales, channels and moods, by how they begin."""

    async def completed(client: Client) -> CompleteResult:
        return await client.complete(ref, {"name": name, "value": typed})

    with here(folder) as client:
        assert talk(client, completed).completion.values == values


# -- messages by hand --


def test_a_script_of_messages(folder: Path) -> None:
    """A program that knows no SDK writes lines of JSON-RPC and reads the answers; nothing else is on stdout."""
    with raw(folder) as process:
        written(process, HELLO)
        told = answered(process, 0)["result"]
        assert told["serverInfo"]["name"] == "cannedkit"
        assert told["capabilities"].keys() >= {"tools", "resources", "prompts", "completions"}
        assert "fill_reply" in told["instructions"]
        written(process, READY)
        written(process, {"jsonrpc": "2.0", "id": "a", "method": "tools/list"})
        tools = answered(process, "a")["result"]["tools"]
        assert tools[0]["name"] == "check_draft"
        assert tools[0]["annotations"]["readOnlyHint"] is True
        call = {"name": "check_draft", "arguments": {"text": "You would of had it."}}
        written(process, {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call})
        result = answered(process, 2)["result"]
        assert result["structuredContent"]["findings"][0]["rule"] == "House.Of"
        assert not result.get("isError")
        assert process.stdin
        assert process.stdout
        process.stdin.close()
        assert process.wait(10) == 0
        assert process.stdout.read() == b""


BROKEN = [
    b"{",
    b"\xff\xfe\x00",
    b"[]",
    b"null",
    b'"text"',
    b"{}",
    b'{"jsonrpc": "1.0", "id": 1, "method": "ping"}',
    b'{"jsonrpc": "2.0", "id": {}, "method": "ping"}',
    b'{"jsonrpc": "2.0", "id": 1, "method": 5}',
    b'{"jsonrpc": "2.0", "id": 1, "method": "no/such"}',
    b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": []}',
    b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "prove", "arguments": "text"}}',
    b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "prove", "arguments": {"text": "\\ud8"}}',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"prove","arguments":{"text":"\\ud800"}}}',
    b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "prove", "arguments": {"text": NaN}}}',
    b'{"jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": {"uri": 5}}',
    b'{"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 99}}',
    b'{"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {}}',
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"x": "' + b"x" * 12_000_000 + b'"}}',
    b"",
    b"\x00",
]


def test_what_is_no_message_ends_nothing(folder: Path) -> None:
    """After each line that is broken, too long or too deep the server answers the next one; nothing is a traceback."""
    with raw(folder) as process:
        written(process, HELLO)
        answered(process, 0)
        written(process, READY)
        for number, line in enumerate(BROKEN, start=100):
            written(process, line)
            written(process, {"jsonrpc": "2.0", "id": number, "method": "ping"})
            assert answered(process, number)["result"] == {}, line[:80]
        assert process.stdin
        assert process.stderr
        process.stdin.close()
        assert process.wait(10) == 0
        assert b"Traceback" not in process.stderr.read()


def test_a_call_that_is_cancelled_is_not_answered(folder: Path) -> None:
    """The next message is answered after `notifications/cancelled`, also where the call took all there may be."""
    draft = "You would of had it. " * 4_700
    with raw(folder) as process:
        written(process, HELLO)
        answered(process, 0)
        written(process, READY)
        for number in range(1, 4):
            call = {"name": "check_draft", "arguments": {"text": draft}}
            written(process, {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": call})
            cancelled = {"requestId": number, "reason": "no more wanted"}
            written(process, {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": cancelled})
        written(process, {"jsonrpc": "2.0", "id": 9, "method": "ping"})
        assert answered(process, 9)["result"] == {}
        call = {"name": "get_reply", "arguments": {"id": "rdy"}}
        written(process, {"jsonrpc": "2.0", "id": 10, "method": "tools/call", "params": call})
        assert answered(process, 10)["result"]["structuredContent"]["id"] == "rooms/ready"


# -- over HTTP --


def _posted(address: str, body: bytes, **headers: str) -> int:
    """The status of a request."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    usual = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    try:
        connection.request("POST", parts.path, body, {**usual, **headers})
        return connection.getresponse().status
    except (BrokenPipeError, ConnectionResetError):  # refused before all of it was read
        return 413
    finally:
        connection.close()


def test_only_this_machine_may_ask(folder: Path) -> None:
    """A page of another site, which a browser here sends under its own name or under that site's, is refused."""
    body = json.dumps(HELLO).encode()
    with http_server(folder) as address:
        port = urlsplit(address).port
        assert _posted(address, body) == 200
        assert _posted(address, body, Host=f"localhost:{port}") == 200
        assert _posted(address, body, Origin=f"http://localhost:{port}") == 200
        for host in (
            "evil.example",
            f"evil.example:{port}",
            f"127.0.0.1:{port}.evil.example",
            "127.0.0.1:1",
            "127.0.0.1",
        ):
            assert _posted(address, body, Host=host) == 421, host
        for origin in (
            "http://evil.example",
            f"http://evil.example:{port}",
            "null",
            f"http://127.0.0.1:{port}.evil.example",
        ):
            assert _posted(address, body, Origin=origin) == 403, origin
        assert _posted(address, body, **{"Content-Type": "text/plain"}) == 400
        assert _posted(address, b'{"a": "' + b"x" * 12_000_000 + b'"}') == 413
        assert _posted(address, b"{") == 400
        assert _posted(address, body) == 200


def test_no_other_machine_can_reach_it() -> None:
    """The socket is bound to the address of this machine alone."""
    with listening(0) as one:
        assert one.getsockname()[0] == HOST == "127.0.0.1"


def test_a_port_that_is_taken_is_told(folder: Path, run: Run) -> None:
    """It is named, and the exit code is 2."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = run("mcp", str(folder / "catalogue"), "--http", str(port))
    assert (ran.out, ran.code) == ("", 2)
    assert ran.err == f"cannedkit: port {port} of 127.0.0.1 cannot be used: Address already in use\n"


# -- the command --


def test_without_the_package_the_extra_is_named(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    there = util.find_spec
    monkeypatch.setattr("cannedkit.cli.mcp.find_spec", lambda name: None if name == "mcp" else there(name))
    ran = run("mcp", str(folder / "catalogue"))
    assert (ran.out, ran.code) == ("", 2)
    assert ran.err == "cannedkit: the server needs the protocol's own package: pip install 'cannedkit[mcp]'\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "Directory 'nowhere' does not exist"),
        (["--http", "70000"], "70000 is not in the range"),
        (["--http", "x"], "'x' is not a valid integer"),
    ],
)
def test_what_cannot_be_served_is_told(run: Run, tmp_path: Path, arguments: list[str], said: str) -> None:
    """A wrong folder or port is an error of usage."""
    ran = run("mcp", *arguments, cwd=tmp_path)
    assert (said in ran.err, ran.out, ran.code) == (True, "", 2)


def test_settings_with_a_fault_are_told_and_drafts_checked(folder: Path) -> None:
    """The rest is served: the fault is on stderr, and replies are refused with its place."""
    settings = folder / "catalogue/cannedkit.yaml"
    settings.write_text(settings.read_text() + "fail_onn: error\n")
    with raw(folder) as process:
        written(process, HELLO)
        answered(process, 0)
        written(process, READY)
        for number, name, given in ((1, "check_draft", {"text": "You would of it."}), (2, "get_reply", {"id": "rdy"})):
            call = {"name": name, "arguments": given}
            written(process, {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": call})
            told = answered(process, number)["result"]
            assert number == 2 or told["structuredContent"]["findings"]
        assert told["isError"]
        assert "cannedkit.yaml:7:1" in told["content"][0]["text"]
        assert process.stdin
        assert process.stderr
        process.stdin.close()
        process.wait(10)
        assert b"did you mean `fail_on`" in process.stderr.read()


@pytest.mark.parametrize("options", [[], ["--http", "0"]])
def test_ctrl_c_ends_it(folder: Path, options: list[str]) -> None:
    """At once, with exit code 0, also where a client still holds the other end."""
    with raw(folder, *options) as process:
        if options:
            assert process.stderr
            assert b"Ctrl-C ends it" in process.stderr.readline()
        else:
            written(process, HELLO)
            answered(process, 0)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stderr
        assert b"Traceback" not in process.stderr.read()


def test_what_libraries_say_is_a_line() -> None:
    """A header or a fault that somebody made is told visibly, without a traceback, and with its place."""
    try:
        raise ValueError("a\x1b[31m\nb")
    except ValueError:
        record = logging.LogRecord("mcp", logging.ERROR, "x", 1, "failed for %s", ("evil\x9bhost",), sys.exc_info())
    handler = logging.StreamHandler(told := StringIO())
    handler.addFilter(_in_a_line)
    handler.handle(record)
    (line,) = told.getvalue().splitlines()
    assert line.startswith("failed for evil\\x9bhost: ValueError at test_what_libraries_say_is_a_line:")
    assert line.endswith(": a\\x1b[31m b")
