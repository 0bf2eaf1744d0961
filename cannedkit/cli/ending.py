"""How a command starts and ends: the one that was meant, and a line on stderr in place of a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from cannedkit.cli.shared import BROKEN, let_go, tell
from cannedkit.model.errors import EXHAUSTED, CannedkitError, exhausted
from cannedkit.text.nearest import nearest, shown
from cannedkit.text.visible import visible


class Commands(click.Group):
    """A group whose commands end with a line on stderr and exit code 2 where something is broken, never a traceback."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the arguments, or print the help that they ask for."""
        with _ended():
            return super().make_context(*args, **kwargs)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was asked for, and its arguments. Raises UsageError, with the nearest that there is."""
        name = args[0]
        if not (name.startswith("-") or ctx.resilient_parsing or self.get_command(ctx, name)):
            ctx.fail(f"There is no command {shown(name)}{nearest(name, self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        with _ended():
            return super().invoke(ctx)


@contextmanager
def _ended() -> Iterator[None]:
    """Whatever is raised inside ends in a line on stderr and exit code 2; a reader that has gone, in the code alone."""
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115  # Python has none where it is closed
    try:
        if sys.stdout is None:
            raise CannedkitError("standard output is closed: there is nowhere to write what was found")
        yield
        return
    except (click.exceptions.Exit, click.Abort):
        raise
    except click.ClickException as error:
        vars(error).update(message=visible(error.message))
        raise
    except BrokenPipeError:
        pass
    except Exception as error:
        tell(_why(error))
    let_go(sys.stdout)
    raise click.exceptions.Exit(BROKEN)


def _why(error: Exception) -> str:
    """What went wrong, in words."""
    if isinstance(error, CannedkitError):
        return str(error)
    if isinstance(error, EXHAUSTED):
        return f"what was given {exhausted(error)}"
    if isinstance(error, UnicodeEncodeError):
        return f"the output takes {error.encoding} alone: set PYTHONIOENCODING=utf-8"
    if isinstance(error, OSError):
        return f"{error.filename or 'the input or output failed'}: {error.strerror or error}"
    if isinstance(error, ImportError):
        return f"a library cannot be loaded: {error}; give more memory, or install cannedkit again"
    from traceback import extract_tb

    at = extract_tb(error.__traceback__)[-1]
    said = " ".join(str(error).split())[:200]
    return f"a fault of cannedkit itself, please report it: {type(error).__name__} at {at.name}:{at.lineno}: {said}"
