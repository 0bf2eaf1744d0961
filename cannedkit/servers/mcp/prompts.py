"""The prompts: messages that a person picks in a client, each with the style guide of this catalogue in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cannedkit.model.draft import MAX_DRAFT
from cannedkit.model.errors import InputError
from cannedkit.servers.mcp.tools import TOKENS, TOOLS, call
from cannedkit.text.nearest import nearest, shown

if TYPE_CHECKING:
    from cannedkit.kit import Kit

Given = Mapping[str, str]

ABOUT: Mapping[str, str] = {
    "locale": "The language of the reply, such as en-GB or nl.",
    "channel": "The channel that it goes out on, such as chat.",
    "mood": "How the customer feels: neutral, upset or pleased.",
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a person picks: its arguments with what they mean, those that it `needs`, and who writes the message."""

    title: str
    description: str
    needs: tuple[str, ...]
    takes: Mapping[str, str]
    write: Callable[[Kit, Given], str]


def message(kit: Kit, name: str, given: Given) -> str:
    """The message of a prompt. Raises InputError for a prompt or argument that is not there, and what Kit raises."""
    if name not in PROMPTS:
        raise InputError(f"there is no prompt {shown(name)}{nearest(name, PROMPTS)}")
    chosen = PROMPTS[name]
    for key, value in given.items():
        if key not in chosen.takes:
            raise InputError(f"unknown argument {shown(key)}{nearest(key, chosen.takes)}")
        if len(value) > MAX_DRAFT:
            raise InputError(f"`{key}` has {len(value):,} characters; at most {MAX_DRAFT:,} are allowed")
    for key in chosen.needs:
        if not given.get(key):
            raise InputError(f"the argument `{key}` is missing")
    return chosen.write(kit, {key: value for key, value in given.items() if value})


def _guide(kit: Kit, given: Given) -> str:
    about = {key: value for key, value in given.items() if key in ABOUT}
    return str(call(kit, TOOLS["style_guide"], {**about, "tokens": TOKENS})["guide"])


def _said(given: Given) -> str:
    """The arguments that each call needs, too: ` with locale nl and channel chat`."""
    about = [f"{key} {given[key]}" for key in ABOUT if key in given]
    return f" (with {', '.join(about)})" if about else ""


def _answer(kit: Kit, given: Given) -> str:
    return (
        f"A customer asks:\n\n{given['question']}\n\nAnswer by these steps.\n"
        f"1. Find an approved reply with search_replies{_said(given)}.\n"
        "2. Where one answers the question, read it with get_reply, ask me for what is missing, and fill it with "
        "fill_reply. Never make a value up.\n"
        "3. Where none does, write a short draft of your own. Promise nothing that no approved reply promises.\n"
        f"4. Check whatever you changed or wrote with check_draft{_said(given)}, and mend what it finds.\n"
        "5. Show me the text, and say whether prove finds that it is approved.\n\n"
        f"How we write:\n{_guide(kit, given)}"
    )


def _mend(kit: Kit, given: Given) -> str:
    return (
        f"Here is a draft for a customer:\n\n{given['text']}\n\n"
        f"Check it with check_draft{_said(given)}, change no more than what it finds, and check it again until it "
        "finds no error. Leave names, numbers, links and promises as they are. Show me the text and what you changed."
        f"\n\nHow we write:\n{_guide(kit, given)}"
    )


def _style(kit: Kit, given: Given) -> str:
    return f"Write to customers by these rules.\n{_guide(kit, given)}"


PROMPTS: Mapping[str, Prompt] = {
    "answer_customer": Prompt(
        "Answer a customer",
        "Find the approved reply for a question, fill it, check it and prove it.",
        ("question",),
        {"question": "What the customer asks.", **ABOUT},
        _answer,
    ),
    "mend_draft": Prompt(
        "Mend a draft",
        "Check a draft and change no more than what has to be.",
        ("text",),
        {"text": "The draft.", **ABOUT},
        _mend,
    ),
    "house_style": Prompt("Write in our style", "What the rules here ask of who writes.", (), ABOUT, _style),
}
"""The name of a prompt -> what it says."""
