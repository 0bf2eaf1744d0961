"""`cannedkit approve`: a person has read replies and answers for them."""

from __future__ import annotations

from pathlib import Path

import click

from cannedkit.cli import completion
from cannedkit.cli.shared import counted, open_kit, say, tell


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=completion.replies)
@click.option("--by", metavar="NAME", help="Who has read them: as in `approvers`, and as git knows the author.")
@click.option("--locale", help="Only the texts in this locale.")
@click.option("--note", metavar="TEXT", help="What there is to say of the approval.")
@click.option(
    "--all-unchanged", is_flag=True, help="Keep what only moved: the same text in another file, id or layout."
)
def approve(ids: tuple[str, ...], by: str | None, locale: str | None, note: str | None, all_unchanged: bool) -> None:
    """Approve the texts of replies, by id or by a pattern such as 'billing/*', in cannedkit.lock."""
    from cannedkit.catalogue import lock
    from cannedkit.catalogue.approve import renew

    if all_unchanged and (ids or by or locale or note):
        raise click.UsageError("--all-unchanged stands alone: it changes nothing but where an approval belongs")
    if not all_unchanged and not (ids and by):
        raise click.UsageError("say what and who: cannedkit approve ID --by NAME")
    kit = open_kit(Path(), no_engines=True, checks=False)
    done = (
        renew(kit.catalogue, kit.settings) if all_unchanged else kit.approve(ids, by=by or "", locale=locale, note=note)
    )
    for one in done:
        say(f"{one.wording}: approved by {one.by} on {one.day}")
    say(f"{counted(len(done) or 'no', 'text')} {'renewed' if all_unchanged else 'approved'}.")
    if done and not lock.is_attributed(kit.settings):
        tell(
            f"branches that approve at the same time would meet in a conflict: put `{lock.UNION}` in {lock.ATTRIBUTES}"
        )
