"""`dependency`: each match of a tree of spaCy's DependencyMatcher is a finding: words by what they hang on.

A trained pipeline of the draft's language reads the text, once for all rules and kinds that ask for one: the pipeline
of the settings, else one that is installed, where any engine is on. Without one the rules do not look, and a note says
so.

Keys: `patterns`, trees as spaCy writes them (RIGHT_ID, RIGHT_ATTRS, LEFT_ID, REL_OP); `unless`, branches that must not
hang on a match, one or a list of several; `ways`, regular expressions of a way on: where one of them stands anywhere
else in the text, a match is no fault; `mark`, the name of the word that is the finding's place, or of the first and
the last: all of the match without it; `fix`, what should stand at the place, best first, "" where nothing should. In a
fix `{verb}` is the word of that name, `{verb:VBZ}` a form of it by Penn's tag, `{noun:a}` the word with its a or an. A
fix that changes nothing, or asks for a form that is not known, is left out; where none is left there is no fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cannedkit.kinds.tokens import trees
from cannedkit.kinds.tokens.kind import languages, pipeline_for
from cannedkit.kinds.tokens.patterns import TRAINED, attributes, literals
from cannedkit.kinds.tokens.seen import Runner, Seen, expressions
from cannedkit.kinds.tokens.trees import Bound, Branch, Tree
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import OffError, Problem, RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import PatternError, compiled, joined, search
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import Reader, options, patterns
from cannedkit.rules.scope import spans
from cannedkit.text.capital import cased, opens
from cannedkit.text.nearest import nearest
from cannedkit.words.inflection import TAGS, article, tagged_form
from cannedkit.yamlsource.node import Node, Scalar
from cannedkit.yamlsource.schema import Problems, texts

_SLOT = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
_ARTICLE, _CAPITAL = "a", "capital"


@dataclass(frozen=True)
class Options:
    """The trees, what must not hang on a match, the names of the first and last word of the place, and the fixes.

    `ways` is one pattern for all ways on, "" for none.
    """

    trees: tuple[Tree, ...]
    unless: tuple[Tree, ...]
    mark: tuple[str, ...]
    fixes: tuple[str, ...]
    ways: str = ""

    @property
    def words(self) -> Iterator[Branch]:
        """All branches."""
        return (branch for tree in (*self.trees, *self.unless) for branch in tree)


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    readers: Mapping[str, Reader] = {
        "patterns": trees.read,
        "unless": trees.read_unless,
        "mark": texts,
        "fix": _templates,
    }
    values = options(rule, {**readers, "ways": patterns})
    if problems := list(_faults(rule, values)):
        raise RuleError(problems)
    unless = tuple(tree for _, tree in values.get("unless", ()))
    try:
        ways = joined(values["ways"], ignorecase=True, word=False) if values.get("ways") else ""
    except PatternError as error:
        raise RuleError([problem(rule, "ways", str(error))]) from None
    return Options(values["patterns"], unless, tuple(values.get("mark", ())), tuple(values.get("fix", ())), ways)


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises OffError where no pipeline tells what hangs on what."""
    running = [rule for rule in rules if any(_reads(language, rule, context) for language in _languages(rule, context))]
    asked = {branch.key: branch.word for rule in running for branch in rule.options.words}
    runner = Runner({key: word.conditions for key, word in asked.items() if word.conditions}, _needs(running))
    checks = [_check(rule, rule.options, context, runner) for rule in running]
    if off := [rule for rule in rules if rule not in running]:
        packs = ", ".join(sorted({rule.pack for rule in off}))
        count = f"{len(off)} rules" if len(off) > 1 else "1 rule"
        reason = f"{count} of {packs} did not look: they extend dependency, which needs a trained pipeline of spaCy"
        unnamed = "`pip install 'cannedkit[english]'`" if context.proofreads else "leave an engine on"
        hint = f"{unnamed}, or name one under `pipelines`"
        raise OffError([Problem(off[0].path, 1, 1, f"{reason}: {hint}")], checks)
    return checks


def _templates(node: Node, key: str, problems: Problems) -> tuple[str, ...]:
    """The texts of a list, or the one that stands alone; "" is one, too: it takes the place out."""
    return texts(node, key, problems) or (("",) if isinstance(node, Scalar) else ())


# -- one rule -------------------------------------------------------------------------------------


def _needs(rules: Sequence[Rule]) -> frozenset[str]:
    """What some rules ask of a pipeline: what hangs on what, and the attributes that they name."""
    words = tuple(branch.word for rule in rules for branch in rule.options.words)
    return (attributes([words]) & TRAINED) | {"DEP"}


def _languages(rule: Rule, context: Context) -> tuple[str, ...]:
    return languages(rule) or (*context.pipelines, "en")


def _reads(language: str, rule: Rule, context: Context) -> bool:
    needs = _needs([rule])
    return needs <= pipeline_for(language, needs, context).gives


