"""Every shipped rule is a test case."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from cannedkit import CheckFailed, Kit, RuleError
from cannedkit.lint.packs import examples, read_pack
from cannedkit.model.rule import Pack, Rule
from cannedkit.model.settings import Settings
from cannedkit.rules.packs import ids
from cannedkit.settings import shipped
from cannedkit.trial import selftest
from tests import rulefiles
from tests.conftest import Write

OWN = Settings(root=Path.cwd(), engines={})
PACKS = [read_pack(folder) for folder in sorted((shipped() / "rules").iterdir()) if folder.is_dir()]
TRIED = {id: tried for pack in PACKS for id, tried in examples(pack).items()}
RULES = [rule for pack in PACKS for rule in pack.rules]


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_each_rule_does_what_its_examples_say(pack: Pack) -> None:
    """A shipped rule finds its bad examples where they are marked, and no rule of its pack flags its good ones."""
    assert selftest.test([pack], OWN)[0] == []


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
    assert pack.language or pack.name in (
        "Catalogue",
        "Channels",
        "Language",
        "Meaning",
        "Leftover",
        "Privacy",
        "Sms",
        "Typography",
    )


def test_ids_are_unique() -> None:
    """No two shipped rules share an id."""
    assert [id for id, count in Counter(ids(PACKS)).items() if count > 1] == []


@pytest.mark.parametrize("path", sorted((shipped() / "rules").rglob("*.y*ml")), ids=lambda path: path.name)
def test_shipped_files_are_plain_yaml(path: Path) -> None:
    """PyYAML, yamllint and Vale read every shipped rule file as we do."""
    import yaml

    assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict)


RULE = "extends: existence\nmessage: no\ntokens: [awful]\n"


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ({"rules/Own/B.yaml": RULE}, "rules/Own/B.yaml: rules end in .yml, as in Vale: rename it to B.yml"),
        ({"rules/B.yml": RULE}, "rules/B.yml: stands in no pack, so no rule is read from it"),
        (
            {"rules/Own/B.yml": f"{RULE}where:\n  channel: fax\n"},
            "rules/Own/B.yml:5:1: Own.B waits for the channel `fax`, which the settings do not have",
        ),
        (
            {"rules/Own/B.yml": f"{RULE}where:\n  channel: chta\n"},
            "Own.B waits for the channel `chta`, which the settings do not have; did you mean `chat`?",
        ),
        (
            {
                "cannedkit.yaml": "packs: [Own]\nengines: {}\nknown: [issue]\n",
                "rules/Own/B.yml": f"{RULE}where:\n  known: isue\n",
            },
            "Own.B waits for the fact `isue`, which the settings do not have; did you mean `issue`?",
        ),
        ({"rules/Own/B.yml": f"{RULE}where:\n  locale: en-gb\n"}, "rules/Own/B.yml:5:11: 'en-gb' is not a locale"),
        (
            {"rules/Own/B.yml": f"{RULE}where:\n  status: drat\n"},
            "rules/Own/B.yml:5:11: unknown status 'drat'",
        ),
        ({"rules/Own/B.yml": f"{RULE}where:\n  mood: angy\n"}, "rules/Own/B.yml:5:9: unknown mood 'angy'; did you"),
        (
            {"cannedkit.yaml": "packs: [Own]\nengines: {}\nlevels:\n  Own.Z: off\n"},
            "cannedkit.yaml:4:3: `levels`: there is no rule `Own.Z`",
        ),
        ({"cannedkit.yaml": "packs: [Own, Onw]\nengines: {}\n"}, "cannedkit.yaml:1:14: there is no pack `Onw`"),
    ],
)
def test_what_sets_nothing_is_told(write: Write, files: dict[str, str], error: str) -> None:
    """A rule file, condition, level or pack that would be passed over in silence is an error at its place."""
    root = write({"cannedkit.yaml": "packs: [Own]\nengines: {}\n", "rules/Own/A.yml": RULE, **files})
    with pytest.raises(CheckFailed) as failed:
        Kit.load(root).lint("This is awful.")
    assert [found.rule for found in failed.value.findings if found.rule == "Own.A"] == ["Own.A"]
    assert error in str(failed.value)


def test_a_pattern_is_quoted_as_it_was_written(tmp_path: Path) -> None:
    """The error of a token that does not compile quotes the token, not what was made of it."""
    with pytest.raises(RuleError) as failed:
        rulefiles.write(tmp_path, {"Rule": "extends: existence\nmessage: m\ntokens: ['colou?r (']\n"})
    assert "in the regular expression 'colou?r ('" in str(failed.value)
    assert "(?:" not in str(failed.value)


def test_every_shipped_pack_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second kit finds each shipped pack kept, those with a rule that extends another of its pack too."""
    kit = Kit.load("/")
    for language in ("en", "nl"):
        kit.packs(language)
    monkeypatch.setattr("cannedkit.rules.packs._parsed", lambda folder, *_: pytest.fail(f"{folder.name} is read anew"))
    for language in ("en", "nl"):
        assert Kit.load("/").packs(language) == kit.packs(language)


def test_a_pack_follows_the_rule_that_it_extends(write: Write) -> None:
    """A rule that extends another is what that one is now, whether it stands in the same pack or beside it."""
    child = "extends: {}.Above\nmessage: child\n"
    root = write(
        {
            "cannedkit.yaml": "packs: [Own, Other]\nengines: {}\n",
            "rules/Own/Above.yml": RULE,
            "rules/Own/Same.yml": child.format("Own"),
            "rules/Other/Beside.yml": child.format("Own"),
        }
    )
    assert [found.rule for found in Kit.load(root).lint("awful")] == ["Other.Beside", "Own.Above", "Own.Same"]
    (root / "rules/Own/Above.yml").write_text(RULE.replace("awful", "dreadful"))
    assert [found.rule for found in Kit.load(root).lint("awful")] == []
    assert [found.rule for found in Kit.load(root).lint("dreadful")] == ["Other.Beside", "Own.Above", "Own.Same"]
