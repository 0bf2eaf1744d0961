"""What a pull request costs, whole processes: `python -m benchmarks.pull_request [--size N] [--data DIR]`.

A catalogue is made of the starter's replies in other words, in English and on two channels, with Harper and `context`,
as a plain install reads it: the packs Grammar and Manner, for which the extra `english` is, are off. The words are
English ones, the commonest of five letters and more, for a catalogue holds hardly a word that no dictionary has;
`--made-up` takes words of no language, some 27 of them a reply, with which proofreaders work hardest. It is checked by
one process and by two with nothing remembered, then again unchanged, with one reply changed, and with all findings in a
baseline. Vale (built with Go) and textlint (from npm) read the texts of the same replies, a file each,
in the same turns: Vale with the styles beside DIR, textlint with write-good. Medians of the turns, by the wall clock
and by the processor; the ratios count, on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks import vale
from benchmarks.catalogue import Word, words_of, write
from cannedkit.words.proposals import is_term, used

SETTINGS = (
    "locale: en\nlocales: [en, nl]\nfacts: facts.yaml\noffers: offers.yaml\n"
    "levels: {Grammar: off, Manner: off}\nchannels: {chat: {}, sms: {}}\n"
)

TEXTLINT = ("textlint@15.8.0", "textlint-rule-write-good@2.0.0")
"""The packages of npm: textlint, and the rule for English that its own documentation names."""

Seconds = tuple[float, float]
"""Of the wall clock, and of the processor."""


def main() -> None:
    """Print a table with a row for each run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=1_000, help="responses of the catalogue")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--data", type=Path, help="folder of the evaluation sets: the styles for Vale lie beside it")
    parser.add_argument("--vale", help="a Vale that is built; without it one is built with Go")
    parser.add_argument("--made-up", action="store_true", help="write in words of no language")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "shop"
        folder.mkdir()
        write(folder, given.size, None if given.made_up else _word(given.size))
        (folder / "cannedkit.yaml").write_text(SETTINGS)
        texts = _english(folder)
        runs = {**_ours(folder), **_others(Path(home), texts, given.data, given.vale)}
        found: dict[str, list[Seconds]] = {name: [] for name in runs}
        check(folder, "--no-cache", "--jobs", "1", "responses/topic-0.yaml")  # what is kept of packs is there
        for turn in range(given.turns):
            for name, run in runs.items():
                found[name].append(run())
                print(f"turn {turn + 1}: {name}: {found[name][-1][0]:.2f} s", file=sys.stderr, flush=True)
    _table(found, given.size, given.turns)


def _word(size: int) -> Word:
    """The commonest words in use, as many as a catalogue of that size has."""
    counts = used().counts
    known = [word for word in counts if len(word) >= 5 and word.isascii() and word.isalpha() and not is_term(word)]
    words = sorted(known, key=lambda word: (-counts[word], word))[: words_of(size)]
    return lambda chance: chance.choice(words)


def _table(found: Mapping[str, Sequence[Seconds]], size: int, turns: int) -> None:
    print(f"| {size:,} replies, medians of {turns} turns | seconds | of the processor |")
    print("|---|---|---|")
    for name, ran in found.items():
        wall, cpu = (statistics.median(one[number] for one in ran) for number in (0, 1))
        print(f"| {name} | {wall:.2f} | {cpu:.2f} |")


def _ours(folder: Path) -> dict[str, Callable[[], Seconds]]:
    """The runs of cannedkit, in the order in which they need each other."""

    def changed() -> Seconds:
        _change(folder)
        return check(folder)

    def baselined() -> Seconds:
        run(_command("baseline", "--update"), folder)
        ran = check(folder)
        (folder / "cannedkit.baseline").unlink()
        return ran

    return {
        "cannedkit, nothing remembered, one process": lambda: check(folder, "--no-cache", "--jobs", "1"),
        "cannedkit, nothing remembered, two processes": lambda: check(folder, "--no-cache", "--jobs", "2"),
        "cannedkit, one reply changed": lambda: (check(folder), changed())[1],
        "cannedkit, unchanged": lambda: check(folder),
        "cannedkit, unchanged, all findings in a baseline": baselined,
    }


