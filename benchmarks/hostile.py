"""What a text costs that somebody made to cost much: `python -m benchmarks.hostile [--length N]`.

Short units are repeated to a tenth of the length and to all of it, each text in a process of its own. The growth
exponent is 1 where ten times the text takes ten times as long, 2 where it takes a hundred times. `--unit` and `--with`
choose among the units and between packs alone and with Harper. The exit code is 1 where a text costs too much.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from cannedkit.kit import Kit
from cannedkit.model.errors import CheckFailed

LENGTH = 100_000
"""Code points of the longer text: what a draft may hold."""

SECONDS, MEGABYTES = 10.0, 500.0
"""What a text of LENGTH may cost."""

PATIENCE = 60.0
"""Seconds after which a text is given up."""

UNITS = (
    *(" ", "\n", "\t", "\r\n", "\u00a0", " \n", "\n\n ", "a", "A", "1", "é", "ß", "\u0301", "\u200b", "\0"),
    *("a ", "a\n", "A\n", "1 ", "1\n", "a. ", "A. ", "a, ", "a,", "a.", "a.\n\n", "- a\n", "1. a\n", "# a\n", "> a\n"),
    *('"', "'", "’", '" ', "' ", "(", ")", "[", "]", "{", "<", ">", "()", "[]", "[](", "](", "((", "{{ ", "{% ", "%{"),
    *(
        "*",
        "**",
        "_",
        "`",
        "~",
        "* ",
        "_a",
        "**a",
        "`a",
        "|",
        "\\",
        "/",
        "-",
        "- ",
        "--",
        "—",
        "…",
        ".",
        ". ",
        "...",
        "!",
    ),
    *(
        "?",
        "? ",
        "&",
        "&amp;",
        "@",
        "#",
        "$",
        "%",
        "^",
        "=",
        "+",
        ":",
        ";",
        "$1",
        "$1 ",
        "£5.00 ",
        "1,",
        "1.",
        "1-",
        "4 ",
    ),
    *("http://", "http://a.b/ ", "https://example.org/a?b=c ", "a@b.c ", "a@", "www.", "a-", "a'", "a's ", "i ", "I "),
    *("the ", "the the ", "and ", "very ", "not ", "to ", "of ", "you ", "we will ", "their is ", "should of "),
    *("recieve ", "xqzt ", "XQZT ", "Xqzt. ", "an new ", "please ", "sorry ", "unfortunately ", "refund ", "Hi Sam, "),
    *("we will refund you $5 by Friday ", "We will refund you $5 by Friday. ", "It is bigger then ours. "),
    *("Your order 123-456-789 is late. ", "07700 900123 ", "4111 1111 1111 1111 ", "GB82WEST12345698765432 "),
    *("😀", "😀 ", "👩‍👩‍👧", "สวัสดี", "ภาษาไทย ", "你好", "你好。", "ありがとう。", "مرحبا ", "שלום ", "नमस्ते "),
    *(
        "a😀",
        "1a",
        "aA",
        "a1 ",
        "é ",
        "a\u0301",
        "e.g. ",
        "U.S. ",
        "Mr. ",
        "1st ",
        "10:00 ",
        "2026-01-01 ",
        "wasn't ",
        "<b>a",
    ),
)
"""Repeated, each is a text that nobody writes and anybody can send."""


@dataclass(frozen=True)
class Cost:
    """Seconds and peak megabytes of one lint, how many findings it made, and what was not read."""

    seconds: float
    megabytes: float
    findings: int
    failed: tuple[str, ...]


def main() -> int:
    """Print what each unit costs, the dearest last; the number of tables with a unit that costs more than it may."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--length", type=int, default=LENGTH)
    asked.add_argument("--with", dest="engines", choices=("packs", "harper"), action="append")
    asked.add_argument("--unit", action="append")
    given = asked.parse_args()
    over = [_table(given.unit or UNITS, engine, given.length) for engine in given.engines or ("packs", "harper")]
    return 1 if any(over) else 0


def _table(units: Sequence[str], engine: str, length: int) -> int:
    """Print the costs with packs alone, or with Harper besides; how many units cost too much."""
    print(f"{engine}: seconds at {length // 10:,} and {length:,} characters, growth, MB, findings, what was not read")
    with tempfile.TemporaryDirectory() as folder:
        kit = Kit.load(folder, with_engines=engine == "harper")
        kit.lint("Hello, I've sent it today.")
        rows = [(unit, cost(kit, unit, length // 10), cost(kit, unit, length)) for unit in units]
    rows.sort(key=lambda row: row[2].seconds)
    for unit, short, long in rows:
        growth = math.log10(max(long.seconds, 1e-3) / max(short.seconds, 1e-3))
        figures = f"{short.seconds:8.2f} {long.seconds:8.2f} {growth:6.2f} {long.megabytes:6.0f} {long.findings:7}"
        print(f"  {unit!r:38} {figures}  {'; '.join(long.failed)}", flush=True)
    over = sum(long.seconds > SECONDS or long.megabytes > MEGABYTES for _, _, long in rows)
    print(f"  {over} of {len(rows)} over {SECONDS:.0f} s or {MEGABYTES:.0f} MB\n")
    return over


def cost(kit: Kit, unit: str, length: int) -> Cost:
    """What a text of a repeated unit costs in a process of its own, which is ended after PATIENCE seconds."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_lint, args=(kit, unit, length, theirs))
    child.start()
    theirs.close()
    try:
        found: Cost = ours.recv() if ours.poll(PATIENCE) else Cost(PATIENCE, 0, 0, ("not done",))
    except EOFError:
        found = Cost(PATIENCE, 0, 0, ("died",))
    child.kill()
    child.join()
    return found


def _lint(kit: Kit, unit: str, length: int, answer: Connection) -> None:
    began = time.process_time()
    failed: tuple[str, ...] = ()
    try:
        findings = len(kit.lint((unit * length)[:length]))
    except CheckFailed as error:
        findings = len(error.findings)
        failed = tuple(f"{failure.rule}: {failure.reason}" for failure in error.errors)
    seconds = time.process_time() - began
    answer.send(Cost(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, findings, failed))


if __name__ == "__main__":
    raise SystemExit(main())
