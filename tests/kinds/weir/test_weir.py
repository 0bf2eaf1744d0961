"""The kind `weir`: Harper's expression language in rule files."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.engines import harper
from cannedkit.kinds import build
from cannedkit.kinds.weir import kind
from cannedkit.kinds.weir import words as weirpattern
from cannedkit.lint import linter as lint
from cannedkit.lint import packs
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import CheckFailed, EngineError, RuleError
from cannedkit.model.rule import Context
from cannedkit.model.settings import Settings
from cannedkit.pattern.budget import counted, spending
from cannedkit.pattern.hits import located
from cannedkit.words import inflection
from tests import rulefiles

HEAD = "extends: weir\nmessage: \"'%s': write %s.\"\n"
ADVICE = f"{HEAD}expression: '<(please advice), advice>'\nbecomes: [advise]\n"
VERBS = "[agree, arrive, went, put]"
THIRD = f"{HEAD}expression: '<([team, driver] {VERBS}), {VERBS}>'\nbecomes: ['{{base>third}}']\n"


def _found(folder: Path, files: dict[str, str], text: str, locale: str = "en") -> list[Finding]:
    pack = rulefiles.write(folder, files)
    return lint.build(Settings(root=folder, engines={"harper": {}}), [pack]).lint(Draft(text, locale=locale))


def _marked(folder: Path, rule: str, text: str, locale: str = "en") -> list[tuple[str, tuple[str, ...]]]:
    return [(text[one.start : one.end], one.fixes) for one in _found(folder, {"Rule": rule}, text, locale)]


@pytest.mark.parametrize(
    ("rule", "text", "wanted"),
    [
        (ADVICE, "🎉 Please advice. Our advice is free.", [("advice", ("advise",))]),
        (THIRD, "The team went home and the driver put it back.", []),
        (THIRD, "If your team agree, the driver arrive.", [("agree", ("agrees",)), ("arrive", ("arrives",))]),
        (f"{HEAD}expression: ['<(a b), b>', c]\nbecomes: [x]\n", "A b or C", [("b", ("x",)), ("C", ("X",))]),
        (
            f"{HEAD}expression: lot\nbecomes: ['{{a}} {{text}}']\nafter: '(?<!a )'\n",
            "Lot of a lot",
            [("Lot", ("A lot",))],
        ),
        (f"{HEAD}expression: lot\nbefore: ' of'\n", "lot of lots, a lot", [("lot", ())]),
        (
            f"{HEAD}expression: '[is, was]'\nbecomes: {{was: [were]}}\n",
            "is was Was",
            [("was", ("were",)), ("Was", ("Were",))],
        ),
        (f'{HEAD}expression: "[it\'s] own"\nbecomes: [its own]\n', "on it’s own", [("it’s own", ("its own",))]),
        (
            f"{HEAD}expression: '$look in to'\nbecomes: ['{{first}} into']\n",
            "We looked in to it",
            [("looked in to", ("looked into",))],
        ),
        (
            f"{HEAD}expression: '[item]'\nbecomes: ['{{plural}}']\nafter: 'two '\n",
            "two item, one item",
            [("item", ("items",))],
        ),
        (f"{HEAD}expression: 'is it'\nbecomes: ['{{first}}. {{Last}}']\n", "there is it", [("is it", ("is. It",))]),
        (
            f"{HEAD}expression: '<(many SINGULAR), SINGULAR>'\nbecomes: ['{{plural}}']\nbefore: <end>\n",
            "Many person came, many city maps, many Child.",
            [("person", ("people",)), ("Child", ("Children",))],
        ),
        (
            f"{HEAD}expression: '<([I, we] want VERBONLY), VERBONLY>'\nbecomes: ['to {{text}}']\n",
            "I\u00a0want become. We want help. Wifi want become.",
            [("become", ("to become",))],
        ),
        (
            f"{HEAD}expression: 'much [PLURAL, fun]'\nbecomes: ['many {{rest}}']\n",
            "Much friends, much rain, much fun",
            [("Much friends", ("Many friends",)), ("much fun", ("many fun",))],
        ),
    ],
)
def test_what_is_found(tmp_path: Path, rule: str, text: str, wanted: list[tuple[str, tuple[str, ...]]]) -> None:
    """An expression marks what it narrows down to, in code points, with fixes in the right case and form."""
    assert _marked(tmp_path, rule, text) == wanted


@pytest.mark.parametrize(
    ("becomes", "text", "safe"),
    [("have", "You would of been", True), ("have", "You would of late", False), ("have, had", "would of been", False)],
)
def test_a_fix_is_safe_where_it_is_sure(tmp_path: Path, becomes: str, text: str, safe: bool) -> None:
    """What `sure` matches behind the span makes the one fix safe; where there are several, none is."""
    rule = f"{HEAD}expression: '<(would of), of>'\nbecomes: [{becomes}]\nsure: ' been\\b'\n"
    assert [found.safe for found in _found(tmp_path, {"Rule": rule}, text) if found.rule == "Test.Rule"] == [safe]


def test_parts_of_speech_are_known(tmp_path: Path) -> None:
    """NOUN and VERB stand for any noun and verb: a word is one where it is used as one."""
    rule = f"{HEAD}expression: '<(the NOUN have been), have>'\nbecomes: [has]\n"
    assert _marked(tmp_path, rule, "I see the refund have been sent.") == [("have", ("has",))]
    assert _marked(tmp_path, rule, "I see the green have been sent to.") == []


@pytest.mark.parametrize(("locale", "wanted"), [("en", "canceled"), ("en-GB", "cancelled"), ("en-PH", "canceled")])
def test_a_fix_is_spelled_as_in_its_locale(tmp_path: Path, locale: str, wanted: str) -> None:
    """The participle of "cancel" doubles its l outside American English."""
    rule = f"{HEAD}expression: '<(was cancel), cancel>'\nbecomes: ['{{base>participle}}']\n"
    assert _marked(tmp_path, rule, "It was cancel.", locale) == [("cancel", (wanted,))]


def test_other_languages_are_left_alone(tmp_path: Path) -> None:
    """A rule of this kind says nothing of a draft that is not in English."""
    assert _marked(tmp_path, ADVICE, "please advice", "nl") == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("expression: '[a, b'", "is not closed"),
        ("expression: 'a) b'", "too many"),
        ("expression: '<>'", "nothing in `<>`"),
        ("expression: '[[ ]] a'", "nothing in `[ ]`"),
        ("expression: '[a, < >] b'", "nothing in `< >`"),
        ("expression: '!'", "holds no word"),
        ("expression: 'VERBS has'", "did you mean VERB"),
        ("expression: 'in 3 days'", "use NUM"),
        ("expression: '[on top, on]'", "without a comma"),
        ("becomes: [x]", "needs `expression`"),
        ("expression: a\nbecomes: ['{base>thrid}']", "unknown `{base>thrid}`"),
        ("expression: a\nafter: '('", "missing"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, line: str, reason: str) -> None:
    """A faulty rule is refused with its place before any draft comes, and the others run."""
    files = {"Bad": f"{HEAD}{line}\n", "Good": ADVICE}
    with pytest.raises(RuleError, match=r"Bad\.yml") as caught:
        _found(tmp_path, files, "please advice")
    assert reason in str(caught.value)
    pack = rulefiles.write(tmp_path, files, forgiving=True)
    linter = lint.build(Settings(root=tmp_path, engines={"harper": {}}), [pack], forgiving=True)
    findings, failures = linter.results(Draft("please advice"))
    assert [one.rule for one in findings] == ["Test.Good"]
    assert [failure.rule for failure in failures] == ["Test.Bad"]


def test_what_only_harper_refuses_names_the_rule(tmp_path: Path) -> None:
    """An expression that passes our reading but not Harper's is an error with the rule's name."""
    with pytest.raises(CheckFailed, match=r"Test\.Bad"):
        _found(tmp_path, {"Good": ADVICE, "Bad": f"{HEAD}expression: 'a NOUN @nothing'\n"}, "please advice")


def test_where_harper_breaks_off_the_engine_failed() -> None:
    """A panic of Harper's own code, which Python knows as no Exception, is an error of the engine, and no traceback."""
    linter = harper.distribution().Linter(harper.distribution().Dialect.AMERICAN)
    with pytest.raises(EngineError, match=r"Test\.Bad: harper broke off"):
        kind._load(linter, {"Test.Bad.0": kind.source("[[ ]] a"), "Test.Good.0": kind.source("a NOUN")})


