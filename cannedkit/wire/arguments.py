"""What callers and programs pass in: each argument is checked in the same way, and refused in the same words.

Each function returns the argument in the form that the rest of the program takes. `wrong` makes the error that it
raises from a message: DraftError, ReplyError, …
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from cannedkit.model.draft import Turn
from cannedkit.model.errors import CannedkitError, DraftError, ReplyError
from cannedkit.text.locales import canonical
from cannedkit.text.nearest import nearest, shown

SPEAKERS = ("agent", "customer", "bot")
"""Who may have said a turn of `history`."""

MAX_WHOLE = 999_999
"""The highest whole number that is taken: Python does not write one of thousands of digits into a message."""

Wrong = Callable[[str], CannedkitError]

_HALF = re.compile("[\ud800-\udfff]")
"""Surrogates that stand alone, as a wrong escape in JSON leaves them."""


def absent(value: object) -> bool:
    """Whether an argument was left out: None, or a text without a character."""
    return value is None or (isinstance(value, str) and not value)


def text(value: object, name: str, wrong: Wrong) -> str:
    """A text that any library can read."""
    if not isinstance(value, str):
        raise wrong(f"`{name}` must be a text, not {_kind(value)}")
    if half := _HALF.search(value):
        raise wrong(f"character {half.start()} of `{name}`, U+{ord(half[0]):04X}, is half of one: not text")
    return value


def draft(value: object) -> str:
    """The text of a draft, as it comes."""
    if not isinstance(value, str):
        raise DraftError(f"a draft is a str, not a {type(value).__name__}")
    return value


def line(value: object, name: str, wrong: Wrong) -> str:
    """A text on one line that says something: a name, a note."""
    found = text(value, name, wrong).strip()
    if not found or not found.isprintable():
        raise wrong(f"`{name}` must be a text on one line, not {shown(found)}")
    return found


def one_of(value: object, name: str, known: Collection[str], wrong: Wrong) -> str:
    """A text that is among the known ones."""
    found = text(value, name, wrong)
    if found not in known:
        raise wrong(f"unknown {name} {shown(found)}{nearest(found, known)}")
    return found


def locale(value: object, wrong: Wrong) -> str:
    """A BCP 47 tag as it is usually written, in whatever case it came."""
    tag = canonical(text(value, "locale", wrong))
    if tag is None:
        raise wrong(f"{shown(str(value))} is not a locale; write a BCP 47 tag such as en, en-GB or nl")
    return tag


def flag(value: object, name: str, wrong: Wrong) -> bool:
    """True or False: what is merely true in Python is not taken for it."""
    if not isinstance(value, bool):
        raise wrong(f"`{name}` must be True or False, not {_kind(value)}")
    return value


def whole(value: object, name: str, wrong: Wrong) -> int:
    """A whole number of at most six digits."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong(f"`{name}` must be a whole number, not {_kind(value)}")
    if abs(value) > MAX_WHOLE:
        raise wrong(f"`{name}` must be a whole number of at most {MAX_WHOLE:,}")
    return value


def positive(value: object, name: str, wrong: Wrong) -> int:
    """A whole number over zero, of at most six digits."""
    if (found := whole(value, name, wrong)) < 1:
        raise wrong(f"`{name}` must be at least 1, not {found}")
    return found


def seed(value: object, wrong: Wrong) -> str:
    """What a choice is made by, as a text: a text or a whole number."""
    return text(value, "seed", wrong) if isinstance(value, str) else f"{whole(value, 'seed', wrong)}"


def seconds(value: object, name: str, wrong: Wrong) -> float:
    """A number of seconds over zero."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < math.inf:
        raise wrong(
            f"`{name}` must be a number of seconds over 0, not {value if isinstance(value, float) else _kind(value)}"
        )
    return float(value)


def day(value: object, name: str, wrong: Wrong) -> date:
    """A date, without the time of day."""
    if not isinstance(value, date):
        raise wrong(f"`{name}` must be a date such as date(2026, 9, 1), not {_kind(value)}")
    return value.date() if isinstance(value, datetime) else value


def moment(value: object, name: str, wrong: Wrong) -> datetime:
    """A moment in UTC, given with any time zone."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise wrong(f"`{name}` must be a datetime with a time zone, not {_kind(value)}")
    try:
        return value.astimezone(UTC)
    except OverflowError:  # the first and the last hours that there are
        raise wrong(f"`{name}` cannot be {value}") from None


