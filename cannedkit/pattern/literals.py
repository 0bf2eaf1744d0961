"""The texts that a regular expression cannot match without: what makes a thousand rules cost as little as ten.

A pattern is read once, when its rule is built. What the reader does not understand makes it give up, and a
pattern without known literals is simply always searched: the answer may be less useful, never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import product, starmap

from cannedkit.pattern.characters import CODE, CONTROL, compiles, ranges
from cannedkit.pattern.marks import APART, DIGIT, MARKS, are_odd, chance, is_cheap, is_odd, is_telling, plain
from cannedkit.pattern.required import Required
from cannedkit.pattern.size import spelled_out

MAX_EXACT = 16
"""Texts that a pattern may stand for and still be searched as plain texts."""

PLACED = 0.4
"""What part of the cost of a search stays where it is known where a match can begin: that with which fewest patterns
are searched in `benchmarks/drafts.py`."""

MAX_MEMBERS, MAX_SIGNS = 8, 48
"""Characters of a class that stands for each of them, and of one that is looked for by them; our own choice."""

MAX_WIDTHS = 8
"""Lengths that a part of a pattern may have for the places where a match may begin to be told by them; our choice."""

MAX_NEEDED = 2_000
"""Literals of one pattern; beyond that its prefilter costs more than it saves."""

MAX_SPELLED = 10_000
"""Code points of a pattern with its repetitions written out that is sure to compile; a larger one is tried."""

_PLAIN = re.compile(r"[^\\\[\](){}.^$*+?|]+")
_RUN = re.compile(r"[^\\\[\](){}.^$*+?|]+(?![*+?{])")
_REPEAT = re.compile(r"\{([0-9]{0,4})(,?)([0-9]{0,4})\}")
_POSSESSIVE = re.compile(r"[*+?}]\+")
_NAMED = re.compile(r"\(\?P?<[A-Za-z_]\w*>")
_FLAGS = re.compile(r"\(\?[aimsu]*(?:-[imsu]+)?(:|\))")
_PROPERTY = re.compile(r"[pP]\{(?:L[ltu]?|M|N[dlo]?|P|S[ckmo]?|Z)\}")
_ACRONYM = re.compile("[A-Z]{2}")
_OPENING = re.compile(r"\(\?<=(?:\[[.!?:;]+\] |\\n)\)")


_Widths = frozenset[int] | None
"""How many characters something can be, or can be behind; None where these are not few, or not known."""


@dataclass(frozen=True, slots=True)
class _Need:
    """Texts of which one must occur, and how far behind the beginning of what needs them."""

    texts: tuple[str, ...] = ()
    before: _Widths = frozenset((0,))


_NONE = _Need()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a pattern: `exact` all it can match, in order, or None; `need` one of which must occur.

    `pure` is false where `exact` leaves a condition out (an anchor, a look-around, a flag). `also`: further sets
    like those of `need`. `widths`: of what it matches, where `exact` does not tell. `ends`: the mark of what it ends
    in, `tail`: the texts of which it ends in one. Texts hold the marks of what stands beside them. `odd`: it holds a
    character that few texts hold. `opens`: it begins where a line or a sentence does. `acronym`: two capitals
    stand there in a row; `capital`: it is any one.
    """

    exact: tuple[str, ...] | None
    need: _Need = _NONE
    pure: bool = True
    also: tuple[tuple[str, ...], ...] = ()
    widths: _Widths = None
    ends: str = ""
    tail: tuple[str, ...] = ()
    odd: bool = False
    opens: bool = False
    acronym: bool = False
    capital: bool = False

    def best(self) -> _Need:
        """What it needs, or the texts that it is."""
        return _best(self.need, _Need(self.exact or ()))

    def size(self) -> _Widths:
        """The lengths of what it matches."""
        return self.widths if self.exact is None else _few(map(_length, self.exact))


class _UnknownSyntaxError(Exception):
    """The pattern holds a construct that the reader does not know."""


_ANYTHING = _Piece(None, widths=frozenset((1,)))
_DIGIT = _Piece(None, widths=frozenset((1,)), ends=DIGIT)
_BOUNDARY = _Piece((APART,), pure=False)
_SIGN = _Piece(None, widths=frozenset((1,)), ends=APART)
_CLASSES = {"d": _DIGIT, "s": _SIGN, "W": _SIGN}
_NOTHING = _Piece(("",), pure=False)


