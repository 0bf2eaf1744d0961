"""Where the program starts: what a warm service can do is asked of it, before anything else is imported."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

VARIABLE = "CANNEDKIT_SERVER"
"""The variable of the environment that says what `--server` says where it is not given."""

OBJECTS = 50_000
"""New objects after which garbage is looked for; our own choice: a short run makes fewer, and they are no garbage."""


def main() -> None:
    """Run the command of the arguments of this process."""
    gc.set_threshold(OBJECTS, *gc.get_threshold()[1:])
    if _asks(sys.argv[1:], os.environ.get(VARIABLE, "")):
        from cannedkit.cli.warm.client import ask

        if (code := ask(sys.argv[1:])) is not None:
            sys.exit(code)
    from cannedkit.cli.main import main as program

    program(prog_name="cannedkit")


def _asks(arguments: Sequence[str], default: str) -> bool:
    """Whether a command is one for the service: `lint` with `--server auto`, the last where it is said twice."""
    if arguments[:1] != ["lint"]:
        return False
    said = default
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--server="):
            said = argument.partition("=")[2]
        elif argument == "--server":
            said = "".join(arguments[at + 1 : at + 2])
    return said == "auto"


if __name__ == "__main__":
    main()
