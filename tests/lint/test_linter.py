"""The linter: the fast path is the slow path, failures hide nothing, settings do not leak, threads agree."""

from __future__ import annotations

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cannedkit.engines import harper
from cannedkit.lint import linter as lint
from cannedkit.lint.packs import examples, load_packs
from cannedkit.lint.prefilter import prefilter
from cannedkit.lint.values import settled
from cannedkit.lint.verdict import merged
from cannedkit.model.draft import MAX_DRAFT, Draft, Finding, Level
from cannedkit.model.errors import CheckFailed, DraftError, EngineError, Failure
from cannedkit.model.rule import Check, Hits, Pack
from cannedkit.model.settings import Settings, Vocabulary
from tests import rulefiles

EVIL = "extends: existence\nmessage: m\nnonword: true\ntokens: ['(?:a|aa)+$']\n"
SORRY = "extends: existence\nmessage: m\ntokens: [sorry]\n"
STOPS_EVIL = "sorry " + "a" * 60 + "b"

DRAFT_TEXT = """\
Unfortunately we can't do that, as per our policy!! We would of sent it, but kindly calm down :) ASAP.

Hi  there, I'm so so sorry for any inconvenience caused… Please click here, and do not hesitate to contact us.
"""


@dataclass(frozen=True)
class Marks:
    """An engine that marks every `mark` in English and Dutch."""

    mark: str
    level: Level = Level.WARNING
    name: str = "marks"
    languages: tuple[str, ...] = ("en", "nl")

    def check(self, draft: Draft) -> list[Finding]:
        """A finding for every mark."""
        starts = [at for at in range(len(draft.text)) if draft.text.startswith(self.mark, at)]
        return [
            Finding(at, at + len(self.mark), "Marks.Mark", self.level, "m", sources=("Marks.Mark",)) for at in starts
        ]


@dataclass(frozen=True)
class Broken:
    """An engine that has gone away."""

    name: str = "broken"
    languages: tuple[str, ...] = ("en",)
    mark: str | None = None

    def check(self, draft: Draft) -> list[Finding]:
        """Nothing but an error."""
        raise EngineError("the server does not answer; start it again")


@cache
def shipped() -> lint.Linter:
    """A linter over every shipped pack, without engines; rules that are off are on."""
    own = Settings(root=Path.cwd(), engines={})
    packs = [
        replace(pack, rules=tuple(replace(rule, level=rule.level or Level.SUGGESTION) for rule in pack.rules))
        for pack in load_packs(own)
    ]
    return lint.build(own, packs)


def _phrases() -> list[str]:
    """The words of the shipped rules' examples: text that makes rules run."""
    packs = load_packs(Settings(root=Path.cwd(), engines={}))
    return sorted(
        {one.text for pack in packs for tried in examples(pack).values() for one in (*tried.bad, *tried.good)}
    )


PHRASES = _phrases()
ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=120),
    st.lists(st.sampled_from(PHRASES), min_size=1, max_size=3).map(" ".join),
    st.builds(
        lambda phrase, at, more: phrase[:at] + more + phrase[at:],
        st.sampled_from(PHRASES),
        st.integers(0, 60),
        st.text(st.sampled_from("ſİıKß\u0301\u200b😀’!?. \n\tA"), max_size=3),
    ),
    st.sampled_from(PHRASES).map(str.upper),
)
DRAFTS = st.builds(
    Draft,
    ANY_TEXT,
    locale=st.sampled_from(["en", "en-GB", "nl"]),
    channel=st.sampled_from(["chat", "sms", "email"]),
    mood=st.sampled_from(["neutral", "angry", "pleased"]),
    known=st.sampled_from([(), ("name: Mr Field",), ("issue", "contact", "order", "identity.verified")]),
)


# -- findings -----------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(DRAFTS)
@example(Draft(""))
@example(Draft("\x00"))
@example(Draft("A!", mood="upset"))
@example(Draft("i'm ſorry for any ınconvenience. İ".upper()))
def test_the_fast_path_finds_what_each_rule_finds_alone(draft: Draft) -> None:
    """The automaton never changes an answer: the findings are those of every check run by itself."""
    alone = [found for check in shipped().checks for found in lint.run_alone(check, draft)]
    together, _ = merged(draft.text, alone, [], shipped().packs)
    assert shipped().results(draft) == (settled(draft, together), [])


