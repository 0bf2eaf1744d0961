"""What can do harm happens in one place each: opening files, compiling patterns of others, loading what was kept."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cannedkit import kinds

PACKAGE = Path(kinds.__file__).parent.parent

OPENING = frozenset(
    {"open", "os.open", "io.open", "gzip.open", "os.fdopen", "fileinput.input", "tempfile.TemporaryFile"}
)
READING = frozenset({"read_bytes", "read_text", "open"})

OPENS = {
    "files.py": "the door: what another file names",
    "cache.py": "what this program keeps, and the key for it",
    "catalogue/lock.py": "writes cannedkit.lock, by one process at a time",
    "cli/lint.py": "lines without end, from a path that the user typed",
    "cli/output.py": "reports, where the user typed, and the summary of a step",
    "text/pile.py": "a file without a name, of this process alone",
    "trial/catalogues.py": "small catalogues made of a rule's examples",
    "cli/ending.py": "the streams of the process",
    "cli/shared.py": "the streams of the process",
    "cli/warm/link.py": "the lock of the warm service, in its own folder",
    "engines/languagetool/server.py": "the state, log and lock of our own server",
}
"""Who may open a file besides a resource of the package, and which."""

UNPICKLES = {
    "cache.py": "what this program kept, once it is known to be the user's own",
    "text/pile.py": "what this process wrote, in a file that nobody else can open",
}
"""Who may load objects that were written."""

COMPILES = {
    "pattern/alternation.py": "the door: patterns of rules, vocabularies and settings",
    "pattern/characters.py": "asks whether a class of characters is one",
    "pattern/stays.py": "asks which letters and signs are of a class of characters",
    "kinds/weir/words.py": "expressions of words of our own packs, made of words and spaces alone",
    "words/figures.py": "names of months and units, from tables of ours",
    "template/dates.py": "directives of a date's format, each of a pattern of ours, the text between them escaped",
    "words/unknown.py": "letters of a language, from our own table",
    "text/letter.py": "phrases of a language, from our own table",
}
"""Who may compile a pattern that is not written out in its module."""


def _functions(tree: ast.AST) -> Iterator[ast.AST]:
    return (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.Lambda)))


def _is_ours(call: ast.Call) -> bool:
    """Whether what is read is a resource of a package, or a method of something that was opened already."""
    return "resources.files" in ast.unparse(call) or "__file__" in ast.unparse(call)


def opens(source: str) -> list[str]:
    """The calls of a module that open a file by its path."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        ast.unparse(call)
        for call in calls
        if not _is_ours(call)
        and (
            ast.unparse(call.func) in OPENING
            or (isinstance(call.func, ast.Attribute) and call.func.attr in READING and not _of_module(call.func))
        )
    ]


def _of_module(function: ast.Attribute) -> bool:
    """`engine.open(options, vocabulary)` opens no file: a module of ours does."""
    return ast.unparse(function.value) in ("engine", "engines", "import_module(ENGINES[name].module)")


def compiles(source: str) -> list[str]:
    """The calls within functions that make a pattern of a text that is not written out there."""
    calls = (node for each in _functions(ast.parse(source)) for node in ast.walk(each) if isinstance(node, ast.Call))
    return [
        ast.unparse(call)
        for call in calls
        if ast.unparse(call.func) in ("re.compile", "regex.compile") and not isinstance(call.args[0], ast.Constant)
    ]


def unpickles(source: str) -> list[str]:
    """The imports of modules that run code from what they read."""
    names = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [one.name for one in node.names if one.name.partition(".")[0] in names]
        elif isinstance(node, ast.ImportFrom):
            found += [node.module or ""] if (node.module or "").partition(".")[0] in names else []
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("eval", "exec", "yaml.load", "yaml.unsafe_load"):
            found.append(ast.unparse(node))
    return found


def _who(look: Callable[[str], list[str]]) -> set[str]:
    return {
        path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if look(path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize(
    ("look", "allowed"),
    [(opens, OPENS.keys()), (compiles, COMPILES.keys()), (unpickles, UNPICKLES.keys())],
    ids=["opening a file", "compiling a pattern", "loading objects"],
)
def test_each_happens_in_its_own_place(look: Callable[[str], list[str]], allowed: set[str]) -> None:
    """A module that begins to do so is met here, and must say why."""
    assert _who(look) == set(allowed)


@pytest.mark.parametrize(
    ("look", "source"),
    [
        (opens, "def f(p):\n    return open(p).read()"),
        (opens, "def f(p):\n    return Path(p).read_text()"),
        (opens, "def f(p):\n    with p.open() as file: return file"),
        (compiles, "def f(p):\n    return regex.compile(p)"),
        (compiles, "def f(p):\n    return re.compile(f'{p}+')"),
        (unpickles, "import pickle"),
        (unpickles, "from marshal import loads"),
        (unpickles, "def f(p):\n    return eval(p)"),
    ],
)
def test_the_tests_above_can_fail(look: Callable[[str], list[str]], source: str) -> None:
    """Each way to do it is seen."""
    assert look(source)
