"""The table of formats in docs/exchange.md, made of what each format declares: `python -m scripts.exchange`.

Writes the table between its marks. With `--check` it writes nothing and ends with 1 where the page is out of date.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from cannedkit import exchange
from cannedkit.exchange.model import KEPT, REFUSED, Ability
from cannedkit.exchange.placeholders import SYNTAXES, Unsayable, outward
from cannedkit.settings.formats import FORMATS

PAGE = Path(__file__).parents[1] / "docs" / "exchange.md"

COLUMNS = ("title", "shortcut", "tags", "subject", "locale", "channel", "variation", "attachment")

PROBE = "Hi {{ customer.first_name }},"

HEADS = ("| format | placeholder | fallback | condition |", "| format | where a value is missing a customer reads |")
"""How the two tables begin."""


def main() -> None:
    """Write the page, or say that it is out of date."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where the page is out of date")
    before = PAGE.read_text(encoding="utf-8")
    after = page(before)
    if parser.parse_args().check:
        sys.exit("out of date: run python -m scripts.exchange" if before != after else 0)
    PAGE.write_text(after, encoding="utf-8")


def page(text: str) -> str:
    """The page with its tables as the code has them."""
    for head, rows in zip(HEADS, (table(), missing()), strict=True):
        start = text.index(head)
        end = text.find("\n\n", start)
        text = f"{text[:start]}{chr(10).join(rows)}{text[end:] if end > 0 else chr(10)}"
    return text


def table() -> Iterator[str]:
    """A row for each format: what becomes of each part of a reply."""
    yield f"{HEADS[0]} {' | '.join(COLUMNS)} |"
    yield f"|{'---|' * (4 + len(COLUMNS))}"
    for name in FORMATS:
        ability = exchange.ability(name)
        form = SYNTAXES[ability.syntax]
        cells = [f"`{form.plain.replace('NAME', 'name') or '{{ name }}'}`", _can(form.fallback), _can(form.condition)]
        cells += [getattr(ability, part) for part in COLUMNS]
        yield f"| {_named(name)} | {' | '.join(cells)} |"


def missing() -> Iterator[str]:
    """A row for each format: what a customer reads where a value is missing: there, and of a reply that came from here.

    For the second each format is asked to write `PROBE`, whose fallback is declared.
    """
    yield f"{HEADS[1]} of a reply of ours with `fallback: there` |"
    yield "|---|---|---|"
    for name in FORMATS:
        ability = exchange.ability(name)
        yield f"| {_named(name)} | {ability.missing} | {_probed(ability) if ability.writes else ''} |"


_UNREAD = ("whatever", "the placeholder")
"""How `missing` begins where the format itself fills nothing in."""


def _probed(ability: Ability) -> str:
    try:
        outward(PROBE, ability.syntax, str, lambda name: "there", {})
    except Unsayable:
        return "nothing is sent: it does not go out"
    return "the same" if ability.missing.startswith(_UNREAD) else "`Hi there,`"


def _named(name: str) -> str:
    return name if exchange.ability(name).writes else f"{name} (in alone)"


def _can(said: bool) -> str:
    return KEPT if said else REFUSED


if __name__ == "__main__":
    main()
