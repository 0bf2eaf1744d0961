"""The promise of the report: any catalogue goes out in any format and comes back; it says each part that differs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cannedkit import Kit, exchange
from cannedkit.exchange.model import CHANGED, KEPT, LOST, REFUSED, Asked, File, Record
from cannedkit.exchange.placeholders import SYNTAXES, meant
from cannedkit.exchange.records import digest, record_of
from cannedkit.exchange.taking import place
from tests.exchange.desk import WRITTEN, bring, desk, give

VARIABLES = """\
customer.first_name: {type: name, fallback: {en-US: there, fr: toi}}
order.id: {type: order-id}
plan: {optional: true}
"""

PIECES = st.sampled_from(
    [
        "Hi {{ customer.first_name }},",
        "Hi {{ customer.first_name | default: 'you' }}!",
        "Order {{order.id}} – é, ü & <b> 😀",
        "{% if plan %}Your plan: {{ plan | upcase }}.{% else %}No plan.{% endif %}",
        "{% raw %}{{ not.one }}{% endraw %}",
        "{% tailor %}Or say it so.{% endtailor %}",
        "\n\n",
        "\n",
        " ",
        "- one\n- **two**",
        "=cmd|' /C calc'!A0",
        "+1 202 555 0143",
        "'=quoted",
        "#{x} %{y} [[z]] ${w} @{v} {u}",
        'He said "so", and: it\'s; fine | or not',
        "Sorry, that's gone. We write by Friday.",
        "https://example.org/a_b_c?x=1&y=2",
        "null",
        "\u200b\u00a0",
        "&amp; \\* _x_ `code`",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=5).map(lambda pieces: f"Well, {''.join(pieces)} ok".strip())
WORDS = st.sampled_from(["Refund", "A: b, c", "x::y", "no", "Émile's", "50 %", "=1+1", "#tag", "a/b", "z | y", "日本"])
WORDING = st.one_of(
    TEXTS,
    st.lists(TEXTS, min_size=2, max_size=3, unique=True),
    st.fixed_dictionaries(
        {
            "subject": TEXTS.map(
                lambda text: " ".join(text.split())[:60].replace("{", "").replace("}", "").replace("%", "")
            ),
            "body": TEXTS,
        }
    ),
)
CHANNELS = st.one_of(WORDING, st.fixed_dictionaries({"any": WORDING, "email": WORDING}))
BODY = st.one_of(
    CHANNELS, st.fixed_dictionaries({"en-US": CHANNELS, "fr": CHANNELS}), st.fixed_dictionaries({"fr": CHANNELS})
)
RESPONSE = st.fixed_dictionaries(
    {"body": BODY},
    optional={
        "title": WORDS,
        "tags": st.lists(WORDS, min_size=1, max_size=3, unique=True),
        "format": st.sampled_from(["text", "markdown"]),
        "owner": st.just("crew"),
        "mood": st.just("upset"),
    },
)
CATALOGUES = st.lists(RESPONSE, min_size=1, max_size=4)


def _catalogue(folder: Path, responses: list[Mapping[str, Any]]) -> Path:
    """A catalogue of those responses, in two topics; JSON is YAML too."""
    files = {"responses/variables.yaml": VARIABLES}
    for topic, part in (("billing", responses[::2]), ("shop/returns", responses[1::2])):
        named = {f"reply-{number}": {**one, "shortcut": f"{topic[0]}{number}"} for number, one in enumerate(part)}
        if named:
            files[f"responses/{topic}.yaml"] = json.dumps(named, ensure_ascii=False, indent=1).replace(
                "\u200b", "\\u200b"
            )
    return desk(folder, files)


def _parts(record: Record, format: str) -> dict[str, object]:
    """Each part of a record by the name that the report has for it; a text as it reads, where the system spells it."""
    liquid = SYNTAXES[exchange.ability(format).syntax].pattern is None
    found: dict[str, object] = {"title": record.title, "shortcut": record.shortcut, "tags": record.tags}
    for text in record.texts:
        found[place(text)] = text.key, text.markup, text.text if liquid else meant(text.text)
        subject = text.subject if liquid or not text.subject else meant(text.subject)
        found |= {place(text, "subject"): subject} if text.variation == 1 else {}
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize("format", WRITTEN)
@given(responses=CATALOGUES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_the_report_calls_kept_is_equal(format: str, responses: list[Mapping[str, Any]]) -> None:
    """What is kept comes back equal in a catalogue of its own; each part that does not is told.

    Nothing is refused on its way back, and no part is called both.
    """
    with TemporaryDirectory() as root:
        home = _catalogue(Path(root, "home"), responses)
        kit = Kit.load(home, with_engines=False)
        if kit.readable.refused:
            return
        out = give(home, format)
        away = desk(Path(root, "away"), {"responses/variables.yaml": VARIABLES})
        back = bring(away, format, [File(name, text) for name, text in out.files.items()], Asked())
        assert [one for one in back.outcomes if one.fate == REFUSED] == []
        refused = {one.id for one in out.outcomes if one.fate == REFUSED}
        there = Kit.load(away, with_engines=False)
        sent = [one for one in kit.catalogue.responses.values() if one.id not in refused]
        assert len(sent) == len(back.ids) == out.count
        for response, id in zip(sent, back.ids, strict=True):
            was = _parts(record_of(response, kit.settings), format)
            now = _parts(record_of(there.response(id), there.settings), format)
            mine = [one for one in out.outcomes if one.id == response.id]
            kept = {part for one in mine if one.fate == KEPT for part in one.part.split(", ")}
            told = {one.part for one in mine if one.fate in (CHANGED, LOST)}
            assert all(was[part] == now.get(part) for part in kept)
            assert {part for part in was if was[part] != now.get(part)} <= told
            assert was.keys() <= kept | told


@pytest.mark.parametrize("format", WRITTEN)
@given(responses=CATALOGUES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_out_in_out_is_the_same_file(format: str, responses: list[Mapping[str, Any]]) -> None:
    """What went out, came in elsewhere and goes out again is the same bytes."""
    with TemporaryDirectory() as root:
        home = _catalogue(Path(root, "home"), responses)
        if Kit.load(home, with_engines=False).readable.refused:
            return
        out = give(home, format)
        if not out.count:
            return
        away = desk(Path(root, "away"))
        bring(away, format, [File(name, text) for name, text in out.files.items()])
        assert give(away, format).files == out.files


def test_a_digest_tells_texts_apart(tmp_path: Path) -> None:
    """It is the same after a change of layout, and another after a change of a text."""
    desk(tmp_path, {"responses/a.yaml": "one: {body: Hi.}\ntwo: Hi.\nthree: Ho.\n"})
    kit = Kit.load(tmp_path, with_engines=False)
    one, two, three = (digest(record_of(each, kit.settings)) for each in kit.catalogue.responses.values())
    assert one == two != three
