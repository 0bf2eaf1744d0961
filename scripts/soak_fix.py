"""`fix` over and over: files in every style, processes that are killed, processes at once.

`python -m scripts.soak_fix [COUNT]`. Each soak is a function from how often to its figures; it raises AssertionError
with the seed of the first case that breaks a promise.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from cannedkit.kit import Kit
from cannedkit.model.result import Fixed
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Scalar
from cannedkit.yamlsource.read import read

Figures = Mapping[str, float]

SETTINGS = "engines: {}\npacks: [Own]\nlocale: en\n"
SWAPS = {
    "teh": "the",
    "recieved": "received",
    "alot": "a lot",
    "dont": "don't",
    "qquote": 'say "hi"',
    "kool": "kühl 🎉",
    "bslash": "a\\b",
    "ccolon": "note: so",
    "in order to": "to",
    "hhash": "so # so",
}
"""What is wrong, and what is right: with every character that some style of YAML must escape."""

RULE = "extends: substitution\nmessage: \"'%s', not '%s'\"\nlevel: {level}\naction: {{name: replace}}\nswap:\n{swap}"
WORDS = ["box", "it's", "{{ x }}", "order", "émigré", "a-b", "100%", "🎉", "(so)", "today.", "Jo,", "in", "to", *SWAPS]
STYLES = ("plain", "single", "double", "literal", "folded", "flow", "list")
ENDS = ("\n", "\r\n", "\r")
TODAY = date(2026, 6, 1)
MOST_RUNS = 4
"""Runs to be killed, for each one that is: some end before they are."""

BATCH = 50
"""Files that are fixed in one run of the first soak."""


def main() -> None:
    """Run every soak, and print its figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    for name in SOAKS:
        began = time.monotonic()
        figures = ", ".join(f"{key} {value:,g}" for key, value in run(name, count).items())
        print(f"{name}: {figures} in {time.monotonic() - began:.0f} s")


def run(name: str, count: int) -> Figures:
    """The figures of one soak, run so many times."""
    return SOAKS[name](count)


# -- files in every style -----------------------------------------------------------------------


def promised(true: bool, otherwise: object) -> None:
    """Raises AssertionError where a promise does not hold."""
    if not true:
        raise AssertionError(str(otherwise))


def styles(count: int) -> Figures:
    """Files in every scalar style and line end: only faulty words change, a second run changes nothing more."""
    figures: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        kit = _kit(Path(folder), {"R": SWAPS})
        for first in range(0, count, BATCH):
            _styles(kit, Path(folder) / "responses", range(first, min(first + BATCH, count)), figures)
    return figures


def _styles(kit: Kit, folder: Path, seeds: range, figures: Counter[str]) -> None:
    before: dict[Path, bytes] = {}
    for path in folder.glob("f*.yaml"):
        path.unlink()
    for seed in seeds:
        path = folder / f"f{seed}.yaml"
        path.write_bytes(before.setdefault(path, generated(seed)))
    done = kit.fix(today=TODAY)
    promised(not done.review.errors, f"seeds {seeds}: {done.review.errors}")
    after = {path: path.read_bytes() for path in before}
    _hold(before, after, done)
    again = kit.fix(today=TODAY)
    promised(not again.made, f"{again.made}: a second run changes it")
    promised({path: path.read_bytes() for path in before} == after, "the second run changes files")
    left = {(one.found.response, one.found.text.lower()) for one in again.left}
    for one in again.review.findings:
        promised(
            (one.response, one.text.lower()) in left, f"{one.place}: {one.text!r} was not fixed, and nothing is said"
        )
    figures.update(files=len(before), fixed=len(done.made), left=len(again.left), files_changed=len(done.files))


def _hold(before: Mapping[Path, bytes], after: Mapping[Path, bytes], done: Fixed) -> None:
    """Every byte outside the texts is as it was; inside only white space beside a fix may be, and the words."""
    wrong = {path: {one.fix for one in done.left if one.found.place.path == str(path)} for path in before}
    for path, data in before.items():
        old, new = list(_scalars(path, data)), list(_scalars(path, after[path]))
        promised(len(old) == len(new), path)
        at = start = 0
        for (mine, body), (theirs, _) in zip(old, new, strict=True):
            promised((mine.style, mine.source.bom) == (theirs.style, theirs.source.bom), path)
            between = mine.source.text[at : mine.start], theirs.source.text[start : theirs.start]
            promised(between[0] == between[1], f"{path}: {between}")
            at, start = mine.end, theirs.end
            if not wrong[path]:
                raw = mine.source.text[mine.start : at], theirs.source.text[theirs.start : start]
                wanted = _right(mine, raw[0]) if body else raw[0]
                promised(_squashed(wanted) == _squashed(raw[1]), f"{path}: {raw}")
        promised(old[-1][0].source.text[at:] == new[-1][0].source.text[start:], path)


