"""Saved replies of GitHub as repositories keep them: `SAVED_REPLIES.md`, and `.github/replies.yml`.

GitHub has no file of its own, so that people write these: in Markdown each reply is a fenced block below a heading,
with the version in it, `## Duplicate (v2)` (as angular/angular has them); in YAML `replies` lists `{name, body}`,
whose placeholders are `{{ author }}` (JoshuaKGoldberg/refined-saved-replies). All that stands around a reply is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cannedkit.exchange.document import with_ids
from cannedkit.exchange.model import REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text, Written
from cannedkit.exchange.writing import scalar
from cannedkit.model.errors import InputError, Problem
from cannedkit.yamlsource.node import Mapping, Node, Scalar
from cannedkit.yamlsource.node import Sequence as SequenceNode
from cannedkit.yamlsource.read import read as read_yaml

ABILITY = Ability(syntax="bare", markup="markdown", missing="the placeholder: `Hi {{name}},`", extension="md")

MARKDOWN, YAML = "SAVED_REPLIES.md", "replies.yml"

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HEADING = re.compile(r"(?P<lead>#{1,6}[ \t]+)(?P<title>.*?)(?P<version>\s*\(v\d[\w.]*\))?[ \t]*#*[ \t\r\n]*")
MAX_HEADING = 500
"""Characters up to which a line is a heading; our own choice, twice the longest name that GitLab takes."""

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<info>[^`\n]*)")
_STARTS = re.compile(r"^ {0,3}(`{3,})", re.MULTILINE)
_REPLIES = re.compile(r"^replies:", re.MULTILINE)
_ITEM = re.compile(r"( *)- ")


def is_mine(file: File) -> bool:
    """Whether it has fenced blocks below headings, or a list of `replies` with names and bodies."""
    try:
        items = _items(file) if _REPLIES.search(file.text) else []
    except InputError:
        return False
    return any(_named(item) for item in items) or any(block.title for block in _blocks(file.text))


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The replies of some files, in their order. Raises InputError for a file that has none."""
    records: list[Record] = []
    outcomes: list[Outcome] = []
    for file in files:
        before = len(records) + len(outcomes)
        if _REPLIES.search(file.text):
            records += _from_yaml(file, outcomes)
        else:
            records += _from_markdown(file.text)
        if len(records) + len(outcomes) == before and file.text.strip():
            message = "has no replies: neither fenced blocks below headings, nor a list `replies`"
            raise InputError([Problem(file.name, 1, 1, message)])
    return Incoming(with_ids(records), tuple(outcomes))


# -- Markdown -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Block:
    """A fenced block below a heading: `[start:end)` is the text in it, `close` where its closing fence ends.

    `title_at` is the span of the title, None where another block of the same heading came before.
    """

    title: str
    title_at: tuple[int, int] | None
    start: int
    end: int
    close: int


def _blocks(text: str) -> Iterator[_Block]:
    """The blocks below headings in order; one that is never closed is none."""
    title, title_at, fence, start = "", None, "", 0
    for line in _LINE.finditer(text):
        found = _FENCE.match(line[0])
        if fence:
            if found and found["fence"].startswith(fence) and not found["info"].strip():
                if title and text[start : line.start()].strip():
                    close = line.start() + len(line[0].rstrip("\r\n"))
                    yield _Block(title, title_at, start, max(line.start() - 1, start), close)
                    title_at = None
                fence = ""
        elif found:
            fence, start = found["fence"], line.end()
        elif heading := _HEADING.fullmatch(line[0], 0, MAX_HEADING):
            title = heading["title"]
            title_at = (line.start() + heading.start("title"), line.start() + heading.end("title"))


def _from_markdown(text: str) -> Iterator[Record]:
    done = 0
    blocks = list(_blocks(text))
    for block in blocks:
        at, behind = block.title_at or (block.start, block.start)
        kept = {
            "lead": text[done:at],
            "gap": text[behind : block.start] if block.title_at else None,
            "end": text[block.end : block.close],
        }
        done = block.close
        kept |= {"tail": text[done:]} if block is blocks[-1] else {}
        version = re.search(r"\((v\d[\w.]*)\)", kept["gap"] or "")
        texts = (Text(text[block.start : block.end], markup="markdown"),)
        yield Record("", texts, block.title, kept=kept, aside=(f"version {version[1]}",) if version else ())


def _markdown(records: Sequence[Record]) -> str:
    made = ""
    for record in records:
        title = " ".join((record.title or record.ours).split())
        body, kept = record.texts[0].text, record.kept
        if isinstance(kept, dict):
            gap, end = _fitting(kept["gap"] if kept["gap"] is not None else kept["lead"], kept["end"], body)
            made += f"{kept['lead']}{title}{gap}" if kept["gap"] is not None else gap
            made += f"{body}{end}{kept.get('tail', '')}"
            continue
        fence = _fence(body)
        made += ("\n" if made.endswith("\n") else "\n\n") if made else ""
        made += f"## {title}\n\n{fence}\n{body}\n{fence}\n"
    return made


