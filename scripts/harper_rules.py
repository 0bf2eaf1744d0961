"""Measure every rule of Harper on the evaluation sets and write the table of those that earn their alarms.

    python scripts/harper_rules.py --data DIR

DIR holds the sets that docs/quality.md describes. All rules run once over all texts, each finding is judged by the
engine's own eye (names, codes, words), and rules are picked greedily: at each step the one that adds most. What is
counted is a count of findings, never a time, so that the same sets and the same Harper give the same table.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha1
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from cannedkit.engines import harper as engine
from cannedkit.model.draft import Draft, Engine, Finding, Level
from cannedkit.model.settings import Vocabulary
from scripts.rows import read_rows

ERRORS = {"support/errors_en.jsonl": 3.0, "lt_en.jsonl": 1.0, "harper_tests.jsonl.gz": 0.25}
"""Sets of marked errors -> what one more span found is worth. Harper's own tests only prove that a rule works."""

CLEAN = (
    "clean_gov.jsonl.gz",
    "clean_18f.jsonl",
    "support/clean_en.jsonl",
    "support/style_en.jsonl",
    "star_templates.jsonl",
)
"""Sets of edited text: a finding here is an alarm."""

RAW = ("star_drafts.jsonl.gz", "tm4_agent_turns.jsonl")
"""What agents typed, errors and all: a finding here shows that the rule meets such errors, or errs."""

PRICE = 2.0
"""What an alarm on edited text costs, in spans found."""

RAW_WORTH, RAW_MOST = 0.2, 10
"""What a finding in a raw draft is worth, and how many count, for a rule with no more than one alarm."""

MAX_RULES = 160
"""Rules kept: each costs about 11 microseconds for a draft of 60 words, whatever it looks for."""

NEEDED = frozenset(
    """
    AwaitFor BareInMind BareWithMe BestRegards BetterOffPhrase ByOnesOwn CanBeSeen ComfortableWith ComplainAsNoun
    ConfirmThat DenyOffer DespiteItIs DespiteOf DoToDueTo DontCan DoubleNegative ElsePossessive EveryTime ExceptOf
    ExtendOrExtent ForAWhile ForFreeOfCharge GoingTo HavePronoun HowItLooksLike IAmAgreement IDo InAHurry InAnyWay
    InDetail InStock InTheFirstPlace InterestedIn IsBeenAuxSequence ItCan KindRegards LastNight LookForwardTo Months
    NeedHelp NeedToNoun NotIn OfCourse OneOfTheSingular Payed PeaceOfMind PleasRequestVerb
    ReasonForDoing Respond ResponsibilityFor ResponsibleFor SafeToSave SameAs ShutdownVerb SimilarLike SpellCheck
    SupposedTo TakeALookTo TakeCareOf ThanksALot ThatThan TheAnother TheDifferenceBetween Theres TheyreConfusions
    ToBackOut ToLoseTooLoose TooTo UseToUsedTo WasAloud WillContain WillGonna WillNonLemma WishCould
    """.split()
)
"""Rules for slips that agents make ("bare with me", "please response", "suppose to"), kept though few texts hold one;
only alarms take one off, and SpellCheck not even these: it is what the proofreader is for."""

DOUBTFUL = 0.15
"""Alarms, as a share of all findings that count, from which on a rule is a warning and no error."""

JUDGED = frozenset("AnA NounVerbConfusion OneOfTheSingular PossessiveYour ToTwoToo".split())
"""Rules that were wrong on replies of agents that others wrote, read by eye: warnings, whatever the sets say."""

EXCLUDED = {
    "LetsConfusion": "takes an imperative for a slip: let go of it",
    "QuiteQuiet": "takes quite a while for a slip; the pack English asks what stands behind it",
    "ThereToTheir": "takes a place for a slip: the desk there signs for it",
    "LookingForwardTo": "prints debugging text to file descriptor 1",
    "LongSentences": "one finding over the whole sentence hides every other; the packs count words themselves",
    "AvoidContractions": "our replies are written with contractions",
    "BoringWords": "taste",
    "MoreAdjective": "taste",
    "SpelledNumbers": "taste",
    "OxfordComma": "house style, left to packs",
    "NoOxfordComma": "house style, left to packs",
    "NoFrenchSpaces": "house style, left to packs",
    "FrenchSpaces": "house style, left to packs",
    "Dashes": "house style, left to packs",
    "UseEllipsisCharacter": "house style, left to packs",
    "OkToOkay": "house style, left to packs",
    "SplitWords": "takes the speller's place with worse proposals",
    "SentenceCapitalization": "fires on fragments, lists and lines of forms",
    "HaveTakeALook": "taste",
    "ExpandTimeShorthands": "taste",
    "ExpandMemoryShorthands": "units are right as they are",
    "RedundantAcronyms": "PIN number is what customers know",
}
"""Rules that are never kept, and why."""

