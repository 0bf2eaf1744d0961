"""Replies from other systems and back: one module a format, and what they share.

A format is a module of `formats/` with

- `ABILITY`, an `Ability`: what it can say. Its `syntax` is a row of `placeholders.SYNTAXES`; names that its
  placeholders have are rows of `names.tsv`.
- `is_mine(file) -> bool`: whether a file looks like one of its own, without a look at its name.
- `read(files, asked) -> Incoming`: a `Record` for each reply, its texts as the system has them, in the order of the
  files. Nothing is converted there: placeholders, HTML, locales, channels, ids and topics are the work of `taking` and
  `writing`. `Record.kept` is the system's own record as plain data, with None where a part stands that is taken over;
  what cannot be read is an `Outcome` with the fate REFUSED. `InputError` for a file that is none of its own.
- `write(records) -> Written`: the files of those records, each already in the system's own writing and with no more
  than its `Ability` allows. `kept` is what `read` kept, None for a reply that never was there; the parts are filled
  into it. Where the files have them in another order than they were given, `Written.order` says so. A format that is
  only read has `writes=False`, and no `write`.

Adding one costs that module, a line of `settings.formats.FORMATS`, and golden files in
`tests/exchange/golden/<format>/`, written by hand from the documented shape; the tests run over all formats. What a
format loses need not be declared: `giving` reads again what was written, and reports each part that differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from cannedkit.exchange.model import Ability, Asked, File, Incoming, Record, Written
from cannedkit.settings.formats import FORMATS


def ability(format: str) -> Ability:
    """What a format can say."""
    found: Ability = _module(format).ABILITY
    return found


def is_mine(format: str, file: File) -> bool:
    """Whether a file looks like one of a format."""
    return bool(_module(format).is_mine(file))


def read(format: str, files: Sequence[File], asked: Asked) -> Incoming:
    """What a format reads of some files. Raises InputError for files that are none of its own."""
    found: Incoming = _module(format).read(files, asked)
    return found


def write(format: str, records: Sequence[Record]) -> Written:
    """The files that a format writes of some records, which are in its own writing."""
    found: Written = _module(format).write(records)
    return found


def _module(format: str) -> ModuleType:
    return import_module(FORMATS[format])
