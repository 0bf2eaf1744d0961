"""`lint --jsonl`: one draft a line in, one answer a line out, in the same order."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import count
from typing import IO, TYPE_CHECKING, Any

from cannedkit.model.draft import Level
from cannedkit.model.errors import EXHAUSTED, CannedkitError, DraftError, exhausted
from cannedkit.pattern.budget import DRAFT, spending
from cannedkit.text.spread import streamed
from cannedkit.text.visible import plain_json
from cannedkit.wire.arguments import absent
from cannedkit.wire.drafts import request
from cannedkit.wire.findings import answer

if TYPE_CHECKING:
    from cannedkit.kit import Kit

MAX_LINE = 1_000_000
"""Bytes that a line may hold; no more of a longer one is kept."""

MAX_THREADS = 4
"""Lines that engines read at a time; our own choice: each thread opens an engine of its own."""

_CHUNK = 65_536
"""Bytes that are read at once: what a pipe holds."""

Answer = tuple[dict[str, Any], Level | None]

Numbered = tuple[bytes, int]
"""A line, and its number in the file."""

Told = tuple[bytes, Level | None, bool]
"""An answer as a line, the highest level found, and whether something is broken: the line, or a check."""


def batches(stream: IO[bytes], most: int = MAX_LINE) -> Iterator[list[bytes]]:
    """The lines of a stream without their ends, as many at a time as have come; waits only where none has.

    Of a line that is too long, no more than its first `most` + 1 bytes are kept.
    """
    read: Callable[[int], bytes] = stream.read1  # type: ignore[attr-defined]  # all buffered streams have it
    rest = b""
    while chunk := read(_CHUNK):
        if len(rest) > most and b"\n" not in chunk:
            continue  # copying what is kept already, a chunk at a time, would take minutes for a line without end
        *lines, rest = (rest + chunk).split(b"\n")
        rest = rest[: most + 1]
        if lines:
            yield [line[: most + 1] for line in lines]
    if rest:
        yield [rest]


def answers(
    kit: Kit,
    batches: Iterable[Sequence[bytes]],
    defaults: Mapping[str, Any] | None = None,
    *,
    explain: bool = False,
    time_limit: float = DRAFT,
    today: date | None = None,
) -> Iterator[Answer]:
    """The answer to each line, and the highest level found (None for nothing), each as soon as it is ready.

    `defaults` are the arguments of `Kit.draft` that hold where a line does not say otherwise.
    An answer is that of `findings.answer` with the line's `id`, or an `error`, where the line is no draft. `explain`
    adds to each finding what its rule says of itself; `time_limit` is the seconds of CPU time that patterns that are
    not ours may take on a draft; `today` is the day for which it is judged.
    Blank lines are passed over. Raises RuleError and EngineError.
    """
    answered = _answering(kit, defaults or {}, explain, time_limit, today)
    threads = _threads(kit)
    with ThreadPoolExecutor(threads) as pool:
        for waiting in _numbered(batches):
            yield from pool.map(answered, waiting) if threads > 1 and len(waiting) > 1 else map(answered, waiting)


def lines(
    kit: Kit,
    batches: Iterable[Sequence[bytes]],
    defaults: Mapping[str, Any] | None = None,
    *,
    explain: bool = False,
    time_limit: float = DRAFT,
    today: date | None = None,
    jobs: int = 1,
) -> Iterator[Told]:
    """What `answers` gives, each as a line; by `jobs` processes, in the same order, where there is more than one.

    However many lines there are, no more of them are held than have come at once.
    """
    if jobs < 2:
        yield from map(_told, answers(kit, batches, defaults, explain=explain, time_limit=time_limit, today=today))
        return

    answered = _answering(kit, defaults or {}, explain, time_limit, today)
    kit.linter().ready()
    with suppress(CannedkitError):
        kit.lint("Read once.", **{key: each for key, each in (defaults or {}).items() if key != "history"})
    yield from streamed(
        lambda numbered: _told(answered(numbered)), _numbered(batches), jobs, lambda numbered: len(numbered[0])
    )


def _numbered(batches: Iterable[Sequence[bytes]]) -> Iterator[list[Numbered]]:
    """The lines of each batch that are not blank, with their numbers, which count the blank ones."""
    numbers = count(1)
    for batch in batches:
        yield [(line, number) for line, number in zip(batch, numbers, strict=False) if line.strip()]


def _answering(
    kit: Kit, defaults: Mapping[str, Any], explain: bool, time_limit: float, today: date | None
) -> Callable[[Numbered], Answer]:
    """What answers a line, with a time limit of its own."""

    def answered(numbered: Numbered) -> Answer:
        with spending(time_limit):
            return _answer(kit, *numbered, defaults, explain, today)

    return answered


def _told(answer: Answer) -> Told:
    made, highest = answer
    return encoded(made), highest, "error" in made or "errors" in made


def _threads(kit: Kit) -> int:
    """How many lines may be read at a time: engines let go of the interpreter's lock, rules do not."""
    return min(os.cpu_count() or 1, MAX_THREADS) if kit.linter().engines else 1


def encoded(answer: dict[str, Any]) -> bytes:
    """An answer as a line of UTF-8; half a character, which UTF-8 cannot hold, is escaped."""
    return plain_json(json.dumps(answer, ensure_ascii=False)).encode() + b"\n"


def _answer(
    kit: Kit, line: bytes, number: int, defaults: Mapping[str, Any], explain: bool, today: date | None
) -> Answer:
    id = None
    try:
        given = _object(line)
        id = given.get("id")
        asked = request({**given, **{key: each for key, each in defaults.items() if absent(given.get(key))}})
        asked = replace(asked, arguments={**asked.arguments, "today": today})
        told, highest = answer(kit, asked, explain=explain)
    except CannedkitError as error:
        return {"id": id, "line": number, "error": str(error)}, None
    except EXHAUSTED as error:
        return {"id": id, "line": number, "error": f"the draft {exhausted(error)}"}, None
    return {"id": id, **told}, highest


# -- one line -----------------------------------------------------------------------------------


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise DraftError(f"a line may hold {MAX_LINE:,} bytes, this one has more")
    try:
        given = json.loads(line.decode("utf-8-sig"), parse_constant=_no_constant, parse_float=_float)
        json.dumps(given)  # what can hardly be read can be too deep to be written
    except UnicodeDecodeError as error:
        raise DraftError(f"not UTF-8: byte {error.start + 1} of the line") from None
    except (RecursionError, ValueError) as error:
        raise DraftError(f"not JSON: {error}") from None
    if not isinstance(given, dict):
        raise DraftError('a line must be an object such as {"id": 1, "text": "…"}')
    return given


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _float(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits[:20]} is too large a number")
    return number