@settings(max_examples=60, deadline=None)
@given(DRAFTS)
def test_findings_are_in_the_text_sorted_and_unique(draft: Draft) -> None:
    """Any text is linted; every span lies in it, findings are sorted, none stands twice, and a second run agrees."""
    found = shipped().lint(draft)
    assert all(0 <= finding.start <= finding.end <= len(draft.text) for finding in found)
    assert found == sorted(set(found))
    assert shipped().lint(draft) == found


def test_a_draft_too_long_is_refused() -> None:
    """A text beyond the limit is an error that says both numbers."""
    with pytest.raises(DraftError, match="a draft may hold 100,000 characters, this one has 100,001"):
        shipped().lint(Draft("a" * (MAX_DRAFT + 1)))


def test_half_a_character_is_refused() -> None:
    """A surrogate that stands alone is no text: the draft is refused, with its place."""
    with pytest.raises(DraftError, match=r"character 3 of the draft, U\+D800"):
        shipped().lint(Draft("Hi \ud800"))


def test_findings_inside_a_filled_value_are_dropped(tmp_path: Path) -> None:
    """What a customer's own data says is nobody's mistake, and a fix that touches it is not safe."""
    rule = "extends: existence\nmessage: m\ntokens: ['very \\w+|\\w+ very|very']\naction: {name: remove}\n"
    linter = rulefiles.linter(tmp_path, {"Rule": rule})
    text = "very good very"
    assert linter.lint(Draft(text, filled=((0, 9),))) == [
        Finding(10, 14, "Test.Rule", Level.WARNING, "m", ("",), True, ("Test.Rule",))
    ]
    (touching, _) = linter.lint(Draft(text, filled=((5, 9),)))
    assert (touching.start, touching.end, touching.safe) == (0, 9, False)


def test_a_place_between_filled_values_is_kept() -> None:
    """An empty span at the edge of a filled value belongs to the text around it."""
    draft = Draft("ab cd", filled=((0, 2),))
    places = [Finding(at, at, "A.B", Level.WARNING) for at in (0, 1, 2)]
    assert [found.start for found in settled(draft, places)] == [0, 2]


def test_a_limit_holds_for_one_rule(tmp_path: Path) -> None:
    """`limit` keeps the first findings of its own rule only."""
    linter = rulefiles.linter(tmp_path, {"A": SORRY + "limit: 1\n", "B": SORRY})
    assert [(found.start, found.rule) for found in linter.lint(Draft("sorry sorry"))] == [
        (0, "Test.A"),
        (0, "Test.B"),
        (6, "Test.B"),
    ]


# -- failures -----------------------------------------------------------------------------------


def test_a_rule_that_runs_out_of_time_hides_nothing(tmp_path: Path) -> None:
    """An evil pattern is stopped within about a second and named; the other findings are still there."""
    linter = rulefiles.linter(tmp_path, {"Evil": EVIL, "Fine": SORRY})
    began = time.thread_time()
    findings, failures = linter.results(Draft(STOPS_EVIL))
    assert time.thread_time() - began < 2
    assert [found.rule for found in findings] == ["Test.Fine"]
    assert [failure.rule for failure in failures] == ["Test.Evil"]
    assert "ran out of time" in failures[0].reason
    assert str(tmp_path / "Test" / "Evil.yml") in failures[0].reason


def test_a_failed_check_raises_with_the_findings(tmp_path: Path) -> None:
    """`lint` never returns as if a failed check had found nothing: the error carries what the others found."""
    with pytest.raises(CheckFailed, match=r"Test\.Evil: ran out of time") as raised:
        rulefiles.linter(tmp_path, {"Evil": EVIL, "Fine": SORRY}).lint(Draft(STOPS_EVIL))
    assert [found.rule for found in raised.value.findings] == ["Test.Fine"]
    assert [error.rule for error in raised.value.errors] == ["Test.Evil"]


def test_a_broken_engine_is_never_clean(tmp_path: Path) -> None:
    """An engine that fails is an error beside the findings of the rules and of the other engines."""
    linter = replace(rulefiles.linter(tmp_path, {"Fine": SORRY}), engines=(Broken(), Marks("!")))
    with pytest.raises(CheckFailed, match="broken: the server does not answer; start it again") as raised:
        linter.lint(Draft("sorry!"))
    assert [found.rule for found in raised.value.findings] == ["Test.Fine", "Marks.Mark"]


