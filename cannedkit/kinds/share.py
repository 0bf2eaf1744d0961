"""`share`: one family of words has too large or too small a share of both: contractions and full forms, we and I.

Without `against` the share is that of all words. The message gets the share in percent and the bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import PatternError, compiled, every, joined
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import Reader, flag, number, options, patterns
from cannedkit.rules.scope import passages
from cannedkit.text.segment import words
from cannedkit.yamlsource.schema import whole


@dataclass(frozen=True)
class Options:
    """One pattern in which the group `of` is the family; the bounds in percent, None for none.

    `least`: how many of both must stand in a text. `of_words`: the share is that of all words. `literals`: those of
    which one must occur before a bound can be passed.
    """

    both: str
    ignorecase: bool
    max: float | None
    min: float | None
    least: int
    of_words: bool
    literals: tuple[tuple[str, ...], ...]


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    from cannedkit.pattern.literals import required

    own: dict[str, Reader] = {"of": patterns, "against": patterns, "max": number, "min": number, "least": whole}
    values = options(rule, {**own, "ignorecase": flag, "nonword": flag})
    most, fewest = values.get("max"), values.get("min")
    if not values.get("of") or (most is None) == (fewest is None):
        raise RuleError([problem(rule, "of", "a share rule needs `of`, and one of `max` and `min`, in percent")])
    family, others = values["of"], values.get("against", ())
    ignorecase = values.get("ignorecase", False)
    try:
        ours = joined(family, ignorecase=ignorecase, word=False)
        both = joined((f"(?P<of>{ours})", *others), ignorecase=ignorecase, word=not values.get("nonword", False))
    except PatternError as error:
        raise RuleError([problem(rule, "of", str(error))]) from None
    # too much of a family needs one of it, too little one of the others; of all words there are always others
    needed = family if most is not None else others
    literals = tuple(required(source).texts for source in needed)
    return Options(both, ignorecase, most, fewest, max(values.get("least", 1), 1), not others, literals)


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    most, fewest = own.max, own.min

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule, hits):
            matches = every(compiled(own.both, own.ignorecase), passage.text)
            spans = [match.span() for match in matches if match["of"] is not None]
            total = len(words(passage.text)) if own.of_words else len(matches)
            if total < own.least:
                continue
            share = 100 * len(spans) / total
            if most is not None and spans and share > most:
                yield finding(rule, *passage.place(*spans[0]), said(rule.message, round(share), f"{most:g}"))
            elif fewest is not None and share < fewest:
                place = next((match.span() for match in matches if match["of"] is None), (0, 0))
                yield finding(rule, *passage.place(*place), said(rule.message, round(share), f"{fewest:g}"))

    return Check(rule, run, own.literals)
