"""What a repository's files may not choose for themselves, and a user allows from outside them.

An address on the network, a path to a pipeline or a dictionary, and what a .vale.ini names outside of its repository,
are used only by consent: of the run (`--trust`, `Kit.load(trust=…)`, CANNEDKIT_TRUST), or of the user's own settings.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cannedkit import cache
from cannedkit.files import Within
from cannedkit.model.errors import Failure, Problem

if TYPE_CHECKING:
    from cannedkit.yamlsource.node import Node

VARIABLE = "CANNEDKIT_TRUST"
"""The variable of the environment that says the same as `--trust`, its entries with commas between them."""

ALL = "all"

_ENDINGS = (".dic", ".aff")


@dataclass(frozen=True, slots=True)
class Trust:
    """What a user allows: addresses and paths as written, or `all`.

    `here` holds for this run: its paths may start at the current folder or at the catalogue's. `always` holds for every
    catalogue, so its paths are full ones.
    """

    here: frozenset[str] = frozenset()
    always: frozenset[str] = frozenset()

    def allows_address(self, url: str) -> bool:
        """Whether texts may be sent to an address."""
        return bool({ALL, url, url.rstrip("/"), f"{url}/"} & (self.here | self.always))

    def allows_path(self, name: str, root: Path) -> bool:
        """Whether what stands at a path, written from the folder `root`, may be used; a dictionary's has no ending."""
        if ALL in self.here | self.always:
            return True
        wanted = _full(root, name)
        return bool(wanted) and wanted in self._allowed(root)

    def within(self, root: Path, folder: Path) -> Within:
        """Where what a file in `folder` names may lie: in `root`, or in and at each path that is allowed."""
        return None if ALL in self.here | self.always else (root, *map(Path, sorted(self._allowed(folder) - {""})))

    def _allowed(self, root: Path) -> set[str]:
        """The paths that are allowed. An address is none: a repository may hold a link of that name."""
        full = (entry for entry in self.here | self.always if os.path.isabs(os.path.expanduser(entry)))
        relative = [entry for entry in self.here if not os.path.isabs(os.path.expanduser(entry)) and "://" not in entry]
        return {_full(root, entry) for entry in (*full, *relative)} | {_full(Path(), entry) for entry in relative}


def consent(given: Iterable[str], problems: list[Problem]) -> Trust:
    """What is allowed by `given`, the environment and the user's own settings, whose faults go to `problems`."""
    said = (*given, *os.environ.get(VARIABLE, "").split(","))
    here = frozenset(entry.strip() for entry in said) - {""}
    return Trust(here, frozenset(_kept(own(), problems)))


@dataclass(frozen=True, slots=True)
class Gate:
    """What may be used of what a file in `folder` names; what may not be goes to `untrusted`."""

    folder: Path
    trust: Trust
    untrusted: list[Failure] = field(default_factory=list)

    def lets_path(self, name: str, what: str, node: Node, rule: str = "") -> bool:
        """Whether a path may be used; `what` says for what, `rule` for which engine."""
        return self.trust.allows_path(name, self.folder) or self._shut(name, what, node, rule)

    def lets_address(self, url: str, node: Node, rule: str) -> bool:
        """Whether drafts may be sent to an address."""
        return self.trust.allows_address(url) or self._shut(url, "drafts would be sent to", node, rule)

    def _shut(self, name: str, what: str, node: Node, rule: str) -> bool:
        place = node.place_of()
        reason = f"{what} {name!r}: left out, for no user has allowed it; {how(name)}"
        self.untrusted.append(Failure(rule, reason, place.path, place.line, place.column))
        return False


def own() -> Path:
    """The user's own settings, which need not be there."""
    folder = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return Path(folder) / "cannedkit" / "settings.yaml"


def how(what: str) -> str:
    """How to allow something, as a message ends."""
    return f"if you trust it, say so: --trust {what}, {VARIABLE}, or `trust:` in your own {_short(own())}"


def _kept(path: Path, problems: list[Problem]) -> tuple[str, ...]:
    if not (path.is_absolute() and os.path.exists(path)):
        return ()
    if checkout := cache.repository(path.parent):
        problems.append(Problem(str(path), 0, 0, f"is not read: it lies in {checkout}, which others write"))
        return ()
    from cannedkit.yamlsource import schema  # few users have such a file

    root = schema.read_mapping(path, problems)
    keys = schema.entries(root, ("trust",), problems) if root else {}
    return schema.texts(keys["trust"], "trust", problems) if "trust" in keys else ()


def _full(folder: Path, name: str) -> str:
    """A path without links and without the ending of a dictionary's files; "" where there can be none."""
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    try:
        return os.path.realpath(folder / os.path.expanduser(name))
    except (OSError, ValueError):  # a name that is too long, or holds U+0000
        return ""


def _short(path: Path) -> str:
    home = Path(os.path.expanduser("~"))
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
