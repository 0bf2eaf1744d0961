"""Many drafts, on several threads or processes: the same findings as one after the other, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from cannedkit.lint.linter import Linter, Results
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import CheckFailed
from cannedkit.text.spread import spread


def many(
    drafts: Sequence[Draft], linters: Mapping[str, Linter], threads: int, processes: int | None = None
) -> list[list[Finding]]:
    """The findings of each draft by the linter of its locale, in order, on `threads`, or (not None) by `processes`.

    Raises DraftError, and CheckFailed for the first on which a check failed.
    """

    def look(draft: Draft) -> Results:
        return linters[draft.locale].results(draft)

    results = _on_threads(drafts, look, threads) if processes is None else _forked(drafts, linters, look, processes)
    for findings, failures in results:
        if failures:
            raise CheckFailed(findings, failures)
    return [findings for findings, _ in results]


def _on_threads(drafts: Sequence[Draft], look: Callable[[Draft], Results], threads: int) -> list[Results]:
    """Each thread has every so manieth draft: long and short ones are spread."""

    def share(first: int) -> list[Results]:
        return [look(draft) for draft in drafts[first::threads]]

    with ThreadPoolExecutor(max_workers=threads) as pool:
        shares = list(pool.map(share, range(threads)))
    return [shares[number % threads][number // threads] for number in range(len(drafts))]


def _forked(
    drafts: Sequence[Draft], linters: Mapping[str, Linter], look: Callable[[Draft], Results], processes: int
) -> list[Results]:
    for linter in linters.values():
        linter.ready()  # built once, before there are other processes
    return spread(look, drafts, 1, processes)
