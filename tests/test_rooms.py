"""Rooms and who may know whom: imports and data go down only, siblings never meet, heavy libraries come in late."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from cannedkit import kinds, report, sources
from cannedkit.cli.main import COMMANDS
from cannedkit.exchange import live
from cannedkit.report import due
from cannedkit.settings import formats

PACKAGE = Path(kinds.__file__).parent.parent
NAME = PACKAGE.name

ROWS: tuple[tuple[str, ...], ...] = tuple(
    tuple(row.split())
    for row in (
        "model",
        "text cache files",
        "template markdown pattern",
        "yamlsource prose",
        "words channels",
        "sources trust",
        "settings",
        "engines",
        "rules catalogue",
        "kinds",
        "lint",
        "review trial vale",
        "wire exchange",
        "kit report",
        "servers",
        "cli",
        "__main__",
    )
)
"""The rooms, lowest first (design, section 5). A room imports from itself and from lower rows alone."""

ALONE = (
    "kinds",
    "kinds.vale",
    "kinds.record",
    "kinds.whole",
    "engines",
    "report",
    "report.due",
    "exchange.formats",
    "exchange.live.systems",
    "servers",
)
"""Folders whose modules never import each other."""

BESIDE_COMMANDS = tuple(
    "around ask clipboard completion draftfile ending exchanging finder keyboard main output program shared starting "
    "vale warm.client warm.link warm.service".split()
)
"""Modules of `cli` that are no commands."""

ENGINES = {name: source.module for name, source in sources.ENGINES.items()}

HEAVY = frozenset(
    "spacy language_tool_python enchant harper httpx pythainlp icu4py liquid babel regex ahocorasick_rs".split()
)
"""Libraries that are imported only inside the function that needs them."""

_RESOURCES = re.compile(r"resources\.files\((?P<package>[^)]*)\)")
_DATA = frozenset({".tsv", ".txt", ".gz", ".yaml", ".yml", ".xml", ".properties", ".json"})


def modules(package: Path) -> Mapping[str, Path]:
    """The dotted name of every module of a package, without the package's own, and its file."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


