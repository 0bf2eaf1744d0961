"""What formats share, ready to print: what failed, findings counted, and the last line: what was looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cannedkit.model.draft import Level
from cannedkit.model.errors import Failure, Problem
from cannedkit.model.result import Checked, FileFinding, Report, Unread
from cannedkit.text.visible import visible
from cannedkit.wire.statistics import rows

_WORDS = {"drafts": "draft", "responses": "response", "bodies": "body", "renderings": "rendering"}


MAX_QUOTED = 100
"""Code points of a text that a message quotes; our own choice, a line of it."""


def folded(text: str) -> str:
    """The text on one line, each stretch of white space a blank."""
    return " ".join(text.split())


def quoting(found: FileFinding) -> str:
    """The message of a finding on one line, with the text that it is about where it does not name it."""
    message, text = folded(found.finding.message), folded(found.text)
    if not text or text in message:
        return visible(message)
    return visible(f'{message} ("{text if len(text) <= MAX_QUOTED else text[: MAX_QUOTED - 1] + "…"}")')


def line(found: FileFinding, message: str = "") -> str:
    """A finding on one line: place, level, message (its own, where no other is given) and rule."""
    finding = found.finding
    return visible(f"{found.place}: {finding.level}: {message or folded(finding.message)} [{finding.rule}]")


def placeless(report: Report) -> list[str]:
    """What stands at no place of a file: the checks that failed, and what nothing read."""
    failed = [located(one) for one in report.errors if not one.path]
    return [*failed, *map(untold, report.checked.unread)]


def located(failed: Failure) -> str:
    """What could not do its work, or could not be read, with its place in a file if it has one."""
    if failed.path:
        return visible(str(Problem(failed.path, failed.line, failed.column, f"error: {failed.reason}")))
    return visible(f"{failed.rule}: could not check: {failed.reason}" if failed.rule else f"error: {failed.reason}")


def untold(one: Unread) -> str:
    """That nothing read something, in words."""
    return visible(f"nothing checked the {one.what} of {one.locale}: {one.why}")


def counted_by_rule(report: Report) -> list[str]:
    """How often each rule found something, most first."""
    found = rows(report)
    width = max((len(f"{row.count:,}") for row in found), default=0)
    return [f"{row.count:>{width},}  {row.level!s:10}  {visible(row.rule)}" for row in found]


def summary(report: Report) -> str:
    """How many findings of each level, what is known, what failed, what was looked at, and what nothing read."""
    found = tally(report)
    parts = (f"{found[0].upper()}{found[1:]}.", compared(report), looked_at(report), *_unread(report.checked))
    return visible(" ".join(filter(None, parts)))


def tally(report: Report) -> str:
    """How many findings of each level, and what failed: `3 errors, 1 warning, 1 check failed`."""
    looked = any(getattr(report.checked, name) for name in _WORDS)
    found = levels([found.finding.level for found in report.findings])
    found = found or ("nothing found" if looked or not report.errors else "nothing was checked")
    failed = sum(not one.path or bool(one.rule) for one in report.errors)
    if failed:
        found += f", {_counted(failed, 'check')} failed"
    if len(report.errors) > failed:
        found += f", {_counted(len(report.errors) - failed, 'fault')} in files that were not read whole"
    return found


def levels(found: Sequence[Level]) -> str:
    """How often each level is among some, highest first: `3 errors, 1 warning`; "" for none."""
    counts = ((level, sum(one is level for one in found)) for level in reversed(Level))
    return ", ".join(_counted(count, str(level)) for level, count in counts if count)


def compared(report: Report) -> str:
    """What is new and what is mended since an earlier run; "" where there is none to hold this one against."""
    one = report.compared
    return f"{one.new:,} new, {one.mended:,} mended, {one.known:,} known before and left out." if one else ""


def looked_at(report: Report) -> str:
    """What was checked, in words."""
    checked = report.checked
    counts = ((word, plural, getattr(checked, plural)) for plural, word in _WORDS.items())
    parts = [f"{count:,} {word if count == 1 else plural}" for word, plural, count in counts if count]
    parts += [f"{name} {', '.join(found)}" for name in ("locales", "channels") if (found := getattr(checked, name))]
    if not parts:
        return ""
    return f"Checked {', '.join(parts)} in {report.seconds:.1f} s.{_read_by(checked.engines)}"


def _read_by(engines: Mapping[str, Sequence[str]]) -> str:
    """Which engines read which locales, where there is more to say than that the same ones read them all."""
    readers = sorted({name for names in engines.values() for name in names})
    if len({frozenset(names) for names in engines.values() if names}) < 2:
        return ""
    read = [f"{name} ({', '.join(locale for locale, names in engines.items() if name in names)})" for name in readers]
    return f" Spelling and grammar by {', '.join(read)}."


def _unread(checked: Checked) -> list[str]:
    """What nothing read, one sentence for each sort."""
    by_what: dict[str, list[Unread]] = {}
    for one in checked.unread:
        by_what.setdefault(one.what, []).append(one)
    return [f"Nothing checked the {what} of {', '.join(one.locale for one in each)}." for what, each in by_what.items()]


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
