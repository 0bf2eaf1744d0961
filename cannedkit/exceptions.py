"""What a rule lets pass: its own exceptions and the accepted vocabulary, as Vale applies them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cannedkit.patterns import compiled, each, search


def silencer(exceptions: Sequence[str], accepted: Sequence[str]) -> Callable[[str, int, int], bool]:
    """A function (text, start, end) -> whether an exception silences the match `text[start:end]`.

    A match is silent if it holds one of the words (exceptions with the case as written), or if it lies
    inside a phrase of several words that is excepted. Raises PatternError for an entry that does not compile.
    """
    words = sorted({*exceptions, *accepted} - {""}, key=lambda word: (-len(word), word))
    if not words:
        return lambda text, start, end: False
    inside = compiled(rf"\b(?:{'|'.join(map(_own_case, words))})\b", False)
    phrases = [word for word in words if " " in word]
    around = compiled(rf"\b(?:{'|'.join(phrases)})\b", True) if phrases else None

    def silent(text: str, start: int, end: int) -> bool:
        if search(inside, text[start:end]):
            return True
        return around is not None and any(
            phrase.start() <= start and end <= phrase.end() for phrase in each(around, text)
        )

    return silent


def _own_case(word: str) -> str:
    """A word that starts with `(?i)` as a group, so that the words behind it keep their case."""
    return f"(?i:{word[4:]})" if word.startswith("(?i)") else word
