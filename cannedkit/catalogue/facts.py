"""A fact -> what uses it: the replies, their locales, and the places in their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cannedkit.catalogue.load import title
from cannedkit.catalogue.renderings import sends
from cannedkit.model.errors import InputError, Located
from cannedkit.model.response import Body, Catalogue, Response
from cannedkit.model.settings import Settings
from cannedkit.model.upkeep import FactUse
from cannedkit.template import render as template
from cannedkit.text.nearest import nearest

PREFIX = "facts."
"""What stands before a fact's name in a body."""


def facts_used(catalogue: Catalogue, settings: Settings, name: str = "") -> dict[str, tuple[FactUse, ...]]:
    """Each fact of the settings, or the one of that name, with its uses in file order; () where nothing uses it.

    Retired responses and drafts are among them, for they name the fact too. Raises InputError for an unknown name.
    """
    wanted = name.removeprefix(PREFIX)
    if wanted and wanted not in settings.facts:
        hint = nearest(wanted, settings.facts) or "; declare it in the file that `facts` names"
        raise InputError(f"there is no fact `{wanted}`{hint}")
    found: dict[str, list[FactUse]] = {fact: [] for fact in settings.facts if wanted in ("", fact)}
    for response in catalogue.responses.values():
        for use in _uses(response, settings):
            if use.fact in found:
                found[use.fact].append(use)
    return {fact: tuple(uses) for fact, uses in found.items()}


def _uses(response: Response, settings: Settings) -> Iterator[FactUse]:
    for text, (body, part) in _parts(response).items():
        for hole in template.parse(text.value).placeholders:
            if hole.name.startswith(PREFIX):
                yield FactUse(
                    hole.name.removeprefix(PREFIX),
                    response.id,
                    body.locale,
                    sends(response, body),
                    body.variation,
                    part,
                    text.place(hole.start, hole.end),
                    response.status,
                    title(response, settings.locale),
                )


def _parts(response: Response) -> Mapping[Located, tuple[Body, str]]:
    """The texts of a response; a subject that several variations share stands with the first of them."""
    found: dict[Located, tuple[Body, str]] = {}
    for body in response.bodies:
        if body.subject:
            found.setdefault(body.subject, (body, "subject"))
        found[body.text] = (body, "body")
    return found
