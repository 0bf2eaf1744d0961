"""`approve` and `lock`: what they print, when they end with 1 and 2, and what a real git says of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cannedkit import Kit
from tests.conftest import Run, Write

FILES = {
    "cannedkit.yaml": "engines: {}\npacks: []\nlocale: en\nlocales: [en]\n",
    "responses/a.yaml": "".join(f"r{number:02}: Text number {number}.\n" for number in range(20)),
}

JO, SAM = "jo@example.org", "sam@example.org"


def git(root: Path, *arguments: str, author: str = JO) -> str:
    """What git prints in a folder, for one author."""
    name = author.partition("@")[0].title()
    who = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", name), ("EMAIL", author))
    }
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(root)}
    ran = subprocess.run(
        ["git", "-C", str(root), *arguments],
        env={**os.environ, **who, **alone},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0 or arguments[0] == "merge", ran.stderr
    return ran.stdout + ran.stderr


def commit(root: Path, author: str = JO) -> None:
    """Commit all there is, as one author."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x", author=author)


@pytest.fixture
def root(write: Write) -> Path:
    """A catalogue of 20 replies in a git repository, committed by Sam."""
    folder = write(FILES)
    git(folder, "init", "-q", "-b", "main")
    commit(folder, SAM)
    return folder


def edit(root: Path, number: int, words: str = "Words") -> None:
    """Change the text of one reply."""
    path = root / "responses/a.yaml"
    path.write_text(re.sub(rf"\w+ number {number}\.", f"{words} number {number}.", path.read_text()))


# -- printing -----------------------------------------------------------------------------------


def test_approving_and_looking(run: Run, root: Path) -> None:
    """`approve` says what it approved; `lock` who approved what when, what changed since, and counts."""
    ran = run("approve", "a/r01", "a/r1*", "--by", JO, "--note", "read aloud", cwd=root)
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(
        rf"a/r01 \(en\): approved by {JO} on \d{{4}}-\d\d-\d\d\n(.*\n){{10}}11 texts approved\.\n", ran.out
    )
    assert (root / ".gitattributes").read_text() == "cannedkit.lock merge=union\n"
    edit(root, 1)
    ran = run("lock", cwd=root)
    lines = ran.out.splitlines()
    assert re.fullmatch(rf"a/r10 \(en\): approved by {JO} on \S+ \(read aloud\)", lines[0])
    assert lines[-2].startswith(f"responses/a.yaml:2:6: stale: a/r01 (en): Changed since {JO} approved it on ")
    said = "Read it, then: cannedkit approve a/r01 --locale en --by NAME. What changed: [-Text-]{+Words+} number 1."
    assert lines[-2].endswith(said)
    assert lines[-1] == "20 texts: 10 approved, 1 stale, 9 missing."
    assert ran.code == 0


def test_verify_for_ci(run: Run, root: Path) -> None:
    """`lock --verify` ends with 1 where a text is stale, or missing and required; with 2 where the lock is broken."""
    run("approve", "*", "--by", JO, cwd=root)
    assert run("lock", "--verify", cwd=root).code == 0
    edit(root, 1)
    assert run("lock", "--verify", cwd=root).code == 1
    run("approve", "a/r01", "--by", JO, cwd=root)
    (root / "responses/b.yaml").write_text("x: Yes.\n")
    assert run("lock", "--verify", cwd=root).code == 0
    settings = root / "cannedkit.yaml"
    settings.write_text(FILES["cannedkit.yaml"] + "approval: required\n")
    ran = run("lock", "--verify", cwd=root)
    assert "responses/b.yaml:1:4: missing: b/x (en): Nobody has approved it." in ran.out
    assert ran.code == 1
    (root / "cannedkit.lock").write_text("<<<<<<< HEAD\n")
    ran = run("lock", "--verify", cwd=root)
    assert ran.err.startswith("cannedkit: cannedkit.lock:1:1: a merge was left open here")
    assert ran.code == 2


def test_leftover_lines_are_told_and_pruned(run: Run, root: Path) -> None:
    """A line about a text that is gone fails `--verify`; `--prune` takes it out and says so."""
    run("approve", "*", "--by", JO, cwd=root)
    path = root / "responses/a.yaml"
    path.write_text(path.read_text().replace("r03: Text number 3.\n", ""))
    ran = run("lock", "--verify", cwd=root)
    assert "cannedkit.lock:4: leftover: a/r03 (en) is not there any more: approved by" in ran.out
    assert ran.code == 1
    ran = run("lock", "--verify", "--prune", cwd=root)
    assert ran.err.startswith("cannedkit: taken out: a/r03 (en), approved by")
    assert ran.code == 0


