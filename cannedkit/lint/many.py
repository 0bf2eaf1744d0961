"""Many drafts, on several threads: the same findings as one after the other, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from cannedkit.lint.linter import Results
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import CheckFailed


def many(drafts: Sequence[Draft], look: Callable[[Draft], Results], threads: int) -> list[list[Finding]]:
    """The findings of each draft, in order. Raises DraftError, and CheckFailed for the first on which a check failed.

    Each thread has every so manieth draft: long and short ones are spread.
    """

    def share(first: int) -> list[Results]:
        return [look(draft) for draft in drafts[first::threads]]

    with ThreadPoolExecutor(max_workers=threads) as pool:
        shares = list(pool.map(share, range(threads)))
    results = [shares[number % threads][number // threads] for number in range(len(drafts))]
    for findings, failures in results:
        if failures:
            raise CheckFailed(findings, failures)
    return [findings for findings, _ in results]
