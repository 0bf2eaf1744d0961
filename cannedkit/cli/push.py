"""`cannedkit push`: replies of the catalogue, sent to a system that answers over HTTP."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cannedkit.cli import completion
from cannedkit.cli.exchanging import asked, chosen, connected, hand_report, live_options, within
from cannedkit.cli.shared import BROKEN, FOUND, open_kit, progress, say, tell

if TYPE_CHECKING:
    from cannedkit.exchange.live.plan import Plan
    from cannedkit.exchange.model import Outcome


@click.command()
@live_options
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=completion.replies)
@click.option("--delete", is_flag=True, help="Delete what was sent from here and is retired now.")
@click.option("--all", "entire", is_flag=True, help="Drafts too, and what is past its date.")
def push(
    system: str,
    url: str,
    token_env: str,
    apply: bool,
    locale: str | None,
    channel: str | None,
    report: str,
    ids: tuple[str, ...],
    delete: bool,
    entire: bool,
) -> None:
    """Send replies in use, or those of the IDs, to a SYSTEM, which then has them as they are here.

    Shows the plan; --apply carries it out, and notes in each response which reply it is there. What was changed there
    is never overwritten. Exit 1 where something was refused or is in conflict, 2 where the system failed.
    """
    from cannedkit.exchange import live
    from cannedkit.exchange.live.plan import DONE, TITLES, Wish, planned
    from cannedkit.exchange.live.push import push as carry_out
    from cannedkit.exchange.losses import is_whole

    kit = open_kit(Path(), no_engines=True, checks=False)
    within(kit.settings, None)
    everyone = tuple(kit.catalogue.responses.values())
    retired = [one for one in everyone if one.status == "retired" and (not ids or one.id in ids)]
    going = [one for one in chosen(kit, ids, entire) if one.status != "retired"]
    wish = Wish(system, (*going, *retired), everyone, kit.settings, asked(kit.settings, locale, channel), delete)
    with connected(system, url, token_env) as site:
        plan = planned(wish, live.system(system).fetched(site))
        told, error = _outcomes(plan), ""
        if report == "table":
            hand_report(told, report, {}, TITLES)
            _say_rest(plan, system)
        if apply:
            with progress(len(plan.steps)) as step:
                done = carry_out(wish, plan, site, step)
            told, error = (*done.outcomes, *plan.outcomes), done.error
    if report == "json":
        about = {"system": system, "applied": apply, "same": plan.same, "there_alone": plan.alone, "error": error}
        hand_report(sorted(told), report, about, TITLES)
    elif apply:
        hand_report([one for one in done.outcomes if one.fate not in DONE], report, {}, TITLES)
        say(_summary(done.outcomes))
    elif plan.steps:
        say("Nothing was sent: --apply does it.")
    if error:
        tell(error)
    sys.exit(BROKEN if error else 0 if is_whole(told) else FOUND)


def _outcomes(plan: Plan) -> tuple[Outcome, ...]:
    """What is planned, as the report has it."""
    from cannedkit.exchange.model import Outcome

    return (*(Outcome(step.response.id, step.what, "") for step in plan.steps), *plan.outcomes)


def _say_rest(plan: Plan, system: str) -> None:
    """How many replies the plan leaves as they are, and why."""
    if plan.same:
        say(f"As it is there: {_replies(plan.same)}")
    if plan.alone > 0:
        say(f"There alone: {_replies(plan.alone)}; `cannedkit pull {system}` brings in what is there")
    if plan.retired:
        say(f"Retired here, and there still: {', '.join(plan.retired)}; --delete takes out what was sent from here")


def _replies(count: int) -> str:
    """`1 reply`, `2 replies`."""
    from cannedkit.exchange.losses import noun

    return f"{count:,} {noun(count)}"


def _summary(outcomes: Iterable[Outcome]) -> str:
    """What was done, in a line."""
    from cannedkit.exchange.live.plan import DONE

    counts = Counter(one.fate for one in outcomes)
    said = [f"{word} {counts[fate]:,}" for fate, word in DONE.items() if counts[fate]]
    return f"{', '.join(said).capitalize()}." if said else "Nothing was sent."