def test_a_rule_whose_engine_breaks_hides_nothing(tmp_path: Path) -> None:
    """A rule that runs by an engine which fails is an error with that rule's name; the other rules' findings stay."""
    linter = rulefiles.linter(tmp_path, {"Fine": SORRY})

    def broken(draft: Draft, hits: Hits) -> Iterable[Finding]:
        raise EngineError("harper refuses the expression")

    checks = (*linter.checks, Check(replace(linter.checks[0].rule, id="Test.Broken"), broken))
    findings, failures = replace(linter, checks=checks, prefilter=prefilter(checks)).results(Draft("sorry"))
    assert [found.rule for found in findings] == ["Test.Fine"]
    assert failures == [Failure("Test.Broken", "harper refuses the expression")]


def test_an_engine_is_asked_for_its_languages_only(tmp_path: Path) -> None:
    """An engine reads any region of its languages, and nothing else."""
    linter = replace(rulefiles.linter(tmp_path, {}), engines=(Marks("!"), Broken()))
    assert len(linter.lint(Draft("Hoi!", locale="nl-BE"))) == 1
    assert linter.lint(Draft("!", locale="nld")) == []


# -- levels and settings ------------------------------------------------------------------------


def test_levels_of_rules_and_engines(tmp_path: Path) -> None:
    """The settings' level is on every finding, of a rule or an engine; what is off is not reported."""
    files = {"A": SORRY, "B": SORRY, "C": SORRY + "level: off\n"}
    levels = {"Test": Level.ERROR, "Test.B": None, "Test.C": Level.SUGGESTION, "Marks.*": Level.SUGGESTION}
    linter = replace(rulefiles.linter(tmp_path, files, levels=levels), engines=(Marks("!"),))
    assert [(found.rule, found.level) for found in linter.lint(Draft("sorry!"))] == [
        ("Test.A", Level.ERROR),
        ("Test.C", Level.SUGGESTION),
        ("Marks.Mark", Level.SUGGESTION),
    ]
    silent = replace(linter, levels={**levels, "Marks": None, "Marks.*": None})
    assert [found.rule for found in silent.lint(Draft("sorry!"))] == ["Test.A", "Test.C"]


def test_two_linters_know_nothing_of_each_other(tmp_path: Path) -> None:
    """Levels, vocabulary and limits of one linter do not change what another, of the same rules, finds."""
    files = {"A": SORRY, "B": "extends: length\nmessage: m\ncount: words\nmax: 2\n"}
    plain = rulefiles.linter(tmp_path, files)
    draft = Draft("We are sorry")
    before = plain.lint(draft)
    own = rulefiles.linter(
        tmp_path,
        files,
        levels={"Test": Level.ERROR},
        vocabulary=Vocabulary(accept=("sorry",)),
        channels=rulefiles.channels(max_words=1),
    )
    assert [(found.rule, found.start, found.level) for found in own.lint(draft)] == [("Test.B", 3, Level.ERROR)]
    assert plain.lint(draft) == before
    assert [(found.rule, found.level) for found in before] == [("Test.A", Level.WARNING), ("Test.B", Level.WARNING)]


# -- threads ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def proofreading() -> lint.Linter:
    """The shipped packs and the real Harper."""
    return replace(shipped(), engines=(harper.open({}, Vocabulary()),))


def test_threads_agree(proofreading: lint.Linter) -> None:
    """Eight threads on one linter, with the real Harper, each find what one alone finds."""
    drafts = [Draft(f"{DRAFT_TEXT}{number} recieve", channel="chat", mood="angry") for number in range(4)] * 4
    wanted = [proofreading.lint(draft) for draft in drafts[:4]] * 4
    assert all(any(found.rule.startswith("Harper.") for found in findings) for findings in wanted)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(proofreading.lint, drafts)) == wanted


# -- the prefilter ------------------------------------------------------------------------------