def check(folder: Path, *more: str) -> Seconds:
    """What `cannedkit check` takes."""
    return run(_command("check", *more, "--format", "concise"), folder)


def run(command: Sequence[str], folder: Path) -> Seconds:
    """What a process takes; its own folders lie beside the catalogue."""
    home = folder.parent
    own = {"XDG_CACHE_HOME": f"{home}/cache", "XDG_CONFIG_HOME": f"{home}/config"}
    before, began = _cpu(), time.perf_counter()
    path = os.pathsep.join(filter(None, [os.getcwd(), os.environ.get("PYTHONPATH", "")]))
    environment = {**os.environ, "PYTHONPATH": path, **own}
    done = subprocess.run(command, cwd=folder, check=False, env=environment, capture_output=True, text=True)
    if done.returncode > 1:
        raise SystemExit(f"{command[0]} failed: {done.stderr[-500:]}")
    return time.perf_counter() - began, _cpu() - before


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from cannedkit.cli.main import main; main()", *arguments]


def _english(folder: Path) -> list[str]:
    """Leave one text of each reply, its English one; these texts."""
    texts = []
    for path in sorted((folder / "responses").glob("topic-*.yaml")):
        made = json.loads(path.read_text())
        for one in made.values():
            one["body"] = {"en": one["body"]["en"]["any"]}
            texts.append(one["body"]["en"])
        path.write_text(json.dumps(made, ensure_ascii=False, indent=1))
    return texts


def _change(folder: Path) -> None:
    path = folder / "responses" / "topic-0.yaml"
    path.write_text(path.read_text().replace('"en": "', '"en": "One more word. ', 1))


# -- others -------------------------------------------------------------------------------------


def _others(home: Path, texts: Sequence[str], data: Path | None, built: str | None) -> dict[str, Callable[[], Seconds]]:
    """The runs of others over the same texts; what cannot be had here is said, and left out."""
    place = home / "texts"
    (place / "replies").mkdir(parents=True)
    for number, text in enumerate(texts):
        (place / "replies" / f"reply-{number:05}.md").write_text(f"{text}\n", encoding="utf-8")
    return {**_vale(home, place, data, built), **_textlint(place)}


def _vale(home: Path, place: Path, data: Path | None, built: str | None) -> dict[str, Callable[[], Seconds]]:
    program = (built or vale.build(home)) if data else None
    if data is None or program is None:
        print("Vale is left out: it needs Go, and --data", file=sys.stderr)
        return {}
    styles = data.resolve().parent / "vale-conformance" / "styles"
    based = f"[*.md]\nBasedOnStyles = {', '.join(vale.STYLES)}\n"
    (place / ".vale.ini").write_text(f"StylesPath = {styles}\nMinAlertLevel = suggestion\n\n{based}")
    command = [program, "--no-global", "--no-exit", "--output=JSON", "replies"]
    return {f"Vale {vale.VERSION}, six styles": lambda: run(command, place)}


def _textlint(place: Path) -> dict[str, Callable[[], Seconds]]:
    if not shutil.which("npm"):
        print("textlint is left out: it needs Node.js with npm", file=sys.stderr)
        return {}
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(place), *TEXTLINT]
    subprocess.run(install, check=True, stdout=subprocess.DEVNULL)
    (place / ".textlintrc.json").write_text(json.dumps({"rules": {"write-good": True}}))
    command = [str(place / "node_modules" / ".bin" / "textlint"), "--format", "json", "replies"]
    return {
        f"{TEXTLINT[0].replace('@', ' ')}, write-good": lambda: run(command, place),
        "textlint, unchanged, with its cache": lambda: run([*command, "--cache"], place),
    }


if __name__ == "__main__":
    main()
