"""`cannedkit lint`: drafts, from files, standard input or JSON lines."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cannedkit import files
from cannedkit.cli import completion
from cannedkit.cli.draftfile import documents_of, draft_text, standard_input, turns
from cannedkit.cli.output import LINES
from cannedkit.cli.shared import (
    BROKEN,
    FOUND,
    Shown,
    deep_option,
    finish,
    hand_out,
    hand_reports,
    least_level,
    make_report,
    memory_options,
    no_engines_option,
    open_kit,
    shown_options,
    tell,
    time_limit_option,
    trust_option,
)
from cannedkit.model.errors import DraftError, Failure
from cannedkit.model.result import Checked
from cannedkit.pattern.budget import DRAFT, RUN, spending
from cannedkit.text.places import placed

if TYPE_CHECKING:
    from cannedkit.kit import Kit
    from cannedkit.lint.linter import Results
    from cannedkit.markdown.documents.document import Document, Part
    from cannedkit.model.draft import Draft, Finding
    from cannedkit.model.result import FileFinding, Replacement
    from cannedkit.wire.jsonl import Told


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--locale", help="Language of the drafts, such as en-GB.")
@click.option("--channel", help="Channel that they go out on.")
@click.option("--part", help="What they are of a message: body, subject, preheader, footer or button.")
@click.option("--mood", help="The customer's mood: neutral, upset or pleased. Else it is read from the history.")
@click.option("--known", multiple=True, metavar="FACT", help="A fact known in the conversation, such as issue.")
@click.option(
    "--against",
    metavar="ID",
    help="The reply that the drafts came from: what they make of it is reported too.",
    shell_complete=completion.replies,
)
@click.option("--topic", help="Topic of the response that the drafts were made from, such as orders.")
@click.option("--history", type=click.Path(path_type=Path), help="The conversation so far: a file of JSON.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date to take for today, for rules about dates.")
@click.option("--stdin-path", type=click.Path(path_type=Path), help="The file that standard input is, for its ending.")
@click.option("--markdown", is_flag=True, help="The drafts are Markdown; files that end in .md are anyway.")
@click.option("--vale", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Lint by a .vale.ini.")
@click.option("--write-settings", is_flag=True, help="With --vale: write a cannedkit.yaml that means the same.")
@click.option("--jsonl", is_flag=True, help="Read one JSON object a line, write one answer a line, at once.")
@click.option(
    "--server",
    type=click.Choice(["auto", "off"]),
    expose_value=False,
    help="auto: have a process that stays warm do it, started when needed; it ends after 10 idle minutes.",
)
@click.option("--explain", is_flag=True, help="With --jsonl: say why each rule is there, and what to write instead.")
@shown_options
@no_engines_option
@deep_option
@trust_option
@time_limit_option
@memory_options
def lint(
    paths: tuple[Path, ...],
    locale: str | None,
    channel: str | None,
    part: str | None,
    mood: str | None,
    known: tuple[str, ...],
    against: str | None,
    topic: str | None,
    history: Path | None,
    today: datetime | None,
    stdin_path: Path | None,
    markdown: bool,
    vale: Path | None,
    write_settings: bool,
    jsonl: bool,
    explain: bool,
    shown: Shown,
    no_engines: bool,
    deep: bool,
    trust: tuple[str, ...],
    time_limit: float | None,
    jobs: int | None,
    no_cache: bool,
    cache_dir: Path | None,
) -> None:
    """Lint drafts: text files, folders of them, or - for standard input."""
    if vale:
        if deep:
            raise click.UsageError("--deep is for an engine, and a .vale.ini knows none: leave one of them out")
        with spending(time_limit or RUN):
            _lint_by_vale(vale, paths, shown, write_settings, trust, jobs)
    paths = paths or ((Path("-"),) if jsonl or stdin_path else ())
    _refuse(paths, write_settings, jsonl, explain, against, shown)
    if stdin_path and (jsonl or paths != (Path("-"),)):
        raise click.UsageError("--stdin-path says which file standard input is: give no other, and no --jsonl")
    began = time.perf_counter()
    kit = open_kit(Path(), no_engines, forgiving=True, trust=trust, deep=deep)
    said: dict[str, Any] = {"locale": locale, "channel": channel, "part": part, "mood": mood, "known": known}
    said |= {"topic": topic, "history": turns(history) if history else None, "today": today}
    if jsonl:
        _lint_lines(kit, paths, said, shown.fail_on, explain, time_limit or DRAFT, jobs or 1)
    kit.draft("", **said)  # a mistake in the options is told before any draft is read
    if against:
        kit.response(against)
    documents, unreadable = documents_of(paths, stdin_path)
    failures: list[Failure] = [*kit.refused, *unreadable]
    given = list(_texts(kit, documents, said, markdown, failures))
    remembers = not no_cache and Path("-") not in paths  # what is piped in may be nobody's to keep
    options: dict[str, Any] = {
        "cache": remembers,
        "cache_dir": cache_dir,
        "jobs": jobs,
        "time_limit": time_limit or RUN,
    }
    looked = kit.results([one.draft for one in given], **options)
    findings: list[FileFinding] = []
    locales: dict[str, str] = {}
    passed: dict[str, bool] = {}
    for one, (found, failed) in zip(given, looked, strict=True):
        if against and not (one.part.part == "subject" or any(map(_is_of_draft, failed))):
            found, failed = _beside(kit, one, against, channel, found, failed)
        if any(map(_is_of_draft, failed)):
            failures += (replace(failure, path=one.name) for failure in failed if _is_of_draft(failure))
            continue
        locales[one.name] = one.draft.locale
        findings += placed(map(one.part.back, found), one.name, documents[one.name].source)
        failures += failed
        clean = not found and set(failed) <= set(kit.linter(one.draft.locale).refused)
        passed[one.name] = passed.get(one.name, True) and clean
    for name, tag in locales.items():
        if not locale and tag != kit.settings.locale:
            tell(f"{name} is taken as {tag} by its words; --locale says otherwise")
        if documents[name].note:
            tell(f"{name}: {documents[name].note}")
    failed_rules = {failure.rule for failure in failures}
    tongues = sorted(set(locales.values()))
    checked = Checked(
        drafts=len(locales),
        passed=tuple(name for name, clean in passed.items() if clean),
        engines={tag: kit.linter(tag).read_by(tag, failed_rules) for tag in tongues},
        unread=tuple(one for tag in tongues for one in kit.linter(tag).unread(tag, failed_rules)),
    )
    texts = {name: document.source for name, document in documents.items()}
    written = {name: document for name, document in documents.items() if document.written}
    formats = {name: _format(document.parts[0], markdown) for name, document in written.items()}
    fixes = _fixes({name: document.source for name, document in written.items()}, formats)
    report = make_report(kit, findings, failures, checked, time.perf_counter() - began, texts, fixes)
    finish(kit, report, shown)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a document, and the draft that is linted for it."""

    name: str
    part: Part
    draft: Draft


