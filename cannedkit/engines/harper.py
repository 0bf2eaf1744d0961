"""Harper, the embedded proofreader for English: the distribution harper-py, imported as `harper`.

`open` gives an Engine. Only the rules listed in `harper_rules.tsv` run: they are those that
`scripts/harper_rules.py` found to earn their alarms, and 200 rules take milliseconds where 900 take six times as long.
None of them prints; the one rule of Harper that writes debugging text to file descriptor 1 is never listed.
"""

from __future__ import annotations

import re
import threading
import time
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from cannedkit.model.draft import LEVELS, MAX_FIXES, Draft, Finding, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Vocabulary
from cannedkit.text.common import common
from cannedkit.text.segment import Span
from cannedkit.text.standalone import standalone
from cannedkit.words.dialect import is_spelling
from cannedkit.words.doubt import holds, shouts
from cannedkit.words.proposals import is_likely, proposed
from cannedkit.words.vocabulary import Accepted, accepted, covers

DIALECTS: Mapping[str, str] = {
    "US": "AMERICAN",
    "PH": "AMERICAN",
    "GB": "BRITISH",
    "IE": "BRITISH",
    "ZA": "BRITISH",
    "NZ": "BRITISH",
    "AU": "AUSTRALIAN",
    "CA": "CANADIAN",
    "IN": "INDIAN",
}
"""Region of a BCP 47 tag -> the dialect that Harper knows; a region that is not here is written as American English."""

MAX_PIECE = 4_000
"""Code points linted at once: the time Harper takes grows faster than the text (9 kB 0.2 s, 934 kB 31 s)."""

SAFE_RULES = frozenset({"CommaFixes", "RepeatedWords", "Spaces"})
"""Rules with a fix that no reader would dispute, where it only takes away a doubled word or a space."""

MESSAGES: Mapping[str, str] = {
    "SpellCheck": 'Check the spelling of "{text}".',
    "AnA": 'Use the article that fits the sound of the next word, not "{text}".',
    "RepeatedWords": "The same word stands here twice.",
}
"""Rule -> what to say in place of Harper's own message, which asks where it should tell."""

MAX_PROPOSED = 3
"""Words that a misspelling is told to mean at most: what is less likely only makes the list longer."""

MAX_KNOWN = 500
"""Parts of texts whose lints a thread remembers: our own choice, more than the replies at hand have sentences."""

TIME_LIMIT = 6.0
"""Seconds of the thread's CPU time behind which no further piece of a draft is read; a piece may take 4 of its own."""

_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"(?<=[.!?])\s+|\n"), re.compile(r"\s+"))
_OPENED = re.compile(r"(?<!\w)['‘](?=\w)")
_ENDLESS = re.compile(r"(?<![^\W_])(?:[^\W_]['’]?){100,}")
_CODES = re.compile(r"(?<![\w@#./\\-])(?:[A-Za-z]+\d|\d+[A-Za-z]+\d)[A-Za-z0-9]*(?![\w@])")


def open(options: Mapping[str, Any], vocabulary: Vocabulary) -> Harper:
    """The engine, ready to check drafts from any thread; `vocabulary.accept` are words it lets pass.

    It takes no options of its own: the dialect follows each draft's locale. Raises EngineError where harper-py is
    missing, hidden by another distribution, or an option is given.
    """
    if options:
        raise EngineError(f"engines: harper takes no options, but {', '.join(sorted(options))} is given: write {{}}")
    distribution()
    return Harper(rules(), accepted((*vocabulary.accept, *_shipped_words())))


