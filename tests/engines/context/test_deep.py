"""The scorer `neural` with a stand-in for its model: what that is asked, what is told of it, what is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.engines.context import causal, deep, engine, model
from cannedkit.engines.context.causal import Tail
from cannedkit.engines.context.proposals import GROUPS, proposals
from cannedkit.engines.context.tokens import tokens
from cannedkit.kit import Kit
from cannedkit.model.draft import Draft, Finding, Level
from cannedkit.model.errors import EngineError, SettingsError
from cannedkit.model.settings import Vocabulary
from tests.conftest import Run, Write

KNOWN = (
    "We have sent the parcel to your new address . The parcels arrive on Monday . The parcel arrives on Monday . "
    "There is a problem with the order . We see that their order is late . The list of your parcels is here ."
)
"""All that the stand-in has read: two words are likely side by side where they stand so here."""

LIKELY, UNLIKELY = -1.0, -6.0


@dataclass(frozen=True)
class Pairs:
    """A model of pairs of words; `asked` are the tails that it had to read, `seen` what it read before a sentence."""

    known: dict[str, int] = field(default_factory=dict)
    pairs: set[tuple[int, int]] = field(default_factory=set)
    asked: list[Tail] = field(default_factory=list)
    seen: list[tuple[int, ...]] = field(default_factory=list)
    digest: str = "pairs"

    def tokens(self, text: str) -> tuple[int, ...]:
        """A token for each word, and one for a full stop or comma behind it."""
        words = text.replace(".", " .").replace(",", " ,").lower().split()
        return tuple(self.known.setdefault(word, len(self.known)) for word in words)

    def opening(self, text: str) -> tuple[int, ...]:
        """That of any text."""
        return (self.known.setdefault("<start>", len(self.known)),)

    @contextmanager
    def read(self, before: Sequence[int], written: Sequence[int]) -> Iterator[PairsRead]:
        """The sentence."""
        self.seen.append(tuple(before))
        yield PairsRead(self, tuple(before), tuple(written))


@dataclass(frozen=True)
class PairsRead:
    """A sentence that the stand-in read."""

    model: Pairs
    before: tuple[int, ...]
    written: tuple[int, ...]

    def log(self, at: int, token: int) -> float:
        """How likely a token is behind the one before it."""
        last = (*self.before, *self.written)[len(self.before) + at - 1]
        return LIKELY if (last, token) in self.model.pairs else UNLIKELY

    def logs(self, tails: Sequence[Tail]) -> list[float]:
        """How likely the tails are."""
        self.model.asked.extend(tails)
        return [self._log(*tail) for tail in tails]

    def _log(self, at: int, made: tuple[int, ...]) -> float:
        changed = PairsRead(self.model, self.before, self.written[:at] + made)
        return sum(changed.log(at + step, token) for step, token in enumerate(made))


@pytest.fixture
def pairs() -> Pairs:
    """The stand-in that has read `KNOWN`."""
    made = Pairs()
    tokens = made.tokens(KNOWN)
    made.pairs.update(pairwise(tokens))
    return made


TABLE = {
    group: deep.Row(1.0, -99.0, 3.0, 8.0)
    for group in ("Agreement of verbs", "Agreement of nouns", "Article put in", "Homophone", "Confusion", deep.TOLD)
}


def _context(model: Pairs, table: deep.Table = TABLE) -> engine.Context:
    return engine.Context(deep=deep.Deep(model, table, "table"))


def _mended(text: str, found: Finding) -> str:
    return text[: found.start] + found.fixes[0] + text[found.end :]


@pytest.mark.parametrize(
    ("wrong", "right", "rule"),
    [
        ("The parcel arrive on Monday.", "The parcel arrives on Monday.", "Agreement"),
        ("There is problem with the order.", "There is a problem with the order.", "Article"),
        ("We see that there order is late.", "We see that their order is late.", "Confusion"),
    ],
)
def test_what_gains_enough_is_told(pairs: Pairs, wrong: str, right: str, rule: str) -> None:
    """A mistake is one finding with its sort, its first fix gives what the model knows, and that is then clean."""
    [found] = _context(pairs).check(Draft(wrong, "en-US"))
    assert (found.rule, _mended(wrong, found)) == (f"Context.{rule}", right)
    assert _context(pairs).check(Draft(right, "en-US")) == []


def test_the_gain_decides_the_level(pairs: Pairs) -> None:
    """From the row's second gain on a finding is a warning; a gain that no change reaches tells nothing."""
    draft = Draft("The parcel arrive on Monday.", "en-US")
    levels = {}
    for least in (3.0, 8.0, 99.0):
        table = {group: row._replace(suggestion=min(least, 3.0), warning=least) for group, row in TABLE.items()}
        levels[least] = [one.level for one in _context(pairs, table).check(draft)]
    assert levels == {3.0: [Level.WARNING], 8.0: [Level.SUGGESTION], 99.0: [Level.SUGGESTION]}
    silent = {group: row._replace(suggestion=99.0) for group, row in TABLE.items()}
    assert _context(pairs, silent).check(draft) == []
    assert _context(pairs, LOUD).check(draft) != []


