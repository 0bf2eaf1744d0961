"""What every format keeps: its golden files come in, go out byte for byte, and come in again without a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cannedkit import Kit, exchange, files
from cannedkit.exchange.guess import guess
from cannedkit.exchange.model import CHANGED, CONFLICT, KEPT, LOST, REFUSED, File
from cannedkit.settings.formats import FORMATS
from tests.exchange.desk import GOLDEN, WRITTEN, bring, desk, give, golden, state


def _reworded(given: list[File]) -> list[File]:
    """The same files, in which the one parcel is a package."""
    assert sum(one.text.count("parcel") for one in given) == 1
    return [replace(one, text=one.text.replace("parcel", "package")) for one in given]


def test_every_format_has_golden_files() -> None:
    """No format stands without files that were written by hand from its documentation."""
    assert {path.name for path in GOLDEN.iterdir()} == set(FORMATS)


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_is_known_by_its_content(format: str) -> None:
    """Each golden file is taken for its own format, and for no other but the one that takes any table."""
    assert guess(golden(format)) == format
    others = [other for other in FORMATS if other not in (format, "csv")]
    assert [other for other in others if exchange.is_mine(other, golden(format)[0])] == []


@pytest.mark.parametrize("format", FORMATS)
def test_what_comes_in_is_a_catalogue(tmp_path: Path, format: str) -> None:
    """The golden files become replies without a fault, none of them refused."""
    brought = bring(desk(tmp_path), format, golden(format))
    kit = Kit.load(tmp_path, with_engines=False)
    assert kit.readable.refused == ()
    assert set(kit.catalogue.responses) == set(brought.ids) != set()
    assert [one for one in brought.outcomes if one.fate in (REFUSED, CONFLICT, LOST)] == []


@pytest.mark.parametrize("format", WRITTEN)
def test_what_comes_in_goes_out_byte_for_byte(tmp_path: Path, format: str) -> None:
    """Golden files that come in and go out are the same files."""
    bring(desk(tmp_path), format, golden(format))
    assert give(tmp_path, format).files == {one.name: one.text for one in golden(format)}


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_again_changes_nothing(tmp_path: Path, format: str) -> None:
    """A second import of the same files writes no file."""
    bring(desk(tmp_path), format, golden(format))
    again = bring(tmp_path, format, golden(format))
    assert (again.texts, again.ids) == ({}, ())


@pytest.mark.parametrize("format", FORMATS)
def test_what_changed_there_is_edited_where_it_stands(tmp_path: Path, format: str) -> None:
    """A text that changed there changes here, in one reply; comments and keys of ours around it stay."""
    bring(desk(tmp_path), format, golden(format))
    before = state(tmp_path)
    for name, text in before.items():
        (tmp_path / name).write_text(text.replace("\n  body:", "\n  owner: crew # ours\n  body:"))
    before = state(tmp_path)
    again = bring(tmp_path, format, _reworded(golden(format)))
    [id] = again.ids
    response = Kit.load(tmp_path, with_engines=False).response(id)
    assert any("package" in body.text.value for body in response.bodies)
    after = state(tmp_path)
    lines = [
        (old, new)
        for name in before
        for old, new in zip(before[name].splitlines(), after[name].splitlines(), strict=True)
    ]
    assert all("package" in new or "digest" in new or "exact" in new for old, new in lines if old != new)
    assert [text.count("# ours") for text in before.values()] == [text.count("# ours") for text in after.values()]


@pytest.mark.parametrize("format", FORMATS)
def test_what_changed_here_is_left_alone(tmp_path: Path, format: str) -> None:
    """A text that changed here alone is not touched by an import, and is what goes out."""
    bring(desk(tmp_path), format, golden(format))
    for name, text in state(tmp_path).items():
        (tmp_path / name).write_text(text.replace("arcel", "ackage", 1))
    before = state(tmp_path)
    assert bring(tmp_path, format, golden(format)).texts == {}
    assert state(tmp_path) == before
    if format in WRITTEN:
        assert "ackage" in "".join(give(tmp_path, format).files.values())


@pytest.mark.parametrize("format", FORMATS)
def test_what_changed_on_both_sides_is_a_conflict(tmp_path: Path, format: str) -> None:
    """It is told, and neither side is overwritten."""
    bring(desk(tmp_path), format, golden(format))
    for name, text in state(tmp_path).items():
        (tmp_path / name).write_text(text.replace("parcel", "box", 1))
    before = state(tmp_path)
    again = bring(tmp_path, format, _reworded(golden(format)))
    assert [one.fate for one in again.outcomes if one.fate not in (KEPT, CHANGED, "kept aside")] == [CONFLICT]
    assert state(tmp_path) == before


@pytest.mark.parametrize("format", FORMATS)
def test_an_import_that_was_stopped_ends_right(tmp_path: Path, format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each file that was written the catalogue can be read, and a second run ends as one run would."""
    bring(desk(tmp_path / "one"), format, golden(format))
    for count in range(len(state(tmp_path / "one"))):
        folder = desk(tmp_path / f"{count}")
        with monkeypatch.context() as patch:
            patch.setattr(files, "put", _stopping(count))
            with pytest.raises(KeyboardInterrupt):
                bring(folder, format, golden(format))
        bring(folder, format, golden(format))
        assert state(folder) == state(tmp_path / "one")


def _stopping(count: int) -> Callable[..., None]:
    """A writer of files that writes so many, and ends the program then."""
    put, left = files.put, [count]

    def stopping(path: Path, data: bytes, before: bytes | None = None) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        put(path, data, before)

    return stopping
