"""The forms of a language's words, for languages that have a table of them: Dutch.

`closed.nl.tsv` has the words of closed classes, `forms.nl.txt.gz`, made by `python -m scripts.forms`, the verbs, nouns
and adjectives. A word is known by the names of its classes:

| class | words |
|---|---|
| `first` `third` `infinitive` | forms of a verb: vind, vindt, vinden |
| `past` `pasts` `participle` | vond, vonden, gevonden |
| `twin` | a third person and a participle that sound alike: betaalt, betaald |
| `noun` `nouns` | a noun, its plural; `common` (de) and `neuter` (het) beside `noun` where its gender is known |
| `bare` `bent` `more` | an adjective as it stands alone, and before a noun: nieuw, nieuwe; nieuwer |
| `misthird` `mispart` | no word, but a third person or participle with a d for its t, a t for its d: vertrekd |
| `linked` | no word, but the first part of a compound: identiteits |
| `apart` | a form of a verb whose first part stands apart in a main clause: terugbellen, opbelt |
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from cannedkit.words.wordlist import listed

LANGUAGES = ("nl",)
"""Languages that have a table."""

VERB = ("first", "third", "infinitive", "past", "pasts", "participle")
"""The forms of a verb, in the order of the table."""

ROWS: Mapping[str, tuple[str, ...]] = {"v": VERB, "a": ("bare", "bent", "more")}
"""The first letter of a row of the table -> the forms behind it."""

CODES: Mapping[str, str] = dict(
    zip("ftipqcwszdhbem", (*VERB, "twin", "noun", "nouns", "common", "neuter", "bare", "bent", "more"), strict=True)
)
"""Letter of the table -> the class that it stands for."""

MADE = ("misthird", "mispart", "linked", "apart")
"""Classes that no table has."""

ADDED = frozenset({"part", "loose", "apart", "time", "mass", "more", "item"})
"""Classes of the closed table that a word has beside those of the other table; so has each of the class `both`."""

SECOND: Mapping[str, str] = {"zijn": "bent", "hebben": "hebt", "kunnen": "kunt", "zullen": "zult", "willen": "wilt"}
"""Verbs -> the form for je and u that is not that for hij."""

FROM_SECOND: Mapping[str, str] = {form: verb for verb, form in SECOND.items()}
"""The form for je and u -> its verb."""

SPLIT = frozenset("ftipq")
"""The letters of forms of a verb whose first part stands apart in a main clause."""

PARTS = ("particle", "verb")
"""What such a form falls into."""

LEAST_FIRST, LEAST_LAST = 3, 4
"""Letters of the first and of the last part of a compound that the table does not have; our own choice."""

WITH_S = ("ing", "heid", "teit", "schap")
"""Endings of nouns that open a compound with an s (Algemene Nederlandse Spraakkunst, 12.5.2)."""

GENDERS = frozenset({"common", "neuter"})
"""The classes of nouns with de and with het."""

SMALL = ("tje", "pje", "kje", "etje", "sje", "fje", "gje", "dje")
"""Endings of nouns for small things, which are counted (Algemene Nederlandse Spraakkunst, 12.3.1)."""

Classes = frozenset[str]

NONE: Classes = frozenset()


@dataclass(frozen=True, eq=False, slots=True)
class Forms:
    """The words of a language: the letters of each word's classes, the closed classes, and the rows of its forms."""

    codes: Mapping[str, str]
    closed: Mapping[str, Classes]
    language: str

    def of(self, word: str) -> Classes:
        """The classes of a word in small letters: its own, those of the noun that it ends in, or those of a slip."""
        found = self.closed.get(word)
        if found is None:
            code = self.codes.get(word)
            return self._listed(word, code) if code else self._of_compound(word) or self._of_slip(word)
        if found <= ADDED or "both" in found:
            return found | (_named(self.codes.get(word, "")) or self._of_compound(word))
        return found | (_named(self.codes.get(word, "")) & {*VERB}) if "verb" in found else found

    def has(self, word: str) -> bool:
        """Whether the tables have a word, or a noun that it ends in."""
        return word in self.codes or word in self.closed or bool(self._of_compound(word))

    @property
    def names(self) -> Classes:
        """All classes of the language."""
        return frozenset((*CODES.values(), *MADE)).union(*self.closed.values())

    def joined(self, first: str, last: str) -> str:
        """The one word that the table has for two, with a link between them if need be; "" where it has none."""
        made = [f"{first}{link}{last}" for link in ("", "s", "-")]
        found = next((one for one in made if self._is_noun(one)), "")
        if found or not (self._is_noun(first) and self._is_noun(last)) or min(len(first), len(last)) < LEAST_LAST:
            return found
        known = listed(self.language)
        return next((one for one in made if known.is_noun(one)), "")

    def together(self, first: str, last: str) -> str:
        """Two words as one: as the table has it, else with the s that the ending of the first one asks for."""
        return self.joined(first, last) or f"{first}{'s' if first.endswith(WITH_S) else ''}{last}"

    def made(self, word: str, form: str) -> str:
        """A word in another form of its verb or adjective, or `second`; "" for none.

        Of a noun its `article`, of a verb whose first part stands apart that `particle`, and the `verb` without it.
        """
        if form == "article":
            return {"common": "de", "neuter": "het"}.get("".join(self.of(word) & {"common", "neuter"}), "")
        if form in PARTS:
            return (self._split(word, "part") or ("", ""))[PARTS.index(form)]
        if form in ("third", "participle") and self._of_slip(word) & {"misthird", "mispart"}:
            return _other(word)
        rows = _rows(self.language).get(word) or _rows(self.language).get(FROM_SECOND.get(word, ""), ())
        for row in sorted(rows, key=lambda row: _other(word) not in row):
            if form == "second" and row[0] == "v":
                return SECOND.get(row[3], row[2])
            if form in ROWS[row[0]]:
                found = row[1 + ROWS[row[0]].index(form)]
                if found not in ("-", word):
                    return found
        return ""

    def _listed(self, word: str, code: str) -> Classes:
        """The classes of a word of the table, with those that come of its parts."""
        added = {"item"} if "s" in code and self._is_item(word) else set()
        return _named(code) | added | ({"apart"} if self._split(word, "loose") else set())

    def _is_item(self, word: str) -> bool:
        """Whether a noun ends in one that is counted, or is a small thing: retourlabel, kannetje."""
        if word.endswith(SMALL):
            return True
        ends = (word[at:] for at in range(LEAST_FIRST, len(word) - LEAST_LAST + 1))
        return any("item" in self.closed.get(last, NONE) for last in ends)

    def _split(self, word: str, kind: str) -> tuple[str, str] | None:
        """The part of a verb that stands apart, of a class of such parts, and the verb: terug, bellen."""
        code = {*self.codes.get(word, "")} & SPLIT
        places = range(2, len(word) - 2) if code else ()
        found = ((word[:at], word[at:]) for at in places if kind in self.closed.get(word[:at], NONE))
        return next(((part, verb) for part, verb in found if code & {*self.codes.get(verb, "")}), None)

    def _is_noun(self, word: str) -> bool:
        code = self.codes.get(word, "")
        return "s" in code or "z" in code

    def _of_compound(self, word: str) -> Classes:
        """The classes of the longest noun that a word ends in; no gender where it may end in one of another."""
        found: list[Classes] = []
        for at in range(LEAST_FIRST, len(word) - LEAST_LAST + 1):
            last = word[at:]
            if self._is_noun(last) and self.closed.get(last, NONE) <= {"item"} and self._opens(word[:at]):
                found.append((_named(self.codes[last]) & {"noun", "nouns", *GENDERS}) | self.closed.get(last, NONE))
        alike = len({one & GENDERS for one in found}) == 1
        return (found[0] if alike else found[0] - GENDERS) if found else NONE

    def _opens(self, part: str) -> bool:
        """Whether a word, with or without a link behind it, may open a compound."""
        stems = (part, part.removesuffix("s"), part.removesuffix("-"), part.removesuffix("e"))
        return any(self._is_noun(stem) or "f" in self.codes.get(stem, "") for stem in stems)

    def _of_slip(self, word: str) -> Classes:
        """The classes of what is no word."""
        if len(word) < LEAST_LAST or word in self.codes or word in self.closed:
            return NONE
        code = self.codes.get(_other(word), "")
        if ("c" in code or "t" in code) and not listed(self.language).check(word):  # moed is a word beside moet
            return frozenset({"mispart" if "c" in code else "misthird"})
        stem = word[:-1] if word[-1] == "s" else ""
        return frozenset({"linked"}) if "s" in self.codes.get(stem, "") and stem not in self.closed else NONE


