"""What it takes to bring many replies in and to give them out: `python -m benchmarks.exchange [FORMAT …]`.

Each format that is written gets `COUNT` replies of ours, and brings in what it wrote, in a process of its own: seconds
for each way, and the most memory that the process held.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cannedkit import exchange
from cannedkit.exchange import merging
from cannedkit.exchange.giving import given
from cannedkit.exchange.model import Asked, File
from cannedkit.exchange.names import names
from cannedkit.exchange.taking import taken
from cannedkit.kit import Kit
from cannedkit.settings.formats import FORMATS

COUNT = 20_000
"""Replies: more than any catalogue that we know of."""

TOPICS = 40
SETTINGS = "locale: en\npacks: [Care]\nengines: {}\n"


def main() -> None:
    """Print a line for each format."""
    if sys.argv[1:2] == ["--one"]:
        print(one(sys.argv[2]), flush=True)
        return
    print(f"Python {sys.version.split()[0]}; {COUNT:,} replies; the limits are 20 s each way and 500 MB")
    for format in sys.argv[1:] or [name for name in FORMATS if exchange.ability(name).writes]:
        command = [sys.executable, "-m", "benchmarks.exchange", "--one", format]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="", flush=True)


def one(format: str) -> str:
    """What a format takes for both ways."""
    with tempfile.TemporaryDirectory() as root:
        home, away = Path(root, "home"), Path(root, "away")
        _lay(home)
        away.mkdir()
        (away / "cannedkit.yaml").write_text(SETTINGS)
        began = time.perf_counter()
        kit = Kit.load(home, with_engines=False)
        files = given(format, kit.catalogue.responses.values(), kit.settings, Asked()).files
        out = time.perf_counter() - began
        del kit
        began = time.perf_counter()
        count = _bring(away, format, [File(name, text) for name, text in files.items()])
        back = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return f"{format:16} {count:7,} replies  out {out:5.1f} s  in {back:5.1f} s  {most:6.0f} MB"


def _lay(folder: Path) -> None:
    """A catalogue of that many replies of average length, in topics."""
    (folder / "responses").mkdir(parents=True)
    (folder / "cannedkit.yaml").write_text(SETTINGS)
    (folder / "responses" / "variables.yaml").write_text("name: {type: name}\n")
    for topic in range(TOPICS):
        text = "".join(
            f"reply-{number}:\n  title: Reply {number} of {topic}\n  shortcut: t{topic}-{number}\n  body: |-\n"
            f"    Hi {{{{ name }}}},\n\n    Thanks for your message about case {number} of {topic}.\n"
            "    We look at it today and write to you as soon as we know more.\n"
            for number in range(COUNT // TOPICS)
        )
        (folder / "responses" / f"topic-{topic}.yaml").write_text(text)


def _bring(folder: Path, format: str, files: list[File]) -> int:
    """How many replies came in."""
    settings = Kit.load(folder, with_engines=False).settings
    known, ability = names(format, settings), exchange.ability(format)
    incoming = exchange.read(format, files, Asked())
    records = [taken(record, ability, known, settings, Asked()) for record in incoming.records]
    brought = merging.bring(format, records, settings, merging.present(settings), settings.catalogue)
    merging.put(brought)
    return len(brought.ids)


if __name__ == "__main__":
    main()
