"""What is particular to a system: the quirks of its files, what it cannot say, and what it would do with our texts."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit import Kit, exchange
from cannedkit.exchange.formats import github, livehelperchat
from cannedkit.exchange.html import text_to_html, to_markdown
from cannedkit.exchange.model import ASIDE, CHANGED, REFUSED, Asked, File, Outcome
from cannedkit.model.errors import InputError
from cannedkit.settings.formats import FORMATS
from tests.exchange.desk import bring, desk, give, golden

PLIST = """<?xml version="1.0"?>{doctype}<plist version="1.0"><dict><key>name</key><string>G</string>
<key>snippetPlists</key><array>{snippets}</array></dict></plist>"""
SNIPPET = """<dict><key>abbreviation</key><string>{code}</string><key>plainText</key><string>{text}</string>
<key>snippetType</key><integer>{kind}</integer></dict>"""


def _json(data: object, name: str = "f.json") -> File:
    return File(name, json.dumps(data))


def _snippets(*snippets: tuple[str, str, int], doctype: str = "") -> File:
    made = "".join(SNIPPET.format(code=code, text=text, kind=kind) for code, text, kind in snippets)
    return File("g.textexpander", PLIST.format(doctype=doctype, snippets=made))


def _refused(format: str, file: File) -> list[str]:
    return [one.reason for one in exchange.read(format, [file], Asked()).outcomes if one.fate == REFUSED]


def _out(folder: Path, format: str, responses: str, variables: str = "") -> tuple[Mapping[str, str], list[Outcome]]:
    files = {"responses/a.yaml": responses} | ({"responses/variables.yaml": variables} if variables else {})
    out = give(desk(folder, files), format)
    return out.files, list(out.outcomes)


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("format", "data", "reason"),
    [
        ("intercom", {"data": [{"id": "1", "name": "x", "body": None, "body_text": None}]}, "left out its text"),
        ("helpscout", [{"id": 1, "name": "x", "preview": "Hi"}], "preview alone"),
        ("gorgias", {"data": [{"id": 1, "name": "x", "actions": []}]}, "only actions"),
        ("front", {"_results": [{"id": "rsp_1", "name": "x"}]}, "no `body`"),
        ("freshdesk", [{"id": 1, "title": "x"}], "no `content_html`"),
        ("rocketchat", {"cannedResponses": [{"_id": "1"}]}, "no `text`"),
        ("discourse", {"templates": [{"id": 1}]}, "no `content`"),
        ("osticket", [{"isenabled": 1}], "no `response`"),
        ("gitlab", {"resource": {"gitlab_user_saved_reply": {"x": {"content": '${file("x.md")}'}}}}, "is computed"),
    ],
)
def test_what_has_no_text_is_refused(format: str, data: object, reason: str) -> None:
    """The reason says what to do, or what is missing."""
    [told] = _refused(format, _json(data))
    assert reason in told


@pytest.mark.parametrize("format", sorted({*FORMATS} - {"csv", "zendesk", "chatwoot"}))
def test_what_is_no_file_of_a_format_is_an_error(format: str) -> None:
    """It names the file and what it lacks; nothing else is raised."""
    for text in ('{"a": 1}', "x: 1\n", "a,b\n1,2\n"):
        with pytest.raises(InputError, match=r"^f\.x"):
            exchange.read(format, [File("f.x", text)], Asked())


# -- HTML ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["- one\n**two** & <b>", "# no heading", "a\n\n\nb_c_ {{ x | default: 'y' }}"])
def test_plain_text_shows_its_signs(text: str) -> None:
    """Signs of Markdown in a plain text are seen there as they are, and placeholders are left alone."""
    html = text_to_html(text)
    assert not any(f"<{tag}>" in html for tag in ("b", "ul", "strong", "h1", "em"))
    read = to_markdown(html).replace("\\", "").replace("\n\n\n", "\n\n")
    assert read == text.replace("\n\n\n", "\n\n")


def test_the_text_beside_the_html_follows_it(tmp_path: Path) -> None:
    """What Freshdesk has as plain text is kept while its HTML is, and is made anew when that changes here."""
    one = {"id": 1, "title": "x", "content": "hi ALL", "content_html": "<p>Hi <b>all</b></p>"}
    bring(desk(tmp_path), "freshdesk", [_json([one])])
    assert json.loads(give(tmp_path, "freshdesk").files["canned_responses.json"]) == [one]
    path = tmp_path / "responses/freshdesk.yaml"
    path.write_text(path.read_text().replace("Hi **all**", "Hi **you**"))
    [changed] = json.loads(give(tmp_path, "freshdesk").files["canned_responses.json"])
    assert (changed["content"], changed["content_html"]) == ("Hi **you**", "<p>Hi <strong>you</strong></p>")


# -- Gorgias ------------------------------------------------------------------------------------


def _macro(language: str | None) -> dict[str, Any]:
    says = {"name": "setResponseText", "type": "user", "arguments": {"body_html": "<p>Well.</p>"}}
    return {"id": 1, "external_id": "billing/x", "name": "X", "language": language, "actions": [says]}


@pytest.mark.parametrize(("language", "locale"), [("en", "en-US"), ("fr", "fr"), (None, "en-US")])
def test_a_language_is_the_locale_that_is_in_it(tmp_path: Path, language: str | None, locale: str) -> None:
    """`en` is the English of the settings; a macro in one other language goes out in that, with our id as it came."""
    brought = bring(desk(tmp_path), "gorgias", [_json({"data": [_macro(language)]})])
    assert brought.ids == ("billing/x",)
    [body] = Kit.load(tmp_path, with_engines=False).response("billing/x").bodies
    assert body.locale == locale
    assert json.loads(give(tmp_path, "gorgias").files["macros.json"]) == {"data": [_macro(language)]}


def test_a_new_macro_names_its_language_and_id(tmp_path: Path) -> None:
    """A reply of ours goes out with the language of its locale, and its id as the external one."""
    files, _ = _out(tmp_path, "gorgias", "one: {body: {fr: Bien.}}\n")
    [macro] = json.loads(files["macros.json"])["data"]
    assert (macro["external_id"], macro["language"]) == ("a/one", "fr")


def test_a_placeholder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """It comes in as the text that it is, so that nobody is sent an empty place, and the report names it."""
    macro = _macro("en")
    macro["actions"][0]["arguments"]["body_html"] = "<p>It is {{ticket.customer.integrations[1].id}}.</p>"
    outcomes = bring(desk(tmp_path), "gorgias", [_json({"data": [macro]})]).outcomes
    [told] = [one for one in outcomes if one.fate == CHANGED]
    assert (told.part, told.reason.split(" ")[0]) == ("body en-US", "{{ticket.customer.integrations[1].id}}")


# -- Help Scout ---------------------------------------------------------------------------------


def test_email_and_chat_have_their_own_words(tmp_path: Path) -> None:
    """A body for chat goes into `chatText` as plain text, that for email into `text` as HTML, and both come back."""
    body = "one: {title: One, format: markdown, body: {chat: 'Hi **you**.', email: 'Dear **you**.'}}\n"
    files, outcomes = _out(tmp_path / "home", "helpscout", body)
    [reply] = json.loads(files["saved_replies.json"])
    assert reply == {"name": "One", "text": "<p>Dear <strong>you</strong>.</p>", "chatText": "Hi **you**."}
    assert [one.part for one in outcomes if one.fate == "kept"] == ["title, body en-US chat, body en-US email"]


# -- Zammad -------------------------------------------------------------------------------------


def test_nothing_becomes_a_list_in_zammad(tmp_path: Path) -> None:
    """Three tildes, which Zammad would take apart, are written so that it does not; in its files they are refused."""
    body = json.dumps({"one": {"title": "x~~~y", "body": "Well ~~~ fine"}})
    files, outcomes = _out(tmp_path, "zammad", body)
    assert "~~~" not in files["text_modules.csv"]
    assert ("title", "is 'x~~y' there") in [(one.part, one.reason) for one in outcomes if one.fate == CHANGED]
    assert "for a list" in _refused("zammad", File("f.csv", "id,name,content\n1,x,a~~~b\n"))[0]


def test_a_call_is_no_placeholder_in_zammad() -> None:
    """`#{t(…)}`, which means something in triggers alone, is named."""
    file = File("f.csv", "id,name,content\n1,x,Is #{t(ticket.state.name)} now\n")
    [told] = exchange.read("zammad", [file], Asked()).outcomes
    assert (told.fate, "#{t(ticket.state.name)} is text" in told.reason) == (CHANGED, True)


def test_a_new_text_module_has_no_id(tmp_path: Path) -> None:
    """An id that Zammad does not have would be an error there."""
    files, _ = _out(tmp_path, "zammad", "one: {title: One, tags: [so and so], body: Well.}\n")
    [row] = _rows(files["text_modules.csv"])
    assert (row["id"], row["keywords"], row["content"]) == ("", "so and so,", "<p>Well.</p>")


# -- Live Helper Chat ---------------------------------------------------------------------------


def test_fallbacks_make_a_whole_message(tmp_path: Path) -> None:
    """The message that is sent where a value is missing has each fallback in its place, and the report says so."""
    variables = "customer.name: {type: name, fallback: {en-US: you, fr: toi}}\norder: {}\n"
    files, outcomes = _out(tmp_path, "livehelperchat", "one: Hi {{ customer.name }}, {{ order }} is here.\n", variables)
    [row] = _rows(files["canned_messages.csv"])
    assert tuple(row) == livehelperchat.COLUMNS
    assert (row["msg"], row["fallback_msg"]) == ("Hi {nick}, {order} is here.", "Hi you, {order} is here.")
    assert [one.part for one in outcomes if one.fate == CHANGED and "whole" in one.reason] == ["fallback"]


@pytest.mark.parametrize(
    ("message", "fallback", "read"),
    [
        ("Hi {nick}.", "Hi you.", "Hi {nick\ue002you}."),
        ("Hi {nick}.", "Hello!", "Hi {nick}."),
        ("Hi {nick}.", "", "Hi {nick}."),
        ("{a}{b}", "xy", "{a}{b}"),
        ("{a}, {a}", "x, y", "{a}, {a}"),
        ("{a}, {b}", "x, {b}", "{a\ue002x}, {b}"),
        ("{a} a {b}", "a a a", "{a\ue002a} a {b\ue002a}"),
        ("No hole", "Other", "No hole"),
        ("Hi {nick}", "Hi you ", "Hi {nick}"),
    ],
)
def test_a_whole_message_is_taken_apart_where_it_can_be(message: str, fallback: str, read: str) -> None:
    """Where it is the message but for its placeholders it says their fallbacks; else it is kept aside."""
    cells = {**dict.fromkeys(livehelperchat.COLUMNS, ""), "unique_id": "1", "msg": message, "fallback_msg": fallback}
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([cells, cells.values()])
    [record] = exchange.read("livehelperchat", [File("f.csv", stream.getvalue())], Asked()).records
    assert record.texts[0].text == read
    assert ("fallback_msg" in record.aside) == (bool(fallback) and "\ue002" not in read)
    [row] = _rows(exchange.write("livehelperchat", [record]).files["canned_messages.csv"])
    assert (row["msg"], row["fallback_msg"]) == (message, fallback)


# -- GitLab -------------------------------------------------------------------------------------


def test_a_text_computes_nothing_in_terraform(tmp_path: Path) -> None:
    """`${` and `%{` go out doubled, so that they stand for themselves; labels are names of Terraform, and unique."""
    body = json.dumps({"a-b": "Costs ${x}, {{ name }}", "b": {"title": "t" * 300, "body": "Well."}})
    files, outcomes = _out(tmp_path, "gitlab", body, "name: {}\n")
    made = json.loads(files["saved_replies.tf.json"])["resource"]["gitlab_user_saved_reply"]
    assert made["a_a-b"]["content"] == "Costs $${x}, %%{name}"
    assert len(made["a_b"]["name"]) == 255
    assert [one.part for one in outcomes if one.fate == CHANGED and one.id == "a/b"] == ["title"]


def test_what_was_refused_stays_in_the_file_of_terraform(tmp_path: Path) -> None:
    """A resource that is not taken over goes out again: without it Terraform would delete the reply."""
    one, other = {"name": "x", "content": "Well."}, {"name": "y", "content": "${var.text}"}
    data = {"resource": {"gitlab_user_saved_reply": {"one": one, "other": other}, "gitlab_label": {"z": {}}}}
    bring(desk(tmp_path), "gitlab", [_json(data)])
    assert len(_refused("gitlab", _json(data))) == 1
    assert json.loads(give(tmp_path, "gitlab").files["saved_replies.tf.json"]) == data


# -- GitHub -------------------------------------------------------------------------------------


def test_a_fence_holds_what_is_in_it(tmp_path: Path) -> None:
    """A text with a fence goes out in a longer one, new or where it changed here, and comes back."""
    text = "Run:\n\n```sh\nmake\n```\n\nThanks"
    files, outcomes = _out(tmp_path / "new", "github", json.dumps({"one": {"format": "markdown", "body": text}}))
    assert files[github.MARKDOWN] == f"## a/one\n\n````\n{text}\n````\n"
    assert {one.part for one in outcomes if one.fate == "kept"} == {"body en-US"}
    folder = desk(tmp_path / "old")
    bring(folder, "github", [File("f.md", "# T\n\n## X (v1)\n```md\nWell, thanks\n```\nbye\n")])
    path = folder / "responses/github.yaml"
    path.write_text(path.read_text().replace("body: Well, thanks", f"format: markdown\n  body: {json.dumps(text)}"))
    assert give(folder, "github").files[github.MARKDOWN] == f"# T\n\n## X (v1)\n````md\n{text}\n````\nbye\n"


def test_a_version_is_no_part_of_a_title(tmp_path: Path) -> None:
    """It is kept aside and named, so that a new version is the same reply."""
    for version in ("v1", "v2"):
        file = File("f.md", f"## Duplicate ({version})\n```\nThis is a duplicate, {version}.\n```\n")
        brought = bring(desk(tmp_path), "github", [file])
        assert brought.ids == ("github/duplicate",)
        assert [one.part for one in brought.outcomes if one.fate == ASIDE] == [f"version {version}"]


def test_a_reply_that_is_new_goes_behind_those_that_came(tmp_path: Path) -> None:
    """It has a heading and a block of its own, or an item of the list where there is no Markdown."""
    for name, text, new in (
        ("f.md", "## X\n```\nWell\n```\n", "\n## github/y\n\n```\nFine.\n```\n"),
        ("f.yml", "replies:\n    - name: X\n      body: Well\n", "    - name: github/y\n      body: Fine.\n"),
    ):
        folder = desk(tmp_path / name)
        bring(folder, "github", [File(name, text)])
        path = folder / "responses/github.yaml"
        path.write_text(f"{path.read_text()}\ny: Fine.\n")
        [written] = give(folder, "github").files.values()
        assert written == text + new


# -- read only ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("snippet", "reason"),
    [
        (("s", "do shell script", 2), "AppleScript"),
        (("s", "#!/bin/sh rm", 3), "a shell script"),
        (("s", "1+1", 4), "JavaScript"),
        (("s", "Today %d.", 0), "the macro `%d`"),
        (("s", "Hi %key:tab% you", 0), "the macro `%key:tab%`"),
        (("s", "%clipboard", 0), "the macro `%clipboard`"),
        (("s", "%snippet:other%", 0), "which the file does not have"),
        (("s", "x %snippet:s%", 0), "too many to follow"),
    ],
)
def test_a_snippet_that_does_something_is_refused(snippet: tuple[str, str, int], reason: str) -> None:
    """Scripts, keys, the time and the clipboard are no text; a snippet that holds itself ends."""
    [told] = _refused("textexpander", _snippets(snippet))
    assert reason in told


def test_a_script_is_not_put_into_a_text() -> None:
    """A snippet that has a script in it is refused, too."""
    file = _snippets(("a", "Hi %snippet:b%", 0), ("b", "rm -rf", 3))
    assert len(_refused("textexpander", file)) == 2


def test_snippets_in_snippets_do_not_grow_without_end() -> None:
    """Each is put together once, up to the length that a body may have."""
    grown = [(f"s{n}", f"%snippet:s{n + 1}%" * 3000, 0) for n in range(4)]
    told = _refused("textexpander", _snippets(*grown, ("s4", "ha" * 100, 0)))
    assert (len(told), {"more than the 20,000" in one for one in told}) == (4, {True})


def test_entities_of_a_property_list_are_not_followed() -> None:
    """A file that would grow a billionfold ends with an error that names it."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE plist [<!ENTITY l0 "ha">{laughs}]>'
    with pytest.raises(InputError, match="is no property list"):
        exchange.read("textexpander", [_snippets(("a", "&l11;", 0), doctype=doctype)], Asked())


