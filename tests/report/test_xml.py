"""JUnit and Checkstyle: what a test is, when it fails, and where a finding stands."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

from cannedkit.model.draft import Level
from cannedkit.model.result import Report
from cannedkit.report import beside, write
from tests.report.samples import CLEAN, MISSING, ONE_OF_EACH


def _root(report: Report, format: str) -> Element:
    return fromstring(write(report, format).encode())  # noqa: S314 - our own text


def _outcomes(report: Report) -> dict[str, list[str]]:
    (suite,) = _root(report, "junit")
    return {case.attrib["name"]: [child.tag for child in case] for case in suite}


def test_each_response_and_draft_is_a_test() -> None:
    """It fails by what fails the run, passes without a finding, is in error where it could not be read."""
    assert _outcomes(ONE_OF_EACH) == {
        "a/d.txt": ["failure", "system-out"],
        "shop/late": ["system-out"],
        "b.yaml": ["error"],
        "harper": ["error"],
        "c": ["error"],
        "style of nl": ["skipped"],
        "a/e.txt": [],
    }
    assert _outcomes(CLEAN) == {"d.txt": []}


def test_a_test_fails_where_the_run_does() -> None:
    """With `fail_on: warning` a warning fails its test, too."""
    assert _outcomes(replace(ONE_OF_EACH, least=Level.WARNING))["shop/late"] == ["failure"]


def test_the_counts_are_those_of_the_tests() -> None:
    """`tests`, `failures`, `errors` and `skipped` count what follows, and a failure says all that is found."""
    root = _root(ONE_OF_EACH, "junit")
    (suite,) = root
    assert root.attrib == {"name": "cannedkit", "tests": "7", "failures": "1", "errors": "3", "time": "1.235"}
    assert suite.attrib == {**root.attrib, "skipped": "1"}
    (failure, others) = suite[0]
    assert suite[0].attrib == {"name": "a/d.txt", "classname": "a"}
    assert failure.attrib == {"message": "'awful' is no help to anybody.", "type": "Own.Awful"}
    assert failure.text == (
        "a/d.txt:1:11: error: 'awful' is no help to anybody. [Own.Awful]\n"
        'a/d.txt:2:4: error: Check the spelling. ("recieved") [Harper.SpellCheck]'
    )
    assert others.text is not None
    assert others.text.count("\n") == 1


def test_checkstyle() -> None:
    """A file for each path, sorted, with its findings and faults; what is in no file is told beside it."""
    root = _root(ONE_OF_EACH, "checkstyle")
    assert [(one.attrib["name"], len(one)) for one in root] == [("a/d.txt", 5), ("b.yaml", 1), ("c", 1)]
    assert root[0][1].attrib == {
        "line": "2",
        "column": "4",
        "severity": "error",
        "message": 'Check the spelling. ("recieved")',
        "source": "Harper.SpellCheck",
    }
    assert root[2][0].attrib == {"severity": "error", "message": "is no file", "source": "unreadable"}
    assert beside(ONE_OF_EACH, "checkstyle") == [
        "harper: could not check: it is gone",
        "nothing checked the style of nl: no pack reads it",
    ]
    (only,) = _root(Report((MISSING,)), "checkstyle")[0]
    assert only.attrib["severity"] == "info"
