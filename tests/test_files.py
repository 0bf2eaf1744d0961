"""The one door: what a file names is read inside its root, if it is a regular file of a fair size, and quoted never."""

from __future__ import annotations

import ast
import gzip
import json
import os
import stat
from pathlib import Path

import pytest

from cannedkit import files
from tests.conftest import Run, Write

WORD = "zyxwv"
"""The word of the files outside; no output may repeat it."""

SPELLING = "extends: spelling\nmessage: \"'%s'?\"\nlevel: error\n"

SETTINGS = "packs: [A]\nengines: {}\n"


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder beside the repository, with a secret in each kind of file."""
    folder = tmp_path_factory.mktemp("outside")
    for name in ("a.yaml", "R.yml", "words.txt", "own.aff", "facts.yaml", "accept.txt", "draft.txt"):
        (folder / name).write_text(f"{WORD}: {{{WORD}: [{WORD}\n")
    (folder / "own.dic").write_text(f"1\n{WORD}\n")
    return folder


def _repository(write: Write, more: dict[str, str] | None = None) -> Path:
    rule = "extends: existence\nmessage: m\ntokens: [lamp]\n"
    return write(
        {"cannedkit.yaml": SETTINGS, "responses/own.yaml": "a: All is well.\n", "rules/A/Own.yml": rule, **(more or {})}
    )


LINKS = [
    ("responses/b.yaml", "a.yaml"),
    ("responses/deep/b.yml", "a.yaml"),
    ("responses/variables.yaml", "a.yaml"),
    ("rules/A/R.yml", "R.yml"),
    ("rules/A/pack.yaml", "a.yaml"),
    ("rules/B", "."),
]
"""Where a link stands in a repository, and what it leads to outside."""


@pytest.mark.parametrize(("link", "target"), LINKS)
def test_a_link_out_of_the_repository_is_refused(run: Run, write: Write, outside: Path, link: str, target: str) -> None:
    """It is an error with the link's own path, the rest is checked, and nothing of what it leads to is printed."""
    more = {"cannedkit.yaml": "packs: [A, B]\nengines: {}\n"} if link == "rules/B" else {}
    root = _repository(write, more)
    (root / link).parent.mkdir(exist_ok=True)
    (root / link).symlink_to(outside / target)
    ran = run("check", "--format", "json", cwd=root)
    report = json.loads(ran.out)
    assert ran.code == 2
    assert any(one["path"].startswith(link) and "leads out of the folder" in one["reason"] for one in report["errors"])
    assert WORD not in ran.out + ran.err + run("check", cwd=root).out


def test_a_link_inside_the_repository_is_followed(run: Run, write: Write) -> None:
    """A repository may link its own files."""
    root = _repository(write, {"shared/b.yaml": "b: We sent it.\n"})
    (root / "responses" / "b.yaml").symlink_to(root / "shared" / "b.yaml")
    ran = run("check", "--format", "json", cwd=root)
    assert (ran.code, json.loads(ran.out)["checked"]["responses"]) == (0, 2)


@pytest.mark.parametrize("name", ["responses/b.yaml", "responses/variables.yaml", "rules/A/R.yml", "rules/A/pack.yaml"])
@pytest.mark.parametrize("kind", ["pipe", "device", "endless", "large"])
def test_what_is_no_regular_file_is_refused(run: Run, write: Write, name: str, kind: str) -> None:
    """A pipe does not hang, a device fills no memory, a file over its limit is not read."""
    root = _repository(write)
    path = root / name
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "endless":
        path.symlink_to("/proc/self/mem")
    else:
        path.touch()
        os.truncate(path, 10**12)
    ran = run("check", "--format", "json", cwd=root)
    assert ran.code == 2
    assert [one["path"] for one in json.loads(ran.out)["errors"]] == [name]


@pytest.mark.parametrize(
    ("option", "key"),
    [
        ("ignore: [OUT/words.txt]", "ignore"),
        ("ignore: [../../../../../../../../../OUT/words.txt]", "ignore"),
        ("dicpath: OUT", "dicpath"),
        ("{aff: OUT/own.aff, dic: OUT/own.dic}", "aff"),
        ("dictionaries: [OUT/own]", "dictionaries"),
        ("ignore: [OUT/no-such-file]", "ignore"),
        ("dictionaries: [OUT/no-such-file]", "dictionaries"),
    ],
)
def test_a_rule_names_no_file_outside(run: Run, write: Write, outside: Path, option: str, key: str) -> None:
    """A word list or dictionary elsewhere is an error of the rule, there or not there: it tells no word of it."""
    options = option.replace("OUT", str(outside)).strip("{}").replace(", dic", "\ndic")
    root = _repository(write, {"rules/A/R.yml": f"{SPELLING}{options}\n", "d.txt": f"All is {WORD}.\n"})
    dictionary = {"en_US.aff": "SET UTF-8\n", "en_US.dic": "2\nAll\nis\n"}
    write({f"rules/config/dictionaries/{name}": text for name, text in dictionary.items()})
    ran = run("lint", "--format", "json", "d.txt", cwd=root)
    [error] = json.loads(ran.out)["errors"]
    assert (ran.code, error["rule"], error["path"]) == (2, "A.R", "rules/A/R.yml")
    assert "leads out of the folder" in error["reason"]
    assert WORD not in ran.out + ran.err


