"""The linter of a .vale.ini, kept between runs: while its files are as they were, no style is read."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from cannedkit import cache
from cannedkit.lint import plan
from cannedkit.lint.linter import Linter
from cannedkit.lint.plan import Mark, Plan
from cannedkit.model.draft import Level
from cannedkit.model.settings import Settings
from cannedkit.vale.ini import Choice, ValeIni

_SUBJECT = "plan vale"


def mark(ini: ValeIni, choice: Choice, least: Level) -> Mark | None:
    """All that the linter for a choice of rules depends on; None where that cannot be told.

    What lies behind a link to a folder is not looked at, and may be another next time.
    """
    if ini.refused:
        return None
    for path in ini.styles_paths:
        for above, inner, _ in os.walk(path):
            if any(os.path.islink(os.path.join(above, one)) for one in inner):
                return None
    files = cache.below(ini.styles_paths)
    told = repr((ini, choice, least, files, cache.stamp([]), plan.libraries()))
    return _SUBJECT, sha256(told.encode("utf-8", "surrogatepass")).digest()


def recall(ini: ValeIni, mark: Mark | None) -> Linter | None:
    """The linter that was kept under a mark, None where there is none."""
    kept = cache.recall(_SUBJECT, _folder(ini), mark) if mark else None
    match kept:
        case (Settings() as settings, Plan() as found):
            return plan.restored(found, settings)
    return None


def keep(ini: ValeIni, mark: Mark | None, settings: Settings, linter: Linter) -> None:
    """Keep a linter that was built under some settings, if nothing was refused."""
    if mark and not linter.refused and (made := plan.of_linter(linter)):
        cache.keep(_SUBJECT, _folder(ini), mark, (settings, made))


def _folder(ini: ValeIni) -> Path:
    return ini.path.absolute().parent
