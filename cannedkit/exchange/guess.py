"""Which format some files are in, by a look into them."""

from __future__ import annotations

from collections.abc import Sequence

from cannedkit import exchange
from cannedkit.exchange.model import File
from cannedkit.model.errors import InputError
from cannedkit.settings.formats import FORMATS

LAST = "csv"
"""The format that takes any table: looked at behind all others."""


def guess(files: Sequence[File]) -> str:
    """The format that every file looks like. Raises InputError where that is none, or more than one."""
    fits = [name for name in FORMATS if all(exchange.is_mine(name, file) for file in files)]
    own = [name for name in fits if name != LAST] or fits
    if len(own) == 1:
        return own[0]
    shown = ", ".join(file.name for file in files)
    if own:
        raise InputError(f"{shown}: may be {' or '.join(own)}: write which, `cannedkit import {own[0]} …`")
    raise InputError(
        f"{shown}: looks like none of the formats {', '.join(FORMATS)}: write which, `cannedkit import FORMAT …`"
    )
