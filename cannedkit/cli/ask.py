"""`cannedkit fix --interactive`: each finding shown by itself, and one key for what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from cannedkit.cli.keyboard import Keyboard, keyboard
from cannedkit.cli.shared import answer, hand_out, make_report, say
from cannedkit.files import ChangedError
from cannedkit.model.errors import CannedkitError
from cannedkit.model.result import Change, Checked, FileFinding
from cannedkit.review.mend import State, Wish, begin, edit_of, meant
from cannedkit.review.walk import Piece, change
from cannedkit.text.edits import Edit, shifted

if TYPE_CHECKING:
    from cannedkit.kit import Kit

DAYS = 90
"""Days from today to the end of a waiver that is proposed; cannedkit's own choice."""

SHORT = 60
"""Code points of a text that a waiver names; a longer one is meant by its rule alone."""

_Passed = set[tuple[str, int, int]]
_Changed = tuple[Piece, State, Edit]


class _Quit(Exception):
    """Whoever decides has had enough."""


@dataclass
class Tally:
    """What was decided so far: fixes made, what was passed over, waivers written, and the rules not to ask about."""

    made: list[Change] = field(default_factory=list)
    passed: list[FileFinding] = field(default_factory=list)
    waived: int = 0
    skipped: set[str] = field(default_factory=set)
    ended: bool = False


@dataclass(frozen=True)
class _Desk:
    """What is at hand while somebody decides."""

    kit: Kit
    wish: Wish
    keys: Keyboard
    tally: Tally


def ask(kit: Kit, pieces: Iterable[Piece], wish: Wish) -> Tally:
    """Go through all findings of some texts; what is applied is written at once, and stays when somebody quits."""
    tally = Tally()
    try:
        with keyboard() as keys:
            for piece in pieces:
                _walk(_Desk(kit, wish, keys, tally), piece)
    except (_Quit, EOFError, KeyboardInterrupt, click.Abort):
        tally.ended = True
        say("")
    return tally


def _walk(desk: _Desk, piece: Piece) -> None:
    """Ask about each finding of one text."""
    state, passed = begin(piece.text, piece.look), _Passed()
    while found := next(_open(desk, piece, state, passed), None):
        _show(desk.kit, piece, found)
        try:
            done = _decide(desk, piece, state, found)
        except ChangedError:
            say("The file was changed by somebody else: it is read again.")
            done = None
        except CannedkitError as error:
            say(f"Not done: {error}")
            continue
        if done is None:
            again = piece.again()
            if again is None:
                return
            passed = passed if again.text == piece.text else _Passed()
            piece, state = again, begin(again.text, again.look)
        elif isinstance(done, tuple):
            piece, state, edit = done
            passed = {(rule, *shifted([edit], start, end)) for rule, start, end in passed}
        else:
            desk.tally.passed.append(found)
            passed.add((found.finding.rule, found.finding.start, found.finding.end))


def _open(desk: _Desk, piece: Piece, state: State, passed: _Passed) -> Iterator[FileFinding]:
    """The findings that are yet to be decided, with their places as the file now is."""
    for found in sorted(state.found, key=lambda one: one.finding):
        finding = found.finding
        decided = (finding.rule, finding.start, finding.end) in passed or finding.rule in desk.tally.skipped
        if not decided and meant(desk.wish, finding) and not piece.allowed(found):
            text = piece.text[finding.start : finding.end]
            yield replace(found, place=piece.place(finding.start, finding.end), text=text)


def _show(kit: Kit, piece: Piece, found: FileFinding) -> None:
    """Print a finding with its line and caret, and what could stand there."""
    from cannedkit.report.line import paragraph

    report = make_report(kit, [found], (), Checked())
    hand_out("\n" + "\n".join(paragraph(report.findings[0], report)) + "\n")
    for number, fix in enumerate(found.finding.fixes, 1):
        edit = edit_of(piece.text, found, fix)
        before, after = _around(piece.text, edit) if edit else ("", "")
        say(f"  {number}: {before}{edit[2]}{after}" if edit else f"  {number}: take it out: by hand, with e")


