"""How many rules propose a fix of what they find: `python -m scripts.fixes [--show PACK]`.

A rule can propose one if it names a text; what counts, measures or misses something names none. It does propose one if
that is so for a `bad` example of its own. `--show` prints what its first fix makes of each example, to be read by eye.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from cannedkit import engines
from cannedkit.kit import Kit
from cannedkit.lint import linter as lint
from cannedkit.lint.linter import Linter
from cannedkit.lint.packs import examples, read_pack
from cannedkit.model.draft import Draft, Engine, Level
from cannedkit.model.result import FileFinding, Mended
from cannedkit.model.rule import Example, Examples, Pack, Rule
from cannedkit.model.settings import Settings
from cannedkit.review.draft import fits, looks
from cannedkit.review.mend import mend
from cannedkit.settings import shipped
from cannedkit.trial.selftest import draft_of

COUNTING = (
    "length",
    "occurrence",
    "share",
    "next-step",
    "language",
    "metric",
    "readability",
    "limit",
    "ended",
    "ended-facts",
    "unserved",
    "unused",
    "meaning",
)
"""Kinds whose findings are of a number, a date, something missing or what a sentence means: no text to put there."""

HARPER: Mapping[str, Mapping[str, Any]] = {"harper": {}}
"""The engines that judge what a fix makes."""

LANGUAGES = {"en": "en-GB", "nl": "nl", "th": "th", "te": "te"}
"""The languages of the shipped packs, and the locale that their examples are read as."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A `bad` example of a rule, and what the rule's own first fixes make of it; None where it proposes none."""

    rule: Rule
    example: Example
    mended: Mended | None


def main() -> None:
    """Print the table, or what becomes of the examples of a pack."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--show", metavar="PACK", help="print the examples of this pack before and after")
    shown = parser.parse_args().show
    packs = [read_pack(folder) for folder in sorted((shipped() / "rules").iterdir()) if folder.is_dir()]
    if shown:
        print("\n".join(line for pack in packs if pack.name == shown for line in told(tried(pack, packs))))
    else:
        print(table(packs))


def tried(pack: Pack, packs: Sequence[Pack]) -> Iterator[Tried]:
    """Each `bad` example of the rules of a pack that name a text, mended by the rule alone.

    All packs and Harper judge it.
    """
    rules = [rule for rule in pack.rules if names_a_text(rule)]
    if not rules:
        return
    settings = replace(Kit.load("/").settings, locale=LANGUAGES[pack.language or "en"])
    linters = {name: judge(name, pack, packs, settings) for name in ([pack.language] if pack.language else LANGUAGES)}
    own = examples(pack)
    for rule in rules:
        for example in own.get(rule.id, Examples()).bad:
            draft = draft_of(example, rule, settings)
            linter = linters.get(draft.locale.partition("-")[0], next(iter(linters.values())))
            yield Tried(rule, example, _mended(rule, draft, linter))


def judge(language: str, pack: Pack, packs: Sequence[Pack], settings: Settings) -> Linter:
    """A linter over the packs of a language, those by example left out, and one pack with its rules on that are off."""
    levels = {rule.id: Level.SUGGESTION for rule in pack.rules if rule.level is None}
    unasked = [one for one in packs if one is pack or all(rule.kind != "meaning" for rule in one.rules)]
    read = [one for one in unasked if one.language in ("", language)]
    bare = replace(settings, levels=levels, engines=HARPER, facts={}, offers={})
    return lint.build(bare, read, _harper(), forgiving=True)


@cache
def _harper() -> tuple[Engine, ...]:
    """Harper alone, opened once: its dictionary takes longer than most packs."""
    return engines.open_all(replace(Kit.load("/").settings, engines=HARPER)).engines


def _mended(rule: Rule, draft: Draft, linter: Linter) -> Mended | None:
    """A draft with the fixes of one rule made; None where there is none."""

    def choose(found: FileFinding, text: str) -> str | None:
        finding = found.finding
        return finding.fixes[0] if rule.id in finding.sources and finding.fixes else None

    mended = mend(draft.text, looks(draft, linter), choose, fits)
    return mended if mended.made or mended.left else None


def table(packs: Sequence[Pack]) -> str:
    """For each pack and each language: the rules, those that name a text, and those of them that propose a fix."""
    rows: dict[str, list[tuple[str, int, int, int]]] = {}
    for pack in packs:
        with_fix = {one.rule.id for one in tried(pack, packs) if one.mended}
        named = [rule.id for rule in pack.rules if names_a_text(rule)]
        fixed = sum(id in with_fix for id in named)
        rows.setdefault(pack.language or "any", []).append((pack.name, len(pack.rules), len(named), fixed))
    lines = ["| language | pack | rules | name a text | propose a fix | share |", "|---|---|---|---|---|---|"]
    for language, of in rows.items():
        lines += [_row(language, *row) for row in of]
        counts = zip(*((rules, named, fixed) for _, rules, named, fixed in of), strict=True)
        lines.append(_row(f"**{language}**", "all", *map(sum, counts)))
    return "\n".join(lines)


def _row(language: str, name: str, rules: int, named: int, fixed: int) -> str:
    return f"| {language} | {name} | {rules} | {named} | {fixed} | {f'{fixed / named:.0%}' if named else ''} |"


def names_a_text(rule: Rule) -> bool:
    """Whether what a rule finds is a text that another one could take the place of."""
    return rule.kind not in COUNTING


def told(results: Iterator[Tried]) -> Iterator[str]:
    """What became of each example: before and after, what was taken back, or that nothing was proposed."""
    for one in results:
        yield f"{one.rule.id}: {one.example.text!r}"
        if one.mended is None:
            yield "    -"
            continue
        for change in one.mended.left:
            yield f"    TAKEN BACK {change.fix!r}: {change.reason}"
        yield f"    {one.mended.text!r}"


if __name__ == "__main__":
    main()
