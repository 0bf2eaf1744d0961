"""What an editor shows of a catalogue's files: the YAML language server itself, fed with our schemas."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO, Any

import pytest

from cannedkit import settings as settingsfile
from cannedkit.wire.schemas import SCHEMAS, schema
from tests.npm import program
from tests.test_keys import _written
from tests.wire.badfiles import BAD, DECLARED
from tests.wire.test_schemas import FILES, ROOT

pytestmark = pytest.mark.checkout

SECONDS = 120
AT_ONCE = 20
"""Files: what the server says of so many fits into a pipe that nobody reads yet."""


@dataclass(frozen=True)
class Editor:
    """A language server that runs, as an editor talks to it."""

    send: IO[bytes]
    receive: IO[bytes]
    settings: dict[str, Any]

    def say(self, method: str, params: Any, number: int | None = None) -> None:
        """Send a request with a number, or a notification without."""
        asked = {"jsonrpc": "2.0", "method": method, "params": params}
        self._write({**asked, "id": number} if number is not None else asked)

    def opened(self, paths: Sequence[Path]) -> dict[str, list[dict[str, Any]]]:
        """The diagnostics of files that are opened, by name; a few at once, for the server waits before it looks."""
        found: dict[str, list[dict[str, Any]]] = {}
        for start in range(0, len(paths), AT_ONCE):
            names = {path.as_uri(): path.name for path in paths[start : start + AT_ONCE]}
            for path in paths[start : start + AT_ONCE]:
                text = path.read_text(encoding="utf-8")
                document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
                self.say("textDocument/didOpen", {"textDocument": document})
            for message in self.messages() if names else ():
                if message.get("method") == "textDocument/publishDiagnostics":
                    found[names.pop(message["params"]["uri"])] = message["params"]["diagnostics"]
                if not names:
                    break
        assert len(found) == len(paths), "the server ended"
        return found

    def messages(self) -> Iterator[dict[str, Any]]:
        """What the server says; its questions about settings are answered."""
        while header := self.receive.readline():
            length = int(header.split(b":")[1])
            while self.receive.readline().strip():
                pass
            message = json.loads(self.receive.read(length))
            if "id" in message and "method" in message:
                sections = [item.get("section") for item in message["params"].get("items", ())]
                answer = [self.settings if section == "yaml" else None for section in sections]
                self._write({"jsonrpc": "2.0", "id": message["id"], "result": answer or None})
            yield message

    def _write(self, message: dict[str, Any]) -> None:
        data = json.dumps(message).encode()
        self.send.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.send.flush()


@contextmanager
def _editor(server: Path, root: Path, schemas: dict[str, str]) -> Iterator[Editor]:
    """A server for a folder, in which schemas are for the files of some patterns."""
    own = {"validate": True, "schemas": schemas, "schemaStore": {"enable": False}}
    with subprocess.Popen(
        ["node", str(server), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as ran:
        limit = Timer(SECONDS, ran.kill)
        limit.start()
        try:
            assert ran.stdin
            assert ran.stdout
            editor = Editor(ran.stdin, ran.stdout, own)
            able = {"workspace": {"configuration": True}, "textDocument": {"publishDiagnostics": {}}}
            editor.say("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": able}, 1)
            next(message for message in editor.messages() if message.get("id") == 1)
            editor.say("initialized", {})
            editor.say("workspace/didChangeConfiguration", {"settings": {"yaml": own}})
            yield editor
        finally:
            limit.cancel()
            ran.kill()


def test_an_editor_shows_what_is_wrong(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Each bad file has a red line, our own files have none: what the server makes of patterns and `if` is ours."""
    server = program(request.config, "yaml-language-server", "1.25.0", "bin/yaml-language-server")
    root = _written(tmp_path, DECLARED)
    own, declared = settingsfile.load(ROOT / "cannedkit.yaml"), settingsfile.load(root / "cannedkit.yaml")
    schemas: dict[str, str] = {}
    for side, known in (("ours", own), ("theirs", declared)):
        for name in SCHEMAS:
            path = tmp_path / f"{side}-{name}.json"
            path.write_text(json.dumps(schema(name, known)), encoding="utf-8")
            schemas[path.as_uri()] = f"**/{side}/{name}/*"
    bad = [_put(tmp_path / "theirs" / name / f"{number}.yaml", text) for number, (name, text) in enumerate(BAD)]
    good = [_put(tmp_path / "theirs" / name / f"{name}.yaml", DECLARED[FILES[name]]) for name in ("facts", "offers")]
    for path in sorted((ROOT / "responses").glob("*.yaml")):
        name = "variables" if path.stem == "variables" else "responses"
        good.append(_put(tmp_path / "ours" / name / path.name, path.read_text(encoding="utf-8")))
    rules = sorted((ROOT / "rules").glob("*/*.yml"))[::10]
    good += [_put(tmp_path / "ours" / "rules" / f"{path.parent.name}.{path.name}", path.read_text()) for path in rules]
    good.append(_put(tmp_path / "ours" / "settings" / "own.yaml", (ROOT / "cannedkit.yaml").read_text("utf-8")))
    with _editor(server, tmp_path, schemas) as editor:
        assert [name for name, found in editor.opened(bad).items() if not found] == []
        assert {name: found for name, found in editor.opened(good).items() if found} == {}


def _put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
