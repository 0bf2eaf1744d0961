"""Inputs to start from: pieces of what is shipped, and of what stands in `tests/fuzz`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "tests" / "fuzz"
"""A folder for each reader that nothing shipped can feed: files that were written by hand, or found a fault."""

MOST = 4_000
"""Bytes of a seed: a longer one is slow, and shows what its pieces show."""

_ENTRY = re.compile(r"^(?=[\w.-]+:)", re.MULTILINE)
_TOKEN = re.compile(r"""^ +- (['"]?)(.+)\1$""", re.MULTILINE)


@cache
def _entries(pattern: str) -> list[str]:
    """The entries at the top of some YAML files, each for itself."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(ROOT.glob(pattern)))
    return [entry for text in texts for entry in _ENTRY.split(text) if entry.strip()]


def _kept(name: str) -> Iterator[bytes]:
    for path in sorted((KEPT / name).glob("*")):
        yield path.read_bytes()


def _seeds(name: str, shipped: Sequence[str] = ()) -> list[bytes]:
    short = [data for text in shipped if len(data := text.encode()) <= MOST]
    return [*short, *_kept(name)]


def _rules() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "rules").rglob("*.yml"))]


def responses() -> list[bytes]:
    """Replies of the starter catalogue, and drafts of replies."""
    return _seeds("responses", [*_entries("responses/[a-u]*.yaml"), *_entries("drafts/responses/[a-u]*.yaml")])


def variables() -> list[bytes]:
    """Declarations of variables."""
    return _seeds("variables", _entries("*/variables.yaml"))


def rules() -> list[bytes]:
    """The shipped rules that are short, and rules of the kinds that none of them is."""
    return _seeds("rules", [text for text in _rules() if len(text) <= MOST // 2])


def settings() -> list[bytes]:
    """Settings."""
    return _seeds("settings", [(ROOT / "cannedkit.yaml").read_text(encoding="utf-8")])


def facts() -> list[bytes]:
    """Facts with offers behind them."""
    offers = (ROOT / "offers.yaml").read_text(encoding="utf-8")
    return _seeds("facts", [f"{fact}%%%\n{offers}" for fact in _entries("facts.yaml")])


def levels() -> list[bytes]:
    """Levels with conditions behind them."""
    return _seeds("levels", ["Own.Awful: error\nOwn: off\n'O*': warning\n%%%\nchannel: chat, mood: {not: upset}"])


def drafts() -> list[bytes]:
    """The bodies of the starter catalogue, and the examples of the rules, as drafts."""
    lines = [found[2] for text in _rules()[::9] for found in _TOKEN.finditer(text)]
    bodies = [f"en markdown rules\n{text}" for text in _entries("responses/[a-u]*.yaml")]
    return _seeds("drafts", [*bodies, *(f"{'nl' if 'ij' in line else 'en'} text rules\n{line}" for line in lines)])


def lines() -> list[bytes]:
    """Lines of JSON with the same texts."""
    texts = [text.decode().partition("\n")[2] for text in drafts()[::5]]
    known = {"channel": "chat", "mood": "upset", "known": ["issue"], "history": [{"by": "customer", "text": "Hi"}]}
    return _seeds("lines", [json.dumps({"id": at, "text": text, **known}) for at, text in enumerate(texts)])


def answers() -> list[bytes]:
    """Answers of a LanguageTool server."""
    return _seeds("answers")


def ini() -> list[bytes]:
    """Settings of Vale."""
    return _seeds("ini")


def templates() -> list[bytes]:
    """Bodies with placeholders, and values behind them."""
    given = "%%%\ncustomer.first_name=str Sam\nrefund.amount=money 5.00\na=int 3\n"
    return _seeds("templates", [text + given for text in _entries("responses/[a-u]*.yaml") if "{{" in text])


def expressions() -> list[bytes]:
    """Weir expressions of the shipped rules."""
    weir = [text for text in _rules() if "extends: weir" in text]
    return _seeds("expressions", [found[2] for text in weir for found in _TOKEN.finditer(text)])


def patterns() -> list[bytes]:
    """Patterns of the shipped rules, and texts behind them."""
    text = "%%%\nWe are sorry that the refund is late, aaaaaaaaaaaaaaaaaaaaaaaaaa!\n"
    rules = [text for text in _rules() if "extends: weir" not in text]
    return _seeds("patterns", [found[2] + text for rule in rules for found in _TOKEN.finditer(rule)])


def dictionaries() -> list[bytes]:
    """Dictionaries, the affixes before the words."""
    return _seeds("dictionaries")
