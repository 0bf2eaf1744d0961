"""The kind `tokens`, and the pipelines of spaCy that it and `sequence` read with."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit import kinds
from cannedkit.kinds.tokens import patterns as tokenpatterns
from cannedkit.kinds.tokens.seen import Runner
from cannedkit.kit import Kit
from cannedkit.lint.linter import run_alone
from cannedkit.model.draft import Draft
from cannedkit.model.errors import CheckFailed, RuleError, SettingsError
from cannedkit.model.rule import Context
from cannedkit.words import pipelines
from tests import rulefiles
from tests.conftest import Run, Write

HEAD = "extends: tokens\nmessage: \"'%s'\"\n"
ENGLISH = "where: {locale: en}\n"


@pytest.fixture(autouse=True)
def _no_pipeline_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless the settings name a pipeline there is none, whatever stands beside the package."""
    monkeypatch.setattr(pipelines, "DEFAULTS", {})


def _rule(patterns: str, more: str = "") -> str:
    return f"{HEAD}{more}patterns: {patterns}\n"


# -- what is found --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("patterns", "text", "matches"),
    [
        ("[[{LOWER: refund}]]", "Refund the REFUND, refunds.", ["Refund", "REFUND"]),
        ("[[{ORTH: Refund}]]", "refund Refund", ["Refund"]),
        ("[[{text: Refund}]]", "refund Refund", ["Refund"]),
        ("[[{NORM: not}]]", "We don't, and cannot.", ["n't", "not"]),
        ("[[{LEMMA: apologise}]]", "Apologising, we apologised.", ["Apologising", "apologised"]),
        ("[[{SHAPE: dd/dd}]]", "on 03/04 or 3/4", ["03/04"]),
        ("[[{PREFIX: £}]]", "£ 5, $ 5", ["£"]),
        ("[[{SUFFIX: ing}]]", "waiting in line, a thing", ["waiting", "thing"]),
        ("[[{LENGTH: 3}]]", "a bc def", ["def"]),
        ("[[{LENGTH: {'>': 1, '<=': 3}}]]", "a bc def four", ["bc", "def"]),
        ("[[{LENGTH: {NOT_IN: [1, 2]}}]]", "a bc def", ["def"]),
        ("[[{LIKE_NUM: true}, {LOWER: days}]]", "ten days, 14 days, some days", ["ten days", "14 days"]),
        ("[[{LIKE_URL: true}]]", "see example.org now", ["example.org"]),
        ("[[{LIKE_EMAIL: true}]]", "write to a.b@example.org now", ["a.b@example.org"]),
        ("[[{IS_UPPER: true, LENGTH: {'>': 1}}]]", "I am NOT sure", ["NOT"]),
        ("[[{IS_TITLE: true, IS_SENT_START: false}]]", "Dear Ann. Dear all.", ["Ann"]),
        ("[[{SENT_START: true, LOWER: {IN: [and, but]}}]]", "And now. And and but. But", ["And", "And", "But"]),
        ("[[{IS_CURRENCY: true}, {IS_DIGIT: true}]]", "€5 or 5€", ["€5"]),
        ("[[{IS_PUNCT: true, OP: '{2,}'}]]", "What?! Yes. Oh!!!", ["?!", "!!!"]),
        ("[[{IS_SPACE: true}]]", "a  b c", [" "]),
        ("[[{LOWER: post, SPACY: false}, {ORTH: '-'}]]", "post-paid post -", ["post-"]),
        ("[[{LOWER: {IN: [hi, hey]}}]]", "Hi, hey, hello", ["Hi", "hey"]),
        ("[[{LOWER: the}, {LOWER: {NOT_IN: [bill]}}]]", "the bill, the invoice", ["the invoice"]),
        ("[[{LOWER: {REGEX: '^pre.+ed$'}}]]", "Prepaid and prepared", ["prepared"]),
        ("[[{LOWER: {REGEX: {IN: [^re, ^un]}}}]]", "return unpaid bill", ["return", "unpaid"]),
        ("[[{IS_ALPHA: true, LOWER: {REGEX: {NOT_IN: [^re, ^un]}}}]]", "return unpaid bill!", ["bill"]),
        ("[[{LOWER: {REGEX: ^ref, NOT_IN: [refer]}}]]", "refer, refund", ["refund"]),
        ("[[{LOWER: {REGEX: ^def, FUZZY: definitely}}]]", "Definately affinitely", ["Definately"]),
        ("[[{LOWER: {FUZZY: definitely}}]]", "definately, defined", ["definately"]),
        ("[[{LOWER: {FUZZY1: {IN: [receive, believe]}}}]]", "recieve beleve recive", ["beleve", "recive"]),
        ("[{LOWER: one}, {LOWER: pattern}]", "One pattern alone", ["One pattern"]),
        ("[[{LOWER: a}], [{LOWER: a}, {LOWER: b}]]", "a b a", ["a b", "a"]),
    ],
)
def test_what_is_found(tmp_path: Path, patterns: str, text: str, matches: list[str]) -> None:
    """Each attribute and each condition of spaCy means what it means there."""
    assert rulefiles.matches(tmp_path, _rule(patterns, ENGLISH), text) == matches


