"""What git says of a folder."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from cannedkit.model.errors import CannedkitError

PATIENCE = 300.0
"""Seconds that git may take for one answer; our own choice, for a long history."""

CONFLICT = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
"""What begins a line that git puts into a file where a merge was left open."""

_QUIET = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}


def git(folder: Path, *arguments: str, around: Mapping[str, str] | None = None) -> bytes:
    """What git prints; `around` are variables of its environment.

    Raises CannedkitError with git's own words. Nothing is fetched, no hook or monitor is run.
    """
    command = ["git", "-C", str(folder), "-c", "core.fsmonitor=false", "--no-pager", *arguments]
    try:
        ran = subprocess.run(  # noqa: S603
            command, env={**os.environ, **_QUIET, **(around or {})}, capture_output=True, check=False, timeout=PATIENCE
        )
    except FileNotFoundError:
        raise CannedkitError("git is not installed here, and only git can say what was committed") from None
    except subprocess.TimeoutExpired:
        raise CannedkitError(f"git {arguments[0]} took more than {PATIENCE:.0f} s") from None
    if ran.returncode:
        raise CannedkitError(f"git {arguments[0]}: {ran.stderr.decode('utf-8', 'replace').strip()}")
    return ran.stdout
