"""The kind `dependency`: trees of words over a trained pipeline."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit import kinds
from cannedkit.kinds.tokens import trees
from cannedkit.kinds.tokens.kin import MAX_SENTENCE, RELATIONS, kin
from cannedkit.kinds.tokens.patterns import Word
from cannedkit.kinds.tokens.seen import Seen
from cannedkit.kinds.tokens.trees import Branch
from cannedkit.kit import Kit
from cannedkit.lint import linter as lint
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Context
from cannedkit.model.settings import Settings
from cannedkit.words import analysis as words
from cannedkit.words import pipelines
from cannedkit.words.analysis import Analysis, analysis
from tests import rulefiles

HEAD = "extends: dependency\nmessage: \"'%s': write %s\"\n"
NEEDS = frozenset({"DEP"})
AGREES = """patterns:
  - {RIGHT_ID: verb, RIGHT_ATTRS: {TAG: VBZ}}
  - {LEFT_ID: verb, REL_OP: '>--', RIGHT_ID: subject, RIGHT_ATTRS: {DEP: nsubj, TAG: NNS}}
"""

installed = pytest.mark.skipif(
    bool(NEEDS - pipelines.at_hand("en", {}, NEEDS).gives), reason="no trained pipeline of English is installed"
)


def _findings(folder: Path, rule: str, text: str, locale: str = "en") -> list[Finding]:
    """What one rule file finds where an engine is on, as the settings have it by default."""
    built = lint.build(Settings(root=folder), [rulefiles.write(folder, {"Rule": rule})])
    return built.by_rules(Draft(text, locale=locale))[0]


def _matches(folder: Path, rule: str, text: str, locale: str = "en") -> list[str]:
    return [text[found.start : found.end] for found in _findings(folder, rule, text, locale)]


# -- what is found --------------------------------------------------------------------------------


@installed
def test_a_tree_finds_words_by_what_they_hang_on(tmp_path: Path) -> None:
    """The subject of a verb is found behind other nouns; the place is that of the marked word, the fix a form of it."""
    rule = f'{HEAD}mark: verb\nfix: "{{verb:VBP}}"\n{AGREES}'
    text = "The charges on your statement is from May. The statement is here."
    (found,) = _findings(tmp_path, rule, text)
    assert (text[found.start : found.end], found.fixes, found.safe) == ("is", ("are",), False)
    assert found.message == "'is': write 'are'"


@installed
def test_without_a_mark_the_place_is_the_whole_match(tmp_path: Path) -> None:
    """The place of a match is its first word to its last."""
    assert _matches(tmp_path, HEAD + AGREES, "The lamps in it is new.") == ["lamps in it is"]


@installed
def test_a_mark_may_be_a_stretch(tmp_path: Path) -> None:
    """`mark` names the first and the last word of the place; a fix may turn them round, its capital stays first."""
    rule = (
        f"{HEAD}mark: [subject, verb]\nfix: '{{verb}} {{subject:NN}}'\npatterns:\n"
        "  - {RIGHT_ID: subject, RIGHT_ATTRS: {IS_TITLE: true}}\n"
        "  - {LEFT_ID: subject, REL_OP: ., RIGHT_ID: verb, RIGHT_ATTRS: {TAG: VBD}}\n"
    )
    text = "Lamps were sent."
    (found,) = _findings(tmp_path, rule, text)
    assert (text[found.start : found.end], found.fixes) == ("Lamps were", ("Were lamp",))


@installed
@pytest.mark.parametrize(
    ("unless", "matches"),
    [
        ("[{LEFT_ID: subject, REL_OP: '>', RIGHT_ATTRS: {DEP: nummod}}]", ["is"]),
        ("[{LEFT_ID: subject, REL_OP: '>', RIGHT_ATTRS: {LOWER: these}}]", ["is", "is"]),
        (
            "[[{LEFT_ID: subject, REL_OP: '>', RIGHT_ID: of}, {LEFT_ID: of, REL_OP: '>', RIGHT_ATTRS: {TAG: NN}}]]",
            ["is"],
        ),
    ],
)
def test_what_must_not_be_there_drops_a_match(tmp_path: Path, unless: str, matches: list[str]) -> None:
    """A branch under `unless`, or a list of them that hold together, takes a match away; others stay."""
    text = "The lamps from the shop is new. Two lamps is much."
    assert _matches(tmp_path, f"{HEAD}mark: verb\n{AGREES}unless: {unless}\n", text) == matches


@installed
@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("The vans goes home. The sky is blue.", ["vans goes"]),
        ("The vans goes home. INSTEAD of that, walk.", []),
        ("Instead of the vans goes a bus.", []),
        ("The insteads goes home.", ["insteads goes"]),
    ],
)
def test_a_way_on_anywhere_else_drops_a_match(tmp_path: Path, text: str, matches: list[str]) -> None:
    """Where a way on stands in the text, in either case, nothing is a fault; in the match itself it is none."""
    assert _matches(tmp_path, f"{HEAD}mark: [subject, verb]\nways: [instead]\n{AGREES}", text) == matches


@installed
def test_a_fix_that_changes_nothing_is_no_fault(tmp_path: Path) -> None:
    """A match whose fixes all give what stands there is let pass, as is one whose form nobody knows."""
    head = f"{HEAD}mark: verb\npatterns: [{{RIGHT_ID: verb, RIGHT_ATTRS: {{LOWER: {{IN: [told, send]}}}}}}]\n"
    text = "He told us to send it."
    assert _matches(tmp_path, head + 'fix: "{verb:VB}"\n', text) == ["told"]
    assert _matches(tmp_path, head + 'fix: "{verb}"\n', text) == []


@installed
@pytest.mark.parametrize("fix", ['""', '[""]', '["", "{verb}s"]'])
def test_an_empty_fix_takes_the_place_out(tmp_path: Path, fix: str) -> None:
    """Where nothing should stand at the place the fix is empty, alone and in a list."""
    head = f"{HEAD}mark: verb\npatterns: [{{RIGHT_ID: verb, RIGHT_ATTRS: {{LOWER: told}}}}]\n"
    (found,) = _findings(tmp_path, f"{head}fix: {fix}\n", "He told us.")
    assert found.fixes[0] == ""


@installed
def test_a_noun_may_have_its_article(tmp_path: Path) -> None:
    """`a` in a fix is the word with a or an before it, whichever it asks for."""
    rule = f"{HEAD}mark: noun\npatterns: [{{RIGHT_ID: noun, RIGHT_ATTRS: {{DEP: dobj}}}}]\nfix: ['{{noun:a}}']\n"
    found = _findings(tmp_path, rule, "Please send invoice. We sent lamp.")
    assert [one.fixes for one in found] == [("an invoice",), ("a lamp",)]


@installed
def test_classes_of_words_stand_in_lists(tmp_path: Path) -> None:
    """The name of a class under LOWER stands for its words, with those of another class left out."""
    rule = (
        f"{HEAD}mark: verb\nfix: '{{verb:VBN}}'\npatterns:\n"
        "  - {RIGHT_ID: have, RIGHT_ATTRS: {LOWER: has}}\n"
        "  - {LEFT_ID: have, REL_OP: ., RIGHT_ID: verb, RIGHT_ATTRS: {LOWER: {IN: [PAST], NOT_IN: [PARTICIPLE]}}}\n"
    )
    assert _matches(tmp_path, rule, "It has went. It has called. It has gone.") == ["went"]


@installed
def test_drafts_of_other_languages_are_let_pass(tmp_path: Path) -> None:
    """The pipeline of English reads English drafts alone."""
    assert _matches(tmp_path, HEAD + AGREES, "The lamps in it is new.", locale="nl") == []


@installed
def test_a_reading_is_shared_by_kinds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft goes through the components once, for rules of both kinds, and not at all where no word of theirs is."""
    pipeline = pipelines.at_hand("en", {}, NEEDS)
    made: list[str] = []

    def counted(doc: Any) -> Analysis:
        made.append(doc.text)
        return analysis(doc)

    monkeypatch.setattr(pipelines, "analysis", counted)
    pipeline._known.clear()
    files = {
        "Tree": HEAD + "patterns: [{RIGHT_ID: a, RIGHT_ATTRS: {LOWER: lamp, DEP: dobj}}]\n",
        "Row": "extends: tokens\nmessage: m\npatterns: [{LOWER: lamp, TAG: NN}]\n",
        "Other": "extends: tokens\nmessage: m\npatterns: [{LOWER: lamp}]\n",
    }
    built = lint.build(Settings(root=tmp_path), [rulefiles.write(tmp_path, files)])
    assert len(built.lint(Draft("We sent the lamp."))) == 3
    assert built.lint(Draft("We sent a chair.")) == []
    assert made == ["We sent the lamp."]


