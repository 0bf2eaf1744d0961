"""A catalogue that is kept between runs is the one that is read anew, whatever changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cannedkit.catalogue import kept, load
from cannedkit.kit import Kit
from cannedkit.model.errors import CatalogueError
from cannedkit.model.response import Catalogue
from cannedkit.settings import load as settings
from cannedkit.text import pile
from cannedkit.yamlsource.edit import together, written
from cannedkit.yamlsource.node import Part
from tests.conftest import Write

FILES = {
    "cannedkit.yaml": "locales: [en, nl]\nchannels: {chat: {}, sms: {}}\nfacts: facts.yaml\n",
    "facts.yaml": "days: 14\n",
    "synonyms.yaml": "en:\n  - [parcel, package]\n",
    "responses/variables.yaml": "name: {samples: [Ana]}\n",
    "responses/a.yaml": "one: {tags: [x], body: {en: 'Hi {{ name }}, in {{ facts.days }} days.', nl: Dag.}}\n",
    "responses/b/c.yml": "two: {body: {en: Hello., nl: {any: Dag., sms: Hoi.}}}\n",
}


@pytest.fixture(autouse=True)
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders of catalogues that were read, in order; the smallest is kept."""
    found: list[Path] = []
    loaded = load.load

    def seen(given: object) -> Catalogue:
        found.append(given.catalogue)  # type: ignore[attr-defined]
        return loaded(given)  # type: ignore[arg-type]

    monkeypatch.setattr(load, "load", seen)
    monkeypatch.setattr(kept, "LEAST_BYTES", 1)
    return found


def _load(root: Path) -> Catalogue:
    return kept.load(settings(root / "cannedkit.yaml"))


def _told(catalogue: Catalogue) -> object:
    """All that a catalogue says, and where each character of its texts stands."""
    texts = [
        (id, body.locale, body.channel, body.text.value, body.text.place(0, len(body.text.value)), body.names)
        for id, response in catalogue.responses.items()
        for body in response.bodies
    ]
    records = [(id, one.place, one.tags, one.channels, repr(one.variables)) for id, one in catalogue.responses.items()]
    return texts, records, catalogue.refused, repr(catalogue.variables), catalogue.synonyms


def test_files_that_are_the_same_are_not_read_again(write: Write, read: list[Path]) -> None:
    """A second run has the catalogue as the first read it, places included."""
    root = write(FILES)
    first, second = _load(root), _load(root)
    assert _told(first) == _told(second)
    assert len(read) == 1


def test_what_was_kept_can_be_edited(write: Write, read: list[Path]) -> None:
    """An edit of a text that comes from disk touches that text alone, as one of a file that was just read."""
    root = write(FILES)
    for _ in range(2):
        part = _load(root).responses["a/one"].bodies[0].text
        assert isinstance(part, Part)
        text = together([written(part, [(0, 2, "Hello")])])
        assert text == FILES["responses/a.yaml"].replace("Hi", "Hello")
    assert len(read) == 1


@pytest.mark.parametrize("most", [0, 1, 2, 100])
def test_many_responses_are_those_of_few(write: Write, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Where more lie on disk than are held, they are the same ones, in their order, with what they share."""
    root = write(FILES)
    plain = load.load(settings(root / "cannedkit.yaml"))
    monkeypatch.setattr(pile, "MANY", most)
    found, _ = _load(root), _load(root)
    assert isinstance(found.responses, dict) == (most > 1)
    assert _told(found) == _told(plain)
    assert all(one.variables is found.variables for one in found.responses.values())
    part = found.responses["b/c/two"].bodies[0].text
    assert isinstance(part, Part)
    assert together([written(part, [(0, 5, "Bye")])]) == FILES["responses/b/c.yml"].replace("Hello", "Bye")
    assert list(load.within(found, root / "responses/b").responses) == ["b/c/two"]


CHANGES: dict[str, Callable[[Path], object]] = {
    "a text": lambda root: _replace(root / "responses/a.yaml", "Hi", "Hello"),
    "a line": lambda root: _replace(root / "responses/a.yaml", "one:", "\none:"),
    "a fault": lambda root: _replace(root / "responses/b/c.yml", "two:", "two: {}\ntwo:"),
    "a variable": lambda root: _replace(root / "responses/variables.yaml", "Ana", "Bo"),
    "a synonym": lambda root: _replace(root / "synonyms.yaml", "package", "packet"),
    "a setting": lambda root: _replace(root / "cannedkit.yaml", "sms", "email"),
    "a fact": lambda root: _replace(root / "facts.yaml", "days", "hours"),
    "a new file": lambda root: (root / "responses/d.yaml").write_text("three: {body: {en: Hi., nl: Dag.}}\n"),
    "a file less": lambda root: (root / "responses/b/c.yml").unlink(),
    "a file moved": lambda root: (root / "responses/a.yaml").rename(root / "responses/e.yaml"),
}


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(write: Write, read: list[Path], change: str) -> None:
    """Whatever it is read from, the catalogue is read anew where that changed."""
    root = write(FILES)
    before = _told(_load(root))
    CHANGES[change](root)
    assert _told(_load(root)) == _told(load.load(settings(root / "cannedkit.yaml"))) != before


def test_what_is_changed_while_it_is_read_is_not_kept(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read of files that were other files by then is used once, and never again."""
    root = write(FILES)
    loaded = load.load

    def late(given: object) -> Catalogue:
        _replace(root / "responses/a.yaml", "Hi", "Hello")
        return loaded(given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(load, "load", late)
        assert _load(root).responses["a/one"].bodies[0].text.value.startswith("Hello")
    _replace(root / "responses/a.yaml", "Hello", "Hi")
    assert _load(root).responses["a/one"].bodies[0].text.value.startswith("Hi ")


def test_an_empty_catalogue_is_an_error_each_time(write: Write) -> None:
    """What cannot be loaded is told as before."""
    root = write({"cannedkit.yaml": "", "responses/a.yaml": ""})
    for _ in range(2):
        with pytest.raises(CatalogueError, match="holds no response"):
            _load(root)


def test_the_state_before_a_change_is_not_kept(write: Write, read: list[Path]) -> None:
    """A folder to which nobody comes back takes no place of what is kept."""
    root = write(FILES)
    for _ in range(2):
        beside = Kit.load(root).beside(root)
        assert beside
        assert beside.readable.responses
    assert len(read) == 2
