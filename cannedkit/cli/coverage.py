"""`cannedkit coverage`: what the catalogue has replies for, as a table or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cannedkit.cli.shared import BROKEN, FOUND, hand_out, say, shown_path, tell
from cannedkit.text.visible import plain_json

if TYPE_CHECKING:
    from cannedkit.catalogue.coverage import Coverage, Covered, Gap
    from cannedkit.model.upkeep import Usage


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path), default=".")
@click.option(
    "--situations", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A checklist of your own."
)
@click.option("--format", "format", type=click.Choice(["line", "json"]), default="line", help="How to print.")
@click.option("--fail", is_flag=True, help="Exit 1 where a situation has no reply in some locale and channel.")
def coverage(folder: Path, situations: Path | None, format: str, fail: bool) -> None:
    """Print topics by channel and locale, the situations that no reply covers, and what was never sent."""
    from cannedkit.catalogue import coverage as measure
    from cannedkit.kit import Kit
    from cannedkit.wire.upkeep import usage_lines

    kit = Kit.load(folder, with_engines=False)
    found = measure.coverage(kit.catalogue, kit.settings, measure.checklist(situations or measure.CHECKLIST))
    sent = kit.usage()
    if format == "json":
        import json

        hand_out(plain_json(json.dumps(_fields(found, sent), ensure_ascii=False, indent=2)) + "\n")
    else:
        for line in (*_table(found), "", *_gaps(found), *(("", *usage_lines(sent)) if sent else ())):
            say(line)
    errors = sent.errors if sent else ()
    for failed in errors:
        tell(str(replace(failed, path=shown_path(failed.path) if failed.path else "")))
    if errors:
        sys.exit(BROKEN)
    sys.exit(FOUND if fail and any(one.missing for one in found.situations) else 0)


def _table(found: Coverage) -> Iterator[str]:
    """Topics down, channels across; in each cell the number of replies in each locale."""
    cells = [
        [topic, *("/".join(str(counts[locale, channel]) for locale in found.locales) for channel in found.channels)]
        for topic, counts in found.topics.items()
    ]
    rows = [[f"topic ({'/'.join(found.locales)})", *found.channels], *cells]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _gaps(found: Coverage) -> Iterator[str]:
    """How many situations are covered, and for each of the others what is missing and how to mend it."""
    open_ones = [one for one in found.situations if one.missing]
    yield f"{len(found.situations) - len(open_ones)} of {len(found.situations)} situations covered."
    for one in open_ones:
        yield f"{one.situation.name} ({one.situation.title}): no reply for {_listed(one.missing)}; {_mend(one)}"


def _mend(one: Covered) -> str:
    if one.responses:
        named = (f"{id} ({one.titles[id]})" if id in one.titles else id for id in one.responses[:3])
        return f"add it to {' or '.join(named)}"
    return f"write one, and give it the tag {one.situation.name}"


def _listed(missing: Iterable[Gap]) -> str:
    """`en on chat, sms and nl on chat`."""
    by_locale: dict[str, list[str]] = {}
    for locale, channel in missing:
        by_locale.setdefault(locale, []).append(channel)
    return " and ".join(f"{locale} on {', '.join(channels)}" for locale, channels in by_locale.items())


def _fields(found: Coverage, sent: Usage | None) -> dict[str, Any]:
    from cannedkit.wire.upkeep import usage_fields

    return {
        "format": 1,
        "topics": {
            topic: {
                channel: {locale: counts[locale, channel] for locale in found.locales} for channel in found.channels
            }
            for topic, counts in found.topics.items()
        },
        "situations": [
            {
                "name": one.situation.name,
                "title": one.situation.title,
                "responses": list(one.responses),
                "titles": dict(one.titles),
                "missing": [{"locale": locale, "channel": channel} for locale, channel in one.missing],
            }
            for one in found.situations
        ],
        "covered": sum(not one.missing for one in found.situations),
        "usage": usage_fields(sent) if sent else None,
    }