def test_a_mention_without_its_sign_is_named() -> None:
    """`{issue-author}` alone, which the action fills too, is text here, and that is told."""
    file = File("f.yml", "x: {comment: 'Hi {issue-author} and @{issue-author}'}\n")
    [told] = exchange.read("label-actions", [file], Asked()).outcomes
    assert (told.fate, "@{issue-author}" in told.reason) == (CHANGED, True)


def test_a_response_that_is_not_enabled_is_named() -> None:
    """The language of a row of osTicket says nothing; that it is switched off does."""
    rows = [{"canned_id": 3, "isenabled": "0", "title": "x", "response": "<p>Hi</p>", "lang": "en_US"}]
    [record] = exchange.read("osticket", [_json(rows)], Asked()).records
    assert (record.id, record.texts[0].locale, record.aside) == ("3", "", ("it is not enabled there",))


def test_a_default_in_an_attribute_is_a_fallback(tmp_path: Path) -> None:
    """Both ways that Intercom writes one are read, its entities too."""
    data = {
        "data": [{"id": "1", "name": "x", "body_text": "", "body": "Hi <attribute default='R&amp;D' key='user.x'/>"}]
    }
    [id] = bring(desk(tmp_path), "intercom", [_json(data)]).ids
    [body] = Kit.load(tmp_path, with_engines=False).response(id).bodies
    assert body.text.value == 'Hi {{ user.x | default: "R&D" }}'


