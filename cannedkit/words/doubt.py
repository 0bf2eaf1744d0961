"""What a proofreader of English remarks, and is no fault after all: told by the words around it.

Harper's remarks, by their names. Positions are code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from cannedkit.words.inflection import words_of
from cannedkit.words.misspelling import CALENDAR, OPENING, is_misspelt, is_part_of_name, opens_sentence, token
from cannedkit.words.proposals import is_slip, is_term, is_used

TIMES = CALENDAR | frozenset(
    "today tomorrow yesterday tonight now soon later daily weekly monthly next last this every".split()
)
"""Words that say when: "you" before one is no slip for "your"."""

CONJUNCTIONS = frozenset(
    "after although and as because before but how if once or since so than that though unless until what when where "
    "whether which while who why".split()
)
"""Words behind which a pronoun is a subject."""

BEHIND_LETTER = frozenset("and or in is as on at also if of are it only under until".split())
"""Words before which a capital A is a letter, and no article."""

OBJECTS = frozenset("me us him them".split())
"""Pronouns that are no subject."""

COLLECTIVE = frozenset(
    "staff team crew family group public police board committee crowd personnel people audience jury class band cast "
    "club company council couple department faculty management media party population squad trio pair".split()
)
"""Nouns that name several people in the singular."""

SINGULAR_IN_S = frozenset("bus gas lens means news plus series species status bonus headquarters".split())
"""Nouns that end in -s and are one thing."""

PARTICLES = frozenset("ins ons ups outs offs downs overs tos bys".split())
"""What stands behind a hyphen where a verb with its particle is a noun in the plural: "walk-ins"."""

REACH = 200
"""Code points before a place that are looked at to tell how it is meant: two words and what parts them take 40."""

SAYING = frozenset("believe guess hope know reckon say says see suppose think".split())
"""Verbs behind which a clause opens without a conjunction: "I think it's Leeds"."""

TO_PLACES = frozenset("where there here then anyhow".split())
"""Words behind which "to" is no "too": "to where?", "from here to there"."""

_FOLLOWING = re.compile(r"\W*(\w\w+)")
_NEXT_WORD = re.compile(r"\W+(\w+)")
_BEHIND_ARTICLE = re.compile(r"\s+(?!\w*\d)[^\W_]|\s+\d+\b|\s+[$£€]")
_PREDICATE = re.compile(
    r"\s+[\w-]+(?:\s*(?:$|[.,!?;:)])|\s+(?:to|for|with|at|in|on|about|that|because|if|when|and|but|so|of|by|from|as|after"
    r"|before|until|now|again|too|then|or)\b)"
)
_ADJECTIVE_AND_CLAUSE = re.compile(r"\s+([\w-]+)\s+(?:i|you|we|they|he|she|it|that|to)\b", re.IGNORECASE)
_SPELT_OR_READ = re.compile(r"[FHLMNRSX][A-Z]*[AEIOU][A-Z]*")
_LAST = re.compile(r"([^\W_]+|[^\w\s])\s*$")
_CLOCK = re.compile(r"\d\s?[ap]\.?m\.?$", re.IGNORECASE)
_BEFORE_NOUN = re.compile(
    r"\b(?:the|an?|its|their|your|our|no|any|this|that|some|only|full|side|little|in|into|of)\s+$", re.IGNORECASE
)
_BEFORE_VERB = re.compile(r"(?:^|[^\w\s'’][\s\"“(]*|\b(\w+)\s+)\w+\s+$")


def holds(remark: str, text: str, start: int, end: int, fixes: Sequence[str]) -> bool:
    """Whether a remark on `text[start:end]` is a fault; `fixes` are what is proposed, best first."""
    condition = HOLDS.get(remark)
    return condition is None or condition(text, start, end, fixes)


def shouts(text: str, end: int) -> bool:
    """Whether the word behind a letter is all capitals, so that those of its fix are meant: "A HOUR" is "AN HOUR"."""
    following = _FOLLOWING.match(text, end)
    return following is not None and following[1].isupper()


def _is_misspelt(text: str, start: int, end: int, fixes: Sequence[str]) -> bool:
    """Whether an unknown word is a misspelling; before a comma or a line end a capital is that of whom we write to."""
    word = text[start:end]
    if word.islower() and (is_term(word) or _is_loan(text, start, end)):
        return False
    if word in PARTICLES and text[:start].endswith("-"):
        return False
    opens = (
        opens_sentence(text, start) and not text.startswith((",", "\n"), end) and not is_part_of_name(text, start, end)
    )
    fix = fixes[0] if fixes else ""
    return is_misspelt(text, start, end, fix, opens=opens) or (opens and is_slip(text[start:end], fix.casefold()))


def _is_loan(text: str, start: int, end: int) -> bool:
    """Whether a part of a word with hyphens stands there twice, or beside another that is not in use: "kung-fu"."""
    parts = token(text, start, end).casefold().replace("‑", "-").split("-")
    word = text[start:end].casefold()
    others = [part for part in parts if part != word]
    return parts.count(word) > 1 or (word in parts and any(part.isalpha() and not is_used(part) for part in others))


def _is_wrong_article(text: str, start: int, end: int, fixes: Sequence[str]) -> bool:
    """Whether the article is a word before a word: not the letter of "22A" and "A&E", nor quoted, nor before code.

    Nor a capital that names something: "your plan is A and the fee is B"; nor "a" before capitals that may be read as
    a word or letter by letter ("a SCHUFA form").
    """
    stands_alone = start == 0 or text[start - 1].isspace() or text[start - 1] in OPENING
    following = _NEXT_WORD.match(text, end)
    letter = text[start:end].isupper() and following is not None and following[1] in BEHIND_LETTER
    spelt = text[start:end] == "a" and following is not None and _SPELT_OR_READ.fullmatch(following[1]) is not None
    return stands_alone and not letter and not spelt and _BEHIND_ARTICLE.match(text, end) is not None


def _is_plural_of_mass_noun(text: str, start: int, end: int, fixes: Sequence[str]) -> bool:
    """Whether the rule speaks of a plural ("informations"): its remarks on "a rating", "one ending" are wrong."""
    return not any(letter.isspace() for letter in text[start:end])


def _is_possessive(text: str, start: int, end: int, fixes: Sequence[str]) -> bool:
    """Whether "you" stands for "your": before a time or a name it is whole ("I'll write to you tomorrow, Ana")."""
    following = _NEXT_WORD.match(text, end)
    return following is None or not (following[1].casefold() in TIMES or following[1][0].isupper())


def _is_verb_for_noun(text: str, start: int, end: int, fixes: Sequence[str]) -> bool:
    """Whether a noun that should be a verb stands where a noun may not: "its only effect" is right."""
    means_verb = bool(fixes) and fixes[0].casefold() in words_of("VERBONLY")
    return not (means_verb and _BEFORE_NOUN.search(text, max(0, start - REACH), start))


def _is_verb_of_subject(text: str, start: int, end: int, fixes: Sequence[str]) -> bool:
    """Whether the pronoun before a verb opens a clause: behind a verb it is the object ("I'll send you updates")."""
    before = _BEFORE_VERB.search(text[max(0, start - REACH) : start])
    return before is None or before[1] is None or before[1].casefold() in CONJUNCTIONS


def _is_be_of_subject(text: str, start: int, end: int, fixes: Sequence[str]) -> bool:
    """Whether the pronoun before a form of "be" is its subject: "what you told us was right" has another."""
    before = _LAST.search(text[max(0, start - REACH) : start])
    return before is None or before[1].casefold() not in OBJECTS


def _is_your_predicate(text: str, start: int, end: int, fixes: Sequence[str]) -> bool:
    """Whether "your" stands for "you're": no noun follows the adjective ("your dedicated account manager")."""
    return _PREDICATE.match(text, end) is not None


def _is_one_of_singular(text: str, start: int, end: int, fixes: Sequence[str]) -> bool:
    """Whether the noun behind "one of the" is one thing: a team and staff are many."""
    sentence = text[max(0, start - REACH) : end].casefold().rpartition("one of ")[2]
    return not COLLECTIVE & set(re.findall(r"\w+", sentence))


def _is_to_for_too(text: str, start: int, end: int, fixes: Sequence[str]) -> bool:
    """Whether "too" and "to" stand for each other: "too kind" is right, and so is "to where"."""
    following = _NEXT_WORD.match(text, end)
    return following is None or following[1].casefold() not in words_of("ADJECTIVE") | TO_PLACES


def _is_plural_behind_is(text: str, start: int, end: int, fixes: Sequence[str]) -> bool:
    """Whether what is there are several: news is not, nor is a name, what ends in -ss, or "lots", as people say it."""
    last = text[start:end].split()[-1]
    named = last[0].isupper() or last == "lots"
    return not named and last.casefold() not in SINGULAR_IN_S and not last.casefold().endswith(("ss", "ics"))


def _is_of_it(text: str, start: int, end: int, fixes: Sequence[str]) -> bool:
    """Whether "it's" stands for "its": where it opens a clause it says what is so ("I think it's time")."""
    clause = _ADJECTIVE_AND_CLAUSE.match(text, end)
    if clause is not None and clause[1].casefold() in words_of("ADJECTIVE"):
        return False
    before = _LAST.search(text[max(0, start - REACH) : start])
    opens = before is None or not before[1].isalnum() or before[1].casefold() in CONJUNCTIONS | SAYING
    return not (opens and _PREDICATE.match(text, end))


def _is_doubled_be(text: str, start: int, end: int, fixes: Sequence[str]) -> bool:
    """Whether two forms of "be" stand there: the "am" of a clock is none ("10 am is free")."""
    return _CLOCK.search(text[max(0, start - REACH) : start]) is None


HOLDS: Mapping[str, Callable[[str, int, int, Sequence[str]], bool]] = {
    "NounVerbConfusion": _is_verb_for_noun,
    "PossessiveYour": _is_possessive,
    "PronounInflectionBe": _is_be_of_subject,
    "PronounVerbAgreement": _is_verb_of_subject,
    "SpellCheck": _is_misspelt,
    "AnA": _is_wrong_article,
    "ItsPossessive": _is_of_it,
    "MassNouns": _is_plural_of_mass_noun,
    "SingleBe": _is_doubled_be,
    "OneOfTheSingular": _is_one_of_singular,
    "ThereIsAgreement": _is_plural_behind_is,
    "ToTwoToo": _is_to_for_too,
    "YourPredicateAdjective": _is_your_predicate,
}
"""Remark -> whether it is a fault where it stands; all others are."""
