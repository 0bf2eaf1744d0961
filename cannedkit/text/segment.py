"""Words, sentences, paragraphs and graphemes of a text, as spans in code points, by Unicode's rules (ICU)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache

Span = tuple[int, int]

_WORD = re.compile(r"(?<!\S)(?:[^\w\s]|_)*[^\W_]\S*")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_BULLET = r"[-+*•‣▪●◦·–—✓✔✅]\s+"
_NUMBER = r"\(?\d{1,3}[.)](?!\d)\s*|\(?(?:[A-Za-z]|[IVXivx]{1,5})[.)]\s+|[0-9]\ufe0f?\u20e3\s*"
_MARK = re.compile(f"(?:{_BULLET})?(?:{_NUMBER})|{_BULLET}")
"""What stands before an item of a list: a bullet, a number, a letter, or a bullet and a number."""

UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts written without spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""

ABBREVIATIONS: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        "mr mrs ms dr prof st rev hon jr sr vs etc e.g i.e no nos p pp fig approx dept ext est inc ltd co corp tel "
        "a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun".split()
    ),
    "nl": frozenset(
        "dhr mevr mw dr drs ing ir prof mr bijv bv o.a d.w.z m.a.w i.v.m t.a.v nr nrs tel ca evt incl excl max min "
        "jan feb mrt apr jun jul aug sep sept okt nov dec a.u.b s.v.p enz blz resp z.s.m".split()
    ),
}
"""Words that end in a full stop inside a sentence, by language, without the last stop and in lower case.

Source: the abbreviations that the style guides of GOV.UK (2025) and Taaladvies (2025) name for letters and chat.
"""

_ENDS_SENTENCE = frozenset({"etc", "a.m", "p.m", "inc", "ltd", "co", "corp", "enz", "jr", "sr"})
"""Abbreviations that may also end a sentence: they do before a capital letter."""


@lru_cache(maxsize=16)
def words(text: str) -> tuple[Span, ...]:
    """The words of a text: what stands between spaces and holds a letter or digit.

    In a script without spaces (Thai, Japanese …) ICU's dictionary finds the words.
    """
    if text.isascii() or not UNSPACED.search(text):
        return tuple(word.span() for word in _WORD.finditer(text))
    found: list[Span] = []
    for word in _WORD.finditer(text):
        start, end = word.span()
        pieces = _broken(word[0], "word") if UNSPACED.search(word[0]) else [(0, end - start)]
        found += ((start + left, start + right) for left, right in pieces if _WORD.match(word[0][left:right]))
    return tuple(found)


@lru_cache(maxsize=16)
def sentences(text: str, locale: str = "en") -> tuple[Span, ...]:
    """The sentences of a text, without the white space around them.

    A line break ends a sentence: in chat and lists each line stands for itself.
    """
    abbreviations = ABBREVIATIONS.get(locale.partition("-")[0], ABBREVIATIONS["en"])
    return tuple(span for left, right in _lines(text) for span in _joined(text, left, right, locale, abbreviations))


def counted(text: str, locale: str = "en", items: Collection[int] = ()) -> tuple[Span, ...]:
    """The sentences of a text as a reader counts them.

    Items of a list without a full stop are no sentences each: they belong to the line that leads up to them, if it
    has none either, or to one another. `items` are the places of those that have no mark.
    """
    found: list[Span] = []
    for start, end in sentences(text, locale):
        item = (start in items or _MARK.match(text, start)) and not _is_closed(text, start, end)
        if item and found and not _is_closed(text, *found[-1]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def list_items(text: str) -> list[Span]:
    """The lines of a text that a bullet, a number or a letter makes items of a list, from two in a row on."""
    items = [bool(_MARK.match(text, *line)) for line in _lines(text)]
    beside = zip([False, *items], [*items[1:], False], strict=False)
    return [line for line, is_item, near in zip(_lines(text), items, beside, strict=True) if is_item and any(near)]


def paragraphs(text: str) -> list[Span]:
    """The stretches of `text` between blank lines, without the white space around them."""
    spans: list[Span] = []
    at = 0
    for blank in _BLANK.finditer(text):
        spans.append((at, blank.start()))
        at = blank.end()
    spans.append((at, len(text)))
    return [trimmed for span in spans if (trimmed := _trimmed(text, *span))[0] < trimmed[1]]


def graphemes(text: str) -> list[Span]:
    """The characters that a reader sees in `text`: an emoji or a letter with its accents is one."""
    return _broken(text, "grapheme")


def _whole(text: str) -> list[Span]:
    return [(0, len(text))]


def blocks(text: str, scope: str, locale: str) -> Sequence[Span]:
    """The stretches of `text` that a rule of this `scope` looks at one by one."""
    if scope == "sentence":
        return sentences(text, locale)
    return _BLOCKS.get(scope, _whole)(text)


_BLOCKS: Mapping[str, Callable[[str], Sequence[Span]]] = {
    "text": _whole,
    "raw": _whole,
    "summary": _whole,
    "paragraph": paragraphs,
}

SCOPES = (*_BLOCKS, "sentence")
"""The scopes that a rule may name."""


def _lines(text: str) -> list[Span]:
    lines: list[Span] = []
    at = 0
    for line in text.splitlines(keepends=True):
        trimmed = _trimmed(text, at, at + len(line))
        if trimmed[0] < trimmed[1]:
            lines.append(trimmed)
        at += len(line)
    return lines


def _joined(text: str, start: int, end: int, locale: str, abbreviations: frozenset[str]) -> list[Span]:
    """ICU's sentences of one line, put together again where one ended at an abbreviation."""
    found: list[Span] = []
    opened = start
    listed = _MARK.match(text, start, end)
    for left, right in _broken(text[start:end], "sentence", locale):
        last = start + right
        if last < end and (
            (listed and _MARK.fullmatch(text, start + left, last)) or _goes_on(text, start + left, last, abbreviations)
        ):
            continue
        span = _trimmed(text, opened, last)
        if span[0] < span[1]:
            found.append(span)
        opened = last
    return found


def _goes_on(text: str, start: int, end: int, abbreviations: frozenset[str]) -> bool:
    sentence = text[start:end].rstrip()
    if not sentence.endswith("."):
        return False
    last = sentence[:-1].rpartition(" ")[2].lower().lstrip("(\"'“‘[")
    if len(last) == 1 and last.isalpha() and last != "i":
        return True
    if last in ("no", "nos", "nr", "nrs"):
        return text[end : end + 1].isdigit() or text[end : end + 1] == "#"
    return last in abbreviations and not (last in _ENDS_SENTENCE and text[end : end + 1].isupper())


def _is_closed(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends in a full stop or the like, with or without quotes, brackets or an emoji behind it."""
    last = next((sign for sign in reversed(text[start:end]) if sign.isalnum() or sign in ".!?…。！？"), "")
    return last != "" and not last.isalnum()


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), max(start, end - len(piece) + len(piece.rstrip()))


def _broken(text: str, unit: str, locale: str = "en") -> list[Span]:
    spans: list[Span] = []
    at = 0
    for piece in _breakers()[unit](text, locale):
        spans.append((at, at + len(piece)))
        at += len(piece)
    return spans


@lru_cache(maxsize=1)
def _breakers() -> Mapping[str, Callable[[str, str], Iterable[str]]]:
    from icu4py import breakers

    return {
        "word": breakers.WordBreaker,
        "sentence": breakers.SentenceBreaker,
        "grapheme": breakers.CharacterBreaker,
    }
