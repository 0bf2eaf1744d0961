"""What was found before: a text that is the same is not linted again, and whatever changes what is found is seen."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cannedkit.kit import Kit
from cannedkit.model.result import Review
from cannedkit.review import looking, store
from cannedkit.review import unit as units
from tests.conftest import Write

FILES = {
    "cannedkit.yaml": (
        "packs: [House, Promise]\nengines: {}\nlocales: [en, nl]\nchannels: {chat: {}, email: {}}\n"
        "facts: facts.yaml\noffers: offers.yaml\nvocabulary: {reject: [Acmepro]}\n"
        "overrides: [{topic: none, levels: {House.Vague: error}}, {path: none, levels: {House.Vague: off}}]\n"
    ),
    "facts.yaml": "days: soon\n",
    "offers.yaml": "late: {kind: credit, max: €5.00, condition: late, until: 2026-06-30}\n",
    "rules/House/Vague.yml": "extends: existence\nmessage: \"Not '%s'.\"\ntokens: [in soon, Hi Ana, later]\n",
    "rules/House/Upset.yml": "extends: existence\nmessage: m\ntokens: [hello]\nwhere: {mood: upset, channel: email}\n",
    "responses/variables.yaml": "name: {samples: [Ana, later]}\n",
    "responses/a.yaml": (
        "one: {body: {en: 'Hi {{ name }}, in {{ facts.days }}.', nl: Dag.}}\n"
        "two: {mood: neutral, body: {en: Hello Acmepro., nl: Dag.}}\n"
        "three: {offer: late, body: {en: We'll give you €5 later., nl: Dag.}}\n"
        "four: {body: {en: We'll refund it., nl: Dag.}}\n"
    ),
}
DAY = date(2026, 6, 1)

CHANGES: dict[str, tuple[str, str, str]] = {
    "the text": ("responses/a.yaml", "Hello", "hello"),
    "the mood": ("responses/a.yaml", "mood: neutral", "mood: upset"),
    "a line before": ("responses/a.yaml", "one:", "# note\none:"),
    "a sample": ("responses/variables.yaml", "Ana", "Bo"),
    "a rule": ("rules/House/Vague.yml", "later", "give"),
    "a fact": ("facts.yaml", "soon", "later"),
    "an offer": ("offers.yaml", "€5.00", "€4.00"),
    "a level": ("cannedkit.yaml", "engines: {}", "engines: {}\nlevels: {House.Vague: error}"),
    "a level in a topic": ("cannedkit.yaml", "topic: none", "topic: a"),
    "a level in a file": ("cannedkit.yaml", "path: none", "path: responses/a.yaml"),
    "the vocabulary": ("cannedkit.yaml", "Acmepro", "Dag"),
    "the channels": ("cannedkit.yaml", "email: {}", "sms: {}"),
    "the packs": ("cannedkit.yaml", "[House, Promise]", "[House]"),
}


@pytest.fixture
def house(write: Write) -> Path:
    """A catalogue with a finding of every sort."""
    return write(FILES)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the responses whose texts were linted, in order."""
    linted: list[str] = []
    look = units.look

    def seen(unit: object, *rest: object) -> object:
        linted.append(unit.response.id)  # type: ignore[attr-defined]
        return look(unit, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(looking, "look", seen)
    return linted


def _check(folder: Path, kept: Path | None, today: date = DAY) -> Review:
    return Kit.load(folder).check(cache=kept is not None, cache_dir=kept, today=today)


def _same(one: Review, other: Review) -> bool:
    return (one.findings, one.errors, one.checked) == (other.findings, other.errors, other.checked)


def test_an_unchanged_text_is_not_linted_again(house: Path, tmp_path: Path, counted: list[str]) -> None:
    """The second run lints nothing and finds the same, at the same places."""
    first = _check(house, tmp_path / "kept")
    assert (len(counted), len(first.findings) >= 5) == (8, True)
    counted.clear()
    assert _same(_check(house, tmp_path / "kept"), first)
    assert counted == []


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_a_finding_is_seen(house: Path, tmp_path: Path, write: Write, change: str) -> None:
    """After a change a run finds what one without memory finds, and so after it is taken back."""
    before = _check(house, tmp_path / "kept")
    path, old, new = CHANGES[change]
    write({path: FILES[path].replace(old, new)})
    after = _check(house, tmp_path / "kept")
    assert _same(after, _check(house, None))
    assert after.findings != before.findings
    write({path: FILES[path]})
    assert _same(_check(house, tmp_path / "kept"), before)


def test_a_catalogue_that_lies_elsewhere_is_known(house: Path, tmp_path: Path, counted: list[str]) -> None:
    """In another checkout nothing is linted again, and what is found stands in the files of that one."""
    first = _check(house, tmp_path / "kept")
    counted.clear()
    other = tmp_path / "elsewhere"
    shutil.copytree(house, other, ignore=shutil.ignore_patterns("kept", "elsewhere"))
    second = _check(other, tmp_path / "kept")
    assert counted == []
    assert [one.place.path for one in second.findings] == [
        one.place.path.replace(str(house), str(other)) for one in first.findings
    ]
    assert _same(second, _check(other, None))


def test_only_the_text_that_changed_is_linted(house: Path, tmp_path: Path, write: Write, counted: list[str]) -> None:
    """One reply of many: its text in that locale alone."""
    _check(house, tmp_path / "kept")
    counted.clear()
    write({"responses/a.yaml": FILES["responses/a.yaml"].replace("Hello", "Hello there")})
    _check(house, tmp_path / "kept")
    assert counted == ["a/two"]


def test_the_day_matters_where_an_offer_ends(house: Path, tmp_path: Path, counted: list[str]) -> None:
    """Another day is the same as long as no offer ended in between."""
    kept = tmp_path / "kept"
    _check(house, kept)
    counted.clear()
    _check(house, kept, date(2026, 6, 30))
    assert counted == []
    assert _same(_check(house, kept, date(2026, 7, 1)), _check(house, None, date(2026, 7, 1)))
    assert len(counted) == 16


def test_a_check_that_fails_is_not_remembered(house: Path, tmp_path: Path, write: Write) -> None:
    """A rule that runs out of time fails each time: a clean result is never made of it."""
    write(
        {
            "rules/House/Slow.yml": "extends: existence\nmessage: m\ntokens: ['((?:a|aa)(?:(?1)|$))b']\n",
            "responses/b.yaml": f"slow: {{body: {{en: {'a' * 3000}., nl: Dag.}}}}\n",
        }
    )
    reviews = [_check(house, tmp_path / "kept") for _ in range(2)]
    assert [[error.rule for error in review.errors] for review in reviews] == [["House.Slow"]] * 2


@pytest.mark.parametrize("harm", [lambda path: path.write_bytes(b"x" * 9000), lambda path: path.unlink()])
def test_a_harmed_file_costs_time_alone(house: Path, tmp_path: Path, harm: Callable[[Path], object]) -> None:
    """A file that cannot be read is made anew."""
    first = _check(house, tmp_path / "kept")
    harm(tmp_path / "kept" / store.FILE)
    assert _same(_check(house, tmp_path / "kept"), first)


def test_any_row_of_changes_is_seen(house: Path, tmp_path: Path, write: Write) -> None:
    """Changes made and taken back in any order: each run finds what one without memory finds."""
    chance = random.Random(5)  # noqa: S311 - for the same changes each time
    made: set[str] = set()
    for _ in range(25):
        made ^= {chance.choice(list(CHANGES))}
        files = dict(FILES)
        for change in sorted(made):
            path, old, new = CHANGES[change]
            files[path] = files[path].replace(old, new)
        write(files)
        assert _same(_check(house, tmp_path / "kept"), _check(house, None)), made
