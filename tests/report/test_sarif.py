"""SARIF 2.1.0 as the standard says it, for one of each thing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from cannedkit.model.result import Report
from cannedkit.report import write
from cannedkit.review.fingerprint import fingerprints
from tests.report.samples import AWFUL, EXPLAINED, IN_CATALOGUE, ONE_OF_EACH


def _run(report: Report = ONE_OF_EACH) -> dict[str, Any]:
    log = json.loads(write(report, "sarif"))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    run: dict[str, Any] = log["runs"][0]
    return run


def test_a_finding() -> None:
    """It has its rule, level, message, place in code points, the text there, a fingerprint and its fixes."""
    (result, *_) = _run()["results"]
    region = {"startLine": 1, "startColumn": 11, "endLine": 1, "endColumn": 16}
    where = {"artifactLocation": {"uri": "a/d.txt"}, "region": {**region, "snippet": {"text": "awful"}}}
    swap = {"deletedRegion": region, "insertedContent": {"text": "not good"}}
    assert result.pop("fixes")[0] == {
        "description": {"text": 'Write "not good"'},
        "artifactChanges": [{"artifactLocation": {"uri": "a/d.txt"}, "replacements": [swap]}],
    }
    assert result == {
        "ruleId": "Own.Awful",
        "ruleIndex": 1,
        "level": "error",
        "message": {"text": "'awful' is no help to anybody."},
        "locations": [{"physicalLocation": where}],
        "partialFingerprints": {"cannedkit/v1": next(fingerprints(ONE_OF_EACH.findings))},
        "properties": {"text": "awful", "sources": ["Own.Awful"], "safe": True},
    }


def test_columns_are_code_points() -> None:
    """The unit of columns is said, and an emoji before the span is one of them."""
    assert _run()["columnKind"] == "unicodeCodePoints"


def test_rules_have_help() -> None:
    """Each rule of a finding is described once, and `ruleIndex` leads to it."""
    run = _run()
    rules = run["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == ["Harper.SpellCheck", "Own.Awful", "Own.Long", "Own.NextStep"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
    assert rules[1] == {
        "id": "Own.Awful",
        "name": "Awful",
        "shortDescription": {"text": "The word helps nobody."},
        "fullDescription": {"text": "The word helps nobody."},
        "help": {"text": "The word helps nobody.\n\nSay what is wrong.\n\nSource: House style, 2024"},
        "helpUri": "https://example.org/awful",
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["Own"]},
    }
    assert all(one["help"]["text"] for one in rules)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "see page 3", "http://a b", "https://x.y/\n::error::"])
def test_a_link_that_is_no_address(link: str) -> None:
    """Only a web address becomes the address of a rule's help."""
    report = replace(ONE_OF_EACH, explained={"Own.Awful": replace(EXPLAINED, link=link)})
    assert "helpUri" not in _run(report)["tool"]["driver"]["rules"][1]


def test_what_could_not_be_checked() -> None:
    """Faults, what nobody read and notes are notifications of the run, which then was no success."""
    (invocation,) = _run()["invocations"]
    told = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False
    assert [one["level"] for one in told] == ["error", "error", "error", "warning", "note"]
    assert told[0]["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "b.yaml"}, "region": {"startLine": 2, "startColumn": 1}}}
    ]
    assert told[1]["associatedRule"] == {"id": "harper"}
    assert told[2]["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "c"}}}]
    assert _run(replace(ONE_OF_EACH, errors=()))["invocations"][0]["executionSuccessful"] is True


def test_a_finding_of_the_catalogue() -> None:
    """It names its response, the renderings that show it, and the other places that it is about."""
    result = _run()["results"][4]
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "shop/late", "kind": "resource"}]
    assert result["properties"]["channels"] == ["chat", "sms"]
    (other,) = result["relatedLocations"]
    assert other["physicalLocation"]["artifactLocation"] == {"uri": "b.yaml"}


def test_a_message_has_no_arguments_and_no_links() -> None:
    """Braces are doubled, and what would be a link is none."""
    found = replace(AWFUL, finding=replace(AWFUL.finding, message="{0} {{ name }} [x](https://x.y)"))
    (result,) = _run(Report((found,)))["results"]
    assert result["message"]["text"] == "{{0}} {{{{ name }}}} [x] (https://x.y)"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/ü#?.txt", "a%20b/%C3%BC%23%3F.txt"),
        ("/x/y.txt", "file:///x/y.txt"),
        ("c:d.txt", "c%3Ad.txt"),
        ("d\udcff.txt", "d%FF.txt"),
    ],
)
def test_paths_are_addresses(path: str, uri: str) -> None:
    """A path is a relative reference, or the address of a file, byte for byte."""
    found = replace(IN_CATALOGUE, place=replace(IN_CATALOGUE.place, path=path))
    (result,) = _run(Report((found,)))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}
