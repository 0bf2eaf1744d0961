"""The life of a LanguageTool server of our own: started once, shared by all processes of a user, and stopped.

Java is started here and not by language-tool-python: that one cannot pass the flags that make the server fast, gives
each process a server of its own, and retries a failed start on hundreds of ports without saying why it failed.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from cannedkit.engines.languagetool.client import Client
from cannedkit.model.errors import EngineError

VERSION = "6.8"
"""The version of LanguageTool that is installed; language-tool-python 3.4 has the same."""

START_SECONDS = 60.0
"""How long a start may take: 1.5 s on an idle machine, 5 s on a busy one."""

STOP_SECONDS = 10.0
"""How long the server may take to end when it is asked to, before it is made to."""

PATIENCE = 10.0
"""Seconds that a server which hung up gets to answer a small question, before it is replaced."""

MEMORY = "2g"
"""Java's heap: English and Dutch reach 1.4 GB in all, five languages 2.2 GB, and then it stays."""

_MAIN = "org.languagetool.server.HTTPServer"
_FLAGS = (
    f"-Xmx{MEMORY}",
    "-Dsun.net.httpserver.nodelay=true",  # without it each answer on an open connection waits 40 ms
)

_NAMED = """printf '{"pid": %s, %s' "$$" "$1" > "$2"; shift 2; exec "$@\""""
"""What a server does before it becomes Java: it says who it is. Its starter may be ended in that moment, and a server
that no state names would run for ever."""

REASONS: tuple[tuple[str, str], ...] = (
    ("UnsupportedClassVersionError", "it needs Java 17 or later, and the java that was found is older"),
    ("Address already in use", "its port is taken by another program: choose another one with --port"),
    (
        "is not a language code known to LanguageTool",
        "its jars must hold en, es, ca and pt, whatever languages are checked, and one is missing: "
        "`cannedkit languagetool install` fetches a whole set",
    ),
    (
        "Could not find or load main class",
        "its jars are not whole: `cannedkit languagetool install` fetches them again",
    ),
    ("OutOfMemoryError", f"there is too little memory: it may take {MEMORY}"),
    ("Could not reserve enough space", f"there is too little memory: it may take {MEMORY}"),
)
"""What a server that did not start left in its log -> what it means."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server of our own that runs: its process, its port on this machine, and the folder of its jars."""

    pid: int
    port: int
    jars: str

    @property
    def url(self) -> str:
        """Its address, for a client."""
        return f"http://127.0.0.1:{self.port}"


def home() -> Path:
    """The folder for jars, state and log: below XDG_CACHE_HOME or ~/.cache."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(base) / "cannedkit" / "languagetool"


def jars() -> Path:
    """The folder that `install` fills; `language-tool-python` would give it the same name."""
    return home() / f"LanguageTool-{VERSION}"


def log() -> Path:
    """What the server of our own wrote since its last start."""
    return home() / "server.log"


def installed() -> bool:
    """Whether there are jars."""
    return any(jars().glob("libs/languagetool-server*.jar")) or any(jars().glob("languagetool-server*.jar"))


def address() -> str:
    """The URL of the server of our own, which is started if it does not run. Raises EngineError."""
    return (running() or start()).url


def another(url: str) -> str:
    """The URL of a server of our own in place of the one at `url`, which hung up: started unless somebody did already.

    Raises EngineError.
    """
    with _alone():
        server = running()
        if server and server.url == url and not _answers(server, PATIENCE):
            _end(server.pid)
        return (running() or _started(0)).url


def running() -> Server | None:
    """The server of our own if its process lives, else None."""
    try:
        server = Server(**json.loads(_state().read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return server if _lives(server.pid) else None


def start(port: int = 0) -> Server:
    """The server that runs, or a new one on `port` (0: any that is free), ready to answer.

    Raises EngineError: no Java, no jars, port taken, or what the log says.
    """
    with _alone():
        server = running()
        if server is None:
            return _started(port)
        _wait(server)  # whoever started it may have been ended before it answered
        return server


def stop() -> Server | None:
    """End the server of our own; the one that was ended, None where none ran. Raises EngineError."""
    with _alone():
        server = running()
        if server:
            _end(server.pid)
        _state().unlink(missing_ok=True)
        return server


def memory(server: Server) -> int | None:
    """Bytes of memory that a server holds, None where this system does not say."""
    with suppress(OSError, ValueError):
        status = Path(f"/proc/{server.pid}/status").read_text("utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024
    return None


# -- starting -------------------------------------------------------------------------------------


def _started(port: int) -> Server:
    if not installed():
        raise EngineError(
            "languagetool is not installed: `cannedkit languagetool install` fetches it; or name a server that runs: "
            "`engines: {languagetool: {url: …}}`"
        )
    java = _java()
    server = Server(_spawn(java, port := port or _free_port(), _settings_files()), port, str(jars()))
    try:
        _wait(server)
    except BaseException:
        _end(server.pid)
        _state().unlink(missing_ok=True)
        raise
    return server


def _java() -> str:
    """The java to run. Raises EngineError."""
    own = Path(os.environ.get("JAVA_HOME") or "/nonexistent", "bin", "java")
    found = str(own) if os.path.isfile(own) else shutil.which("java")
    if found is None:
        raise EngineError(
            "languagetool needs Java 17 or later, and there is no `java` on the PATH: install a Java runtime, "
            "or name a server that runs elsewhere: `engines: {languagetool: {url: …}}`"
        )
    return found


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _settings_files() -> tuple[Path, Path]:
    """The server's own settings and those of its log, as files that stay while it runs."""
    paths = []
    for name in ("server.properties", "logback.xml"):
        path = home() / name
        path.write_text(resources.files(__package__).joinpath(name).read_text("utf-8"), "utf-8")
        paths.append(path)
    return paths[0], paths[1]


