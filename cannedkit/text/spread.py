"""Much work of one kind, spread over the processors of the machine."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def processes(items: int, least: int) -> int:
    """How many processes some work is spread over: at most one a processor, each with at least `least` items to do.

    One where forks are not to be had, or not safe: beside other threads, and in a process that is one of several.
    """
    import multiprocessing

    alone = threading.active_count() == 1 and multiprocessing.parent_process() is None
    return max(1, min(_processors(), items // least)) if alone and hasattr(os, "fork") else 1


def spread(work: Callable[[Item], Result], items: Sequence[Item], least: int, most: int | None = None) -> list[Result]:
    """`work(item)` of each item, in order; by several processes (at most `most`), each with at least `least` to do.

    The processes are forks: `work` need not be pickled, its results must. What a fork raises is raised here.
    """
    import multiprocessing

    count = min(processes(len(items), least), most or len(items))
    if count < 2:
        return [work(item) for item in items]
    context = multiprocessing.get_context("fork")
    cuts = [len(items) * number // count for number in range(count + 1)]
    parts = [items[start:end] for start, end in pairwise(cuts)]
    running = []
    for part in parts[1:]:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(sender, work, part), daemon=True)
        process.start()
        sender.close()
        running.append((part, receiver, process))
    results = [work(item) for item in parts[0]]
    for part, receiver, process in running:
        made = _received(receiver)
        process.join()
        results += [work(item) for item in part] if made is None else made
    return results


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _send(sender: Any, work: Callable[[Item], object], part: Sequence[Item]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # it ends without a word: the parent has more to say
    with suppress(Exception):  # nothing is sent: the parent does the part itself, and meets the error
        sender.send([work(item) for item in part])
    sender.close()


def _received(receiver: Any) -> list[Any] | None:
    """What a fork sent, None if it ended without sending."""
    try:
        made: list[Any] = receiver.recv()
    except EOFError:
        return None
    return made
