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
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cannedkit.model.draft import Draft, Finding, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Vocabulary
from cannedkit.text.locales import parents
from cannedkit.text.nearest import meant
from cannedkit.words.dictionary import DictionaryError, digest, find, folders, is_there
from cannedkit.words.proposals import Reader
from cannedkit.words.unknown import Speller, finding, misspelt, proposed
from cannedkit.words.vocabulary import Accepted, accepted

SPELLING = "Hunspell.Spelling"
"""The rule of the findings: a word that no dictionary has."""

LEFT_OUT = frozenset({"en", "th"})
"""Languages whose dictionaries stay closed until the settings name them: Harper and pythainlp know them better."""

READ_HERE = frozenset({"en"})
"""Languages without compounds, whose dictionaries `words.dictionary` reads: they need no library of the system."""

LEVELS: Mapping[str, Level] = {"te": Level.SUGGESTION}
"""Language -> the level of its findings, where it is no error."""

LINKS: Mapping[str, tuple[str, ...]] = {"de": ("", "s", "es", "n", "en", "er", "e"), "nl": ("", "s", "e", "en", "n")}
"""Languages that write compounds in one word -> what may stand between their parts (Duden, Taaladvies.net)."""

LEAST: Mapping[str, int] = {"de": 5, "nl": 6}
"""Language -> code points in a part of a compound that the dictionary does not make itself. Of 700 Dutch misspellings
(OpenTaal) 613 are found with 6, 568 with 4, 656 with no compounds; of 700 right words one is flagged each time."""

FIRSTS: Mapping[str, frozenset[str]] = {"nl": frozenset("app bel chat link mail nep retour sms web wifi".split())}
"""Language -> first parts that may be shorter: of service words such as retourlabel."""

PRONOUNS = re.compile(r"(\w{4,}?)(?:[mts]e|nos)?(?:l[aeo]s?|[mts]e|nos)")
"""A Spanish verb and the pronouns behind it (Real Academia Española, 2010)."""

MAX_FIXES, MAX_SUGGESTED = 3, 8
"""Fixes that a finding carries; unknown words of a draft that get any, for each new one takes up to 0.1 s."""

ENDINGS = ("es", "en", "n")
"""What makes plurals of an accepted word, besides the endings of English."""

_DICTIONARY = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
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
        speller = Speller(language, self.accepted, partial(self._is_right, tag), partial(self._suggests, tag))
        level = LEVELS.get(language, Level.ERROR)
        found: list[Finding] = []
        for start, end in misspelt(speller, draft.text):
            fixes = proposed(speller, draft.text[start:end]) if len(found) < MAX_SUGGESTED else ()
            found.append(finding(draft.text, start, end, SPELLING, level, fixes))
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

    def _is_right(self, tag: str, word: str) -> bool:
        return self._knows(tag, word) or self._has_pronoun(tag, word) or self._is_compound(tag, word)

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


def rules() -> Mapping[str, Level]:
    """What this engine reports, and its level where no language has one of its own."""
    return {SPELLING.partition(".")[2]: Level.ERROR}
