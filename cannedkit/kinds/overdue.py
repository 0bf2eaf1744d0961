"""`overdue`: what is late in the conversation, and the draft says nothing of it.

`promises` are patterns of sentences in which we promised something: one is late where it names a time, and the last
message came after it. `silence` is the longest that a customer may wait for a word, in minutes, by channel. `owns` are
patterns of a draft that says that it is late, `settled` of a customer's last message that it is done. The times are
those of the turns (`at`); without them nothing is late. The finding is the whole text; its message gets the promise, or
the minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import compiled, search
from cannedkit.rules.holes import any_of, groups, words
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import options, patterns
from cannedkit.text import segment
from cannedkit.text.talk import OURS, asked
from cannedkit.words.deadlines import deadline
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, mapping, whole


@dataclass(frozen=True)
class Options:
    """What promises, what owns that it is late, what says that it is done, as one pattern each; minutes by channel."""

    promises: str
    owns: str
    settled: str
    silence: Mapping[str, int]


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    readers = {"words": words, "silence": _minutes, **dict.fromkeys(("promises", "owns", "settled"), patterns)}
    values = options(rule, readers)
    if bool(values.get("promises")) == bool(values.get("silence")) or not values.get("owns"):
        raise RuleError([problem(rule, "promises", "an overdue rule has `promises` or `silence`, and `owns`")])
    by_name = groups(values.get("words", {}), rule)
    patterns_of = {key: any_of(values.get(key, ()), by_name, rule, key) for key in ("promises", "owns", "settled")}
    return Options(**patterns_of, silence=values.get("silence", {}))


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        now = draft.history[-1].at if draft.history else None
        if now is None or _found(own.owns, draft.text):
            return
        if own.settled and _found(own.settled, asked(draft.history)):
            return
        late = _promise(draft, now, own) if own.promises else _waited(draft, now, own)
        if late:
            start, end = len(draft.text) - len(draft.text.lstrip()), len(draft.text.rstrip())
            yield finding(rule, start, end, said(rule.message, late))

    return Check(rule, run, by_channel=bool(own.silence), needs="history")


def _promise(draft: Draft, now: datetime, own: Options) -> str:
    """Our last promise that names a time, "" where that has not passed or we said since that it is late."""
    language = draft.locale.partition("-")[0].lower()
    for turn in reversed(draft.history):
        if turn.by not in OURS or turn.at is None:
            continue
        for start, end in reversed(segment.sentences(turn.text, draft.locale)):
            sentence = turn.text[start:end]
            if _found(own.promises, sentence) and (due := deadline(sentence, turn.at, language)):
                return sentence if due < now else ""
        if _found(own.owns, turn.text):
            return ""
    return ""


def _waited(draft: Draft, now: datetime, own: Options) -> str:
    """The minutes for which the customer has had no word of ours, "" where they are no more than the channel allows."""
    most = own.silence.get(draft.channel)
    times: list[datetime] = []
    for turn in reversed(draft.history):
        if turn.by in OURS or turn.at is None:
            break
        times.append(turn.at)
    minutes = int((now - times[-1]).total_seconds() // 60) if times else 0
    return str(minutes) if most is not None and minutes > most else ""


def _found(source: str, text: str) -> bool:
    return search(compiled(source, True), text) is not None


def _minutes(node: Node, key: str, problems: Problems) -> dict[str, int]:
    found = mapping(node, key, problems)
    return {name.value: whole(value, name.value, problems, 1) for name, value in found.pairs} if found else {}
