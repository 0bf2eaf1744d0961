"""`differs`: an id, a code, an address of email or an amount that the draft writes otherwise than the customer did.

What holds a digit and has at least `least` letters and digits is compared, and so is what an id "ends in". It differs
where its signs or blanks are others (JD 00-2388 for JD002388), where capitals became small or zeros before it are gone,
where it has a character more or less, one that looks like another (O for 0), one other in its midst, any other one
behind the same word ("policy") that makes no next number, or the same in another order; an amount only in the last way.
Shorter ids ("locker G17") are compared behind the same word alone. Left alone is a draft in which the customer's own
spelling stands, too, and what stands behind a word of `other` ("its next one is ...") in its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import compiled, search
from cannedkit.rules.holes import any_of
from cannedkit.rules.message import finding, said
from cannedkit.rules.options import options, patterns
from cannedkit.rules.scope import passages
from cannedkit.text.talk import told
from cannedkit.yamlsource.schema import whole

MOST = 100
"""Numbers of a text that are compared; our own choice."""

SHORT = 3
"""Letters and digits of which the end of a number has at least."""

LONG = 6
"""Digits from which one other or one less is a slip of the pen, and no number of something else."""

MIXED = 5
"""Letters and digits from which that is so of what has both; our own choice."""

NAME = 3
"""Small letters in a row from which what holds them is a name that people write as they like ("iphone12")."""

LONGER = 10
"""Letters and digits from which two others or two less are a slip, too; our own choice."""

PHONE = 10
"""Digits from which a number may be a phone's, which everybody groups as they like."""

CLOSE = 25
"""Code points before a number in which a word says that it is a phone's, or what it is the number of."""

_CODE = re.compile(
    r"(?<![\w@.,/#-])(?P<money>[A-Z]{0,3}[€$£₹₱฿] ?|R(?=\d))?(?:(?P<prefix>[A-Z]{1,5})[ -])?"
    r"(?P<code>#?(?=[\w/-]*\d)[A-Za-z0-9][\w/-]*(?:[.,]\d+)*(?: (?=[A-Z]*\d|[A-Z]{4} \d)[A-Z0-9][\w/-]*)*)"
    r"(?: (?P<suffix>[A-Z]{2,3}))?(?![\w@])"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_END = re.compile(
    r"\b(?:end(?:s|ing|ed)?(?: in| with)?|last (?:four|4|three|3)(?: digits)?(?: are| is|:)?) "
    r"((?=\w*\d)[A-Z0-9]{3,6})\b",
    re.IGNORECASE,
)
_NO_CODE = re.compile(
    r"\d{1,2}[:.h]\d\d(?:[ap]m)?|\d{4}-\d\d-\d\d|(?:[0-2]?\d|3[01])[/.-](?:[0-2]?\d|3[01])[/.-]\d{2,4}|\d+(?:st|nd|rd|th)|\d+(?:am|pm|mg|kg|km|ml|gb|mb)",
    re.IGNORECASE,
)
_CALLS = re.compile(r"\b(?:call|ring|phone|text|dial|tel|mobile|bel|app)\w*\b[^.!?\n]*$", re.IGNORECASE)
_LABEL = re.compile(r"(\w+)(?: (?:number|code|id|no\.?|nummer))?(?: is|:)? #?$", re.IGNORECASE)
_BREAK = re.compile(r"[.!?;\n](?= |$)")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d{3})")
_SIGN = re.compile(r"[^A-Za-z0-9]")
_NAME = re.compile(rf"[a-z]{{{NAME},}}")
_NUMBER = re.compile(r"(?:\d+|\d{1,3}(?:[,.]\d{3})+)(?:[,.]\d+)?")
_ALIKE = str.maketrans("OILSBZ", "011582")


@dataclass(frozen=True)
class Options:
    """The fewest letters and digits of what is compared, and a pattern of what tells of another thing ("" for none)."""

    least: int
    other: str


@dataclass(frozen=True, slots=True)
class _Code:
    """What stands at a place, without the capitals around it and with them, in capitals; `money`: it is an amount.

    `before` is what stands before it in its sentence, `prefix` the capitals before it, `whole` its spelling with those
    behind it.
    """

    start: int
    end: int
    text: str
    spellings: tuple[str, ...]
    money: bool
    before: str
    whole: str
    prefix: str = ""


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"least": whole, "other": patterns})
    return Options(values.get("least", 5), any_of(values.get("other", ()), {}, rule, "other"))


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        words = told(draft.history)
        if "@" not in words and not any(map(str.isdigit, words)):
            return
        given = list(_codes(words, SHORT))
        for passage in passages(draft, rule, hits):
            for start, end, right in _slips(passage.text, given, own):
                message = said(rule.message, passage.text[start:end], right)
                yield finding(rule, *passage.place(start, end), message, (right,))
            for start, end, other_end in _ends(passage.text, words):
                message = said(rule.message, passage.text[start:end], other_end)
                yield finding(rule, *passage.place(start, end), message, (other_end,))

    return Check(rule, run, needs="history")


