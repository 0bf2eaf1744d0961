"""The verdict on a draft: what is sent, mended and stopped, in hints that a model keeps to."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit import CheckFailed, DraftError, Finding, Kit, Level, ReplyError
from cannedkit.model.gate import MOST_WORDS, VERDICTS
from cannedkit.review.gate import hint
from cannedkit.settings import shipped
from tests.conftest import Write

FILES = {
    "cannedkit.yaml": "engines: {}\npacks: [Care, English, Leftover, Privacy, Promise, Typography]\nlocale: en\n",
    "responses/variables.yaml": "amount: {type: money}\n",
    "responses/a.yaml": "sent: We sent {{ amount }} to your card. It takes 5 working days.\n",
}


@pytest.fixture
def kit(write: Write) -> Kit:
    """A kit of a few packs and one reply."""
    return Kit.load(write(FILES))


@pytest.mark.parametrize(
    ("draft", "verdict", "codes"),
    [
        ("We sent €5 to your card. It takes 5 working days.", "send", []),
        ("We sent €5 to your card. It takes 7 working days.", "mend", ["Compare.Altered"]),
        ("We sent €5 to your card. It takes XXXX working days.", "mend", ["Leftover.Blanks"]),
        ("We sent €5 to your card. It takes 5 working days. We refund you another €50.", "stop", ["Compare.Added"]),
        ("Please send me your password. We sent €5 to your card. It takes 5 working days.", "stop", None),
    ],
)
def test_the_verdict(kit: Kit, draft: str, verdict: str, codes: list[str] | None) -> None:
    """Clean is sent; a slip is mended; a promise that nobody approved, or a secret asked for, is left to a person."""
    found = kit.gate(draft, against="a/sent")
    assert found.verdict == verdict
    if codes is not None:
        assert {one.code for one in found.must_fix} >= set(codes)
        assert bool(found.must_fix) == bool(codes)


def test_each_remark_says_what_to_do(kit: Kit) -> None:
    """A remark has the rule's id for its code, its place, what stands there, and the fix as a hint."""
    draft = "We sent €5 to your card. It takes 7 working days."
    [one] = kit.gate(draft, against="a/sent").must_fix
    assert (one.code, one.said, draft[one.start : one.end]) == ("Compare.Altered", "7 working days", one.said)
    assert one.hint == 'Write "5 working days" in place of "7 working days".'
    assert one.level is Level.ERROR


def test_a_rewrite_where_safe_fixes_suffice(kit: Kit) -> None:
    """Safe fixes are made where nothing that must be fixed is left then, and only there."""
    found = kit.gate("It left today!!")
    assert (found.verdict, found.rewrite) == ("mend", "It left today!")
    assert kit.gate("It left on XXXX!!").rewrite is None
    assert kit.gate("It left today!").rewrite is None
    assert kit.gate("We sent €5 to your card!! It takes 9 working days.", against="a/sent").rewrite is None


def test_the_level_that_must_be_fixed(write: Write) -> None:
    """`fail_on` says from which level on a finding must be fixed; what is below it is advice."""
    draft = "It left today ."
    lax = Kit.load(write(FILES)).gate(draft)
    strict = Kit.load(write({**FILES, "cannedkit.yaml": f"{FILES['cannedkit.yaml']}fail_on: warning\n"})).gate(draft)
    assert (lax.verdict, len(lax.must_fix), bool(lax.advice)) == ("send", 0, True)
    assert (strict.verdict, bool(strict.must_fix), strict.advice) == ("mend", True, ())
    assert {lax.verdict, strict.verdict} <= set(VERDICTS)


def test_what_nothing_read_is_told(kit: Kit) -> None:
    """A verdict says what it does not speak for."""
    assert [one.what for one in kit.gate("It left today.").unread] == ["spelling and grammar"]


def test_no_verdict_without_the_checks(write: Write) -> None:
    """Where a check failed there is no verdict, nor for a draft or a reply that is none."""
    slow = (
        "extends: existence\nmessage: x\nlevel: error\nnonword: true\ntokens: ['(?:a|aa)+$']\nbad: [aaa]\ngood: [b]\n"
    )
    settings = FILES["cannedkit.yaml"].replace("packs: [", "packs: [Slow, ")
    kit = Kit.load(write({**FILES, "cannedkit.yaml": settings, "rules/Slow/Slow.yml": slow}))
    with pytest.raises(CheckFailed):
        kit.gate("a" * 60 + "b")
    with pytest.raises(DraftError):
        kit.gate(None)  # type: ignore[arg-type]
    with pytest.raises(ReplyError):
        kit.gate("It left today.", against="b/sent")


@pytest.mark.parametrize(
    ("fixes", "said", "wanted"),
    [
        (("5",), "7", 'Write "5" in place of "7".'),
        (("",), "so", 'Take out "so".'),
        ((" Bye.",), "", 'Put in "Bye.".'),
        (("",), "  ", "Too long."),
        ((), "so", "Too long."),
        (("x " * 30,), "so", "Too long."),
    ],
)
def test_hints(fixes: tuple[str, ...], said: str, wanted: str) -> None:
    """A hint is the fix where it is short enough to say, else what the rule says."""
    assert hint(Finding(0, len(said), "Test.Rule", Level.ERROR, "Too long.", fixes), said, None) == wanted


def test_no_hint_is_too_long_for_a_model() -> None:
    """Whatever rule of the shipped packs finds something, its hint is one line of a few words."""
    kit = Kit.load(shipped() / "rules", with_engines=False)
    rules = [rule for language in ("en", "nl", "th", "te") for pack in kit.packs(language) for rule in pack.rules]
    for rule in rules:
        finding = Finding(0, 5, rule.id, Level.ERROR, rule.message.replace("%s", "this"))
        said = hint(finding, "this", kit.explain(rule.id))
        assert 0 < len(said.split()) <= MOST_WORDS, (rule.id, said)
        assert "\n" not in said
    assert len(rules) > 300
    long = "word " * 15 + "and, then " + "word " * 30
    assert len(hint(Finding(0, 1, "Test.Rule", Level.ERROR, long), "w", None).split()) <= MOST_WORDS


def test_it_is_typed() -> None:
    """The package says that it is typed, and the wheel ships the file that says so."""
    import cannedkit

    assert (Path(cannedkit.__file__).parent / "py.typed").is_file()
