"""`untold`: what a draft tells with a name that nobody has brought up in the conversation.

A match of `tokens`, in which `{name}` stands for the `words` of that name, counts where no word with a capital of what
its first group catches, `titles` left out, stands in an earlier message, ours or the customer's, or among the facts
that are known. It is harmless where a pattern of `unless` stands in its sentence. Without a message of the customer's
the rule is silent: who reads a draft alone cannot tell whose name it is. `%s` is what was found, the second the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import Alternation, PatternError, alternation
from cannedkit.rules.holes import filled, groups, words
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import flag, options, patterns
from cannedkit.rules.scope import passages
from cannedkit.rules.sentence import pardon, pardoning
from cannedkit.text.talk import told
from cannedkit.yamlsource.schema import texts

_PART = re.compile(r"\b[^\W\d_][^\W\d_]+\b")


@dataclass(frozen=True)
class Options:
    """What tells of somebody, with a group around the name, and what makes it harmless, "" for nothing.

    `titles` are words before a name that do not say whose it is, in small letters.
    """

    tells: Alternation
    unless: str
    titles: frozenset[str]


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(
        rule, {"tokens": patterns, "words": words, "unless": patterns, "titles": texts, "ignorecase": flag}
    )
    if not values.get("tokens"):
        raise RuleError([problem(rule, "tokens", "an untold rule has `tokens`, with a group around the name")])
    by_name = groups(values.get("words", {}), rule)
    try:
        sources = [filled(one, by_name, rule, "tokens") for one in values["tokens"]]
        if lacking := next((one for one in sources if not re.search(r"(?<!\\)\((?!\?)", one)), None):
            raise PatternError(f"a pattern of `tokens` needs a group around the name: {lacking!r}")
        tells = alternation(sources, ignorecase=values.get("ignorecase", False), word=False)
    except PatternError as error:
        raise RuleError([problem(rule, "tokens", str(error))]) from None
    titles = frozenset(map(str.casefold, values.get("titles", ())))
    return Options(tells, pardoning(rule, values, by_name), titles)


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    pardoned = pardon(own.unless)

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        if not told(draft.history):
            return
        heard = " ".join([*(turn.text for turn in draft.history), *draft.known]).casefold()
        for passage in passages(draft, rule, hits):
            for match in own.tells.find(passage.text, passage.hits):
                caught = (one for one in own.tells.groups(match, passage.text) if one)
                name = next(caught, "")
                if _is_new(name, heard, own.titles) and not pardoned(passage.text, match.start, match.end):
                    message = said(rule.message, passage.text[match.start : match.end], name)
                    yield finding(rule, *passage.place(match.start, match.end), message)

    return Check(rule, run, own.tells.literals, also=own.tells.also, needs="history")


def _is_new(name: str, heard: str, titles: frozenset[str]) -> bool:
    """Whether no word of a name that begins with a capital was said before; one without any is none."""
    parts = {part.casefold() for part in _PART.findall(name) if part[0].isupper()} - titles
    return bool(parts) and not any(re.search(rf"\b{re.escape(part)}\b", heard) for part in parts)
