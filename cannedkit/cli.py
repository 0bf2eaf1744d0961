"""The command line: each command thin over Kit. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cannedkit.coveragecommand import coverage
from cannedkit.languagetool.command import languagetool
from cannedkit.model import CannedkitError, FileFinding, Level, Place, Problem, Report
from cannedkit.report import FORMATS

if TYPE_CHECKING:
    from cannedkit.kit import Kit
    from cannedkit.model import Failure, Finding, Rule

FOUND, BROKEN = 1, 2
"""Exit codes: something at or above `fail_on` was found; something is broken."""

_FAIL_ON = click.Choice([str(level) for level in Level])


class _Commands(click.Group):
    """A group whose commands end with a line on stderr and exit code 2 for a user's mistake, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except CannedkitError as error:
            for line in str(error).splitlines():
                click.echo(f"cannedkit: {line}", err=True)
            ctx.exit(BROKEN)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cannedkit")
def main() -> None:
    """Keep prewritten replies short, correct and human: lint a catalogue of them, and agents' drafts."""


_format = click.option("--format", "format", type=click.Choice(list(FORMATS)), default="line", help="How to print.")
_fail_on = click.option("--fail-on", type=_FAIL_ON, help="Lowest level that makes the exit code 1.")
_no_engines = click.option("--no-engines", is_flag=True, help="Rules only: leave spelling and grammar out.")


# -- check and lint -----------------------------------------------------------------------------


@main.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path), default=".")
@_format
@_fail_on
@_no_engines
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date to take for today, for rules about dates.")
def check(folder: Path, format: str, fail_on: str | None, no_engines: bool, today: datetime | None) -> None:
    """Check the catalogue: every reply as its customers will read it."""
    kit = _kit(folder, no_engines)
    with _progress(len(kit.catalogue.responses)) as step:
        review = kit.check(today=today.date() if today else None, step=step)
    report = _report(kit, review.findings, review.errors, review.checked, review.seconds)
    _finish(kit, report, format, fail_on)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--locale", help="Language of the drafts, such as en-GB.")
