"""`sequence`: words that follow one another, some of them optional or unwanted. Vale's semantics.

A rule with `tag` (a regular expression on Penn's tags) or `upos` (universal ones, `NOUN|PROPN`) asks what part of
speech a word is. The pipeline that the settings name for the language says so; for English without one, Vale's own
tagger. Drafts of other languages are let pass.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from typing import Any

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import PatternError, compiled, each, every, search
from cannedkit.pattern.literals import required
from cannedkit.prose.tags import UNIVERSAL, tags, universal
from cannedkit.prose.tokens import Token, tokens
from cannedkit.rules.action import Action, action
from cannedkit.rules.message import finding, formatted, problem
from cannedkit.rules.options import flag, options, pattern, patterns
from cannedkit.rules.scope import passages
from cannedkit.text.nearest import nearest
from cannedkit.words.pipelines import Pipeline, opened, tagged
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.node import Sequence as SequenceNode
from cannedkit.yamlsource.schema import Problems, entries, mapping, whole

MAX_PLACES = 500
"""Words that a sequence may have, optional ones among them: our own choice, above what a sentence has."""

_KEYS = ("pattern", "tag", "upos", "skip", "min", "negate", "target")


@dataclass(frozen=True, slots=True)
class _Step:
    """One word of the sequence. `group` ties together the optional places and the word that they lead to."""

    pattern: str = ""
    tag: str = ""
    upos: tuple[str, ...] = ()
    skip: int = 0
    least: int = 1
    negate: bool = False
    target: bool = False
    optional: bool = False
    first: bool = False
    last: bool = False
    group: int = 0
    whole: Any = None
    tags: Any = None

    def fits(self, word: _Word) -> bool:
        """Whether a word is what this place asks for; a place that asks for nothing is met where it is negated."""
        asked = []
        if self.whole is not None:
            asked.append(search(self.whole, word.token.text) is not None)
        if self.tags is not None:
            asked.append(search(self.tags, word.tag) is not None)
        if self.upos:
            asked.append(not word.parts.isdisjoint(self.upos))
        return all(met != self.negate for met in asked) if asked else self.negate


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a sentence; its tag, and the universal parts of speech it may be; none where no rule asks for them."""

    token: Token
    tag: str = ""
    parts: frozenset[str] = frozenset()


Tagger = Callable[[str], Sequence[_Word]]
"""What parts a sentence into words, with their tags."""


@dataclass(frozen=True)
class Options:
    """The words, one by one; which attributes they ask of a pipeline; the literals of which one must occur."""

    steps: tuple[_Step, ...]
    needs: frozenset[str]
    ignorecase: bool
    exceptions: tuple[str, ...]
    action: Action
    literals: tuple[str, ...]


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    readers = {"tokens": _steps, "exceptions": patterns, "model": pattern, "ignorecase": flag, "matchcase": flag}
    values = options(rule, {**readers, "action": action})
    steps: tuple[_Step, ...] = values.get("tokens", ())
    if not steps:
        raise RuleError([problem(rule, "tokens", "a sequence rule needs `tokens`: the words, one by one")])
    if (places := sum(max(step.least, 1) * (step.skip + 1) for step in steps)) > MAX_PLACES:
        reason = f"a sequence may have {MAX_PLACES:,} words, with those that `skip` and `min` add; this has {places:,}"
        raise RuleError([problem(rule, "tokens", reason)])
    needs = frozenset({"TAG"} if any(step.tag for step in steps) else ()) | (
        {"POS"} if any(step.upos for step in steps) else set()
    )
    ignorecase: bool = values.get("ignorecase", False)
    try:
        expanded = _expanded(steps, ignorecase)
        at = _anchor(expanded)
        if at is None:
            reason = "a sequence rule needs a `pattern`, `tag` or `upos` that is not negated"
            raise RuleError([problem(rule, "tokens", reason)])
        compiled(expanded[at].pattern, ignorecase)
        for source in values.get("exceptions", ()):
            compiled(source, False, False)
    except PatternError as error:
        raise RuleError([problem(rule, "tokens", str(error))]) from None
    sure = [step for step in expanded if step.pattern and not step.negate and not step.skip]
    needed = (required(step.pattern).texts for step in sure)
    return Options(
        steps,
        needs,
        ignorecase,
        exceptions=values.get("exceptions", ()),
        action=values.get("action", Action()),
        literals=next((texts for texts in needed if texts), ()),
    )


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options, context) for rule in rules]