def test_json(run: Run, root: Path) -> None:
    """As JSON: each text with its state, place and approval, and what is left over, doubtful and broken."""
    run("approve", "a/r01", "--by", JO, cwd=root)
    found = json.loads(run("lock", "--format", "json", cwd=root).out)
    assert sorted(found) == ["doubts", "errors", "format", "leftover", "texts"]
    approved = [one for one in found["texts"] if one["state"] == "approved"]
    assert [(one["id"], one["locale"], one["channel"], one["approval"]["by"]) for one in approved] == [
        ("a/r01", "en", "", JO)
    ]
    missing = found["texts"][0]
    assert (missing["state"], missing["approval"], missing["path"], missing["line"]) == (
        "missing", None, "responses/a.yaml", 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ("a/r01",),
        ("--by", JO),
        (),
        ("--all-unchanged", "--by", JO),
        ("--all-unchanged", "a/r01"),
        ("a/r01", "--by", "\x1b"),
    ],
)
def test_wrong_usage(run: Run, root: Path, arguments: tuple[str, ...]) -> None:
    """Who does not say what and who, or says more than goes together, gets a line and exit code 2."""
    ran = run("approve", *arguments, cwd=root)
    assert ran.code == 2
    assert ran.err
    assert not (root / "cannedkit.lock").exists()


def test_what_only_moved(run: Run, root: Path) -> None:
    """`approve --all-unchanged` renews what reads the same, and nothing else."""
    run("approve", "*", "--by", JO, cwd=root)
    (root / "responses/a.yaml").rename(root / "responses/b.yaml")
    ran = run("approve", "--all-unchanged", cwd=root)
    assert ran.out.splitlines()[-1] == "20 texts renewed."
    assert run("lock", "--verify", cwd=root).code == 0
    assert run("approve", "--all-unchanged", cwd=root).out == "no texts renewed.\n"


def test_other_attributes_are_left_alone(run: Run, root: Path) -> None:
    """A .gitattributes that is there stays as it is, and a line says what to put into it."""
    (root / ".gitattributes").write_text("*.png binary\n")
    ran = run("approve", "a/r01", "--by", JO, cwd=root)
    assert "put `cannedkit.lock merge=union` in .gitattributes" in ran.err
    assert (root / ".gitattributes").read_text() == "*.png binary\n"


# -- git ----------------------------------------------------------------------------------------


def approve_at(root: Path, id: str, by: str, hour: int) -> None:
    """Approve some replies at an hour of a day."""
    Kit.load(root).approve([id], by=by, on=datetime(2026, 3, 3, hour, tzinfo=UTC))


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(("ours", "theirs"), [(4, 5), (5, 4), (0, 19), (7, 12)])
def test_branches_that_approve_different_replies_merge(
    run: Run, root: Path, ours: int, theirs: int, first: bool
) -> None:
    """Two branches approve different replies, neighbours too, for the first time or again: git merges all of it."""
    approve_at(root, "a/r00" if first else "*", JO, 9)
    commit(root)
    git(root, "checkout", "-q", "-b", "theirs")
    approve_at(root, f"a/r{theirs:02}", SAM, 10)
    commit(root, SAM)
    git(root, "checkout", "-q", "main")
    approve_at(root, f"a/r{ours:02}", "kim@example.org", 11)
    commit(root, "kim@example.org")
    assert "CONFLICT" not in git(root, "merge", "-q", "theirs", "-m", "both")
    ran = run("lock", "--verify", "--git", "--format", "json", cwd=root)
    found = {one["id"]: one for one in json.loads(ran.out)["texts"]}
    for number, by in ((ours, "kim@example.org"), (theirs, SAM)):
        assert (found[f"a/r{number:02}"]["state"], found[f"a/r{number:02}"]["approval"]["by"]) == ("approved", by)
    assert ran.code == 0
    run("approve", "--all-unchanged", cwd=root)
    lines = (root / "cannedkit.lock").read_text().splitlines()
    assert len(lines) == len({json.loads(line)["id"] for line in lines})


@pytest.mark.parametrize(("side", "code"), [("--ours", 0), ("--theirs", 1)])
def test_branches_that_approve_the_same_reply(run: Run, root: Path, side: str, code: int) -> None:
    """Where both touch one line the later approval counts; a text of the other side has to be approved again."""
    approve_at(root, "*", JO, 9)
    commit(root)
    git(root, "checkout", "-q", "-b", "theirs")
    edit(root, 7, "Theirs")
    approve_at(root, "a/r07", SAM, 10)
    commit(root, SAM)
    git(root, "checkout", "-q", "main")
    edit(root, 7, "Ours")
    approve_at(root, "a/r07", JO, 11)
    commit(root)
    assert "CONFLICT (content): Merge conflict in responses/a.yaml" in git(root, "merge", "-q", "theirs", "-m", "both")
    git(root, "checkout", "-q", side, "responses/a.yaml")
    assert run("lock", "--verify", cwd=root).code == code
    approve_at(root, "a/r07", SAM, 12)
    assert run("lock", "--verify", cwd=root).code == 0
    assert len((root / "cannedkit.lock").read_text().splitlines()) == 20


def test_an_approval_by_its_author(run: Run, root: Path) -> None:
    """With --git a line committed by the person that it names holds, by address or by name; another's is doubtful."""
    run("approve", "a/r01", "--by", JO, cwd=root)
    run("approve", "a/r02", "--by", "Jo", cwd=root)
    assert "doubtful: a/r01 (en): its line is not committed yet" in run("lock", "--verify", "--git", cwd=root).out
    commit(root, JO)
    assert run("lock", "--verify", "--git", cwd=root).code == 0
    run("approve", "a/r03", "--by", JO, cwd=root)
    commit(root, SAM)
    ran = run("lock", "--verify", "--git", cwd=root)
    assert re.search(
        rf"^cannedkit.lock:3: doubtful: a/r03 \(en\): Sam <{SAM}> committed it in \w+, not {JO}$", ran.out, re.M
    )
    assert (ran.out.count("doubtful:"), ran.code) == (1, 1)