def _around(text: str, edit: Edit) -> tuple[str, str]:
    """What stands around an edit on its line, some words of it."""
    before, after = text[: edit[0]], text[edit[1] :]
    return before[max(before.rfind("\n") + 1, len(before) - SHORT) :], after.partition("\n")[0][:SHORT]


def _decide(desk: _Desk, piece: Piece, state: State, found: FileFinding) -> _Changed | bool | None:
    """What one key makes of a finding: the piece with an edit, None to read it anew, True to pass on."""
    fixes = found.finding.fixes
    pressed = _pressed(desk, piece, fixes)
    if pressed == "q":
        raise _Quit
    if pressed == "s":
        desk.tally.skipped.add(found.finding.rule)
    if pressed in ("n", "s"):
        return True
    if pressed == "w":
        _waive(desk, piece, found)
        return None
    if pressed == "e":
        return _edited(desk, piece, state, found)
    fix = fixes[0 if pressed == "a" else int(pressed) - 1]
    edit = edit_of(piece.text, found, fix)
    if edit is None:
        say("Not done: nobody is sure how the sentence should go on; write it by hand, with e.")
        return True
    return _changed(desk, piece, state, Change(found, fix), edit, judged=True)


def _pressed(desk: _Desk, piece: Piece, fixes: tuple[str, ...]) -> str:
    """The key that was pressed, one of those that mean something."""
    keys = {"a": "apply", **{str(number): "" for number in range(1, len(fixes) + 1)}} if fixes else {}
    keys |= {"n": "next", "s": "skip this rule", "e": "edit", "q": "quit"}
    keys |= {"w": "waive"} if piece.response else {}
    names = ", ".join(f"{name} ({letter})" for letter, name in keys.items() if name)
    hand_out(f"{names}{', or the number of a fix' if len(fixes) > 1 else ''}: ")
    while (pressed := desk.keys.pressed().lower()) not in keys:
        pass
    say(pressed)
    return pressed


def _changed(desk: _Desk, piece: Piece, state: State, wanted: Change, edit: Edit, *, judged: bool) -> _Changed | bool:
    """The piece with an edit made; True where it was taken back."""
    new = change(piece, state, wanted.found, edit, judged=judged)
    if isinstance(new, str):
        say(f"Taken back: {new}")
        return True
    desk.tally.made.append(wanted)
    return (*new, edit)


def _edited(desk: _Desk, piece: Piece, state: State, found: FileFinding) -> _Changed | bool | None:
    """The piece as somebody wrote it in an editor."""
    with desk.keys.by_line():
        new = click.edit(piece.text + "\n", extension=".txt")
    text = piece.text if new is None else new.removesuffix("\n")
    if text == piece.text:
        say("Nothing was changed.")
        return None
    edit = _difference(piece.text, text)
    return _changed(desk, piece, state, Change(found, edit[2]), edit, judged=False)


def _difference(old: str, new: str) -> Edit:
    """The one edit that makes one text of another: what stands between their common beginning and end."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, len(old) - end, new[start : len(new) - end]


def _waive(desk: _Desk, piece: Piece, found: FileFinding) -> None:
    """Write a waiver for a finding, unless somebody thinks better of it."""
    try:
        with desk.keys.by_line():
            why = answer("Why is it right here")
            by = answer("Who says so")
            until = answer("Last day", f"{date.today() + timedelta(days=DAYS)}")
        day = date.fromisoformat(until)
    except click.Abort:
        say("")
        return
    except ValueError:
        say(f"{until} is no day: write one as 2026-12-31.")
        return
    text = found.text if found.text == found.text.strip() and len(found.text) <= SHORT else ""
    desk.kit.waive(piece.response, found.finding.rule, why=why, by=by, until=day, text=text, locale=found.locale)
    desk.tally.waived += 1
