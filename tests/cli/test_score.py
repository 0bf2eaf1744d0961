"""The command `score`: its table, its JSON, and what its exit code means."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from tests.conftest import Run, Write

RULE = "extends: existence\nmessage: \"Not '%s'.\"\nlevel: {}\ntokens: [{}]\n"
FILES = {
    "cannedkit.yaml": "packs: [Care, Privacy]\nengines: {}\nscores: {warmth: 90}\n",
    "rules/Care/Soon.yml": RULE.format("warning", "soon"),
    "rules/Privacy/Card.yml": RULE.format("error", "card"),
    "responses/a.yaml": "one: We write soon.\ntwo: {body: It comes soon., owner: care}\n",
    "responses/b.yaml": "three: Send the card.\nfour: Fine.\n",
}


def test_the_table(run: Run, write: Write) -> None:
    """A row for all with a bar a dimension, then each cost by dimension, with its rule, level and places."""
    ran = run("score", cwd=write(FILES))
    assert ran.out == (
        "     bodies  clarity  brevity  warmth  correctness  safety  total\n"
        "all       4    100.0    100.0    90.0        100.0    65.0   65.0  ██▇█▅\n"
        "\n"
        "warmth 90.0\n"
        "  -10.00 Care.Soon (warning): responses/a.yaml:1:15, responses/a.yaml:2:22\n"
        "\n"
        "safety 65.0\n"
        "  -12.50 Privacy.Card (error, and holds the total down): responses/b.yaml:1:17\n"
    )
    assert (ran.err, ran.code) == ("", 0)


def test_by_owner(run: Run, write: Write) -> None:
    """A row for each, and what it lost under its name; who owns nothing has a name, too."""
    ran = run("score", "--by", "owner", cwd=write(FILES))
    rows = [line.split()[0] for line in ran.out.splitlines()[:4]]
    assert rows == ["owner", "(none)", "care", "all"]
    assert "\ncare: warmth 80.0\n  -20.00 Care.Soon (warning): responses/a.yaml:2:22\n" in ran.out


@pytest.mark.parametrize(
    ("wanted", "code", "said"),
    [
        ("{warmth: 90}", 0, ""),
        ("{warmth: 90.1}", 1, "warmth is 90.0, and must be 90.1 (`scores` in the settings).\n"),
        ("{safety: 65, total: 65}", 0, ""),
        ("{safety: 90}", 1, "safety is 65.0, and must be 90.0 (`scores` in the settings).\n"),
    ],
)
@pytest.mark.parametrize("format", ["line", "json"])
def test_thresholds(run: Run, write: Write, wanted: str, code: int, said: str, format: str) -> None:
    """1 where a score is below its threshold, whatever the format; it may be at it."""
    settings = FILES["cannedkit.yaml"].replace("{warmth: 90}", wanted)
    ran = run("score", "--format", format, cwd=write({**FILES, "cannedkit.yaml": settings}))
    assert ran.code == code
    if format == "line":
        assert ran.out.partition("down): responses/b.yaml:1:17\n")[2].lstrip("\n") == said
    else:
        assert bool(json.loads(ran.out)["missed"]) == bool(code)


def test_json(run: Run, write: Write) -> None:
    """All that the table says, in numbers, and where each finding is."""
    told = json.loads(run("score", "--by", "topic", "--format", "json", cwd=write(FILES)).out)
    assert [(one["name"], one["bodies"], one["points"]["total"]) for one in told["scores"]] == [
        ("a", 2, 96.0),
        ("b", 2, 65.0),
    ]
    assert told["all"]["costs"][1] == {
        "rule": "Privacy.Card",
        "level": "error",
        "dimension": "safety",
        "points": 12.5,
        "caps": True,
        "places": [{"path": "responses/b.yaml", "line": 1, "column": 17}],
    }
    assert (told["format"], told["by"], told["all"]["before"]) == (1, "topic", None)
    assert (told["wanted"], told["missed"], told["notes"], told["errors"]) == ({"warmth": 90.0}, [], [], [])


@pytest.mark.parametrize("format", ["line", "json"])
def test_what_cannot_be_read_is_said(run: Run, write: Write, format: str) -> None:
    """The rest has its scores, the fault its place, and the exit code is 2."""
    ran = run("score", "--format", format, cwd=write({**FILES, "responses/c.yaml": "x: {bdy: y}\n"}))
    assert "Care.Soon" in ran.out
    assert "c.yaml" in ran.out
    assert "bdy" in ran.out
    assert ran.code == 2


def test_more_places_than_a_line_holds(run: Run, write: Write) -> None:
    """Three places are named, and the rest counted."""
    many = "".join(f"r{number}: We write soon.\n" for number in range(5))
    ran = run("score", cwd=write({**FILES, "responses/a.yaml": many}))
    assert "responses/a.yaml:3:14 and 2 more\n" in ran.out


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ("{safe: 90}", "unknown key `safe` in `scores`; did you mean `safety`?"),
        ("{safety: 101}", "`safety` must be a number from 0 to 100, such as 90, not '101'"),
        ("{safety: -1}", "`safety` must be a number from 0 to 100, such as 90, not '-1'"),
        ("90", "`scores` must be a mapping"),
    ],
)
def test_thresholds_that_are_none(run: Run, write: Write, scores: str, said: str) -> None:
    """A threshold that cannot be kept is told with its place, and is no threshold."""
    settings = FILES["cannedkit.yaml"].replace("{warmth: 90}", scores)
    ran = run("score", cwd=write({**FILES, "cannedkit.yaml": settings}))
    assert said in ran.out
    assert "cannedkit.yaml:3:" in ran.out
    assert ran.code == 2


def test_no_such_revision(run: Run, write: Write) -> None:
    """Where git cannot tell what was there, that is said, and no score is printed."""
    ran = run("score", "--since", "nowhere", cwd=write(FILES))
    assert (ran.out, ran.code) == ("", 2)
    assert ran.err.startswith("cannedkit: ")


def test_names_that_others_wrote(run: Run, write: Write) -> None:
    """An owner with control characters starts no command of a terminal."""
    replies = 'one: {body: We write soon., owner: "ca\\e[31mre"}\n'
    ran = run("score", "--by", "owner", cwd=write({**FILES, "responses/a.yaml": replies}))
    assert "\x1b" not in ran.out
    assert "ca" in ran.out
    assert ran.code == 0


def test_the_page(run: Run, write: Write) -> None:
    """A bar for each mark, as long as its points; what took them; no script, and nothing from elsewhere."""
    hostile = {"responses/<b>.yaml": 'one: {body: Send the card., owner: "<i>x</i>"}\n'}
    ran = run("score", "--by", "owner", "--format", "html", cwd=write({**FILES, **hostile}))
    assert ran.out.startswith("<!doctype html>")
    root = ElementTree.fromstring(ran.out.partition("</head>")[2].replace("</html>", ""))  # noqa: S314 - our own page
    all_bars = [one.get("width") for one in root.findall(".//section")[0].iter("rect") if one.get("class") == "full"]
    assert all_bars == ["100.0", "100.0", "92.0", "100.0", "65.0", "65.0"]
    assert "<b>" not in ran.out
    assert "<i>" not in ran.out
    assert re.findall(r"<script|<link|https?:|@import", ran.out) == []
    assert "Privacy.Card</code> (error, and holds the total down) responses/" in ran.out
    assert "Before and now" not in ran.out


def test_the_page_shows_what_changed(run: Run, write: Write) -> None:
    """Beside a baseline each mark has a line from what it was to what it is, and a thing that fell is marked."""
    root = write({**FILES, "cannedkit.yaml": FILES["cannedkit.yaml"].replace("{warmth: 90}", "{warmth: 99}")})
    assert run("baseline", cwd=root).code == 0
    (root / "responses/b.yaml").write_text("three: Send the card soon.\nfour: Fine.\n")
    page = run("score", "--format", "html", cwd=root).out
    assert page.count("<polyline") == 6
    assert page.count('<polyline class="fell"') == 1
    assert "85.0 (-5.0), wanted 99" in page
    assert page.count('<tr class="missed">') == 1
