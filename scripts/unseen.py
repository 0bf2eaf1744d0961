"""What is found in texts that nobody wrote a rule for: `python -m scripts.unseen [--half open|locked] [--deep]`.

`tests/unseen/` holds sets by people who had not read the rules. Half of each, by the hash of a row's id, is locked: it
is scored and never printed, so its figures are those of new text. The open half may be read (`--show KIND`).

An error or a fault is found if a finding meets its span (`scripts.quality`); faults of style count at warning or above.
What a conversation wants is what a case of `scripts.faults` wants. With `--deep` English is proofread with the extra
`deep`, and nothing else is measured.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Any

from cannedkit.kit import Kit
from cannedkit.model.draft import Draft, Finding, Level
from cannedkit.text.segment import words
from scripts.alarms import PROOFREADERS
from scripts.faults import found, is_over, is_right
from scripts.quality import ENGINES, LOCALES, applied, meets, ours, table
from scripts.rows import read_rows

SETS = Path(__file__).parents[1] / "tests/unseen"
"""The folder of the sets."""

STYLED = ("en", "nl", "th", "te")
"""Languages with a set of style."""

NO_STYLE = (*PROOFREADERS, "Context.", "Grammar.", "Spelling.", "Taal.", "Thai.", "Telugu.")
"""How the rules begin that proofread."""

FOR = 0.2
"""Part of the marked faults that a rule meets from which on it is for their kind; our own choice."""

Row = Mapping[str, Any]
Lint = Callable[[Row], list[Finding]]


@dataclass(frozen=True, slots=True)
class Score:
    """Of one kind: how many rows should be found, how many were; how many should be left alone, how many were not."""

    wanted: int = 0
    found: int = 0
    quiet: int = 0
    flagged: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.wanted + other.wanted,
            self.found + other.found,
            self.quiet + other.quiet,
            self.flagged + other.flagged,
        )


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=("open", "locked"), default="locked", help="which half of each set")
    parser.add_argument("--show", metavar="KIND", help="print what is missed and flagged of a kind in the open half")
    parser.add_argument("--deep", action="store_true", help="proofread English with the extra `deep`, too")
    options = parser.parse_args()
    if options.deep:
        print(f"The {options.half} half, with the extra `deep`.\n\n{errors('en', options.half, deep=True)}")
        return
    kit = Kit.load(Path("/"))
    if options.show:
        print("\n".join(shown(kit, options.show)))
        return
    print(f"The {options.half} half.\n")
    for language in ("en", "nl"):
        print(errors(language, options.half))
    for language in STYLED:
        print(style(kit, language, options.half))
    for language in ("en", "nl"):
        print(talks(kit, language, options.half))


def rows_of(name: str, half: str) -> list[dict[str, Any]]:
    """The rows of a set in a half."""
    path = SETS / f"{name}.jsonl"
    return [row for row in read_rows(path) if is_locked(row["id"]) == (half == "locked")] if path.exists() else []


def is_locked(name: str) -> bool:
    """Whether a row is scored and never shown."""
    return int(sha1(name.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 1


# -- proofreading ---------------------------------------------------------------------------------


def errors(language: str, half: str, *, deep: bool = False) -> str:
    """Errors met and mended by kind, and findings on clean text, by the packs and engines that proofread."""
    lint = proofreader(language, deep=deep)
    scores: dict[str, Score] = defaultdict(Score)
    for row in rows_of(f"errors_{language}", half):
        hits = [one for one in lint(row) if meets(one, row["start"], row["end"])]
        mended = {row["text"][: row["start"]] + fix + row["text"][row["end"] :] for fix in row["fixes"]}
        right = any(applied(row["text"], one) in mended for one in hits)
        scores[row["category"]] += Score(1, bool(hits), bool(hits), right)
    head = ("kind", "errors", "found", "first fix right")
    lines = _lines(scores, lambda one: (f"{one.wanted}", _share(one.found, one.wanted), _share(one.flagged, one.quiet)))
    return "\n".join([table(f"errors_{language}", head, lines), clean(language, half, lint, "proofreading"), ""])


def clean(language: str, half: str, lint: Lint, who: str) -> str:
    """Findings on clean text, per 1,000 words."""
    texts = rows_of(f"clean_{language}", half)
    if not texts:
        return f"clean_{language}: there is no such set"
    count = sum(len(words(row["text"])) for row in texts)
    levels = Counter(finding.level for row in texts for finding in lint(row))
    loud = levels[Level.WARNING] + levels[Level.ERROR]
    figures = ", ".join(
        f"{name} {number * 1000 / count:.2f}"
        for name, number in (("all", levels.total()), ("warnings and errors", loud), ("errors", levels[Level.ERROR]))
    )
    return f"clean_{language}, {who}: findings per {1000:,} of {count:,} words: {figures}"


def proofreader(language: str, *, deep: bool = False) -> Lint:
    """What proofreads a language: its packs and engines, without style."""
    read = ours(language, ENGINES[language], deep=deep)
    return lambda row: read(Draft(row["text"], row.get("locale") or LOCALES[language]))


# -- style ----------------------------------------------------------------------------------------


def style(kit: Kit, language: str, half: str) -> str:
    """Faults of style found by kind, near misses flagged, and findings on clean text."""
    lint = stylist(kit, language)
    looked = [(row, lint(row)) for row in rows_of(f"style_{language}", half)]
    scores: dict[str, Score] = defaultdict(Score)
    for row, findings in looked:
        for kind, score in judged(row, findings):
            scores[kind] += score
    head = ("kind", "faults", "found", "near misses", "flagged")
    return "\n".join(
        [
            table(f"style_{language}", head, _lines(scores, _both)),
            f"near misses flagged by a rule for what they resemble: {alike(looked)}",
            clean(language, half, lint, "style"),
            "",
        ]
    )


def stylist(kit: Kit, language: str) -> Lint:
    """Findings at warning or above of everything but what proofreads."""
    locale = LOCALES[language]

    def lint(row: Row) -> list[Finding]:
        findings = found(kit, {"locale": locale, **row, "mood": row.get("mood") or "neutral"})
        return [one for one in findings if one.level >= Level.WARNING and not one.rule.startswith(NO_STYLE)]

    return lint


def judged(row: Row, findings: Sequence[Finding]) -> Iterator[tuple[str, Score]]:
    """The score of each fault of a row; of a near miss, under the kind that it resembles."""
    for sin in row["sins"]:
        hit = any(one.start < sin["end"] and sin["start"] < one.end for one in findings)
        yield sin["kind"], Score(wanted=1, found=hit)
    if not row["sins"]:
        yield str(row.get("near", "")), Score(quiet=1, flagged=bool(findings))


def alike(looked: Sequence[tuple[Row, Sequence[Finding]]]) -> int:
    """Near misses that a rule for the kind that they resemble flags; other rules may tell another fault of theirs.

    A rule is for the kinds that make up `FOR` of the marked faults that it meets.
    """
    met: dict[str, Counter[str]] = defaultdict(Counter)
    for row, findings in looked:
        for sin in row["sins"]:
            for one in findings:
                met[one.rule][sin["kind"]] += one.start < sin["end"] and sin["start"] < one.end
    near = ((str(row.get("near", "")), findings) for row, findings in looked if not row["sins"])
    return sum(any(met[one.rule][kind] > FOR * met[one.rule].total() for one in findings) for kind, findings in near)


# -- conversations --------------------------------------------------------------------------------


def talks(kit: Kit, language: str, half: str) -> str:
    """What conversations want, by kind."""
    looked = [(row, found(kit, row)) for row in rows_of(f"talks_{language}", half)]
    scores: dict[str, Score] = defaultdict(Score)
    for row, findings in looked:
        right = is_right(row, findings)
        wanted = row["want"] == "find"
        scores[row["kind"]] += Score(wanted, wanted and right, not wanted, not wanted and not right)
    lines = table(f"talks_{language}", ("kind", "to find", "found", "right texts", "flagged"), _lines(scores, _both))
    return f"{lines}\nright texts flagged by a rule for their kind: {of_kind(looked)}\n"


def of_kind(looked: Sequence[tuple[Row, Sequence[Finding]]]) -> int:
    """Right texts of a conversation that a rule for their kind flags; other rules may tell another fault of theirs.

    A rule is for the kinds that make up `FOR` of the marked places that it meets.
    """
    met: dict[str, Counter[str]] = defaultdict(Counter)
    for row, findings in looked:
        places = row.get("at") or [[0, len(row["text"])]]
        for one in findings if row["want"] == "find" else ():
            met[one.rule][row["kind"]] += any(is_over(one, start, end) for start, end in places)
    right = ((row["kind"], findings) for row, findings in looked if row["want"] == "silent")
    return sum(
        any(one.level >= Level.WARNING and met[one.rule][kind] > FOR * met[one.rule].total() for one in findings)
        for kind, findings in right
    )


# -- what may be read -----------------------------------------------------------------------------


def shown(kit: Kit, kind: str) -> Iterator[str]:
    """Rows of the open half that are not right, of one kind."""
    for language in ("en", "nl"):
        lint = proofreader(language)
        for row in rows_of(f"errors_{language}", "open"):
            if row["category"] == kind and not any(meets(one, row["start"], row["end"]) for one in lint(row)):
                yield f"missed: {_marked(row['text'], row['start'], row['end'])} -> {row['fixes'][0]}"
    for language in STYLED:
        lint = stylist(kit, language)
        for row in rows_of(f"style_{language}", "open"):
            findings = lint(row)
            for name, score in judged(row, findings):
                if name == kind and score.found < score.wanted:
                    sin = next(one for one in row["sins"] if one["kind"] == kind)
                    yield f"missed: {_marked(row['text'], sin['start'], sin['end'])}"
                if name == kind and score.flagged:
                    yield f"flagged: {row['text']} <- {', '.join(_said(row['text'], findings))}"
    for row in (*rows_of("talks_en", "open"), *rows_of("talks_nl", "open")):
        findings = found(kit, row)
        if row["kind"] == kind and not is_right(row, findings):
            yield f"{row['want']}: {row['text']} <- {', '.join(_said(row['text'], findings)) or 'nothing'}"


def _said(text: str, findings: Iterable[Finding]) -> list[str]:
    return [f"{one.rule} ({text[one.start : one.end]})" for one in findings]


def _marked(text: str, start: int, end: int) -> str:
    return f"{text[:start]}[[{text[start:end]}]]{text[end:]}"


# -- tables ---------------------------------------------------------------------------------------


def _both(score: Score) -> tuple[str, ...]:
    return (
        f"{score.wanted}",
        _share(score.found, score.wanted),
        f"{score.quiet}",
        _share(score.flagged, score.quiet),
    )


def _lines(scores: Mapping[str, Score], cells: Callable[[Score], tuple[str, ...]]) -> list[tuple[str, ...]]:
    lines = [(kind, *cells(scores[kind])) for kind in sorted(scores)]
    return [*lines, ("all", *cells(sum(scores.values(), Score())))]


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.1f} %)" if whole else "–"


if __name__ == "__main__":
    main()
