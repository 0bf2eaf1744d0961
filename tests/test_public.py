"""The public names: what `from cannedkit import *` gives, and what importing cannedkit leaves unloaded."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import get_args, get_type_hints

import pytest

import cannedkit


def test_star_gives_the_public_names() -> None:
    """`from cannedkit import *` gives the names of `__all__`, sorted, and nothing else."""
    space: dict[str, object] = {}
    exec("from cannedkit import *", space)  # noqa: S102 - the statement is what is tested
    assert sorted(space.keys() - {"__builtins__"}) == cannedkit.__all__


@pytest.mark.parametrize("name", cannedkit.__all__)
def test_a_public_name_says_what_it_is(name: str) -> None:
    """Each public name is a class with a docstring of its own, as are its public methods."""
    found = getattr(cannedkit, name)
    assert found.__name__ == name
    assert found.__doc__
    assert not found.__doc__.startswith(f"{name}(")
    for method, member in vars(found).items():
        if inspect.isfunction(member) and not method.startswith("_"):
            assert member.__doc__, f"{name}.{method}"


def test_type_checkers_see_the_same_names() -> None:
    """The names that the TYPE_CHECKING block imports are those of `__all__`."""
    tree = ast.parse(inspect.getsource(cannedkit))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    names = [alias.asname for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert sorted(map(str, names)) == cannedkit.__all__


BUILT = {"Check", "Engine", "Prefilter"}
"""What a linter is built of: its fields, which nobody needs who calls it."""


def _named(hint: object) -> Iterator[type]:
    """The classes of ours in an annotation."""
    parts = hint if isinstance(hint, list) else get_args(hint)
    for part in parts:
        yield from _named(part)
    if isinstance(hint, type) and not parts and hint.__module__.startswith("cannedkit"):
        yield hint


def _met(found: type) -> Iterator[type]:
    """The classes that the public methods of a class take and return, and those of its fields."""
    functions = [getattr(member, "fget", member) for name, member in vars(found).items() if name[0] != "_"]
    for each in (*filter(inspect.isfunction, functions), found if is_dataclass(found) else None):
        if each is not None:
            late = {name: getattr(cannedkit, name) for name in cannedkit.__all__}  # some are imported for types alone
            hints = get_type_hints(each, {**late, **vars(sys.modules[found.__module__]), "View": object})
            yield from (one for hint in hints.values() for one in _named(hint))


def test_what_a_caller_meets_is_public() -> None:
    """Every class that a caller meets, from Kit on through methods and fields, has a public name."""
    met: set[type] = set()
    ahead: set[type] = {cannedkit.Kit}
    while ahead:
        found = ahead.pop()
        met.add(found)
        ahead |= {each for each in _met(found) if each.__name__ not in BUILT} - met
    assert {each.__name__ for each in met} - set(cannedkit.__all__) == set()


def test_an_unknown_name() -> None:
    """A name that is not public is an AttributeError, as from any module."""
    with pytest.raises(AttributeError, match="module 'cannedkit' has no attribute 'Kitt'"):
        _ = cannedkit.Kitt


def test_importing_the_package_loads_nothing_heavy() -> None:
    """`import cannedkit` alone loads none of the libraries behind it."""
    code = (
        "import sys, cannedkit; print([n for n in ('yaml', 'harper', 'spacy', 'babel', 'liquid') if n in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