def _spawn(java: str, port: int, files: tuple[Path, Path]) -> int:
    """Start Java in a session of its own, so that Ctrl-C in a terminal does not end it; its process id."""
    properties, logging = files
    classes = ":".join(str(part) for part in (jars(), jars() / "*", jars() / "libs" / "*"))
    command = [java, *_FLAGS, f"-Dlogback.configurationFile={logging}", "-cp", classes, _MAIN]
    command += ["--port", str(port), "--config", str(properties)]
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(log()), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    if not os.access(java, os.X_OK):
        raise EngineError(f"languagetool needs Java, and {java} cannot be run: {os.strerror(errno.EACCES)}")
    told = json.dumps({"port": port, "jars": str(jars())})[1:]
    command = ["/bin/sh", "-c", _NAMED, "sh", told, str(_state()), *command]
    try:
        return os.posix_spawn(command[0], command, os.environ, file_actions=actions, setsid=True)
    except OSError as error:
        raise EngineError(f"languagetool cannot be started: {error.strerror}") from None


def _wait(server: Server) -> None:
    """Come back when the server answers. Raises EngineError where it ends instead, or takes too long."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if not _lives(server.pid):
            raise EngineError(f"languagetool did not start: {_reason()}")
        if _answers(server, 1.0):
            return
        time.sleep(0.1)
    raise EngineError(f"languagetool did not answer within {START_SECONDS:.0f} s of its start: {_reason()}")


def _answers(server: Server, seconds: float) -> bool:
    with suppress(EngineError):
        return bool(Client(server.url).version(seconds))
    return False


def _reason() -> str:
    """What the log says of a failed start."""
    try:
        said = log().read_text("utf-8", "replace")
    except OSError:
        said = ""
    for sign, meaning in REASONS:
        if sign in said:
            return meaning
    lines = [line.strip() for line in said.splitlines() if re.search(r"(?i)error|exception", line)]
    lines = lines or [line.strip() for line in said.splitlines() if line.strip()]
    return f"{lines[0][:200] if lines else 'it said nothing'} (its log is {log()})"


# -- processes ------------------------------------------------------------------------------------


def _state() -> Path:
    return home() / "server.json"


def _lives(pid: int) -> bool:
    """Whether a process is a LanguageTool server: the number may have gone to another program by now."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # if it is a child of ours that ended, let it go
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    folder = Path(f"/proc/{pid}")
    try:
        command = (folder / "cmdline").read_text("utf-8", "replace")
        ended = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return not os.path.exists(Path("/proc/self"))
    return not ended and (_MAIN in command or not command)  # it has no command in the moment that it becomes Java


def _end(pid: int) -> None:
    """Come back when a process has ended, made to if it must be, and nothing of it is left."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.kill(pid, sign)
        until = time.monotonic() + STOP_SECONDS
        while time.monotonic() < until:
            if not _lives(pid):
                with suppress(ChildProcessError):
                    os.waitpid(pid, 0)
                return
            time.sleep(0.02)


@contextmanager
def _alone() -> Iterator[None]:
    """Holds the lock that lets one process at a time start or stop the server. Raises EngineError."""
    import fcntl

    try:
        home().mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (home() / "server.lock").open("a")
    except OSError as error:
        raise EngineError(f"languagetool has no place to work in: {home()}: {error.strerror}") from None
    with lock:
        until = time.monotonic() + START_SECONDS + 2 * STOP_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise EngineError(f"another process keeps {lock.name} locked: end it and try again") from None
                time.sleep(0.05)
        yield