@installed
def test_what_is_remembered_does_not_grow() -> None:
    """A pipeline remembers the last texts, not all of them, and none that is long."""
    pipeline = pipelines.at_hand("en", {}, NEEDS)
    for number in range(pipelines.REMEMBERED + 5):
        pipeline.reading(partial(lambda text, nlp: text, f"Lamp {number}."), NEEDS, len)
    pipeline.reading(lambda nlp: "lamp " * pipelines.LONGEST, NEEDS, len)
    assert len(pipeline._known) == pipelines.REMEMBERED
    assert max(len(text) for text, _ in pipeline._known) <= pipelines.LONGEST


@installed
def test_a_remembered_text_is_read_as_before() -> None:
    """What a rule sees of a text is the same the second time: tags, heads, sentences, lemmas, names."""

    def look(doc: Any) -> list[tuple[object, ...]]:
        return [
            (one.text, one.idx, one.tag_, one.pos_, one.dep_, one.head.i, one.lemma_, str(one.morph), one.ent_type_)
            for one in doc
        ] + [(sentence.start, sentence.end) for sentence in doc.sents]

    pipeline = pipelines.at_hand("en", {}, NEEDS)
    text = "Hi Ann,\n\nThe lamps from Acme  arrived in London.\nWe'll call you on Monday."
    needs = NEEDS | {"ENT_TYPE"}
    pipeline._known.clear()
    first = pipeline.reading(lambda nlp: text, needs, look)
    assert pipeline.reading(lambda nlp: text, needs, look) == first
    assert any(one[-1] == "GPE" for one in first)


