"""`extends`: packs of an installed Python distribution, found by its entry point and read without running its code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cannedkit import Kit
from cannedkit.model.errors import SettingsError
from tests.conftest import Run, Write

RULE = "extends: existence\nmessage: \"'%s' is not our style.\"\nlevel: warning\ntokens: [{}]\n"
SETTINGS = "extends: [acme-style]\npacks: [House]\nengines: {}\n"
DRAFT = "Dear valued awful customer."

Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Install a distribution with the entry point NAME = PACKAGE, and files of the package `acme_style`."""

    def installed(files: dict[str, str], name: str = "acme-style", package: str = "acme_style") -> Path:
        site = tmp_path / f"site-{name}"
        own = {
            "acme_style-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: acme-style\nVersion: 1.0\n",
            "acme_style-1.0.dist-info/entry_points.txt": f"[cannedkit.packs]\n{name} = {package}\n",
            "acme_style/__init__.py": "raise RuntimeError('code of a house style was run')\n",
            "acme_style/__pycache__/x.pyc": "",
            **{f"acme_style/{path}": text for path, text in files.items()},
        }
        for path, text in own.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text)
        monkeypatch.syspath_prepend(site)
        return site

    return installed


def _found(root: Path) -> list[str]:
    return [one.rule for one in Kit.load(root, with_engines=False).lint(DRAFT)]


def test_a_pack_of_an_installed_distribution_looks(install: Install, write: Write) -> None:
    """Named in `packs` it lints drafts and replies, and no code of the distribution runs."""
    install({"House/Valued.yml": RULE.format("valued")})
    root = write({"cannedkit.yaml": SETTINGS, "responses/a.yaml": f"one: {DRAFT}\n"})
    assert _found(root) == ["House.Valued"]
    review = Kit.load(root).check(cache=False)
    assert ([one.finding.rule for one in review.findings], review.errors) == (["House.Valued"], ())


def test_without_packs_it_looks_beside_the_shipped_ones(install: Install, write: Write) -> None:
    """Those of the language alone; what holds no rules is no pack."""
    install(
        {
            "House/Valued.yml": RULE.format("valued"),
            "Huis/pack.yaml": "language: nl\n",
            "Huis/Valued.yml": RULE.format("valued"),
            "code/module.py": "",
        }
    )
    kit = Kit.load(write({"cannedkit.yaml": "extends: acme-style\nengines: {}\n"}))
    names = {pack.name for pack in kit.packs()}
    assert {"House", "Care"} <= names
    assert names.isdisjoint({"Huis", "code", "__pycache__"})


@pytest.mark.parametrize(
    ("own", "wanted"), [({}, ["Care.Valued"]), ({"rules/Care/Awful.yml": RULE.format("awful")}, ["Care.Awful"])]
)
def test_which_pack_of_a_name_is_taken(install: Install, write: Write, own: dict[str, str], wanted: list[str]) -> None:
    """The house's own in `rules` before the installed one, and that before the shipped one."""
    install({"Care/Valued.yml": RULE.format("valued")})
    assert _found(write({"cannedkit.yaml": SETTINGS.replace("House", "Care"), **own})) == wanted


def test_of_two_the_first_counts(install: Install, write: Write, tmp_path: Path) -> None:
    """Two distributions with a pack of one name: that which is named first."""
    install({"House/Valued.yml": RULE.format("valued")})
    site = install({}, "other-style", "other_style")
    (site / "acme_style-1.0.dist-info").rename(site / "other_style-1.0.dist-info")
    (site / "other_style-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1\n")
    (site / "acme_style").rename(site / "other_style")
    (site / "other_style" / "House").mkdir()
    (site / "other_style" / "House" / "Awful.yml").write_text(RULE.format("awful"))
    found = [
        _found(write({"cannedkit.yaml": SETTINGS.replace("[acme-style]", order)}))
        for order in ("[acme-style, other-style]", "[other-style, acme-style]")
    ]
    assert found == [["House.Valued"], ["House.Awful"]]


@pytest.mark.parametrize(
    ("name", "package", "told"),
    [
        (
            "acme-styl",
            "acme_style",
            "1:11: `extends`: no installed distribution offers packs as `acme-styl`; did you mean `acme-style`?; "
            "install what offers it beside cannedkit, as `pip install acme-styl` may",
        ),
        ("acme-style", "acme_styl", "1:11: `extends`: `acme-style` stands for 'acme_styl', which is no installed"),
        ("acme-style", "acme_style.rules", "1:11: `extends`: `acme-style` stands for 'acme_style.rules', which is no"),
        ("acme-style", "acme_style.__pycache__", "1:11: `extends`: `acme-style` stands for 'acme_style.__pycache__'"),
    ],
)
def test_what_is_not_installed_is_told(install: Install, write: Write, name: str, package: str, told: str) -> None:
    """An error at its place, with the nearest name and how to get it."""
    install({"House/Valued.yml": RULE.format("valued")}, package=package)
    with pytest.raises(SettingsError) as caught:
        Kit.load(write({"cannedkit.yaml": f"extends: [{name}]\npacks: []\nengines: {{}}\n"}))
    [fault] = caught.value.problems
    assert f"{fault.line}:{fault.column}: {fault.message}".startswith(told)


def test_a_name_beside_the_program_is_no_way_out(install: Install, write: Write) -> None:
    """An entry point that is no dotted name of a package leads nowhere."""
    install({"House/Valued.yml": RULE.format("valued")}, package="../site-acme-style/acme_style")
    with pytest.raises(SettingsError, match="which is no installed package"):
        Kit.load(write({"cannedkit.yaml": SETTINGS}))


def test_a_changed_pack_is_seen_by_the_cache(install: Install, write: Write, tmp_path: Path) -> None:
    """A new version of the distribution: what is remembered of the texts counts no more."""
    site = install({"House/Valued.yml": RULE.format("valued")})
    root = write({"cannedkit.yaml": SETTINGS, "responses/a.yaml": f"one: {DRAFT}\n"})
    texts = []
    for word in ("valued", "awful"):
        (site / "acme_style" / "House" / "Valued.yml").write_text(RULE.format(word))
        texts += [one.text for one in Kit.load(root).check(cache_dir=tmp_path / "kept").findings]
    assert texts == ["valued", "awful"]


def test_the_program_finds_it(install: Install, write: Write) -> None:
    """In a process of its own, where the distribution lies on the path, and `levels` know its rules."""
    site = install({"House/Valued.yml": RULE.format("valued")})
    root = write(
        {"cannedkit.yaml": f"{SETTINGS}levels: {{House.Valued: error}}\n", "responses/a.yaml": f"one: {DRAFT}\n"}
    )
    path = os.pathsep.join([str(site), *filter(None, [os.environ.get("PYTHONPATH")])])
    ran = subprocess.run(
        [sys.executable, "-m", "cannedkit", "check", "--format", "concise"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout.partition("\n")[0]) == (
        1,
        "responses/a.yaml:1:11: error: 'valued' is not our style. [House.Valued]",
    )


def test_levels_name_its_rules(run: Run, install: Install, write: Write) -> None:
    """A rule of it that is not there is an error as any other."""
    install({"House/Valued.yml": RULE.format("valued")})
    root = write({"cannedkit.yaml": f"{SETTINGS}levels: {{House.Value: off}}\n", "responses/a.yaml": "one: Hi.\n"})
    ran = run("check", "--format", "concise", cwd=root)
    assert ("there is no rule `House.Value`; did you mean `House.Valued`?" in ran.out + ran.err, ran.code) == (True, 2)
