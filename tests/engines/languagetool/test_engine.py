"""The client of LanguageTool against servers that are slow, broken, gone or no LanguageTool: all on this machine."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.engines.languagetool import engine as languagetool
from cannedkit.engines.languagetool.answer import Match, code_points
from cannedkit.engines.languagetool.client import Client, ServerGoneError
from cannedkit.engines.languagetool.connection import MAX_ANSWER
from cannedkit.model.draft import Draft, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Vocabulary
from tests.conftest import Run, Write

PATIENCE = 0.5
"""The deadline that engines get here, in seconds."""

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers each request as the test wants it."""

    protocol_version = "HTTP/1.1"
    server: Fake
    form: dict[str, str]

    def do_POST(self) -> None:
        """Keep what was asked, and answer."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.form = {name: values[0] for name, values in parse_qs(body).items()}
        self.server.asked.append(self.form)
        self.server.answer(self)

    def do_GET(self) -> None:
        """Answer."""
        self.server.answer(self)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""

    def say(self, status: int, content: bytes) -> None:
        """Send a whole answer."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Fake(ThreadingHTTPServer):
    """A server on this machine that answers as `answer` does; counts its connections."""

    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.asked: list[dict[str, str]] = []
        self.connections = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def get_request(self) -> tuple[socket.socket, Any]:
        """Count a connection."""
        self.connections += 1
        return super().get_request()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what some tests are about."""


Serve = Callable[[Answer], Fake]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start fake servers; all end with the test."""
    running: list[tuple[Fake, threading.Thread]] = []

    def served(answer: Answer) -> Fake:
        fake = Fake(answer)
        thread = threading.Thread(target=fake.serve_forever, args=(0.01,))
        thread.start()
        running.append((fake, thread))
        return fake

    yield served
    for fake, thread in running:
        fake.shutdown()
        thread.join()
        fake.server_close()


def match(offset: int, length: int, **changes: Any) -> dict[str, Any]:
    """A match in LanguageTool's form."""
    rule = {
        "id": changes.get("rule", "SOME_RULE"),
        "category": {"id": changes.get("category", "ANY")},
        "issueType": changes.get("issue", "grammar"),
    }
    fixes = [{"value": fix} for fix in changes.get("fixes", ())]
    kind = {"typeName": changes.get("kind", "Other")}
    return {"offset": offset, "length": length, "message": "No.", "replacements": fixes, "rule": rule, "type": kind}


def answering(*matches: dict[str, Any], **more: Any) -> Answer:
    """Answers with these matches."""

    def answer(handler: Handler) -> None:
        told = {"language": {"code": handler.form["language"]}, "matches": matches, **more}
        handler.say(200, json.dumps(told).encode())

    return answer


def engine(url: str, **vocabulary: Any) -> languagetool.LanguageTool:
    """The engine with little patience."""
    opened = languagetool.open({"url": url}, Vocabulary(**vocabulary))
    return replace(opened, first=PATIENCE, later=PATIENCE)


# -- what fails -----------------------------------------------------------------------------------


def _sleep(handler: Handler) -> None:
    time.sleep(4 * PATIENCE)
    handler.say(200, b'{"matches": []}')


