"""A writer's own corrections as a rule by example: what was there before is bad, what stands there now is good.

One correction a line: the text before and after with a tab between, or an object `{"bad": …, "good": …}` as JSON; one
of the two may be missing. Of whole messages only the sentences count that were changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cannedkit.model.errors import InputError, Problem
from cannedkit.text.segment import sentences
from cannedkit.yamlsource.scalar import escaped, quoted

LEAST = 10
"""Lines of each sort that a rule by example needs: with fewer it learns what they are about, not what is wrong."""

MAX_FILE = 5_000_000
"""Bytes of corrections that are read, as of any file of a catalogue (design, section 3.5)."""

MARK = r"\[["
"""How an example writes two brackets that mark nothing."""

_HEAD = """\
extends: meaning
message: "This is like what we have corrected before (close to: '%[2]s')."
level: suggestion
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """A text before and after it was corrected, "" where there was none."""

    bad: str
    good: str


def read(path: str, text: str) -> list[Correction]:
    """The corrections of a file. Raises InputError with every line that is none."""
    found: list[Correction] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_of_json(line) if line.lstrip().startswith("{") else _of_columns(line))
        except ValueError as error:
            problems.append(Problem(path, number, 1, str(error)))
    if problems:
        raise InputError(problems)
    return found


def rule(corrections: Iterable[Correction]) -> str:
    """The rule file that some corrections make, to be read and finished by a person. Raises InputError for too few."""
    lines: dict[str, dict[str, None]] = {"bad": {}, "good": {}}
    for one in corrections:
        before, after = dict.fromkeys(_sentences(one.bad)), dict.fromkeys(_sentences(one.good))
        lines["bad"] |= {text: None for text in before if text not in after}
        lines["good"] |= {text: None for text in after if text not in before}
    bad = [text for text in lines["bad"] if text not in lines["good"]]
    good = [text for text in lines["good"] if text not in lines["bad"]]
    if min(len(bad), len(good)) < LEAST:
        raise InputError(
            f"a rule by example needs {LEAST} sentences of each sort that were changed; these corrections have "
            f"{len(bad)} from before and {len(good)} from after"
        )
    return _HEAD + "".join(f"{key}:\n{_listed(texts)}" for key, texts in (("bad", bad), ("good", good)))


def _listed(texts: Iterable[str]) -> str:
    return "".join(f"  - {_scalar(text.replace('[[', MARK))}\n" for text in texts)


def _scalar(text: str) -> str:
    return quoted(text) if text.isprintable() else f'"{escaped(text)}"'


def _sentences(text: str) -> Iterator[str]:
    return (text[start:end] for start, end in sentences(text))


def _of_columns(line: str) -> Correction:
    bad, tab, good = line.partition("\t")
    if not tab:
        raise ValueError("a correction is the text before, a tab, and the text after; this line has no tab")
    if "\t" in good:
        raise ValueError("a correction has one tab, this line has more: write it as JSON")
    return Correction(bad.strip(), good.strip())


def _of_json(line: str) -> Correction:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError('is no JSON; write {"bad": "…", "good": "…"}') from None
    texts = [data.get(key, "") for key in ("bad", "good")]
    if not all(isinstance(text, str) for text in texts) or not any(texts):
        raise ValueError('a correction has the texts "bad" and "good"')
    return Correction(*texts)
