"""The literals that a regular expression cannot match without."""

from __future__ import annotations

import re
import sys
import warnings

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cannedkit.pattern.characters import needs_capitals, needs_more_than_ascii
from cannedkit.pattern.folded import fold
from cannedkit.pattern.hits import holds_each, located, openings
from cannedkit.pattern.literals import MAX_EXACT, MAX_NEEDED, required
from cannedkit.pattern.marks import APART, DIGIT, is_odd

LETTERS = "abcßſİıkK😀ς-"


def _group(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inside = st.lists(pieces, min_size=1, max_size=3).map("".join)
    branches = st.lists(inside, min_size=1, max_size=3).map("|".join)
    opened = st.sampled_from(["(?:", "(", "(?=", "(?!", "(?<=", "(?<!", "(?i:", "(?-i:", "(?<name>", "(?s:"])
    repeated = st.sampled_from(["", "", "?", "*", "+", "??", "*?", "+?", "?+", "{2}", "{1,2}", "{0,1}", "{,2}", "{1}"])
    return st.one_of(st.builds("{}{})".format, opened, branches), st.builds("(?:{}){}".format, branches, repeated))


ATOMS = st.one_of(
    st.sampled_from([*LETTERS, "ab", "abc", "kc"]),
    st.sampled_from(["[abc]", "[^a]", "[a-c]", r"[\w-]", "[]a]", ".", "^", "$", r"\b", r"\B", r"\w", r"\s", r"\."]),
    st.sampled_from(["[0-9]", r"\d", r"\d+", r"\W", r"\s+", r"\bab\b"]),
    st.sampled_from([r"\x61", r"\u0062", r"\U00000063", r"\n", "a?", "b+", "c*", "k??", "a{2}", "b{0,1}", "(?i)"]),
)
PATTERNS = st.lists(st.recursive(ATOMS, _group, max_leaves=6), min_size=1, max_size=4).map("".join)
TEXTS = st.text(st.sampled_from(LETTERS + "ABCSsIi .\n1٣_"), max_size=16)
JUNK = st.text(st.sampled_from(list("ab\\[](){}^$.|?*+-,:=!<>i20")), max_size=10)


def _compiled(pattern: str, flags: int) -> regex.Pattern[str] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return regex.compile(pattern, flags)
    except regex.error:
        return None


@settings(max_examples=200, deadline=None)
@given(PATTERNS, TEXTS, st.booleans())
@example("(?:ab|abc)c?", "abcc", False)
@example("straße", "STRASSE straße", True)
@example("İ", "i", True)
def test_a_match_holds_one_of_the_literals(pattern: str, text: str, ignorecase: bool) -> None:
    """Wherever `regex` finds a pattern, one of its literals stands in the text: the prefilter loses nothing."""
    built = _compiled(pattern, regex.MULTILINE | (regex.IGNORECASE if ignorecase else 0))
    if built is None:
        return
    need = required(pattern)
    for match in built.finditer(text):
        if need.texts:
            assert any(fold(literal) in fold(text) for literal in need.texts)
        if need.exact:
            assert any(fold(literal) == fold(match[0]) for literal in need.texts)
            assert ignorecase or match[0] in need.texts


@settings(max_examples=400, deadline=None)
@given(PATTERNS, TEXTS, st.booleans())
@example(r"\bab\b", "ab éab abé", False)
@example(r"(?:\bk|\d+)a\b(?=\W)", "\u212aa 1a, ٣a.", True)
@example(r"\s(?:ab|b)\b", "\u00a0ab", True)
def test_a_match_has_its_literals_with_what_stands_beside_them(pattern: str, text: str, ignorecase: bool) -> None:
    """Where a pattern matches, one of its literals stands as it is marked, and one of each other set stands, too."""
    built = _compiled(pattern, regex.MULTILINE | (regex.IGNORECASE if ignorecase else 0))
    need = required(pattern)
    if built is None or not need.texts or not built.search(text):
        return
    assert located([need.marked], text)
    assert holds_each(text, need.also)


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(["^", "(?:^|(?<=[.!?] ))", r"(?:\A|(?<=\n))", r"\b(?:^|(?<=[.:] )k)", "k?^"]), PATTERNS, TEXTS)
@example("(?:^|(?<=[.!?] ))", "b", "b. b\nb")
def test_what_opens_begins_where_a_line_or_a_sentence_does(opening: str, pattern: str, text: str) -> None:
    """A pattern that is said to open matches at the beginnings of lines and sentences alone."""
    built = _compiled(opening + pattern, regex.MULTILINE)
    if built is not None and required(opening + pattern).opens:
        assert {match.start() for match in built.finditer(text, overlapped=True)} <= set(openings(text))


