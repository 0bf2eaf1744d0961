"""The forms of English words: of the verbs in `verbs.txt` and the nouns in `nouns.txt`, and "a" or "an"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

FORMS = ("base", "third", "past", "participle", "ing")
"""The forms of a verb, in the order of the table: go, goes, went, gone, going."""

WORD_CLASSES = (
    *("SINGULAR", "PLURAL", "COUNTABLE", "MASS", "ADJECTIVE", "BASE", "THIRD", "PAST", "PARTICIPLE", "ING"),
    *("NOUNONLY", "NOUNSONLY", "VERBONLY", "VERBSONLY"),
)
"""Names of the classes that `words_of` knows."""

_LISTS: Mapping[str, str] = {"MASS": "massnouns.txt", "ADJECTIVE": "adjectives.txt"}
_ALONE: Mapping[str, tuple[str, ...]] = {
    "NOUNONLY": ("SINGULAR", "BASE", "ADJECTIVE", "PAST", "ING"),
    "NOUNSONLY": ("PLURAL", "THIRD"),
    "VERBONLY": ("BASE", "SINGULAR", "MASS", "ADJECTIVE", "PLURAL"),
    "VERBSONLY": ("THIRD", "PLURAL"),
}
"""Class -> the class it is part of, and those whose words it leaves out."""

_VOWEL_SOUND = re.compile(
    r"(?!uni(?!n)|us[aeu]|usual|util|ur[ai]|eu|one|once)[aeiou]|hour|honest|honou?r|heir|8", re.IGNORECASE
)


DOUBLED_ABROAD = ("cancel", "travel")
"""Verbs that double their last letter outside American English: canceled, cancelled."""


def changed(word: str, source: str, target: str, *, american: bool = True) -> str | None:
    """`word` in another form of its verb, None where it is not `source` ("base", …) of any verb in the table.

    A word that may be `target` itself ("put", "reset" as participles) has nothing to change: None; nor has one that
    goes with any person, as the past "put" does, for want of an -s. With `source` for `target` it is `word` itself.
    """
    readings = verb_forms().get(word.casefold(), ())
    forms = {form for _, form in readings}
    if source == target:
        return word if source in forms else None
    if target in forms or (target == "third" and "past" in forms):
        return None
    for base, form in readings:
        if form == source:
            made = _table()[base][FORMS.index(target)]
            abroad = base in DOUBLED_ABROAD and not american and len(made) > len(base) + 1
            return f"{base}{base[-1]}{made[len(base) :]}" if abroad else made
    return None


TAGS: Mapping[str, str] = {
    "VB": "base",
    "VBP": "base",
    "VBZ": "third",
    "VBD": "past",
    "VBN": "participle",
    "VBG": "ing",
    "NN": "",
    "NNS": "",
}
"""Penn's tag -> the form of a verb; "" for the numbers of a noun."""

_PERSONS: Mapping[str, Mapping[str, str]] = {
    "VB": dict.fromkeys(("am", "is", "are", "was", "were", "been", "being"), "be"),
    "VBP": {"am": "are", "is": "are", "was": "were", "wasn't": "weren't", "isn't": "aren't"},
    "VBZ": {"am": "is", "are": "is", "were": "was", "be": "is"},
}
"""Tag -> the forms of "be" for it: a change of person keeps the past."""


def tagged_form(word: str, tag: str, *, american: bool = True) -> str | None:
    """An English word in the form of one of Penn's tags, from the tables, else by rule; None where neither knows it.

    `word` has small letters.
    """
    if tag in ("NN", "NNS"):
        return singular(word) if tag == "NN" else plural(word)
    if word in _PERSONS.get(tag, {}):
        return _PERSONS[tag][word]
    target = TAGS[tag]
    readings = sorted(verb_forms().get(word, ()), key=lambda reading: reading[1] == target)
    if readings:
        base = readings[0][0]
        made = _table()[base][FORMS.index(target)]
        abroad = base in DOUBLED_ABROAD and not american and len(made) > len(base) + 1
        return f"{base}{base[-1]}{made[len(base) :]}" if abroad else made
    if target == "base":
        return singular(word) if word.endswith("s") and not word.endswith("ss") else None
    return _regular(word)[FORMS.index(target)] if re.fullmatch(r"[a-z]{2,}(?<!ed|ng|.s)", word) else None


