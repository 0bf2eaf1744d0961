"""`repetition`: a word stands twice in a row. Vale's semantics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import eq
from typing import Any

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import PatternError, compiled, every
from cannedkit.pattern.exempt import Silencer, silencer
from cannedkit.prose.sentences import sentences
from cannedkit.rules.action import Action, action
from cannedkit.rules.message import finding, formatted, problem
from cannedkit.rules.options import Reader, flag, options, patterns
from cannedkit.rules.scope import passages
from cannedkit.rules.silence import silenced
from cannedkit.yamlsource.schema import whole


@dataclass(frozen=True)
class Options:
    """What may not be repeated, more than `most` times; `alpha`: only words of letters count."""

    token: str
    max: int
    ignorecase: bool
    alpha: bool
    exceptions: tuple[str, ...]
    vocab: bool
    action: Action


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    flags = ("ignorecase", "alpha", "vocab")
    readers: dict[str, Reader] = {"tokens": patterns, "exceptions": patterns, "max": whole, "action": action}
    values = options(rule, {**readers, **dict.fromkeys(flags, flag)})
    if not values.get("tokens"):
        raise RuleError([problem(rule, "tokens", "a repetition rule needs `tokens`: what may not be repeated")])
    token = f"({'|'.join(values['tokens'])})"
    exceptions: tuple[str, ...] = values.get("exceptions", ())
    key = "tokens"
    try:
        compiled(token, values.get("ignorecase", False), False)
        key = "exceptions"
        silencer(exceptions, ())
    except PatternError as error:
        raise RuleError([problem(rule, key, str(error))]) from None
    return Options(
        token,
        max=values.get("max", 0),
        ignorecase=values.get("ignorecase", False),
        alpha=values.get("alpha", False),
        exceptions=exceptions,
        vocab=values.get("vocab", True),
        action=values.get("action", Action()),
    )


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError for a vocabulary that does not compile."""
    return [_check(rule, rule.options, context) for rule in rules]


def _check(rule: Rule, own: Options, context: Context) -> Check:
    does, most, alpha, ignorecase = own.action, own.max, own.alpha, own.ignorecase
    silent = silenced(rule, own.exceptions, own.vocab, context)

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule, hits):
            before, opened, count = "", 0, 0
            matches = every(compiled(own.token, ignorecase, False), passage.text)
            for match in matches if _repeats(matches, ignorecase) else ():
                word = match[0].strip()
                same = word != "" and (word.casefold() == before.casefold() if ignorecase else word == before)
                if same and (not alpha or word.isalpha()):
                    count += 1
                    if count > most and _counts(passage.text, opened, match.end(), silent):
                        both = passage.text[opened : match.end()]
                        start, end = passage.place(opened, match.end())
                        message = formatted(rule.message, word)
                        yield finding(rule, start, end, message, does.fixes(both), safe=does.safe)
                        count = 0
                before, opened = word, match.start()

    return Check(rule, run)


def _repeats(matches: Sequence[Any], ignorecase: bool) -> bool:
    """Whether two matches in a row say the same: in most texts none do."""
    words = [match[0].strip() for match in matches]
    alike = [word.casefold() for word in words] if ignorecase else words
    return any(map(eq, alike, alike[1:]))


def _counts(text: str, start: int, end: int, silent: Silencer) -> bool:
    """Whether a repetition stands in one sentence and no exception holds it."""
    return len(sentences(text[start:end])) == 1 and not silent(text, start, end)
