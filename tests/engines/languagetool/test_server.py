"""A server of our own: installed, started, shared and stopped, with a Java and a Maven that are scripts."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path

import pytest

from cannedkit.engines.languagetool import engine as languagetool
from cannedkit.engines.languagetool import install as languagetoolinstall
from cannedkit.engines.languagetool import server as languagetoolserver
from cannedkit.model.draft import Draft
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Vocabulary
from tests.conftest import Run

SERVER = '''#!{python}
"""Answers as LanguageTool does, as far as a client can tell."""
import json, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        codes = [{{"code": code, "longCode": code + "-XX"}} for code in "nl en de es fr ca pt".split()]
        self.say(codes if "languages" in self.path else {{"software": {{"version": "6.8"}}}})
    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        print(form["language"][0], flush=True)
        self.say({{"language": {{"code": form["language"][0]}}, "matches": []}})
    def say(self, answer):
        content = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
    def log_message(self, *arguments):
        pass

print(" ".join(sys.argv[1:]), flush=True)
ThreadingHTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Handler).serve_forever()
'''


Tool = Callable[[str, str], None]


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tool:
    """Make a program of a name and a script, the only one on the PATH beside those of the system's `bin` we need."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("JAVA_HOME", raising=False)

    def made(name: str, script: str) -> None:
        path = folder / name
        path.write_text(script)
        path.chmod(0o755)

    return made


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache folder; a server that was started with it ends with the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    yield tmp_path / "cache"
    languagetoolserver.stop()


@pytest.fixture
def jars(cache: Path) -> Path:
    """A folder of jars that looks installed."""
    path = languagetoolserver.jars() / "libs" / "languagetool-server-6.8.jar"
    path.parent.mkdir(parents=True)
    path.touch()
    return languagetoolserver.jars()


@pytest.fixture
def java(tool: Tool, jars: Path) -> None:
    """A java that runs a small server."""
    tool("java", SERVER.format(python=sys.executable))


# -- starting and stopping ------------------------------------------------------------------------


@pytest.mark.usefixtures("java")
def test_a_server_is_started_once_and_shared() -> None:
    """Threads that need a server at the same time get the same one, and its log says how it runs."""
    with ThreadPoolExecutor(4) as pool:
        servers = set(pool.map(lambda _: languagetoolserver.start(), range(4)))
    assert len(servers) == 1
    [server] = servers
    assert languagetoolserver.running() == server
    assert languagetoolserver.address() == server.url
    said = languagetoolserver.log().read_text()
    assert "-Dsun.net.httpserver.nodelay=true" in said
    assert str(languagetoolserver.jars() / "libs" / "*") in said
    assert "pipelineCaching=true" in (languagetoolserver.home() / "server.properties").read_text()


@pytest.mark.usefixtures("java")
def test_processes_share_a_server() -> None:
    """Processes that need a server at the same time get the same one, and it outlives them."""
    script = (
        "from cannedkit.engines.languagetool import server as languagetoolserver; print(languagetoolserver.address())"
    )
    running = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = {process.communicate(timeout=60)[0].strip() for process in running}
    server = languagetoolserver.running()
    assert server
    assert said == {server.url}


@pytest.mark.usefixtures("java")
def test_a_server_is_stopped() -> None:
    """After `stop` its process is gone and nothing is said to run; a second `stop` does nothing."""
    server = languagetoolserver.start()
    assert languagetoolserver.stop() == server
    with pytest.raises(ProcessLookupError):
        os.kill(server.pid, 0)
    assert languagetoolserver.running() is None
    assert languagetoolserver.stop() is None


@pytest.mark.usefixtures("java")
def test_an_engine_of_our_own_starts_it_and_starts_it_again() -> None:
    """The first check starts the server, opening the engine does not; when it was stopped, the next check starts it."""
    opened = languagetool.open({}, Vocabulary())
    assert languagetoolserver.running() is None
    assert opened.check(Draft("All is well.")) == []
    first = languagetoolserver.stop()
    assert first
    assert opened.check(Draft("All is well.")) == []
    second = languagetoolserver.running()
    assert second
    assert second.pid != first.pid


@pytest.mark.usefixtures("java")
def test_a_server_that_was_killed_is_replaced_in_the_same_check() -> None:
    """A server that dies under a check is started again once; the check then gives its findings."""
    opened = languagetool.open({}, Vocabulary())
    opened.check(Draft("All is well."))
    server = languagetoolserver.running()
    assert server
    os.kill(server.pid, 9)
    assert opened.check(Draft("All is well.")) == []


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize("state", ["", "{", "[]", '{"pid": 1}', '{"pid": 1, "port": 9, "jars": ""}'])
def test_a_stale_state_is_nothing(state: str) -> None:
    """A state file that is broken, or names a process that is another program, counts as no server."""
    (languagetoolserver.home() / "server.json").write_text(state)
    assert languagetoolserver.running() is None
    assert languagetoolserver.stop() is None


