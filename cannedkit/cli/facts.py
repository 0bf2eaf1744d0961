"""`cannedkit facts`: the company's facts, and what uses each."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cannedkit.cli.shared import BROKEN, counted, hand_out, open_kit, relative, say, shown_path, tell

if TYPE_CHECKING:
    from cannedkit.model.settings import Fact
    from cannedkit.model.upkeep import FactUse

Uses = Mapping[str, tuple["FactUse", ...]]


@click.command()
@click.argument("name", required=False)
@click.option("--format", "format", type=click.Choice(["line", "json"]), default="line", help="How to print.")
def facts(name: str | None, format: str) -> None:
    """Print the facts of facts.yaml with what uses them; for NAME, each place."""
    kit = open_kit(Path(), no_engines=True, checks=False, forgiving=True)
    used = {
        fact: tuple(replace(use, place=replace(use.place, path=shown_path(use.place.path))) for use in uses)
        for fact, uses in kit.facts_used(name).items()
    }
    if format == "json":
        import json

        from cannedkit.text.visible import plain_json

        shown = {fact: _fields(kit.settings.facts[fact], uses) for fact, uses in used.items()}
        hand_out(plain_json(json.dumps({"format": 1, "facts": shown}, ensure_ascii=False, indent=2)) + "\n")
    else:
        for line in _lines(kit.settings.facts, used, places=bool(name)):
            say(line)
    problems = (*kit.settings.refused, *kit.readable.refused)
    for problem in problems:
        tell(relative(problem))
    sys.exit(BROKEN if problems else 0)


def _lines(known: Mapping[str, Fact], used: Uses, *, places: bool) -> Iterator[str]:
    if not known:
        yield "There are no facts: `facts: facts.yaml` in cannedkit.yaml names a file of them."
    for name, uses in used.items():
        fact = known[name]
        value = ", ".join(f"{tag}: {value}" if tag else value for tag, value in fact.values.items())
        held = ", ".join(filter(None, [fact.owner, f"until {fact.until}" if fact.until else ""]))
        replies = len({use.response for use in uses})
        said = f"{counted(replies, 'reply')}" if replies == 1 else f"{replies} replies"
        yield f"{name} = {value}{f' ({held})' if held else ''}: {said if uses else 'no reply uses it'}"
        for use in uses if places else ():
            yield f"  {use.place}: {_said(use)}"


def _said(use: FactUse) -> str:
    named = f"{use.response} ({use.title})" if use.title else use.response
    parts = [named, use.locale, ", ".join(use.channels)]
    parts += [f"variation {use.variation}"] if use.variation > 1 else []
    parts += [word for word in ("subject" if use.part == "subject" else "", use.status) if word]
    return " · ".join(parts)


def _fields(fact: Fact, uses: tuple[FactUse, ...]) -> dict[str, Any]:
    from cannedkit.wire.upkeep import use_fields

    until = f"{fact.until}" if fact.until else None
    return {"values": dict(fact.values), "owner": fact.owner, "until": until, "uses": [use_fields(use) for use in uses]}
