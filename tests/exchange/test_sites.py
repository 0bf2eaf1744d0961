"""What a server may do to `push` and `pull`, and what a person may type: each ends in a line, without the token."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cannedkit.exchange import live
from cannedkit.exchange.live import connection
from scripts.standin import CUT, TOKEN, Fault, Standin
from tests.conftest import Run
from tests.exchange.desk import desk, state
from tests.exchange.helpdesk import FILES, Do, edited, ids, writes

# -- what a server may do -----------------------------------------------------------------------


def test_a_limit_is_waited_for(do: Do, site: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each 429 is waited for as long as it says, a limit without a time for ten seconds; then all is done."""
    waited: list[float] = []
    monkeypatch.setattr(connection.opened.__wrapped__, "__defaults__", (waited.append,))  # type: ignore[attr-defined]
    desk(tmp_path, FILES)
    site.faults += [
        Fault("GET", "canned", 429, {"Retry-After": "7"}, "slow down"),
        Fault("GET", "canned", 503, {"Retry-After": "3"}),
        Fault("POST", "canned", 429),
        Fault("POST", "canned", 429, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}),
    ]
    ran = do("push", "chatwoot", "--apply")
    assert (ran.code, waited, len(site.replies)) == (0, [7, 3, connection.USUAL_WAIT, 0], 3)
    assert "127.0.0.1 has a limit: waiting 7 s" in ran.err


@pytest.mark.parametrize("told", ["86400", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_a_limit_that_is_too_long_is_told(do: Do, site: Standin, tmp_path: Path, told: str) -> None:
    """Nobody waits for a day: the command says how long, and ends."""
    desk(tmp_path, FILES)
    site.faults.append(Fault("GET", "canned", 429, {"Retry-After": told}))
    ran = do("push", "chatwoot", "--apply")
    assert (ran.code, "asks to wait" in ran.err, " s\n" in ran.err) == (2, True, True)


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (
            401,
            '{"errors": ["Invalid token"]}',
            "401, does not know the token: make a new one there; it says: Invalid token",
        ),
        (403, "", "403, does not allow this"),
        (404, '{"error": "Account not found"}', "404, has nothing there: is --url right?; it says: Account not found"),
        (500, "<html>Oops</html>", "500, failed: try again later"),
        (CUT, "", "cannot be reached, or hung up"),
        (200, "<html>Login</html>", "answers no JSON, is --url right? It says: <html>Login</html>"),
        (200, '{"a": 1}', "holds no list of canned responses"),
        (200, "[" * 100_000, "answers no JSON"),
        (302, "", "sends to https://evil.example/x, where nothing is sent"),
        (307, "", "sends to https://evil.example/x, where nothing is sent"),
        (400, "\x1b[31mno\x1b[0m", "400, refuses it"),
    ],
)
@pytest.mark.parametrize("command", ["push", "pull"])
def test_what_a_server_answers_otherwise(
    do: Do, site: Standin, tmp_path: Path, command: str, status: int, body: str, told: str
) -> None:
    """An error in a line that says what and how to mend it, exit 2, nothing changed, and no word of the token."""
    before = state(desk(tmp_path, FILES))
    headers = {"Location": "https://evil.example/x"} if status in (302, 307) else {}
    site.faults.append(Fault("GET", "canned", status, headers, body))
    ran = do(command, "chatwoot", "--apply")
    assert (ran.code, told in ran.err, "Traceback" in ran.err) == (2, True, False), ran.err
    assert "\x1b" not in ran.err
    assert (writes(site), state(tmp_path)) == ([], before)
    assert TOKEN not in ran.out + ran.err


def test_a_redirect_within_the_host_is_followed(do: Do, site: Standin, tmp_path: Path) -> None:
    """To read, from one path of it to another; no call that changes something is redirected."""
    desk(tmp_path, FILES)
    there = {"Location": "/api/v1/accounts/1/canned_responses"}
    site.faults += [Fault("GET", "canned", 301, there), Fault("POST", "canned", 308, there)]
    ran = do("push", "chatwoot", "--apply")
    assert (ran.code, "where nothing is sent" in ran.err, site.replies) == (2, True, [])


