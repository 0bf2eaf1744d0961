"""What the packs Catalogue and Leftover find in real catalogues: `python -m scripts.catalogues --data DIR`.

DIR holds the evaluation sets; `--more DIR` is a copy of github.com/openfoodfoundation/openfoodnetwork, whose mails are
in many languages. Each catalogue is written into a folder of its own in the form that `check` reads, as far as its
texts go: for Catalogue with its placeholders as ours, for Leftover as its own system has them. The findings are to be
read by eye; what was judged stands in docs/judged.tsv, and `--table` prints how much of it was right.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from cannedkit.kit import Kit
from cannedkit.lint.packs import read_pack
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Rule
from scripts.rows import read_rows

ROOT = Path(__file__).parents[1]

TODAY = date(2026, 6, 1)
"""The day for which the catalogues are looked at."""

SENTENCE = 5
"""Words of a string in a file of a program's strings from which it is read as a message."""

_HOLES = re.compile(r"\$(\d)(?!\d)|%\{(\w+)\}|<<([\w.]+)>>|\{(\w+):[ds]\}|(?<![\w%])%(\w+)%|<!-- TODO: @?(\w+)[^>]*-->")
_ITEM = re.compile(r"\s*<li>\s*")
_ANCHOR = re.compile(r"<a [^>]*?href=[\"']?([^\"' >]+)[^>]*>(.*?)</a>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")
_FENCED = re.compile(r"^## (.+?)\n+```\n(.*?)\n```", re.MULTILINE | re.DOTALL)


@dataclass
class Replies:
    """The responses of a catalogue by topic and name, and the settings that they need."""

    locales: tuple[str, ...] = ("en",)
    channels: tuple[str, ...] = ("chat",)
    topics: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """The placeholders of all texts."""
        return set(re.findall(r"\{\{ (\w+) \}\}", json.dumps(self.topics, ensure_ascii=False)))

    def read(self, text: Callable[[str], str]) -> Replies:
        """The same replies, each body read by a function."""
        topics = {
            topic: {name: {**reply, "body": _each(reply["body"], text)} for name, reply in replies.items()}
            for topic, replies in self.topics.items()
        }
        return replace(self, topics=topics)

    def add(self, topic: str, name: str, **response: Any) -> None:
        """One more response, under a name that the files can hold."""
        found = self.topics.setdefault(_name(topic), {})
        name = _name(name)
        found[name if name not in found else f"{name}-{len(found)}"] = response


def ours(source: str) -> str:
    """A text with its placeholders as ours, and without HTML."""

    def hole(match: re.Match[str]) -> str:
        name = next(filter(None, match.groups())).lower().replace(".", "_")
        return f"{{{{ {name if name[0].isalpha() else f'hole{name}'} }}}}"

    opened = _HOLES.sub(hole, theirs(source))
    return _MARKUP.sub("", _ITEM.sub("\n- ", _ANCHOR.sub(_linked, opened))).strip()


def theirs(source: str) -> str:
    """A text as its system has it, without what would be a placeholder of ours."""
    return source.replace("{{", "(").replace("}}", ")").replace("{%", "(")


def _each(body: Any, text: Callable[[str], str]) -> Any:
    return text(body) if isinstance(body, str) else {key: _each(value, text) for key, value in body.items()}


def _linked(anchor: re.Match[str]) -> str:
    """A link as text: what it says, and where it leads if that is something else."""
    leads, says = anchor[1].removeprefix("mailto:"), anchor[2].strip()
    if leads.startswith("{{") and "://" in says:
        return leads  # what it says is an address, too: of the two the one that it leads to
    return says if leads.partition("://")[2].strip("/") in says or leads in says else f"{says} ({leads})"


def _name(text: str) -> str:
    made = re.sub(r"\W+", "-", text).strip("-").lower() or "reply"
    return made if made[0].isalpha() else f"n{made}"


def mojira(folder: Path) -> Replies:
    """Messages of a bug tracker; a message that projects word differently is one response for each."""
    found = Replies(channels=("jira",))
    for name, messages in yaml.safe_load((folder / "mojira/messages.yml").read_text())["messages"].items():
        for message in messages:
            found.add(message["category"], name, title=message["name"], body=message["message"])
    return found


def arduino(folder: Path) -> Replies:
    """Replies of a forum's moderators, one file each; those in other languages are filed under theirs."""
    found = Replies(locales=("en", "de", "es", "it"))
    tongues = {"deutsch": "de", "espanol": "es", "italiano": "it"}
    for path in sorted(folder.glob("arduino/*/1.md")):
        locale = next((tag for word, tag in tongues.items() if word in path.parent.name), "en")
        found.add("forum", path.parent.name, status="draft", body={locale: path.read_text()})
    return found


