"""`weir`: each match of an expression of Harper's language Weir is a finding: words, alternatives, parts of speech.

What asks for parts of speech is compiled into one Weirpack, and one pass of Harper finds it for all rules; what holds
words alone is found without Harper, where one of its words stands. The rules run only where the engine harper is on;
Harper itself is loaded when the first draft comes. SINGULAR, COUNTABLE, PLURAL, MASS, ADJECTIVE, BASE, THIRD, PAST,
PARTICIPLE and ING in an expression stand for the words of our own lists, and need no Harper either.

Keys: `expression` is one expression or a list of which any may match; `becomes` are the fixes, best first, or a
mapping from what was found to its fixes, or to one; `after` and `before` are regular expressions, without regard to
case, that must match just before and just behind the span; where `sure`, one more, matches behind it, the one fix is
safe. `<clause>` in them stands for what opens a clause, `<end>` for what may stand behind the last noun of a phrase.

In a fix, `{text}` is what was found, `{first}` and `{last}` are words of it (`{Last}`: with a capital), `{rest}` is
all but the first, `{a}` is its article, `{plural}` and `{singular}` its other number, and `{base>third}` its third
person where it is the base of a verb (also past, participle, ing). What is not in that form is no fault, nor is what
has a first fix that changes nothing.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from typing import Any

from cannedkit.kinds.weir.words import PARTS_OF_SPEECH, TOKEN, Words, lexical, looked
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import EngineError, OffError, Problem, RuleError
from cannedkit.model.rule import Check, Context, Hits, Patterns, Rule
from cannedkit.pattern.alternation import BACKWARDS, OWN, PatternError, compiled, matched
from cannedkit.pattern.literals import required
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import options, pattern
from cannedkit.text.capital import cased, opens
from cannedkit.text.nearest import meant
from cannedkit.words import inflection
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, mapping, texts

CLAUSE = (
    r"(?:^|[.!?;:()\n–—]\s*|,\s*(?:(?:and|but|or|so)\s+)?|\b(?:although|because|but|if|once|so|that|though|unless|when|"
    r"whenever|whereas|whether|while|confirm|understand|know|note|see|hope|think|says?|means?|sure|afraid|sorry|"
    r"unfortunately|also|however|now|then|nowadays|therefore|moreover|maybe|perhaps|sometimes|believe)\s+)"
)
"""What may stand before a clause, as a regular expression: a mark, a conjunction or a word that reports."""

END = (
    r"(?:\s*(?:$|[.,!?;:)\n–—])|\s+(?:"
    r"about|above|abroad|according|across|after|again|against|ago|all|alone|along|already|also|"
    r"although|always|am|among|and|anymore|anyway|are|around|as|at|be|because|become|before|"
    r"behind|below|between|both|but|by|came|can|come|comes|could|did|do|does|during|each|"
    r"easily|enjoy|even|every|everywhere|feel|first|for|from|gave|get|gets|give|gives|go|goes|"
    r"got|had|has|have|here|how|if|in|inside|instead|into|is|it|just|keep|know|knows|later|"
    r"like|made|make|makes|may|might|more|must|near|need|needs|never|now|nowadays|of|often|on|"
    r"once|only|or|outside|over|quickly|really|recently|said|say|says|see|she|should|since|so|"
    r"soon|still|take|takes|than|that|the|then|there|they|think|thinks|this|through|to|today|"
    r"together|told|tomorrow|too|took|toward|towards|under|unless|until|usually|very|want|wants|"
    r"was|we|well|went|were|what|when|where|which|while|who|whose|will|with|within|without|"
    r"would|yesterday|yet|you"
    r")\b)"
)
"""What may stand behind a noun that ends its phrase, as a regular expression: a mark or a word that opens the next."""

CONTEXT = 1_000
"""Code points before and behind a match that a condition may look at: more than any sentence has."""

_MACROS = {"<clause>": CLAUSE, "<end>": END}
_CONDITIONS = ("after", "before", "sure")
_EMPTY = re.compile(r"\[[\s,]*\]|<[\s,]*>")
_PAIRS = {")": "(", "]": "[", ">": "<"}
_NAMES = PARTS_OF_SPEECH | frozenset(inflection.WORD_CLASSES)
_SLOT = re.compile(r"\{([^{}]*)\}")
_FORM = re.compile(f"({'|'.join(inflection.FORMS)})>({'|'.join(inflection.FORMS)})")
_SLOTS = ("text", "first", "last", "Last", "rest", "a", "plural", "singular")

Spans = Mapping[str, Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class Becomes:
    """The fixes of a rule, best first; `by_text`: those of each text that may be found, in small letters."""

    templates: tuple[str, ...] = ()
    by_text: Mapping[str, tuple[str, ...]] | None = None

    def fixes(self, text: str, american: bool, opening: bool) -> tuple[str, ...]:
        """The fixes for what was found that apply to it; `opening`: a sentence opens with it."""
        templates = self.templates if self.by_text is None else self.by_text.get(text.casefold(), ())
        return _filled(templates, text, american, opening)


@dataclass(frozen=True)
class Options:
    """The expressions, and what finds each without Harper, None where only Harper does; None: nothing to become."""

    expressions: tuple[str, ...]
    wordings: tuple[Words | None, ...]
    becomes: Becomes | None
    after: str
    before: str
    sure: str = ""

    @property
    def tagged(self) -> Iterator[str]:
        """The expressions that Harper must look for."""
        return (one for one, words in zip(self.expressions, self.wordings, strict=True) if words is None)


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises OffError where Harper is not to run or not to be had."""
    if not context.harper or find_spec("harper") is None:
        packs = ", ".join(sorted({rule.pack for rule in rules}))
        reason = f"{len(rules)} rules of {packs} did not look: they extend weir, which needs the engine harper"
        raise OffError([Problem(rules[0].path, 1, 1, reason)])
    tagged = {rule.id: tuple(rule.options.tagged) for rule in rules}
    runner = Runner({id: expressions for id, expressions in tagged.items() if expressions})
    return [_check(rule, rule.options, runner) for rule in rules]


