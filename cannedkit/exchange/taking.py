"""Records of a system -> records of ours: placeholders, markup, locales and channels made ours, or refused with why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cannedkit.exchange.html import has_marks, text_to_html, to_html, to_markdown
from cannedkit.exchange.model import ASIDE, CHANGED, LOST, REFUSED, Ability, Asked, Outcome, Record, Text
from cannedkit.exchange.names import Names
from cannedkit.exchange.placeholders import SYNTAXES, Unsayable, inward, outward
from cannedkit.model.settings import Settings
from cannedkit.template.render import MAX_BODY
from cannedkit.text.locales import canonical
from cannedkit.text.nearest import nearest

_RAW = re.compile(r"\{% raw %\}(.*?)\{% endraw %\}", re.DOTALL)
_BRACES = re.compile(r"\{\{[^{}]*\}\}")

MAX_HTML = 5 * MAX_BODY
"""Characters of HTML up to which a text is read: unclosed elements take a time that grows with their square."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A record of ours, None where it was refused; `exact` are its parts that we would write in another way."""

    record: Record | None
    exact: dict[str, Any]
    outcomes: tuple[Outcome, ...]


def taken(record: Record, ability: Ability, names: Names, settings: Settings, asked: Asked) -> Taken:
    """What can be taken over of a record. One text that cannot hides no other."""
    exact: dict[str, Any] = {}
    outcomes: list[Outcome] = []
    texts: dict[tuple[str, str, int], Text] = {}
    for text in record.texts:
        try:
            one = _text(text, ability, names, settings, asked)
            if one.key in texts:
                raise Unsayable(f"there is a text for {place(one)} already")
        except Unsayable as error:
            outcomes.append(Outcome(_name(record), LOST, place(text), str(error)))
            continue
        texts[one.key] = one
        outcomes += [Outcome(_name(record), CHANGED, place(one), why) for why in _unread(one, ability)]
        exact |= dict(_exact(text, one, ability, names))
    found = _regular(list(texts.values()), _name(record), outcomes)
    if not found:
        why = outcomes[0].reason if outcomes else "it has no text"
        return Taken(None, {}, (Outcome(_name(record), REFUSED, "", why),))
    made = replace(record, texts=found, title=" ".join(record.title.split()), shortcut=record.shortcut.strip())
    made = replace(made, tags=tuple(dict.fromkeys(tag.strip() for tag in record.tags if tag.strip())))
    parts: tuple[tuple[str, Any, Any], ...] = (
        ("title", record.title, made.title),
        ("shortcut", record.shortcut, made.shortcut),
        ("tags", record.tags, made.tags),
    )
    exact |= {part: theirs for part, theirs, ours in parts if theirs != ours}
    if record.aside:
        outcomes.append(Outcome(_name(record), ASIDE, ", ".join(record.aside)))
    return Taken(made, exact, tuple(outcomes))


def exact_key(text: Text) -> str:
    """What a text as its system wrote it is kept under."""
    return "/".join(map(str, text.key))


def written(text: Text, ability: Ability, names: Names) -> str:
    """A text of ours, without facts and declared fallbacks, as the system writes it. Raises Unsayable."""
    return marked(outward(text.text, ability.syntax, names.theirs, lambda name: None, {}), text.markup, ability)


def is_html(markup: str, ability: Ability) -> bool:
    """Whether a text of ours with that markup is HTML there."""
    return ability.markup == "html" or (ability.markup == "both" and markup == "markdown")


def marked(text: str, markup: str, ability: Ability) -> str:
    """A text in the markup of the system: what is plain here reads the same there, signs of Markdown too."""
    if not is_html(markup, ability):
        return text
    return to_html(text) if markup == "markdown" or not has_marks(text) else text_to_html(text)


def _text(text: Text, ability: Ability, names: Names, settings: Settings, asked: Asked) -> Text:
    if text.markup == "html" and len(text.text) > MAX_HTML:
        raise Unsayable(f"it has {len(text.text):,} characters of HTML, more than the {MAX_HTML:,} that are read")
    body = to_markdown(text.text) if text.markup == "html" else text.text.replace("\r\n", "\n").replace("\r", "\n")
    made = inward(body.strip(), ability.syntax, names.ours)
    subject = None if text.subject is None else inward(text.subject.strip(), ability.syntax, names.ours)
    if not made:
        raise Unsayable("it has no text")
    if len(made) > MAX_BODY:
        raise Unsayable(f"it has {len(made):,} characters, more than the {MAX_BODY:,} that a body may hold")
    marked = text.markup != "text" and has_marks(made)
    locale = _locale(text.locale, settings) if text.locale else asked.locale or settings.locale
    channel = text.channel or asked.channel
    if channel and channel not in settings.channels:
        raise Unsayable(f"`channels` of cannedkit.yaml lacks {channel}{nearest(channel, settings.channels)}")
    return Text(made, locale, channel, text.variation, subject or None, "markdown" if marked else "text")


def _unread(text: Text, ability: Ability) -> Iterator[str]:
    """What looks like a placeholder of the system, and is none that can be read."""
    if SYNTAXES[ability.syntax].plain.startswith("{{"):
        for stretch in _RAW.findall(text.text):
            yield from (
                f"{found} cannot be read as a placeholder: it is text here" for found in _BRACES.findall(stretch)
            )


def _locale(tag: str, settings: Settings) -> str:
    found = canonical(tag.replace("_", "-"))
    if found not in settings.locales and found:
        alike = [one for one in (settings.locale, *settings.locales) if one.partition("-")[0] == found]
        found = alike[0] if alike else found
    if found not in settings.locales:
        raise Unsayable(f"`locales` of cannedkit.yaml lacks {found or tag}: add it there")
    return found


def _exact(theirs: Text, ours: Text, ability: Ability, names: Names) -> Iterator[tuple[str, Any]]:
    """What a system wrote, where we would write it in another way."""
    try:
        again: str | None = written(ours, ability, names)
        subject = written(replace(ours, text=ours.subject, markup="text"), ability, names) if ours.subject else None
    except Unsayable:
        again = subject = None
    if again != theirs.text or ((subject or None) != theirs.subject):
        yield exact_key(ours), [theirs.text, theirs.subject, theirs.markup]


def _regular(texts: list[Text], id: str, outcomes: list[Outcome]) -> tuple[Text, ...]:
    """The texts as one reply has them: in one format, one subject for all variations, and these counted from 1."""
    if any(text.markup == "markdown" for text in texts):
        texts = [replace(text, markup="markdown" if has_marks(text.text) else "text") for text in texts]
    found: dict[tuple[str, str], list[Text]] = {}
    for text in sorted(texts, key=lambda text: text.variation):
        found.setdefault((text.locale, text.channel), []).append(text)
    made = []
    for same in found.values():
        subject = same[0].subject
        if any(text.subject != subject for text in same):
            outcomes.append(Outcome(id, CHANGED, "subject", "all variations have that of the first"))
        made += [replace(text, subject=subject, variation=number) for number, text in enumerate(same, start=1)]
    order = {text.key[:2]: number for number, text in enumerate(reversed(texts))}
    return tuple(sorted(made, key=lambda text: (-order[text.key[:2]], text.variation)))


def _name(record: Record) -> str:
    return record.ours or record.id or record.title or record.shortcut


def place(text: Text, part: str = "body") -> str:
    """What a text, or its subject, is called in a report: `body en email 2`."""
    return " ".join(filter(None, (part, text.locale, text.channel, f"{text.variation}" * (text.variation > 1))))