def _texts(
    kit: Kit, documents: Mapping[str, Document], said: Mapping[str, Any], markdown: bool, failures: list[Failure]
) -> Iterator[_Text]:
    """The texts of some documents as the options say; what cannot be one goes to `failures`."""
    for name, document in documents.items():
        try:
            yield from [_Text(name, part, _draft(kit, part, name, said, markdown)) for part in document.parts]
        except DraftError as error:
            failures.append(Failure("", str(error), name))


def _draft(kit: Kit, part: Part, name: str, said: Mapping[str, Any], markdown: bool) -> Draft:
    """A text of a document as the options say. Raises DraftError."""
    own = {"locale": said["locale"] or kit.locale_of(part.words), "part": part.part or said["part"]}
    format = _format(part, markdown)
    draft = kit.draft(part.text, **{**said, **own})
    return replace(draft, format=format, commented=format != "text" and name != "-")


def _format(part: Part, markdown: bool) -> str:
    return "markdown" if markdown and part.format == "text" else part.format


def _fixes(texts: Mapping[str, str], formats: Mapping[str, str]) -> Callable[[FileFinding, str], Replacement | None]:
    """What `replacements` gives, of which most formats of a report make no use."""

    def fix(found: FileFinding, written: str) -> Replacement | None:
        return made()(found, written)

    @cache
    def made() -> Callable[[FileFinding, str], Replacement | None]:
        from cannedkit.review.draft import replacements

        return replacements(texts, formats)

    return fix


def _is_of_draft(failure: Failure) -> bool:
    """Whether a failure is that of a whole draft, and of no rule or file."""
    return not failure.rule and not failure.path


