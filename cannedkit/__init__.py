"""Canned replies that read as if a person wrote them: a catalogue of them, and a linter for it and for drafts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cannedkit.kit import Kit as Kit
    from cannedkit.model.draft import Finding as Finding
    from cannedkit.model.draft import Level as Level
    from cannedkit.model.errors import CannedkitError as CannedkitError
    from cannedkit.model.errors import CatalogueError as CatalogueError
    from cannedkit.model.errors import CheckFailed as CheckFailed
    from cannedkit.model.errors import DraftError as DraftError
    from cannedkit.model.errors import EngineError as EngineError
    from cannedkit.model.errors import InputError as InputError
    from cannedkit.model.errors import Place as Place
    from cannedkit.model.errors import Problem as Problem
    from cannedkit.model.errors import ReplyError as ReplyError
    from cannedkit.model.errors import RuleError as RuleError
    from cannedkit.model.errors import SettingsError as SettingsError
    from cannedkit.model.response import Catalogue as Catalogue
    from cannedkit.model.response import Reply as Reply
    from cannedkit.model.response import Response as Response
    from cannedkit.model.result import FileFinding as FileFinding
    from cannedkit.model.result import Review as Review
    from cannedkit.model.settings import Settings as Settings
    from cannedkit.template.types import Money as Money

_HOMES = {
    "CannedkitError": "cannedkit.model.errors",
    "Catalogue": "cannedkit.model.response",
    "CatalogueError": "cannedkit.model.errors",
    "CheckFailed": "cannedkit.model.errors",
    "DraftError": "cannedkit.model.errors",
    "EngineError": "cannedkit.model.errors",
    "FileFinding": "cannedkit.model.result",
    "Finding": "cannedkit.model.draft",
    "InputError": "cannedkit.model.errors",
    "Kit": "cannedkit.kit",
    "Level": "cannedkit.model.draft",
    "Money": "cannedkit.template.types",
    "Place": "cannedkit.model.errors",
    "Problem": "cannedkit.model.errors",
    "Reply": "cannedkit.model.response",
    "ReplyError": "cannedkit.model.errors",
    "Response": "cannedkit.model.response",
    "Review": "cannedkit.model.result",
    "RuleError": "cannedkit.model.errors",
    "Settings": "cannedkit.model.settings",
    "SettingsError": "cannedkit.model.errors",
}
"""A public name -> the module that it lives in."""

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
    return getattr(import_module(_HOMES[name]), name)
