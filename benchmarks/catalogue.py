"""What rules that read the catalogue take, in time and memory: `python -m benchmarks.catalogue`.

A catalogue is made of the starter's replies, two by two and with other words for some, in two locales and on two
channels. Each size runs in a process of its own, so that its memory is its own. Seconds are those of the processor.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.drafts import drafts
from cannedkit.catalogue import load as responses
from cannedkit.catalogue.reading import Reading
from cannedkit.kit import Kit
from cannedkit.lint import catalogue as lint
from cannedkit.lint.packs import catalogue_packs
from cannedkit.settings import load, shipped

SIZES = (5_000, 20_000)
"""Responses of a catalogue."""

TODAY = date(2026, 6, 1)
_LONG = re.compile(r"(?<![\w{.])[a-z]{5,}(?![\w.}])(?![^{]*}})")
SETTINGS = "locale: en\nlocales: [en, nl]\nchannels: {chat: {}, sms: {}}\nfacts: facts.yaml\noffers: offers.yaml\n"


def main() -> None:
    """Print what each size takes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, help="measure this size in this process")
    parser.add_argument("--each", action="store_true", help="print what each rule takes, too")
    options = parser.parse_args()
    if options.size:
        measure(options.size, options.each)
        return
    for size in SIZES:
        more = ["--each"] if options.each else []
        subprocess.run([sys.executable, "-m", "benchmarks.catalogue", "--size", str(size), *more], check=True)


def measure(size: int, each: bool) -> None:
    """Time and memory of one size."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), size)
        began = time.process_time()
        settings = load(Path(folder).resolve() / "cannedkit.yaml")
        catalogue = responses.load(settings)
        loaded, before = time.process_time() - began, _peak()
        reading = Reading(catalogue)
        linter = lint.build(settings, catalogue_packs(settings))
        began = time.process_time()
        found, failed = linter.of_catalogue(reading, settings, TODAY)
        whole = time.process_time() - began
        began = time.process_time()
        records = linter.of_responses(catalogue.responses.values(), reading, settings, TODAY)
        record = time.process_time() - began
        bodies = sum(len(response.bodies) for response in catalogue.responses.values())
        print(
            f"{size:6,} responses, {bodies:,} bodies: loaded in {loaded:.1f} s ({before:.0f} MB); "
            f"rules of the catalogue {whole:.1f} s, of responses {record:.1f} s; peak {_peak():.0f} MB; "
            f"{len(found) + sum(len(more) for more, _ in records):,} findings, "
            f"{len(failed) + sum(len(others) for _, others in records)} failures"
        )
        if each:
            _each(linter, Reading(catalogue), settings)


def _each(linter: lint.CatalogueLinter, reading: Reading, settings: Any) -> None:
    """What each rule takes by itself, without the collector; the texts are read before."""
    gc.disable()
    began = time.process_time()
    count = sum(1 for _ in reading.texts)
    print(f"  {'reading':30} {time.process_time() - began:6.2f} s {count:7,} texts")
    for check in linter.wholes:
        began = time.process_time()
        found = list(check.run(reading, settings, TODAY))
        print(f"  {check.rule.id:30} {time.process_time() - began:6.2f} s {len(found):7,} findings")
    for record in linter.records:
        began = time.process_time()
        count = sum(1 for one in reading.responses for _ in record.run(one, reading, settings, TODAY))
        print(f"  {record.rule.id:30} {time.process_time() - began:6.2f} s {count:7,} findings")


Word = Callable[[random.Random], str]
"""Any of the words that a catalogue is written in."""


def write(folder: Path, size: int, word: Word | None = None) -> None:
    """A catalogue of so many responses: each topic has some of the starter's in words of its own, else made up."""
    word = word or partial(_word, size)
    starter = Kit.load(shipped())
    pool = []
    for response in starter.catalogue.responses.values():
        found = {body.locale: body.text.value for body in response.bodies if body.channel in ("", "chat")}
        if {"en", "nl"} <= found.keys() and not any("{%" in text or "\n" in text for text in found.values()):
            pool.append(found)
    chance = random.Random(7)  # noqa: S311 - for the same catalogue each time
    for name in ("facts.yaml", "offers.yaml", "responses/variables.yaml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text((shipped() / name).read_text())
    (folder / "cannedkit.yaml").write_text(SETTINGS)
    for topic in range(size // 100):
        own = [_in_other_words(found, 0.6, word, chance) for found in chance.sample(pool, 40)]
        made = {f"reply-{number}": _response(topic * 100 + number, word, own, chance) for number in range(100)}
        (folder / f"responses/topic-{topic}.yaml").write_text(json.dumps(made, ensure_ascii=False, indent=1))


def write_short(folder: Path, size: int) -> None:
    """A catalogue of so many replies of some thirty words in one locale on two channels, no two of them alike."""
    word, texts, chance = partial(_word, size), drafts(25, 5), random.Random(3)  # noqa: S311 - for the same one each time
    (folder / "responses").mkdir()
    (folder / "cannedkit.yaml").write_text("channels: {chat: {}, email: {}}\n")
    for start in range(0, size, 100):
        made = {}
        for number in range(start, min(start + 100, size)):
            body = _in_other_words({"en": next(texts)}, 0.6, word, chance)["en"]
            examples = [" ".join(word(chance) for _ in range(count)) for count in (3, 2)]
            made[f"reply-{number}"] = {"shortcut": f"s{number}", "examples": examples, "body": body}
        (folder / f"responses/topic-{start // 100}.yaml").write_text(json.dumps(made, ensure_ascii=False, indent=1))


def _response(number: int, word: Word, pool: list[dict[str, str]], chance: random.Random) -> dict[str, Any]:
    """A reply of two of its topic's: on SMS the first alone."""
    one, other = (_in_other_words(found, 0.5, word, chance) for found in chance.sample(pool, 2))
    body = {locale: {"any": f"{one[locale]} {other[locale]}", "sms": one[locale]} for locale in ("en", "nl")}
    examples = [" ".join(word(chance) for _ in range(5)) for _ in range(3)]
    return {"shortcut": f"s{number}", "examples": examples, "review_by": "2027-01-01", "body": body}


def _in_other_words(found: dict[str, str], share: float, word: Word, chance: random.Random) -> dict[str, str]:
    """The texts with a share of their longer words replaced."""

    def other(old: re.Match[str]) -> str:
        return word(chance) if chance.random() < share else old[0]

    return {locale: _LONG.sub(other, text) for locale, text in found.items()}


def words_of(size: int) -> int:
    """How many words a catalogue of that size has: about fifteen times the root of its words (Heaps' law)."""
    return int(15 * (size * 100) ** 0.5)


def _word(size: int, chance: random.Random) -> str:
    """A word that is made up, one of as many as a catalogue of that size has."""
    number = chance.randrange(words_of(size))
    return "".join("badefigolumanerisotuvaze"[number // 12**power % 12 * 2 :][:2] for power in range(4))


def _peak() -> float:
    """Megabytes that this process has held at most (Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
