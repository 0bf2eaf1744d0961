"""Files of texts that people write and translate: what each says and does not, and what its own tools say of ours."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from cannedkit import Kit, exchange
from cannedkit.exchange.model import ASIDE, CHANGED, LOST, REFUSED, Asked, File, Incoming
from cannedkit.model.errors import InputError
from tests.exchange.desk import GOLDEN, bring, desk, give, golden
from tests.npm import program

RESPONSES = """\
refund:
  title: Refund sent
  tags: [money]
  body:
    en-US: "Hi {{ customer.first_name }},\\n\\n[1] your { money } is back \\\\o/ ☂"
    fr: "Bonjour {{ customer.first_name }} !"
late: It's late.
"""


def _read(format: str, text: str, name: str = "f") -> Incoming:
    return exchange.read(format, [File(name, text)], Asked())


def _refused(format: str, text: str) -> list[str]:
    return [one.reason for one in _read(format, text).outcomes if one.fate == REFUSED]


def _out(folder: Path, format: str, responses: str = RESPONSES, variables: str = "") -> dict[str, str]:
    declared = variables or "customer.first_name: {type: name}\n"
    out = give(desk(folder, {"responses/a.yaml": responses, "responses/variables.yaml": declared}), format)
    return dict(out.files)


# -- espanso ------------------------------------------------------------------------------------


@pytest.mark.parametrize("type", ["shell", "script"])
def test_a_match_that_runs_a_program_is_refused(type: str) -> None:
    """Its own variable or one of all matches: nothing that runs comes in; matches beside it do."""
    var = f"[{{name: x, type: {type}, params: {{cmd: ls}}}}]"
    own = (
        f'matches:\n  - trigger: ":a"\n    replace: "{{{{x}}}}"\n    vars: {var}\n  - trigger: ":b"\n    replace: Hi\n'
    )
    common = f'global_vars: {var}\nmatches:\n  - trigger: ":a"\n    replace: "{{{{x}}}}"\n'
    assert _refused("espanso", own) == _refused("espanso", common) == ["its variable `x` runs a program"]
    assert [one.id for one in _read("espanso", own).records] == [":b"]


def test_a_match_without_a_text_is_refused() -> None:
    """A picture alone, a regular expression for a trigger: each is told, and why."""
    text = 'matches:\n  - trigger: ":a"\n    image_path: a.png\n  - regex: ":b\\\\d"\n    replace: Hi\n'
    assert _refused("espanso", text) == ["it has no text", "its trigger is a regular expression"]


def test_a_fallback_is_the_default_of_a_field(tmp_path: Path) -> None:
    """A placeholder goes out as a field of a form, what is declared for it as what stands there."""
    variables = "customer.first_name: {type: name, fallback: there}\n"
    out = _out(tmp_path, "espanso", "hi: 'Hi {{ customer.first_name }}'\n", variables)["base.yml"]
    assert out == (
        'matches:\n  - trigger: ":a/hi"\n    label: Hi\n    form: "Hi [[customer__first_name]]"\n'
        "    form_fields: {customer__first_name: {default: there}}\n"
    ).replace("    label: Hi\n", "")


def test_a_fallback_that_is_new_goes_into_a_match_that_had_none(tmp_path: Path) -> None:
    """The fields are written behind the text, and come back with the next import."""
    bring(desk(tmp_path), "espanso", [File("base.yml", 'matches:\n  - trigger: ":a"\n    form: "Hi [[name]]"\n')])
    path = tmp_path / "responses/espanso.yaml"
    path.write_text(path.read_text().replace("{{ name }}", "{{ name | default: 'you' }}"))
    out = give(tmp_path, "espanso").files["base.yml"]
    assert out == 'matches:\n  - trigger: ":a"\n    form: "Hi [[name]]"\n    form_fields: {name: {default: you}}\n'


# -- Rasa, Home Assistant -----------------------------------------------------------------------


def test_a_wording_with_a_condition_stays_where_it_is() -> None:
    """It says something else than the others: it is no variation, and is told."""
    text = "responses:\n  utter_a:\n    - text: Hi\n    - text: Dear\n      condition: [{type: slot}]\n"
    [record] = _read("rasa", text).records
    assert ([one.text for one in record.texts], record.aside) == (["Hi"], ("condition",))


def test_no_is_a_text_in_a_domain(tmp_path: Path) -> None:
    """Words that older readers of YAML take for truth values come in as words, and go out in quotes."""
    [record] = _read("rasa", "responses:\n  utter_a:\n    - text: No\n").records
    assert record.texts[0].text == "No"
    assert '- text: "no"' in _out(tmp_path, "rasa", "a: no\n")["domain.yml"].replace("'", '"')


def test_braces_of_a_text_are_doubled(tmp_path: Path) -> None:
    """A brace that means itself is doubled on the way out, and one again on the way in."""
    out = _out(tmp_path, "rasa", "a: 'Press {x}, {{ name }} }'\n", "name: {type: name}\n")
    assert out == {"domain.yml": 'version: "3.1"\n\nresponses: {}\n'}
    out = _out(tmp_path, "rasa", "a: 'Press { and }, {{ name }}'\n", "name: {type: name}\n")
    assert "Press {{ and }}, {name}" in out["domain.yml"]
    assert _read("rasa", out["domain.yml"]).records[0].texts[0].text == "Press { and }, {name}"


def test_jinja_that_is_more_than_a_placeholder_is_left_out(tmp_path: Path) -> None:
    """A text with a tag of Jinja, or a filter that we lack, does not come in as words; the reason says which."""
    intent = "    A:\n      default: '{% if x %}a{% endif %}'\n      b: '{{ x | t }}'\n"
    text = f"language: fr\nresponses:\n  intents:\n{intent}"
    brought = bring(desk(tmp_path), "homeassistant", [File("fr.yaml", text)])
    assert brought.ids == ()
    refused = {one.id: one.reason.partition(",")[0] for one in brought.outcomes if one.fate == REFUSED}
    assert refused == {"A.default": "its text has '{%'", "A.b": "its text has '{{'"}


# -- Markdown -----------------------------------------------------------------------------------


def test_a_heading_in_a_fenced_block_is_none(tmp_path: Path) -> None:
    """Code of a text is the text's; a line that would be a heading goes out with a backslash, and comes in without."""
    code = "Run:\n\n```\n# not a heading\n```"
    [record] = _read("markdown", f"## Code\n\n{code}\n", "f.md").records
    assert record.texts[0].text == code
    responses = json.dumps({"a": "# One\n\\# Two\n```\nnever closed", "b": code})
    out = _out(tmp_path, "markdown", responses)["replies.md"]
    assert "\n\\# One\n\\\\# Two\n\\```\n" in out
    assert [one.texts[0].text for one in _read("markdown", out).records] == [*json.loads(responses).values()]


