"""One verdict from many: each fault is one finding, under one name, with the fix that most sources propose."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from cannedkit.lint.verdict import ORDER, Packs, merged
from cannedkit.model.draft import Finding, Level

TEXT = "Your parcel have been recieved 🎉 by us"


def _said(start: int, end: int, rule: str, *fixes: str, level: Level = Level.WARNING, safe: bool = False) -> Finding:
    return Finding(start, end, rule, level, "m", fixes, safe, (rule,))


def _one(*findings: Finding, by_rule: Finding | None = None) -> Finding:
    kept, verdicts = merged(TEXT, [by_rule] if by_rule else [], findings)
    assert kept == []
    (verdict,) = verdicts
    return verdict


def test_engines_that_overlap_agree() -> None:
    """Two engines on one word give one finding that names both and is one level higher."""
    found = _one(_said(22, 30, "LanguageTool.MORFOLOGIK", "received"), _said(22, 30, "Harper.SpellCheck", "received"))
    assert (found.rule, found.sources) == ("Harper.SpellCheck", ("Harper.SpellCheck", "LanguageTool.MORFOLOGIK"))
    assert (found.start, found.end, found.fixes, found.level) == (22, 30, ("received",), Level.ERROR)


def test_the_name_does_not_depend_on_who_else_agrees() -> None:
    """With or without a server the same fault has the same name and span."""
    harper = _said(12, 16, "Harper.Agreement", "has")
    alone, both = _one(harper), _one(_said(5, 16, "LanguageTool.AGREEMENT", "parcel has"), harper)
    assert (alone.rule, alone.start, alone.end) == (both.rule, both.start, both.end)


def test_a_rule_of_a_pack_names_the_fault_where_the_fix_is_the_same() -> None:
    """An engine that proposes what a rule proposes joins it, whatever their spans; the rule's name stays."""
    rule = _said(5, 16, "English.Agreement", "parcel has", level=Level.ERROR)
    found = _one(_said(12, 16, "LanguageTool.AGREEMENT", "has"), by_rule=rule)
    assert (found.rule, found.fixes) == ("English.Agreement", ("parcel has",))
    assert found.sources == ("English.Agreement", "LanguageTool.AGREEMENT")


def test_a_rule_about_something_else_stays() -> None:
    """A rule and an engine with other fixes on one word speak of two faults."""
    rule, engine = _said(22, 30, "Care.Passive", "we got it"), _said(22, 30, "Harper.SpellCheck", "received")
    kept, verdicts = merged(TEXT, [rule], [engine])
    assert [found.rule for found in kept + verdicts] == ["Care.Passive", "Harper.SpellCheck"]


def test_a_rule_nobody_touches_is_left_as_it_is() -> None:
    """A finding of a rule far from any engine's comes back untouched."""
    rule = _said(0, 4, "Care.Your")
    kept, _ = merged(TEXT, [rule], [_said(22, 30, "Harper.SpellCheck", "received")])
    assert kept == [rule]


def test_the_best_fix_is_the_one_that_most_propose() -> None:
    """Two second places beat one first."""
    found = _one(
        _said(22, 30, "Harper.SpellCheck", "relieved", "received"),
        _said(22, 30, "Hunspell.Spelling", "received"),
        _said(22, 30, "LanguageTool.MORFOLOGIK", "relived", "received"),
    )
    assert found.fixes[0] == "received"
    assert set(found.fixes) == {"received", "relieved", "relived"}


def test_a_fix_that_is_no_longer_the_first_is_not_safe() -> None:
    """What one engine may apply unasked stays so only while it is the first fix."""
    safe = _said(22, 30, "Harper.SpellCheck", "relieved", safe=True)
    others = [_said(22, 30, f"{name}.X", "received") for name in ORDER[1:]]
    assert _one(safe).safe
    assert not _one(safe, *others).safe


def test_one_engine_never_agrees_with_itself() -> None:
    """Two findings of one engine on one stretch are two findings."""
    one, other = _said(5, 16, "LanguageTool.A", "parcel has"), _said(12, 16, "LanguageTool.B", "had")
    assert len(merged(TEXT, [], [one, other])[1]) == 2


SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 6)).map(lambda pair: (pair[0], min(sum(pair), len(TEXT))))
SAID = st.builds(
    lambda span, source, name, fixes: _said(*span, f"{source}.{name}", *fixes),
    SPANS,
    st.sampled_from(ORDER),
    st.sampled_from("AB"),
    st.lists(st.text("ab ", max_size=3), max_size=2, unique=True),
)


