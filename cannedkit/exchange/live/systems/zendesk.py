"""Macros and dynamic content of Zendesk through its API.

`GET /api/v2/macros` and `…/dynamic_content/items` in pages by cursor (`page[size]`, `page[after]`, `meta.has_more`),
at most 100 on each; `POST`, `PUT`, `DELETE` of `{"macro": …}` and of `{"item": …}`, of which a `PUT` changes the name
alone; texts by `…/variants/create_many`, `update_many` with their ids, and `DELETE` of one; a limit is answered with
429 and `Retry-After` (developer.zendesk.com, "Macros", "Dynamic Content", "Pagination", "Rate limits"). Accounts
without dynamic content answer 403 or 404 for it. A token of the API is shown as `EMAIL/token:TOKEN`, one of OAuth
alone.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from cannedkit.exchange.document import items, printed, text_of
from cannedkit.exchange.formats.zendesk import ITEMS, LOCALES, MACROS, item_name
from cannedkit.exchange.live.connection import Call, Site, SiteError, number, parsed
from cannedkit.exchange.model import File, Record
from cannedkit.text.locales import canonical

PAGE = "100"
"""Items of a page: the most that there can be."""

MOST_PAGES = 2_000
"""Pages up to which a list is read; our own choice, ten times what 20,000 replies take."""

_MACROS, _ITEMS, _LOCALES = "/macros", "/dynamic_content/items", "/locales"

Data = dict[str, Any]


def root(url: str) -> str:
    """The address of the API, of any of the same account. Raises InputError."""
    parts = parsed(url)
    return f"{parts.scheme}://{parts.netloc}/api/v2"


def headers(token: str) -> Mapping[str, str]:
    """The header that shows the token."""
    if "/token:" in token:
        return {"Authorization": f"Basic {b64encode(token.encode()).decode()}"}
    return {"Authorization": f"Bearer {token}"}


def fetched(site: Site) -> tuple[File, ...]:
    """All macros, and all dynamic content with the locales of the account."""
    macros = _listed(site, _MACROS, "macros")
    content: list[Any] = []
    try:
        content = _listed(site, _ITEMS, "items")
    except SiteError as error:
        if error.status not in (403, 404):
            raise
    locales = items(site.get(_LOCALES), "locales")
    found: dict[str, Data] = {MACROS: {"macros": macros}, ITEMS: {"items": content}, LOCALES: {"locales": locales}}
    return tuple(File(name, printed(data)) for name, data in found.items() if name != LOCALES or locales)


def _listed(site: Site, path: str, key: str) -> list[Any]:
    """All items of a list, page by page."""
    found: list[Any] = []
    query, seen = {"page[size]": PAGE}, set[str]()
    for _ in range(MOST_PAGES):
        page = site.get(path, **query)
        if not isinstance(page, dict) or not isinstance(page.get(key), list):
            raise SiteError(f"GET {site.root}{path}: answers no list of {key}: is --url right?")
        found += page[key]
        meta = page.get("meta")
        if not isinstance(meta, dict) and page.get("next_page"):
            raise SiteError(f"GET {site.root}{path}: answers in pages that are not by cursor, which are not read")
        if not isinstance(meta, dict) or not meta.get("has_more"):
            return found
        after = text_of(meta.get("after_cursor"))
        if not after or after in seen:
            break
        seen.add(after)
        query = {"page[size]": PAGE, "page[after]": after}
    raise SiteError(f"GET {site.root}{path}: answers one page after the other without an end")


def kept(files: Iterable[File]) -> Any:
    """The locales of the account by id, as texts here name them."""
    found: list[Any] = next((json.loads(file.text)["locales"] for file in files if file.name == LOCALES), [])
    told = [one for one in found if isinstance(one, dict)]
    return {"locales": {text_of(one.get("id")): canonical(text_of(one.get("locale"))) for one in told}}


def key(record: Record) -> str:
    """The title of a macro with its folders, or the name of dynamic content alone, which is a part of a macro."""
    if isinstance(record.kept, dict) and "macro" not in record.kept:
        return f"dc.{record.title}"
    return "::".join((*record.folder, record.title))


def twin(part: Record, by_key: Mapping[str, Record]) -> Record | None:
    """The macro with the same title, else the dynamic content of the same name with a macro that is not there yet."""
    if found := by_key.get(key(part)):
        return found
    content = by_key.get(f"dc.{item_name(part.ours)}") if len({text.locale for text in part.texts}) > 1 else None
    if content is None:
        return None
    texts = tuple(replace(text, subject=part.texts[0].subject) for text in content.texts)
    return replace(content, title=part.title, texts=texts, kept={**content.kept, "macro": None})


def calls(wanted: Mapping[str, str], now: Mapping[str, str]) -> tuple[Call, ...]:
    """First the dynamic content, for a macro names it."""
    return (*_content(_one(wanted, ITEMS), _one(now, ITEMS)), *_macro(_one(wanted, MACROS), _one(now, MACROS)))


def _macro(wanted: Data, now: Data) -> Iterator[Call]:
    said = {key: wanted.get(key) for key in ("title", "actions")}
    if wanted and "id" not in now:
        yield Call("POST", _MACROS, {"macro": {**said, "active": wanted.get("active", True)}})
    elif wanted and said != {key: now.get(key) for key in said}:
        yield Call("PUT", f"{_MACROS}/{number(now)}", {"macro": said})


def _content(wanted: Data, now: Data) -> Iterator[Call]:
    says, said = _variants(wanted), _variants(now)
    if wanted and not now:
        default = next((one["locale_id"] for one in says.values() if one.get("default")), None)
        yield Call("POST", _ITEMS, {"item": {"default_locale_id": default, **wanted}})
    elif wanted:
        path = f"{_ITEMS}/{number(now)}/variants"
        other = [key for key in says if key in said and says[key].get("content") != said[key].get("content")]
        if other:
            body = [{"id": number(said[key]), "content": says[key]["content"]} for key in other]
            yield Call("PUT", f"{path}/update_many", {"variants": body})
        if new := [one for key, one in says.items() if key not in said]:
            yield Call("POST", f"{path}/create_many", {"variants": new})
        gone = (one for key, one in said.items() if key not in says)
        yield from (Call("DELETE", f"{path}/{number(one)}", removes=True) for one in gone)


def _variants(item: Data) -> dict[str, Data]:
    """The texts of an item by the id of their locale."""
    found = item.get("variants", [])
    return {text_of(one["locale_id"]): one for one in found if isinstance(one, dict) and "locale_id" in one}


def removal(now: Mapping[str, str], id: str) -> tuple[Call, ...]:
    """The macro, then its dynamic content, where that was made for it: other content may be named elsewhere."""
    macro, item = _one(now, MACROS), _one(now, ITEMS)
    gone = [f"{_MACROS}/{number(macro)}"] if macro else []
    gone += [f"{_ITEMS}/{number(item)}"] if item.get("name") == item_name(id) else []
    return tuple(Call("DELETE", path, removes=True) for path in gone)


def settled(site: Site, now: Mapping[str, str], answers: Sequence[Any], all: Iterable[File]) -> tuple[File, ...]:
    """The macro as it was answered, and the dynamic content, which an answer to a change of its texts does not show."""
    told: Data = {}
    for answer in answers:
        told |= answer if isinstance(answer, dict) else {}
    macro, item = told.get("macro", _one(now, MACROS)), told.get("item", _one(now, ITEMS))
    if answers and item and "item" not in told:
        item = next(iter(items(site.get(f"{_ITEMS}/{number(item)}"), "items")), None)
    files = [File(MACROS, printed({"macros": [macro]}))] if macro else []
    files += [File(ITEMS, printed({"items": [item]}))] if item else []
    return (*files, *(file for file in all if file.name == LOCALES))


def _one(files: Mapping[str, str], name: str) -> Data:
    """The only macro or item of a file, {} for none."""
    with suppress(ValueError, KeyError, IndexError):
        found: Data = json.loads(files.get(name, ""))[{MACROS: "macros", ITEMS: "items"}[name]][0]
        return found
    return {}
