"""A small catalogue, and the server of it: in this process, on standard input and output, and over HTTP."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any, TypeVar

import anyio
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent

from cannedkit import Kit
from cannedkit.servers.mcp.server import build

FILES = {
    "catalogue/cannedkit.yaml": """\
packs: [House]
engines: {}
locale: en
locales: [en, nl]
channels: {chat: {}, email: {}}
known: [issue, identity.verified]
""",
    "catalogue/rules/House/Of.yml": """\
extends: substitution
message: "Write '%s' for '%s'."
level: error
why: "It sounds like 'of' and is 'have'."
source: Our style guide, 2026.
action: {name: replace}
swap: {would of: would have}
bad: ['You [[would of]] had it.', 'I [[would of]] come.']
good: ['You would have had it.', 'Of course I would.']
""",
    "catalogue/responses/variables.yaml": "guest.name: {fallback: {en: there, nl: daar}}\nbill.amount: {type: money}\n",
    "catalogue/responses/rooms.yaml": """\
ready:
  title: The room is ready
  shortcut: rdy
  examples: [can I get into my room, is my room ready]
  body:
    en: Hi {{ guest.name }}, your room is ready. You can come in until 10 pm.
    nl: Hoi {{ guest.name }}, je kamer is klaar.
bill:
  title: What the stay costs
  requires: [identity.verified]
  body: {en: "Your bill is {{ bill.amount }}."}
old: {status: retired, replaced_by: rooms/ready, body: {en: Bye for now.}}
""",
    "secret.yaml": "secret: the crown jewels\n",
}
"""A catalogue in a folder of its own, and beside it a file that is none of a client's business."""

SECRET = "crown jewels"  # noqa: S105

PROGRAM = "from cannedkit.cli.main import main; main(prog_name='cannedkit')"

Done = TypeVar("Done")


def environment() -> dict[str, str]:
    """What a server needs of this process's own environment."""
    there = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_CACHE_HOME") if name in os.environ}
    return {**there, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def stdio(folder: Path) -> StdioServerParameters:
    """How a client starts the server of a folder."""
    return StdioServerParameters(
        command=sys.executable, args=["-c", PROGRAM, "mcp", str(folder / "catalogue")], env=environment()
    )


@contextmanager
def http(folder: Path, *options: str) -> Iterator[str]:
    """The address of a server over HTTP, which ends with the block."""
    command = [sys.executable, "-c", PROGRAM, "mcp", str(folder / "catalogue"), "--http", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment()) as process:
        assert process.stderr
        try:
            said = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/mcp", said)
            assert found, said
            yield found[0]
        finally:
            process.terminate()


@contextmanager
def here(folder: Path) -> Iterator[Client]:
    """A client of a server in this process, not yet connected."""
    with ThreadPoolExecutor(4) as pool:
        yield Client(build(Kit.load(folder / "catalogue"), pool, 1.0))


def talk(target: Any, say: Callable[[Client], Awaitable[Done]]) -> Done:
    """What comes of a talk with a server; it is one of an address, of parameters for stdio, or a client."""

    async def talked() -> tuple[Done | None, Exception | None]:
        with anyio.fail_after(60):
            async with target if isinstance(target, Client) else Client(target) as client:
                try:
                    return await say(client), None
                except Exception as error:  # past the task groups, which would wrap it
                    return None, error

    done, error = anyio.run(talked)
    if error:
        raise error
    return done  # type: ignore[return-value]


def text(result: CallToolResult) -> str:
    """What a tool says to a model."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def calls(target: Any, asked: list[tuple[str, Mapping[str, Any]]]) -> list[CallToolResult]:
    """The result of each call, one after the other; schemas are known to the client, which checks answers by them."""

    async def each(client: Client) -> list[CallToolResult]:
        await client.list_tools()
        return [await client.call_tool(name, dict(given)) for name, given in asked]

    return talk(target, each)


PATIENCE = 120.0
"""Seconds after which a server is ended, so that an answer that does not come is a failure, and no wait without end."""


def heeds_ctrl_c() -> None:
    """Undo what a shell does to a job in the background, which must not heed Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def raw(folder: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """The server of a folder as a process, to write lines to."""
    command = [sys.executable, "-c", PROGRAM, "mcp", str(folder / "catalogue"), *options]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        preexec_fn=heeds_ctrl_c,
    ) as process:
        end = Timer(PATIENCE, process.kill)
        end.start()
        try:
            yield process
        finally:
            end.cancel()
            process.kill()


def written(process: subprocess.Popen[bytes], message: object) -> None:
    """Write a message, or bytes as they are, as a line."""
    assert process.stdin
    line = message if isinstance(message, bytes) else json.dumps(message).encode()
    process.stdin.write(line + b"\n")
    process.stdin.flush()


def answered(process: subprocess.Popen[bytes], id: object) -> dict[str, Any]:
    """The answer with an id; what comes before it is passed over."""
    assert process.stdout
    for line in process.stdout:
        told: dict[str, Any] = json.loads(line)
        if told.get("id") == id and "method" not in told:
            return told
    raise AssertionError(f"the server ended without an answer to {id}")
