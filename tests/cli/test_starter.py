"""The starter catalogue is approved in its lock: here, in the wheel, and in the shop that `init` writes."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from cannedkit import Kit
from cannedkit.catalogue.lock import ATTRIBUTES, FILE, UNION
from cannedkit.catalogue.standing import standings
from cannedkit.cli.init import NAMES
from cannedkit.settings import shipped
from tests.conftest import Run

MAINTAINERS = "cannedkit maintainers"


def test_each_text_is_approved() -> None:
    """Whoever edits a reply of the starter, or adds one, reads it and approves it: `cannedkit approve ID --by NAME`."""
    kit = Kit.load(shipped(), with_engines=False)
    told = standings(kit.catalogue, kit.lock, kit.settings)
    assert [f"{one.state}: {one.wording}" for one in told if one.state != "approved"] == []
    assert len(told) >= 496
    assert {one.approval.by for one in told if one.approval} == {MAINTAINERS}


def test_its_lock_holds(run: Run) -> None:
    """`lock --verify` has nothing to say against it, and no line is left of a text that is gone."""
    ran = run("lock", "--verify", str(shipped()))
    *lines, last = ran.out.splitlines()
    assert last == f"{len(lines)} texts: {len(lines)} approved."
    assert (ran.err, ran.code) == ("", 0)


def test_a_new_shop_is_approved(run: Run, tmp_path: Path) -> None:
    """What `init` writes verifies at once; git is told how to merge the lock; a reply that is edited is stale."""
    shop = tmp_path / "shop"
    assert run("init", str(shop)).code == 0
    assert (shop / ATTRIBUTES).read_text() == f"{UNION}\n"
    assert run("lock", "--verify", str(shop)).code == 0
    reply = Kit.load(shop, with_engines=False).reply("closing/done", variation=1)
    assert reply.approved
    path = shop / "responses" / "closing.yaml"
    path.write_text(path.read_text().replace(reply.text, f"{reply.text} Bye."))
    ran = run("lock", "--verify", str(shop))
    assert "stale: closing/done (en): Changed since cannedkit maintainers approved it" in ran.out
    assert ran.code == 1
    assert not Kit.load(shop, with_engines=False).reply("closing/done", variation=1).approved


def test_what_git_is_told_already_stays(run: Run, tmp_path: Path) -> None:
    """A `.gitattributes` that is there is left alone, and so is a link that leads nowhere yet."""
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / ATTRIBUTES).write_text("*.md text\n")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / ATTRIBUTES).symlink_to("../outside")
    assert run("init", str(tmp_path / "one")).code == 0
    assert run("init", str(tmp_path / "two")).code == 0
    assert (tmp_path / "one" / ATTRIBUTES).read_text() == "*.md text\n"
    assert not os.path.lexists(tmp_path / "outside")


@pytest.mark.checkout
@pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="hatchling builds the wheel")
def test_the_wheel_has_all_that_init_writes(tmp_path: Path) -> None:
    """Each file of the starter stands in the wheel as it stands here, its lock too."""
    from hatchling.builders.wheel import WheelBuilder

    root = Path(__file__).parents[2]
    [built] = WheelBuilder(str(root)).build(directory=str(tmp_path), versions=["standard"])
    with ZipFile(built) as wheel:
        inside = {name.removeprefix("cannedkit/data/"): wheel.read(name) for name in wheel.namelist()}
    here = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for name in NAMES
        for path in ([root / name] if (root / name).is_file() else (root / name).rglob("*.yaml"))
    }
    assert FILE in here
    assert {name: data for name, data in inside.items() if name in here} == here
