"""What actions make of a match, and how texts change their case."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.model.errors import RuleError
from cannedkit.pattern.spellings import canonical, spellings
from cannedkit.prose.case import cased, recased, simple
from cannedkit.prose.numbers import digits, spelled
from cannedkit.rules.action import Action, replaced
from cannedkit.rules.message import formatted, listed, said, unquoted
from tests import rulefiles


@pytest.mark.parametrize(
    ("steps", "match", "made"),
    [
        (["replace", "-", " "], "e-mail us", "e mail us"),
        (["regex", r"(\w+)-(\w+)", "$2 $1"], "mail-e", "e mail"),
        (["trim_right", "!"], "so!!", "so"),
        (["trim", "()"], "(so)", "so"),
        (["truncate", " "], "is is", "is"),
        (["split", "/", "1"], "and/or", "or"),
        (["remove", "'"], "SKU's", "SKUs"),
        (["squeeze"], "a   b", "a b"),
        (["wrap", "'"], "a", "'a'"),
        (["unwrap", "'", "capitalize"], "'a'", "A"),
        (["smart"], 'say "so" -- it\'s', "say “so” – it’s"),
        (["dumb"], "“so…”", '"so..."'),
        (["ascii"], "café — naïve œuvre", "cafe --- naive oeuvre"),
        (["kebab"], "orderNumber", "order-number"),
        (["snake", "upper"], "orderNumber", "ORDER_NUMBER"),
        (["camel"], "order number", "orderNumber"),
        (["pascal"], "order number", "OrderNumber"),
        (["title"], "a new lamp", "A New Lamp"),
        (["sentence"], "A New Lamp", "A new lamp"),
        (["suffix", "s", "prefix", "2 "], "lamp", "2 lamps"),
        (["suffix", " of $1"], "lamp", "lamp of red"),
    ],
)
def test_edits(steps: list[str], match: str, made: str) -> None:
    """The steps of an edit are taken one after the other; `$1` is a group of the match."""
    assert Action("edit", tuple(steps)).fixes(match, ("red",)) == (made,)


@pytest.mark.parametrize("index", ["-3", "9" * 5_000, "two"])
def test_a_part_that_cannot_be_is_refused(tmp_path: Path, index: str) -> None:
    """The number of a part counts from 0 and is short; anything else is told when the rule is read."""
    action = f"action:\n  name: edit\n  params: [split, '/', '{index}']\n"
    with pytest.raises(RuleError, match="split takes the number of a part, from 0"):
        rulefiles.linter(tmp_path, {"Rule": f"extends: existence\nmessage: x\ntokens: [lamp]\n{action}"})


def test_other_actions() -> None:
    """`replace` gives its parameters with `$0` and `$1` filled, `remove` an empty text, `convert` plain words."""
    assert Action("replace", ("the $1", "$0!", "$$2", "$9.")).fixes("lamp red", ("red",)) == (
        "the red",
        "lamp red!",
        "$2",
        ".",
    )
    assert Action("replace", (f"the ${'9' * 5_000}lamp",)).fixes("lamp", ()) == ("the lamp",)
    assert replaced(re.compile("lamp"), "a lamp", f"${'9' * 5_000}") == f"a ${'9' * 5_000}"
    assert said(f"%[{'9' * 5_000}]s found", "lamp") == " found"
    assert Action("remove").fixes("very") == ("",)
    assert Action("convert", ("simple",)).fixes("auto-ReplyMail") == ("auto reply mail",)
    assert Action("suggest", ("spellings",)).fixes("lampp") == ()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "zero"),
        ("21", "twenty-one"),
        ("105", "one hundred five"),
        ("1,200", "one thousand two hundred"),
        ("-3", "minus three"),
        ("21st", "twenty-first"),
        ("12th", "twelfth"),
        ("30th", "thirtieth"),
        ("x", "x"),
    ],
)
def test_numbers_in_words(number: str, words: str) -> None:
    """Whole numbers and ordinals are spelled out, and read back."""
    assert spelled(number) == words
    assert digits(words) == number.replace(",", "")


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_numbers_come_back(number: int) -> None:
    """Every number that is spelled out is read back."""
    assert digits(spelled(str(number))) == str(number)


@pytest.mark.parametrize(
    ("replacement", "observed", "made"),
    [
        ("A-OK", "a ok", "a-ok"),
        ("back out", "BACKOUT", "BACK OUT"),
        ("poor showing", "Bad rep", "Poor showing"),
        ("Cross-Platform", "cross platform", "cross-platform"),
        ("some of the", "Some the", "Some of the"),
        ("you are", "You're", "You are"),
        ("iPhone", "12", "iPhone"),
        ("Wi-Fi", "WiFi", "Wi-Fi"),
    ],
)
def test_case_of_what_is_replaced(replacement: str, observed: str, made: str) -> None:
    """A replacement takes the case of what it replaces, word by word; mixed case stays."""
    assert recased(replacement, observed) == made


def test_words_in_lower_case() -> None:
    """An identifier falls into words at signs and capitals."""
    assert simple("getURL_for-Me") == "get url for me"
    assert cased("A  b", "-") == "a-b"


@pytest.mark.parametrize(
    ("message", "arguments", "printed"),
    [
        ("Use '%s' not '%s'", ("a", "b"), "Use 'a' not 'b'"),
        ("%[2]s and %[1]s", ("a", "b"), "b and a"),
        ("only %s", ("a", "b"), "only a"),
        ("%s %s!", ("a",), "a !"),
        ("%d found", (2,), "2 found"),
        ("%s found", (2,), "%!s(int=2) found"),
        ("%d", ("a",), "%!d(string=a)"),
        ("100%% of %q\nhere", ("a",), '100% of "a" here'),
        ("%[7]s", ("a",), "%!s(BADINDEX)"),
        (f"%[{'9' * 5_000}]s", ("a",), "%!s(BADINDEX)"),
    ],
)
def test_messages(message: str, arguments: tuple[str | int, ...], printed: str) -> None:
    """Messages are printed as Go prints them, with spare arguments left out and line breaks as spaces."""
    assert formatted(message, *arguments) == printed


def test_lists_in_messages() -> None:
    """Choices are quoted and joined; of two quoted verbs the first leaves the quotes to them."""
    assert [listed("abc"[:count]) for count in range(4)] == ["", "'a'", "'a' or 'b'", "'a', 'b', or 'c'"]
    assert unquoted("'%s' not '%s'") == "%s not '%s'"
    assert unquoted("'%s' only") == "'%s' only"


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("OAuth2?", {"OAuth2", "OAuth"}),
        ("gr(?:e|a)y", {"grey", "gray"}),
        (r"a\+", {"a+"}),
        ("[Gg]it", set()),
        ("a+", set()),
        ("(a", set()),
    ],
)
def test_spellings_of_a_term(term: str, found: set[str]) -> None:
    """A term stands for a few fixed spellings, or for none that can be listed."""
    assert set(spellings(term)) == found


def test_canonical_spelling() -> None:
    """The message shows the spelling that was meant, or the term as it is."""
    assert canonical("OAuth2?", "oauth") == "OAuth"
    assert canonical("[Gg]it", "GIT") == "[Gg]it"


def test_an_edit_by_a_pattern_is_stopped() -> None:
    """The regular expression of an action is not ours, so that it has its time and no more."""
    began = time.thread_time()
    with pytest.raises(TimeoutError):
        Action("edit", ("regex", "(?:a|aa|a)+$", "b")).fixes("a" * 60 + "!")
    assert time.thread_time() - began < 2
