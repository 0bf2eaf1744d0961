"""What must hold a thousand times and more: `python -m scripts.soak [--share N] [NAME …]`.

Each entry of `SOAKS` says how often it is tried in full; `--share 100` tries a hundredth of each. A line says how many
of the tries held. The exit code is 1 where one did not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Figures:
    """How often something was tried and how often it held; what else is worth saying, and what did not hold."""

    tried: int
    held: int
    note: str = ""
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Soak:
    """How often something is tried in full, and the function that tries it as often as it is told."""

    count: int
    run: Callable[[int], Figures]


def main() -> int:
    """Run what is named, or everything, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", nargs="*", help=f"one of {', '.join(SOAKS)}; all, if none is named")
    parser.add_argument("--share", type=int, default=1, help="try one in so many of each count")
    given = parser.parse_args()
    if unknown := [name for name in given.name if name not in SOAKS]:
        parser.error(f"there is no {unknown[0]!r}: write one of {', '.join(SOAKS)}")
    if given.share > 1:
        print(f"One in {given.share:,} of each count; `make soak` tries all.", flush=True)
    held = True
    for name in given.name or SOAKS:
        began = time.perf_counter()
        found = SOAKS[name].run(max(1, SOAKS[name].count // given.share))
        print(line(name, found, SOAKS[name].count, time.perf_counter() - began), flush=True)
        held = held and found.held == found.tried
    return 0 if held else 1


def line(name: str, found: Figures, whole: int, seconds: float) -> str:
    """What came of an entry, in a line, and a line for each of the first tries that did not hold."""
    of = f" of {whole:,}" if found.tried != whole else ""
    note = f"; {found.note}" if found.note else ""
    text = f"{name}: {found.tried:,}{of} tried, {found.held:,} held{note}; {seconds:.0f} s"
    return "\n  ".join([text, *found.wrong[:10]])


# -- killed while it works ----------------------------------------------------------------------


def killed(
    command: Sequence[str],
    times: int,
    check: Callable[[Path], str],
    prepare: Callable[[Path], object] = lambda folder: None,
) -> Figures:
    """What `cannedkit COMMAND` leaves behind when kill -9 ends it at any moment of its work.

    Each time it runs in a new folder that `prepare` fills, in a process that has everything imported, so that the end
    falls on its work and not on its start; a run that was done before its end makes the next ends come sooner, for how
    fast a machine is changes while it is measured. `check` says what is wrong with the folder, "" for nothing. The
    user's own folders (XDG_CACHE_HOME, XDG_CONFIG_HOME) lie beside it.
    """
    usual = sorted(_seconds(command, prepare) for _ in range(3))[1]
    within = usual
    wrong = []
    at_work = 0
    for number in range(times):
        with _folder(prepare) as folder:
            process = _started(command, folder)
            time.sleep(random.Random(number).uniform(0, within))  # noqa: S311  # any moment, and the same again
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            ended = os.WIFSIGNALED(os.waitpid(process, 0)[1])
            within = min(within * 1.25, usual) if ended else within * 0.8
            at_work += ended
            if said := check(folder):
                wrong.append(f"{number}: {said}")
    return Figures(times, times - len(wrong), f"{at_work:,} ended at work", tuple(wrong))


@contextmanager
def _folder(prepare: Callable[[Path], object]) -> Iterator[Path]:
    """A folder to work in, the user's own folders beside it; the environment is as before afterwards."""
    before = dict(os.environ)
    with TemporaryDirectory() as home:
        folder = Path(home, "work")
        folder.mkdir()
        os.environ.update(XDG_CACHE_HOME=f"{home}/cache", XDG_CONFIG_HOME=f"{home}/config", JAVA_HOME=f"{home}/java")
        try:
            prepare(folder)
            yield folder
        finally:
            os.environ.clear()
            os.environ.update(before)


def _seconds(command: Sequence[str], prepare: Callable[[Path], object]) -> float:
    with _folder(prepare) as folder:
        began = time.perf_counter()
        status = os.waitpid(_started(command, folder), 0)[1]
        if code := os.waitstatus_to_exitcode(status):
            raise SystemExit(f"cannedkit {' '.join(command)} ends with {code}")
        return time.perf_counter() - began


def _started(command: Sequence[str], folder: Path) -> int:
    """A process that runs a command in a folder, without output; its number."""
    from cannedkit.cli.main import main as program

    process = os.fork()
    if process:
        return process
    code = 99
    try:
        os.chdir(folder)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        program(list(command))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        os._exit(code)


_CATALOGUE: Mapping[str, str] = {
    "cannedkit.yaml": "packs: [Own]\nengines: {}\n",
    "rules/Own/Awful.yml": "extends: existence\nmessage: m\nlevel: warning\ntokens: ['aw(?:ful|kward)+']\n",
    "responses/a.yaml": "a: It is awful.\n",
    ".vale.ini": "StylesPath = rules\nMinAlertLevel = warning\n[*]\nBasedOnStyles = Own\nOwn.Awful = error\n",
    "d.txt": "It is awful.\n",
}


def _laid(folder: Path, leave: str = "") -> None:
    for name, text in _CATALOGUE.items():
        if name != leave:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)


def _init(times: int) -> Figures:
    """Each file that `init` writes is whole, and the settings stand there when all does that they name."""
    from cannedkit.cli.init import FILES, NAMES
    from cannedkit.settings import shipped

    def wrong(folder: Path) -> str:
        there = [name for name in NAMES if (folder / name).exists()]
        broken = [name for name in there if _contents(folder / name) != _contents(shipped() / name)]
        if broken:
            return f"{broken} are not whole"
        half = FILES[0] in there and len(there) < len(NAMES)
        return f"{FILES[0]} stands there without all of {NAMES}" if half else ""

    return killed(["init"], times, wrong)


def _contents(path: Path) -> Mapping[str, bytes]:
    if path.is_file():
        return {"": path.read_bytes()}
    return {str(one.relative_to(path)): one.read_bytes() for one in path.rglob("*") if one.is_file()}


def _write_settings(times: int) -> Figures:
    """The settings that a .vale.ini becomes are whole or not there."""
    whole = ""
    command = ["lint", "--vale", ".vale.ini", "--write-settings"]
    prepare = partial(_laid, leave="cannedkit.yaml")
    with _folder(prepare) as folder:
        os.waitpid(_started(command, folder), 0)
        whole = (folder / "cannedkit.yaml").read_text()

    def wrong(folder: Path) -> str:
        written = folder / "cannedkit.yaml"
        return "" if not written.exists() or written.read_text() == whole else "the settings are not whole"

    return killed(command, times, wrong, prepare)


def _kept(times: int) -> Figures:
    """What is kept between runs never changes what the next run finds."""
    from cannedkit.kit import Kit

    def wrong(folder: Path) -> str:
        found = [(one.rule, one.start) for one in Kit.load(folder).lint("It is awful.")]
        return "" if found == [("Own.Awful", 6)] else f"the next run finds {found}"

    return killed(["lint", "d.txt", "--fail-on", "error"], times, wrong, _laid)


def _checked(folder: Path, cache: bool) -> list[str]:
    from cannedkit.kit import Kit

    review = Kit.load(folder).check(cache=cache, today=TODAY, jobs=1)
    return [repr(one) for one in (*review.findings, *review.errors, review.checked)]


def _remembered(times: int) -> Figures:
    """Of a catalogue that changes at random `check` finds what it finds without its memory of earlier runs."""
    chance = random.Random(times)  # noqa: S311  # the same changes each time
    some = partial(chance.choice, ("awful", "awkward", "{{ name }}", "", "Hello,"))
    rule, settings = _CATALOGUE["rules/Own/Awful.yml"], _CATALOGUE["cannedkit.yaml"]
    made: Mapping[str, Callable[[], str]] = {
        "responses/a.yaml": lambda: f"a: It is {some()} and {some()}.\n",
        "responses/b.yaml": lambda: f"b: [It was {some()}., So {some()} it is.]\n",
        "responses/variables.yaml": lambda: f"name: {{samples: [{chance.choice(('Ana', 'awful', 'Bo'))}]}}\n",
        "rules/Own/Awful.yml": lambda: rule.replace("ful", chance.choice(("ful", "kwa"))),
        "cannedkit.yaml": lambda: f"{settings}levels: {{Own: {chance.choice(('error', 'off'))}}}\n",
    }
    wrong = []
    with _folder(_laid) as folder:
        for number in range(times):
            name = chance.choice(list(made))
            (folder / name).write_text(made[name]())
            os.utime(folder / name, (0, 0))  # no clock tells what changed
            if _checked(folder, cache=True) != _checked(folder, cache=False):
                wrong.append(f"{number}: {name} {(folder / name).read_text()!r}")
    return Figures(times, times - len(wrong), "", tuple(wrong))


def _killed_check(times: int) -> Figures:
    """What `check` remembers is never half: the next one finds what it finds without."""

    def wrong(folder: Path) -> str:
        return "" if _checked(folder, cache=True) == _checked(folder, cache=False) else "the next check finds otherwise"

    return killed(["check", "--fail-on", "error"], times, wrong, _laid)


def _import(times: int) -> Figures:
    """An import leaves whole files and a catalogue that can be read; the next one ends as if nothing had been."""
    from scripts import soak_import

    def again(folder: Path) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(_started(soak_import.COMMAND, folder), 0)[1])

    with _folder(soak_import.laid) as folder:
        again(folder)
        whole = soak_import.state(folder)
    return killed(soak_import.COMMAND, times, lambda folder: soak_import.fault(folder, whole, again), soak_import.laid)


