"""Go modules that tests read and run: fetched by Go itself; left out with a word where it is not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest


def module(path: str, version: str) -> Path:
    """The folder of a module's source. Skips the test where it cannot be had."""
    done = _go("mod", "download", "-json", f"{path}@{version}", name=path)
    return Path(json.loads(done)["Dir"])


def built(config: pytest.Config, path: str, version: str, package: str) -> Path:
    """A program of a module, built once into pytest's own cache. Skips the test where it cannot be had."""
    assert config.cache is not None
    folder = config.cache.mkdir(f"go-{path.replace('/', '-')}-{version}")
    program = folder / package.rpartition("/")[2]
    if not program.exists():
        _go("install", f"{path}/{package}@{version}", name=path, GOBIN=str(folder))
    return program


def _go(*arguments: str, name: str, **more: str) -> str:
    if not shutil.which("go"):
        pytest.skip(f"{name} goes untried: it needs Go")
    done = subprocess.run(["go", *arguments], env={**os.environ, **more}, capture_output=True, text=True, timeout=600)
    if done.returncode:
        pytest.skip(f"{name} goes untried: Go cannot get it: {done.stderr.strip()[-200:]}")
    return done.stdout
