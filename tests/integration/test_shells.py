"""Shells complete our commands and options; the manual has a page for each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cannedkit.cli.main import COMMANDS

pytestmark = pytest.mark.checkout
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def _in_shell(shell: str, script: str) -> str:
    if not shutil.which(shell):
        pytest.skip(f"completion goes untried in {shell}, which is not here")
    start = {"zsh": ["zsh", "-f", "-c"], "bash": ["bash", "--norc", "-c"], "fish": ["fish", "--no-config", "-c"]}
    done = subprocess.run(
        [*start[shell], script], env={**os.environ, "PATH": PATH}, capture_output=True, text=True, timeout=60
    )
    assert done.stderr == ""
    return done.stdout


def test_bash_completes() -> None:
    """In bash a command and an option are completed by the function that the program prints."""
    script = (
        'eval "$(_CANNEDKIT_COMPLETE=bash_source cannedkit)"\n'
        "for words in 'cannedkit cov' 'cannedkit check --for'; do\n"
        "COMP_WORDS=($words); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()\n"
        '_cannedkit_completion cannedkit; echo "${COMPREPLY[@]}"\ndone'
    )
    assert _in_shell("bash", script).splitlines() == ["coverage", "--format"]


def test_zsh_takes_the_function() -> None:
    """Zsh reads the function and gives it to the program; completion itself asks the program as zsh would."""
    script = (
        'autoload -Uz compinit && compinit -D -u\neval "$(_CANNEDKIT_COMPLETE=zsh_source cannedkit)"\n'
        'echo "$_comps[cannedkit]"\n'
        'COMP_WORDS="cannedkit cov" COMP_CWORD=1 _CANNEDKIT_COMPLETE=zsh_complete cannedkit'
    )
    assert _in_shell("zsh", script).splitlines()[:3] == ["_cannedkit_completion", "plain", "coverage"]


def test_fish_completes() -> None:
    """In fish the command line itself is completed."""
    script = "_CANNEDKIT_COMPLETE=fish_source cannedkit | source\ncomplete --do-complete 'cannedkit cov'"
    assert [line.split("\t")[0] for line in _in_shell("fish", script).splitlines()] == ["coverage"]


def test_the_manual_has_a_page_for_each_command(tmp_path: Path) -> None:
    """Each command has a page with its options, and a formatter of manuals reads them all without a word."""
    root = Path(__file__).parents[2]
    folder = tmp_path / "man"
    subprocess.run([sys.executable, "-m", "scripts.manual", str(folder)], cwd=root, check=True, timeout=60)
    assert {f"cannedkit-{name}.1" for name in COMMANDS} | {"cannedkit.1"} <= {path.name for path in folder.iterdir()}
    assert r"\-\-no\-baseline" in (folder / "cannedkit-check.1").read_text()
    if not shutil.which("groff"):
        pytest.skip("the manual's pages go unformatted: there is no groff")
    for path in folder.iterdir():
        done = subprocess.run(["groff", "-ww", "-man", "-Tutf8", str(path)], capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, ""), path.name
