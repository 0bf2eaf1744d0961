"""Texts with their placeholders blanked, and what they claim."""

from __future__ import annotations

from cannedkit import Kit
from cannedkit.catalogue.claims import Cues, claims
from cannedkit.catalogue.reading import HOLE, Reading
from cannedkit.words.figures import figures
from tests.conftest import Write

CUES = Cues(
    before=("over",),
    after=("ago",),
    costs=("costs", "fee"),
    frames=("within",),
    verbs=("takes",),
    articles=("a", "your"),
)


def reading(write: Write, text: str) -> Reading:
    """The reading of a catalogue with one file."""
    variables = "name: {type: name}\nnote: {optional: true}\n"
    root = write(
        {
            "cannedkit.yaml": "engines: {}\nchannels: {chat: {}, email: {}}\n",
            "responses/variables.yaml": variables,
            "responses/a.yaml": text,
        }
    )
    return Reading(Kit.load(root).catalogue)


def test_a_plain_text_is_as_long_as_the_body(write: Write) -> None:
    """Placeholders are holes and tags are blanks, so that an offset in the one is an offset in the other."""
    (text,) = reading(write, "a: 'Hi {{ name }}{% if note %}: {{ note }}{% endif %}.'\n").texts
    body = text.located.value
    assert len(text.plain) == len(body)
    assert text.plain.replace(HOLE, "").split() == ["Hi", ":", "."]
    assert text.plain[body.index("{{ name") : body.index("{%")] == HOLE * len("{{ name }}")
    assert text.names == ("name", "note")


def test_what_is_retired_is_not_among_the_texts(write: Write) -> None:
    """Texts are those of replies that may be sent one day, a subject once; those of a retired one when asked."""
    text = 'a: {status: retired, body: Old}\nb: {body: {any: One, email: {subject: S, body: ["Two", "Three"]}}}\n'
    found = reading(write, text)
    assert [(one.part, one.plain) for one in found.texts] == [
        ("body", "One"),
        ("body", "Two"),
        ("subject", "S"),
        ("body", "Three"),
    ]
    assert [one.plain for one in found.of(found.catalogue.responses["a/a"])] == ["Old"]
    assert list(found.texts)[1].channels == ("email",)


def claimed(text: str) -> list[tuple[str, str, list[str]]]:
    """The claims of an English text: what stands there, its kind, and the stems of what it is about."""
    found = claims(text, "en", figures(text, "en"), CUES)
    return [(text[one.start : one.end], one.kind, sorted(one.stems)) for one in found]


def test_a_claim_is_about_its_clause() -> None:
    """The words of the clause say what a figure is about; what says how it is claimed does not."""
    assert claimed("Delivery takes 3 days, and your refund 5 to 7 days.") == [
        ("3 days", "duration", ["delive"]),
        ("5 to 7 days", "duration", ["refund"]),
    ]
    assert claimed("On Saturday the shop is open from 8am–8pm.") == [("8am–8pm", "hours", ["open", "saturd", "shop"])]


def test_what_is_no_claim() -> None:
    """A word before or behind a figure, and a price without a cost, make none."""
    assert claimed("You wrote 10 days ago. Orders over €50.00 are sent today. I paid €5.00.") == []
    assert claimed("Delivery costs €5.00.") == [("€5.00", "money", ["delive"])]


def test_ranges_that_meet_do_not_contradict() -> None:
    """5 days are within 3 to 5 days; 7 are not; and a week is not said of what takes minutes."""

    def contradict(one: str, other: str) -> bool:
        (left,), (right,) = (list(claims(text, "en", figures(text, "en"), CUES)) for text in (one, other))
        return left.contradicts(right) and right.contradicts(left)

    assert not contradict("A refund takes 5 days.", "A refund takes 3 to 5 days.")
    assert contradict("A refund takes 7 days.", "A refund takes 3 to 5 days.")
    assert not contradict("A refund takes one week.", "A refund takes 2 minutes.")
    assert contradict("Your shop is open 9am to 5pm.", "Your shop is open 8am to 5pm.")
