"""What `import` and `export` share: how a format is named, what is asked for, and the report of what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from cannedkit.cli.shared import assigned, hand_out, say
from cannedkit.model.errors import InputError
from cannedkit.settings.formats import FORMATS

if TYPE_CHECKING:
    from cannedkit.exchange.model import Asked, Outcome
    from cannedkit.model.settings import Settings


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of both commands."""
    for option in (
        click.option(
            "--report", type=click.Choice(["table", "json"]), default="table", help="How to print the report."
        ),
        click.option("--channel", help="The channel of texts that have none there."),
        click.option("--locale", help="The locale of texts that have none there (default: that of the settings)."),
        click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing."),
    ):
        command = option(command)
    return command


def format_first(given: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The format that the first argument names, "" for none, and the other arguments."""
    return (given[0], given[1:]) if given and given[0] in FORMATS else ("", given)


def asked(settings: Settings, locale: str | None, channel: str | None, columns: Iterable[str] = ()) -> Asked:
    """What the options ask for. Raises InputError for a locale or a channel that the settings lack."""
    from cannedkit.exchange.model import Asked
    from cannedkit.wire import arguments

    tag = arguments.locale(locale, InputError) if locale is not None else ""
    if tag:
        arguments.one_of(tag, "locale", settings.locales, InputError)
    name = arguments.one_of(channel, "channel", settings.channels, InputError) if channel is not None else ""
    return Asked(tag, name, dict(assigned(one, "--map", "PART=COLUMN") for one in columns))


def hand_report(outcomes: Iterable[Outcome], form: str, about: Mapping[str, object]) -> None:
    """Print what became of each reply; as JSON with what is said `about` the run."""
    from cannedkit.exchange import losses

    if form == "table":
        for line in losses.lines(outcomes):
            say(line)
        return
    import json

    from cannedkit.text.visible import plain_json

    hand_out(plain_json(json.dumps({**about, **losses.fields(outcomes)}, ensure_ascii=False, indent=2)) + "\n")
