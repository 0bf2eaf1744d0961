"""What a .vale.ini names lies in its repository, or where a user allows it; what a tree links lies in that tree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cannedkit.vale.tree import MAX_FILE
from tests.conftest import Run, Write

WORD = "zyxwv"
"""The word of the files outside; no output may repeat it."""

RULE = "extends: existence\nmessage: m\nlevel: error\ntokens: [{}]\n"

SPELLING = "extends: spelling\nmessage: \"'%s'?\"\nlevel: error\n"

INI = "StylesPath = styles\n{}\n[*]\nBasedOnStyles = {}\n"

LARGE = 10**12
"""Bytes of a file with nothing in it, more than anything may hold."""


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of settings for a user who has allowed nothing, and no dictionaries of the system."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.delenv("CANNEDKIT_TRUST", raising=False)
    monkeypatch.setattr("cannedkit.words.dictionary.FOLDERS", ())
    return folder


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A StylesPath beside the repository; what stands in it may be told to nobody who has not allowed it."""
    folder = tmp_path_factory.mktemp("outside")
    texts = {
        "B/Own.yml": RULE.format(WORD),
        "config/vocabularies/V/accept.txt": f"{WORD}\n",
        "config/views/V.yml": f"engine: {WORD}\n",
        "config/dictionaries/own.aff": "SET UTF-8\n",
        "config/dictionaries/own.dic": f"1\n{WORD}\n",
        f"config/ignore/{WORD}.txt": f"{WORD}\n",
        "draft.txt": f"A lamp, {WORD}.\n",
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def _repository(write: Write, ini: str = INI.format("", "A"), more: dict[str, str] | None = None) -> Path:
    own = {"styles/A/Own.yml": RULE.format("lamp"), "d.txt": "A lamp.\n", "styles/config/views/W.yml": ""}
    return write({".vale.ini": ini, **own, **(more or {})})


def _link(root: Path, name: str, target: Path | str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).symlink_to(target)


def _lint(run: Run, root: Path, *arguments: str) -> tuple[dict[str, Any], str, int]:
    """What `--format json` says, all that was printed, and the exit code."""
    ran = run("lint", "--vale", ".vale.ini", "--format", "json", *arguments, cwd=root)
    return json.loads(ran.out), ran.out + ran.err, ran.code


# -- a StylesPath -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["OUT", "../OUTNAME", "styles/../../OUTNAME", "link", "link/config", "/", "/nowhere"])
def test_a_styles_path_outside_is_left_out(run: Run, write: Write, outside: Path, name: str) -> None:
    """It is an error at its place, there or not there, which says how to allow it; nothing in it is told."""
    name = name.replace("OUTNAME", os.path.relpath(outside, write({}).parent)).replace("OUT", str(outside))
    root = _repository(write, f"# {name}\nStylesPath = {name}\nVocab = V\n\n[*]\nBasedOnStyles = B\nC.R = YES\n")
    _link(root, "link", outside)
    told, printed, code = _lint(run, root, "d.txt")
    [error] = told["errors"]
    assert (code, error["path"], error["line"], error["column"]) == (2, ".vale.ini", 2, 14)
    assert f"StylesPath {name!r}, with the styles, vocabularies and Views in it, is not read" in error["reason"]
    assert f"--trust {name}, CANNEDKIT_TRUST, or `trust:`" in error["reason"]
    assert WORD not in printed


def test_a_styles_path_outside_hides_no_other(run: Run, write: Write, outside: Path) -> None:
    """The styles of another StylesPath look; in Vale's own form the error is an object on stderr."""
    root = _repository(write, f"StylesPath = styles\nStylesPath = {outside}\n\n[*]\nBasedOnStyles = A, B\n")
    told, _, code = _lint(run, root, "d.txt")
    assert (len(told["findings"]), len(told["errors"]), code) == (1, 1, 2)
    ran = run("lint", "--vale", ".vale.ini", "--format", "vale-json", "d.txt", cwd=root)
    assert (list(json.loads(ran.out)), json.loads(ran.err)["Code"], json.loads(ran.err)["Line"]) == (
        ["d.txt"],
        "E201",
        2,
    )


@pytest.mark.parametrize("format", ["line", "concise", "json", "github"])
def test_every_format_says_so(run: Run, write: Write, outside: Path, format: str) -> None:
    """What was left out stands in the report, whatever its form, and where no file is linted too."""
    root = _repository(write, f"StylesPath = {outside}\n\n[*.md]\nBasedOnStyles = B\n")
    ran = run("lint", "--vale", ".vale.ini", "--format", format, "d.txt", cwd=root)
    assert "is not read" in ran.out
    assert (ran.err, ran.code) == ("", 2)


@pytest.mark.parametrize("how", ["path", "all", "relative", "from the folder above", "variable", "settings", "parent"])
def test_a_user_allows_it(
    run: Run, write: Write, outside: Path, home: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """By the argument, the environment or the user's own settings; a folder that is allowed stands for all in it."""
    root = _repository(write, f"StylesPath = {outside}\n\n[*]\nBasedOnStyles = B\n", {"d.txt": f"All {WORD}.\n"})
    relative = os.path.relpath(outside, root)
    said = {"path": str(outside), "all": "all", "relative": relative, "parent": str(outside.parent)}.get(how, "")
    if how == "variable":
        monkeypatch.setenv("CANNEDKIT_TRUST", f"https://example.org,{outside}")
    elif how == "settings":
        (home / "cannedkit").mkdir()
        (home / "cannedkit" / "settings.yaml").write_text(f"trust: [{outside}]\n")
    elif how == "from the folder above":
        said = os.path.relpath(outside, root)
    told, _, code = _lint(run, root, "d.txt", *(("--trust", said) if said else ()))
    assert ([one["rule"] for one in told["findings"]], told["errors"], code) == (["B.Own"], [], 1)


def test_another_path_allows_nothing(run: Run, write: Write, outside: Path) -> None:
    """What is allowed is that path: not one beside it whose name starts alike, nor where a link in it leads."""
    other = outside.with_name(outside.name + "-more")
    (other / "C").mkdir(parents=True)
    (other / "C" / "Own.yml").symlink_to(outside / "B" / "Own.yml")
    root = _repository(write, f"StylesPath = {outside}\n\n[*]\nBasedOnStyles = B\n")
    assert _lint(run, root, "d.txt", "--trust", str(other))[2] == 2
    root = _repository(write, f"StylesPath = {other}\n\n[*]\nBasedOnStyles = C\n")
    told, printed, code = _lint(run, root, "d.txt", "--trust", str(other))
    assert (code, [one["rule"] for one in told["errors"]]) == (2, ["C.Own"])
    assert WORD not in printed
    assert _lint(run, root, "d.txt", "--trust", str(other), "--trust", str(outside / "B"))[0]["errors"] == []


@pytest.mark.parametrize("said", ["https://example.org", "http://localhost:8081/", "file:///srv"])
def test_an_address_allows_no_path(run: Run, write: Write, outside: Path, said: str) -> None:
    """A link that is called like an address that a user allows is still a link out of the repository."""
    root = _repository(write, f"StylesPath = {outside}\n\n[*]\nBasedOnStyles = B\n")
    _link(root, said, outside)
    assert _lint(run, root, "d.txt", "--trust", said)[2] == 2


@pytest.mark.parametrize(("mark", "code"), [(".git", 1), ("cannedkit.yaml", 2), (".vale.ini", 2), ("vale.ini", 2)])
def test_the_root_is_the_repository(run: Run, write: Write, mark: str, code: int) -> None:
    """The nearest folder above with a `.git`, else the file's own: another settings file above widens nothing."""
    ini = "StylesPath = ../styles\n\n[*]\nBasedOnStyles = A\n"
    root = write({mark: "", "docs/.vale.ini": ini, "styles/A/Own.yml": RULE.format("lamp"), "docs/d.txt": "A lamp.\n"})
    assert _lint(run, root / "docs", "d.txt")[2] == code


def test_a_repository_inside_another_ends_at_itself(run: Run, write: Write) -> None:
    """The nearest `.git` counts: what a submodule names lies in the submodule."""
    ini = "StylesPath = ../../styles\n\n[*]\nBasedOnStyles = A\n"
    files = {".git/HEAD": "", "sub/.git": "gitdir: x\n", "sub/docs/.vale.ini": ini, "sub/docs/d.txt": "A lamp.\n"}
    root = write({**files, "styles/A/Own.yml": RULE.format("lamp")})
    assert _lint(run, root / "sub" / "docs", "d.txt")[2] == 2


# -- what stands on a StylesPath ----------------------------------------------------------------

NAMED: dict[str, tuple[str, str, str]] = {
    "a style by a link": (INI.format("", "A, C"), "styles/C", "B"),
    "a style by its path": (INI.format("", "A, OUT/B"), "", ""),
    "a style by dots": (INI.format("", "A, ../../OUTNAME/B"), "", ""),
    "a style that is not there": (INI.format("", "A, ../../nowhere/B"), "", ""),
    "a style of a rule alone": (INI.format("", "A") + "C.Own = YES\n", "styles/C", "B"),
    "a rule by a link": (INI.format("", "A"), "styles/A/C.yml", "B/Own.yml"),
    "a vocabulary by a link": (INI.format("Vocab = C\n", "A"), "styles/config/vocabularies/C", "config/vocabularies/V"),
    "a vocabulary by its path": (INI.format("Vocab = OUT/config/vocabularies/V\n", "A"), "", ""),
    "a vocabulary by dots": (INI.format("Vocab = ../../../../OUTNAME/config/vocabularies/V\n", "A"), "", ""),
    "the words of a vocabulary": (
        INI.format("Vocab = C\n", "A"),
        "styles/config/vocabularies/C/accept.txt",
        "config/vocabularies/V/accept.txt",
    ),
    "the words that it rejects": (
        INI.format("Vocab = C\n", "A"),
        "styles/config/vocabularies/C/reject.txt",
        "config/vocabularies/V/accept.txt",
    ),
    "the vocabulary of a section": (
        INI.format("", "A") + "\n[*.txt]\nVocab = C\n",
        "styles/config/vocabularies/C/reject.txt",
        "config/vocabularies/V/accept.txt",
    ),
    "a View by a link": (
        INI.format("", "A") + "\n[*.json]\nView = C\n",
        "styles/config/views/C.yml",
        "config/views/V.yml",
    ),
    "a View by its path": (INI.format("", "A") + "\n[*.json]\nView = OUT/config/views/V\n", "", ""),
    "a View by dots": (INI.format("", "A") + "\n[*.json]\nView = ../../../../OUTNAME/config/views/V\n", "", ""),
    "the words beside": (
        INI.format("", "A, Vale"),
        f"styles/config/ignore/{WORD[:2]}.txt",
        f"config/ignore/{WORD}.txt",
    ),
    "the folder of words beside": (INI.format("", "A, Vale"), "styles/config/ignore", "config/ignore"),
    "the dictionaries beside": (INI.format("", "A, Vale"), "styles/config/dictionaries", "config/dictionaries"),
}
"""What a .vale.ini says, where a link stands in its repository, and what it leads to outside."""


@pytest.mark.parametrize("case", NAMED)
def test_what_leads_outside_is_left_out(run: Run, write: Write, outside: Path, case: str) -> None:
    """It is an error, the rest is linted, exit 2; allowed, it is read."""
    ini, link, target = NAMED[case]
    name = os.path.relpath(outside, write({}).parent)
    ini = ini.replace("../OUTNAME", f"../{name}").replace("OUT", str(outside))
    more = {"d.json": '{"a": "b"}\n', "styles/config/dictionaries/en_US.aff": "SET UTF-8\n"}
    words = {"styles/config/dictionaries/en_US.dic": "2\nA\nlamp\n"}
    root = _repository(write, ini, more | words if link != "styles/config/dictionaries" else {"d.json": '{"a": "b"}\n'})
    if link:
        _link(root, link, outside / target)
    told, printed, code = _lint(run, root, "d.txt", "d.json")
    assert code == 2
    assert [one["rule"] for one in told["findings"]][:1] == ["A.Own"]
    [error] = told["errors"]
    assert "is not read: it leads out of the folder" in error["reason"]
    assert WORD not in printed
    allowed, _, _ = _lint(run, root, "d.txt", "d.json", "--trust", str(outside.parent))
    assert not any("leads out" in one["reason"] for one in allowed["errors"])


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _process(path: Path) -> None:
    path.symlink_to("/proc/self/environ")


def _large(path: Path) -> None:
    path.touch()
    os.truncate(path, LARGE)


KINDS: tuple[Callable[[Path], None], ...] = (_pipe, _device, _process, _large)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("trust", [(), ("--trust", "all")])
@pytest.mark.parametrize(
    "name",
    [
        "styles/A/C.yml",
        "styles/config/vocabularies/V/accept.txt",
        "styles/config/vocabularies/V/reject.txt",
        "styles/config/views/V.yml",
        "styles/config/ignore/words.txt",
        "styles/config/dictionaries/en_US.dic",
    ],
)
def test_what_is_no_regular_file_is_left_out(
    run: Run, write: Write, kind: Callable[[Path], None], trust: tuple[str, ...], name: str
) -> None:
    """A pipe, a device, a file of the system and one that is too large hang nothing, and are told; allowed or not."""
    ini = INI.format("Vocab = V\n", "A, Vale") + "\n[*.json]\nView = V\n"
    dictionary = {
        "styles/config/dictionaries/en_US.aff": "SET UTF-8\n",
        "styles/config/dictionaries/en_US.dic": "1\nA\n",
    }
    view = {"styles/config/views/V.yml": "engine: dasel\nscopes: []\n"}
    words = {"styles/config/vocabularies/V/accept.txt": "Ohm\n"}
    root = _repository(write, ini, {**dictionary, **view, **words, "d.json": "{}\n"})
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).unlink(missing_ok=True)
    kind(root / name)
    if (kind, trust) == (_process, ("--trust", "all")):
        return  # a file that a user allows is read
    told, printed, code = _lint(run, root, "d.txt", "d.json", *trust)
    assert code == 2
    assert len(told["errors"]) == 1
    assert "A.Own" in {one["rule"] for one in told["findings"]}
    assert "PATH=" not in printed


def test_a_rule_extends_no_rule_outside(run: Run, write: Write, outside: Path) -> None:
    """The rule that another builds on lies in the repository too."""
    rule = f"extends: {outside}/B.Own\nmessage: m\n"
    root = _repository(write, more={"styles/A/C.yml": rule})
    told, printed, code = _lint(run, root, "d.txt")
    assert (code, len(told["findings"])) == (2, 1)
    assert any("leads out of the folder" in one["reason"] for one in told["errors"])
    assert WORD not in printed


def test_a_pack_that_was_allowed_once_is_not_allowed_again(run: Run, write: Write, outside: Path) -> None:
    """What an earlier run kept of a pack holds for the same consent alone."""
    root = _repository(write)
    _link(root, "styles/A/C.yml", outside / "B" / "Own.yml")
    assert [_lint(run, root, "d.txt", *more)[2] for more in (("--trust", "all"), (), ("--trust", str(outside)))] == [
        1,
        2,
        1,
    ]


def test_links_inside_the_repository_are_followed(run: Run, write: Write) -> None:
    """A repository may link its own files."""
    ini = INI.format("Vocab = V\n", "C, Vale") + "Vale.Spelling = NO\n"
    root = _repository(write, ini, {"shared/words.txt": "Lamp\n", "shared/B/Own.yml": RULE.format("lamp")})
    _link(root, "styles/C", root / "shared" / "B")
    _link(root, "styles/config/vocabularies/V/accept.txt", root / "shared" / "words.txt")
    told, _, code = _lint(run, root, "d.txt")
    assert ({one["rule"] for one in told["findings"]}, told["errors"], code) == ({"C.Own", "Vale.Terms"}, [], 1)


def test_settings_are_written_from_all_or_nothing(run: Run, write: Write, outside: Path) -> None:
    """`--write-settings` writes nothing where something is left out; by consent it does."""
    root = _repository(write, INI.format("Vocab = V\n", "A"))
    _link(root, "styles/config/vocabularies/V", outside / "config" / "vocabularies" / "V")
    arguments = ("lint", "--vale", ".vale.ini", "--write-settings")
    ran = run(*arguments, cwd=root)
    assert (ran.code, (root / "cannedkit.yaml").exists()) == (2, False)
    assert f"--trust {root / 'styles/config/vocabularies/V'}" in ran.err
    assert WORD not in ran.err
    assert run(*arguments, "--trust", str(outside), cwd=root).code == 0
    assert WORD in (root / "cannedkit.yaml").read_text()


@pytest.mark.parametrize("name", ["OUT", "link"])
def test_settings_name_no_styles_elsewhere(run: Run, write: Write, outside: Path, name: str) -> None:
    """What a cannedkit.yaml may not name is not written into one, though a user allows it."""
    root = _repository(write, f"StylesPath = {name.replace('OUT', str(outside))}\n\n[*]\nBasedOnStyles = B\n")
    _link(root, "link", outside)
    ran = run("lint", "--vale", ".vale.ini", "--write-settings", "--trust", "all", cwd=root)
    assert (ran.code, (root / "cannedkit.yaml").exists()) == (2, False)
    assert "copy the styles there" in ran.err


def test_a_settings_file_is_typed(run: Run, write: Write, outside: Path) -> None:
    """The file itself may lie anywhere and be a link; one without an end, or not text, is told."""
    root = _repository(write, INI.format("", "A"))
    _link(root, "link.ini", root / ".vale.ini")
    assert run("lint", "--vale", "link.ini", "d.txt", cwd=root).code == 1
    for bad, reason in (("/dev/zero", "more than the 1,000,000 bytes"), ("bad.ini", "is not UTF-8")):
        (root / "bad.ini").write_bytes(b"\xff\xfe")
        ran = run("lint", "--vale", bad, "d.txt", cwd=root)
        assert reason in ran.out
        assert ran.code == 2


# -- trees of drafts ----------------------------------------------------------------------------


@pytest.mark.parametrize("link", ["x.txt", "deep/x.txt", "deep", "a/b/c"])
@pytest.mark.parametrize("kind", ["absolute", "relative", "chain"])
def test_a_link_out_of_a_tree_is_not_followed(run: Run, write: Write, outside: Path, link: str, kind: str) -> None:
    """A file or folder that a link of the tree leads to is an error with the link's path; the rest is linted."""
    root = _repository(write, more={"docs/a.txt": "A lamp.\n", "docs/z/z.txt": "A lamp.\n"})
    target = outside / "draft.txt" if link.endswith(".txt") else outside
    path = root / "docs" / link
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "chain":
        _link(root, "docs/first", target)
        target = root / "docs" / "first"
    path.symlink_to(os.path.relpath(target, path.parent) if kind == "relative" else target)
    told, printed, code = _lint(run, root, "docs")
    assert code == 2
    assert {one["path"] for one in told["findings"]} == {"docs/a.txt", "docs/z/z.txt"}
    assert {f"docs/{link}"} == {one["path"] for one in told["errors"]} - {"docs/first"}
    assert all("or name it on the command line" in one["reason"] for one in told["errors"])
    assert WORD not in printed


def test_a_link_to_a_neighbour_of_the_tree_leads_out_of_it(run: Run, write: Write) -> None:
    """The tree is the folder that was typed: a folder whose name starts alike is another."""
    root = _repository(write, more={"docs/a.txt": "A lamp.\n", "docs-more/b.txt": "A lamp.\n"})
    _link(root, "docs/b.txt", root / "docs-more" / "b.txt")
    told, _, code = _lint(run, root, "docs")
    assert ([one["path"] for one in told["errors"]], len(told["findings"]), code) == (["docs/b.txt"], 1, 2)
    told, _, code = _lint(run, root, ".")
    assert (told["errors"], code) == ([], 1)


@pytest.mark.parametrize("kind", [*KINDS, lambda path: path.symlink_to("nowhere"), lambda path: path.symlink_to(path)])
def test_what_is_no_draft_hides_no_other(run: Run, write: Write, kind: Callable[[Path], None]) -> None:
    """A pipe, a device, a file of the system, one too large, a link to nothing or to itself are told by name."""
    root = _repository(write, more={"docs/a.txt": "A lamp.\n", "docs/z.txt": "A lamp.\n"})
    kind(root / "docs" / "m.txt")
    told, printed, code = _lint(run, root, "docs")
    assert code == 2
    assert [one["path"] for one in told["errors"]] == ["docs/m.txt"]
    assert [one["path"] for one in told["findings"]] == ["docs/a.txt", "docs/z.txt"]
    assert "PATH=" not in printed


def test_what_no_section_asks_for_is_not_looked_at(run: Run, write: Write, outside: Path) -> None:
    """A link that no section reads, a link to a folder of the tree, a folder that Vale never enters: no errors."""
    ini = "StylesPath = styles\n\n[*.txt]\nBasedOnStyles = A\n"
    root = _repository(write, ini, {"docs/a.txt": "A lamp.\n"})
    _link(root, "docs/picture.png", outside / "draft.txt")
    _link(root, "docs/again", root / "docs")
    _link(root, "docs/node_modules", outside)
    told, _, code = _lint(run, root, "docs")
    assert ([one["path"] for one in told["findings"]], told["errors"], code) == (["docs/a.txt"], [], 1)


@pytest.mark.parametrize("path", ["link.txt", "OUT/draft.txt", "linked", "linked/draft.txt", "OUT"])
def test_a_typed_path_lies_anywhere(run: Run, write: Write, outside: Path, path: str) -> None:
    """A file or folder that the user names is read wherever it is, through a link too."""
    root = _repository(write)
    _link(root, "link.txt", outside / "draft.txt")
    _link(root, "linked", outside)
    told, _, _ = _lint(run, root, path.replace("OUT", str(outside)), "d.txt")
    assert any(one["path"].endswith(("draft.txt", "link.txt")) for one in told["findings"])
    assert told["errors"] == []


def test_a_typed_pipe_is_read(write: Write) -> None:
    """What the shell puts in the place of a file is a draft."""
    root = _repository(write)
    script = f"{sys.executable} -c 'from cannedkit.cli.main import main; main()' lint --vale .vale.ini <(echo A lamp.)"
    done = subprocess.run(["bash", "-c", script], cwd=root, capture_output=True, text=True, timeout=60, check=False)
    assert "A.Own" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("bad", ["missing.txt", "/dev/zero", "/proc/self/mem", "large.txt"])
def test_a_typed_file_that_cannot_be_read_hides_no_other(run: Run, write: Write, bad: str) -> None:
    """The files before and behind it are linted; it is an error by its name."""
    root = _repository(write, more={"e.txt": "A lamp.\n"})
    _large(root / "large.txt")
    told, _, code = _lint(run, root, "d.txt", bad, "e.txt")
    assert ([one["path"] for one in told["errors"]], code) == ([bad], 2)
    assert [one["path"] for one in told["findings"]] == ["d.txt", "e.txt"]


def test_a_folder_that_cannot_be_listed(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an error by its name, and the folders beside it are linted."""
    root = _repository(write, more={"docs/a/a.txt": "A lamp.\n", "docs/b/b.txt": "A lamp.\n"})
    listed = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("docs/a"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    told, _, code = _lint(run, root, "docs")
    assert ([one["path"] for one in told["errors"]], code) == (["docs/a"], 2)
    assert [one["path"] for one in told["findings"]] == ["docs/b/b.txt"]


def test_the_limit_of_a_file(run: Run, write: Write) -> None:
    """A file of exactly the bytes that may be read is linted; one byte more is an error with both numbers."""
    root = _repository(write, more={"docs/a.txt": "A lamp.\n" + "\n" * (MAX_FILE - 8)})
    assert _lint(run, root, "docs")[2] == 1
    (root / "docs" / "a.txt").write_text("A lamp.\n" + "\n" * (MAX_FILE - 7))
    told, _, code = _lint(run, root, "docs")
    assert (code, "5,000,001 bytes, more than the 5,000,000" in told["errors"][0]["reason"]) == (2, True)
