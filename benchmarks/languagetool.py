"""What the LanguageTool engine adds to the server's own time: `python -m benchmarks.languagetool`.

A bare client and the engine take turns with drafts that neither has sent before, over one connection each, so that
both meet the same server at the same moment. Times are of this machine and this minute; the ratio is what to compare.
"""

from __future__ import annotations

import argparse
import http.client
import json
import resource
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from urllib.parse import urlencode, urlsplit

from benchmarks.drafts import drafts
from cannedkit.engines.languagetool import engine as languagetool
from cannedkit.engines.languagetool import server as languagetoolserver
from cannedkit.model.draft import Draft
from cannedkit.model.settings import Vocabulary

LOCALE = "en-GB"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", help="a server that runs; one of our own is started if not given")
    parser.add_argument("--rounds", type=int, default=200, help="drafts for each, after a quarter to warm up")
    options = parser.parse_args()
    url = options.url or languagetoolserver.address()
    before = _megabytes()
    engine = languagetool.open({"url": url}, Vocabulary())
    raw = bare(url)
    print(f"{'words':>5} {'bare ms':>9} {'engine ms':>10} {'ratio':>6}")
    for words in (20, 60, 200):
        theirs, ours = _taking_turns(raw, lambda text: engine.check(Draft(text, LOCALE)), words, options.rounds)
        print(f"{words:5} {theirs * 1e3:9.1f} {ours * 1e3:10.1f} {ours / theirs:6.2f}")
    print(f"\nmemory of this process: {before:.0f} MB before, {_megabytes():.0f} MB after")
    for threads in (1, 2, 4):
        print(f"{threads} threads: {_throughput(engine, threads, options.rounds):.0f} drafts of 60 words a second")


def bare(url: str) -> Callable[[str], object]:
    """The least a client can do: one open connection, one form, one answer parsed."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)

    def check(text: str) -> object:
        form = urlencode({"language": LOCALE, "text": text})
        connection.request("POST", "/v2/check", form, {"Content-Type": "application/x-www-form-urlencoded"})
        return json.loads(connection.getresponse().read())

    return check


def _taking_turns(
    one: Callable[[str], object], other: Callable[[str], object], words: int, rounds: int
) -> tuple[float, float]:
    """Median seconds of each."""
    texts = drafts(words, seed=words)
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + rounds // 4):
        for call, kept in zip((one, other), times, strict=True):
            text = next(texts)
            began = time.perf_counter()
            call(text)
            if number >= rounds // 4:
                kept.append(time.perf_counter() - began)
    return statistics.median(times[0]), statistics.median(times[1])


def _throughput(engine: languagetool.LanguageTool, threads: int, rounds: int) -> float:
    texts = list(islice(drafts(60, seed=1_000 + threads), rounds))
    with ThreadPoolExecutor(threads) as pool:
        began = time.perf_counter()
        list(pool.map(lambda text: engine.check(Draft(text, LOCALE)), texts))
        return len(texts) / (time.perf_counter() - began)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