@lru_cache(maxsize=1)
def verb_forms() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Each form of each verb in the table -> the verbs and forms that it may be: "put" is base, past and participle."""
    found: dict[str, list[tuple[str, str]]] = {}
    for base, forms in _table().items():
        for name, form in zip(FORMS, forms, strict=True):
            found.setdefault(form, []).append((base, name))
    for base in DOUBLED_ABROAD:
        for form, ending in (("past", "ed"), ("participle", "ed"), ("ing", "ing")):
            found.setdefault(f"{base}{base[-1]}{ending}", []).append((base, form))
    return {form: tuple(readings) for form, readings in found.items()}


@lru_cache(maxsize=1)
def _table() -> Mapping[str, tuple[str, ...]]:
    rows = [line.split() for line in _entries("verbs.txt")]
    return {row[0].rstrip("*"): tuple(row) if len(row) > 1 else _regular(row[0]) for row in rows}


def _regular(entry: str) -> tuple[str, ...]:
    base = entry.rstrip("*")
    if entry.endswith("*"):
        doubled = base + base[-1]
        return base, f"{base}s", f"{doubled}ed", f"{doubled}ed", f"{doubled}ing"
    past = f"{base}d" if base.endswith("e") else f"{base[:-1]}ied" if re.search("[^aeiou]y$", base) else f"{base}ed"
    ing = f"{base[:-1]}ing" if re.search("[^eo]e$", base) else f"{base}ing"
    return base, _regular_plural(base), past, past, ing


@lru_cache(maxsize=len(WORD_CLASSES))
def words_of(name: str) -> frozenset[str]:
    """The words of a class, in lower case. Raises KeyError where `name` is none of WORD_CLASSES.

    SINGULAR and PLURAL are nouns that have both, COUNTABLE those of SINGULAR that never stand without an article or
    the like; MASS are nouns without a plural; BASE, THIRD, PAST, PARTICIPLE and ING are forms of verbs. A word may be
    in several classes: "plans" is PLURAL and THIRD. NOUNONLY and NOUNSONLY are the singular and plural nouns that are
    nothing else here, VERBONLY and VERBSONLY the base forms and third persons that are nothing else.
    """
    if name in _ALONE:
        own, *others = _ALONE[name]
        return words_of(own).difference(*map(words_of, others))
    if name in _LISTS:
        return frozenset(_entries(_LISTS[name]))
    if name in ("SINGULAR", "COUNTABLE", "PLURAL"):
        return frozenset(
            many if name == "PLURAL" else one
            for one, (many, bare) in _nouns().items()
            if many != one and not (bare and name == "COUNTABLE")
        )
    form = {form.upper(): form for form in FORMS}[name]
    return frozenset(word for word, readings in verb_forms().items() if any(form == each for _, each in readings))


def _entries(file: str) -> list[str]:
    """The lines of a word list, without its comments."""
    from importlib import resources

    lines = resources.files(__package__).joinpath(file).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _nouns() -> Mapping[str, tuple[str, bool]]:
    """Each noun in the table -> its plural, and whether it may stand without an article."""
    found = {}
    for line in _entries("nouns.txt"):
        entry, _, many = line.partition(" ")
        noun = entry.rstrip("~")
        found[noun] = (many or _regular_plural(noun), entry != noun)
    return found


@lru_cache(maxsize=1)
def _singulars() -> Mapping[str, str]:
    return {many: one for one, (many, _) in _nouns().items()}


def plural(noun: str) -> str:
    """The plural of an English noun, from the table, else by rule: "branch" gives "branches", "copy" "copies"."""
    before, space, last = noun.rpartition(" ")
    return before + space + (_nouns()[last.casefold()][0] if last.casefold() in _nouns() else _regular_plural(last))


def _regular_plural(noun: str) -> str:
    if re.search("[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search("(?:s|x|z|ch|sh)$", noun) else f"{noun}s"


def singular(noun: str) -> str:
    """The singular of an English plural, from the table, else by rule: "branches" gives "branch", "copies" "copy"."""
    if noun.casefold() in _singulars():
        return _singulars()[noun.casefold()]
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    return noun[:-2] if re.search("(?:ss|x|zz|ch|sh)es$", noun) else noun.removesuffix("s")


def article(following: str) -> str:
    """The article, a or an, that the first word of `following` asks for; capitals are read letter by letter."""
    word = re.match(r"\w*", following)
    spelled = word[0] if word else ""
    if len(spelled) > 1 and spelled.isupper() and not re.search("[AEIOU][^AEIOU]", spelled[1:]):
        return "an" if spelled[0] in "AEFHILMNORSX" else "a"
    return "an" if _VOWEL_SOUND.match(spelled) else "a"
