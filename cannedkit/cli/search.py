"""`cannedkit search`: the replies for a customer's question, how it was read, and how often searches are right."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cannedkit.cli import completion, finder
from cannedkit.cli.clipboard import copy as put_on_clipboard
from cannedkit.cli.shared import FOUND, answer, hand_out, open_kit, progress, relative, say, tell
from cannedkit.model.errors import InputError, Problem
from cannedkit.text.locales import for_locale
from cannedkit.text.visible import plain_json

if TYPE_CHECKING:
    from cannedkit.catalogue.search.measure import Figures, Tried
    from cannedkit.kit import Kit
    from cannedkit.model.response import Match

MOST_STOLEN = 20
"""Responses that come first for others' examples, and examples of each, that are printed; JSON has all. Our choice."""


@click.command()
@click.argument("question", required=False, shell_complete=completion.replies)
@click.option(
    "--locale",
    help="The locale of the question; by default it is told from its words.",
    shell_complete=completion.of(lambda kit: kit.settings.locales),
)
@click.option(
    "--channel",
    help="Only what may be sent on this channel.",
    shell_complete=completion.of(lambda kit: kit.settings.channels),
)
@click.option("--known", multiple=True, metavar="FACT", help="A fact that is known; what requires others is left out.")
@click.option("--mood", help="The customer's mood: what is for it comes earlier.")
@click.option(
    "--topic",
    help="The topic of the conversation: what is in it comes earlier.",
    shell_complete=completion.of(lambda kit: (one.topic for one in kit.readable.responses.values())),
)
@click.option("--limit", type=click.IntRange(1, 1000), default=5, show_default=True, help="Replies to find.")
@click.option("--format", "format", type=click.Choice(["line", "json"]), default="line", help="How to print.")
@click.option("--copy", is_flag=True, help="Put the text of the first one on the clipboard, ready to send.")
@click.option("--interactive", is_flag=True, help="Narrow as you type, and choose one, which --copy then takes.")
@click.option("--explain", is_flag=True, help="Also print how the question was read, and what was left out.")
@click.option(
    "--evaluate",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="Ask each example of the catalogue, left out once, or the questions of a file of JSON lines.",
)
def search(
    question: str | None,
    locale: str | None,
    channel: str | None,
    known: tuple[str, ...],
    mood: str | None,
    topic: str | None,
    limit: int,
    format: str,
    copy: bool,
    interactive: bool,
    explain: bool,
    evaluate: str | None,
) -> None:
    """Find the replies for a customer's question, or for a draft, best first."""
    kit = open_kit(Path(), no_engines=True, checks=False)
    if evaluate is not None:
        if question is not None:
            raise click.UsageError("--evaluate asks the examples, or the questions of a file: give no question")
        _evaluate(kit, evaluate, locale, format)
    if question is None and not interactive:
        raise click.UsageError("give the question to search for, in quotes, or --evaluate, or --interactive")
    question = question or ""
    _note_missing(kit)
    about: dict[str, Any] = {
        "locale": locale,
        "channel": channel,
        "known": known or None,
        "mood": mood,
        "topic": topic,
        "limit": limit,
    }
    found = _chosen(kit, question, about) if interactive else kit.search(question, **about)
    if copy and found:
        _copy(kit, found[0], about)
    if format == "json":
        from cannedkit.wire.searches import matches

        hand_out(_json(matches(question, found)))
        return
    for line in (*(() if interactive else _matches(found)), *(_explained(kit, question, about) if explain else ())):
        say(line)
    if not found and not interactive:
        tell("nothing was found: no reply that may be sent has a word of it")


def _note_missing(kit: Kit) -> None:
    """Say where the settings ask for sentences to be read, and nothing here can."""
    from cannedkit.words import sentences

    if kit.settings.semantic and not sentences.encoder():
        tell(f"{sentences.MISSING}; words alone are searched")


def _copy(kit: Kit, match: Match, about: Mapping[str, Any]) -> None:
    """Put a reply on the clipboard as it would be sent. Raises ReplyError where a value or a fact is missing."""
    reply = kit.reply(match.response.id, locale=match.locale, channel=about["channel"], known=about["known"])
    put_on_clipboard(reply.text)
    tell(f"{reply.id} ({reply.locale}) is on the clipboard")


def _chosen(kit: Kit, question: str, about: Mapping[str, Any]) -> list[Match]:
    """The match that somebody at the terminal chooses, as they type or by its number."""
    if sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        if finder.is_there():
            find = partial(_found, kit, about)
            taken = finder.choose(find, lambda one: [*_matches([one])], question)
            for line in _matches([taken] if taken else []):
                say(line)
            return [taken] if taken else []
        tell(finder.MISSING)
    return _numbered(kit, question, about)


def _found(kit: Kit, about: Mapping[str, Any], words: str) -> list[Match]:
    return kit.search(words, **about) if words.strip() else []


