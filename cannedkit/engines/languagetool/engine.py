"""LanguageTool, the full proofreader for many languages: a server of one's own, or one that runs elsewhere.

`open` gives an Engine; nothing is started or asked before the first draft in a language that LanguageTool knows. Rules
that were measured to raise more alarms than they are worth are off, or less loud than their kind: they stand in
`languagetool_rules.tsv`, which `scripts/languagetool_rules.py` writes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from cannedkit.engines.languagetool import server as languagetoolserver
from cannedkit.engines.languagetool.answer import Match
from cannedkit.engines.languagetool.client import Client, ServerGoneError
from cannedkit.model.draft import LEVELS, MAX_FIXES, Draft, Finding, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Vocabulary
from cannedkit.text.segment import Span
from cannedkit.words import misspelling
from cannedkit.words.dialect import is_spelling
from cannedkit.words.misspelling import opens_sentence
from cannedkit.words.vocabulary import Accepted, accepted, covers

LANGUAGES = tuple(
    "ar ast be br ca crh da de el en eo es fa fr ga gl it ja km nl pl pt ro ru sk sl sv ta tl uk zh".split()
)
"""Languages that LanguageTool 6.8 has (the modules of its language-all). A server may serve fewer."""

VARIANTS: Mapping[str, tuple[str, ...]] = {
    "ca": ("ca-ES",),
    "de": ("de-DE", "de-AT", "de-CH"),
    "en": ("en-US", "en-GB", "en-AU", "en-CA", "en-NZ", "en-ZA"),
    "es": ("es", "es-AR"),
    "fr": ("fr", "fr-BE", "fr-CA", "fr-CH"),
    "nl": ("nl", "nl-BE"),
    "pt": ("pt-PT", "pt-AO", "pt-BR", "pt-MZ"),
}
"""Language -> LanguageTool's codes for its variants, the default first: `en` alone would have no speller."""

BRITISH = frozenset("GB IE IN PK LK BD SG HK MY MT KE NG GH UG TZ JM".split())
"""Regions without a variant of their own that spell as in Britain; any other region of English is taken as American."""

KINDS: Mapping[str, Level] = {
    "misspelling": Level.ERROR,
    "grammar": Level.ERROR,
    "duplication": Level.ERROR,
    "inconsistency": Level.WARNING,
    "uncategorized": Level.WARNING,
    "whitespace": Level.WARNING,
}
"""Type of issue (W3C, Internationalization Tag Set 2.0, 2013) -> level; style, typography and more are suggestions."""

CATEGORIES: Mapping[str, Level] = {
    "COLLOCATIONS": Level.WARNING,
    "COMPOUNDING": Level.WARNING,
    "MISC": Level.WARNING,
}
"""LanguageTool's category -> the level of its rules whatever their type: hyphens and prepositions are often chosen."""

SECONDS, SECONDS_PER_CHARACTER = 30.0, 0.001
"""Deadline of a check: 60 words take 0.1 s on a busy machine, and 1,000 characters 0.3 s."""

FIRST_SECONDS = 120.0
"""Deadline of the first check in a language: the server then builds its rules, which took 50 s for Dutch at worst."""

MESSAGES: Mapping[str, str] = {
    "en": 'Check the spelling of "{}".',
    "nl": 'Kijk de spelling van "{}" na.',
}
"""Language -> what to say of an unknown word, where LanguageTool's own message does not name it."""

SPACING = frozenset({"COMMA_PARENTHESIS_WHITESPACE", "CONSECUTIVE_SPACES", "WHITESPACE_RULE"})
"""Rules with a fix that no reader would dispute, where it only takes away a space."""

CAPITAL_NOUNS = frozenset({"de"})
"""Languages that write every noun with a capital, so that it is no sign of a name."""

