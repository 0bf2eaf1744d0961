"""What `import`, `export`, `pull` and `push` share: what is asked for, what goes out, what comes in, the report."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cannedkit.cli.shared import BROKEN, FOUND, assigned, hand_out, open_kit, progress, relative, say, shown_path, tell
from cannedkit.exchange.live import SYSTEMS
from cannedkit.model.errors import CannedkitError, InputError, Problem
from cannedkit.settings.formats import FORMATS

if TYPE_CHECKING:
    from cannedkit.exchange.live.connection import Site
    from cannedkit.exchange.merging import Brought
    from cannedkit.exchange.model import Asked, Incoming, Outcome
    from cannedkit.kit import Kit
    from cannedkit.model.response import Catalogue, Response
    from cannedkit.model.settings import Settings

_LOCALE = click.option("--locale", help="The locale of texts that have none there (default: that of the settings).")
_CHANNEL = click.option("--channel", help="The channel of texts that have none there.")
_REPORT = click.option(
    "--report", type=click.Choice(["table", "json"]), default="table", help="How to print the report."
)


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of `import` and `export`."""
    dry = click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
    return _with(command, _REPORT, _CHANNEL, _LOCALE, dry)


def live_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The system, and the options of `pull` and `push`."""
    return _with(
        command,
        _REPORT,
        _CHANNEL,
        _LOCALE,
        click.option("--apply", is_flag=True, help="Do it; without this the plan is shown and nothing changes."),
        click.option(
            "--token-env", required=True, metavar="NAME", help="The variable of the environment with the token."
        ),
        click.option(
            "--url", required=True, help="Where it is: https://HOST/app/accounts/ID, https://NAME.zendesk.com."
        ),
        click.argument("system", type=click.Choice(list(SYSTEMS))),
    )


def _with(command: Callable[..., Any], *options: Callable[..., Any]) -> Callable[..., Any]:
    for option in options:
        command = option(command)
    return command


@contextmanager
def connected(system: str, url: str, token_env: str) -> Iterator[Site]:
    """The system at an address that was typed, with the token that the environment holds. Raises CannedkitError."""
    from cannedkit.exchange import live
    from cannedkit.exchange.live.connection import opened, token_of

    module, token = live.system(system), token_of(token_env)
    with opened(module.root(url), token, module.headers(token), tell) as site:
        yield site


def format_first(given: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The format that the first argument names, "" for none, and the other arguments."""
    return (given[0], given[1:]) if given and given[0] in FORMATS else ("", given)


def asked(settings: Settings, locale: str | None, channel: str | None, columns: Iterable[str] = ()) -> Asked:
    """What the options ask for. Raises InputError for a locale or a channel that the settings lack."""
    from cannedkit.exchange.model import Asked
    from cannedkit.wire import arguments

    tag = arguments.locale(locale, InputError) if locale is not None else ""
    if tag:
        arguments.one_of(tag, "locale", settings.locales, InputError)
    name = arguments.one_of(channel, "channel", settings.channels, InputError) if channel is not None else ""
    return Asked(tag, name, dict(assigned(one, "--map", "PART=COLUMN") for one in columns))


def hand_report(
    outcomes: Iterable[Outcome], form: str, about: Mapping[str, object], titles: Mapping[str, str] | None = None
) -> None:
    """Print what became of each reply; as JSON with what is said `about` the run. `titles` are the fates there are."""
    from cannedkit.exchange import losses

    titles = titles or losses.TITLES
    if form == "table":
        for line in losses.lines(outcomes, titles):
            say(line)
        return
    import json

    from cannedkit.text.visible import plain_json

    told = {**about, **losses.fields(outcomes, titles)}
    hand_out(plain_json(json.dumps(told, ensure_ascii=False, indent=2)) + "\n")


# -- out ----------------------------------------------------------------------------------------