def _push(times: int) -> Figures:
    """A push leaves a catalogue that can be read; the next one ends with each reply there once, and noted here."""
    import httpx  # noqa: F401  # what is imported already is not imported by each try

    from cannedkit.cli import push  # noqa: F401
    from cannedkit.exchange.live import connection
    from cannedkit.exchange.live import push as live  # noqa: F401
    from scripts import soak_push
    from scripts.standin import standing

    connection.SILENCE = connection.WHOLE = 3600.0  # a machine with much to do is no fault of a push
    found = []
    with standing() as here:
        for number, system in enumerate(soak_push.SYSTEMS):
            command = soak_push.command(here, system)

            def again(folder: Path, command: Sequence[str] = command) -> int:
                return os.waitstatus_to_exitcode(os.waitpid(_started(command, folder), 0)[1])

            check = partial(soak_push.fault, here, system, again=again)
            part = (times + 1 - number) // len(soak_push.SYSTEMS)
            found += [killed(command, part, check, partial(soak_push.laid, here))] if part else []
    held, wrong = sum(one.held for one in found), [said for one in found for said in one.wrong]
    return Figures(times, held, " and ".join(one.note for one in found), tuple(wrong))


# -- a server that is killed while it starts ----------------------------------------------------

_JAVA = """#!{python} -SE
import json, os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs
open(os.path.join({folder!r}, "servers", str(os.getpid())), "w").close()
class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        language = parse_qs(body).get("language", ["en"])[0]
        said = {{"software": {{"version": "6"}}, "language": {{"code": language}}, "matches": []}}
        said = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)
    do_POST = do_GET
    def log_message(self, *given): pass
HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Answer).serve_forever()
"""
"""What stands in for Java: to every question it answers as LanguageTool does of a text without a fault."""