def fenced(*names: str) -> Callable[[Path], Replies]:
    """Replies in fenced blocks under headings."""

    def read(folder: Path) -> Replies:
        found = Replies()
        for name in names:
            for title, text in _FENCED.findall((folder / name).read_text()):
                found.add(name.partition("/")[0], title, title=title, body=text)
        return found

    return read


def vita_min(folder: Path) -> Replies:
    """E-mail and SMS of one message, in English and Spanish."""
    found = Replies(("en", "es"), ("email", "sms"))
    files = {tag: yaml.safe_load((folder / f"vita-min/{tag}.yml").read_text())[tag] for tag in found.locales}
    for path in _messages(files["en"]):
        bodies = {tag: _letter(_at(tree, path), found) for tag, tree in files.items()}
        kept = {tag: body for tag, body in bodies.items() if body}
        if kept:
            channels = sorted({channel for body in kept.values() for channel in body})
            found.add(path[0], "-".join(path[1:]) or path[0], status="draft", channels=channels, body=kept)
    for path in _others(files["en"]):
        lines = {tag: _at(tree, path) for tag, tree in files.items()}
        texts = {tag: line for tag, line in lines.items() if isinstance(line, str) and line.strip()}
        if all(texts.values()):
            found.add(f"{path[0]}-lines", "-".join(path[1:]) or path[0], status="draft", channels="email", body=texts)
    return found


