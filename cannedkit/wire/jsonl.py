"""`lint --jsonl`: one draft a line in, one answer a line out, in the same order."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from cannedkit.model.draft import MOODS, Draft, Level
from cannedkit.model.errors import CannedkitError, DraftError
from cannedkit.wire.findings import fields

if TYPE_CHECKING:
    from cannedkit.kit import Kit

_WAITING = 512
"""Answers that may wait for one before them."""

_TEXTS = ("locale", "channel", "mood")


def answers(
    kit: Kit, lines: Iterable[bytes], note: Callable[[str], object]
) -> Iterator[tuple[dict[str, Any], Level | None]]:
    """The answer to each line, and the highest level found (None for nothing).

    An answer holds `findings`, `errors` where a check failed, or `error` where the line is no draft; and `locale`
    where the draft had none and its words say that it is not in that of the settings. Blank lines are passed over.
    `note` is told of a mood that is not known. Raises RuleError and EngineError.
    """
    kit.linter()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        waiting: deque[Future[tuple[dict[str, Any], Level | None]]] = deque()
        for number, line in enumerate(lines, start=1):
            if line.strip():
                waiting.append(pool.submit(_answer, kit, line, number, note))
            if len(waiting) >= _WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _answer(kit: Kit, line: bytes, number: int, note: Callable[[str], object]) -> tuple[dict[str, Any], Level | None]:
    id = None
    try:
        given = _object(line)
        id = given.get("id")
        draft = _draft(kit, given, number, note)
        findings, failures = kit.linter(draft.locale).results(draft)
    except CannedkitError as error:
        return {"id": id, "line": number, "error": str(error)}, None
    answer: dict[str, Any] = {"id": id, "findings": [fields(finding) for finding in findings]}
    if not given.get("locale") and draft.locale != kit.settings.locale:
        answer["locale"] = draft.locale
    if failures:
        answer["errors"] = [{"rule": failure.rule, "reason": failure.reason} for failure in failures]
    return answer, max((finding.level for finding in findings), default=None)


def _object(line: bytes) -> dict[str, Any]:
    try:
        given = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DraftError(f"not UTF-8: byte {error.start + 1} of the line") from None
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise DraftError(f"not JSON: {error}") from None
    if not isinstance(given, dict):
        raise DraftError('a line must be an object such as {"id": 1, "text": "…"}')
    return given


def _draft(kit: Kit, given: dict[str, Any], number: int, note: Callable[[str], object]) -> Draft:
    if not isinstance(given.get("text"), str):
        raise DraftError("`text` must be a text")
    for key in _TEXTS:
        if not isinstance(given.get(key, ""), str | None):
            raise DraftError(f"`{key}` must be a text")
    mood = given.get("mood") or "neutral"
    if mood not in MOODS:
        note(f"line {number}: unknown mood {mood!r} is taken as neutral")
        mood = "neutral"
    return kit.draft(
        given["text"],
        locale=given.get("locale"),
        channel=given.get("channel"),
        mood=mood,
        known=_known(given.get("known") or []),
        history=_history(given.get("history") or []),
    )


def _known(known: Any) -> list[str]:
    if not isinstance(known, list) or not all(isinstance(fact, str) for fact in known):
        raise DraftError("`known` must be a list of texts")
    return known


def _history(history: Any) -> list[dict[str, str]]:
    turns: list[Any] = history if isinstance(history, list) else [None]
    for turn in turns:
        if (
            not isinstance(turn, dict)
            or turn.get("by") not in ("agent", "customer")
            or not isinstance(turn.get("text"), str)
        ):
            raise DraftError('`history` must be a list of {"by": "agent" or "customer", "text": "…"}')
    return turns
