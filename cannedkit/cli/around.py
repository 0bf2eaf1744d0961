"""What stands around a catalogue on request: a job for CI, a hook of pre-commit, the settings of an editor."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from cannedkit.model.errors import VERSION
from cannedkit.model.settings import Settings

GITHUB = ".github/workflows/replies.yml"
GITLAB = ".gitlab-ci.yml"
PRE_COMMIT = ".pre-commit-config.yaml"
VSCODE = ".vscode/settings.json"
SCHEMAS = ".cannedkit"
"""The folder beside cannedkit.yaml that holds the schemas which an editor reads."""

JOBS: Mapping[str, str] = {"github": GITHUB, "gitlab": GITLAB}
"""What `--ci` takes -> the file that it writes."""

_GITHUB = """\
name: replies
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: python -m pip install --quiet cannedkit=={version}
      - run: {check}
"""

_GITLAB = """\
replies:
  image: python:3.12-slim
  before_script:
    - python -m pip install --quiet cannedkit=={version}
  script:
    - {check}
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""

_HOOKS = """\
repos:
  - repo: local
    hooks:
      - id: cannedkit-check
        name: cannedkit check
        entry: {check}
        language: python
        additional_dependencies: [cannedkit=={version}]
        files: {files}
        pass_filenames: false
"""

_CHECKS: Mapping[str, str] = {
    GITHUB: "cannedkit check --format github",
    GITLAB: "cannedkit check --format concise --output codequality=gl-code-quality-report.json",
    PRE_COMMIT: "cannedkit check --format concise",
}


def base(folder: Path) -> Path:
    """Where runners and editors look: the nearest folder upwards with a `.git`, else the catalogue's own."""
    whole = folder.resolve()
    return next((one for one in (whole, *whole.parents) if os.path.lexists(one / ".git")), whole)


def job(file: str, folder: Path) -> str:
    """The text of a file of `JOBS`, or of PRE_COMMIT, for the catalogue in a folder."""
    inside = os.path.relpath(folder.resolve(), base(folder))
    place = "" if inside == "." else f" {shlex.quote(inside)}"
    prefix = "" if inside == "." else re.escape(f"{Path(inside).as_posix()}/")
    names = rf"^{prefix}(cannedkit\.(yaml|lock|baseline)|facts\.yaml|offers\.yaml|(responses|rules)/.*)$"
    text = {GITHUB: _GITHUB, GITLAB: _GITLAB, PRE_COMMIT: _HOOKS}[file]
    return text.format(version=VERSION, check=json.dumps(_CHECKS[file] + place), files=json.dumps(names))


def editor(folder: Path, settings: Settings) -> Iterator[tuple[Path, str]]:
    """The files that tell an editor which schema is for which file: paths and texts."""
    from cannedkit.wire.schemas import SCHEMAS as KINDS
    from cannedkit.wire.schemas import schema

    root, top = folder.resolve(), base(folder)

    def seen(path: Path) -> str:
        return Path(os.path.relpath(path, top)).as_posix()

    replies, rules = seen(settings.catalogue), seen(settings.rules)
    globs = {
        "responses": [f"{replies}/**/*.yaml", f"!{replies}/variables.yaml"],
        "variables": [f"{replies}/variables.yaml"],
        "rules": [f"{rules}/**/*.yml"],
        **{name: [seen(root / f"{file}.yaml")] for name, file in _FILES.items()},
    }
    made = {f"./{seen(root / SCHEMAS / f'{name}.json')}": globs[name] for name in KINDS}
    yield top / VSCODE, f"{json.dumps({'yaml.schemas': made}, indent=2)}\n"
    for name in KINDS:
        yield root / SCHEMAS / f"{name}.json", f"{json.dumps(schema(name, settings), indent=1)}\n"


_FILES = {"settings": "cannedkit", "facts": "facts", "offers": "offers"}
