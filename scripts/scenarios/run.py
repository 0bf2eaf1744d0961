"""What the scenarios share: a repository that a stranger wrote, the program run in it, and what must hold of the run.

A try is "" where it held, else what went wrong. The program runs in a process of its own that was forked from this one,
with everything imported, so that hundreds of tries take a minute; its memory and time are limited.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from cannedkit.kinds import KINDS

SECRET = "zyxwv"  # noqa: S105  # what stands outside of the repository; no output may repeat it
"""The word of the files outside."""

SECONDS, BYTES = 20.0, 1_000_000_000
"""CPU time and memory that a run may take: above what any limit of cannedkit allows a single draft."""

REPOSITORY: Mapping[str, str] = {
    "cannedkit.yaml": "packs: [Own]\nengines: {}\n",
    "rules/Own/Awful.yml": "extends: existence\nmessage: \"'%s'\"\nlevel: error\ntokens: [awful]\n",
    "responses/own.yaml": "a: It is awful.\n",
    "d.txt": "It is awful.\n",
}
"""A catalogue with one finding."""

Tries = Iterator[str]
Scenario = Callable[["Place"], Tries]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run printed, its exit code (negative: the signal that ended it), and its seconds of CPU time."""

    out: str
    err: str
    code: int
    seconds: float

    @property
    def json(self) -> Any:
        """What stands on stdout, read; {} where it is no JSON."""
        try:
            return json.loads(self.out)
        except ValueError:
            return {}

    @property
    def rules(self) -> list[str]:
        """The rules that found something, as JSON tells."""
        return [one["rule"] for one in self.json.get("findings", ())]

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The entries of `errors` in JSON."""
        return list(self.json.get("errors", ()))


@dataclass(frozen=True)
class Place:
    """Where a scenario works: a folder of its own, in which each try has one."""

    home: Path
    numbers: Iterator[int] = field(default_factory=count)

    def new(self, files: Mapping[str, str | bytes] | None = None, *, without: Sequence[str] = ()) -> Path:
        """A new repository: `REPOSITORY` with other files over it."""
        root = self.home / str(next(self.numbers))
        for name, text in {**REPOSITORY, **(files or {})}.items():
            if name not in without:
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        (root / ".git").mkdir(parents=True, exist_ok=True)
        return root

    def outside(self) -> Path:
        """A folder beside the repositories with the secret in each kind of file."""
        folder = self.home / "outside"
        if not folder.is_dir():
            folder.mkdir()
            for name in ("a.yaml", "R.yml", "words.txt", "own.aff", "facts.yaml", "accept.txt", "draft.txt"):
                (folder / name).write_text(f"{SECRET}: {{{SECRET}: [{SECRET}\n")
            (folder / "own.dic").write_text(f"1\n{SECRET}\n")
        return folder

    def run(
        self,
        root: Path,
        *command: str,
        stdin: bytes | None = None,
        most_bytes: int = BYTES,
        before: Callable[[], Any] = bool,
        piped: bool = False,
    ) -> Ran:
        """`cannedkit COMMAND` in `root`; `before` runs in its process first; `piped`: its report goes to a pipe."""
        streams = [self.home / name for name in ("in", "out", "err")]
        streams[0].write_bytes(stdin or b"")
        reader, writer = os.pipe() if piped else (-1, -1)
        process = os.fork()
        if not process:
            _in_child(root, command, streams, most_bytes, before, self.home, writer)
        if piped:
            os.close(writer)
            with os.fdopen(reader, "rb") as answer:
                streams[1].write_bytes(answer.read())
        _, status, used = os.wait4(process, 0)
        out, err = (path.read_text("utf-8", "surrogateescape") for path in streams[1:])
        return Ran(out, err, os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime)


def _in_child(
    root: Path,
    command: Sequence[str],
    streams: Sequence[Path],
    most_bytes: int,
    before: Callable[[], Any],
    home: Path,
    writer: int,
) -> None:
    """Run a command in this process, which ends with it; its output goes to `writer` where there is one."""
    code = 99
    try:
        os.chdir(root)
        os.environ.update(XDG_CACHE_HOME=str(home / "cache"), XDG_CONFIG_HOME=str(home / "config"), CANNEDKIT_TRUST="")
        for number, path in enumerate(streams):
            os.dup2(os.open(path, os.O_RDONLY if number == 0 else os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
        if writer >= 0:
            os.dup2(writer, 1)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, "r" if number == 0 else "w") for number in range(3))
        now = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (now + most_bytes, now + most_bytes))
        signal.alarm(120)
        before()
        from cannedkit.cli.main import main

        main(list(command))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:
        import traceback

        with suppress(Exception):
            traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(Exception):
                stream.flush()
        os._exit(code)


def warm() -> None:
    """Import what commands import late, so that each run starts with it."""
    for name in (
        *("check", "coverage", "init", "languagetool", "lint", "rules", "show"),
        *("kit", "review.review", "catalogue.load", "vale.lint", "markdown.views", "template.render", "trial.trace"),
    ):
        import_module(f"cannedkit.{name}" if "." in name or name == "kit" else f"cannedkit.cli.{name}")
    for kind in KINDS.values():
        import_module(kind)
    for library in ("ahocorasick_rs", "babel", "harper", "icu4py", "liquid", "regex", "spacy"):
        import_module(library)


# -- what must hold -----------------------------------------------------------------------------


def sound(ran: Ran, code: int | None = 2, seconds: float = SECONDS) -> str:
    """What is wrong with a run at all: a traceback, another code, too much time, something of outside."""
    said = ran.out + ran.err
    if ran.code < 0:
        return f"it was ended by signal {-ran.code}"
    if "Traceback" in said or "fault of cannedkit" in said:
        return f"a traceback: {said[-200:]!r}"
    if code is not None and ran.code != code:
        return f"exit {ran.code}: {said[-200:]!r}"
    if SECRET in said:
        return "it tells what stands outside"
    return f"it took {ran.seconds:.1f} s" if ran.seconds > seconds else ""


def told(ran: Ran, *words: str, code: int = 2, seconds: float = SECONDS) -> str:
    """`sound`, and one of some words is said."""
    missing = words and not any(word in ran.out + ran.err for word in words)
    return sound(ran, code, seconds) or (f"it does not say {words}: {(ran.out + ran.err)[-200:]!r}" if missing else "")


def refused(ran: Ran, path: str, *words: str, others: Sequence[str] = (), seconds: float = SECONDS) -> str:
    """`told` of a run with `--format json`: a file is an entry of `errors`, and what other rules found stands there."""
    if wrong := told(ran, *words, seconds=seconds):
        return wrong
    if not any(one.get("path", "").startswith(path) for one in ran.errors):
        return f"{path} is no error: {ran.out[-200:]!r}"
    return "" if set(others) <= set(ran.rules) else f"others found {ran.rules}"
