"""ARCHITECTURE.md tells of the rooms that there are, and of functions that there are."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import cannedkit

PAGE = Path(__file__).parents[2] / "ARCHITECTURE.md"
pytestmark = pytest.mark.checkout


def test_the_table_names_every_room() -> None:
    """The tree of the page is the tree of the package, one line a room."""
    package = Path(cannedkit.__file__).parent
    rooms = {path.name + "/" for path in package.iterdir() if (path / "__init__.py").is_file()}
    rooms |= {path.name for path in package.glob("*.py") if not path.name.startswith("__")}
    listed = re.findall(r"^\| `([a-z]+(?:/|\.py))` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(rooms)


def test_the_functions_on_the_way_exist() -> None:
    """Each `room.module.name` of the two journeys can be imported."""
    named = set(re.findall(r"`((?:[a-z]+\.)+[A-Za-z_]+)`", PAGE.read_text(encoding="utf-8")))
    found = set()
    for dotted in named:
        module, _, name = dotted.rpartition(".")
        try:
            found |= {dotted} if hasattr(import_module(f"cannedkit.{module}"), name) else set()
        except ImportError:
            continue
    assert {
        *("lint.linter.build", "lint.packs.available", "rules.packs._pack", "rules.file.read_rule", "kinds.read"),
        *("cache.keep", "engines.open_all", "report.write", "catalogue.load.load", "catalogue.body.read_bodies"),
        *("review.review.check", "review.unit.units", "review.unit.look", "review.waivers.waived"),
        *("cli.shared.make_report", "sources.ENGINES", "sources.REPORTED", "report.FORMATS"),
    } <= found
