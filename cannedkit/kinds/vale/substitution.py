"""`substitution`: a text that is found has another that should stand there. Vale's semantics.

With `terms: true`, a key of our own, `swap` leads to the terms of a vocabulary: each may be a pattern, and has the
case that it is written in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Patterns, Rule
from cannedkit.pattern.alternation import Alternation, PatternError, alternation, compiled, search
from cannedkit.pattern.exempt import phrase_sources, silencer, term_pattern
from cannedkit.pattern.spellings import canonical, is_literal
from cannedkit.rules.action import Action, action, replaced
from cannedkit.rules.message import finding, formatted, listed, problem, unquoted
from cannedkit.rules.options import flag, options, pairs, pattern, patterns
from cannedkit.rules.scope import is_whole, passages, where_stands
from cannedkit.rules.silence import silenced

_GROUP = re.compile(r"\$\d+")
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a rule compares and proposes. `terms`: what should stand is a term of a vocabulary, and may be a pattern."""

    does: Action
    ignorecase: bool
    capitalize: bool
    matchcase: bool
    terms: bool

    @property
    def replaces(self) -> bool:
        return self.does.name == "replace"


@dataclass(frozen=True)
class Options:
    """What is wrong, longest first, and what is right for each. `vocab`: the vocabulary silences."""

    found: Alternation
    wrong: tuple[str, ...]
    swap: Mapping[str, str]
    exceptions: tuple[str, ...]
    vocab: bool
    action: Action
    manner: _Manner


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    flags = ("ignorecase", "nonword", "capitalize", "matchcase", "vocab", "terms")
    values = options(
        rule,
        {"swap": pairs, "exceptions": patterns, "action": action, "pos": pattern, **dict.fromkeys(flags, flag)},
    )
    swap: dict[str, str] = values.get("swap", {})
    if not swap:
        raise RuleError([problem(rule, "swap", "a substitution rule needs `swap`: what is wrong, and what is right")])
    wrong = tuple(sorted(swap, key=lambda key: -len(key.encode())))
    terms, does = values.get("terms", False), values.get("action", Action())
    manner = _Manner(
        Action() if terms else does,  # Vale says that it replaces, and compares as if not
        values.get("ignorecase", False),
        values.get("capitalize", False),
        values.get("matchcase", False),
        terms,
    )
    exceptions: tuple[str, ...] = values.get("exceptions", ())
    key = "swap"
    try:
        word = not values.get("nonword", False)
        found = alternation(wrong, ignorecase=manner.ignorecase, word=word)
        key = "exceptions"
        silencer(exceptions, ())
    except PatternError as error:
        raise RuleError([problem(rule, key, str(error))]) from None
    return Options(found, wrong, swap, exceptions, values.get("vocab", True), does, manner)


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError for a vocabulary that does not compile."""
    return [_check(rule, rule.options, context) for rule in rules]


def _check(rule: Rule, own: Options, context: Context) -> Check:
    found, wrong, swap, manner = own.found, own.wrong, own.swap, own.manner
    silent = silenced(rule, own.exceptions, own.vocab, context)

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule, hits):
            for match in found.find(passage.text, passage.hits):
                observed = passage.text[match.start : match.end]
                right = _right(wrong[match.index], swap[wrong[match.index]], observed, manner)
                if _is_right(observed, right, manner) or silent(passage.text, match.start, match.end):
                    continue
                message, fixes, safe = _proposed(rule.message, right, observed, manner)
                start, end = passage.place(match.start, match.end)
                yield finding(rule, start, end, message, fixes, safe=safe)

    def patterns() -> Patterns:
        return Patterns(found.tokens, phrase_sources(own.exceptions, context.vocabulary.accept if own.vocab else ()))

    run_where = where_stands(found, rule, run)
    return Check(rule, run_where, found.literals, also=found.also, patterns=patterns if is_whole(rule) else None)


def choices_of(right: str) -> list[str]:
    r"""The choices of a replacement, which `|` parts and `\|` does not."""
    return [choice.replace("\\|", "|") for choice in _BAR.split(right) if choice]


def _right(wrong: str, right: str, observed: str, manner: _Manner) -> str:
    """What should stand there, `$1` filled by matching the wrong pattern with the observed text again."""
    if manner.capitalize and observed == _capital(observed):
        right = _capital(right)
    if not _GROUP.search(right):
        return right
    return replaced(compiled(wrong, manner.ignorecase, False), observed, right)


def _is_right(observed: str, right: str, manner: _Manner) -> bool:
    """Whether what stands there already is what should: what replaces is plain text, else it may be a pattern."""
    if manner.replaces:
        return observed in choices_of(right)
    source = term_pattern(right) if manner.terms else right
    if all(one.isalpha() or one.isdecimal() or one in " -" for one in source):
        return observed == source
    try:
        return search(compiled(f"^(?:{source})$", False, False), observed) is not None
    except PatternError:
        return observed == source


def _proposed(message: str, right: str, observed: str, manner: _Manner) -> tuple[str, list[str], bool]:
    """The message, the fixes, and whether the first of them is safe."""
    if manner.replaces and not manner.does.parameters:
        choices = choices_of(right)
        if manner.capitalize and observed == _capital(observed):
            choices = [_capital(choice) for choice in choices]
        if manner.matchcase:
            from cannedkit.prose.case import recased

            choices = [recased(choice, observed) for choice in choices]
        message = formatted(unquoted(message), listed(choices), observed)
        fixes = [_like(observed, choice) for choice in choices] if manner.ignorecase else choices
        return message, fixes, manner.does.trusted and len(choices) == 1
    if manner.replaces:
        return formatted(message, right, observed), list(manner.does.fixes(observed)), manner.does.safe
    shown = canonical(right, observed)
    message = formatted(message, shown, observed)
    if manner.does.name:
        return message, list(manner.does.fixes(observed)), manner.does.safe
    if not is_literal(shown) or shown == observed:
        return message, [], False
    return message, [shown if manner.terms or not manner.ignorecase else _like(observed, shown)], False


def _capital(text: str) -> str:
    """The text with a capital, where it starts with a letter of ASCII."""
    return text[:1].upper() + text[1:] if text[:1].isascii() else text


def _like(observed: str, choice: str) -> str:
    """The choice with the capital that the observed text has, unless the capital is all that is wrong."""
    capital = choice[:1].upper() + choice[1:] if observed[:1].isupper() else choice
    return choice if capital == observed else capital
