"""Canned replies that read as if a person wrote them: a catalogue of them, and a linter for it and for drafts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cannedkit.kit import Kit as Kit
    from cannedkit.model import CannedkitError as CannedkitError
    from cannedkit.model import Catalogue as Catalogue
    from cannedkit.model import CatalogueError as CatalogueError
    from cannedkit.model import CheckFailed as CheckFailed
    from cannedkit.model import DraftError as DraftError
    from cannedkit.model import EngineError as EngineError
    from cannedkit.model import FileFinding as FileFinding
    from cannedkit.model import Finding as Finding
    from cannedkit.model import InputError as InputError
    from cannedkit.model import Level as Level
    from cannedkit.model import Place as Place
    from cannedkit.model import Problem as Problem
    from cannedkit.model import Reply as Reply
    from cannedkit.model import ReplyError as ReplyError
    from cannedkit.model import Response as Response
    from cannedkit.model import Review as Review
    from cannedkit.model import RuleError as RuleError
    from cannedkit.model import Settings as Settings
    from cannedkit.model import SettingsError as SettingsError
    from cannedkit.valuetypes import Money as Money

_HOMES = {"Kit": "cannedkit.kit", "Money": "cannedkit.valuetypes"}
"""The public names that do not live in `cannedkit.model`."""

__all__ = [
    "CannedkitError",
    "Catalogue",
    "CatalogueError",
    "CheckFailed",
    "DraftError",
    "EngineError",
    "FileFinding",
    "Finding",
    "InputError",
    "Kit",
    "Level",
    "Money",
    "Place",
    "Problem",
    "Reply",
    "ReplyError",
    "Response",
    "Review",
    "RuleError",
    "Settings",
    "SettingsError",
]


def __getattr__(name: str) -> Any:
    """The public name, imported when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'cannedkit' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "cannedkit.model")), name)
