"""The one door to the API of a helpdesk: what is asked, how long and how much of an answer is waited for, what failed.

The token goes to the host that was typed and nowhere else: a redirect elsewhere is refused, and what others say is
printed without it.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from threading import Timer
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from cannedkit.model.errors import EXHAUSTED, CannedkitError, InputError

if TYPE_CHECKING:
    import httpx

MAX_ANSWER = 50_000_000
"""Bytes of an answer that are read: as many as of a file that comes in."""

SILENCE, WHOLE = 30.0, 120.0
"""Seconds without a byte, and until an answer is whole, after which it is given up; our own choice."""

MOST_TRIES, MOST_WAIT, USUAL_WAIT = 6, 120.0, 10.0
"""How often a question is asked that meets a limit, and the seconds that are waited at most, and where none are told.

Our own choice: limits of Zendesk and Chatwoot are counted by the minute.
"""

BUSY, UNAVAILABLE = 429, 503
MOST_REDIRECTS = 5

_SAID = 200
"""Characters that are quoted of an answer."""

_REASONS: Mapping[int, str] = {
    401: "does not know the token: make a new one there",
    403: "does not allow this to the token: it takes one of somebody who manages replies",
    404: "has nothing there: is --url right?",
}
"""What a status most likely means, and what to do."""


class SiteError(CannedkitError):
    """A system did not do what it was asked; `status` is what it answered, 0 where it did not answer."""

    def __init__(self, message: str, status: int = 0) -> None:
        self.status = status
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Call:
    """A question that changes something; `removes` where it takes away what was there."""

    method: str
    path: str
    body: Any = None
    removes: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True)
class Site:
    """A system at an address. `tell` says that a limit is waited for, `wait` waits some seconds."""

    root: str
    token: str = field(repr=False)
    client: httpx.Client = field(repr=False, compare=False)
    tell: Callable[[str], object] = field(repr=False)
    wait: Callable[[float], object] = field(repr=False)

    def get(self, path: str, **query: str) -> Any:
        """What stands at a path, as JSON. Raises SiteError."""
        return self._asked("GET", path, query)

    def call(self, call: Call) -> Any:
        """What is answered to a call, as JSON; None where there is nothing to say. Raises SiteError."""
        return self._asked(call.method, call.path, {}, call.body)

    def _asked(self, method: str, path: str, query: Mapping[str, str], body: Any = None) -> Any:
        what = f"{method} {self.root}{path}"
        for _ in range(MOST_TRIES):
            answer = self._followed(method, f"{self.root}{path}", query, body, what)
            seconds = _pause(answer)
            if seconds is None:
                return self._read(answer, what)
            if seconds > MOST_WAIT:
                raise SiteError(f"{what}: asks to wait {seconds:,.0f} s", BUSY)
            self.tell(f"{urlsplit(self.root).hostname} has a limit: waiting {seconds:.0f} s as it asks")
            self.wait(seconds)
        raise SiteError(f"{what}: met a limit {MOST_TRIES} times", BUSY)

    def _followed(self, method: str, url: str, query: Mapping[str, str], body: Any, what: str) -> _Answer:
        """The answer, behind redirects within the same host."""
        for _ in range(MOST_REDIRECTS):
            answer = self._once(method, url, query, body, what)
            if answer.status not in (301, 302, 303, 307, 308):
                return answer
            url, query = self._redirected(method, url, answer, what), {}
        raise SiteError(f"{what}: sends from one address to the next without an end")

    def _redirected(self, method: str, url: str, answer: _Answer, what: str) -> str:
        from urllib.parse import urljoin

        there = urljoin(url, answer.headers.get("location", ""))
        if method == "GET" and _origin(there) == _origin(self.root):
            return there
        host = self._clean(there)
        raise SiteError(f"{what}: sends to {host}, where nothing is sent; if that is right, give it as --url")

    def _once(self, method: str, url: str, query: Mapping[str, str], body: Any, what: str) -> _Answer:
        import httpx

        late = Timer(WHOLE, self.client.close)
        late.daemon = True
        late.start()
        try:
            sent = None if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
            with self.client.stream(method, url, params=query or None, content=sent) as answer:
                return _Answer(answer.status_code, answer.headers, self._content(answer, what))
        except httpx.TimeoutException:
            raise SiteError(f"{what}: did not answer within {SILENCE:.0f} s") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, RuntimeError) as error:
            if self.client.is_closed:
                raise SiteError(f"{what}: was not done within {WHOLE:.0f} s") from None
            said = self._clean(str(error)) or type(error).__name__
            raise SiteError(f"{what}: cannot be reached, or hung up: {said}") from None
        finally:
            late.cancel()

    def _content(self, answer: httpx.Response, what: str) -> bytes:
        packed = answer.headers.get("content-encoding", "identity")
        if packed != "identity":
            raise SiteError(f"{what}: answers packed ({self._clean(packed)}), which it was not asked for")
        content = bytearray()
        for part in answer.iter_raw(65_536):
            content += part
            if len(content) > MAX_ANSWER:
                raise SiteError(f"{what}: answers more than the {MAX_ANSWER:,} bytes that are read")
        return bytes(content)

    def _read(self, answer: _Answer, what: str) -> Any:
        if not 200 <= answer.status < 300:
            reason = _REASONS.get(answer.status, "failed: try again later" if answer.status >= 500 else "refuses it")
            told = self._told(answer.content)
            raise SiteError(f"{what}: {answer.status}, {reason}{f'; it says: {told}' if told else ''}", answer.status)
        if not answer.content.strip():
            return None
        try:
            return json.loads(answer.content)
        except (ValueError, *EXHAUSTED):
            shown = self._clean(answer.content.decode("utf-8", "replace"))
            raise SiteError(f"{what}: answers no JSON, is --url right? It says: {shown}") from None

    def _told(self, content: bytes) -> str:
        """What an answer says of a failure: the texts of its JSON, else nothing of a page for browsers."""
        try:
            texts = list(_texts(json.loads(content)))
        except (ValueError, *EXHAUSTED):
            plain = content[: 2 * _SAID].decode("utf-8", "replace").strip()
            texts = [] if plain.startswith("<") else [plain]
        return self._clean(", ".join(dict.fromkeys(filter(None, texts))))

    def _clean(self, text: str) -> str:
        """What others say, on one line and not at length, without the token or the header that shows it."""
        for secret in (self.token, *self.token.split(":"), self.client.headers.get("authorization", "")):
            for part in (secret, secret.rpartition(" ")[2]):
                text = text.replace(part, "[token]") if len(part) > 3 else text
        return " ".join(text.split())[:_SAID]


@contextmanager
def opened(
    root: str,
    token: str,
    headers: Mapping[str, str],
    tell: Callable[[str], object],
    wait: Callable[[float], object] = time.sleep,
) -> Iterator[Site]:
    """The system at an address, until the end. Raises CannedkitError where the extra is not installed."""
    if find_spec("httpx") is None:
        raise CannedkitError("what is sent and fetched needs httpx: pip install 'cannedkit[sync]'")
    import httpx

    if urlsplit(root).scheme == "http" and not _is_here(urlsplit(root).hostname or ""):
        tell(f"{root} is no https: whoever stands between can read the token and change what is sent")
    usual = {"Accept": "application/json", "Accept-Encoding": "identity", "Content-Type": "application/json"}
    with httpx.Client(
        headers={**usual, "User-Agent": "cannedkit", **headers},
        timeout=SILENCE,
        follow_redirects=False,
        trust_env=not _is_here(urlsplit(root).hostname or ""),
    ) as client:
        yield Site(root, token, client, tell, wait)


def token_of(name: str) -> str:
    """The token that a variable of the environment holds. Raises InputError, which says nothing of it."""
    token = os.environ.get(name, "").strip()
    if not token:
        raise InputError(f"--token-env {name}: the environment has no such variable; put the token there")
    if not re.fullmatch(r"[!-~]+", token):
        raise InputError(f"--token-env {name}: it holds a character that no token has; is it one token alone?")
    return token


def parsed(url: str) -> SplitResult:
    """The parts of an address that a person typed. Raises InputError for one that is none, or that holds a secret."""
    try:
        parts = urlsplit(url.strip())
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or not url.strip().isprintable():
        raise InputError("--url is no address: write it as https://HOST/…")
    if "@" in parts.netloc:
        raise InputError("--url holds a name or a password: give the token by --token-env alone")
    return parts


def number(said: Mapping[str, Any]) -> int:
    """The id of what a system has, which goes into paths. Raises SiteError for one that is no number."""
    id = said.get("id")
    if isinstance(id, int) and not isinstance(id, bool) and id >= 0:
        return id
    raise SiteError("what it answers has an id that is no number: is --url right?")


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port
    except ValueError:
        return "", None, None


def _is_here(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def _pause(answer: _Answer) -> float | None:
    """The seconds to wait before the question is asked again; None where it is answered."""
    told = answer.headers.get("retry-after", "").strip()
    if answer.status != BUSY and not (answer.status == UNAVAILABLE and told):
        return None
    if told.isascii() and told.isdigit():
        return float(told[:9])
    return USUAL_WAIT if not told else _until(told)


def _until(date: str) -> float:
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(date)
    except ValueError:
        return USUAL_WAIT
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def _texts(data: Any) -> Iterator[str]:
    """All texts in some JSON, in its order."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from _texts(one)
