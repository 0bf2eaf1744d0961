"""What other systems send where a value is missing, and what a customer of a cannedkit catalogue reads in its place.

Each row is a trap that a system is known for, in our own words. Three things hold of each: the reply is whole or is
refused with the name of what is missing; the fault of that system is in nothing that goes out; and a draft that was
copied out of that system with its fault in is found by the rules that are on by default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from cannedkit import CatalogueError, Kit, ReplyError
from tests.conftest import Write

VARIABLES = """\
guest.name: {type: name, fallback: {en: there, nl: daar}}
guest.title: {samples: [Dr]}
guest.surname: {type: name}
room.number: {type: number, max_length: 6}
desk.place: {samples: [the lobby]}
stay.note: {optional: true, samples: [a late key]}
"""
SETTINGS = "engines: {}\nlocale: en\nlocales: [en, nl]\nchannels: {chat: {}, email: {}}\n"


@dataclass(frozen=True)
class Trap:
    """A body as a writer means it, what is known of the guest, and what must come of it.

    `sent` is the text, or else `refused` what the error says; `fault` is what the other system sends.
    """

    system: str
    body: str
    fault: str
    sent: str = ""
    refused: str = ""
    given: Mapping[str, object] = field(default_factory=dict)
    locale: str = "en"


MISSING = "the value is missing; give one, or declare a fallback for en"
NOTHING = "is what a program prints for a missing value; leave it out instead"

TRAPS = [
    # a hole is left where the value should stand
    Trap("Chatwoot", "Is {{ desk.place }} open?", "Shall we meet at ?", refused=f"desk.place: {MISSING}"),
    Trap("Zendesk", "Welcome, {{ guest.surname }}, to your room.", "Hello , your room is clean.", refused=MISSING),
    Trap(
        "Zendesk", "Hi {{ guest.name }}, your room is clean.", "Hi , it's clean.", sent="Hi there, your room is clean."
    ),
    Trap(
        "Zendesk",
        "Hi {{ guest.name }}, your room is clean.",
        "Hi , it's clean.",
        refused="guest.name: the value is blank; give a text, or leave it out where the variable may be missing",
        given={"guest.name": "  "},
    ),
    # a sign stands for the value
    Trap("Zammad", "Go to {{ desk.place }}.", "Dear -, go up.", refused=NOTHING, given={"desk.place": "-"}),
    Trap("Zammad", "Dear {{ guest.title }} Field,", "Dear - -, go up.", refused=NOTHING, given={"guest.title": "- -"}),
    # a word of the program stands for it
    Trap("Rasa", "Go to {{ desk.place }}.", "Hello None, go up.", refused=MISSING, given={"desk.place": None}),
    Trap("Rasa", "Go to {{ desk.place }}.", "Hello None, go up.", refused=NOTHING, given={"desk.place": "None"}),
    Trap(
        "HubSpot",
        "Go to {{ desk.place }}.",
        "Go to [[MISSING TOKEN - PLACE]] today.",
        refused="holds [[ and ]], as if a template had not been filled",
        given={"desk.place": "[[MISSING TOKEN - PLACE]]"},
    ),
    # one name that nobody knows leaves all the others unfilled, or nobody says so
    Trap(
        "Rasa",
        "Room {{ room.number }}, {{ guest.name }}.",
        "Room {room_number}, Ana.",
        refused="room.nmuber: no such variable; did you mean room.number?; room.number: the value is missing",
        given={"room.nmuber": 12, "guest.name": "Ana"},
    ),
    # the raw placeholder is sent
    Trap(
        "FreeScout",
        "Room {{ room.number }}, {{ guest.surname }}.",
        "Hello {%customer.firstName%}, your room is clean.",
        refused=f"room.number: {MISSING}; guest.surname: {MISSING}",
    ),
    Trap(
        "FreeScout",
        "Go to {{ desk.place }}.",
        "Go to {%desk.place%}.",
        refused="holds a brace, as if a template had not been filled",
        given={"desk.place": "{%desk.place%}"},
    ),
    Trap("Fluent", "Room {{ room.number }} is yours.", "Room {$room-number} is yours.", refused=MISSING),
    # the whole wording is another one, or the reply is not to be had
    Trap(
        "Live Helper Chat",
        "{% if stay.note %}You asked for {{ stay.note }}.{% else %}What can I bring you?{% endif %}",
        "You asked for {note}.",
        sent="What can I bring you?",
    ),
    Trap("Parlant", "Room {{ room.number }} is yours.", "Room  is yours {room_number}.", refused=MISSING),
    # a stand-in, in the reply or for the catalogue, in the customer's language
    Trap("Intercom", 'Hi {{ guest.name | default: "neighbour" }}.', "Hi {{user.first_name}}.", sent="Hi neighbour."),
    Trap("Help Scout", "Hi {{ guest.name }}.", "Hi {%customer.firstName,fallback=%}.", sent="Hi there."),
    Trap("Help Scout", "Hoi {{ guest.name }}.", "Hoi {%customer.firstName%}.", sent="Hoi daar.", locale="nl"),
    Trap("Discourse", "Done{% if stay.note %}: {{ stay.note }}{% endif %}.", "Hello %{name,fallback:}.", sent="Done."),
]


def _kit(write: Write, body: str, locale: str = "en") -> Kit:
    quoted = body.replace("'", "''")
    files = {
        "cannedkit.yaml": SETTINGS,
        "responses/variables.yaml": VARIABLES,
        "responses/a.yaml": f"one: {{body: {{{locale}: '{quoted}'}}}}\n",
    }
    return Kit.load(write(files))


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.system)
def test_a_missing_value_is_no_fault_in_a_text(write: Write, trap: Trap) -> None:
    """The customer reads a whole sentence, or nothing goes out and the error names every value that it needs."""
    kit = _kit(write, trap.body, trap.locale)
    if trap.sent:
        assert str(kit.reply("a/one", trap.given, locale=trap.locale)) == trap.sent
        return
    with pytest.raises(ReplyError) as refused:
        kit.reply("a/one", trap.given, locale=trap.locale)
    assert trap.refused in str(refused.value)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.system)
def test_a_draft_with_the_fault_is_found(write: Write, trap: Trap) -> None:
    """What the other system sends is found where somebody pastes it, and no word of it is called right."""
    kit = _kit(write, "Hello.")
    found = kit.lint(trap.fault, locale=trap.locale)
    assert [one.rule for one in found if str(one.level) != "suggestion"], trap.fault


BODIES = [
    ("Chatwoot", "Hi {{ guest.name | }}, go up.", " guest.name |", "cannot read this"),
    ("Chatwoot", "Hi {{ guest.name || ''you'' }}, go up.", "|| ", "cannot read this"),
    (
        "Chatwoot",
        "Hi {{ guset.name }}, go up.",
        "{{ guset",
        "not declared; add it to variables.yaml; did you mean guest",
    ),
    ("FreeScout", "Hi {%customer.firstName%}, go up.", "{%customer", "unknown tag `customer`"),
    ("Help Scout", "Hi {%customer.firstName,fallback=you%}, go up.", "{%customer", "unknown tag `customer`"),
    ("Intercom", 'Hi {{guest.name|fallback:"you"}}, go up.', "fallback:", "unknown filter `fallback`"),
    ("Liquid", 'Hi {{ guest.name | default: "" }}, go up.', "default:", "`default` needs one text in quotes"),
    ("Live Helper Chat", "{% if stay.note %}{{ stay.note }}{% endif %}", "{% if", "nothing is left of this text"),
    ("Zendesk", "Hi {{ stay.note }}, go up.", "{{ stay.note", "`stay.note` is optional: put this inside"),
]
"""A system, a body as its users write it, where its fault stands, and what is said of it."""


@pytest.mark.parametrize(("system", "body", "place", "message"), BODIES)
def test_a_body_that_would_go_out_raw_is_an_error(
    write: Write, system: str, body: str, place: str, message: str
) -> None:
    """A body whose placeholder nobody can fill is an error at its place when it is checked, and is never sent."""
    text = f"one: '{body}'\n"
    kit = Kit.load(write({"cannedkit.yaml": SETTINGS, "responses/variables.yaml": VARIABLES, "responses/a.yaml": text}))
    (error,) = kit.check().errors
    assert message in str(error)
    assert text[error.column - 1 :].startswith(place), system
    with pytest.raises(CatalogueError):
        kit.reply("a/one", {"guest.name": "Ana"})


@pytest.mark.parametrize(
    ("format", "sent"),
    [("text", "You wrote <b>late</b>."), ("markdown", "You wrote &lt;b>late&lt;/b>.")],
)
def test_markup_in_a_value_stays_text(write: Write, format: str, sent: str) -> None:
    """What a customer typed is read as they typed it: no markup of theirs acts in a body of Markdown."""
    body = "{% if stay.note %}You wrote {{ stay.note }}.{% else %}Hello.{% endif %}"
    text = f"one: {{format: {format}, body: '{body}'}}\n"
    kit = Kit.load(write({"cannedkit.yaml": SETTINGS, "responses/variables.yaml": VARIABLES, "responses/a.yaml": text}))
    assert str(kit.reply("a/one", {"stay.note": "<b>late</b>"})) == sent
