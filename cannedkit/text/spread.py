"""Much work of one kind, spread over the processors of the machine."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any, TypeVar

from cannedkit.text import pile as many
from cannedkit.text.pile import Pile

Item = TypeVar("Item")
Result = TypeVar("Result")


def processes(items: int, least: int, most: int | None = None) -> int:
    """How many processes some work is spread over: at most one a processor, each with at least `least` items to do.

    `most` goes before the number of processors. One where forks are not to be had, or not safe: beside other threads,
    and in a process that is one of several.
    """
    if items < 2 * least:
        return 1
    import multiprocessing

    alone = threading.active_count() == 1 and multiprocessing.parent_process() is None
    return max(1, min(most or _processors(), items // least)) if alone and hasattr(os, "fork") else 1


def spread(work: Callable[[Item], Result], items: Sequence[Item], least: int, most: int | None = None) -> list[Result]:
    """`work(item)` of each item, in order; by several processes (at most `most`), each with at least `least` to do.

    The processes are forks: `work` need not be pickled, its results must. What a fork raises is raised here.
    """
    return list(piled(work, items, least, most, held=len(items)))


def piled(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    least: int,
    most: int | None = None,
    *,
    held: int | None = None,
) -> Iterator[Result]:
    """As `spread`; all is done when it comes back, and at most so many results of a process are `held` (see `pile`)."""
    held = many.MANY if held is None else held
    count = min(processes(len(items), least), most or len(items))
    if count < 2:
        return iter(Pile(map(work, items), most=held))
    import multiprocessing

    gc.freeze()  # what was made before is no garbage: nobody looks at it in vain, and its memory stays shared
    context = multiprocessing.get_context("fork")
    cuts = [len(items) * number // count for number in range(count + 1)]
    parts = [items[start:end] for start, end in pairwise(cuts)]
    running = []
    for part in parts[1:]:
        pile: Pile[Result] = Pile(most=held)
        if len(part) > held:
            pile.lay_down()
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(sender, work, part, pile), daemon=True)
        process.start()
        sender.close()
        running.append((part, receiver, process, pile))
    piles = [Pile(map(work, parts[0]), most=held)]
    for part, receiver, process, pile in running:
        sent = _received(receiver)
        process.join()
        piles.append(Pile(map(work, part), most=held) if sent is None else pile)
        pile.take(sent or [])
    gc.unfreeze()
    return chain.from_iterable(piles)


PIECE, WAITING = 8, 32_000
"""Items that go to a process at once, and the bytes of more that may wait there: less than a pipe holds, so that who
writes into one need not wait for somebody who waits for him."""


@dataclass(slots=True)
class _Worker:
    """A process that works on what is sent to it; the pieces that were sent and not answered, with their bytes.

    `gone`: it ended, and its work is done here.
    """

    sender: Any
    receiver: Any
    process: Any
    pieces: deque[tuple[list[Any], int]] = field(default_factory=deque)
    gone: bool = False

    def takes(self, size: int) -> bool:
        """Whether a piece of so many bytes may be sent: one may have any size, more only what a pipe holds."""
        return not self.pieces or size + sum(one for _, one in self.pieces) <= WAITING

    def send(self, piece: list[Any], size: int) -> None:
        """Send a piece."""
        self.pieces.append((piece, size))
        with suppress(OSError):  # it has ended: that shows when its answer is read
            if not self.gone:
                self.sender.send(piece)

    def answers(self, work: Callable[[Any], Any]) -> Iterator[Any]:
        """The results of the piece that was sent first."""
        made = None if self.gone else _received(self.receiver)
        piece, _ = self.pieces.popleft()
        self.gone = made is None
        yield from map(work, piece) if made is None else made


def streamed(
    work: Callable[[Item], Result], batches: Iterable[Sequence[Item]], jobs: int, size: Callable[[Item], int]
) -> Iterator[Result]:
    """`work(item)` of each item in order, while they come; by `jobs` processes, where forks are to be had and safe.

    `size` is the bytes of an item. All results of a batch are given before the next batch is asked for. However many
    items there are, no more of them are held than a batch. What a fork fails at is done, and raised, here.
    """
    if jobs < 2 or processes(jobs, 1, most=jobs) < 2:
        yield from (work(item) for batch in batches for item in batch)
        return
    workers = [_forked(work) for _ in range(jobs)]
    try:
        for batch in batches:
            yield from _worked(work, batch, workers, size)
    finally:
        for worker in workers:
            worker.sender.close()
            worker.process.terminate()
            worker.process.join()
        gc.unfreeze()


def _worked(
    work: Callable[[Item], Result], batch: Sequence[Item], workers: Sequence[_Worker], size: Callable[[Item], int]
) -> Iterator[Result]:
    """The results of a batch, in order: pieces go round the workers, and the first that was sent is read first."""
    piece = max(1, min(PIECE, -(-len(batch) // (2 * len(workers)))))
    waiting: deque[_Worker] = deque()
    for number, start in enumerate(range(0, len(batch), piece)):
        part, worker = list(batch[start : start + piece]), workers[number % len(workers)]
        total = sum(map(size, part))
        while not worker.takes(total):
            yield from waiting.popleft().answers(work)
        worker.send(part, total)
        waiting.append(worker)
    while waiting:
        yield from waiting.popleft().answers(work)


def _forked(work: Callable[[Any], Any]) -> _Worker:
    import multiprocessing

    gc.freeze()
    context = multiprocessing.get_context("fork")
    (inbox, sender), (receiver, outbox) = context.Pipe(duplex=False), context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(inbox, outbox, (sender, receiver), work), daemon=True)
    process.start()
    inbox.close()
    outbox.close()
    return _Worker(sender, receiver, process)


def _serve(inbox: Any, outbox: Any, others: Iterable[Any], work: Callable[[Any], Any]) -> None:
    """Answer pieces of work until no more come; `others` are the ends of its pipes that the parent holds."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    for end in others:
        end.close()
    with suppress(Exception):  # no answer is sent: the parent does the piece itself, and meets the error
        while True:
            outbox.send([work(item) for item in inbox.recv()])
    outbox.close()


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _send(sender: Any, work: Callable[[Item], Result], part: Sequence[Item], pile: Pile[Result]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # it ends without a word: the parent has more to say
    with suppress(Exception):  # nothing is sent: the parent does the part itself, and meets the error
        pile.extend(map(work, part))
        sender.send(pile.sent())
    sender.close()


def _received(receiver: Any) -> Any | None:
    """What a fork sent, None if it ended without sending."""
    try:
        return receiver.recv()
    except EOFError:
        return None
