"""BCP 47 tags: how one is written, and what a locale falls back to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from cannedkit.text.nearest import Value

if TYPE_CHECKING:
    from babel import Locale


_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?(?P<variants>(?:-[a-z0-9]{5,8})*)",
    re.IGNORECASE | re.ASCII,
)
"""Language, script, region and variants (RFC 5646, section 2.1); extensions say nothing about a text's language."""


def canonical(tag: str) -> str | None:
    """A BCP 47 tag as it is usually written (en, en-GB, zh-Hant-TW), in whatever case it came; None for no tag."""
    found = _TAG.fullmatch(tag)
    if not found:
        return None
    script, region = found["script"] or "", found["region"] or ""
    parts = (found["language"].lower(), script.title(), region.upper(), found["variants"].lower().removeprefix("-"))
    return "-".join(part for part in parts if part)


@lru_cache(maxsize=256)
def parents(locale: str) -> tuple[str, ...]:
    """The tags in which to look for what is wanted in `locale`: itself, its parents, then "" for any."""
    parts = locale.split("-") if locale else []
    return (*("-".join(parts[:length]) for length in range(len(parts), 0, -1)), "")


def for_locale(by_locale: Mapping[str, Value], locale: str) -> Value | None:
    """The entry for `locale`, for its nearest parent, or for any locale (""); None where there is none."""
    for tag in parents(locale):
        if tag in by_locale:
            return by_locale[tag]
    return None


@lru_cache(maxsize=256)
def babel_locale(locale: str) -> Locale:
    """Babel's locale for a BCP 47 tag: the tag itself, else its nearest parent that Babel knows, else English."""
    from babel import Locale, UnknownLocaleError

    for tag in parents(locale):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")
