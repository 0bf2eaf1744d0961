"""What formats share: placeholders, HTML, encodings, tables, names, and what an `Ability` declares."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cannedkit import Kit, exchange
from cannedkit.exchange import guess, losses, writing
from cannedkit.exchange.encoding import MAX_BYTES, decoded, opened
from cannedkit.exchange.html import has_marks, to_html, to_markdown
from cannedkit.exchange.model import CHANGED, CONFLICT, KEPT, LOST, REFUSED, Asked, File, Outcome
from cannedkit.exchange.names import guessed_type, names
from cannedkit.exchange.placeholders import SYNTAXES, Unsayable, inward, outward
from cannedkit.model.errors import InputError
from tests.exchange.desk import SETTINGS, WRITTEN, bring, desk, give

PARTS = {
    "title": ("one: {title: Refund sent, body: Well.}\n", "title"),
    "shortcut": ("one: {shortcut: rf, body: Well.}\n", "shortcut"),
    "tags": ("one: {tags: [money, late], body: Well.}\n", "tags"),
    "subject": ("one: {body: {subject: Your refund, body: Well.}}\n", "subject en-US"),
    "locale": ("one: {body: {en-US: Well., fr: Bien.}}\n", "body fr"),
    "channel": ("one: {body: {any: Well., email: Dear all.}}\n", "body en-US email"),
    "variation": ('one: {body: ["Well.", "Fine."]}\n', "body en-US 2"),
}
"""What an `Ability` declares -> a reply that has it, and what the report calls it."""


def _same(name: str) -> str:
    return name


def _none(name: str) -> None:
    return None


@pytest.mark.parametrize("format", WRITTEN)
@pytest.mark.parametrize("part", PARTS)
def test_a_format_can_what_it_declares(tmp_path: Path, format: str, part: str) -> None:
    """What it declares as kept is kept in a reply that has it; what not, is changed or left out, as it says."""
    text, name = PARTS[part]
    numbers = {"zendesk": [{"id": 1, "locale": "en-US"}, {"id": 16, "locale": "fr"}]}.get(format)
    desk(tmp_path, {"responses/a.yaml": text})
    if numbers and part == "locale":  # the ids of locales are the system's to give
        kept = json.dumps({"locales": {"1": "en-US", "16": "fr"}})
        (tmp_path / "responses/a.yaml").write_text(
            text.replace("one: {", f"one: {{x-zendesk: {{id: '1', kept: '{kept}'}}, ")
        )
    outcomes = give(tmp_path, format).outcomes
    found = {one.fate for one in outcomes if name in one.part.split(", ")}
    assert found == {getattr(exchange.ability(format), part)}


@pytest.mark.parametrize("format", WRITTEN)
def test_placeholders_go_out_as_the_format_declares(tmp_path: Path, format: str) -> None:
    """A fallback and a condition come back where the syntax has them; else the reply is refused and says why."""
    declared = {"responses/variables.yaml": "plan: {optional: true}\norder.id: {}\n"}
    form = SYNTAXES[exchange.ability(format).syntax]
    for text, can in (
        ("Hi {{ order.id | default: 'x' }}.", form.fallback),
        ("Hi.{% if plan %} {{ plan }}{% endif %}", form.condition),
    ):
        desk(tmp_path, {**declared, "responses/a.yaml": f"one: {json.dumps(text)}\n"})
        fates = {one.fate for one in give(tmp_path, format).outcomes if "title" not in one.part}
        assert (KEPT in fates, REFUSED in fates) == (can, not can)


@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize(
    "text", ["Hi {{ a.b }}, {{c}}!", "No hole, 50 % { } # $ @ [x]", "{% raw %}{{ x y }}{% endraw %} {{ a }}"]
)
def test_every_syntax_comes_back(syntax: str, text: str) -> None:
    """A text that goes out in a syntax and comes back writes the same things, or is refused where it would say more."""
    other = SYNTAXES[syntax].other
    if other and other.search(text.partition("{% endraw %}")[0].removeprefix("{% raw %}")) and "raw" in text:
        with pytest.raises(Unsayable, match="takes for a placeholder"):
            outward(text, syntax, _same, _none, {})
        return
    there = outward(text, syntax, _same, _none, {})
    again = outward(inward(there, syntax, _same), syntax, _same, _none, {})
    assert again == there


@pytest.mark.parametrize("syntax", [name for name, form in SYNTAXES.items() if form.fallback])
def test_a_fallback_comes_back(syntax: str) -> None:
    """Where a syntax has fallbacks, one goes out and comes back; a declared one is written out."""
    there = outward('Hi {{ name | default: "there" }}', syntax, _same, _none, {})
    assert inward(there, syntax, _same) == 'Hi {{ name | default: "there" }}'
    assert outward("Hi {{ name }}", syntax, _same, lambda name: "there", {}).replace(" ", "") == there.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "syntax", "why"),
    [
        ("{% if a %}x{% endif %}", "hash", "condition"),
        ("{{ a | upcase }}", "hash", "filter `upcase`"),
        ("{{ a | default: 'x' }}", "hash", "fallback 'x'"),
        ("{% raw %}#{a}{% endraw %}", "hash", "takes for a placeholder"),
    ],
)
def test_what_cannot_be_said_is_refused(text: str, syntax: str, why: str) -> None:
    """The reason names what it is."""
    with pytest.raises(Unsayable, match=why):
        outward(text, syntax, _same, _none, {})


def test_names_of_a_system_are_ours_and_theirs(tmp_path: Path) -> None:
    """The table names them; the settings go before it, in both directions; others stay as they are."""
    desk(
        tmp_path,
        {"cannedkit.yaml": f"{SETTINGS}exchange: {{zendesk: {{variables: {{ticket.requester.name: client}}}}}}\n"},
    )
    found = names("zendesk", Kit.load(tmp_path, with_engines=False).settings)
    assert found.ours("ticket.requester.name") == "client"
    assert found.theirs("client") == "ticket.requester.name"
    assert found.ours("ticket.requester.first_name") == "customer.first_name"
    assert found.ours("ticket.x-y") == "ticket.x_y"
    assert found.theirs("order.id") == "order.id"


@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("customer.first_name", "name"),
        ("refund.amount", "money"),
        ("order.id", "order-id"),
        ("help_url", "url"),
        ("x", "text"),
    ],
)
def test_types_are_guessed_by_name(name: str, type: str) -> None:
    """What a name says of its type is declared."""
    assert guessed_type(name) == type


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Hi <b>{{x}}</b>,</p><p>there</p>", "Hi **{{x}}**,\n\nthere"),
        ("Hi,<br />there", "Hi,\nthere"),
        ("<div>a</div><div>b</div>", "a\nb"),
        (
            "<ul><li>one <a href='https://e.org/{{id}}'>link</a></li><li>two</li></ul>",
            "- one [link](https://e.org/{{id}})\n- two",
        ),
        ("<ol><li><p>x</p></li><li>y</li></ol>", "1. x\n\n2. y"),
        ("5 * 3 &lt; 4 😀", "5 \\* 3 \\< 4 😀"),
        ("<p>1. no list</p>", "1\\. no list"),
        ("<script>alert(1)</script>x", "x"),
        ("<blockquote>q<br>r</blockquote>", "> q\n> r"),
    ],
)
def test_html_is_markdown_and_html_again(html: str, markdown: str) -> None:
    """Each piece reads the same as Markdown, and as Markdown again after it was HTML."""
    assert to_markdown(html) == markdown
    assert to_markdown(to_html(markdown)) == markdown


def test_marks_are_told_from_text() -> None:
    """What Markdown would take for more than text is seen, and placeholders are not."""
    assert [text for text in ("a **b**", "- a", "1. a", "`a`", "[a](b)", "# a") if not has_marks(text)] == []
    assert [text for text in ("a - b", "snake_case", "{{ a_b }}", "1.5", "a\n\nb") if has_marks(text)] == []


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("é".encode(), "é", "UTF-8"),
        ("é".encode("utf-8-sig"), "é", "UTF-8"),
        ("é, and more".encode("utf-16"), "é, and more", "UTF-16"),
        ("é, and more".encode("utf-16-be"), "é, and more", "UTF-16"),
        ("€ é".encode("cp1252"), "€ é", "Windows-1252"),
    ],
)
def test_encodings_are_told(data: bytes, text: str, encoding: str) -> None:
    """Each that exports come in is read, and named."""
    assert decoded("f", data) == File("f", text, encoding)


@pytest.mark.parametrize("data", [b"\x81\x8d", b"PK\x03\x04\x00rest of an archive", b"\xff\xfe\x00"])
def test_what_is_no_text_is_an_error(data: bytes) -> None:
    """It says which byte shows it."""
    with pytest.raises(InputError, match="byte"):
        decoded("f", data)


def test_a_file_may_be_too_large(tmp_path: Path) -> None:
    """It is refused before it is read whole."""
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(InputError, match="split it"):
        opened(path)


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"a": 1}', "[[[", '[{"id": 1}]', "just one line"])
def test_what_no_format_knows_names_them(text: str) -> None:
    """The message lists the formats and says how to name one."""
    with pytest.raises(InputError, match="chatwoot, csv"):
        guess.guess([File("f", text)])


@pytest.mark.parametrize("cell", ["=1+1", "+31 20", "-5", "@x", "'=1", "''=1"])
def test_a_formula_goes_out_as_text_and_comes_back(tmp_path: Path, cell: str) -> None:
    """The cell begins with an apostrophe, the report says so, and the title that comes back is the same."""
    desk(tmp_path / "home", {"responses/a.yaml": f"one: {{title: {json.dumps(cell)}, body: Well.}}\n"})
    out = give(tmp_path / "home", "csv")
    [text] = out.files.values()
    assert f",'{cell}," in text
    assert [one.part for one in out.outcomes if one.fate == CHANGED] == ["title"]
    brought = bring(desk(tmp_path / "away"), "csv", [File("f", text)])
    assert Kit.load(tmp_path / "away", with_engines=False).response(brought.ids[0]).titles == {"": cell}


def test_columns_are_named_by_hand(tmp_path: Path) -> None:
    """`--map` says which column is what; a wrong part or column names the nearest."""
    table = File("t.csv", "Kop;Tekst;Map\nTerug;Het geld is terug.;Geld\n")
    with pytest.raises(InputError, match="--map body=COLUMN"):
        exchange.read("csv", [table], Asked())
    for wrong, hint in (({"bodie": "Tekst"}, "did you mean `body`"), ({"body": "Text"}, "did you mean `Tekst`")):
        with pytest.raises(InputError, match=hint):
            exchange.read("csv", [table], Asked(columns=wrong))
    asked = Asked(columns={"title": "Kop", "body": "Tekst", "folder": "Map"})
    assert bring(desk(tmp_path), "csv", [table], asked).ids == ("geld/terug",)


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/root", "..", "a\\b", "con", "variables", ".hidden", "x" * 400, "\x00", "日本", "a//b", "~"],
)
def test_no_name_leads_out_of_the_catalogue(tmp_path: Path, name: str) -> None:
    """Folders and titles of a file become names of letters, digits and hyphens, below the catalogue."""
    macro = {"id": 1, "title": f"{name}::{name}", "actions": [{"field": "comment_value", "value": "Well."}]}
    brought = bring(desk(tmp_path), "zendesk", [File("m", json.dumps([macro]))])
    [path] = brought.texts
    assert path.resolve().is_relative_to((tmp_path / "responses").resolve())
    assert set(path.stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") | set("日本")
    assert [*Kit.load(tmp_path, with_engines=False).catalogue.responses] == [*brought.ids]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Refund: what's next?", "refund-whats-next"),
        ("Über uns", "uber-uns"),
        ("3 days", "r-3-days"),
        ("??", ""),
        ("ß", "ss"),
    ],
)
def test_a_name_is_made_of_a_title(text: str, name: str) -> None:
    """Words in lower case, without accents; it begins with a letter."""
    assert writing.slug(text) == name


def test_names_are_unique() -> None:
    """The second of a name gets a number."""
    assert writing.unique("a", {"a", "a-2"}) == "a-3"


@pytest.mark.parametrize(
    "word", ["no", "null", "~", "1.10", "12:30", "*a", "a: b", "a #b", "{{ x }}", " a", "'a'", '"', "\t", "\u200b"]
)
def test_what_yaml_takes_otherwise_is_quoted(word: str) -> None:
    """Any title is the same when it is read; other readers of YAML read the same text."""
    import yaml

    assert yaml.safe_load(f"a: {writing.scalar(word)}") == {"a": word}
    assert yaml.safe_load(f"a: [{writing.scalar(word, inside=True)}, x]") == {"a": [word, "x"]}


def test_a_title_makes_no_folder(tmp_path: Path) -> None:
    """`::` in a title of ours is written `:` for Zendesk, which would take it for a folder; the report says so."""
    out = give(desk(tmp_path, {"responses/a.yaml": "one: {title: 'x:::y', body: Well.}\n"}), "zendesk")
    assert '"title": "a::x:y"' in out.files["macros.json"]
    assert [(one.part, one.reason) for one in out.outcomes if one.fate == CHANGED] == [("title", "is 'x:y' there")]


def test_two_names_that_cannot_nest_are_told(tmp_path: Path) -> None:
    """A reply whose variable cannot stand beside another is refused, and told which key of the settings mends it."""
    desk(tmp_path, {"responses/variables.yaml": "plan: {}\n", "responses/a.yaml": "one: Well.\n"})
    canned = [{"id": 1, "short_code": "x", "content": "Hi {{ plan.name }}."}]
    [one] = bring(tmp_path, "chatwoot", [File("f", json.dumps(canned))]).outcomes
    assert one.fate == REFUSED
    assert "exchange: {chatwoot: {variables: {…}}}" in one.reason


def test_the_report_has_a_row_for_each_fate() -> None:
    """Equal rows are one; JSON counts replies and has every row."""
    outcomes = [Outcome("a", KEPT, "", "new"), Outcome("b", KEPT, "", "new"), Outcome("a", LOST, "title", "no place")]
    assert [*losses.lines(outcomes)] == [
        "Taken over: 2 replies",
        "  a, b: new",
        "Left out: 1 reply",
        "  a: title: no place",
    ]
    told = losses.fields(outcomes)
    assert (told["counts"][KEPT], told["counts"][LOST], told["counts"][CONFLICT]) == (2, 1, 0)
    assert len(told["outcomes"]) == 3


def test_replies_go_out_as_they_came(tmp_path: Path) -> None:
    """Their order is that of the file, whatever their ids are and whichever topic they went to; a new one is last."""
    data = [
        {"id": id, "short_code": code, "content": f"Well, {code}."} for id, code in ((9, "z/a"), (3, "a/b"), (5, "m"))
    ]
    bring(desk(tmp_path), "chatwoot", [File("f", json.dumps(data))])
    (tmp_path / "responses/a-new.yaml").write_text("one: Fine.\n")
    [text] = give(tmp_path, "chatwoot").files.values()
    assert [one["short_code"] for one in json.loads(text)] == ["z/a", "a/b", "m", "a-new/one"]


def test_a_fallback_that_would_be_read_otherwise_is_refused() -> None:
    """What would end the placeholder of the system too early is told, not written."""
    with pytest.raises(Unsayable, match="takes for something else"):
        outward("Hi {{ name | default: 'the \"one\"' }}", "intercom", _same, _none, {})


def test_a_text_that_is_spelled_otherwise_is_kept(tmp_path: Path) -> None:
    """Braces, quotes and spaces of a placeholder are not what a reply says."""
    desk(tmp_path, {"responses/variables.yaml": "x: {}\n", "responses/a.yaml": "one: \"Hi {{x|default:'you'}}.\"\n"})
    fates = {one.part: one.fate for one in give(tmp_path, "helpscout").outcomes}
    assert fates == {"title": CHANGED, "body en-US": KEPT}
