"""Catalogues that people really keep come in whole, and go out as they were."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from cannedkit import Kit
from cannedkit.exchange.encoding import opened
from cannedkit.exchange.model import CHANGED, LOST, REFUSED, Asked, File
from tests.exchange.desk import bring, desk, give

pytestmark = pytest.mark.data

MARKDOWN = (("angular/SAVED_REPLIES.md", 11), ("18f/canned-responses.md", 2))
"""A file of saved replies -> how many it has."""

PARTS = re.compile(r"^## [^\n]*\n+```[^\n]*\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


def _bodies(folder: Path) -> dict[str, str]:
    """The only text of each reply of a catalogue, which can be read without a fault, by its title."""
    kit = Kit.load(folder, with_engines=False)
    assert kit.readable.refused == ()
    responses = kit.catalogue.responses.values()
    return {one.titles.get("", one.id): one.bodies[0].text.value for one in responses}


@pytest.mark.parametrize(("name", "count"), MARKDOWN)
def test_saved_replies_come_in_and_go_out(tmp_path: Path, data: Path, name: str, count: int) -> None:
    """Each block is a reply with the words that stand in it, and the file goes out byte for byte."""
    file = opened(data / "catalogues" / name)
    brought = bring(desk(tmp_path), "github", [file])
    assert len(brought.ids) == count
    assert {one.fate for one in brought.outcomes} & {REFUSED, LOST, CHANGED} == set()
    assert sorted(_bodies(tmp_path).values()) == sorted(body.strip() for body in PARTS.findall(file.text))
    assert [*give(tmp_path, "github").files.values()] == [file.text]


def test_templates_of_a_forum_come_in(tmp_path: Path, data: Path) -> None:
    """Each template, as Discourse answers it, is a reply with its words, title and notes to fill in."""
    folders = sorted(path.parent for path in (data / "catalogues/arduino").glob("*/1.md"))
    texts = {path.name: opened(path / "1.md").text for path in folders}
    templates = [
        {"id": number, "slug": name, "title": name, "content": text, "tags": [], "usages": 0}
        for number, (name, text) in enumerate(texts.items(), start=1)
    ]
    answer = File("templates.json", json.dumps({"templates": templates}))
    brought = bring(desk(tmp_path), "discourse", [answer])
    assert (len(brought.ids), {one.fate for one in brought.outcomes} & {REFUSED, LOST, CHANGED}) == (10, set())
    assert _bodies(tmp_path) == {name: text.strip() for name, text in texts.items()}


def _messages(path: Path) -> Iterator[dict[str, Any]]:
    """The messages of a tracker's moderators, one for each set of projects."""
    for name, several in yaml.safe_load(path.read_text(encoding="utf-8"))["messages"].items():
        for number, one in enumerate(several, start=1):
            yield {**one, "key": name if number == 1 else f"{name} {number}"}


def test_messages_of_moderators_come_in(tmp_path: Path, data: Path) -> None:
    """As text modules, their `%variables%` as placeholders: words, names, keywords and projects are all there."""
    messages = [*_messages(data / "catalogues/mojira/messages.yml")]
    stream = io.StringIO(newline="")
    table = csv.writer(stream)
    table.writerow(["name", "keywords", "content", "groups"])
    for one in messages:
        projects = one["project"] if isinstance(one["project"], list) else [one["project"]]
        content = re.sub(r"%(\w+)%", r"#{\1}", one["message"])
        table.writerow([one["key"], one["shortcut"], content, "~~~".join(projects)])
    brought = bring(desk(tmp_path), "zammad", [File("modules.csv", stream.getvalue())], Asked())
    assert (len(brought.ids), {one.fate for one in brought.outcomes} & {REFUSED, LOST, CHANGED}) == (37, set())
    plain = {
        name: re.sub(r"\{\{ (\w+) \}\}", r"%\1%", re.sub(r"\{% (?:end)?raw %\}", "", body))
        for name, body in _bodies(tmp_path).items()
    }
    assert plain == {one["key"]: one["message"].strip() for one in messages}
    assert list(csv.reader(io.StringIO(give(tmp_path, "zammad").files["text_modules.csv"]))) == list(
        csv.reader(io.StringIO(stream.getvalue()))
    )


def test_templates_of_a_study_come_in(tmp_path: Path, data: Path) -> None:
    """272 templates, put into a table and into Markdown, are replies with the same words."""
    lines = (data / "star_templates.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {one["key"]: one["text"] for one in map(json.loads, lines)}
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([("id", "body"), *texts.items()])
    page = "".join(f"## {key}\n\n{text}\n\n" for key, text in texts.items())
    for format, file in (("csv", File("t.csv", stream.getvalue())), ("markdown", File("t.md", page))):
        brought = bring(desk(tmp_path / format), format, [file])
        fates = {one.fate for one in brought.outcomes} & {REFUSED, LOST, CHANGED}
        assert (len(brought.ids), fates) == (272, set())
        kit = Kit.load(tmp_path / format, with_engines=False)
        found = {
            str(one.extras[f"x-{format}"]["id"]): one.bodies[0].text.value for one in kit.catalogue.responses.values()
        }
        assert found == {key: text.strip() for key, text in texts.items()}
    assert give(tmp_path / "markdown", "markdown").files == {"t.md": page}


def _flat(data: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The texts of nested mappings by their dotted keys."""
    for key, value in data.items() if isinstance(data, dict) else ():
        if isinstance(value, str) and value.strip():
            yield f"{path}{key}", value
        yield from _flat(value, f"{path}{key}.")


def test_two_languages_of_a_service_come_in(tmp_path: Path, data: Path) -> None:
    """The texts of a service in English and Spanish, put into a table, are replies in both, with every word."""
    stream = io.StringIO(newline="")
    table = csv.writer(stream)
    table.writerow(["id", "locale", "body"])
    texts = {}
    for locale in ("en", "es"):
        whole = yaml.safe_load((data / f"catalogues/vita-min/{locale}.yml").read_text(encoding="utf-8"))
        for key, text in _flat(whole[locale]):
            texts[key, locale] = re.sub(r"%\{(\w+)\}", r"{{\1}}", text)
            table.writerow([key, locale, texts[key, locale]])
    desk(tmp_path)
    (tmp_path / "cannedkit.yaml").write_text("locale: en\nlocales: [en, es]\npacks: [Care]\nengines: {}\n")
    brought = bring(tmp_path, "csv", [File("t.csv", stream.getvalue())])
    assert [one for one in brought.outcomes if one.fate in (REFUSED, LOST, CHANGED)] == []
    kit = Kit.load(tmp_path, with_engines=False)
    found = {
        (str(one.extras["x-csv"]["id"]), body.locale): body.text.value
        for one in kit.catalogue.responses.values()
        for body in one.bodies
    }
    assert found == {key: text.strip() for key, text in texts.items()}