def test_an_empty_linter_finds_nothing() -> None:
    """Without rules and engines there is nothing to find, and nothing fails."""
    linter = lint.build(Settings(root=Path.cwd(), engines={}), [Pack("None", Path.cwd(), "", ())])
    assert linter.results(Draft("Hi!")) == ([], [])


def test_a_rule_whose_literals_are_absent_does_not_run(tmp_path: Path) -> None:
    """The automaton keeps a rule from running: with evil behind its literal, a text without it takes no time."""
    rule = "extends: existence\nmessage: m\nnonword: true\ntokens: ['sorry(?:a|aa)+$']\n"
    linter = rulefiles.linter(tmp_path, {"Evil": rule})
    assert linter.prefilter.always == ()
    assert linter.prefilter.hits("a" * 60 + "b") == {}
    assert linter.prefilter.hits("SORRY") == {0: {0: [(0, 5, 0)]}}


def test_an_alternative_runs_where_all_that_it_needs_stands(tmp_path: Path) -> None:
    """An alternative without one of its other literals is left out, and a rule without its last: nothing else is."""
    two = "extends: existence\nmessage: m\ntokens: ['refund \\w+ voucher', 'hi(?= voucher)']\n"
    one = "extends: existence\nmessage: m\ntokens: [hi]\n"
    linter = rulefiles.linter(tmp_path, {"Two": two, "Plain": one})
    assert linter.checks[0].rule.id == "Test.Plain"
    assert linter.prefilter.hits("A refund, hi") == {0: {0: [(10, 12, 0)]}}
    assert linter.prefilter.hits("A voucher, no refund of ours.").keys() == {1}
    assert linter.prefilter.hits("hi voucher").keys() == {0, 1}
    text = "refund or voucher, hi voucher, refund"
    assert [(one.start, one.end, one.rule) for one in linter.lint(Draft(text))] == [
        (0, 17, "Test.Two"),
        (19, 21, "Test.Plain"),
        (19, 21, "Test.Two"),
    ]


def test_what_is_not_asked_is_not_looked_for(tmp_path: Path) -> None:
    """In a text in which only some checks run, literals of the others count nowhere, and their sets do not either."""
    rule = "extends: existence\nmessage: m\ntokens: ['refund \\w+ voucher']\n"
    linter = rulefiles.linter(tmp_path, {"One": rule, "Two": rule})
    asked = linter.prefilter.asked(frozenset({1}))
    for _ in range(2):  # the second time what was met is known
        assert linter.prefilter.hits("a refund or voucher", asked=asked).keys() == {1}
        assert linter.prefilter.hits("a refund", asked=asked) == {}


def test_what_does_not_look_at_the_channel_finds_the_same_on_each() -> None:
    """A check that is not marked `by_channel` finds the same on every channel: a catalogue is checked once for all."""
    own = Settings(root=Path.cwd(), engines={})
    checks = [check for check in lint.build(own, load_packs(own)).checks if not check.by_channel]
    phrases = _phrases()[::7]
    for text in (" ".join(phrases[at : at + 8]) for at in range(0, len(phrases), 8)):
        for check in checks:
            bare = replace(check, rule=replace(check.rule, where=()))
            chat, *others = (lint.run_alone(bare, Draft(text, channel=name)) for name in ("chat", "email", "sms"))
            assert all(other == chat for other in others), check.rule.id


_SPANS = st.lists(st.integers(0, 12), min_size=2, max_size=2).map(sorted)


@given(st.lists(st.integers(0, 12), max_size=8).map(sorted), st.lists(_SPANS, max_size=8))
def test_what_lies_in_a_value_is_dropped_and_what_touches_one_is_not_safe(
    cuts: list[int], spans: list[list[int]]
) -> None:
    """However many values a draft has, each finding is held against those beside it alone."""
    filled = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    found = [Finding(start, end, "A.B", Level.ERROR, "no", ("x",), safe=True) for start, end in spans]

    def inside(one: Finding) -> bool:
        empty = one.start == one.end
        return any(a < one.start < b if empty else a <= one.start and one.end <= b for a, b in filled)

    def touches(one: Finding) -> bool:
        return any(one.start <= end and start <= one.end for start, end in filled)

    wanted = [replace(one, safe=not touches(one)) for one in sorted(set(found)) if not inside(one)]
    assert settled(Draft("x" * 12, filled=filled), found) == wanted
