"""What the commands share: the kit, options, reports, exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from cannedkit import files
from cannedkit.cli.output import LINES, SUMMARY, Output, outputs, put, summarise
from cannedkit.model.draft import Level
from cannedkit.model.errors import Place, Problem
from cannedkit.model.result import Checked, Explanation, FileFinding, Replacement, Report
from cannedkit.report import FORMATS
from cannedkit.text.pile import made
from cannedkit.text.places import LINE_END
from cannedkit.text.visible import visible
from cannedkit.wire.summary import summary

if TYPE_CHECKING:
    from cannedkit.kit import Kit
    from cannedkit.model.errors import Failure


FOUND, BROKEN = 1, 2
"""Exit codes: something at or above `fail_on` was found; something is broken."""

_FAIL_ON = click.Choice([str(level) for level in Level])


def let_go(stream: TextIO | None) -> None:
    """What a stream holds and cannot write goes nowhere, so that the program does not fail on it again as it ends."""
    try:
        if stream:
            stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno() if stream else -1)


def say(text: str, *, lines: bool = False, dim: bool = False) -> None:
    """Print a line on stdout, whoever wrote what stands in it; with `lines` its line breaks are meant."""
    click.secho(visible(text, lines=lines), dim=dim or None)


def hand_out(text: str, *, err: bool = False) -> None:
    """Print a text that is ready as it is: a report, JSON."""
    click.echo(text, nl=False, err=err)


def tell(text: str) -> None:
    """Print on stderr what the program has to say, each of its lines under the program's name."""
    for line in filter(None, LINE_END.split(text)):
        try:
            click.echo(f"cannedkit: {visible(line)}", err=True)
        except OSError:
            let_go(sys.stderr)


def answer(question: str, proposed: str | None = None) -> str:
    """The line that somebody writes on the terminal. Raises click.Abort."""
    return str(click.prompt(question, default=proposed))


COUNTED = ("line", "concise", "json")
"""The formats that can count findings by rule."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a command prints what it found, and how, and what makes its exit code 1 or 2."""

    outputs: tuple[Output, ...] = LINES
    fail_on: str | None = None
    strict: bool = False
    statistics: bool = False


def shown_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how to print; the command gets them as one argument, `shown`."""

    @click.option("--format", "format", type=click.Choice(list(FORMATS)), help="How to print; line is the default.")
    @click.option(
        "--output",
        multiple=True,
        metavar="FORMAT=FILE",
        help="Also or instead: a report into a file, - for standard output. Repeatable.",
    )
    @click.option("--statistics", is_flag=True, help="Count the findings of each rule in place of showing them.")
    @click.option("--fail-on", type=_FAIL_ON, help="Lowest level that makes the exit code 1.")
    @click.option("--strict", is_flag=True, help="Exit 2 where something was read by no rule or engine.")
    @wraps(command)
    def shown(
        *args: Any,
        format: str | None,
        output: tuple[str, ...],
        statistics: bool,
        fail_on: str | None,
        strict: bool,
        **kwargs: Any,
    ) -> Any:
        asked = outputs(format, output)
        if statistics and any(one.format not in COUNTED for one in asked):
            raise click.UsageError(f"--statistics goes with --format {', '.join(COUNTED)}")
        return command(*args, shown=Shown(asked, fail_on, strict, statistics), **kwargs)

    return shown


no_engines_option = click.option("--no-engines", is_flag=True, help="Rules only: leave spelling and grammar out.")


deep_option = click.option("--deep", is_flag=True, help="Let a model read whole sentences, too (extra deep): slower.")


trust_option = click.option(
    "--trust",
    multiple=True,
    metavar="WHAT",
    help="An address, or a path, that the files here may name outside of their repository; `all` for any.",
)


time_limit_option = click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="CPU time for patterns that are not ours: of the run (60), with --jsonl of each draft (1).",
)


def memory_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how much runs side by side and what is remembered: `jobs`, `no_cache` and `cache_dir`."""

    @click.option("--jobs", callback=_jobs, default="auto", show_default=True, help="How many processes lint at most.")
    @click.option("--no-cache", is_flag=True, help="Lint every text anew, and remember nothing.")
    @click.option(
        "--cache-dir",
        type=click.Path(file_okay=False, path_type=Path),
        help="Where what was found is remembered (default: the user's cache folder).",
    )
    @wraps(command)
    def remembering(*args: Any, no_cache: bool, cache_dir: Path | None, **kwargs: Any) -> Any:
        if no_cache and cache_dir:
            raise click.UsageError("--cache-dir says where to remember, --no-cache to remember nothing: give one")
        return command(*args, no_cache=no_cache, cache_dir=cache_dir, **kwargs)

    return remembering


def _jobs(context: click.Context, option: click.Parameter, value: str) -> int | None:
    """A number of processes; None for `auto`."""
    if value == "auto":
        return None
    if not (value.isascii() and value.isdigit() and 0 < int(value[:7]) < 1_000_000):
        raise click.BadParameter(f"{value!r} is no number of processes: write `auto`, or a number such as 2")
    return int(value)


