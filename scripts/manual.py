"""The man pages, one a command, from what `--help` says: `python -m scripts.manual FOLDER`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import click
from click_man.core import generate_man_page

from cannedkit.cli.main import main as program
from cannedkit.model.errors import VERSION


def pages() -> dict[str, str]:
    """The name of each page -> its text."""
    context = click.Context(program, info_name="cannedkit")
    return {f"{one.command_path.replace(' ', '-')}.1": generate_man_page(one, VERSION) for one in _commands(context)}


def _commands(context: click.Context) -> Iterator[click.Context]:
    """A command and all below it."""
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            if command and not command.hidden:
                yield from _commands(click.Context(command, info_name=name, parent=context))


def main() -> None:
    """Write the pages into a folder, which is made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    print(f"{folder}: {len(pages())} pages")


if __name__ == "__main__":
    main()
