"""`said-again`: a sentence of the draft that we have said in this conversation already, in the same words or nearly.

Sentences are compared as the words that they are made of, short forms written out and the `idle` words left out. One is
said again where at least `share` of the words of an earlier one, in their order, stand in it, and at least `least` of
them. `by` says who said it: agent, bot, or any of us; `like` are patterns of sentences to look at, `except` of those to
leave alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import compiled, search
from cannedkit.rules.holes import any_of
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import number, options, patterns
from cannedkit.text import segment
from cannedkit.text.talk import OURS
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice, texts, whole

MOST_WORDS = 60
"""Words of a sentence that are compared; our own choice: longer ones are two."""

MOST_SENTENCES = 200
"""Earlier sentences that are compared, the last ones; our own choice."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SHORT = {
    "n't": "not",
    "'ve": "have",
    "'ll": "will",
    "'re": "are",
    "'m": "am",
    "'d": "would",
    "'s": "is",
}
_WHOLE = {"can't": "can not", "cannot": "can not", "won't": "will not"}
_SPEAKERS = {"agent": frozenset({"agent"}), "bot": frozenset({"bot"}), "us": OURS}


@dataclass(frozen=True)
class Options:
    """Whose sentences count, which, and how much of one must be said again; `idle` words count nothing."""

    by: frozenset[str]
    like: str
    exempt: str
    share: float
    least: int
    idle: frozenset[str]


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    readers = {"by": _by, "like": patterns, "except": patterns, "share": number, "least": whole, "idle": texts}
    values = options(rule, readers)
    share = values.get("share", 1.0)
    if not 0 < share <= 1:
        raise RuleError([problem(rule, "share", f"`share` must be over 0 and at most 1, not {share:g}")])
    like, exempt = (any_of(values.get(key, ()), {}, rule, key) for key in ("like", "except"))
    return Options(
        by=values.get("by", OURS),
        like=like,
        exempt=exempt,
        share=share,
        least=values.get("least", 4),
        idle=frozenset(values.get("idle", ())),
    )


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        ours = [turn.text for turn in draft.history if turn.by in own.by]
        if not ours:
            return
        earlier = [one for text in ours for one in _sentences(text, draft.locale, own)][-MOST_SENTENCES:]
        for start, end, words in _sentences(draft.text, draft.locale, own):
            if any(_is_again(words, before, own) for _, _, before in earlier):
                yield finding(rule, start, end, said(rule.message, draft.text[start:end]))

    return Check(rule, run, needs="history")


def _sentences(text: str, locale: str, own: Options) -> Iterator[tuple[int, int, Sequence[str]]]:
    """The sentences of a text that count, and their words."""
    for start, end in segment.sentences(text, locale):
        sentence = text[start:end]
        if own.like and not search(compiled(own.like, True), sentence):
            continue
        if not own.exempt or not search(compiled(own.exempt, True), sentence):
            yield start, end, [word for word in _words(sentence) if word not in own.idle][:MOST_WORDS]


def _words(sentence: str) -> Iterator[str]:
    """The words of a sentence in small letters, without the s of a plural, short forms as the words that they are."""
    plain = sentence.lower().replace("’", "'")
    for short, words in _WHOLE.items():
        plain = plain.replace(short, words)
    for word in _WORD.findall(plain):
        ending = next((one for one in _SHORT if word.endswith(one)), "")
        stem = word.removesuffix(ending)
        if stem:
            yield stem[:-1] if len(stem) > 3 and stem.endswith("s") else stem
        if ending:
            yield _SHORT[ending]


def _is_again(words: Sequence[str], before: Sequence[str], own: Options) -> bool:
    """Whether enough words of an earlier sentence stand in a sentence, in their order."""
    if len(before) < own.least or len(words) < own.share * len(before):
        return False
    return _in_order(words, before) >= max(own.share * len(before), own.least)


def _in_order(words: Sequence[str], before: Sequence[str]) -> int:
    """The length of the longest common subsequence of two lists."""
    row = [0] * (len(before) + 1)
    for word in words:
        last = 0
        for at, other in enumerate(before, start=1):
            last, row[at] = row[at], last + 1 if word == other else max(row[at], row[at - 1])
    return row[-1]


def _by(node: Node, key: str, problems: Problems) -> frozenset[str]:
    return choice(node, key, _SPEAKERS, problems, OURS)
