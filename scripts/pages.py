"""The pages of docs that are made from rule files, the starter catalogue and tables: `python -m scripts.pages`.

Writes `docs/packs/<Pack>.md`, one for each shipped pack, `docs/packs/README.md`, which lists them, `docs/replies.md`,
and the table in `docs/channels.md`. With `--check` it writes nothing and ends with 1 where a page is not what it would
write.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from cannedkit.channels import table
from cannedkit.channels.units import UNITS
from cannedkit.kit import Kit
from cannedkit.lint.packs import examples, read_pack
from cannedkit.model.response import Response
from cannedkit.model.rule import Example, Examples, Pack, Rule

ROOT = Path(__file__).parents[1]

HEAD = "| channel | part | takes | limit | source, and what others say |\n"
"""The head of the table of channels."""

READ = """\
Every reply was read twice in both languages by one reader, first as the customer who gets it and then as a team lead
who answers for it. 277 places were marked, and all were mended: 248 of the 496 bodies changed, in 123 replies.

| what was marked | places | replies | such as |
|---|---|---|---|
| nobody says it so | 164 | 83 | "It came here with a crack, and it left you whole" |
| wordings of one reply that said other things | 34 | 8 | three pieces of news on an outage, of which any might go out |
| a fact that nobody gave | 26 | 13 | "The number starts with AB", "I read the answers on Mondays" |
| a comma between two sentences | 20 | 11 | "Call your bank first, they can block the card" |
| British words beside American spelling | 19 | 12 | "engineer", "shop" and "direct debit" beside "canceled" |
| a channel or a language that said more or less | 12 | 6 | a promise in the e-mail alone |
| a name in a letter to the bereaved | 2 | 1 | the name on the account may be that of who has died |

A second reader, who had not seen these texts, read all of them as a customer does, in English and then in Dutch. 173
places were marked, and all were mended: 157 of the 496 bodies changed, in 88 replies. No native speaker of Dutch has
read them yet.

| what a second reader marked | places | such as |
|---|---|---|
| nobody says it so | 112 | "It's on the bench with Sam", "U hoort van mij, uiterlijk vandaag" |
| unclear who, what or where | 27 | "We never ask you for it", where "it" may be the link; an SMS without a sender |
| cold, or it blames | 15 | "The driver rang the bell", to somebody who was at home and heard nothing |
| a fact that nobody gave | 6 | "I've looked at every way", "which is what they'll ask for" |
| a language or a channel that said less | 5 | "by 4pm" in English, "at 4pm" in Dutch |
| British words beside American spelling | 4 | "call us on", "a low mark" |
| to the bereaved, as nobody says it | 4 | "niets heeft haast" |

Replies in `en` are American English; a team elsewhere adds bodies in `en-GB` where its words differ.
"""
"""What the readers of the starter catalogue found: counted when they read it."""

SHOWN = 12
"""Lines of a rule by example that its page shows of each sort: they are what it learns from, a hundred and more."""

LANGUAGES = {"": "every language", "en": "English", "nl": "Dutch", "th": "Thai", "te": "Telugu"}
"""Language of a pack -> its name."""


def main() -> None:
    """Write the pages, or say which are out of date."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where a page is out of date")
    options = parser.parse_args()
    stale = [name for name, text in pages().items() if _read(ROOT / name) != text]
    if options.check:
        sys.exit(f"out of date: {', '.join(stale)}; run python -m scripts.pages" if stale else 0)
    for name in stale:
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(pages()[name], encoding="utf-8")
    print(f"{len(stale)} pages written" if stale else "every page is up to date")


def pages() -> Mapping[str, str]:
    """Path in the repository -> what stands on the page."""
    packs = [read_pack(folder) for folder in sorted((ROOT / "rules").iterdir()) if folder.is_dir()]
    written = {f"docs/packs/{pack.name}.md": pack_page(pack) for pack in packs}
    written["docs/channels.md"] = channels(_read(ROOT / "docs" / "channels.md"))
    return {**written, "docs/packs/README.md": index(packs), "docs/replies.md": replies(Kit.load(ROOT))}


# -- rules --------------------------------------------------------------------------------------


def index(packs: list[Pack]) -> str:
    """The list of packs."""
    rows = [
        f"| [{pack.name}]({pack.name}.md) | {LANGUAGES[pack.language]} | {len(pack.rules)} | {pack.description} |"
        for pack in packs
    ]
    return "\n".join(
        ["# The packs", "", "| pack | language | rules | what it is for |", "|---|---|---|---|", *rows, ""]
    )


