"""`cannedkit reply`: a response filled and ready to be sent, or what has to be known before it can be."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from cannedkit.cli import completion
from cannedkit.cli.clipboard import copy as put_on_clipboard
from cannedkit.cli.shared import FOUND, assigned, hand_out, letter, open_kit, say, tell
from cannedkit.text.visible import plain_json
from cannedkit.wire import replies


@click.command()
@click.argument("id", shell_complete=completion.replies)
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="A value that goes in. Repeatable.")
@click.option(
    "--locale",
    help="The locale to reply in (default: that of the settings).",
    shell_complete=completion.of(lambda kit: kit.settings.locales),
)
@click.option(
    "--channel",
    help="The channel that it goes out on (default: the first of the response).",
    shell_complete=completion.of(lambda kit: kit.settings.channels),
)
@click.option("--known", multiple=True, metavar="FACT", help="A fact known in the conversation. Repeatable.")
@click.option("--variation", type=click.IntRange(1, 999), help="Which of several wordings, counted from 1.")
@click.option("--seed", help="Choose the wording by this, such as the id of the conversation: always the same one.")
@click.option("--sent", multiple=True, metavar="TEXT", help="A text sent before: it is not said again. Repeatable.")
@click.option("--missing", is_flag=True, help="Print what has to be known first; exit 1 where that is anything.")
@click.option("--format", "format", type=click.Choice(["line", "json"]), default="line", help="How to print.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--copy", is_flag=True, help="Also put the text on the clipboard.")
def reply(
    id: str,
    given: tuple[str, ...],
    locale: str | None,
    channel: str | None,
    known: tuple[str, ...],
    variation: int | None,
    seed: str | None,
    sent: tuple[str, ...],
    missing: bool,
    format: str,
    as_json: bool,
    copy: bool,
) -> None:
    """Fill a reply, ID or shortcut, and print it as it goes out; exit 2 where it cannot go out."""
    values = dict(assigned(one) for one in given)
    kit = open_kit(Path(), no_engines=True, checks=False)
    in_json = as_json or format == "json"
    if missing:
        found = kit.missing(id, known, values, locale=locale, channel=channel)
        if in_json:
            _hand_json(replies.missing_fields(kit.response(id).id, found))
        for one in () if in_json else found:
            say(f"{one.name}: {one.type}{f', such as {one.sample}' if one.sample else ''}")
        sys.exit(FOUND if found else 0)
    filled = kit.reply(
        id, values, locale=locale, channel=channel, known=known, variation=variation, seed=seed, sent=sent
    )
    if copy:
        put_on_clipboard(filled.text)
    if in_json:
        _hand_json(replies.fields(filled))
    else:
        say(letter(filled.subject, filled.text), lines=True)
    if copy:
        tell(f"{filled.id} ({filled.locale}) is on the clipboard")


def _hand_json(fields: dict[str, Any]) -> None:
    hand_out(plain_json(json.dumps(fields, ensure_ascii=False, indent=2)) + "\n")
