"""The page about the MCP server: each set-up starts a server that answers, and its Python prints what it says."""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from cannedkit.servers.mcp.prompts import PROMPTS
from cannedkit.servers.mcp.server import listening
from cannedkit.servers.mcp.tools import TOOLS
from tests.docs.page import ROOT, blocks_of
from tests.servers.mcp.served import PROGRAM, talk

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "mcp.md").read_text()
SHOP = "/home/you/shop"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with a folder of this run in place of the shop's, and `cannedkit` as this checkout has it."""
    home = tmp_path_factory.mktemp("home")
    (home / "bin").mkdir()
    program = home / "bin" / "cannedkit"
    paths = os.pathsep.join(filter(None, sys.path))
    cache = os.environ["XDG_CACHE_HOME"]
    ours = f"PYTHONPATH={shlex.quote(paths)} XDG_CACHE_HOME={cache} exec {sys.executable} -c {shlex.quote(PROGRAM)}"
    program.write_text(f'#!/bin/sh\n{ours} "$@"\n')
    program.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
        subprocess.run(["cannedkit", "init", str(home / "shop")], check=True, capture_output=True)
        with listening(0) as free:
            port = free.getsockname()[1]
        yield (
            PAGE.replace(SHOP, f"{home}/shop").replace("${workspaceFolder}", f"{home}/shop").replace("8123", f"{port}")
        )


def _commands(page: str) -> list[str]:
    return [line.removeprefix("$ ") for block in blocks_of("console", page) for line in block.splitlines()]


def _names(target: Any) -> list[str]:
    async def listed(client: Client) -> list[str]:
        return [one.name for one in (await client.list_tools()).tools]

    return talk(target, listed)


def test_each_client_starts_a_server(page: str) -> None:
    """The command of each set-up, as the client starts it, serves the tools."""
    started = 0
    for block in blocks_of("json", page):
        (servers,) = json.loads(block).values()
        for one in servers.values():
            if "command" in one:
                server = StdioServerParameters(
                    command=one["command"], args=one["args"], env={"PATH": os.environ["PATH"]}
                )
                assert _names(server) == list(TOOLS)
                started += 1
    assert started == 3


def test_the_server_over_http_is_where_the_page_says(page: str) -> None:
    """The command with --http serves the tools at the address of the set-up."""
    (command,) = [line for line in _commands(page) if "--http" in line]
    (address,) = re.findall(r'"url": "(\S+)"', page)
    with subprocess.Popen(shlex.split(command), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            assert process.stderr.readline() == f"cannedkit: serving {address}; Ctrl-C ends it\n"
            assert _names(address) == list(TOOLS)
        finally:
            process.terminate()


def test_every_other_command_is_one() -> None:
    """Each is the extra that there is, or is run by the tests above."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert "mcp" in extras
    assert _commands(PAGE) == [
        "pip install 'cannedkit[mcp]'",
        f"cannedkit init {SHOP}",
        f"cannedkit mcp {SHOP} --http 8123",
    ]


def test_the_python_of_the_page(page: str) -> None:
    """What it prints is what stands there."""
    code = "\n".join(blocks_of("python", page))
    test = doctest.DocTestParser().get_doctest(code, {}, "mcp.md", None, 0)
    result = doctest.DocTestRunner(verbose=False).run(test)
    assert (result.attempted, result.failed) == (11, 0)


def test_the_tables_have_every_tool_and_prompt() -> None:
    """With all that a tool takes, what it needs before the semicolon."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", PAGE, re.MULTILINE))
    assert rows.keys() == TOOLS.keys() | PROMPTS.keys()
    for name, tool in TOOLS.items():
        needs, _, takes = rows[name].rpartition("; ")
        if not tool.needs:
            needs, takes = "", rows[name]
        elif not needs:
            needs, takes = rows[name], ""
        assert re.findall(r"`(\w+)`", needs) == list(tool.needs), name
        assert re.findall(r"`(\w+)`", takes) == [one for one in tool.takes if one not in tool.needs], name
