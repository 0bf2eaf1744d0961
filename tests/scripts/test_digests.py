"""What makes a lint quick alters no finding: each evaluation set has one digest with it and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from cannedkit import Kit
from cannedkit.lint.again import Memo, Sentences, leaving
from cannedkit.lint.linter import Linter
from cannedkit.lint.prefilter import Owner, Prefilter
from cannedkit.model.rule import Check
from cannedkit.pattern.hits import located
from scripts.digests import CHANNELS, digest, drafts, sets, texts
from scripts.rows import read_rows

ROWS = 16
"""Texts of each set: enough that every pack finds something in one of them."""

pytestmark = pytest.mark.data


def test_each_set_has_one_digest(data: Path, tmp_path: Path) -> None:
    """A linter out of its plan, with few texts behind it and with many, finds what each check run on each text finds.

    Of each set a few texts, from all over it, in their language, on three channels and in two moods.
    """
    built = Kit.load(tmp_path, with_engines=False)
    plain = _plain(built)
    found = 0
    given_by_set = {path: _few(path) for path in sets(data)}
    for locale in {locale for given in given_by_set.values() for _, locale in given}:
        _planned(built, locale)
    planned = Kit.load(tmp_path, with_engines=False)
    for path, given in given_by_set.items():
        count, told = digest(planned.linter, drafts(given))
        assert (count, told) == digest(plain, drafts(given)), path.name
        found += count
    assert found > 200


def _few(path: Path) -> list[tuple[str, str]]:
    """Texts of a set from all over it, each with its locale."""
    rows = list(read_rows(path))
    return list(islice(texts(path, rows[:: max(1, len(rows) // ROWS)]), ROWS))


def test_a_memo_of_sentences_alters_nothing(data: Path, tmp_path: Path) -> None:
    """With what was found in the sentences of the texts before it, each text has the findings that it has alone."""
    linter = Kit.load(tmp_path, with_engines=False).linter
    sentences = cache(lambda locale: Sentences(leaving(linter(locale).checks)))
    for path in sets(data):
        rows = list(read_rows(path))
        for draft in drafts(islice(texts(path, rows[:: max(1, len(rows) // ROWS)]), ROWS)):
            memo = Memo(CHANNELS, sentences(draft.locale))
            for channel in CHANNELS:
                one = replace(draft, channel=channel)
                assert linter(one.locale).results(one, memo=memo) == linter(one.locale).results(one), one


def _planned(kit: Kit, locale: str) -> None:
    """The plan of a language is kept, for the next kit to find."""
    kit.linter(locale)
    kit.remember()


def _plain(kit: Kit) -> Callable[[str], Linter]:
    """Linters that leave out no check: they know no plan, no need, and no literal that must stand there."""

    def linter(locale: str) -> Linter:
        made = kit.linter(locale)
        checks = tuple(replace(check, needs="", without="", on=None) for check in made.checks)
        return replace(made, checks=checks, prefilter=_each_runs(checks))

    return cache(linter)


def _each_runs(checks: Sequence[Check]) -> Prefilter:
    """A prefilter that looks for one literal after the other, and lets every check run whatever it finds."""

    def search(text: str) -> Iterator[tuple[Owner, int, int]]:
        for index, check in enumerate(checks):
            for alternative, places in located(check.literals, text).items():
                for start, end, rank in places:
                    yield (index, alternative, rank), start, end

    return Prefilter(search, lambda owner: [(0, [owner])], tuple(range(len(checks))))