@pytest.mark.parametrize(
    ("pattern", "opens"),
    [
        ("(?:^|(?<=[.!?] ))so", True),
        (r"(?:\A|(?<=\n))\s*,", True),
        ("(?:^|b)a", False),
        ("(?:^)?a", False),
        ("a^", False),
    ],
)
def test_which_patterns_open(pattern: str, opens: bool) -> None:
    """A pattern opens where its first part stands at the beginning of a line or behind the end of a sentence."""
    assert required(pattern).opens is opens


@pytest.mark.parametrize(
    ("pattern", "texts", "odd"),
    [
        (r"[\u202a-\u202e]+", tuple(map(chr, range(0x202A, 0x202F))), False),
        (r"(?<=[A-Za-z])[аео]", ("а", "е", "о"), False),
        (r"L[1-3]\b", ("L1", "L2", "L3"), False),
        (r"[\U0001f300-\U0001faff] ?", (), True),
        (r"[\ue000-\uf8ff]|[#*]\u20e3", (), True),
        (r"[\u0100-\u2fff]", (), False),
        (r"[^\u2600-\u27bf]", (), False),
        (r"(?=[\u2600-\u27bf])\X?", (), True),
        (r" (?=and you)", ("and you",), False),
        (r"(?<=\bbetween \d{1,3} )to\b", ("between ",), False),
    ],
)
def test_characters_and_what_is_looked_at_are_needed(pattern: str, texts: tuple[str, ...], odd: bool) -> None:
    """Each sign of a small class is a literal, a large one may hold odd characters; looks need what they look at."""
    need = required(pattern)
    assert (need.texts, need.odd) == (texts, odd)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([r"[\u2600-\u27bf]", r"(?:[\ue000-\uf8ff]|b[\u2600-\u27bf])", r"[\u2600-\u27bf]*"]), PATTERNS)
def test_what_is_odd_holds_an_odd_character(odd: str, pattern: str) -> None:
    """A pattern that is said to need an odd character matches nothing without one."""
    built = _compiled(odd + pattern, regex.MULTILINE)
    if built is not None and required(odd + pattern).odd:
        assert all(is_odd(match[0]) for match in built.finditer("ab \u2600abb☀b c\ue000k"))


@settings(max_examples=600, deadline=None)
@given(PATTERNS, TEXTS, st.booleans())
@example(r"(?:[^b]+,)+ \wa", "bc, ba a, ca", False)
def test_where_a_pattern_matches_it_matches_backwards(pattern: str, text: str, ignorecase: bool) -> None:
    """A pattern that is read from the end of a text first loses no match."""
    flags = regex.MULTILINE | (regex.IGNORECASE if ignorecase else 0)
    built, reverse = _compiled(pattern, flags), _compiled(pattern, flags | regex.REVERSE)
    if built is None or not required(pattern).backwards or not built.search(text):
        return
    assert reverse is not None
    assert reverse.search(text)


@pytest.mark.parametrize(
    ("pattern", "marked", "within", "outside"),
    [
        (r"\b(?:am|is)\b", {f"{APART}am{APART}", f"{APART}is{APART}"}, "camera this", "I am"),
        (r"\d{1,2} ?[ap]m", {f"{DIGIT}{one}" for one in ("am", "pm", " am", " pm")}, "name I am", "9 am 10pm"),
        (r"\d+(?:st|nd)", {f"{DIGIT}st", f"{DIGIT}nd"}, "first and", "21st"),
        (r"\sbecause\b", {f"{APART}because{APART}"}, "unbecause becauses", "so because"),
        (r"\bmis\w+", {f"{APART}mis"}, "admission", "a mistake"),
        (r"\b'tis", {f"{APART}'tis"}, "", "it'tis"),
        (r"(?:foo\b|food) \w", {f"foo{APART} ", "food "}, "", "foo b"),
        (r"(?:\bfoo|\dfoo).b\b", {"foo"}, "", "foo.b"),
    ],
)
def test_literals_are_marked(pattern: str, marked: set[str], within: str, outside: str) -> None:
    """A literal that stands otherwise than its pattern asks is none; what nobody can tell is not asked."""
    need = required(pattern)
    assert set(need.marked) == marked
    assert not located([need.marked], within)
    assert located([need.marked], outside)


@settings(max_examples=400, deadline=None)
@given(PATTERNS, TEXTS, st.booleans())
@example("(?:a|bb)+c", "abbc", False)
@example("(?:a{2}|b)kc", "aakc bkc", False)
@example(r"\w (?:ab|c)", "a c", True)
def test_a_match_begins_where_its_literals_say(pattern: str, text: str, ignorecase: bool) -> None:
    """Where it is told how far before its literals a match begins, each begins so far before one that stands there."""
    built = _compiled(pattern, regex.MULTILINE | (regex.IGNORECASE if ignorecase else 0))
    need = required(pattern)
    if built is None or need.before is None or not need.texts:
        return
    folded = fold(text)
    for match in built.finditer(text, overlapped=True):
        assert any(
            folded.startswith(fold(literal), match.start() + width) for literal in need.texts for width in need.before
        )