def _right(scalar: Scalar, raw: str) -> str:
    """How a scalar is written once its words are right."""
    for old, new in SWAPS.items():
        if scalar.style == "single":
            new = new.replace("'", "''")
        elif scalar.style == "double":
            new = new.replace("\\", "\\\\").replace('"', '\\"')
        raw = _swapped(raw, old, new)
    return raw


def _swapped(raw: str, old: str, new: str) -> str:
    """The text with each `old`, whatever white space stands between its words, replaced."""
    return re.sub(r"(?<!\w)" + r"\s+".join(map(re.escape, old.split())) + r"(?!\w)", lambda _: new, raw)


def _squashed(raw: str) -> str:
    return "".join(raw.split())


def _scalars(path: Path, data: bytes) -> Iterator[tuple[Scalar, bool]]:
    """Every text of a file in its order, and whether it is a body."""

    def each(node: object, body: bool) -> Iterator[tuple[Scalar, bool]]:
        if isinstance(node, Scalar):
            yield node, body
        elif isinstance(node, MappingNode):
            for key, item in node.pairs:
                yield key, False
                yield from each(item, key.value != "tags")
        else:
            for item in getattr(node, "items", ()):
                yield from each(item, body)

    return each(read(str(path), data).root, False)


def generated(seed: int) -> bytes:
    """A file of some replies, each in a style of its own; the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311
    end = ENDS[seed % len(ENDS)]
    entries = [
        _entry(dice, f"r{number}", STYLES[(seed + number) % len(STYLES)]) for number in range(dice.randint(1, 4))
    ]
    lines = ["# teh first line", *(line for entry in entries for line in entry)]
    text = end.join(lines) + end * dice.randint(0, 2)
    return (b"\xef\xbb\xbf" if dice.random() < 0.1 else b"") + text.encode()


def _entry(dice: random.Random, name: str, style: str) -> list[str]:
    """The lines of one reply."""
    rows = [_row(dice) for _ in range(dice.randint(1, 4))]
    step = " " * dice.randint(1, 6)
    long = dice.random() < 0.5
    head, margin = (f"{name}:{' ' * dice.randint(1, 3)}", step) if not long else (f"{step}body: ", step + step)
    written = _written(dice, style, rows, head, margin)
    tail = [f"{step}tags: [teh, 'alot']  # teh end"] if long else []
    return [*([f"{name}:"] if long else []), *written, *tail, *[""] * dice.randint(0, 2)]


def _row(dice: random.Random) -> str:
    words = [dice.choice(WORDS) for _ in range(dice.randint(1, 6))]
    return " ".join(["Box", *words])


def _written(dice: random.Random, style: str, rows: list[str], head: str, margin: str) -> list[str]:
    if style in ("literal", "folded"):
        sign = {"literal": "|", "folded": ">"}[style] + dice.choice(["", "-", "+"])
        gaps = [[""] * dice.randint(0, 1) for _ in rows]
        return [head + sign, *(line for row, gap in zip(rows, gaps, strict=True) for line in (margin + row, *gap))]
    if style == "list":
        return [head.rstrip(), *(f"{margin}- '{row.replace(chr(39), chr(39) * 2)}'" for row in rows)]
    if style == "flow":
        texts = [f'"{row}"' for row in rows]
        return [
            f"{head}[{texts[0]}{',' if texts[1:] else ''}",
            *(f"{margin} {one}," for one in texts[1:]),
            f"{margin}]",
        ]
    quote = {"plain": "", "single": "'", "double": '"'}[style]
    if style == "single":
        rows = [row.replace("'", "''") for row in rows]
    if style == "plain":
        rows = [row.replace("{{ x }}", "x") for row in rows]
    if style == "double":
        rows = [row.replace("é", dice.choice(["é", "\\u00e9", "\\xe9"])) for row in rows]
    joined = [head + quote + rows[0], *(margin + " " + row for row in rows[1:])]
    return [*joined[:-1], joined[-1] + quote]


# -- processes that are killed ------------------------------------------------------------------


def kills(count: int) -> Figures:
    """Processes killed while they fix: each file is as it was or as it should be, and the next run mends the rest."""
    figures: Counter[str] = Counter()
    dice = random.Random(count)  # noqa: S311
    with TemporaryDirectory() as name:
        folder = Path(name)
        kit = _kit(folder, {"R": SWAPS})
        old, new, seconds = _rehearsed(kit, folder)
        for number in range(MOST_RUNS * count):
            if figures["kills"] == count:
                break
            for path, data in old.items():
                path.write_bytes(data)
            child = _child(lambda: kit.fix(today=TODAY))
            time.sleep(dice.random() * seconds * 1.1)
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            now = {path: path.read_bytes() for path in old}
            for path, data in now.items():
                promised(data in (old[path], new[path]), f"kill {number}: {path} is neither old nor new")
            changed = sum(now[path] != old[path] for path in now)
            figures.update(
                kills=os.WIFSIGNALED(status), midway=0 < changed < len(now), left_over=len(_unfinished(folder))
            )
            if number % 20 == 19:
                kit.fix(today=TODAY)
                promised({path: path.read_bytes() for path in old} == new, f"kill {number}: the next run does not mend")
                promised(not _unfinished(folder), f"kill {number}: something is left behind")
    return {"files": len(old), **figures}


def _rehearsed(kit: Kit, folder: Path) -> tuple[dict[Path, bytes], dict[Path, bytes], float]:
    """Files as they are and as they should be, and how long it takes to fix them."""
    old = {folder / "responses" / f"f{number}.yaml": generated(number) for number in range(20)}
    for path, data in old.items():
        path.write_bytes(data)
    kit.fix(write=False, today=TODAY)
    began = time.monotonic()
    kit.fix(today=TODAY)
    seconds = time.monotonic() - began
    new = {path: path.read_bytes() for path in old}
    changed = {path for path in old if old[path] != new[path]}
    for path in old.keys() - changed:
        path.unlink()
    return {path: old[path] for path in changed}, {path: new[path] for path in changed}, seconds


def _unfinished(folder: Path) -> list[Path]:
    return [path for path in folder.rglob(".*") if path.name.endswith(".cannedkit")]


def _child(work: Callable[[], object]) -> int:
    """The id of a process that does some work and ends."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


