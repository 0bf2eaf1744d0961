"""False alarms on clean text and faults found in marked text: `python -m scripts.alarms --data DIR`.

DIR holds the evaluation sets. Clean text: findings per 1,000 words, for each pack and Harper, and the rules that
flag most. Marked text: the share of marked faults of style that a finding overlaps; `scripts.quality` has the errors.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from cannedkit.kit import Kit
from cannedkit.model.draft import MOODS, Level
from cannedkit.text.segment import words
from scripts.rows import read_rows

CLEAN = {
    "clean_gov.jsonl.gz": "email",
    "clean_18f.jsonl": "email",
    "support/clean_en.jsonl": "chat",
}
"""Sets of clean text -> the channel that they are read as."""

PROOFREADERS = ("Harper.", "English.")
"""What stands before the names of rules that look for errors, not for style."""

DRAFTS = "star_drafts.jsonl.gz"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the evaluation sets")
    parser.add_argument("--drafts", type=int, default=2_000, help="how many agents' drafts to read")
    options = parser.parse_args()
    kit = Kit.load(Path("/"))
    for name, channel in CLEAN.items():
        rows = list(read_rows(options.data / name))
        print(table(name, [(row["text"], row.get("locale", "en-GB"), channel) for row in rows], kit))
    rows = [row for row in read_rows(options.data / DRAFTS) if row["mode"] == "custom"][: options.drafts]
    print(
        table(f"{DRAFTS} (first {len(rows):,} typed by hand)", [(row["draft"], "en-US", "chat") for row in rows], kit)
    )
    print(style(options.data / "support/style_en.jsonl", kit))


def table(name: str, texts: list[tuple[str, str, str]], kit: Kit) -> str:
    """Findings per 1,000 words of clean texts (text, locale, channel), by pack and by rule."""
    count = sum(len(words(text)) for text, _, _ in texts)
    found = [finding for text, locale, channel in texts for finding in kit.lint(text, locale=locale, channel=channel)]
    lines = [f"## {name}: {len(texts):,} texts, {count:,} words"]
    packs = Counter((finding.rule.partition(".")[0], finding.level) for finding in found)
    for pack in sorted({pack for pack, _ in packs}):
        by_level = [f"{level} {packs[pack, level] * 1000 / count:.2f}" for level in reversed(Level)]
        total = sum(packs[pack, level] for level in Level) * 1000 / count
        lines.append(f"{pack:8} {total:6.2f} per 1,000 words ({', '.join(by_level)})")
    most = Counter(finding.rule for finding in found).most_common(8)
    lines.append("most: " + ", ".join(f"{rule} {number * 1000 / count:.2f}" for rule, number in most))
    return "\n".join(lines) + "\n"


def style(path: Path, kit: Kit) -> str:
    """The share of marked faults of style that the packs find, and the near misses that they flag."""
    found: Counter[str] = Counter()
    count: Counter[str] = Counter()
    flagged = misses = 0
    for row in read_rows(path):
        mood = row["mood"] if row["mood"] in MOODS else "neutral"
        findings = kit.lint(row["text"], channel=row["channel"], mood=mood, known=row["known"])
        findings = [one for one in findings if not one.rule.startswith(PROOFREADERS)]
        if not row["sins"]:
            misses += 1
            flagged += any(one.level >= Level.WARNING for one in findings)
        for sin in row["sins"]:
            count[sin["kind"]] += 1
            found[sin["kind"]] += any(one.start < sin["end"] and sin["start"] < one.end for one in findings)
    total = sum(count.values())
    lines = [
        f"## {path.name}: {sum(found.values())} of {total} faults found ({sum(found.values()) / total:.1%}), "
        f"{flagged} of {misses} near misses flagged at warning or above"
    ]
    lines += [f"{kind:24} {found[kind]:3} of {number}" for kind, number in count.most_common()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
