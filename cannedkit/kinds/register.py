"""`register`: the form of address changes within a draft (je and u, tu and vous, du and Sie), or is not the house's.

Without `form` the form that stands most often is right, of two that stand as often the first; with it only that one
is. The message gets the word, its form, and the form that is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import Alternation, PatternError, alternation
from cannedkit.pattern.exempt import silencer
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import Reader, flag, options, patterns
from cannedkit.rules.scope import passages
from cannedkit.text.nearest import nearest
from cannedkit.text.segment import words
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, mapping, text, whole


@dataclass(frozen=True)
class Options:
    """The words of all forms, and the form of each; `form` is the right one, "" for the commonest.

    `least`: words from which a text must hold the form, 0 for never.
    """

    found: Alternation
    form_of: tuple[str, ...]
    form: str
    least: int
    exceptions: tuple[str, ...]


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    own: dict[str, Reader] = {"forms": _forms, "form": text, "required_from": whole, "exceptions": patterns}
    values = options(rule, {**own, "ignorecase": flag, "nonword": flag})
    forms: Mapping[str, tuple[str, ...]] = values.get("forms", {})
    form: str = values.get("form", "")
    least: int = values.get("required_from", 0)
    _refuse_bad(rule, forms, form, least)
    form_of = tuple(name for name, tokens in forms.items() for _ in tokens)
    exceptions: tuple[str, ...] = values.get("exceptions", ())
    key = "forms"
    try:
        found = alternation(
            [token for tokens in forms.values() for token in tokens],
            ignorecase=values.get("ignorecase", False),
            word=not values.get("nonword", False),
        )
        key = "exceptions"
        silencer(exceptions, ())
    except PatternError as error:
        raise RuleError([problem(rule, key, str(error))]) from None
    return Options(found, form_of, form, least, exceptions)


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    found, form, least = own.found, own.form, own.least
    silent = silencer(own.exceptions, ())

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule, hits):
            spans = [
                (match.start, match.end, own.form_of[match.index])
                for match in found.find(passage.text, passage.hits)
                if not silent(passage.text, match.start, match.end)
            ]
            right = form or _commonest(spans)
            for start, end, name in spans:
                if name != right:
                    message = said(rule.message, passage.text[start:end], name, right)
                    yield finding(rule, *passage.place(start, end), message)
            if least and not any(name == form for _, _, name in spans) and len(words(passage.text)) >= least:
                end = len(passage.text.rstrip())
                yield finding(rule, *passage.place(end, end), said(rule.message, "", "", form))

    # an alternative without literals: the check also runs where none of the words stands
    return Check(rule, run, (*found.literals, ()) if least else found.literals)


def _refuse_bad(rule: Rule, forms: Mapping[str, tuple[str, ...]], form: str, least: int) -> None:
    """Raises RuleError where the options do not fit together."""
    if not forms or (len(forms) < 2 and not least):
        raise RuleError([problem(rule, "forms", "a register rule needs two `forms` or more, each with its words")])
    if form and form not in forms:
        raise RuleError([problem(rule, "form", f"`form` names none of `forms`: {form!r}{nearest(form, forms)}")])
    if least and not form:
        raise RuleError([problem(rule, "required_from", "`required_from` needs `form`: which one is required")])


def _commonest(spans: Sequence[tuple[int, int, str]]) -> str:
    """The form that stands most often; a Counter keeps the first of equals in front."""
    counted = Counter(name for _, _, name in spans).most_common(1)
    return counted[0][0] if counted else ""


def _forms(node: Node, key: str, problems: Problems) -> dict[str, tuple[str, ...]]:
    forms = mapping(node, key, problems)
    return {name.value: patterns(value, name.value, problems) for name, value in forms.pairs} if forms else {}
