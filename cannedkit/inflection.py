"""The forms of English words: those of the verbs in `verbs.txt`, the plural of a noun, and "a" or "an"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

FORMS = ("base", "third", "past", "participle", "ing")
"""The forms of a verb, in the order of the table: go, goes, went, gone, going."""

IRREGULAR_PLURALS: Mapping[str, str] = {
    "child": "children",
    "person": "people",
    "man": "men",
    "woman": "women",
    "foot": "feet",
    "life": "lives",
    "half": "halves",
    "shelf": "shelves",
}
"""Nouns of service talk whose plural no rule gives."""

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
    lines = resources.files("cannedkit").joinpath("verbs.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {row[0].rstrip("*"): tuple(row) if len(row) > 1 else _regular(row[0]) for row in rows}


def _regular(entry: str) -> tuple[str, ...]:
    base = entry.rstrip("*")
    if entry.endswith("*"):
        doubled = base + base[-1]
        return base, f"{base}s", f"{doubled}ed", f"{doubled}ed", f"{doubled}ing"
    past = f"{base}d" if base.endswith("e") else f"{base[:-1]}ied" if re.search("[^aeiou]y$", base) else f"{base}ed"
    ing = f"{base[:-1]}ing" if re.search("[^eo]e$", base) else f"{base}ing"
    return base, plural(base), past, past, ing


def plural(noun: str) -> str:
    """The plural of an English noun, by rule: "branch" gives "branches", "copy" "copies"; a verb's third person too."""
    if noun.casefold() in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[noun.casefold()]
    if re.search("[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search("(?:s|x|z|ch|sh)$", noun) else f"{noun}s"


def singular(noun: str) -> str:
    """The singular of a regular English plural: "branches" gives "branch", "copies" "copy"."""
    backwards = {many: one for one, many in IRREGULAR_PLURALS.items()}
    if noun.casefold() in backwards:
        return backwards[noun.casefold()]
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
