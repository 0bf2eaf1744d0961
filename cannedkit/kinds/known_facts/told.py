"""What a conversation knows: the value of a fact by its names and patterns, and of what a question asks for by itself.

A value is "" where something is known without one, and None where it is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from cannedkit.model.draft import Draft
from cannedkit.pattern.alternation import compiled, search
from cannedkit.text import segment
from cannedkit.text.talk import subjects
from cannedkit.words.inflection import changed

LEAST = 4
"""Letters of which the stem of a word has at least, where it may be said in another form; our own choice."""

_VALUE = (
    r"(?i:'s)?(?: (?i:number|code|no\.?|id|ref|reference|name|reading|message))*(?: (?i:is|was|it's)|:|#)? ?#?"
    r"([\w/-]*\d[\w/-]*)"
)
"""What follows a word where a customer tells its value: "policy no. 7781", "rego is 1ABC234"."""

_NAMED = r"(?-i:(?<=[a-z,] )[A-Z][\w&'’-]+)"
"""A name in the midst of a sentence."""

_NUMBER = r"\d+(?:st|nd|rd|th)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|first|second|third|fourth|fifth"

_ANY = (
    "whole|same|first|last|second|other|only|wrong|right|entire|broken|new|old|own|current|nice|little|faulty|missing|"
    "damaged|next|previous|dead|big|bad|good|lovely|stupid|bloody|damn|two|three|few|very|most|best|latest|original"
)
"""Words before a thing that do not say which one it is."""

_CODE = r"(?-i:[A-Z]{1,5}-?\d[\w/-]{2,})"
"""A code that stands alone: "INV-3307"."""

_DENIED = re.compile(r"\bnot (?:the |an? |my )?\w+", re.IGNORECASE)


@dataclass(frozen=True)
class Known:
    """One row of the table: the names that `known` may use, the patterns that tell it, and what asks for it again.

    `called` is what it goes by in a question.
    """

    names: tuple[str, ...]
    told: tuple[str, ...]
    by: str
    again: tuple[str, ...]
    called: tuple[str, ...]


def told(draft: Draft, way: str, caught: Sequence[str | None]) -> tuple[str, str | None]:
    """What a question without a row in the table asks for, and its value, None where it is not known."""
    words = [(word or "").lower() for word in caught]
    if way == "deeds":
        return "step", _deed(draft, words)
    if way == "choices":
        return "choice", _choice(draft, words[:2])
    if way == "places":
        return f"place of the {words[0]}", _of_customer(draft, *_named(words[0]))
    if way == "whether":
        return words[0], _mention(draft, words[0])
    return words[0], _other(draft, words[0]) or (_sort(draft, words[0]) if way == "sorts" else None)


def value(draft: Draft, fact: Known, ignorecase: bool) -> str | None:
    """The value of a fact, "" where it is known without one, None where it is not known. The last word counts."""
    found: str | None = None
    for given in draft.known:
        name, _, own = given.partition(":")
        if name.strip() in fact.names:
            found = own.strip() or found or ""
    if found:
        return found
    texts = [turn.text for turn in draft.history if turn.by == fact.by]
    if fact.by == "customer":
        texts = [*draft.known, *texts]
    for text in reversed(texts):
        for source in fact.told:
            if match := search(compiled(source, ignorecase), text):
                return next((caught for caught in match.groups() if caught), found or "")
    return found


def _other(draft: Draft, word: str) -> str | None:
    """The value of a fact that has no row in the table: `plan: Basic` for "plan", "flight KL1009" for "flight"."""
    for given in draft.known:
        name, sign, value = given.partition(":")
        if (sign or _is_name(name)) and word in re.findall(r"\w+", name.lower()):
            return value.strip()
        if named := re.search(rf"\b(?i:{re.escape(word)}(?: number| code)?)[ #]+(\w*[A-Z0-9][\w-]*)", given):
            return str(named[1])
    here = rf"\b(?i:{re.escape(word)})\b"
    return _of_customer(draft, f"{here}{_VALUE}", rf"{here}[^.!?\n]{{1,30}}?\b({_CODE})")


def _sort(draft: Draft, word: str) -> str | None:
    """How many of a thing the customer told, or which: "three bags", "the Leeds store", "the ground-floor flat"."""
    here = f"(?i:{re.escape(word)})"
    return _of_customer(
        draft,
        rf"\b((?i:{_NUMBER}))(?:[ -][a-z]+)?[ -]{here}(?:e?s)?\b",
        rf"\b(\w+)-{here}\b",
        *_named(word),
        rf"(?i:\b(?:the|my|our)) (?!(?i:{_ANY})\b)(\w+) {here}\b",
    )


def _named(word: str) -> tuple[str, str]:
    """Patterns that catch the name beside a thing: "the Leeds store", "the store in Leeds", "my cat Biscuit"."""
    here = f"(?i:{re.escape(word)})"
    link = "(?:(?:in|at|on|is|was|called|named|outside|behind|near|from) )?(?:the )?"
    return rf"({_NAMED}) {here}(?:e?s)?\b", rf"\b{here}(?:e?s)?,? {link}({_NAMED})"


def _of_customer(draft: Draft, *sources: str) -> str | None:
    """What the group of the first pattern that the customer's last message with one has catches, None without one."""
    for turn in reversed(draft.history):
        for source in sources if turn.by == "customer" else ():
            if told := re.search(source, turn.text):
                return told[1]
    return None


