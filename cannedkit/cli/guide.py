"""`cannedkit guide`: what the rules in force ask of who writes, for people or for a language model."""

from __future__ import annotations

from pathlib import Path

import click

from cannedkit.cli.shared import hand_out, open_kit
from cannedkit.model.errors import CannedkitError
from cannedkit.text.nearest import nearest
from cannedkit.text.visible import visible

MOST = 40
"""Rules on a page: what a person reads in a quarter of an hour."""

TOKENS = 800


@click.command()
@click.argument("packs", nargs=-1, metavar="[PACK]...")
@click.option("--for", "reader", type=click.Choice(["people", "prompt"]), default="people", help="Who reads it.")
@click.option("--tokens", type=click.IntRange(1, 100_000), help=f"Room for a prompt, about (default {TOKENS}).")
@click.option("--most", type=click.IntRange(1), default=MOST, show_default=True, help="Rules on the page of a pack.")
@click.option("--locale", help="For texts in one locale, BCP 47 (default: that of the settings).")
@click.option("--channel", help="For one channel (default: any).")
@click.option("--mood", help="For one mood of the customer (default: any).")
def guide(
    packs: tuple[str, ...],
    reader: str,
    tokens: int | None,
    most: int,
    locale: str | None,
    channel: str | None,
    mood: str | None,
) -> None:
    """Print what to write and what not: a page a PACK in Markdown, or the weightiest lines for a prompt."""
    from cannedkit.report.guide import pages, prompt

    if tokens and reader == "people":
        raise click.UsageError("--tokens is the room in a prompt: add --for prompt")
    kit = open_kit(Path(), no_engines=True, checks=False)
    advice = kit.guide(locale=locale, channel=channel, mood=mood)
    known = {one.rule.partition(".")[0] for one in advice}
    for name in packs:
        if name not in known:
            raise CannedkitError(f"there is no pack `{name}` in force that reads drafts{nearest(name, known)}")
    chosen = tuple(one for one in advice if not packs or one.rule.partition(".")[0] in packs)
    text = prompt(chosen, tokens or TOKENS) if reader == "prompt" else "\n".join(pages(chosen, most).values())
    hand_out(visible(text, lines=True))