STYLE_KINDS = frozenset({"Enhancement", "Formatting", "Readability", "Redundancy", "Regionalism", "Style"})
"""Kinds of lint whose findings are suggestions."""

LOCALES = {"clean_gov.jsonl.gz": "en-GB", "lt_nl.jsonl": "nl", "lt_nl_correct.jsonl": "nl", "i18n_nl.jsonl": "nl"}
"""Locale of the sets that are not American and do not say so in each row."""


@dataclass(frozen=True)
class Text:
    """One row of a set: its text, locale and the marked spans."""

    set: str
    draft: Draft
    spans: tuple[tuple[int, int], ...] = ()
    slack: bool = False


@dataclass(frozen=True)
class Measure:
    """What one rule does on all sets; `found` are the spans it hits, by set and number."""

    found: frozenset[tuple[str, int]]
    strays: int
    alarms: int
    raw: int
    kind: str


UNSEEN = Measure(frozenset(), strays=0, alarms=0, raw=0, kind="")
"""A rule for which no set has an example."""


def main() -> None:
    """Measure, pick, write the table, and print what the kept rules reach together."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of the evaluation sets")
    parser.add_argument("--check", action="store_true", help="write nothing, measure the table as it is")
    options = parser.parse_args()
    table = resources.files("cannedkit.engines").joinpath("harper_rules.tsv")
    if not options.check:
        measures = measure(options.data)
        kept = pick(measures)
        Path(str(table)).write_text(tabulate(kept, measures), encoding="utf-8")
    for line in report(options.data):
        print(line)


# -- measuring ------------------------------------------------------------------------------------


def measure(data: Path) -> dict[str, Measure]:
    """Rule -> what it does, for every rule of Harper that finds anything."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    found: dict[str, set[tuple[str, int]]] = defaultdict(set)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    everything = every_rule()
    with stdout_to_stderr():
        for name in (*ERRORS, *CLEAN, *RAW):
            for number, text in enumerate(texts(data, name)):
                for finding, kind in everything(text.draft):
                    rule = finding.rule.partition(".")[2]
                    kinds[rule][kind] += 1
                    if name not in ERRORS:
                        counts[rule]["alarms" if name in CLEAN else "raw"] += 1
                    elif hits(text, finding):
                        found[rule].add((name, number))
                    else:
                        counts[rule]["strays"] += 1
    return {
        rule: Measure(
            frozenset(found[rule]),
            counts[rule]["strays"],
            counts[rule]["alarms"],
            counts[rule]["raw"],
            kinds[rule].most_common(1)[0][0],
        )
        for rule in sorted(kinds)
    }


def every_rule() -> Any:
    """A function from a draft to (finding, kind of lint) of all rules, none hidden by another."""
    import harper

    names = harper.get_default_lint_config()
    opened = engine.open({}, Vocabulary())
    full = engine.Harper({name: Level.ERROR for name in names if name != "LongSentences"}, opened.accepted)

    def lint(draft: Draft) -> Iterator[tuple[Finding, str]]:
        linter = full._reader(engine.dialect(draft.locale)).linter
        for rule, lints in engine.lints(linter, draft.text).items():
            for each in lints:
                finding = full._finding(draft, rule, each, 0, ())
                if finding is not None:
                    yield finding, each.lint_kind

    return lint