def _statements(node: ast.AST, *, inside: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports of a module that run; `inside`: also those inside its functions. Those for types only do not run."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for other in child.orelse:
                yield from _statements(other, inside=inside)
        elif inside or not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _statements(child, inside=inside)


def imported(name: str, known: Mapping[str, Path], *, inside: bool) -> set[str]:
    """The full dotted names that a module imports, relative ones made absolute."""
    found: set[str] = set()
    path = known[name]
    package = [NAME, *name.split(".")] if path.name == "__init__.py" and name else [NAME, *name.split(".")[:-1]]
    for statement in _statements(ast.parse(path.read_text(encoding="utf-8")), inside=inside):
        if isinstance(statement, ast.Import):
            found |= {alias.name for alias in statement.names}
            continue
        start = package[: len(package) - statement.level + 1] if statement.level else []
        base = ".".join([*start, *([statement.module] if statement.module else [])])
        for alias in statement.names:
            whole = f"{base}.{alias.name}"
            found.add(whole if whole.removeprefix(f"{NAME}.") in known else base)
    return found


def inner(name: str, known: Mapping[str, Path]) -> frozenset[str]:
    """The modules of the package that a module imports, anywhere in it."""
    found = imported(name, known, inside=True)
    return frozenset({each.removeprefix(f"{NAME}.") for each in found if each.startswith(f"{NAME}.")} - {name})


def _row(name: str) -> int:
    by_room = {room: number for number, row in enumerate(ROWS) for room in row}
    return by_room.get(name.partition(".")[0], -1)


def _room(name: str) -> str:
    return name.partition(".")[0]


def upward(package: Path) -> set[tuple[str, str]]:
    """Each module that imports from a room that is not lower than its own, and what it imports."""
    known = modules(package)
    return {
        (name, other)
        for name in known
        if name
        for other in inner(name, known)
        if _room(other) != _room(name) and _row(other) >= _row(name)
    }


def circles(package: Path) -> set[str]:
    """The modules that import themselves by way of others."""
    known = modules(package)
    direct = {name: inner(name, known) for name in known}
    found = set()
    for name in known:
        reached: set[str] = set()
        ahead = set(direct[name])
        while ahead:
            other = ahead.pop()
            reached.add(other)
            ahead |= direct.get(other, frozenset()) - reached
        if name in reached:
            found.add(name)
    return found


def reaches(package: Path) -> set[tuple[str, str]]:
    """Each module that names a data file of another room, and what it names: data are read where they lie."""
    files = {
        path.name: _room(".".join(path.relative_to(package).parts))
        for path in package.rglob("*")
        if path.is_file() and path.suffix in _DATA and "data" not in path.relative_to(package).parts[:1]
    }
    found = set()
    for name, path in modules(package).items():
        text = path.read_text(encoding="utf-8")
        for match in _RESOURCES.finditer(text):
            package_named = match["package"].strip("\"'")
            if package_named.startswith(NAME):
                found.add((name, package_named))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                file = node.value.rpartition("/")[2]
                if file in files and files[file] != _room(name):
                    found.add((name, file))
    return found


ROOMS = [name for name in modules(PACKAGE) if name not in ("", "__main__")]  # what starts the program is no room


def test_every_room_is_in_one_row() -> None:
    """Every module stands in a room that one row names; no row names a room twice."""
    rooms = [room for row in ROWS for room in row]
    assert len(rooms) == len(set(rooms))
    assert {_room(name) for name in ROOMS} <= set(rooms)


def test_rooms_are_few() -> None:
    """At most 28 rooms stand at the top of the package."""
    assert len({_room(name) for name in ROOMS}) <= 28


def test_imports_go_down() -> None:
    """What a module imports lies in its own room or in a lower row; late imports count."""
    assert upward(PACKAGE) == set()


def test_imports_make_no_circle() -> None:
    """No module imports itself by way of others."""
    assert circles(PACKAGE) == set()


def test_data_are_read_where_they_lie() -> None:
    """No module reads a data file of another room."""
    assert reaches(PACKAGE) == set()


@pytest.mark.parametrize("folder", ALONE)
def test_siblings_do_not_import_each_other(folder: str) -> None:
    """A kind, engine or format stands alone: it can be taken out without touching another."""
    known = modules(PACKAGE)

    def entry(name: str) -> str:
        return name.removeprefix(f"{folder}.").partition(".")[0] if name.startswith(f"{folder}.") else ""

    met = {(name, other) for name in known if entry(name) for other in inner(name, known) if entry(other)}
    assert {(name, other) for name, other in met if entry(name) != entry(other)} == set()


@pytest.mark.parametrize("name", list(modules(PACKAGE)))
def test_heavy_libraries_are_imported_late(name: str) -> None:
    """Importing a module loads no heavy library: those are imported in the functions that use them."""
    found = imported(name, modules(PACKAGE), inside=False)
    assert {each for each in found if each.partition(".")[0] in HEAVY} == set()


@pytest.mark.parametrize(
    ("folder", "listed", "beside"),
    [
        (
            "kinds",
            kinds.KINDS,
            {*(f"kinds.tokens.{name}" for name in ("kin", "patterns", "seen", "trees")), "kinds.weir.words"}
            | {f"kinds.known_facts.{name}" for name in ("meant", "told")},
        ),
        (
            "engines",
            {name: one.module for name, one in sources.ENGINES.items()},
            {f"engines.languagetool.{name}" for name in ("answer", "client", "connection", "install", "server")}
            | {
                f"engines.context.{name}"
                for name in (
                    "again causal changes classes deep edits evidence model proposals scorer tokens weighing".split()
                )
            },
        ),
        (
            "report",
            report.FORMATS,
            {
                *("report.guide", "report.scorepage", "report.scores"),
                *(name.removeprefix(f"{NAME}.") for name in due.FORMATS.values()),
            },
        ),
        ("report.due", due.FORMATS, set()),
        ("exchange.formats", formats.FORMATS, set()),
        ("exchange.live.systems", live.SYSTEMS, set()),
        ("cli", COMMANDS, {f"cli.{name}" for name in BESIDE_COMMANDS}),
    ],
)
def test_the_dict_lists_the_folder(folder: str, listed: Mapping[str, str], beside: set[str]) -> None:
    """The dict of a folder names every module in it once, but for what stands beside an entry to serve it."""
    known = modules(PACKAGE)
    entries = {name for name, path in known.items() if name.startswith(f"{folder}.") and path.name != "__init__.py"}
    assert sorted(listed.values()) == sorted(f"{NAME}.{name}" for name in entries - beside)


def test_no_module_has_two_subjects() -> None:
    """No module is longer than 400 lines, and half of them are at most 120."""
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules(PACKAGE).items()}
    assert {name: length for name, length in lengths.items() if length > 400} == {}
    assert median(lengths.values()) <= 120


# -- the tests above can fail -------------------------------------------------------------------


@cache
def _copied(folder: Path) -> Path:
    import shutil

    target = folder / NAME
    shutil.copytree(PACKAGE, target, ignore=shutil.ignore_patterns("data", "__pycache__"))
    return target