def _trickle(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(PATIENCE / 10)


def _drip(before: bytes, after: bytes = b"") -> Answer:
    """Says `before` at once, then ever more of a line, a byte at a time, that would end with `after`."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(before)
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(PATIENCE / 10)
        handler.wfile.write(after)

    return answer


def _endless(line: bytes) -> Answer:
    """Says a line again and again, as fast as it can."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
        while True:
            handler.wfile.write(line)

    return answer


def _continue(handler: Handler) -> None:
    while True:
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(PATIENCE / 100)


_OK = b"HTTP/1.1 200 OK\r\n"
_CLEAN = json.dumps({"language": {"code": "en-US"}, "matches": []}).encode()
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"


def _hang_up(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"matches"')
    handler.close_connection = True


def _no_http(handler: Handler) -> None:
    handler.wfile.write(b"220 mail.example.org ready\r\n")
    handler.close_connection = True


def _saying(status: int, content: str) -> Answer:
    return lambda handler: handler.say(status, content.encode())


_UNSERVED = "Error: 'pl' is not a language code known to LanguageTool. Supported language codes are: en, en-US, nl. The"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (_sleep, "did not answer within 0.5 s"),
        (_trickle, "did not answer within"),
        (_drip(b"HTTP/1.1 200 "), "did not answer within"),
        (_drip(_OK + b"X-Slow: "), "did not answer within"),
        (_drip(_CHUNKED + b"1;"), "did not answer within"),
        (_drip(_CHUNKED + b"%x\r\n%s\r\n0\r\nX-Slow: " % (len(_CLEAN), _CLEAN)), "did not answer within"),
        (_endless(b"X-More: 1\r\n"), "did not answer within"),
        (_continue, "did not answer within"),
        (_hang_up, "hung up before its answer was whole"),
        (_no_http, "is no LanguageTool server"),
        (_saying(200, "hello"), "is no LanguageTool server: it says 'hello'"),
        (_saying(200, '{"matches": [{}]}'), "in a form that is not LanguageTool's"),
        (_saying(200, "[]"), "in a form that is not LanguageTool's"),
        (_saying(200, '{"results": 3}'), "in a form that is not LanguageTool's"),
        (_saying(500, "Error: out of luck"), "status 500: Error: out of luck"),
        (_saying(400, _UNSERVED), "does not serve pl: it serves en, en-US, nl. .* --language pl"),
        (_saying(301, ""), "status 301"),
        (answering(warnings={"incompleteResults": True}), "stopped half way"),
        (answering(match(0, 999)), "in a form that is not LanguageTool's"),
        (answering(match(-3, 2)), "in a form that is not LanguageTool's"),
    ],
)
def test_a_server_that_fails_is_an_error_in_time(serve: Serve, answer: Answer, said: str) -> None:
    """Whatever a server does wrong is one EngineError that says so, within the deadline: never an empty result."""
    opened = engine(serve(answer).url)
    began = time.monotonic()
    with pytest.raises(EngineError, match=said):
        opened.check(Draft("All is well.", "en-US"))
    assert time.monotonic() - began < 3 * PATIENCE


def _told(**changes: Any) -> str:
    """A clean answer, as changed."""
    return json.dumps({"language": {"code": "en-US"}, "matches": [], **changes})


def _match(**changes: Any) -> str:
    """An answer with one match, as changed."""
    return _told(matches=[{**match(0, 3), **changes}])


