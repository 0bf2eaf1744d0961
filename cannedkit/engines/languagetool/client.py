"""What is said to a LanguageTool server: HTTP on a few connections that stay open, with a deadline for each answer.

The wire format is LanguageTool's HTTP API, version 2. Nothing of GPL is needed for it: language-tool-python opens a new
connection for each check, has no `data`, and leaves out fields.
"""

from __future__ import annotations

import http.client
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, LifoQueue
from typing import Any, TypeVar
from urllib.parse import urlencode

from cannedkit.engines.languagetool import answer
from cannedkit.engines.languagetool.answer import Match
from cannedkit.engines.languagetool.connection import Answered, Asked, Line, opened
from cannedkit.model.errors import EngineError

_STALE = (BrokenPipeError, ConnectionResetError, ConnectionAbortedError, http.client.RemoteDisconnected)
"""What a connection raises that the server closed while it was idle."""

_NOT_SERVED = "is not a language code known"

Told = TypeVar("Told")


class ServerGoneError(EngineError):
    """Nothing answers at the address, or it hung up: a server that was ours can be started again."""


def _lines(most: int) -> LifoQueue[Line | None]:
    """As many places for connections as the server gets clients; None is one that is not open yet."""
    places: LifoQueue[Line | None] = LifoQueue()
    for _ in range(most):
        places.put(None)
    return places


@dataclass(frozen=True)
class Client:
    """A client of the server at `url` (scheme, host and port, maybe a folder; without `/v2`). Any thread may use it.

    It opens at most as many connections as there are processors: more clients than that make the server slower.
    """

    url: str
    _places: LifoQueue[Line | None] = field(
        default_factory=partial(_lines, os.cpu_count() or 1), repr=False, compare=False
    )

    def check(
        self,
        text: str,
        language: str,
        seconds: float,
        hidden: Sequence[tuple[int, int]] = (),
        disabled: Sequence[str] = (),
    ) -> list[Match]:
        """What the server finds in `text`; `seconds` is the deadline for the whole answer.

        `hidden` are stretches (code points, sorted) that the server takes for markup: it reads the text as if they
        were not there, and counts them. `disabled` are ids of rules that shall not run. Raises EngineError.
        """
        form = {"language": language, "data": json.dumps({"annotation": _annotation(text, hidden)})}
        if disabled:
            form["disabledRules"] = ",".join(disabled)
        answered = self._answer("POST", "/v2/check", seconds, urlencode(form))
        if self._formed(answer.is_incomplete, answered):
            raise EngineError(f"languagetool at {self.url} stopped half way: the text takes it too long; split it")
        return self._formed(partial(answer.matches, text=text, language=language), answered)

    def codes(self, seconds: float) -> tuple[str, ...]:
        """The language codes that the server serves (`en`, `en-GB`), sorted. Raises EngineError."""
        return self._formed(answer.codes, self._answer("GET", "/v2/languages", seconds))

    def version(self, seconds: float) -> str:
        """The version that the server says it has. Raises EngineError."""
        return self._formed(answer.version, self._answer("GET", "/v2/info", seconds))

    # -- one question, one answer --

    def _formed(self, read: Callable[[Any], Told], answered: Any) -> Told:
        """What is read from an answer. Raises EngineError where it is not in LanguageTool's form."""
        try:
            return read(answered)
        except answer.FormError as error:
            raise EngineError(
                f"languagetool at {self.url} answered in a form that is not LanguageTool's ({error}): "
                "is another program running there?"
            ) from None

    def _answer(self, method: str, path: str, seconds: float, body: str = "") -> Any:
        """The JSON that the server answers, within `seconds`, waiting for a free connection included."""
        until = time.monotonic() + seconds
        try:
            line = self._places.get(timeout=seconds)
        except Empty:
            raise EngineError(self._slow(seconds)) from None
        kept = None
        try:
            kept, answered = self._exchange(line, Asked(method, path, body, until))
        except TimeoutError:
            raise EngineError(self._slow(seconds)) from None
        except http.client.HTTPException as error:
            if isinstance(error, http.client.IncompleteRead | http.client.RemoteDisconnected):
                raise ServerGoneError(f"languagetool at {self.url} hung up before its answer was whole") from None
            raise EngineError(f"what answers at {self.url} is no LanguageTool server: {error!r}") from None
        except OSError as error:
            reason = error.strerror or str(error) or type(error).__name__
            raise ServerGoneError(f"languagetool at {self.url} cannot be reached ({reason}): is it running?") from None
        finally:
            self._places.put(kept)
        if answered.status != http.client.OK:
            raise EngineError(self._refused(answered.status, answered.content))
        try:
            return answer.read(answered.content)
        except ValueError:
            shown = answered.content[:60].decode("utf-8", "replace")
            raise EngineError(f"what answers at {self.url} is no LanguageTool server: it says {shown!r}") from None

    def _exchange(self, line: Line | None, asked: Asked) -> tuple[Line | None, Answered]:
        """The connection if it stays open, and the answer. One that had been closed is opened again, once."""
        answered = None
        if line and line.process == os.getpid():
            with suppress(*_STALE):
                answered = line.ask(asked)
        if line is None or answered is None:
            line = opened(self.url, asked.until)
            answered = line.ask(asked)
        return (line if answered.stays else None), answered

    # -- what to say when it fails --

    def _slow(self, seconds: float) -> str:
        return (
            f"languagetool at {self.url} did not answer within {seconds:.1f} s: it is overloaded or hangs; "
            "see `cannedkit languagetool status`"
        )

    def _refused(self, status: int, content: bytes) -> str:
        said = " ".join(content[:2_000].decode("utf-8", "replace").split())
        if _NOT_SERVED in said:
            language = said.partition("'")[2].partition("'")[0]
            served = said.partition("Supported language codes are: ")[2].partition(".")[0]
            return (
                f"languagetool at {self.url} does not serve {language}: it serves {served or 'other languages'}. For a "
                f"server of our own: cannedkit languagetool install --language {language.partition('-')[0]}"
            )
        return f"languagetool at {self.url} refused the text with status {status}: {said[:200] or 'no reason given'}"


def _annotation(text: str, hidden: Sequence[tuple[int, int]]) -> list[Mapping[str, str]]:
    """The text in LanguageTool's `annotation` form: stretches to read and stretches to pass over."""
    parts: list[Mapping[str, str]] = []
    at = 0
    for start, end in hidden:
        parts += [{"text": text[at:start]}, {"markup": text[start:end]}]
        at = end
    return [part for part in [*parts, {"text": text[at:]}] if part != {"text": ""}] or [{"text": ""}]
