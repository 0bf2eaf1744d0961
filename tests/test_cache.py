"""What is kept between runs: never stale, never needed, never without bound."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cannedkit import cache


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of its own for what is kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    return tmp_path / "home" / "cannedkit"


def test_what_was_kept_comes_back_under_the_same_stamp(tmp_path: Path) -> None:
    """A value comes back as long as no file of the folder has changed."""
    rule = tmp_path / "Rule.yml"
    rule.write_text("one")
    mark = cache.stamp([rule])
    assert cache.recall("test", tmp_path, mark) is None
    cache.keep("test", tmp_path, mark, {"a": 1})
    assert cache.recall("test", tmp_path, cache.stamp([rule])) == {"a": 1}
    rule.write_text("other")
    assert cache.recall("test", tmp_path, cache.stamp([rule])) is None


def test_a_damaged_file_is_no_error(tmp_path: Path, home: Path) -> None:
    """What cannot be read is as if nothing had been kept."""
    cache.keep("test", tmp_path, (1,), "x")
    for path in home.iterdir():
        path.write_bytes(b"\x80\x05broken")
    assert cache.recall("test", tmp_path, (1,)) is None


def test_no_place_to_keep_it_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be written, nothing is kept."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    cache.keep("test", tmp_path, (1,), "x")
    assert cache.recall("test", tmp_path, (1,)) is None


def test_the_oldest_go_first(tmp_path: Path, home: Path) -> None:
    """No more than the most folders are kept."""
    for number in range(cache.MOST + 5):
        cache.keep("test", tmp_path / str(number), (1,), number)
    assert len(list(home.iterdir())) == cache.MOST
    assert cache.recall("test", tmp_path / str(cache.MOST + 4), (1,)) == cache.MOST + 4


def test_what_is_asked_for_stays(tmp_path: Path, home: Path) -> None:
    """What was kept first, and asked for since, outlives what nobody asked for."""
    for number in range(cache.MOST):
        cache.keep("test", tmp_path / str(number), (1,), number)
    for path in home.iterdir():
        os.utime(path, (1, 1))
    assert cache.recall("test", tmp_path / "0", (1,)) == 0
    for number in range(cache.MOST - 1):
        cache.keep("test", tmp_path / f"new{number}", (1,), number)
    assert cache.recall("test", tmp_path / "0", (1,)) == 0
    assert cache.recall("test", tmp_path / "1", (1,)) is None


def test_nothing_is_loaded_that_another_key_sealed(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that somebody else made, or moved, is never unpickled."""
    cache.keep("test", tmp_path, (1,), "x")
    (kept,) = home.iterdir()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "theirs"))
    monkeypatch.setattr("pickle.loads", lambda data: pytest.fail("unpickled"))
    assert cache.recall("test", tmp_path, (1,)) is None
    cache.keep("other", tmp_path, (1,), "y")
    other = next(path for path in home.iterdir() if path != kept)
    kept.write_bytes(other.read_bytes())
    assert cache.recall("test", tmp_path, (1,)) is None


@pytest.mark.parametrize("bit", range(0, 4_000, 37))
def test_a_flipped_bit_is_noticed(bit: int, tmp_path: Path, home: Path) -> None:
    """Whatever bit of a kept file changes, nothing of it comes back."""
    cache.keep("test", tmp_path, (1,), list(range(200)))
    (kept,) = home.iterdir()
    data = bytearray(kept.read_bytes())
    data[bit // 8 % len(data)] ^= 1 << bit % 8
    kept.write_bytes(data)
    assert cache.recall("test", tmp_path, (1,)) is None


def test_a_folder_that_others_can_write_is_not_used(home: Path, tmp_path: Path) -> None:
    """Where another user could put a file, nothing is kept and nothing read, and `trouble` says so."""
    home.mkdir(parents=True)
    home.chmod(0o777)
    cache.keep("test", tmp_path, (1,), "x")
    assert list(home.iterdir()) == []
    assert "not yours alone" in cache.opened().trouble


def test_a_folder_in_a_checkout_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """XDG_CACHE_HOME inside a repository: a committed file could be read, so nothing is kept there."""
    (tmp_path / "checkout" / ".git").mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "checkout" / "cache"))
    cache.keep("test", tmp_path, (1,), "x")
    assert not (tmp_path / "checkout" / "cache").exists()
    assert "which others write" in cache.opened().trouble


def test_a_key_that_others_can_read_is_no_key(tmp_path: Path, home: Path) -> None:
    """The key must be its owner's alone, and no link."""
    folder = tmp_path / "settings" / "cannedkit"
    folder.mkdir(parents=True)
    (folder / "key").write_bytes(bytes(32))
    (folder / "key").chmod(0o644)
    cache.keep("test", tmp_path, (1,), "x")
    assert list(home.iterdir()) == []


def test_a_part_that_could_not_be_written_is_taken_away(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk no empty file is left behind."""

    def full(path: Path, data: bytes) -> int:
        path.touch()
        raise OSError(28, "No space left on device")

    cache.opened()
    monkeypatch.setattr(Path, "write_bytes", full)
    cache.keep("test", tmp_path, (1,), "x")
    assert list(home.iterdir()) == []
