"""`push` and `pull` against a server that answers as Chatwoot and Zendesk are documented: plans, and what is done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cannedkit import Kit
from cannedkit.exchange import rewriting
from cannedkit.exchange.live import connection, push
from cannedkit.yamlsource.edit import EditRefused
from scripts.standin import CUT, Fault, Standin
from tests.conftest import Run
from tests.exchange.desk import desk, state
from tests.exchange.helpdesk import CODES, FILES, REPLIES, Do, edited, ids, writes

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
    assert (writes(site), state(tmp_path)) == ([], before)


@pytest.mark.parametrize("system", ["chatwoot", "zendesk"])
def test_what_is_sent_is_noted_and_sent_once(do: Do, site: Standin, tmp_path: Path, system: str) -> None:
    """Each response gets the id that it has there, in whatever form it stands, and no other line changes.

    A second push has nothing to do, and a pull nothing to write.
    """
    desk(tmp_path, FILES)
    before = Kit.load(tmp_path, with_engines=False).catalogue.responses
    assert do("push", system, "--apply").code == 0
    assert sorted(ids(tmp_path, system)) == sorted(CODES)
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
    sent, files = writes(site), state(tmp_path)
    again = do("push", system, "--apply")
    assert (again.code, again.out) == (0, "As it is there: 3 replies\nNothing was sent.\n")
    assert "Nothing to write" in do("pull", system, "--apply").out
    assert (writes(site), state(tmp_path)) == (sent, files)


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
    before, sent = ids(tmp_path, system), len(writes(site))
    for macro in site.macros:
        macro["actions"].append({"field": "status", "value": "solved"})
    edited(tmp_path, "Fine.", "Better.")
    assert "Change: 1 reply\n  a/two\n" in do("push", system).out
    assert "Changed 1." in do("push", system, "--apply").out
    assert (ids(tmp_path, system), len(writes(site))) == (before, sent + 1)
    told = site.replies[1]["content"] if system == "chatwoot" else site.macros[1]["actions"][0]["value"]
    assert told == "Better."
    assert all(one["actions"][-1]["field"] == "status" for one in site.macros)


def test_texts_of_dynamic_content_are_changed_one_by_one(do: Do, site: Standin, tmp_path: Path) -> None:
    """A changed locale is changed, a new one created, and one that is gone goes there with --delete alone."""
    desk(tmp_path, {**FILES, "responses/a.yaml": "three: {body: {en-US: Good., fr: Bon.}}\n"})
    site.locales.append({"id": 8, "locale": "nl"})
    do("push", "zendesk", "--apply")
    edited(tmp_path, "en-US: Good.,", "en-US: Better., nl: Goed.,")
    assert do("push", "zendesk", "--apply").code == 0
    assert [one["content"] for one in site.content[0]["variants"]] == ["Better.", "Bon.", "Goed."]
    edited(tmp_path, "fr: Bon.", "nl: Goed.")
    edited(tmp_path, "nl: Goed., nl: Goed.", "nl: Goed.")
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
    edited(tmp_path, "Finer.", "Here.")
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
    edited(tmp_path, "Well.", "Better.")
    assert "Change: 1 reply" in do("push", system, "--apply").out
    assert "Better." in str(site.replies if system == "chatwoot" else site.macros)
    edited(tmp_path, "Better.", "Well.")
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
    assert ids(tmp_path, system).keys() == {"a/one"}


def test_what_was_not_sent_from_here_is_not_deleted(do: Do, run: Run, site: Standin, tmp_path: Path) -> None:
    """A reply that came from there stays there, whatever becomes of it here."""
    desk(tmp_path)
    site.replies.append({"id": 5, "short_code": "hello", "content": "Hi."})
    do("pull", "chatwoot", "--apply", "--no-check")
    assert run("retire", "chatwoot/hello", cwd=tmp_path).code == 0
    ran = do("push", "chatwoot", "--apply", "--delete")
    assert (ran.code, "it was not sent from here" in ran.out, len(site.replies)) == (1, True, 1)


def test_dynamic_content_that_others_may_name_is_not_deleted(do: Do, run: Run, site: Standin, tmp_path: Path) -> None:
    """Of a macro that came with its content and was changed from here the macro is deleted, and the content stays."""
    desk(tmp_path)
    site.content.append(
        {
            "id": 3,
            "name": "refund",
            "placeholder": "{{dc.refund}}",
            "variants": [{"id": 4, "locale_id": 1, "content": "So."}],
        }
    )
    site.macros.append({"id": 5, "title": "T", "actions": [{"field": "comment_value", "value": "{{dc.refund}}"}]})
    do("pull", "zendesk", "--apply", "--no-check")
    path = tmp_path / "responses/zendesk.yaml"
    path.write_text(path.read_text().replace("So.", "Well."))
    assert do("push", "zendesk", "--apply").code == 0
    assert site.content[0]["variants"][0]["content"] == "Well."
    run("retire", "zendesk/t", cwd=tmp_path)
    assert do("push", "zendesk", "--apply", "--delete").code == 0
    assert (site.macros, len(site.content)) == ([], 1)


def test_a_copy_of_a_reply_does_not_write_over_it(do: Do, site: Standin, tmp_path: Path) -> None:
    """Two responses that say they are the same one there: the first is, and the other is told."""
    desk(tmp_path, {"responses/a.yaml": "one: Well.\n"})
    do("push", "chatwoot", "--apply")
    path = tmp_path / "responses/a.yaml"
    path.write_text(path.read_text() + path.read_text().replace("one:", "two:").replace("Well.", "Fine."))
    ran = do("push", "chatwoot", "--apply")
    assert (ran.code, "a/two: says that it is the same reply there as a/one" in ran.out) == (1, True)
    assert [one["content"] for one in site.replies] == ["Well."]


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
    assert len(ids(tmp_path, "zendesk")) == 8
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
    assert sorted(ids(tmp_path, system)) == sorted(CODES)
    assert do("push", system).out.startswith("As it is there: 3 replies\n")


def test_two_replies_are_never_one_there(do: Do, site: Standin, tmp_path: Path) -> None:
    """Two with one title and one text: what stands there already is the first of them, and the other is sent, too."""
    desk(tmp_path, {"responses/a.yaml": "one: {title: T, body: Hi.}\ntwo: {title: T, body: Hi.}\n"})
    site.macros.append({"id": 7, "title": "a::T", "actions": [{"field": "comment_value", "value": "Hi."}]})
    ran = do("push", "zendesk", "--apply")
    assert (ran.code, "Created 1, noted 1." in ran.out) == (0, True)
    assert (len(site.macros), len(set(ids(tmp_path, "zendesk").values()))) == (2, 2)


def test_what_stands_there_with_another_text_is_a_conflict(do: Do, site: Standin, tmp_path: Path) -> None:
    """No double beside it, and nothing overwritten."""
    desk(tmp_path, FILES)
    site.replies.append({"id": 1, "short_code": "a/two", "content": "Other."})
    site.macros.append({"id": 1, "title": "a::two", "actions": [{"field": "comment_value", "value": "Other."}]})
    for system in ("chatwoot", "zendesk"):
        ran = do("push", system, "a/two", "--apply")
        assert (ran.code, "stands there already, with another text" in ran.out) == (1, True)
    assert writes(site) == []


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
    assert sorted(ids(tmp_path, "chatwoot")) == sorted(CODES)
