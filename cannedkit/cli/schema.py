"""`cannedkit schema`: the JSON Schema of a catalogue's files, for an editor."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cannedkit.cli.output import put
from cannedkit.cli.shared import hand_out

KINDS = ("responses", "variables", "rules", "settings", "facts", "offers")
"""What there is a schema for, as `wire.schemas.SCHEMAS` has it: a test holds the two together."""


@click.command()
@click.argument("name", type=click.Choice(KINDS))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write it into a file, whole.")
def schema(name: str, folder: Path, output: Path | None) -> None:
    """Print the JSON Schema of the files NAME, with the locales, channels and offers of the catalogue in FOLDER."""
    from cannedkit import settings
    from cannedkit.wire import schemas

    path = settings.find(folder)
    made = schemas.schema(name, settings.load(path) if path else None)
    text = f"{json.dumps(made, ensure_ascii=True, indent=1)}\n"
    if output:
        put(output, text)
    else:
        hand_out(text)
