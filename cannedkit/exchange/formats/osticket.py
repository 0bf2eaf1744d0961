"""Canned responses of osTicket, as its files of initial data have them; it takes none.

`include/i18n/<locale>/templates/premade.yaml` lists `{isenabled, title, response, notes, attachments}`; a response is
HTML, its placeholders are `%{ticket.name.first}` (osTicket/osTicket). A table that was exported from the database,
`ost_canned_response`, comes in as JSON with the same keys. Notes and attachments are named, and left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cannedkit.exchange import document, nodes
from cannedkit.exchange.document import Data, told, with_ids
from cannedkit.exchange.model import REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text
from cannedkit.model.errors import InputError, Problem

ABILITY = Ability(syntax="percent", markup="html", missing="nothing: `Hi ,`", extension="yaml", writes=False)

_PARTS = ("canned_id", "title", "response", "lang", "created", "updated", "dept_id")
_ANY = ("", "en_US")
"""Languages of the column `lang` that say nothing: it is set for every response, and nobody reads it."""


def is_mine(file: File) -> bool:
    """Whether it lists responses, each with whether it is enabled."""
    found = _data(file)
    return isinstance(found, list) and any(
        isinstance(one, dict) and {"isenabled", "response"} <= {*one} for one in found
    )


def _data(file: File) -> Any:
    json = document.maybe(file)
    return nodes.maybe(file) if json is None else json


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The responses of some files, in their order. Raises InputError for a file that lists none."""
    records: list[Record] = []
    outcomes: list[Outcome] = []
    for file in files:
        data = document.maybe(file)
        data = nodes.values(file) if data is None else data
        if not isinstance(data, list):
            raise InputError([Problem(file.name, 1, 1, "holds no list of canned responses")])
        for number, one in enumerate(data, start=1):
            if isinstance(one, dict) and isinstance(one.get("response"), str):
                records.append(_record(one))
            else:
                outcomes.append(Outcome(f"{file.name} {number}", REFUSED, "", "it has no `response`"))
    return Incoming(with_ids(records), tuple(outcomes))


def _record(one: Data) -> Record:
    lang = document.text_of(one.get("lang"))
    rest = {key: value.strip() if isinstance(value, str) else value for key, value in one.items()}
    enabled = document.text_of(one.get("isenabled")) != "0"
    aside = told(rest, ("isenabled", *_PARTS))
    return Record(
        document.text_of(one.get("canned_id")),
        (Text(one["response"], "" if lang in _ANY else lang, markup="html"),),
        title=document.text_of(one.get("title")),
        aside=aside if enabled else ("it is not enabled there", *aside),
    )
