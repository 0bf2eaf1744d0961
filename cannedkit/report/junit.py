"""The format for test reports (JUnit's XML, as Jenkins and GitLab read it): a test for each response, draft or file.

A test fails where the exit code does: by what is found at `fail_on` or above. The rest stands in its output.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from cannedkit.model.errors import Failure
from cannedkit.model.result import FileFinding, Report
from cannedkit.text.visible import visible
from cannedkit.wire.summary import folded, line, located, quoting, untold


@dataclass
class _Test:
    """What there is to say of one response, draft, file or check."""

    findings: list[FileFinding] = field(default_factory=list)
    errors: list[Failure] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def write(report: Report) -> str:
    """One `testsuite`. A response or draft without a finding is a test that passed; what nothing read one left out.

    A check that failed and a file that cannot be read are tests in error. No two tests have one name.
    """
    cases = [_case(name, test, report) for name, test in _tests(report).items()]
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(one.find("failure") is not None for one in cases)),
        "errors": str(sum(one.find("error") is not None for one in cases)),
    }
    time = f"{report.seconds:.3f}"
    root = Element("testsuites", {"name": "cannedkit", **counts, "time": time})
    skipped = str(sum(one.find("skipped") is not None for one in cases))
    SubElement(root, "testsuite", {"name": "cannedkit", **counts, "skipped": skipped, "time": time}).extend(cases)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _tests(report: Report) -> dict[str, _Test]:
    """The tests by name: the id of a response, the path of a draft or file, a rule or engine that failed."""
    tests: dict[str, _Test] = {}

    def test(name: str) -> _Test:
        return tests.setdefault(visible(name), _Test())

    for found in report.findings:
        test(found.response or found.place.path).findings.append(found)
    for failed in report.errors:
        test(failed.path or failed.rule or "cannedkit").errors.append(failed)
    for one in report.checked.unread:
        test(f"{one.what} of {one.locale}").unread.append(untold(one))
    for name in report.checked.passed:
        test(name)
    return tests


def _case(name: str, test: _Test, report: Report) -> Element:
    folder = name.rpartition("/")[0].strip("./").replace("/", ".")
    case = Element("testcase", {"name": name, "classname": folder or "cannedkit"})
    failing = [one for one in test.findings if one.finding.level >= report.least]
    others = [one for one in test.findings if one.finding.level < report.least]
    if test.errors:
        _said(case, "error", test.errors[0].reason, [*map(located, test.errors), *_told(failing)])
    elif failing:
        _said(case, "failure", quoting(failing[0]), _told(failing), failing[0].finding.rule)
    elif test.unread:
        _said(case, "skipped", test.unread[0], test.unread)
    if others:
        SubElement(case, "system-out").text = "\n".join(_told(others))
    return case


def _said(case: Element, tag: str, message: str, lines: Iterable[str], type: str = "") -> None:
    attributes = {"message": visible(folded(message)), **({"type": visible(type)} if type else {})}
    SubElement(case, tag, attributes).text = "\n".join(lines)


def _told(findings: Iterable[FileFinding]) -> list[str]:
    return [line(one, quoting(one)) for one in findings]
