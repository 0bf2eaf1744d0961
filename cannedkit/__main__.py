"""`python -m cannedkit`: the program, where its own name is not on the path."""

from __future__ import annotations

from cannedkit.cli.program import main

main()