_SYMBOL = "[\u2190-\u23ff\u2500-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\u200d\ufe0f\u20e3\U000e0020-\U000e007f]*"
_BULLET = r"(?:[•·‣▪>*#–—-]+|\d{1,2}[.)]|[a-z]\))[ \t]+"
_UNREAD = re.compile(
    rf"(?:\A|\n)[ \t]*((?:{_BULLET}|(?:{_SYMBOL})+[ \t]*)+)"
    rf"|(?<=[.!?…])[ \t]+((?:{_SYMBOL}[ \t]*)+)(?=\w)"
    "|(?<=\\w)([\u00ad\u200b\u2060\ufeff]+)(?=\\w)"
)
"""What LanguageTool should not read: bullets and symbols before a sentence, behind which its rules for the start of a
sentence no longer hold, and invisible characters within a word, which cut it in two."""


def open(options: Mapping[str, Any], vocabulary: Vocabulary) -> LanguageTool:
    """The engine, ready to check drafts from any thread; `vocabulary.accept` are words it lets pass.

    `options`: `url` is the address of a server that runs; without it one of our own is started at the first check
    (`cannedkit.languagetool.server`), and shared with other processes. Raises EngineError where an option is wrong.
    """
    unknown = sorted(options.keys() - {"url"})
    if unknown:
        raise EngineError(f"engines: languagetool has no option {', '.join(unknown)}: it takes `url` alone")
    return LanguageTool(_address(options["url"]) if "url" in options else "", _rules(), accepted(vocabulary.accept))


@dataclass(frozen=True)
class LanguageTool:
    """The LanguageTool server at `url`; with "" one of our own, which is started when it is needed and does not run.

    `rules` maps a language to the rules that are not as loud as their kind, None for those that are off;
    `accepted` is what is no misspelling. `first` and `later` are deadlines in seconds: for the first check
    in a language, and for the others (for long texts there is more).
    """

    url: str = ""
    rules: Mapping[str, Mapping[str, Level | None]] = field(default_factory=dict)
    accepted: Accepted = field(default_factory=Accepted)
    first: float = FIRST_SECONDS
    later: float = SECONDS
    name: str = "languagetool"
    languages: tuple[str, ...] = LANGUAGES
    _clients: dict[str, Client] = field(default_factory=dict, repr=False, compare=False)
    _warm: set[tuple[str, str]] = field(default_factory=set, repr=False, compare=False)

    @property
    def mark(self) -> str | None:
        """The version of our own server; None for one at an address, which may be another tomorrow."""
        return None if self.url else f"{self.name} {languagetoolserver.VERSION}"

    def check(self, draft: Draft) -> list[Finding]:
        """The findings of `draft`, sorted; rules are named `LanguageTool.RULE_ID`.

        Raises EngineError where the server is missing, does not serve the language, fails, or is too slow.
        """
        language = draft.locale.partition("-")[0].lower()
        if language not in self.languages:
            raise EngineError(f"languagetool does not know the language of the draft's locale, {draft.locale}")
        if not draft.text.strip():
            return []
        url = self.url or languagetoolserver.address()
        try:
            matches = self._ask(url, draft)
        except ServerGoneError:
            if self.url:
                raise
            matches = self._ask(languagetoolserver.another(url), draft)
        right = self.accepted.spans(draft.text)
        found = (self._finding(draft.text, language, match, right) for match in matches)
        return sorted({finding for finding in found if finding is not None})

    def _ask(self, url: str, draft: Draft) -> list[Match]:
        """What the server at `url` finds."""
        client = self._clients.setdefault(url, Client(url))
        variant = code(draft.locale)
        seconds = self.later if (url, variant) in self._warm else self.first
        matches = client.check(
            draft.text,
            variant,
            seconds + len(draft.text) * SECONDS_PER_CHARACTER,
            unread(draft.text),
            sorted(rule for rule, level in self._rules_of(variant).items() if level is None),
        )
        self._warm.add((url, variant))
        return matches

    def _rules_of(self, variant: str) -> Mapping[str, Level | None]:
        return self.rules.get(variant.partition("-")[0], {})

    def _finding(self, text: str, language: str, match: Match, right: Sequence[Span]) -> Finding | None:
        """`match` as a finding; None where it is no fault. `right` are the stretches that the vocabulary accepts."""
        level = self._rules_of(language).get(match.rule, usual_level(match))
        written = text[match.start : match.end]
        own = self.accepted.written(written) if match.unknown else ""
        if level is None or (match.unknown and covers(right, match.start, match.end)):
            return None
        if match.unknown and not own and not is_misspelt(text, match, language):
            return None
        proposed = (own,) if own else match.fixes
        fixes = tuple(fix for fix in dict.fromkeys(proposed) if fix != written)[:MAX_FIXES]
        message = MESSAGES.get(language, match.message).format(written) if match.unknown else match.message
        rule = f"LanguageTool.{match.rule}"
        safe = match.rule in SPACING and len(fixes) == 1 and _takes_space(written, fixes[0])
        return Finding(match.start, match.end, rule, level, message, fixes, safe, (rule,))


