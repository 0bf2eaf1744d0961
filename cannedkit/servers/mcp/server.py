"""One kit served by the SDK, on standard input and output or over HTTP on this machine alone."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from functools import partial
from traceback import extract_tb
from typing import IO, TYPE_CHECKING, Any, TypeVar

import anyio
import anyio.to_thread
import mcp.types as protocol
from mcp import MCPError
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings

from cannedkit.model.errors import EXHAUSTED, VERSION, CannedkitError, InputError, exhausted
from cannedkit.pattern.budget import spending
from cannedkit.servers.mcp import prompts, resources
from cannedkit.servers.mcp.tools import TOOLS, Tool, call
from cannedkit.text.nearest import nearest, shown
from cannedkit.text.visible import plain_json, visible
from cannedkit.wire.jsonl import batches

if TYPE_CHECKING:
    from cannedkit.kit import Kit

HOST = "127.0.0.1"
PATH = "/mcp"

MAX_MESSAGE = 10_000_000
"""Bytes of a message; our own choice: what is over the limits of a tool is told, what is over this is not read."""

MAX_SESSIONS = 100
"""Clients at a time over HTTP; our own choice: each is a program on this machine."""

MAX_COMPLETED = 100
"""Values that a completion tells; the protocol allows no more."""

INSTRUCTIONS = (
    "Prewritten, approved replies to customers, and a check for drafts. Find a reply with search_replies, fill it with "
    "fill_reply and send that. Read style_guide before you write a draft of your own, check it with check_draft, and "
    "hold what was changed of a reply against it with compare_draft."
)

Said = TypeVar("Said")


def build(kit: Kit, pool: Executor, time_limit: float) -> Server[Any]:
    """The server of a kit. Each call runs on a thread of the pool, `time_limit` is that of a draft in `lint --jsonl`.

    What a caller can mend comes back as a tool's error with the reason; names that are not there, of tools, prompts
    and resources, as an error of the protocol.
    """

    async def work(do: Callable[..., Said], *args: Any) -> Said:
        return await asyncio.get_running_loop().run_in_executor(pool, partial(_within, time_limit, do, *args))

    async def list_tools(context: Any, params: Any) -> protocol.ListToolsResult:
        return protocol.ListToolsResult(tools=[_tool(name, tool) for name, tool in TOOLS.items()])

    async def call_tool(context: Any, params: protocol.CallToolRequestParams) -> protocol.CallToolResult:
        if params.name not in TOOLS:
            raise _unknown(f"there is no tool {shown(params.name)}{nearest(params.name, TOOLS)}")
        try:
            answer = await work(call, kit, TOOLS[params.name], params.arguments or {})
        except CannedkitError as error:
            return protocol.CallToolResult(content=[_text(visible(str(error), lines=True))], is_error=True)
        return protocol.CallToolResult(content=[_text(_json(answer))], structured_content=answer)

    async def list_resources(context: Any, params: Any) -> protocol.ListResourcesResult:
        found = await _asked(work(resources.entries, kit))
        start = _cursor(params, len(found))
        rest = start + resources.PAGE
        return protocol.ListResourcesResult(
            resources=[_resource(one) for one in found[start:rest]],
            next_cursor=f"{rest}" if rest < len(found) else None,
        )

    async def list_templates(context: Any, params: Any) -> protocol.ListResourceTemplatesResult:
        return protocol.ListResourceTemplatesResult(
            resource_templates=[
                _template(f"{resources.RESPONSES}{{+id}}", "response", "A prewritten reply by its id"),
                _template(f"{resources.RULES}{{id}}", "rule", "A rule by its id"),
            ]
        )

    async def read_resource(context: Any, params: protocol.ReadResourceRequestParams) -> protocol.ReadResourceResult:
        text = await _asked(work(resources.read, kit, params.uri), uri=params.uri)
        contents = protocol.TextResourceContents(uri=params.uri, mime_type="application/json", text=text)
        return protocol.ReadResourceResult(contents=[contents])

    async def list_prompts(context: Any, params: Any) -> protocol.ListPromptsResult:
        return protocol.ListPromptsResult(prompts=[_prompt(name, one) for name, one in prompts.PROMPTS.items()])

    async def get_prompt(context: Any, params: protocol.GetPromptRequestParams) -> protocol.GetPromptResult:
        text = await _asked(work(prompts.message, kit, params.name, params.arguments or {}))
        message = protocol.PromptMessage(role="user", content=_text(text))
        return protocol.GetPromptResult(description=prompts.PROMPTS[params.name].description, messages=[message])

    async def complete(context: Any, params: protocol.CompleteRequestParams) -> protocol.CompleteResult:
        found = await _asked(work(_completed, kit, params.argument.name, params.argument.value, params.ref))
        values = found[:MAX_COMPLETED]
        completion = protocol.Completion(values=values, total=len(found), has_more=len(found) > len(values))
        return protocol.CompleteResult(completion=completion)

    return Server(
        "cannedkit",
        version=VERSION,
        instructions=INSTRUCTIONS,
        get_tool_input_schema=lambda name: TOOLS[name].asks if name in TOOLS else None,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
        on_completion=complete,
    )


def _within(time_limit: float, do: Callable[..., Said], *args: Any) -> Said:
    """What a function says, within the time of a draft. Raises InputError where that takes more than there is."""
    try:
        with spending(time_limit):
            return do(*args)
    except EXHAUSTED as error:
        raise InputError(f"what was asked {exhausted(error)}") from None


async def _asked(answer: Any, **data: str) -> Any:
    """The answer to what is no tool. Raises MCPError for what a caller can mend."""
    try:
        return await answer
    except CannedkitError as error:
        raise _unknown(str(error), **data) from None


def _unknown(reason: str, **data: str) -> MCPError:
    return MCPError(protocol.INVALID_PARAMS, visible(reason, lines=True), data or None)


def _cursor(params: Any, most: int) -> int:
    """Where a page of a list begins. Raises MCPError for a cursor that no list gave."""
    said = getattr(params, "cursor", None)
    if not said:
        return 0
    if not (said.isascii() and said.isdigit() and len(said) < 10 and int(said) < most):
        raise _unknown(f"unknown cursor {shown(said)}")
    return int(said)


def _completed(kit: Kit, name: str, typed: str, ref: object) -> list[str]:
    """What an argument of a prompt or of an address may be, given how it begins."""
    names: dict[str, Callable[[], Any]] = {
        "id": lambda: [one.name for one in resources.entries(kit) if one.uri.startswith(_start(ref))],
        "locale": lambda: kit.settings.locales,
        "channel": lambda: kit.settings.channels,
        "mood": lambda: ("neutral", "upset", "pleased"),
    }
    return [one for one in names.get(name, tuple)() if one.startswith(typed)]


def _start(ref: object) -> str:
    return str(getattr(ref, "uri", "")).partition("{")[0] or "nowhere"


# -- what the SDK is told ----------------------------------------------------------------------


def _text(text: str) -> protocol.TextContent:
    return protocol.TextContent(type="text", text=text)


def _json(fields: dict[str, Any]) -> str:
    return plain_json(json.dumps(fields, ensure_ascii=False))


def _tool(name: str, tool: Tool) -> protocol.Tool:
    return protocol.Tool(
        name=name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.asks,
        output_schema=dict(tool.form),
        annotations=protocol.ToolAnnotations(
            title=tool.title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )


def _resource(one: resources.Entry) -> protocol.Resource:
    return protocol.Resource(
        uri=one.uri,
        name=one.name,
        title=one.title or None,
        description=one.description or None,
        mime_type="application/json",
    )


def _template(uri: str, name: str, title: str) -> protocol.ResourceTemplate:
    return protocol.ResourceTemplate(uri_template=uri, name=name, title=title, mime_type="application/json")


def _prompt(name: str, one: prompts.Prompt) -> protocol.Prompt:
    return protocol.Prompt(
        name=name,
        title=one.title,
        description=one.description,
        arguments=[
            protocol.PromptArgument(name=key, description=said, required=key in one.needs)
            for key, said in one.takes.items()
        ],
    )


# -- the two ways to it ------------------------------------------------------------------------


def serve_stdio(server: Server[Any], stream: IO[bytes]) -> None:
    """Serve one client on a stream and standard output, until the stream ends."""
    anyio.run(_stdio, server, stream)


async def _stdio(server: Server[Any], stream: IO[bytes]) -> None:
    lines: Any = _lines(stream)
    async with stdio_server(stdin=lines) as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


async def _lines(stream: IO[bytes]) -> AsyncIterator[str]:
    """The lines of a stream as they come. What is over `MAX_MESSAGE` bytes is cut, and no message any more."""
    told = batches(stream, MAX_MESSAGE)
    while (batch := await anyio.to_thread.run_sync(next, told, None, abandon_on_cancel=True)) is not None:
        for line in batch:
            if line.strip():
                yield line.decode("utf-8", "replace")


def listening(port: int) -> socket.socket:
    """A socket on this machine's own address, 0 for any port that is free. Raises CannedkitError, naming the port."""
    one = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # or asyncio lets answers wait 40 ms
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        one.bind((HOST, port))
        one.listen()
    except OSError as error:
        one.close()
        raise CannedkitError(f"port {port} of {HOST} cannot be used: {error.strerror}") from None
    return one


