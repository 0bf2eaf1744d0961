"""Nothing is sent where nobody allowed it, and a server's answer is held against the whole form of LanguageTool's."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from scripts.scenarios.run import Place, Scenario, Tries, sound, told

_MATCH = {
    "message": "Possible spelling mistake.",
    "offset": 6,
    "length": 5,
    "replacements": [{"value": "x"}],
    "rule": {"id": "RULE", "category": {"id": "TYPOS"}, "issueType": "misspelling"},
}
_WHOLE: Mapping[str, Any] = {"software": {"version": "6"}, "language": {"code": "en-US"}, "matches": []}

Speak = Callable[[socket.socket], None]


@contextmanager
def _served(place: Place, speak: Speak) -> Iterator[tuple[str, Path]]:
    """The address of a server on this machine that speaks so, and the file that each connection makes longer."""
    asked = place.home / f"asked{next(place.numbers)}"
    asked.touch()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(16)
        process = os.fork()
        if not process:
            try:
                while True:
                    link, _ = listening.accept()
                    with asked.open("a") as file:
                        file.write("x")
                    if not os.fork():
                        with suppress(OSError):
                            link.recv(65_536)
                            speak(link)
                        os._exit(0)
                    link.close()
            finally:
                os._exit(0)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", asked
        finally:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _says(content: bytes, status: str = "200 OK", more: str = "") -> Speak:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(content)}\r\nConnection: close\r\n{more}\r\n"
    return lambda link: link.sendall(head.encode() + content)


def _answers(answer: Any) -> Speak:
    return _says(json.dumps(answer).encode())


def _settings(url: str) -> str:
    return f"packs: [Own]\nlocale: en\nengines: {{languagetool: {{url: '{url}'}}}}\n"


def addresses_unasked(place: Place) -> Tries:
    """No draft goes to an address that a repository names and no user allowed, on this machine or elsewhere: exit 2."""
    with _served(place, _answers(_WHOLE)) as (url, asked):
        for named in (url, f"{url}/", f"{url}/v2", url.replace("127.0.0.1", "localhost")):
            for command in (("check",), ("lint", "d.txt"), ("lint", "d.txt", "--trust", "http://127.0.0.1:1")):
                ran = place.run(place.new({"cannedkit.yaml": _settings(named)}), *command)
                wrong = told(ran, "left out, for no user has allowed it")
                yield wrong or ("it was asked" if asked.read_text() else "")


def consent_of_its_own(place: Place) -> Tries:
    """A repository allows itself nothing: settings of a user's that lie in it are not read, keys for it are unknown."""
    with _served(place, _answers(_WHOLE)) as (url, asked):
        for files in (
            {".config/cannedkit/settings.yaml": "trust: [all]\n"},
            {"cannedkit.yaml": f"{_settings(url)}trust: [all]\n"},
            {"cannedkit.yaml": _settings(url).replace("engines", "trust: all\nengines")},
        ):
            root = place.new({"cannedkit.yaml": _settings(url), **files})

            def own_settings(root: Path = root) -> None:
                os.environ["XDG_CONFIG_HOME"] = str(root / ".config")

            wrong = sound(place.run(root, "lint", "d.txt", before=own_settings), 2)
            yield wrong or ("it was asked" if asked.read_text() else "")


def redirects(place: Place) -> Tries:
    """A server that a user allowed sends drafts nowhere else: its redirects are errors."""
    with _served(place, _answers(_WHOLE)) as (other, asked):
        for status in ("301 Moved", "302 Found", "307 Temporary", "308 Permanent"):
            with _served(place, _says(b"", status, f"Location: {other}/v2/check\r\n")) as (url, _):
                root = place.new({"cannedkit.yaml": _settings(url)})
                wrong = told(place.run(root, "lint", "d.txt", "--trust", url), "languagetool")
                yield wrong or ("the other was asked" if asked.read_text() else "")


