"""`cannedkit lock`: who approved what, and whether it holds."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cannedkit.cli.shared import BROKEN, FOUND, counted, hand_out, relative, say, shown_path, tell
from cannedkit.text.visible import plain_json

if TYPE_CHECKING:
    from cannedkit.catalogue.authors import Doubt
    from cannedkit.kit import Kit
    from cannedkit.model.approval import Approval, Standing, Wording
    from cannedkit.model.errors import Problem


@dataclass(frozen=True, slots=True)
class _Found:
    """How the texts stand, the lines that say nothing, what git says against lines, and what cannot be read."""

    path: str
    standings: tuple[Standing, ...]
    leftover: tuple[Approval, ...]
    doubts: tuple[Doubt, ...]
    errors: tuple[Problem, ...]
    required: bool

    @property
    def unmet(self) -> list[Standing]:
        """The texts that are not approved as they must be."""
        return [one for one in self.standings if one.state != "approved" and (self.required or one.state != "missing")]


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path), default=".")
@click.option("--verify", is_flag=True, help="Exit 1 where an approval does not hold, or is missing and required.")
@click.option("--git", "by_git", is_flag=True, help="Hold each approval against the author of its commit.")
@click.option("--signed", is_flag=True, help="Hold it against the signature of its commit, too.")
@click.option("--prune", is_flag=True, help="First take out the lines of texts that are not there any more.")
@click.option("--format", "format", type=click.Choice(["line", "json"]), default="line", help="How to print.")
def lock(folder: Path, verify: bool, by_git: bool, signed: bool, prune: bool, format: str) -> None:
    """Print who approved which text when, and what changed since."""
    from cannedkit.catalogue import approve
    from cannedkit.kit import Kit

    kit = Kit.load(folder, with_engines=False, forgiving=not prune)
    if prune:
        for one in approve.prune(kit.catalogue, kit.settings):
            tell(f"taken out: {one.wording}, approved by {one.by} on {one.day}")
    found = _looked(kit, by_git or signed or (verify and kit.settings.four_eyes), signed)
    if format == "json":
        import json

        hand_out(plain_json(json.dumps(_fields(found), ensure_ascii=False, indent=2)) + "\n")
    else:
        for line in _lines(found):
            say(line)
        for problem in found.errors:
            tell(relative(problem))
    if found.errors:
        sys.exit(BROKEN)
    sys.exit(FOUND if verify and (found.unmet or found.leftover or found.doubts) else 0)


def _looked(kit: Kit, by_git: bool, signed: bool) -> _Found:
    from cannedkit.catalogue import approve, authors, standing

    catalogue, held, settings = kit.readable, kit.lock, kit.settings
    whole = not (catalogue.refused or settings.refused)
    misnamed = tuple(standing.misnamed(catalogue, settings)) if whole else ()
    return _Found(
        shown_path(str(held.path)),
        standing.standings(catalogue, held, settings),
        approve.leftover(catalogue, held) if whole else (),
        tuple(authors.doubts(catalogue, held, settings, signed=signed)) if by_git else (),
        (*settings.refused, *catalogue.refused, *held.refused, *misnamed),
        settings.approval == "required",
    )


def _lines(found: _Found) -> Iterator[str]:
    """The approved texts, then all that is not as it should be, then the counts."""
    unmet = found.unmet
    for one in found.standings:
        if one.approval and one.state == "approved":
            yield f"{one.wording}: {_who(one.approval)}"
    for one in unmet:
        at = f"{shown_path(one.place.path)}:{one.place.line}:{one.place.column}"
        yield f"{at}: {one.state}: {one.wording}: {one.reason}"
    for gone in found.leftover:
        yield f"{found.path}:{gone.line}: leftover: {gone.wording} is not there any more: {_who(gone)}"
    for doubt in found.doubts:
        yield f"{found.path}:{doubt.line}: doubtful: {doubt.wording}: {doubt.reason}"
    counts = Counter(one.state for one in found.standings)
    more = [f"{len(found.leftover)} leftover"] if found.leftover else []
    more += [f"{len(found.doubts)} doubtful"] if found.doubts else []
    said = [
        *(f"{counts[state]} {state}" for state in ("approved", "stale", "foreign", "missing") if counts[state]),
        *more,
    ]
    yield f"{counted(len(found.standings), 'text')}: {', '.join(said)}."


def _who(approval: Approval) -> str:
    return f"approved by {approval.by} on {approval.day}" + (f" ({approval.note})" if approval.note else "")


def _fields(found: _Found) -> dict[str, Any]:
    return {
        "format": 1,
        "texts": [
            {
                **_address(one.wording),
                "state": one.state,
                "reason": one.reason,
                "path": shown_path(one.place.path),
                "line": one.place.line,
                "column": one.place.column,
                "approval": _approval(one.approval) if one.approval else None,
            }
            for one in found.standings
        ],
        "leftover": [{**_address(one.wording), "line": one.line, "approval": _approval(one)} for one in found.leftover],
        "doubts": [{**_address(one.wording), "line": one.line, "reason": one.reason} for one in found.doubts],
        "errors": [
            {"path": shown_path(one.path), "line": one.line, "column": one.column, "reason": one.message}
            for one in found.errors
        ],
    }


def _address(wording: Wording) -> dict[str, Any]:
    return {"id": wording.id, "locale": wording.locale, "channel": wording.channel, "variation": wording.variation}


def _approval(one: Approval) -> dict[str, Any]:
    from cannedkit.catalogue.lock import moment

    return {"by": one.by, "on": moment(one.on), "note": one.note, "sha256": one.digest, "from": one.source}