@pytest.mark.parametrize(
    ("operator", "text", "matches"),
    [
        ("'?'", "a c; a b c; a b b c", ["a c", "a b c"]),
        ("'*'", "a c; a b c; a b b c", ["a c", "a b c", "a b b c"]),
        ("+", "a c; a b c; a b b c", ["a b c", "a b b c"]),
        ("'!'", "a c; a b c; a x c", ["a x c"]),
        ("'{2}'", "a b c; a b b c; a b b b c", ["a b b c"]),
        ("'{2,}'", "a b c; a b b c; a b b b c", ["a b b c", "a b b b c"]),
        ("'{,1}'", "a c; a b c; a b b c", ["a c", "a b c"]),
        ("'{1,2}'", "a c; a b c; a b b c; a b b b c", ["a b c", "a b b c"]),
        ("'1'", "a c; a b c", ["a b c"]),
    ],
)
def test_operators(tmp_path: Path, operator: str, text: str, matches: list[str]) -> None:
    """`OP` says how often a word stands there."""
    rule = _rule(f"[[{{LOWER: a}}, {{LOWER: b, OP: {operator}}}, {{LOWER: c}}]]")
    assert rulefiles.matches(tmp_path, rule, text) == matches


def test_the_place_may_be_part_of_the_match(tmp_path: Path) -> None:
    """`mark` makes some of the words the place, those of them that stand there."""
    patterns = "[[{LOWER: your}, {IS_ALPHA: true, OP: '*'}, {LOWER: are}]]"
    text = "your two new lamps are here, your are"
    assert rulefiles.matches(tmp_path, _rule(patterns, "mark: 2\n"), text) == ["two new lamps", "your are"]
    assert rulefiles.matches(tmp_path, _rule(patterns, "mark: [2, 3]\n"), text) == ["two new lamps are", "are"]


def test_swap_gives_fixes(tmp_path: Path) -> None:
    """`swap` says what should stand at the place, in its case; what it does not name is no fault."""
    more = "mark: 2\nswap: {is: are, '(wa)s': [were, '$1sted'], are: are}\n"
    rule = _rule("[[{LOWER: lamps}, {IS_ALPHA: true}]]", more).replace("'%s'", "'%s' for %s")
    found = rulefiles.findings(tmp_path, rule, "Lamps is, lamps Was, lamps are, lamps be")
    assert [one.fixes for one in found] == [("are",), ("Were", "Wasted")]
    assert [one.message for one in found] == ["'are' for is", "''Were' or 'Wasted'' for Was"]
    assert not any(one.safe for one in found)


def test_an_action_may_be_applied_unasked(tmp_path: Path) -> None:
    """`action` says what the machine may do: put in the one swap there is, or take the place out."""
    rule = _rule("[[{LOWER: lamps}, {LOWER: is}]]", "mark: 2\nswap: {is: are}\naction: {name: replace}\n")
    assert [(one.fixes, one.safe) for one in rulefiles.findings(tmp_path, rule, "lamps is")] == [(("are",), True)]
    rule = _rule("[[{LOWER: kindly}]]", "action: {name: remove}\n")
    assert [(one.fixes, one.safe) for one in rulefiles.findings(tmp_path, rule, "kindly wait")] == [(("",), True)]