def folder(value: object, name: str, wrong: Wrong) -> Path:
    """The path of a folder, which need not be there yet."""
    if not isinstance(value, str | Path):
        raise wrong(f"`{name}` must be a path, not {_kind(value)}")
    if not str(value) or "\0" in str(value):
        raise wrong(f"`{name}` must be the path of a folder, not {str(value)!r}")
    return Path(value)


def path(value: object, name: str, wrong: Wrong) -> Path:
    """A path at which a file or a folder stands."""
    if not isinstance(value, str | Path):
        raise wrong(f"`{name}` must be a path, not {_kind(value)}")
    try:
        if os.path.exists(Path(value)):
            return Path(value)
    except (OSError, ValueError):  # a name that is too long, that may not be read, or that holds U+0000
        pass
    raise wrong(f"there is no file or folder {str(value)!r}")


def texts(value: object, name: str, wrong: Wrong) -> tuple[str, ...]:
    """A list of texts; a text alone is none."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise wrong(f"`{name}` must be a list of texts, not {_kind(value)}")
    return tuple(text(entry, name, wrong) for entry in value)


def function(value: object, name: str, wrong: Wrong) -> Callable[..., Any]:
    """A function to call."""
    if not callable(value):
        raise wrong(f"`{name}` must be a function, not {_kind(value)}")
    return value


def facts(value: object, wrong: Wrong = DraftError) -> tuple[str, ...]:
    """The facts known in a conversation, such as `issue` or `name: Mr Field`."""
    if isinstance(value, str):
        raise wrong(f"`known` is a list of facts: write [{shown(value)}]")
    return tuple(text(fact, "known", wrong) for fact in _items(value, "known", "facts", wrong))


def known(value: object, among: Collection[str] | None, wrong: Wrong) -> tuple[str, ...]:
    """The facts known in a conversation, each by a name that the settings let it have, None for any."""
    found = facts(value, wrong)
    for fact in found:
        name = fact.partition(":")[0].strip()
        if among is not None and not {fact, name} & set(among):
            raise wrong(f"`known` of the settings has no fact {shown(name)}{nearest(name, among)}")
    return found


def turns(value: object) -> tuple[Turn, ...]:
    """The messages of a conversation, each a Turn or a mapping with `by` and `text`. Raises DraftError."""
    return tuple(_turn(turn) for turn in _items(value, "history", 'messages such as {"by": "customer", "text": "…"}'))


def values(value: object) -> dict[str, object]:
    """The values of a reply, by the name of their placeholder. Raises ReplyError."""
    if not isinstance(value, Mapping):
        raise ReplyError(f"the values of a reply are a mapping from name to value, not {_kind(value)}")
    return {text(name, "a value's name", ReplyError): value[name] for name in value}


def named_texts(value: object, name: str, wrong: Wrong) -> dict[str, str]:
    """Texts by name."""
    if not isinstance(value, Mapping):
        raise wrong(f"`{name}` must be a mapping from name to text, not {_kind(value)}")
    return {text(key, f"a name of {name}", wrong): text(value[key], f"{name}.{key}", wrong) for key in value}


def _items(value: object, name: str, of: str, wrong: Wrong = DraftError) -> Iterable[object]:
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise wrong(f"`{name}` must be a list of {of}, not {_kind(value)}")
    return value


def _turn(turn: object) -> Turn:
    if isinstance(turn, Turn):
        turn = {"by": turn.by, "text": turn.text, "at": turn.at}
    if not isinstance(turn, Mapping):
        raise DraftError(f"a turn of `history` must be a mapping with `by` and `text`, not {_kind(turn)}")
    for key in ("by", "text"):
        if key not in turn:
            raise DraftError(f"a turn of `history` has no {key!r}; it needs `by` and `text`")
    by = one_of(turn["by"], "speaker", SPEAKERS, lambda message: DraftError(f"a turn of `history`: {message}"))
    said = text(turn["text"], "text", lambda message: DraftError(f"a turn of `history`: {message}"))
    return Turn(by, said, None if absent(turn.get("at")) else _at(turn["at"]))


def _at(value: object) -> datetime:
    """When a turn was sent, by the clock that it names: its zone is left out. Raises DraftError."""
    if isinstance(value, str):
        with suppress(ValueError):
            value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        shape = shown(value) if isinstance(value, str) else _kind(value)
        raise DraftError(f"`at` of a turn of `history` must be a time such as 2026-09-01T14:05, not {shape}")
    return value.replace(tzinfo=None)


def _kind(value: object) -> str:
    """What a value is, in words: `None`, `an int`, `a list`."""
    if value is None:
        return "None"
    name = type(value).__name__
    return f"{'an' if name.startswith(tuple('aeiouAEIOU')) else 'a'} {name}"
