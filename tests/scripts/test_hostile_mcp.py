"""Hostile requests for the MCP server: the same each time, of every sort, and what a server may not do is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import hostile_mcp
from scripts.hostile_mcp import SECRET, SORTS, allowed, request

pytestmark = pytest.mark.checkout


def test_requests_are_the_same_each_time() -> None:
    """A number is a request, and no two of the first thousand are many times the same."""
    first = [request(number) for number in range(60)]
    assert [request(number) for number in range(60)] == first
    assert len(set(first)) > 55
    assert all(b"\n" not in line for line in first)


def test_each_sort_is_among_a_few() -> None:
    """Calls of each tool, addresses, prompts and what is no message."""
    lines = b"\n".join(request(number) for number in range(200))
    for method in (
        b"tools/call",
        b"resources/read",
        b"prompts/get",
        b"completion/complete",
        *map(str.encode, hostile_mcp.TOOLS),
    ):
        assert method in lines
    assert len(SORTS) == 6


@pytest.mark.parametrize(
    ("line", "may"),
    [
        ("open '{folder}/shop/responses/rooms.yaml'", True),
        ("os.scandir '{folder}/shop/responses'", True),
        ("open '{folder}/shop/../secret.yaml'", False),
        ("open '{folder}/responses/secret.yaml'", False),
        ("open '/etc/passwd'", False),
        ("os.listdir '/'", False),
        ("open b'/etc/passwd'", False),
        ("subprocess.Popen 'ls'", False),
        ("socket.connect <socket>", False),
    ],
)
def test_what_a_server_may_open(tmp_path: Path, line: str, may: bool) -> None:
    """Its catalogue; nothing beside it, no other program, and no connection."""
    assert allowed(line.format(folder=tmp_path), tmp_path) is may


def test_what_goes_wrong_is_seen() -> None:
    """The secret, an error that nobody foresaw, and a traceback are faults; an error with a reason is none."""
    assert hostile_mcp._fault(f'{{"text": "{SECRET}"}}'.encode())
    assert hostile_mcp._fault(b'{"error":{"code":-32603,"message":"Internal server error"}}')
    assert hostile_mcp._fault(b'{"text": "Traceback (most recent call last)"}')
    assert not hostile_mcp._fault(b'{"error":{"code":-32602,"message":"there is no tool"}}')


def test_a_server_that_opens_what_it_may_not_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing were allowed, what the server opens is told, line by line: it is written down."""
    monkeypatch.setattr(hostile_mcp, "allowed", lambda line, folder: False)
    held, _, wrong = hostile_mcp.tried(3)
    assert held == 0
    assert any("rooms.yaml" in line for line in wrong)
