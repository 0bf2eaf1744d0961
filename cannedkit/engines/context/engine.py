"""The engine `context`: what is written is weighed against what could have been meant, by a model of the language.

`open` gives an Engine. The scorer `ngram` needs nothing outside the package, and loads nothing before the first draft
in a language that has a model. The changes that it weighs, and the gain from which each is worth telling, stand in
`en.changes.tsv`; all were learnt by scripts. The scorer `neural` asks a causal model, too (see `deep`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cannedkit.engines.context import again, causal, changes, classes, deep, model, scorer, weighing
from cannedkit.engines.context.edits import edit
from cannedkit.engines.context.tokens import Token, tokens
from cannedkit.model.draft import MAX_FIXES, Draft, Finding, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Vocabulary
from cannedkit.sources import NEURAL, SCORERS
from cannedkit.text.nearest import shown
from cannedkit.text.segment import Span
from cannedkit.words.vocabulary import Accepted, accepted, covers

LANGUAGES = ("en",)
"""Languages that have a model."""

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

    Raises EngineError where the settings ask for a scorer, or a model, that is not there.
    """
    wanted = str(options.get("scorer", SCORERS[0]))
    if wanted not in SCORERS:
        raise EngineError(f"engines: context: there is no scorer {shown(wanted)}: write {' or '.join(SCORERS)}")
    if lost := [one for one in LANGUAGES if model.shipped(one) is None]:
        raise EngineError(f"context lacks its model of {' and '.join(lost)}: install cannedkit again")
    given = options.get("model")
    reader = deep.opened(causal.open_model(Path(str(given)) if given else None)) if wanted == NEURAL else None
    return Context(accepted(vocabulary.accept), reader)


def rules() -> Mapping[str, Level]:
    """The rules that may report, and the level at which each begins."""
    return dict.fromkeys(RULES, Level.SUGGESTION)


@dataclass(frozen=True)
class Context:
    """The engine with the model of each language. `accepted` is what nothing is said of, `deep` the scorer `neural`."""

    accepted: Accepted = field(default_factory=Accepted)
    deep: deep.Deep | None = None
    name: str = "context"
    languages: tuple[str, ...] = LANGUAGES
    _known: again.Known = field(default_factory=dict, repr=False, compare=False)

    @property
    def mark(self) -> str:
        """What its findings depend on besides the text and the settings: the models, and the tables of changes."""
        known = (model.shipped(one) for one in self.languages)
        tables = (table(one) for one in self.languages for table in (changes.shipped, classes.shipped))
        scorers = [self.deep.digest] if self.deep else []
        return " ".join((self.name, *(one.digest for one in known if one), *(one.digest for one in tables), *scorers))

    def check(self, draft: Draft) -> list[Finding]:
        """The findings of `draft`, sorted, named `Context.Sort`. Raises EngineError where there is no model."""
        language = draft.locale.partition("-")[0].lower()
        known = model.shipped(language) if language in self.languages else None
        if known is None:
            raise EngineError(f"context has no model of the language of the draft's locale, {draft.locale}")
        there = tokens(draft.text, known.knows, shut(draft))
        right = self.accepted.spans(draft.text)
        hits = again.hits(self._known, known, there, changes.shipped(language), classes.shipped(language))
        if self.deep:
            hits = deep.hits(self.deep, draft, scorer.read(known, there), hits)
        found = (_finding(draft, there, those) for those in weighing.best(hits))
        return sorted(one for one in found if not covers(right, one.start, one.end))


def shut(draft: Draft) -> list[Span]:
    """The stretches of a draft that are not its writer's words: filled values and quotations."""
    return [*draft.filled, *(match.span() for match in _QUOTED.finditer(draft.text))]


# -- how it is told -------------------------------------------------------------------------------


def _finding(draft: Draft, there: Sequence[Token], those: Sequence[weighing.Hit]) -> Finding:
    """The finding of a mistake: its level is that of the best change, its fixes are those of all at its place."""
    first = those[0]
    edits = [edit(draft, there, hit.candidate) for hit in those]
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