def _check(rule: Rule, options: Options, context: Context) -> Check:
    does = options.action
    expanded = _expanded(options.steps, options.ignorecase)
    at = _anchor(expanded) or 0
    anchor = compiled(expanded[at].pattern, options.ignorecase) if expanded[at].pattern else None
    excepted = [compiled(source, False, False) for source in options.exceptions]
    own = replace(rule, scope=tuple(map(_of_sentences, rule.scope)))

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        tagger = _tagger(draft.locale.partition("-")[0], options.needs, context)
        if tagger is None:
            return
        begun: set[int] = set()  # Vale shows one finding of a rule at a place: the first
        for passage in passages(draft, own, hits):
            found = tagger(passage.text)
            exempt = _within(one.span() for pattern in excepted for one in each(pattern, passage.text))
            anchors: Iterable[int] = (index for index, word in enumerate(found) if expanded[at].fits(word))
            if anchor is not None:
                anchors = (index for _, index in zip(every(anchor, passage.text), anchors, strict=False))
            for index in anchors:
                match = _match(expanded, at, found, index)
                if match is None:
                    continue
                words, start, end = match
                if exempt(start) or passage.start + start in begun:
                    continue
                begun.add(passage.start + start)
                matched = passage.text[start:end]
                message = formatted(rule.message, *words)
                fixes = does.fixes(matched)
                yield finding(rule, *passage.place(start, end), message, fixes, safe=does.safe)

    return Check(rule, run, (options.literals,))


def _anchor(steps: Sequence[_Step]) -> int | None:
    """The place that a match is looked for from: the first with a `pattern`, else one with a tag; None without any."""
    sure = [index for index, step in enumerate(steps) if not step.negate]
    named = (index for index in sure if steps[index].pattern)
    return next(named, next((index for index in sure if steps[index].tag or steps[index].upos), None))


def _tagger(language: str, needs: frozenset[str], context: Context) -> Tagger | None:
    """What parts a sentence into words and tags them, if a rule `needs` tags; None where nothing can for a language."""
    if not needs:
        return lambda text: [_Word(token) for token in tokens(text)]
    named = context.pipelines.get(language, "")
    pipeline = opened(language, named) if named else None
    if pipeline is not None and needs <= pipeline.gives:
        return partial(_by_pipeline, pipeline)
    return _by_vale if language == "en" and pipeline is None else None


def _within(spans: Iterable[tuple[int, int]]) -> Callable[[int], bool]:
    """Whether a place lies in one of some spans."""
    found = sorted(spans)
    starts = [start for start, _ in found]
    reach = list(accumulate((end for _, end in found), max))

    def within(at: int) -> bool:
        before = bisect_right(starts, at)
        return before > 0 and at < reach[before - 1]

    return within


def _by_pipeline(pipeline: Pipeline, text: str) -> Sequence[_Word]:
    """The words of a sentence as Vale parts them, with the tags of a pipeline of spaCy."""
    found = tokens(text)
    spaces = tuple(text[token.end : token.end + 1].isspace() for token in found)
    tagged_words = tagged(pipeline, tuple(token.text for token in found), spaces)
    return [_Word(token, tag, frozenset({part})) for token, (tag, part) in zip(found, tagged_words, strict=True)]


def _by_vale(text: str) -> Sequence[_Word]:
    """The words of an English sentence, tagged as Vale does."""
    found = tokens(text)
    tagged_words = zip(found, tags(tuple(token.text for token in found)), strict=True)
    return [_Word(token, tag, universal(tag, token.text)) for token, tag in tagged_words]


