"""A push to be killed: what it sends, and whether what it leaves here and there is whole (`python -m scripts.soak`)."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from scripts.standin import TOKEN, Standin

SYSTEMS = ("chatwoot", "zendesk")

_VARIABLE, _REPLIES = "HELPDESK_TOKEN", 6
_FORMS = (
    "reply-{n}: It is {n}.\n",
    "reply-{n}: {{body: It is {n}.}}\n",
    "reply-{n}:\n  body: {{en-US: It is {n}., fr: C'est {n}.}}\n",
)


def command(here: Standin, system: str) -> tuple[str, ...]:
    """What is run, and killed."""
    return ("push", system, "--url", getattr(here, system), "--token-env", _VARIABLE, "--apply")


def laid(here: Standin, folder: Path) -> None:
    """A system that has nothing of ours, and a folder with replies in every form that a file may give them."""
    here.replies[:], here.macros[:], here.content[:], here.asked[:] = [], [], [], []
    os.environ[_VARIABLE] = TOKEN
    (folder / "responses").mkdir()
    (folder / "cannedkit.yaml").write_text("locale: en-US\nlocales: [en-US, fr]\npacks: [Care]\nengines: {}\n")
    entries = (_FORMS[number % len(_FORMS)].format(n=number) for number in range(_REPLIES))
    (folder / "responses" / "a.yaml").write_text("".join(entries))


def fault(here: Standin, system: str, folder: Path, again: Callable[[Path], int]) -> str:
    """What is wrong after the end and after a second run, "" for nothing.

    The file can be read at any time; in the end each reply is there once, and the file says as which.
    """
    from cannedkit.exchange.merging import present
    from cannedkit.exchange.records import aside_of
    from cannedkit.kit import Kit
    from cannedkit.model.errors import CannedkitError

    time.sleep(0.05)  # what was on its way when the end came arrives
    try:
        present(Kit.load(folder, with_engines=False).settings)
    except CannedkitError as error:
        return f"cannot be read: {error}"
    if code := again(folder):
        return f"the second run ends with {code}"
    found = present(Kit.load(folder, with_engines=False).settings).responses.values()
    noted = sorted(aside.id for one in found if (aside := aside_of(one, system)))
    there = sorted(str(one["id"]) for one in (here.replies if system == "chatwoot" else here.macros))
    if noted != there or len(there) != _REPLIES:
        return f"{len(there)} are there, and {len(noted)} of {_REPLIES} are noted"
    names = [one["name"] for one in here.content]
    return (
        "" if len(set(names)) == len(names) == (_REPLIES // len(_FORMS) if system == "zendesk" else 0) else f"{names}"
    )
