"""What a change brings, in a real repository: that and no more, whatever else was there before."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cannedkit.kit import Kit
from cannedkit.model.errors import CannedkitError
from cannedkit.model.result import Compared, Review
from cannedkit.review import looking
from tests.cli.test_approve import commit, git
from tests.conftest import Run, Write

RULE = "extends: existence\nmessage: \"Not '%s'.\"\nlevel: error\ntokens: [soon, asap]\n"
FILES = {
    "shop/cannedkit.yaml": "packs: [House]\nengines: {}\nfacts: facts.yaml\n",
    "shop/facts.yaml": "days: five days\n",
    "shop/rules/House/Vague.yml": RULE,
    "shop/responses/a.yaml": "one: We write soon.\ntwo: It comes later.\nthree: Within {{ facts.days }}.\n",
    "shop/responses/b.yaml": "four: Do it asap.\n",
}


@pytest.fixture
def shop(write: Write) -> Path:
    """A catalogue with two findings in a repository, on a branch that has changed nothing yet."""
    folder = write(FILES)
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    git(folder, "switch", "-q", "-c", "change")
    return folder / "shop"


def _change(shop: Path, name: str, old: str, new: str) -> None:
    path = shop / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def _brought(shop: Path, since: str = "main", *, staged: bool = False) -> Review:
    return Kit.load(shop).check_change(since=since, staged=staged)


def _told(review: Review) -> list[tuple[str, str, str]]:
    assert review.errors == ()
    return [(Path(one.place.path).name, one.response, one.text) for one in review.findings]


def test_no_change_brings_nothing(shop: Path) -> None:
    """What was there before is known, and counted."""
    review = _brought(shop)
    assert (_told(review), review.compared) == ([], Compared(0, 2, 0))


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("responses/a.yaml", "later", "soon", [("a.yaml", "a/two", "soon")]),
        ("responses/a.yaml", "We write", "They write", [("a.yaml", "a/one", "soon")]),
        ("responses/a.yaml", "one:", "# a note\none:", []),
        ("responses/a.yaml", "two: It comes later.", "two: 'It comes later.'", []),
        ("rules/House/Vague.yml", "asap", "asap, later", [("a.yaml", "a/two", "later")]),
        ("rules/House/Vague.yml", "asap", "asap, Within six", []),
        ("facts.yaml", "five", "six", []),
        ("cannedkit.yaml", "engines", "vocabulary: {reject: [later]}\nengines", [("a.yaml", "a/two", "later")]),
    ],
)
def test_a_change_brings_what_it_brings(
    shop: Path, name: str, old: str, new: str, told: list[tuple[str, str, str]]
) -> None:
    """A reply, a rule, a setting: what is found that was not found before, by value and not by line."""
    _change(shop, name, old, new)
    assert _told(_brought(shop)) == told
    commit(shop.parent)
    assert _told(_brought(shop)) == told


def test_a_changed_fact_touches_those_who_use_it(shop: Path) -> None:
    """A rule that finds the new value finds it in the replies that say it."""
    _change(shop, "rules/House/Vague.yml", "asap", "asap, Within six")
    commit(shop.parent)
    git(shop, "branch", "-f", "main")
    _change(shop, "facts.yaml", "five", "six")
    assert _told(_brought(shop)) == [("a.yaml", "a/three", "Within {{ facts.days }}")]


def test_a_file_that_moved_brings_nothing(shop: Path) -> None:
    """A reply under another id that says the same is no new debt; what is new in it is."""
    (shop / "responses" / "b.yaml").rename(shop / "responses" / "c.yaml")
    assert _told(_brought(shop)) == []
    _change(shop, "responses/c.yaml", "Do it", "Come soon. Do it")
    assert [text for _, _, text in _told(_brought(shop))] == ["soon"]


def test_what_main_did_meanwhile_is_not_ours(shop: Path) -> None:
    """The comparison is with where the branch began."""
    git(shop, "switch", "-q", "main")
    _change(shop, "responses/b.yaml", "asap", "it")
    commit(shop.parent)
    git(shop, "switch", "-q", "change")
    assert _told(_brought(shop)) == []


def test_what_is_staged(shop: Path) -> None:
    """The index counts, not the disk; the findings stand in the files on disk."""
    _change(shop, "responses/a.yaml", "later", "soon")
    assert _told(_brought(shop, "", staged=True)) == []
    git(shop, "add", "-A")
    _change(shop, "responses/a.yaml", "It comes soon", "It comes asap")
    review = _brought(shop, "", staged=True)
    assert _told(review) == [("a.yaml", "a/two", "soon")]
    assert review.findings[0].place.path == str(shop / "responses" / "a.yaml")


def test_a_first_commit(write: Write) -> None:
    """Before there is a commit everything is new; so in a catalogue that the branch brought."""
    folder = write(FILES)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    assert len(_brought(folder / "shop", "", staged=True).findings) == 2


def test_a_detached_head(shop: Path) -> None:
    """A checkout of a commit is as good as a branch."""
    _change(shop, "responses/a.yaml", "later", "soon")
    commit(shop.parent)
    git(shop, "switch", "-q", "--detach")
    assert _told(_brought(shop)) == [("a.yaml", "a/two", "soon")]


def test_what_was_there_before_is_linted_once(shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered of the state before is known again, though it lies in another folder each time."""
    kept = tmp_path / "kept"
    Kit.load(shop).check_change(since="main", cache_dir=kept)
    monkeypatch.setattr(looking, "look", lambda *given: pytest.fail("a text was linted again"))
    assert _told(Kit.load(shop).check_change(since="main", cache_dir=kept)) == []


