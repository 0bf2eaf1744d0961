"""Reports that the tests of formats print: one of each thing, and ones whose every text is hostile."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import Failure, Place
from cannedkit.model.result import Checked, Explanation, FileFinding, Report, Unread
from cannedkit.text.places import LINE_END, as_written, placed

TEXT = "É 🎉 It is awful.\nWe recieved it,\nand would of said so.\n"


def _at(start: int, end: int, rule: str, level: Level, message: str, *fixes: str) -> FileFinding:
    (found,) = placed([Finding(start, end, rule, level, message, fixes, bool(fixes), (rule,))], "a/d.txt", TEXT)
    return found


AWFUL = _at(10, 15, "Own.Awful", Level.ERROR, "'awful' is no help to anybody.", "not good", "bad")
SPELT = _at(20, 28, "Harper.SpellCheck", Level.ERROR, "Check the spelling.", "received")
STRETCH = _at(29, 52, "Own.Long", Level.WARNING, "One thought for each sentence.")
MISSING = _at(36, 36, "Own.NextStep", Level.SUGGESTION, "Nothing says what comes next.")
IN_CATALOGUE = replace(
    _at(17, 28, "Own.Awful", Level.WARNING, "No.", "We got"),
    response="shop/late",
    locale="en-GB",
    channels=("chat", "sms"),
    variation=2,
    samples=("fallback",),
    related=(Place("b.yaml", 3, 1, 3, 5),),
)

EXPLAINED = Explanation(
    "Own.Awful",
    Level.ERROR,
    why="The word helps nobody.",
    instead="Say what is wrong.",
    source="House style, 2024",
    link="https://example.org/awful",
)

ONE_OF_EACH = Report(
    (AWFUL, SPELT, STRETCH, MISSING, IN_CATALOGUE),
    (Failure("", "a tab stands here", "b.yaml", 2, 1), Failure("harper", "it is gone"), Failure("", "is no file", "c")),
    Checked(drafts=2, passed=("a/e.txt",), unread=(Unread("nl", "style", "no pack reads it"),)),
    1.234567,
    explained={"Own.Awful": EXPLAINED},
    notes=("a note",),
    lines=lambda path: LINE_END.split(TEXT) if path == "a/d.txt" else [],
    replacement=as_written(lambda path: LINE_END.split(TEXT)),
)
"""Four findings in a draft, one in a catalogue, faults with and without a place, and what nobody read."""

CLEAN = Report((), (), Checked(drafts=1, passed=("d.txt",)), 0.5)

SPECIAL = (
    *("\x00", "\x0b", "\x1b[2J", "\x85", "\x9b", "\ufffe", "\uffff", "\u2028", "\u202e", "\ud800", "\r", "\n", "\t"),
    *("::error::x", "\n::error::x", "##[error]", "##vso[task.complete]", "]]>", "<!--", "-->", "</script>", "<b>"),
    *("'", '"', "`", "```", "*", "[x](y)", "![x](y)", "|", "@jo", "#1", "https://x.y", "{0}", "{{ a }}", "%0A", "$"),
    *("&amp;", "\\"),
)
"""What has a meaning to a terminal, a runner, XML, HTML, Markdown, SARIF or JSON."""

TEXTS = st.lists(st.characters() | st.sampled_from(SPECIAL), max_size=6).map("".join)

_PATHS = TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape"))
"""Names of files as the system gives them: bytes that are not UTF-8 come as halves of characters."""

_NUMBERS = st.integers(1, 30)

_PLACES = st.builds(
    lambda path, line, column, lines, columns: Place(path, line, column, line + lines, column + columns),
    _PATHS.filter(bool), _NUMBERS, _NUMBERS, st.integers(0, 2), st.integers(0, 9),
)  # fmt: skip

_RULES = st.sampled_from(["Own.A", "Own.B", "X\n::error::.]]>"])

_FOUND = st.builds(
    lambda place, related, rule, level, message, fixes, text, around, response, locale, channels: FileFinding(
        Finding(0, 1, rule, level, message, fixes, sources=(rule,)),
        place,
        response,
        locale,
        channels,
        text=text,
        around=around,
        related=related,
    ),
    _PLACES, st.lists(_PLACES, max_size=1).map(tuple), _RULES, st.sampled_from(Level), TEXTS,
    st.lists(TEXTS, max_size=2).map(tuple), TEXTS, st.tuples(TEXTS, TEXTS), TEXTS, TEXTS,
    st.lists(TEXTS, max_size=2).map(tuple),
)  # fmt: skip

_FAILED = st.builds(Failure, TEXTS, TEXTS, _PATHS, st.integers(0, 9), st.integers(0, 9))


def _explained(why: str, instead: str, source: str, link: str) -> Explanation:
    return Explanation("", Level.ERROR, why, instead, source, link=link)


def _report(
    findings: tuple[FileFinding, ...],
    errors: tuple[Failure, ...],
    unread: tuple[Unread, ...],
    passed: tuple[str, ...],
    explained: dict[str, Explanation],
    source: str,
) -> Report:
    checked = Checked(responses=1, passed=passed, unread=unread)
    lines = LINE_END.split(source)
    return Report(
        findings,
        errors,
        checked,
        explained=explained,
        notes=passed,
        lines=lambda path: lines,
        replacement=lambda found, fix: as_written(lambda path: lines)(replace(found, text=""), fix),
    )


HOSTILE = st.builds(
    _report,
    st.lists(_FOUND, max_size=4).map(tuple),
    st.lists(_FAILED, max_size=3).map(tuple),
    st.lists(st.builds(Unread, TEXTS, TEXTS, TEXTS), max_size=2).map(tuple),
    st.lists(TEXTS, max_size=2).map(tuple),
    st.dictionaries(_RULES, st.builds(_explained, TEXTS, TEXTS, TEXTS, TEXTS), max_size=3),
    TEXTS,
)
"""Reports in which whatever a file, a rule, a path or a person says is hostile."""
