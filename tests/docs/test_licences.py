"""The page of licences tells what the packages say, and no package is without one that is allowed or explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts import licences
from scripts.licences import COPYLEFT, DEEP, LOCK, MARK, PAGE, Package, packages, table

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).parents[2]


def test_the_page_is_what_the_packages_say() -> None:
    """Each package that this machine needs stands there so: `python -m scripts.licences --write` makes it so.

    Those of the extra `deep`, which need not be installed, stand there, too.
    """
    lock = LOCK.read_text(encoding="utf-8")
    found = packages(lock)
    written = PAGE.read_text(encoding="utf-8").partition(MARK)[2].splitlines()
    assert [one.fault for one in found if one.fault] == []
    assert set(table(found).splitlines()) <= set(written)
    deep = DEEP.read_text(encoding="utf-8")
    named = {one.name for one in packages(deep)}
    assert named <= {line.split()[1] for line in written[2:]}
    assert {line.split()[1] for line in written[2:]} <= set(re.findall(r"^([\w.-]+)", lock + deep, re.MULTILINE))


@pytest.mark.parametrize(
    ("package", "fault"),
    [
        (Package("a", "MIT"), ""),
        (Package("a", "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0"), ""),
        (Package("a", "GPL-3.0-only OR MIT"), ""),
        (Package("a", ""), "a says no licence"),
        (Package("a", "GPL-3.0-only"), "neither allowed nor explained"),
        (Package("a", "MIT AND GPL-3.0-only"), "neither allowed nor explained"),
        (Package("certifi", "GPL-3.0-only", "why"), "no longer MPL-2.0"),
    ],
)
def test_what_is_refused(package: Package, fault: str) -> None:
    """A licence that is unknown, asks for more without a reason, or has changed since the reason was written."""
    assert fault in package.fault
    assert bool(fault) == bool(package.fault)


def test_a_reason_is_for_a_package_of_the_lock() -> None:
    """No reason is left of a package that has gone."""
    locks = LOCK.read_text(encoding="utf-8") + DEEP.read_text(encoding="utf-8")
    assert set(COPYLEFT) <= {one.name for one in packages(locks)}


def test_the_gpl_is_met_where_the_page_says() -> None:
    """language-tool-python is imported in one module, inside a function."""
    importing = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "cannedkit").rglob("*.py")
        if "import language_tool_python" in path.read_text(encoding="utf-8")
        or "from language_tool_python" in path.read_text(encoding="utf-8")
    ]
    assert importing == ["cannedkit/engines/languagetool/install.py"]
    assert importing[0] in licences.COPYLEFT["language-tool-python"][1]