@pytest.mark.parametrize(
    ("pattern", "before"),
    [
        ("sorry(?! to)", {0}),
        (r"(?<=\w)\bsorry\b", {0}),
        (r"\w(?:inconvenience|trouble)", {1}),
        (r"\w(?:a|bb)?\W(?:inconvenience|disappointment)\b", {2, 3, 4}),
        (r"\p{Lu}{2} ?awfully\b", {2}),
        (r"\w+ inconvenience", None),
        (r".{0,9}inconvenience", None),
        ("|".join(rf"\d{{{width}}}awfully" for width in range(1, 10)), None),
        ("|".join(rf"\d{{{width}}}awfully" for width in range(1, 9)), {1, 2, 3, 4, 5, 6, 7, 8}),
    ],
)
def test_how_far_before_its_literals_a_match_begins(pattern: str, before: set[int] | None) -> None:
    """What stands before the literals is counted where it can have few lengths, and said to be unknown elsewhere."""
    assert required(pattern).before == before


@pytest.mark.parametrize(
    ("pattern", "one"),
    [
        (r"(?:in|on) (?:the|our) \w (?:backlog|sprint|refinement)\b", " backlog"),
        (r"you (?:can|may) \w+ (?:unfortunately|regrettably)", " regrettably"),
        (r"is to \w+ (?:day|way|say|may|pay|ray|bay|lay)\b", "is to "),
    ],
)
def test_the_literals_are_those_that_few_messages_hold(pattern: str, one: str) -> None:
    """Of several sets of which one text must stand, the one is looked for that makes the pattern run least."""
    assert one in required(pattern).texts


@settings(max_examples=200, deadline=None)
@given(PATTERNS)
def test_exact_literals_are_all_that_a_pattern_matches_in_its_order(pattern: str) -> None:
    """A pattern that is said to be plain texts matches each of them, and prefers the one that comes first."""
    need = required(pattern)
    built = _compiled(f"(?:{pattern})", regex.MULTILINE)
    if not need.exact or built is None:
        return
    for literal in need.texts:
        assert built.fullmatch(literal)
        match = built.match(literal)
        assert match
        assert match[0] == next(text for text in need.texts if literal.startswith(text))


@settings(max_examples=300, deadline=None)
@given(st.one_of(JUNK, PATTERNS))
@example("[z-a]")
@example(r"[\x]")
@example("{2}")
@example("a{2,1}")
@example("a{99999999999}")
@example(f"a{{{'9' * 5_000}}}")
@example("a(?i)?")
def test_what_is_understood_compiles(pattern: str) -> None:
    """A pattern that the reader understands compiles, so that leaving it uncompiled hides no fault of a rule file."""
    if required(pattern).understood:
        assert _compiled(f"(?:{pattern})", regex.MULTILINE) is not None


@given(st.text(max_size=30))
def test_any_text_is_read(pattern: str) -> None:
    """The reader raises for no text whatever."""
    required(pattern)


def test_a_deep_pattern_is_read() -> None:
    """A pattern nested deeper than Python's stack is given up, not a crash."""
    assert required("(" * 20_000 + "a" + ")" * 20_000).texts == ()


def test_fold_keeps_the_length_of_every_character() -> None:
    """Folding never moves an offset: each character of Unicode folds to one character."""
    assert all(len(fold(chr(code))) == 1 for code in range(sys.maxunicode + 1))


def test_characters_that_match_without_case_fold_to_the_same() -> None:
    """No match of `regex` without case is lost by the automaton, for any character of Unicode."""
    cased = "".join(
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if character.lower() != character or character.upper() != character or character.casefold() != character
    )
    for character in cased:
        same = regex.findall(regex.escape(character), cased, regex.IGNORECASE)
        assert {fold(other) for other in same} == {fold(character)}


@given(st.text(max_size=20), st.text(max_size=20))
def test_fold_goes_character_by_character(left: str, right: str) -> None:
    """Folding a text is folding its characters: a literal is found wherever it stands."""
    assert fold(left + right) == fold(left) + fold(right)
    assert len(fold(left)) == len(left)