_RULE = {"id": "SOME_RULE", "category": {"id": "ANY"}, "issueType": "grammar"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('""', "the answer is no object"),
        ("null", "the answer is no object"),
        ("{}", "`language` is missing"),
        ('{"matches": []}', "`language` is missing"),
        (_told(matches={}), "`matches` is {}"),
        (_told(matches=None), "`matches` is null"),
        (_told(matches=""), '`matches` is ""'),
        (_told(matches=[[]]), "a match is no object"),
        (_told(error="out of memory"), "it has an error: 'out of memory'"),
        (_told(error=None), "it has an error"),
        (_told(language="en-US"), '`language` is "en-US"'),
        (_told(language={"code": "de-DE"}), "it read the text as 'de-DE' and not as en-US"),
        (_told(language={"code": "en-GB"}), "it read the text as 'en-GB' and not as en-US"),
        (_told(language={"code": "en"}), "it read the text as 'en' and not as en-US"),
        (_told(language={"name": "English"}), "`code` is missing"),
        (_told(warnings=[]), "`warnings` is []"),
        (_told(warnings={"incompleteResults": "yes"}), '`incompleteResults` is "yes"'),
        (_match(offset=True), "`offset` is true"),
        (_match(length=False), "`length` is false"),
        (_match(offset="0"), '`offset` is "0"'),
        (_match(offset=0.0), "`offset` is 0.0"),
        (_match(offset=float("nan")), "`offset` is NaN"),
        (_match(offset=None), "`offset` is null"),
        (_match(offset=12, length=1), "is not in the text"),
        (_match(replacements={}), "`replacements` is {}"),
        (_match(replacements=["It"]), "a replacement is no object"),
        (_match(replacements=[{"value": 5}]), "`value` is 5"),
        (_match(replacements=[{"value": "\ud800"}]), "`value` holds half a character"),
        (_match(message=["No."]), "`message` is"),
        (_match(type="Other"), '`type` is "Other"'),
        (_match(rule="SOME_RULE"), '`rule` is "SOME_RULE"'),
        (_match(rule={**_RULE, "id": ""}), "`id` is ''"),
        (_match(rule={**_RULE, "id": "A\n::error::B"}), "`id` is 'A\\n::error::B'"),
        (_match(rule={**_RULE, "category": {}}), "`id` is missing"),
        (_match(rule={**_RULE, "issueType": 3}), "`issueType` is 3"),
    ],
)
def test_an_answer_in_another_form_is_never_clean(serve: Serve, content: str, said: str) -> None:
    """An answer that departs anywhere from LanguageTool's form is an error that says where, and no result."""
    with pytest.raises(EngineError, match="in a form that is not LanguageTool's") as caught:
        engine(serve(_saying(200, content)).url).check(Draft("All is well.", "en-US"))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        b'{"matches": [{}], "matches": [], "language": {"code": "en-US"}}',
        b'{"language": {"code": "en-US"}, "matches": []} {}',
        _CLEAN[:-1],
        _CLEAN.decode().encode("utf-16"),
        b"[" * 100_000,
        b"\xff" + _CLEAN,
        b"",
    ],
)
def test_what_is_no_json_is_never_clean(serve: Serve, content: bytes) -> None:
    """A key that stands there twice, JSON that goes on or breaks off, and other encodings are errors."""
    with pytest.raises(EngineError, match="is no LanguageTool server"):
        engine(serve(lambda handler: handler.say(200, content)).url).check(Draft("All is well.", "en-US"))


def test_an_answer_that_is_too_large_is_an_error(serve: Serve) -> None:
    """An answer is read up to a size, and no further."""

    def much(handler: Handler) -> None:
        handler.wfile.write(_OK + b"\r\n")
        while True:
            handler.wfile.write(b" " * 1_000_000)

    opened = replace(engine(serve(much).url), first=20.0)
    with pytest.raises(EngineError, match=f"over {MAX_ANSWER:,} bytes"):
        opened.check(Draft("All is well.", "en-US"))


@pytest.mark.parametrize(
    ("locale", "answered"), [("pl-PL", "pl-PL"), ("uk", "uk-UA"), ("nl-NL", "nl"), ("zh", "zh-CN")]
)
def test_a_language_of_one_country_is_answered_with_it(serve: Serve, locale: str, answered: str) -> None:
    """LanguageTool adds the country to the code of a language that it knows from one country alone."""
    fake = serve(_saying(200, _told(language={"code": answered, "name": "?"}, somethingNew=[1])))
    assert engine(fake.url).check(Draft("All is well.", locale)) == []


def test_a_server_that_takes_no_bytes_is_an_error_in_time() -> None:
    """A server that lets a client connect and reads nothing holds it no longer than the deadline."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        began = time.monotonic()
        with pytest.raises(EngineError, match="did not answer within"):
            Client(f"http://127.0.0.1:{deaf.getsockname()[1]}").check("a" * 8_000_000, "en", PATIENCE)
        assert time.monotonic() - began < 6 * PATIENCE


def test_a_server_that_starts_no_tls_is_an_error_in_time() -> None:
    """At an https address a server that lets a client connect and says nothing, too, holds it until the deadline."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        began = time.monotonic()
        with pytest.raises(EngineError, match="did not answer within"):
            engine(f"https://127.0.0.1:{deaf.getsockname()[1]}").check(Draft("All is well."))
        assert time.monotonic() - began < 3 * PATIENCE


