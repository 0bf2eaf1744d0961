"""Findings of a pack on real text, for judging by eye: `python -m scripts.judge --data DIR --pack PACK`.

DIR holds the evaluation sets. The sample is the same each time: the findings of each rule are put in order by hash and
dealt in turns, one of each rule, so that the loud rules do not crowd out the others. What was judged stands in
docs/judged.tsv: `right` where a team lead would change the text, `arguable` where it is taste or context would tell,
`wrong` where it is a false alarm.

`--pack all` reads with every pack and engine at once, and draws evenly from all findings,
so that loud rules count as often as they are met.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha1
from pathlib import Path

from cannedkit import settings
from cannedkit.kit import Kit
from cannedkit.model.draft import MOODS, Draft, Finding, Turn
from cannedkit.model.errors import CheckFailed
from cannedkit.text.segment import sentences
from scripts.rows import read_rows

SETS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en-US": (
        ("star_drafts.jsonl.gz", "chat"),
        ("tm4_agent_turns.jsonl", "chat"),
        ("abcd_sample.jsonl", "chat"),
        ("star_templates.jsonl", "chat"),
        ("support/clean_en.jsonl", "chat"),
        ("support/style_en.jsonl", "chat"),
        ("clean_gov.jsonl.gz", "email"),
        ("clean_18f.jsonl", "email"),
        ("i18n_en.jsonl", "email"),
        ("lt_en_correct.jsonl", "email"),
        ("harper_tests_clean.jsonl", "email"),
    ),
    "nl": (
        ("support/clean_nl.jsonl", "chat"),
        ("support/errors_nl.jsonl", "chat"),
        ("i18n_nl.jsonl", "email"),
        ("lt_nl.jsonl", "email"),
        ("lt_nl_correct.jsonl", "email"),
        ("lt_nl_style.jsonl", "email"),
    ),
    "th": (("support/clean_th.jsonl", "chat"), ("th_wisesight.jsonl", "chat"), ("i18n_th.jsonl", "email")),
    "te": (("support/clean_te.jsonl", "chat"), ("support/errors_te.jsonl", "chat"), ("i18n_te.jsonl", "email")),
}
"""Locale of a set whose rows name none -> its files, and the channel that each is read as where a row names none."""

EVERY = "all"
"""What stands for every pack and engine."""

LONGEST = 300
"""Code points of a sentence that are printed on either side of a finding."""

_LETTER = re.compile(r"\n\s*\n")
_SLOT = re.compile(r"\{\w+:([ds])\}")


@dataclass(frozen=True)
class Seen:
    """A finding, the draft it was found in, and the file that this stands in."""

    finding: Finding
    draft: Draft
    file: str

    @property
    def sentence(self) -> str:
        """The sentences that the finding touches, on one line, with the span in double brackets."""
        text, start, end = self.draft.text, self.finding.start, self.finding.end
        touched = [
            span for span in sentences(text, self.draft.locale) if span[0] <= max(start, end - 1) and start <= span[1]
        ]
        left = max(min((span[0] for span in touched), default=0), start - LONGEST)
        right = min(max((span[1] for span in touched), default=len(text)), end + LONGEST)
        marked = f"{text[min(left, start) : start]}[[{text[start:end]}]]{text[end : max(right, end)]}"
        return marked.replace("\n", " / ")


def main() -> None:
    """Print the sample: one finding to a line, and how many each rule has."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the evaluation sets")
    parser.add_argument("--pack", required=True, help="whose findings to print, or all")
    parser.add_argument("--rule", help="only this rule of it")
    parser.add_argument("--most", type=int, default=100, help="how many findings to print")
    parser.add_argument("--each", type=int, default=20, help="how many of one rule at most")
    options = parser.parse_args()
    found = [one for one in seen(options.data, options.pack) if options.rule in (None, one.finding.rule)]
    shown = even(found, options.most) if options.pack == EVERY else sample(found, options.most, options.each)
    for number, one in enumerate(sorted(shown, key=lambda one: one.finding.rule), 1):
        finding = one.finding
        said = " / ".join(turn.text for turn in one.draft.history)
        print(
            f"{number} {finding.rule} {finding.level} ({one.file}) {f'<{said}> ' if said else ''}{one.sentence}",
            f"   {finding.message}",
            sep="\n",
        )
    count = Counter(one.finding.rule for one in found)
    of = Counter(one.finding.rule for one in shown)
    print(f"\n{len(shown):,} of {len(found):,} findings:")
    print(", ".join(f"{rule} {of[rule]} of {number}" for rule, number in count.most_common()))


def sample(found: Iterable[Seen], most: int, each: int) -> list[Seen]:
    """At most `most` findings, at most `each` of a rule, dealt in turns; one of those that read the same."""
    by_rule: dict[str, dict[str, Seen]] = defaultdict(dict)
    for one in found:
        by_rule[one.finding.rule].setdefault(one.sentence.lower(), one)
    piles = {rule: sorted(pile.values(), key=_hash)[:each] for rule, pile in by_rule.items()}
    turns = (piles[rule][turn] for turn in range(each) for rule in sorted(piles) if turn < len(piles[rule]))
    return [one for one, _ in zip(turns, range(most), strict=False)]


def even(found: Iterable[Seen], most: int) -> list[Seen]:
    """At most `most` findings, each as likely as any other; one of those that read the same."""
    different = {(one.finding.rule, one.sentence.lower()): one for one in found}
    return sorted(different.values(), key=_hash)[:most]


def seen(data: Path, pack: str) -> Iterator[Seen]:
    """Every finding of a pack on the sets of its language, or on all for a pack of none, or for all packs in English.

    Raises RuleError, CheckFailed.
    """
    plain = settings.without_file(Path("/"))
    alone = replace(plain, packs=(pack,), engines={"harper": {}}, engines_named=True)
    kit = Kit(plain if pack == EVERY else alone)
    language = "en" if pack == EVERY else kit.packs()[0].language
    for locale, files in SETS.items():
        if language not in ("", locale.partition("-")[0]):
            continue
        linter = kit.linter(locale)
        for name, channel in files:
            for draft in drafts(data / name, locale, channel):
                findings, failures = linter.results(draft) if pack == EVERY else linter.by_rules(draft)
                if failures:
                    raise CheckFailed(findings, failures)
                yield from (Seen(one, draft, name) for one in findings if pack in (EVERY, one.rule.partition(".")[0]))


def drafts(path: Path, locale: str, channel: str) -> Iterator[Draft]:
    """The drafts of a set: only what agents wrote, with the customer's turn before it, and slots filled.

    What has paragraphs is a letter, and read as e-mail.
    """
    for row in read_rows(path):
        if row.get("mode", "custom") != "custom" or row.get("role", "agent") != "agent":
            continue
        text = row["draft"] if "draft" in row else row["text"]
        yield Draft(
            _SLOT.sub(lambda slot: "7" if slot[1] == "d" else "Ana", text) if "task" in row else text,
            row.get("locale", locale),
            row.get("channel") or ("email" if _LETTER.search(text) else channel),
            MOODS.get(row.get("mood", ""), "neutral"),
            tuple(row.get("known", ())),
            (Turn("customer", row["user"]),) if row.get("user") else (),
        )


def _hash(one: Seen) -> str:
    return sha1(f"{one.finding.rule} {one.file} {one.sentence}".encode(), usedforsecurity=False).hexdigest()


if __name__ == "__main__":
    main()
