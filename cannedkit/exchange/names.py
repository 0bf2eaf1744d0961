"""What another system calls the things that a placeholder names, and what they are called here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from cannedkit.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Names:
    """Names of a system -> ours, and ours -> the system's. A name in neither is the same on both sides."""

    inward: Mapping[str, str]
    outward: Mapping[str, str]

    def ours(self, theirs: str) -> str:
        """What a name of theirs is called here: a name that a declaration can have."""
        return self.inward.get(theirs) or re.sub(r"[^\w.]", "_", theirs)

    def theirs(self, ours: str) -> str:
        """What a name of ours is called there."""
        return self.outward.get(ours, ours)


def names(system: str, settings: Settings) -> Names:
    """The names of a system: those of the table, after those of the settings (`exchange: {system: {variables}}`)."""
    told = settings.exchange.get(system, {})
    inward = {**_table().get(system, {}), **told}
    outward: dict[str, str] = {}
    for theirs, ours in (*told.items(), *inward.items()):
        outward.setdefault(ours, theirs)
    return Names(inward, outward)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, str]]:
    """The rows of names.tsv by system: names that its documentation or its source has, and no others.

    Chatwoot `app/drops`; Zendesk "Placeholders reference"; Front help article 2306; Gorgias "Macro variables 101" and
    its editor's list; Freshdesk `helpdesk` placeholders; Help Scout by FreeScout's `Mail.php`, which has them from
    there; Intercom's OpenAPI description 2.16; Zammad admin documentation, "Variables"; osTicket `premade.yaml` and the
    list beside its templates; Live Helper Chat `erlhcoreclassmodelcannedmsg.php`; Rocket.Chat "Canned responses";
    `replace-variables.js` of the plugin for Discourse.
    """
    lines = resources.files(__package__).joinpath("names.tsv").read_text("utf-8").splitlines()
    found: dict[str, dict[str, str]] = {}
    for line in lines[1:]:
        system, theirs, ours = line.split("\t")
        found.setdefault(system, {})[theirs] = ours
    return found


_TYPES: tuple[tuple[str, str], ...] = (
    ("name", r"(?:.*[._])?(?:first_?name|last_?name|full_?name|nick)|(?:customer|agent|contact|user)\.name"),
    ("email", r".*e?mail(?:_address)?"),
    ("phone", r".*(?:phone|mobile|phone_number)"),
    ("money", r".*(?:amount|price|total|refund|fee|balance|cost)"),
    ("date", r".*(?:date|deadline|_on|\bday)"),
    ("url", r".*(?:url|link|website)"),
    ("number", r".*(?:count|quantity|days|hours|minutes)"),
    ("order-id", r".*(?:order|ticket|case|conversation|invoice|booking)[._]?(?:id|number|no)|.*(?:tracking_?\w*)"),
)
"""The type of a variable, and the names that likely have it; our own choice, by names that helpdesks document."""


def guessed_type(name: str) -> str:
    """The type that a variable of this name most likely has; "text" where nothing tells."""
    return next((type for type, form in _TYPES if re.fullmatch(form, name, re.IGNORECASE)), "text")