@installed
def test_a_line_that_a_mark_ends_is_a_sentence() -> None:
    """A blank line, and a stop before a line break, end a sentence; a line that is only wrapped does not."""
    pipeline = pipelines.at_hand("en", {}, NEEDS)

    def starts(text: str) -> list[str]:
        return pipeline.reading(lambda nlp: text, NEEDS, lambda doc: [one.text for one in doc if one.is_sent_start])

    assert "Thanks" in starts("Hi Ann\n\nThanks for the\nlamp.\nIt is here")
    assert "lamp" not in starts("Hi Ann\n\nThanks for the\nlamp.\nIt is here")
    assert "It" in starts("Hi Ann\n\nThanks for the\nlamp.\nIt is here")


@installed
def test_a_long_text_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of more words than go through a pipeline together is found in as one that is short, at its own places."""
    monkeypatch.setattr(words, "PIECE", 20)
    text = "The lamps in the shop is new. It was sent to Ann in London. " * 9
    pipeline = pipelines.at_hand("en", {}, NEEDS)
    pipeline._known.clear()
    needs = NEEDS | {"ENT_TYPE"}
    heads = pipeline.reading(lambda nlp: text, needs, lambda doc: [one.head.idx for one in doc if one.text == "lamps"])
    assert heads == [text.index("is new", at) for at in range(0, len(text), len(text) // 9)]
    named = pipeline.reading(lambda nlp: text, needs, lambda doc: [one.start_char for one in doc.ents])
    assert named[-1] == text.rindex("London")
    whole = pipeline.reading(lambda nlp: "(" * 50, needs, lambda doc: doc.text)
    assert whole == "(" * 50


# -- relations ------------------------------------------------------------------------------------


@st.composite
def _parsed(draw: st.DrawFn) -> tuple[list[str], list[int]]:
    """Words, and for each the number of its head: a tree in which no branch crosses another."""
    count = draw(st.integers(2, 7))
    heads = list(range(count))
    waiting = [(0, count, -1)]
    while waiting:
        first, end, above = waiting.pop()
        top = draw(st.integers(first, end - 1))
        heads[top] = above if above >= 0 else top
        cut = draw(st.integers(top + 1, end))
        waiting += [(left, right, top) for left, right in ((first, top), (top + 1, cut), (cut, end)) if left < right]
    return [draw(st.sampled_from("ab")) for _ in range(count)], heads


@settings(max_examples=40)
@given(_parsed())
def test_relations_are_those_of_spacy(parsed: tuple[list[str], list[int]]) -> None:
    """Each relation leads from a word to those that spaCy's own DependencyMatcher finds."""
    import spacy
    from spacy.matcher import DependencyMatcher
    from spacy.tokens import Doc

    texts, heads = parsed
    vocab = spacy.blank("en").vocab
    doc = Doc(vocab, words=texts, heads=heads, deps=["ROOT" if head == at else "x" for at, head in enumerate(heads)])
    for relation, led in RELATIONS.items():
        matcher = DependencyMatcher(vocab)
        right = {"LEFT_ID": "left", "REL_OP": relation, "RIGHT_ID": "right", "RIGHT_ATTRS": {"ORTH": "b"}}
        matcher.add("m", [[{"RIGHT_ID": "left", "RIGHT_ATTRS": {"ORTH": "a"}}, right]])
        theirs = {tuple(match) for _, match in matcher(doc)}
        own = kin(doc)
        ours = {
            (left, word)
            for left, text in enumerate(texts)
            if text == "a"
            for word in led(own, left)
            if texts[word] == "b"
        }
        assert ours == theirs, relation