def _fence(body: str) -> str:
    """A fence that no line of a text closes."""
    return "`" * max([3, *(len(found[1]) + 1 for found in _STARTS.finditer(body))])


def _fitting(gap: str, end: str, body: str) -> tuple[str, str]:
    """What stands before and behind a text, with another fence where the text would close the one that is there."""
    opened = end.strip()
    if not any(line.strip().startswith(opened) for line in body.splitlines()):
        return gap, end
    fence = _fence(body)
    before, _, line = gap.rstrip("\r\n").rpartition("\n")
    return f"{before}\n{line.replace(opened, fence, 1)}{gap[len(gap.rstrip()) :]}", end.replace(opened, fence)


# -- YAML ---------------------------------------------------------------------------------------


def _items(file: File) -> Sequence[Node]:
    root = read_yaml(file.name, file.text.encode("utf-8", "surrogatepass")).root
    listed = root.get("replies") if isinstance(root, Mapping) else None
    return listed.items if isinstance(listed, SequenceNode) else ()


def _named(item: Node) -> dict[str, Scalar]:
    """The name and the body of an item, {} where it lacks one."""
    pairs = item.pairs if isinstance(item, Mapping) else ()
    found = {key.value: one for key, one in pairs if key.value in ("name", "body") and isinstance(one, Scalar)}
    return found if len(found) == 2 else {}


def _from_yaml(file: File, outcomes: list[Outcome]) -> Iterator[Record]:
    text, done = file.text, 0
    items = _items(file)
    for number, item in enumerate(items, start=1):
        parts = _named(item)
        if not parts:
            outcomes.append(Outcome(f"{file.name} {number}", REFUSED, "", "it has no `name` and `body`"))
            continue
        pieces: list[Any] = []
        for part, node in sorted(parts.items(), key=lambda pair: pair[1].start):
            source = text[node.start : node.end].rstrip("\r\n ")
            margin = node.source.position(item.start)[1] + 1
            own = None if source == _scalar(node.value, margin) else [source, _digest(node.value)]
            pieces += [text[done : node.start], [part, margin, own]]
            done = node.start + len(source)
        kept = {"pieces": pieces} | ({"tail": text[done:]} if item is items[-1] else {})
        yield Record("", (Text(parts["body"].value, markup="markdown"),), parts["name"].value, kept=kept)


def _yaml(records: Sequence[Record]) -> str:
    made, margin = "", "  "
    for record in records:
        said = {"name": record.title or record.ours, "body": record.texts[0].text}
        kept = record.kept if isinstance(record.kept, dict) else None
        if kept is None:
            step = len(margin) + 2
            made += f"{'' if made.endswith(chr(10)) else chr(10)}{margin}- name: {scalar(said['name'])}\n"
            made += f"{margin}  body: {_scalar(said['body'], step)}\n"
            continue
        for piece in kept["pieces"]:
            if isinstance(piece, str):
                made += piece
                found = _ITEM.search(piece)
                margin = found[1] if found else margin
                continue
            part, step, own = piece
            same = own is not None and own[1] == _digest(said[part])
            made += own[0] if same else _scalar(said[part], step)
        made += kept.get("tail", "")
    return made


def _scalar(text: str, margin: int) -> str:
    """A text of YAML: on lines of its own where it has several, which stand `margin` and two spaces in."""
    lines = text.rstrip("\n").split("\n")
    if len(lines) == 1 and not text.endswith("\n"):
        return scalar(text)
    plain = all(line.isprintable() for line in lines) and lines[0][:1] not in ("", " ")
    if not plain or text.endswith("\n\n"):
        return scalar(text)
    inner = "".join(f"\n{' ' * (margin + 2)}{line}" if line else "\n" for line in lines)
    return f"|{'' if text.endswith(chr(10)) else '-'}{inner}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


# -- both ---------------------------------------------------------------------------------------


def write(records: Sequence[Record]) -> Written:
    """The files that the replies came from; new ones go to the Markdown, or to the YAML where there is that alone."""
    kept = [record.kept if isinstance(record.kept, dict) else {} for record in records]
    only_yaml = any("pieces" in one for one in kept) and not any("lead" in one for one in kept)
    in_yaml = [at for at, one in enumerate(kept) if "pieces" in one or (only_yaml and not one)]
    in_markdown = [at for at in range(len(records)) if at not in set(in_yaml)]
    files = {} if only_yaml else {MARKDOWN: _markdown([records[at] for at in in_markdown])}
    files |= {YAML: _yaml([records[at] for at in in_yaml])} if in_yaml else {}
    return Written(files, order=(*in_markdown, *in_yaml))