HEAVY = {
    "zammad": 'id,name,content\n1,x,"' + "#{a(" * 25_000 + '"\n',
    "intercom": json.dumps({"data": [{"id": "1", "name": "x", "body": "<attribute " * 30_000, "body_text": ""}]}),
    "github": "# " + " " * 200_000 + "x\n## X\n```\nWell\n```\n",
    "helpscout": json.dumps([{"id": 1, "name": "x", "text": "{%a,fallback=" * 7_000, "chatText": ""}]),
    "discourse": json.dumps({"templates": [{"id": 1, "title": "x", "content": "%{a,fallback:" * 20_000}]}),
}
"""Files made to take long."""


@pytest.mark.parametrize("format", HEAVY)
def test_no_file_takes_long(tmp_path: Path, format: str) -> None:
    """Signs that begin something which never ends are gone through once."""
    start = time.process_time()
    bring(desk(tmp_path), format, [File("f.x", HEAVY[format])])
    assert time.process_time() - start < 3


# -- any file -----------------------------------------------------------------------------------

ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, "", "x", [], [[]], {}, {"name": 1}, ["x"], "~~~", "{{", "a,b", "- a: &b"]
)


def _spots(data: Any) -> list[tuple[Any, Any]]:
    """Each place in some data at which a value stands."""
    keys = list(data) if isinstance(data, dict) else list(range(len(data))) if isinstance(data, list) else []
    return [(data, key) for key in keys] + [spot for key in keys for spot in _spots(data[key])]


@pytest.mark.parametrize("format", FORMATS)
@given(draw=st.data())
@settings(max_examples=60)
def test_any_file_is_read_or_told(format: str, draw: st.DataObject) -> None:
    """A golden file in which something is another thing is read, and can be written, or ends with an InputError."""
    file = draw.draw(st.sampled_from(golden(format)))
    if file.text.lstrip()[:1] in "[{":
        data = json.loads(file.text)
        for holder, key in draw.draw(st.lists(st.sampled_from(_spots(data)), min_size=1, max_size=3)):
            holder[key] = draw.draw(ODD)
        text = json.dumps(data)
    else:
        start, length = draw.draw(st.integers(0, len(file.text))), draw.draw(st.integers(0, 30))
        text = file.text[:start] + str(draw.draw(ODD)) + file.text[start + length :]
    try:
        exchange.is_mine(format, File(file.name, text))
        incoming = exchange.read(format, [File(file.name, text)], Asked())
    except InputError:
        return
    if exchange.ability(format).writes:
        exchange.write(format, [record for record in incoming.records if record.texts])