@given(st.lists(SAID, max_size=6, unique=True), st.lists(SAID, max_size=3, unique=True))
def test_nothing_said_is_lost(by_engines: list[Finding], others: list[Finding]) -> None:
    """Every finding of a rule or an engine is kept, or stands among the sources of the one that it joined."""
    by_rules = [_said(found.start, found.end, f"Pack.{number}", *found.fixes) for number, found in enumerate(others)]
    kept, verdicts = merged(TEXT, by_rules, by_engines)
    named = {source for found in kept + verdicts for source in found.sources}
    assert named == {found.rule for found in (*by_rules, *by_engines)}
    assert len(kept) + len(verdicts) <= len(by_rules) + len(by_engines)
    for found in verdicts:
        assert any((found.start, found.end) == (said.start, said.end) for said in (*by_rules, *by_engines))


def test_many_findings_are_compared_with_their_neighbours_alone() -> None:
    """30,000 faults in a text are told apart in seconds, each joined by the engine that stands on it."""
    rules = [_said(at, at + 2, "English.Words", "x") for at in range(0, 90_000, 6)]
    engines = [_said(at, at + 2, "Harper.SpellCheck", "x") for at in range(0, 90_000, 3)]
    began = time.thread_time()
    kept, verdicts = merged("ab " * 30_000, rules, engines)
    assert time.thread_time() - began < 5
    assert kept == []
    assert [len(found.sources) for found in verdicts] == [2] * 15_000 + [1] * 15_000


def test_a_long_span_is_compared_with_all_that_it_touches() -> None:
    """A rule about a whole text is joined from its far end, and spans that only meet at a place are no neighbours."""
    text = "word " * 100
    whole = _said(0, 499, "English.Whole", text[:495] + "other")
    kept, [verdict] = merged(text, [whole], [_said(495, 499, "Harper.SpellCheck", "other")])
    assert (kept, verdict.rule, verdict.sources) == ([], "English.Whole", ("English.Whole", "Harper.SpellCheck"))
    kept, verdicts = merged(text, [_said(60, 64, "English.Word")], [_said(64, 64, "Harper.Missing", ",")])
    assert (len(kept), len(verdicts)) == (0, 2)


PACKS = Packs(shipped={"English", "Plain"}, errors={"English"})


def _rules(*findings: Finding) -> list[Finding]:
    kept, verdicts = merged(TEXT, findings, [], PACKS)
    assert verdicts == []
    return kept


def test_two_rules_that_propose_the_same_are_one() -> None:
    """Rules of shipped packs whose fixes give the same text are one finding that names both, at the louder level."""
    found = _rules(
        _said(5, 16, "English.Agreement", "parcel has"), _said(12, 16, "Plain.Have", "has", level=Level.ERROR)
    )
    assert [(one.rule, one.level, one.sources) for one in found] == [
        ("Plain.Have", Level.ERROR, ("Plain.Have", "English.Agreement"))
    ]


def test_two_rules_of_a_house_are_two() -> None:
    """A house wrote each of its rules to be told."""
    assert len(_rules(_said(12, 16, "Acme.A", "has"), _said(12, 16, "Acme.B", "has"))) == 2


def test_style_and_error_on_one_word_are_two() -> None:
    """Where one of two rules is about style and they propose different texts, there are two faults."""
    assert len(_rules(_said(22, 30, "Plain.Received", "got"), _said(22, 30, "English.Spelling", "received"))) == 2


def test_proofreaders_that_contradict_each_other_are_one() -> None:
    """Of two rules for errors, or one and an engine, the louder names the fault and the other proposes behind it."""
    quiet = _said(22, 30, "English.B", "receive")
    (found,) = _rules(_said(22, 30, "English.A", "received", level=Level.ERROR), quiet)
    assert (found.rule, found.fixes, found.level) == ("English.A", ("received", "receive"), Level.ERROR)
    kept, (verdict,) = merged(TEXT, [quiet], [_said(22, 30, "Harper.SpellCheck", "received")], PACKS)
    assert kept == []
    assert (verdict.rule, verdict.level, verdict.fixes) == ("English.B", Level.WARNING, ("receive", "received"))


def test_findings_without_a_fix_stay() -> None:
    """What proposes nothing may speak of another fault of the same words."""
    assert len(_rules(_said(22, 30, "English.A"), _said(22, 30, "English.B", "received"))) == 2