def test_without_harper_one_note_says_what_did_not_look(tmp_path: Path) -> None:
    """Where the engine harper is off the rules are off too, and the linter says so in one line."""
    linter = rulefiles.linter(tmp_path, {"A": ADVICE, "B": THIRD})
    assert linter.lint(Draft("please advice")) == []
    assert linter.notes == ("2 rules of Test did not look: they extend weir, which needs the engine harper",)


def test_each_thread_has_its_own_harper(tmp_path: Path) -> None:
    """One linter serves many threads at once, and each draft gets its own findings."""
    pack = rulefiles.write(tmp_path, {"Advice": ADVICE, "Lot": f"{HEAD}expression: 'NUM lot'\nbecomes: [lots]\n"})
    linter = lint.build(Settings(root=tmp_path, engines={"harper": {}}), [pack])
    texts = [f"{'Please advice. ' * (number % 4)}Bye." for number in range(60)]
    with ThreadPoolExecutor(4) as threads:
        counts = [len(found) for found in threads.map(lambda text: linter.lint(Draft(text)), texts)]
    assert counts == [number % 4 for number in range(60)]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> lint.Linter:
    """A linter with one rule for all examples of a property."""
    folder = tmp_path_factory.mktemp("weir")
    return lint.build(Settings(root=folder, engines={"harper": {}}), [rulefiles.write(folder, {"Rule": ADVICE})])


