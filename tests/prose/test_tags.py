"""Parts of speech as Vale's tagger has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.prose.tags import UNIVERSAL, tags, universal
from cannedkit.prose.tokens import tokens


def _tagged(text: str) -> list[str]:
    return list(tags(tuple(token.text for token in tokens(text))))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We sent two lamps.", "PRP VBD CD NNS ."),
        ("The lamp won't light up in 2019.", "DT NN MD RB VB RP IN CD ."),
        ("Please order the lamp.", "VB NN DT NN ."),
        ("Is your order here?", "VBZ PRP$ NN RB ."),
    ],
)
def test_words_have_the_tags_of_penn(text: str, found: str) -> None:
    """A word has the tag that the model of Vale gives it, wrong ones among them, as its styles were written to."""
    assert _tagged(text) == found.split()


def test_what_is_no_word_has_a_tag_of_its_own() -> None:
    """A hyphen, a face, a name with @, a trace and a bracket of the corpus are never guessed."""
    assert tags(("-", ":-)", "@ann", "*-1", "-LRB-")) == ("-", "SYM", "NN", "-NONE-", "-LRB-")


def test_a_word_may_be_several_universal_parts_of_speech() -> None:
    """A form of "have" is a verb and an auxiliary, other verbs are no auxiliaries; "after" may join a clause."""
    assert universal("VBZ", "has") == {"AUX", "VERB"}
    assert universal("VBZ", "takes") == {"VERB"}
    assert universal("IN", "after") == {"ADP", "SCONJ"}
    assert universal("IN", "of") == {"ADP"}
    assert universal("???", "of") == frozenset()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9), max_size=12).map(tuple))
def test_any_words_have_one_tag_each(words: tuple[str, ...]) -> None:
    """Whatever stands in a text, each of its words has one tag."""
    found = tags(words)
    assert len(found) == len(words)
    assert all(found)


def test_universal_parts_of_speech_are_named_by_known_tags() -> None:
    """Each tag that stands for a universal part of speech is one that the model gives, or Penn's for a bracket."""
    given_tags = {tag for listed in UNIVERSAL.values() for tag in listed.split()}
    assert {"NN", "VBZ", "IN", "PRP$", "-LRB-"} <= given_tags
