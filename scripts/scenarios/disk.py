"""What is kept on disk is this user's own, or is not used; what is written leads nowhere else."""

from __future__ import annotations

import os
import pickle
import resource
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from scripts.scenarios.run import Place, Ran, Scenario, Tries, sound


class _Runs:
    """What runs a command when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (f"touch {self.mark}",)


def _kept(place: Place) -> Path:
    """The folder of what is kept, filled by a run; empty before it."""
    folder = place.home / "cache" / "cannedkit"
    for path in folder.glob("*"):
        path.unlink()
    return folder


def _same(ran: Ran) -> str:
    return sound(ran, 1) or ("" if ran.rules == ["Own.Awful"] else f"it finds {ran.rules}")


def _lint(place: Place, root: Path, before: Callable[[], object] = bool) -> Ran:
    return place.run(root, "lint", "d.txt", "--format", "json", before=before)


def files_of_others(place: Place) -> Tries:
    """A file that another key sealed, or none, is not unpickled: its code does not run."""
    folder, root, mark = _kept(place), place.new(), place.home / "ran"
    _lint(place, root)
    names = [path.name for path in folder.glob("*.kept")]
    bomb = pickle.dumps(_Runs(mark))
    for content in (bomb, bytes(32) + bomb, os.urandom(32) + bomb, b"", bytes(5_000_000)):
        for name in names:
            (folder / name).write_bytes(content)
        wrong = _same(_lint(place, root))
        yield wrong or ("its code ran" if mark.exists() else "" if names else "nothing was kept")


def bits_that_flip(place: Place) -> Tries:
    """A file with a flipped bit, cut short or moved to another name is as if it were not there."""
    folder, root = _kept(place), place.new()
    _lint(place, root)
    whole = {path: path.read_bytes() for path in sorted(folder.glob("*.kept"))}
    random = Random(0)  # noqa: S311  # the same bits each time
    for _ in range(60):
        for path, data in whole.items():
            at = random.randrange(len(data))
            path.write_bytes(
                random.choice(
                    (
                        data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :],
                        data[:at],
                        random.choice(list(whole.values())),
                    )
                )
            )
        yield _same(_lint(place, root))


def a_folder_in_the_repository(place: Place) -> Tries:
    """A cache that lies in a repository is neither read nor written, and a note says so."""
    mark = place.home / "ran"
    for above in ("", "deep/", "responses/"):
        root = place.new()
        cache = root / f"{above}.cache"
        (cache / "cannedkit").mkdir(parents=True)
        for name in ("a.kept", "0" * 64 + ".kept"):
            (cache / "cannedkit" / name).write_bytes(pickle.dumps(_Runs(mark)))

        def own_cache(cache: Path = cache) -> None:
            os.environ["XDG_CACHE_HOME"] = str(cache)

        ran = _lint(place, root, own_cache)
        wrong = _same(ran) or ("it is used" if len(list((cache / "cannedkit").iterdir())) > 2 or mark.exists() else "")
        yield wrong or ("" if "which others write" in ran.out + ran.err else "no note says so")


def a_folder_open_to_others(place: Place) -> Tries:
    """A cache that others can write, a link in its place, and a key that others can read are not used."""
    for number, make in enumerate((_open_folder, _link_for_folder, _open_key, _link_for_key)):
        home = place.home / f"user{number}"
        (home / "cache" / "cannedkit").mkdir(parents=True)
        (home / "config" / "cannedkit").mkdir(parents=True)
        make(home)

        def own_home(home: Path = home) -> None:
            os.environ.update(XDG_CACHE_HOME=str(home / "cache"), XDG_CONFIG_HOME=str(home / "config"))

        wrong = _same(_lint(place, place.new(), own_home))
        yield wrong or ("something is kept" if list((home / "cache" / "cannedkit").glob("*.kept")) else "")


def _open_folder(home: Path) -> None:
    (home / "cache" / "cannedkit").chmod(0o777)


def _link_for_folder(home: Path) -> None:
    (home / "cache" / "cannedkit").rmdir()
    (home / "elsewhere").mkdir()
    (home / "cache" / "cannedkit").symlink_to(home / "elsewhere")


def _open_key(home: Path) -> None:
    (home / "config" / "cannedkit" / "key").write_bytes(bytes(32))
    (home / "config" / "cannedkit" / "key").chmod(0o644)


def _link_for_key(home: Path) -> None:
    (home / "key").write_bytes(bytes(32))
    (home / "key").chmod(0o600)
    (home / "config" / "cannedkit" / "key").symlink_to(home / "key")


def a_full_disk(place: Place) -> Tries:
    """Where nothing more can be written a run finds what it finds, and leaves no part of a file."""
    for most in (0, 100, 3_000):
        folder, root = _kept(place), place.new()

        def full(most: int = most) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        # its report goes to a pipe, which no such limit holds for
        ran = place.run(root, "lint", "d.txt", "--format", "json", before=full, piped=True)
        yield _same(ran) or ("a part is left" if list(folder.glob("*.part")) else "")


def links_in_the_place_of_what_is_written(place: Place) -> Tries:
    """`init` and `--write-settings` write through no link, one that leads nowhere too, and over nothing."""
    for name, command in (
        *((one, ("init", "--from", "starter")) for one in ("cannedkit.yaml", "facts.yaml", "offers.yaml", "responses")),
        ("cannedkit.yaml", ("lint", "--vale", ".vale.ini", "--write-settings")),
    ):
        for there in (False, True):
            root = place.new(
                {".vale.ini": "StylesPath = rules\n[*]\nBasedOnStyles = Own\n"},
                without=["cannedkit.yaml", "responses/own.yaml"],
            )
            target = place.home / f"target{next(place.numbers)}"
            if there:
                target.write_text("mine")
            (root / name).symlink_to(target)
            wrong = sound(place.run(root, *command), 2)
            changed = target.exists() if not there else target.read_text() != "mine"
            yield wrong or ("it was written through" if changed else "")


SCENARIOS: Mapping[str, Scenario] = {
    "kept files that somebody else made": files_of_others,
    "kept files that are damaged": bits_that_flip,
    "a cache committed in a repository": a_folder_in_the_repository,
    "a cache or key open to others": a_folder_open_to_others,
    "a full disk": a_full_disk,
    "links in the place of what is written": links_in_the_place_of_what_is_written,
}
"""Attack -> what tries it; its docstring says what holds."""
