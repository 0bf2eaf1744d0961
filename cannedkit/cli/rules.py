"""`cannedkit rules`: list, test, explain and trace the rules in force, and suggest one."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cannedkit.cli.ending import Commands
from cannedkit.cli.shared import BROKEN, FOUND, counted, hand_out, open_kit, relative, say, shown_path, tell
from cannedkit.model.errors import CannedkitError
from cannedkit.text.nearest import nearest
from cannedkit.wire.summary import located

if TYPE_CHECKING:
    from cannedkit.kit import Kit
    from cannedkit.model.rule import Rule
    from cannedkit.model.settings import Override
    from cannedkit.trial.trace import Trace


@click.group(cls=Commands)
def rules() -> None:
    """List, test and explain the rules in force, and suggest one."""


@rules.command("list")
@click.argument("pack", required=False)
def list_rules(pack: str | None) -> None:
    """Print every rule with its level and why it is there; what cannot be read is said on stderr."""
    from cannedkit.lint.packs import available
    from cannedkit.rules.levels import level, overridden

    kit = open_kit(Path(), no_engines=True, checks=False, forgiving=True)
    packs = available(kit.settings).packs
    if pack and pack not in {one.name for one in packs}:
        raise CannedkitError(f"there is no pack `{pack}` in force{nearest(pack, [one.name for one in packs])}")
    found = [rule for one in packs for rule in one.rules if pack in (None, one.name)]
    width = max((len(rule.id) for rule in found), default=0)
    for rule in found:
        in_force, _ = level(rule.id, rule.level, kit.settings.levels)
        other = "; ".join(f"{at or 'off'} {_where(one)}" for one, at, _ in overridden(rule.id, kit.settings.overrides))
        say(f"{rule.id:{width}}  {in_force or 'off'!s:10}  {rule.why or rule.message}{f' ({other})' if other else ''}")
    refused = (one for one in kit.linter().refused if one not in kit.settings.untrusted)
    failures = (*kit.refused, *refused)
    for failed in failures:
        tell(located(replace(failed, path=shown_path(failed.path) if failed.path else "")))
    sys.exit(BROKEN if failures else 0)


@rules.command("test")
@click.argument("names", nargs=-1, metavar="[PACK]...")
def test_rules(names: tuple[str, ...]) -> None:
    """Run the examples of the rules: each `bad` must be found where it is marked, each `good` by no rule."""
    from cannedkit.trial import selftest

    kit = open_kit(Path(), no_engines=False)
    packs = kit.packs()
    for name in names:
        if name not in {pack.name for pack in packs}:
            raise CannedkitError(f"there is no pack `{name}` in force{nearest(name, [pack.name for pack in packs])}")
    chosen = [pack for pack in packs if not names or pack.name in names]
    problems, ran = selftest.test(chosen, kit.settings)
    for note in selftest.notes(chosen, kit.settings):
        tell(note)
    for problem in problems:
        say(relative(problem))
    count = sum(len(pack.rules) for pack in chosen)
    say(f"{counted(count, 'rule')}, {counted(ran, 'example')}: {counted(len(problems) or 'no', 'problem')}.")
    sys.exit(FOUND if problems else 0)


@rules.command()
@click.argument("id")
def explain(id: str) -> None:
    """Print what a rule is for: why, source, limits, examples, and the level in force."""
    from cannedkit.lint.packs import examples
    from cannedkit.model.rule import Examples
    from cannedkit.rules.levels import level, overridden

    kit = open_kit(Path(), no_engines=True, checks=False)
    found = kit.explain(id)
    _, key = level(found.id, found.level, kit.settings.levels)
    set_by = f" (set by `{key}` in {shown_path(str(kit.settings.path))})" if key else ""
    say(f"{found.id}: {found.level or 'off'}{set_by}")
    for one, at, named in overridden(found.id, kit.settings.overrides):
        say(f"  {at or 'off'} {_where(one)} (set by `{named}` under `overrides`)")
    say("")
    rule = _rules(kit).get(found.id)
    rows = {
        "says": found.message,
        "why": found.why,
        "instead": found.instead,
        "source": found.source,
        "link": found.link,
        "when": "; ".join(_condition(one.key, one.values, one.negated) for one in rule.where) if rule else "",
        "kind": found.kind,
        "limits": "; ".join(f"{name}: {limit}" for name, limit in found.options.items()),
        "file": shown_path(found.path) if found.path else "",
    }
    for name, text in rows.items():
        if text:
            say(f"  {name + ':':9} {text}")
    pack = next((pack for pack in kit.packs() if rule and pack.name == rule.pack), None)
    tried = examples(pack).get(found.id, Examples()) if pack else Examples()
    for name, texts in (("bad", tried.bad), ("good", tried.good)):
        for example in texts:
            say(f"  {name + ':':9} {_marked(example.text, example.spans if name == 'bad' else ())}")


def _where(override: Override) -> str:
    """`in topic legal or refunds, on channel email`: where an override holds."""
    paths = tuple(map(shown_path, override.paths))
    rows = {"in topic": override.topics, "on channel": override.channels, "in file": paths}
    return ", ".join(f"{name} {' or '.join(values)}" for name, values in rows.items() if values) or "everywhere"


def _condition(key: str, values: tuple[str, ...], negated: bool) -> str:
    return f"{key} is {'not ' if negated else ''}{' or '.join(values)}"


def _marked(text: str, spans: Iterable[tuple[int, int]] | None) -> str:
    for start, end in sorted(spans or (), reverse=True):
        text = f"{text[:start]}[[{text[start:end]}]]{text[end:]}"
    return text.replace("\n", "⏎")


def _rules(kit: Kit) -> dict[str, Rule]:
    return {rule.id: rule for pack in kit.packs() for rule in pack.rules}


def _is_off(one: Trace) -> bool:
    return one.override is not None and one.override[0] is None


@rules.command()
@click.argument("file", type=click.Path(path_type=Path))
def suggest(file: Path) -> None:
    """Print a rule by example made of the corrections in FILE: a text, a tab and what became of it, one a line."""
    from cannedkit import files
    from cannedkit.rules import corrections

    try:
        text = files.decoded(files.typed(file, corrections.MAX_FILE))
    except files.FileError as error:
        raise CannedkitError(f"{shown_path(str(file))} {error}") from None
    hand_out(corrections.rule(corrections.read(shown_path(str(file)), text)))
    tell("Give it a name, a message and a why, save it as rules/<Pack>/<Rule>.yml, then try it: cannedkit rules test.")


@rules.command()
@click.argument("text")
@click.option("--locale", help="Language of the text, such as en-GB.")
@click.option("--channel", help="Channel that it goes out on.")
@click.option("--mood", default="neutral", help="The customer's mood: neutral, upset or pleased.")
@click.option("--known", multiple=True, metavar="FACT", help="A fact known in the conversation, such as issue.")
@click.option("--topic", help="Topic of the response that it was made from, such as orders.")
def trace(
    text: str, locale: str | None, channel: str | None, mood: str, known: tuple[str, ...], topic: str | None
) -> None:
    """Print what each rule did with TEXT: which looked, which fired, and what silenced one."""
    from cannedkit.trial import trace as traces

    kit = open_kit(Path(), no_engines=False)
    draft = kit.draft(text, locale=locale, channel=channel, mood=mood, known=known, topic=topic)
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
                say(f"{one.rule.id}: {label}: {shown(spans)}")
        if one.override and (one.found or not one.override[0]):
            at, override = one.override
            say(f"{one.rule.id}: {f'its level is {at}' if at else 'did not look: it is off'} {_where(override)}")
        if one.unmet:
            condition = _condition(one.unmet.key, one.unmet.values, one.unmet.negated)
            say(f"{one.rule.id}: did not look: {condition} does not hold")
    quiet = [one.rule.id for one in found if one.looked and not (one.found or one.excepted or one.accepted)]
    say(f"Looked and found nothing: {', '.join(quiet) or 'none'}.")
    rest = sum(not one.looked and one.unmet is None and not _is_off(one) for one in found)
    say(f"Did not look, for none of their words is there: {counted(rest, 'rule')}.")
