"""`cannedkit compare`: a draft beside the approved reply that it came from."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cannedkit.cli import completion
from cannedkit.cli.draftfile import draft_text
from cannedkit.cli.shared import FOUND, assigned, counted, hand_out, least_level, open_kit, say, shown_path
from cannedkit.model.draft import Level
from cannedkit.text.visible import plain_json

if TYPE_CHECKING:
    from cannedkit.model.comparison import Comparison


@click.command()
@click.argument("words", nargs=-1, metavar="ID [FILE]", shell_complete=completion.replies)
@click.option("--nearest", is_flag=True, help="In place of ID: the reply of the catalogue that is most like the draft.")
@click.option("--locale", help="The locale of the draft.")
@click.option("--channel", help="Only the bodies that this channel sends.")
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="A value that went in; any other may be any.")
@click.option("--format", "format", type=click.Choice(["line", "json"]), default="line", help="How to print.")
@click.option("--fail-on", type=click.Choice([str(level) for level in Level]), help="Lowest level that exits with 1.")
def compare(
    words: tuple[str, ...],
    nearest: bool,
    locale: str | None,
    channel: str | None,
    given: tuple[str, ...],
    format: str,
    fail_on: str | None,
) -> None:
    """Say what a draft leaves out of an approved reply, adds, alters and has not filled in. FILE may be -, its default.

    ID is the reply that the draft came from.
    """
    id, file = _named(words, nearest)
    values = dict(assigned(one) for one in given)
    text = draft_text(Path(file))
    kit = open_kit(Path(), no_engines=True, checks=False)
    found = kit.compare(text, id, values=values, locale=locale, channel=channel)
    path = shown_path(file)
    if format == "json":
        import json

        from cannedkit.wire.comparisons import fields

        hand_out(plain_json(json.dumps(fields(found, path, text), ensure_ascii=False, indent=2)) + "\n")
    else:
        for line in _lines(found, path, text):
            say(line)
    least = least_level(kit, fail_on)
    sys.exit(FOUND if any(one.level >= least for one in found.findings) else 0)


def _named(words: tuple[str, ...], nearest: bool) -> tuple[str | None, str]:
    """The reply, None for the nearest, and the file. Raises click.UsageError."""
    most = 1 if nearest else 2
    if len(words) > most:
        raise click.UsageError(f"unexpected argument {words[most]!r}" + ("; --nearest takes no ID" if nearest else ""))
    if not nearest and not words:
        raise click.UsageError("Missing argument 'ID'; --nearest finds the reply that is most like the draft.")
    file = words[most - 1] if len(words) == most else "-"
    return (None, file) if nearest else (words[0], file)


def _lines(found: Comparison, path: str, text: str) -> Iterator[str]:
    """A finding with the approved sentence below it, then what was compared."""
    from cannedkit.text.places import placed

    places = placed(found.findings, path, text)
    for one, where in zip(found.departures, places, strict=True):
        yield f"{where.place}: {one.finding.level}: {one.finding.message}  [{one.finding.rule}]"
        if one.approved:
            yield f"    approved: {one.approved}"
    number = counted(len(places) or "no", "finding")
    approved = "" if found.approved else ", which is not approved"
    nearest = ", the nearest reply" if found.chosen else ""
    yield f"Beside {found.wording}{nearest}{approved}: {number}."