def test_what_one_reply_is_refused_for_stops_no_other(do: Do, site: Standin, tmp_path: Path) -> None:
    """422 is told with the server's reason, exit 1, and the others are sent and noted."""
    desk(tmp_path, FILES)
    site.faults.append(Fault("POST", "canned", 422, body='{"message": "Content is too rude"}'))
    ran = do("push", "chatwoot", "--apply")
    assert (ran.code, "Created 2." in ran.out) == (1, True)
    assert "422, refuses it; it says: Content is too rude" in ran.out
    assert sorted(ids(tmp_path, "chatwoot")) == ["a/three", "a/two"]


def test_what_was_done_until_an_error_is_told(do: Do, site: Standin, tmp_path: Path) -> None:
    """A server that fails at the second reply: the first is noted and counted, in the table and as JSON."""
    desk(tmp_path, FILES)
    site.faults += [Fault("PATCH", "x", 500)]
    do("push", "chatwoot", "a/one", "--apply")
    site.faults += [Fault("POST", "canned", 500, body='{"error": "disk full"}')]
    ran = do("push", "chatwoot", "--apply", "--report", "json")
    told = json.loads(ran.out)
    assert (ran.code, told["applied"], told["counts"]["create"], told["same"]) == (2, True, 0, 1)
    assert "500, failed: try again later; it says: disk full" in told["error"]
    assert told["error"] in ran.err.replace("\n", " ")