# -- what fails -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("tool", "jars")
def test_without_java_the_error_says_so() -> None:
    """No Java on the PATH: the check fails with what to install, or what to write instead."""
    with pytest.raises(EngineError, match=r"needs Java 17 or later, and there is no `java` .*url"):
        languagetool.open({}, Vocabulary()).check(Draft("All is well."))


@pytest.mark.usefixtures("tool", "cache")
def test_without_jars_the_error_says_so() -> None:
    """Nothing installed: the check fails with the command that installs it."""
    with pytest.raises(EngineError, match="`cannedkit languagetool install` fetches it"):
        languagetool.open({}, Vocabulary()).check(Draft("All is well."))


@pytest.mark.usefixtures("jars")
@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("java.lang.UnsupportedClassVersionError: class file version 61.0", "Java 17 or later"),
        ("Caused by: java.net.BindException: Address already in use", "taken by another program"),
        ("Exception in thread main: 'es' is not a language code known to LanguageTool", "must hold en, es, ca and pt"),
        ("Error: Could not find or load main class org.languagetool.server.HTTPServer", "not whole"),
        ("Error: out of luck", "Error: out of luck .its log is "),
        ("", "it said nothing .its log is "),
    ],
)
def test_a_start_that_fails_says_what_the_log_says(tool: Tool, log: str, said: str) -> None:
    """A server that ends at once is an error at once, with the reason and not a time-out."""
    tool("java", f"#!/bin/sh\necho 'Setting up'\ncat <<'END'\n{log}\nEND\nexit 1\n" if log else "#!/bin/sh\nexit 1\n")
    os.environ["PATH"] += ":/usr/bin:/bin"
    began = time.monotonic()
    with pytest.raises(EngineError, match=f"did not start: .*{said}"):
        languagetoolserver.start()
    assert time.monotonic() - began < 5
    assert languagetoolserver.running() is None


