"""The page about what stands around a catalogue: its files pass their schemas, its commands are run."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import partial
from os import environ, pathsep
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.page import BLOCK, FILE, ROOT, walked

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "integrations.md").read_text() if (ROOT / "docs" / "integrations.md").exists() else ""
SECONDS = re.compile(r"in [0-9.]+ s\.")


def _files() -> dict[str, str]:
    """The files of the page, by name."""
    return {FILE.match(text)[1]: text for language, text in BLOCK.findall(PAGE) if language == "yaml"}  # type: ignore[index]


def test_the_page_is_true(tmp_path: Path) -> None:
    """Each command prints the lines below it; only how long it took is another."""
    assert walked(PAGE, tmp_path, ("yaml", "html"), partial(SECONDS.sub, "in … s.")) == (8, 0)


def test_its_workflow_and_pipeline_are_ones() -> None:
    """The runners' schemas take them, and what they ask of us is there."""
    from tests.integration.test_runners import ACTION, COMPONENT, _vendored
    from tests.report.test_schemas import _schema_faults

    workflow: dict[Any, Any] = yaml.safe_load(_files()[".github/workflows/replies-by-action.yml"])
    workflow = {("on" if key is True else key): value for key, value in workflow.items()}
    assert _schema_faults(_vendored("github-workflows"), workflow) == []
    assert set(workflow["jobs"]["check"]["steps"][1]["with"]) <= set(ACTION["inputs"])
    pipeline = yaml.safe_load(_files()["gitlab/with-component.yml"])
    assert _schema_faults(_vendored("gitlab-ci"), pipeline) == []
    assert set(pipeline["include"][0]["inputs"]) <= set(yaml.safe_load(COMPONENT.split("\n---\n")[0])["spec"]["inputs"])
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    named = yaml.safe_load(_files()["hooks/.pre-commit-config.yaml"])["repos"][0]["hooks"]
    assert [hook["id"] for hook in named] == [hook["id"] for hook in hooks]
    table = re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE)
    assert table == list(ACTION["inputs"])


def test_its_reviewdog_runs(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The line of the page, with a reporter that needs no GitHub, shows the finding and fails."""
    from tests.golang import built

    program = built(request.config, "github.com/reviewdog/reviewdog", "v0.21.0", "cmd/reviewdog")
    (line,) = [each for each in PAGE.splitlines() if "| reviewdog " in each]
    local = line.replace("-reporter=github-pr-review", "-reporter=local -filter-mode=nofilter")
    assert local != line
    (tmp_path / "responses").mkdir()
    (tmp_path / "cannedkit.yaml").write_text("packs: [Care]\nengines: {}\nlevels: {Care: error}\n")
    (tmp_path / "responses" / "a.yaml").write_text("late: It will be with you soon.\n")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    path = pathsep.join((str(Path(sys.executable).parent), str(program.parent), environ["PATH"]))
    done = subprocess.run(
        ["bash", "-c", local], cwd=tmp_path, env={**environ, "PATH": path}, capture_output=True, text=True, timeout=60
    )
    assert "'soon' is not a time" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_its_completion_is_what_shells_take(shell: str) -> None:
    """The line of a shell is the one that our tests of that shell run."""
    tried = (ROOT / "tests" / "integration" / "test_shells.py").read_text()
    (line,) = [each for each in PAGE.splitlines() if f"={shell}_source" in each]
    assert line in tried
    if shutil.which(shell):
        assert subprocess.run([shell, "-n", "-c", line], capture_output=True, timeout=30).returncode == 0
