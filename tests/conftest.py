"""Options and fixtures that every test shares."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--data DIR`: the folder of the evaluation sets."""
    parser.addoption("--data", default=None, help="folder of the evaluation sets; tests marked `data` need it")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without `--data` the tests marked `data` are left out, and said to be so in the closing line."""
    if config.getoption("--data"):
        return
    marked = [item for item in items if item.get_closest_marker("data")]
    config.hook.pytest_deselected(items=marked)
    items[:] = [item for item in items if item not in marked]


@pytest.fixture(scope="session")
def data(request: pytest.FixtureRequest) -> Path:
    """The folder of the evaluation sets."""
    folder = Path(request.config.getoption("--data")).resolve()
    assert folder.is_dir(), f"{folder} is not a folder"
    return folder