def _check(rule: Rule, own: Options, context: Context, runner: Runner) -> Check:
    needs = _needs([rule])
    searched = frozenset(one for branch in own.words for one in expressions(branch.word.conditions))

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        pipeline = pipeline_for(draft.locale.partition("-")[0], needs, context)
        if not needs <= pipeline.gives:
            return
        seen = runner.seen(draft.text, pipeline)
        if searched & seen.slow:
            raise TimeoutError
        stretches = spans(draft, rule)
        places: set[tuple[int, int]] = set()
        for tree in own.trees:
            for bound in trees.found(tree, own.unless, seen):
                start, end = _place(bound, own.mark, seen)
                if (start, end) in places or not any(left <= start and end <= right for left, right in stretches):
                    continue
                places.add((start, end))
                if own.ways and search(compiled(own.ways, True), f"{draft.text[:start]}\n{draft.text[end:]}"):
                    continue
                fixes = _fixes(own.fixes, bound, seen, draft, (start, end))
                if own.fixes and not fixes:
                    continue
                listed = " or ".join(f"'{fix}'" for fix in fixes)
                yield finding(rule, start, end, said(rule.message, draft.text[start:end], listed), fixes)

    return Check(rule, run, tuple(map(_literals, own.trees)))


def _literals(tree: Tree) -> tuple[str, ...]:
    """Texts of which one must occur where a tree matches: those of the word that names the fewest; () for none."""
    each = (literals((branch.word,), lambda lemma: ()) for branch in tree)
    return min(filter(None, each), key=len, default=())


def _place(bound: Bound, mark: Sequence[str], seen: Seen) -> tuple[int, int]:
    words = [bound[name] for name in mark] if mark else list(bound.values())
    return seen.starts[min(words)], seen.ends[max(words)]


# -- fixes ----------------------------------------------------------------------------------------


def _fixes(templates: Sequence[str], bound: Bound, seen: Seen, draft: Draft, place: tuple[int, int]) -> tuple[str, ...]:
    """The fixes that can be made, in the case of what they replace."""
    written = draft.text[place[0] : place[1]]
    opening = opens(draft.text, place[0])
    words = {name: draft.text[seen.starts[word] : seen.ends[word]] for name, word in bound.items()}
    if opening:  # its capital is the sentence's: what comes before it in a fix takes it
        words |= {
            name: words[name].lower() for name, word in bound.items() if _lends(seen, word, place[0], words[name])
        }
    made = (_filled(template, words, draft.locale) for template in templates)
    fixes = dict.fromkeys(cased(fix, written, opening) for fix in made if fix is not None)
    return tuple(fix for fix in fixes if fix != written)


def _lends(seen: Seen, word: int, start: int, written: str) -> bool:
    return seen.starts[word] == start and written[1:].islower()


def _filled(template: str, words: Mapping[str, str], locale: str) -> str | None:
    """A fix with its words put in; None where a form of one is not known."""
    parts, at = [], 0
    for slot in _SLOT.finditer(template):
        if (word := _slot(words, locale, slot[1], slot[2])) is None:
            return None
        parts += [template[at : slot.start()], word]
        at = slot.end()
    return "".join(parts) + template[at:]


def _slot(words: Mapping[str, str], locale: str, name: str, form: str | None) -> str | None:
    word = words[name]
    if form is None:
        return word
    if form == _CAPITAL:
        return word[:1].upper() + word[1:]
    plain = word if word == "I" or not word[1:].islower() else word[:1].lower() + word[1:]
    if form == _ARTICLE:
        return f"{article(plain)} {plain}"
    return tagged_form(plain, form, american=locale != "en-GB")


def _faults(rule: Rule, values: Mapping[str, Any]) -> Iterator[Problem]:
    if not values.get("patterns"):
        yield problem(rule, "patterns", "a dependency rule needs `patterns`: trees of words such as {RIGHT_ID: verb}")
        return
    shared = frozenset.intersection(*(frozenset(trees.names(tree)) for tree in values["patterns"]))
    for name in values.get("mark", ()):
        if name not in shared:
            yield problem(rule, "mark", f"`mark`: not each pattern names {name}{nearest(name, shared)}")
    if not 0 <= len(values.get("mark", ())) <= 2:
        yield problem(rule, "mark", "`mark` must be the name of a word, or those of the first and the last")
    for node, tree in values.get("unless", ()):
        for name in sorted(trees.outside(tree) - shared):
            yield _at(node, f"`unless`: not each pattern names {name}{nearest(name, shared)}")
    for template in values.get("fix", ()):
        for slot, form in _SLOT.findall(template):
            if slot not in shared:
                yield problem(rule, "fix", f"`fix`: not each pattern names {slot}{nearest(slot, shared)}")
            elif form and form not in (*TAGS, _ARTICLE, _CAPITAL):
                yield problem(
                    rule, "fix", f"`fix`: {form} is no form; write one of {', '.join((*TAGS, _ARTICLE, _CAPITAL))}"
                )


def _at(node: Node, message: str) -> Problem:
    located: Problem = node.problem(message)
    return located
