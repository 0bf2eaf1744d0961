"""Whether a text that was sent is a rendering of an approved body: of which, with which values, approved by whom.

The texts that the lock holds are what was approved, also where their reply has changed since. A text is found by the
rarest word that a body cannot do without, and then proven by rendering the body with the values that it shows.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cannedkit.cache import uncollected
from cannedkit.catalogue import content as contents
from cannedkit.catalogue.standing import may_approve, refusal, standing
from cannedkit.model.approval import Approval, Difference, Lock, Proof, Wording
from cannedkit.model.draft import MAX_DRAFT
from cannedkit.model.errors import InputError
from cannedkit.model.response import Catalogue, Variable
from cannedkit.model.settings import Settings
from cannedkit.settings import facts_for
from cannedkit.template import render as template
from cannedkit.template.inverse import Part, Readings, readings
from cannedkit.template.node import Choice, Literal, Node, Output, Template
from cannedkit.text.changes import changes, pieces

NEAR = 0.5
"""The part of a body's own words that a text must have to be told how it differs from it; our own choice."""

MOST_COUNTED = 20_000
"""Bodies, counted once a word, that are looked at for the nearest one, the rarest words first; our own choice."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A text that was approved, or stands in the catalogue; `reason` says why it does not count, "" where it does.

    Each rendering starts with `begin`, ends with `end` and holds `middle`; `words` counts its different words.
    """

    wording: Wording
    text: str
    subject: str | None
    format: str
    variables: Mapping[str, Variable]
    approval: Approval | None
    reason: str
    begin: str = ""
    middle: str = ""
    end: str = ""
    words: int = 0


@dataclass(frozen=True, slots=True)
class Index:
    """What texts are held against. `anchors` maps a word to the entries that are found by it, `always` are the others.

    `words` maps a word to all entries that have it. Numbers are those of `entries`.
    """

    entries: Sequence[_Entry]
    anchors: Mapping[str, Sequence[int]]
    always: Sequence[int]
    words: Mapping[str, array[int]]
    settings: Settings


# -- building it --------------------------------------------------------------------------------


def index(catalogue: Catalogue, lock: Lock, settings: Settings) -> Index:
    """The texts of a lock and a catalogue. Raises InputError where a line of the lock cannot be read."""
    if lock.refused:
        raise InputError(lock.refused)
    with uncollected():
        return _built((*_approved(catalogue, lock, settings), *_others(catalogue, lock, settings)), settings)


def _built(given: Iterable[_Entry], settings: Settings) -> Index:
    entries: list[_Entry] = []
    ways: list[list[Sequence[str]]] = []
    words: dict[str, array[int]] = {}
    for entry in given:
        try:
            parsed = template.parse(entry.text)
        except template.TemplateError:  # written for another version
            continue
        if not parsed.nodes:  # made by hand: it says nothing
            continue
        number = len(entries)
        own = set(_words(parsed.nodes, parsed.text))
        for word in own:
            words.setdefault(word, array("I")).append(number)
        ways.append(_needed(parsed))
        certain = [_literal(node, parsed.text) for node in parsed.nodes]
        middle = max(certain, key=len).strip()
        entries.append(replace(entry, begin=certain[0], middle=middle, end=certain[-1], words=len(own)))
    anchors: dict[str, array[int]] = {}
    always = array("I")
    for number, sets in enumerate(ways):
        if not sets:
            always.append(number)
            continue
        for word in min(sets, key=lambda each: sum([len(words[word]) for word in each])):
            anchors.setdefault(word, array("I")).append(number)
    return Index(entries, anchors, always, words, settings)


def _approved(catalogue: Catalogue, lock: Lock, settings: Settings) -> Iterator[_Entry]:
    """The texts of the lock."""
    for where, lines in lock.approvals.items():
        response = catalogue.responses.get(where.id)
        for one in lines:
            said = contents.said(one.content)
            foreign = response is not None and not may_approve(one.by, response, settings)
            reason = f"{one.by} approved it, {refusal(response, settings)}" if response and foreign else ""
            yield _Entry(where, said.body, said.subject, said.format, said.declared(), one, reason)