def test_headings_above_are_folders() -> None:
    """A heading with others below it is no reply; what stands there is about them."""
    text = "# Desk\n\nAbout.\n\n## Billing\n\n### Late\n\nSorry.\n\n## Hello\n\nHi.\n"
    found = [(one.folder, one.title) for one in _read("markdown", text).records]
    assert found == [(("Desk", "Billing"), "Late"), (("Desk",), "Hello")]


# -- Fluent, gettext, XLIFF, LG -----------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["a = { $n -> [one] One *[other] Many }", "a = { DATETIME($d) }", "a = { -brand }", "a = { b }"]
)
def test_a_message_that_says_more_than_a_text_is_refused(text: str) -> None:
    """Choices, functions, terms and other messages: the reason shows where."""
    [why] = _refused("fluent", f"{text}\n")
    assert why.startswith("it says more than a text: {")


def test_a_fuzzy_translation_is_none() -> None:
    """Gettext does not use it, nor do we; a plural is refused."""
    head = 'msgid ""\nmsgstr "Language: fr\\n"\n\n'
    [record] = _read("po", f'{head}#, fuzzy\nmsgctxt "a"\nmsgid "Hi"\nmsgstr "Ho"\n').records
    assert ([one.text for one in record.texts], record.aside) == (["Hi"], ("fuzzy",))
    plural = f'{head}msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n'
    assert _refused("po", plural) == ["it has a plural, and replies have none"]


def test_xml_with_entities_is_refused() -> None:
    """A declaration that could multiply a few bytes into gigabytes is not read."""
    head = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
    with pytest.raises(InputError, match="declares a document type"):
        _read("xliff", f'{head}<xliff version="2.0" srcLang="en-US"><file id="f"/></xliff>')
    with pytest.raises(InputError, match="f:1:1: is no XLIFF 2"):
        _read("xliff", "<a><")


def test_segments_that_a_tool_cut_are_refused() -> None:
    """A text in pieces is no text of ours; the reason says what to do."""
    cut = "<segment><source>A.</source></segment><segment><source>B.</source></segment>"
    text = f'<xliff version="2.0" srcLang="en-US"><file id="f"><unit id="u">{cut}</unit></file></xliff>'
    assert _refused("xliff", text) == ["its text is cut into 2 segments: let the tool join them"]


def test_notes_outside_of_a_unit_are_of_no_reply() -> None:
    """A file and a group of XLIFF may have notes of their own, before and between units: no text takes them in."""
    unit = '<unit id="{0}"><segment><source>Hi.</source></segment></unit>'
    note = '<notes><note category="title">No title</note></notes>'
    body = f'{note}{unit.format("a")}<group id="g">{note}{unit.format("b")}</group>'
    found = _read("xliff", f'<xliff version="2.0" srcLang="en-US"><file id="f">{body}</file></xliff>')
    assert [(one.id, one.title, [text.text for text in one.texts]) for one in found.records] == [
        ("a", "", ["Hi."]),
        ("b", "", ["Hi."]),
    ]