def _others(tree: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of texts that are no part of an e-mail or an SMS."""
    for key, value in tree.items():
        other_form = key == "body_text" and "body_html" in tree
        if isinstance(value, str) and " " in value and not other_form and not {"email", "sms"} & {*path, key}:
            yield (*path, key)
        elif isinstance(value, dict):
            yield from _others(value, (*path, key))


def echo(folder: Path) -> Replies:
    """Messages of a wiki in four languages, written by volunteers."""
    found = Replies(("en", "nl", "th", "te"))
    by_key: dict[str, dict[str, str]] = {}
    for locale in found.locales:
        for row in read_rows(folder.parent / f"i18n_{locale}.jsonl"):
            by_key.setdefault(row["key"], {})[locale] = row["text"]
    for key, texts in by_key.items():
        found.add("wiki", key, status="draft", body=texts)
    return found


def _messages(tree: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of what has an e-mail or an SMS below it."""
    if isinstance(tree, dict):
        if {"email", "sms"} & tree.keys():
            yield path
        for key, value in tree.items():
            yield from _messages(value, (*path, key))


def _at(tree: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        tree = tree.get(key, {}) if isinstance(tree, dict) else {}
    return tree


def _letter(message: Any, found: Replies) -> dict[str, Any]:
    """The e-mail and the SMS of a message, as far as it has them."""
    made: dict[str, Any] = {}
    for channel in ("email", "sms"):
        part = message.get(channel) if isinstance(message, dict) else None
        text = part if isinstance(part, str) else _first(part, "body", "body_html") if isinstance(part, dict) else ""
        if text:
            body = text
            subject = part.get("subject") if isinstance(part, dict) else None
            made[channel] = {"subject": subject, "body": body} if subject else body
    return made


def _first(part: Mapping[str, Any], *keys: str) -> str:
    return next((str(part[key]) for key in keys if isinstance(part.get(key), str)), "")


def star(folder: Path) -> Replies:
    """What a made-up assistant says, by task."""
    found = Replies()
    for row in read_rows(folder.parent / "star_templates.jsonl"):
        found.add(row["task"], row["label"], body=row["text"])
    return found


def open_food_network(folder: Path) -> Replies:
    """The mails of a marketplace in ten languages, as its own translators wrote them."""
    tags = ("en", "ca", "de-DE", "es", "fr", "it", "nl-BE", "pl", "pt-BR", "tr")
    found = Replies(tags, ("email",))
    files = {tag: folder / f"config/locales/{tag.replace('-', '_')}.yml" for tag in tags}
    lines = {tag: dict(_lines(next(iter(yaml.safe_load(path.read_text()).values())))) for tag, path in files.items()}
    for path, text in lines["en"].items():
        is_mail = path[0].endswith("_mailer") or path[0] == "devise" or path[-1].startswith("email_")
        if is_mail and len(text.split()) >= SENTENCE:
            body = {tag: texts[path] for tag, texts in lines.items() if texts.get(path, "").strip()}
            found.add(path[0] if path[1:] else "mail", "-".join(path), status="draft", body=body)
    return found


def _lines(tree: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _lines(value, (*path, str(key)))
        elif isinstance(value, str):
            yield (*path, str(key)), value


CATALOGUES: Mapping[str, Callable[[Path], Replies]] = {
    "mojira": mojira,
    "arduino": arduino,
    "angular, 18f": fenced("angular/SAVED_REPLIES.md", "18f/canned-responses.md"),
    "vita-min": vita_min,
    "echo": echo,
    "star": star,
}
"""The name of a real catalogue -> its replies, read from the folder of catalogues."""


def written(replies: Replies, folder: Path, pack: str) -> Kit:
    """The kit of a catalogue that is written into a folder."""
    settings = {
        "locale": replies.locales[0],
        "locales": list(replies.locales),
        "channels": {name: {} for name in replies.channels},
        "packs": [pack],
        "engines": {},
    }
    files: dict[str, Any] = {
        "cannedkit.yaml": settings,
        "responses/variables.yaml": {name: {} for name in replies.names},
    }
    files |= {f"responses/{topic}.yaml": found for topic, found in replies.topics.items()}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1))
    return Kit.load(folder)


PACKS: Mapping[str, Callable[[str], str]] = {"Catalogue": ours, "Leftover": theirs}
"""The packs that are judged on catalogues, and how each is given their texts."""


def main() -> None:
    """Print the findings by catalogue, and how many each rule has."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the evaluation sets")
    parser.add_argument("--more", type=Path, help="folder of a copy of Open Food Network")
    parser.add_argument("--rule", default="", help="only this rule")
    parser.add_argument("--each", type=int, default=20, help="how many of one rule and catalogue at most")
    parser.add_argument("--table", action="store_true", help="print no finding, but what was judged of each rule")
    options = parser.parse_args()
    sources = {name: read(options.data / "catalogues") for name, read in CATALOGUES.items()}
    if options.more:
        sources["open food network"] = open_food_network(options.more)
    count: Counter[str] = Counter()
    for name, replies in sources.items():
        for pack, text in PACKS.items():
            with TemporaryDirectory() as folder:
                review = written(replies.read(text), Path(folder), pack).check(today=TODAY)
                found = [one for one in review.findings if options.rule in ("", one.finding.rule)]
                count.update(one.finding.rule for one in found)
                if not options.table:
                    print(f"## {pack} on {name}: {review.checked.responses} responses")
                    print("\n".join([*map(str, review.errors), *_told(found, options.each)]))
    print("\n".join(table(count)) if options.table else _counted(count))


def table(count: Mapping[str, int]) -> Iterator[str]:
    """For each rule how many findings there are, and how many of those that were judged are right; and who has none."""
    yield "| rule | findings | judged | right | arguable | wrong | right |"
    yield "|---|---|---|---|---|---|---|"
    said, on = judged(), [rule.id for pack in PACKS for rule in rules_on(pack)]
    for rule in (rule for rule in on if count.get(rule)):
        verdict = said.get(rule, (0, 0, 0))
        share = f"{100 * verdict[0] // sum(verdict)} %" if any(verdict) else "not judged"
        yield "| " + " | ".join(map(str, (rule, count[rule], sum(verdict), *verdict, share))) + " |"
    for pack in PACKS:
        none = [rule.id.partition(".")[2] for rule in rules_on(pack) if not count.get(rule.id)]
        yield f"\nOf {pack} these found nothing on real data: {', '.join(none)}."


def rules_on(pack: str) -> list[Rule]:
    """The rules of a shipped pack that are not off."""
    return [rule for rule in read_pack(ROOT / "rules" / pack).rules if rule.level is not None]


def judged() -> dict[str, tuple[int, ...]]:
    """Rule -> how many of its findings were judged right, arguable and wrong."""
    lines = (ROOT / "docs/judged.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {f"{pack}.{rule}": tuple(map(int, counts)) for pack, rule, *counts, _ in rows}


def _counted(count: Counter[str]) -> str:
    return ", ".join(f"{rule} {number}" for rule, number in count.most_common())


def _told(found: Iterable[FileFinding], each: int) -> Iterator[str]:
    """The findings by rule, of each no more than so many."""
    shown: Counter[str] = Counter()
    for one in sorted(found, key=lambda one: one.finding.rule):
        shown[one.finding.rule] += 1
        if shown[one.finding.rule] <= each:
            yield _line(one)


def _line(found: FileFinding) -> str:
    """A finding on two lines, with the text around it."""
    lines = Path(found.place.path).read_text().splitlines()
    line = lines[found.place.line - 1]
    left, right = max(0, found.place.column - 120), found.place.end_column + 60
    where = f"{found.response} {found.locale} {','.join(found.channels)} {found.part}"
    return f"{found.finding.rule} ({where}) {found.finding.message}\n    {line[left:right].strip()}"


if __name__ == "__main__":
    main()
