"""Work spread over processes comes back whole, in order, with its errors."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest

from cannedkit.text import pile
from cannedkit.text import spread as forks


@pytest.fixture(autouse=True)
def _two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "_processors", lambda: 2)


def test_results_are_in_order() -> None:
    """The results are those of the items, in order, however many processes did the work."""
    assert forks.spread(lambda item: item * 2, list(range(101)), least=10) == [item * 2 for item in range(101)]


def test_several_processes_work() -> None:
    """Enough items are spread over processes; a few are done by this one alone."""
    assert len(set(forks.spread(lambda _: os.getpid(), list(range(20)), least=10))) == 2
    assert forks.spread(lambda _: os.getpid(), list(range(19)), least=10) == [os.getpid()] * 19


def test_what_a_fork_raises_is_raised_here() -> None:
    """An error in another process is the caller's error, with its own type."""
    with pytest.raises(ZeroDivisionError):
        forks.spread(lambda item: 1 / (19 - item), list(range(20)), least=10)


def test_many_results_are_written_by_the_fork_that_makes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a part is large its results lie in a file that both processes have; in order, with the errors."""
    monkeypatch.setattr(pile, "MANY", 5)
    many = list(range(40))
    assert list(forks.piled(lambda item: (item, os.getpid()), many, least=10))[39][1] != os.getpid()
    assert list(forks.piled(lambda item: "x" * item, many, least=10)) == ["x" * item for item in many]
    with pytest.raises(ZeroDivisionError):
        forks.piled(lambda item: 1 / (39 - item), many, least=10)
    same = object()
    assert forks.spread(lambda item: same, many[:15], least=10) == [same] * 15  # a list is asked for: all is held


# -- as they come -------------------------------------------------------------------------------


def _streamed(work: Callable[[int], object], batches: Iterable[Sequence[int]], jobs: int = 2) -> Iterator[object]:
    return forks.streamed(work, batches, jobs, lambda item: item)


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("sizes", [(0, 1, 0, 5), (100,), (7, 300, 2)])
def test_what_comes_is_answered_in_order(jobs: int, sizes: Sequence[int]) -> None:
    """The results are those of the items, in order, by any number of processes and however many come at once."""
    batches = [list(range(size)) for size in sizes]
    wanted = [item * 2 for batch in batches for item in batch]
    assert list(_streamed(lambda item: item * 2, batches, jobs)) == wanted


def test_several_processes_work_on_what_comes() -> None:
    """The items of a batch go to as many processes as are asked for, none of them this one."""
    found = set(_streamed(lambda _: os.getpid(), [list(range(50))]))
    assert len(found) == 2
    assert os.getpid() not in found


def test_a_batch_is_answered_before_the_next_is_asked_for() -> None:
    """Who gives a batch and waits for its results has them; no more is read ahead than that."""
    given: list[int] = []

    def batches() -> Iterator[Sequence[int]]:
        for number in range(5):
            given.append(number)
            yield [number]

    found = _streamed(lambda item: item, batches())
    for number in range(5):
        assert next(found) == number
        assert given == list(range(number + 1))


def test_items_and_results_of_any_size_go_through() -> None:
    """Neither side waits for the other where pieces or results are larger than what a pipe holds."""
    found = list(forks.streamed(lambda text: text * 3, [["x" * 300_000] * 20, ["y"] * 1_000], 2, len))
    assert [len(one) for one in found] == [900_000] * 20 + [3] * 1_000


def test_what_a_process_cannot_do_is_done_here() -> None:
    """An error in another process is raised here, after the results before it; one that dies hides no result."""
    found = _streamed(lambda item: 1 // (19 - item), [list(range(20))])
    assert [next(found) for _ in range(19)] == [1 // (19 - item) for item in range(19)]
    with pytest.raises(ZeroDivisionError):
        list(found)
    here = os.getpid()

    def dies(item: int) -> int:
        if os.getpid() != here:
            os._exit(1)
        return item

    assert list(_streamed(dies, [list(range(40)), [1, 2]])) == [*range(40), 1, 2]


def test_who_stops_reading_leaves_no_process_behind() -> None:
    """The processes end with the reader, though they have work left."""
    found = _streamed(lambda _: os.getpid(), [list(range(50))])
    first = next(found)
    assert isinstance(first, int)
    found.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