def counted(count: int | str, word: str) -> str:
    """`1 rule`, `2 rules`, `no rules`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def assigned(given: str, option: str = "--set", form: str = "NAME=VALUE") -> tuple[str, str]:
    """The name and the value of NAME=VALUE. Raises click.UsageError."""
    name, sign, value = given.partition("=")
    if not sign:
        raise click.UsageError(f"{option} needs {form}, not {given!r}")
    return name.strip(), value


def letter(subject: str | None, text: str) -> str:
    """A message as it is printed, its subject before it."""
    return f"Subject: {subject}\n\n{text}" if subject else text


def open_kit(
    folder: Path,
    no_engines: bool,
    *,
    checks: bool = True,
    forgiving: bool = False,
    trust: Iterable[str] = (),
    deep: bool = False,
) -> Kit:
    """The kit of a folder; for a command that checks texts, what goes unchecked is said on stderr.

    `forgiving`: settings with a fault are left out, and the kit says which. `trust` is what the settings may name.
    `deep`: a model reads whole sentences. Raises click.UsageError.
    """
    from cannedkit.kit import Kit

    if deep and no_engines:
        raise click.UsageError("--deep is for an engine, and --no-engines leaves all of them out: give one")
    context = click.get_current_context(silent=True)
    load = (context.obj if context else None) or Kit.load  # the warm service has one ready
    kit: Kit = load(folder, with_engines=not no_engines, forgiving=forgiving, trust=trust, deep=deep)
    for note in kit.notes if checks else ():
        tell(note)
    return kit


def make_report(
    kit: Kit,
    findings: Sequence[FileFinding],
    errors: Iterable[Failure],
    checked: Checked,
    seconds: float = 0.0,
    texts: Mapping[str, str] | None = None,
    replacement: Callable[[FileFinding, str], Replacement | None] = lambda found, fix: None,
) -> Report:
    """What to print: paths as seen from here, and why each rule is there. `texts` are those of drafts, by path.

    `replacement` says how a fix is made in a file, None where that cannot be said.
    """
    lines = _lines_of(texts or {})
    shown = _as_seen(findings)
    packs = {tag.partition("-")[0] for tag in checked.engines or [kit.settings.locale]}
    found = {one.finding.rule for one in shown}
    return Report(
        shown,
        tuple(replace(failed, path=shown_path(failed.path) if failed.path else "") for failed in errors),
        checked,
        seconds,
        rules={id: rule for language in sorted(packs) for id, rule in kit.linter(language).told(found).items()},
        explained={one.id: one for one in _explained(kit, found)},
        notes=kit.notes,
        lines=lines,
        replacement=replacement,
    )


def _explained(kit: Kit, rules: Iterable[str]) -> Iterator[Explanation]:
    """What there is to say of some rules; of an engine's own nothing beyond their messages."""
    explained = map(kit.explain, sorted(rules))
    return (one for one in explained if one.kind != "engine")


def wants_colour() -> bool:
    """Whether stdout is a terminal that may show colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _lines_of(texts: Mapping[str, str]) -> Callable[[str], list[str]]:
    """A function from a path to the lines of that file, for showing; none where it cannot be read."""

    @lru_cache(maxsize=64)
    def lines(path: str) -> list[str]:
        try:
            text = texts[path] if path in texts else files.text(Path(path), files.MAX_WORDS)
        except files.FileError:
            return []
        return LINE_END.split(text)

    return lines


def shown_path(path: str) -> str:
    """A path as seen from the current folder, if it lies below it."""
    full = Path(path)
    here = Path.cwd()
    return str(full.relative_to(here)) if full.is_absolute() and full.is_relative_to(here) else path


def _as_seen(findings: Sequence[FileFinding]) -> Sequence[FileFinding]:
    """The findings with their paths as seen from the current folder, each path looked at once."""
    shown = lru_cache(maxsize=None)(shown_path)

    def seen(place: Place) -> Place:
        return replace(place, path=shown(place.path))

    def each(found: FileFinding) -> FileFinding:
        if all(shown(place.path) == place.path for place in (found.place, *found.related)):
            return found
        return replace(found, place=seen(found.place), related=tuple(map(seen, found.related)))

    return made(each, findings)


def relative(problem: Problem) -> str:
    """The problem with its path as seen from the current folder."""
    return str(replace(problem, path=shown_path(problem.path)))


def least_level(kit: Kit, fail_on: str | None) -> Level:
    """The lowest level that makes the exit code 1."""
    return Level[fail_on.upper()] if fail_on else kit.settings.fail_on


def finish(kit: Kit, report: Report, shown: Shown) -> NoReturn:
    """Print the report and end with the exit code that it means."""
    least = least_level(kit, shown.fail_on)
    hand_reports(replace(report, least=least), shown)
    if click.get_current_context().obj is None:  # a fork of the warm service has nothing that its parent has not
        kit.remember()
    if report.errors or (shown.strict and report.checked.unread):
        sys.exit(BROKEN)
    sys.exit(FOUND if any(found.finding.level >= least for found in report.findings) else 0)


def hand_reports(report: Report, shown: Shown) -> None:
    """Write and print a report wherever it is asked for; what is not for a format's readers goes to stderr.

    Raises OSError for a file that cannot be written, once all others are.
    """
    from cannedkit.report import beside, pieces, write

    report = replace(report, statistics=shown.statistics)
    failed: list[OSError] = []
    for one in sorted(shown.outputs, key=lambda one: one.path is None):
        if one.path is None:
            for piece in pieces(replace(report, paint=wants_colour()), one.format):
                hand_out(piece)
            continue
        try:
            put(one.path, write(report, one.format))
        except OSError as error:
            failed.append(error)
    formats = [one.format for one in shown.outputs]
    for line in dict.fromkeys(line for format in formats for line in beside(report, format)):
        tell(line)
    if all(one.path for one in shown.outputs):
        tell(summary(report))
    if "github" in formats and os.environ.get(SUMMARY):
        summarise(write(report, "markdown"))
    if failed:
        raise failed[0]


@contextmanager
def progress(length: int) -> Iterator[Callable[[], object]]:
    """A progress bar on a terminal for long work, nothing elsewhere; gives the step to call."""
    if length < 50 or not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=length, label="Checking", file=sys.stderr) as bar:
        yield lambda: bar.update(1)