@given(text=st.text(alphabet=st.sampled_from("please advice.,\n'’🎉Aé \u0e01\u200b"), max_size=60))
def test_any_text_is_answered_within_it(shared: lint.Linter, text: str) -> None:
    """Findings lie inside the text, on what the expression narrows down to, and the same text has the same ones."""
    found = shared.lint(Draft(text))
    assert found == shared.lint(Draft(text))
    assert all(text[one.start : one.end].casefold() == "advice" for one in found)


@pytest.mark.parametrize(
    ("word", "source", "target", "wanted"),
    [
        ("arrive", "base", "third", "arrives"),
        ("tries", "third", "base", "try"),
        ("went", "past", "participle", "gone"),
        ("ship", "base", "ing", "shipping"),
        ("put", "base", "third", None),
        ("reset", "base", "participle", None),
        ("green", "base", "third", None),
        ("called", "past", "past", "called"),
    ],
)
def test_forms_of_verbs(word: str, source: str, target: str, wanted: str | None) -> None:
    """A verb of the table changes its form; a word that may already be right, or is no verb, does not."""
    assert inflection.changed(word, source, target) == wanted


@pytest.mark.parametrize("base", sorted({form[0][0] for form in inflection.verb_forms().values()}))
def test_every_verb_goes_there_and_back(base: str) -> None:
    """From its base to the -ing form and back gives the base again."""
    ing = inflection.changed(base, "base", "ing")
    assert ing is not None
    assert inflection.changed(ing, "ing", "base") == base


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("email", "an"),
        ("URL", "a"),
        ("SMS", "an"),
        ("hour", "an"),
        ("unique code", "a"),
        ("8-hour slot", "an"),
        ("user", "a"),
    ],
)
def test_the_article_follows_the_sound(words: str, wanted: str) -> None:
    """The article follows how a word sounds, not how it is written."""
    assert inflection.article(words) == wanted