def _beside(kit: Kit, one: _Text, id: str, channel: str | None, found: list[Finding], failed: list[Failure]) -> Results:
    """What is found in a text, with what it makes of the reply that it came from."""
    from cannedkit.review.gate import joined

    if one.part.format == "html":
        return found, [*failed, Failure("", "is not held against a reply: --against takes text, and this is HTML")]
    try:
        beside = kit.compare(one.part.text, id, locale=one.draft.locale, channel=channel)
    except DraftError as error:
        return found, [*failed, Failure("", str(error))]
    return joined(found, beside.findings), failed


def _refuse(
    paths: tuple[Path, ...], write_settings: bool, jsonl: bool, explain: bool, against: str | None, shown: Shown
) -> None:
    """Raises click.UsageError for options that do not go together."""
    if write_settings:
        raise click.UsageError("--write-settings needs --vale: it writes what a .vale.ini means")
    if jsonl and shown.outputs != LINES:
        raise click.UsageError("--jsonl answers each line in JSON: leave --format and --output out")
    if against and jsonl:
        raise click.UsageError("--against holds files against one reply: leave --jsonl out, or use kit.compare")
    if explain and not jsonl:
        raise click.UsageError("--explain needs --jsonl: the other formats say why a rule is there anyway")
    if not paths:
        raise click.UsageError("Missing argument 'PATHS...'.")


def _lint_by_vale(
    ini: Path, paths: Iterable[Path], shown: Shown, write_settings: bool, trust: Iterable[str], jobs: int | None
) -> NoReturn:
    from cannedkit.cli import vale as valecommand
    from cannedkit.pattern.kept import remember
    from cannedkit.vale.tree import MAX_FILE

    if write_settings:
        ran = valecommand.write_settings(ini, Path("cannedkit.yaml"), trust)
    else:
        given = valecommand.Input([str(path) for path in paths], lambda: draft_text(Path("-"), MAX_FILE))
        as_vale = [one.format for one in shown.outputs] == ["vale-json"]
        ran = valecommand.lint(ini, given, as_json=as_vale, trust=trust, jobs=jobs)
    for note in ran.notes:
        hand_out(f"{note}\n", err=True)
    if ran.report:
        hand_reports(replace(ran.report, errors=()) if as_vale else ran.report, shown)  # told above, as Vale does
    remember()
    sys.exit(ran.code)


def _lint_lines(
    kit: Kit,
    paths: Iterable[Path],
    said: Mapping[str, Any],
    fail_on: str | None,
    explain: bool,
    time_limit: float,
    jobs: int,
) -> NoReturn:
    """Answer each line as soon as it has come; what the options say holds where a line does not say otherwise."""
    kit.draft("", **said)  # a mistake in the options is told before any line is read
    least = least_level(kit, fail_on)
    defaults = {key: list(each) if isinstance(each, tuple) else each for key, each in said.items() if each}
    out = sys.stdout.buffer
    code = 0
    for path in paths:
        for line, highest, broken in _answers(kit, path, defaults, explain, time_limit, jobs):
            out.write(line)
            out.flush()
            if broken:
                code = BROKEN
            elif highest is not None and highest >= least:
                code = max(code, FOUND)
    kit.remember()
    sys.exit(code)


def _answers(
    kit: Kit, path: Path, defaults: Mapping[str, Any], explain: bool, time_limit: float, jobs: int
) -> Iterator[Told]:
    """The answers to the lines of a file; where it cannot be read an `error` of no line is the last."""
    from cannedkit.wire import jsonl

    said = {key: each for key, each in defaults.items() if key != "today"}
    how: dict[str, Any] = {"explain": explain, "time_limit": time_limit, "today": defaults.get("today"), "jobs": jobs}
    try:
        yield from jsonl.lines(kit, _batches(path), said, **how)
    except DraftError as error:
        yield jsonl.encoded({"id": None, "line": 0, "error": str(error)}), None, True


def _batches(path: Path) -> Iterator[list[bytes]]:
    """The lines of a file, or of standard input, as they come. Raises DraftError."""
    from cannedkit.wire import jsonl

    try:
        with nullcontext(standard_input()) if str(path) == "-" else path.open("rb") as stream:
            yield from jsonl.batches(stream)
    except OSError as error:
        raise DraftError(f"{path} cannot be read: {files.why(error)}") from None
