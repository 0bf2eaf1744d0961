"""What a pattern that stays finds in a sentence, it finds there whatever stands around."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.pattern.stays import stays
from cannedkit.text.standalone import sentences


@pytest.mark.parametrize(
    "source",
    [
        "sorry",
        r"\bsorry\b",
        r"(?:i|we) (?:can't|cannot)\b",
        r"(?:^|(?<=[.!?] ))no refunds?(?=[.!]|$)",
        r"not eligible[^.!?\n]*(?: if| unless)\b",
        r"(?:\w+\s+){0,3}late",
        "(?i:late)!",
        r"late\s*[.!?]+\s*",
        r"(?<![.!?] )However",
        "[ ]{2,}",
        r"(?P<one>a)\p{L}+",
    ],
)
def test_what_stops_at_a_stop_or_looks_at_it_stays(source: str) -> None:
    """A look at the stop before a sentence, and at its own, is a look at no other sentence."""
    assert stays(source)


@pytest.mark.parametrize(
    "source",
    [
        "late.*soon",
        r"late[.!?]\s+[a-z]",
        r"[.!?]\s+however",
        r"(?<=late\. )However",
        r"late\W+soon",
        r"(?s).{10}",
        r"late(?=[^\n]*soon)",
        r"(?<![a-z]\. )However",
    ],
)
def test_what_passes_from_one_sentence_to_the_next_leaves(source: str) -> None:
    """So does what begins with the stop of a sentence and ends in the next, and what looks before that stop."""
    assert not stays(source)


@pytest.mark.parametrize("source", [r"(a)\1", "(?x) a b", "[[:alpha:]]", r"\Ga", "(?|a|b)", r"\X", "a{"])
def test_what_is_not_understood_leaves(source: str) -> None:
    """Nothing is taken for granted of what the reader does not know."""
    assert not stays(source)


_ATOMS = st.sampled_from(
    [*"abAB ,.", r"\w", r"\s", r"\W", "[^.]", ".", r"[^.!?\n]", "[.!?]", "[a-c]", "^", "$", r"\b", r"\B", r"\A", r"\Z"]
)
_TIMES = st.sampled_from(["", "", "", "?", "*", "+", "+?", "{2}", "{0,2}", "*+"])
_WRAPS = st.sampled_from(["{}", "{}", "(?:{})", "(?={})", "(?!{})", "(?<={})", "(?<!{})", "(?:{}|b)"])


@st.composite
def _patterns(draw: st.DrawFn) -> str:
    made = ""
    for _ in range(draw(st.integers(1, 4))):
        inner = "".join(draw(st.lists(_ATOMS, min_size=1, max_size=3)))
        times = draw(_TIMES) if inner[-1] not in "^$" and inner[-2:] not in (r"\b", r"\B", r"\A", r"\Z") else ""
        made += draw(_WRAPS).format(inner + times)
    return made


_OPENINGS = st.text(alphabet="abAB ,.\n", max_size=5)
_SENTENCES = st.builds(
    lambda capital, inside, stop, blanks: f"{capital}{inside} ab{stop}{blanks}",
    *(st.sampled_from("AB"), _OPENINGS, st.sampled_from(".!?"), st.sampled_from([" ", "\n", "  "])),
)
_TEXTS = st.lists(_SENTENCES, min_size=1, max_size=4).map("".join)


@given(_patterns(), _TEXTS, _TEXTS, _SENTENCES, st.booleans())
@settings(max_examples=600)
def test_each_sentence_has_its_matches_in_any_text(source: str, one: str, other: str, last: str, cased: bool) -> None:
    """Matches of a pattern that stays begin and end in a sentence, and are the same for the same sentence elsewhere."""
    try:
        pattern = regex.compile(source, regex.MULTILINE | (0 if cased else regex.IGNORECASE))
    except regex.error:
        return
    if not stays(source):
        return
    known: dict[tuple[str, str, bool], list[tuple[int, int]]] = {}
    for text in (one + last + other, other + last, one, last + one, last + last + other):
        for key, found in _found(pattern, text):
            assert known.setdefault(key, found) == found


def _found(pattern: regex.Pattern[str], text: str) -> list[tuple[tuple[str, str, bool], list[tuple[int, int]]]]:
    """Each sentence with the stop and the blanks before it, and the matches that begin in it, which end in it too."""
    parts, at, before, made = sentences(text), 0, "", []
    matches = [match.span() for match in pattern.finditer(text) if match.end() > match.start()]
    for number, part in enumerate(parts, 1):
        own = [(start - at, end - at) for start, end in matches if at <= start < at + len(part)]
        assert all(end <= len(part) for _, end in own)
        made.append(((before, part, number == len(parts)), own))
        at, before = at + len(part), part[len(part.rstrip(" \n")) - 1 :]
    return made
