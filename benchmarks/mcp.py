"""How long a client waits for `check_draft` of `cannedkit mcp`: `python -m benchmarks.mcp [DRAFTS]`.

The SDK's own client calls, one draft after the other, a server that reads the starter catalogue. Times are of this
machine and this minute, from the call to the answer that the client has checked by its form. The first calls are left
out: they wait for rules and engines to be read.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import anyio
from mcp import Client, StdioServerParameters

from benchmarks.drafts import drafts

WORDS = 60
"""Words of a draft: what a chat message and a short e-mail have."""

DRAFTS, FIRST = 500, 20
"""Drafts that are timed, and those before them."""

TOOL = str(Path(sys.executable).with_name("cannedkit"))


def main() -> None:
    """Print a row for each way to the server, with engines and without."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DRAFTS
    print(f"{count:,} drafts of about {WORDS} words, one at a time: median and p95")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([TOOL, "init", folder], check=True, capture_output=True)
        for name, more in (("packs and Harper", []), ("packs only", ["--no-engines"])):
            command = ["mcp", folder, *more]
            _row(
                f"{name}, stdio", _waits(StdioServerParameters(command=TOOL, args=command, env=dict(os.environ)), count)
            )
            with _over_http(command) as address:
                _row(f"{name}, HTTP", _waits(address, count))


def _row(name: str, times: Sequence[float]) -> None:
    cuts = statistics.quantiles(times, n=100)
    print(f"  {name:24} {cuts[49] * 1e3:7.2f} ms {cuts[94] * 1e3:7.2f} ms", flush=True)


def _waits(target: Any, count: int) -> list[float]:
    """Seconds from each call to its answer, without the first ones."""
    return anyio.run(partial(_called, target, list(islice(drafts(WORDS, 6), FIRST + count))))[FIRST:]


async def _called(target: Any, texts: Sequence[str]) -> list[float]:
    times = []
    async with Client(target) as client:
        await client.list_tools()
        for text in texts:
            began = time.perf_counter()
            answer = await client.call_tool("check_draft", {"text": text, "channel": "chat"})
            times.append(time.perf_counter() - began)
            if answer.is_error:
                raise SystemExit(f"the answer is an error: {answer.content}")
    return times


@contextmanager
def _over_http(command: Sequence[str]) -> Iterator[str]:
    with subprocess.Popen([TOOL, *command, "--http", "0"], stderr=subprocess.PIPE, text=True) as process:
        try:
            found = next(filter(None, (re.search(r"http://\S+/mcp", line) for line in process.stderr or ())), None)
            if found is None:
                raise SystemExit("the server does not start")
            yield found[0]
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
