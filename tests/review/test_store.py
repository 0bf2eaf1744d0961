"""What is kept in one file of SQLite: whole or not there, whatever becomes of the file."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.review import store


def _kept(folder: Path, rows: dict[bytes, bytes]) -> None:
    opened = store.opened(folder)
    assert opened
    opened.keep(rows, ())
    opened.close()


def _recalled(folder: Path, key: bytes) -> bytes | None:
    opened = store.opened(folder)
    assert opened
    try:
        return opened.recall(key)
    finally:
        opened.close()


def test_what_is_kept_is_recalled(tmp_path: Path) -> None:
    """Data come back by their key, in another run too; a key that was not kept has none."""
    _kept(tmp_path, {b"a": b"one", b"b": b""})
    assert [_recalled(tmp_path, key) for key in (b"a", b"b", b"c")] == [b"one", b"", None]


@pytest.mark.parametrize("harm", ["truncated", "emptied", "written over", "a bit"])
def test_a_file_that_was_harmed_says_nothing_wrong(tmp_path: Path, harm: str) -> None:
    """Each row is as it was or not there; the file takes new rows afterwards."""
    _kept(tmp_path, {bytes([number]) * 32: bytes([number]) * 200 for number in range(200)})
    path = tmp_path / store.FILE
    data = bytearray(path.read_bytes())
    at = data.find(bytes([7]) * 100)
    if harm == "truncated":
        data = data[: len(data) // 2]
    elif harm == "emptied":
        data = bytearray()
    elif harm == "written over":
        data[:4096] = b"no database" * 372 + b"abcd"
    else:
        data[at] ^= 1
    path.write_bytes(data)
    for number in range(200):
        assert _recalled(tmp_path, bytes([number]) * 32) in (bytes([number]) * 200, None)
    _kept(tmp_path, {b"new": b"row"})
    assert _recalled(tmp_path, b"new") == b"row"


def test_a_row_that_somebody_changed_is_not_there(tmp_path: Path) -> None:
    """Data under another key, or other data under a key, do not agree with their digest."""
    _kept(tmp_path, {b"a": b"one", b"b": b"two"})
    with sqlite3.connect(tmp_path / store.FILE) as connection:
        connection.execute("UPDATE results SET data = (SELECT data FROM results WHERE key = x'61') WHERE key = x'62'")
        connection.execute("INSERT INTO results VALUES (x'63', 'text', 1)")
    assert [_recalled(tmp_path, key) for key in (b"a", b"b", b"c")] == [b"one", None, None]


def test_where_nothing_can_be_kept_nothing_is(tmp_path: Path) -> None:
    """A folder that cannot be made, and a file that is none, give no store and no error."""
    (tmp_path / "file").write_text("x")
    assert store.opened(tmp_path / "file") is None
    folder = tmp_path / "folder"
    (folder / store.FILE).mkdir(parents=True)
    assert store.opened(folder) is None
    os.symlink(tmp_path / "file", tmp_path / store.FILE)
    assert store.opened(tmp_path) is None
    assert (tmp_path / "file").read_text() == "x"


def test_two_that_write_lose_nothing(tmp_path: Path) -> None:
    """Two open stores see each other's rows."""
    one, other = store.opened(tmp_path), store.opened(tmp_path)
    assert one
    assert other
    one.keep({b"a": b"1"}, ())
    other.keep({b"b": b"2"}, ())
    assert (one.recall(b"b"), other.recall(b"a")) == (b"2", b"1")
    one.close()
    other.close()


def test_what_was_used_least_lately_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the most rows the ones of older runs go, and of those the ones that were of no use since."""
    monkeypatch.setattr(store, "MOST", 3)
    _kept(tmp_path, {b"old": b"", b"used": b""})
    again = store.opened(tmp_path)
    assert again
    again.keep({b"new": b"", b"newer": b""}, [b"used"])
    again.close()
    found = [_recalled(tmp_path, key) for key in (b"old", b"used", b"new", b"newer")]
    assert found == [None, b"", b"", b""]


@given(st.dictionaries(st.binary(), st.binary(max_size=100), max_size=20))
def test_any_data_come_back(tmp_path_factory: pytest.TempPathFactory, rows: dict[bytes, bytes]) -> None:
    """Whatever the bytes are."""
    folder = tmp_path_factory.mktemp("kept")
    _kept(folder, rows)
    opened = store.opened(folder)
    assert opened
    assert {key: opened.recall(key) for key in rows} == rows
    opened.close()