def _deed(draft: Draft, words: Sequence[str]) -> str | None:
    """Empty where the customer says that they did what a verb tells, to the second word if there is one; else None."""
    verb, thing = words[0], words[1] if len(words) > 1 else ""
    others = "".join(f"|{past}" for form in ("past", "participle") if (past := changed(verb, "base", form)))
    past = (
        r"(?i)(?<!shall )(?<!should )(?<!can )(?<!could )\b(?:i|we|(?:i|we)['’]?ve|have|already)\b"
        r"(?:(?!\b(?:to|not|can|will|would|should|must)\b|n['’]t\b)[^.!?\n]){0,30}?"
        rf"\b(?:{re.escape(verb)}(?:\w?ed|d|t|en|\w?ing)?{others})\b[^.!?\n]{{0,40}}?{re.escape(thing)}"
    )
    return "" if any(turn.by == "customer" and re.search(past, turn.text) for turn in draft.history) else None


def _mention(draft: Draft, words: str) -> str | None:
    """Empty where one statement of the customer's has the stems of all words that tell something, else None."""
    wanted = [stem[: max(len(stem) - 1, LEAST)] for stem in subjects(words, draft.locale)]
    said = (subjects(statement, draft.locale) for statement in _statements(draft))
    return (
        ""
        if wanted and any(all(any(map(str.startswith, had, repeat(one))) for one in wanted) for had in said)
        else None
    )


def _statements(draft: Draft) -> Iterator[str]:
    """The sentences of the customer's that ask nothing."""
    for turn in draft.history:
        sentences = segment.sentences(turn.text, draft.locale) if turn.by == "customer" else ()
        yield from (turn.text[start:end] for start, end in sentences if not turn.text[:end].endswith("?"))


def _choice(draft: Draft, offered: Sequence[str]) -> str | None:
    """Which of the words offered the customer named, None where none or more than one."""
    text = _DENIED.sub("", "\n".join(turn.text for turn in draft.history if turn.by == "customer"))
    named = [word for word in offered if re.search(rf"(?i)\b{re.escape(word[: max(len(word) - 2, LEAST)])}", text)]
    return named[0] if len(named) == 1 else None


def _is_name(fact: str) -> bool:
    """Whether a fact is a dotted name alone, and no prose."""
    return "." in fact.strip(".") and " " not in fact
