"""What rules that read responses find in real catalogues: `python -m scripts.catalogues --data DIR`.

DIR holds the evaluation sets. Each catalogue is written into a folder of its own in the form that `check` reads, as
far as its texts go: what another system's markup means is not looked at. What was judged stands in docs/judged.tsv.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from cannedkit.kit import Kit
from cannedkit.model.result import FileFinding
from scripts.rows import read_rows

TODAY = date(2026, 6, 1)
"""The day for which the catalogues are looked at."""

_HOLES = re.compile(r"\$(\d)|%\{(\w+)\}|<<([\w.]+)>>|\{(\w+):[ds]\}|(?<![\w%])%(\w+)%|<!-- TODO: @?(\w+)[^>]*-->")
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

    def text(self, source: str) -> str:
        """A text with its placeholders as ours, and without HTML."""

        def hole(match: re.Match[str]) -> str:
            name = next(filter(None, match.groups())).lower().replace(".", "_")
            return f"{{{{ {name if name[0].isalpha() else f'hole{name}'} }}}}"

        opened = _HOLES.sub(hole, source.replace("{{", "(").replace("}}", ")").replace("{%", "("))
        return _MARKUP.sub("", _ITEM.sub("\n- ", _ANCHOR.sub(_linked, opened))).strip()

    def add(self, topic: str, name: str, **response: Any) -> None:
        """One more response, under a name that the files can hold."""
        found = self.topics.setdefault(_name(topic), {})
        name = _name(name)
        found[name if name not in found else f"{name}-{len(found)}"] = response


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
    found = Replies()
    for name, messages in yaml.safe_load((folder / "mojira/messages.yml").read_text())["messages"].items():
        for message in messages:
            found.add(message["category"], name, title=message["name"], body=found.text(message["message"]))
    return found


def arduino(folder: Path) -> Replies:
    """Replies of a forum's moderators, one file each; those in other languages are filed under theirs."""
    found = Replies(locales=("en", "de", "es", "it"))
    tongues = {"deutsch": "de", "espanol": "es", "italiano": "it"}
    for path in sorted(folder.glob("arduino/*/1.md")):
        locale = next((tag for word, tag in tongues.items() if word in path.parent.name), "en")
        found.add("forum", path.parent.name, status="draft", body={locale: found.text(path.read_text())})
    return found


def fenced(*names: str) -> Callable[[Path], Replies]:
    """Replies in fenced blocks under headings."""

    def read(folder: Path) -> Replies:
        found = Replies()
        for name in names:
            for title, text in _FENCED.findall((folder / name).read_text()):
                found.add(name.partition("/")[0], title, title=title, body=found.text(text))
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
        texts = {tag: found.text(line) for tag, line in lines.items() if isinstance(line, str) and line.strip()}
        if all(texts.values()):
            found.add(f"{path[0]}-lines", "-".join(path[1:]) or path[0], status="draft", channels="email", body=texts)
    return found


def _others(tree: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of texts that are no part of an e-mail or an SMS."""
    for key, value in tree.items():
        if isinstance(value, str) and " " in value and not {"email", "sms"} & {*path, key}:
            yield (*path, key)
        elif isinstance(value, dict):
            yield from _others(value, (*path, key))


def echo(folder: Path) -> Replies:
    """Messages of a wiki in four languages, written by volunteers."""
    found = Replies(("en", "nl", "th", "te"))
    by_key: dict[str, dict[str, str]] = {}
    for locale in found.locales:
        for row in read_rows(folder.parent / f"i18n_{locale}.jsonl"):
            by_key.setdefault(row["key"], {})[locale] = found.text(row["text"])
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
            body = found.text(text)
            subject = part.get("subject") if isinstance(part, dict) else None
            made[channel] = {"subject": found.text(subject), "body": body} if subject else body
    return made


def _first(part: Mapping[str, Any], *keys: str) -> str:
    return next((str(part[key]) for key in keys if isinstance(part.get(key), str)), "")


def star(folder: Path) -> Replies:
    """What a made-up assistant says, by task."""
    found = Replies()
    for row in read_rows(folder.parent / "star_templates.jsonl"):
        found.add(row["task"], row["label"], body=found.text(row["text"]))
    return found


CATALOGUES: Mapping[str, Callable[[Path], Replies]] = {
    "mojira": mojira,
    "arduino": arduino,
    "angular, 18f": fenced("angular/SAVED_REPLIES.md", "18f/canned-responses.md"),
    "vita-min": vita_min,
    "echo": echo,
    "star": star,
}
"""The name of a real catalogue -> its replies, read from the folder of catalogues."""


def written(replies: Replies, folder: Path) -> Kit:
    """The kit of a catalogue that is written into a folder."""
    settings = {
        "locale": replies.locales[0],
        "locales": list(replies.locales),
        "channels": {name: {} for name in replies.channels},
        "packs": ["Catalogue"],
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


def main() -> None:
    """Print the findings, by rule."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the evaluation sets")
    parser.add_argument("--rule", default="", help="only this rule")
    parser.add_argument("--each", type=int, default=20, help="how many of one rule and catalogue at most")
    options = parser.parse_args()
    count: Counter[str] = Counter()
    for name, read in CATALOGUES.items():
        with TemporaryDirectory() as folder:
            review = written(read(options.data / "catalogues"), Path(folder)).check(today=TODAY)
            for error in review.errors:
                print(f"{name}: {error}")
            print(f"## {name}: {review.checked.responses} responses")
            shown: Counter[str] = Counter()
            for found in sorted(review.findings, key=lambda one: one.finding.rule):
                rule = found.finding.rule
                shown[rule] += options.rule in ("", rule)
                count[rule] += 1
                if options.rule in ("", rule) and shown[rule] <= options.each:
                    print(_line(found))
    print(", ".join(f"{rule} {number}" for rule, number in count.most_common()))


def _line(found: FileFinding) -> str:
    """A finding on two lines, with the text around it."""
    lines = Path(found.place.path).read_text().splitlines()
    line = lines[found.place.line - 1]
    left, right = max(0, found.place.column - 120), found.place.end_column + 60
    where = f"{found.response} {found.locale} {','.join(found.channels)} {found.part}"
    return f"{found.finding.rule} ({where}) {found.finding.message}\n    {line[left:right].strip()}"


if __name__ == "__main__":
    main()