def other_forms(place: Place) -> Tries:
    """An answer of another form is an error, exit 2, and the text is not called clean; the rules' findings stand."""
    answers: tuple[Any, ...] = (
        *([], {}, "ok", None, {**_WHOLE, "error": "x"}, {**_WHOLE, "language": {"code": "fr"}}, {"matches": []}),
        *({**_WHOLE, "matches": {}}, {**_WHOLE, "matches": [{**_MATCH, "offset": True}]}, {**_WHOLE, "matches": [1]}),
        *(
            {**_WHOLE, "matches": [{**_MATCH, key: value}]}
            for key, value in (("offset", -1), ("offset", 10**9), ("length", 10**9), ("length", "5"))
        ),
        *(
            {**_WHOLE, "matches": [{**_MATCH, key: value}]}
            for key, value in (("message", None), ("rule", {}), ("replacements", "x"), ("message", "\ud800"))
        ),
        {**_WHOLE, "warnings": {"incompleteResults": True}},
    )
    with _served(place, _answers({**_WHOLE, "matches": [_MATCH]})) as (url, _):  # or the others would say nothing
        ran = place.run(place.new({"cannedkit.yaml": _settings(url)}), "lint", "d.txt", "--trust", url)
        yield sound(ran, 1) or ("" if "RULE" in ran.out else "a whole answer is not believed")
    for answer in answers:
        with _served(place, _answers(answer)) as (url, _):
            ran = place.run(
                place.new({"cannedkit.yaml": _settings(url)}), "lint", "d.txt", "--trust", url, "--format", "json"
            )
            yield told(ran, "languagetool") or ("" if "Own.Awful" in ran.rules else "the rules' findings are gone")


def no_http(place: Place) -> Tries:
    """What is no answer of a LanguageTool server is an error in a line."""
    for content in (
        b"",
        b"SSH-2.0-x\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
        b"\x00" * 10_000,
    ):
        with _served(place, lambda link, content=content: link.sendall(content)) as (url, _):  # type: ignore[misc]
            yield told(
                place.run(place.new({"cannedkit.yaml": _settings(url)}), "lint", "d.txt", "--trust", url),
                "languagetool",
            )
    for content in (b"{", b"\xff\xfe", b"[" * 100_000, b'{"a": 1, "a": 2}', b"<html>"):
        with _served(place, _says(content)) as (url, _):
            yield told(
                place.run(place.new({"cannedkit.yaml": _settings(url)}), "lint", "d.txt", "--trust", url),
                "languagetool",
            )


def _trickles(before: bytes, drop: bytes) -> Speak:
    def speak(link: socket.socket) -> None:
        link.sendall(before)
        while True:
            link.sendall(drop)
            time.sleep(0.05)

    return speak


def answers_without_end(place: Place) -> Tries:
    """One deadline holds for connecting, headers, content and trailers together, and an answer has a limit."""
    from cannedkit.engines.languagetool.client import Client
    from cannedkit.model.errors import EngineError

    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    for speak in (
        lambda link: time.sleep(30),
        *(
            _trickles(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
            _trickles(b"", b"H"),
            _trickles(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
        ),
        *(
            _trickles(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b" "),
            _trickles(chunked, b"1\r\n \r\n"),
            _trickles(chunked + b"0\r\n", b"X: y\r\n"),
        ),
        _trickles(b"HTTP/1.1 200 OK\r\n\r\n", b" " * 4_000_000),
    ):
        with _served(place, speak) as (url, _):
            began = time.monotonic()
            try:
                Client(url).version(1.0)
                yield "it was believed"
            except EngineError as error:
                late = time.monotonic() - began
                yield "" if str(error) and late < 5 else f"it took {late:.1f} s"


def words_of_a_server(place: Place) -> Tries:
    """What a server says of a text is printed as text, whatever commands stand in it."""
    for words in ("m\n::error::x", "##[error]x", "\x1b]0;t\x07", "\u202e evil", "%0A::warning::x"):
        answer = {**_WHOLE, "matches": [{**_MATCH, "message": words, "replacements": [{"value": words}]}]}
        with _served(place, _answers(answer)) as (url, _):
            for form in ("line", "github"):
                ran = place.run(
                    place.new({"cannedkit.yaml": _settings(url)}), "lint", "d.txt", "--trust", url, "--format", form
                )
                lines = [
                    line
                    for line in ran.out.splitlines()
                    if line.lstrip().startswith("::") and " file=" not in line and "title=" not in line
                ]
                raw = lines or [sign for sign in ("\x1b", "\u202e", "##[") if sign in ran.out]
                yield sound(ran, None) or (f"raw: {raw}" if raw else "" if "RULE" in ran.out else "it found nothing")


SCENARIOS: Mapping[str, Scenario] = {
    "addresses that nobody allowed, on this machine too": addresses_unasked,
    "consent that a repository gives itself": consent_of_its_own,
    "redirects of a server": redirects,
    "answers of another form": other_forms,
    "what is no answer": no_http,
    "answers without an end": answers_without_end,
    "commands in a server's words": words_of_a_server,
}
"""Attack -> what tries it; its docstring says what holds."""