def _server(times: int) -> Figures:
    """A start that is ended leaves a state that can be read, and no server that `stop` does not know."""
    from cannedkit.engines.languagetool import server

    def prepare(folder: Path) -> None:
        jars = server.jars() / "libs"
        jars.mkdir(parents=True)
        (jars / "languagetool-server.jar").touch()
        (folder / "servers").mkdir()
        java = Path(os.environ["JAVA_HOME"], "bin", "java")
        java.parent.mkdir(parents=True)
        java.write_text(_JAVA.format(python=sys.executable, folder=str(folder)))
        java.chmod(0o755)

    def wrong(folder: Path) -> str:
        time.sleep(0.2)  # a server that outlives its starter says who it is as the first thing it does
        state = server.home() / "server.json"
        said = "" if not state.exists() or json.loads(state.read_text()) else "the state cannot be read"
        server.stop()
        left = [int(one.name) for one in (folder / "servers").iterdir() if _lives(int(one.name))]
        for process in left:
            os.kill(process, signal.SIGKILL)
        return said or (f"a server runs that nothing knows of: {left}" if left else "")

    return killed(["languagetool", "start"], times, wrong, prepare)


def _lives(process: int) -> bool:
    with suppress(OSError):
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        return state not in "ZX"
    return False


# -- many at once -------------------------------------------------------------------------------


