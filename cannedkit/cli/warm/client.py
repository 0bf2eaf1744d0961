"""Who asks: hand a command to the warm service, start one where there is none."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence

from cannedkit.cli.warm import link

PATIENCE = 0.5
"""Seconds to wait for a service that does not take the command before it is run here; our own choice."""

BROKEN = 2
"""The exit code where the service ended in the middle of the command."""


def ask(arguments: Sequence[str]) -> int | None:
    """The exit code of a command that the service ran on the streams of this process; None: nobody did, run it here."""
    path = link.address()
    if path is None or None in (sys.stdin, sys.stdout, sys.stderr):
        return None
    try:
        with socket.socket(socket.AF_UNIX) as service:
            service.settimeout(PATIENCE)
            service.connect(path)
            link.send(service, _request(arguments), (0, 1, 2))
            if service.recv(1) != link.READY:
                return None
            service.sendall(link.GO)
            return _ended(service)
    except (FileNotFoundError, ConnectionRefusedError):
        _start(path)
    except (OSError, ValueError):
        pass
    return None


def _request(arguments: Sequence[str]) -> dict[str, object]:
    return {
        "program": link.program(),
        "arguments": list(arguments),
        "folder": os.getcwd(),
        "environment": dict(os.environ),
        "encodings": [[stream.encoding, stream.errors] for stream in (sys.stdin, sys.stdout, sys.stderr)],
    }


def _ended(service: socket.socket) -> int:
    """The exit code of a command that runs."""
    service.settimeout(None)
    try:
        code = service.recv(1)
    except OSError:
        code = b""
    except KeyboardInterrupt:
        return 130
    if not code:
        print("cannedkit: the warm service ended before the command did: run it again", file=sys.stderr)
        return BROKEN
    return code[0]


def _start(path: str) -> None:
    """Start a service for later, where none starts already; of several that are started at once one stays."""
    import subprocess

    try:
        with link.alone(path):
            pass
    except OSError:
        return
    command = [sys.executable, "-m", "cannedkit.cli.warm.service", path, os.getcwd()]
    nothing = subprocess.DEVNULL
    subprocess.Popen(  # noqa: S603  # its folder is no repository's, whose modules would go before ours
        command, cwd="/", stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
    )
