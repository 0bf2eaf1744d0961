"""Many drafts on several threads: the same findings as one after the other, and nothing lost on the way."""

from __future__ import annotations

import pytest

from cannedkit import CheckFailed, DraftError, InputError, Kit
from tests.conftest import Write

DRAFTS = [
    f"Sorry for the inconvenience, order {number}.{' We will look into it.' * (number % 7)}" for number in range(60)
] + ["", "Hoi, uw pakket is te laat en dat spijt ons zeer.", "We sent  XXXX."]


@pytest.fixture
def kit(write: Write) -> Kit:
    """A kit of two packs."""
    return Kit.load(write({"cannedkit.yaml": "engines: {}\npacks: [Care, Leftover]\nlocale: en\n"}))


@pytest.mark.parametrize("threads", [1, 2, 8, 100])
def test_the_same_as_one_by_one(kit: Kit, threads: int) -> None:
    """The findings are those of `lint`, in the order of the drafts, on any number of threads."""
    assert kit.lint_many(DRAFTS, threads=threads) == [kit.lint(draft) for draft in DRAFTS]
    assert any(kit.lint_many(DRAFTS, threads=threads))


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_the_same_by_processes(kit: Kit, processes: int) -> None:
    """The findings are those of `lint`, in the order of the drafts, by any number of processes."""
    assert kit.lint_many(DRAFTS, processes=processes) == [kit.lint(draft) for draft in DRAFTS]
    assert kit.lint_many([], processes=processes) == []


def test_drafts_and_texts(kit: Kit) -> None:
    """A draft with its mood and channel is looked at as such, beside texts; none at all is nothing."""
    upset = kit.draft("Sorry for the inconvenience.", mood="upset")
    assert kit.lint_many([upset, DRAFTS[0]]) == [kit.linter("en").lint(upset), kit.lint(DRAFTS[0])]
    assert kit.lint_many([]) == []


def test_what_cannot_be_looked_at(kit: Kit) -> None:
    """A draft that is none is told before any is looked at, and so is a number of threads that is none."""
    with pytest.raises(DraftError, match="a draft is a str"):
        kit.lint_many(["Hello.", 5])  # type: ignore[list-item]
    for threads in (0, -1, True):
        with pytest.raises(InputError, match="threads"):
            kit.lint_many(["Hello."], threads=threads)
        with pytest.raises(InputError, match="processes"):
            kit.lint_many(["Hello."], processes=threads)


def test_a_check_that_failed(write: Write) -> None:
    """Where a check failed on one draft the error carries its findings."""
    slow = (
        "extends: existence\nmessage: x\nlevel: error\nnonword: true\ntokens: ['(?:a|aa)+$']\nbad: [aaa]\ngood: [b]\n"
    )
    kit = Kit.load(write({"cannedkit.yaml": "engines: {}\npacks: [Slow]\nlocale: en\n", "rules/Slow/Slow.yml": slow}))
    with pytest.raises(CheckFailed, match=r"Slow\.Slow"):
        kit.lint_many(["Hello.", "a" * 60 + "b", "Bye."], threads=2)
    with pytest.raises(CheckFailed, match=r"Slow\.Slow"):
        kit.lint_many(["Hello.", "a" * 60 + "b", "Bye."], processes=2)


def test_two_kits_in_one_process(write: Write) -> None:
    """Two kits know nothing of each other's settings."""
    first = Kit.load(write({"cannedkit.yaml": "engines: {}\npacks: [Care]\nlocale: en\n"}))
    second = Kit.load(write({"cannedkit.yaml": "engines: {}\npacks: [Leftover]\nlocale: en\n"}))
    draft = "Sorry for the inconvenience, XXXX."
    packs = [{one.rule.partition(".")[0] for one in kit.lint_many([draft])[0]} for kit in (first, second, first)]
    assert packs == [{"Care"}, {"Leftover"}, {"Care"}]
