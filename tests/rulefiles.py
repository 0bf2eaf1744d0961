"""Rule files written for a test, and what they find."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cannedkit.lint import linter as lint
from cannedkit.lint.packs import read_pack
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.rule import Check, Pack
from cannedkit.model.settings import Channel, Settings


def write(folder: Path, files: Mapping[str, str], pack: str = "Test", *, forgiving: bool = False) -> Pack:
    """A pack with one file for each name in `files`, read. Raises RuleError, unless `forgiving`."""
    place = folder / pack
    place.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (place / f"{name}.yml").write_text(content, encoding="utf-8")
    return read_pack(place, forgiving=forgiving)


def linter(folder: Path, files: Mapping[str, str], **settings: Any) -> lint.Linter:
    """A linter over one pack without engines; `settings` are those of `Settings`."""
    return lint.build(Settings(root=folder, engines={}, **settings), [write(folder, files)])


def check(folder: Path, content: str, **settings: Any) -> Check:
    """The check that one rule file becomes."""
    (built,) = linter(folder, {"Rule": content}, **settings).checks
    return built


def findings(folder: Path, content: str, text: str, **draft: Any) -> list[Finding]:
    """What one rule file finds in a text; `draft` are the other fields of `Draft`."""
    return linter(folder, {"Rule": content}).lint(Draft(text, **draft))


def matches(folder: Path, content: str, text: str, **draft: Any) -> list[str]:
    """The stretches of a text that one rule file finds."""
    return [text[found.start : found.end] for found in findings(folder, content, text, **draft)]


def channels(**limits: int) -> dict[str, Channel]:
    """One channel, chat, with limits of its own."""
    return {
        "chat": Channel("chat", limits={"body": {name.removeprefix("max_"): most for name, most in limits.items()}})
    }
