"""What every format promises: nothing is lost, whatever comes in can be read again, and it commands nobody."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings

from cannedkit.model.result import Checked, Report
from cannedkit.report import FORMATS, beside, write
from tests.report.samples import AWFUL, CLEAN, HOSTILE, IN_CATALOGUE, MISSING, ONE_OF_EACH, SPELT, STRETCH

JSON = ("json", "sarif", "rdjson", "codequality", "vale-json")
XML = ("junit", "checkstyle")
MACHINES = (*JSON, *XML, "rdjsonl")

HIDDEN = ("Cc", "Cs", "Zl", "Zp")
OWN = re.compile(r"::(error|warning|notice) (file|title)=[^\n:]*::[^\n]*")


def read(format: str, text: str) -> object:
    """What a program gets that reads a report of a format; None for those that people read."""
    if format in JSON:
        return json.loads(text)
    if format == "rdjsonl":
        return [json.loads(line) for line in text.splitlines()]
    return fromstring(text.encode()) if format in XML else None  # noqa: S314 - our own text


@settings(max_examples=100, deadline=None)
@given(report=HOSTILE)
def test_whatever_is_said(report: Report) -> None:
    """A report of hostile texts is whole: UTF-8 that can be parsed, without controls, hidden turns or commands."""
    for format in FORMATS:
        text = write(report, format)
        assert text == write(report, format)
        read(format, text.encode().decode())
        for printed in (text, "\n".join(beside(report, format))):
            assert not [one for one in printed if unicodedata.category(one) in HIDDEN and one not in "\n\t"]
            assert not set(printed) & {"\u202e", "\ufffe", "\uffff"}
            assert not re.search(r"##[A-Za-z]*\[", printed)
            commands = [line for line in printed.split("\n") if line.lstrip().startswith("::")]
            assert all(format == "github" and OWN.fullmatch(line) for line in commands), commands


@pytest.mark.parametrize("format", MACHINES)
def test_the_text_is_quoted(format: str) -> None:
    """A program gets the text that a finding is about, in the message or beside it."""
    printed = json.dumps(read(format, write(ONE_OF_EACH, format))) if format not in XML else write(ONE_OF_EACH, format)
    for found in (AWFUL, SPELT, STRETCH, IN_CATALOGUE):
        text = json.dumps(found.text)[1:-1]
        assert text in printed or text.replace("\\n", " ") in printed


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_lost(format: str) -> None:
    """Each finding, fault and thing that nobody read is in the report, or told beside it; a comment counts some."""
    told = write(ONE_OF_EACH, format) + "\n".join(beside(ONE_OF_EACH, format))
    for found in (AWFUL, SPELT, STRETCH, MISSING):
        assert found.finding.rule in told or format == "markdown"
    for reason in ("a tab stands here", "it is gone", "is no file"):
        assert reason in told
    assert re.search(r"[Nn]othing checked the style of nl|\"what\": \"style\"", told)


@pytest.mark.parametrize("format", FORMATS)
def test_a_clean_run(format: str) -> None:
    """Nothing found is a report too, which a reader of the format can read."""
    text = write(CLEAN, format)
    read(format, text)
    assert text.endswith("\n") or (text == "" and format in ("github", "rdjsonl"))
    assert beside(CLEAN, format) == []


@pytest.mark.parametrize("format", FORMATS)
def test_many_findings(format: str) -> None:
    """Of thousands of long findings a comment stays within GitHub's 65,536 characters, and says how many are left."""
    long = replace(AWFUL, text="`" * 900, finding=replace(AWFUL.finding, message="*" * 900))
    found = tuple(replace(long, response=f"{'@' * 900}/{number}") for number in range(1_000))
    text = write(Report(found, ONE_OF_EACH.errors * 50, Checked(responses=5_000)), format)
    if format == "markdown":
        assert len(text) < 65_536
        assert "\n- … and 990 more\n" in text


@pytest.mark.parametrize("format", ["github", "markdown", "html"])
def test_the_worst_comes_first(format: str) -> None:
    """Where the order is ours to choose, what fails a run stands before what is only good to know."""
    mild = replace(MISSING, place=replace(MISSING.place, path="a.txt"))
    text = write(replace(ONE_OF_EACH, findings=(mild, AWFUL), errors=()), format)
    assert text.index("is no help to anybody") < text.index("Nothing says what comes next")
