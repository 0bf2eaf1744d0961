"""A linter that was kept: what it finds is what one built of the packs finds, and nothing old is ever taken for new."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from cannedkit import CheckFailed, Kit
from cannedkit.lint import plan
from cannedkit.lint.packs import examples
from cannedkit.lint.planned import Planned
from cannedkit.lint.prefilter import FEW
from cannedkit.model.draft import Draft
from scripts import digests
from tests.conftest import Write

RULE = "extends: existence\nmessage: no\ntokens: [awful, 'dread(?:ful|ed)']\n"
SETTINGS = "packs: [Own]\nengines: {}\n"


@pytest.fixture(autouse=True)
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of its own for what is kept."""
    home = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "settings"))
    return home / "cache" / "cannedkit"


def drafts(kit: Kit, locale: str) -> Iterator[Draft]:
    """The examples of all rules in force, in their circumstances and without."""
    for pack in kit.packs(locale):
        for tried in examples(pack).values():
            for one in (*tried.bad, *tried.good):
                text = one.text[:2_000]
                yield Draft(text, locale)
                yield Draft(
                    text, one.locale or locale, one.channel or "sms", one.mood or "upset", one.known or (), one.history
                )


def digest(kit: Kit, given: Iterator[Draft]) -> str:
    """A digest of what is found in some drafts, and of what failed."""
    return digests.digest(lambda locale: kit.linter("en"), given)[1]


def remembered(kit: Kit) -> Kit:
    """A kit of the same settings that takes its linter from what the first one kept."""
    kit.linter("en")
    kit.remember()
    found = Kit.load(kit.settings.root, with_engines=bool(kit.settings.engines))
    assert isinstance(found.linter("en").checks, Planned)
    return found


@pytest.mark.parametrize("engines", [False, True], ids=["rules", "rules of Harper's language, too"])
def test_a_kept_linter_finds_what_a_built_one_finds(tmp_path: Path, *, engines: bool) -> None:
    """The findings of both in the examples of all shipped rules have one digest, before and after many texts."""
    kit = Kit.load(tmp_path, with_engines=engines)
    again = remembered(kit)
    step, most = (50, 40) if engines else (3, 4_000)
    wanted = digest(kit, islice(drafts(kit, "en"), 0, most * step, step))
    assert digest(again, islice(drafts(kit, "en"), 0, most * step, step)) == wanted
    assert digest(again, islice(drafts(kit, "en"), 0, FEW * step, step)) == digest(
        kit, islice(drafts(kit, "en"), 0, FEW * step, step)
    )


def test_a_kept_linter_says_what_a_built_one_says(tmp_path: Path) -> None:
    """Notes, what goes unread, the rules, and what each says of itself are the same."""
    kit = Kit.load(tmp_path, with_engines=False)
    again = remembered(kit)
    assert again.notes == kit.notes
    assert again.unread("en") == kit.unread("en")
    assert [check.rule for check in again.linter("en").checks] == [check.rule for check in kit.linter("en").checks]
    assert [again.explain(rule.id) for rule in again.linter("en").rules] == [
        kit.explain(rule.id) for rule in kit.linter("en").rules
    ]


def test_a_kept_linter_reads_no_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither linting nor saying why a rule is there opens a pack."""
    kit = Kit.load(tmp_path, with_engines=False)
    again = remembered(kit)
    monkeypatch.setattr("cannedkit.lint.packs.available", lambda *_: pytest.fail("the packs are read"))
    found = again.lint("Unfortunately we cannot do that!!", locale="en")
    assert found
    assert all(again.explain(one.rule).why for one in found)


@pytest.mark.parametrize(
    "change",
    [
        {"rules/Own/A.yml": RULE.replace("awful", "grim")},
        {"rules/Own/B.yml": RULE.replace("awful", "grim")},
        {"rules/Own/pack.yaml": "finds: errors\n"},
        {"cannedkit.yaml": f"{SETTINGS}levels: {{Own.A: error}}\n"},
        {"cannedkit.yaml": f"{SETTINGS}vocabulary: {{accept: [awful]}}\n"},
        {"cannedkit.yaml": f"{SETTINGS}vocabulary: {{reject: [grim]}}\n"},
        {"cannedkit.yaml": f"{SETTINGS}channels: {{desk: {{like: sms}}}}\n"},
    ],
)
def test_nothing_old_is_taken_for_new(write: Write, change: dict[str, str]) -> None:
    """After any change of a rule, a pack or the settings the linter is that of the change."""
    root = write({"cannedkit.yaml": SETTINGS, "rules/Own/A.yml": RULE, "rules/Own/C.yml": f"{RULE}level: error\n"})
    remembered(Kit.load(root))
    write(change)
    text = "An awful, grim week that we dreaded."
    new = Kit.load(root)
    assert not isinstance(new.linter("en").checks, Planned)
    found = new.lint(text)
    assert remembered(new).lint(text) == found


def test_a_plan_knows_what_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library put in or of another version makes another linter; what Python keeps beside them does not."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    before = plan.libraries()
    (folder / "__pycache__").mkdir()
    (folder / "half-written.tmp").write_bytes(b"")
    assert plan.libraries() == before
    (folder / "acme_style-1.0.dist-info").mkdir()
    first = plan.libraries()
    (folder / "acme_style-1.0.dist-info").rename(folder / "acme_style-1.1.dist-info")
    assert len({before, first, plan.libraries()}) == 3


@pytest.mark.parametrize("harm", [lambda data: data[:-9], lambda data: b"\0" * len(data), lambda data: b""])
def test_a_plan_that_was_harmed_is_made_anew(write: Write, kept: Path, harm: object) -> None:
    """What was cut short, written over or emptied is not loaded: the rules are read, and what is found is the same."""
    root = write({"cannedkit.yaml": SETTINGS, "rules/Own/A.yml": RULE})
    kit = remembered(Kit.load(root))
    (plan,) = kept.glob("*.large")
    plan.write_bytes(harm(plan.read_bytes()))  # type: ignore[operator]
    again = Kit.load(root)
    assert not isinstance(again.linter("en").checks, Planned)
    assert again.lint("An awful week.") == kit.lint("An awful week.")


def test_what_is_at_fault_is_told_each_time(write: Write) -> None:
    """A rule that cannot be read is named by a second run as by the first: such a linter is not kept."""
    root = write({"cannedkit.yaml": SETTINGS, "rules/Own/A.yml": RULE, "rules/Own/B.yml": "extends: existence\n"})
    for _ in range(2):
        kit = Kit.load(root)
        with pytest.raises(CheckFailed, match=r"B\.yml"):
            kit.lint("An awful week.")
        kit.remember()


def test_patterns_of_a_house_are_counted_after_a_restart_too(write: Write) -> None:
    """A kept rule of a house still pays for the time of its patterns."""
    evil = "extends: existence\nmessage: m\nnonword: true\ntokens: ['(?:a|aa)+$']\n"
    root = write({"cannedkit.yaml": SETTINGS, "rules/Own/Evil.yml": evil})
    kit = remembered(Kit.load(root))
    assert [check.foreign for check in kit.linter("en").checks] == [True]
