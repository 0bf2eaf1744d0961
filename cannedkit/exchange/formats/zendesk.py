"""Macros and dynamic content of Zendesk, as its API gives and takes them.

A macro is `{id, title, active, actions: [{field, value}], restriction, …}`; `::` in a title makes folders, and
is written `:` in one of ours. Its text is
the value of `comment_value` (plain) or `comment_value_html`, a text or a pair of channel and text. Of dynamic content
an item is `{name, placeholder, default_locale_id, variants: [{locale_id, content, …}]}`; a macro that says nothing but
`{{dc.refund}}` is one reply in the locales of that item. Which locale an id is says the answer of
`GET /api/v2/locales`, given as a further file; 1 is en-US (developer.zendesk.com, "Macros", "Dynamic content items",
"Locales"). All other actions, restrictions, positions and dates are kept aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cannedkit.exchange.document import items, maybe, parsed, printed, text_of
from cannedkit.exchange.model import KEPT, LOST, REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text, Written
from cannedkit.model.errors import InputError, Problem

ABILITY = Ability(markup="both", subject=KEPT, locale=KEPT, missing="nothing: `Hi ,`")

MACROS, ITEMS, LOCALES = "macros.json", "dynamic_content.json", "locales.json"
KNOWN_LOCALES: Mapping[str, str] = {"1": "en-US"}
"""Locales by id, as the documentation has them."""

_COMMENTS = ("comment_value_html", "comment_value")
_ALONE = re.compile(r"\s*\{\{\s*dc\.([\w-]+)\s*\}\}\s*")
_PLACEHOLDER = re.compile(r"\{\{\s*dc\.([\w-]+)\s*\}\}")

Data = dict[str, Any]


def is_mine(file: File) -> bool:
    """Whether it holds macros, items of dynamic content or locales."""
    data = maybe(file)
    return any(found for found in _split(data))


def _split(data: Any) -> tuple[list[Data], list[Data], list[Data]]:
    """The macros, the items and the locales in what a file holds."""
    macros = [one for one in items(data, "macros") if isinstance(one, dict) and _actions(one) is not None]
    found = [one for one in items(data, "items") if isinstance(one, dict) and isinstance(one.get("variants"), list)]
    named = data.get("locales") if isinstance(data, dict) else None
    locales = [one for one in named if isinstance(one, dict)] if isinstance(named, list) else []
    return macros, found, locales


def _actions(macro: Data) -> list[Data] | None:
    actions = macro.get("actions")
    if not isinstance(actions, list) or not all(isinstance(one, dict) and "field" in one for one in actions):
        return None
    return actions


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The macros of some files with the dynamic content that they name, and the items that no macro names."""
    macros, found, locales = [], [], dict(KNOWN_LOCALES)
    outcomes: list[Outcome] = []
    for file in files:
        data = parsed(file)
        some, content, known = _split(data)
        listed = items(data, "macros")
        if not (some or content or known or listed or data in ([], {"macros": []}, {"items": []})):
            raise InputError([Problem(file.name, 0, 0, "holds no macros, dynamic content or locales of Zendesk")])
        if listed and not content:
            wrong = (
                number
                for number, one in enumerate(listed, start=1)
                if not isinstance(one, dict) or _actions(one) is None
            )
            outcomes += [Outcome(f"{file.name} {number}", REFUSED, "", "it has no `actions`") for number in wrong]
        macros += some
        found += content
        locales |= {text_of(one.get("id")): text_of(one.get("locale")) for one in known}
    by_name = {_name(item): item for item in found}
    records: list[Record] = []
    counts: Counter[str] = Counter()
    for macro in macros:
        record = _macro(macro, by_name, locales, outcomes)
        if record and "id" not in macro:
            counts[record.id] += 1
            record = replace(record, id=f"{record.id} {counts[record.id]}" if counts[record.id] > 1 else record.id)
        records += [record] if record else []
    named = {_name(record.kept["item"]) for record in records if "item" in record.kept}
    records += [_item(item, locales, outcomes) for name, item in by_name.items() if name not in named]
    return Incoming(tuple(records), tuple(outcomes))


