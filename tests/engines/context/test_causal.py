"""The model of the extra `deep`, the real one: its figures, what it finds, and that it is the same for all who ask."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from cannedkit.engines.context import causal, engine
from cannedkit.engines.context.causal import Tail
from cannedkit.kit import Kit
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.settings import Vocabulary

pytestmark = pytest.mark.deep

RIGHT = [
    ("The files in your folder [has|have] been moved.", "Agreement"),
    ("We have put [|a ]note on your account.", "Article"),
    ("I would [advice|advise] you to keep the box.", "Confusion"),
    ("She has [went|gone] home for the day.", "VerbForm"),
    ("I see [your|you're] having trouble with the door.", "Confusion"),
]
"""What is written and what is meant, in brackets; and the sort."""


@pytest.fixture(scope="module")
def model() -> causal.Llama:
    """The model of the extra."""
    return causal.open_model(None)


@pytest.fixture(scope="module")
def context() -> engine.Context:
    """The engine with it."""
    return engine.open({"scorer": "neural"}, Vocabulary())


def _sides(marked: str) -> tuple[str, str]:
    before, _, rest = marked.partition("[")
    pair, _, after = rest.partition("]")
    wrong, _, right = pair.partition("|")
    return before + wrong + after, before + right + after


def _mended(text: str, found: Finding) -> list[str]:
    return [text[: found.start] + fix + text[found.end :] for fix in found.fixes]


@pytest.mark.parametrize(("marked", "sort"), RIGHT)
def test_a_mistake_is_found_and_mended(context: engine.Context, marked: str, sort: str) -> None:
    """One finding for a mistake; its rule names the sort, its first fix gives what is meant, which is then clean."""
    wrong, right = _sides(marked)
    [found] = context.check(Draft(wrong, "en-US"))
    assert (found.rule, _mended(wrong, found)[0]) == (f"Context.{sort}", right)
    assert context.check(Draft(right, "en-US")) == []


def test_side_by_side_is_as_alone(model: causal.Llama) -> None:
    """What is read beside others, and behind a part that is kept, is all but as likely as read by itself."""
    written = model.tokens(" We have sent the parcel to your new address today.")
    before = model.opening("\n")
    with model.read(before, written) as passage:
        whole = sum(passage.log(at, token) for at, token in enumerate(written))
        tails = [Tail(at, written[at:]) for at in range(len(written))] * 5
        likely = passage.logs(tails)
        for (at, tokens), nats in zip(tails, likely, strict=True):
            own = sum(passage.log(at + step, token) for step, token in enumerate(tokens))
            assert nats == pytest.approx(own, abs=0.6)
        assert likely[0] == pytest.approx(whole, abs=0.6)


def test_it_is_the_same_for_all_who_ask() -> None:
    """Threads and a second time find the same, and use nothing of what was found before."""
    drafts = [Draft(_sides(marked)[0], "en-US") for marked, _ in RIGHT]

    def found(draft: Draft) -> list[Finding]:
        read = engine.open({"scorer": "neural"}, Vocabulary())
        if read.deep:
            read.deep.kept.clear()
        return read.check(draft)

    alone = [found(draft) for draft in drafts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(found, drafts)) == alone
    assert [found(draft) for draft in drafts] == alone


def test_a_fork_finds_what_its_parent_finds(context: engine.Context) -> None:
    """A process that was forked after the model was loaded uses it as it is."""
    import multiprocessing

    draft = Draft(_sides(RIGHT[0][0])[0], "en-US")
    alone = context.check(draft)
    if context.deep:
        context.deep.kept.clear()
    fork = multiprocessing.get_context("fork")
    with fork.Pool(2) as pool:
        assert pool.map(context.check, [draft] * 4) == [alone] * 4


def test_a_kit_asks_it_when_told_to() -> None:
    """`Kit.load(deep=True)` finds what the engine finds."""
    text = _sides(RIGHT[0][0])[0]
    found = Kit.load("/", deep=True).lint(text, locale="en-US")
    assert any("Context.Agreement" in one.sources for one in found)