@dataclass(frozen=True)
class Harper:
    """Harper with a list of rules. A Linter of Harper must stay on one thread, so each thread has its own.

    `rules` maps the rules that run to their levels, `accepted` is what is no misspelling. Harper learns the words in
    it, too, so that it proposes them: one for each without regard to case, for "Acme" beside "ACME" hides "Acme".
    """

    rules: Mapping[str, Level]
    accepted: Accepted = field(default_factory=Accepted)
    name: str = "harper"
    languages: tuple[str, ...] = ("en",)
    _thread: threading.local = field(default_factory=threading.local, repr=False, compare=False)

    @property
    def mark(self) -> str:
        """What its findings depend on besides the text, the settings and the versions of libraries: nothing."""
        return self.name

    def check(self, draft: Draft) -> list[Finding]:
        """The findings of `draft`, sorted, at most one for a stretch of text; rules are named `Harper.RuleName`.

        Raises EngineError where the draft is not in English, by its locale or, for a text over 4,000 characters, by
        its looks: each unknown word costs milliseconds, so a long text in another language would hang; and where it
        takes longer than TIME_LIMIT.
        """
        language, _, _ = draft.locale.partition("-")
        if language.lower() not in self.languages:
            raise EngineError(f"harper checks English only, but the draft's locale is {draft.locale}")
        reader = self._reader(dialect(draft.locale))
        text = without_codes(draft.text)
        if len(text) > MAX_PIECE and not reader.linter.is_likely_english(text[:MAX_PIECE]):
            raise EngineError(
                f"harper checks English only, but this draft of {len(text)} characters does not look like it: "
                f"mend its locale, which is {draft.locale}"
            )
        right = self.accepted.spans(draft.text)
        found: list[Finding] = []
        began = time.thread_time()
        for start, end in pieces(text):
            if time.thread_time() - began > TIME_LIMIT:
                raise EngineError(
                    f"harper stopped after {TIME_LIMIT:.0f} seconds, at character {start:,} of {len(text):,}, "
                    "and what it found is left out: split the draft"
                )
            found += (
                finding
                for rule, lint, offset in reader.read(text[start:end])
                if (finding := self._finding(draft, rule, lint, start + offset, right)) is not None
            )
        return _without_overlaps(found)

    def _reader(self, dialect: str) -> Reader:
        """The thread's Reader for `dialect`; its rules and words never change, for Harper's cache ignores options."""
        readers: dict[str, Reader] = self._thread.__dict__
        if dialect not in readers:
            harper = distribution()
            linter = harper.Linter(getattr(harper.Dialect, dialect))
            linter.set_lint_config({rule: rule in self.rules for rule in harper.get_default_lint_config()})
            linter.import_words([word for word in self.accepted.cased.values() if not word.endswith("'")])
            readers[dialect] = Reader(linter, self.rules)
        return readers[dialect]

    def _finding(self, draft: Draft, rule: str, lint: Any, offset: int, right: Sequence[Span]) -> Finding | None:
        """`lint`, which lies `offset` code points further on in the draft, as a finding; None where it is no fault.

        `right` are the stretches of its text that the vocabulary accepts.
        """
        text, locale = draft.text, draft.locale
        start, end = lint.span.start + offset, lint.span.end + offset
        level = self.rules[rule]
        fixes = _fixes(text[start:end], lint.suggestions)
        if len(text[start:end]) == 1 and not shouts(text, end):
            fixes = tuple(fix.capitalize() if fix.isupper() else fix for fix in fixes)
        if rule in _WORD_RULES and (covers(right, start, end) or is_spelling(text[start:end])):
            return None
        if rule == _SPELLER and (written := self.accepted.written(text[start:end])):
            fixes = (written,)
        elif not holds(rule, text, start, end, fixes):
            return None
        elif rule == _SPELLER:
            end, fixes = _proposed(text, start, end, fixes, self.accepted, locale)
            level = level if is_likely(text[start:end], fixes) else min(level, Level.WARNING)
        if lint.suggestions and all(suggestion.kind.name == "INSERT_AFTER" for suggestion in lint.suggestions):
            fixes = tuple(fix[end - start :] for fix in fixes)
            start = end
        return Finding(
            start,
            end,
            f"Harper.{rule}",
            level,
            _message(rule, lint.message, text[start:end], fixes),
            fixes,
            rule in SAFE_RULES and _takes_away(text[start:end], fixes),
            (f"Harper.{rule}",),
        )


def dialect(locale: str) -> str:
    """The name of Harper's dialect for a BCP 47 tag: `en-AU` gives AUSTRALIAN, `en` alone AMERICAN."""
    regions = [part.upper() for part in locale.split("-")[1:] if len(part) == 2]
    return DIALECTS.get(regions[0] if regions else "US", "AMERICAN")


