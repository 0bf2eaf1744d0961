"""`push` and `pull` against a server that answers as Chatwoot and Zendesk are documented: plans, deeds, and faults."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cannedkit import Kit
from cannedkit.exchange import rewriting
from cannedkit.exchange.live import connection, push
from cannedkit.exchange.records import aside_of
from cannedkit.yamlsource.edit import EditRefused
from scripts.standin import CUT, TOKEN, Fault, Standin, standing
from tests.conftest import Ran, Run
from tests.exchange.desk import desk, state

REPLIES = """\
# ours
one: Well, {{ customer.first_name }}.
two: {body: "Fine."}
three:
  title: Third
  tags: [a]
  body:
    en-US: Good.
    fr: Bon.
"""
FILES = {
    "responses/a.yaml": REPLIES,
    "responses/variables.yaml": "customer.first_name: {type: name, fallback: {en-US: there, fr: toi}}\n",
}
CODES = ["a/one", "a/two", "a/three"]

Do = Callable[..., Ran]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Standin]:
    """A stand-in of its own for each test; nobody waits as long as it asks."""
    monkeypatch.setenv("HELPDESK_TOKEN", TOKEN)
    with standing() as here:
        yield here


@pytest.fixture
def do(run: Run, site: Standin, tmp_path: Path) -> Do:
    """Run `push` or `pull` in the folder of the test."""

    def done(command: str, system: str, *args: str) -> Ran:
        at = ("--url", getattr(site, system), "--token-env", "HELPDESK_TOKEN")
        return run(command, system, *at, *args, cwd=tmp_path)

    return done


def _ids(folder: Path, system: str) -> dict[str, str]:
    """The ids that responses have there."""
    found = Kit.load(folder, with_engines=False).readable.responses.values()
    return {one.id: aside.id for one in found if (aside := aside_of(one, system))}


def _writes(site: Standin) -> list[str]:
    return [one for one in site.asked if not one.startswith("GET")]


def _edited(folder: Path, old: str, new: str) -> None:
    path = folder / "responses/a.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


# -- the plan, and what is done of it -----------------------------------------------------------


@pytest.mark.parametrize("system", ["chatwoot", "zendesk"])
def test_a_plan_changes_nothing(do: Do, site: Standin, tmp_path: Path, system: str) -> None:
    """Without --apply the plan is shown, nothing is sent, and no file changes; pull writes nothing either."""
    before = state(desk(tmp_path, FILES))
    site.replies.append({"id": 1, "short_code": "x", "content": "Hi."})
    site.macros.append({"id": 1, "title": "x", "actions": [{"field": "comment_value", "value": "Hi."}]})
    ran = do("push", system)
    assert (ran.code, "Create: 3 replies\n  a/one, a/two, a/three" in ran.out) == (0, True)
    assert "There alone: 1 reply; `cannedkit pull" in ran.out
    assert ran.out.endswith("Nothing was sent: --apply does it.\n")
    pulled = do("pull", system)
    assert (pulled.code, "Would write 1 reply" in pulled.out) == (0, True)
    assert (_writes(site), state(tmp_path)) == ([], before)


@pytest.mark.parametrize("system", ["chatwoot", "zendesk"])
def test_what_is_sent_is_noted_and_sent_once(do: Do, site: Standin, tmp_path: Path, system: str) -> None:
    """Each response gets the id that it has there, in whatever form it stands, and no other line changes.

    A second push has nothing to do, and a pull nothing to write.
    """
    desk(tmp_path, FILES)
    before = Kit.load(tmp_path, with_engines=False).catalogue.responses
    assert do("push", system, "--apply").code == 0
    assert sorted(_ids(tmp_path, system)) == sorted(CODES)
    after = Kit.load(tmp_path, with_engines=False).catalogue.responses
    texts = [
        [[(body.locale, body.text.value) for body in one.bodies] for one in each.values()] for each in (before, after)
    ]
    assert texts[0] == texts[1]
    assert (
        (tmp_path / "responses/a.yaml")
        .read_text()
        .startswith("# ours\none:\n  body: Well, {{ customer.first_name }}.\n")
    )
    sent, files = _writes(site), state(tmp_path)
    again = do("push", system, "--apply")
    assert (again.code, again.out) == (0, "As it is there: 3 replies\nNothing was sent.\n")
    assert "Nothing to write" in do("pull", system, "--apply").out
    assert (_writes(site), state(tmp_path)) == (sent, files)


def test_what_chatwoot_gets(do: Do, site: Standin, tmp_path: Path) -> None:
    """The id as `short_code`, names as it has them, the fallback written out; what it has no place for is told."""
    desk(tmp_path, FILES)
    ran = do("push", "chatwoot", "--apply")
    assert [(one["short_code"], one["content"]) for one in site.replies] == [
        ("a/one", 'Well, {{ contact.first_name | default: "there" }}.'),
        ("a/two", "Fine."),
        ("a/three", "Good."),
    ]
    assert "a/three: body fr: chatwoot has one text for it" in ran.out
    assert "a/three: title: chatwoot has no place for it" in ran.out


def test_what_zendesk_gets(do: Do, site: Standin, tmp_path: Path) -> None:
    """A macro in the folder of its topic; a reply in two locales is dynamic content, in the locales of the account."""
    desk(tmp_path, FILES)
    assert do("push", "zendesk", "--apply").code == 0
    assert [one["title"] for one in site.macros] == ["a::one", "a::two", "a::Third"]
    [item] = site.content
    assert [(one["locale_id"], one["content"], one["default"]) for one in item["variants"]] == [
        (1, "Good.", True),
        (16, "Bon.", False),
    ]
    assert site.macros[2]["actions"] == [{"field": "comment_value", "value": "{{dc.a_three}}"}]


def test_a_locale_that_the_account_lacks_is_told(do: Do, site: Standin, tmp_path: Path) -> None:
    """The other locales are sent, and the report names the one that was left out."""
    desk(tmp_path, FILES)
    site.locales.pop()
    ran = do("push", "zendesk", "a/three", "--apply")
    assert "a/three: body fr: no id of locale fr is known" in ran.out
    assert [one["locale_id"] for one in site.content[0]["variants"]] == [1]


@pytest.mark.parametrize("system", ["chatwoot", "zendesk"])
def test_what_changed_here_is_changed_there(do: Do, site: Standin, tmp_path: Path, system: str) -> None:
    """One call for the reply that changed, which keeps its id; what a macro does besides stays as it is there now."""
    desk(tmp_path, FILES)
    do("push", system, "--apply")
    ids, sent = _ids(tmp_path, system), len(_writes(site))
    for macro in site.macros:
        macro["actions"].append({"field": "status", "value": "solved"})
    _edited(tmp_path, "Fine.", "Better.")
    assert "Change: 1 reply\n  a/two\n" in do("push", system).out
    assert "Changed 1." in do("push", system, "--apply").out
    assert (_ids(tmp_path, system), len(_writes(site))) == (ids, sent + 1)
    told = site.replies[1]["content"] if system == "chatwoot" else site.macros[1]["actions"][0]["value"]
    assert told == "Better."
    assert all(one["actions"][-1]["field"] == "status" for one in site.macros)


def test_texts_of_dynamic_content_are_changed_one_by_one(do: Do, site: Standin, tmp_path: Path) -> None:
    """A changed locale is changed, a new one created, and one that is gone goes there with --delete alone."""
    desk(tmp_path, {**FILES, "responses/a.yaml": "three: {body: {en-US: Good., fr: Bon.}}\n"})
    site.locales.append({"id": 8, "locale": "nl"})
    do("push", "zendesk", "--apply")
    _edited(tmp_path, "en-US: Good.,", "en-US: Better., nl: Goed.,")
    assert do("push", "zendesk", "--apply").code == 0
    assert [one["content"] for one in site.content[0]["variants"]] == ["Better.", "Bon.", "Goed."]
    _edited(tmp_path, "fr: Bon.", "nl: Goed.")
    _edited(tmp_path, "nl: Goed., nl: Goed.", "nl: Goed.")
    kept = do("push", "zendesk", "--apply")
    assert (kept.code, "--delete takes them away" in kept.out) == (1, True)
    assert do("push", "zendesk", "--apply", "--delete").code == 0
    assert [one["locale_id"] for one in site.content[0]["variants"]] == [1, 8]
    assert do("push", "zendesk").out == "As it is there: 1 reply\n"


@pytest.mark.parametrize("system", ["chatwoot", "zendesk"])
def test_what_changed_there_is_not_overwritten(do: Do, site: Standin, tmp_path: Path, system: str) -> None:
    """Changed there alone: push says so, and pull edits that text. Changed on both sides: a conflict."""
    desk(tmp_path, FILES)
    do("push", system, "--apply")
    _change_there(site, system, 0, "Hello {{ NAME }}, well.")
    _change_there(site, system, 1, "Finer.")
    told = do("push", system, "--apply")
    assert (told.code, "a/one, a/two: was changed there, and not here" in told.out) == (1, True)
    assert do("pull", system, "--apply", "--no-check").code == 0
    text = (tmp_path / "responses/a.yaml").read_text()
    assert "body: Hello {{ customer.first_name }}, well.\n" in text
    assert '"Finer."' in text
    assert "title: Third\n  tags: [a]\n" in text
    _change_there(site, system, 1, "There.")
    _edited(tmp_path, "Finer.", "Here.")
    both = do("push", system, "--apply")
    assert (both.code, "a/two: was changed here and there" in both.out) == (1, True)
    assert do("pull", system, "--apply", "--no-check").code == 1
    assert "Here." in (tmp_path / "responses/a.yaml").read_text()


def _change_there(site: Standin, system: str, at: int, text: str) -> None:
    if system == "chatwoot":
        site.replies[at]["content"] = text.replace("NAME", 'contact.first_name | default: "there"')
    else:
        value = text.replace("NAME", 'ticket.requester.first_name | default: "there"')
        site.macros[at]["actions"][0]["value"] = value


def test_a_change_of_what_is_written_otherwise_there_is_a_conflict(do: Do, site: Standin, tmp_path: Path) -> None:
    """A fact went out as its value: what was changed in that text is not taken over, so that the fact is not lost."""
    files = {
        "cannedkit.yaml": "locale: en\npacks: [Care]\nengines: {}\nfacts: facts.yaml\n",
        "facts.yaml": "days: 14\n",
    }
    desk(tmp_path, {**files, "responses/a.yaml": "one: Wait {{ facts.days }} days.\n"})
    do("push", "chatwoot", "--apply")
    assert site.replies[0]["content"] == "Wait 14 days."
    site.replies[0]["content"] = "Wait 14 whole days."
    ran = do("pull", "chatwoot", "--apply", "--no-check")
    assert (ran.code, "In conflict: 1 reply" in ran.out) == (1, True)
    assert "facts.days" in (tmp_path / "responses/a.yaml").read_text()


@pytest.mark.parametrize("system", ["chatwoot", "zendesk"])
def test_what_is_kept_otherwise_there_is_sent_once(do: Do, site: Standin, tmp_path: Path, system: str) -> None:
    """A system that writes a text in its own way is told of; the next push leaves it, until it changes here."""
    desk(tmp_path, {"responses/a.yaml": "one: Well.\n"})
    path = "canned" if system == "chatwoot" else "macros"
    kept = {"id": 5, "short_code": "a/one", "content": "WELL."}
    macro = {"macro": {"id": 5, "title": "a::one", "actions": [{"field": "comment_value", "value": "WELL."}]}}
    site.faults.append(Fault("POST", path, 201, body=json.dumps(kept if system == "chatwoot" else macro)))
    ran = do("push", system, "--apply")
    assert (ran.code, "has it otherwise than it was sent: look there" in ran.out) == (0, True)
    site.replies.append(kept)
    site.macros.append(macro["macro"])
    assert do("push", system).out == "As it is there: 1 reply\n"
    _edited(tmp_path, "Well.", "Better.")
    assert "Change: 1 reply" in do("push", system, "--apply").out
    assert "Better." in str(site.replies if system == "chatwoot" else site.macros)
    _edited(tmp_path, "Better.", "Well.")
    assert "Change: 1 reply" in do("push", system).out


def test_a_fact_that_changed_changes_what_is_there(do: Do, site: Standin, tmp_path: Path) -> None:
    """The reply's file is as it was; what customers would read is not, and is sent."""
    files = {
        "cannedkit.yaml": "locale: en\npacks: [Care]\nengines: {}\nfacts: facts.yaml\n",
        "facts.yaml": "days: 14\n",
    }
    desk(tmp_path, {**files, "responses/a.yaml": "one: Wait {{ facts.days }} days.\n"})
    do("push", "chatwoot", "--apply")
    (tmp_path / "facts.yaml").write_text("days: 15\n")
    assert do("push", "chatwoot", "--apply").code == 0
    assert site.replies[0]["content"] == "Wait 15 days."