def _texts(count: int) -> list[str]:
    from cannedkit.kit import Kit

    bodies = [body.text.value for one in Kit.load(ROOT).catalogue.responses.values() for body in one.bodies]
    return [f"Ticket ref{number}x. {bodies[number % len(bodies)]} Their is a awful mistake." for number in range(count)]


def _threads(count: int) -> Figures:
    """Eight threads find in each draft what one finds."""
    from cannedkit.kit import Kit

    texts = _texts(count)
    with TemporaryDirectory() as folder:
        alone, shared = Kit.load(folder), Kit.load(folder)
        wanted = list(map(alone.lint, texts))
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(shared.lint, texts))
    return _compared(found, wanted)


def _forks(count: int) -> Figures:
    """A process that was forked from one that has linted finds what that one finds."""
    from cannedkit.kit import Kit

    texts = _texts(min(count, 20))
    with TemporaryDirectory() as folder:
        kit = Kit.load(folder)
        wanted = [repr(kit.lint(text)).encode() for text in texts]
        found = [_in_a_fork(kit, texts[number % len(texts)]) for number in range(count)]
    return _compared(found, [wanted[number % len(texts)] for number in range(count)])


def _in_a_fork(kit: object, text: str) -> bytes:
    reader, writer = os.pipe()
    process = os.fork()
    if not process:
        try:
            signal.alarm(30)
            os.write(writer, repr(kit.lint(text)).encode())  # type: ignore[attr-defined]
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        told = answer.read()
    os.waitpid(process, 0)
    return told


def _compared(found: Sequence[object], wanted: Sequence[object]) -> Figures:
    wrong = tuple(
        f"{number}: not the same"
        for number, pair in enumerate(zip(found, wanted, strict=True))
        if len(set(map(repr, pair))) > 1
    )
    return Figures(len(found), len(found) - len(wrong), "", wrong)


def _hostile(count: int) -> Figures:
    """No reader answers an input that nobody writes with a traceback, or takes more than it may (`scripts.fuzz`)."""
    from scripts.fuzz.__main__ import run

    found = run(count=count)
    note = f"slowest {found.slowest:.2f} s, peak {found.peak / 1e6:.0f} MB"
    return Figures(found.inputs, found.inputs - len(found.faults), note, tuple(fault.what for fault in found.faults))


def _mcp(count: int) -> Figures:
    """No request ends the MCP server, which opens nothing outside of its catalogue (`scripts.hostile_mcp`)."""
    from scripts.hostile_mcp import tried

    held, slowest, wrong = tried(count)
    return Figures(count, held, f"slowest {slowest:.1f} s", tuple(wrong))


SOAKS: Mapping[str, Soak] = {
    "hostile-inputs": Soak(1_000_000, _hostile),
    "hostile-mcp": Soak(1_000, _mcp),
    "killed-init": Soak(1_000, _init),
    "killed-write-settings": Soak(1_000, _write_settings),
    "killed-lint": Soak(1_000, _kept),
    "killed-check": Soak(1_000, _killed_check),
    "killed-import": Soak(1_000, _import),
    "killed-push": Soak(1_000, _push),
    "remembered": Soak(10_000, _remembered),
    "killed-languagetool-start": Soak(1_000, _server),
    "threads": Soak(4_800, _threads),
    "forks": Soak(1_000, _forks),
}
"""Name -> how often it is tried in full, and what tries it."""


if __name__ == "__main__":
    sys.exit(main())