def test_an_answer_is_read_up_to_its_limit(
    do: Do, site: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More bytes than a file may have are not read; nor is what comes packed."""
    desk(tmp_path, FILES)
    monkeypatch.setattr(connection, "MAX_ANSWER", 1000)
    site.faults.append(Fault("GET", "canned", 200, body="[" + " " * 2000 + "]"))
    assert "answers more than the 1,000 bytes that are read" in do("pull", "chatwoot").err
    site.faults.append(Fault("GET", "canned", 200, {"Content-Encoding": "gzip"}, "[]"))
    assert "answers packed (gzip)" in do("pull", "chatwoot").err


def test_a_server_that_drips_is_left(do: Do, site: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that comes byte by byte, each in time, is given up when it is not whole in time."""
    import socket
    import threading
    import time

    desk(tmp_path, FILES)
    monkeypatch.setattr(connection, "WHOLE", 0.5)
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        link, _ = listener.accept()
        with link:
            try:
                for letter in b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 600:
                    link.sendall(bytes([letter]))
                    time.sleep(0.05)
            except OSError:
                return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    site.port, port = listener.getsockname()[1], site.port
    began = time.monotonic()
    ran = do("pull", "chatwoot")
    site.port = port
    listener.close()
    thread.join()
    assert (ran.code, "was not done within" in ran.err) == (2, True), ran.err
    assert time.monotonic() - began < 20


def test_pages_without_an_end_are_left(do: Do, site: Standin, tmp_path: Path) -> None:
    """The same cursor twice, or pages of another kind, end in an error: half a list would make doubles."""
    desk(tmp_path, FILES)
    page = {"macros": [], "meta": {"has_more": True, "after_cursor": "x"}}
    site.faults += [Fault("GET", "macros", 200, body=json.dumps(page)) for _ in range(2)]
    assert "one page after the other without an end" in do("push", "zendesk", "--apply").err
    site.faults.append(Fault("GET", "macros", 200, body='{"macros": [], "next_page": "https://evil.example/2"}'))
    assert "pages that are not by cursor" in do("push", "zendesk", "--apply").err
    assert writes(site) == []


def test_an_account_without_dynamic_content(do: Do, site: Standin, tmp_path: Path) -> None:
    """403 for it is no fault: macros are read and sent all the same."""
    desk(tmp_path, {"responses/a.yaml": "one: Well.\n"})
    site.faults.append(Fault("GET", "items", 403))
    assert do("push", "zendesk", "--apply").code == 0
    assert [one["title"] for one in site.macros] == ["a::one"]


@pytest.mark.parametrize("answer", [None, [], {"id": "../../7", "short_code": "a/one"}, {"macro": None}, 5])
def test_an_answer_that_is_no_reply_is_told(do: Do, site: Standin, tmp_path: Path, answer: Any) -> None:
    """What was sent may be there: that is said, and the next run knows it."""
    desk(tmp_path, {"responses/a.yaml": "one: Well.\n"})
    site.faults.append(Fault("POST", "canned", 200, body=json.dumps(answer), done=True))
    ran = do("push", "chatwoot", "--apply")
    assert (ran.code, "a/one: was sent, and chatwoot answered with something that is no reply" in ran.err) == (2, True)
    assert do("push", "chatwoot", "--apply").code == 0
    assert (len(site.replies), ids(tmp_path, "chatwoot")) == (1, {"a/one": str(site.replies[0]["id"])})


def test_an_id_from_there_is_no_path(do: Do, site: Standin, tmp_path: Path) -> None:
    """An id that is no number is never put into an address."""
    desk(tmp_path, {"responses/a.yaml": "one: Well.\n"})
    do("push", "chatwoot", "--apply")
    site.replies[0]["id"] = "../../contacts/7"
    edited(tmp_path, "Well.", "Well!")
    text = (tmp_path / "responses/a.yaml").read_text()
    number = ids(tmp_path, "chatwoot")["a/one"]
    (tmp_path / "responses/a.yaml").write_text(text.replace(f'id: "{number}"', 'id: "../../contacts/7"'))
    ran = do("push", "chatwoot", "--apply")
    assert (ran.code, "an id that is no number" in ran.err) == (2, True), (ran.out, ran.err)
    assert not any("contacts" in one for one in site.asked)


# -- the token and the address ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://127.0.0.1/app", "--url names no account: give what the browser shows"),
        ("ftp://127.0.0.1/accounts/1", "--url is no address"),
        ("not one", "--url is no address"),
        ("http://[::1/accounts/1", "--url is no address"),
        ("https://jo:secret@127.0.0.1/accounts/1", "--url holds a name or a password"),
        ("http://127.0.0.1:9/accounts/1", "cannot be reached"),
    ],
)
def test_an_address_that_is_none(run: Run, site: Standin, tmp_path: Path, url: str, told: str) -> None:
    """It is told how one looks, and nothing of a password in it is printed."""
    desk(tmp_path, FILES)
    ran = run("push", "chatwoot", "--url", url, "--token-env", "HELPDESK_TOKEN", cwd=tmp_path)
    assert (ran.code, told in ran.err) == (2, True), ran.err
    assert "secret" not in ran.err


@pytest.mark.parametrize(
    ("system", "url", "root"),
    [
        (
            "chatwoot",
            "https://chat.example.org/app/accounts/3/dashboard?x=1",
            "https://chat.example.org/api/v1/accounts/3",
        ),
        ("chatwoot", "https://example.org/desk/api/v1/accounts/12", "https://example.org/desk/api/v1/accounts/12"),
        ("zendesk", "https://acme.zendesk.com/agent/filters/1", "https://acme.zendesk.com/api/v2"),
        ("zendesk", " https://acme.zendesk.com ", "https://acme.zendesk.com/api/v2"),
    ],
)
def test_an_address_is_what_the_browser_shows(system: str, url: str, root: str) -> None:
    """Or what the documentation of the API has: both lead to the API."""
    assert live.system(system).root(url) == root


def test_how_a_token_is_shown() -> None:
    """Zendesk takes a token of its API with its owner's address, one of OAuth alone; Chatwoot has its own header."""
    zendesk = live.system("zendesk")
    assert zendesk.headers("jo@example.org/token:abc") == {"Authorization": "Basic am9AZXhhbXBsZS5vcmcvdG9rZW46YWJj"}
    assert zendesk.headers("abc") == {"Authorization": "Bearer abc"}
    assert live.system("chatwoot").headers("abc") == {"api_access_token": "abc"}