def test_a_clone_without_its_history(shop: Path, tmp_path: Path) -> None:
    """Where git has no common ancestor the error says how to get one, and nothing is called clean."""
    _change(shop, "responses/a.yaml", "later", "soon")
    commit(shop.parent)
    clone = tmp_path / "clone"
    source = f"file://{shop.parent}"
    subprocess.run(["git", "clone", "-q", "--depth", "1", "--no-single-branch", source, str(clone)], check=True)
    with pytest.raises(CannedkitError, match="git fetch --unshallow"):
        _brought(clone / "shop", "origin/main")


@pytest.mark.parametrize(
    ("since", "said"), [("mian", "knows no revision 'mian'"), ("--help", "knows no revision"), ("a b", "knows no")]
)
def test_a_revision_that_is_none(run: Run, shop: Path, since: str, said: str) -> None:
    """An unknown name is told with how to fetch it; none is taken for an option of git."""
    ran = run("check", f"--changed-since={since}", cwd=shop)
    assert (said in ran.err, ran.out, ran.code) == (True, "", 2)


def test_no_repository(run: Run, write: Write) -> None:
    """Without git's folder the error is git's own, and the exit code 2."""
    folder = write({name.removeprefix("shop/"): text for name, text in FILES.items()})
    ran = run("check", "--changed-since", "main", cwd=folder)
    assert ("git rev-parse" in ran.err, ran.code) == (True, 2)


def test_a_submodule_is_refused(shop: Path, write: Write) -> None:
    """What another repository holds cannot be compared here."""
    other = write({"other/House/A.yml": RULE}) / "other"
    git(other, "init", "-q", "-b", "main")
    commit(other)
    allow = ["-c", "protocol.file.allow=always"]
    subprocess.run(["git", *allow, "submodule", "add", "-q", str(other), "shop/more"], cwd=shop.parent, check=True)
    with pytest.raises(CannedkitError, match="more is a submodule"):
        _brought(shop)


def test_exit_codes_and_the_baseline(run: Run, shop: Path) -> None:
    """0 where a change brings nothing, 1 where it does; a baseline and a part of the catalogue hold beside it."""
    assert run("check", cwd=shop).code == 1
    assert run("check", "--changed-since", "main", cwd=shop).code == 0
    _change(shop, "responses/a.yaml", "later", "soon")
    ran = run("check", "--changed-since", "main", "--format", "concise", cwd=shop)
    assert (ran.out.splitlines()[0], ran.code) == ("responses/a.yaml:2:15: error: Not 'soon'. [House.Vague]", 1)
    assert run("check", "responses/b.yaml", "--changed-since", "main", cwd=shop).code == 0
    assert run("baseline", cwd=shop).code == 0
    assert run("check", "--changed-since", "main", cwd=shop).code == 0
