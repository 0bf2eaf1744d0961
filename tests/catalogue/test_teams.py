"""Catalogues of teams that know nothing of our tags: what they cover is told by what they say."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from cannedkit import Kit
from cannedkit.catalogue.coverage import Meant, checklist, coverage, untold
from cannedkit.catalogue.search import alike
from cannedkit.settings import shipped

TEAMS = Path(__file__).parent / "teams"
LOCALES = {"outdoor": "en", "fiber": "en", "meubel": "nl", "gym": "en", "eight": "en"}
STARTER = Kit.load(shipped(), with_engines=False)


def _covered(team: str, folder: Path) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The pairs of reply and situation that a person named, and those that are found."""
    text = (TEAMS / f"{team}.yaml").read_text(encoding="utf-8")
    (folder / "responses").mkdir()
    (folder / "responses" / "our.yaml").write_text(text, encoding="utf-8")
    (folder / "cannedkit.yaml").write_text(f"locale: {LOCALES[team]}\nengines: {{}}\n")
    kit = Kit.load(folder, with_engines=False)
    situations = checklist(known=STARTER.catalogue.responses)
    like = alike.alike(untold(kit.catalogue, situations), [LOCALES[team]], STARTER.searched)
    found = coverage(kit.catalogue, kit.settings, situations, Meant(like))
    named = {(f"our/{name}", one) for name, reply in yaml.safe_load(text).items() for one in reply["x-covers"]}
    return named, {(id, one.situation.name) for one in found.situations for id in one.responses}


@pytest.mark.parametrize(
    ("team", "missed", "wrong"), [("outdoor", 0, 0), ("fiber", 2, 1), ("meubel", 6, 1), ("gym", 1, 1), ("eight", 0, 0)]
)
def test_a_teams_own_replies_count(team: str, missed: int, wrong: int, tmp_path: Path) -> None:
    """Of what a person says that a reply is for at most so much is missed, and at most so much else is found."""
    named, found = _covered(team, tmp_path)
    assert (len(named - found), len(found - named)) <= (missed, wrong), (sorted(named - found), sorted(found - named))


def test_what_is_asked_for_nothing_is_like_nothing() -> None:
    """Without a word that the starter has, no reply is taken for one of it."""
    assert alike.best_of(STARTER.searched("en"), ["zzzz qqqq"]) == (0.0, "")
    assert alike.best_of(STARTER.searched("en"), []) == (0.0, "")
