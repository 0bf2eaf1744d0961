"""`init`: whatever it begins with passes `check` at once, and nothing that is there is overwritten."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from cannedkit.cli.around import GITHUB, GITLAB, PRE_COMMIT, SCHEMAS, VSCODE
from cannedkit.settings import load
from cannedkit.wire.schemas import SCHEMAS as KINDS
from cannedkit.wire.schemas import schema
from tests.conftest import Run, Write

STYLE = "extends: existence\nmessage: \"'%s' is jargon.\"\nlevel: error\ntokens: [synergy]\n"
VALE = {".vale.ini": "StylesPath = styles\n[*]\nBasedOnStyles = House\n", "styles/House/Jargon.yml": STYLE}
OTHER = {
    "cannedkit.yaml": "catalogue: texts/replies\nrules: house\npacks: [House]\nengines: {}\nfacts: known.yaml\n",
    "texts/replies/orders.yaml": "late: It comes in {{ facts.days }} days.\n",
    "house/House/Jargon.yml": STYLE,
    "known.yaml": "days: 4\n",
    "notes.txt": "Not of the catalogue.\n",
}


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


@pytest.mark.parametrize("source", ["starter", "empty", "vale", "other"])
def test_it_passes_at_once(run: Run, tmp_path: Path, source: str) -> None:
    """`check` finds nothing, exit 0, whatever the catalogue begins with and whatever is written around it."""
    shop, other = tmp_path / "shop", tmp_path / "other"
    for root, files in ((shop, VALE if source == "vale" else {}), (other, OTHER)):
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
    given = str(other) if source == "other" else source
    made = run("init", str(shop), "--from", given, "--ci", "github", "--pre-commit", "--editor")
    assert (made.err, made.code) == ("", 0)
    ran = run("check", str(shop), "--no-engines")
    assert ran.out.startswith("Nothing found. Checked "), ran.out
    assert ran.code == 0


def test_it_sees_a_vale_ini(run: Run, write: Write) -> None:
    """Without `--from` a folder that Vale reads gets settings that mean the same, in force; what is there stays."""
    root = write(VALE)
    made = run("init", str(root))
    assert (made.err, made.code) == ("", 0)
    assert _names(root) == {*VALE, "cannedkit.yaml", "responses/greetings.yaml"}
    (root / "responses" / "greetings.yaml").write_text("hello: What synergy.\n")
    assert "House.Jargon" in run("check", str(root)).out
    assert run("init", str(root), "--from", "vale").code == 2
    assert (root / "responses" / "greetings.yaml").read_text() == "hello: What synergy.\n"


def test_a_folder_is_copied(run: Run, write: Write, tmp_path: Path) -> None:
    """What its settings name is there, byte for byte; other files are not, and no link is followed."""
    root = write({f"other/{name}": text for name, text in OTHER.items()} | {"secret/s.yaml": "key: Hi.\n"})
    (root / "other" / "texts" / "replies" / "linked.yaml").symlink_to(root / "secret" / "s.yaml")
    (root / "other" / "texts" / "replies" / "secret").symlink_to(root / "secret")
    assert run("init", str(root / "shop"), "--from", str(root / "other")).code == 0
    assert _names(root / "shop") == set(OTHER) - {"notes.txt"}
    for name in set(OTHER) - {"notes.txt"}:
        assert (root / "shop" / name).read_text() == OTHER[name]
    (root / "other" / "known.yaml").unlink()
    (root / "other" / "known.yaml").symlink_to(root / "secret" / "s.yaml")
    ran = run("init", str(root / "third"), "--from", str(root / "other"))
    assert (ran.code, (root / "third").exists()) == (2, False)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("startr", "did you mean `starter`"),
        ("vale", "has no .vale.ini"),
        ("nowhere", "no folder with a cannedkit.yaml"),
    ],
)
def test_what_is_no_beginning(run: Run, tmp_path: Path, source: str, told: str) -> None:
    """It says what would be, with the nearest word, and writes nothing."""
    ran = run("init", str(tmp_path / "shop"), "--from", source)
    assert (ran.code, told in ran.err) == (2, True), ran.err
    assert not (tmp_path / "shop").exists()


@pytest.mark.parametrize(
    "settings",
    [
        "catalogue: ..",
        "catalogue: responses/..",
        "rules: /etc",
        "facts: ../secret.yaml",
        "facts: responses/../../secret.yaml",
        "usage: .",
        "catalogue: [",
        "facts: &a x",
        'catalogue: "\\0"',
        "- a",
    ],
)
def test_a_catalogue_that_leads_out_of_itself(run: Run, write: Write, settings: str) -> None:
    """It is told, exit 2, and nothing is written on either side."""
    root = write(
        {"other/cannedkit.yaml": f"{settings}\n", "other/responses/a.yaml": "one: Hi.\n", "secret.yaml": "a: b\n"}
    )
    before = _names(root)
    ran = run("init", str(root / "shop"), "--from", str(root / "other"))
    assert (ran.code, ran.out, ran.err[:11]) == (2, "", "cannedkit: ")
    assert _names(root) == before
    assert not (root / "shop").exists()


def test_what_lies_in_a_folder_is_copied_once(run: Run, write: Write) -> None:
    """Rules and facts may stand in the folder of replies, or the other way round."""
    root = write(
        {
            "other/cannedkit.yaml": "catalogue: all/replies\nrules: all\npacks: []\nengines: {}\n"
            "facts: all/replies/f/x.txt\n",
            "other/all/replies/a.yaml": "one: In {{ facts.days }} days.\n",
            "other/all/replies/f/x.txt": "days: 4\n",
        }
    )
    assert run("init", str(root / "shop"), "--from", str(root / "other")).code == 0
    assert _names(root / "shop") == _names(root / "other")
    assert run("check", str(root / "shop")).code == 0


OPTIONS = {
    GITHUB: ("--ci", "github"),
    GITLAB: ("--ci", "gitlab"),
    PRE_COMMIT: ("--pre-commit",),
    VSCODE: ("--editor",),
    f"{SCHEMAS}/rules.json": ("--editor",),
}


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("begun", [True, False])
def test_nothing_is_overwritten(run: Run, tmp_path: Path, name: str, begun: bool) -> None:
    """Where a file that was asked for is there, it stays as it is, and nothing else is written."""
    if begun:
        assert run("init", str(tmp_path), "--from", "empty").code == 0
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine\n")
    before = _names(tmp_path)
    ran = run("init", str(tmp_path), *OPTIONS[name])
    assert (ran.code, "is there already; nothing was written" in ran.err) == (2, True)
    assert _names(tmp_path) == before
    assert (tmp_path / name).read_text() == "mine\n"


def test_what_stands_around_comes_later_too(run: Run, tmp_path: Path) -> None:
    """In a folder with a cannedkit.yaml only what was asked for is written; without any option that is an error."""
    assert run("init", str(tmp_path), "--from", "empty").code == 0
    before = _names(tmp_path)
    assert run("init", str(tmp_path), "--ci", "gitlab", "--pre-commit").code == 0
    assert _names(tmp_path) - before == {GITLAB, PRE_COMMIT}
    assert run("init", str(tmp_path)).code == 2
    assert run("init", str(tmp_path), "--from", "empty", "--editor").code == 2


def _check(command: str, cwd: Path) -> int:
    words = shlex.split(command)
    assert words[0] == "cannedkit"
    return subprocess.run([sys.executable, "-m", *words], cwd=cwd, capture_output=True, timeout=60).returncode


@pytest.mark.checkout
@pytest.mark.parametrize("inside", [".", "the shop"])
def test_the_jobs_are_right(run: Run, tmp_path: Path, inside: str) -> None:
    """They stand where the repository begins, the runners' schemas take them, and their command finds the catalogue."""
    from tests.integration.test_runners import _vendored
    from tests.report.test_schemas import _schema_faults

    (tmp_path / ".git").mkdir()
    shop = tmp_path / inside
    assert run("init", str(shop), "--from", "empty", "--ci", "github", "--pre-commit").code == 0
    assert run("init", str(shop), "--ci", "gitlab").code == 0
    github, gitlab, hooks = (yaml.safe_load((tmp_path / name).read_text()) for name in (GITHUB, GITLAB, PRE_COMMIT))
    assert (
        _schema_faults(_vendored("github-workflows"), {("on" if key is True else key): v for key, v in github.items()})
        == []
    )
    assert _schema_faults(_vendored("gitlab-ci"), gitlab) == []
    done = subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", PRE_COMMIT], cwd=tmp_path, timeout=60)
    assert done.returncode == 0
    (hook,) = hooks["repos"][0]["hooks"]
    commands = (github["jobs"]["check"]["steps"][-1]["run"], *gitlab["replies"]["script"], hook["entry"])
    assert [_check(command, tmp_path) for command in commands] == [0, 0, 0]
    (shop / "responses" / "greetings.yaml").write_text("hello: {boddy: Hi.}\n")
    assert [_check(command, tmp_path) for command in commands] == [2, 2, 2]