@pytest.mark.parametrize("name", ["OUT/B.R", "../../../OUTNAME/B.R", "OUT/none.R", "B.R"])
def test_a_rule_extends_no_rule_outside(run: Run, write: Write, outside: Path, name: str) -> None:
    """A rule that is built on one elsewhere, by its path or through a link, is an error that tells nothing of it."""
    relative = os.path.relpath(outside, write({}).parent)
    rule = f"extends: {name.replace('OUTNAME', relative).replace('OUT', str(outside))}\nmessage: m\n"
    root = _repository(write, {"rules/A/R.yml": rule, "d.txt": "A lamp.\n"})
    (outside / "B").mkdir()
    (outside / "B" / "R.yml").write_text(f"{WORD}: {{{WORD}: [{WORD}\n")
    (root / "rules" / "B").symlink_to(outside / "B")
    ran = run("lint", "--format", "json", "d.txt", cwd=root)
    report = json.loads(ran.out)
    assert (ran.code, len(report["findings"])) == (2, 1)
    assert any("leads out of the folder" in one["reason"] for one in report["errors"])
    assert WORD not in ran.out + ran.err


def test_a_packed_dictionary_is_capped(run: Run, write: Write) -> None:
    """A dictionary that grows beyond its limit when it is unpacked is an error, and fills no memory."""
    root = _repository(write, {"rules/A/R.yml": f"{SPELLING}dictionaries: [bomb]\n", "d.txt": "All is well.\n"})
    folder = root / "rules" / "config" / "dictionaries"
    folder.mkdir(parents=True)
    (folder / "bomb.aff.gz").write_bytes(gzip.compress(b"SET UTF-8\n"))
    (folder / "bomb.dic.gz").write_bytes(gzip.compress(bytes(files.MAX_WORDS + 1)))
    ran = run("lint", "--format", "json", "d.txt", cwd=root)
    [error] = json.loads(ran.out)["errors"]
    assert ran.code == 2
    assert "that can be read, unpacked" in error["reason"]


@pytest.mark.parametrize("data", [b"\x1f\x8b", b"\x1f\x8bnot gzip at all", gzip.compress(b"x" * 99, mtime=0)[:-9]])
def test_a_damaged_pack_is_an_error(data: bytes) -> None:
    """What is packed badly is an error that says so."""
    with pytest.raises(files.FileError, match="cannot be unpacked"):
        files.unpacked(data, 1000)


def test_a_typed_path_lies_anywhere(run: Run, write: Write, outside: Path) -> None:
    """A draft that the user names is read wherever it is, through a link too."""
    root = _repository(write)
    (outside / "draft.txt").write_text("A lamp.\n")
    (root / "link.txt").symlink_to(outside / "draft.txt")
    for path in ("link.txt", str(outside / "draft.txt")):
        assert len(json.loads(run("lint", "--format", "json", path, cwd=root).out)["findings"]) == 1


@pytest.mark.parametrize(
    ("settings", "path"), [("facts: f.yaml\n", "f.yaml"), ("offers: f.yaml\n", "f.yaml"), ("", "cannedkit.yaml")]
)
@pytest.mark.parametrize("target", ["OUT/facts.yaml", "/dev/zero", "/proc/self/environ"])
def test_settings_name_no_file_outside(
    run: Run, write: Write, outside: Path, settings: str, path: str, target: str
) -> None:
    """Facts, offers, and the settings themselves are files of the repository; else exit 2, and nothing is printed."""
    root = _repository(write, {"cannedkit.yaml": SETTINGS + settings} if settings else {})
    (root / path).unlink(missing_ok=True)
    (root / path).symlink_to(target.replace("OUT", str(outside)))
    ran = run("check", cwd=root)
    assert ran.code == 2
    assert path in ran.out + ran.err or "there is no" in ran.out + ran.err
    assert WORD not in ran.out + ran.err


def test_a_catalogue_is_a_folder_of_the_repository(run: Run, write: Write, outside: Path) -> None:
    """A link in the place of the responses' folder is refused before its files are listed."""
    root = _repository(write)
    (root / "cannedkit.yaml").write_text(SETTINGS)
    for path in (root / "responses").iterdir():
        path.unlink()
    (root / "responses").rmdir()
    (root / "responses").symlink_to(outside)
    ran = run("check", cwd=root)
    assert ran.code == 2
    assert "leads out of the folder" in ran.out + ran.err
    assert "a.yaml" not in ran.out + ran.err


