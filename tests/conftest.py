"""Options and fixtures that every test shares."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from ctypes.util import find_library
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import settings

from cannedkit.cli.main import main
from cannedkit.engines.languagetool import server as languagetoolserver
from cannedkit.pattern.kept import repeated
from cannedkit.words.dictionary import folders

settings.register_profile("cannedkit", deadline=None)  # how long an example takes is measured in benchmarks
settings.load_profile("cannedkit")

DICTIONARIES = ("nl", "de_DE", "fr", "es_ES", "en_GB", "te_IN")
"""The Hunspell dictionaries that the tests marked `spell` look words up in, as Debian names them."""


def pytest_configure(config: pytest.Config) -> None:
    """Keep what rule files were parsed to in a folder of this run: tests neither read nor fill the user's cache."""
    installed = languagetoolserver.jars().resolve()
    folder = TemporaryDirectory(prefix="cannedkit-tests-")
    config.add_cleanup(folder.cleanup)
    os.environ["XDG_CACHE_HOME"] = folder.name
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process runs the tests on each core: more threads only wait
    languagetoolserver.home().mkdir(parents=True)
    if installed.is_dir():
        languagetoolserver.jars().symlink_to(installed)
    config.add_cleanup(_stop_languagetool)


@pytest.fixture(autouse=True, scope="module")
def _a_run_of_its_own() -> Iterator[None]:
    """The patterns of a module do not count against those that another may compile: each stands for a run."""
    before = dict(repeated())
    yield
    repeated().clear()
    repeated().update(before)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--data DIR`: the folder of the evaluation sets, and `--deep`: with the model of the extra `deep`."""
    parser.addoption("--data", default=None, help="folder of the evaluation sets; tests marked `data` need it")
    parser.addoption("--deep", action="store_true", help="run the tests marked `deep`; they need the extra `deep`")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests marked `data`, `deep`, `languagetool` or `spell` are left out without that; a line counts them."""
    there = {
        "data": bool(config.getoption("--data")),
        "deep": bool(config.getoption("--deep")),
        "languagetool": _has_languagetool(),
        "spell": not _missing_for_spelling(),
    }
    missing = [mark for mark, is_there in there.items() if not is_there]
    marked = [item for item in items if any(item.get_closest_marker(mark) for mark in missing)]
    config.hook.pytest_deselected(items=marked)
    items[:] = [item for item in items if item not in marked]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say that LanguageTool itself, or spelling, was not tested, where it was not."""
    if missing := _missing_for_spelling():
        terminalreporter.write_line(f"Spelling was not tested: it needs {', '.join(missing)}.")
    if not _has_languagetool():
        terminalreporter.write_line(
            "LanguageTool itself was not tested: it needs Java 17 and `cannedkit languagetool install`."
        )


def _missing_for_spelling() -> list[str]:
    """What the tests marked `spell` need and is not here."""
    modules = [name for name in ("enchant", "pythainlp") if find_spec(name) is None]
    library = [] if find_library("enchant-2") else ["libenchant-2-2"]
    there = {path.stem for folder in folders() for path in folder.glob("*.dic")}
    return modules + library + [f"the dictionary {name}" for name in DICTIONARIES if name not in there]


def _stop_languagetool() -> None:
    """The tests share one server; it ends with them."""
    languagetoolserver.stop()


def _has_languagetool() -> bool:
    return languagetoolserver.installed() and shutil.which("java") is not None


@pytest.fixture(scope="session")
def data(request: pytest.FixtureRequest) -> Path:
    """The folder of the evaluation sets."""
    folder = Path(request.config.getoption("--data")).resolve()
    assert folder.is_dir(), f"{folder} is not a folder"
    return folder


@dataclass(frozen=True)
class Ran:
    """What a command printed and the code it ended with."""

    out: str
    err: str
    code: int


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `cannedkit ARGS` in this process, in a folder, with bytes on standard input."""

    def ran(*args: str, cwd: Path | None = None, stdin: bytes | None = None) -> Ran:
        with monkeypatch.context() as patch:
            if cwd:
                patch.chdir(cwd)
            result = CliRunner().invoke(main, args, input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.stdout, result.stderr, result.exit_code)

    return ran


Write = Callable[[dict[str, str]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files, by path and text, into a new folder; returns it."""

    def written(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return tmp_path

    return written