@lru_cache(maxsize=2)
def forms(language: str) -> Forms:
    """The words of a language that has a table. Raises KeyError for any other."""
    if language not in LANGUAGES:
        raise KeyError(language)
    table = _table(language)[1].split()
    return Forms(dict(zip(table[::2], table[1::2], strict=True)), _closed(language), language)


@lru_cache(maxsize=2)
def _table(language: str) -> tuple[str, str]:
    """The two parts of a table: the rows of forms, and the words with the letters of their classes."""
    packed = resources.files(__package__).joinpath(f"forms.{language}.txt.gz").read_bytes()
    rows, _, words = gzip.decompress(packed).decode().partition("\n\n")
    return rows, words


@lru_cache(maxsize=2)
def _rows(language: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Word -> the rows of forms that it stands in."""
    found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in map(str.split, _table(language)[0].splitlines()):
        for word in dict.fromkeys(row[1:]):
            found[word].append(tuple(row))
    return {word: tuple(rows) for word, rows in found.items()}


def _closed(language: str) -> dict[str, Classes]:
    """The words of closed classes, each with its classes."""
    closed: defaultdict[str, set[str]] = defaultdict(set)
    table = resources.files(__package__).joinpath(f"closed.{language}.tsv").read_text("utf-8")
    for line in table.splitlines():
        name, _, words = line.partition("\t")
        for word in () if line.startswith("#") else words.split():
            closed[word].add(name)
    return {word: frozenset(names) for word, names in closed.items()}


@lru_cache(maxsize=256)
def _named(code: str) -> Classes:
    return frozenset(CODES[letter] for letter in code)


def _other(word: str) -> str:
    """A word with its last t as a d, or its last d as a t; "" where it ends in neither."""
    return word[:-1] + {"t": "d", "d": "t"}[word[-1]] if word[-1:] in ("t", "d") else ""
