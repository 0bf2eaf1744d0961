"""What each step of a rule's `edit` makes of a text: the steps are those of `action.EDITS`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from cannedkit.prose.case import cased, sentence_case, simple, title_case
from cannedkit.prose.numbers import digits, spelled

_SMART = (("---", "—"), ("--", "–"), ("...", "…"))
_DUMB = (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"'), ("—", "---"), ("–", "--"), ("…", "..."), ("\u00a0", " "))
_LETTERS = str.maketrans(
    {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ß": "ss", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"}
    | {"ł": "l", "Ł": "L", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D"}
)


def _split(edited: str, separator: str, index: str) -> str:
    parts = edited.split(separator)
    return parts[int(index)] if int(index) < len(parts) else edited


def _smart(edited: str) -> str:
    for plain, set_right in _SMART:
        edited = edited.replace(plain, set_right)
    out: list[str] = []
    for at, character in enumerate(edited):
        opens = at == 0 or edited[at - 1].isspace() or edited[at - 1] in "([{<—–/"
        pair = {'"': "“”", "'": "‘’"}.get(character)
        out.append(character if pair is None else pair[0] if opens else pair[1])
    return "".join(out)


def _dumb(edited: str) -> str:
    for set_right, plain in _DUMB:
        edited = edited.replace(set_right, plain)
    return edited


def _ascii(edited: str) -> str:
    apart = unicodedata.normalize("NFD", _dumb(edited).translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(one for one in apart if unicodedata.category(one) != "Mn"))


EDITORS: Mapping[str, Callable[..., str]] = {
    "replace": lambda edited, old, new: edited.replace(old, new),
    "split": _split,
    "remove": lambda edited, signs: "".join(one for one in edited if one not in signs),
    "trim": lambda edited, signs: edited.strip(signs),
    "trim_left": lambda edited, signs: edited.lstrip(signs),
    "trim_right": lambda edited, signs: edited.rstrip(signs),
    "truncate": lambda edited, separator: edited.split(separator)[0] if separator else edited[:1],
    "wrap": lambda edited, mark: mark + edited + mark,
    "unwrap": lambda edited, mark: edited.removeprefix(mark).removesuffix(mark),
    "prefix": lambda edited, mark: mark + edited,
    "suffix": lambda edited, mark: edited + mark,
    "squeeze": lambda edited: re.sub(r"[\t\n\f\r ]+", " ", edited),
    "capitalize": lambda edited: edited[:1].upper() + edited[1:],
    "uncapitalize": lambda edited: edited[:1].lower() + edited[1:],
    "smart": _smart,
    "dumb": _dumb,
    "ascii": _ascii,
    "words": spelled,
    "digits": digits,
    "lower": str.lower,
    "upper": str.upper,
    "title": title_case,
    "sentence": sentence_case,
    "simple": simple,
    "kebab": lambda edited: cased(edited, "-"),
    "snake": lambda edited: cased(edited, "_"),
    "camel": lambda edited: _camel(edited),
    "pascal": lambda edited: _pascal(edited),
}
"""The name of a step -> what it makes of a text, with the parameters of the step behind it."""


def _pascal(edited: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in cased(edited, " ").split(" "))


def _camel(edited: str) -> str:
    body = _pascal(edited)
    return body[:1].lower() + body[1:] if len(body) > 1 else edited