@dataclass(frozen=True)
class Runner:
    """One Weirpack over all rules. A Linter of Harper must stay on one thread, so each thread has its own.

    `expressions` maps a rule's id to its expressions. A thread remembers what was found in the draft before: each
    rule asks for itself, and all were found in one pass.
    """

    expressions: Mapping[str, tuple[str, ...]]
    _thread: threading.local = field(default_factory=threading.local, repr=False, compare=False)

    def found(self, draft: Draft) -> Spans:
        """Rule -> the spans of its matches in a draft, in code points. Raises EngineError."""
        kept = self._thread.__dict__
        key = (draft.text, draft.locale)
        if kept.get("key") != key:
            kept["spans"] = self._run(draft)
            kept["key"] = key
        spans: Spans = kept["spans"]
        return spans

    def _run(self, draft: Draft) -> Spans:
        from cannedkit.engines import harper

        reader = self._reader(harper.dialect(draft.locale))
        text = straight(harper.without_codes(draft.text))
        found: dict[str, set[tuple[int, int]]] = {}
        for at, end in harper.pieces(text):
            for name, lint, offset in reader.read(text[at:end]):
                spans = found.setdefault(name.rpartition(".")[0], set())
                spans.add((lint.span.start + at + offset, lint.span.end + at + offset))
        return {id: sorted(spans) for id, spans in found.items()}

    def _reader(self, dialect: str) -> Any:
        from cannedkit.engines import harper

        readers = self._thread.__dict__.setdefault("readers", {})
        if dialect not in readers:
            distribution = harper.distribution()
            linter = distribution.Linter(getattr(distribution.Dialect, dialect))
            sources = {
                f"{id}.{number}": source(expression)
                for id, expressions in self.expressions.items()
                for number, expression in enumerate(expressions)
            }
            _load(linter, sources)
            linter.set_lint_config({name: name in sources for name in linter.get_lint_config()})
            readers[dialect] = harper.Reader(linter, sources)
        return readers[dialect]


def source(expression: str) -> str:
    """An expression as a rule file of Weir. What it says and becomes is ours to say, so it says nothing here."""
    return f'expr main {expression}\nlet message ""\nlet description ""\nlet kind "Grammar"\nlet becomes ""\n'


def straight(text: str) -> str:
    """`text` with straight apostrophes, as long as before: Weir knows no other in "it's"."""
    return text.replace("’", "'")


