"""Rooms and who may know whom: imports go down only, siblings never meet, heavy libraries come in late."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from cannedkit import engines, kinds, report

PACKAGE = Path(kinds.__file__).parent.parent
NAME = PACKAGE.name

LAYERS: tuple[frozenset[str], ...] = tuple(
    frozenset(layer.split())
    for layer in (
        "model forks vale languagetool",
        "yamlscalar yamlslip yamlnode yamlsource cache",
        "names",
        "literals lineends amounts identifiers sms misspelling language",
        "inflection weirpattern segment markdownparser markdownreader markdown markdownviews hunspell vale.pattern "
        "vale.sentences vale.nouns vale.numbers vale.words "
        "vale.tokens vale.spellings vale.message",
        "patterns",
        "exceptions",
        "condition values valuetypes liquidexpression liquidnode liquidreader samplesets template",
        "schema",
        "settings inherit examples lemmas pipelines",
        "variables catalogue",
        "rules packs",
        "vale.case vale.counts vale.actions vale.blocks vale.options vale.styles phrasing tokenpatterns",
        "languagetool.client languagetool.server languagetool.install",
        "engines",
        "kinds",
        "verdict lint",
        "vale.ini vale.views vale.document vale.lint vale.cases search compare lock fix selftest review reply trace "
        "coverage",
        "kit report exchange",
        "jsonl vale.settings vale.command coveragecommand languagetool.command",
        "servers cli",
    )
)
"""The rooms, lowest first (design, section 5). A room imports from lower layers, or from its own without a circle."""

FOLDERS = ("kinds", "engines", "report", "exchange", "servers")
"""Folders whose modules never import each other."""

HEAVY = frozenset(
    "spacy language_tool_python enchant harper pythainlp icu4py liquid babel regex ahocorasick_rs".split()
)
"""Libraries that are imported only inside the function that needs them."""


@cache
def _modules() -> Mapping[str, Path]:
    """The dotted name of every module of the package, without the package's own, and its file."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
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


def _imported(name: str, path: Path, *, inside: bool) -> set[str]:
    """The full dotted names that a module imports, relative ones made absolute."""
    found: set[str] = set()
    package = [NAME, *name.split(".")] if path.name == "__init__.py" and name else [NAME, *name.split(".")[:-1]]
    for statement in _statements(ast.parse(path.read_text(encoding="utf-8")), inside=inside):
        if isinstance(statement, ast.Import):
            found |= {alias.name for alias in statement.names}
            continue
        start = package[: len(package) - statement.level + 1] if statement.level else []
        base = ".".join([*start, *([statement.module] if statement.module else [])])
        for alias in statement.names:
            whole = f"{base}.{alias.name}"
            found.add(whole if whole.removeprefix(f"{NAME}.") in _modules() else base)
    return found


@cache
def _known(name: str) -> frozenset[str]:
    """The modules of the package that a module imports, anywhere in it."""
    imported = _imported(name, _modules()[name], inside=True)
    inside = {each.removeprefix(f"{NAME}.") for each in imported if each.startswith(f"{NAME}.")}
    return frozenset(inside - {name})


def _layer(name: str) -> int:
    by_room = {room: number for number, layer in enumerate(LAYERS) for room in layer}
    return by_room.get(name, by_room.get(name.partition(".")[0], -1))


ROOMS = [name for name in _modules() if name]


@pytest.mark.parametrize("name", ROOMS)
def test_imports_go_down(name: str) -> None:
    """A module is in one layer, and what it imports is in that one or below."""
    assert _layer(name) >= 0, f"name {name} in LAYERS, at its place"
    assert {other for other in _known(name) if _layer(other) > _layer(name)} == set()


def test_a_room_is_in_one_layer() -> None:
    """No room stands in two layers."""
    rooms = [room for layer in LAYERS for room in layer]
    assert len(rooms) == len(set(rooms))


@pytest.mark.parametrize("name", ROOMS)
def test_imports_make_no_circle(name: str) -> None:
    """No module imports itself by way of others."""
    reached: set[str] = set()
    ahead = set(_known(name))
    while ahead:
        other = ahead.pop()
        reached.add(other)
        ahead |= _known(other) - reached
    assert name not in reached


@pytest.mark.parametrize("name", [name for name in ROOMS if name.partition(".")[0] in FOLDERS and "." in name])
def test_siblings_do_not_import_each_other(name: str) -> None:
    """A kind, engine or format stands alone: it can be taken out without touching another."""
    folder = name.partition(".")[0]
    assert {other for other in _known(name) if other.startswith(f"{folder}.")} == set()


@pytest.mark.parametrize("name", list(_modules()))
def test_heavy_libraries_are_imported_late(name: str) -> None:
    """Importing a module loads no heavy library: those are imported in the functions that use them."""
    imported = _imported(name, _modules()[name], inside=False)
    assert {each for each in imported if each.partition(".")[0] in HEAVY} == set()


@pytest.mark.parametrize(
    ("folder", "listed"), [("kinds", kinds.KINDS), ("engines", engines.ENGINES), ("report", report.FORMATS)]
)
def test_the_dict_lists_the_folder(folder: str, listed: Mapping[str, str]) -> None:
    """The dict of a folder names every module in it once, and nothing else."""
    modules = {f"{NAME}.{name}" for name in _modules() if name.startswith(f"{folder}.")}
    assert sorted(listed.values()) == sorted(modules)


# -- what a command leaves unloaded -------------------------------------------------------------


def _loaded(folder: Path, *arguments: str) -> set[str]:
    """The top-level modules that are loaded at the end of `cannedkit ARGUMENTS`."""
    script = (
        "import sys\n"
        "from cannedkit.cli import main\n"
        "try:\n"
        f"    main({list(arguments)!r})\n"
        "except SystemExit as end:\n"
        "    assert end.code in (0, 1, None), end.code\n"
        "print('\\n' + ' '.join(sorted({name.partition('.')[0] for name in sys.modules})))\n"
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
    loaded = _loaded(tmp_path, "lint", "--no-engines", "draft.txt")
    assert loaded & {"spacy", "harper", "language_tool_python", "liquid", "babel"} == set()
    assert "ahocorasick_rs" in loaded