def rows(data: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a set, in file order; templates are left out, and a raw draft that came before."""
    seen: set[str] = set()
    for row in read_rows(data / name):
        text = row.get("draft") or row.get("text", "")
        if "{" in text or (text in seen and name in RAW):
            continue
        seen.add(text)
        yield row


def texts(data: Path, name: str) -> Iterator[Text]:
    """The rows of a set as drafts with their marked spans."""
    for row in rows(data, name):
        draft = Draft(row.get("draft") or row["text"], locale=row.get("locale") or LOCALES.get(name, "en-US"))
        marked = row.get("spans") or ([row] if "start" in row else [])
        spans = tuple((span["start"], span["end"]) for span in marked)
        yield Text(name, draft, spans, slack=row.get("category", "").startswith("missing"))


def hits(text: Text, finding: Finding) -> bool:
    """Whether a finding of like size touches a marked span; beside a missing word one word of slack is given."""
    return any(_hit(text, finding, start, end) for start, end in text.spans)


def _hit(text: Text, finding: Finding, start: int, end: int) -> bool:
    if finding.end - finding.start > 2 * (end - start) + 20:
        return False
    if text.slack:
        start, end = widened(text.draft.text, start, end)
    if start == end or finding.start == finding.end:
        return finding.start <= end and start <= finding.end
    return finding.start < end and start < finding.end


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the word on each side of it."""
    before = text[:start].rstrip()
    after = text[end:].lstrip()
    return before.rfind(" ") + 1, len(text) - len(after) + len(after.split(" ", 1)[0])


@contextmanager
def stdout_to_stderr() -> Iterator[None]:
    """Rules that we measure but never keep print to file descriptor 1."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


# -- picking --------------------------------------------------------------------------------------


def pick(measures: Mapping[str, Measure]) -> list[str]:
    """The needed rules, then those that add most, one by one: spans that no earlier rule found, less alarms."""
    kept = sorted(rule for rule in NEEDED if rule == "SpellCheck" or measures.get(rule, UNSEEN).alarms <= 1)
    left = {rule for rule, each in measures.items() if rule not in EXCLUDED and worth(each, frozenset()) > 0}
    left -= set(kept)
    found = frozenset().union(*(measures.get(rule, UNSEEN).found for rule in kept))
    while left and len(kept) < MAX_RULES:
        best = max(sorted(left), key=lambda rule: (worth(measures[rule], found), worth(measures[rule], frozenset())))
        if worth(measures[best], found) <= 0:
            break
        kept.append(best)
        left.remove(best)
        found |= measures[best].found
    return kept


def worth(each: Measure, found: frozenset[tuple[str, int]]) -> float:
    """Spans that are new, weighted, and some of the findings in raw drafts, less the price of the alarms."""
    spans = sum(ERRORS[name] for name, _ in each.found - found)
    raw = RAW_WORTH * min(each.raw, RAW_MOST) if each.alarms <= 1 else 0.0
    return spans + raw - PRICE * each.alarms


def level(rule: str, each: Measure) -> str:
    """A suggestion for style, error for spelling, warning where alarms are many, it found nothing or was judged."""
    if each.kind in STYLE_KINDS:
        return "suggestion"
    doubtful = not each.found or each.alarms > DOUBTFUL * (each.alarms + len(each.found))
    return "warning" if (doubtful or rule in JUDGED) and each.kind != "Spelling" else "error"


def tabulate(kept: list[str], measures: Mapping[str, Measure]) -> str:
    """The table, sorted by name, with the figures that each rule was kept for."""
    lines = [
        f"# Rules of Harper that run (harper-py {metadata.version('harper-py')}). Written by scripts/harper_rules.py,"
        " edits are lost.",
        "# support, languagetool, own: error spans hit in support/errors_en, lt_en, harper_tests. strays: findings"
        " there beside the spans.",
        "# alarms: findings on edited text. raw: findings in what agents typed. kind: what Harper calls it.",
        "rule\tlevel\tsupport\tlanguagetool\town\tstrays\talarms\traw\tkind",
    ]
    for rule in sorted(kept):
        each = measures.get(rule, UNSEEN)
        spans = [sum(name == wanted for name, _ in each.found) for wanted in ERRORS]
        lines.append(
            "\t".join(map(str, (rule, level(rule, each), *spans, each.strays, each.alarms, each.raw, each.kind or "-")))
        )
    return "\n".join(lines) + "\n"


# -- what the kept rules reach together -----------------------------------------------------------


def report(data: Path) -> Iterator[str]:
    """Lines of a table: span recall, alarms per 1,000 words, misspelt words found, milliseconds."""
    opened = engine.open({}, Vocabulary())
    yield f"{len(opened.rules)} rules"
    yield "| errors | texts | span recall | first fix right, of those |"
    for name in ERRORS:
        count, found, fixed = recall(opened, data, name)
        yield f"| {name} | {count} | {100 * found / count:.1f} % | {100 * fixed / max(found, 1):.1f} % |"
    yield "| clean | words | alarms per 1,000 words | errors alone |"
    for name in (*CLEAN, *RAW):
        words, alarms, errors = alarm_rate(opened, data, name)
        yield f"| {name} | {words} | {alarms:.2f} | {errors:.2f} |"
    yield "| misspelt words | words | found | right word first | in the first three |"
    for name in ("misspell_typos.jsonl.gz", "misspell_client9.jsonl.gz"):
        shares = " | ".join(f"{100 * share:.1f} %" for share in misspelt(opened, data, name))
        yield f"| {name} | 500 | {shares} |"
    bare = engine.Harper({}, opened.accepted)
    for which, each in (("these rules", opened), ("no rule at all", bare)):
        median, high = milliseconds(each, data)
        yield f"60 words never seen, {which}: median {median:.2f} ms, 99th of 100 {high:.2f} ms (CPU time)"


def recall(opened: Engine, data: Path, name: str) -> tuple[int, int, int]:
    """(texts, texts with a span found, of those the ones whose first fix is right); one span a text is counted."""
    count = found = fixed = 0
    for row, text in zip(rows(data, name), texts(data, name), strict=True):
        findings = [finding for finding in opened.check(text.draft) if hits(text, finding)]
        body = text.draft.text
        marked = row.get("spans") or [row]
        right = {body[: span["start"]] + fix + body[span["end"] :] for span in marked for fix in span["fixes"]}
        count += 1
        found += bool(findings)
        fixed += any(finding.fixes and _apply(body, finding, finding.fixes[0]) in right for finding in findings)
    return count, found, fixed


def _apply(text: str, finding: Finding, fix: str) -> str:
    return text[: finding.start] + fix + text[finding.end :]


def alarm_rate(opened: Engine, data: Path, name: str) -> tuple[int, float, float]:
    """(words, findings per 1,000 words, findings of level error per 1,000 words)."""
    words, counts = 0, Counter[Level]()
    for text in texts(data, name):
        words += len(text.draft.text.split())
        counts.update(finding.level for finding in opened.check(text.draft))
    return words, 1000 * counts.total() / words, 1000 * counts[Level.ERROR] / words


def misspelt(opened: engine.Harper, data: Path, name: str) -> tuple[float, float, float]:
    """Shares of 500 misspelt words, picked by hash, in a plain sentence: found, right first, right in three."""
    ranked = sorted(rows(data, name), key=lambda row: sha1(row["id"].encode(), usedforsecurity=False).digest())
    found = first = three = 0
    for row in ranked[:500]:
        text = f"We wrote {row['wrong']} in the message."
        over = [each for each in opened.check(Draft(text)) if each.start < 9 + len(row["wrong"]) and each.end > 9]
        right = {f"We wrote {word} in the message." for word in row["right"]}
        fixes = [[_apply(text, each, fix) for fix in each.fixes] for each in over]
        found += bool(over)
        first += any(right & set(each[:1]) for each in fixes)
        three += any(right & set(each[:3]) for each in fixes)
    return found / 500, first / 500, three / 500


def milliseconds(opened: engine.Harper, data: Path) -> tuple[float, float]:
    """(median, 99th percentile) of the CPU time for drafts of 60 words never seen before.

    Harper keeps what it knows of a text for every Linter, so the bare one gets drafts of its own.
    """
    drafts, words = [], list[str]()
    for text in texts(data, "clean_gov.jsonl.gz"):
        words += text.draft.text.split()
        if len(words) >= 60:
            drafts.append(Draft(" ".join(words[:60]), locale="en-GB"))
            words = []
    fresh = engine.Harper(opened.rules, opened.accepted)
    fresh.check(Draft("Warm up.", locale="en-GB"))
    half = drafts[::2] if opened.rules else drafts[1::2]
    times = [cpu_time(partial(fresh.check, draft)) for draft in half]
    return 1000 * statistics.median(times), 1000 * statistics.quantiles(times, n=100)[98]


def cpu_time(call: partial[Any]) -> float:
    """Seconds of this thread's CPU time that a call takes."""
    start = time.thread_time()
    call()
    return time.thread_time() - start


if __name__ == "__main__":
    main()
