"""The kind `existence`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.model.draft import Draft
from cannedkit.model.errors import RuleError
from cannedkit.model.settings import Vocabulary
from tests import rulefiles

HEAD = "extends: existence\nmessage: \"Not '%s'.\"\n"


@pytest.mark.parametrize(
    ("options", "text", "wanted"),
    [
        ("tokens: [sorry]", "sorry, so sorry", ["sorry", "sorry"]),
        ("tokens: [sorry]", "Sorry, unsorry sorrys", []),
        ("tokens: [sorry]\nignorecase: true", "Sorry, SORRY", ["Sorry", "SORRY"]),
        ("tokens: [or, order]", "an order or two", ["order", "or"]),
        ("tokens: [in, in touch]\nnonword: true", "in touch", ["in"]),
        ("tokens: ['!!']", "Done!!", []),
        ("tokens: ['!!']\nnonword: true", "Done!!!!", ["!!", "!!"]),
        ("tokens: ['', a]", "a b", ["a"]),
        ("tokens: ['so[ -]called', 'e\\.?g\\.']\nnonword: true", "so-called, e.g. this", ["so-called", "e.g."]),
        ("raw: ['\\b(?:we|I) ', 'apologi[sz]e']", "I apologise. we apologize", ["I apologise", "we apologize"]),
        ("raw: ['dear ']\ntokens: [sir, madam]", "dear sir, dear sirs", ["dear sir"]),
        ("raw: [' please']\ntokens: [now]\nappend: true", "now please. nowplease", ["now please"]),
        ("tokens: ['^Hi', 'Jo$']", "Hi\nHi Jo\nsee Jo too", ["Hi", "Hi", "Jo"]),
        ("tokens: [sorry]\nscope: sentence", "So sorry. Very sorry.", ["sorry", "sorry"]),
        ("tokens: ['^\\w+']\nscope: sentence", "So it is. Now go.", ["So", "Now"]),
        ("tokens: ['x*']\nnonword: true", "axxb", ["xx"]),
        ("tokens: [straße]\nignorecase: true", "STRAßE Strasse straße", ["STRAßE", "straße"]),
        ("tokens: [😀]\nnonword: true", "Hi 😀😀", ["😀", "😀"]),
        ("tokens: [sorry]\nlimit: 2", "sorry sorry sorry", ["sorry", "sorry"]),
    ],
)
def test_what_is_found(tmp_path: Path, options: str, text: str, wanted: list[str]) -> None:
    """Tokens stand between word boundaries, raw as written, earlier alternatives first, as in Vale."""
    assert rulefiles.matches(tmp_path, f"{HEAD}{options}\n", text) == wanted


@pytest.mark.parametrize(
    ("token", "wanted"),
    [
        ("(?i)click on", ["Click on", "click on"]),
        ("(?i:click) on", ["Click on", "click on"]),
        ("(?-i:Click) on", ["Click on"]),
        ("Cl(?i)ICK ON", ["Click on"]),
        ("(?s)Click.on", ["Click on"]),
        ("(?x) (?i: CLICK \\s ) on", ["Click on", "click on"]),
        ("(?i)(?:(?-i:C)LICK|tap) on", ["Click on", "TAP on"]),
    ],
)
def test_flags_of_a_token(tmp_path: Path, token: str, wanted: list[str]) -> None:
    """A flag in a token holds for its part, whatever the rule says of case: the literal it is found by follows."""
    rule = f"{HEAD}tokens: ['{token}']\n"
    assert rulefiles.matches(tmp_path, rule, "Click on this, click on that, TAP on it.") == wanted


def test_words(tmp_path: Path) -> None:
    """`{name}` in a token is any of the rule's words of that name, lists within lists too; counts stay counts."""
    rule = f"{HEAD}words: {{who: [we, I], act: ['{{who}} (?:cut|sold)']}}\ntokens: ['{{act}} it', 'o{{2}}h']\n"
    assert rulefiles.matches(tmp_path, rule, "we sold it, I cut it, you sold it, ooh") == [
        "we sold it",
        "I cut it",
        "ooh",
    ]


def test_words_that_are_not_there(tmp_path: Path) -> None:
    """A name that the rule gives no words for is an error that names the nearest; without words a brace is a brace."""
    with pytest.raises(RuleError, match="did you mean `who`"):
        rulefiles.matches(tmp_path, f"{HEAD}words: {{who: [we]}}\ntokens: ['{{wo}} sold']\n", "")
    assert rulefiles.matches(tmp_path, f"{HEAD}tokens: ['a{{name}}']\nnonword: true\n", "a{name}") == ["a{name}"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It was cut.", ["was cut"]),
        ("It was cut by us.", []),
        ("By noon it was cut.", []),
        ("By noon. It was cut. It is by the door.", ["was cut"]),
        ("Open by\nIt was cut", ["was cut"]),
    ],
)
def test_unless(tmp_path: Path, text: str, wanted: list[str]) -> None:
    """What stands before or behind in the same sentence makes a match harmless; other sentences and lines do not."""
    assert rulefiles.matches(tmp_path, f"{HEAD}tokens: [was cut]\nunless: ['\\bby\\b']\n", text) == wanted