def _of_sentences(scope: str) -> str:
    """The scope, of the sentences in it."""
    if scope.startswith("sentence"):
        return scope
    if scope.startswith("paragraph"):
        return scope.replace("paragraph", "sentence", 1)
    return f"sentence & {scope}"


def _expanded(steps: Sequence[_Step], ignorecase: bool) -> tuple[_Step, ...]:
    """The places of a match: a step with `skip` has optional places before it. Raises PatternError."""
    made: list[_Step] = []
    group = 0
    for step in steps:
        whole_word = compiled(f"^(?:{step.pattern})$", ignorecase, False) if step.pattern else None
        tags = compiled(step.tag, False, False) if step.tag else None
        for _ in range(max(step.least, 1)):
            group += 1
            own = replace(step, group=group, whole=whole_word, tags=tags)
            made += [replace(own, optional=True, first=place == 0) for place in range(step.skip)]
            if step.pattern or step.tag or step.upos:
                made.append(replace(own, last=True))
    return tuple(made)


def _match(steps: Sequence[_Step], at: int, words: Sequence[_Word], index: int) -> tuple[list[str], int, int] | None:
    """The words of the match around an anchor, and its span in the text; None if it leads to none."""
    left = _walk(steps, at - 1, words, index - 1, -1)
    right = _walk(steps, at, words, index, 1)
    if left is None or right is None:
        return None
    placed = left | right
    shown = sorted(placed.values())
    targets = [place for place, step in enumerate(steps) if step.target]
    if targets and all(place in placed for place in targets):
        shown = sorted(placed[place] for place in targets)
    texts = [words[one].token.text for one in sorted(placed.values())]
    return texts, words[shown[0]].token.start, words[shown[-1]].token.end


def _walk(steps: Sequence[_Step], place: int, words: Sequence[_Word], word: int, way: int) -> dict[int, int] | None:
    """The word for each place in one direction; None where one does not fit. Beyond the sentence only absences hold."""
    found: dict[int, int] = {}
    while 0 <= place < len(steps):
        if not 0 <= word < len(words):
            rest = steps[place:] if way > 0 else steps[: place + 1]
            return found if all(step.negate for step in rest) else None
        step = steps[place]
        optional = step.optional
        if way < 0 and step.skip:
            optional = (step.optional or step.last) and not step.first
        fits = step.fits(words[word])
        if not fits and not optional:
            return None
        found[place] = word
        word += way
        place += way
        while fits and optional and 0 <= place < len(steps) and steps[place].group == step.group:
            place += way
    return found


def _steps(node: Node, key: str, problems: Problems) -> tuple[_Step, ...]:
    if not isinstance(node, SequenceNode):
        problems.append(node.problem("`tokens` must be a list of words: `- pattern: …`"))
        return ()
    return tuple(step for item in node.items if (step := _step(item, problems)))


def _step(node: Node, problems: Problems) -> _Step | None:
    if not (found := mapping(node, "tokens", problems)):
        return None
    keys = entries(found, _KEYS, problems, " in `tokens`")
    texts = {name: pattern(keys[name], name, problems) for name in ("pattern", "tag", "upos") if name in keys}
    numbers = {name: whole(keys[name], name, problems) for name in ("skip", "min") if name in keys}
    flags = {name: flag(keys[name], name, problems) for name in ("negate", "target") if name in keys}
    parts = tuple(part.strip().upper() for part in texts.get("upos", "").split("|") if part.strip())
    for part in parts:
        if part not in UNIVERSAL:
            hint = nearest(part, tuple(UNIVERSAL))
            problems.append(keys["upos"].problem(f"`upos`: there is no part of speech {part}{hint}"))
    return _Step(
        pattern=texts.get("pattern", ""),
        tag=texts.get("tag", ""),
        upos=parts,
        skip=numbers.get("skip", 0),
        least=numbers.get("min", 1),
        negate=flags.get("negate", False),
        target=flags.get("target", False),
    )
