"""What a shell completes: names of the catalogue and of the settings; nothing where they cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from cannedkit.model.errors import CannedkitError
from cannedkit.text.locales import for_locale

if TYPE_CHECKING:
    from cannedkit.kit import Kit

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def replies(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Ids and shortcuts of the responses that may be sent, each with its title."""
    kit = _kit()
    found = () if kit is None else kit.readable.responses.values()
    return [
        CompletionItem(name, help=for_locale(one.titles, one.bodies[0].locale))
        for one in found
        for name in filter(None, (one.id, one.shortcut))
        if not one.status and name.startswith(typed) and name.isprintable()
    ]


def of(names: Callable[[Kit], Iterable[str]]) -> Complete:
    """The completion by some names that a kit has."""

    def complete(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
        kit = _kit()
        found = () if kit is None else dict.fromkeys(names(kit))
        return [CompletionItem(name) for name in found if name.startswith(typed) and name.isprintable()]

    return complete


def _kit() -> Kit | None:
    """The kit of the folder, None where it has no catalogue that can be read."""
    from cannedkit.kit import Kit

    try:
        kit = Kit.load(with_engines=False, forgiving=True)
        return kit if kit.readable.responses else None
    except CannedkitError:
        return None
