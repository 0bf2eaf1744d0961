"""Hunspell dictionaries for any language that is written with spaces, through pyenchant (`enchant`).

`open` gives an Engine. Enchant would read the word list that a user keeps at home, too; here it is shown a folder
of our own that holds one dictionary and nothing else, so that everyone gets the same findings.
"""

from __future__ import annotations

import os
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cannedkit.model.draft import Draft, Finding, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Vocabulary
from cannedkit.text.locales import parents
from cannedkit.text.nearest import meant
from cannedkit.words.dictionary import DictionaryError, digest, find, folders, is_there
from cannedkit.words.misspelling import CODE, one_edit_apart, opens_sentence, token
from cannedkit.words.proposals import Reader
from cannedkit.words.vocabulary import Accepted, accepted, covers

SPELLING = "Hunspell.Spelling"
"""The rule of the findings: a word that no dictionary has."""

LEFT_OUT = frozenset({"en", "th"})
"""Languages whose dictionaries stay closed until the settings name them: Harper and pythainlp know them better."""

READ_HERE = frozenset({"en"})
"""Languages without compounds, whose dictionaries `words.dictionary` reads: they need no library of the system."""

LEVELS: Mapping[str, Level] = {"te": Level.SUGGESTION}
"""Language -> the level of its findings, where it is no error."""

SOUNDS: Mapping[str, tuple[str, str, str]] = {"te": ("ఖఘఛఝఠఢథధఫభశషణళఱీూేోౌై", "కగచజటడతదపబససనలరిుెొొె", "ా")}
"""Language -> letters that are mistaken for others, those others, and what is left out by mistake.

Its dictionary lacks every fourth right word, so that an unknown one is misspelt only if one that sounds like it is
known: aspirated or not, a long or a short vowel. Of 260 right words 3 are flagged, of 10 misspellings 4.
"""

SCRIPTS: Mapping[str, str] = {
    **dict.fromkeys("ru uk be bg mk sr".split(), "Cyrillic"),
    **dict.fromkeys("hi mr ne".split(), "Devanagari"),
    "ar": "Arabic",
    "bn": "Bengali",
    "el": "Greek",
    "he": "Hebrew",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
}
"""Language -> the script whose words are looked up, Latin for all others; words in another script are names."""

LINKS: Mapping[str, tuple[str, ...]] = {"de": ("", "s", "es", "n", "en", "er", "e"), "nl": ("", "s", "e", "en", "n")}
"""Languages that write compounds in one word -> what may stand between their parts (Duden, Taaladvies.net)."""

LEAST: Mapping[str, int] = {"de": 5, "nl": 6}
"""Language -> code points in a part of a compound that the dictionary does not make itself. Of 700 Dutch misspellings
(OpenTaal) 613 are found with 6, 568 with 4, 656 with no compounds; of 700 right words one is flagged each time."""

FIRSTS: Mapping[str, frozenset[str]] = {"nl": frozenset("app bel chat link mail nep retour sms web wifi".split())}
"""Language -> first parts that may be shorter: of service words such as retourlabel."""

PRONOUNS = re.compile(r"(\w{4,}?)(?:[mts]e|nos)?(?:l[aeo]s?|[mts]e|nos)")
"""A Spanish verb and the pronouns behind it (Real Academia Española, 2010)."""

NOUNS_WITH_CAPITAL = frozenset({"de"})
"""Languages in which a capital within a sentence makes no name."""

MIN_NAME, MAX_WORD = 6, 60
"""Code points: the least in a word with a capital that may be misspelt; the most in a word that is looked up."""

LONG, ALIKE = 10, 0.85
"""Code points of a word that may be two edits away from what is meant, and how like it then is (difflib's ratio)."""

MAX_FIXES, MAX_SUGGESTED = 3, 8
"""Fixes that a finding carries; unknown words of a draft that get any, for each new one takes up to 0.1 s."""

ENDINGS = ("es", "en", "n")
"""What makes plurals of an accepted word, besides the endings of English."""

_DICTIONARY = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_OPENING = threading.Lock()  # guards the process's environment while enchant reads it