def test_little_is_read_as_it_would_stand(pairs: Pairs) -> None:
    """A change whose first token is no likelier costs nothing: of a right text nothing is read a second time."""
    _context(pairs).check(Draft("The parcels arrive on Monday. There is a problem with the order.", "en-US"))
    assert pairs.asked == []
    _context(pairs).check(Draft("The parcel arrive on Monday.", "en-US"))
    assert 0 < len(pairs.asked) <= 6


def test_the_sentence_before_is_read_as_context(pairs: Pairs) -> None:
    """What stands before a sentence stands before it for the model, too."""
    _context(pairs).check(Draft("The parcels arrive on Monday. Their order is late.", "en-US"))
    first, second = pairs.seen
    assert first == pairs.opening("")
    assert second == (*pairs.opening(""), *pairs.tokens("The parcels arrive on Monday."))


def test_a_sentence_is_read_once(pairs: Pairs) -> None:
    """A sentence behind the same sentence is remembered; one behind another is not."""
    context = _context(pairs)
    text = "The parcel arrive on Monday."
    first = context.check(Draft(text, "en-US"))
    assert context.check(Draft(text, "en-US")) == first
    assert len(pairs.seen) == 1
    context.check(Draft(f"Their order is late. {text}", "en-US"))
    assert len(pairs.seen) == 3


def test_sentences_are_remembered_between_runs(pairs: Pairs) -> None:
    """Who opens the scorer again over the same model reads no sentence again; over another model, each."""
    text = "The parcel arrive on Monday."
    found = engine.Context(deep=deep.opened(pairs)).check(Draft(text, "en-US"))
    again = Pairs(pairs.known, pairs.pairs)
    assert engine.Context(deep=deep.opened(again)).check(Draft(text, "en-US")) == found
    assert again.seen == []
    other = Pairs(pairs.known, pairs.pairs, digest="other")
    engine.Context(deep=deep.opened(other)).check(Draft(text, "en-US"))
    assert len(other.seen) == 1


@pytest.mark.parametrize(
    "text",
    [
        "He wrote “the parcel arrive on Monday” to me.",
        "Parcel-12 Arrive On Monday: X7Q9, www.example.com/arrive, €5.00.",
        "Het pakket is maandag bij u, en dat is dan ook zo.",
        "",
        "Monday",
    ],
)
def test_what_is_nobody_s_word_is_let_alone(pairs: Pairs, text: str) -> None:
    """Nothing is said of quotations, names, codes, addresses, amounts, and of another language."""
    assert _context(pairs).check(Draft(text, "en-US")) == []


def test_filled_values_are_let_alone(pairs: Pairs) -> None:
    """The same word is a mistake where the writer typed it, and none where it filled a placeholder."""
    text = "We see that there order is late."
    at = text.index("there")
    assert _context(pairs).check(Draft(text, "en-US"))
    assert _context(pairs).check(Draft(text, "en-US", filled=((at, at + 5),))) == []


def test_a_long_sentence_is_read_in_parts(pairs: Pairs) -> None:
    """A sentence of a thousand words is read to its end, in parts that a model holds."""
    text = f"{'the parcels arrive on the list of ' * 150}your parcels and we see that there order is late."
    found = _context(pairs).check(Draft(text, "en-US"))
    assert any(one.start == text.index("there order") for one in found)
    assert len(pairs.seen) > 5


WORDS = st.sampled_from(
    "your you're the a an of has have parcels arrive Then 12 €5 ! . , \n “ ” X-1 Jo’s cancelled".split(" ")
)
LOUD = {group: deep.Row(-99.0, -99.0, -99.0, 99.0) for group in (*GROUPS, deep.TOLD)}


