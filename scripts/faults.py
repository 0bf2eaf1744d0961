"""Cases that trials and public bug reports left behind: `python -m scripts.faults --data DIR`.

DIR/faults.jsonl holds them. What a case wants of the places `at` that it marks (of the whole text where it marks none):
`find`, a finding over each; `silent`, no warning or error; `once`, exactly one finding over each; `fix`, a finding
whose first fix gives `result`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cannedkit.kit import Kit
from cannedkit.model.draft import Finding, Level
from scripts.rows import read_rows

FAULTS = "faults.jsonl"
"""The file of the cases in the folder of the evaluation sets."""

Case = Mapping[str, Any]


def main() -> None:
    """Print how many cases of each kind are right, and with `--show` those that are not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the evaluation sets")
    parser.add_argument("--show", action="store_true", help="also print the cases that are wrong")
    options = parser.parse_args()
    kit = Kit.load(Path("/"))
    cases = [(case, is_right(case, found(kit, case))) for case in read_rows(options.data / FAULTS)]
    print(table(cases))
    if options.show:
        print(
            "\n".join(
                f"{case['id']} {case['kind']}, {case['want']}: {case['text']}" for case, well in cases if not well
            )
        )


def found(kit: Kit, case: Case) -> list[Finding]:
    """What is found in the text of a case, as the case says it was sent."""
    return kit.lint(
        case["text"],
        locale=case.get("locale"),
        channel=case.get("channel"),
        mood=case.get("mood"),
        known=case.get("known", ()),
        history=case.get("history", ()),
    )


def is_right(case: Case, findings: Sequence[Finding]) -> bool:
    """Whether the findings are what a case wants."""
    places = case.get("at") or [[0, len(case["text"])]]
    there = [[one for one in findings if is_over(one, start, end)] for start, end in places]
    if case["want"] == "silent":
        return not any(one.level >= Level.WARNING for over in there for one in over)
    if case["want"] == "once":
        return all(len(over) == 1 for over in there)
    if case["want"] == "fix":
        return any(_fixed(case["text"], one) == case["result"] for over in there for one in over)
    return all(there)


def is_over(finding: Finding, start: int, end: int) -> bool:
    """Whether a finding and a marked place share a character, or touch where one of them is empty."""
    if finding.start == finding.end or start == end:
        return finding.start <= end and start <= finding.end
    return finding.start < end and start < finding.end


def table(cases: Iterable[tuple[Case, bool]]) -> str:
    """The cases (each with whether it is right) by kind and by what they want."""
    of, right = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for case, well in cases:
        key = (case["kind"], case["want"])
        of[key] += 1
        right[key] += well
    rows = [f"| {kind} | {want} | {right[kind, want]} | {of[kind, want]} |" for kind, want in sorted(of)]
    total = f"| all | | {right.total()} | {of.total()} |"
    return "\n".join(["| kind | want | right | of |", "|---|---|---|---|", *rows, total])


def _fixed(text: str, finding: Finding) -> str | None:
    return text[: finding.start] + finding.fixes[0] + text[finding.end :] if finding.fixes else None


if __name__ == "__main__":
    main()
