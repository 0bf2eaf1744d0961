"""`cannedkit fix`: fixes made in response files and drafts, and nothing else changed."""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from cannedkit.cli import completion
from cannedkit.cli.draftfile import draft_bytes
from cannedkit.cli.shared import (
    BROKEN,
    FOUND,
    counted,
    hand_out,
    least_level,
    no_engines_option,
    open_kit,
    progress,
    say,
    shown_path,
    tell,
    trust_option,
)
from cannedkit.markdown.documents import formats
from cannedkit.model.draft import Draft, Level
from cannedkit.model.errors import DraftError, Failure, unreadable
from cannedkit.model.result import Change, FileFinding, Rewritten
from cannedkit.text.visible import shown, visible
from cannedkit.wire.summary import located

if TYPE_CHECKING:
    from cannedkit.kit import Kit

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WIDTH = 60
"""Characters of a text that a line about it shows."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the catalogue, or of a draft: `text` is that of a draft from standard input."""

    made: tuple[Change, ...] = ()
    left: tuple[Change, ...] = ()
    files: tuple[Rewritten, ...] = ()
    remaining: Sequence[FileFinding] = ()
    errors: tuple[Failure, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the options ask for; `said` is what they say of drafts."""

    every: bool
    rules: tuple[str, ...]
    write: bool
    said: Mapping[str, object]
    markdown: bool
    today: datetime | None


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--all", "every", is_flag=True, help="Make the first fix of every finding, not only those that are safe.")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Only findings of this rule, pack or engine.")
@click.option("--response", metavar="ID", help="Only this response.", shell_complete=completion.replies)
@click.option("-i", "--interactive", is_flag=True, help="Ask for each finding what to do: one key is enough.")
@click.option(
    "--diff", is_flag=True, help="Print what would change and change nothing; exit code 1 if that is something."
)
@click.option("--locale", help="Language of the drafts, such as en-GB.")
@click.option("--channel", help="Channel that the drafts go out on.")
@click.option("--mood", default="neutral", help="The customer's mood: neutral, upset or pleased.")
@click.option("--known", multiple=True, metavar="FACT", help="A fact known in the conversation, such as issue.")
@click.option("--topic", help="Topic of the response that the drafts were made from, such as orders.")
@click.option("--markdown", is_flag=True, help="The drafts are Markdown; files that end in .md are anyway.")
@click.option(
    "--fail-on", type=click.Choice([str(level) for level in Level]), help="Lowest level that makes exit code 1."
)
@no_engines_option
@trust_option
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date to take for today, for rules about dates.")
def fix(
    paths: tuple[Path, ...],
    every: bool,
    rules: tuple[str, ...],
    response: str | None,
    interactive: bool,
    diff: bool,
    locale: str | None,
    channel: str | None,
    mood: str,
    known: tuple[str, ...],
    topic: str | None,
    markdown: bool,
    fail_on: str | None,
    no_engines: bool,
    trust: tuple[str, ...],
    today: datetime | None,
) -> None:
    """Make the safe fixes where they stand: in the catalogue, in files and folders of it, in drafts (- for stdin)."""
    drafts = [path for path in paths if not (os.path.isdir(path) or path.suffix in (".yaml", ".yml"))]
    parts: list[Path | None] = [path for path in paths if path not in drafts] if paths else [None]
    _refuse(drafts, response, interactive, diff, every)
    kit = open_kit(parts[0] if parts and parts[0] else Path(), no_engines, forgiving=True, trust=trust)
    said = {"locale": locale, "channel": channel, "mood": mood, "known": known, "topic": topic}
    asked = _Asked(every, rules, not diff, said, markdown, today)
    if interactive:
        _interactive(kit, parts, drafts, response, asked, fail_on)
    if drafts:
        kit.draft("", **said)  # type: ignore[arg-type]  # a mistake in the options is told before any draft is read
    done = [_catalogue(kit, part, response, asked) for part in parts]
    done += [_draft(kit, path, asked) for path in drafts]
    _finish(kit, done, asked, fail_on)


def _refuse(drafts: list[Path], response: str | None, interactive: bool, diff: bool, every: bool) -> None:
    """Raises UsageError for what does not go together."""
    if response and drafts:
        raise click.UsageError(f"--response is for the catalogue, and {drafts[0]} is a draft")
    if interactive and (diff or every):
        raise click.UsageError("--interactive asks for each finding: leave --diff and --all out")
    if interactive and Path("-") in drafts:
        raise click.UsageError("--interactive writes where a text stands: give a file, not -")
    if interactive and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("--interactive needs a terminal")


def _catalogue(kit: Kit, part: Path | None, response: str | None, asked: _Asked) -> Done:
    """The catalogue, or a part of it."""
    with progress(len(kit.readable.responses)) as step:
        fixed = kit.fix(
            only=_only(kit, part),
            response=response,
            all=asked.every,
            rules=asked.rules,
            write=asked.write,
            today=asked.today.date() if asked.today else None,
            step=step,
        )
    return Done(fixed.made, fixed.left, fixed.files, fixed.review.findings, fixed.review.errors)


def _only(kit: Kit, part: Path | None) -> Path | None:
    """The part of the catalogue that was named, None for all of it."""
    whole = (kit.settings.path, kit.settings.root, kit.settings.catalogue)
    return None if part is None or part.resolve() in whole else part


def _interactive(
    kit: Kit, parts: list[Path | None], drafts: list[Path], response: str | None, asked: _Asked, fail_on: str | None
) -> NoReturn:
    """Ask about each finding, then say what was done."""
    from cannedkit.cli.ask import ask
    from cannedkit.review.fix import workshop
    from cannedkit.review.mend import wish
    from cannedkit.review.walk import Piece, draft_piece, pieces

    day = asked.today.date() if asked.today else date.today()

    def texts() -> Iterator[Piece]:
        for part in parts:
            yield from pieces(workshop(kit.settings, kit.reread, kit.linter, day, _only(kit, part), response or ""))
        for path in drafts:
            draft, data = _read_draft(kit, path, asked)
            yield draft_piece(path, draft, data, kit.linter(draft.locale))

    tally = ask(kit, texts(), wish(kit.settings, True, asked.rules))
    waived = f", waived {tally.waived}" if tally.waived else ""
    say(f"{'Stopped. ' if tally.ended else ''}Fixed {counted(len(tally.made), 'finding')}{waived}.")
    errors = [*kit.refused, *(unreadable(one) for one in kit.readable.refused)] if parts else list(kit.refused)
    for error in errors:
        say(located(replace(error, path=shown_path(error.path) if error.path else "")))
    least = least_level(kit, fail_on)
    sys.exit(BROKEN if errors else FOUND if any(one.finding.level >= least for one in tally.passed) else 0)


def _read_draft(kit: Kit, path: Path, asked: _Asked) -> tuple[Draft, bytes]:
    """A draft as the options say, and what its file holds. Raises DraftError."""
    data = draft_bytes(path, formats.of(path).most_bytes)
    document = formats.read(path, data)
    if not document.written:
        raise DraftError(
            f"cannot be mended in its place, for {path.suffix} holds more than its text: `cannedkit lint` says "
            "what to change in the program that wrote it"
        )
    (part,) = document.parts
    format = "markdown" if asked.markdown and part.format == "text" else part.format
    said = {**asked.said, "locale": asked.said["locale"] or kit.locale_of(part.words)}
    draft = kit.draft(part.text, **said)  # type: ignore[arg-type]
    return replace(draft, format=format, commented=format != "text" and str(path) != "-"), data


def _draft(kit: Kit, path: Path, asked: _Asked) -> Done:
    """A draft: written in its place, or handed back where it came from standard input."""
    name = shown_path(str(path))
    try:
        draft, data = _read_draft(kit, path, asked)
        mended = kit.fix_draft(draft, all=asked.every, rules=asked.rules)
    except DraftError as error:
        return Done(errors=(Failure("", str(error), name),))
    if not asked.said["locale"] and draft.locale != kit.settings.locale:
        tell(f"{name} is taken as {draft.locale} by its words; --locale says otherwise")
    sign = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    before, after = sign + draft.text, sign + mended.text
    if asked.write and str(path) != "-" and before != after:
        from cannedkit.files import put

        put(path, after.encode(), data)
    return Done(
        tuple(_at(name, one) for one in mended.made),
        tuple(_at(name, one) for one in mended.left),
        (Rewritten(name, before, after),) if before != after else (),
        mended.remaining,
        (*kit.refused, *mended.failures),
        after if str(path) == "-" else None,
    )


def _at(name: str, change: Change) -> Change:
    found = change.found
    return replace(change, found=replace(found, place=replace(found.place, path=name)))


def _finish(kit: Kit, done: list[Done], asked: _Asked, fail_on: str | None) -> NoReturn:
    """Print what was done, and end with the exit code that it means."""
    diff = not asked.write
    texts = [one.text for one in done if one.text is not None and not diff]
    files = [file for one in done for file in one.files]
    errors = [error for one in done for error in one.errors]
    remaining = [found for one in done for found in one.remaining]
    if diff:
        hand_out("".join(line for file in files for line in _diff(file)))
    for text in texts:
        hand_out(visible(text, lines=True) if sys.stdout.isatty() else text)
    lines = [line for one in done for change in (*one.made, *one.left) for line in [_line(change)] if not diff]
    lines += [located(replace(one, path=shown_path(one.path) if one.path else "")) for one in dict.fromkeys(errors)]
    lines += [" ".join(filter(None, ["" if diff else _summary(done, remaining), _unsure(remaining, asked)]))]
    for line in filter(None, lines):
        tell(line) if texts or diff else say(line)
    if errors:
        sys.exit(BROKEN)
    least = least_level(kit, fail_on)
    worst = any(found.finding.level >= least for found in remaining)
    sys.exit(FOUND if worst or (diff and files) else 0)


def _line(change: Change) -> str:
    """What was done about a finding, or why nothing was."""
    place = replace(change.found.place, path=shown_path(change.found.place.path))
    old, new = _quoted(change.found.text), _quoted(change.fix)
    if change.reason:
        wanted = f"not {new}" if new else "not taken out"
        return f"{place}: left: {old}, {wanted}: {change.reason}  [{change.found.finding.rule}]"
    became = f"{old} is now {new}" if old and new else f"{old} is taken out" if old else f"{new} is put in"
    return f"{place}: fixed: {became}  [{change.found.finding.rule}]"


def _quoted(text: str) -> str:
    return f'"{text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"}"' if text else ""


def _summary(done: Iterable[Done], remaining: Iterable[FileFinding]) -> str:
    """How many fixes were made and left, and what remains."""
    made, left, files = (sum(len(getattr(one, name)) for one in done) for name in ("made", "left", "files"))
    parts = [f"Fixed {counted(made, 'finding')} in {counted(files, 'file')}." if made else "Nothing was fixed."]
    parts += (
        [f"Left {counted(left, 'finding')} as it was." if left == 1 else f"Left {left} findings as they were."]
        if left
        else []
    )
    levels = [found.finding.level for found in remaining]
    counts = [counted(levels.count(level), str(level)) for level in reversed(Level) if level in levels]
    parts.append(f"What remains: {', '.join(counts)}." if counts else "Nothing else is found.")
    return " ".join(parts)


def _unsure(remaining: Iterable[FileFinding], asked: _Asked) -> str:
    """What `--all` would try, beyond the fixes that are safe; "" for nothing."""
    from cannedkit.review.mend import Wish, chosen

    wish = Wish(all=True, rules=asked.rules)
    count = sum(not found.finding.safe and chosen(wish, found) for found in remaining)
    return f"--all tries to fix {count} more: read what it did." if count and not asked.every else ""


def _diff(file: Rewritten) -> Iterator[str]:
    """The lines of a unified diff, as `git apply` takes them."""
    name = shown_path(file.path)
    before, after = _LINES.findall(file.before), _LINES.findall(file.after)
    for line in difflib.unified_diff(before, after, f"a/{name}", f"b/{name}"):
        kept = line.rstrip("\r\n")
        yield "".join(shown(kept)) + line[len(kept) :]
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"
