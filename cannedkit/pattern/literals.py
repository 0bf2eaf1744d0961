"""The texts that a regular expression cannot match without: what makes a thousand rules cost as little as ten.

A pattern is read once, when its rule is built. What the reader does not understand makes it give up, and a
pattern without known literals is simply always searched: the answer may be less useful, never wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cannedkit.pattern.size import spelled_out
from cannedkit.text.common import common

MAX_EXACT = 16
"""Texts that a pattern may stand for and still be searched as plain texts."""

MAX_NEEDED = 2_000
"""Literals of one pattern; beyond that its prefilter costs more than it saves."""

MAX_SPELLED = 10_000
"""Code points of a pattern with its repetitions written out that is sure to compile; a larger one is tried."""

_PLAIN = re.compile(r"[^\\\[\](){}.^$*+?|]+")
_RUN = re.compile(r"[^\\\[\](){}.^$*+?|]+(?![*+?{])")
_CLASS = re.compile(r"\[([^\\\[\]^&|~-]{1,8})\]")
_REPEAT = re.compile(r"\{([0-9]{0,4})(,?)([0-9]{0,4})\}")
_NAMED = re.compile(r"\(\?P?<[A-Za-z_]\w*>")
_FLAGS = re.compile(r"\(\?[aimsu]*(?:-[imsu]+)?(:|\))")
_CODE = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})")
_CONTROL = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}


@dataclass(frozen=True)
class Required:
    """What a pattern needs.

    `texts`: one of them must occur in the text (compared by `fold`) where the pattern matches; empty if nothing is
    known. `also`: other such sets, folded; of each of them one text must occur, too. `exact`: the pattern matches
    just these texts, tried in this order. `understood`: every construct in it is known, so that it will compile.
    """

    texts: tuple[str, ...] = ()
    exact: bool = False
    understood: bool = True
    also: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a pattern: `exact` all it can match, in order, or None; `need` one of which must occur.

    `pure` is false where `exact` leaves a condition out (an anchor, a look-around, a flag). `also`: further sets
    like `need`.
    """

    exact: tuple[str, ...] | None
    need: tuple[str, ...] = ()
    pure: bool = True
    also: tuple[tuple[str, ...], ...] = ()


class _UnknownSyntaxError(Exception):
    """The pattern holds a construct that the reader does not know."""


_ANYTHING = _Piece(None)
_NOTHING = _Piece(("",), pure=False)


@lru_cache(maxsize=16_384)
def required(pattern: str) -> Required:
    """The literals of a regular expression in the syntax of the `regex` module. Never raises."""
    if _PLAIN.fullmatch(pattern):
        return Required((pattern,), exact=True)
    if "{" in pattern and spelled_out(pattern) > MAX_SPELLED:
        return Required(understood=False)
    try:
        piece, end = _alternation(pattern, 0)
        if end != len(pattern):
            return Required(understood=False)
    except (_UnknownSyntaxError, IndexError, RecursionError):
        return Required(understood=False)
    if piece.exact is not None and piece.pure and all(piece.exact):
        return Required(piece.exact, exact=True)
    need = _best(piece.need, piece.exact or ())
    if len(need) > MAX_NEEDED:
        return Required()
    also = tuple(tuple(map(fold, texts)) for texts in dict.fromkeys(piece.also) if texts != need)
    return Required(tuple(dict.fromkeys(need)), also=also)


def fold(text: str) -> str:
    """`text` without case, of the same length: two characters that match without case fold to the same one."""
    if text.isascii():
        return text.lower()
    folded = (text.translate(_ODD) if _HOLDS_ODD.search(text) else text).casefold()
    return folded if len(folded) == len(text) else "".join(map(_fold_character, text))


_ODD = {0x130: "i", 0x131: "i", 0x1FD3: "\u0390", 0x1FE3: "\u03b0", 0xFB06: "\ufb05"}
"""Characters that Python's case folding and the `regex` module see differently (a test tries every character)."""

_HOLDS_ODD = re.compile(f"[{''.join(map(chr, _ODD))}]")


def _fold_character(character: str) -> str:
    character = _ODD.get(ord(character), character)
    folded = character.casefold()
    if len(folded) == 1:
        return folded
    folded = character.lower()
    return folded if len(folded) == 1 else character


