"""What proofreading finds and what it flags in vain: `python -m scripts.quality --data DIR`.

DIR holds the evaluation sets. Four proofreaders read them in one run: Harper as it comes, LanguageTool as it comes,
cannedkit without a server and with one (rows of a server are left out where there is none: `--without-server`).

A finding meets a marked span that it overlaps (one letter apart is enough where either is a gap) if it is at most
twice as long plus 20 characters. Precision is spans met / (spans met + findings on the corrected texts). An alarm is
any finding on text that editors have read. A first fix is right if it gives what one of the marked fixes gives.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha1
from pathlib import Path
from typing import Any

from cannedkit.engines import harper
from cannedkit.engines.languagetool import engine as languagetool
from cannedkit.engines.languagetool import server as languagetoolserver
from cannedkit.engines.languagetool.client import Client
from cannedkit.kit import Kit
from cannedkit.model.draft import Draft, Finding, Level
from cannedkit.settings import deepened
from cannedkit.settings.places import without_file
from cannedkit.text.segment import words
from scripts.rows import read_rows

ERRORS = {
    "en": ("support/errors_en.jsonl", "lt_en.jsonl", "harper_tests.jsonl.gz"),
    "nl": ("support/errors_nl.jsonl", "lt_nl.jsonl"),
    "th": ("support/errors_th.jsonl",),
    "te": ("support/errors_te.jsonl",),
}
"""Language -> sets of texts with marked errors."""

CLEAN = {
    "en": ("clean_gov.jsonl.gz", "clean_18f.jsonl", "support/clean_en.jsonl"),
    "nl": ("support/clean_nl.jsonl",),
    "th": ("support/clean_th.jsonl", "th_wisesight.jsonl"),
    "te": ("support/clean_te.jsonl", "i18n_te.jsonl"),
}
"""Language -> sets of text without errors; th_wisesight and i18n_te were never edited."""

MISSPELT = {
    "en": ("misspell_client9.jsonl.gz", "misspell_typos.jsonl.gz"),
    "nl": ("misspell_opentaal_nl.jsonl",),
    "th": ("misspell_th.jsonl",),
}
"""Language -> lists of misspelt words with the right ones."""

CARRIER = {"en": "We have seen {} in your message.", "nl": "Wij zien {} in uw bericht.", "th": "คำว่า {} ในข้อความ"}
"""Language -> the sentence that a misspelt word is put in."""

LOCALES = {"en": "en-US", "nl": "nl", "th": "th", "te": "te"}
"""Language -> the locale of a text that names none."""

PACKS = {"en": ("English", "Grammar"), "nl": ("Taal", "Gesprek"), "th": ("Thai",), "te": ("Telugu",)}
"""Language -> the packs that proofread it."""

ENGINES = {"en": ("harper", "context"), "nl": ("opentaal",), "th": ("pythainlp",), "te": ("hunspell",)}
"""Language -> the engines that proofread it in the process."""

SERVED = frozenset({"en", "nl"})
"""Languages that a server is asked about."""

Proofread = Callable[[Draft], list[Finding]]


@dataclass(frozen=True)
class Marked:
    """A text with errors: each span with the texts that mend it; the corrected text ("" where none is given)."""

    text: str
    spans: tuple[tuple[int, int, frozenset[str]], ...]
    corrected: str
    locale: str
    category: str


@dataclass(frozen=True)
class Met:
    """Spans of a set, those that were met, those with the right first fix, and findings on the corrected texts."""

    spans: int
    met: int
    fixed: int
    twins: int


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the evaluation sets")
    parser.add_argument("--language", choices=sorted(ERRORS), action="append", help="only this one (default: all)")
    parser.add_argument("--without-server", action="store_true", help="leave LanguageTool out")
    parser.add_argument("--most", type=int, default=100_000, help="how many rows of a set to read, chosen by hash")
    parser.add_argument("--kinds", action="store_true", help="also print what is found by kind of error")
    options = parser.parse_args()
    for language in options.language or sorted(ERRORS):
        systems = proofreaders(language, with_server=not options.without_server)
        for found in tables(language, systems, options.data, options.most):
            print(found, flush=True)
        if options.kinds:
            print(kinds(language, systems, options.data), flush=True)


# -- who reads ----------------------------------------------------------------------------------


def proofreaders(language: str, *, with_server: bool) -> Mapping[str, Proofread]:
    """Name -> the findings of a draft, for everything that reads this language and can be had here."""
    found: dict[str, Proofread] = {}
    if language == "en":
        found["Harper as it comes"] = plain_harper()
    if with_server and language in SERVED:
        found["LanguageTool as it comes"] = plain_languagetool()
    engines = ENGINES[language]
    found["cannedkit"] = ours(language, engines)
    if with_server and language in SERVED:
        found["cannedkit with LanguageTool"] = ours(language, [*engines, "languagetool"])
    return found


def ours(language: str, engines: Sequence[str], *, deep: bool = False) -> Proofread:
    """The packs that proofread a language, and some engines, merged into one verdict; `deep` with the extra `deep`."""
    settings = replace(
        without_file(Path("/")),
        packs=PACKS[language],
        locale=LOCALES[language],
        engines={name: {} for name in engines},
        engines_named=True,
    )
    return Kit(deepened(settings) if deep else settings).linter().lint


def plain_harper() -> Proofread:
    """Harper with its own choice of rules and its own way with overlaps."""
    distribution = harper.distribution()
    linters: dict[str, Any] = {}

    def read(draft: Draft) -> list[Finding]:
        dialect = harper.dialect(draft.locale)
        if dialect not in linters:
            linters[dialect] = distribution.Linter(getattr(distribution.Dialect, dialect))
        found = linters[dialect].organized_lints(draft.text, language="plaintext")
        return [
            Finding(lint.span.start, lint.span.end, f"Harper.{rule}", Level.WARNING, fixes=_written(draft.text, lint))
            for rule, lints in found.items()
            for lint in lints
        ]

    return read


def plain_languagetool() -> Proofread:
    """LanguageTool with its own choice of rules, from the server of our own."""
    client = Client(languagetoolserver.address())

    def read(draft: Draft) -> list[Finding]:
        matches = client.check(draft.text, languagetool.code(draft.locale), languagetool.FIRST_SECONDS)
        return [
            Finding(one.start, one.end, f"LanguageTool.{one.rule}", Level.WARNING, fixes=one.fixes) for one in matches
        ]

    return read


def _written(text: str, lint: Any) -> tuple[str, ...]:
    """The fixes of a lint of Harper, in its own order."""
    spanned = text[lint.span.start : lint.span.end]
    before = {"REPLACE": "", "REMOVE": "", "INSERT_AFTER": spanned}
    return tuple(before[fix.kind.name] + fix.replacement_text for fix in lint.suggestions)


# -- what they find -----------------------------------------------------------------------------


def tables(language: str, systems: Mapping[str, Proofread], data: Path, most: int) -> Iterator[str]:
    """The tables of a language: errors found, findings on clean text, misspelt words."""
    yield table(
        f"{language}: errors",
        ("set", "texts", "proofreader", "spans met", "precision", "first fix right", "findings on the corrected texts"),
        [
            (name, f"{len(rows):,}", system, *_errors_row(met(read, rows)))
            for name in ERRORS[language]
            for rows in [_chosen(_marked(data / name, LOCALES[language]), most)]
            for system, read in systems.items()
        ],
    )
    yield table(
        f"{language}: text without errors, findings per 1,000 words",
        ("set", "words", "proofreader", "all", "warnings and errors", "errors"),
        [
            (name, f"{count:,}", system, *(f"{number * 1000 / count:.2f}" for number in alarms(read, drafts)))
            for name in CLEAN[language]
            for drafts in [_chosen(_clean(data / name, LOCALES[language]), most)]
            for count in [sum(len(words(draft.text)) for draft in drafts)]
            for system, read in systems.items()
        ],
    )
    if language in MISSPELT:
        yield table(
            f"{language}: misspelt words in a sentence",
            ("list", "words", "proofreader", "found", "right first", "right in the first three", "right words flagged"),
            [
                (name, f"{len(pairs):,}", system, *spelling(read, pairs, language))
                for name in MISSPELT[language]
                for pairs in [_chosen(list(read_rows(data / name)), min(most, 500))]
                for system, read in systems.items()
            ],
        )


def met(read: Proofread, rows: Sequence[Marked]) -> Met:
    """How many marked spans a proofreader meets, and what it says of the corrected texts."""
    count = fixed = twins = 0
    for row in rows:
        findings = read(Draft(row.text, row.locale))
        for start, end, mended in row.spans:
            hits = [one for one in findings if meets(one, start, end)]
            count += bool(hits)
            fixed += any(applied(row.text, one) in mended for one in hits)
        twins += len(read(Draft(row.corrected, row.locale)))
    return Met(sum(len(row.spans) for row in rows), count, fixed, twins)


def alarms(read: Proofread, drafts: Iterable[Draft]) -> tuple[int, int, int]:
    """Findings on clean texts: all, at warning or above, at error."""
    levels = Counter(found.level for draft in drafts for found in read(draft))
    return sum(levels.values()), levels[Level.WARNING] + levels[Level.ERROR], levels[Level.ERROR]


def spelling(read: Proofread, pairs: Sequence[Mapping[str, Any]], language: str) -> tuple[str, ...]:
    """The shares of misspelt words that are found, with the right word first or among three; of right ones flagged."""
    carrier = CARRIER[language]
    start = carrier.index("{")
    found = first = third = flagged = 0
    for pair in pairs:
        wrong, right = pair["wrong"], [pair["right"]] if isinstance(pair["right"], str) else pair["right"]
        hits = [
            one
            for one in read(Draft(carrier.format(wrong), LOCALES[language]))
            if meets(one, start, start + len(wrong))
        ]
        fixes = hits[0].fixes if hits else ()
        found += bool(hits)
        first += fixes[:1] != () and fixes[0] in right
        third += any(fix in right for fix in fixes[:3])
        flagged += bool(read(Draft(carrier.format(right[0]), LOCALES[language])))
    return tuple(_percent(number, len(pairs)) for number in (found, first, third, flagged))


def kinds(language: str, systems: Mapping[str, Proofread], data: Path) -> str:
    """The share of marked errors that each proofreader meets, by kind of error."""
    rows = _marked(data / ERRORS[language][0], LOCALES[language])
    count = Counter(row.category for row in rows)
    found = {
        system: Counter(
            row.category
            for row in rows
            if any(meets(one, *row.spans[0][:2]) for one in read(Draft(row.text, row.locale)))
        )
        for system, read in systems.items()
    }
    lines = [
        (kind, f"{number}", *(f"{found[system][kind]}" for system in systems)) for kind, number in count.most_common()
    ]
    return table(f"{language}: errors met, by kind", ("kind", "errors", *systems), lines)


def meets(finding: Finding, start: int, end: int) -> bool:
    """Whether a finding is about the marked span."""
    slack = 1 if start == end or finding.start == finding.end else -1
    near = finding.start <= end + slack and start - slack <= finding.end
    return near and finding.end - finding.start <= 2 * (end - start) + 20


def applied(text: str, finding: Finding) -> str | None:
    """A text with the first fix of a finding made, None where it has none."""
    return text[: finding.start] + finding.fixes[0] + text[finding.end :] if finding.fixes else None


# -- rows in, tables out ------------------------------------------------------------------------


def _marked(path: Path, locale: str) -> list[Marked]:
    """The rows of a set with errors."""
    return [
        Marked(
            row["text"],
            tuple(_span(row["text"], span) for span in row.get("spans", [row])),
            row.get("corrected") or row.get("fixed") or "",
            row.get("locale") or locale,
            row.get("category") or "",
        )
        for row in read_rows(path)
    ]


def _span(text: str, span: Mapping[str, Any]) -> tuple[int, int, frozenset[str]]:
    start, end = span["start"], span["end"]
    return start, end, frozenset(text[:start] + fix + text[end:] for fix in span["fixes"])


def _clean(path: Path, locale: str) -> list[Draft]:
    own = "en-GB" if "gov" in path.name else locale
    return [Draft(row["text"], row.get("locale") or own) for row in read_rows(path)]


def _chosen(rows: Sequence[Any], most: int) -> list[Any]:
    """At most so many rows, the same ones each time."""
    if len(rows) <= most:
        return list(rows)
    return sorted(rows, key=lambda row: sha1(repr(row).encode(), usedforsecurity=False).digest())[:most]


def _errors_row(result: Met) -> tuple[str, ...]:
    return (
        _percent(result.met, result.spans),
        _percent(result.met, result.met + result.twins),
        _percent(result.fixed, result.met),
        f"{result.twins}",
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as a table of Markdown under a heading."""
    lines = [f"### {title}", "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows), ""])


if __name__ == "__main__":
    main()
