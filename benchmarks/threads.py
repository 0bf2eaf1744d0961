"""One kit on eight threads, 10,000 drafts for each: `python -m benchmarks.threads [DRAFTS A THREAD]`.

Prints the drafts a second on one thread and on eight, and the memory, and fails where the findings differ. Rules only:
an engine has processes or instances of its own. Python runs one thread at a time; what is shown is that eight share a
kit without harm.
"""

from __future__ import annotations

import resource
import sys
import time
from itertools import islice
from tempfile import TemporaryDirectory

from benchmarks.drafts import drafts
from cannedkit.kit import Kit

THREADS = 8


def main(each: int = 10_000) -> None:
    """Lint the same drafts twice, and compare."""
    with TemporaryDirectory() as folder:
        kit = Kit.load(folder, with_engines=False)
    texts = [kit.draft(text, locale="en") for text in islice(drafts(60), each * THREADS)]
    kit.lint_many(texts[:100])
    found = []
    for threads in (1, THREADS):
        began = time.perf_counter()
        found.append(kit.lint_many(texts, threads=threads))
        seconds = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{threads} threads: {len(texts) / seconds:,.0f} drafts a second, {memory:,.0f} MB at most", flush=True)
    if found[0] != found[1]:
        sys.exit("the findings differ")
    print(f"{sum(map(len, found[0])):,} findings, the same on both")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
