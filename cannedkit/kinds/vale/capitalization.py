"""`capitalization`: a stretch of text is not in the case that it should be in. Vale's semantics."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import PatternError, compiled, every, search
from cannedkit.pattern.exempt import phrase_pattern, term_pattern, word_source
from cannedkit.prose.case import Converter
from cannedkit.rules.action import Action, action
from cannedkit.rules.message import finding, formatted, problem
from cannedkit.rules.options import flag, number, options, pattern, patterns
from cannedkit.rules.scope import passages

_WORD = r"[\p{N}\p{L}*]+[^\s]*"
_NUMBERED = re.compile(r"[0-9]+\.")
_BREAK = re.compile(r"[^0-9A-Za-z_\u0080-\U0010ffff]|\s")

Judge = Callable[[str], tuple[str, bool]]
"""A text -> how it should be written, and whether it is right as it is."""


@dataclass(frozen=True)
class Options:
    """The case that is asked for: `$title`, `$sentence`, `$lower`, `$upper` or a pattern; and what it lets pass."""

    match: str
    style: str
    prefix: str
    exceptions: tuple[str, ...]
    indicators: tuple[str, ...]
    threshold: float
    vocab: bool
    action: Action


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(
        rule,
        {
            "match": pattern,
            "style": pattern,
            "prefix": pattern,
            "exceptions": patterns,
            "indicators": patterns,
            "threshold": number,
            "vocab": flag,
            "action": action,
        },
    )
    if not values.get("match"):
        wanted = "$title, $sentence, $lower, $upper or a regular expression"
        raise RuleError([problem(rule, "match", f"a capitalization rule needs `match`: {wanted}")])
    made = Options(
        values["match"],
        style=values.get("style", ""),
        prefix=values.get("prefix", ""),
        exceptions=values.get("exceptions", ()),
        indicators=values.get("indicators", ()),
        threshold=values.get("threshold", 0.0) or 0.8,
        vocab=values.get("vocab", True),
        action=values.get("action", Action()),
    )
    try:
        _judge(made, ())
    except PatternError as error:
        raise RuleError([problem(rule, "match", str(error))]) from None
    return made


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError for a vocabulary that does not compile."""
    return [_check(rule, rule.options, context) for rule in rules]


def _check(rule: Rule, own: Options, context: Context) -> Check:
    try:
        judge = _judge(own, context.vocabulary.accept if own.vocab else ())
    except PatternError as error:
        raise RuleError([problem(rule, "vocab", str(error))]) from None
    does = own.action
    converts = does.name == "replace" and not does.parameters and own.match in ("$title", "$sentence")

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule, hits):
            expected, right = judge(passage.text)
            if not right:
                message = formatted(rule.message, passage.text, expected)
                fixes = (expected,) if converts else does.fixes(passage.text)
                yield finding(rule, *passage.place(0, len(passage.text)), message, fixes)

    return Check(rule, run)


def _judge(own: Options, accepted: Sequence[str]) -> Judge:
    """How a text is judged. Raises PatternError."""
    exceptions = own.exceptions
    source = word_source(exceptions, accepted)
    excepted = compiled(source, False) if source else None
    phrase_pattern(exceptions, accepted)

    def lets_pass(text: str) -> bool:
        return excepted is not None and search(excepted, text) is not None

    match = own.match
    if match == "$lower":
        return lambda text: (text.lower(), text == text.lower() or lets_pass(text))
    if match == "$upper":
        return lambda text: (text.upper(), text == text.upper() or lets_pass(text))
    if match not in ("$title", "$sentence"):
        shape = compiled(match, False, False)
        return lambda text: (match, search(shape, text) is not None or lets_pass(text))
    converter = Converter(_vocabulary(exceptions, accepted), own.prefix, _indicator(own.indicators))
    word = compiled(f"{source}|{_WORD}" if source else _WORD, False)
    threshold = own.threshold
    if match == "$sentence":
        return lambda text: _sentence(text, converter.sentence(text), word, lets_pass, threshold)
    chicago = own.style == "Chicago"
    return lambda text: _title(text, converter.title(text, chicago=chicago), word, lets_pass, threshold)


def _vocabulary(exceptions: Sequence[str], accepted: Sequence[str]) -> tuple[str, ...]:
    """The words that a conversion leaves alone.

    Without a vocabulary Vale's own exceptions reach the converter as patterns with their case, so a word that holds
    one stays; beside a vocabulary they reach it as written.
    """
    if accepted:
        words = [*exceptions, *accepted]
    else:
        words = [term if term.startswith("(?i)") else f"(?-i){term}" for term in map(term_pattern, exceptions)]
    return tuple(sorted(words, key=lambda word: -len(word.encode())))


def _indicator(indicators: Sequence[str]) -> Callable[[str, int], bool]:
    def starts(word: str, index: int) -> bool:
        if any(len(word) > len(sign) and word.endswith(sign) for sign in indicators):
            return True
        return index == 0 and _NUMBERED.search(word) is not None

    return starts


def _share(right: int, words: int, threshold: float) -> bool:
    return words > 0 and right / words >= threshold


def _title(text: str, expected: str, word: Any, lets_pass: Callable[[str], bool], threshold: float) -> tuple[str, bool]:
    wanted = [match[0] for match in every(word, expected)]
    words = [match[0] for match in every(word, text)]
    right = sum(
        index >= len(wanted) or one == wanted[index] or lets_pass(one) or one == one.upper()
        for index, one in enumerate(words)
    )
    return expected, _share(right, len(words), threshold)


def _sentence(
    text: str, expected: str, word: Any, lets_pass: Callable[[str], bool], threshold: float
) -> tuple[str, bool]:
    wanted = [match[0] for match in every(word, expected)]
    words = [match[0] for match in every(word, text)]
    right = 0
    for index, one in enumerate(words):
        if index >= len(wanted) or one == wanted[index] or lets_pass(one):
            right += 1
        elif index == 0 and one != _capitals(one.lower()):
            return expected, False
    return expected, _share(right, len(words), threshold)


def _capitals(text: str) -> str:
    """The text with a capital behind each sign, as Go's `strings.Title` writes it."""
    return "".join(
        one.upper() if index == 0 or _BREAK.match(text[index - 1]) else one for index, one in enumerate(text)
    )
