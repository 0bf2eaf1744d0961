"""Every shipped rule is a test case."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from cannedkit.lint.packs import examples, read_pack
from cannedkit.model.errors import Problem
from cannedkit.model.rule import Pack, Rule
from cannedkit.model.settings import Settings
from cannedkit.rules.packs import ids
from cannedkit.settings import shipped
from cannedkit.trial import selftest

OWN = Settings(root=Path.cwd(), engines={})
PACKS = [read_pack(folder) for folder in sorted((shipped() / "rules").iterdir()) if folder.is_dir()]
TRIED = {id: tried for pack in PACKS for id, tried in examples(pack).items()}
RULES = [rule for pack in PACKS for rule in pack.rules]


@pytest.fixture(scope="module")
def problems() -> dict[str, list[Problem]]:
    """The problems of every shipped rule, by its file."""
    found: dict[str, list[Problem]] = {}
    for problem in selftest.test(PACKS, OWN)[0]:
        found.setdefault(problem.path, []).append(problem)
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_rule_does_what_its_examples_say(rule: Rule, problems: dict[str, list[Problem]]) -> None:
    """A shipped rule finds its bad examples where they are marked, and no rule of its pack flags its good ones."""
    assert problems.get(rule.path, []) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_rule_says_why_and_shows_how(rule: Rule) -> None:
    """A shipped rule has a reason, a source, and at least two bad and two good examples."""
    assert rule.why
    assert rule.source
    assert len(TRIED[rule.id].bad) >= 2
    assert len(TRIED[rule.id].good) >= 2


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_the_pack_says_what_it_is_for(pack: Pack) -> None:
    """A shipped pack has rules and a description, and a language unless its rules are for every one."""
    assert pack.rules
    assert pack.description
    assert pack.language or pack.name in ("Language", "Leftover", "Privacy", "Sms", "Typography")


def test_ids_are_unique() -> None:
    """No two shipped rules share an id."""
    assert [id for id, count in Counter(ids(PACKS)).items() if count > 1] == []