def _slips(text: str, given: Sequence[_Code], own: Options) -> Iterator[tuple[int, int, str]]:
    """Where a text writes a code otherwise, and how the customer wrote it."""
    written = list(_codes(text, SHORT))
    right = {spelling for one in written for spelling in one.spellings}
    lacking = [one for one in given if right.isdisjoint(one.spellings)]
    long = [one for one in given if _size(one) >= own.least]
    respelt = [place for one in long for place in _respelt(text, one)]
    yield from respelt
    for one in written:
        if any(start < one.end and one.start < end for start, end, _ in respelt) or _is_of_another(one, own.other):
            continue
        if same := [other for other in given if set(one.spellings) & set(other.spellings)]:
            if _size(one) >= own.least and _is_wrong(one, same):
                yield one.start, one.end, same[0].text
        elif other := next((other for other in lacking if _is_slip(one, other, own.least)), None):
            yield one.start, one.end, other.text


def _respelt(text: str, one: _Code) -> Iterator[tuple[int, int, str]]:
    """Where the letters and digits of a code stand with other signs and blanks between them, or in small letters.

    Nowhere, where the text has its own spelling, too, or that in capitals.
    """
    if one.money or "@" in one.text or _NAME.search(one.text) or _NUMBER.fullmatch(one.text):
        return
    signs = _SIGN.sub("", one.text)
    pattern = r"(?<![\w@/-])" + "[ ./-]?".join(signs) + r"(?![\w@]|[/-]\w)"
    places = list(re.finditer(pattern, text, re.IGNORECASE))
    if any(place[0] in (one.text, one.text.upper(), one.text.lstrip("#")) for place in places):
        return
    for place in places:
        if not (signs.isdigit() and _is_phone(text[: place.start()], one, signs)):
            yield *place.span(), one.text


def _size(code: _Code) -> int:
    return max(map(len, map(_bare, code.spellings)))


def _codes(text: str, least: int) -> Iterator[_Code]:
    """The ids, codes, addresses of email and amounts of a text."""
    for match in list(_EMAIL.finditer(text))[:MOST]:
        before, whole = _before(text, match.start()), match[0].upper()
        yield _Code(match.start(), match.end(), match[0], (whole,), False, before, whole)
    for match in list(_CODE.finditer(text))[:MOST]:
        code, prefix, suffix = match["code"].lstrip("#").upper(), match["prefix"], match["suffix"]
        if _NO_CODE.fullmatch(match["code"]):
            continue
        money = bool(match["money"]) or bool(re.fullmatch(r"\d[\d,]*\.\d\d", code))
        complete = f"{code} {suffix}" if suffix else code
        spellings = [code, *([complete] if suffix else [])]
        if prefix:
            before = text[match.start("prefix") : match.start("code")].upper()
            spellings += [before + spelling for spelling in spellings]
        if max(map(len, map(_bare, spellings))) >= least:
            start = match.start("money") if match["money"] else match.start("prefix" if prefix else "code")
            own = _before(text, start)
            yield _Code(
                start, match.end(), text[start : match.end()], tuple(spellings), money, own, complete, prefix or ""
            )


def _before(text: str, start: int) -> str:
    """What stands before a place in its sentence."""
    return _BREAK.split(text[:start])[-1]


def _is_of_another(one: _Code, other: str) -> bool:
    return bool(other) and search(compiled(other, True), one.before) is not None


def _is_wrong(one: _Code, same: Sequence[_Code]) -> bool:
    """Whether a code has other letters around the same number, or small ones, than all that the customer wrote."""
    if all(_is_beside(one, other) for other in same):
        return True
    return not _has_capitals(one) and all(map(_has_capitals, same))


def _is_beside(one: _Code, other: _Code) -> bool:
    """Whether one of the letters before or behind the same number is another, or these stand in another order."""
    left, right = _bare(one.spellings[-1]), _bare(other.spellings[-1])
    return len(left) == len(right) and (_is_shuffled(left, right) or _is_other(left, right))