# -- processes at once --------------------------------------------------------------------------


def together(count: int) -> Figures:
    """Two processes that fix the same files at once, and one that waives in them: nothing of any is lost."""
    swaps = list(SWAPS.items())
    files = 3
    with TemporaryDirectory() as name:
        folder = Path(name)
        kit = _kit(folder, {"R": dict(swaps[:3]), "S": {"dont": "don't", "kool": "cool"}})
        for number in range(count):
            paths = [folder / "responses" / f"f{one}.yaml" for one in range(files)]
            for path in paths:
                path.write_text('a: "teh dont alot"\nb: "recieved kool"\nc: "teh"\n')
            works: list[Callable[[], object]] = [
                lambda: kit.fix(today=TODAY, rules=["Own.R"]),
                lambda: kit.fix(today=TODAY, rules=["Own.S"]),
                lambda: _waive(kit, files),
            ]
            children = [_child(work) for work in works]
            for child in children:
                _, status = os.waitpid(child, 0)
                promised(os.waitstatus_to_exitcode(status) == 0, f"run {number}: a process failed")
            for path in paths:
                text = path.read_text()
                promised(
                    text.startswith(
                        'a: "the don\'t a lot"\nb: "received cool"\nc:\n  body: "the"\n  waivers: [{rule: Own.S'
                    ),
                    f"run {number}: {text}",
                )
    return {"runs": count, "files": count * files, "processes": count * 3}


def _waive(kit: Kit, files: int) -> None:
    """A waiver in each file."""
    for one in range(files):
        kit.waive(f"f{one}/c", "Own.S", why="soak", by="jo", until=date(2999, 1, 1))


def _kit(folder: Path, rules: Mapping[str, Mapping[str, str]]) -> Kit:
    """The kit of a new catalogue with some rules that swap words."""
    (folder / "rules" / "Own").mkdir(parents=True)
    (folder / "responses").mkdir()
    (folder / "cannedkit.yaml").write_text(SETTINGS)
    (folder / "responses" / "variables.yaml").write_text("x: {}\n")
    for name, swaps in rules.items():
        swap = "".join(f"  {old}: {_quoted(new)}\n" for old, new in swaps.items())
        (folder / "rules" / "Own" / f"{name}.yml").write_text(RULE.format(level="warning", swap=swap))
    return Kit.load(folder)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


SOAKS: Mapping[str, Callable[[int], Figures]] = {"fix-styles": styles, "fix-kills": kills, "fix-together": together}
"""The name of a soak -> what runs it."""


if __name__ == "__main__":
    main()