def serve_http(server: Server[Any], at: socket.socket) -> None:
    """Serve clients over streamable HTTP on a socket until the program is told to end.

    What does not name this machine in Host, or comes from a page of another in Origin, is refused: a site that a
    browser on this machine looks at cannot ask anything.
    """
    import uvicorn

    port = at.getsockname()[1]
    names = [f"{name}:{port}" for name in (HOST, "localhost")]
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        max_request_body_size=MAX_MESSAGE,
        max_sessions=MAX_SESSIONS,
        transport_security=TransportSecuritySettings(
            allowed_hosts=names, allowed_origins=[f"http://{name}" for name in names]
        ),
    )
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=2)
    uvicorn.Server(config).run(sockets=[at])


def told_visibly() -> None:
    """What the libraries have to say goes to standard error, a line each, other people's text in it visible."""
    handler = logging.StreamHandler()
    handler.addFilter(_in_a_line)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, format="cannedkit: %(message)s")


def _in_a_line(record: logging.LogRecord) -> bool:
    """Make a record one line without a traceback, which says what was raised and where; it is always told."""
    said = record.getMessage()
    if record.exc_info and (error := record.exc_info[1]):
        at = extract_tb(error.__traceback__)[-1:]
        said += f": {type(error).__name__}{''.join(f' at {one.name}:{one.lineno}' for one in at)}: {error}"
    record.msg, record.args, record.exc_info, record.exc_text = visible(said), (), None, None
    return True
