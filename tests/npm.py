"""Programs from npm that tests run: installed once, into pytest's own cache; left out with a word where npm is not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def program(config: pytest.Config, package: str, version: str, path: str) -> Path:
    """The file `path` of an npm package, installed if it is not there yet. Skips the test where it cannot be had."""
    if not shutil.which("npm") or not shutil.which("node"):
        pytest.skip(f"{package} goes untried: it needs Node.js with npm")
    assert config.cache is not None
    folder = config.cache.mkdir(f"npm-{package.replace('/', '-')}-{version}")
    file = folder / "node_modules" / package / path
    if not file.exists():
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
        done = subprocess.run([*command, f"{package}@{version}"], capture_output=True, text=True, timeout=300)
        if done.returncode or not file.exists():
            pytest.skip(f"{package} goes untried: npm cannot install it: {done.stderr.strip()[:200]}")
    return file