@lru_cache(maxsize=16_384)
def required(pattern: str) -> Required:
    """The literals of a regular expression in the syntax of the `regex` module. Never raises."""
    if any(mark in pattern for mark in MARKS):
        return Required(understood=False)
    if _PLAIN.fullmatch(pattern):
        return Required((pattern,), exact=True, marked=(pattern,), acronym=_is_acronym(pattern))
    if "{" in pattern and spelled_out(pattern) > MAX_SPELLED:
        return Required(understood=False)
    try:
        piece, end = _alternation(pattern, 0)
        if end != len(pattern):
            return Required(understood=False)
    except (_UnknownSyntaxError, IndexError, RecursionError):
        return Required(understood=False)
    if piece.exact is not None and piece.pure and all(piece.exact):
        return Required(piece.exact, exact=True, marked=piece.exact, acronym=piece.acronym)
    need = piece.best()
    if not need.texts or len(need.texts) > MAX_NEEDED:
        return Required(odd=piece.odd, opens=piece.opens, acronym=piece.acronym)
    also = tuple(each for each in dict.fromkeys(piece.also) if each != need.texts)
    marked: dict[str, str] = {}
    for text in need.texts:  # one that stands beside different things is not marked
        marked[plain(text)] = text if marked.get(plain(text), text) == text else plain(text)
    ends = need.before is None and bool(piece.tail) and not _POSSESSIVE.search(pattern)
    texts = tuple(marked.values())
    found = Required(tuple(marked), also=also, before=need.before, marked=texts, backwards=ends, opens=piece.opens)
    return replace(found, acronym=piece.acronym)


def _is_acronym(text: str) -> bool:
    return _ACRONYM.search(text) is not None


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
    needs = [branch.best() for branch in branches]
    texts = tuple(text for each in needs for text in each.texts) if all(each.texts for each in needs) else ()
    need = _Need(texts, _any(each.before for each in needs)) if texts else _NONE
    exact: tuple[str, ...] | None = None
    if all(branch.exact is not None for branch in branches):
        all_texts = tuple(dict.fromkeys(text for branch in branches for text in branch.exact or ()))
        exact, need = (all_texts, _NONE) if len(all_texts) <= MAX_EXACT else (None, need)
    widths, odd = _any(branch.size() for branch in branches), all(branch.odd for branch in branches)
    opens, acronym = all(branch.opens for branch in branches), all(branch.acronym for branch in branches)
    pure = all(branch.pure for branch in branches)
    return _Piece(exact, need, pure, widths=widths, odd=odd, opens=opens, acronym=acronym)


def _sequence(pattern: str, at: int) -> tuple[_Piece, int]:
    run: tuple[str, ...] = ("",)  # what is matched word for word, since the last part that is not
    needs: list[_Need] = []
    also: list[tuple[str, ...]] = []
    before: _Widths = frozenset((0,))
    tail: tuple[str, ...] = ()
    marked: set[tuple[str, ...]] = set()  # sets that stand there with another mark, too
    whole = pure = True
    odd = opens = acronym = False
    while at < len(pattern) and pattern[at] not in "|)":
        if verbatim := _RUN.match(pattern, at):
            run, at, tail = tuple(left + verbatim[0] for left in run), verbatim.end(), ()
            odd, acronym = odd or is_odd(verbatim[0]), acronym or _is_acronym(verbatim[0])
            continue
        piece, at = _element(pattern, at)
        piece, at = _repeated(piece, pattern, at)
        pure, odd, acronym = pure and piece.pure, odd or piece.odd, acronym or piece.acronym
        opens = opens or (piece.opens and whole and not any(map(plain, run)))
        apart = tuple(f"{text}{APART}" for text in tail)
        if piece.ends == APART or piece.exact == _BOUNDARY.exact:
            needs.append(_Need(apart, None))
            marked.add(tail)
        tail = apart if piece.exact == _BOUNDARY.exact else piece.tail
        behind = _sum(before, _few(map(_length, run)))
        if piece.exact is not None and len(run) * len(piece.exact) <= MAX_EXACT:
            run = tuple(left + right for left in run for right in piece.exact)
            if piece.need.texts:  # what is looked at stands there, too
                needs.append(_Need(piece.need.texts, _sum(behind, piece.need.before)))
                also += piece.also
        else:
            inside = _Need(piece.need.texts, _sum(behind, piece.need.before))
            needs += (_Need(run, before), inside, _Need(piece.exact or (), behind))
            also += piece.also
            run, before, whole = (piece.ends,), _sum(behind, piece.size()), False
    if not whole:
        needs.append(_Need(run, before))
    cheap = (each for each in (*(need.texts for need in needs), *also) if each not in marked and is_cheap(each))
    if whole:
        return _Piece(run, _best(*needs), pure, tuple(cheap), odd=odd, opens=opens, acronym=acronym), at
    widths, tail = _sum(before, _few(map(_length, run))), run if any(map(plain, run)) else tail
    made = _Piece(None, _best(*needs), pure, tuple(cheap), widths, tail=tail, odd=odd, opens=opens, acronym=acronym)
    return made, at


def _length(text: str) -> int:
    return len(plain(text))


def _few(widths: Iterable[int]) -> _Widths:
    found = frozenset(widths)
    return found if len(found) <= MAX_WIDTHS else None


def _sum(left: _Widths, right: _Widths) -> _Widths:
    """How far what stands behind both begins."""
    return None if left is None or right is None else _few(one + other for one in left for other in right)


def _any(each: Iterable[_Widths]) -> _Widths:
    found = list(each)
    return None if None in found else _few(width for widths in found for width in widths or ())


