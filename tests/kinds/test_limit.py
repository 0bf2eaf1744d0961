"""The kind `limit`: a text at the limit of its channel, one over, in every unit, and with the longest values."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit import Kit
from cannedkit.channels import table
from cannedkit.channels.units import UNITS
from cannedkit.model.draft import Draft
from cannedkit.model.errors import RuleError
from cannedkit.model.settings import Channel
from tests import rulefiles
from tests.conftest import Write

HARD = "extends: limit\nmessage: '%s %[4]s of %[2]s on %[3]s%[5]s'\nscope: raw\ntable: hard\n"
SEEN = HARD.replace("hard", "seen")
PIECES = {
    "characters": "e\u0301",
    "graphemes": "👨\u200d👩\u200d👧",
    "utf16": "😀",
    "bytes": "ก",
    "weighted": "字",
    "segments": "é",
}
"""A unit -> a piece that is easily counted wrongly."""


@pytest.mark.parametrize("row", table.rows(), ids=lambda row: f"{row.channel}-{row.part}-{row.unit}")
def test_every_row_at_its_limit_and_one_over(tmp_path: Path, row: table.Row) -> None:
    """What just fits is let pass, one more is found: in plain letters, and in what is easily counted wrongly."""
    linter = rulefiles.linter(tmp_path, {"A": HARD if row.kind == "hard" else SEEN})
    for piece in ("a", PIECES[row.unit]):
        cost = sum(cost for _, _, cost in UNITS[row.unit].pieces(piece))
        fits = piece * (row.limit // cost) + "a" * (row.limit % cost)
        assert linter.lint(Draft(fits, channel=row.channel, part=row.part)) == []
        (found,) = linter.lint(Draft(f"{fits}a", channel=row.channel, part=row.part))
        assert f"{fits}a"[found.start : found.end] == "a"
        assert found.message == (f"{row.limit + 1:,} {UNITS[row.unit].label} of {row.limit:,} on {row.channel}")


def _draft(text: str, names: tuple[str, ...], longest: tuple[str, ...]) -> Draft:
    """A draft whose `{…}` are values of the names, each as long as the text says."""
    spans, plain = [], ""
    for number, piece in enumerate(text.replace("}", "{").split("{")):
        if number % 2:
            spans.append((len(plain), len(plain) + len(piece)))
        plain += piece
    return Draft(plain, channel="x", filled=tuple(spans), placeholders=names, longest=longest)


@pytest.mark.parametrize(
    ("text", "longest", "wanted", "message"),
    [
        ("Hi {Jo}, " + "a" * 270, ("J" * 5,), None, ""),
        ("Hi {Jo}, " + "a" * 270, ("J" * 6,), "a", "281 x of 280, with the longest `n0`"),
        ("a" * 270 + "{Jo}", ("J" * 11,), "aJo", "281 x of 280, with the longest `n0`"),
        ("a" * 270 + "{Jo} {Al}", ("J" * 5, "A" * 5), "aJo Al"[3:], "281 x of 280, with the longest `n0`"),
        ("{Jo}", ("J" * 281,), "", "281 x of 280, with the longest `n0`"),
        ("a" * 281, (), "a", "281 x of 280"),
        ("a" * 281 + "{Jo}", ("J",), "aJo", "282 x of 280"),
        ("https://example.org/" + "a" * 300 + " {Jo}", ("J" * 256,), None, ""),
    ],
)
def test_the_longest_values_count(
    tmp_path: Path, text: str, longest: tuple[str, ...], wanted: str | None, message: str
) -> None:
    """What may stand in a text counts at its longest, who decides is named, and the span is never a value alone."""
    linter = rulefiles.linter(tmp_path, {"A": HARD})
    draft = _draft(text, tuple(f"n{number}" for number in range(len(longest))), longest)
    found = linter.lint(draft)
    assert [draft.text[one.start : one.end] for one in found] == ([] if wanted is None else [wanted])
    label = UNITS["weighted"].label
    assert {one.message for one in found} <= {message.replace(" x", f" {label}").replace("280", "280 on x")}


def test_a_fact_is_no_variable_that_decides(tmp_path: Path) -> None:
    """A fact is what it is: it counts as it stands, and is not named."""
    linter = rulefiles.linter(tmp_path, {"A": HARD})
    (found,) = linter.lint(_draft("a" * 280 + "{10} b", ("facts.days",), ("10",)))
    assert found.message.endswith("of 280 on x")


def test_the_limits_of_the_settings_go_first(tmp_path: Path) -> None:
    """A limit of one's own replaces that of the table in its unit, and holds where the table has none."""
    own = {
        "x": Channel("x", "x", {"body": {"weighted": 5}, "subject": {"bytes": 3}}),
        "orders": Channel("orders", "email", {"subject": {"graphemes": 4}}),
    }
    linter = rulefiles.linter(tmp_path, {"Hard": HARD, "Seen": SEEN}, channels=own)

    def found(text: str, channel: str, part: str) -> list[str]:
        return [one.rule for one in linter.lint(Draft(text, channel=channel, part=part))]

    assert found("12345", "x", "body") == []
    assert found("123456", "x", "body") == ["Test.Hard"]
    assert found("éé", "x", "subject") == ["Test.Hard"]
    assert found("12345", "orders", "subject") == ["Test.Hard"]
    assert found("1" * 51, "orders", "subject") == ["Test.Hard"]
    assert found("1" * 86, "orders", "preheader") == ["Test.Seen"]