def test_a_mailmap_proves_nothing(run: Run, root: Path) -> None:
    """A .mailmap that gives one author the name of another does not make an approval."""
    (root / ".mailmap").write_text(f"Jo <{JO}> <{SAM}>\n")
    run("approve", "a/r03", "--by", JO, cwd=root)
    commit(root, SAM)
    assert run("lock", "--verify", "--git", cwd=root).code == 1


def test_a_renewed_line_is_followed_to_who_approved_it(run: Run, root: Path) -> None:
    """Who moves a reply and renews its line does not become its approver, and makes nothing doubtful."""
    run("approve", "*", "--by", JO, cwd=root)
    commit(root, JO)
    for name in ("b", "c"):
        next((root / "responses").iterdir()).rename(root / f"responses/{name}.yaml")
        run("approve", "--all-unchanged", cwd=root)
        commit(root, SAM)
    ran = run("lock", "--verify", "--git", cwd=root)
    assert (ran.out.splitlines()[-1], ran.code) == ("20 texts: 20 approved.", 0)


def test_an_old_approval_that_somebody_brought_back(run: Run, root: Path) -> None:
    """Who takes a text and its line back to an older state has not approved it."""
    run("approve", "a/r01", "--by", JO, cwd=root)
    commit(root, JO)
    edit(root, 1)
    run("approve", "a/r01", "--by", JO, cwd=root)
    commit(root, JO)
    git(root, "revert", "--no-edit", "HEAD", author=SAM)
    assert "doubtful: a/r01 (en): Sam" in run("lock", "--verify", "--git", cwd=root).out


def test_a_clone_without_its_history(run: Run, root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where the history is cut off git cannot say who approved what: exit code 2, and how to mend it."""
    run("approve", "a/r01", "--by", JO, cwd=root)
    commit(root)
    clone = tmp_path_factory.mktemp("clone") / "shop"
    git(root, "clone", "-q", "--depth", "1", f"file://{root}", str(clone))
    assert run("lock", "--verify", cwd=clone).code == 0
    ran = run("lock", "--verify", "--git", cwd=clone)
    assert ran.err == "cannedkit: the history is cut off, so git cannot say who wrote what: git fetch --unshallow\n"
    assert ran.code == 2


def test_no_repository(run: Run, write: Write) -> None:
    """Without a repository --git ends with 2 and git's own words."""
    root = write(FILES)
    run("approve", "a/r01", "--by", JO, cwd=root)
    ran = run("lock", "--git", cwd=root)
    assert (ran.code, "not a git repository" in ran.err) == (2, True)


def test_four_eyes(run: Run, root: Path) -> None:
    """With `four_eyes`, a text that its own author approved is told by `--verify`; one that somebody else did holds."""
    (root / "cannedkit.yaml").write_text(FILES["cannedkit.yaml"] + "approval: {four_eyes: true}\n")
    run("approve", "a/r01", "--by", SAM, cwd=root)
    commit(root, SAM)
    run("approve", "a/r02", "--by", JO, cwd=root)
    commit(root, JO)
    ran = run("lock", "--verify", cwd=root)
    assert f"cannedkit.lock:1: doubtful: a/r01 (en): {SAM} wrote it, and nobody else approved it" in ran.out
    assert (ran.out.count("doubtful"), ran.code) == (2, 1)
    run("approve", "a/r01", "--by", JO, cwd=root)
    commit(root, JO)
    assert run("lock", "--verify", cwd=root).code == 0


def test_a_signed_approval(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --signed the commit of a line must have a good signature of the person that the line names."""
    keys = root / ".git"
    for person in (JO, SAM):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(keys / person)], check=True, capture_output=True
        )
    allowed = "".join(f"{person} {(keys / f'{person}.pub').read_text()}" for person in (JO, SAM))
    (keys / "allowed").write_text(allowed)
    git(root, "config", "gpg.format", "ssh")
    git(root, "config", "gpg.ssh.allowedSignersFile", str(keys / "allowed"))
    for id, key in (("a/r01", JO), ("a/r02", SAM), ("a/r03", "")):
        run("approve", id, "--by", JO, cwd=root)
        git(root, "add", "-A")
        signing = ["-c", f"user.signingKey={keys / key}", "commit", "-S"] if key else ["commit"]
        git(root, *signing, "-q", "-m", "x", author=JO)
    assert run("lock", "--verify", "--git", cwd=root).code == 0
    ran = run("lock", "--verify", "--signed", cwd=root)
    doubtful = re.findall(rf"doubtful: (\S+) \(en\): its commit \w+ has no good signature of {JO}", ran.out)
    assert (doubtful, ran.code) == (["a/r02", "a/r03"], 1)
