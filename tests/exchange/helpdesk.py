"""A catalogue that is sent to a stand-in, and what it and the stand-in hold afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cannedkit import Kit
from cannedkit.exchange.records import aside_of
from scripts.standin import Standin
from tests.conftest import Ran

REPLIES = """\
# ours
one: Well, {{ customer.first_name }}.
two: {body: "Fine."}
three:
  title: Third
  tags: [a]
  body:
    en-US: Good.
    fr: Bon.
"""
FILES = {
    "responses/a.yaml": REPLIES,
    "responses/variables.yaml": "customer.first_name: {type: name, fallback: {en-US: there, fr: toi}}\n",
}
CODES = ["a/one", "a/two", "a/three"]

Do = Callable[..., Ran]
"""Runs `push` or `pull` in the folder of the test."""


def ids(folder: Path, system: str) -> dict[str, str]:
    """The ids that responses have there."""
    found = Kit.load(folder, with_engines=False).readable.responses.values()
    return {one.id: aside.id for one in found if (aside := aside_of(one, system))}


def writes(site: Standin) -> list[str]:
    """What was asked that changes something."""
    return [one for one in site.asked if not one.startswith("GET")]


def edited(folder: Path, old: str, new: str) -> None:
    """Change a text of the response file."""
    path = folder / "responses/a.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
