"""How memory grows with the drafts that one process reads: `python -m benchmarks.memory`.

Every draft holds a word that no draft before it held, and spaCy reads each one.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from benchmarks.drafts import drafts
from cannedkit.kit import Kit

WORDS = 60
"""Words of a draft: what a chat message and a short e-mail have."""

STOPS = (1_000, 10_000, 50_000, 100_000)
"""Drafts after which memory is measured."""

RULE = """extends: tokens
message: "'%s'"
patterns:
  - [{IS_ALPHA: true, LEMMA: {REGEX: "^re.+d$"}}]
  - [{LIKE_NUM: true}, {IS_PUNCT: true, OP: "*"}, {LOWER: {FUZZY: definitely}}]
"""


def main() -> None:
    """Print what this process holds after so many drafts."""
    with tempfile.TemporaryDirectory() as folder:
        rule = Path(folder, "rules", "Test", "Rule.yml")
        rule.parent.mkdir(parents=True)
        rule.write_text(RULE)
        Path(folder, "cannedkit.yaml").write_text("packs: [Test]\nengines: {}\n")
        kit = Kit.load(folder)
        began = time.perf_counter()
        print(f"Python {sys.version.split()[0]}; drafts of {WORDS} words, each read by spaCy")
        for number, text in enumerate(islice(drafts(WORDS), STOPS[-1]), 1):
            kit.lint(f"Ticket ref{number}x. {text}")
            if number in STOPS:
                print(f"  {number:7,} drafts  {resident():6.1f} MB  {time.perf_counter() - began:6.0f} s", flush=True)


def resident() -> float:
    """Megabytes that this process holds now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
