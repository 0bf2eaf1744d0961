"""Where reports go: to standard output, or into files that the user typed; several at once."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from cannedkit import files
from cannedkit.report import FORMATS
from cannedkit.text.nearest import nearest

SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable in which GitHub Actions names the file whose Markdown it shows with a step."""


@dataclass(frozen=True, slots=True)
class Output:
    """A report in a format of `report.FORMATS`, and the file that it goes into; None is standard output."""

    format: str
    path: Path | None = None


LINES = (Output("line"),)
"""What is printed where nothing else is asked for."""


def outputs(format: str | None, given: Iterable[str]) -> tuple[Output, ...]:
    """What `--format` and each `--output FORMAT=FILE` ask for. Raises click.UsageError before anything is read.

    `--format` alone goes to standard output; where only files are given nothing does.
    """
    found = [*([Output(format)] if format else []), *map(_output, given)]
    for index, one in enumerate(found):
        for other in found[:index]:
            if one.format == other.format:
                raise click.UsageError(f"{one.format} is asked for twice: each format goes to one place")
            if one.path == other.path:
                where = f"into {one.path}" if one.path else "to standard output"
                raise click.UsageError(f"{other.format} and {one.format} would both go {where}: give one a file")
    return tuple(found) or LINES


def _output(given: str) -> Output:
    name, _, target = given.partition("=")
    if not target:
        raise click.UsageError(
            f"--output {given}: write FORMAT=FILE, such as sarif=out.sarif, or FORMAT=- for standard output"
        )
    if name not in FORMATS:
        raise click.UsageError(f"--output {given}: there is no format {name!r}{nearest(name, FORMATS)}")
    if target == "-":
        return Output(name)
    path = Path(target)
    if os.path.isdir(path):
        raise click.UsageError(f"--output {given}: {target} is a folder: name a file in it")
    if not os.path.isdir(path.parent):
        raise click.UsageError(f"--output {given}: there is no folder {path.parent}: make it first")
    return Output(name, path)


def put(path: Path, text: str) -> None:
    """Put a report in a file's place, whole or not at all; a device or pipe gets it as it is. Raises OSError."""
    data = text.encode()
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            path.write_bytes(data)
        else:
            files.put(path, data)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from None


def summarise(markdown: str) -> None:
    """Add Markdown to what GitHub Actions shows with a step. Raises OSError."""
    with Path(os.environ[SUMMARY]).open("a", encoding="utf-8") as file:
        file.write(markdown)
