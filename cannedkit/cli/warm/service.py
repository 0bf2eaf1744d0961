"""The warm service: a fork for each command, of a process that has its kit ready.

A fork knows what its parent had read, ends with its command, and leaves nothing behind in the parent. A kit is used
only where settings, rules and program are what they were when it was made; else the fork makes its own, and the parent
a new one for those who come later. A service without a visitor for IDLE seconds ends.
"""

from __future__ import annotations

import gc
import io
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from cannedkit import cache
from cannedkit.cli.warm import link

if TYPE_CHECKING:
    from cannedkit.kit import Kit
    from cannedkit.model.settings import Settings

IDLE = 600.0
"""Seconds without a visitor after which a service ends."""

MOST = 4
"""Kits that are kept; with Harper one holds about 150 MB, most of which they share."""

KEPT_ENGINES = frozenset({"harper", "context", "opentaal"})
"""Engines that live in the process alone, and so in a fork of it: the others hold connections or read other files."""

SAMPLE = (
    "Hi Jo, we apologise for any inconvenience. Your order 1234 left us on Monday, but the parcel didn't arrive. I've "
    "sent a new one today, and you'll recieve it soon. Kindly don't send us your card number. If it isn't there by "
    "Friday, 3 pm, reply here and and I'll look into it. Is there anything else you need?"
)
"""A draft with and without faults, for what is read and made only when something is found."""

TAKEN, STALE = b"taken", b"stale"
"""What a fork tells its parent: that a visitor has come, that the program is another now."""

State = tuple[tuple[str, int, int, int], ...]
"""Files with size and times: what changes where any of them does."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a kit is loaded from: the folder, and what `Kit.load` is told."""

    folder: str
    with_engines: bool = True
    forgiving: bool = True
    trust: tuple[str, ...] = ()
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Spare:
    """A fork that waits: the pipe that it tells the parent by, and the line on which it hangs until a visitor comes."""

    pipe: int
    line: int


@dataclass(frozen=True, slots=True)
class Made:
    """A kit, and the state of what it was made of."""

    kit: Kit
    state: State


def serve(path: str, folder: str, idle: float = IDLE) -> None:
    """Serve at a path until nobody came for so many seconds, with a kit of a folder; at once where another does."""
    with suppress(OSError), link.alone(path), socket.socket(socket.AF_UNIX) as door:
        program = _program()
        kits = dict(_kept(Wanted(folder)))  # nobody knocks before there is one: who comes by meanwhile need not wait
        with suppress(FileNotFoundError):
            os.unlink(path)
        door.bind(path)
        door.listen()
        try:
            _wait(door, kits, program, idle)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(path)