def _flat(count: int) -> Seen:
    """A sentence of words that all hang on the first."""
    import spacy
    from spacy.tokens import Doc

    doc = Doc(spacy.blank("en").vocab, words=["a"] * count, heads=[0] * count, deps=["ROOT"] + ["x"] * (count - 1))
    every = frozenset(range(count))
    return Seen([2 * at for at in every], [2 * at + 1 for at in every], {"a": every}, frozenset(), kin(doc))


def _chain(length: int, relation: str) -> tuple[Branch, ...]:
    """A tree whose words each stand in a relation to the word before."""
    word = Word({"LOWER": "a"})
    rest = (Branch(str(at), word, str(at - 1), relation, "a") for at in range(1, length))
    return (Branch("0", word, key="a"), *rest)


def test_a_tree_that_tries_too_much_is_stopped() -> None:
    """A tree of many words anywhere in a long sentence runs out of its steps, and is no loop."""
    with pytest.raises(TimeoutError):
        list(trees.found(_chain(9, ".*"), (), _flat(60)))


def test_a_sentence_that_nobody_wrote_is_left_alone() -> None:
    """In a sentence of more words than a person writes nothing is looked for."""
    assert len(list(trees.found(_chain(2, "."), (), _flat(MAX_SENTENCE)))) == MAX_SENTENCE - 1
    assert list(trees.found(_chain(2, "."), (), _flat(MAX_SENTENCE + 1))) == []