def _best(*candidates: _Need) -> _Need:
    """The candidate that fewest texts are expected to make work for; without texts where none will do."""
    useful = [need for need in candidates if need.texts and all(map(is_telling, need.texts))]
    return min(useful, key=_work, default=_NONE)


def _work(need: _Need) -> float:
    """What a search for what needs this is expected to cost: less where it is known where a match can begin."""
    return sum(map(chance, need.texts)) * (1 if need.before is None else PLACED)


def _element(pattern: str, at: int) -> tuple[_Piece, int]:
    character = pattern[at]
    if character == "\\":
        return _escape(pattern, at + 1)
    if character == "[":
        return _class(pattern, at)
    if character == "(":
        return _group(pattern, at)
    if character in "^$":
        return replace(_NOTHING, opens=character == "^"), at + 1
    if character == ".":
        return _ANYTHING, at + 1
    if character in "*+?{":
        raise _UnknownSyntaxError
    return _Piece((character,)), at + 1


def _escape(pattern: str, at: int) -> tuple[_Piece, int]:
    character = pattern[at]
    if character in "dDwWsS":
        return _CLASSES.get(character, _ANYTHING), at + 1
    if character in "bBAZ":
        return _BOUNDARY if character == "b" else replace(_NOTHING, opens=character == "A"), at + 1
    if character == "X":  # all that makes one sign for a reader
        return _Piece(None), at + 1
    if named := _PROPERTY.match(pattern, at):
        return _ANYTHING, named.end()
    if character in CONTROL:
        return _Piece((CONTROL[character],)), at + 1
    if code := CODE.match(pattern, at):
        found = chr(int(code[1] or code[2] or code[3], 16))
        return _ANYTHING if found in MARKS else _Piece((found,), odd=is_odd(found)), code.end()
    if character.isalnum():
        raise _UnknownSyntaxError
    return _Piece((character,), odd=is_odd(character)), at + 1


def _class(pattern: str, at: int) -> tuple[_Piece, int]:
    end = at + (2 if pattern.startswith("[^", at) else 1)
    if pattern[end] == "]":
        end += 1
    while pattern[end] != "]":
        if pattern[end] == "[":
            raise _UnknownSyntaxError
        end += 2 if pattern[end] == "\\" else 1
    if not compiles(pattern[at : end + 1]):
        raise _UnknownSyntaxError
    return _of_class(pattern[at : end + 1]), end + 1


@lru_cache(maxsize=1_024)
def _of_class(source: str) -> _Piece:
    """What a class of characters is: each of a few, one of some signs, or anything."""
    if source == "[0-9]":
        return _DIGIT
    if (found := ranges(source)) is None:
        return _ANYTHING
    odd, size = all(starmap(are_odd, found)), sum(last - first + 1 for first, last in found)
    if size > MAX_SIGNS or any(first <= ord(mark) <= last for mark in MARKS for first, last in found):
        return replace(_ANYTHING, odd=odd)
    members = tuple(dict.fromkeys(chr(code) for first, last in found for code in range(first, last + 1)))
    if size <= MAX_MEMBERS:
        return _Piece(members, odd=odd)
    return _Piece(None, _Need(members), widths=_ANYTHING.widths, odd=odd, capital=source == "[A-Z]")


def _group(pattern: str, at: int) -> tuple[_Piece, int]:
    pure = True
    if not pattern.startswith("(?", at):
        inside = at + 1
    elif pattern.startswith(("(?=", "(?!", "(?<=", "(?<!"), at):
        inside = at + (4 if pattern[at + 2] == "<" else 3)
        piece, end = _alternation(pattern, inside)
        opens = _OPENING.fullmatch(pattern, at, _closed(pattern, end)) is not None
        return replace(_looking(piece, pattern[at + 2 : inside]), opens=opens), _closed(pattern, end)
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
    return replace(piece, pure=piece.pure and pure), _closed(pattern, end)


def _looking(piece: _Piece, sign: str) -> _Piece:
    """A look ahead or behind: it matches no character, but what it asks for stands in the text."""
    if "!" in sign:
        return _NOTHING
    need = piece.best() if sign == "=" else replace(piece.best(), before=None)
    return replace(_NOTHING, need=need, also=piece.also, odd=piece.odd, acronym=piece.acronym)


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
    if (least, most) == (0, 1):
        return _Piece(None, pure=piece.pure, widths=_any((frozenset((0,)), piece.size())))
    if least == 0:
        return _Piece(None, pure=piece.pure)
    widths = reduce(_sum, [piece.size()] * least) if least == most and least <= MAX_WIDTHS else None
    need = piece.best()
    if piece.exact and len(piece.exact) ** min(least, MAX_EXACT) <= MAX_EXACT:
        need = _best(need, _Need(tuple(map("".join, product(piece.exact, repeat=min(least, MAX_EXACT))))))
    acronym = piece.acronym or (piece.capital and least > 1)
    return _Piece(None, need, piece.pure, widths=widths, ends=piece.ends, odd=piece.odd, acronym=acronym)