def _wait(door: socket.socket, kits: dict[Wanted, Made], program: State, idle: float) -> None:
    """Have a fork wait for the next visitor, and make another when one has come, until nobody comes any more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # forks that have ended are nobody's
    spare = _fork(door, kits, program)
    pipes = {spare.pipe}
    try:
        while heard := select.select(pipes, [], [], idle)[0]:
            for pipe in heard:
                said = os.read(pipe, select.PIPE_BUF).splitlines()
                if STALE in said or (not said and pipe == spare.pipe):
                    return
                if not said:
                    os.close(pipe)
                    pipes.remove(pipe)
                elif said[-1] != TAKEN:
                    kits = dict([*kits.items(), *_kept(_heard(said[-1]))][-MOST:])
                if said and (said[-1] != TAKEN or pipe == spare.pipe):
                    os.close(spare.line)  # one that waits still knows less than the next
                    spare = _fork(door, kits, program)
                    pipes.add(spare.pipe)
    finally:
        os.close(spare.line)


def _heard(said: bytes) -> Wanted:
    """What a fork wanted and nobody had."""
    wanted = json.loads(said)
    return Wanted(**{**wanted, "trust": tuple(wanted["trust"])})


def _loaded(folder: Path, wanted: Wanted) -> Kit:
    """The kit that is wanted, as its files are now."""
    from cannedkit.kit import Kit

    told = {"with_engines": wanted.with_engines, "forgiving": wanted.forgiving, "deep": wanted.deep}
    return Kit.load(folder, trust=wanted.trust, **told)


def _kept(wanted: Wanted) -> Iterator[tuple[Wanted, Made]]:
    """A kit that is ready to lint, made by linting a sample as the command does; none where it may not be kept."""
    with suppress(Exception):  # what is wrong is told by the fork that was asked
        kit = _loaded(Path(wanted.folder), wanted)
        if not KEPT_ENGINES.issuperset(kit.settings.engines):
            return
        made = Made(kit, _state(kit.settings))
        kit.linter().ready()  # once, and not in each fork
        _try(kit)
        kit.remember()
        if not kit.notes:
            yield wanted, made
    gc.collect()
    gc.freeze()  # what is shared is not looked at by the collectors of forks, and so not copied


def _try(kit: Kit, *more: str) -> None:
    """Lint the sample as the command does, so that what it needs is read, made and in the memory of this process."""
    with TemporaryDirectory() as place:
        sample = Path(place) / "sample.txt"
        sample.write_text(SAMPLE, encoding="utf-8")
        _run(["lint", *more, str(sample)], lambda *_, **__: kit)


def _state(settings: Settings) -> State:
    """The files that rules may be read from."""
    from cannedkit.settings import shipped

    return tuple(cache.below((shipped() / "rules", settings.rules, *settings.extends.values())))


def _program() -> State:
    """The modules of the program, and the folders that others are installed into."""
    return (*cache.below(link.program()[1:], (".py",)), *((folder, *_looked(folder)) for folder in sys.path))


def _looked(path: str) -> tuple[int, int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return -1, -1, -1
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


# -- in a fork ----------------------------------------------------------------------------------


def _fork(door: socket.socket, kits: dict[Wanted, Made], program: State) -> Spare:
    """A fork that waits at the door for one visitor."""
    heard, told = os.pipe()
    hanging, line = os.pipe()
    if os.fork():
        os.close(told)
        os.close(hanging)
        return Spare(heard, line)
    code = 0
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for made in [*kits.values()][-1:]:
            _try(made.kit, "--no-cache")  # pages that are written to are copied now, and not while somebody waits
        os.close(line)
        if hanging in select.select([door.fileno(), hanging], [], [])[0]:
            os._exit(0)  # dismissed, or the parent is no more
        visitor, _ = door.accept()
        door.close()
        if _program() == program:
            os.write(told, TAKEN + b"\n")
            code = _answer(visitor, kits, told)
        else:
            os.write(told, STALE + b"\n")
    finally:
        os._exit(code)


def _answer(visitor: socket.socket, kits: dict[Wanted, Made], told: int) -> int:
    """The exit code of the command of a visitor, which is run on its streams; 0 where nothing was run."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        visitor.settimeout(IDLE)
        request, streams = link.receive(visitor, 3)
        if request["program"] == link.program():
            _become(request, streams)
            visitor.sendall(link.READY)
            if visitor.recv(1) == link.GO:
                _end_with(visitor)
                code = _run(request["arguments"], _opener(kits, told))
                visitor.sendall(bytes([code]))
                return code
    return 0


def _become(request: dict[str, Any], streams: Sequence[int]) -> None:
    """Take the place of the visitor: its folder, environment and streams."""
    os.setpgid(0, 0)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    made = [_stream(number, *encoding) for number, encoding in enumerate(request["encodings"])]
    sys.stdin, sys.stdout, sys.stderr = made


def _stream(number: int, encoding: str, errors: str) -> io.TextIOWrapper:
    """A standard stream, as the interpreter makes it."""
    raw = io.FileIO(number, "r" if number == 0 else "w", closefd=False)
    buffer = io.BufferedReader(raw) if number == 0 else io.BufferedWriter(raw)
    return io.TextIOWrapper(buffer, encoding, errors, line_buffering=number == 2 or raw.isatty())


def _end_with(visitor: socket.socket) -> None:
    """End this process, and all that it started, when the visitor goes away."""
    import fcntl

    def look(*_: object) -> None:
        with suppress(OSError):
            if select.select([visitor.fileno()], [], [], 0)[0] and not visitor.recv(1, socket.MSG_PEEK):
                os.killpg(os.getpgrp(), signal.SIGKILL)

    signal.signal(signal.SIGIO, look)
    fcntl.fcntl(visitor, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(visitor, fcntl.F_SETFL, fcntl.fcntl(visitor, fcntl.F_GETFL) | os.O_ASYNC)
    look()


def _opener(kits: dict[Wanted, Made], told: int) -> Callable[..., Kit]:
    """What loads a kit: one that is kept and still as its files are, else a new one, which is said to the parent."""

    def opened(folder: Path, *, with_engines: bool, forgiving: bool, trust: Iterable[str], deep: bool) -> Kit:
        wanted = Wanted(str(folder.resolve()), with_engines, forgiving, tuple(trust), deep)
        made = kits.get(wanted)
        new = _loaded(folder, wanted)
        if made and new.settings == made.kit.settings and _state(new.settings) == made.state:
            return made.kit
        if KEPT_ENGINES.issuperset(new.settings.engines):
            os.write(told, f"{json.dumps(asdict(wanted))}\n".encode())
        return new

    return opened


def _run(arguments: Sequence[str], opened: Callable[..., Kit]) -> int:
    """The exit code of a command, as a process of its own would have it."""
    from cannedkit.cli.main import main as program

    code: object = 0
    try:
        program.main(list(arguments), prog_name="cannedkit", obj=opened)
    except SystemExit as end:
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    return code if isinstance(code, int) else int(code is not None)


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2])