@pytest.mark.parametrize(("one", "many"), [("box", "boxes"), ("copy", "copies"), ("day", "days"), ("person", "people")])
def test_number(one: str, many: str) -> None:
    """Singular and plural lead to each other."""
    assert (inflection.plural(one), inflection.singular(many)) == (many, one)


@pytest.mark.parametrize(
    ("name", "within", "without"),
    [
        ("SINGULAR", "person", "people"),
        ("PLURAL", "children", "child"),
        ("COUNTABLE", "teacher", "work"),
        ("MASS", "advice", "idea"),
        ("ADJECTIVE", "important", "importantly"),
        ("THIRD", "goes", "went"),
        ("PAST", "went", "gone"),
        ("NOUNONLY", "city", "plan"),
        ("NOUNSONLY", "cities", "plans"),
        ("VERBONLY", "become", "help"),
        ("VERBSONLY", "becomes", "plans"),
    ],
)
def test_classes_of_words(name: str, within: str, without: str) -> None:
    """A class holds what its name says, and those that are nothing else leave out what may be something else."""
    words = inflection.words_of(name)
    assert within in words
    assert without not in words


@pytest.mark.parametrize("noun", sorted(inflection.words_of("SINGULAR")))
def test_every_noun_goes_there_and_back(noun: str) -> None:
    """From the singular to the plural and back gives the singular again."""
    assert inflection.singular(inflection.plural(noun)) == noun


@given(words=st.lists(st.sampled_from(["many", "the", "I", "city", "new", "people", "in", ","]), max_size=12))
def test_where_words_are_looked_for_makes_no_difference(words: list[str]) -> None:
    """An expression that is tried only where its opening words stand finds what a search of the whole text finds."""
    text = " ".join(words)
    expression = weirpattern.lexical("([many, the] SINGULAR)")
    assert expression is not None
    assert expression.opening
    places = [
        (at, at + len(word), 0)
        for word in expression.literals
        for at in range(len(text))
        if text.casefold().startswith(word, at)
    ]
    singular = inflection.words_of("SINGULAR")
    wanted = {f"{one} {other}" for one, other in pairwise(words) if one in ("many", "the") and other in singular}
    assert {text[start:end] for start, end in expression.find(text, sorted(places))} == wanted


@pytest.mark.parametrize("gap", [" ", "\t", "\N{NO-BREAK SPACE}"])
@pytest.mark.parametrize("expression", ["( we can)", "<( we can), ( )>", "we [can, may] go", "[we, so]( )can"])
def test_a_run_of_spaces_is_tried_once(expression: str, gap: str) -> None:
    """However many spaces stand between two words, and wherever an expression has its own, the search is linear."""
    rule = weirpattern.lexical(expression)
    assert rule
    text = f"so we{gap * 40_000}can, {gap * 40_000}they. I think we can go"
    places = [(match.start(), match.end(), 0) for match in re.finditer("we|can", text)]
    began = time.thread_time()
    found = list(rule.find(text, places))
    assert time.thread_time() - began < 1
    assert found


def test_rules_of_ours_and_of_others_find_the_same() -> None:
    """Expressions of others are searched with a limit of time, in another library; what they mean does not change."""
    found = packs.available(Settings(Path(), packs=("English",)))
    rules = [rule for pack in found.packs for rule in pack.rules if rule.kind == "weir"]
    texts = [
        example.text
        for pack in found.packs
        for examples in packs.examples(pack).values()
        for example in (*examples.bad, *examples.good)
    ]
    draft = Draft("\n\n".join(texts)[:60_000], locale="en")
    tried = 0
    for check in build(rules, Context(harper=True)):
        hits = located(check.literals, draft.text)
        ours = list(check.run(draft, hits)) if hits else []
        with spending(600), counted(check.rule.id):
            theirs = list(check.run(draft, hits)) if hits else []
        assert ours == theirs, check.rule.id
        tried += len(ours)
    assert tried > 100
