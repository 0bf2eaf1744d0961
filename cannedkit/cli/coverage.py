"""`cannedkit coverage`: what the catalogue has replies for, as a table or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cannedkit.cli.shared import BROKEN, FOUND, hand_out, say, shown_path, tell
from cannedkit.text.visible import plain_json

if TYPE_CHECKING:
    from cannedkit.catalogue.coverage import Coverage, Covered, Gap, Meant, Situation
    from cannedkit.exchange.lending import Lent
    from cannedkit.kit import Kit
    from cannedkit.model.upkeep import Usage


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path), default=".")
@click.option(
    "--situations", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A checklist of your own."
)
@click.option("--format", "format", type=click.Choice(["line", "json"]), default="line", help="How to print.")
@click.option("--suggest", is_flag=True, help="Print the starter's reply for each situation that has none.")
@click.option("--fail", is_flag=True, help="Exit 1 where a situation has no reply in some locale and channel.")
def coverage(folder: Path, situations: Path | None, format: str, suggest: bool, fail: bool) -> None:
    """Print topics by channel and locale, the situations that no reply covers, and what was never sent."""
    from cannedkit.catalogue import coverage as measure
    from cannedkit.kit import Kit
    from cannedkit.settings import shipped
    from cannedkit.wire.upkeep import usage_lines

    kit, starter = Kit.load(folder, with_engines=False), Kit.load(shipped(), with_engines=False)
    wanted = measure.checklist(situations or measure.CHECKLIST, starter.catalogue.responses)
    meant = _meant(kit, starter, wanted)
    found = measure.coverage(kit.catalogue, kit.settings, wanted, meant)
    sent = kit.usage()
    loans = _loans(found, kit, starter) if suggest else {}
    if format == "json":
        import json

        told = json.dumps(_fields(found, sent, meant, loans if suggest else None), ensure_ascii=False, indent=2)
        hand_out(plain_json(told) + "\n")
    else:
        used = ("", *usage_lines(sent)) if sent else ()
        for line in (*_table(found), "", *_gaps(found), *_suggestions(meant, loans, suggest), *used):
            say(line)
    errors = sent.errors if sent else ()
    for failed in errors:
        tell(str(replace(failed, path=shown_path(failed.path) if failed.path else "")))
    if errors:
        sys.exit(BROKEN)
    sys.exit(FOUND if fail and any(one.missing for one in found.situations) else 0)


def _meant(kit: Kit, starter: Kit, wanted: tuple[Situation, ...]) -> Meant:
    """What the replies without telling tags are like, and what the examples of situations find."""
    from cannedkit.catalogue import coverage as measure
    from cannedkit.catalogue.search import alike

    tags = [tag for tag in kit.settings.locales if tag.partition("-")[0] in starter.settings.locales]
    like = alike.alike(measure.untold(kit.catalogue, wanted), tags, lambda tag: starter.searched(tag.partition("-")[0]))
    asked = {one.name: (one.title, *one.examples) for one in wanted if one.examples}
    searched = kit.searched(kit.settings.locale) if asked else None
    answers = {name: alike.best_of(searched, questions)[1] for name, questions in asked.items()} if searched else {}
    return measure.Meant(like, answers)


def _loans(found: Coverage, kit: Kit, starter: Kit) -> dict[str, Lent]:
    """For each situation without any reply that of the starter to copy, by the situation's name."""
    from cannedkit.exchange.lending import lent

    open_ones = {one.situation.name: one.situation.replies[0] for one in found.situations if _is_lendable(one)}
    loans = {name: lent(starter.catalogue.responses[id], kit.settings) for name, id in open_ones.items()}
    return {name: loan for name, loan in loans.items() if loan}


def _is_lendable(one: Covered) -> bool:
    return bool(one.missing and not one.responses and one.situation.replies)


def _suggestions(meant: Meant, loans: Mapping[str, Lent], suggest: bool) -> Iterator[str]:
    """What is taken for what, to be read by eye; then for each open situation an entry to copy."""
    if not suggest:
        return
    if meant.like:
        yield from ("", "Taken for a reply of the starter by what they say:")
        yield from (f"  {id}: {like}" for id, like in meant.like.items())
    for name, loan in loans.items():
        yield from ("", f"# {name}: {loan.id} of the starter, for responses/{loan.id.rpartition('/')[0]}.yaml")
        if loan.names:
            yield f"# it needs {', '.join(loan.names)}"
        if loan.missing:
            yield f"# it has no text in {', '.join(loan.missing)}"
        yield from loan.text.rstrip("\n").split("\n")


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
    if one.situation.replies:
        return f"write one, or copy {one.situation.replies[0]} (--suggest prints it)"
    return f"write one, and give it the tag {one.situation.name}"


def _listed(missing: Iterable[Gap]) -> str:
    """`en on chat, sms and nl on chat`."""
    by_locale: dict[str, list[str]] = {}
    for locale, channel in missing:
        by_locale.setdefault(locale, []).append(channel)
    return " and ".join(f"{locale} on {', '.join(channels)}" for locale, channels in by_locale.items())


def _fields(found: Coverage, sent: Usage | None, meant: Meant, loans: Mapping[str, Lent] | None) -> dict[str, Any]:
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
                **_suggested(one.situation.name, loans),
            }
            for one in found.situations
        ],
        "like": dict(meant.like),
        "covered": sum(not one.missing for one in found.situations),
        "usage": usage_fields(sent) if sent else None,
    }


def _suggested(name: str, loans: Mapping[str, Lent] | None) -> dict[str, Any]:
    """With `--suggest`: the starter's reply to copy, or null."""
    if loans is None:
        return {}
    loan = loans.get(name)
    return {"suggest": {"id": loan.id, "text": loan.text, "needs": list(loan.names)} if loan else None}
