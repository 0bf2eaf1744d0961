"""The GitHub action and the GitLab component: their shape by the runners' schemas, their scripts run here.

No GitHub and no GitLab runs here: bash runs each script as a runner would, with files in the place of the runner's.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.report.test_schemas import _schema_faults

pytestmark = pytest.mark.checkout
ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text()) if (ROOT / "action.yml").exists() else {}
COMPONENT = (ROOT / "templates" / "check.yml").read_text() if (ROOT / "templates").exists() else ""

SETTINGS = "packs: [Care]\nengines: {}\nfail_on: warning\n"
GOOD, BAD = "late: It will be with you on Friday.\n", "late: It will be with you soon.\n"


def _vendored(name: str) -> dict[str, Any]:
    """The schema of a runner, as check-jsonschema ships it."""
    folder = resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
    schema: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return schema


# -- GitHub -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """What a step left behind: its code, its log, and the runner's files by name."""

    code: int
    log: str
    files: dict[str, str]


def _step(step: dict[str, Any], inputs: dict[str, str], folder: Path, path: str = "") -> Step:
    """A step as GitHub's runner runs it: its variables filled in, bash, and files for what it says to the runner."""
    known = {name: one.get("default", "") for name, one in ACTION["inputs"].items()} | inputs
    asked = {
        key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: known[found[1]], value)
        for key, value in step["env"].items()
    }
    names = ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY", "GITHUB_ENV")
    files = {name: folder / f"runner.{name}" for name in names}
    for file in files.values():
        file.write_text("")
    script = folder / "runner.sh"
    script.write_text(step["run"])
    runner = {"GITHUB_ACTION_PATH": str(ROOT), "RUNNER_TEMP": str(folder), "GITHUB_ACTIONS": "true"}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
        cwd=folder,
        env={**os.environ, **runner, **asked, **{name: str(file) for name, file in files.items()}}
        | {"PATH": f"{path or Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=600,
    )
    return Step(done.returncode, done.stdout + done.stderr, {name: file.read_text() for name, file in files.items()})


def _shop(folder: Path, reply: str) -> Path:
    (folder / "responses").mkdir()
    (folder / "cannedkit.yaml").write_text(SETTINGS)
    (folder / "responses" / "orders.yaml").write_text(reply)
    return folder


def test_the_action_is_one() -> None:
    """GitHub's schema takes it; each input is used, and none is written into a script, where it would be run."""
    schema = _vendored("github-actions")
    assert _schema_faults(schema, ACTION) == []
    assert _schema_faults(schema, {**ACTION, "runs": {"using": "composite"}}) != []
    steps = ACTION["runs"]["steps"]
    assert [step["run"] for step in steps if "${{" in step["run"]] == []
    used = {name for step in steps for value in step["env"].values() for name in re.findall(r"inputs\.([\w-]+)", value)}
    assert used == set(ACTION["inputs"])


def test_the_action_checks(tmp_path: Path) -> None:
    """A good catalogue passes; a bad one fails with an annotation, a summary, an output and its SARIF."""
    check = ACTION["runs"]["steps"][1]
    good = _step(check, {}, _shop(tmp_path, GOOD))
    assert (good.code, good.files["GITHUB_OUTPUT"]) == (0, "exit-code=0\n")
    (tmp_path / "responses" / "orders.yaml").write_text(BAD)
    bad = _step(check, {"sarif": "out file.sarif", "options": "--strict --no-engines"}, tmp_path)
    assert (bad.code, bad.files["GITHUB_OUTPUT"]) == (2, "exit-code=2\n")
    assert "::warning file=responses/orders.yaml,line=1" in bad.log
    assert "Care.VagueTime" in bad.files["GITHUB_STEP_SUMMARY"]
    assert json.loads((tmp_path / "out file.sarif").read_text())["runs"][0]["results"]
    assert _step(check, {"fail-on": "error"}, tmp_path).code == 0
    assert _step(check, {"path": "responses/orders.yaml"}, tmp_path).code == 1


@pytest.mark.parametrize("path", ["$(touch here)", "; touch here", "--help", "`touch here`", "a b"])
def test_an_input_is_no_script(tmp_path: Path, path: str) -> None:
    """What stands in an input is one argument, whatever it holds."""
    ran = _step(ACTION["runs"]["steps"][1], {"path": path}, _shop(tmp_path, GOOD))
    assert ran.code == 2
    assert "does not exist" in ran.log
    assert not (tmp_path / "here").exists()


def test_the_action_installs(tmp_path: Path) -> None:
    """The first step makes the program that the second one runs: from the checkout, in a place of its own."""
    install, check = ACTION["runs"]["steps"]
    made = _step(install, {}, _shop(tmp_path, GOOD))
    assert made.code == 0, made.log
    path = made.files["GITHUB_PATH"].strip()
    assert (Path(path) / "cannedkit").exists()
    ran = _step(check, {}, tmp_path, path)
    assert ran.code == 0, ran.log


# -- GitLab -------------------------------------------------------------------------------------


def _job(inputs: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The inputs of the component, and its jobs with these inputs filled in."""
    head, _, body = COMPONENT.partition("\n---\n")
    spec = yaml.safe_load(head)
    known = {name: one.get("default", "") for name, one in spec["spec"]["inputs"].items()} | inputs
    jobs = yaml.safe_load(re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: known[found[1]], body))
    return spec, jobs


def test_the_component_is_one() -> None:
    """GitLab's schema takes its head and its job, and no input is left that nothing uses."""
    schema = _vendored("gitlab-ci")
    spec, jobs = _job({})
    assert _schema_faults(schema, spec) == []
    assert _schema_faults(schema, jobs) == []
    assert _schema_faults(schema, {"job": {"script": 3}}) != []
    assert set(re.findall(r"inputs\.([\w-]+)", COMPONENT)) == set(spec["spec"]["inputs"])


def test_the_component_checks(tmp_path: Path) -> None:
    """Its script leaves both reports behind, and fails by what is found at `fail-on`."""
    shop = _shop(tmp_path, BAD)
    for level, code in (("error", 0), ("warning", 1)):
        job = _job({"fail-on": level})[1]["cannedkit"]
        done = subprocess.run(
            ["bash", "-e", "-c", "\n".join(job["script"])],
            cwd=shop,
            env={**os.environ, **job["variables"]}
            | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == code, done.stderr
        reports = job["artifacts"]["reports"]
        (issue,) = json.loads((shop / reports["codequality"]).read_text())
        assert issue["check_name"] == "Care.VagueTime"
        assert "<testsuite" in (shop / reports["junit"]).read_text()
        for name in reports.values():
            (shop / name).unlink()


# -- Docker -------------------------------------------------------------------------------------


def test_the_dockerfile_is_one(request: pytest.FixtureRequest) -> None:
    """The language server of Dockerfiles finds nothing wrong; no Docker runs here, and no image is made."""
    from tests.npm import program

    checker = program(request.config, "dockerfile-utils", "0.16.3", "bin/dockerfile-utils")
    for file, good in ((ROOT / "Dockerfile", True), (ROOT / "action.yml", False)):
        done = subprocess.run(["node", str(checker), "lint", str(file)], capture_output=True, text=True, timeout=60)
        assert (done.returncode == 0 and "Error" not in done.stdout) is good, done.stdout
