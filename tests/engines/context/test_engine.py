"""The engine that weighs words by the words around them, with the model and the table that are shipped."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.engines.context import again, changes, classes, edits, engine, model, scorer, weighing
from cannedkit.engines.context.tokens import tokens
from cannedkit.kit import Kit
from cannedkit.lint.packs import available, examples
from cannedkit.model.draft import Draft, Finding, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Settings, Vocabulary
from cannedkit.sources import ENGINES


@pytest.fixture(scope="module")
def context() -> engine.Context:
    """The engine without a vocabulary."""
    return engine.open({}, Vocabulary())


def _mended(text: str, found: Finding) -> list[str]:
    return [text[: found.start] + fix + text[found.end :] for fix in found.fixes]


RIGHT = [
    ("Please let me know if [your|you're] unable to log in to the account.", "Confusion"),
    ("Please wait while I check [weather|whether] it is open.", "Confusion"),
    ("I would like to [no|know] the price of the ticket.", "Confusion"),
    ("Would you like me to book it [form|from] the app?", "Confusion"),
    ("You [should of|should have] been able to see the page.", "VerbForm"),
    ("The flight will [takes|take] off at noon on Friday.", "VerbForm"),
    ("He doesn't [has|have] a reservation for that day.", "VerbForm"),
    ("Your order has been [ship|shipped] to the wrong address.", "VerbForm"),
    ("I will be able [|to ]help you with that.", "MissingWord"),
    ("There is [|a ]problem with the page.", "Article"),
    ("Would you like [|to ]keep the same room?", "MissingWord"),
    ("We look forward [|to ]hearing from you.", "MissingWord"),
    ("Please let [|me ]know if you need a table.", "MissingWord"),
    ("That will take no more [|than ]ten minutes.", "MissingWord"),
    ("[You’re|Your] flight leaves at 9 in the morning.", "Confusion"),
]
"""What is written and what is meant, in brackets; and the sort."""


def _sides(marked: str) -> tuple[str, str]:
    before, _, rest = marked.partition("[")
    pair, _, after = rest.partition("]")
    wrong, _, right = pair.partition("|")
    return before + wrong + after, before + right + after


@pytest.mark.parametrize(("marked", "sort"), RIGHT)
def test_a_mistake_is_found_once_and_mended(context: engine.Context, marked: str, sort: str) -> None:
    """One finding for a mistake; its rule names the sort, one of its fixes gives what is meant, which is then clean."""
    wrong, right = _sides(marked)
    found = context.check(Draft(wrong, "en-US"))
    assert [one.rule for one in found] == [f"Context.{sort}"]
    assert right in _mended(wrong, found[0])
    assert (found[0].sources, found[0].safe) == ((found[0].rule,), False)
    assert context.check(Draft(right, "en-US")) == []


@pytest.mark.parametrize(
    "text",
    [
        "He wrote “let me know if your unable to log in to the account” to me.",
        'The page says "let me know if your unable to log in" at the top.',
        "PLEASE LET ME KNOW IF YOUR UNABLE TO LOG IN.",
        "Laat me weten of your unable bent om in te loggen in het account.",
        "Order AB-1290 for Mr Then of Weather Ltd, 12 May, $40.00, see www.example.com/no/now.",
        "",
        "You're",
        "🎮 2 × 3",
    ],
)
def test_what_is_nobody_s_word_is_let_alone(context: engine.Context, text: str) -> None:
    """Nothing is said of quotations, capitals, names, codes, amounts, addresses, and of another language."""
    assert context.check(Draft(text, "en-GB")) == []


def test_filled_values_are_let_alone(context: engine.Context) -> None:
    """The same word is a mistake where the writer typed it, and none where it filled a placeholder."""
    text = "I would like to no the price of the ticket."
    at = text.index(" no ") + 1
    assert context.check(Draft(text)) != []
    assert context.check(Draft(text, filled=((at, at + 2),))) == []


def test_the_vocabulary_is_let_alone() -> None:
    """What the house accepts is no mistake."""
    text = "I would like to no the price of the ticket."
    assert engine.open({}, Vocabulary(accept=("no",))).check(Draft(text)) == []


def test_more_is_asked_for_beside_what_is_no_word() -> None:
    """The same change of the same gain is further over what it needs between words than beside a number."""
    changed = changes.Change("Preposition", ("on",), ("in",), (-50.0, 0.0))
    over = {}
    for text in ("They have agreed on the price now.", "They have agreed on 12 now."):
        read = scorer.read(_model(), tokens(text, _model().knows))
        (hit,) = weighing.hits(read, changes.table([changed]))
        gain = scorer.gain(read, 4, 5, scorer.words(_model(), ("in",)))
        backed = scorer.backing(read, 4, 5, scorer.words(_model(), ("in",)))
        over[text] = round(gain - hit.over - weighing.UNBACKED * (backed < 1), 6)
    first, second = over.values()
    assert second - first == pytest.approx(weighing.BESIDE)


@pytest.mark.parametrize("text", ["We only send specific pages to you.", "We choose furniture for you."])
def test_no_a_is_missing_before_what_takes_none(text: str) -> None:
    """Before a plural, with a word between or without, and before what cannot be counted, "a" has not fallen out."""
    read = tokens(text, _model().knows)
    put_in = changes.shipped("en").put_in
    found = [one.meant for at in range(2, len(read)) for one in changes.missing(put_in, read, at)]
    places = [at for at, token in enumerate(read) if token.text in ("specific", "pages", "furniture")]
    assert ("the",) in found
    assert [one.meant for at in places for one in changes.missing(put_in, read, at) if one.meant == ("a",)] == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The lamps you have stay the same.", "to"),
        ("We have that on record now.", "the"),
        ("The shoes are on floor 2 now.", "the"),
        ("They ship from shop to shop.", "a"),
        ("We have plug-in lamps.", "a"),
    ],
)
def test_no_little_word_is_missing_where_none_belongs(text: str, word: str) -> None:
    """A clause that ends in "have" takes no "to", and what stands bare in its phrase takes no article."""
    known, wanted = model.shipped("en"), changes.Change("MissingWord", (), (word,), (0.0, 0.0))
    assert known is not None
    there = tokens(text, known.knows)
    tried = [one for at in range(2, len(there)) for one in changes.missing([wanted], there, at)]
    places = {there[one.start].text for one in tried}
    assert places
    assert places.isdisjoint({"stay", "record", "floor", "shop", "plug"})


def test_a_or_an_goes_with_the_fix() -> None:
    """A fix that asks for the other article brings it, with its capital."""
    text = "An breath of air."
    reading = scorer.read(_model(), tokens(text, _model().knows))
    row = changes.Change("Confusion", ("breath",), ("hour",), (0.0, 9.0))
    row_back = changes.Change("Confusion", ("hour",), ("breath",), (0.0, 9.0))
    edit = edits.edit(Draft(text), reading.tokens, changes.Candidate(2, 3, row.meant, row))
    assert edit[:3] == (3, 9, "hour")
    there = "An hour of air."
    reading = scorer.read(_model(), tokens(there, _model().knows))
    back = changes.Candidate(2, 3, row_back.meant, row_back)
    assert edits.edit(Draft(there), reading.tokens, back) == (0, 7, "A breath")


def test_a_verb_is_spelt_as_the_locale_does(context: engine.Context) -> None:
    """The fix doubles the letter where the draft is British."""
    text = "Your booking has been cancel by the hotel."
    fixes = {locale: [one.fixes for one in context.check(Draft(text, locale))] for locale in ("en-US", "en-GB")}
    assert fixes == {"en-US": [("canceled",)], "en-GB": [("cancelled",)]}


def test_a_fault_that_harper_finds_too_is_told_once() -> None:
    """Packs, Harper and the model find "should of" and "doesn't has"; each is one finding that names them all."""
    kit = Kit(Settings(Path("/"), engines={"harper": {}, "context": {}}, engines_named=True))
    [found] = [
        one for one in kit.lint("You should of been able to see the page.") if "of" in one.fixes or one.start < 12
    ]
    assert {source.partition(".")[0] for source in found.sources} >= {"Context"}
    assert len(found.sources) > 1
    assert found.fixes[0] in ("have", "should have")


def test_an_unknown_scorer_is_refused() -> None:
    """What the settings ask for and is not there is an error that names what is."""
    with pytest.raises(EngineError, match=r"scorer.*neurall.*ngram"):
        engine.open({"scorer": "neurall"}, Vocabulary())
    assert engine.open({"scorer": "ngram"}, Vocabulary()) == engine.open({}, Vocabulary())


def test_other_languages_are_refused(context: engine.Context) -> None:
    """A draft in a language without a model is an error, not clean."""
    with pytest.raises(EngineError, match="nl-NL"):
        context.check(Draft("Dit is een zin.", "nl-NL"))


def test_the_rules_say_why() -> None:
    """Each sort has a message and a why, and the table names no other."""
    source = ENGINES["context"]
    sorts = {row.sort for rows in _rows() for row in rows}
    assert sorts <= source.whys.keys() == engine.RULES.keys() == engine.rules().keys()


def test_the_mark_is_that_of_model_and_tables(context: engine.Context) -> None:
    """What is remembered between runs goes with the model and the tables that it came from."""
    tables = (changes.shipped("en"), classes.shipped("en"))
    assert context.mark == " ".join(("context", _model().digest, *(one.digest for one in tables)))


def test_good_lines_of_the_packs_stay_clean(context: engine.Context) -> None:
    """Nothing is said of what the English packs call good, near misses of their own rules that they are."""
    packs = available(Settings(Path("/"), locale="en")).packs
    good = {one for pack in packs for tried in examples(pack).values() for one in tried.good if not one.catalogue}
    drafts = [Draft(one.text, one.locale or "en") for one in good if (one.locale or "en").startswith("en")]
    assert len(drafts) > 1_000
    assert [(one.text, context.check(one)) for one in drafts if context.check(one)] == []


def test_eight_threads_find_what_one_finds(context: engine.Context) -> None:
    """The engine may be shared."""
    drafts = [Draft(_sides(marked)[0]) for marked, _ in RIGHT] * 8
    alone = [context.check(draft) for draft in drafts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(context.check, drafts)) == alone


WORDS = st.sampled_from(
    "your you're to too the of a an Then no know You’re . , \n \" “ ” 12 €5 was deliver has X-1".split(" ")
)


@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=80))
@settings(deadline=None, max_examples=150)
def test_findings_lie_in_the_text(text: str) -> None:
    """Findings are inside any text, sorted, apart, the same twice, and each has a fix that changes something."""
    own = engine.open({}, Vocabulary())
    found = own.check(Draft(text))
    assert found == sorted(found) == own.check(Draft(text))
    assert all(0 <= one.start <= one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(fix != text[one.start : one.end] for one in found for fix in one.fixes)
    assert all(one.fixes and one.level < Level.ERROR for one in found)


def _model() -> model.Model:
    known = model.shipped("en")
    assert known is not None
    return known


def _rows() -> Iterable[Iterable[changes.Change]]:
    shipped = changes.shipped("en")
    return (*shipped.by_word.values(), *shipped.by_form.values(), shipped.put_in)


_TOLD: again.Known = {}
_SENTENCES = st.sampled_from(
    [side for marked, _ in RIGHT for side in _sides(marked)]
    + ["It is what?", "Note the number.", "Go 12.", "Call", "Is he go there?", "We have done.", "\n\n"]
)


@given(st.lists(_SENTENCES, max_size=5).map(" ".join))
@settings(deadline=None)
def test_a_sentence_that_stands_again_is_told_as_before(text: str) -> None:
    """What is remembered of sentences gives what all of the text gives, whatever stands beside them."""
    known, weighed, kinds = _model(), changes.shipped("en"), classes.shipped("en")
    there = tokens(text, known.knows)
    whole = list(weighing.hits(scorer.read(known, there), weighed, kinds))
    assert list(again.hits(_TOLD, known, there, weighed, kinds)) == whole
