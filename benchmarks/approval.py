"""What approval costs: `python -m benchmarks.approval`.

A generated catalogue of 5,000 replies in two languages on two channels, each text approved. Seconds of CPU of one
thread: they depend on the machine, and are printed, not asserted.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import TypeVar

from benchmarks.drafts import drafts
from cannedkit.catalogue import lock, standing
from cannedkit.kit import Kit

REPLIES, TOPICS = 5_000, 50
WORDS = 30
"""Words of a text beside its values: the average of the starter catalogue."""

Value = TypeVar("Value")

VALUES = {"customer.name": "Christopher", "refund.amount": "$1,249.00"}


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root)
        kit = Kit.load(root)
        _, seconds = timed(lambda: kit.catalogue, best_of=1)
        print(f"{REPLIES:,} replies, 2 locales, 2 channels: {4 * REPLIES:,} texts; loading them {seconds:.1f} s\n")
        _, seconds = timed(lambda: kit.approve(["*"], by="jo@example.org"))
        size = (root / "cannedkit.lock").stat().st_size
        print(f"approve all of them             {seconds:8.2f} s   lock of {size / 1e6:.0f} MB")
        _, seconds = timed(lambda: lock.read(kit.settings))
        print(f"read the lock                   {seconds:8.2f} s")
        held = lock.read(kit.settings)
        found, again = timed(lambda: standing.standings(kit.catalogue, held, kit.settings))
        print(f"hold each text against it       {again:8.2f} s")
        print(f"the whole check                 {seconds + again:8.2f} s")
        assert {one.state for one in found} == {"approved"}  # noqa: S101 - a benchmark of what is wrong says nothing
        _, seconds = timed(lambda: kit.prove("Nothing of the kind."), best_of=1)
        print(f"index for proofs, once          {seconds:8.2f} s\n")
        prove(kit)


def prove(kit: Kit) -> None:
    """Texts that were sent as they were approved, that were changed by a word, and that are no reply at all."""
    sent = [
        kit.reply(f"topic{number % TOPICS}/reply-{number}", VALUES, locale=locale, channel=channel).text
        for number, locale, channel in (
            (7 * each, ("en", "nl")[each % 2], ("chat", "email")[each % 3 > 0]) for each in range(300)
        )
    ]
    assert all(kit.prove(text).proven for text in sent[:50])  # noqa: S101
    edited = [text.replace("Christopher", "Ana").replace(" the ", " that ", 1) + " Bye!" for text in sent]
    print("prove one text             median      p99      max")
    row("as it was approved", kit.prove, sent)
    row("changed by a word or two", kit.prove, edited)
    row("another text of 60 words", kit.prove, islice(drafts(60, 9), 300))


def write(root: Path) -> None:
    """The catalogue."""
    (root / "responses").mkdir(parents=True)
    settings = "engines: {}\npacks: []\nlocale: en\nlocales: [en, nl]\nchannels: {chat: {}, email: {}}\n"
    (root / "cannedkit.yaml").write_text(settings)
    variables = "customer.name: {type: name, fallback: you}\nrefund.amount: {type: money, max_length: 12}\n"
    (root / "responses" / "variables.yaml").write_text(variables)
    texts = drafts(WORDS, 5)
    for topic in range(TOPICS):
        replies = []
        for number in range(topic, REPLIES, TOPICS):
            bodies = "".join(
                f"    {locale}:\n"
                f"      chat: |-\n        {next(texts)}\n        {{{{ refund.amount }}}} for {{{{ customer.name }}}}.\n"
                f"      email: |-\n        Hi {{{{ customer.name }}}},\n        {next(texts)}\n"
                "        {% if refund.amount %}You get {{ refund.amount }}.{% else %}It costs nothing.{% endif %}\n"
                for locale in ("en", "nl")
            )
            replies.append(f"reply-{number}:\n  body:\n{bodies}")
        (root / "responses" / f"topic{topic}.yaml").write_text("".join(replies))


def timed(call: Callable[[], Value], best_of: int = 3) -> tuple[Value, float]:
    """What a call gives, and the seconds of the fastest of some."""
    times = []
    for _ in range(best_of):
        began = time.thread_time()
        found = call()
        times.append(time.thread_time() - began)
    return found, min(times)


def row(name: str, call: Callable[[str], object], texts: Iterable[str]) -> None:
    """One line of a table, in milliseconds."""
    times = []
    for text in texts:
        began = time.thread_time()
        call(text)
        times.append((time.thread_time() - began) * 1e3)
    cuts = statistics.quantiles(times, n=100)
    print(f"  {name:24} {cuts[49]:6.2f}   {cuts[98]:6.2f}   {max(times):6.2f} ms")


if __name__ == "__main__":
    main()
