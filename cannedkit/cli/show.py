"""`cannedkit show`: a response as customers will read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cannedkit.cli.shared import open_kit
from cannedkit.model.errors import CannedkitError

if TYPE_CHECKING:
    from cannedkit.kit import Kit


@click.command()
@click.argument("id")
@click.option("--locale", help="Only this locale.")
@click.option("--channel", help="Only this channel.")
@click.option(
    "--set", "given", multiple=True, metavar="NAME=VALUE", help="A value: print the reply as it would go out."
)
def show(id: str, locale: str | None, channel: str | None, given: tuple[str, ...]) -> None:
    """Print a response as customers will read it, with sample values, or with --set as it would go out."""
    kit = open_kit(Path(), no_engines=True)
    if given:
        values = dict(_assignment(one) for one in given)
        reply = kit.reply(id, values, locale=locale, channel=channel)
        click.echo(f"Subject: {reply.subject}\n\n{reply}" if reply.subject else str(reply))
        return
    shown = [one for one in _renderings(kit, id) if locale in (None, one[0]) and channel in (None, *one[1])]
    if not shown:
        raise CannedkitError(f"`{id}` has no body for that locale and channel")
    for body_locale, channels, samples, text in shown:
        click.secho(f"{id} · {body_locale} · {', '.join(channels)} · {samples}", dim=True)
        click.echo(f"{text}\n")


def _renderings(kit: Kit, id: str) -> Iterator[tuple[str, list[str], str, str]]:
    """Locale, channels, sample set and text of every rendering of a response."""
    from cannedkit.catalogue.load import bodies
    from cannedkit.settings import facts_for
    from cannedkit.template import render as template

    response = kit.response(id)
    for body in response.bodies:
        channels = [name for name in response.channels if body in bodies(response, body.locale, name)]
        facts = facts_for(kit.settings, body.locale)
        parsed = template.parse(body.text.value)
        subject = template.parse(body.subject.value) if body.subject else None
        for samples in template.sample_sets(parsed, response.variables, body.locale, facts):
            text = template.render(parsed, samples.values, body.locale).text
            title = f"variation {body.variation}, {samples.name}" if body.variation > 1 else samples.name
            if subject:
                first = template.sample_sets(subject, response.variables, body.locale, facts)[0]
                text = f"Subject: {template.render(subject, first.values, body.locale).text}\n\n{text}"
            yield body.locale, channels, title, text


def _assignment(given: str) -> tuple[str, str]:
    name, sign, value = given.partition("=")
    if not sign:
        raise click.UsageError(f"--set needs NAME=VALUE, not {given!r}")
    return name.strip(), value