# -- what is wrong in a file ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("mark: a\n", "a dependency rule needs `patterns`"),
        ("patterns: []\n", "`patterns` must be a list of trees"),
        ("patterns: [{RIGHT_ATTRS: {LOWER: a}}]\n", "needs `RIGHT_ID`, its name"),
        ("patterns: [{RIGHT_ID: a, LEFT_ID: b, REL_OP: '>'}]\n", "the first word of a tree hangs on none"),
        ("patterns: [{RIGHT_ID: a}, {RIGHT_ID: b}]\n", "needs `LEFT_ID` and `REL_OP`"),
        ("patterns: [{RIGHT_ID: a}, {LEFT_ID: a, REL_OP: '>', RIGHT_ID: a}]\n", "`RIGHT_ID`: a stands there twice"),
        ("patterns: [{RIGHT_ID: a}, {LEFT_ID: a, REL_OP: '=', RIGHT_ID: b}]\n", "`REL_OP` cannot be '='; write one"),
        ("patterns: [{RIGHT_ID: verb}, {LEFT_ID: verbs, REL_OP: '>', RIGHT_ID: b}]\n", "did you mean `verb`?"),
        ("patterns: [{RIGHT_ID: a, RIGHT_ATTRS: {LOWER: x, OP: '*'}}]\n", "put what must not be under `unless`"),
        ("patterns: [{RIGHT_ID: a, RIGHT_ATTRS: {LOWR: x}}]\n", "unknown attribute `LOWR`; did you mean `LOWER`?"),
        ("patterns: [{RIGHT_ID: a, RIGHT_ATTR: {LOWER: x}}]\n", "did you mean `RIGHT_ATTRS`?"),
        ("patterns: [{RIGHT_ID: verb}]\nmark: verbs\n", "`mark`: not each pattern names verbs; did you mean `verb`?"),
        ("patterns: [[{RIGHT_ID: a}], [{RIGHT_ID: b}]]\nmark: a\n", "`mark`: not each pattern names a"),
        ("patterns: [{RIGHT_ID: a}]\nmark: [a, a, a]\n", "or those of the first and the last"),
        ("patterns: [{RIGHT_ID: a}]\nfix: '{b:VB}'\n", "`fix`: not each pattern names b"),
        ("patterns: [{RIGHT_ID: a}]\nfix: '{a:VX}'\n", "`fix`: VX is no form; write one of VB"),
        ("patterns: [{RIGHT_ID: a}]\nunless: [{LEFT_ID: b, REL_OP: '>'}]\n", "`unless`: not each pattern names b"),
        ("patterns: [{RIGHT_ID: a}]\nunless: [{RIGHT_ATTRS: {LOWER: x}}]\n", "needs `LEFT_ID` and `REL_OP`"),
        ("patterns: [{RIGHT_ID: a}]\nunless: {LEFT_ID: a, REL_OP: '>'}\n", "`unless` must be a list"),
        ("patterns: [{RIGHT_ID: a}]\nswap: b\n", "`swap` is no key of a rule that extends dependency"),
    ],
)
def test_slips_are_named(tmp_path: Path, content: str, fault: str) -> None:
    """What is wrong in a rule is told with what may stand there instead, or the nearest name."""
    with pytest.raises(RuleError, match=re.escape(fault)):
        rulefiles.linter(tmp_path, {"Rule": HEAD + content})


# -- without a pipeline ---------------------------------------------------------------------------


def test_without_a_pipeline_one_note_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that nothing can read for are off, with one note for all; the other rules look."""
    monkeypatch.setattr(pipelines, "DEFAULTS", {})
    files = {"One": HEAD + AGREES, "Two": HEAD + AGREES, "Word": "extends: existence\nmessage: m\ntokens: [lamp]\n"}
    built = kinds.build_each(rulefiles.write(tmp_path, files).rules, Context())
    assert [check.rule.id for check in built.checks] == ["Test.Word"]
    (note,) = [problem.message for problem in built.off]
    assert note == (
        "2 rules of Test did not look: they extend dependency, which needs a trained pipeline of spaCy: "
        "`pip install 'cannedkit[english]'`, or name one under `pipelines`"
    )


def test_a_kit_says_what_did_not_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The note reaches whoever uses a kit whose settings name the pack."""
    monkeypatch.setattr(pipelines, "DEFAULTS", {})
    rulefiles.write(tmp_path / "rules", {"One": HEAD + AGREES})
    (tmp_path / "cannedkit.yaml").write_text("packs: [Test]\nengines: {}\n")
    kit = Kit.load(tmp_path)
    assert kit.lint("The lamps in it is new.") == []
    assert [note.partition(":")[0] for note in kit.notes] == ["1 rule of Test did not look"]


@installed
def test_an_installed_pipeline_reads_where_an_engine_is_on(tmp_path: Path) -> None:
    """Who turns all engines off has no trained pipeline either, unless the settings name one."""
    pack = rulefiles.write(tmp_path, {"Rule": HEAD + AGREES})
    silent = lint.build(Settings(root=tmp_path, engines={}), [pack])
    assert [note.rpartition(": ")[2] for note in silent.notes] == [
        "leave an engine on, or name one under `pipelines`",
    ]
    place = pipelines.at_hand("en", {}, NEEDS).place
    named = lint.build(Settings(root=tmp_path, engines={}, pipelines={"en": place}), [pack])
    assert len(named.lint(Draft("The lamps in it is new."))) == 1
