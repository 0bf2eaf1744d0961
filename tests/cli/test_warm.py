"""`lint --server auto`: the same answer as without, sooner, from a process that is right also when files change."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cannedkit.cli.warm import link
from tests.conftest import Ran, Write

RULE = "extends: existence\nmessage: m\nlevel: error\ntokens: [awful]\n"
FOLDER = {
    "cannedkit.yaml": "packs: [Own]\nengines: {}\n",
    "rules/Own/Awful.yml": RULE,
    "d.txt": "It is awful, and dreadful.\n",
}
PLAIN = "from cannedkit.cli.program import main; main()"
ASKED = (
    "import sys; from cannedkit.cli.warm.client import ask; code = ask(sys.argv[1:]); "
    "sys.exit(99 if code is None else code)"
)

NOBODY = 99
"""The exit code of `ASKED` where no service took the command."""


@pytest.fixture
def home() -> Iterator[Mapping[str, str]]:
    """An environment with a folder of its own for the service, which ends with the test."""
    with TemporaryDirectory(prefix="warm-") as folder:
        yield {**os.environ, "XDG_RUNTIME_DIR": folder}
        for lock in Path(folder).rglob("*.lock"):
            with suppress(ProcessLookupError, ValueError):
                os.kill(int(lock.read_text()), signal.SIGTERM)


def _run(code: str, home: Mapping[str, str], folder: Path, *arguments: str, text: str | None = None) -> Ran:
    command = [sys.executable, "-c", code, "lint", *arguments]
    done = subprocess.run(command, cwd=folder, env=home, capture_output=True, text=True, timeout=60, input=text)
    return Ran(done.stdout, done.stderr, done.returncode)


def _served(home: Mapping[str, str], folder: Path, *arguments: str, text: str | None = None) -> Ran:
    """What the service answers; it is waited for while it starts or makes ready for the next."""
    end = time.monotonic() + 60
    while (ran := _run(ASKED, home, folder, *arguments, text=text)).code == NOBODY:
        assert time.monotonic() < end, "no service came"
        time.sleep(0.05)
    return ran


def _path(home: Mapping[str, str]) -> Path:
    command = [sys.executable, "-c", "from cannedkit.cli.warm.link import address; print(address())"]
    return Path(subprocess.run(command, env=home, capture_output=True, text=True, check=True).stdout.strip())


@pytest.mark.parametrize(
    "arguments",
    [
        ("d.txt",),
        ("--format", "json", "d.txt"),
        ("nowhere.txt",),
        ("--locale", "english", "d.txt"),
        ("-",),
        ("--help",),
    ],
)
def test_it_says_what_a_plain_run_says(write: Write, home: Mapping[str, str], arguments: tuple[str, ...]) -> None:
    """Output, errors and exit code are those of a run without it, for files and standard input, right or wrong."""
    folder = write(FOLDER)
    arguments = arguments if {"-", "nowhere.txt"} & {*arguments} else (*arguments, "d.txt")
    served = _served(home, folder, *arguments, text="It is awful.\n")
    plain = _run(PLAIN, home, folder, *arguments, text="It is awful.\n")
    if "json" not in arguments:
        assert _timeless(served) == _timeless(plain)
    assert served.code == plain.code
    assert served.err == plain.err


def _timeless(ran: Ran) -> list[str]:
    return [line.partition(". Checked")[0] for line in ran.out.splitlines()]


def test_what_changes_is_seen(write: Write, home: Mapping[str, str]) -> None:
    """A draft, a rule or a setting that changed since the service read it holds from the next run on."""
    folder = write(FOLDER)
    concise = ("--format", "concise", "d.txt")
    assert "Own.Awful" in _served(home, folder, *concise).out
    write({"d.txt": "It is fine, and dreadful.\n"})
    assert "Own." not in _served(home, folder, *concise).out
    write({"rules/Own/Dreadful.yml": RULE.replace("awful", "dreadful")})
    for _ in range(3):
        assert "Own.Dreadful" in _served(home, folder, *concise).out
    write({"cannedkit.yaml": "packs: [Own]\nengines: {}\nlevels: {Own.Dreadful: off}\n"})
    for _ in range(3):
        assert "Own." not in _served(home, folder, *concise).out


def test_folders_are_apart(write: Write, home: Mapping[str, str]) -> None:
    """One service answers for two catalogues, each by its own rules."""
    one = write({f"one/{name}": text for name, text in FOLDER.items()}) / "one"
    other = write({f"other/{name}": text.replace("awful", "dreadful") for name, text in FOLDER.items()}) / "other"
    for _ in range(2):
        assert "'awful'" not in _served(home, other, "--format", "concise", "d.txt").out
        assert ":1:7: error" in _served(home, one, "--format", "concise", "d.txt").out


def test_a_service_starts_by_itself(write: Write, home: Mapping[str, str]) -> None:
    """The first run answers by itself and starts one; without `--server auto`, or with `off`, none starts."""
    folder = write(FOLDER)
    for arguments in (("d.txt",), ("--server", "off", "d.txt"), ("--server", "auto", "--server=off", "d.txt")):
        assert _run(PLAIN, home, folder, *arguments).code == 1
        assert not list(_path(home).parent.iterdir())
    assert _run(PLAIN, home, folder, "--server", "auto", "d.txt").code == 1
    assert _served(home, folder, "d.txt").code == 1
    assert _run(PLAIN, {**home, "CANNEDKIT_SERVER": "auto"}, folder, "d.txt").code == 1


def test_one_stays(write: Write, home: Mapping[str, str]) -> None:
    """Of services that are started at once one serves, and the others end."""
    folder, path = write(FOLDER), _path(home)
    command = [sys.executable, "-m", "cannedkit.cli.warm.service", str(path), str(folder)]
    started = [subprocess.Popen(command, env=home) for _ in range(3)]
    _wait(path.exists)  # before that, who asks would start a fourth
    assert _served(home, folder, "d.txt").code == 1
    end = time.monotonic() + 60
    while sum(one.poll() is None for one in started) > 1 and time.monotonic() < end:
        time.sleep(0.05)
    alive = [one for one in started if one.poll() is None]
    assert [one.pid for one in alive] == [int(path.with_name(f"{path.name}.lock").read_text())]
    for one in alive:
        one.terminate()
        one.wait()


def test_nobody_comes(write: Write, home: Mapping[str, str]) -> None:
    """A service that nobody visits ends after the time that it has, and takes its address away."""
    folder, path = write(FOLDER), _path(home)
    serving = "import sys; from cannedkit.cli.warm.service import serve; serve(*sys.argv[1:], idle=0.2)"
    subprocess.run([sys.executable, "-c", serving, str(path), str(folder)], env=home, check=True, timeout=60)
    assert not path.exists()
    assert _run(ASKED, home, folder, "d.txt").code == NOBODY


def test_a_service_that_died(write: Write, home: Mapping[str, str]) -> None:
    """After a service was killed, its address still there, a run answers by itself, and the next service serves."""
    folder, path = write(FOLDER), _path(home)
    assert _served(home, folder, "d.txt").code == 1
    os.kill(int(path.with_name(f"{path.name}.lock").read_text()), signal.SIGKILL)
    assert _run(PLAIN, home, folder, "--server", "auto", "d.txt").code == 1
    assert _served(home, folder, "d.txt").code == 1


def test_who_asked_has_gone(write: Write, home: Mapping[str, str]) -> None:
    """Whoever is stopped while the service works for them leaves no process behind that works on."""
    folder, path = write(FOLDER), _path(home)
    assert _served(home, folder, "d.txt").code == 1
    reading, writing = os.pipe()
    command = [sys.executable, "-c", ASKED, "lint", "-"]
    asking = subprocess.Popen(command, cwd=folder, env=home, stdin=reading, stdout=subprocess.DEVNULL)
    service = int(path.with_name(f"{path.name}.lock").read_text())
    before = _wait(lambda: len(_children(service)) == 2 and _children(service))  # one reads, one waits for the next
    asking.kill()
    asking.wait()
    _wait(lambda: len(_children(service)) == 1)
    assert set(_children(service)) < set(before)
    os.close(reading)
    os.close(writing)


def _wait(met: Callable[[], list[int] | bool]) -> list[int]:
    """What is waited for, when it is there."""
    end = time.monotonic() + 30
    while not (found := met()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found if isinstance(found, list) else []


def _children(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def test_others_cannot_read_along(write: Write, home: Mapping[str, str]) -> None:
    """In a folder that others may enter there is no service: a run answers by itself."""
    place = Path(home["XDG_RUNTIME_DIR"]) / "cannedkit" / "warm"
    place.mkdir(parents=True)
    place.chmod(0o755)
    assert _run(PLAIN, home, write(FOLDER), "--server", "auto", "d.txt").code == 1
    assert not list(place.iterdir())


def test_half_a_request() -> None:
    """What is no request is told from one: too short, too long, without streams."""
    import socket

    for sent in (b"\0\0", b"\xff\xff\xff\xff", b"\0\0\0\x04{}"):
        here, there = socket.socketpair()
        with here, there:
            there.sendall(sent)
            there.shutdown(socket.SHUT_WR)
            with pytest.raises(ValueError, match="request"):
                link.receive(here, 0 if sent[:1] == b"\0" and len(sent) > 2 else 3)
