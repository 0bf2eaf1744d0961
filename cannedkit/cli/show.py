"""`cannedkit show`: a response as customers will read it."""

from __future__ import annotations

from pathlib import Path

import click

from cannedkit.channels.units import UNITS
from cannedkit.cli import completion
from cannedkit.cli.shared import assigned, letter, open_kit, say
from cannedkit.model.result import Use


@click.command()
@click.argument("id", shell_complete=completion.replies)
@click.option("--locale", help="Only this locale.")
@click.option("--channel", help="Only this channel.")
@click.option(
    "--set", "given", multiple=True, metavar="NAME=VALUE", help="A value: print the reply as it would go out."
)
def show(id: str, locale: str | None, channel: str | None, given: tuple[str, ...]) -> None:
    """Print a response as customers will read it, with sample values, or with --set as it would go out."""
    kit = open_kit(Path(), no_engines=True, checks=False)
    if given:
        values = dict(assigned(one) for one in given)
        known = kit.response(id).requires
        reply = kit.reply(id, values, locale=locale, channel=channel, known=known)
        say(letter(reply.subject, reply.text), lines=True)
        return
    for one in kit.renderings(id, locale=locale, channel=channel):
        samples = f"variation {one.variation}, {one.samples}" if one.variation > 1 else one.samples
        say(f"{id} · {one.locale} · {', '.join(one.channels)} · {samples}", dim=True)
        say(letter(one.subject, one.text), lines=True)
        for use in one.uses:
            say(_use(use), dim=True)
        say("")


def _use(use: Use) -> str:
    """What a rendering takes of its channel, and with the longest values."""
    where = use.channel if use.part == "body" else f"{use.channel} {use.part}"
    label = UNITS[use.unit].label if use.used != 1 or use.limit else UNITS[use.unit].label.removesuffix("s")
    taken = f"{use.used:,} of {use.limit:,} {label}" if use.limit else f"{use.used:,} {label}"
    note = f" ({use.note})" if use.note else ""
    names = f" with the longest {', '.join(use.variables)}" if use.variables else ""
    most = f", at most {use.most:,}{names}" if use.most > use.used else ""
    return f"{where}: {taken}{note}{most}{': too long' if use.limit and use.most > use.limit else ''}"