def open(options: Mapping[str, Any], vocabulary: Vocabulary) -> Hunspell:
    """The engine, ready to check drafts from any thread; `vocabulary.accept` are words it lets pass.

    `options["dictionaries"]` maps locales to dictionaries: a path with or without `.dic`, or the name of one that the
    system has or that is part of this package: en_US, en_GB, en_AU, en_CA. Without it every dictionary of the system is
    at hand, but those of LEFT_OUT. Raises EngineError where a dictionary is missing, and, for any language but those of
    READ_HERE, pyenchant or its library.
    """
    found = _named(options.get("dictionaries", {}))
    if not found or {tag.partition("-")[0] for tag in found} - READ_HERE:
        _enchant()
    found = found or _installed()
    if not found:
        where = ", ".join(str(folder) for folder in folders())
        raise EngineError(
            f"hunspell finds no dictionary in {where}: apt install hunspell-nl (or -fr, -de-de, -es …), "
            "or name one: engines: {hunspell: {dictionaries: {nl: path/to/nl_NL}}}"
        )
    return Hunspell(found, accepted(vocabulary.accept, ENDINGS))


@dataclass(frozen=True)
class Hunspell:
    """Hunspell with some dictionaries, by locale. Enchant's objects must stay on one thread, so each has its own.

    What it said of a word is remembered for all threads: the last 50,000 words, and fixes for the last 4,000.
    """

    dictionaries: Mapping[str, Path]
    accepted: Accepted = field(default_factory=Accepted)
    name: str = "hunspell"
    _thread: threading.local = field(default_factory=threading.local, repr=False, compare=False)
    _knows: Callable[[str, str], bool] = field(init=False, repr=False, compare=False)
    _suggests: Callable[[str, str], tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Give the engine its memory for words."""
        object.__setattr__(self, "_knows", lru_cache(50_000)(self._looked_up))
        object.__setattr__(self, "_suggests", lru_cache(4_000)(self._fixes))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have a dictionary."""
        return tuple(sorted({tag.partition("-")[0] for tag in self.dictionaries}))

    @property
    def mark(self) -> str:
        """The dictionaries, with the digests of what they hold."""
        return " ".join(f"{tag} {digest(path)}" for tag, path in sorted(self.dictionaries.items()))

    def check(self, draft: Draft) -> list[Finding]:
        """The findings of `draft`, sorted: its words that neither the dictionary nor the vocabulary has.

        Raises EngineError where no dictionary is for the draft's language.
        """
        tag = self._dictionary(draft.locale)
        language = tag.partition("-")[0]
        right = self.accepted.spans(draft.text)
        found: list[Finding] = []
        for start, end in (word.span() for word in _pattern(SCRIPTS.get(language, "Latin")).finditer(draft.text)):
            if CODE.search(token(draft.text, start, end)) or covers(right, start, end):
                continue
            for first, last in self._unknown(tag, draft.text, start, end):
                if covers(right, first, last):
                    continue
                fixes = self._proposed(tag, draft.text[first:last]) if len(found) < MAX_SUGGESTED else ()
                level = LEVELS.get(language, Level.ERROR)
                message = _message(draft.text[first:last], fixes)
                found.append(Finding(first, last, SPELLING, level, message, fixes, False, (SPELLING,)))
        return found

    def _dictionary(self, locale: str) -> str:
        """The tag of the dictionary for a locale: its own, its parent's, or another region's."""
        language = locale.partition("-")[0]
        home = f"{language}-{language.upper()}"
        others = sorted(tag for tag in self.dictionaries if tag.partition("-")[0] == language)
        for tag in (*parents(locale)[:-1], home, *others):
            if tag in self.dictionaries:
                return tag
        raise EngineError(f"hunspell has no dictionary for {locale}; it has {', '.join(sorted(self.dictionaries))}")

    # -- words --

    def _unknown(self, tag: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of a word that are misspelt: itself, or some of its parts between hyphens."""
        word = _bare(text[start:end])
        if not 1 < len(word) <= MAX_WORD or self._is_right(tag, word):
            return
        if self.accepted.written(word):
            yield start, end
        if word[1:] != word[1:].lower() or self.accepted.written(word):
            return
        parts = [match.span() for match in re.finditer(r"[^-‑]+", text[start:end])]
        if len(parts) == 1:
            if self._is_misspelt(tag, text, start, end):
                yield start, end
            return
        for left, right in parts:
            part = _bare(text[start + left : start + right])
            if len(part) > 1 and not part[0].isupper() and not self._is_right(tag, part):
                yield start + left, start + right

    def _is_right(self, tag: str, word: str) -> bool:
        if self.accepted.written(word) == word.replace("’", "'") or self._knows(tag, word):
            return True
        return self._has_pronoun(tag, word) or self._is_compound(tag, word)

    def _has_pronoun(self, tag: str, word: str) -> bool:
        """Whether a word is a verb of the dictionary with pronouns behind it, as Spanish writes them: descárguelo."""
        match = PRONOUNS.fullmatch(word) if tag.startswith("es") else None
        if match is None:
            return False
        plain = unicodedata.normalize("NFC", unicodedata.normalize("NFD", match[1]).replace("\u0301", ""))
        return self._knows(tag, plain)

    def _is_compound(self, tag: str, word: str) -> bool:
        """Whether two words of the dictionary, with or without a link between them, make up the word."""
        language = tag.partition("-")[0]
        least = LEAST.get(language, len(word))
        firsts = FIRSTS.get(language, frozenset())
        for cut in range(2, len(word) - 3):
            first = word[:cut]
            if first in firsts and self._knows(tag, word[cut:]):
                return True
            if cut < least or not self._is_part(tag, first):
                continue
            rests = (word[cut + len(link) :] for link in LINKS[language] if word[cut:].startswith(link))
            if any(len(rest) >= least and self._is_part(tag, rest) for rest in rests):
                return True
        return False

    def _is_part(self, tag: str, part: str) -> bool:
        return self._knows(tag, part.capitalize() if tag.startswith("de") else part)

    def _is_misspelt(self, tag: str, text: str, start: int, end: int) -> bool:
        """Whether an unknown word is no name: it has no capital, or it is all but a word that the dictionary has."""
        word, language = _bare(text[start:end]), tag.partition("-")[0]
        if language in SOUNDS:
            return any(_sound(word, language) == _sound(fix, language) for fix in self._suggests(tag, word))
        if not word[0].isupper():
            return True
        opens = opens_sentence(text, start) and not text.startswith((",", "\n"), end)
        if len(word) < MIN_NAME or not (opens or language in NOUNS_WITH_CAPITAL):
            return False
        elsewhere = [match.start() for match in re.finditer(re.escape(text[start:end]), text) if match.start() != start]
        if opens and any(not opens_sentence(text, other) for other in elsewhere):
            return False
        return any(_is_near(word, fix) for fix in self._suggests(tag, word)[:1])

    def _proposed(self, tag: str, written: str) -> tuple[str, ...]:
        """What to write for a misspelt word, best first: as the vocabulary has it, if it has it in other letters."""
        own = self.accepted.written(_bare(written))
        return (own,) if own else self._suggests(tag, _bare(written))

    # -- enchant --

    def _looked_up(self, tag: str, word: str) -> bool:
        return bool(self._speller(tag).check(word))

    def _fixes(self, tag: str, word: str) -> tuple[str, ...]:
        """What the dictionary offers for a word, best first."""
        fixes = [fix for fix in self._speller(tag).suggest(word) if fix != word][:MAX_FIXES]
        return tuple(fix.replace("’", "'") if "'" in word else fix for fix in fixes)

    def _speller(self, tag: str) -> Any:
        """The thread's own dictionary of enchant."""
        spellers: dict[str, Any] = self._thread.__dict__
        if tag not in spellers:
            opened = _read if tag.partition("-")[0] in READ_HERE else _opened
            spellers[tag] = opened(tag, self.dictionaries[tag])
        return spellers[tag]


def _read(tag: str, dictionary: Path) -> Reader:
    """A dictionary, read here. Raises EngineError."""
    try:
        found = find(dictionary.stem, [dictionary.parent])
    except DictionaryError as error:
        raise EngineError(f"hunspell: {error}") from None
    if found is None:
        raise EngineError(f"hunspell: the dictionary {dictionary} is gone")
    return Reader(tag, found)


def _opened(tag: str, dictionary: Path) -> Any:
    """A dictionary of enchant, in memory; it saw a folder in which that one is the only one. Raises EngineError."""
    enchant = _enchant()
    with TemporaryDirectory(prefix="cannedkit-hunspell-") as folder, _in_folder(folder):
        Path(folder, "hunspell").mkdir()
        for end in (".aff", ".dic"):
            Path(folder, "hunspell", f"xx{end}").symlink_to(dictionary.with_suffix(end).resolve())
        try:
            broker = enchant.Broker()
            broker.set_ordering("*", "hunspell")
            return broker.request_dict("xx")
        except enchant.errors.Error as error:
            raise EngineError(
                f"hunspell cannot open the dictionary {dictionary}: {error}; "
                "are its .aff and .dic whole, and is libenchant's provider for hunspell installed?"
            ) from None


@contextmanager
def _in_folder(folder: str) -> Iterator[None]:
    """Enchant's own folder is this one for a while."""
    with _OPENING:
        before = os.environ.get("ENCHANT_CONFIG_DIR")
        os.environ["ENCHANT_CONFIG_DIR"] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ["ENCHANT_CONFIG_DIR"]
            else:
                os.environ["ENCHANT_CONFIG_DIR"] = before


def _enchant() -> Any:
    """The module of pyenchant. Raises EngineError where it, or the C library under it, is missing."""
    from importlib.util import find_spec

    if find_spec("enchant") is None:
        raise EngineError("hunspell needs pyenchant: pip install 'cannedkit[spell]'")
    try:
        import enchant
    except ImportError as error:
        raise EngineError(
            "hunspell needs the C library of pyenchant: apt install libenchant-2-2 (brew install enchant)"
        ) from error
    return enchant


# -- dictionaries ---------------------------------------------------------------------------------


def _named(dictionaries: object) -> dict[str, Path]:
    """The dictionaries that the settings name, by locale. Raises EngineError for one that is not there."""
    if not isinstance(dictionaries, Mapping):
        raise EngineError("engines: hunspell: `dictionaries` maps locales to paths, such as {nl: path/to/nl_NL}")
    found: dict[str, Path] = {}
    for locale, name in dictionaries.items():
        given = Path(str(name).removesuffix(".dic").removesuffix(".aff")).expanduser()
        near = () if given.name == str(given) else (given,)  # a bare name is one of the system's
        beside = near if given.is_absolute() else (*near, *(folder / given for folder in folders()))
        places = [Path(f"{place}.dic") for place in beside]
        path = next((path for path in places if is_there(path)), None)
        if path is None:
            hint = meant(given.name, [path.stem for folder in {path.parent for path in places} for path in _in(folder)])
            raise EngineError(f"hunspell: there is no dictionary {given}.dic with {given.name}.aff for {locale}{hint}")
        found[str(locale)] = path
    return found


def _installed() -> dict[str, Path]:
    """The dictionaries of the system, by locale, without those of LEFT_OUT; the first folder goes before the next."""
    paths = [path for folder in reversed(folders()) for path in _in(folder)]
    found = {path.stem.replace("_", "-"): path for path in paths if os.path.isfile(path.with_suffix(".aff"))}
    return {tag: path for tag, path in found.items() if tag.partition("-")[0] not in LEFT_OUT}


def _in(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.dic")) if _DICTIONARY.fullmatch(path.stem)]


# -- words ----------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _pattern(script: str) -> Any:
    """What the words of a script look like, with the hyphens and apostrophes inside them."""
    import regex

    letters = rf"\p{{Script={script}}}[\p{{Script={script}}}\p{{M}}\u00ad\u200b-\u200d\u2060]*"
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}_]){letters}(?:['’‑-]{letters})*(?![\p{{L}}\p{{M}}\p{{N}}_])")


def _bare(word: str) -> str:
    """A word as dictionaries have it: letters and accents in one, no invisible characters."""
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", word.translate(_INVISIBLE)).replace("‑", "-")


def _is_near(word: str, fix: str) -> bool:
    """Whether a word is all but `fix`: one edit away, or two in a long one."""
    word, fix = word.casefold(), fix.casefold()
    return one_edit_apart(word, fix) or (len(word) >= LONG and SequenceMatcher(None, word, fix).ratio() >= ALIKE)


def _sound(word: str, language: str) -> str:
    return re.sub(r"(.)్\1", r"\1", word.translate(str.maketrans(*SOUNDS[language])))


def _message(word: str, fixes: tuple[str, ...]) -> str:
    quoted = " or ".join(f'"{fix}"' for fix in fixes)
    return f'Check the spelling of "{word}".' + (f" Write {quoted}." if fixes else "")


def rules() -> Mapping[str, Level]:
    """What this engine reports, and its level where no language has one of its own."""
    return {SPELLING.partition(".")[2]: Level.ERROR}