def _alternation(pattern: str, at: int) -> tuple[_Piece, int]:
    piece, at = _sequence(pattern, at)
    if at >= len(pattern) or pattern[at] != "|":
        return piece, at
    branches = [piece]
    while at < len(pattern) and pattern[at] == "|":
        piece, at = _sequence(pattern, at + 1)
        branches.append(piece)
    return _either(branches), at


def _either(branches: list[_Piece]) -> _Piece:
    needs = [_best(branch.need, branch.exact or ()) for branch in branches]
    need = tuple(text for each in needs for text in each) if all(needs) else ()
    exact: tuple[str, ...] | None = None
    if all(branch.exact is not None for branch in branches):
        texts = tuple(dict.fromkeys(text for branch in branches for text in branch.exact or ()))
        exact = texts if len(texts) <= MAX_EXACT else None
    return _Piece(exact, need, all(branch.pure for branch in branches))


def _sequence(pattern: str, at: int) -> tuple[_Piece, int]:
    run: tuple[str, ...] = ("",)
    needs: list[tuple[str, ...]] = []
    whole = pure = True
    while at < len(pattern) and pattern[at] not in "|)":
        if plain := _RUN.match(pattern, at):
            run, at = tuple(left + plain[0] for left in run), plain.end()
            continue
        piece, at = _element(pattern, at)
        piece, at = _repeated(piece, pattern, at)
        pure = pure and piece.pure
        if piece.exact is not None and len(run) * len(piece.exact) <= MAX_EXACT:
            run = tuple(left + right for left in run for right in piece.exact)
        else:
            needs += (run, piece.need, piece.exact or (), *piece.also)
            run, whole = ("",), False
    if whole:
        return _Piece(run, (), pure), at
    needs.append(run)
    return _Piece(None, _best(*needs), pure, tuple(filter(_is_cheap, needs))), at


def _is_cheap(texts: tuple[str, ...]) -> bool:
    """Whether a set is worth a look beside the best one: few texts, and none that every message holds."""
    return 0 < len(texts) <= MAX_EXACT and all(_rarity(text) > 2 for text in texts)


def _best(*candidates: tuple[str, ...]) -> tuple[str, ...]:
    """The candidate whose commonest text is rarest, then the one with fewest texts; () where none will do."""
    useful = [texts for texts in candidates if texts and all(map(_telling, texts))]
    return max(useful, key=lambda texts: (min(map(_rarity, texts)), -len(texts)), default=())


def _rarity(text: str) -> int:
    """How seldom a text is expected to occur: its length, but 1 for the words of every message."""
    bare = text.strip(" ,.'’").lower()
    return 1 if bare in common("frequent") else len(bare)


def _telling(text: str) -> bool:
    return len(text) > 1 or (len(text) == 1 and not text.isalnum() and not text.isspace())


def _element(pattern: str, at: int) -> tuple[_Piece, int]:
    character = pattern[at]
    if character == "\\":
        return _escape(pattern, at + 1)
    if character == "[":
        return _class(pattern, at)
    if character == "(":
        return _group(pattern, at)
    if character in "^$":
        return _NOTHING, at + 1
    if character == ".":
        return _ANYTHING, at + 1
    if character in "*+?{":
        raise _UnknownSyntaxError
    return _Piece((character,)), at + 1


def _escape(pattern: str, at: int) -> tuple[_Piece, int]:
    character = pattern[at]
    if character in "dDwWsS":
        return _ANYTHING, at + 1
    if character in "bBAZ":
        return _NOTHING, at + 1
    if character in _CONTROL:
        return _Piece((_CONTROL[character],)), at + 1
    if code := _CODE.match(pattern, at):
        return _Piece((chr(int(code[1] or code[2] or code[3], 16)),)), code.end()
    if character.isalnum():
        raise _UnknownSyntaxError
    return _Piece((character,)), at + 1


def _class(pattern: str, at: int) -> tuple[_Piece, int]:
    if simple := _CLASS.match(pattern, at):
        return _Piece(tuple(dict.fromkeys(simple[1]))), simple.end()
    end = at + (2 if pattern.startswith("[^", at) else 1)
    if pattern[end] == "]":
        end += 1
    while pattern[end] != "]":
        if pattern[end] == "[":
            raise _UnknownSyntaxError
        end += 2 if pattern[end] == "\\" else 1
    if not _compiles(pattern[at : end + 1]):
        raise _UnknownSyntaxError
    return _ANYTHING, end + 1


