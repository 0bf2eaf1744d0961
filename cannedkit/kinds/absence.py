"""`absence`: a draft lacks what must be there, for this customer and at this point of the conversation.

`needs` are what must be there, by name: patterns, in which `{name}` stands for the `words` of that name. `echo` is the
name of the need that a word of the customer's own message meets too, `focus` of that which only a word of what their
question wants to know meets: "heated" in "Is the pool heated?", `news` of that which a word meets that the customer has
not used, and that is none of `empty`, words that tell nothing by themselves ("various", "situation"). `most` of the
needs may be missing, and one more where the rule is for a mood that nobody gave: what is read from words tells less
than a person sees. The rule looks where the customer's last message is like `asked` and not like `unasked`, after at
least so many turns of `bots`, and at drafts of at least `least` words that are like `triggers` and not like `exempt`.
`history`: true where there must be a message to answer, false where there must be none. The finding is the whole text;
its message gets the names of what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import compiled, search
from cannedkit.rules.holes import any_of, groups, words
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import Reader, flag, options, patterns
from cannedkit.text import segment
from cannedkit.text.nearest import nearest
from cannedkit.text.talk import STEM, asked, bots, focus, subjects, told
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, mapping, text, texts, whole

_WHEN = ("asked", "unasked", "triggers", "exempt")


@dataclass(frozen=True)
class Options:
    """What must be there, and when, each as one pattern; "" where there is none. `history` None: with or without."""

    needs: Mapping[str, str]
    echo: str
    focus: str
    news: str
    empty: frozenset[str]
    asked: str
    unasked: str
    triggers: str
    exempt: str
    bots: int
    least: int
    most: int
    history: bool | None


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    readers: dict[str, Reader] = {"needs": _needs, "words": words, "echo": text, "focus": text, "history": flag}
    readers |= {"news": text, "empty": texts}
    readers |= {"bots": whole, "least": whole, "most": whole}
    values = options(rule, {**readers, **dict.fromkeys(_WHEN, patterns)})
    needs = values.get("needs", {})
    if not needs:
        raise RuleError([problem(rule, "needs", "an absence rule has `needs`: what must be there, by name")])
    for key in ("echo", "focus", "news"):
        name = values.get(key, "")
        if name and name not in needs:
            raise RuleError([problem(rule, key, f"`{key}` is none of the `needs`{nearest(name, needs)}")])
    by_name = groups(values.get("words", {}), rule)
    when = {key: any_of(values.get(key, ()), by_name, rule, key) for key in _WHEN}
    return Options(
        {name: any_of(sources, by_name, rule, "needs") for name, sources in needs.items()},
        echo=values.get("echo", ""),
        focus=values.get("focus", ""),
        news=values.get("news", ""),
        empty=frozenset(word[:STEM] for word in values.get("empty", ())),
        **when,
        bots=values.get("bots", 0),
        least=values.get("least", 0),
        most=values.get("most", 0),
        history=values.get("history"),
    )


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    of_mood = any(condition.key == "mood" for condition in rule.where)

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        if draft.part != "body" or not _looks(draft, own):
            return
        missing = [name for name in own.needs if not _has(draft, name, own)]
        if len(missing) > own.most + (of_mood and bool(draft.heard)):
            start, end = len(draft.text) - len(draft.text.lstrip()), len(draft.text.rstrip())
            yield finding(rule, start, end, said(rule.message, ", ".join(missing)))

    return Check(rule, run, needs="history" if own.history or own.bots else "")


def _looks(draft: Draft, own: Options) -> bool:
    """Whether the conversation and the draft are such that something must be there."""
    if own.history is False and draft.path:
        return False  # a reply of a catalogue is for many messages, and can name what none of them says
    if own.history is not None and own.history != bool(told(draft.history)):
        return False
    if bots(draft.history) < own.bots or len(segment.words(draft.text)) < own.least:
        return False
    message = asked(draft.history)
    return not (
        (own.asked and not _found(own.asked, message))
        or (own.unasked and _found(own.unasked, message))
        or (own.triggers and not _found(own.triggers, draft.text))
        or (own.exempt and _found(own.exempt, draft.text))
    )


def _has(draft: Draft, name: str, own: Options) -> bool:
    if own.needs[name] and _found(own.needs[name], draft.text):
        return True
    if name not in (own.news, own.echo, own.focus):
        return False
    said_here = subjects(draft.text, draft.locale)
    if name == own.news:
        old = subjects(told(draft.history), draft.locale) | own.empty
        return not all(any(word.startswith(one) or one.startswith(word) for one in old) for word in said_here)
    if name == own.focus:
        return not focus(asked(draft.history), draft.locale).isdisjoint(said_here)
    return not subjects(told(draft.history), draft.locale).isdisjoint(said_here)


@lru_cache(maxsize=32)
def _found(source: str, text: str) -> bool:
    """Whether a pattern stands in a text: rules that inherit from another look for the same in the same draft."""
    return search(compiled(source, True), text) is not None


def _needs(node: Node, key: str, problems: Problems) -> dict[str, tuple[str, ...]]:
    found = mapping(node, key, problems)
    return {name.value: patterns(value, name.value, problems) for name, value in found.pairs} if found else {}