def test_a_server_without_tls_is_an_error(serve: Serve) -> None:
    """A plain server at an https address is an error, and gets no text."""
    fake = serve(answering())
    with pytest.raises(ServerGoneError, match="cannot be reached"):
        engine(fake.url.replace("http:", "https:")).check(Draft("All is well."))
    assert fake.asked == []


def test_a_resolver_that_hangs_is_an_error_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of a host that nobody resolves holds a check no longer than its deadline."""

    def resolve(*_: object, **__: object) -> list[object]:
        time.sleep(4 * PATIENCE)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    began = time.monotonic()
    with pytest.raises(EngineError, match="did not answer within"):
        engine("http://languagetool.example.org").check(Draft("All is well."))
    assert time.monotonic() - began < 3 * PATIENCE


@pytest.mark.parametrize("listed", ["{}", "null", '[{"code": "en"}]', '[{"code": "en", "longCode": 5}]', '["en"]'])
def test_a_list_of_languages_in_another_form_is_an_error(serve: Serve, listed: str) -> None:
    """What lists no languages, and what tells no version, is no LanguageTool server."""
    client = Client(serve(_saying(200, listed)).url)
    for ask in (client.codes, client.version):
        with pytest.raises(EngineError, match="not LanguageTool's"):
            ask(20.0)


def test_a_server_that_is_not_there_is_an_error() -> None:
    """An address where nothing listens is an error that asks whether it runs."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        with pytest.raises(ServerGoneError, match=r"cannot be reached .*is it running"):
            engine(f"http://127.0.0.1:{held.getsockname()[1]}").check(Draft("All is well."))


def test_a_server_that_dies_between_checks_is_an_error(serve: Serve) -> None:
    """A server that is killed in the middle of a run is an error at the next check."""
    fake = serve(answering())
    opened = engine(fake.url)
    assert opened.check(Draft("All is well.")) == []
    fake.answer = lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)
    with pytest.raises(ServerGoneError):
        opened.check(Draft("All is well."))


def test_an_idle_connection_that_was_closed_is_opened_again(serve: Serve) -> None:
    """A server may close a connection that is idle: the next check opens one more and succeeds."""

    def once(handler: Handler) -> None:
        answering()(handler)
        handler.close_connection = True

    fake = serve(once)
    opened = engine(fake.url)
    for _ in range(3):
        assert opened.check(Draft("All is well.")) == []
    assert fake.connections == 3


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8081",
        "ftp://example.org",
        "http://",
        "",
        8081,
        "http://x:99999",
        "http://[::1",
        "http://a..b",
        "http://a b",
        "http://me:pw@x",
    ],
)
def test_a_wrong_address_is_an_error_at_once(url: object) -> None:
    """An address that cannot be one is an error before any text is checked, and shows how one looks."""
    with pytest.raises(EngineError, match="such as http://localhost:8081"):
        languagetool.open({"url": url}, Vocabulary())


def test_an_unknown_option_is_an_error() -> None:
    """The engine takes an address and nothing else."""
    with pytest.raises(EngineError, match="no option port: it takes `url` alone"):
        languagetool.open({"port": 1}, Vocabulary())


def test_a_language_that_languagetool_has_not_is_an_error() -> None:
    """Thai is not LanguageTool's: asking for it is an error that names the locale, and asks no server."""
    with pytest.raises(EngineError, match="th-TH"):
        engine("http://127.0.0.1:1").check(Draft("สวัสดี", "th-TH"))


def test_the_command_line_reports_the_rest_and_ends_with_2(run: Run, write: Write) -> None:
    """With the server gone the findings of the rules are printed, the failure beside them, and the exit code is 2."""
    folder = write(
        {
            "cannedkit.yaml": 'packs: [Care]\nengines: {languagetool: {url: "http://127.0.0.1:1"}}\n',
            "draft.txt": "Sorry for any inconvenience!!!\n",
            "clean.txt": "All is well.\n",
        }
    )
    ran = run("lint", "--trust", "http://127.0.0.1:1", "--format", "json", "draft.txt", cwd=folder)
    report = json.loads(ran.out)
    assert ran.code == 2
    assert report["findings"]
    assert [error["rule"] for error in report["errors"]] == ["languagetool"]
    ran = run("lint", "--trust", "http://127.0.0.1:1", "clean.txt", cwd=folder)
    assert ran.code == 2
    assert "cannot be reached" in ran.out