@pytest.mark.parametrize(
    ("pattern", "texts", "exact"),
    [
        ("sorry", ("sorry",), True),
        ("colou?r", ("colour", "color"), True),
        ("colou??r", ("color", "colour"), True),
        ("(?:we|they) will", ("we will", "they will"), True),
        ("gr[ae]y", ("gray", "grey"), True),
        (r"e\.g\.", ("e.g.",), True),
        (r"\bsorry\b", ("sorry",), False),
        ("sorry(?! to)", ("sorry",), False),
        (r"sorry (?:for|about) \w+", ("sorry about ", "sorry for "), False),
        (r"\p{Lu}\p{Ll}+ wrote", (" wrote",), False),
        (r"\p{Nonsense} wrote", (), False),
        (r"\w+ inconvenience", (" inconvenience",), False),
        ("(?i:sorry)", ("sorry",), False),
        ("noo+", ("no",), False),
        (r"\d+", (), False),
        ("a|", (), False),
        (r"(\w)\1", (), False),
        ("(?x) a b", (), False),
    ],
)
def test_examples(pattern: str, texts: tuple[str, ...], exact: bool) -> None:
    """What the reader makes of the constructs that rule files use."""
    need = required(pattern)
    assert set(need.texts) == set(texts)
    assert need.exact == exact
    if exact:
        assert need.texts == texts


def test_a_pattern_of_too_many_texts_is_not_exact() -> None:
    """Beyond the limit a pattern is searched as a pattern; its literals are still the right ones."""
    word = "(?:aa|bb|cc)"
    assert len(required(word * 2).texts) == 9 <= MAX_EXACT
    assert required(word * 2).exact
    assert not required(word * 5).exact
    many = "|".join(f"x{number}" for number in range(MAX_NEEDED + 1))
    assert required(many).texts == ()


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"[\u202a-\u202e]", True),
        (r"(?<![\u0590-\u08ff][^\n]{0,80})[\u2066-\u2069](?![^\n]{0,80}[a-z])", True),
        (r"[\ufe00-\ufe0f]+x|(?<![^\s])[\ufe00-\ufe0f]", True),
        ("é+a", True),
        ("é?a", False),
        ("[é]*", False),
        ("[é]{0,2}", False),
        ("a|é", False),
        ("[aé]", False),
        (r"[\u0041-\u00ff]", False),
        (r"\u0041", False),
        ("(?:é|a)", False),
        ("(?=é)?a", False),
        ("", False),
    ],
)
def test_what_needs_more_than_ascii(pattern: str, needs: bool) -> None:
    """A pattern is said to need a character beyond ASCII only where it surely begins with one."""
    assert needs_more_than_ascii(pattern) == needs
    if needs:
        import regex

        assert not regex.search(pattern, "".join(map(chr, range(128))))


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\b([A-Z]{3,5})\b", True),
        ("[A-Z][A-Z]+s", True),
        (r"\b[A-Z]{12,}", True),
        (r"\b([A-Z]{1,5})\b", False),
        ("[A-Z]{3}|x", False),
        ("([A-Z]{3})?x", False),
        ("(?i)[A-Z]{3}", False),
        ("[A-Za-z]{3}", False),
        ("x[A-Z]{3}", False),
        ("[A-Z]{0,3}", False),
    ],
)
def test_what_needs_two_capitals(pattern: str, needs: bool) -> None:
    """A pattern for acronyms does; nothing that may do without them, or without their case."""
    assert needs_capitals(pattern) == needs


@pytest.mark.parametrize(
    ("pattern", "acronym"),
    [
        ("NO|YES", True),
        ("[A-Z]{2,}", True),
        ("a(?=DON['’]T|[A-Z]{6,})b", True),
        ("(?<=AB)c", True),
        ("(?:AB)+", True),
        ("NO|yes", False),
        ("[A-Z]+", False),
        ("(?:AB)?c", False),
        ("(?:AB)*c", False),
        ("(?!NO)x", False),
        ("[A-Z]{0,3}", False),
        ("A['’]B", False),
    ],
)
def test_capitals_that_must_stand_in_a_row(pattern: str, acronym: bool) -> None:
    """A pattern that holds two on each of its ways is known to; none of whose ways may do without."""
    assert required(pattern).acronym is acronym


PARTS_OF_CAPITALS = [
    "AB",
    "a",
    "B",
    "[A-Z]",
    "[A-Z]{2}",
    "[A-Z]{2,3}",
    "(?:AB|a)",
    "(?:AB|[A-Z]{2})",
    "(?=BA)",
    "(?!A)",
    "(?<=AB)",
]


@given(
    st.lists(
        st.tuples(st.sampled_from(PARTS_OF_CAPITALS), st.sampled_from(["", "?", "*", "+"])), min_size=1, max_size=4
    ),
    st.text(st.sampled_from("ABa"), max_size=8),
)
def test_no_match_without_the_capitals(parts: list[tuple[str, str]], text: str) -> None:
    """Where a pattern is known to need two capitals in a row, no text without them matches."""
    pattern = "".join(f"(?:{part}){times}" for part, times in parts)
    if required(pattern).acronym and regex.search(pattern, text):
        assert re.search("[A-Z]{2}", text)
