"""A stand-in for the APIs of Chatwoot and Zendesk, on this machine alone: `python -m scripts.standin`.

It answers as they are documented: lists, pages by cursor, what is created, changed and deleted, 401 without the token,
404, and 422 for a text or a code that cannot be. `Fault`s make it answer otherwise. It prints its address, and keeps
nothing once it ends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "t0ken-of-the-stand-in"  # noqa: S105  # opens nothing else
PAGE = 100

CUT = -1
"""The status of an answer that is cut in its middle."""

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is answered, once, to the next question of a method whose path has a pattern; `done`: it is done, too."""

    method: str
    path: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    done: bool = False


@dataclass
class Standin:
    """What it has: replies of Chatwoot, macros, items of dynamic content and locales of Zendesk; and what was asked."""

    replies: list[Data] = field(default_factory=list)
    macros: list[Data] = field(default_factory=list)
    content: list[Data] = field(default_factory=list)
    locales: list[Data] = field(default_factory=lambda: [{"id": 1, "locale": "en-US"}, {"id": 16, "locale": "fr"}])
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    port: int = 0
    page: int = PAGE
    lock: Any = field(default_factory=Lock)
    ids: Iterator[int] = field(default_factory=lambda: count(1001))

    @property
    def chatwoot(self) -> str:
        """What the browser shows for its account of Chatwoot."""
        return f"http://127.0.0.1:{self.port}/app/accounts/1"

    @property
    def zendesk(self) -> str:
        """Its address as an account of Zendesk."""
        return f"http://127.0.0.1:{self.port}"

    def fault(self, method: str, path: str) -> Fault | None:
        """The fault that this question meets, which is then gone."""
        found = next((one for one in self.faults if one.method == method and re.search(one.path, path)), None)
        if found:
            self.faults.remove(found)
        return found

    def answer(self, method: str, path: str, query: Mapping[str, str], body: Any) -> tuple[int, Any]:
        """The status and the JSON that are answered."""
        for (verb, form), do in ROUTES.items():
            if verb == method and (found := re.fullmatch(form, path)):
                return do(self, [int(one) for one in found.groups()], query, body)
        return 404, {"error": "Resource could not be found"}


def _one(found: list[Data], id: int) -> Data | None:
    return next((one for one in found if one["id"] == id), None)


_MISSING = 404, {"error": "RecordNotFound", "description": "Not found"}
_GONE = 404, {"error": "Resource could not be found"}

Answer = tuple[int, Any]


# -- Chatwoot -----------------------------------------------------------------------------------


def _replies(here: Standin, ids: list[int], query: Mapping[str, str], body: Any) -> Answer:
    return 200, here.replies


def _add_reply(here: Standin, ids: list[int], query: Mapping[str, str], body: Any) -> Answer:
    new = {"id": next(here.ids), "account_id": 1, "created_at": "2026-01-01", "updated_at": "2026-01-01", **body}
    wrong = _wrong(here, new)
    here.replies += [] if wrong else [new]
    return wrong or (200, new)


def _wrong(here: Standin, reply: Data) -> Answer | None:
    """Why a reply is not taken, as Rails says it."""
    blank = [key for key in ("content", "short_code") if not str(reply.get(key) or "").strip()]
    if blank:
        return 422, {"message": f"{blank[0].capitalize()} can't be blank", "attributes": blank}
    if any(one["short_code"] == reply["short_code"] and one["id"] != reply["id"] for one in here.replies):
        return 422, {"message": "Short code has already been taken", "attributes": ["short_code"]}
    return None


def _change_reply(here: Standin, ids: list[int], query: Mapping[str, str], body: Any) -> Answer:
    found = _one(here.replies, ids[0])
    if found is None:
        return _GONE
    wrong = _wrong(here, {**found, **body})
    if not wrong:
        found.update(body, updated_at="2026-01-02")
    return wrong or (200, found)


def _drop_reply(here: Standin, ids: list[int], query: Mapping[str, str], body: Any) -> Answer:
    found = _one(here.replies, ids[0])
    if found is None:
        return _GONE
    here.replies.remove(found)
    return 200, None


# -- Zendesk ------------------------------------------------------------------------------------


def _paged(key: str, kept: Callable[[Standin], list[Data]]) -> Callable[..., Answer]:
    def listed(here: Standin, ids: list[int], query: Mapping[str, str], body: Any) -> Answer:
        size = min(here.page, int(query["page[size]"]))
        start = int(query.get("page[after]", "0"))
        all = kept(here)
        more = start + size < len(all)
        meta = {"has_more": more, "after_cursor": str(start + size) if more else None, "before_cursor": None}
        return 200, {key: all[start : start + size], "meta": meta, "links": {"next": None, "prev": None}}

    return listed


def _add_macro(here: Standin, ids: list[int], query: Mapping[str, str], body: Any) -> Answer:
    told = body["macro"]
    if not told.get("title") or not told.get("actions"):
        return 422, {"error": "RecordInvalid", "details": {"title": [{"description": "Title: cannot be blank"}]}}
    new = {"id": next(here.ids), "active": True, "position": 9999, "restriction": None, **told}
    here.macros.append(new)
    return 201, {"macro": new}


def _change_macro(here: Standin, ids: list[int], query: Mapping[str, str], body: Any) -> Answer:
    found = _one(here.macros, ids[0])
    if found is None:
        return _MISSING
    found.update(body["macro"])
    return 200, {"macro": found}