def _changed(tmp_path: Path, module: str, line: str) -> Path:
    """A copy of the package in which a module has one more line behind its imports of the future."""
    package = _copied(tmp_path)
    path = modules(package)[module]
    text = path.read_text(encoding="utf-8")
    mark = "from __future__ import annotations\n"
    assert mark in text
    path.write_text(text.replace(mark, f"{mark}{line}\n", 1), encoding="utf-8")
    return package


@pytest.mark.parametrize(
    ("module", "line", "other"),
    [
        ("text.segment", "from cannedkit.rules import packs", "rules.packs"),
        ("lint.verdict", "def late(): from cannedkit.kit import Kit", "kit"),
        ("rules.levels", "from cannedkit.catalogue import load", "catalogue.load"),
    ],
)
def test_an_import_upwards_is_found(tmp_path: Path, module: str, line: str, other: str) -> None:
    """An import from a higher row, a late one, and one from the same row make the test fail."""
    assert upward(_changed(tmp_path, module, line)) == {(module, other)}


def test_a_circle_is_found(tmp_path: Path) -> None:
    """Two modules that import each other make the test fail."""
    package = _changed(tmp_path, "pattern.hits", "from cannedkit.pattern import alternation")
    assert {"pattern.hits", "pattern.alternation"} <= circles(package)


@pytest.mark.parametrize("line", ['FILE = "punkt.gz"', 'x = lambda resources: resources.files("cannedkit.words")'])
def test_a_data_reach_is_found(tmp_path: Path, line: str) -> None:
    """A module that names a data file, or the folder, of another room makes the test fail."""
    assert {name for name, _ in reaches(_changed(tmp_path, "kinds.share", line))} == {"kinds.share"}


# -- what a command leaves unloaded -------------------------------------------------------------


def _loaded(folder: Path, *arguments: str) -> set[str]:
    """The top-level modules that are loaded at the end of `cannedkit ARGUMENTS`."""
    return {name.partition(".")[0] for name in _modules(folder, *arguments)}


def _modules(folder: Path, *arguments: str) -> set[str]:
    """The modules that are loaded at the end of `cannedkit ARGUMENTS`."""
    script = (
        "import sys\n"
        "from cannedkit.cli.main import main\n"
        "try:\n"
        f"    main({list(arguments)!r})\n"
        "except SystemExit as end:\n"
        "    assert end.code in (0, 1, None), end.code\n"
        "print('\\n' + ' '.join(sorted(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_loads_no_library(tmp_path: Path) -> None:
    """`--help` is there at once: no rule, engine or template library is loaded for it."""
    assert _loaded(tmp_path, "--help") & (HEAVY | {"yaml"}) == set()


def test_a_lint_by_rules_loads_no_proofreader(tmp_path: Path) -> None:
    """`lint --no-engines` starts fast: it loads no proofreader and no template library."""
    (tmp_path / "draft.txt").write_text("Unfortunately we are sorry for any inconvenience!!\n")
    loaded = _loaded(tmp_path, "lint", "--no-engines", "--no-cache", "draft.txt")
    assert loaded & {"spacy", "harper", "language_tool_python", "liquid", "babel"} == set()
    assert "ahocorasick_rs" in loaded


def test_a_plain_lint_loads_nothing_that_only_some_texts_need(tmp_path: Path) -> None:
    """What topics allow, what edits make of a text and what misspelt words may mean is loaded where it is asked."""
    (tmp_path / "draft.txt").write_text("Your order GB12 is on its way. Shall I text you when it arrives?\n")
    loaded = _modules(tmp_path, "lint", "--no-engines", "--no-cache", "draft.txt")
    assert f"{NAME}.rules.action" in loaded
    late = {f"{NAME}.{one}" for one in ("lint.topics", "rules.edits", "words.proposals")}
    assert loaded & late == set()


def test_a_lint_loads_nothing_that_reads_responses(tmp_path: Path) -> None:
    """The kinds and the pack that read responses cost the lint of a draft nothing: they are not even looked into."""
    (tmp_path / "draft.txt").write_text("Unfortunately we are sorry for any inconvenience!!\n")
    for _ in range(2):  # the second time the packs come from the cache
        loaded = _modules(tmp_path, "lint", "--no-engines", "--no-cache", "draft.txt")
        mine = ("kinds.record", "kinds.whole", "catalogue", "lint.catalogue", "model.response")
        assert [name for name in loaded if name.startswith(tuple(f"{NAME}.{one}" for one in mine))] == []
