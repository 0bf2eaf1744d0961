"""Scores: 100 points less what findings take, each to the rule that took it, and never made good by other bodies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.kit import Kit
from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import InputError, Place
from cannedkit.model.response import Body, Catalogue, Response
from cannedkit.model.result import Checked, FileFinding, Review
from cannedkit.model.score import DIMENSIONS, Scores
from cannedkit.review.score import CAP, WEIGHTS, dimension, dimensions, score
from cannedkit.settings import shipped
from cannedkit.sources import names
from tests.cli.test_approve import commit, git
from tests.conftest import Write

ERROR, WARNING, SUGGESTION = Level.ERROR, Level.WARNING, Level.SUGGESTION


@dataclass(frozen=True)
class _Text:
    value: str = "Hi."

    def place(self, start: int, end: int) -> Place:
        return Place("a.yaml", 1, 1 + start, 1, 1 + end)


def _response(id: str, *bodies: tuple[str, str, int], owner: str = "", status: str = "") -> Response:
    """A response on chat and sms, with a body for each locale, channel and variation."""
    made = tuple(Body(*one, _Text()) for one in bodies or [("en", "", 1)])
    return Response(id, Place("a.yaml", 1, 1, 1, 1), made, ("chat", "sms"), {}, owner=owner, status=status)


def _found(rule: str, level: Level = WARNING, response: str = "a/r1", line: int = 1, **where: object) -> FileFinding:
    found = FileFinding(Finding(0, 1, rule, level, "No."), Place("a.yaml", line, 1, line, 2), response)
    return replace(found, **where)  # type: ignore[arg-type]


def _scores(responses: list[Response], *findings: FileFinding, by: str = "") -> Scores:
    catalogue = Catalogue(Path("/c"), {one.id: one for one in responses})
    return score(Review(findings, (), Checked()), catalogue, by)


def _ten() -> list[Response]:
    return [_response(f"a/r{number}") for number in range(1, 11)]


# -- the table ----------------------------------------------------------------------------------


def test_every_pack_that_is_shipped_has_a_row() -> None:
    """Each shipped pack, each engine and what the program itself reports: none goes by the row for others."""
    packs = {path.name for path in (shipped() / "rules").iterdir() if path.is_dir()}
    assert packs | set(names()) <= dimensions().keys()
    assert set(dimensions().values()) == {*DIMENSIONS, "none"}


def test_a_row_for_a_rule_names_one_that_is_there() -> None:
    """A row for a rule that was renamed would leave it to the row of its pack."""
    rules = {f"{path.parent.name}.{path.stem}" for path in (shipped() / "rules").glob("*/*.yml")}
    named = {name for name in dimensions() if "." in name and name != "Approval.Leftover"}
    assert named - rules == set()


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("Care.Blame", "warmth"),
        ("Chat.Length", "brevity"),
        ("Chat.Emoji", "warmth"),
        ("Privacy.Card", "safety"),
        ("ThaiCare.AsksForSecret", "safety"),
        ("Harper.SpellCheck", "correctness"),
        ("House.Own", "clarity"),
        ("Baseline.Mended", "none"),
    ],
)
def test_what_a_rule_takes_points_of(rule: str, wanted: str) -> None:
    """Its own row, else its pack's, else that for packs that are not ours."""
    assert dimension(rule) == wanted


# -- the points ---------------------------------------------------------------------------------


def test_nothing_found() -> None:
    """A catalogue without a finding has all points, and no costs."""
    found = _scores(_ten())
    assert found.whole.points == {**dict.fromkeys(DIMENSIONS, 100.0), "total": 100.0}
    assert (found.whole.bodies, found.whole.costs, found.missed) == (10, (), ())


@pytest.mark.parametrize(("level", "points"), [(ERROR, 95.0), (WARNING, 98.0), (SUGGESTION, 99.5)])
def test_what_a_finding_takes(level: Level, points: float) -> None:
    """By its level, of one body of ten."""
    found = _scores(_ten(), _found("Care.Blame", level)).whole
    assert found.points["warmth"] == points
    assert [one.points for one in found.costs] == [round(100 - points, 2)]
    assert found.points["clarity"] == 100


def test_a_body_loses_no_more_than_it_has() -> None:
    """Four errors take what two do, shared between their rules, and the other bodies keep theirs."""
    findings = [_found("Care.Blame", ERROR, line=line) for line in (1, 2, 3)]
    found = _scores(_ten(), *findings, _found("Care.Doubt", ERROR)).whole
    assert found.points["warmth"] == 90
    assert [(one.rule, one.points, len(one.places)) for one in found.costs] == [
        ("Care.Blame", 7.5, 3),
        ("Care.Doubt", 2.5, 1),
    ]


