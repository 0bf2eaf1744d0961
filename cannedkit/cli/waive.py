"""`cannedkit waive`: a finding allowed by a person, with a reason and an end date."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from cannedkit.cli import completion
from cannedkit.cli.shared import open_kit, say, shown_path


@click.command()
@click.argument("id", shell_complete=completion.replies)
@click.argument("rule")
@click.option("--why", required=True, help="Why it is right here.")
@click.option("--by", required=True, help="Who says so.")
@click.option("--until", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The last day that it holds.")
@click.option("--text", help="Only where this text is found.")
@click.option("--locale", help="Only in this locale.")
def waive(id: str, rule: str, why: str, by: str, until: datetime, text: str | None, locale: str | None) -> None:
    """Allow what RULE finds in the response ID: write a waiver into its file, and change nothing else there."""
    kit = open_kit(Path(), no_engines=True, checks=False, forgiving=True)
    file = kit.waive(id, rule, why=why, by=by, until=until.date(), text=text, locale=locale)
    if file.before == file.after:
        say(f"{id} has this waiver already: {shown_path(file.path)} is as it was.")
    else:
        say(f"Waived {rule} in {id} until {until.date()}: {shown_path(file.path)}.")
