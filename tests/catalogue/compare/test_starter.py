"""The starter catalogue beside itself: its own replies are left alone, and a sentence that is missing is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cannedkit import Kit, Rendering
from cannedkit.catalogue.compare.side import side

pytestmark = pytest.mark.checkout

EVERY = 12
"""Every so manieth reply is tried here; the figures of docs/comparing.md are of every fourth."""


@pytest.fixture(scope="module")
def kit() -> Kit:
    """The kit of this repository."""
    return Kit.load(Path(__file__).parents[3], with_engines=False)


def _renderings(kit: Kit, *samples: str) -> Iterator[tuple[str, Rendering]]:
    for id in list(kit.catalogue.responses)[::EVERY]:
        yield from ((id, one) for one in kit.renderings(id) if one.samples in samples)


def test_a_reply_is_like_itself(kit: Kit) -> None:
    """A reply as it goes out, with any values, in any locale and wording, has no finding beside itself."""
    tried = 0
    for id, one in _renderings(kit, "typical", "longest"):
        assert kit.compare(one.text, id, locale=one.locale).findings == (), (id, one.text)
        tried += 1
    assert tried > 40


def test_a_sentence_that_is_missing_is_told(kit: Kit) -> None:
    """Of sentences that are taken out of a reply, one by one, nine in ten are told."""
    outcomes = []
    for id, one in _renderings(kit, "typical"):
        said = [each for each in side(one.text, one.locale).sentences if not each.courtesy and len(each.words) > 2]
        for each in said if len(said) > 1 else ():
            draft = one.text[: each.start] + one.text[each.end :]
            found = kit.compare(draft, id, locale=one.locale, channel=one.channels[0]).findings
            outcomes.append(any(finding.rule == "Compare.Dropped" for finding in found))
    assert len(outcomes) > 60
    assert sum(outcomes) >= 0.9 * len(outcomes)