def _is_slip(one: _Code, other: _Code, least: int) -> bool:
    """Whether a code is a slip of what the customer wrote, which has `least` characters or the same word before it."""
    if one.money != other.money:
        return False
    pairs = [(_bare(left), _bare(right)) for left in one.spellings for right in other.spellings]
    if one.money:
        return any(_is_shuffled(*pair) for pair in pairs)
    close = _is_labelled_alike(one, other)
    if _size(other) < least:
        return close and any(
            _is_mixed(right) and (_is_shuffled(left, right) or _is_alike(left, right)) for left, right in pairs
        )
    same = [left for left, right in pairs if left == right]
    if same:
        figures = all(_NUMBER.fullmatch(code.text) for code in (one, other))
        return not (same[0].isdigit() and (figures or _is_phone(one.before, other, same[0])))
    return any(_is_shuffled(*pair) or _is_near(*pair, close) or (close and _is_other(*pair)) for pair in pairs)


def _is_phone(before: str, other: _Code, digits: str) -> bool:
    """Whether digits are a phone's, which everybody groups as they like, by what stands before them or how many."""
    return len(digits) >= PHONE or any(_CALLS.search(text[-CLOSE:]) for text in (before, other.before))


def _is_labelled_alike(one: _Code, other: _Code) -> bool:
    """Whether the same word stands before two codes, as what they are the number of: "policy", or "RMA 70-4415"."""
    words = [label[1].lower() if (label := _LABEL.search(code.before)) else "" for code in (one, other)]
    prefixes = [code.prefix.lower() for code in (one, other)]
    pairs = ((words[0], words[1]), (words[0], prefixes[1]), (prefixes[0], words[1]))
    return any(left and left == right for left, right in pairs)


def _is_other(one: str, other: str) -> bool:
    """Whether one character of two codes of the same length differs, and that is no next number."""
    places = [(left, right) for left, right in zip(one, other, strict=False) if left != right]
    if len(one) != len(other) or len(places) != 1:
        return False
    (left, right), last = places[0], one[-1] != other[-1]
    return not (last and left.isdigit() and right.isdigit() and abs(int(left) - int(right)) == 1)


def _has_capitals(code: _Code) -> bool:
    """Whether no letter of an id is small; an address of email is the same in either."""
    return "@" in code.text or not any(map(str.islower, code.text))


def _ends(text: str, words: str) -> Iterator[tuple[int, int, str]]:
    """Where a text tells the end of a number otherwise than the customer's words have it, and how they have it."""
    places = [(match.start(1), match.end(1)) for match in _END.finditer(text)]
    given = [_bare(one.spellings[-1]) for one in _codes(words, SHORT)] if places else []
    for start, end in places:
        written = text[start:end].upper()
        tails = [one[start - end :] for one in given if len(one) >= len(written)]
        if written not in tails and (slips := [tail for tail in tails if _is_shuffled(written, tail)]):
            yield start, end, slips[0]


def _bare(spelling: str) -> str:
    return _SIGN.sub("", spelling)


def _is_shuffled(one: str, other: str) -> bool:
    """Whether the same characters stand in another order, in at most four places."""
    places = sum(left != right for left, right in zip(one, other, strict=False))
    return len(one) == len(other) and 0 < places <= 4 and sorted(one) == sorted(other)


def _is_near(one: str, other: str, close: bool) -> bool:
    """Whether a character looks like another, is one more or less, or another in the midst of a long code.

    `close`: the same word stands before both, and one less is a slip in short ones, too.
    """
    if _is_alike(one, other):
        return True
    short, long = sorted((one, other), key=len)
    is_long = len(short) >= LONG or (len(long) >= MIXED and _is_mixed(long))
    most = 2 if len(short) >= LONGER else 1
    if 0 < len(long) - len(short) <= most:
        rest = iter(long)
        return (is_long or close) and len(short) >= SHORT and all(sign in rest for sign in short)
    places = [at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right]
    return is_long and len(one) == len(other) and 0 < len(places) <= most and places[-1] < len(one) - 1


def _is_alike(one: str, other: str) -> bool:
    """Whether two codes look alike: O for 0, a zero less before a number, a character twice."""
    if one.translate(_ALIKE) == other.translate(_ALIKE) or _short(one) == _short(other):
        return True
    return _doubled(*sorted((one, other), key=len))


def _is_mixed(code: str) -> bool:
    return not code.isdigit() and any(map(str.isdigit, code))


def _doubled(short: str, long: str) -> bool:
    """Whether a code is another with one of its characters twice."""
    return any(long == short[:at] + short[at - 1] + short[at:] for at in range(1, len(short) + 1))


def _short(code: str) -> str:
    """A code without the zeros before its numbers."""
    return _ZEROS.sub("", code)
