"""Much work of one kind, spread over the processors of the machine."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def spread(work: Callable[[Item], Result], items: Sequence[Item], least: int) -> list[Result]:
    """`work(item)` of each item, in order; by several processes where each has at least `least` items to do.

    The processes are forks: `work` need not be pickled, its results must. What a fork raises is raised here.
    """
    import multiprocessing

    count = min(_processors(), len(items) // least)
    alone = threading.active_count() == 1 and multiprocessing.parent_process() is None
    if count < 2 or not alone or not hasattr(os, "fork"):
        return [work(item) for item in items]
    context = multiprocessing.get_context("fork")
    cuts = [len(items) * number // count for number in range(count + 1)]
    parts = [items[start:end] for start, end in pairwise(cuts)]
    running = []
    for part in parts[1:]:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(sender, work, part))
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
