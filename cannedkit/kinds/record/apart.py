"""`apart`: two texts of a response that should say the same are far from each other in what they mean.

`variations` and `locales` say how alike those of a response must be, in percent, where sentences are read (`search:
{semantic: true}`); `words` is the same where only the table of words is, which there is for English, and for two texts
of one language. A text of fewer than `least` words, little ones apart, says too little to be placed. The message gets
how alike the two are, and where the other is from. What is found so of texts that were mixed up on purpose stands in
docs/quality.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cannedkit.catalogue.finding import in_text
from cannedkit.catalogue.pairs import pairs
from cannedkit.catalogue.reading import HOLE, Reading, Text
from cannedkit.model.errors import RuleError
from cannedkit.model.response import Response
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, RecordCheck, Rule
from cannedkit.model.settings import Settings
from cannedkit.rules.message import problem, said
from cannedkit.rules.options import options
from cannedkit.text.common import lists
from cannedkit.text.terms import terms
from cannedkit.words import sentences, vectors
from cannedkit.yamlsource.schema import whole


@dataclass(frozen=True)
class Options:
    """How alike texts must be by their sentences and by their words, in percent, and of how many words; 0: not held."""

    variations: int = 0
    locales: int = 0
    words: int = 0
    least: int = 0


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    own = Options(**options(rule, dict.fromkeys(("variations", "locales", "words", "least"), whole)))
    if not (own.variations or own.locales):
        raise RuleError([problem(rule, "variations", "an apart rule needs `variations` or `locales`, in percent")])
    return own


def build(rules: Sequence[Rule], context: Context) -> list[RecordCheck]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> RecordCheck:
    def run(response: Response, reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        for across, needed in (("variations", own.variations), ("locales", own.locales)):
            for source, other, where in pairs(response, across, reading, settings) if needed else ():
                found = _likeness(source, other, own, needed, settings) if source.part == "body" else None
                if found is not None and found[0] < found[1]:
                    shown = where if across == "variations" else f"the text in {where}"
                    related = [source.place(0, len(source.plain))]
                    message = said(rule.message, found[0], shown)
                    yield in_text(rule, other, (0, len(other.plain)), message, related=related)

    return RecordCheck(rule, run)


def _likeness(source: Text, other: Text, own: Options, needed: int, settings: Settings) -> tuple[int, int] | None:
    """How alike two texts are and how alike they must be, in percent; None where nobody can tell."""
    if min(len(_telling(text)) for text in (source, other)) < own.least:
        return None
    languages = {text.locale.partition("-")[0] for text in (source, other)}
    encode = sentences.encoder() if settings.semantic and languages <= sentences.LANGUAGES else None
    if encode is not None:
        here, there = encode([" ".join(_bare(text).split()) for text in (source, other)])
        return round(100 * float(here @ there)), needed
    table = vectors.table(*languages) if len(languages) == 1 and own.words else None
    if table is None:
        return None
    here, there = (_mean(text, table) for text in (source, other))
    return round(100 * float(here @ there)), own.words


def _mean(text: Text, table: vectors.Table) -> vectors.Array:
    """The mean of what the words of a text mean, at length 1."""
    return vectors.unit(vectors.vectors(table, _telling(text)).sum(axis=0))


def _telling(text: Text) -> list[str]:
    """The words of a text without little ones, and without what its placeholders stand for."""
    little = lists().get(f"little.{text.locale.partition('-')[0]}", frozenset())
    return [word for word in terms(_bare(text)) if word not in little]


def _bare(text: Text) -> str:
    return text.plain.replace(HOLE, " ")