@lru_cache(maxsize=1_024)
def _compiles(characters: str) -> bool:
    """Whether a class is one: the ends of its ranges in order, its escapes known."""
    import regex

    try:
        regex.compile(characters)
    except regex.error:
        return False
    return True


def _group(pattern: str, at: int) -> tuple[_Piece, int]:
    pure = True
    if not pattern.startswith("(?", at):
        inside = at + 1
    elif pattern.startswith(("(?=", "(?!", "(?<=", "(?<!"), at):
        inside = at + (4 if pattern[at + 2] == "<" else 3)
        _, end = _alternation(pattern, inside)
        return _NOTHING, _closed(pattern, end)
    elif named := _NAMED.match(pattern, at):
        inside = named.end()
    elif flags := _FLAGS.match(pattern, at):
        if flags[1] == ")":
            if pattern[flags.end() : flags.end() + 1] in ("*", "+", "?", "{"):
                raise _UnknownSyntaxError
            return _NOTHING, flags.end()
        inside, pure = flags.end(), flags[0] == "(?:"
    else:
        raise _UnknownSyntaxError
    piece, end = _alternation(pattern, inside)
    return _Piece(piece.exact, piece.need, piece.pure and pure, piece.also), _closed(pattern, end)


def _closed(pattern: str, at: int) -> int:
    if pattern[at] != ")":
        raise _UnknownSyntaxError
    return at + 1


def _repeated(piece: _Piece, pattern: str, at: int) -> tuple[_Piece, int]:
    """`piece` with the quantifier that follows it, if one does."""
    if at >= len(pattern) or pattern[at] not in "?*+{":
        return piece, at
    sign = pattern[at]
    least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}.get(sign, (0, None))
    end = at + 1
    if sign == "{":
        counted = _REPEAT.match(pattern, at)
        if not counted or counted[0] in ("{}", "{,}"):
            raise _UnknownSyntaxError
        least = int(counted[1] or 0)
        most = least if not counted[2] else int(counted[3]) if counted[3] else None
        if most is not None and least > most:
            raise _UnknownSyntaxError
        end = counted.end()
    lazy = pattern[end : end + 1] == "?"
    if lazy or pattern[end : end + 1] == "+":
        end += 1
    if pattern[end : end + 1] in ("*", "+", "?", "{") and end < len(pattern):
        raise _UnknownSyntaxError
    return _times(piece, least, most, lazy, possessive=pattern[end - 1] == "+" and end - 1 > at), end


def _times(piece: _Piece, least: int, most: int | None, lazy: bool, possessive: bool) -> _Piece:
    if (least, most) == (0, 1) and piece.exact is not None:
        both = ("", *piece.exact) if lazy else (*piece.exact, "")
        return _Piece(tuple(dict.fromkeys(both)), pure=piece.pure and not possessive)
    if least == most == 1:
        return piece
    if least == 0:
        return _Piece(None, pure=piece.pure)
    return _Piece(None, _best(piece.need, piece.exact or ()), piece.pure)


_BEYOND = r"(?:[^\x00-\x7f]|\\u(?!00[0-7])[0-9a-fA-F]{4}|\\U(?!000000[0-7])[0-9a-fA-F]{8}|\\x[89a-fA-F][0-9a-fA-F])"
_ONE_BEYOND = re.compile(rf"(?:{_BEYOND}|\[(?:{_BEYOND}(?:-{_BEYOND})?)+\])\+?(?![*?{{])")
_LOOKS = re.compile(r"\(\?<?[=!](?:\[(?:[^\]\\]|\\.)*\]|\\.|[^()\\\[\]])*\)")


def needs_more_than_ascii(pattern: str) -> bool:
    """Whether each alternative surely begins with a character beyond ASCII, behind whatever it looks back at."""
    alternatives = _LOOKS.sub("", pattern).split("|")
    return all(_ONE_BEYOND.match(alternative) is not None for alternative in alternatives)