def _name(item: Data) -> str:
    """What stands behind `dc.` in the placeholder of an item."""
    told = _PLACEHOLDER.search(text_of(item.get("placeholder")))
    return told[1] if told else re.sub(r"\W+", "_", text_of(item.get("name")).strip().lower())


def _macro(
    macro: Data, by_name: Mapping[str, Data], locales: Mapping[str, str], outcomes: list[Outcome]
) -> Record | None:
    id = text_of(macro.get("id")) or text_of(macro.get("title"))
    *folder, title = text_of(macro.get("title")).split("::")
    actions = _actions(macro) or []
    spoken = next((one for field in _COMMENTS for one in actions if one["field"] == field and _said(one)), None)
    if spoken is None:
        outcomes.append(Outcome(id or title, REFUSED, "", "it has no text, only actions"))
        return None
    body = _said(spoken)
    subject = next((_said(one) for one in actions if one["field"] == "subject"), None)
    alone = _ALONE.fullmatch(body)
    holes = [one for one in actions if one["field"] == "subject" and _said(one)] + ([] if alone else [spoken])
    kept: Data = {
        "macro": {**macro, "title": None, "actions": [_hollow(one) if one in holes else one for one in actions]}
    }
    if alone and (item := by_name.get(alone[1])):
        content = _item(item, locales, outcomes)
        texts = tuple(replace(text, subject=subject or None) for text in content.texts)
        whole = {**kept, **content.kept}
        return Record(id, texts, title, folder=tuple(folder), kept=whole, aside=_aside(kept["macro"]))
    if alone:
        outcomes.append(Outcome(id or title, REFUSED, "", f"its text is {body.strip()}: give its dynamic content, too"))
        return None
    markup = "html" if spoken["field"] == "comment_value_html" else "text"
    texts = (Text(body, subject=subject or None, markup=markup),)
    return Record(id, texts, title, folder=tuple(folder), kept=kept, aside=_aside(kept["macro"]))


def _aside(macro: Data) -> tuple[str, ...]:
    """The names of what else a macro says, and does."""
    said = [key for key, value in macro.items() if key not in ("id", "title", "actions") and value is not None]
    done = [one["field"] for one in macro["actions"] if one["field"] not in (*_COMMENTS, "subject")]
    return (*said, *dict.fromkeys(f"action {field}" for field in done))


def _said(action: Data) -> str:
    """The text of an action: its value, or the last of a pair."""
    value = action.get("value")
    if isinstance(value, list) and value:
        value = value[-1]
    return value if isinstance(value, str) else ""


def _hollow(action: Data) -> Data:
    value = action["value"]
    return {**action, "value": [*value[:-1], None] if isinstance(value, list) else None}


def _item(item: Data, locales: Mapping[str, str], outcomes: list[Outcome]) -> Record:
    """The texts of an item of dynamic content, the default first."""
    name, texts, named, hollow = _name(item), [], {}, []
    for variant in item["variants"]:
        number = text_of(variant.get("locale_id")) if isinstance(variant, dict) else ""
        if not number or not isinstance(variant.get("content"), str) or number not in locales:
            why = f"locale {number} is not known: give the answer of GET /api/v2/locales, too"
            outcomes.append(Outcome(f"dc.{name}", LOST, f"variant {number}", why if number else "it has no text"))
            hollow.append(variant)
            continue
        named[number] = locales[number]
        texts.append(Text(variant["content"], locales[number]))
        hollow.append({**variant, "content": None})
    kept = {"item": {**item, "variants": hollow}, "locales": named}
    return Record(f"dc.{name}", tuple(texts), text_of(item.get("name")), kept=kept)


# -- writing ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Made:
    """What becomes of one record: its macro, its item of dynamic content."""

    macro: Data | None
    item: Data | None


