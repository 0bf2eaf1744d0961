"""Measure every rule of LanguageTool on the evaluation sets, and write the table of those that are off or less loud.

    python -m scripts.languagetool_rules --data DIR

DIR holds the sets that docs/quality.md describes. All rules run once over all texts, each match is judged by the
engine's own eye (names, codes, words). A rule is as loud as its kind until edited text speaks against it: only
where its alarms outweigh what it finds is it off, and where they are more than a tenth it is a suggestion. What is
counted is a count of findings, never a time, so that the same sets and the same server give the same table.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import resources
from pathlib import Path

from cannedkit.engines.languagetool import engine as engine
from cannedkit.model.draft import LEVELS, Draft, Level
from cannedkit.model.settings import Vocabulary
from scripts.harper_rules import Measure, Text, alarm_rate, hits, recall, rows, texts

ERRORS: Mapping[str, Mapping[str, float]] = {
    "en": {"support/errors_en.jsonl": 3.0, "harper_tests.jsonl.gz": 1.0, "lt_en.jsonl": 0.25},
    "nl": {"support/errors_nl.jsonl": 3.0, "lt_nl.jsonl": 0.25},
}
"""Language -> sets of marked errors -> what one span found is worth. LanguageTool's own examples only prove that a
rule works."""

CLEAN: Mapping[str, tuple[str, ...]] = {
    "en": (
        "clean_gov.jsonl.gz",
        "clean_18f.jsonl",
        "support/clean_en.jsonl",
        "support/style_en.jsonl",
        "star_templates.jsonl",
    ),
    "nl": ("support/clean_nl.jsonl", "i18n_nl.jsonl", "lt_nl_correct.jsonl"),
}
"""Language -> sets of edited text: a finding here is an alarm. So it is in the corrected texts of support/errors_*."""

RAW: Mapping[str, tuple[str, ...]] = {"en": ("tm4_agent_turns.jsonl",), "nl": ()}
"""Language -> what agents typed, errors and all."""

PRICE = 2.0
"""What an alarm on edited text costs, in spans found."""

LEAST = 2
"""Alarms that speak against a rule; one is chance."""

DOUBTFUL = 0.10
"""Alarms, as a share of alarms and spans found, beyond which a rule is a suggestion."""


def main() -> None:
    """Measure, write the table, and print what the engine reaches with it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of the evaluation sets")
    parser.add_argument("--url", help="a server that runs; one of our own is started if not given")
    parser.add_argument("--check", action="store_true", help="write nothing, measure the table as it is")
    options = parser.parse_args()
    address = {"url": options.url} if options.url else {}
    table = resources.files("cannedkit.engines.languagetool").joinpath("rules.tsv")
    if not options.check:
        everything = replace(engine.open(address, Vocabulary()), rules={})
        measures = {language: measure(everything, options.data, language) for language in ERRORS}
        Path(str(table)).write_text(tabulate(measures), encoding="utf-8")
    for line in report(engine.open(address, Vocabulary()), options.data):
        print(line)


# -- measuring ------------------------------------------------------------------------------------


def measure(everything: engine.LanguageTool, data: Path, language: str) -> dict[str, Measure]:
    """Rule -> what it does, for every rule that finds anything; `kind` is the level of its kind of issue."""
    levels: dict[str, Level] = {}
    found: dict[str, set[tuple[str, int]]] = defaultdict(set)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    numbered = list(enumerate(_texts(data, language)))
    with ThreadPoolExecutor(2) as pool:
        checked = pool.map(lambda one: everything.check(one[1].draft), numbered)
        for (number, text), findings in zip(numbered, checked, strict=True):
            for finding in findings:
                rule = finding.rule.partition(".")[2]
                levels[rule] = finding.level
                if text.spans and hits(text, finding):
                    found[rule].add((text.set, number))
                else:
                    counts[rule][_column(language, text)] += 1
    measures = {}
    for rule in sorted(levels):
        strays, alarms, raw = (counts[rule][column] for column in ("strays", "alarms", "raw"))
        measures[rule] = Measure(frozenset(found[rule]), strays, alarms, raw, str(levels[rule]))
    return measures


def _texts(data: Path, language: str) -> Iterator[Text]:
    """All texts in a language, and the corrected form of those that were written for us."""
    for name in (*ERRORS[language], *CLEAN[language], *RAW[language]):
        yield from texts(data, name)
    name = f"support/errors_{language}.jsonl"
    for row in rows(data, name):
        yield Text("corrected", Draft(row["corrected"], locale=row["locale"]))


def _column(language: str, text: Text) -> str:
    return "strays" if text.spans else "raw" if text.set in RAW[language] else "alarms"


# -- the table ------------------------------------------------------------------------------------


def level(language: str, rule: str, each: Measure) -> Level | None:
    """The level that a rule earns: off, a suggestion, or that of its kind. A speller keeps its own."""
    default = LEVELS[each.kind]
    if each.alarms < LEAST or "MORFOLOGIK" in rule:
        return default
    if sum(ERRORS[language][name] for name, _ in each.found) <= PRICE * each.alarms:
        return None
    doubtful = each.alarms > DOUBTFUL * (each.alarms + len(each.found))
    return Level.SUGGESTION if doubtful else default


def tabulate(measures: Mapping[str, Mapping[str, Measure]]) -> str:
    """The table of the rules that are not as loud as their kind, with the figures that speak against them."""
    lines = [
        "# Rules of LanguageTool that are off, or less loud than their kind. Written by"
        " scripts/languagetool_rules.py, edits are lost.",
        "# support, others, own: error spans hit in support/errors_*, Harper's tests, LanguageTool's own examples."
        " strays: findings there beside the spans.",
        "# alarms: findings on edited text. raw: findings in what agents typed. usual: the level of its kind.",
        "language\trule\tlevel\tsupport\tothers\town\tstrays\talarms\traw\tusual",
    ]
    for language, rules in measures.items():
        for rule, each in rules.items():
            earned = level(language, rule, each)
            if earned != LEVELS[each.kind]:
                spans = [
                    sum(name.startswith(start) for name, _ in each.found) for start in ("support", "harper", "lt_")
                ]
                figures = (*spans, each.strays, each.alarms, each.raw)
                lines.append("\t".join(map(str, (language, rule, earned or "off", *figures, each.kind))))
    return "\n".join(lines) + "\n"


# -- what it reaches ------------------------------------------------------------------------------


def report(opened: engine.LanguageTool, data: Path) -> Iterator[str]:
    """Lines of a table: span recall, and findings per 1,000 words of edited and of raw text."""
    for language in ERRORS:
        off = [rule for rule, level in opened.rules.get(language, {}).items() if level is None]
        yield f"{language}: {len(off)} rules off, {len(opened.rules.get(language, {})) - len(off)} less loud"
        yield "| errors | texts | span recall | first fix right, of those |"
        for name in ERRORS[language]:
            count, found, fixed = recall(opened, data, name)
            yield f"| {name} | {count} | {100 * found / count:.1f} % | {100 * fixed / max(found, 1):.1f} % |"
        yield "| text | words | findings per 1,000 words | errors alone |"
        for name in (*CLEAN[language], *RAW[language]):
            words, alarms, errors = alarm_rate(opened, data, name)
            yield f"| {name} | {words} | {alarms:.2f} | {errors:.2f} |"


if __name__ == "__main__":
    main()