@pytest.mark.parametrize(
    ("exceptions", "wanted"),
    [
        ("[]", ["set up", "Set up", "set up"]),
        ("[Set]", ["set up", "set up"]),
        ("['(?i)set']", []),
        ("['(?i)absent', Set]", ["set up", "set up"]),
        ("[set up fee]", ["set up", "Set up"]),
    ],
)
def test_exceptions(tmp_path: Path, exceptions: str, wanted: list[str]) -> None:
    """A match that holds an excepted word, or lies in an excepted phrase, is silent; the case is as written."""
    rule = f"{HEAD}tokens: [set up]\nignorecase: true\nexceptions: {exceptions}\n"
    assert rulefiles.matches(tmp_path, rule, "We set up this. Set up that. The set up fee.") == wanted


@pytest.mark.parametrize(
    ("option", "wanted"), [("", []), ("vocab: false", ["Acme Pro"]), ("nonword: true", ["Acme Pro"])]
)
def test_accepted_words_are_silent(tmp_path: Path, option: str, wanted: list[str]) -> None:
    """The accepted vocabulary silences a match, unless the rule says otherwise or has no word boundaries."""
    linter = rulefiles.linter(
        tmp_path, {"Rule": f"{HEAD}tokens: ['Acme \\w+']\n{option}\n"}, vocabulary=Vocabulary(accept=("Acme Pro",))
    )
    text = "Your Acme Pro is here."
    assert [text[found.start : found.end] for found in linter.lint(Draft(text))] == wanted


@pytest.mark.parametrize(
    ("action", "fixes", "safe", "message"),
    [
        ("", (), False, "very: "),
        ("action: {name: remove}", ("",), True, "very: "),
        ("action: {name: replace, params: [really]}", ("really",), True, "very: really"),
        ("action: {name: replace, params: [so, really]}", ("so", "really"), False, "very: 'so' or 'really'"),
    ],
)
def test_actions_are_fixes(tmp_path: Path, action: str, fixes: tuple[str, ...], safe: bool, message: str) -> None:
    """`remove` and `replace` give fixes; only a single one may be applied unasked."""
    rule = f"extends: existence\nmessage: '%s: %s'\ntokens: [very]\n{action}\n"
    (finding,) = rulefiles.findings(tmp_path, rule, "It's very late.")
    assert (finding.fixes, finding.safe) == (fixes, safe)
    assert finding.message == message


def test_the_span_is_in_code_points(tmp_path: Path) -> None:
    """Characters that take several bytes or UTF-16 units count as one."""
    (finding,) = rulefiles.findings(tmp_path, f"{HEAD}tokens: [sorry]\n", "😀é\u0301 sorry")
    assert (finding.start, finding.end, finding.message) == (4, 9, "Not 'sorry'.")


def test_swap_proposes_by_what_was_found(tmp_path: Path) -> None:
    """`swap` says what may stand there, first match first, in its case; what it does not name is found all the same."""
    rule = (
        f"{HEAD}ignorecase: true\ntokens: ['kindly \\w+', asap, alas]\n"
        "swap: {'kindly (send|mail)': ['please $1', $1], '(?<=^|[.] )alas': '', 'alas|asap': soon}\n"
    )
    found = rulefiles.findings(tmp_path, rule, "Alas. alas, Kindly send it asap, kindly go, alas")
    assert [one.fixes for one in found] == [("",), ("",), ("Please send", "Send"), ("soon",), (), ("soon",)]
    assert not any(one.safe for one in found)


def test_a_swap_for_whatever_is_found(tmp_path: Path) -> None:
    """A text in place of a mapping is meant for all that is found; a key of a mapping sees what stands around."""
    rule = f"{HEAD}tokens: [alas, sadly]\n"
    found = rulefiles.findings(tmp_path, f"{rule}swap: ''\n", "alas, sadly")
    assert [one.fixes for one in found] == [("",), ("",)]
    found = rulefiles.findings(tmp_path, f"{rule}swap: {{'alas(?=,)|(?<=, )sadly': so}}\n", "alas, sadly alas")
    assert [one.fixes for one in found] == [("so",), ("so",), ()]


def test_a_swap_may_be_made_unasked_if_the_rule_says_so(tmp_path: Path) -> None:
    """With `action: {name: replace}` the one text that `swap` gives is safe; of two nobody knows which."""
    rule = f"{HEAD}tokens: [asap, alas]\naction: {{name: replace}}\nswap: {{asap: soon, alas: ['', so]}}\n"
    found = rulefiles.findings(tmp_path, rule, "asap alas")
    assert [(one.fixes, one.safe) for one in found] == [(("soon",), True), (("", "so"), False)]


def test_a_swap_with_a_fault_is_told(tmp_path: Path) -> None:
    """A key of `swap` that is no regular expression, or leads to no text, is told with its place."""
    for swap, message in (("{'a(': b}", "in the regular expression 'a\\('"), ("{a: {b: c}}", "must lead to a text")):
        with pytest.raises(RuleError, match=message):
            rulefiles.findings(tmp_path, f"{HEAD}tokens: [a]\nswap: {swap}\n", "a")