@pytest.mark.parametrize("system", ["chatwoot", "zendesk"])
def test_deleting_takes_a_word_and_a_mark(do: Do, run: Run, site: Standin, tmp_path: Path, system: str) -> None:
    """A retired reply goes there with --delete, where it was sent from here and nobody changed it; so does its note."""
    desk(tmp_path, {**FILES, "responses/a.yaml": REPLIES.replace('two: {body: "Fine."}', "two: Fine.")})
    do("push", system, "--apply")
    for id in CODES:
        run("retire", id, cwd=tmp_path)
    _change_there(site, system, 0, "There.")
    told = do("push", system, "--apply")
    assert "Retired here, and there still: a/one, a/two, a/three; --delete" in told.out
    count = len(site.replies + site.macros)
    assert count == 3
    assert "Delete: 2 replies\n  a/two, a/three\n" in do("push", system, "--delete").out
    gone = do("push", system, "--apply", "--delete")
    assert (gone.code, "a/one: is not deleted: it was changed there after it was sent" in gone.out) == (1, True)
    assert len(site.replies + site.macros) == 1
    assert site.content == []
    assert _ids(tmp_path, system).keys() == {"a/one"}


def test_what_was_not_sent_from_here_is_not_deleted(do: Do, run: Run, site: Standin, tmp_path: Path) -> None:
    """A reply that came from there stays there, whatever becomes of it here."""
    desk(tmp_path)
    site.replies.append({"id": 5, "short_code": "hello", "content": "Hi."})
    do("pull", "chatwoot", "--apply", "--no-check")
    assert run("retire", "chatwoot/hello", cwd=tmp_path).code == 0
    ran = do("push", "chatwoot", "--apply", "--delete")
    assert (ran.code, "it was not sent from here" in ran.out, len(site.replies)) == (1, True, 1)


