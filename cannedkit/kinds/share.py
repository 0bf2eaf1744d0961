"""`share`: one family of words has too large or too small a share of both: contractions and full forms, we and I.

Without `against` the share is that of all words. The message gets the share in percent and the bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import PatternError, compiled, every, joined
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import Reader, flag, literals, number, options, patterns
from cannedkit.rules.scope import passages
from cannedkit.text.segment import words
from cannedkit.yamlsource.schema import whole


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError."""
    return [_check(rule, context) for rule in rules]


def _check(rule: Rule, context: Context) -> Check:
    own: dict[str, Reader] = {"of": patterns, "against": patterns, "max": number, "min": number, "least": whole}
    values = options(rule, {**own, "ignorecase": flag, "nonword": flag})
    most, fewest = values.get("max"), values.get("min")
    if not values.get("of") or (most is None) == (fewest is None):
        raise RuleError([problem(rule, "of", "a share rule needs `of`, and one of `max` and `min`, in percent")])
    least = max(values.get("least", 1), 1)
    family, others = values["of"], values.get("against", ())
    ignorecase = values.get("ignorecase", False)
    try:
        ours = joined(family, ignorecase=ignorecase, word=False, known=context.literals)
        both = joined((f"(?P<of>{ours})", *others), ignorecase=ignorecase, word=not values.get("nonword", False))
    except PatternError as error:
        raise RuleError([problem(rule, "of", str(error))]) from None

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule, hits):
            matches = every(compiled(both, ignorecase), passage.text)
            spans = [match.span() for match in matches if match["of"] is not None]
            total = len(matches) if others else len(words(passage.text))
            if total < least:
                continue
            share = 100 * len(spans) / total
            if most is not None and share > most:
                yield finding(rule, *passage.place(*spans[0]), said(rule.message, round(share), f"{most:g}"))
            elif fewest is not None and share < fewest:
                place = next((match.span() for match in matches if match["of"] is None), (0, 0))
                yield finding(rule, *passage.place(*place), said(rule.message, round(share), f"{fewest:g}"))

    # too much of a family needs one of it, too little one of the others; of all words there are always others
    needed = family if most is not None else others
    return Check(rule, run, tuple(literals(source, context) for source in needed))
