"""The licence of each package of the locks, from its own metadata: `python -m scripts.licences [--write]`.

The packages of `requirements-deep.lock` must be installed, too (`make test-deep`). Prints the table of the docs page;
`--write` puts it there. The exit code is 1 where a package has no licence that can be read, or one that is neither
allowed nor explained.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCK, DEEP, PAGE = ROOT / "requirements.lock", ROOT / "requirements-deep.lock", ROOT / "docs" / "licences.md"
MARK = "<!-- python -m scripts.licences --write -->\n"

ALLOWED = frozenset(
    "0BSD Apache-2.0 BSD BSD-2-Clause BSD-3-Clause CC0-1.0 CNRI-Python ISC MIT MIT-0 PSF-2.0 Zlib".split()
)
"""Licences that ask for no more than their notice, by SPDX; BSD where a package does not say which of them."""

COPYLEFT: Mapping[str, tuple[str, str]] = {
    "certifi": ("MPL-2.0", "a list of certificates, used unchanged; the licence holds for its own files"),
    "click-default-group": ("Public Domain", "comes with the model of the extra `deep`; nothing of it is imported"),
    "hypothesis": ("MPL-2.0", "for tests alone, used unchanged"),
    "language-tool-python": (
        "GPL-3.0-only",
        "imported only in `cannedkit/engines/languagetool/install.py`, when a user asks it to fetch LanguageTool; "
        "checks go to the server over HTTP without it",
    ),
    "pathspec": ("MPL-2.0", "for building and checking types alone, used unchanged"),
    "pyenchant": ("LGPL", "the extra `spell`, which a user chooses; imported, unchanged, and can be replaced"),
    "python-stdnum": ("LGPL", "the extra `privacy`, which a user chooses; imported, unchanged, and can be replaced"),
    "tqdm": ("MPL-2.0 AND MIT", "comes with spaCy, used unchanged; the licence holds for its own files"),
}
"""Packages whose licence asks for more: which one that is, and why it may stand here."""

_NAMES: Mapping[str, str] = {
    "APL 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""What packages write for a licence -> its name by SPDX."""


@dataclass(frozen=True, slots=True, order=True)
class Package:
    """A package of the lock, its licence as SPDX writes it ("" for none that can be read), and why it may be here."""

    name: str
    licence: str
    why: str = ""

    @property
    def fault(self) -> str:
        """What is wrong with its licence, "" for nothing."""
        if not self.licence:
            return f"{self.name} says no licence"
        if self.why:
            said, _ = COPYLEFT[self.name]
            return "" if said == self.licence else f"{self.name} has {self.licence}, and no longer {said}"
        return (
            ""
            if _is_allowed(self.licence)
            else f"{self.name} has {self.licence}, which is neither allowed nor explained"
        )


def main() -> int:
    """Print the table, or write it; say what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put the table into docs/licences.md")
    given = parser.parse_args()
    found = packages("".join(lock.read_text(encoding="utf-8") for lock in (LOCK, DEEP)))
    faults = [one.fault for one in found if one.fault]
    print("\n".join(faults) or table(found), end="\n" if faults else "")
    if given.write and not faults:
        PAGE.write_text(PAGE.read_text(encoding="utf-8").partition(MARK)[0] + MARK + table(found), encoding="utf-8")
    return 1 if faults else 0


def packages(lock: str) -> list[Package]:
    """The packages of one or more locks that this machine needs, by name."""
    named = {name: COPYLEFT.get(name, ("", ""))[1] for name in _named(lock)}
    return sorted(Package(name, licence(name), why) for name, why in named.items())


def _named(lock: str) -> Iterator[str]:
    for line in lock.splitlines():
        if re.match("[A-Za-z0-9]", line):
            wanted = Requirement(line.partition("#")[0].strip())
            if wanted.marker is None or wanted.marker.evaluate():
                yield wanted.name


def licence(name: str) -> str:
    """The licence that an installed package says it has, "" where it says none or is not installed."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    classified = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or () if one.startswith("License")]
    fields = (*(said.get_all("License-Expression") or ()), *(said.get_all("License") or ()))
    written = next(filter(None, fields), "")
    if len(written) > 60 or not written:  # some put the text of their licence there
        written = next(iter(classified), "")
    return _NAMES.get(written, written)


def _is_allowed(licence: str) -> bool:
    """Whether all parts of an expression are allowed; of what stands around OR, one."""
    return any(all(part in ALLOWED for part in way.split(" AND ")) for way in licence.strip("()").split(" OR "))


def table(found: list[Package]) -> str:
    """The packages as Markdown."""
    rows = [f"| {one.name} | {one.licence} | {one.why} |" for one in found]
    return "\n".join(["| package | licence | why it may stand here |", "|---|---|---|", *rows, ""])


if __name__ == "__main__":
    sys.exit(main())