def _drop(kept: Callable[[Standin], list[Data]]) -> Callable[..., Answer]:
    def drop(here: Standin, ids: list[int], query: Mapping[str, str], body: Any) -> Answer:
        found = _one(kept(here), ids[0])
        if found is None:
            return _MISSING
        kept(here).remove(found)
        return 204, None

    return drop


def _add_item(here: Standin, ids: list[int], query: Mapping[str, str], body: Any) -> Answer:
    told = body["item"]
    placeholder = "{{dc." + re.sub(r"\W+", "_", told["name"].lower()) + "}}"
    if any(one["placeholder"] == placeholder for one in here.content):
        return 422, {"error": "RecordInvalid", "description": "Name: is already in use"}
    if told.get("default_locale_id") not in {one["id"] for one in here.locales}:
        return 422, {"error": "RecordInvalid", "description": "Default locale is not active"}
    variants = [{"id": next(here.ids), "active": True, **one} for one in told["variants"]]
    new = {"id": next(here.ids), "placeholder": placeholder, "outdated": False, **told, "variants": variants}
    here.content.append(new)
    return 201, {"item": new}


def _item(here: Standin, ids: list[int], query: Mapping[str, str], body: Any) -> Answer:
    found = _one(here.content, ids[0])
    return (200, {"item": found}) if found else _MISSING


def _add_variants(here: Standin, ids: list[int], query: Mapping[str, str], body: Any) -> Answer:
    found = _one(here.content, ids[0])
    if found is None:
        return _MISSING
    new = [{"id": next(here.ids), "active": True, **one} for one in body["variants"]]
    found["variants"] += new
    return 201, {"variants": new}


def _change_variants(here: Standin, ids: list[int], query: Mapping[str, str], body: Any) -> Answer:
    found = _one(here.content, ids[0])
    if found is None:
        return _MISSING
    for told in body["variants"]:
        variant = _one(found["variants"], told["id"])
        if variant:
            variant.update(told)
    return 200, {"variants": found["variants"]}


def _drop_variant(here: Standin, ids: list[int], query: Mapping[str, str], body: Any) -> Answer:
    found = _one(here.content, ids[0])
    variant = _one(found["variants"], ids[1]) if found else None
    if found is None or variant is None:
        return _MISSING
    found["variants"].remove(variant)
    return 204, None


_REPLIES, _MACROS, _ITEMS = "/api/v1/accounts/1/canned_responses", "/api/v2/macros", "/api/v2/dynamic_content/items"

ROUTES: Mapping[tuple[str, str], Callable[..., Answer]] = {
    ("GET", _REPLIES): _replies,
    ("POST", _REPLIES): _add_reply,
    ("PATCH", rf"{_REPLIES}/(\d+)"): _change_reply,
    ("DELETE", rf"{_REPLIES}/(\d+)"): _drop_reply,
    ("GET", _MACROS): _paged("macros", lambda here: here.macros),
    ("POST", _MACROS): _add_macro,
    ("PUT", rf"{_MACROS}/(\d+)"): _change_macro,
    ("DELETE", rf"{_MACROS}/(\d+)"): _drop(lambda here: here.macros),
    ("GET", _ITEMS): _paged("items", lambda here: here.content),
    ("POST", _ITEMS): _add_item,
    ("GET", rf"{_ITEMS}/(\d+)"): _item,
    ("DELETE", rf"{_ITEMS}/(\d+)"): _drop(lambda here: here.content),
    ("POST", rf"{_ITEMS}/(\d+)/variants/create_many"): _add_variants,
    ("PUT", rf"{_ITEMS}/(\d+)/variants/update_many"): _change_variants,
    ("DELETE", rf"{_ITEMS}/(\d+)/variants/(\d+)"): _drop_variant,
    ("GET", "/api/v2/locales"): lambda here, ids, query, body: (200, {"locales": here.locales}),
}
"""What is asked, by method and path -> what is answered."""


# -- HTTP ---------------------------------------------------------------------------------------


def _handler(here: Standin) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # an answer goes out at once: in pieces each would wait for the one before to arrive

        def _do(self) -> None:
            parts = urlsplit(self.path)
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            with here.lock:
                here.asked.append(f"{self.command} {self.path}")
                fault = here.fault(self.command, parts.path)
                status, data = 0, None
                if fault is None or fault.done:
                    known = TOKEN in (self.headers.get("api_access_token"), self.headers.get("Authorization", "")[7:])
                    status, data = 401, {"error": "Couldn't authenticate you"}
                    if known:
                        status, data = here.answer(self.command, parts.path, query, json.loads(sent or b"null"))
                text = "" if data is None else json.dumps(data, ensure_ascii=False)
            self._send(fault, status, text)

        def _send(self, fault: Fault | None, status: int, text: str) -> None:
            if fault:
                status, text = fault.status, fault.body
            content = text.encode()
            if status == CUT:
                self.close_connection = True
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n[")
                return
            self.send_response(status)
            for key, value in (fault.headers if fault else {}).items():
                self.send_header(key, value)
            if status != 204:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _do  # noqa: N815

        def log_message(self, *given: object) -> None:
            """Nothing: what was asked stands in `asked`."""

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *given: object) -> None:
        """Nothing: whoever asked has gone."""


@contextmanager
def standing(port: int = 0) -> Iterator[Standin]:
    """One that answers, until the end; on any free port where none is named."""
    here = Standin()
    server = _Server(("127.0.0.1", port), _handler(here))
    here.port = server.server_port
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()


def main() -> None:
    """Answer until somebody ends it."""
    with standing() as here:
        print(
            f"Chatwoot at {here.chatwoot}, Zendesk at {here.zendesk}; the token is {TOKEN}; Ctrl-C ends it", flush=True
        )
        try:
            Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
