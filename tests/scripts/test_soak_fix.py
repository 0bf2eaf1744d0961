"""A hundredth of the soaks of `fix`: what `make soak` runs thousands of times holds here as well."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.model.errors import InputError
from cannedkit.yamlsource.read import read

pytestmark = pytest.mark.checkout

COUNTS = {"fix-styles": 100, "fix-kills": 10, "fix-together": 3}


@pytest.mark.parametrize("name", COUNTS)
def test_the_soak_holds(name: str) -> None:
    """Each soak, run a hundredth as often, breaks no promise and has done what it counts."""
    from scripts.soak_fix import SOAKS, run

    assert COUNTS.keys() == SOAKS.keys()
    figures = run(name, COUNTS[name])
    assert all(figures[key] > 0 for key in ("files",))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 1_000_000))
def test_what_is_generated_can_be_read(seed: int) -> None:
    """Whatever the seed, the file of the first soak is YAML: it is about styles, not about slips."""
    from scripts.soak_fix import generated

    try:
        read("a.yaml", generated(seed))
    except InputError as error:
        raise AssertionError(generated(seed).decode()) from error