# -- what Harper says -----------------------------------------------------------------------------


def distribution() -> Any:
    """The module `harper` of harper-py: another distribution, about audio, has the same import name."""
    try:
        import harper
    except ImportError as error:
        raise EngineError(f"harper cannot be imported ({error}): pip install harper-py") from error
    if not hasattr(harper, "Linter"):
        raise EngineError(
            "another distribution hides harper-py under the import name harper: "
            "pip uninstall harper; pip install --force-reinstall harper-py"
        )
    return harper


def lints(linter: Any, text: str) -> dict[str, list[Any]]:
    """Rule -> its lints. Overlaps are kept, for Harper would let a lint that we drop hide one that we want.

    Raises EngineError.
    """
    with broken_off():
        return linter.organized_lints(text, language="plaintext", dedup=False)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Reader:
    """A Linter of Harper on its thread, and the lints of the `wanted` rules in the parts of texts read last.

    Nothing that Harper finds in a part depends on another (see `standalone`): a sentence that many texts hold, as the
    renderings of a reply do, is parsed once, and what is new in a text is read in one go.
    """

    linter: Any
    wanted: Container[str]
    _known: OrderedDict[str, list[tuple[str, Any, int]]] = field(default_factory=OrderedDict, repr=False, compare=False)

    def read(self, text: str) -> Iterator[tuple[str, Any, int]]:
        """Each rule, a lint of it, and how many code points further on than it says it lies. Raises EngineError."""
        parts = standalone(text)
        new = [part for part in dict.fromkeys(parts) if part not in self._known]
        if new:
            self._learn(new)
        at = 0
        for part in parts:
            yield from ((rule, lint, at - start) for rule, lint, start in self._known[part])
            at += len(part)
            self._known.move_to_end(part)
        while len(self._known) > MAX_KNOWN:
            self._known.popitem(last=False)

    def _learn(self, parts: Sequence[str]) -> None:
        """Read some parts, each of which is a text's first one or one that opens with a capital, as one text."""
        starts = [0, *accumulate(map(len, parts))]
        found: list[list[tuple[str, Any, int]]] = [[] for _ in parts]
        for rule, those in lints(self.linter, "".join(parts)).items():
            if those and rule in self.wanted:
                for lint in those:
                    number = bisect_right(starts, lint.span.start, hi=len(parts)) - 1
                    found[number].append((rule, lint, starts[number]))
        self._known.update(zip(parts, found, strict=True))


@contextmanager
def broken_off() -> Iterator[None]:
    """Raises EngineError where Harper's code gives up: its panic is no Exception of Python, and would end a program."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise EngineError(f"harper broke off: {error}") from None


def _fixes(text: str, suggestions: list[Any]) -> tuple[str, ...]:
    """The texts that may stand in place of `text`, best first; without those whose case Harper garbled ("aRe")."""
    before = {"REPLACE": "", "REMOVE": "", "INSERT_AFTER": text}
    written = [before[each.kind.name] + each.replacement_text for each in suggestions]
    right = [fix for fix in written if fix != text and (_mixed_case(text) or not _mixed_case(fix))]
    return tuple(sorted(dict.fromkeys(right), key=lambda fix: _unlikeness(text, fix)))[:MAX_FIXES]


def _unlikeness(text: str, fix: str) -> tuple[bool, bool, bool]:
    """Puts the same letters in another order first, then the same consonants; possessives last; else keeps the order.

    In a list of 900 misspelt words (client9/misspell) the right word comes first for 79 %, for 71 % as Harper has it,
    which offers it at all for 86 %. "Learning's" for "learnings" is a possessive.
    """
    wrong, right = text.casefold(), fix.casefold()
    other_consonants = _consonants(wrong) != _consonants(right)
    return right.endswith("'s") and "'" not in wrong, sorted(wrong) != sorted(right), other_consonants


def _consonants(word: str) -> str:
    """The consonants of a word, doubled ones once."""
    return re.sub("[aeiouy']+", "", re.sub(r"(.)\1", r"\1", word))


def _mixed_case(text: str) -> bool:
    return re.search(r"[a-z][A-Z]", text) is not None


def _message(rule: str, message: str, text: str, fixes: tuple[str, ...]) -> str:
    """One plain sentence or two that end in what to do, without Harper's Markdown."""
    said = MESSAGES.get(rule, message).format_map({"text": text}) if rule in MESSAGES else message.replace("`", '"')
    words = [f'"{fix}"' for fix in fixes[:3] if fix.strip()]
    if not words or all(word in said for word in words):
        return said
    return f"{said.rstrip()} {'Add' if not text else 'Write'} {' or '.join(words)}."