@pytest.mark.usefixtures("jars")
def test_a_start_that_hangs_is_ended(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that never answers is an error in time, and its process is not left behind."""
    tool("java", f"#!{sys.executable}\nimport os, time\nprint(os.getpid(), flush=True)\ntime.sleep(60)\n")
    monkeypatch.setattr(languagetoolserver, "START_SECONDS", 0.7)
    with pytest.raises(EngineError, match="did not answer within 1 s of its start"):
        languagetoolserver.start()
    pid = int(languagetoolserver.log().read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.usefixtures("jars")
def test_a_java_that_cannot_be_run_is_an_error(tool: Tool) -> None:
    """A file named java that is no program is an error that names it."""
    tool("java", "neither a script nor a program")
    with pytest.raises(EngineError, match=r"did not start: .*java"):
        languagetoolserver.start()


@pytest.mark.usefixtures("java")
def test_a_lock_that_is_kept_is_an_error_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another process never ends its start, we say so instead of waiting for ever."""
    import fcntl

    monkeypatch.setattr(languagetoolserver, "START_SECONDS", 0.2)
    monkeypatch.setattr(languagetoolserver, "STOP_SECONDS", 0.1)
    with (languagetoolserver.home() / "server.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(EngineError, match="locked"):
            languagetoolserver.start()


def test_a_home_that_cannot_be_written_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder that is a file is an error that names it."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(EngineError, match="no place to work in"):
        languagetoolserver.stop()


# -- installing -----------------------------------------------------------------------------------


MAVEN = """#!/bin/sh
for word in "$@"; do case "$word" in -DoutputDirectory=*) out="${word#-DoutputDirectory=}";; esac; done
mkdir -p "$out"
cp pom.xml "$out"
touch "$out/languagetool-server-6.8.jar"
"""


def test_maven_fetches_the_languages(tool: Tool, cache: Path) -> None:
    """Maven gets a file that asks for the server without its 30 languages, those we ship, and those asked for."""
    tool("mvn", MAVEN)
    os.environ["PATH"] += ":/usr/bin:/bin"
    said: list[str] = []
    folder = languagetoolinstall.install(["pl"], said.append)
    pom = (folder / "libs" / "pom.xml").read_text()
    assert folder.is_relative_to(cache)
    assert languagetoolserver.installed()
    assert [f"language-{code}<" in pom for code in ("en", "nl", "de", "es", "fr", "ca", "pt", "pl")] == [True] * 8
    assert f"<languagetool.version>{languagetoolserver.VERSION}<" in pom
    assert "language-all<" in pom.partition("<exclusions>")[2].partition("</exclusions>")[0]
    assert "Maven" in said[0]
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith("install-")] == []


def test_an_install_that_fails_leaves_what_was_there(tool: Tool, jars: Path) -> None:
    """When Maven fails, its own reason is told and the jars that were there can still be used."""
    tool("mvn", "#!/bin/sh\necho '[ERROR] Failed to execute goal: no network'\nexit 1\n")
    with pytest.raises(EngineError, match="Maven could not fetch languagetool: Failed to execute goal: no network"):
        languagetoolinstall.install()
    assert (jars / "libs" / "languagetool-server-6.8.jar").exists()
    assert [path.name for path in jars.parent.iterdir() if path.name.startswith("install-")] == []


@pytest.mark.usefixtures("tool", "cache")
def test_without_maven_the_zip_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Maven language-tool-python fetches the zip, into our folder; what it raises is one clear error."""
    from language_tool_python import download_lt

    def download(self: download_lt.LocalLanguageTool) -> None:
        folder = Path(os.environ["LTP_PATH"]) / f"LanguageTool-{self.version_name}"
        folder.mkdir()
        (folder / "languagetool-server.jar").touch()

    def fail(self: download_lt.LocalLanguageTool) -> None:
        raise ConnectionError("no network")

    monkeypatch.delenv("LTP_PATH", raising=False)
    monkeypatch.setattr(download_lt.ReleaseLocalLanguageTool, "download", fail)
    with pytest.raises(EngineError, match=r"could not fetch languagetool \(no network\): install Maven"):
        languagetoolinstall.install()
    assert not languagetoolserver.installed()
    monkeypatch.setattr(download_lt.ReleaseLocalLanguageTool, "download", download)
    languagetoolinstall.install()
    assert languagetoolserver.installed()
    assert "LTP_PATH" not in os.environ


def test_the_version_is_the_same_everywhere() -> None:
    """The Maven file, our own constant and language-tool-python name one version."""
    from language_tool_python.download_lt import LTP_DOWNLOAD_VERSION

    pom = resources.files("cannedkit.engines.languagetool").joinpath("pom.xml").read_text("utf-8")
    assert f"<languagetool.version>{languagetoolserver.VERSION}</languagetool.version>" in pom
    assert LTP_DOWNLOAD_VERSION == languagetoolserver.VERSION


# -- the commands ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("java")
def test_the_commands_tell_the_life_of_a_server(run: Run, tmp_path: Path) -> None:
    """`start` warms up for the locales of the settings, `status` shows what runs, `stop` ends it."""
    (tmp_path / "cannedkit.yaml").write_text("locales: [en, nl, th]\n")
    assert run("languagetool", "status", cwd=tmp_path).out == "LanguageTool is installed, but does not run.\n"
    started = run("languagetool", "start", cwd=tmp_path)
    assert started.code == 0
    assert started.out.startswith("LanguageTool runs at http://127.0.0.1:")
    assert languagetoolserver.log().read_text().splitlines()[1:] == ["en-US", "nl"]
    status = run("languagetool", "status", cwd=tmp_path).out.splitlines()
    assert status[0].startswith("LanguageTool 6.8 runs at http://127.0.0.1:")
    assert status[1] == "languages: ca de en es fr nl pt"
    assert run("languagetool", "stop", cwd=tmp_path).out.startswith("Stopped LanguageTool (process ")
    assert run("languagetool", "stop", cwd=tmp_path).out == "No LanguageTool of ours is running.\n"


@pytest.mark.checkout
@pytest.mark.usefixtures("java")
def test_the_page_prints_what_it_shows(run: Run, tmp_path: Path) -> None:
    """The commands of the page about LanguageTool print what stands below them, but for ports and processes."""
    page = (Path(__file__).parents[3] / "docs" / "languagetool.md").read_text(encoding="utf-8")
    [console] = re.findall(r"```console\n(.*?)```", page, re.DOTALL)
    [settings] = re.findall(r"```yaml\n# cannedkit.yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "cannedkit.yaml").write_text(settings)
    shown = dict(re.findall(r"\$ cannedkit (.*)\n((?:[^$].*\n)*)", console))
    assert list(shown) == [f"languagetool {word}" for word in ("install", "start", "status", "stop")]
    for command, wanted in list(shown.items())[1:]:
        printed = run(*command.split(), cwd=tmp_path).out
        assert _without_numbers(printed).startswith(_without_numbers(wanted)), command


def _without_numbers(text: str) -> str:
    """What a command printed, each port and process as 0."""
    return re.sub(r"(?<=:)\d+|(?<=process )\d+", "0", text)


@pytest.mark.usefixtures("java")
def test_start_takes_the_port_it_is_given(run: Run) -> None:
    """`start --port` listens there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert run("languagetool", "start", "--port", str(port)).out.startswith(
        f"LanguageTool runs at http://127.0.0.1:{port} "
    )


@pytest.mark.usefixtures("tool", "cache")
def test_commands_fail_with_2(run: Run) -> None:
    """What cannot be started ends with code 2 and one line on stderr; an unknown language names the nearest."""
    ran = run("languagetool", "start")
    assert ran.code == 2
    assert ran.err.startswith("cannedkit: languagetool is not installed")
    assert ran.err.count("\n") == 1
    assert run("languagetool", "status").out == "LanguageTool is not installed.\n"
    ran = run("languagetool", "install", "--language", "ptt")
    assert ran.code == 2
    assert "did you mean `pt`?" in ran.err