def pack_page(pack: Pack) -> str:
    """Every rule of a pack: what it says and why, what it finds and what it lets pass."""
    tried = examples(pack)
    head = f"# {pack.name}\n\n{pack.description}\n\nFor {LANGUAGES[pack.language]}; {len(pack.rules)} rules."
    return "\n\n".join([head, *(rule_section(rule, tried.get(rule.id, Examples())) for rule in pack.rules)]) + "\n"


def rule_section(rule: Rule, tried: Examples) -> str:
    """One rule."""
    level = str(rule.level) if rule.level is not None else "off unless the settings give it a level"
    lines = [f"## {rule.id}", "", rule.why, "", f"- level: {level}"]
    lines += [f"- looks where {_condition(rule)}"] if rule.where else []
    lines += [f"- instead: {_line(rule.instead)}"] if rule.instead else []
    lines += [f"- source: {_line(rule.source)}"] if rule.source else []
    shown = SHOWN if rule.kind == "meaning" else None
    lines += ["", "Finds:", "", *_examples(tried.bad, shown)] if tried.bad else []
    lines += ["", "Lets pass:", "", *_examples(tried.good, shown)] if tried.good else []
    return "\n".join(lines)


def _condition(rule: Rule) -> str:
    return " and ".join(f"{one.key} is {'not ' if one.negated else ''}{' or '.join(one.values)}" for one in rule.where)


def _examples(tried: Sequence[Example], shown: int | None) -> Iterator[str]:
    """The first examples, or all of them, and how many more the rule's file has."""
    yield from map(_example, tried[:shown])
    if rest := len(tried) - len(tried[:shown]):
        yield f"- and {rest} more in the rule's file"


def _example(example: Example) -> str:
    """The text on one line of code, with its spans marked."""
    text = example.text
    for start, end in sorted(example.spans or (), reverse=True):
        text = f"{text[:start]}[[{text[start:end]}]]{text[end:]}"
    shown = "".join(map(_visible, text.replace("\n", "⏎")))
    ticks = "``" if "`" in shown else "`"
    return f"- {ticks}{shown}{ticks}"


def _visible(sign: str) -> str:
    """A character as it is, or its escape where nobody would see it; joiners stay, for letters and emoji need them."""
    return sign if sign.isprintable() or sign in "\u200c\u200d" else sign.encode("unicode_escape").decode()


def _line(text: str) -> str:
    return " ".join(text.split())


# -- the catalogue ------------------------------------------------------------------------------


def replies(kit: Kit) -> str:
    """Every reply of the starter catalogue, by topic."""
    responses = sorted(kit.catalogue.responses.values(), key=lambda one: one.id)
    topics = [(topic, list(group)) for topic, group in groupby(responses, key=lambda one: one.id.rpartition("/")[0])]
    languages = " and ".join(LANGUAGES[tag] for tag in kit.settings.locales)
    head = [
        "# The starter catalogue",
        "",
        f"{len(responses)} replies in {len(topics)} topics, in {languages}.",
        "",
        READ,
        *(f"- [{topic}](#{topic.replace('/', '')}): {len(group)}" for topic, group in topics),
    ]
    sections = [f"## {topic}\n\n" + "\n\n".join(map(_reply, group)) for topic, group in topics]
    return "\n".join(head) + "\n\n" + "\n\n".join(sections) + "\n"


def _reply(response: Response) -> str:
    title = response.titles.get("en") or next(iter(response.titles.values()), "")
    return "\n".join([f"### {response.id}", "", *([title, ""] if title else []), *_bodies(response)]).rstrip()


def _bodies(response: Response) -> Iterator[str]:
    for body in response.bodies:
        where = ", ".join(part for part in (body.locale, body.channel) if part)
        number = f", wording {body.variation}" if any(other.variation > 1 for other in response.bodies) else ""
        subject = f"**{body.subject.value}**<br>" if body.subject else ""
        yield f"- {where}{number}: {subject}{'<br>'.join(body.text.value.strip().splitlines())}"


# -- channels -----------------------------------------------------------------------------------


def channels(page: str) -> str:
    """The page about channels with the table as it is now, between its head and the end."""
    head = page.partition(HEAD)[0]
    return "\n".join([f"{head}{HEAD}|---|---|---|---|---|", *map(_limit, table.rows())]) + "\n"


def _limit(row: table.Row) -> str:
    takes = f"{row.limit:,} {UNITS[row.unit].label}"
    differs = f"; {row.differs}" if row.differs else ""
    source = f"[{row.source}]({row.address}), {row.date}{differs}"
    return f"| {row.channel} | {row.part} | {takes} | {row.kind} | {source} |"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


if __name__ == "__main__":
    main()
