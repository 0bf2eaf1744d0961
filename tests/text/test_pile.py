"""Many things lie in a file of this process alone, and come out as they went in."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cannedkit.text import pile
from cannedkit.text.pile import Named, Pile


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Ten things are many; what is left in the folder for temporary files shows."""
    monkeypatch.setattr(pile, "MANY", 10)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield
    assert list(tmp_path.iterdir()) == []


@dataclass(frozen=True)
class _Thing:
    number: int
    word: str = ""


@pytest.mark.parametrize("count", [0, 1, 10, 11, 500])
def test_things_come_out_as_they_went_in(count: int) -> None:
    """However many there are: one by one, from behind, in stretches, and all again."""
    things = [_Thing(number, "é" * number) for number in range(count)]
    found = Pile(things)
    assert list(found) == things == list(found)
    assert len(found) == count
    assert [found[-1 - at] for at in range(count)] == things[::-1]
    assert found[3:400:7] == things[3:400:7]
    assert found.is_laid_down == (count > 10)
    for wrong in (count, -count - 1):
        with pytest.raises(IndexError):
            found[wrong]


def test_few_things_are_the_same_objects_and_many_are_not_held() -> None:
    """What is held is what went in; of what lies in a file only what was used last is."""
    few, many = [_Thing(number) for number in range(10)], [_Thing(number) for number in range(1000)]
    assert all(one is other for one, other in zip(Pile(few), few, strict=True))
    found = Pile(many, recent=5)
    first = found[0]
    assert first is found[0]
    assert list(found) == many
    assert found[0] == first
    assert found[0] is not first


def test_what_was_added_last_is_read_before_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading and adding in turns gives each thing, wherever it is at the time."""
    monkeypatch.setattr(pile, "_BUFFER", 100)
    found: Pile[str] = Pile()
    for number in range(200):
        found.append(f"{number} " * (number % 17))
        assert found[number] == f"{number} " * (number % 17)
        assert found[number // 2] == f"{number // 2} " * (number // 2 % 17)


def test_the_file_goes_with_the_pile() -> None:
    """No file stays open for a pile that nobody has, whatever went wrong while it was made."""
    before = len(os.listdir("/proc/self/fd"))

    def broken() -> Iterator[int]:
        yield from range(50)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Pile(broken())
    found = Pile(range(50))
    assert len(os.listdir("/proc/self/fd")) == before + 1
    del found
    assert len(os.listdir("/proc/self/fd")) == before


def test_what_things_share_is_shared_again() -> None:
    """What is known outside is not written with each thing: it is the same object in all of them."""
    shared = _Thing(1)

    class Outside:
        def name(self, thing: object) -> str | None:
            return "shared" if thing is shared else None

        def named(self, name: str) -> object:
            return shared

    found = Pile(([shared, number] for number in range(100)), outside=Outside())
    assert all(one[0] is shared and one[1] == number for number, one in enumerate(found))


@pytest.mark.parametrize("count", [0, 9, 10, 11, 47, 300])
def test_an_order_is_that_of_sorted(count: int) -> None:
    """In the order of the keys, what has the same one as it came, however many there are."""
    chance = random.Random(count)  # noqa: S311 - for the same things each time
    things = [(chance.randrange(20), number) for number in range(count)]
    found = pile.ordered(Pile(things), lambda one: one[0])
    assert list(found) == sorted(things, key=lambda one: one[0])
    assert isinstance(found, Pile if count > 10 else tuple)


def test_named_things_are_found_by_their_names() -> None:
    """As in a dict: by name, in their order, some of them, and none that is not there."""
    things = {str(number): _Thing(number) for number in range(100)}
    found = Named(Pile(things.values()), {name: number for number, name in enumerate(things)})
    assert dict(found) == things
    assert list(found) == list(things)
    assert ("7" in found, "x" in found, found.get("x")) == (True, False, None)
    assert dict(pile.only(found, ["9", "3"])) == dict(pile.only(things, ["9", "3"])) == {"9": _Thing(9), "3": _Thing(3)}
    with pytest.raises(KeyError):
        found["x"]


@pytest.mark.parametrize("count", [5, 50])
def test_what_is_made_of_things_is_made_of_each(count: int) -> None:
    """A tuple of few; of many each is made when it is asked for."""
    found = pile.made(lambda one: one * 2, pile.kept(Pile(range(count))))
    assert (list(found), found[1], found[1:3]) == ([*range(0, 2 * count, 2)], 2, found[1:3])
    assert isinstance(found, tuple) == (count == 5)