def _others(catalogue: Catalogue, lock: Lock, settings: Settings) -> Iterator[_Entry]:
    """The texts of the catalogue that the lock does not hold as they stand."""
    for response in catalogue.responses.values():
        for body in response.bodies:
            where = contents.wording(response, body)
            content = contents.content(response, body)
            if all(one.content != content for one in lock.approvals.get(where, ())):
                reason = standing(response, body, lock, settings).reason
                subject = body.subject.value if body.subject else None
                yield _Entry(where, body.text.value, subject, response.format, response.variables, None, reason)


def _literal(node: Node, text: str) -> str:
    return text[node.start : node.end] if isinstance(node, Literal) else ""


def _words(nodes: Iterable[Node], text: str) -> Iterator[str]:
    """Every word that stands in a body, whatever becomes of its tags."""
    for node in nodes:
        if isinstance(node, Choice):
            for branch in node.branches:
                yield from _words(branch.nodes, text)
        else:
            yield from _WORD.findall(_literal(node, text))


def _needed(parsed: Template) -> list[Sequence[str]]:
    """Lists of words of which each rendering of a body has at least one: a word alone, or one for each branch."""
    last = len(parsed.nodes) - 1
    single: dict[str, None] = {}
    for number, node in enumerate(parsed.nodes):
        single.update(dict.fromkeys(_whole(_literal(node, parsed.text), number == 0, number == last)))
    if single:
        return [[word] for word in single]
    choices = (node for node in parsed.nodes if isinstance(node, Choice))
    ways = [[_any_word(branch.nodes, parsed.text) for branch in choice.branches] for choice in choices]
    return [branches for branches in ways if all(branches)]


def _any_word(nodes: Iterable[Node], text: str) -> str:
    """The longest word that stands whole in a branch, "" for none."""
    found = (word for node in nodes for word in _whole(_literal(node, text), False, False))
    return max(found, key=len, default="")


def _whole(words: str, is_first: bool, is_last: bool) -> list[str]:
    """The words of a piece of text that no value beside it can lengthen."""
    return [
        found[0]
        for found in _WORD.finditer(words)
        if (is_first or found.start() > 0) and (is_last or found.end() < len(words))
    ]


# -- proving ------------------------------------------------------------------------------------


def prove(index: Index, text: str, *, subject: str | None = None, locale: str = "", channel: str = "") -> Proof:
    """What a text is proven to be; with `subject` both must be renderings with the same values.

    `locale` and `channel` leave out the bodies of others, "" takes all. Ends of lines and white space around the text
    may have been changed on the way. Raises InputError for a text that is too long.
    """
    if len(text) > MAX_DRAFT:
        raise InputError(f"the text has {len(text):,} characters, more than the {MAX_DRAFT:,} that one may have")
    plain = text.replace("\r\n", "\n")
    tries = dict.fromkeys((plain, plain.strip()))
    found: list[tuple[_Entry, Readings]] = []
    open_end = refused = None
    for entry in _candidates(index, plain, locale, channel):
        for one in tries:
            read = _read(index, entry, one, subject)
            if read is None:
                continue
            if read.found:
                found.append((entry, read))
                break
            refused = refused or ((entry, read) if read.refused else None)
            open_end = open_end or ((entry, read) if not read.complete else None)
    if found:
        return _found(found)
    if refused:
        entry, read = refused
        return Proof(
            False, f"It has the words of {entry.wording}, but no such reply goes out: {read.refused}", entry.wording
        )
    if open_end:
        entry = open_end[0]
        return Proof(False, f"It may be {entry.wording}, but there are too many ways to read its values", entry.wording)
    return _differing(index, text, locale, channel)


def _candidates(index: Index, text: str, locale: str, channel: str) -> Iterator[_Entry]:
    """The bodies that a text may be a rendering of, in the order of the index."""
    words = dict.fromkeys(_WORD.findall(text))
    numbers = {number for word in words for number in index.anchors.get(word, ())}
    stripped = text.strip()
    for number in sorted(numbers.union(index.always)):
        entry = index.entries[number]
        begins = text.startswith(entry.begin) or stripped.startswith(entry.begin)
        ends = text.endswith(entry.end) or stripped.endswith(entry.end)
        if begins and ends and entry.middle in text and _serves(entry, locale, channel):
            yield entry


def _serves(entry: _Entry, locale: str, channel: str) -> bool:
    where = entry.wording
    return locale in ("", where.locale) and (not channel or where.channel in ("", channel))