# -- what is said and heard -----------------------------------------------------------------------


def test_connections_are_kept(serve: Serve) -> None:
    """Checks one after another use one connection."""
    fake = serve(answering())
    opened = engine(fake.url)
    for _ in range(5):
        opened.check(Draft("All is well."))
    assert fake.connections == 1


def test_there_are_no_more_clients_than_processors(serve: Serve) -> None:
    """Many threads share as many connections as the machine has processors, and each gets its own answer."""

    def echo(handler: Handler) -> None:
        text = json.loads(handler.form["data"])["annotation"][0]["text"]
        time.sleep(0.002)
        answering(match(0, len(text)))(handler)

    fake = serve(echo)
    opened = replace(engine(fake.url), first=20.0, later=20.0)
    drafts = [Draft("a" * count) for count in range(1, 60)]
    with ThreadPoolExecutor(8) as pool:
        ends = [findings[0].end for findings in pool.map(opened.check, drafts)]
    assert ends == list(range(1, 60))
    assert fake.connections <= (os.cpu_count() or 1)


def test_a_fork_opens_connections_of_its_own(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that was forked off does not write into its parent's connection."""
    fake = serve(answering())
    opened = engine(fake.url)
    opened.check(Draft("All is well."))
    own = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: own + 1)
    opened.check(Draft("All is well."))
    assert fake.connections == 2


def test_a_match_becomes_a_finding(serve: Serve) -> None:
    """A finding carries LanguageTool's rule, message and fixes, best first, at most five, none that changes nothing."""
    fixes = ["have", "has", "had", "haves", "halve", "hove", "hive"]
    fake = serve(answering(match(11, 3, rule="AGREEMENT_SENT_START", fixes=fixes)))
    [finding] = engine(fake.url).check(Draft("Your items has arrived."))
    assert (finding.start, finding.end, finding.level) == (11, 14, Level.ERROR)
    assert finding.rule == "LanguageTool.AGREEMENT_SENT_START"
    assert finding.sources == (finding.rule,)
    assert finding.fixes == ("have", "had", "haves", "halve", "hove")
    assert not finding.safe


@pytest.mark.parametrize(
    ("issue", "category", "level"),
    [
        ("misspelling", "TYPOS", Level.ERROR),
        ("misspelling", "COMPOUNDING", Level.WARNING),
        ("grammar", "VERGISSINGEN", Level.ERROR),
        ("whitespace", "TYPOGRAPHY", Level.WARNING),
        ("style", "REDUNDANCY", Level.SUGGESTION),
        ("something-new", "NEW", Level.SUGGESTION),
    ],
)
def test_the_kind_of_issue_gives_the_level(serve: Serve, issue: str, category: str, level: Level) -> None:
    """Errors of spelling and grammar are errors, style is a suggestion, and so is what we do not know."""
    [finding] = engine(serve(answering(match(0, 3, issue=issue, category=category))).url).check(Draft("All is well."))
    assert finding.level == level


def test_a_rule_that_is_off_is_not_asked_for(serve: Serve) -> None:
    """A rule that the table has off for the language is switched off at the server, so that it hides no other."""
    fake = serve(answering(match(0, 3, rule="LOUD")))
    rules: dict[str, dict[str, Level | None]] = {"en": {"NOISE": None, "LOUD": Level.SUGGESTION}, "nl": {"RUIS": None}}
    [finding] = replace(engine(fake.url), rules=rules).check(Draft("All is well."))
    assert fake.asked[0]["disabledRules"] == "NOISE"
    assert finding.level == Level.SUGGESTION


