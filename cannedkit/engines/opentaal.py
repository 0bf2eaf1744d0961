"""Dutch spelling by OpenTaal's words, which are part of this package (`words.wordlist`): `open` gives an Engine.

A word that may be made of parts of the list is right: what is found is no word of any kind. Of 500 words of
OpenTaal's list of misspellings, many of them right but for a hyphen or a capital, 300 are found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from cannedkit.model.draft import Draft, Finding, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Vocabulary
from cannedkit.text.locales import babel_locale
from cannedkit.words.unknown import Speller, finding, misspelt, proposed
from cannedkit.words.vocabulary import Accepted, accepted
from cannedkit.words.wordlist import LANGUAGES, listed

SPELLING = "OpenTaal.Spelling"
"""The rule of the findings: a word that the list neither has nor can make."""

ENDINGS: Mapping[str, tuple[str, ...]] = {"nl": ("es", "en", "n")}
"""Language -> what makes plurals of an accepted word, besides the endings of English."""

MAX_FIXES, MAX_SUGGESTED = 3, 8
"""Fixes that a finding carries; unknown words of a draft that get any, for each new one takes some milliseconds."""


def open(options: Mapping[str, Any], vocabulary: Vocabulary) -> OpenTaal:
    """The engine, ready to check drafts from any thread; `vocabulary.accept` are words it lets pass.

    Raises EngineError where an option is given.
    """
    if options:
        raise EngineError(f"engines: opentaal takes no options, but {', '.join(sorted(options))} is given: write {{}}")
    endings = (ending for language in LANGUAGES for ending in ENDINGS.get(language, ()))
    return OpenTaal(accepted(vocabulary.accept, tuple(endings)))


@dataclass(frozen=True, slots=True)
class OpenTaal:
    """The speller. Its list is read when the first Dutch draft comes, and kept for all threads."""

    accepted: Accepted = field(default_factory=Accepted)
    name: str = "opentaal"
    languages: tuple[str, ...] = LANGUAGES

    @property
    def mark(self) -> str:
        """What its findings depend on besides the text, the settings and this package: nothing."""
        return self.name

    def check(self, draft: Draft) -> list[Finding]:
        """The findings of `draft`, sorted, with at most MAX_FIXES fixes. Raises EngineError for other languages."""
        language = draft.locale.partition("-")[0]
        if language not in self.languages:
            known = " and ".join(str(babel_locale(one).english_name) for one in self.languages)
            raise EngineError(f"opentaal checks {known} only, but the draft's locale is {draft.locale}")
        speller = Speller(language, self.accepted, partial(_is_right, language), partial(_suggested, language))
        found: list[Finding] = []
        for start, end in misspelt(speller, draft.text):
            fixes = proposed(speller, draft.text[start:end]) if len(found) < MAX_SUGGESTED else ()
            found.append(finding(draft.text, start, end, SPELLING, Level.ERROR, fixes))
        return found


@lru_cache(maxsize=50_000)
def _is_right(language: str, word: str) -> bool:
    return listed(language).check(word)


def _suggested(language: str, word: str) -> list[str]:
    return listed(language).suggest(word)[:MAX_FIXES]


def rules() -> Mapping[str, Level]:
    """What this engine reports, and its level."""
    return {SPELLING.partition(".")[2]: Level.ERROR}