def test_templates_that_choose_are_refused() -> None:
    """Conditions, cards, expressions: a reply says its text itself."""
    text = "# A\n- IF: ${x}\n  - a\n- ELSE:\n  - b\n\n# B\n[Activity\n  Text = a\n]\n\n# C\n- ${toUpper(x)}\n"
    assert [why.partition(":")[0] for why in _refused("lg", text)] == [
        "it chooses its text",
        "it builds a card",
        "it works out a part of its text",
    ]


# -- what others say of our files ---------------------------------------------------------------


def test_msgfmt_takes_our_files(tmp_path: Path) -> None:
    """`msgfmt -c` finds no fault, and finds one where a translation has another placeholder."""
    if not shutil.which("msgfmt"):
        pytest.skip("message files go untried: gettext is not installed")
    for name, text, code in (
        ("fr.po", (out := _out(tmp_path, "po"))["fr.po"], 0),
        ("golden.po", golden("po")[0].text, 0),
        ("wrong.po", out["fr.po"].replace("Bonjour {customer", "Bonjour {client"), 1),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        done = subprocess.run(
            ["msgfmt", "-c", "-o", tmp_path / "x.mo", tmp_path / name], capture_output=True, text=True
        )
        assert done.returncode == code, done.stderr


def test_a_reader_of_message_files_reads_what_we_wrote(tmp_path: Path) -> None:
    """Polib has the same texts as the catalogue."""
    polib = pytest.importorskip("polib")

    found = polib.pofile(_out(tmp_path, "po")["fr.po"])
    kit = Kit.load(tmp_path, with_engines=False)
    bodies = {one.id: one.bodies[0].text.value for one in kit.catalogue.responses.values()}
    hole = "{{ customer.first_name }}"
    assert {
        one.msgctxt: one.msgid.replace("{customer.first_name}", hole).replace("{{ money }}", "{ money }")
        for one in found
    } == bodies


def test_fluent_reads_what_we_wrote(tmp_path: Path) -> None:
    """Its own parser finds no junk, and the same words."""
    syntax = pytest.importorskip("fluent.syntax")
    ast = pytest.importorskip("fluent.syntax.ast")
    for text in (*_out(tmp_path, "fluent").values(), *(one.text for one in golden("fluent"))):
        assert not [one for one in syntax.parse(text).body if isinstance(one, ast.Junk)]
    [refund, late] = syntax.parse(_out(tmp_path, "fluent")["en-US.ftl"]).body
    assert [getattr(one.expression, "value", None) for one in refund.value.elements if hasattr(one, "expression")] == [
        None,
        "[",
        "{",
        "}",
    ]
    assert [one.value for one in late.value.elements] == ["It's late."]


LG = (
    "const {Templates} = require(process.argv[1]); "
    "console.log(JSON.stringify(Templates.parseFile(process.argv[2]).toArray().map((one) => one.name)))"
)


def test_bot_framework_reads_what_we_read(pytestconfig: pytest.Config) -> None:
    """Its own parser finds the same templates in our example."""
    library = program(pytestconfig, "botbuilder-lg", "4.23.3", "lib/index.js")
    file = GOLDEN / "lg" / "desk.en-US.lg"
    done = subprocess.run(["node", "-e", LG, str(library), str(file)], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [one.id for one in exchange.read("lg", golden("lg")[:1], Asked()).records]


def test_no_part_is_lost_between_languages(tmp_path: Path) -> None:
    """A catalogue in two languages comes back whole through each format for translators."""
    declared = {"responses/variables.yaml": "customer.first_name: {type: name}\n"}
    for format in ("po", "xliff", "fluent"):
        out = give(desk(tmp_path / format, {**declared, "responses/a.yaml": RESPONSES}), format)
        lost = {(one.id, one.part) for one in out.outcomes if one.fate in (REFUSED, LOST, CHANGED)}
        assert lost == (set() if format == "xliff" else {("a/refund", "title"), ("a/refund", "tags")})


def test_what_is_kept_aside_is_named(tmp_path: Path) -> None:
    """What a golden file says beside its replies is told by name."""
    told = {
        format: {
            one.part for one in bring(desk(tmp_path / format), format, golden(format)).outcomes if one.fate == ASIDE
        }
        for format in ("espanso", "rasa", "po", "xliff")
    }
    assert told == {
        "espanso": {"triggers, word", "propagate_case"},
        "rasa": {"buttons, condition", "image", "metadata"},
        "po": {"comments", "fuzzy"},
        "xliff": {"reviewer"},
    }