def test_rules_for_a_channel_hold_for_those_that_are_like_it(tmp_path: Path) -> None:
    """`like: whatsapp-template` is met by rules for it, for whatsapp and for the name; others are not."""
    rule = "extends: existence\nmessage: m\ntokens: [awful]\nwhere: {channel: %s}\n"
    names = {"Name": "notice", "Like": "whatsapp-template", "Family": "whatsapp", "Other": "sms"}
    files = {**{key: rule % name for key, name in names.items()}, "Not": rule % "{not: [whatsapp]}"}
    own = {"notice": Channel("notice", "whatsapp-template"), "sms": Channel("sms", "sms")}
    linter = rulefiles.linter(tmp_path, files, channels=own)
    assert {one.rule for one in linter.lint(Draft("awful", channel="notice"))} == {
        "Test.Name",
        "Test.Like",
        "Test.Family",
    }
    assert {one.rule for one in linter.lint(Draft("awful", channel="sms"))} == {"Test.Other", "Test.Not"}


def test_a_markdown_body_is_counted_as_it_is_sent(tmp_path: Path) -> None:
    """The source of a Markdown draft counts, once."""
    linter = rulefiles.linter(tmp_path, {"A": HARD})
    assert linter.lint(Draft("*" + "a" * 278 + "*", channel="x", format="markdown")) == []
    assert len(linter.lint(Draft("*" + "a" * 279 + "*", channel="x", format="markdown"))) == 1


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("count: words\nmax: 3", "`count` cannot be 'words'"),
        ("count: bytes", "a limit rule needs `table`, or `count` and `max`"),
        ("table: hard\nmax: 3", "a limit rule needs `table`, or `count` and `max`"),
        ("table: hart", "`table` cannot be 'hart'; did you mean `hard`?"),
        ("table: hard\nscope: sentence", "a limit is for whole texts: `scope: text` or `scope: raw`"),
    ],
)
def test_what_is_refused(tmp_path: Path, options: str, reason: str) -> None:
    """A rule that says too little, too much or what nobody counts is refused with how to mend it."""
    with pytest.raises(RuleError, match=reason.replace("?", r"\?")):
        rulefiles.check(tmp_path, f"extends: limit\nmessage: m\n{options}\n")


def test_a_catalogue_names_who_decides(write: Write) -> None:
    """`check` reports a body that its longest values carry over the limit at its place, on the channels it is for."""
    folder = write(
        {
            "cannedkit.yaml": "engines: {}\npacks: [Channels, Sms]\nchannels: {chat: {}, x: {}, text: {like: sms}}\n",
            "responses/variables.yaml": "item: {samples: [lamp], max_length: 250}\nname: {type: name, max_length: 9}\n",
            "responses/a.yaml": 'one: "{{ name }}, your {{ item }} is in York and comes tomorrow."\n',
        }
    )
    found = {(one.finding.rule, one.channels): one for one in Kit.load(folder).check().findings}
    over = found["Channels.TooLong", ("x",)]
    assert "297 characters as X counts them where x takes 280, with the longest `item`" in over.finding.message
    assert (over.place.line, over.samples) == (1, ())
    assert "2 SMS segments where 1 will do, with the longest `item`" in found["Sms.Segments", ("text",)].finding.message