def chosen(kit: Kit, ids: tuple[str, ...], entire: bool) -> list[Response]:
    """The replies that go out; those that are named and not in use are told."""
    from cannedkit.catalogue.approve import chosen as named
    from cannedkit.catalogue.standing import standings
    from cannedkit.exchange.giving import unused

    found = named(kit.catalogue, ids) if ids else list(kit.catalogue.responses.values())
    if entire:
        return found
    today, kept = date.today(), []
    judged = standings(kit.catalogue, kit.lock, kit.settings) if kit.settings.approval == "required" else ()
    unapproved = {one.wording.id for one in judged if one.state != "approved"}
    for response in found:
        why = unused(response, kit.settings, today) or ("it is not approved" if response.id in unapproved else "")
        if why:
            tell(f"{response.id}: left out, {why}; --all takes it along")
        else:
            kept.append(response)
    return kept


# -- in -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Taking:
    """How replies come in: what was asked for, the folder for new topics, the form of the report, and what is left."""

    settings: Settings
    asked: Asked
    into: Path
    dry_run: bool
    report: str
    check: bool


def take_in(format: str, incoming: Incoming, catalogue: Catalogue, how: Taking) -> NoReturn:
    """Bring in what was read, say what became of each reply, and end with the exit code that it means."""
    from cannedkit import exchange
    from cannedkit.exchange import losses, merging
    from cannedkit.exchange.names import names
    from cannedkit.exchange.taking import taken

    settings = how.settings
    known, ability = names(format, settings), exchange.ability(format)
    records = [taken(record, ability, known, settings, how.asked) for record in incoming.records]
    brought = merging.bring(format, records, settings, catalogue, how.into, how.asked)
    outcomes = tuple(sorted((*incoming.outcomes, *brought.outcomes)))
    if not how.dry_run:
        merging.put(brought)
    paths = sorted(shown_path(str(path)) for path in brought.texts)
    hand_report(outcomes, how.report, {"format": format, "dry_run": how.dry_run, "written": paths})
    if how.report == "table":
        _say_written(brought, paths, how.dry_run)
    broken = brought.ids and not how.dry_run and how.check and _check(brought.ids)
    sys.exit(BROKEN if broken else 0 if losses.is_whole(outcomes) else FOUND)


def within(settings: Settings, into: Path | None) -> Path:
    """The folder for new topics. Raises CannedkitError for one that is not in the catalogue, and for no settings."""
    if settings.path is None:
        raise CannedkitError("there is no cannedkit.yaml here or above: `cannedkit init` writes one")
    folder = settings.catalogue
    if into is None:
        return folder
    if not into.resolve().is_relative_to(folder.resolve()):
        raise CannedkitError(f"--into {into}: new replies lie in the catalogue, {shown_path(str(folder))}")
    return folder / into.resolve().relative_to(folder.resolve())


def _say_written(brought: Brought, paths: list[str], dry_run: bool) -> None:
    from cannedkit.exchange.losses import noun

    if not paths:
        say("Nothing to write: all is here as it is there.")
        return
    count = len(brought.ids)
    say(f"{'Would write' if dry_run else 'Wrote'} {count} {noun(count)}: {', '.join(paths)}")


def _check(ids: Iterable[str]) -> bool:
    """Say on stderr what `check` finds in some replies, a line for each rule; whether anything is broken."""
    kit = open_kit(Path(), no_engines=False, forgiving=True)
    mine = set(ids)
    with progress(len(kit.readable.responses)) as step:
        review = kit.check(step=step)
    found = Counter(one.finding.rule for one in review.findings if one.response in mine)
    total = sum(found.values())
    tell(f"`cannedkit check` finds {total or 'nothing'} in {'it' if len(mine) == 1 else 'them'}{':' if found else '.'}")
    for rule, count in found.most_common():
        tell(f"  {count} × {rule}")
    for error in review.errors:
        tell(relative(Problem(error.path, error.line, error.column, error.reason)) if error.path else str(error))
    return bool(review.errors)
