"""How fast a search is, how often right, beside FTS5 of SQLite and tantivy, in one run: `python -m benchmarks.search`.

The catalogue is made up: each response is about one thing to do with one object, in words of our lists. A question is
one of its examples with a letter gone wrong and words left out. Times are CPU time of the thread; tantivy takes part
where it is installed.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cannedkit.catalogue.search import find
from cannedkit.catalogue.search.passages import passages
from cannedkit.catalogue.search.rank import Wanted
from cannedkit.model.approval import Lock
from cannedkit.model.errors import Place
from cannedkit.model.response import Body, Catalogue, Response
from cannedkit.model.settings import Settings
from cannedkit.text.terms import terms
from cannedkit.words.inflection import words_of

SIZES = (5_000, 100_000)
QUESTIONS = 300

Search = Callable[[str], list[str]]


@dataclass(frozen=True)
class Text:
    """A text of no file."""

    value: str

    def place(self, start: int, end: int) -> Place:
        """Nowhere."""
        return Place("made up", 1, 1, 1, 1)


def main() -> None:
    """Print a table for each size."""
    for size in [int(one) for one in sys.argv[1:]] or SIZES:
        responses = list(made(size))
        asked = list(questions(responses, QUESTIONS))
        print(f"{size:,} responses, {QUESTIONS} questions")
        for name, build in ENGINES.items():
            started = time.thread_time()
            try:
                search = build(responses)
            except ImportError:
                print(f"  {name}: not installed")
                continue
            seconds = time.thread_time() - started
            print(f"  {name}: index {seconds:.2f} s, {measured(search, asked)}")


def measured(search: Search, asked: Sequence[tuple[str, str]]) -> str:
    """Milliseconds a question, and how often the right response came first, or among three."""
    times, places = [], []
    for question, right in asked:
        started = time.thread_time()
        found = search(question)
        times.append(1000 * (time.thread_time() - started))
        places.append(found.index(right) if right in found else 99)
    p95 = statistics.quantiles(times, n=20)[18]
    top1, top3 = (sum(place < most for place in places) / len(places) for most in (1, 3))
    return f"median {statistics.median(times):.2f} ms, p95 {p95:.2f} ms, top-1 {top1:.1%}, top-3 {top3:.1%}"


# -- what is searched ---------------------------------------------------------------------------


def made(count: int) -> Iterator[Response]:
    """Responses of about 70 words each, always the same ones."""
    rng = random.Random(7)  # noqa: S311 - nothing secret
    verbs, things = sorted(words_of("BASE")), sorted(words_of("SINGULAR"))
    rest = sorted(words_of("ADJECTIVE") | words_of("MASS") | words_of("PLURAL"))
    for number in range(count):
        verb, thing, part, other = rng.choice(verbs), rng.choice(things), rng.choice(things), rng.choice(rest)
        examples = (
            f"how do I {verb} the {thing} of my {part}",
            f"I cannot {verb} my {other} {thing} and the {part}",
            f"my {part} will not let me {verb} a {other} {thing}",
        )
        text = " ".join(
            f"To {verb} the {thing}, open the {rng.choice(rest)} {rng.choice(things)} and {rng.choice(verbs)} it."
            for _ in range(3)
        )
        body = Body("en", "", 1, Text(f"{text} The {part} is {rng.choice(rest)} by then."))
        yield Response(
            f"made/{number}",
            body.text.place(0, 0),
            (body,),
            ("chat",),
            {},
            titles={"": f"{verb} the {other} {thing} of a {part}"},
            tags=(thing, verb),
            examples={"en": examples},
        )


def questions(responses: Sequence[Response], count: int) -> Iterator[tuple[str, str]]:
    """Examples with two words left out and a letter doubled, gone or swapped, and whose they are."""
    rng = random.Random(11)  # noqa: S311 - nothing secret
    for response in rng.sample(responses, count):
        words = rng.choice(response.examples["en"]).split()
        for _ in range(2):
            del words[rng.randrange(len(words))]
        at = rng.choice([number for number, word in enumerate(words) if len(word) > 4] or [0])
        words[at] = slip(words[at], rng)
        yield " ".join(words), response.id


def slip(word: str, rng: random.Random) -> str:
    """A word with a slip of the keyboard behind its first letter."""
    at = rng.randrange(1, max(2, len(word) - 1))
    return rng.choice(
        [word[:at] + word[at:][1:], word[:at] + word[at - 1 :], word[:at] + word[at:][1::-1] + word[at + 2 :]]
    )


# -- who searches -------------------------------------------------------------------------------


def ours(responses: Sequence[Response]) -> Search:
    """The search of cannedkit."""
    catalogue = Catalogue(Path(), {one.id: one for one in responses})
    index = find.index(catalogue, Settings(Path()), "en", Lock(Path()))
    return lambda question: [one.response.id for one in find.find(index, question, Wanted(limit=3))]


def fts5(tokens: str) -> Callable[[Sequence[Response]], Search]:
    """SQLite's full text search, any of the words (or letters by threes), ranked by BM25 with the title at 2."""

    def build(responses: Sequence[Response]) -> Search:
        base = sqlite3.connect(":memory:")
        base.execute(f"CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, title, rest, tokenize='{tokens}')")
        base.executemany("INSERT INTO texts VALUES (?, ?, ?)", map(columns, responses))

        def search(question: str) -> list[str]:
            found = terms(question)
            if tokens == "trigram":
                found = [word[at : at + 3] for word in found for at in range(len(word) - 2)]
            asked = " OR ".join(f'"{one}"' for one in dict.fromkeys(found))
            select = "SELECT id FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 0, 2, 1) LIMIT 3"
            return [row[0] for row in base.execute(select, (asked,))] if asked else []

        return search

    return build


def tantivy(responses: Sequence[Response]) -> Search:
    """Tantivy, any of the words, stemmed, each with one slip."""
    import tantivy as engine  # type: ignore[import-not-found, unused-ignore]

    builder = engine.SchemaBuilder()
    builder.add_text_field("id", stored=True)
    for name in ("title", "rest"):
        builder.add_text_field(name, tokenizer_name="en_stem")
    index: Any = engine.Index(builder.build())
    writer = index.writer(num_threads=1)
    for response in responses:
        id, title, rest = columns(response)
        writer.add_document(engine.Document(id=id, title=title, rest=rest))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> list[str]:
        fields = {"title": (True, 1, True), "rest": (True, 1, True)}
        query = index.parse_query(" ".join(terms(question)), ["title", "rest"], fuzzy_fields=fields)
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(query, 3).hits]

    return search


def columns(response: Response) -> tuple[str, str, str]:
    """Id, title, and all other texts."""
    title, *rest = passages(response, "en")
    return response.id, title.text, "\n".join(one.text for one in rest)


ENGINES: dict[str, Callable[[Sequence[Response]], Search]] = {
    "cannedkit": ours,
    "SQLite FTS5, words stemmed": fts5("porter"),
    "SQLite FTS5, letters by threes": fts5("trigram"),
    "tantivy, words with a slip": tantivy,
}


if __name__ == "__main__":
    main()
