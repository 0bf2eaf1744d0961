"""Where cannedkit.yaml is, and what is shipped; the settings of a folder that has no such file."""

from __future__ import annotations

import os
from pathlib import Path

from cannedkit.model.settings import Settings

FILE = "cannedkit.yaml"


def shipped() -> Path:
    """The folder that holds the shipped `rules` and `responses`: inside an installed wheel, or the checkout."""
    package = Path(__file__).resolve().parent.parent
    return next(
        (folder for folder in (package / "data", package.parent) if os.path.isdir(folder / "rules")), package / "data"
    )


def find(start: Path) -> Path | None:
    """The nearest cannedkit.yaml in `start` or the folders above it (or `start` itself, if it is that file)."""
    start = start.resolve()
    if os.path.isfile(start):
        return start if start.name == FILE else find(start.parent)
    return next((folder / FILE for folder in (start, *start.parents) if os.path.isfile(folder / FILE)), None)


def without_file(folder: Path) -> Settings:
    """The settings where there is no cannedkit.yaml: the shipped packs, locale en, channel chat."""
    return Settings(root=folder, catalogue=folder / "responses", rules=folder / "rules")
