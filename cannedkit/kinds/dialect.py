"""`dialect`: a word is spelt as the other side of the Atlantic spells it. English alone has words for it.

The message gets the word, whose spelling it is, what to write, and the draft's locale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.rules.message import finding, said
from cannedkit.rules.options import options
from cannedkit.rules.scope import passages
from cannedkit.words.dialect import foreign
from cannedkit.words.vocabulary import Accepted, accepted, covers


@dataclass(frozen=True)
class Options:
    """It takes none: a draft's locale says it all."""


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    options(rule, {})
    return Options()


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    terms = accepted(context.vocabulary.accept)
    return [_check(rule, terms) for rule in rules]


def _check(rule: Rule, terms: Accepted) -> Check:
    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        if draft.locale.partition("-")[0] != "en":
            return
        for passage in passages(draft, rule, hits):
            found = foreign(passage.text, draft.locale)
            right = terms.spans(passage.text) if found else ()
            for one in found:
                if not covers(right, one.start, one.end):
                    word = passage.text[one.start : one.end]
                    message = said(rule.message, word, one.side, one.fix, draft.locale)
                    yield finding(rule, *passage.place(one.start, one.end), message, (one.fix,))

    return Check(rule, run)
