"""What `check` costs in a pull request, whole processes: `python -m benchmarks.pull_request [--size N]`.

A catalogue is made of the starter's replies in other words, in one locale and on one channel, with Harper. It is
checked by one process and by two with nothing remembered, then again unchanged, with one reply changed, and with all
findings in a baseline. Wall clock: the ratios count, on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.catalogue import write

SETTINGS = "locale: en\nlocales: [en, nl]\nengines: {harper: {}}\nfacts: facts.yaml\noffers: offers.yaml\n"


def main() -> None:
    """Print a line for each run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=1_000, help="responses of the catalogue")
    size = parser.parse_args().size
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "shop"
        folder.mkdir()
        write(folder, size)
        (folder / "cannedkit.yaml").write_text(SETTINGS)
        _english(folder)
        check(folder, "--no-cache", "--jobs", "1", "responses/topic-0.yaml")  # what is kept of packs is there
        alone = check(folder, "--no-cache", "--jobs", "1")
        print(f"{size:,} responses; nothing remembered: one process {alone:.1f} s")
        print(f"  two processes  {(two := check(folder, '--no-cache', '--jobs', '2')):.1f} s, {two / alone:.2f} of one")
        check(folder)
        print(f"  unchanged      {check(folder):.2f} s")
        _change(folder)
        print(f"  one changed    {check(folder):.2f} s")
        subprocess.run(_command("baseline"), cwd=folder, check=True, env=_user(folder), stdout=subprocess.DEVNULL)
        count = len((folder / "cannedkit.baseline").read_text().splitlines())
        print(f"  with a baseline of {count:,} findings {check(folder):.2f} s")


def check(folder: Path, *more: str) -> float:
    """The seconds that `cannedkit check` takes."""
    began = time.perf_counter()
    command = _command("check", *more, "--format", "concise")
    subprocess.run(command, cwd=folder, check=False, env=_user(folder), stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from cannedkit.cli.main import main; main()", *arguments]


def _user(folder: Path) -> dict[str, str]:
    """The environment of a user whose own folders lie beside the catalogue."""
    home = folder.parent
    own = {"XDG_CACHE_HOME": f"{home}/cache", "XDG_CONFIG_HOME": f"{home}/config"}
    return {**os.environ, "PYTHONPATH": os.getcwd(), **own}


def _english(folder: Path) -> None:
    """Leave one text of each reply: its English one."""
    import json

    for path in sorted((folder / "responses").glob("topic-*.yaml")):
        made = json.loads(path.read_text())
        for one in made.values():
            one["body"] = {"en": one["body"]["en"]["any"]}
        path.write_text(json.dumps(made, ensure_ascii=False, indent=1))


def _change(folder: Path) -> None:
    path = folder / "responses" / "topic-0.yaml"
    path.write_text(path.read_text().replace('"en": "', '"en": "One more word. ', 1))


if __name__ == "__main__":
    main()