@pytest.mark.parametrize(
    ("where", "points"),
    [
        ({}, 80.0),
        ({"locale": "nl"}, 90.0),
        ({"locale": "en", "channels": ("sms",)}, 95.0),
        ({"locale": "en", "channels": ("chat", "sms")}, 90.0),
        ({"locale": "nl", "variation": 2}, 95.0),
    ],
)
def test_which_bodies_a_finding_is_about(where: dict[str, object], points: float) -> None:
    """Those of its locale, channels and wording; one that names none is about all bodies of its response."""
    one = _response("a/r1", ("en", "", 1), ("en", "sms", 1), ("nl", "", 1), ("nl", "", 2))
    assert _scores([one], _found("Care.Blame", **where)).whole.points["warmth"] == points  # type: ignore[arg-type]


def test_the_total() -> None:
    """The mean of all but safety by their weights, which make a hundred."""
    assert sum(WEIGHTS.values()) == 100
    found = _scores([_response("a/r1")], _found("Care.Blame", ERROR), _found("Taal.HunHen", WARNING)).whole
    assert found.points["total"] == 0.2 * 50 + 0.4 * 80 + 0.3 * 100 + 0.1 * 100


def test_the_total_is_never_above_safety() -> None:
    """Warnings of safety hold the total down to what they leave."""
    found = _scores([_response("a/r1")], _found("Promise.NoDate"), _found("Promise.Claims")).whole
    assert (found.points["safety"], found.points["total"]) == (60, 60)


@pytest.mark.parametrize("bodies", [1, 3, 1000])
def test_an_error_of_safety_is_never_averaged_away(bodies: int) -> None:
    """However many bodies are without fault: safety and the total are at most the cap, and the cost says so."""
    responses = [_response(f"a/r{number}") for number in range(1, bodies + 1)]
    found = _scores(responses, _found("Privacy.Card", ERROR)).whole
    assert found.points["safety"] == found.points["total"] == (50 if bodies == 1 else CAP)
    assert [(one.rule, one.caps) for one in found.costs] == [("Privacy.Card", True)]


def test_a_cap_is_for_the_group_that_holds_the_error() -> None:
    """Another topic keeps its points; the whole catalogue does not."""
    found = _scores([_response("a/r1"), _response("b/r2")], _found("Privacy.Card", ERROR), by="topic")
    assert [(one.name, one.points["total"]) for one in found.groups] == [("a", 50), ("b", 100)]
    assert found.whole.points["total"] == CAP


def test_an_error_of_safety_that_is_in_no_body_caps_the_whole() -> None:
    """An offer that ended stands in a file of its own: no body loses points, and the total is held down."""
    found = _scores(_ten(), _found("Catalogue.OfferEnded", ERROR, response="")).whole
    assert (found.points["safety"], found.points["total"]) == (CAP, CAP)
    assert [(one.rule, one.points, one.caps) for one in found.costs] == [("Catalogue.OfferEnded", 0, True)]


def test_what_is_not_counted() -> None:
    """What is said of waivers and the baseline takes no points, and a retired response has no body."""
    retired = _response("a/r11", status="retired")
    told = [_found("Baseline.Mended", ERROR), _found("Waiver.Expired"), _found("Care.Blame", response="a/r11")]
    found = _scores([*_ten(), retired], *told).whole
    assert (found.bodies, found.costs) == (10, ())


def test_points_are_rounded_down() -> None:
    """A hundred means that nothing was found, however many bodies there are."""
    found = _scores([_response(f"a/r{number}") for number in range(1, 1001)], _found("Care.Blame", SUGGESTION))
    assert (found.whole.points["warmth"], found.whole.points["total"]) == (99.9, 99.9)


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        ("topic", [("a", 3), ("b", 1)]),
        ("owner", [("", 3), ("care", 1)]),
        ("locale", [("en", 3), ("nl", 1)]),
    ],
)
def test_groups(by: str, wanted: list[tuple[str, int]]) -> None:
    """Each body is in one group, in the order of their names."""
    responses = [_response("a/r1", ("en", "", 1), ("nl", "", 1)), _response("a/r2"), _response("b/r3", owner="care")]
    assert [(one.name, one.bodies) for one in _scores(responses, by=by).groups] == wanted


RULES = ["Care.Blame", "Care.Doubt", "Chat.Length", "Privacy.Card", "Taal.HunHen", "House.Own", "Waiver.Unused"]
SOME = st.lists(
    st.builds(
        _found,
        st.sampled_from(RULES),
        st.sampled_from(list(Level)),
        st.sampled_from(["a/r1", "a/r2", "a/r3"]),
        st.integers(1, 50),
    ),
    max_size=30,
    unique_by=lambda one: (one.finding.rule, one.response, one.place.line),
)


@given(SOME, st.randoms())
def test_each_point_is_explained(findings: list[FileFinding], random: Random) -> None:
    """What is missing of a dimension is what its costs add up to, where no cap holds it; in any order of findings."""
    responses = [_response(f"a/r{number}") for number in (1, 2, 3)]
    found = _scores(responses, *findings)
    shuffled = list(findings)
    random.shuffle(shuffled)
    assert _scores(responses, *shuffled) == found
    for name in DIMENSIONS:
        costs = [one for one in found.whole.costs if one.dimension == name]
        left = 100 - sum(one.points for one in costs)
        held = min(left, CAP) if any(one.caps for one in costs) else left
        assert found.whole.points[name] == pytest.approx(held, abs=0.1 + 0.005 * len(costs) + 1e-9)
        assert 0 <= found.whole.points["total"] <= found.whole.points["safety"] <= 100
    counted = {(one.finding.rule, one.place) for one in findings if one.finding.rule != "Waiver.Unused"}
    assert {(one.rule, place) for one in found.whole.costs for place in one.places} == counted