def test_what_was_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    """A file that holds something else than when it was read stays as it is, and whoever wrote is told."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"theirs")
    with pytest.raises(files.ChangedError, match="changed by somebody else"):
        files.put(path, b"mine", b"what I read")
    assert path.read_bytes() == b"theirs"
    files.put(path, b"mine", b"theirs")
    assert (path.read_bytes(), os.listdir(tmp_path)) == (b"mine", ["a.yaml"])


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """A device, a pipe or a folder stays what it is, for a user who may do all, too."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "pipe", tmp_path / "folder"):
        kind = stat.S_IFMT(path.stat().st_mode)
        with pytest.raises(OSError, match="is no file"):
            files.put(path, b"x")
        assert stat.S_IFMT(path.stat().st_mode) == kind


def test_what_a_killed_writer_left_is_taken_away(tmp_path: Path) -> None:
    """A file half written by a process that was killed is gone after the next writing; files of others stay."""
    for name in ("a.yaml", ".a.yaml.0123.cannedkit", ".b.yaml.0123.cannedkit", ".a.yaml.swp"):
        (tmp_path / name).write_bytes(b"x")
    files.put(tmp_path / "a.yaml", b"y")
    assert sorted(os.listdir(tmp_path)) == [".a.yaml.swp", ".b.yaml.0123.cannedkit", "a.yaml"]


def test_a_new_file_is_for_whoever_may_read_the_folder(tmp_path: Path) -> None:
    """A file that was not there gets the mode that any program would give it."""
    files.put(tmp_path / "a.txt", b"x")
    (tmp_path / "b.txt").write_bytes(b"x")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "b.txt").stat().st_mode


def test_whether_a_file_is_there_is_asked_without_an_error() -> None:
    """`os.path` says no where `Path` raises: of a name that is too long, as anybody can write one into a file."""
    asked = {
        f"{path.name}:{node.lineno}"
        for path in Path(files.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("exists", "is_dir", "is_file", "is_symlink")
        and not ast.unparse(node.func).startswith("os.path.")
        and not node.args
    }
    assert asked == set()


LONG = "n" * 5_000


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("cannedkit.yaml", f"packs: [A]\nengines: {{hunspell: {{dictionaries: {{nl: {LONG}}}}}}}\n"),
        ("cannedkit.yaml", f"packs: [A]\nengines: {{}}\npipelines: {{en: {LONG}}}\n"),
        ("cannedkit.yaml", f"packs: [{LONG}]\nengines: {{}}\n"),
        ("cannedkit.yaml", f"packs: [A]\nengines: {{}}\nfacts: {LONG}\n"),
        ("rules/A/R.yml", f"extends: A.{LONG}\nmessage: m\n"),
        ("rules/A/R.yml", f"{SPELLING}dictionaries: [{LONG}]\n"),
    ],
)
def test_a_name_that_is_too_long_is_told(run: Run, write: Write, file: str, text: str) -> None:
    """No file system has a name like that; what names it is left out, it is said, and the rest is checked."""
    root = _repository(write, {file: text, "d.txt": "A lamp.\n"})
    ran = run("lint", "d.txt", cwd=root)
    assert LONG[:200] in ran.out + ran.err or "there is no dictionary" in ran.err
    assert "fault of cannedkit" not in ran.err
    assert ("A.Own" in ran.out) == ("packs: [A]" in text or file != "cannedkit.yaml")


@pytest.mark.parametrize("key", [f"ignore: [{LONG}]", f"dicpath: {LONG}"])
def test_a_list_that_cannot_be_there_is_none(run: Run, write: Write, key: str) -> None:
    """As in Vale a list and a folder that are not there are left out, however long their names; the rule reads on."""
    root = _repository(write, {"rules/A/R.yml": f"{SPELLING}{key}\n", "d.txt": "A lampp.\n"})
    ran = run("lint", "d.txt", cwd=root)
    assert "lampp" in ran.out
    assert ran.code == 1


@pytest.mark.parametrize("key", ["StylesPath = {}", "StylesPath = rules\nVocab = {}", "[*]\nBasedOnStyles = {}"])
def test_a_name_of_vale_that_is_too_long(run: Run, write: Write, key: str) -> None:
    """The same holds for what a .vale.ini names: one message, exit 2 or nothing found."""
    root = _repository(write, {".vale.ini": key.format(LONG) + "\n", "d.txt": "A lamp.\n"})
    ran = run("lint", "--vale", ".vale.ini", "d.txt", cwd=root)
    assert ran.code in (0, 2)
    assert "fault of cannedkit" not in ran.err