def write(records: Sequence[Record]) -> Written:
    """The macros; where a reply has several locales, its dynamic content too, and the ids of those locales."""
    kept = [record.kept for record in records if isinstance(record.kept, dict)]
    numbers = {**KNOWN_LOCALES, **{number: locale for one in kept for number, locale in one.get("locales", {}).items()}}
    ids = {locale: number for number, locale in numbers.items()}
    outcomes: list[Outcome] = []
    made = [_filled(record, ids, outcomes) for record in records]
    files = {MACROS: printed({"macros": [one.macro for one in made if one.macro is not None]})}
    content = [one.item for one in made if one.item is not None]
    if content:
        files[ITEMS] = printed({"items": content})
        files[LOCALES] = printed({"locales": [{"id": int(number), "locale": tag} for tag, number in ids.items()]})
    return Written(files, tuple(outcomes))


def _filled(record: Record, ids: Mapping[str, str], outcomes: list[Outcome]) -> _Made:
    kept = record.kept if isinstance(record.kept, dict) else {}
    macro, item = kept.get("macro"), kept.get("item")
    if item is None and len({text.locale for text in record.texts}) > 1:
        item = {"name": item_name(record.ours), "variants": []}
    if item is not None:
        item = {**item, "variants": list(_variants(record, item["variants"], ids, outcomes))}
        if "item" in kept and "macro" not in kept:
            return _Made(None, item)
    body = f"{{{{dc.{_name(item)}}}}}" if item is not None else None
    return _Made(_filled_macro(record, macro, body), item)


def item_name(id: str) -> str:
    """The name that new dynamic content has for a reply of ours, of which its placeholder is made."""
    return id.replace("/", "_").replace("-", "_")


def _filled_macro(record: Record, macro: Data | None, body: str | None) -> Data:
    text = record.texts[0]
    field = "comment_value_html" if text.markup == "html" and body is None else "comment_value"
    subject = {"field": "subject", "value": None}
    form = macro or {"title": None, "active": True, "actions": [{"field": field, "value": None}]}
    actions = list(_refilled(form["actions"], field, text.text if body is None else body, text.subject))
    if text.subject and not any(one["field"] == "subject" for one in actions):
        actions.append({**subject, "value": text.subject})
    title = re.sub(":{2,}", ":", record.title) or record.ours.rpartition("/")[2]
    return {**form, "title": "::".join((*record.folder, title)), "actions": actions}


def _refilled(actions: list[Data], field: str, body: str, subject: str | None) -> Iterator[Data]:
    """The actions with the parts of the reply in their holes."""
    for one in actions:
        value = one.get("value")
        is_hole = value is None or (isinstance(value, list) and value[-1:] == [None])
        if not is_hole or one["field"] not in (*_COMMENTS, "subject"):
            yield one
            continue
        part = subject if one["field"] == "subject" else body
        filled = [*value[:-1], part] if isinstance(value, list) else part
        if part is not None:
            yield {**one, "field": "subject" if one["field"] == "subject" else field, "value": filled}


def _variants(record: Record, hollow: list[Any], ids: Mapping[str, str], outcomes: list[Outcome]) -> Iterator[Data]:
    """The variants of an item, filled; behind them those of locales that are new there."""
    texts = {text.locale: text.text for text in record.texts}
    numbers = {number: locale for locale, number in ids.items()}
    for variant in hollow:
        locale = numbers.get(text_of(variant.get("locale_id")), "") if isinstance(variant, dict) else ""
        if not isinstance(variant, dict) or variant.get("content") is not None or not locale:
            yield variant
        elif locale in texts:
            yield {**variant, "content": texts.pop(locale)}
    for number, (locale, text) in enumerate(texts.items()):
        if locale in ids:
            new = {"locale_id": int(ids[locale]), "default": not hollow and not number, "active": True, "content": text}
            yield new
        else:
            why = f"no id of locale {locale} is known: import the answer of GET /api/v2/locales with its macros"
            outcomes.append(Outcome(record.ours, LOST, f"body {locale}", why))
