"""Results that were worked out, kept in one file of SQLite: data by key, for any process, whole or not there at all.

Each row carries the digest of its key and data, and what does not agree with it is not there. Nothing depends on the
file: where it cannot be read, written or trusted, all is worked out again. By default it lies with what `cache` keeps,
in a folder of the user's alone; a folder that the user typed may lie anywhere, for data are all that is read from it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cannedkit import cache

FILE = "results.sqlite"

MOST = 200_000
"""Rows that are kept, the ones that were used last: our own choice, a catalogue of 50,000 bodies four times over."""

MOST_BYTES = 1_000_000
"""Bytes of one row; our own choice, some thousands of findings."""

BUSY_SECONDS = 5.0
"""How long to wait for another process that writes; our own choice, hundreds of times what writing takes."""

_SEAL = sha256().digest_size
_LAYOUT = """
CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, data BLOB NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS results_used ON results (used);
"""


@dataclass(frozen=True)
class Store:
    """An open file of results; `run` counts the runs, so that rows of older ones go first."""

    connection: sqlite3.Connection
    run: int

    def recall(self, key: bytes) -> bytes | None:
        """The data of a key; None where there are none that can be trusted."""
        try:
            row = self.connection.execute("SELECT data FROM results WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        if row is None or not isinstance(row[0], bytes):
            return None
        seal, data = row[0][:_SEAL], row[0][_SEAL:]
        return data if seal == _sealed(key, data) else None

    def keep(self, rows: Mapping[bytes, bytes], used: Iterable[bytes]) -> None:
        """Keep rows, and note which keys were of use; in silence where it cannot be."""
        with suppress(sqlite3.Error, OSError), self.connection:
            self.connection.executemany(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?)",
                ((key, _sealed(key, data) + data, self.run) for key, data in rows.items() if len(data) <= MOST_BYTES),
            )
            self.connection.executemany(
                "UPDATE results SET used = ? WHERE key = ? AND used < ?",
                ((self.run, key, self.run) for key in used),
            )
            if rows:
                self._thin()

    def _thin(self) -> None:
        (count,) = self.connection.execute("SELECT count(*) FROM results").fetchone()
        if count > MOST:
            self.connection.execute(
                "DELETE FROM results WHERE key IN (SELECT key FROM results ORDER BY used LIMIT ?)", (count - MOST,)
            )

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            self.connection.close()


def opened(folder: Path | None = None) -> Store | None:
    """The results kept in a folder that the user typed, else where `cache` keeps things; None where nothing can be.

    A file that SQLite cannot read is taken away and begun anew.
    """
    if folder is None:
        home = cache.opened()
        if not home.key:
            return None
        folder = home.folder
    path = folder / FILE
    with suppress(sqlite3.Error, OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(sqlite3.OperationalError):  # in use, or not to be written: no fault of the file
            try:
                return _opened(path)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                for ending in ("", "-wal", "-shm"):
                    path.with_name(f"{FILE}{ending}").unlink(missing_ok=True)
                return _opened(path)
    return None


def _opened(path: Path) -> Store:
    if os.path.lexists(path) and (os.path.islink(path) or not os.path.isfile(path)):
        raise OSError(f"{path} is no file")
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level="DEFERRED", check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # what is lost when the power goes is worked out again
        connection.executescript(_LAYOUT)
        (last,) = connection.execute("SELECT max(used) FROM results").fetchone()
        return Store(connection, (last if isinstance(last, int) and 0 <= last < 2**60 else 0) + 1)
    except BaseException:
        connection.close()
        raise


def _sealed(key: bytes, data: bytes) -> bytes:
    return sha256(key + data).digest()
