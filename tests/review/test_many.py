"""A large catalogue is looked at as a small one is: what is found, and what is printed, is the same to the byte."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cannedkit.cli.shared import make_report
from cannedkit.kit import Kit
from cannedkit.model.result import Review
from cannedkit.report import FORMATS, write
from cannedkit.review.replacement import replacements
from cannedkit.text import pile, spread
from cannedkit.text.pile import Pile
from tests.conftest import Write

DAY = date(2026, 6, 1)
RULES = {
    "rules/Own/Swap.yml": (
        "extends: substitution\nmessage: \"'%s' not '%s'\"\nlevel: warning\nswap: {kindly: please}\n"
        "action: {name: replace}\n"
    ),
    "rules/Own/Say.yml": "extends: existence\nmessage: \"'%s'\"\nlevel: error\ntokens: [obviously]\n",
}
SETTINGS = (
    "engines: {}\npacks: [Own]\nlocales: [en, nl]\nchannels: {chat: {}, sms: {}}\nfacts: facts.yaml\nknown: [order]\n"
)


def _reply(number: int) -> dict[str, Any]:
    """A reply that some rules find fault with, together with others or alone."""
    days, closing = 3 + number % 4, "Write to us again if it does not, and we will look at once."
    said = f"Your refund takes {days} days to reach your card. {closing if number % 3 else 'Kindly wait.'}"
    body = {
        "en": {"any": f"{said} Hi {{{{ name }}}}, call {{{{ facts.phone }}}}.", "sms": "It is obviously on its way."},
        "nl": {"any": f"Uw geld is er in {days + number % 2} dagen. {'Heb je' if number % 5 else 'Heeft u'} vragen?"},
    }
    more: dict[str, Any] = {"shortcut": f"s{number}", "examples": [f"where is my money {number % 9}"]}
    if number % 7 == 0:
        more |= {"review_by": "2026-05-01", "requires": ["ordr"]}
    if number % 11 == 3:
        more |= {
            "status": "retired",
            "replaced_by": f"b/r{20 + (number + 11) % 20}" if number > 20 else f"a/r{number - 3}",
        }
    if number % 13 == 5:
        more["waivers"] = [
            {"rule": rule, "why": "ours", "by": "Jo", "until": "2026-12-31"}
            for rule in ("Own.Swap", "Own.Say", "No.Such")
        ]
    if number % 10 == 4:
        more["variables"] = {"own": {"samples": ["x"]}}
    return {**more, "body": body}


@pytest.fixture
def root(write: Write) -> Path:
    """A catalogue of forty replies in two files, with faults of all sorts."""
    made = {
        f"responses/{name}.yaml": json.dumps({f"r{number}": _reply(number) for number in numbers}, indent=1)
        for name, numbers in (("a", range(20)), ("b", range(20, 40)))
    }
    variables = "name: {samples: [Ana], fallback: you}\nnobody: {samples: [x]}\n"
    facts = "phone: {value: 020 123 45 67, until: 2026-05-31}\nnothing: 4\n"
    return write(
        {"cannedkit.yaml": SETTINGS, "facts.yaml": facts, "responses/variables.yaml": variables, **RULES, **made}
    )


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Three things are many, two processes work, and nothing is left behind them."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(pile, "MANY", 3)
    monkeypatch.setattr(spread, "_processors", lambda: 2)
    monkeypatch.setattr("cannedkit.review.looking.LEAST", 4)
    monkeypatch.setattr("cannedkit.review.memory.MANY", 3)
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    before = len(os.listdir("/proc/self/fd"))
    yield
    assert list(folder.iterdir()) == []
    assert len(os.listdir("/proc/self/fd")) <= before + 1  # a place to read of this folder


def _checked(root: Path, **more: Any) -> tuple[Kit, Review]:
    kit = Kit.load(root)
    return kit, replace(kit.check(today=DAY, **more), seconds=0)


def _printed(kit: Kit, review: Review) -> dict[str, str]:
    report = make_report(kit, review.findings, review.errors, review.checked, replacement=replacements(kit.readable))
    return {name: write(replace(report, compared=review.compared), name) for name in FORMATS}


@pytest.fixture
def plain(root: Path) -> tuple[Kit, Review]:
    """What is found while all is held."""
    return _checked(root, cache=False, jobs=1)


def test_a_large_catalogue_is_printed_as_a_small_one(
    root: Path, plain: tuple[Kit, Review], few: None, tmp_path: Path
) -> None:
    """Findings, errors, counts and every format; by two processes, anew and remembered."""
    wanted = _printed(*plain)
    assert {one.finding.rule.partition(".")[0] for one in plain[1].findings} >= {"Catalogue", "Own", "Waiver"}
    for _ in range(2):
        kit, found = _checked(root, cache_dir=tmp_path / "kept", jobs=2)
        assert isinstance(found.findings, Pile)
        assert list(found.findings) == list(plain[1].findings)
        assert replace(found, findings=()) == replace(plain[1], findings=())
        assert _printed(kit, found) == wanted
    del kit, found


def test_a_part_of_a_large_catalogue_is_that_of_a_small_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one file: what it says, and what it has to do with others."""
    wanted = _checked(root, cache=False, only=root / "responses/b.yaml")[1]
    monkeypatch.setattr(pile, "MANY", 3)
    found = _checked(root, cache=False, only=root / "responses/b.yaml")[1]
    assert list(found.findings) == list(wanted.findings)
    assert replace(found, findings=()) == replace(wanted, findings=())


def test_a_baseline_of_many_findings_is_that_of_few(root: Path, plain: tuple[Kit, Review], few: None) -> None:
    """What it leaves out, what is new, and what is mended."""
    for path in (root / "responses").glob("?.yaml"):  # what is broken has no baseline
        path.write_text(path.read_text().replace("No.Such", "Own.Swap"))
    _checked(root)[0].baseline(today=DAY)
    lines = (root / "cannedkit.baseline").read_text().splitlines(keepends=True)
    gone = lines[0].replace('"fingerprint": "', '"fingerprint": "0')[:-3] + '"}\n'
    (root / "cannedkit.baseline").write_text("".join([gone, *lines[10:]]))
    found = _checked(root)[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pile, "MANY", 5_000)
        wanted = _checked(root)[1]
    assert found.compared == wanted.compared
    assert found.compared
    assert (found.compared.new, found.compared.mended) == (10, 1)
    assert list(found.findings) == list(wanted.findings)
    del found


def test_an_error_in_the_middle_leaves_no_file(root: Path, few: None) -> None:
    """Nothing of what lay on disk is there, or open, once the run has ended in an error."""

    def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        _checked(root, cache=False, jobs=1, step=broken)


def test_a_full_disk_is_told(root: Path, few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be written ends the run, with the folder that has no room; nothing is left behind."""

    def full(*given: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(pile, "_BUFFER", 100)
    monkeypatch.setattr("os.pwrite", full)
    with pytest.raises(OSError, match=f"{os.strerror(errno.ENOSPC)}.*{tempfile.gettempdir()}"):
        _checked(root, cache=False, jobs=2)
