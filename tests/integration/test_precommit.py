"""The hooks, run by pre-commit itself on a repository."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout
ROOT = Path(__file__).parents[2]

REPLY = "late: It will be with you on Friday.\n"


def _git(folder: Path, *arguments: str) -> str:
    name = ["-c", "user.name=Jo", "-c", "user.email=jo@example.org", "-c", "protocol.file.allow=always"]
    return subprocess.run(
        ["git", *name, *arguments], cwd=folder, capture_output=True, text=True, check=True, timeout=60
    ).stdout


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of its own that holds what stands in the checkout now."""
    folder = tmp_path_factory.mktemp("hooks")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file() and not name.startswith(("tests/", "benchmarks/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "cannedkit")
    return folder


def test_pre_commit_runs_the_hooks(hooks: Path, tmp_path: Path) -> None:
    """A commit of a bad reply or draft is stopped with its finding; a good one goes through; others start nothing."""
    shop, home = tmp_path / "shop", tmp_path / "home"
    (shop / "responses").mkdir(parents=True)
    (shop / "cannedkit.yaml").write_text("packs: [Care]\nengines: {}\nfail_on: warning\n")
    (shop / "responses" / "orders.yaml").write_text(REPLY)
    revision = _git(hooks, "rev-parse", "HEAD").strip()
    (shop / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks: [{{id: cannedkit-check}}, {{id: cannedkit-lint}}]\n"
    )
    _git(shop, "init", "--quiet")

    def ran() -> tuple[int, str]:
        _git(shop, "add", "--all")
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--color", "never"],
            cwd=shop,
            env={**environment, "PRE_COMMIT_HOME": str(home), "GIT_CONFIG_COUNT": "0"},
            capture_output=True,
            text=True,
            timeout=600,
        )
        return done.returncode, done.stdout + done.stderr

    code, told = ran()
    assert code == 0, told
    assert "cannedkit check" in told
    assert "Passed" in told
    (shop / "responses" / "orders.yaml").write_text(REPLY.replace("on Friday", "soon"))
    (shop / "draft.md").write_text("It will be with you shortly.\n")
    code, told = ran()
    assert code == 1
    assert "responses/orders.yaml:1:27: warning: 'soon' is not a time" in told
    assert "draft.md:1:21: warning: 'shortly' is not a time" in told
    _git(shop, "commit", "--quiet", "--message", "as it is")
    (shop / "code.py").write_text("x = 1\n")
    code, told = ran()
    assert (code, told.count("(no files to check)Skipped")) == (0, 2)
