"""`cannedkit export`: replies of the catalogue, written for another system."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from cannedkit.cli.exchanging import asked, chosen, format_first, hand_report, shared_options
from cannedkit.cli.shared import FOUND, open_kit, say, shown_path, tell
from cannedkit.model.errors import CannedkitError, InputError
from cannedkit.settings.formats import FORMATS
from cannedkit.text.nearest import nearest


@click.command()
@click.argument("given", nargs=-1, metavar="[FORMAT] [ID]...")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A file, or a folder for several.")
@click.option("--all", "entire", is_flag=True, help="Drafts too, and what is retired or past its date.")
@shared_options
def export(
    given: tuple[str, ...],
    out: Path,
    entire: bool,
    dry_run: bool,
    locale: str | None,
    channel: str | None,
    report: str,
) -> None:
    """Write replies in use, or those of the IDs, as another system takes them.

    An ID may be a shortcut, or a pattern such as 'billing/*'. Without FORMAT it is that of the file that --out names.
    Ends with what became of each reply: what was written is read again and compared. Exit 1 where something was
    refused.
    """
    from cannedkit.exchange import losses
    from cannedkit.exchange.giving import given as made

    named, ids = format_first(given)
    format = named or _format_of(out)
    kit = open_kit(Path(), no_engines=True, checks=False)
    found = made(format, chosen(kit, ids, entire), kit.settings, asked(kit.settings, locale, channel))
    paths = _paths(out, found.files)
    if not dry_run:
        _put(paths)
    hand_report(found.outcomes, report, {"format": format, "dry_run": dry_run, "written": [*map(str, paths)]})
    if report == "table":
        listed = ", ".join(shown_path(str(path)) for path in paths)
        said = f"{'Would write' if dry_run else 'Wrote'} {found.count}"
        say(f"{said} {losses.noun(found.count)}: {listed}")
    sys.exit(0 if losses.is_whole(found.outcomes) else FOUND)


def _format_of(out: Path) -> str:
    """The format that a file there is in, or that its ending alone says. Raises InputError where that tells none."""
    from cannedkit import exchange
    from cannedkit.exchange.encoding import opened
    from cannedkit.exchange.guess import guess

    if os.path.isfile(out):
        format = guess([opened(out)])
        tell(f"{out}: taken for {format}; if it is not, write `cannedkit export FORMAT`")
        return format
    endings = {name: exchange.ability(name).extension for name in FORMATS if exchange.ability(name).writes}
    found = [ending for ending in endings.values() if out.name.endswith(f".{ending}")]
    fits = [name for name, ending in endings.items() if ending == max(found, key=len, default="")]
    if len(fits) == 1 or out.suffix.removeprefix(".") in fits:
        return fits[0] if len(fits) == 1 else out.suffix.removeprefix(".")
    hint = nearest(out.stem, FORMATS)
    raise InputError(f"--out {out} does not say the format: write `cannedkit export FORMAT --out {out}`{hint}")


def _paths(out: Path, texts: Mapping[str, str]) -> dict[Path, str]:
    """The files by path: --out itself for one, unless it is a folder; else files in the folder that it names."""
    if len(texts) == 1 and not os.path.isdir(out) and (out.suffix or not str(out).endswith(os.sep)):
        return {out: next(iter(texts.values()))}
    if os.path.isfile(out):
        raise CannedkitError(f"--out {out} is a file, and there are {len(texts)} to write: name a folder")
    return {out / name: text for name, text in texts.items()}


def _put(paths: Mapping[Path, str]) -> None:
    from cannedkit import files

    for path, text in paths.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        files.put(path, text.encode())