@pytest.mark.parametrize(
    ("written", "fix", "safe"),
    [("  ", " ", True), (" ,", ",", True), (" \n", " ", False), ("a ,", "b,", False), (" (", "(", True)],
)
def test_only_a_space_is_taken_out_unasked(serve: Serve, written: str, fix: str, safe: bool) -> None:
    """A fix is safe only where it takes out a space: never a letter, never a line end."""
    fake = serve(answering(match(3, len(written), rule="COMMA_PARENTHESIS_WHITESPACE", fixes=[fix])))
    [finding] = engine(fake.url).check(Draft(f"All{written}is well."))
    assert finding.safe == safe


@pytest.mark.parametrize(
    ("locale", "wanted"),
    [
        ("en", "en-US"),
        ("en-GB", "en-GB"),
        ("en-IE", "en-GB"),
        ("en-PH", "en-US"),
        ("en-AU", "en-AU"),
        ("nl-NL", "nl"),
        ("nl-BE", "nl-BE"),
        ("de", "de-DE"),
        ("de-AT", "de-AT"),
        ("pt-BR", "pt-BR"),
        ("pl-PL", "pl"),
        ("zh-Hans-CN", "zh"),
    ],
)
def test_the_locale_becomes_languagetools_code(locale: str, wanted: str) -> None:
    """Each locale is checked as the variant that spells as it does: `en` alone has no speller."""
    assert languagetool.code(locale) == wanted


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("🎉 Your items", ["🎉 "]),
        ("Done! 👍🏽 🎉 Your items", ["👍🏽 🎉 "]),
        ("✅Your items", ["✅"]),
        ("Hi Tom,\n• Your items\n2) The box\n- a lamp", ["• ", "2) ", "- "]),
        ("→ ❤️ See here", ["→ ❤️ "]),
        ("Thanks 🎉, your items", []),
        ("It is -10 outside. 2 items - no more", []),
        ("re\u200bceive it\u200b", ["\u200b"]),
        ("👨‍👩‍👧 We", ["👨‍👩‍👧 "]),
        ("🇳🇱 We", ["🇳🇱 "]),
    ],
)
def test_what_stands_before_a_sentence_is_not_read(text: str, unread: list[str]) -> None:
    """Bullets and symbols before a sentence are hidden from LanguageTool, and so is what cannot be seen in a word."""
    assert [text[start:end] for start, end in languagetool.unread(text)] == unread


