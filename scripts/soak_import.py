"""An import to be killed: what it brings, and whether what it leaves behind is whole (`python -m scripts.soak`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

COMMAND = ("import", "csv", "replies.csv", "--no-check")

_TOPICS, _REPLIES = 8, 25


def laid(folder: Path) -> None:
    """A folder with settings, and a table whose replies go into several topics."""
    (folder / "cannedkit.yaml").write_text("locale: en\npacks: [Care]\nengines: {}\n")
    rows = (
        f"topic-{topic},Reply {number},Hi {{{{ name_{topic}.first }}}}: it is {number}.\n"
        for topic in range(_TOPICS)
        for number in range(_REPLIES)
    )
    (folder / "replies.csv").write_text("folder,title,body\n" + "".join(rows))


def fault(folder: Path, whole: dict[str, str], again: Callable[[Path], int]) -> str:
    """What is wrong after the end and after a second run, "" for nothing.

    Each file is whole or is not there, the catalogue can be read, and `again` ends as a run that nobody stopped.
    """
    from cannedkit.exchange.merging import present
    from cannedkit.kit import Kit
    from cannedkit.model.errors import CannedkitError

    try:
        present(Kit.load(folder, with_engines=False).settings)
    except CannedkitError as error:
        return f"cannot be read: {error}"
    if torn := [name for name, text in state(folder).items() if text != whole.get(name)]:
        return f"{torn[0]} is not whole"
    if code := again(folder):
        return f"the second run ends with {code}"
    return "" if state(folder) == whole else "the second run leaves other files"


def state(folder: Path) -> dict[str, str]:
    """The texts of the files of the catalogue by name."""
    return {path.name: path.read_text() for path in sorted((folder / "responses").glob("*.yaml"))}