def _numbered(kit: Kit, question: str, about: Mapping[str, Any]) -> list[Match]:
    """The match that somebody chooses by its number; what else they write is asked as well."""
    asked = question
    while True:
        found = _found(kit, about, asked)
        for number, one in enumerate(found, start=1):
            first, *rest = _matches([one])
            for line in (f"{number:2}  {first}", *(f"    {line}" for line in rest)):
                say(line)
        if not found:
            tell("nothing was found: no reply that may be sent has a word of it")
        said = answer("A number takes one, words narrow, 0 ends", "1" if found else "0")
        if not said.strip().isdecimal():
            asked = f"{asked} {said}"
        elif (number := int(said[:4])) <= len(found):
            return found[number - 1 : number] if number else []


def _json(fields: Any) -> str:
    return plain_json(json.dumps(fields, ensure_ascii=False, indent=2)) + "\n"


def _matches(found: list[Match]) -> Iterator[str]:
    for one in found:
        title = for_locale(one.response.titles, one.locale)
        yield f"{one.score:4.0%}  {one.response.id} ({one.locale}){f'  {title}' if title else ''}"
        if one.why:
            yield f"      {one.why}"


def _explained(kit: Kit, question: str, about: Mapping[str, Any]) -> Iterator[str]:
    """How the question was read, what each match is made of, and what was left out."""
    from cannedkit.catalogue.search import find
    from cannedkit.catalogue.search.rank import MEANING, SENTENCE
    from cannedkit.wire import searches

    words, locale, wanted = searches.read(kit.settings, question, **about)
    told = find.explain(kit.searched(locale), words, wanted)
    meant = {word: f"{word} ({' or '.join(others)}?)" for word, others in told.heard.meant.items()}
    yield ""
    yield f"Read as {locale}: {', '.join(meant.get(word, word) for word in told.heard.words) or 'no word'}"
    for said, others in told.synonyms.items():
        yield f"{said} is also: {', '.join(other for other in others if other != said)}"
    reads = kit.searched(locale).encode is not None
    also = f" and {SENTENCE:g} of that of sentences," if reads else ""
    yield f"Likeness is that of letters and synonyms, and {MEANING:g} of that of meaning,{also} and what else was said:"
    for one in told.ranked:
        sentences = f" + {SENTENCE:g} × {one.sentence:.3f}" if reads else ""
        parts = f"{one.letters:.3f} + {MEANING:g} × {one.meaning:.3f}{sentences} + {one.shift:.3f}"
        yield f"{one.entry.response.id}: {one.likeness:.3f} = {parts}"
    for one, reason in told.left_out:
        yield f"Left out: {one.entry.response.id}: {reason}"


def _evaluate(kit: Kit, file: str, locale: str | None, format: str) -> NoReturn:
    """Measure, print, and end with 1 where the settings ask for more."""
    from cannedkit.catalogue.search import measure
    from cannedkit.wire import arguments, searches

    catalogue, settings = kit.catalogue, kit.settings
    _note_missing(kit)
    asked = searches.questions(Path(file), catalogue, settings) if file else None
    tags = tuple(dict.fromkeys(one.locale for one in asked)) if asked else settings.locales
    tags = tags if locale is None else (arguments.one_of(locale, "locale", tags, InputError),)
    tried: list[Tried] = []
    unfound: dict[str, list[str]] = {}
    for tag in tags:
        index = kit.searched(tag)
        with progress(sum(len(for_locale(one.response.examples, tag) or ()) for one in index.entries)) as step:
            mine = asked and [one for one in asked if one.locale == tag]
            tried += measure.asked(index, mine) if mine else measure.leave_one_out(index, step)
        unfound |= {} if mine else {tag: measure.unfound(index, tried)}
    found = measure.figures(tried)
    missed = list(measure.missed(found, settings.search))
    stolen = measure.stolen(tried)
    if format == "json":
        hand_out(_json(searches.evaluation(found, stolen, unfound, missed)))
    else:
        for line in (*_table(found), "", *_faults(stolen, unfound)):
            say(line)
    for one, name in missed:
        at, column = settings.places.get(f"search.{name}", (0, 0))
        reason = (
            f"`{name}` of {one.locale} is {getattr(one, name):.2f}, and the settings ask for {settings.search[name]:g}"
        )
        tell(relative(Problem(str(settings.path), at, column, reason)))
    sys.exit(FOUND if missed else 0)


def _table(found: list[Figures]) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [("locale", "topic", "examples", "top-1", "top-3", "MRR", "top-3 as written")]
    rows += [
        (
            one.locale,
            one.topic or "all",
            f"{one.count:,}",
            *map("{:.2f}".format, (one.top1, one.top3, one.mrr, one.written3)),
        )
        for one in found
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _shares(one: Figures) -> tuple[float, ...]:
    return one.top1, one.top3, one.mrr, one.written3


def _faults(stolen: Mapping[tuple[str, str], list[Tried]], unfound: Mapping[str, list[str]]) -> Iterator[str]:
    """Replies that come first for another's example, and replies that nothing finds."""
    for (locale, thief), tried in list(stolen.items())[:MOST_STOLEN]:
        yield f"{thief} ({locale}) comes first for:"
        for one in tried[:MOST_STOLEN]:
            place = f"which is number {one.place}" if one.place else "which is not found"
            yield f"  “{one.question}” of {one.response}, {place}"
    for locale, ids in unfound.items():
        if ids:
            yield f"Nothing finds ({locale}): {', '.join(ids)}"
