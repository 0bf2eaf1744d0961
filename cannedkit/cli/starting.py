"""What a new catalogue is made of: the starter, next to nothing, what a .vale.ini says, or another catalogue."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cannedkit.model.errors import CannedkitError
from cannedkit.text.nearest import nearest

STARTS = ("starter", "empty", "vale")
"""What `--from` takes besides a folder."""

INI = (".vale.ini", "_vale.ini")
SETTINGS, LOCK = "cannedkit.yaml", "cannedkit.lock"
_BASELINE = "cannedkit.baseline"
_FOLDERS = {"catalogue": "responses", "rules": "rules"}
_NAMED = ("facts", "offers", "usage", "baseline")


@dataclass(frozen=True, slots=True)
class Start:
    """Files by name with their texts, in the order in which they are written; folders to copy; folders to make."""

    files: Mapping[str, str]
    folders: Mapping[str, Path] = field(default_factory=dict)
    made: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that is written, the settings first."""
        return (*reversed(list(self.files)), *self.folders)


def start(wanted: str | None, folder: Path) -> Start:
    """What `--from` asks for, or where it is not given what stands in the folder. Raises CannedkitError."""
    wanted = wanted or ("vale" if _ini(folder) else "starter")
    if wanted == "starter":
        return starter()
    if wanted == "empty":
        return Start({_REPLIES: _REPLY, SETTINGS: "locale: en\n"})
    return of_vale(folder) if wanted == "vale" else of_folder(Path(wanted))


_REPLIES = "responses/greetings.yaml"
_REPLY = "hello: Hello! How can I help you today?\n"


def starter() -> Start:
    """The starter catalogue with its approvals."""
    from cannedkit import files
    from cannedkit.settings import shipped
    from cannedkit.yamlsource.read import MAX_BYTES

    names = (LOCK, "offers.yaml", "facts.yaml", SETTINGS)  # the settings stand there when all does that they name
    texts = {name: files.text(shipped() / name, MAX_BYTES) for name in names}
    return Start(texts, {"responses": shipped() / "responses"}, ("rules",))


def of_vale(folder: Path) -> Start:
    """Settings that mean what a folder's .vale.ini says, and one reply. Raises CannedkitError, ValeError."""
    from cannedkit.trust import consent
    from cannedkit.vale import ini as valeini
    from cannedkit.vale import settings as valesettings
    from cannedkit.vale.lint import ValeLinter

    if not (ini := _ini(folder)):
        raise CannedkitError(f"{folder} has no {INI[0]}: --from vale is for a folder that Vale reads")
    linter = ValeLinter(valeini.load(ini, consent((), [])))
    if refused := linter.ini.refused or linter.styles.refused:
        raise CannedkitError("\n".join((*map(str, refused), "nothing was written")))
    text, left_out = valesettings.settings(linter, folder)
    replies = {} if os.path.lexists(folder / "responses") else {_REPLIES: _REPLY}
    return Start({**replies, SETTINGS: text}, notes=tuple(left_out))


def of_folder(source: Path) -> Start:
    """A copy of another catalogue: its settings and what they name, without links. Raises CannedkitError."""
    from cannedkit import files
    from cannedkit.model.errors import Problem, SettingsError
    from cannedkit.yamlsource import schema
    from cannedkit.yamlsource.read import MAX_BYTES

    if not os.path.isfile(source / SETTINGS):
        hint = nearest(str(source), STARTS)
        raise CannedkitError(
            f"--from {source}: that is no folder with a {SETTINGS}, and none of {', '.join(STARTS)}{hint}"
        )
    problems: list[Problem] = []
    root = schema.read_mapping(source / SETTINGS, problems, root=source)
    if problems:
        raise SettingsError(problems)
    said = {key: value for key, value in (schema.plain(root) if root else {}).items() if isinstance(value, str)}
    folders = [_within(said.get(key, usual), key) for key, usual in _FOLDERS.items()]
    texts = [LOCK, _BASELINE, *(_within(said[key], key) for key in _NAMED if key in said), SETTINGS]
    try:
        found = {name: files.inside(source / name, source) for name in (*folders, *texts)}
        copied = {name: files.text(found[name], MAX_BYTES, source) for name in texts if os.path.isfile(found[name])}
    except files.FileError as error:
        raise CannedkitError(f"{source}: {error}") from None
    there = {name: found[name] for name in folders if os.path.isdir(found[name])}
    apart = {name: path for name, path in there.items() if not _is_below(name, there)}
    return Start({name: text for name, text in copied.items() if not _is_below(name, apart)}, apart)


def _within(name: str, key: str) -> str:
    """The name of a file or folder as it is copied. Raises CannedkitError where it leads out of the catalogue."""
    plain = os.path.normpath(name)
    if os.path.isabs(plain) or plain.split(os.sep)[0] in (os.curdir, os.pardir):
        raise CannedkitError(f"`{key}: {name}` is no name of a file or folder beside {SETTINGS}; nothing was written")
    return plain


def _is_below(name: str, folders: Iterable[str]) -> bool:
    """Whether a file or folder lies in one of some folders, and so is copied with it."""
    return any(name.startswith(f"{folder}{os.sep}") for folder in folders)


def no_links(folder: str, names: list[str]) -> Iterator[str]:
    """The names in a folder that are not copied: links, and what is neither a file nor a folder."""
    for name in names:
        mode = os.lstat(os.path.join(folder, name)).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            yield name


def _ini(folder: Path) -> Path | None:
    return next((folder / name for name in INI if os.path.isfile(folder / name)), None)
