"""Canned replies that read as if a person wrote them: a catalogue of them, and a linter for it and for drafts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cannedkit.kit import Kit as Kit
    from cannedkit.lint.linter import Linter as Linter
    from cannedkit.model.approval import Approval as Approval
    from cannedkit.model.approval import Difference as Difference
    from cannedkit.model.approval import Lock as Lock
    from cannedkit.model.approval import Proof as Proof
    from cannedkit.model.approval import Wording as Wording
    from cannedkit.model.comparison import Comparison as Comparison
    from cannedkit.model.comparison import Departure as Departure
    from cannedkit.model.draft import Draft as Draft
    from cannedkit.model.draft import Finding as Finding
    from cannedkit.model.draft import Level as Level
    from cannedkit.model.draft import Turn as Turn
    from cannedkit.model.draft import Unit as Unit
    from cannedkit.model.errors import CannedkitError as CannedkitError
    from cannedkit.model.errors import CatalogueError as CatalogueError
    from cannedkit.model.errors import CheckFailed as CheckFailed
    from cannedkit.model.errors import DraftError as DraftError
    from cannedkit.model.errors import EngineError as EngineError
    from cannedkit.model.errors import Failure as Failure
    from cannedkit.model.errors import InputError as InputError
    from cannedkit.model.errors import Located as Located
    from cannedkit.model.errors import Place as Place
    from cannedkit.model.errors import Problem as Problem
    from cannedkit.model.errors import ReplyError as ReplyError
    from cannedkit.model.errors import RuleError as RuleError
    from cannedkit.model.errors import SettingsError as SettingsError
    from cannedkit.model.gate import Gate as Gate
    from cannedkit.model.gate import Remark as Remark
    from cannedkit.model.response import Body as Body
    from cannedkit.model.response import Catalogue as Catalogue
    from cannedkit.model.response import Match as Match
    from cannedkit.model.response import Missing as Missing
    from cannedkit.model.response import Reply as Reply
    from cannedkit.model.response import Response as Response
    from cannedkit.model.response import Stack as Stack
    from cannedkit.model.response import Variable as Variable
    from cannedkit.model.response import Waiver as Waiver
    from cannedkit.model.result import Advice as Advice
    from cannedkit.model.result import Change as Change
    from cannedkit.model.result import Checked as Checked
    from cannedkit.model.result import Compared as Compared
    from cannedkit.model.result import Explanation as Explanation
    from cannedkit.model.result import FileFinding as FileFinding
    from cannedkit.model.result import Fixed as Fixed
    from cannedkit.model.result import Mended as Mended
    from cannedkit.model.result import Rendering as Rendering
    from cannedkit.model.result import Review as Review
    from cannedkit.model.result import Rewritten as Rewritten
    from cannedkit.model.result import Unread as Unread
    from cannedkit.model.result import Use as Use
    from cannedkit.model.rule import Condition as Condition
    from cannedkit.model.rule import Example as Example
    from cannedkit.model.rule import Pack as Pack
    from cannedkit.model.rule import Rule as Rule
    from cannedkit.model.score import Cost as Cost
    from cannedkit.model.score import Score as Score
    from cannedkit.model.score import Scores as Scores
    from cannedkit.model.settings import Channel as Channel
    from cannedkit.model.settings import Fact as Fact
    from cannedkit.model.settings import Offer as Offer
    from cannedkit.model.settings import Settings as Settings
    from cannedkit.model.settings import Vocabulary as Vocabulary
    from cannedkit.model.upkeep import Due as Due
    from cannedkit.model.upkeep import FactUse as FactUse
    from cannedkit.model.upkeep import Sent as Sent
    from cannedkit.model.upkeep import Usage as Usage
    from cannedkit.template.types import Money as Money

_HOMES = {
    "Advice": "cannedkit.model.result",
    "Approval": "cannedkit.model.approval",
    "Body": "cannedkit.model.response",
    "CannedkitError": "cannedkit.model.errors",
    "Catalogue": "cannedkit.model.response",
    "CatalogueError": "cannedkit.model.errors",
    "Change": "cannedkit.model.result",
    "Channel": "cannedkit.model.settings",
    "CheckFailed": "cannedkit.model.errors",
    "Checked": "cannedkit.model.result",
    "Compared": "cannedkit.model.result",
    "Comparison": "cannedkit.model.comparison",
    "Condition": "cannedkit.model.rule",
    "Cost": "cannedkit.model.score",
    "Departure": "cannedkit.model.comparison",
    "Difference": "cannedkit.model.approval",
    "Draft": "cannedkit.model.draft",
    "DraftError": "cannedkit.model.errors",
    "Due": "cannedkit.model.upkeep",
    "EngineError": "cannedkit.model.errors",
    "Example": "cannedkit.model.rule",
    "Explanation": "cannedkit.model.result",
    "Fact": "cannedkit.model.settings",
    "FactUse": "cannedkit.model.upkeep",
    "Failure": "cannedkit.model.errors",
    "FileFinding": "cannedkit.model.result",
    "Finding": "cannedkit.model.draft",
    "Fixed": "cannedkit.model.result",
    "Gate": "cannedkit.model.gate",
    "InputError": "cannedkit.model.errors",
    "Kit": "cannedkit.kit",
    "Level": "cannedkit.model.draft",
    "Linter": "cannedkit.lint.linter",
    "Located": "cannedkit.model.errors",
    "Lock": "cannedkit.model.approval",
    "Match": "cannedkit.model.response",
    "Mended": "cannedkit.model.result",
    "Missing": "cannedkit.model.response",
    "Money": "cannedkit.template.types",
    "Offer": "cannedkit.model.settings",
    "Pack": "cannedkit.model.rule",
    "Place": "cannedkit.model.errors",
    "Problem": "cannedkit.model.errors",
    "Proof": "cannedkit.model.approval",
    "Remark": "cannedkit.model.gate",
    "Rendering": "cannedkit.model.result",
    "Reply": "cannedkit.model.response",
    "ReplyError": "cannedkit.model.errors",
    "Response": "cannedkit.model.response",
    "Review": "cannedkit.model.result",
    "Rewritten": "cannedkit.model.result",
    "Rule": "cannedkit.model.rule",
    "RuleError": "cannedkit.model.errors",
    "Score": "cannedkit.model.score",
    "Scores": "cannedkit.model.score",
    "Sent": "cannedkit.model.upkeep",
    "Settings": "cannedkit.model.settings",
    "SettingsError": "cannedkit.model.errors",
    "Stack": "cannedkit.model.response",
    "Turn": "cannedkit.model.draft",
    "Unit": "cannedkit.model.draft",
    "Unread": "cannedkit.model.result",
    "Use": "cannedkit.model.result",
    "Usage": "cannedkit.model.upkeep",
    "Variable": "cannedkit.model.response",
    "Vocabulary": "cannedkit.model.settings",
    "Waiver": "cannedkit.model.response",
    "Wording": "cannedkit.model.approval",
}
"""A public name -> the module that it lives in."""

__all__ = [
    "Advice",
    "Approval",
    "Body",
    "CannedkitError",
    "Catalogue",
    "CatalogueError",
    "Change",
    "Channel",
    "CheckFailed",
    "Checked",
    "Compared",
    "Comparison",
    "Condition",
    "Cost",
    "Departure",
    "Difference",
    "Draft",
    "DraftError",
    "Due",
    "EngineError",
    "Example",
    "Explanation",
    "Fact",
    "FactUse",
    "Failure",
    "FileFinding",
    "Finding",
    "Fixed",
    "Gate",
    "InputError",
    "Kit",
    "Level",
    "Linter",
    "Located",
    "Lock",
    "Match",
    "Mended",
    "Missing",
    "Money",
    "Offer",
    "Pack",
    "Place",
    "Problem",
    "Proof",
    "Remark",
    "Rendering",
    "Reply",
    "ReplyError",
    "Response",
    "Review",
    "Rewritten",
    "Rule",
    "RuleError",
    "Score",
    "Scores",
    "Sent",
    "Settings",
    "SettingsError",
    "Stack",
    "Turn",
    "Unit",
    "Unread",
    "Usage",
    "Use",
    "Variable",
    "Vocabulary",
    "Waiver",
    "Wording",
]


def __getattr__(name: str) -> Any:
    """The public name, imported when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'cannedkit' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
