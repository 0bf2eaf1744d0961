"""The kind `substitution`."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest

from cannedkit.model.errors import CheckFailed, RuleError
from tests import rulefiles

HEAD = "extends: substitution\nmessage: \"Use '%s' instead of '%s'.\"\n"
REPLACE = "action: {name: replace}\n"


def _found(folder: Path, options: str, text: str) -> list[tuple[str, tuple[str, ...]]]:
    """What is found, and what to write there."""
    found = rulefiles.findings(folder, f"{HEAD}{options}\n", text)
    return [(text[finding.start : finding.end], finding.fixes) for finding in found]


@pytest.mark.parametrize(
    ("options", "text", "wanted"),
    [
        ("swap: {utilise: use}", "We utilise it; utilised", [("utilise", ("use",))]),
        ("swap: {utilise: use}", "Utilise it", []),
        ("swap: {utilise: use}\nignorecase: true", "Utilise it", [("Utilise", ("Use",))]),
        ("swap: {in order: to, in order to: to}", "in order to go", [("in order to", ("to",))]),
        ("swap: {'(?:back|re)log': list}", "the backlog", [("backlog", ("list",))]),
        ("swap: {'(\\w+) of note': $1}", "a shop of note", [("shop of note", ("shop",))]),
        ("swap: {'(cat|dog) food': food for a $1}", "our dog food", [("dog food", ("food for a dog",))]),
        ("swap: {'(a)|(b) c': '$1$2'}\nnonword: true", "b c", [("b c", ("b",))]),
        ("swap: {yes: no}", "yes", [("yes", ("no",))]),
        ("swap: {'!!': '!'}\nnonword: true", "Done!!", [("!!", ("!",))]),
        ("swap: {now: ''}", "now", [("now", ("",))]),
        ("swap: {'(?i)kilo(?:gram)?s': kg}", "5 Kilos, 3 kilograms", [("Kilos", ("kg",)), ("kilograms", ("kg",))]),
        ("swap: {'(?i:sign) in': log in}", "Sign in. SIGN IN", [("Sign in", ("log in",))]),
    ],
)
def test_what_is_found(tmp_path: Path, options: str, text: str, wanted: list[tuple[str, tuple[str, ...]]]) -> None:
    """The longest wrong text wins, and groups are filled in whether or not a pattern had to be run."""
    assert _found(tmp_path, options, text) == wanted


@pytest.mark.parametrize(
    ("swap", "text", "wanted"),
    [
        ("{'git ?hub': GitHub}\nignorecase: true", "GitHub github", ["github"]),
        ("{'colou?r': 'colou?r'}", "color colour", []),
        ("{'e ?mail': 'email|e-mail'}", "email", []),
        ("{'e.mail': 'e.mail'}", "e-mail", []),
        (f"{{'e.mail': 'e.mail'}}\n{REPLACE}", "e-mail e.mail", ["e-mail"]),
    ],
)
def test_what_is_right_already_is_silent(tmp_path: Path, swap: str, text: str, wanted: list[str]) -> None:
    """A text that matches the replacement stays; one that is to be replaced literally must be equal to it."""
    assert [matched for matched, _ in _found(tmp_path, f"swap: {swap}", text)] == wanted


@pytest.mark.parametrize(
    ("right", "text", "fixes", "message", "safe"),
    [
        ("use", "utilise", ("use",), "Use 'use' instead of 'utilise'.", True),
        ("use|apply", "utilise", ("use", "apply"), "Use 'use' or 'apply' instead of 'utilise'.", False),
        ("use\\|apply", "utilise", ("use|apply",), "Use 'use|apply' instead of 'utilise'.", True),
    ],
)
def test_choices(tmp_path: Path, right: str, text: str, fixes: tuple[str, ...], message: str, safe: bool) -> None:
    """Several replacements are all offered, quoted once, and none is applied unasked."""
    rule = f"{HEAD}swap: {{utilise: '{right}'}}\n{REPLACE}"
    (finding,) = rulefiles.findings(tmp_path, rule, text)
    assert (finding.fixes, finding.message, finding.safe) == (fixes, message, safe)


def test_without_an_action_the_fix_is_not_applied_unasked(tmp_path: Path) -> None:
    """A replacement that the rule only tells is offered; one that is a pattern is only told."""
    rule = f"{HEAD}swap: {{utilise: use, apply to: use|for}}\n"
    plain, pattern = rulefiles.findings(tmp_path, rule, "utilise, apply to")
    assert (plain.fixes, plain.safe) == (("use",), False)
    assert (pattern.fixes, pattern.message) == ((), "Use 'use|for' instead of 'apply to'.")


@pytest.mark.parametrize(
    ("options", "text", "fixes"),
    [
        ("swap: {'[Uu]tilise': use}\ncapitalize: true", "Utilise", ("Use",)),
        ("swap: {'[Uu]tilise': use}\ncapitalize: true", "utilise", ("use",)),
        ("swap: {Internet: internet}\nignorecase: true", "Internet", ("internet",)),
        ("swap: {javascript: JavaScript}\nignorecase: true", "Javascript", ("JavaScript",)),
    ],
)
def test_the_fix_keeps_the_capital(tmp_path: Path, options: str, text: str, fixes: tuple[str, ...]) -> None:
    """A text that began with a capital goes on with one, unless the capital is just what is wrong."""
    assert _found(tmp_path, options, text) == [(text, fixes)]


def test_exceptions(tmp_path: Path) -> None:
    """An excepted phrase is left as it is."""
    options = "swap: {home page: homepage}\nexceptions: [Acme home page]"
    assert _found(tmp_path, options, "The Acme home page, your home page") == [("home page", ("homepage",))]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ("swap: {'((?:a|aa|a)+)(?=!!)': '$1'}\nnonword: true", "a" * 60 + "!"),
        ("swap: {ax: b}\naction: {name: edit, params: [regex, '(?:a|aa|a)+$', b]}", "ax"),
        ("swap: {'a+x': '(?:a|aa|a)+y'}", "a" * 60 + "x"),
    ],
)
def test_patterns_of_a_rule_have_a_limit(tmp_path: Path, options: str, text: str) -> None:
    """What is looked for, what an action edits, what would be right: each ends in time, or is said not to have."""
    began = time.thread_time()
    with suppress(CheckFailed):
        _found(tmp_path, options, text)
    assert time.thread_time() - began < 3


@pytest.mark.parametrize(
    "options",
    [
        "swap: {'((?:a|aa)(?:(?1)|$))': b}",
        "swap: {ax: b}\naction: {name: edit, params: [regex, '(a(?R)?)', b]}",
        "swap: {ax: b}\nexceptions: ['(?P<x>a(?&x)?)']",
    ],
)
def test_a_rule_with_a_pattern_that_calls_itself_is_refused(tmp_path: Path, options: str) -> None:
    """Wherever a rule file holds a pattern, a call is an error of that rule that says so."""
    with pytest.raises(RuleError, match="runs a part of the pattern within itself"):
        _found(tmp_path, options, "a")