@given(st.text(alphabet="aA .!\n\t-*•1)🎉👍️\u200d\u200bé", max_size=40))
def test_no_letter_is_hidden(text: str) -> None:
    """The hidden stretches are in order, not empty and apart, and all words can still be read."""
    spans = languagetool.unread(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert not any("A" in text[start:end] or "é" in text[start:end] for start, end in spans)


def test_the_server_sees_the_whole_text_in_order(serve: Serve) -> None:
    """What is read and what is hidden make up the text, so that places in it are those of the draft."""
    fake = serve(answering())
    text = "🎉 Done!\n- Your re\u200bfund, ✅ sent."
    engine(fake.url).check(Draft(text, "en-GB"))
    parts = json.loads(fake.asked[0]["data"])["annotation"]
    assert "".join(part.get("text", "") + part.get("markup", "") for part in parts) == text
    assert [part["markup"] for part in parts if "markup" in part] == ["🎉 ", "- ", "\u200b"]
    assert fake.asked[0]["language"] == "en-GB"


# -- names, codes, and other words that no dictionary has -----------------------------------------


@pytest.mark.parametrize(
    ("text", "fixes", "language", "wanted"),
    [
        ("We recieve [[itt]].", ["it"], "en", True),
        ("Ask [[Ximena]] for it.", ["Ximenia"], "en", False),
        ("[[Anythng]] else?", ["Anything"], "en", True),
        ("[[Ximena]], here it is.", ["Ximenia"], "en", False),
        ("Cheers,\n[[Bronte]]", ["Bronze"], "en", False),
        ("[[Anythng]]", ["Anything"], "en", True),
        ("De [[geld-terug-akctie]].", [], "nl", False),
        ("Come on [[Wensday]].", ["Wednesday"], "en", False),
        ("Come on [[Thurday]].", ["Thursday"], "en", True),
        ("Your [[iPhon]] is here.", ["iPhone"], "en", False),
        ("Regards, [[JK]]", ["OK"], "en", False),
        ("Write to [[acme]]@example.org.", ["acne"], "en", False),
        ("Open [[invoyce]].pdf now.", ["invoice"], "en", False),
        ("See example.org/[[helpp]] for it.", ["help"], "en", False),
        ("It has 20[[mbps]] now.", ["maps"], "en", False),
        ("Ask @[[acmehelp]] for it.", ["help"], "en", False),
        ("A [[cafe\u0301]] nearby.", ["café"], "en", False),
        ("Die [[Bestelung]] ist da.", ["Bestellung"], "de", True),
        ("Ich bin [[Ximena]] hier.", ["Ziemer"], "de", False),
        ("De [[bestelling]].", [], "nl", True),
        ("Mind the [[colour]].", ["color"], "en", False),
        ("Mind the [[color]].", ["colour"], "en", False),
        ("Mind the [[colur]].", ["colour"], "en", True),
    ],
)
def test_names_and_codes_are_no_misspellings(text: str, fixes: list[str], language: str, wanted: bool) -> None:
    """An unknown word is a misspelling unless it looks like a name, code or unit, or is right in another region."""
    start, end = text.index("[["), text.index("]]") - 2
    plain = text.replace("[[", "").replace("]]", "")
    found = Match(start, end, "MORFOLOGIK_RULE", "TYPOS", "misspelling", "No.", tuple(fixes), unknown=True)
    assert languagetool.is_misspelt(plain, found, language) == wanted


def test_accepted_words_are_no_misspellings(serve: Serve) -> None:
    """Words of the vocabulary pass in their plural and possessive forms; a rule that is no speller still looks."""
    text = "Our zylo, zylos and zylo’s, a zylophone."
    places = [(4, 8), (10, 15), (20, 26), (30, 39)]
    unknown = [match(start, end - start, kind="UnknownWord", category="TYPOS") for start, end in places]
    fake = serve(answering(*unknown, match(4, 4, rule="OTHER")))
    found = engine(fake.url, accept=("Zylo Pro", "zylo")).check(Draft(text))
    assert [(finding.rule, text[finding.start : finding.end]) for finding in found] == [
        ("LanguageTool.OTHER", "zylo"),
        ("LanguageTool.SOME_RULE", "zylophone"),
    ]
    assert found[1].message == 'Check the spelling of "zylophone".'


# -- UTF-16 ---------------------------------------------------------------------------------------


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_utf_16_offsets_become_code_points(text: str) -> None:
    """For every place in a text, the offset that Java counts leads back to it."""
    point = code_points(text)
    for at in range(len(text) + 1):
        assert point[len(text[:at].encode("utf-16-le")) // 2] == at
    assert len(point) == len(text.encode("utf-16-le")) // 2 + 1


@given(st.text(alphabet="ab🎉𝒳é\u0301ש", min_size=1, max_size=30), st.data())
def test_spans_come_back_as_they_are(serve_echo: Fake, text: str, data: st.DataObject) -> None:
    """A match over any stretch of a text is a finding over the same stretch, whatever stands before and in it."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    units = [len(text[:at].encode("utf-16-le")) // 2 for at in (start, end)]
    serve_echo.answer = answering(match(units[0], units[1] - units[0]))
    [found] = Client(serve_echo.url).check(text, "en", 20.0)
    assert (found.start, found.end) == (start, end)


@pytest.fixture(scope="module")
def serve_echo() -> Iterator[Fake]:
    """One fake server for many examples."""
    fake = Fake(answering())
    thread = threading.Thread(target=fake.serve_forever, args=(0.01,))
    thread.start()
    yield fake
    fake.shutdown()
    thread.join()
    fake.server_close()


def test_half_a_character_is_the_whole(serve: Serve) -> None:
    """A match that ends between the two halves of an emoji covers all of it."""
    [found] = Client(serve(answering(match(1, 1))).url).check("a🎉b", "en", PATIENCE)
    assert (found.start, found.end) == (1, 2)