def test_the_plan_is_json(do: Do, site: Standin, tmp_path: Path) -> None:
    """Programs get what is planned of each reply, and how many stay as they are."""
    desk(tmp_path, FILES)
    do("push", "chatwoot", "a/one", "--apply")
    told = json.loads(do("push", "chatwoot", "--report", "json").out)
    assert (told["system"], told["applied"], told["same"], told["there_alone"], told["error"]) == (
        "chatwoot",
        False,
        1,
        0,
        "",
    )
    assert {"id": "a/two", "fate": "create", "part": "", "reason": ""} in told["outcomes"]
    assert (told["counts"]["create"], told["counts"]["conflict"]) == (2, 0)


@pytest.mark.parametrize("value", [None, "", "two words", "t\u00f6ken", "a\nb"])
def test_a_token_that_is_none(
    do: Do, site: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    """The variable is named, its value is not; nothing is asked."""
    desk(tmp_path, FILES)
    monkeypatch.delenv("HELPDESK_TOKEN")
    if value is not None:
        monkeypatch.setenv("HELPDESK_TOKEN", value)
    ran = do("push", "chatwoot")
    assert (ran.code, "--token-env HELPDESK_TOKEN" in ran.err, site.asked) == (2, True, [])
    assert not value or value not in ran.err


@pytest.mark.parametrize("system", ["chatwoot", "zendesk"])
def test_a_token_is_never_printed(
    do: Do, site: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    """Not where a server says it back, in whatever form it was shown, nor in the report or the file."""
    desk(tmp_path, FILES)
    secret = "jo@example.org/token:Sup3rS3cret" if system == "zendesk" else "Sup3rS3cret"
    monkeypatch.setenv("HELPDESK_TOKEN", secret)
    said = "you sent Sup3rS3cret and am9AZXhhbXBsZS5vcmcvdG9rZW46U3VwM3JTM2NyZXQ="
    site.faults.append(Fault("GET", "canned|macros", 401, body=json.dumps({"error": said})))
    ran = do("push", system, "--apply", "--report", "json")
    assert (ran.code, "you sent [token]" in ran.err) == (2, True), ran.err
    assert "Sup3rS3cret" not in ran.out + ran.err + "".join(state(tmp_path).values())
    assert system == "chatwoot" or "am9AZXhhbX" not in ran.err


def test_plain_http_to_another_machine_is_told(run: Run, site: Standin, tmp_path: Path) -> None:
    """The token could be read on its way: a note says so before anything is asked."""
    desk(tmp_path, FILES)
    url = "http://nowhere.invalid/accounts/1"
    ran = run("pull", "chatwoot", "--url", url, "--token-env", "HELPDESK_TOKEN", cwd=tmp_path)
    assert (ran.code, "is no https" in ran.err, "cannot be reached" in ran.err) == (2, True, True)


def test_the_extra_is_named(do: Do, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without httpx the command says what to install."""
    desk(tmp_path, FILES)
    monkeypatch.setattr(connection, "find_spec", lambda name: None)
    ran = do("push", "chatwoot")
    assert (ran.code, "pip install 'cannedkit[sync]'" in ran.err) == (2, True)


def test_only_what_is_in_use_is_sent(do: Do, site: Standin, tmp_path: Path) -> None:
    """Drafts and what is past its date stay here, and are told; a pattern names several."""
    desk(
        tmp_path,
        {"responses/a.yaml": "one: Well.\ntwo: {body: Fine., status: draft}\n", "responses/b.yaml": "x: So.\n"},
    )
    ran = do("push", "chatwoot", "a/*", "--apply")
    assert "a/two: left out, its status is draft" in ran.err
    assert [one["short_code"] for one in site.replies] == ["a/one"]
    assert do("push", "chatwoot", "nobody").code == 2