def test_an_editor_finds_the_schemas(run: Run, tmp_path: Path) -> None:
    """Each schema that the settings name is there, the one of `schema`, and holds for files that are there."""
    (tmp_path / ".git").mkdir()
    shop = tmp_path / "shop"
    assert run("init", str(shop), "--editor").code == 0
    named = json.loads((tmp_path / VSCODE).read_text())["yaml.schemas"]
    declared = load(shop / "cannedkit.yaml")
    made = {Path(path).stem: json.loads((tmp_path / path).read_text()) for path in named}
    assert made == {name: schema(name, declared) for name in KINDS}
    found = {
        Path(path).stem: [list(tmp_path.glob(glob)) for glob in globs if glob[0] != "!"]
        for path, globs in named.items()
    }
    assert {name for name, paths in found.items() if all(paths)} == set(KINDS) - {"rules"}
    assert all(os.path.isfile(path) for paths in found.values() for each in paths for path in each)


@pytest.mark.checkout
def test_the_language_server_takes_the_settings(run: Run, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """With what `init` wrote, the server finds nothing in what `init` wrote, and something in what is wrong."""
    from tests.npm import program
    from tests.wire.test_editor import _editor

    server = program(request.config, "yaml-language-server", "1.25.0", "bin/yaml-language-server")
    assert run("init", str(tmp_path), "--editor").code == 0
    named = json.loads((tmp_path / VSCODE).read_text())["yaml.schemas"]
    (tmp_path / "responses" / "wrong.yaml").write_text("one: {titel: A, body: Hi.}\n")
    (tmp_path / "rules" / "Own").mkdir()
    (tmp_path / "rules" / "Own" / "Wrong.yml").write_text("extends: existence\nmesage: No.\n")
    files = [*sorted((tmp_path / "responses").glob("*.yaml")), *tmp_path.glob("*.yaml"), *tmp_path.rglob("*.yml")]
    with _editor(server, tmp_path, named) as editor:
        wrong = {name for name, found in editor.opened(files).items() if found}
    assert wrong == {"wrong.yaml", "Wrong.yml"}