@given(st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=60))
@settings(max_examples=80)
def test_findings_lie_in_the_text(text: str) -> None:
    """Where all that is proposed is told, findings are inside any text, sorted, apart, and each changes something."""
    found = _context(Pairs(), LOUD).check(Draft(text, "en-GB"))
    assert found == sorted(found) == _context(Pairs(), LOUD).check(Draft(text, "en-GB"))
    assert all(0 <= one.start <= one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(fix != text[one.start : one.end] for one in found for fix in one.fixes)
    assert all(one.fixes and one.level < Level.ERROR for one in found)


def test_the_shipped_table() -> None:
    """It names groups of changes that there are and what the small model would tell; a warning needs no less."""
    table, digest = deep.shipped()
    assert deep.TOLD in table
    assert table.keys() <= {*GROUPS, deep.TOLD}
    assert all(0 < row.suggestion <= row.warning for row in table.values())
    assert len(digest) == 32


def test_every_change_is_of_a_group() -> None:
    """What is proposed at any place has a group of the list, and changes something."""
    known = model.shipped("en")
    assert known
    there = tokens("Their customers has recieved the informations quick, and we dont has it in to a list.", known.knows)
    proposed = [(at, one) for at in range(1, len(there) - 1) for one in proposals(there, at, known.alone)]
    groups = {group for _, (group, _) in proposed}
    assert groups >= {"Agreement exchanged", "Article put in", "Adverb", "Agreement by rule", "Letter", "SplitWord"}
    assert groups <= set(GROUPS)
    for _, (_, candidate) in proposed:
        assert tuple(one.word for one in there[candidate.start : candidate.end]) != candidate.meant


# -- who gets it ----------------------------------------------------------------------------------


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra `deep` is not installed."""
    monkeypatch.setattr(causal, "find_spec", lambda name: None)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, pairs: Pairs) -> list[Path | None]:
    """The extra is installed, and its model is the stand-in; which files were asked for."""
    asked: list[Path | None] = []

    def open_model(path: Path | None) -> Pairs:
        asked.append(path)
        return pairs

    monkeypatch.setattr(causal, "open_model", open_model)
    return asked


@pytest.mark.usefixtures("without_extra")
def test_what_is_not_installed_is_an_error(run: Run, write: Write) -> None:
    """`--deep` without the extra exits 2 and says what to install, word for word; without it nobody hears of it."""
    root = write(
        {"a.txt": "Thanks for your message.\n", "cannedkit.yaml": "locale: en\n", "responses/a.yaml": "one: Thanks.\n"}
    )
    for command in (("lint", "--deep", "a.txt"), ("check", "--deep")):
        ran = run(*command, cwd=root)
        assert ran.code == 2
        assert "pip install 'cannedkit[deep]'" in ran.out + ran.err
    ran = run("lint", "a.txt", cwd=root)
    assert (ran.code, "deep" in ran.out + ran.err) == (0, False)


@pytest.mark.usefixtures("without_extra")
def test_a_scorer_that_is_named_must_be_there(run: Run, write: Write) -> None:
    """So does `scorer: neural` in the settings, for check."""
    root = write({"cannedkit.yaml": "engines: {context: {scorer: neural}}\n", "responses/a.yaml": "one: Thanks.\n"})
    ran = run("check", cwd=root)
    assert ran.code == 2
    assert "pip install 'cannedkit[deep]'" in ran.out + ran.err


def test_it_is_used_when_asked_for(opened: list[Path | None], run: Run, write: Write) -> None:
    """The model is opened by --deep, by deep=True and by the scorer's name, and by nothing else."""
    root = write({"plain/a.txt": "Thanks.\n", "named/cannedkit.yaml": "engines: {context: {scorer: neural}}\n"})
    run("lint", "a.txt", cwd=root / "plain")
    Kit.load(root / "plain").lint("Thanks.")
    assert opened == []
    run("lint", "--deep", "a.txt", cwd=root / "plain")
    assert opened == [None]
    Kit.load(root / "plain", deep=True).lint("Thanks.")
    Kit.load(root / "named").lint("Thanks.")
    assert opened == [None] * 3


def test_deep_needs_an_engine(run: Run, write: Write) -> None:
    """With no engine, or by a .vale.ini, there is none to be deep: a mistake in the options, told as one."""
    root = write({"a.txt": "Thanks.\n", ".vale.ini": "[*]\n"})
    for more in (["--no-engines"], ["--vale", ".vale.ini"]):
        ran = run("lint", "--deep", "a.txt", *more, cwd=root)
        assert (ran.code, "--deep" in ran.err) == (2, True)
    with pytest.raises(SettingsError, match="with_engines"):
        Kit.load(root, deep=True, with_engines=False)


def test_a_model_of_a_repository_needs_consent(opened: list[Path | None], write: Write) -> None:
    """A file that cannedkit.yaml names is read where a user trusts it, seen from that file's folder; else an error."""
    settings = "engines: {context: {scorer: neural, model: own/small.gguf}}\n"
    root = write({"cannedkit.yaml": settings, "own/small.gguf": "GGUF"})
    [failure] = Kit.load(root).linter().refused
    assert "own/small.gguf" in failure.reason
    assert "--trust own/small.gguf" in failure.reason
    assert opened == []
    Kit.load(root, trust=["own/small.gguf"]).lint("Thanks.")
    assert opened == [root / "own/small.gguf"]


@pytest.mark.parametrize("held", [None, b"", b"not a model"])
def test_a_file_that_is_no_model_is_told(tmp_path: Path, held: bytes | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that is not there, or no GGUF, is an error that names the file."""
    monkeypatch.setattr(causal, "find_spec", lambda name: True)
    path = tmp_path / "own.gguf"
    if held is not None:
        path.write_bytes(held)
    with pytest.raises(EngineError, match=r"own\.gguf"):
        engine.open({"scorer": "neural", "model": str(path)}, Vocabulary())
