"""Machine formats against the schemas of those who read them, as their own packages ship these."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

from cannedkit.report import write
from tests.golang import module
from tests.npm import program
from tests.report.samples import CLEAN, ONE_OF_EACH

pytestmark = pytest.mark.checkout
REPORTS = pytest.mark.parametrize("report", [ONE_OF_EACH, CLEAN], ids=["one of each", "clean"])


def _schema_faults(schema: dict[str, Any], document: Any) -> list[str]:
    from jsonschema.validators import validator_for

    return [f"{error.json_path}: {error.message}" for error in validator_for(schema)(schema).iter_errors(document)]


@pytest.fixture(scope="session")
def multitool(request: pytest.FixtureRequest) -> Path:
    """Microsoft's checker of SARIF, which holds the schema of the standard."""
    if sys.platform != "linux":
        pytest.skip("the SARIF multitool goes untried: its package here is for Linux")
    file = program(request.config, "@microsoft/sarif-multitool-linux", "5.7.0", "Sarif.Multitool")
    file.chmod(0o755)
    return file


def _said_of_sarif(multitool: Path, path: Path) -> list[str]:
    """What the checker says of a log, its advice and taste aside."""
    told = path.with_suffix(".told")
    command = [str(multitool), "validate", str(path), "--output", str(told), "--log", "ForceOverwrite"]
    subprocess.run(command, capture_output=True, timeout=120)
    (run,) = json.loads(told.read_text("utf-8-sig"))["runs"]
    assert run["invocations"][0]["executionSuccessful"]
    return [json.dumps(one["message"]) for one in run.get("results", ()) if one.get("level", "warning") == "error"]


@REPORTS
def test_sarif(multitool: Path, tmp_path: Path, report: Any) -> None:
    """The standard's checker finds no error in a log."""
    path = tmp_path / "report.sarif"
    path.write_text(write(report, "sarif"), encoding="utf-8")
    assert _said_of_sarif(multitool, path) == []


def test_sarif_that_is_none(multitool: Path, tmp_path: Path) -> None:
    """The checker does find fault: with a message that is a number."""
    path = tmp_path / "report.sarif"
    log = json.loads(write(ONE_OF_EACH, "sarif"))
    log["runs"][0]["results"][0]["message"] = 3
    path.write_text(json.dumps(log), encoding="utf-8")
    assert _said_of_sarif(multitool, path) != []


@pytest.fixture(scope="session")
def xunit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The schema by which Jenkins reads JUnit, as the source of pytest holds it."""
    import xmlschema

    folder = tmp_path_factory.mktemp("pytest")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "pytest"]
    done = subprocess.run(
        [*command, "--dest", str(folder), "pytest==8.4.2"], capture_output=True, text=True, timeout=300
    )
    if done.returncode:
        pytest.skip(f"the schema of JUnit goes untried: pip cannot download the source of pytest: {done.stderr[:200]}")
    with tarfile.open(next(folder.glob("*.tar.gz"))) as source:
        file = source.extractfile("pytest-8.4.2/testing/example_scripts/junit-10.xsd")
        assert file
        return xmlschema.XMLSchema(file.read().decode())


@REPORTS
def test_junit(xunit: Any, report: Any) -> None:
    """What Jenkins would read is as its schema says."""
    assert [error.reason for error in xunit.iter_errors(write(report, "junit"))] == []


def test_junit_that_is_none(xunit: Any) -> None:
    """The schema does find fault: with an element that it does not have."""
    text = write(ONE_OF_EACH, "junit").replace("<failure", "<fault").replace("</failure", "</fault")
    assert list(xunit.iter_errors(text)) != []


@REPORTS
def test_rdjson(report: Any) -> None:
    """The schema that reviewdog makes of its own message takes both of its formats."""
    folder = module("github.com/reviewdog/reviewdog", "v0.21.0") / "proto" / "rdf" / "jsonschema"
    whole, one = (json.loads((folder / f"{name}.json").read_text()) for name in ("DiagnosticResult", "Diagnostic"))
    assert _schema_faults(whole, json.loads(write(report, "rdjson"))) == []
    lines = [json.loads(line) for line in write(report, "rdjsonl").splitlines()]
    assert [fault for line in lines for fault in _schema_faults(one, line)] == []
    assert _schema_faults(whole, {"diagnostics": [{"severity": "FATAL"}]}) != []


CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/).+"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""The fields of a Code Quality report, from GitLab's page of that name: it publishes no schema of them."""


@REPORTS
def test_code_quality(report: Any) -> None:
    """Each issue has the fields that GitLab reads, and no two have one fingerprint."""
    issues = json.loads(write(report, "codequality"))
    assert _schema_faults(CODE_QUALITY, issues) == []
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert _schema_faults(CODE_QUALITY, [{"description": "x"}]) != []


# -- reviewdog itself ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def reviewdog(request: pytest.FixtureRequest) -> Path:
    """The program, built from its Go module."""
    from tests.golang import built

    return built(request.config, "github.com/reviewdog/reviewdog", "v0.21.0", "cmd/reviewdog")


@pytest.mark.parametrize("format", ["rdjson", "rdjsonl", "checkstyle", "sarif"])
def test_reviewdog_reads_it(reviewdog: Path, tmp_path: Path, format: str) -> None:
    """It takes our findings at their lines, whichever format it is fed with, and fails for an error."""
    assert shutil.which("git")
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "d.txt").write_text("É 🎉 It is awful.\nWe recieved it,\nand would of said so.\n")
    command = [str(reviewdog), f"-f={format}", "-reporter=rdjson", "-filter-mode=nofilter", "-fail-level=error"]
    done = subprocess.run(
        command, input=write(ONE_OF_EACH, format), cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    read = {
        (one["location"]["path"], one["location"].get("range", {}).get("start", {}).get("line"), one["message"][:8])
        for one in json.loads(done.stdout)["diagnostics"]
    }
    assert {("a/d.txt", 1, "'awful' "), ("a/d.txt", 2, "Check th")} <= read
    assert done.returncode == 1