def _read(index: Index, entry: _Entry, text: str, subject: str | None) -> Readings | None:
    """What the values may have been, None where the body has no subject and the text has one."""
    parts = [Part(template.parse(entry.text), text, entry.format)]
    if subject is not None:
        if entry.subject is None:
            return None
        parts.append(Part(template.parse(entry.subject), subject.strip()))
    return readings(parts, entry.variables, entry.wording.locale, facts_for(index.settings, entry.wording.locale))


def _found(found: Sequence[tuple[_Entry, Readings]]) -> Proof:
    """The proof of a text that bodies give: of one that counts, if there is one."""
    entry, read = min(found, key=lambda one: (bool(one[0].reason), one[0].wording))
    others = {one.wording for one, _ in found if one.wording != entry.wording}
    reason = f"It is {entry.wording}, which does not count. {entry.reason}" if entry.reason else ""
    approval = None if entry.reason else entry.approval
    return Proof(not entry.reason, reason, entry.wording, approval, read.values, read.ambiguous, tuple(sorted(others)))


# -- what differs -------------------------------------------------------------------------------


def _differing(index: Index, text: str, locale: str, channel: str) -> Proof:
    """How a text differs from the body that shares the most words with it."""
    entry = _nearest(index, text, locale, channel)
    if entry is None:
        return Proof(False, "It is like no reply of the catalogue")
    found = tuple(_differences(template.parse(entry.text), text))
    said = "; ".join(f"{one.sent!r} stands where {one.approved!r} was approved" for one in found[:3])
    more = f"; and {len(found) - 3} more" if len(found) > 3 else ""
    reason = f"It is nearest to {entry.wording}, and differs from it: {said or 'in its white space'}{more}"
    return Proof(False, reason, entry.wording, None if entry.reason else entry.approval, differences=found)


def _nearest(index: Index, text: str, locale: str, channel: str) -> _Entry | None:
    """The body with the most words in common, for its length and the text's; None where none has enough."""
    own = {word for word in _WORD.findall(text) if word in index.words}
    counts: Counter[int] = Counter()
    looked = rare = 0
    for word in sorted(own, key=lambda word: len(index.words[word])):
        if rare and looked + len(index.words[word]) > MOST_COUNTED:
            break
        looked, rare = looked + len(index.words[word]), rare + 1
        counts.update(index.words[word])
    all_counted = rare == len(own)
    near = [
        (2 * count / (index.entries[number].words + len(own)), -number)
        for number, count in counts.most_common(200)
        if count >= NEAR * (index.entries[number].words if all_counted else rare)
        and _serves(index.entries[number], locale, channel)
    ]
    return index.entries[-max(near)[1]] if near else None


def _differences(parsed: Template, text: str) -> Iterator[Difference]:
    """Where a text has other words than a body; what stands for a placeholder is no difference."""
    was, holes = _flat(parsed, set(_WORD.findall(text)))
    now = pieces(text)
    starts = [0]
    for piece in now:
        starts.append(starts[-1] + len(piece))
    for one in changes(was, [piece.replace("\r\n", "\n") for piece in now]):
        old, new = was[one.old_start : one.old_end], now[one.start : one.end]
        only_holes = all(piece in holes or piece.isspace() for piece in old) and any(piece in holes for piece in old)
        blank = not "".join((*old, *new)).strip() and (one.start == 0 or one.end == len(now))
        if not blank and not (only_holes and new):
            yield Difference(starts[one.start], starts[one.end], "".join(new), "".join(old))


def _flat(parsed: Template, words: set[str]) -> tuple[list[str], set[str]]:
    """The pieces of a body along the branches whose words a text has, each placeholder as one; and the placeholders."""
    found: list[str] = []
    holes: set[str] = set()

    def walk(nodes: Iterable[Node]) -> None:
        for node in nodes:
            if isinstance(node, Output):
                hole = parsed.text[node.placeholder.start : node.placeholder.end]
                holes.add(hole)
                found.append(hole)
            elif isinstance(node, Choice):
                walk(max(node.branches, key=lambda branch: _shared(branch.nodes, parsed.text, words)).nodes)
            else:
                found.extend(pieces(_literal(node, parsed.text)))

    walk(parsed.nodes)
    return found, holes


def _shared(nodes: Iterable[Node], text: str, words: set[str]) -> float:
    """How many more of a branch's words stand in a text than do not."""
    own = set(_words(nodes, text))
    return len(own & words) - len(own - words)
