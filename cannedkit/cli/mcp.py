"""`cannedkit mcp`: the catalogue and its rules for programs that speak the Model Context Protocol."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import click

from cannedkit.cli.shared import no_engines_option, open_kit, tell, time_limit_option, trust_option
from cannedkit.model.errors import CannedkitError
from cannedkit.pattern.budget import DRAFT


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
@click.option(
    "--http",
    type=click.IntRange(0, 65_535),
    metavar="PORT",
    help="Serve over HTTP on 127.0.0.1 instead of standard input and output; 0 takes a port that is free.",
)
@no_engines_option
@trust_option
@time_limit_option
def mcp(folder: Path, http: int | None, no_engines: bool, trust: tuple[str, ...], time_limit: float | None) -> None:
    """Serve the catalogue of FOLDER, and its rules, to a client of the Model Context Protocol."""
    if find_spec("mcp") is None:
        raise CannedkitError("the server needs the protocol's own package: pip install 'cannedkit[mcp]'")
    from cannedkit.cli.draftfile import standard_input
    from cannedkit.servers.mcp import server
    from cannedkit.wire.jsonl import MAX_THREADS

    at = None if http is None else server.listening(http)
    kit = open_kit(folder, no_engines, forgiving=True, trust=trust)
    for fault in kit.refused:
        tell(str(fault))
    server.told_visibly()
    try:
        with ThreadPoolExecutor(MAX_THREADS) as pool:
            pool.submit(kit.linter)  # the first call need not wait for all that is read once
            built = server.build(kit, pool, time_limit or DRAFT)
            if at is None:
                server.serve_stdio(built, standard_input())
            else:
                tell(f"serving http://{server.HOST}:{at.getsockname()[1]}{server.PATH}; Ctrl-C ends it")
                server.serve_http(built, at)
        kit.remember()
    except KeyboardInterrupt:
        os._exit(0)  # at once: a thread still waits for a line, and Python would wait for the thread
