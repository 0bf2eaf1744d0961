"""Fingerprints know a finding again, and tell it from every other of its run."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import Place
from cannedkit.model.result import FileFinding
from cannedkit.review.fingerprint import fingerprint, fingerprints
from tests.conftest import Run, Write

FOUND = FileFinding(
    Finding(10, 17, "Own.Awful", Level.WARNING, "It is awful."),
    Place("responses/shop.yaml", 3, 9, 3, 16),
    "shop/late",
    "en",
    ("chat",),
    1,
    text="truly awful",
    around=("We know that this is ", " for you, Jo."),
)


def test_a_finding_that_moved_is_known_again() -> None:
    """Lines, columns, file, level, message, channels, folds and words farther off make no difference."""
    moved = replace(
        FOUND,
        finding=replace(FOUND.finding, start=90, end=97, level=Level.ERROR, message="No."),
        place=Place("responses/other.yaml", 30, 1, 31, 5),
        channels=("email",),
        text="truly\n  awful",
        around=("I see this is\n", " for you, and we will mend it."),
    )
    assert fingerprint(moved) == fingerprint(replace(moved, around=FOUND.around)) == fingerprint(FOUND)


def test_what_tells_findings_apart() -> None:
    """Another rule, response, locale, part, text or word beside it is another finding."""
    others = [
        replace(FOUND, finding=replace(FOUND.finding, rule="Own.Bad")),
        replace(FOUND, response="shop/early"),
        replace(FOUND, locale="nl"),
        replace(FOUND, part="subject"),
        replace(FOUND, text="really awful"),
        replace(FOUND, around=("We know that it was ", " for you, Jo.")),
        replace(FOUND, around=("We know that this is ", ", Jo.")),
    ]
    assert len(set(fingerprints([FOUND, *others]))) == 8


def test_a_draft_is_known_by_its_path() -> None:
    """Where there is no response the path of the draft stands for it."""
    draft = replace(FOUND, response="")
    assert fingerprint(draft) != fingerprint(replace(draft, place=Place("b.txt", 1, 1, 1, 8)))


@given(st.lists(st.sampled_from("ab"), max_size=9))
def test_no_two_of_a_run_are_the_same(texts: list[str]) -> None:
    """Findings that agree in all count up, so that one that is mended takes one away and one that is new adds one."""
    made = list(fingerprints(replace(FOUND, text=text) for text in texts))
    assert len(set(made)) == len(texts)
    assert set(fingerprints(replace(FOUND, text=text) for text in sorted(texts))) == set(made)
    assert set(made[:-1]) <= set(fingerprints(replace(FOUND, text=text) for text in texts))


def test_the_text_around_is_that_of_the_body(run: Run, write: Write) -> None:
    """A finding carries what stands beside it in the text as customers read it, not as the file is written."""
    from cannedkit import Kit

    folder = write(
        {
            "cannedkit.yaml": "packs: [Own]\nengines: {}\n",
            "rules/Own/Awful.yml": "extends: existence\nmessage: no\ntokens: [awful]\n",
            "responses/shop.yaml": "late: >\n  We know\n  that is awful\n  for you.\n",
        }
    )
    (found,) = Kit.load(folder).check().findings
    assert found.around == ("We know that is ", " for you.")
