"""A plain text that a system has beside its HTML: kept as it is for as long as the HTML is what it was."""

from __future__ import annotations

from hashlib import sha256

from cannedkit.exchange.html import words


def kept_beside(text: str, html: str) -> list[str] | None:
    """What is kept of a plain text: None where it is what the HTML says, else it and the digest of its HTML."""
    return None if text == words(html) else [text, _digest(html)]


def beside(told: object, html: str) -> str:
    """The plain text to write beside some HTML: the one that was kept for it, else what it says."""
    if isinstance(told, list) and len(told) == 2 and told[1] == _digest(html):
        return str(told[0])
    return words(html)


def _digest(html: str) -> str:
    return sha256(html.encode("utf-8", "surrogatepass")).hexdigest()[:12]
