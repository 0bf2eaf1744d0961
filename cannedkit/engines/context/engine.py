"""The engine `context`: what is written is weighed against what could have been meant, by a model of the language.

`open` gives an Engine. Nothing outside the package is needed, and nothing is loaded before the first draft in a
language that has a model. The changes that are weighed, and the gain from which each is worth telling, stand in
`en.changes.tsv`; both were learnt by scripts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cannedkit.engines.context import changes, model, scorer, weighing
from cannedkit.engines.context.tokens import ALWAYS_CAPITAL, tokens
from cannedkit.model.draft import MAX_FIXES, Draft, Finding, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Vocabulary
from cannedkit.sources import SCORERS
from cannedkit.text.nearest import shown
from cannedkit.text.segment import Span
from cannedkit.words.inflection import article, changed
from cannedkit.words.vocabulary import Accepted, accepted, covers

LANGUAGES = ("en",)
"""Languages that have a model."""

AMERICAN = frozenset({"US", "PH"})
"""Regions that write American English; no region does, too."""

RULES: Mapping[str, str] = {
    "Confusion": "{written} is a word that is easily confused: here {meant} would be usual.",
    "Typo": "{written} may be a slip of the finger: here {meant} would be usual.",
    "Article": "The article does not fit here: {meant} would be usual.",
    "Agreement": "{written} does not agree with the words around it: {meant} would be usual.",
    "VerbForm": "This form of the verb does not fit here: {meant} would be usual.",
    "Preposition": "The preposition does not fit here: {meant} would be usual.",
    "MissingWord": "A word seems to be missing here: {meant} would be usual.",
    "SplitWord": "{written} is written otherwise here: {meant} would be usual.",
}
"""Sort of a mistake -> what is said of it."""

_QUOTED = re.compile(r"“[^”\n]{1,300}”|\"[^\"\n]{1,300}\"|«[^»\n]{1,300}»|`[^`\n]{1,300}`|(?<!\w)‘[^’\n]{1,300}’(?!\w)")


def open(options: Mapping[str, Any], vocabulary: Vocabulary) -> Context:
    """The engine, ready to check drafts from any thread; it says nothing of what `vocabulary.accept` names.

    Raises EngineError where the settings ask for a scorer that is not there.
    """
    wanted = str(options.get("scorer", SCORERS[0]))
    if wanted not in SCORERS:
        raise EngineError(f"engines: context: there is no scorer {shown(wanted)}: write {' or '.join(SCORERS)}")
    if lost := [one for one in LANGUAGES if model.shipped(one) is None]:
        raise EngineError(f"context lacks its model of {' and '.join(lost)}: install cannedkit again")
    return Context(accepted(vocabulary.accept))


def rules() -> Mapping[str, Level]:
    """The rules that may report, and the level at which each begins."""
    return dict.fromkeys(RULES, Level.SUGGESTION)


@dataclass(frozen=True)
class Context:
    """The engine with the model of each language. `accepted` is what nothing is said of."""

    accepted: Accepted = field(default_factory=Accepted)
    name: str = "context"
    languages: tuple[str, ...] = LANGUAGES

    @property
    def mark(self) -> str:
        """What its findings depend on besides the text and the settings: the models, and the tables of changes."""
        known = (model.shipped(one) for one in self.languages)
        tables = (changes.shipped(one) for one in self.languages)
        return " ".join((self.name, *(one.digest for one in known if one), *(one.digest for one in tables)))

    def check(self, draft: Draft) -> list[Finding]:
        """The findings of `draft`, sorted, named `Context.Sort`. Raises EngineError where there is no model."""
        language = draft.locale.partition("-")[0].lower()
        known = model.shipped(language) if language in self.languages else None
        if known is None:
            raise EngineError(f"context has no model of the language of the draft's locale, {draft.locale}")
        read = scorer.read(known, tokens(draft.text, known.knows, shut(draft)))
        right = self.accepted.spans(draft.text)
        found = (
            _finding(draft, read, those) for those in weighing.best(weighing.hits(read, changes.shipped(language)))
        )
        return sorted(one for one in found if not covers(right, one.start, one.end))


def shut(draft: Draft) -> list[Span]:
    """The stretches of a draft that are not its writer's words: filled values and quotations."""
    return [*draft.filled, *(match.span() for match in _QUOTED.finditer(draft.text))]


# -- how it is told -------------------------------------------------------------------------------


def _finding(draft: Draft, read: scorer.Reading, those: Sequence[weighing.Hit]) -> Finding:
    """The finding of a mistake: its level is that of the best change, its fixes are those of all at its place."""
    first = those[0]
    edits = [edit(draft, read, hit.candidate) for hit in those]
    start, end, _ = edits[0]
    fixes = tuple(dict.fromkeys(one.fix for one in edits if one[:2] == (start, end)))[:MAX_FIXES]
    level = Level.WARNING if first.nats >= first.candidate.change.nats[1] else Level.SUGGESTION
    rule = f"Context.{first.candidate.change.sort}"
    return Finding(start, end, rule, level, _message(draft.text[start:end], first, fixes), fixes, False, (rule,))


def _message(written: str, hit: weighing.Hit, fixes: Sequence[str]) -> str:
    meant = " or ".join(f'"{fix.strip()}"' for fix in fixes[:3])
    if not fixes[0]:
        return f'"{written.strip()}" seems to be too much here: leave it out.'
    return RULES[hit.candidate.change.sort].format(written=f'"{written}"', meant=meant)


class Edit(NamedTuple):
    """What replaces a stretch of a draft."""

    start: int
    end: int
    fix: str


def edit(draft: Draft, read: scorer.Reading, candidate: changes.Candidate) -> Edit:
    """The change as one of the text, in the case, the apostrophes and the spelling of the draft."""
    text, there = draft.text, read.tokens[candidate.start : candidate.end]
    before, behind = read.tokens[candidate.start - 1], read.tokens[candidate.end]
    if not there:
        return Edit(behind.start, behind.start, f"{_shown(text, behind.start, candidate.meant)} ")
    start, end = there[0].start, there[-1].end
    if not candidate.meant:
        return Edit(start, behind.start, "") if behind.word else Edit(before.end, end, "")
    source, target = candidate.change.written[-1], candidate.change.meant[-1]
    meant = candidate.meant
    if source in changes.VERBS and not is_american(draft.locale):
        meant = (changed(there[0].word, source.lower(), target.lower(), american=False) or meant[0],)
    fix = _shown(text, end, meant)
    if text[start].isupper():
        fix = fix[0].upper() + fix[1:]
    if before.word in ("a", "an") and article(fix) != before.word and len(meant) == 1:
        written = text[before.start]
        return Edit(before.start, end, f"{written}{article(fix)[1:]}{text[before.end : start]}{fix}")
    return Edit(start, end, fix)


def _shown(text: str, at: int, meant: Sequence[str]) -> str:
    """The words as they stand in `text` before the place `at`."""
    words = [word.capitalize() if word in ALWAYS_CAPITAL else word for word in meant]
    if words[-1] in ("a", "an"):
        words[-1] = article(text[at:].lstrip())
    shown = " ".join(words)
    return shown.replace("'", "’") if "’" in text else shown


def is_american(locale: str) -> bool:
    """Whether a locale spells as in the United States; one without a region does."""
    regions = [part.upper() for part in locale.split("-")[1:] if len(part) == 2]
    return not regions or regions[0] in AMERICAN
