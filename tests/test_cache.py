"""What is kept between runs: never stale, never needed, never without bound."""

from __future__ import annotations

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
