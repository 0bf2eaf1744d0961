"""What is said to a LanguageTool server: HTTP on a few connections that stay open, with a deadline for each answer.

The wire format is LanguageTool's HTTP API, version 2. Nothing of GPL is needed for it: language-tool-python opens a new
connection for each check, has no `data`, and leaves out fields.
"""

from __future__ import annotations

import http.client
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, LifoQueue
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from cannedkit.model.errors import EngineError

MAX_ANSWER = 64 * 1024 * 1024
"""Bytes of an answer that are read: a draft of 100,000 characters with an error in every word has a tenth of that."""

_STALE = (BrokenPipeError, ConnectionResetError, ConnectionAbortedError, http.client.RemoteDisconnected)
"""What a connection raises that the server closed while it was idle."""

_NOT_SERVED = "is not a language code known"

Answer = TypeVar("Answer")


class ServerGoneError(EngineError):
    """Nothing answers at the address, or it hung up: a server that was ours can be started again."""


@dataclass(frozen=True, slots=True)
class Match:
    """One match as the server gives it, in code points. `unknown`: the rule is a speller, the word in no dictionary.

    `kind` is the type of issue by W3C's ITS 2.0: misspelling, grammar, style …
    """

    start: int
    end: int
    rule: str
    category: str
    kind: str
    message: str
    fixes: tuple[str, ...]
    unknown: bool


@dataclass(slots=True)
class _Line:
    """A connection that is kept, and the process it belongs to: a fork must not write into its parent's."""

    process: int
    connection: http.client.HTTPConnection

    def __del__(self) -> None:
        self.connection.close()


def _lines(most: int) -> LifoQueue[_Line | None]:
    """As many places for connections as the server gets clients; None is one that is not open yet."""
    places: LifoQueue[_Line | None] = LifoQueue()
    for _ in range(most):
        places.put(None)
    return places


