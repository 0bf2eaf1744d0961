"""The page about pull requests: its files are written, its commands run."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

import pytest

from scripts import catalogues
from tests.conftest import Run
from tests.docs.page import ROOT, walked

PAGE = (ROOT / "docs" / "ci.md").read_text() if (ROOT / "docs" / "ci.md").exists() else ""
SECONDS = re.compile(r"in [0-9.]+ s\.")


@pytest.mark.checkout
def test_the_page_is_true(tmp_path: Path) -> None:
    """Each command prints the lines below it; only how long it took is another."""
    assert walked(PAGE, tmp_path, same=partial(SECONDS.sub, "in … s.")) == (8, 0)


@pytest.mark.data
@pytest.mark.checkout
def test_old_debt_of_a_real_catalogue_waits(run: Run, data: Path, tmp_path: Path) -> None:
    """Three hundred replies of others go from red to green with `baseline`; one bad edit turns them red, alone."""
    folder = data / "catalogues"
    every = {name: catalogues.CATALOGUES[name](folder).read(catalogues.ours) for name in ("star", "mojira")}
    topics = {f"{name}-{topic}": found for name, one in every.items() for topic, found in one.topics.items()}
    catalogues.written(catalogues.Replies(topics=topics), tmp_path, "Care")
    settings = {"packs": ["Care", "Chat", "Plain"], "engines": {}, "fail_on": "suggestion"}
    (tmp_path / "cannedkit.yaml").write_text(json.dumps(settings))
    red = json.loads(run("check", "--format", "json", cwd=tmp_path).out)
    assert (red["errors"], red["checked"]["responses"] > 300, len(red["findings"]) > 50) == ([], True, True)
    assert run("check", cwd=tmp_path).code == 1
    assert run("baseline", cwd=tmp_path).code == 0
    assert run("check", cwd=tmp_path).code == 0
    path = next((tmp_path / "responses").glob("star-*.yaml"))
    made = json.loads(path.read_text())
    id = next(iter(made))
    made[id]["body"] = {"en": "Your seat is booked. I'll write to you soon."}
    path.write_text(json.dumps(made))
    found = json.loads(run("check", "--format", "json", cwd=tmp_path).out)["findings"]
    assert [(one["response"], one["text"]) for one in found if one["rule"] != "Baseline.Mended"] == [
        (f"{path.stem}/{id}", "soon")
    ]