def test_what_is_gone_there_is_told(do: Do, site: Standin, tmp_path: Path) -> None:
    """Nothing is created a second time, and nothing is taken away here."""
    desk(tmp_path, FILES)
    do("push", "chatwoot", "--apply")
    del site.replies[1]
    ran = do("push", "chatwoot", "--apply")
    assert (ran.code, "a/two: is no longer there as" in ran.out) == (1, True)
    assert "a/two: is there no more; `cannedkit retire a/two`" in do("pull", "chatwoot").err
    assert len(site.replies) == 2


# -- paged, stopped, resumed --------------------------------------------------------------------


def test_every_page_is_read(do: Do, site: Standin, tmp_path: Path) -> None:
    """Macros and dynamic content of all pages come in."""
    desk(tmp_path)
    site.page = 2
    says = [{"field": "comment_value", "value": "Hi."}]
    site.macros += [{"id": number, "title": f"R {number}", "actions": says} for number in range(1, 6)]
    site.content += [
        {
            "id": 9 + one,
            "name": f"c{one}",
            "placeholder": f"{{{{dc.c{one}}}}}",
            "variants": [{"locale_id": 1, "content": "X."}],
        }
        for one in range(3)
    ]
    do("pull", "zendesk", "--apply", "--no-check")
    assert len(_ids(tmp_path, "zendesk")) == 8
    assert sum("page%5Bafter%5D" in one for one in site.asked) == 3


