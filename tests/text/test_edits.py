"""Edits of a text: made, followed, summed up; and phrases left out so that what stays reads well."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.text.edits import Edit, edited, follow, net, origins, shifted, without


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        ("[[Unfortunately]], the blue one is sold out.", "The blue one is sold out."),
        ("[[I'm afraid that]] the shop is shut.", "The shop is shut."),
        ("The blue one is, [[unfortunately]], sold out.", "The blue one is sold out."),
        ("The blue one is [[sadly]] sold out.", "The blue one is sold out."),
        ("It is sold out, [[unfortunately]].", "It is sold out."),
        ("It is sold out [[sadly]].", "It is sold out."),
        ("It is sold out [[sadly]]", "It is sold out"),
        ("Sent today. [[Hope this helps!]]", "Sent today."),
        ("Sent today. [[Hope this helps]].", "Sent today."),
        ("[[Hope you are well.]] It was sent today.", "It was sent today."),
        ("[[I hope you are well]]. it was sent today.", "it was sent today."),
        ("Hi Jo,\n\n[[I hope this finds you well.]]\n\nIt was sent.", "Hi Jo,\n\nIt was sent."),
        ("It was sent.\r\n\r\n[[Hope this helps]]!", "It was sent."),
        ("It was sent.\r\n[[Hope this helps]]!\r\nJo", "It was sent.\r\nJo"),
        ("One.\n- [[Basically]], press Save.", "One.\n- Press Save."),
        ("[[unfortunately]] it rained", "it rained"),
        ("[[Unfortunately]] 3 are left.", "3 are left."),
        ("Yes, [[actually]] it is open.", "Yes, it is open."),
    ],
)
def test_what_is_left_reads_well(marked: str, left: str) -> None:
    """A phrase goes with its comma and its blank, the sentence gets its capital, an empty line goes too."""
    start, end = marked.index("[["), marked.index("]]") - 2
    text = marked.replace("[[", "").replace("]]", "")
    edit = without(text, start, end)
    assert edit is not None
    assert edited(text, [edit]) == left


@pytest.mark.parametrize("text", ["Sadly, {{ item }} is sold out.", "Sadly, “the one” is sold out."])
def test_no_capital_no_edit(text: str) -> None:
    """Where the sentence would begin with something that has no capital to give, the phrase is not left out."""
    assert without(text, 0, 5) is None


def test_what_hangs_on_a_dash_or_a_bracket_is_left_alone() -> None:
    """Behind a dash or a bracket nobody can say what should stay."""
    assert without("It is shut - sadly.", 13, 18) is None
    assert without("It is shut (sadly).", 12, 17) is None


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    """A text, and some turns of edits, each of the text that the turn before left."""
    text = draw(st.text("ab \n", max_size=12))
    now, turns = text, []
    for _ in range(draw(st.integers(0, 3))):
        cuts = sorted(draw(st.lists(st.integers(0, len(now)), max_size=6)))
        turn = [
            (start, end, draw(st.text("xy", max_size=3)))
            for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        ]  # fmt: skip
        turn = [edit for at, edit in enumerate(turn) if all(edit[0] > other[1] for other in turn[:at])]
        turns.append(turn)
        now = edited(now, turn)
    return text, turns


@given(steps())
def test_turns_sum_up_to_edits_of_the_first_text(given_steps: tuple[str, list[list[Edit]]]) -> None:
    """However many turns: the net edits of the first text make the last one."""
    text, turns = given_steps
    now, known = text, origins(text)
    for turn in turns:
        now, known = edited(now, turn), follow(known, turn)
    assert edited(text, net(len(text), now, known)) == now


@given(steps(), st.data())
def test_a_span_outside_all_edits_holds_the_same_characters(
    given_steps: tuple[str, list[list[Edit]]], data: st.DataObject
) -> None:
    """A span that no edit touches still stands around its characters."""
    text, turns = given_steps
    turn = turns[0] if turns else []
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    now = edited(text, turn)
    first, last = shifted(turn, start, end)
    assert 0 <= first <= last <= len(now)
    if all(stop < start or end < begin for begin, stop, _ in turn):
        assert now[first:last] == text[start:end]


@given(steps(), st.data())
def test_an_edge_inside_an_edit_goes_to_the_edge_of_it(
    given_steps: tuple[str, list[list[Edit]]], data: st.DataObject
) -> None:
    """Wherever a span begins and ends, it holds all that stands in it after the edits, what is new included."""
    text, turns = given_steps
    turn = turns[0] if turns else []
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = shifted(turn, start, end)
    wanted_first = len(edited(text[:start], [edit for edit in turn if edit[1] <= start and edit[0] < start]))
    inside = [edit for edit in turn if edit[0] < start < edit[1]]
    assert first == (
        len(edited(text[: inside[0][0]], [edit for edit in turn if edit[1] < inside[0][0]])) if inside else wanted_first
    )
    assert first <= last
