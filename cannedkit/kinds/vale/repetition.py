"""`repetition`: a word stands twice in a row. Vale's semantics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from cannedkit.yamlsource.schema import whole


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError."""
    return [_check(rule, context) for rule in rules]


def _check(rule: Rule, context: Context) -> Check:
    flags = ("ignorecase", "alpha", "vocab")
    readers: dict[str, Reader] = {"tokens": patterns, "exceptions": patterns, "max": whole, "action": action}
    values = options(rule, {**readers, **dict.fromkeys(flags, flag)})
    if not values.get("tokens"):
        raise RuleError([problem(rule, "tokens", "a repetition rule needs `tokens`: what may not be repeated")])
    key = "tokens"
    try:
        token = compiled(f"({'|'.join(values['tokens'])})", values.get("ignorecase", False), False)
        key = "exceptions"
        accepted = context.vocabulary.accept if values.get("vocab", True) else ()
        silent = silencer(values.get("exceptions", ()), accepted)
    except PatternError as error:
        raise RuleError([problem(rule, key, str(error))]) from None
    does: Action = values.get("action", Action())
    most: int = values.get("max", 0)
    alpha, ignorecase = values.get("alpha", False), values.get("ignorecase", False)

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule, hits):
            before, opened, count = "", 0, 0
            for match in every(token, passage.text):
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


def _counts(text: str, start: int, end: int, silent: Silencer) -> bool:
    """Whether a repetition stands in one sentence and no exception holds it."""
    return len(sentences(text[start:end])) == 1 and not silent(text, start, end)