@pytest.mark.parametrize("system", ["chatwoot", "zendesk"])
@pytest.mark.parametrize("status", [CUT, 500])
def test_what_is_stopped_is_resumed_without_doubles(
    do: Do, site: Standin, tmp_path: Path, system: str, status: int
) -> None:
    """The server does what it was asked and its answer is lost: what was done is told, and the next run ends right."""
    desk(tmp_path, FILES)
    second = 0 if system == "chatwoot" else 1
    site.faults.append(Fault("POST", "canned|macros", 429, {"Retry-After": "0"}))
    site.faults.append(Fault("POST", "/items" if second else "canned", status, done=True))
    ran = do("push", system, "--apply")
    assert (ran.code, "Traceback" in ran.err) == (2, False)
    assert "run the same command again: what is there is not sent twice" in ran.err
    again = do("push", system, "--apply")
    assert again.code == 0
    have = [one["short_code"] for one in site.replies] + [one["title"] for one in site.macros]
    assert len(have) == len(set(have)) == 3
    assert len(site.content) == (1 if system == "zendesk" else 0)
    assert sorted(_ids(tmp_path, system)) == sorted(CODES)
    assert do("push", system).out.startswith("As it is there: 3 replies\n")


def test_two_replies_are_never_one_there(do: Do, site: Standin, tmp_path: Path) -> None:
    """Two with one title and one text: what stands there already is the first of them, and the other is sent, too."""
    desk(tmp_path, {"responses/a.yaml": "one: {title: T, body: Hi.}\ntwo: {title: T, body: Hi.}\n"})
    site.macros.append({"id": 7, "title": "a::T", "actions": [{"field": "comment_value", "value": "Hi."}]})
    ran = do("push", "zendesk", "--apply")
    assert (ran.code, "Created 1, noted 1." in ran.out) == (0, True)
    assert (len(site.macros), len(set(_ids(tmp_path, "zendesk").values()))) == (2, 2)


