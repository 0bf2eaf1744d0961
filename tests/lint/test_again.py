"""What was found before is what would be found again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.lint import linter as lint
from cannedkit.lint.again import Memo, Sentences, leaving
from cannedkit.lint.packs import examples, load_packs
from cannedkit.model.draft import Draft, Finding, Level
from cannedkit.model.rule import Check, Hits
from cannedkit.model.settings import Settings
from tests import rulefiles

CHANNELS = ("chat", "sms", "email")


@cache
def _english() -> tuple[lint.Linter, Sentences]:
    """All rules of English, those that extend weir and those that are off too; what they found so far."""
    own = Settings(root=Path.cwd())
    packs = [
        replace(pack, rules=tuple(replace(rule, level=rule.level or Level.SUGGESTION) for rule in pack.rules))
        for pack in load_packs(own, "en")
    ]
    linter = lint.build(own, packs)
    return linter, Sentences(leaving(linter.checks))


_PHRASES = sorted(
    {
        one.text
        for pack in load_packs(Settings(root=Path.cwd(), engines={}), "en")
        for tried in examples(pack).values()
        for one in (*tried.bad, *tried.good)
        if not one.catalogue
    }
)
_PART = st.builds(
    lambda text, stop: f"{text[:1].upper()}{text[1:]}{stop}",
    st.one_of(st.sampled_from(_PHRASES), st.sampled_from(["We looked at it", "No", "See 12", "It is there"])),
    st.sampled_from([". ", "! ", " again. ", " today.\n", " now?  ", "\n\n", " etc. ", ""]),
)


@settings(max_examples=250, deadline=None)
@given(st.lists(_PART, min_size=1, max_size=4).map("".join), st.sampled_from(["neutral", "upset"]))
def test_a_memo_alters_no_finding(text: str, mood: str) -> None:
    """With what was found in the sentences of all texts before, each text has the findings that it has without."""
    linter, sentences = _english()
    memo = Memo(CHANNELS, sentences)
    for channel in CHANNELS:
        draft = Draft(text, locale="en", channel=channel, mood=mood, known=("issue",))
        assert linter.results(draft, memo=memo) == linter.results(draft)


def test_a_sentence_that_was_met_is_not_read_again(tmp_path: Path) -> None:
    """In a second text a check reads what is new; one whose pattern leaves the sentence reads all of it."""
    read: dict[str, list[str]] = {"Test.Late": [], "Test.Far": []}

    def telling(check: Check) -> Check:
        def run(draft: Draft, hits: Hits) -> Iterable[Finding]:
            read[check.rule.id].append(draft.text)
            return check.run(draft, hits)

        return replace(check, run=run)

    made = rulefiles.linter(
        tmp_path,
        {
            "Late.yml": "extends: existence\nmessage: late\ntokens: [late]\n",
            "Far.yml": "extends: existence\nmessage: far\ntokens: ['late.*soon']\n",
        },
    )
    linter = replace(made, checks=tuple(map(telling, made.checks)))
    sentences = Sentences(leaving(linter.checks))
    one, other = "It is late. We know it. It comes soon.", "It is late. We see late. It comes soon."
    for text in (one, other):
        assert linter.results(Draft(text), memo=Memo(("chat",), sentences)) == made.results(Draft(text))
    assert read == {"Test.Late": [one, "Yes. We see late. Yes"], "Test.Far": [one, other]}