def _load(linter: Any, sources: Mapping[str, str]) -> None:
    try:
        _take(linter, sources)
    except (ValueError, EngineError) as error:
        for name, text in sources.items():
            try:
                _take(linter, {name: text})
            except (ValueError, EngineError) as reason:
                raise EngineError(f"harper refuses the expression of {name.rpartition('.')[0]}: {reason}") from None
        raise EngineError(f"harper refuses the rules that extend weir: {error}") from None


def _take(linter: Any, sources: Mapping[str, str]) -> None:
    from cannedkit.engines import harper

    with harper.broken_off():
        linter.load_weirpack(_packed(sources))


def _packed(sources: Mapping[str, str]) -> bytes:
    """A Weirpack: a zip of rule files beside a manifest."""
    import json
    from io import BytesIO
    from zipfile import ZipFile

    data = BytesIO()
    manifest = {"author": "cannedkit", "version": "1.0.0", "description": "rules that extend weir", "license": "any"}
    with ZipFile(data, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        for name, text in sources.items():
            archive.writestr(f"{name}.weir", text)
    return data.getvalue()


# -- one rule -------------------------------------------------------------------------------------


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"expression": _expressions, "becomes": _becomes, **dict.fromkeys(_CONDITIONS, _pattern)})
    if not values.get("expression"):
        raise RuleError([problem(rule, "expression", "a weir rule needs `expression`: what it looks for")])
    if problems := list(_unsound(rule, values)):
        raise RuleError(problems)
    expressions: tuple[str, ...] = values["expression"]
    return Options(
        expressions,
        wordings=tuple(map(lexical, expressions)),
        becomes=values.get("becomes"),
        after=values.get("after", ""),
        before=values.get("before", ""),
        sure=values.get("sure", ""),
    )


def _check(rule: Rule, own: Options, runner: Runner) -> Check:
    from cannedkit.engines import harper

    wordings, after, before, sure = own.wordings, own.after, own.before, own.sure

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        if draft.locale.partition("-")[0] != "en":
            return
        text = straight(draft.text)
        spans = set(runner.found(draft).get(rule.id, ())) if None in wordings else set()
        for index, places in hits.items():
            if found := wordings[index]:
                spans.update(found.find(text, places))
        for start, end in sorted(spans):
            if after and not matched(_compiled(after, True), text, max(0, start - CONTEXT), start):
                continue
            if before and not matched(_compiled(before, False), text, end, end + CONTEXT):
                continue
            american = harper.dialect(draft.locale) == "AMERICAN"
            fixes = own.becomes.fixes(text[start:end], american, opens(text, start)) if own.becomes else ()
            if own.becomes and (not fixes or fixes[0] == text[start:end]):
                continue
            if "’" in draft.text[start:end]:
                fixes = tuple(fix.replace("'", "’") for fix in fixes)
            shown = draft.text[start:end]
            certain = bool(sure) and bool(matched(_compiled(sure, False), text, end, end + CONTEXT))
            safe = certain and len(fixes) == 1
            yield finding(rule, start, end, said(rule.message, shown, _listed(fixes)), fixes, safe=safe)

    literals = tuple(found.literals if found else () for found in wordings)
    return Check(rule, run, literals, patterns=partial(_patterns, own))


def _patterns(own: Options) -> Patterns:
    """What a rule looks with."""
    conditions = (own.after, *filter(None, (own.before, own.sure)))
    return Patterns([looked(*each, *conditions) for each in zip(own.expressions, own.wordings, strict=True)])


def _listed(fixes: tuple[str, ...]) -> str:
    return " or ".join(f"'{fix.strip()}'" for fix in fixes)


def _expressions(node: Node, key: str, problems: Problems) -> tuple[str, ...]:
    found = texts(node, key, problems)
    for expression in found:
        if fault := _fault(expression):
            problems.append(node.problem(f"`{expression[:60]}`: {fault}"))
    return tuple(" ".join(expression.split()) for expression in found)