@click.option("--channel", help="Channel that they go out on.")
@click.option("--mood", default="neutral", help="The customer's mood: neutral, upset or pleased.")
@click.option("--known", multiple=True, metavar="FACT", help="A fact known in the conversation, such as issue.")
@click.option("--markdown", is_flag=True, help="The drafts are Markdown; files that end in .md are anyway.")
@click.option("--vale", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Lint by a .vale.ini.")
@click.option("--write-settings", is_flag=True, help="With --vale: write a cannedkit.yaml that means the same.")
@click.option("--jsonl", is_flag=True, help="Read one JSON object a line, write one answer a line.")
@_format
@_fail_on
@_no_engines
def lint(
    paths: tuple[Path, ...],
    locale: str | None,
    channel: str | None,
    mood: str,
    known: tuple[str, ...],
    markdown: bool,
    vale: Path | None,
    write_settings: bool,
    jsonl: bool,
    format: str,
    fail_on: str | None,
    no_engines: bool,
) -> None:
    """Lint drafts: text files, or - for standard input."""
    if vale:
        _lint_by_vale(vale, paths, format, write_settings)
    if write_settings:
        raise click.UsageError("--write-settings needs --vale: it writes what a .vale.ini means")
    if not paths:
        raise click.UsageError("Missing argument 'PATHS...'.")
    began = time.perf_counter()
    kit = _kit(Path(), no_engines)
    if jsonl:
        _lint_lines(kit, paths, fail_on)
        return
    findings: list[FileFinding] = []
    failures: list[Failure] = []
    texts: dict[str, str] = {}
    locales: set[str] = set()
    for path in paths:
        texts[_shown(str(path))] = _draft_text(path)
    for name, text in texts.items():
        draft = kit.draft(text, locale=locale, channel=channel, mood=mood, known=known)
        if markdown or name.endswith((".md", ".markdown")):
            draft = replace(draft, format="markdown")
        if draft.locale != (locale or kit.settings.locale):
            click.echo(f"cannedkit: {name} is taken as {draft.locale} by its words; --locale says otherwise", err=True)
        locales.add(draft.locale)
        found, failed = kit.linter(draft.locale).results(draft)
        findings += (_placed(one, name, text) for one in found)
        failures += failed
    checked = {"drafts": len(texts), "engines": {tag: kit.read_by(tag) for tag in sorted(locales)}}
    report = _report(kit, findings, failures, checked, time.perf_counter() - began, texts)
    _finish(kit, report, format, fail_on)


def _lint_by_vale(ini: Path, paths: Iterable[Path], format: str, write_settings: bool) -> NoReturn:
    from cannedkit.report import write
    from cannedkit.vale import command as valecommand

    if write_settings:
        ran = valecommand.write_settings(ini, Path("cannedkit.yaml"))
    else:
        given = valecommand.Input([str(path) for path in paths], lambda: _draft_text(Path("-")))
        ran = valecommand.lint(ini, given, as_json=format == "vale-json")
    for note in ran.notes:
        click.echo(note, err=True)
    if ran.report:
        click.echo(write(replace(ran.report, paint=_wants_colour()), format), nl=False)
    sys.exit(ran.code)


def _lint_lines(kit: Kit, paths: Iterable[Path], fail_on: str | None) -> None:
    import json

    from cannedkit.jsonl import answers

    least = _level(kit, fail_on)
    code = 0
    for path in paths:
        with click.open_file(str(path), "rb") as lines:
            for answer, highest in answers(kit, lines, lambda note: click.echo(f"cannedkit: {note}", err=True)):
                click.echo(json.dumps(answer, ensure_ascii=False))
                if "error" in answer or "errors" in answer:
                    code = BROKEN
                elif highest is not None and highest >= least:
                    code = max(code, FOUND)
    sys.exit(code)


def _draft_text(path: Path) -> str:
    """The text of a draft file. Raises DraftError."""
    from cannedkit.model import DraftError

    if path.suffix in (".yaml", ".yml"):
        raise DraftError(f"{path} is no draft but YAML: use `cannedkit check` for a catalogue of responses")
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise DraftError(f"{path} cannot be read: {error.strerror}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DraftError(f"{path} is not UTF-8: byte {error.start + 1} is wrong; save it as UTF-8") from None


def _placed(finding: Finding, path: str, text: str) -> FileFinding:
    line, column = _position(text, finding.start)
    end_line, end_column = _position(text, finding.end)
    return FileFinding(finding, Place(path, line, column, end_line, end_column), text=text[finding.start : finding.end])


_LINE_END = re.compile(r"\r\n|\n|\r")


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset."""
    ends = [end.end() for end in _LINE_END.finditer(text, 0, offset)]
    return len(ends) + 1, offset - (ends[-1] if ends else 0) + 1


# -- rules --------------------------------------------------------------------------------------


@main.group(cls=_Commands)
def rules() -> None:
    """List, test and explain the rules in force."""


@rules.command("list")
@click.argument("pack", required=False)
def list_rules(pack: str | None) -> None:
    """Print every rule with its level and why it is there."""
    from cannedkit.rules import level

    kit = _kit(Path(), no_engines=True)
    found = _rules(kit)
    width = max((len(id) for id in found), default=0)
    for rule in found.values():
        if pack in (None, rule.pack):
            in_force, _ = level(rule.id, rule.level, kit.settings.levels)
            click.echo(f"{rule.id:{width}}  {in_force or 'off'!s:10}  {rule.why or rule.message}")


@rules.command("test")
@click.argument("names", nargs=-1, metavar="[PACK]...")
def test_rules(names: tuple[str, ...]) -> None:
    """Run the examples of the rules: each `bad` must be found where it is marked, each `good` by no rule."""
    from cannedkit import selftest

    kit = _kit(Path(), no_engines=False)
    packs = kit.packs()
    for name in names:
        if name not in {pack.name for pack in packs}:
            raise CannedkitError(f"there is no pack `{name}` in force{_nearest(name, [pack.name for pack in packs])}")
    chosen = [pack for pack in packs if not names or pack.name in names]
    problems, ran = selftest.test(chosen, kit.settings)
    for note in selftest.notes(chosen, kit.settings):
        click.echo(f"cannedkit: {note}", err=True)
    for problem in problems:
        click.echo(_relative(problem))
    count = sum(len(pack.rules) for pack in chosen)
    click.echo(f"{_counted(count, 'rule')}, {_counted(ran, 'example')}: {_counted(len(problems) or 'no', 'problem')}.")
    sys.exit(FOUND if problems else 0)


def _counted(count: int | str, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


@rules.command()
@click.argument("id")
def explain(id: str) -> None:
    """Print what a rule is for: why, source, examples, and the level in force."""
    from cannedkit.rules import level

    kit = _kit(Path(), no_engines=True)
    found = _rules(kit)
    if id not in found:
        raise CannedkitError(f"there is no rule `{id}` in force{_nearest(id, list(found))}")
    rule = found[id]
    in_force, key = level(rule.id, rule.level, kit.settings.levels)
    set_by = f" (set by `{key}` in {kit.settings.path})" if key else ""
    click.echo(f"{rule.id}: {in_force or 'off'}{set_by}\n")
    rows = {
        "says": rule.message,
        "why": rule.why,
        "instead": rule.instead,
        "source": rule.source,
        "link": rule.link,
        "when": "; ".join(_condition(condition.key, condition.values, condition.negated) for condition in rule.where),
        "kind": rule.kind,
        "file": str(_shown(rule.path)),
    }
    for name, text in rows.items():
        if text:
            click.echo(f"  {name + ':':9} {text}")
    for name, examples in (("bad", rule.bad), ("good", rule.good)):
        for example in examples:
            click.echo(f"  {name + ':':9} {_marked(example.text, example.spans if name == 'bad' else ())}")


def _condition(key: str, values: tuple[str, ...], negated: bool) -> str:
    return f"{key} is {'not ' if negated else ''}{' or '.join(values)}"


def _marked(text: str, spans: Iterable[tuple[int, int]] | None) -> str:
    for start, end in sorted(spans or (), reverse=True):
        text = f"{text[:start]}[[{text[start:end]}]]{text[end:]}"
    return text.replace("\n", "⏎")


def _rules(kit: Kit) -> dict[str, Rule]:
    return {rule.id: rule for pack in kit.packs() for rule in pack.rules}


@rules.command()
@click.argument("text")
@click.option("--locale", help="Language of the text, such as en-GB.")
@click.option("--channel", help="Channel that it goes out on.")
@click.option("--mood", default="neutral", help="The customer's mood: neutral, upset or pleased.")
@click.option("--known", multiple=True, metavar="FACT", help="A fact known in the conversation, such as issue.")
def trace(text: str, locale: str | None, channel: str | None, mood: str, known: tuple[str, ...]) -> None:
    """Print what each rule did with TEXT: which looked, which fired, and what silenced one."""
    from cannedkit import trace as traces

    kit = _kit(Path(), no_engines=False)
    draft = kit.draft(text, locale=locale, channel=channel, mood=mood, known=known)
    found = list(traces.trace(kit.linter(draft.locale), kit.settings, draft))

    def shown(spans: Iterable[tuple[int, int]]) -> str:
        return ", ".join(repr(text[start:end]) for start, end in spans)

    for one in found:
        for label, spans in (
            ("fired", one.found),
            ("silenced by its exceptions", one.excepted),
            ("silenced by the vocabulary", one.accepted),
        ):
            if spans:
                click.echo(f"{one.rule.id}: {label}: {shown(spans)}")
        if one.unmet:
            condition = _condition(one.unmet.key, one.unmet.values, one.unmet.negated)
            click.echo(f"{one.rule.id}: did not look: {condition} does not hold")
    quiet = [one.rule.id for one in found if one.looked and not (one.found or one.excepted or one.accepted)]
    click.echo(f"Looked and found nothing: {', '.join(quiet) or 'none'}.")
    rest = sum(not one.looked and one.unmet is None for one in found)
    click.echo(f"Did not look, for none of their words is there: {_counted(rest, 'rule')}.")


main.add_command(languagetool)
main.add_command(coverage)


# -- show and init ------------------------------------------------------------------------------


@main.command()
@click.argument("id")
@click.option("--locale", help="Only this locale.")
@click.option("--channel", help="Only this channel.")
@click.option(
    "--set", "given", multiple=True, metavar="NAME=VALUE", help="A value: print the reply as it would go out."
)
def show(id: str, locale: str | None, channel: str | None, given: tuple[str, ...]) -> None:
    """Print a response as customers will read it, with sample values, or with --set as it would go out."""
    kit = _kit(Path(), no_engines=True)
    if given:
        values = dict(_assignment(one) for one in given)
        reply = kit.reply(id, values, locale=locale, channel=channel)
        click.echo(f"Subject: {reply.subject}\n\n{reply}" if reply.subject else str(reply))
        return
    shown = [one for one in _renderings(kit, id) if locale in (None, one[0]) and channel in (None, *one[1])]
    if not shown:
        raise CannedkitError(f"`{id}` has no body for that locale and channel")
    for body_locale, channels, samples, text in shown:
        click.secho(f"{id} · {body_locale} · {', '.join(channels)} · {samples}", dim=True)
        click.echo(f"{text}\n")


def _renderings(kit: Kit, id: str) -> Iterator[tuple[str, list[str], str, str]]:
    """Locale, channels, sample set and text of every rendering of a response."""
    from cannedkit import template
    from cannedkit.catalogue import bodies
    from cannedkit.settings import facts_for

    response = kit.response(id)
    for body in response.bodies:
        channels = [name for name in response.channels if body in bodies(response, body.locale, name)]
        facts = facts_for(kit.settings, body.locale)
        parsed = template.parse(body.text.value)
        subject = template.parse(body.subject.value) if body.subject else None
        for samples in template.sample_sets(parsed, response.variables, body.locale, facts):
            text = template.render(parsed, samples.values, body.locale).text
            title = f"variation {body.variation}, {samples.name}" if body.variation > 1 else samples.name
            if subject:
                first = template.sample_sets(subject, response.variables, body.locale, facts)[0]
                text = f"Subject: {template.render(subject, first.values, body.locale).text}\n\n{text}"
            yield body.locale, channels, title, text


def _assignment(given: str) -> tuple[str, str]:
    name, sign, value = given.partition("=")
    if not sign:
        raise click.UsageError(f"--set needs NAME=VALUE, not {given!r}")
    return name.strip(), value


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def init(folder: Path) -> None:
    """Write a cannedkit.yaml and copy the starter catalogue beside it. Nothing that is there is overwritten."""
    from shutil import copy2, copytree

    from cannedkit.settings import shipped

    names = ("cannedkit.yaml", "facts.yaml", "offers.yaml", "responses")
    there = [name for name in names if (folder / name).exists()]
    if there:
        raise CannedkitError(f"{folder / there[0]} is there already; nothing was written")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules").mkdir(exist_ok=True)
    for name in names:
        source = shipped() / name
        if source.is_dir():
            copytree(source, folder / name)
        else:
            copy2(source, folder / name)
    click.echo(f"Wrote {', '.join(str(folder / name) for name in names)}. Next: cannedkit check {folder}")


# -- what the commands share --------------------------------------------------------------------


def _kit(folder: Path, no_engines: bool) -> Kit:
    from cannedkit.kit import Kit

    kit = Kit.load(folder, with_engines=not no_engines)
    for note in kit.notes:
        click.echo(f"cannedkit: {note}", err=True)
    return kit


def _report(
    kit: Kit,
    findings: Iterable[FileFinding],
    errors: Iterable[Failure],
    checked: Mapping[str, Any],
    seconds: float = 0.0,
    texts: Mapping[str, str] | None = None,
) -> Report:
    """What to print: paths as seen from here, and why each rule is there. `texts` are those of drafts, by path."""
    shown = tuple(replace(found, place=replace(found.place, path=_shown(found.place.path))) for found in findings)
    packs = {tag.partition("-")[0] for tag in checked.get("engines", [kit.settings.locale])}
    known = {check.rule.id: check.rule for language in sorted(packs) for check in kit.linter(language).checks}
    lines = _lines_of(texts or {})
    return Report(shown, tuple(errors), checked, seconds, rules=known, lines=lines, paint=_wants_colour())


def _wants_colour() -> bool:
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _lines_of(texts: Mapping[str, str]) -> Callable[[str], list[str]]:
    """A function from a path to the lines of that file, for showing; none where it cannot be read."""

    @lru_cache(maxsize=64)
    def lines(path: str) -> list[str]:
        try:
            text = texts[path] if path in texts else Path(path).read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return []
        return _LINE_END.split(text)

    return lines


def _shown(path: str) -> str:
    """A path as seen from the current folder, if it lies below it."""
    full = Path(path)
    here = Path.cwd()
    return str(full.relative_to(here)) if full.is_absolute() and full.is_relative_to(here) else path


def _relative(problem: Problem) -> str:
    return str(replace(problem, path=_shown(problem.path)))


def _nearest(name: str, names: list[str]) -> str:
    from cannedkit.names import nearest

    return nearest(name, names)


def _level(kit: Kit, fail_on: str | None) -> Level:
    return Level[fail_on.upper()] if fail_on else kit.settings.fail_on


def _finish(kit: Kit, report: Report, format: str, fail_on: str | None) -> None:
    """Print the report and end with the exit code that it means."""
    from cannedkit.report import write

    click.echo(write(report, format), nl=False)
    if report.errors:
        sys.exit(BROKEN)
    least = _level(kit, fail_on)
    sys.exit(FOUND if any(found.finding.level >= least for found in report.findings) else 0)


@contextmanager
def _progress(length: int) -> Iterator[Callable[[], object]]:
    """A progress bar on a terminal for long work, nothing elsewhere; gives the step to call."""
    if length < 50 or not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=length, label="Checking", file=sys.stderr) as bar:
        yield lambda: bar.update(1)
