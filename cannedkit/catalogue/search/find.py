"""What a question finds in a catalogue: responses with a score and a reason, best first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cannedkit.cache import uncollected
from cannedkit.catalogue.search.index import Entry, Index, build
from cannedkit.catalogue.search.passages import served
from cannedkit.catalogue.search.question import Heard, hear
from cannedkit.catalogue.search.rank import Ranked, Wanted, rank, why_not
from cannedkit.catalogue.search.reason import why
from cannedkit.catalogue.search.synonyms import ready
from cannedkit.catalogue.standing import standing
from cannedkit.model.approval import Lock
from cannedkit.model.response import Catalogue, Match, Response
from cannedkit.model.settings import Settings
from cannedkit.text.language import recognise
from cannedkit.words import sentences

_CLEAR = 0.5
"""Little words that a language is ahead of others: a question is short, and a wrong guess finds less, not nothing."""


def index(catalogue: Catalogue, settings: Settings, locale: str, lock: Lock) -> Index:
    """The index for questions in a locale; `lock` says which bodies are approved, where `approval: required`."""
    reads = settings.semantic and locale.partition("-")[0] in sentences.LANGUAGES
    encode = sentences.encoder() if reads else None
    with uncollected():
        found = tuple(_entries(catalogue, settings, locale, lock))
        return build(found, ready(catalogue.synonyms, {entry.locale for entry in found} | {locale}), locale, encode)


def locale_of(question: str, settings: Settings) -> str:
    """The locale of the settings that a question is written in, their default in doubt."""
    return recognise(question, settings.locales, clear=_CLEAR, least=1) or settings.locale


def find(searched: Index, question: str, wanted: Wanted) -> list[Match]:
    """The responses that a question finds, best first; [] for one without a word that any of them has."""
    heard = hear(searched, question)
    return [
        Match(one.entry.response, one.entry.locale, round(one.score, 4), why(searched, heard, one.entry))
        for one in rank(searched, heard, wanted)
    ]


def _entries(catalogue: Catalogue, settings: Settings, locale: str, lock: Lock) -> Iterator[Entry]:
    for whole in catalogue.responses.values():
        response = _approved(whole, lock, settings) if settings.approval == "required" else whole
        if tag := served(response, locale, settings.locale):
            yield Entry(response, tag, f"it has status {response.status}" if response.status else "")
        elif tag := served(whole, locale, settings.locale):
            yield Entry(whole, tag, "it is not approved")


def _approved(response: Response, lock: Lock, settings: Settings) -> Response:
    """The response with its approved bodies alone."""
    bodies = (body for body in response.bodies if standing(response, body, lock, settings).state == "approved")
    return replace(response, bodies=tuple(bodies))


@dataclass(frozen=True, slots=True)
class Explained:
    """How a question was read and ranked. `synonyms` maps words of it to others of their groups.

    `left_out` are entries that would have been among the best, each with the reason why it may not be found.
    """

    heard: Heard
    synonyms: Mapping[str, tuple[str, ...]]
    ranked: tuple[Ranked, ...]
    left_out: tuple[tuple[Ranked, str], ...]


def explain(searched: Index, question: str, wanted: Wanted) -> Explained:
    """How `find` comes to its matches."""
    heard = hear(searched, question)
    synonyms: dict[str, tuple[str, ...]] = {}
    for start, end, group in heard.groups:
        said = " ".join(heard.words[start:end])
        others = (one.text for one in searched.synonyms.phrases if one.group == group)
        synonyms[said] = tuple(dict.fromkeys((*synonyms.get(said, ()), *others)))
    ranked = rank(searched, heard, wanted)
    least = ranked[-1].likeness if len(ranked) == wanted.limit else 0.0
    passed = (one for one in rank(searched, heard, wanted, off=True) if one.likeness >= least)
    return Explained(heard, synonyms, tuple(ranked), tuple((one, why_not(one.entry, wanted)) for one in passed))
