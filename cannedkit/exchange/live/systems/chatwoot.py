"""Canned responses of Chatwoot through its application API.

`GET`, `POST /api/v1/accounts/{account}/canned_responses` and `PATCH`, `DELETE …/{id}` with the token of a user in
`api_access_token`; a list has no pages, a reply no address of its own to be read from, a `short_code` is unique in its
account, and an answer of 422 says why (swagger and `canned_responses_controller.rb` of chatwoot/chatwoot).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cannedkit.exchange.document import printed
from cannedkit.exchange.live.connection import Call, Site, number, parsed
from cannedkit.exchange.model import File, Record
from cannedkit.model.errors import InputError

FILE = "canned_responses.json"
PATH = "/canned_responses"

_ACCOUNT = re.compile(r"(.*?)(?:/app|/api/v1)?/accounts/(\d+)(?:/.*)?")


def root(url: str) -> str:
    """The address of an account, of one that the browser or the API has for it. Raises InputError."""
    parts = parsed(url)
    found = _ACCOUNT.fullmatch(parts.path)
    if found is None:
        raise InputError("--url names no account: give what the browser shows, https://HOST/app/accounts/ID")
    return f"{parts.scheme}://{parts.netloc}{found[1]}/api/v1/accounts/{found[2]}"


def headers(token: str) -> Mapping[str, str]:
    """The header that shows the token."""
    return {"api_access_token": token}


def fetched(site: Site) -> tuple[File, ...]:
    """All replies of the account."""
    return (File(FILE, printed(site.get(PATH))),)


def kept(files: Iterable[File]) -> Any:
    """Nothing: a new reply needs no more than its code and its text."""
    return None


def key(record: Record) -> str:
    """Its `short_code`, of which there can be one alone."""
    return record.shortcut or record.ours


def twin(part: Record, by_key: Mapping[str, Record]) -> Record | None:
    """The record with the same `short_code`."""
    return by_key.get(key(part))


def calls(wanted: Mapping[str, str], now: Mapping[str, str]) -> tuple[Call, ...]:
    """One call, with the two parts that a reply has."""
    says, said = _said(wanted), _said(now)
    if not said:
        return (Call("POST", PATH, _parts(says)),)
    return () if _parts(says) == _parts(said) else (Call("PATCH", f"{PATH}/{number(said)}", _parts(says)),)


def removal(now: Mapping[str, str], id: str) -> tuple[Call, ...]:
    """One call."""
    return (Call("DELETE", f"{PATH}/{number(_said(now))}", removes=True),)


def settled(site: Site, now: Mapping[str, str], answers: Sequence[Any], all: Iterable[File]) -> tuple[File, ...]:
    """What was answered last, else what was there."""
    return (File(FILE, printed([answers[-1]]) if answers else now[FILE]),)


def _said(files: Mapping[str, str]) -> dict[str, Any]:
    found: list[dict[str, Any]] = json.loads(files.get(FILE, "[]"))
    return found[0] if found else {}


def _parts(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: said.get(key) for key in ("short_code", "content")}