def test_what_stands_there_with_another_text_is_a_conflict(do: Do, site: Standin, tmp_path: Path) -> None:
    """No double beside it, and nothing overwritten."""
    desk(tmp_path, FILES)
    site.replies.append({"id": 1, "short_code": "a/two", "content": "Other."})
    site.macros.append({"id": 1, "title": "a::two", "actions": [{"field": "comment_value", "value": "Other."}]})
    for system in ("chatwoot", "zendesk"):
        ran = do("push", system, "a/two", "--apply")
        assert (ran.code, "stands there already, with another text" in ran.out) == (1, True)
    assert _writes(site) == []


def test_a_response_that_cannot_be_noted_is_not_sent(
    do: Do, site: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told with its file before anything of it is sent, for the next run would not know it; the others are."""
    desk(tmp_path, FILES)

    def noted(path: Path, text: str, name: str, key: str, told: Any) -> str:
        if name == "two":
            raise EditRefused(path, "is written in another way")
        return rewriting.noted(path, text, name, key, told)

    monkeypatch.setattr(push, "noted", noted)
    ran = do("push", "chatwoot", "--apply")
    assert (ran.code, "a/two: is not sent, for it could not be noted here" in ran.out) == (1, True)
    assert [one["short_code"] for one in site.replies] == ["a/one", "a/three"]


def test_a_file_that_changed_meanwhile_is_not_overwritten(
    do: Do, site: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saves the file while a reply is sent: what they wrote stays, and the note stands beside it."""
    desk(tmp_path, FILES)
    path = tmp_path / "responses/a.yaml"
    asked = connection.Site.call

    def call(here: connection.Site, one: connection.Call) -> Any:
        path.write_text(path.read_text() + "# theirs\n")
        return asked(here, one)

    monkeypatch.setattr(connection.Site, "call", call)
    assert do("push", "chatwoot", "--apply").code == 0
    assert path.read_text().count("# theirs") == 3
    assert sorted(_ids(tmp_path, "chatwoot")) == sorted(CODES)


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
    assert (_writes(site), state(tmp_path)) == ([], before)
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
    assert sorted(_ids(tmp_path, "chatwoot")) == ["a/three", "a/two"]


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
    assert _writes(site) == []


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
    assert (len(site.replies), _ids(tmp_path, "chatwoot")) == (1, {"a/one": str(site.replies[0]["id"])})


def test_an_id_from_there_is_no_path(do: Do, site: Standin, tmp_path: Path) -> None:
    """An id that is no number is never put into an address."""
    desk(tmp_path, {"responses/a.yaml": "one: Well.\n"})
    do("push", "chatwoot", "--apply")
    site.replies[0]["id"] = "../../contacts/7"
    _edited(tmp_path, "Well.", "Well!")
    text = (tmp_path / "responses/a.yaml").read_text()
    number = _ids(tmp_path, "chatwoot")["a/one"]
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