@dataclass(frozen=True)
class Client:
    """A client of the server at `url` (scheme, host and port, maybe a folder; without `/v2`). Any thread may use it.

    It opens at most as many connections as there are processors: more clients than that make the server slower.
    """

    url: str
    _places: LifoQueue[_Line | None] = field(
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
        answer = self._answer("POST", "/v2/check", seconds, urlencode(form))
        try:
            if answer.get("warnings", {}).get("incompleteResults"):
                raise EngineError(f"languagetool at {self.url} stopped half way: the text takes it too long; split it")
            point = code_points(text)
            return [_match(match, point) for match in answer["matches"]]
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise EngineError(
                f"languagetool at {self.url} answered in a form that is not LanguageTool's ({error!r}): "
                "is another program running there?"
            ) from None

    def codes(self, seconds: float) -> tuple[str, ...]:
        """The language codes that the server serves (`en`, `en-GB`), sorted. Raises EngineError."""
        answer = self._answer("GET", "/v2/languages", seconds)
        try:
            return tuple(sorted({one[key] for one in answer for key in ("code", "longCode")}))
        except (KeyError, TypeError) as error:
            raise EngineError(
                f"languagetool at {self.url} lists no languages ({error!r}): is it LanguageTool?"
            ) from None

    def version(self, seconds: float) -> str:
        """The version that the server says it has. Raises EngineError."""
        answer = self._answer("GET", "/v2/info", seconds)
        try:
            return str(answer["software"]["version"])
        except (KeyError, TypeError) as error:
            raise EngineError(f"languagetool at {self.url} has no version ({error!r}): is it LanguageTool?") from None

    # -- one question, one answer --

    def _answer(self, method: str, path: str, seconds: float, body: str = "") -> Any:
        """The JSON that the server answers, within `seconds`, waiting for a free connection included."""
        until = time.monotonic() + seconds
        try:
            line = self._places.get(timeout=seconds)
        except Empty:
            raise EngineError(self._slow(seconds)) from None
        try:
            line, status, content = self._exchange(line, method, path, body, until)
        except TimeoutError:
            line = None
            raise EngineError(self._slow(seconds)) from None
        except http.client.HTTPException as error:
            line = None
            if isinstance(error, http.client.IncompleteRead | http.client.RemoteDisconnected):
                raise ServerGoneError(f"languagetool at {self.url} hung up before its answer was whole") from None
            raise EngineError(f"what answers at {self.url} is no LanguageTool server: {error!r}") from None
        except OSError as error:
            line = None
            reason = error.strerror or str(error) or type(error).__name__
            raise ServerGoneError(f"languagetool at {self.url} cannot be reached ({reason}): is it running?") from None
        finally:
            self._places.put(line)
        if status != http.client.OK:
            raise EngineError(self._refused(status, content))
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            shown = content[:60].decode("utf-8", "replace")
            raise EngineError(f"what answers at {self.url} is no LanguageTool server: it says {shown!r}") from None

    def _exchange(
        self, line: _Line | None, method: str, path: str, body: str, until: float
    ) -> tuple[_Line | None, int, bytes]:
        """The connection if it stays open, the status, the content. One that had been closed is opened again, once."""
        if line and line.process == os.getpid():
            try:
                return self._spoken(line, method, path, body, until)
            except _STALE:
                line.connection.close()
        return self._spoken(_Line(os.getpid(), _connection(self.url)), method, path, body, until)

    def _spoken(self, line: _Line, method: str, path: str, body: str, until: float) -> tuple[_Line | None, int, bytes]:
        connection = line.connection
        try:
            if connection.sock is None:
                connection.timeout = _left(until)
                connection.connect()
            socket = connection.sock
            socket.settimeout(_left(until))
            headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            connection.request(method, urlsplit(self.url).path + path, body or None, headers)
            response = connection.getresponse()
            content = bytearray()
            while part := response.read1(65_536):
                content += part
                socket.settimeout(_left(until))
                if len(content) > MAX_ANSWER:
                    raise http.client.HTTPException(f"an answer of over {MAX_ANSWER:,} bytes")
            if response.length:
                raise http.client.IncompleteRead(bytes(content), response.length)
            response.close()
        except BaseException:
            connection.close()
            raise
        return (None if response.will_close else line), response.status, bytes(content)

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


def _left(until: float) -> float:
    """The seconds that are left. Raises TimeoutError where there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _connection(url: str) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.hostname or "", parts.port)


def _annotation(text: str, hidden: Sequence[tuple[int, int]]) -> list[Mapping[str, str]]:
    """The text in LanguageTool's `annotation` form: stretches to read and stretches to pass over."""
    parts: list[Mapping[str, str]] = []
    at = 0
    for start, end in hidden:
        parts += [{"text": text[at:start]}, {"markup": text[start:end]}]
        at = end
    return [part for part in [*parts, {"text": text[at:]}] if part != {"text": ""}] or [{"text": ""}]


def _match(match: Mapping[str, Any], point: Sequence[int]) -> Match:
    rule = match["rule"]
    start, length = match["offset"], match["length"]
    if start < 0 or length < 0:
        raise IndexError(f"offset {start}, length {length}")
    return Match(
        point[start],
        point[start + length - 1] + 1 if length else point[start],
        str(rule["id"]),
        str(rule["category"]["id"]),
        str(rule.get("issueType", "uncategorized")),
        str(match["message"]),
        tuple(str(one["value"]) for one in match["replacements"]),
        match.get("type", {}).get("typeName") == "UnknownWord",
    )


# -- UTF-16 ---------------------------------------------------------------------------------------


def code_points(text: str) -> Sequence[int]:
    """For each offset in UTF-16 units, from 0 to the end of `text` included, the same place in code points.

    Both halves of a character beyond U+FFFF are at that character.
    """
    if text.isascii() or max(text) <= "\uffff":
        return range(len(text) + 1)
    places = [at for at, character in enumerate(text) for _ in range(1 + (character > "\uffff"))]
    return [*places, len(text)]
