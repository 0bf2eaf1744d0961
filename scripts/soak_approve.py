"""Kill `approve` over and over: `python -m scripts.soak_approve --count 1000`.

A child approves replies one after the other and says so after each; it is killed (SIGKILL) at any moment of its work.
Whatever it had said was done must stand in the lock then, whole, and every line must read.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from cannedkit.catalogue import lock
from cannedkit.kit import Kit

REPLIES = 40
"""Replies of the catalogue: the child goes round them, with another name in each round."""

LONGEST = 0.05
"""Seconds after its first approval within which a child is killed: dozens of approvals."""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=1000, help="how many children to kill")
    options = parser.parse_args()
    for name, figure in run(options.count).items():
        print(f"{name}: {figure}")


def run(count: int) -> Mapping[str, int]:
    """How many children were killed, what they had approved, and how much of that is lost or cannot be read."""
    chance = random.Random(count)  # noqa: S311 - no secret
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "responses").mkdir()
        (root / "cannedkit.yaml").write_text("engines: {}\npacks: []\n")
        (root / "responses/a.yaml").write_text("".join(f"r{number}: Text {number}.\n" for number in range(REPLIES)))
        kit = Kit.load(root)
        _ = kit.catalogue
        done: dict[str, int] = {}
        figures = {"kills": 0, "approved": 0, "lost": 0, "unreadable": 0}
        for number in range(count):
            for id, by in _killed(kit, number * 1_000_000, chance.random() * LONGEST):
                done[id] = by
                figures["approved"] += 1
            figures["kills"] += 1
            held = lock.read(kit.settings)
            figures["unreadable"] += len(held.refused)
            there = {where.id: int(one.by) for where, (one, *_) in held.approvals.items()}
            # the child may have approved one more than it could say
            figures["lost"] += sum(there.get(id, -1) < by for id, by in done.items())
        return figures


def _killed(kit: Kit, start: int, seconds: float) -> list[tuple[str, int]]:
    """What a child said that it had approved, and by whom, until it was killed so many seconds after it began."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        _approve_on(kit, start, writer)
    os.close(writer)
    said = b""
    select.select([reader], [], [], 60)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reader, 65536):
        said += more
    os.close(reader)
    lines = said.decode().split("\n")[:-1]
    return [(id, int(by)) for id, by in (line.split() for line in lines)]


def _approve_on(kit: Kit, start: int, writer: int) -> None:
    """Approve without end, and say each time what is done."""
    for number in range(start, start + 1_000_000):
        id = f"a/r{number % REPLIES}"
        kit.approve([id], by=str(number))
        os.write(writer, f"{id} {number}\n".encode())
    os._exit(0)


if __name__ == "__main__":
    main()