def usual_level(match: Match) -> Level:
    """The level of a match whose rule is not in the table."""
    return CATEGORIES.get(match.category) or KINDS.get(match.kind, Level.SUGGESTION)


def code(locale: str) -> str:
    """LanguageTool's code for a BCP 47 tag: `en-IE` gives en-GB, `nl-NL` gives nl, `pl-PL` gives pl."""
    language, *parts = locale.split("-")
    language = language.lower()
    variants = VARIANTS.get(language, (language,))
    region = next((part.upper() for part in parts if len(part) == 2), "")
    exact = f"{language}-{region}"
    if exact in variants:
        return exact
    return "en-GB" if language == "en" and region in BRITISH else variants[0]


def unread(text: str) -> list[tuple[int, int]]:
    """The stretches of `text` (code points, sorted) that LanguageTool should not read: see `_UNREAD`."""
    return [found.span(found.lastindex or 0) for found in _UNREAD.finditer(text)]


def is_misspelt(text: str, match: Match, language: str) -> bool:
    """Whether a word that is in no dictionary is a misspelling, and no name, initial, code, handle, address or unit."""
    word, fix = text[match.start : match.end], match.fixes[0] if match.fixes else ""
    composed = unicodedata.normalize("NFC", word)
    if composed != word and composed.casefold() in map(str.casefold, match.fixes):
        return False  # LanguageTool knows "café" only with its accent as part of the letter
    if language == "en" and is_spelling(word):
        return False  # right on the other side of the ocean: Spelling.Dialect tells it
    if word.count("-") > 1:
        return False  # "geld-terug-actie", "urls-and-filenames": made for the moment
    alone = text.startswith((",", "\n"), match.end) or 0 < match.start < match.end == len(text)
    opens = language in CAPITAL_NOUNS or (opens_sentence(text, match.start) and not alone)
    return misspelling.is_misspelt(text, match.start, match.end, fix, opens=opens)


def _takes_space(text: str, fix: str) -> bool:
    """Whether the fix only takes white space out, and no line end."""
    return len(fix) < len(text) and fix.split() == text.split() and "\n" not in text


def _address(url: Any) -> str:
    """The address of a server without what we add to it. Raises EngineError."""
    address = str(url).strip().rstrip("/")
    address = re.sub(r"/v2(/check)?$", "", address)
    try:
        parts = urlsplit(address)
        (parts.hostname or "").encode("idna")
        right = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        right = right and address.isprintable() and " " not in address and not (parts.query or parts.username)
    except ValueError:
        right = False
    if not right:
        raise EngineError(
            f"engines: languagetool's `url` is {url!r}: write the address of a server, such as http://localhost:8081"
        )
    return address


def _rules() -> dict[str, dict[str, Level | None]]:
    """Language -> rule -> level, from the table beside this module: tab-separated, language, rule and level first."""
    lines = resources.files(__package__).joinpath("rules.tsv").read_text("utf-8").splitlines()
    table: dict[str, dict[str, Level | None]] = {}
    for line in lines:
        if line and not line.startswith(("#", "language\t")):
            language, rule, level, *_ = line.split("\t")
            table.setdefault(language, {})[rule] = LEVELS[level]
    return table


def rules() -> Mapping[str, Level | None]:
    """Every rule that the table knows in any language, and its level, None for one that is off."""
    return {rule: level for levels in _rules().values() for rule, level in levels.items()}