# -- of a kit -----------------------------------------------------------------------------------

FILES = {
    "cannedkit.yaml": "packs: [Care]\nengines: {}\n",
    "rules/Care/Soon.yml": "extends: existence\nmessage: \"Not '%s'.\"\nlevel: warning\ntokens: [soon]\n",
    "responses/a.yaml": "one: We write soon.\ntwo: It comes on Friday.\n",
}


@pytest.fixture
def shop(write: Write) -> Path:
    """A catalogue with one finding, on a branch of a repository."""
    folder = write(FILES)
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    git(folder, "switch", "-q", "-c", "change")
    return folder


def _write(shop: Path, text: str, name: str = "a") -> None:
    (shop / "responses" / f"{name}.yaml").write_text(text)


def test_a_kit_has_scores(shop: Path) -> None:
    """Each point with the rule that took it and its place, and nothing before them."""
    found = Kit.load(shop).scores(by="topic")
    assert [(one.name, one.points["warmth"]) for one in found.groups] == [("a", 90.0)]
    assert [(one.rule, one.points, one.places[0].line) for one in found.whole.costs] == [("Care.Soon", 10.0, 1)]
    assert (found.whole.before, found.errors, found.notes) == ({}, (), ())


def test_beside_a_revision(shop: Path) -> None:
    """What was there where the branch began, of each topic that was there."""
    _write(shop, "one: We write on Monday.\ntwo: It comes on Friday.\n")
    _write(shop, "three: We write soon.\n", "b")
    found = Kit.load(shop).scores(by="topic", since="main")
    assert (found.whole.before["warmth"], round(found.whole.points["warmth"], 1)) == (90.0, 93.3)
    assert [(one.name, one.before.get("warmth")) for one in found.groups] == [("a", 90.0), ("b", None)]


def test_beside_the_baseline(shop: Path) -> None:
    """What it has counts as any; what of it is mended was there, and what is new was not."""
    Kit.load(shop).baseline()
    found = Kit.load(shop).scores(by="topic").whole
    assert (found.points["warmth"], found.before["warmth"]) == (90, 90)
    _write(shop, "one: We write on Monday.\ntwo: It comes soon, soon.\n")
    found = Kit.load(shop).scores(by="topic").whole
    assert (found.points["warmth"], found.before["warmth"]) == (80, 90)
    _write(shop, "one: We write on Monday.\ntwo: It comes on Friday.\n")
    (group,) = Kit.load(shop).scores(by="topic").groups
    assert (group.points["warmth"], group.before["warmth"]) == (100, 90)


def test_what_nobody_looked_for_is_not_mended(shop: Path) -> None:
    """A rule that is off takes no points now, and took none: turning it off is no progress."""
    Kit.load(shop).baseline()
    (shop / "cannedkit.yaml").write_text(FILES["cannedkit.yaml"] + "levels: {Care.Soon: off}\n")
    found = Kit.load(shop).scores().whole
    assert (found.points["warmth"], found.before["warmth"]) == (100, 100)


def test_a_baseline_that_cannot_be_read(shop: Path) -> None:
    """The scores are there, the fault is told, and nothing stands beside them."""
    Kit.load(shop).baseline()
    with (shop / "cannedkit.baseline").open("a") as file:
        file.write("{\n")
    found = Kit.load(shop).scores()
    assert (found.whole.points["warmth"], found.whole.before, [one.line for one in found.errors]) == (90, {}, [2])


def test_nothing_to_hold_them_against(shop: Path) -> None:
    """Where no catalogue was there, or some of it cannot be read, that is said, and no score is made up."""
    _write(shop, "one: {bdy: x}\ntwo: It comes on Friday.\n")
    commit(shop)
    git(shop, "branch", "-f", "main")
    _write(shop, FILES["responses/a.yaml"])
    found = Kit.load(shop).scores(since="main")
    assert (found.whole.before, found.errors) == ({}, ())
    assert found.notes[0].startswith("the catalogue at main has no scores, for some of it failed: ")
    git(shop, "rm", "-q", "--cached", "cannedkit.yaml")
    git(shop, "commit", "-q", "-m", "gone")
    assert Kit.load(shop).scores(since="HEAD").notes == ("there was no catalogue at HEAD",)


@pytest.mark.parametrize("by", ["topics", 3])
def test_no_such_group(shop: Path, by: object) -> None:
    """What scores cannot be grouped by is a mistake of who asks."""
    with pytest.raises(InputError, match="by"):
        Kit.load(shop).scores(by=by)  # type: ignore[arg-type]