def test_a_match_stays_in_its_scope(tmp_path: Path) -> None:
    """With `scope: sentence` no match reaches into the next one."""
    patterns, text = "[[{LOWER: sorry}, {OP: '*'}, {LOWER: but}]]", "We are sorry. It is late, but here. Sorry, but no."
    assert rulefiles.matches(tmp_path, _rule(patterns), text) == [text[7:-4]]
    assert rulefiles.matches(tmp_path, _rule(patterns, "scope: sentence\n"), text) == ["Sorry, but"]


PIECES = (
    "👩‍👩‍👧 ",
    "é ",
    "e\u0301\u0323 ",
    "שלום ",
    "مرحبا ",
    "ราคาดีมาก ",
    "a\u200bb ",
    "\n\n",
    "\u00a0",
    "İ ",
    "refund ",
    "Refund. ",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=60, deadline=None)
def test_places_are_code_points(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever stands before a word, emoji, marks, right-to-left or Thai, its place is where it stands."""
    built = rulefiles.check(tmp_path_factory.mktemp("rules"), _rule("[[{LOWER: refund}]]"))
    places = [at for at in range(len(text)) if text[at : at + 6].lower() == "refund"]
    places = [at for at in places if at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "\u200b")]
    assert [(found.start, found.end) for found in run_alone(built, Draft(text))] == [(at, at + 6) for at in places]


# -- against spaCy's own Matcher ------------------------------------------------------------------

WORDS = st.fixed_dictionaries(
    {},
    optional={
        "LOWER": st.sampled_from(["a", "b"]) | st.sampled_from([{"IN": ["a", "c"]}, {"NOT_IN": ["b"]}]),
        "OP": st.sampled_from(["?", "*", "+", "!", "{2}", "{1,2}", "{,2}", "{2,}"]),
    },
)


def _asks(pattern: list[dict[str, Any]]) -> bool:
    """Whether one of the words of a pattern must stand there."""
    return any(word.get("OP", "1") not in ("?", "*", "{,2}") for word in pattern)


@given(st.lists(WORDS, min_size=1, max_size=4).filter(_asks), st.lists(st.sampled_from("abc"), max_size=9))
@settings(max_examples=300, deadline=None)
def test_words_follow_one_another_as_in_spacy(
    tmp_path_factory: pytest.TempPathFactory, pattern: list[dict[str, Any]], words: list[str]
) -> None:
    """The matches are the leftmost of all that spaCy's own Matcher finds, each the longest from its start."""
    from spacy.matcher import Matcher

    text = " ".join(words)
    built = rulefiles.check(tmp_path_factory.mktemp("rules"), _rule(json.dumps([pattern])))
    found = [(one.start, one.end) for one in run_alone(built, Draft(text))]
    nlp = pipelines.opened("en").nlp
    matcher = Matcher(nlp.vocab)
    matcher.add("all", [pattern])
    doc = nlp(text)
    wanted: list[tuple[int, int]] = []
    for _, start, end in sorted(matcher(doc), key=lambda match: (match[1], -match[2])):
        if not wanted or doc[start].idx >= wanted[-1][1]:
            wanted.append((doc[start].idx, doc[start:end].end_char))
    assert found == wanted


def test_the_attributes_are_those_of_spacy() -> None:
    """Every attribute and condition that spaCy's own schema knows is known, and none that it does not."""
    from spacy.schemas import TokenPattern, TokenPatternNumber, TokenPatternString

    known = {name.upper() for name in TokenPattern.model_fields} - {"OP", "UNDERSCORE"}
    assert known | {"PREFIX", "SUFFIX"} == tokenpatterns.ATTRIBUTES
    assert set(TokenPatternString.model_fields) == {*tokenpatterns.SETS, *tokenpatterns.FUZZY, "REGEX"}
    numbers = {field.alias for field in TokenPatternNumber.model_fields.values()}
    assert numbers == {*(name.lower() for name in tokenpatterns.SETS), *tokenpatterns.COMPARISONS, "regex"}


# -- time -----------------------------------------------------------------------------------------


def test_a_slow_expression_fails_alone(tmp_path: Path) -> None:
    """A regular expression that explodes runs out of time and says so; the other rules report."""
    slow = _rule("[[{LOWER: {REGEX: '^(a|aa)+[bc]$'}}]]")
    built = rulefiles.linter(tmp_path, {"Slow": slow, "Other": _rule("[[{LOWER: refund}]]")})
    began = time.thread_time()
    with pytest.raises(CheckFailed) as failed:
        built.lint(Draft("A refund, " + " ".join("a" * 40 + str(number) for number in range(50))))
    assert time.thread_time() - began < 3
    assert [error.rule for error in failed.value.errors] == ["Test.Slow"]
    assert [finding.rule for finding in failed.value.findings] == ["Test.Other"]


def test_operators_take_no_longer_than_the_text(tmp_path: Path) -> None:
    """Stars beside stars, which take spaCy's own Matcher minutes, are done in the time that the text takes to read."""
    rule = _rule("[[{LOWER: a}, {OP: '*'}, {LOWER: a, OP: '*'}, {OP: '+'}, {LOWER: b}]]")
    built = rulefiles.check(tmp_path, rule)
    began = time.thread_time()
    assert run_alone(built, Draft("a " * 10_000)) == []
    assert time.thread_time() - began < 3


@pytest.mark.parametrize(
    "unit", ["(", "'", "$", ":)", "'s", "a.b", "a", "https://a.b/", "👩‍👩‍👧", "word ", "\n", "n't"]
)
def test_no_draft_takes_long(tmp_path: Path, unit: str) -> None:
    """Signs, letters or addresses in one long run are parted into words in seconds, and places stay right."""
    built = rulefiles.check(tmp_path, _rule("[[{LOWER: refund}]]"))
    text = unit * (30_000 // len(unit)) + " refund"
    began = time.thread_time()
    assert [(found.start, found.end) for found in run_alone(built, Draft(text))] == [(len(text) - 6, len(text))]
    assert time.thread_time() - began < 5


# -- when it runs ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("patterns", "literals"),
    [
        ("[[{LOWER: your}, {LOWER: invoice}]]", {"invoice"}),
        ("[[{LOWER: {IN: [refund, rebate]}}, {LIKE_NUM: true}]]", {"refund", "rebate"}),
        ("[[{LOWER: {REGEX: '^pre(paid|pared)$'}}]]", {"prepaid", "prepared"}),
        ("[[{LOWER: refund, OP: '?'}, {LOWER: invoice, OP: +}]]", {"invoice"}),
        ("[[{LOWER: refund, OP: '!'}, {ORTH: Invoice}]]", {"Invoice"}),
        ("[[{LEMMA: refund}]]", {"refund", "refunded", "refunding", "refunds"}),
        ("[[{LOWER: {FUZZY: refund}}]]", set()),
        ("[[{LIKE_NUM: true}]]", set()),
        ("[[{LOWER: 'ai\u0307x'}]]", set()),
    ],
)
def test_literals(tmp_path: Path, patterns: str, literals: set[str]) -> None:
    """A rule runs only where a text stands that its pattern cannot do without; always, where none is known."""
    (found,) = rulefiles.check(tmp_path, _rule(patterns, ENGLISH)).literals
    assert set(found) == literals


def test_without_a_language_the_forms_of_a_lemma_are_not_known(tmp_path: Path) -> None:
    """A rule for any language cannot list the forms of a lemma, and so runs always."""
    assert rulefiles.check(tmp_path, _rule("[[{LEMMA: refund}]]")).literals == ((),)


@given(st.lists(st.sampled_from(["İX", "ix", "Straße", "STRASSE", "ΣΑΣ", "σας", "ﬁne", "fine", "K", "Refunds"])))
@settings(max_examples=60, deadline=None)
def test_literals_hide_nothing(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    """With literals a rule finds what it finds when it always looks, in words that change when they lose their case."""
    texts = ["i\u0307x", "ix", "straße", "strasse", "σας", "fine", "ﬁne", "k", "refund"]
    lowered = _rule(json.dumps([[{"LOWER": {"IN": texts}}], [{"LEMMA": "refund"}]]), ENGLISH)
    always = _rule(json.dumps([[{"LOWER": {"NOT_IN": []}, "LEMMA": {"IN": [*texts, "refund"]}}]]), ENGLISH)
    folder = tmp_path_factory.mktemp("rules")
    draft = Draft(" ".join(words))
    found = {(one.start, one.end) for one in rulefiles.linter(folder, {"Rule": lowered}).lint(draft)}
    wanted = {(one.start, one.end) for one in run_alone(rulefiles.check(folder, always), draft)}
    assert found == wanted


def test_spacy_is_loaded_when_a_literal_stands_in_the_text(tmp_path: Path) -> None:
    """A lint of a draft without the words of any tokens rule leaves spaCy unloaded; with one of them it is loaded."""
    rulefiles.write(tmp_path / "rules", {"Rule": _rule("[[{LOWER: refund}, {LIKE_NUM: true}]]")})
    (tmp_path / "cannedkit.yaml").write_text("packs: [Test]\nengines: {}\n")
    script = (
        "import sys\nfrom cannedkit import Kit\nkit = Kit.load('.')\n"
        "assert kit.lint('We sent 5 lamps.') == []\nprint('spacy' in sys.modules)\n"
        "assert len(kit.lint('We refund 5.')) == 1\nprint('spacy' in sys.modules)\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]


def test_one_reading_serves_all_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft is read by spaCy once, however many rules look at it."""
    built = rulefiles.linter(tmp_path, {name: _rule(f"[[{{LOWER: {name}}}]]") for name in ("one", "two", "three")})
    read: list[str] = []
    reading = pipelines.Pipeline.reading

    def counted(self: pipelines.Pipeline, source: Any, needs: frozenset[str], work: Any) -> Any:
        read.append(self.language)
        return reading(self, source, needs, work)

    monkeypatch.setattr(pipelines.Pipeline, "reading", counted)
    assert len(built.lint(Draft("one two three"))) == 3
    assert len(built.lint(Draft("three two one"))) == 3
    assert len(read) == 2


def test_threads_share_a_linter(tmp_path: Path) -> None:
    """Many threads over one linter find what one finds."""
    built = rulefiles.linter(tmp_path, {"A": _rule("[[{LOWER: refund}]]"), "B": _rule("[[{LIKE_NUM: true}]]")})
    drafts = [Draft(f"word{number} refund {number}" * (number % 4 + 1)) for number in range(200)]
    alone = [built.lint(draft) for draft in drafts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(built.lint, drafts)) == alone


def test_a_failure_leaves_the_pipeline_in_order() -> None:
    """What goes wrong while a text is read is raised, and the next text is read as if nothing had been."""
    pipeline = pipelines.opened("en")
    with pytest.raises(ZeroDivisionError):
        pipeline.reading(lambda nlp: "one", frozenset(), lambda doc: 1 // 0)
    assert pipeline.reading(lambda nlp: "one two", frozenset(), len) == 2


def test_rules_test_names_what_looks_at_every_draft(run: Run, write: Write) -> None:
    """`rules test` names the rules for which spaCy reads every draft, and those that need a pipeline to run."""
    examples = "bad: [ten, '12']\ngood: [a, b]\n"
    folder = write(
        {
            "cannedkit.yaml": "packs: [Test]\nengines: {}\n",
            "rules/Test/Number.yml": _rule("[[{LIKE_NUM: true}]]", examples),
            "rules/Test/Word.yml": _rule("[[{LOWER: {IN: [ten, '12']}}]]", examples),
            "rules/Test/Tag.yml": _rule("[[{TAG: NN}]]", examples),
        }
    )
    ran = run("rules", "test", cwd=folder)
    notes = [line.partition(":")[2].strip() for line in ran.err.splitlines() if line.startswith("cannedkit:")]
    assert [note.partition(":")[0] for note in notes] == ["Test.Tag is off", "Test.Number looks at every draft"]


# -- slips in rule files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("patterns", "line", "column", "message"),
    [
        ("[[{LOWR: a}]]", 3, 14, "unknown attribute `LOWR`; did you mean `LOWER`?"),
        ("[[{_: {may: VERB}}]]", 3, 14, "`_`: attributes of one's own need a program"),
        ("[[{LOWER: {INN: [a]}}]]", 3, 22, "unknown `INN` under LOWER; did you mean `IN`?"),
        ("[[{LOWER: {IN: a}}]]", 3, 26, "`IN` must be a list, not a text"),
        ("[[{LOWER: [a]}]]", 3, 21, "`LOWER` must be a text or"),
        ("[[{LOWER: {}}]]", 3, 21, "`LOWER` has no condition; known: IN, NOT_IN"),
        ("[[{LOWER: {REGEX: 'a('}}]]", 3, 29, "in the regular expression 'a('"),
        ("[[{LOWER: {REGEX: {IN: ['a(']}}}]]", 3, 34, "in the regular expression 'a('"),
        ("[[{LOWER: {FUZZY: {IS_SUBSET: [a]}}}]]", 3, 30, "`IS_SUBSET` cannot stand under FUZZY"),
        ("[[{LIKE_NUM: yes}]]", 3, 24, "`LIKE_NUM` cannot be 'yes'"),
        ("[[{LENGTH: three}]]", 3, 22, "`LENGTH` must be a whole number, not 'three'"),
        ("[[{LENGTH: {'=>': 3}}]]", 3, 23, "unknown `=>` under LENGTH"),
        ("[[{LOWER: a, OP: '**'}]]", 3, 28, "`OP` cannot be '**'; write one of 1, ?, *, +, !, {n}"),
        ("[[{LOWER: a, OP: '{3,1}'}]]", 3, 28, "`OP` cannot be '{3,1}'"),
        ("[[{LOWER: a, OP: '{900}'}]]", 3, 12, "a pattern may ask for 200 words"),
        ("[[{LOWER: a, lower: b}]]", 3, 24, "`lower` stands there twice"),
        ("[[{LOWER: a, OP: '?'}]]", 3, 12, "this pattern matches nothing at all"),
        ("[[]]", 3, 12, "a pattern must be a list of words"),
        ("[a]", 3, 12, "a pattern must be a list of words"),
        ("a", 3, 11, "`patterns` must be a list of patterns"),
    ],
)
def test_slips_are_named(tmp_path: Path, patterns: str, line: int, column: int, message: str) -> None:
    """What is wrong in a pattern is named at its line and column, with the nearest name, before any draft comes."""
    with pytest.raises(RuleError) as error:
        rulefiles.linter(tmp_path, {"Rule": _rule(patterns)})
    problem = error.value.problems[0]
    assert (problem.line, problem.column) == (line, column)
    assert message in problem.message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEAD, "a tokens rule needs `patterns`"),
        (_rule("[[{LOWER: a}]]", "mark: 2\n"), "`mark` names word 2; a pattern has 1"),
        (_rule("[[{LOWER: a}]]", "mark: [2, 1]\n"), "`mark` must be the number of a word"),
        (_rule("[[{LOWER: a}]]", "swap: {'a(': b}\n"), "in the regular expression 'a('"),
        (_rule("[[{LOWER: a}]]", "pattern: []\n"), "`pattern` is no key of a rule that extends tokens"),
    ],
)
def test_slips_beside_the_patterns_are_named(tmp_path: Path, content: str, message: str) -> None:
    """What is wrong in the other keys is named too."""
    with pytest.raises(RuleError) as error:
        rulefiles.linter(tmp_path, {"Rule": content})
    assert message in str(error.value)


def test_a_slip_leaves_the_other_rules_alone(tmp_path: Path) -> None:
    """One bad tokens rule and one that cannot run here do not keep the third from looking."""
    contents = {"Bad": _rule("[[{LOWR: a}]]"), "Off": _rule("[[{TAG: NN}]]"), "Good": _rule("[[{LOWER: a}]]")}
    pack = rulefiles.write(tmp_path, contents, forgiving=True)
    built = kinds.build_each(pack.rules, Context())
    assert [check.rule.id for check in built.checks] == ["Test.Good"]
    assert len((*pack.refused, *built.refused)) == 1
    assert [problem.message.partition(":")[0] for problem in built.off] == ["Test.Off is off"]


def test_a_language_without_lemmas_turns_the_rule_off(tmp_path: Path) -> None:
    """A rule that asks for lemmas of a language that has no word table is off and says what it asks for."""
    built = rulefiles.linter(tmp_path, {"Rule": _rule("[[{LEMMA: a}]]", "where: {locale: th}\n")})
    assert built.checks == ()
    assert "Test.Rule is off: it asks for LEMMA; name a pipeline of spaCy" in built.notes[0]


# -- trained pipelines ----------------------------------------------------------------------------

TAGGED = (
    "the/DT/DET order/NN/NOUN arrives/VBZ/VERB today/NN/NOUN",
    "please/UH/INTJ order/VB/VERB the/DT/DET lamp/NN/NOUN",
    "we/PRP/PRON order/VBP/VERB a/DT/DET lamp/NN/NOUN today/NN/NOUN",
    "please/UH/INTJ meet/VB/VERB the/DT/DET team/NN/NOUN",
    "the/DT/DET team/NN/NOUN meets/VBZ/VERB today/NN/NOUN",
    "a/DT/DET meet/NN/NOUN today/NN/NOUN",
    "we/PRP/PRON meet/VBP/VERB the/DT/DET team/NN/NOUN",
)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a pipeline that tags the words of `TAGGED`, trained here and now."""
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example
    from thinc.api import fix_random_seed

    fix_random_seed(7)
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger")
    nlp.add_pipe("morphologizer")
    examples = []
    for sentence in TAGGED:
        words, tags, parts = zip(*(word.split("/") for word in sentence.split()), strict=True)
        doc = Doc(nlp.vocab, words=list(words))
        examples.append(Example.from_dict(doc, {"tags": list(tags), "pos": list(parts)}))
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(25):
        nlp.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("pipeline") / "tiny"
    nlp.to_disk(folder)
    return folder


def _kit(folder: Path, rules: dict[str, str], pipeline: str) -> Kit:
    rulefiles.write(folder / "rules", rules)
    (folder / "cannedkit.yaml").write_text(f"packs: [Test]\nengines: {{}}\npipelines: {{en: {pipeline}}}\n")
    return Kit.load(folder, trust=[pipeline])


def _found(kit: Kit, text: str, locale: str = "en") -> Sequence[tuple[str, str]]:
    return [(found.rule, text[found.start : found.end]) for found in kit.lint(text, locale=locale)]


def test_a_trained_pipeline_tells_parts_of_speech(tmp_path: Path, trained: Path) -> None:
    """TAG and POS come from the pipeline of the settings; words keep their places, lemmas come from the tables."""
    rules = {
        "Tag": _rule("[[{LOWER: order, TAG: VB}]]"),
        "Pos": _rule("[[{LOWER: order, POS: {IN: [NOUN, PROPN]}}]]"),
        "Lemma": _rule("[[{LEMMA: order, TAG: {REGEX: ^VB}}]]"),
        "Parse": _rule("[[{LOWER: order, DEP: dobj}]]"),
    }
    kit = _kit(tmp_path, rules, str(trained))
    assert _found(kit, "please order the lamp") == [("Test.Lemma", "order"), ("Test.Tag", "order")]
    assert _found(kit, "the order arrives today") == [("Test.Pos", "order")]
    assert _found(kit, "please order the lamp", "nl") == []
    assert kit.notes == (
        "Test.Parse is off: it asks for DEP; name a pipeline of spaCy that gives it under `pipelines`",
    )


def test_a_sequence_takes_its_tags_from_the_pipeline(tmp_path: Path, trained: Path) -> None:
    """`tag` is a pattern on Penn's tag of a word, `upos` a list of universal parts of speech, as in Vale."""
    head = "extends: sequence\nmessage: '%[2]s after %[1]s'\ntokens: "
    rules = {
        "Tag": f"{head}[{{tag: ^VB}}, {{pattern: the}}, {{tag: NN}}]\n",
        "Upos": f"{head}[{{pattern: meet, upos: NOUN|PROPN}}, {{pattern: today}}]\n",
        "Negated": f"{head}[{{pattern: team}}, {{tag: ^VB, negate: true}}]\n",
        "Both": f"{head}[{{pattern: we}}, {{pattern: meet, tag: NN}}]\n",
    }
    kit = _kit(tmp_path, rules, str(trained))
    assert _found(kit, "please meet the team today") == [("Test.Tag", "meet the team"), ("Test.Negated", "team today")]
    assert _found(kit, "a meet today") == [("Test.Upos", "meet today")]
    assert _found(kit, "the team meets today") == []
    assert _found(kit, "please meet the team.", "nl") == []
    assert kit.notes == ()


def test_a_pipeline_may_stand_beside_the_settings(tmp_path: Path, trained: Path) -> None:
    """A relative path is looked for from the folder of cannedkit.yaml."""
    (tmp_path / "tiny").symlink_to(trained)
    kit = _kit(tmp_path, {"Tag": _rule("[[{TAG: DT}, {LOWER: order}]]")}, "tiny")
    assert _found(kit, "the order arrives today") == [("Test.Tag", "the order")]


@pytest.mark.parametrize(
    ("pipelines", "message"),
    [
        (
            "{en: en_core_web_none}",
            "pipeline en_core_web_none is not installed: run `python -m spacy download en_core_",
        ),
        ("{en: models/tiny}", "there is no pipeline in 'models/tiny': a folder that spaCy wrote"),
        ('{en: "a\\0b"}', "there is no pipeline in 'a"),
        ("{en: ''}", "there is no pipeline in ''"),
        ("{nl: PLACE}", "is for en, not for nl"),
        ("{english: PLACE}", "'english' is not a language; write its code"),
        ("{en: [a]}", "`en` must be a text, not a list"),
    ],
)
def test_a_pipeline_that_is_not_to_be_had_is_an_error(
    tmp_path: Path, trained: Path, pipelines: str, message: str
) -> None:
    """A named pipeline that is missing, or for another language, is an error at its place in the settings."""
    (tmp_path / "cannedkit.yaml").write_text(f"packs: []\npipelines: {pipelines.replace('PLACE', str(trained))}\n")
    with pytest.raises(SettingsError) as error:
        Kit.load(tmp_path, trust=["all"])
    assert error.value.problems[0].line == 2
    assert message in str(error.value)


def test_what_a_pipeline_gives_is_what_its_settings_say(trained: Path) -> None:
    """What a pipeline gives is known without loading it: its running components, the tables, and our sentences."""
    assert pipelines.opened("en", str(trained)).gives == {"TAG", "POS", "MORPH", "LEMMA", "SENT_START"}
    assert pipelines.opened("en").gives == {"LEMMA", "SENT_START"}
    assert pipelines.opened("xx").gives == {"SENT_START"}


def test_a_language_that_spacy_does_not_know_is_cut_at_spaces_and_signs(tmp_path: Path) -> None:
    """A draft in a language that spaCy has no rules for is read all the same."""
    assert rulefiles.matches(tmp_path, _rule("[[{LOWER: refund}]]"), "a refund, b", locale="mi") == ["refund"]


def test_a_place_keeps_its_text(tmp_path: Path) -> None:
    """Two drafts in a row, of which one is part of the other, are not taken for one another."""
    built = rulefiles.check(tmp_path, _rule("[[{LOWER: refund}]]"))
    for text in ("refund", "a refund", "refund"):
        assert [(one.start, one.end) for one in run_alone(built, Draft(text))] == [(text.index("refund"), len(text))]


def test_the_runner_keeps_one_text(tmp_path: Path) -> None:
    """What a thread keeps between rules is the last text alone: nothing grows with the drafts."""
    runner = Runner({"k": {"LOWER": "refund"}})
    pipeline = pipelines.opened("en")
    for text in ("refund", "a refund", "b"):
        seen = runner.seen(text, pipeline)
    assert runner._thread.__dict__ == {"text": "b", "seen": {pipeline: seen}}