def _fault(expression: str) -> str:
    """What is wrong with an expression, as far as can be told without Harper; "" for nothing."""
    if empty := _EMPTY.search(expression):
        return f"there is nothing in `{empty.group()}`"
    opened: list[str] = []
    words, ended = 0, False
    for part in TOKEN.findall(expression):
        if part.isdigit():
            return f"digits ({part}) cannot be written in Weir: use NUM for any number"
        if part in _PAIRS and (not opened or opened.pop() != _PAIRS[part]):
            return f"there is a `{part}` too many"
        if ended and opened and opened[-1] in "[<" and part not in _PAIRS and not part.isspace() and part != ",":
            return f"`{part}` stands in a list without a comma before it: write several words in one place as `(a b)`"
        if part.isupper() and len(part) > 3 and part not in _NAMES and (hint := meant(part, _NAMES)):
            return f"{part} is no part of speech{hint}"
        words += part[0].isalpha() or part == "*"
        ended = part not in "([<,!$" and (ended or not part.isspace())
        if part in "([<":
            opened.append(part)
    if opened:
        return f"a `{opened[-1]}` is not closed"
    return "" if words else "it holds no word"


def _pattern(node: Node, key: str, problems: Problems) -> str:
    """A regular expression that must end (`after`) or begin (`before`) at the span, with its spaces as written."""
    written = pattern(node, key, problems)
    for name, meaning in _MACROS.items():
        written = written.replace(name, meaning)
    return written


def _unsound(rule: Rule, values: Mapping[str, Any]) -> Iterator[Problem]:
    """A problem for each condition that does not compile; what surely does is compiled when it is first needed."""
    for key in _CONDITIONS:
        if key in values and not required(values[key]).understood:
            try:
                _compiled(values[key], key == "after")
            except PatternError as error:
                yield problem(rule, key, f"`{key}`: {error}")


def _compiled(written: str, backwards: bool) -> Any:
    """A condition, to be matched at a place: forwards from it, or `backwards` to it, which is fast where few begin.

    Raises PatternError.
    """
    return compiled(written, True, True, BACKWARDS if backwards else OWN)


# -- fixes ----------------------------------------------------------------------------------------


def _becomes(node: Node, key: str, problems: Problems) -> Becomes:
    if isinstance(node, MappingNode):
        pairs = mapping(node, key, problems)
        return Becomes(
            by_text={
                name.value.casefold(): _templates(value, key, problems)
                for name, value in (pairs.pairs if pairs else ())
            }
        )
    return Becomes(_templates(node, key, problems))


def _templates(node: Node, key: str, problems: Problems) -> tuple[str, ...]:
    templates = texts(node, key, problems)
    for template in templates:
        for slot in _SLOT.findall(template):
            if slot not in _SLOTS and not _FORM.fullmatch(slot):
                known = ", ".join((*_SLOTS, *(f"base>{form}" for form in inflection.FORMS[1:])))
                problems.append(node.problem(f"`{key}`: unknown `{{{slot}}}`; known: {known}"))
    return templates


def _filled(templates: tuple[str, ...], text: str, american: bool, opening: bool) -> tuple[str, ...]:
    """The fixes that apply, in the case of what they replace; a name within a sentence keeps its own."""
    plain = text[:1].lower() + text[1:] if opening and text[1:].islower() else text
    made = []
    for template in templates:
        source = text if template.startswith("{text}") else plain
        slots = {slot: _slot(slot, source, american) for slot in _SLOT.findall(template)}
        fix = template
        for slot, filling in slots.items():
            fix = fix.replace(f"{{{slot}}}", filling or "")
        if None not in slots.values():
            made.append(fix if _keeps(template) and not opening else cased(fix, text, opening))
    return tuple(dict.fromkeys(made))


def _keeps(template: str) -> bool:
    """Whether what was found stands behind other words in a fix, with a capital of its own."""
    return "{" in template and not (template.startswith("{") and not template.startswith("{a}"))


def _slot(slot: str, text: str, american: bool) -> str | None:
    words = text.split() or [""]
    if slot in ("text", "first", "last", "rest"):
        return {"text": text, "first": words[0], "last": words[-1], "rest": " ".join(words[1:])}[slot]
    if slot == "Last":
        return words[-1].capitalize()
    if slot == "a":
        return inflection.article(text)
    if slot in ("plural", "singular"):
        return inflection.plural(text) if slot == "plural" else inflection.singular(text)
    wanted, _, target = slot.partition(">")
    return inflection.changed(words[-1], wanted, target, american=american)
