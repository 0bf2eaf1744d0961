"""Replies of a system that answers over HTTP, brought in and sent out there, with a plan before anything changes.

A system is a module of `systems/`, of the name of its format, with

- `root(url) -> str`: the address that its paths begin with, of one that a person copied. Raises InputError.
- `headers(token) -> Mapping[str, str]`: how a token is shown.
- `fetched(site) -> tuple[File, ...]`: all that it has, as the files that its format reads, every page of it.
- `kept(files) -> Any`: what a record that is new there needs to be written, None for nothing.
- `key(record) -> str`: what no other record there has, or should have, beside its id.
- `twin(part, by_key) -> Record | None`: the record there that a new one would double; `part` is the new one as it
  would come back, with its id here.
- `calls(wanted, now) -> tuple[Call, ...]`: what makes `now` into `wanted`, each the files that the format writes of
  one record; `now` is {} for a record that is not there. Nothing where both are the same.
- `removal(now, id) -> tuple[Call, ...]`: what takes a record away that was made of the reply with that id.
- `settled(site, now, answers, all) -> tuple[File, ...]`: the record as it is there after those calls, as files; `all`
  is what was fetched before.

Adding one costs that module and a line of `SYSTEMS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

SYSTEMS: Mapping[str, str] = {
    name: f"cannedkit.exchange.live.systems.{name}"
    for name in (
        "chatwoot",
        "zendesk",
    )
}
"""The name of a system, which is that of its format -> its module."""


def system(name: str) -> ModuleType:
    """The module of a system."""
    return import_module(SYSTEMS[name])