def _takes_away(text: str, fixes: tuple[str, ...]) -> bool:
    """Whether the one fix only takes out spaces, or the second of two equal little words."""
    if len(fixes) != 1:
        return False
    words = text.split()
    doubled = len(words) == 2 and words[0] == words[1] == fixes[0] and words[0] in common("single")
    spaces = not words and fixes[0] in ("", " ") and "\n" not in text
    return doubled or spaces


def _without_overlaps(findings: list[Finding]) -> list[Finding]:
    """One finding for a stretch: the weightier first, then any rule before the speller, then the longer."""
    kept: list[tuple[int, int, Finding]] = []  # sorted; apart from one another, so that neighbours tell of all
    for finding in sorted(findings, key=_precedence):
        own = (finding.start, finding.end, finding)
        at = bisect_left(kept, own)
        if all(finding.end <= start or end <= finding.start for start, end, _ in kept[max(0, at - 1) : at + 1]):
            kept.insert(at, own)
    return [finding for _, _, finding in kept]


def _precedence(finding: Finding) -> tuple[int, bool, int, Finding]:
    return (-finding.level, finding.rule == "Harper.SpellCheck", finding.start - finding.end, finding)


# -- what is no fault after all -------------------------------------------------------------------


def _proposed(
    text: str, start: int, end: int, offered: Sequence[str], own: Accepted, locale: str
) -> tuple[int, tuple[str, ...]]:
    """Where a misspelling ends, a stray apostrophe behind it included ("isnt'"), and what to write, best first."""
    fixes = proposed(text[start:end], locale, offered, own.cased.values())[:MAX_PROPOSED]
    stray = text.startswith(("'", "’"), end) and fixes[:1] and "'" in fixes[0] and not _OPENED.search(text[:start])
    return end + 1 if stray else end, fixes


_SPELLER = "SpellCheck"
_WORD_RULES = frozenset({_SPELLER, "MassNouns"})


def without_codes(text: str) -> str:
    """`text` with each code as a number of the same length: looking for spellings of one code takes 10 ms.

    So too what is longer than any word: looking for spellings of 4,000 letters takes 1 GB.
    """
    return _CODES.sub(_as_number, _ENDLESS.sub(_as_number, text))


def _as_number(code: re.Match[str]) -> str:
    return "".join(str(ord(character) % 10) for character in code[0])


# -- texts and words ------------------------------------------------------------------------------


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Spans of at most MAX_PIECE that cover `text`, cut at blank lines if it can be, else sentences, else words."""
    start = 0
    while len(text) - start > MAX_PIECE:
        end = _cut(text, start)
        yield start, end
        start = end
    yield start, len(text)


def _cut(text: str, start: int) -> int:
    limit = start + MAX_PIECE
    for pattern in _BREAKS:
        ends = [match.end() for match in pattern.finditer(text, start, limit) if match.end() > start]
        if ends:
            return ends[-1]
    return limit


def rules() -> Mapping[str, Level]:
    """The rules that run, from the table beside this module: tab-separated, name and level first."""
    lines = _table("harper_rules.tsv")
    rows = [line.split("\t") for line in lines if line and not line.startswith(("#", "rule\t"))]
    return {row[0]: level for row in rows if (level := LEVELS[row[1]]) is not None}


def _shipped_words() -> list[str]:
    """Words of everyday support writing that Harper does not know."""
    return [line for line in _table("harper_words.txt") if line and not line.startswith("#")]


def _table(name: str) -> list[str]:
    """The lines of a file beside this module."""
    from importlib import resources

    return resources.files(__package__).joinpath(name).read_text("utf-8").splitlines()
