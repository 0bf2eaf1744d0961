"""The program: which module holds which command, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from cannedkit.cli.ending import Commands

COMMANDS: Mapping[str, str] = {
    name: f"cannedkit.cli.{name}"
    for name in (
        "approve",
        "baseline",
        "check",
        "compare",
        "coverage",
        "due",
        "export",
        "facts",
        "fix",
        "guide",
        "init",
        "languagetool",
        "lint",
        "lock",
        "mcp",
        "prove",
        "pull",
        "push",
        "reply",
        "retire",
        "rules",
        "schema",
        "score",
        "search",
        "show",
        "waive",
    )
} | {"import": "cannedkit.cli.import_"}
"""The name of a command -> the module that holds it under the module's own name."""


class _Program(Commands):
    """The commands of `COMMANDS`, each imported when it is run or its help is shown."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = COMMANDS[cmd_name]
        command: Any = getattr(import_module(module), module.rpartition(".")[2])
        return command if isinstance(command, click.Command) else None


@click.command(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cannedkit")
def main() -> None:
    """Keep prewritten replies short, correct and human: lint a catalogue of them, and agents' drafts."""
