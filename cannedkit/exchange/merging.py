"""Records of ours brought into a catalogue: new entries, surgical edits of those that changed there, and conflicts.

`x-<system>.id` says which reply a record is. What was changed on one side since it was last imported is taken from
there; what was changed on both is a conflict, which is told and left as it is.
"""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cannedkit import exchange, files
from cannedkit.catalogue.load import VARIABLES, declared, entry, load
from cannedkit.exchange import writing
from cannedkit.exchange.giving import readied, seen
from cannedkit.exchange.model import CHANGED, CONFLICT, KEPT, REFUSED, Asked, Outcome, Record, Text
from cannedkit.exchange.names import guessed_type
from cannedkit.exchange.placeholders import undeclared
from cannedkit.exchange.records import Aside, aside_fields, aside_of, digest, laid_over, record_of
from cannedkit.exchange.rewriting import appended, noted, rewritten
from cannedkit.exchange.taking import Taken
from cannedkit.model.errors import CatalogueError, InputError, Problem
from cannedkit.model.response import Catalogue, Response, Variable
from cannedkit.model.settings import Settings
from cannedkit.template.render import parse
from cannedkit.text.locales import for_locale
from cannedkit.text.nearest import conflicts
from cannedkit.yamlsource.edit import EditRefused
from cannedkit.yamlsource.read import MAX_BYTES

_NOTHING = Asked()

_PARTS = ("title", "shortcut", "tags", "channels", "format", "body")
"""The keys of an entry that other systems have a say in."""

ROOM = MAX_BYTES * 3 // 4
"""Bytes from which a file takes no further reply: they go into the next one."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import changes: texts by path with what they were, None for a new file; and what became of each record.

    `ids` are the replies that are new or changed.
    """

    texts: Mapping[Path, tuple[str, str | None]]
    outcomes: tuple[Outcome, ...]
    ids: tuple[str, ...]


def present(settings: Settings) -> Catalogue:
    """The catalogue as it is, without a reply where there is none yet. Raises CatalogueError for one with a fault."""
    folder = settings.catalogue
    found = [path for suffix in ("*.yaml", "*.yml") for path in folder.rglob(suffix)] if os.path.isdir(folder) else []
    if not [path for path in found if path != folder / VARIABLES]:
        return Catalogue(folder, {})
    catalogue = load(settings)
    if catalogue.refused:
        raise CatalogueError(catalogue.refused)
    return catalogue


def bring(
    system: str,
    records: Iterable[Taken],
    settings: Settings,
    catalogue: Catalogue,
    into: Path,
    asked: Asked = _NOTHING,
) -> Brought:
    """What to write for records of a system; new topics lie in `into`, a folder of the catalogue.

    `asked` is what they were read with.
    """
    return _Merge(system, settings, catalogue, into, asked).all(list(records))


def put(brought: Brought) -> None:
    """Write it: declarations first, so that a run that is stopped leaves files that can be read.

    Raises InputError where somebody else has changed a file since it was read, OSError.
    """
    for path in sorted(brought.texts, key=lambda path: (path.name != VARIABLES, path)):
        text, before = brought.texts[path]
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            mark = BOM_UTF8 if before is not None and files.is_marked(path) else b""
            files.put(path, mark + text.encode(), None if before is None else mark + before.encode())
        except files.ChangedError as error:
            raise InputError(f"{path} {error}: run it again") from None


@dataclass(slots=True)
class _Merge:
    """The state of bringing records in."""

    system: str
    settings: Settings
    catalogue: Catalogue
    into: Path
    asked: Asked
    outcomes: list[Outcome] = field(default_factory=list)
    before: dict[Path, str | None] = field(default_factory=dict)
    texts: dict[Path, str] = field(default_factory=dict)
    added: dict[Path, list[str]] = field(default_factory=dict)
    sizes: dict[Path, int] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    variables: dict[str, Variable] = field(default_factory=dict)
    clashing: dict[str, str] = field(default_factory=dict)
    declared: Mapping[str, Variable] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    shortcuts: dict[str, str] = field(default_factory=dict)

    def all(self, records: list[Taken]) -> Brought:
        known = self.catalogue.responses
        keyed = {aside.id: one for one in known.values() if (aside := aside_of(one, self.system))}
        self.names = set(known)
        self.shortcuts = {one.shortcut.casefold(): one.id for one in known.values() if one.shortcut}
        self._declare(records)
        seen: set[str] = set()
        counted = _counted(taken.record.id for taken in records if taken.record)
        for at, taken in enumerate(records, start=1):
            record = taken.record
            if record is None:
                self.outcomes += taken.outcomes
            elif record.id in seen:
                self.outcomes.append(Outcome(record.id, REFUSED, "", "another reply of the same id came before it"))
            elif response := keyed.get(record.id) or known.get(record.ours):
                self._known(taken, record, response)
            else:
                self._new(taken, record, 0 if counted else at)
            seen |= {record.id} if record else set()
        self._finish()
        changed = {path: (text, self.before[path]) for path, text in self.texts.items() if text != self.before[path]}
        return Brought(changed, tuple(sorted(set(self.outcomes))), tuple(self.ids))

    # -- variables --

    def _declare(self, records: list[Taken]) -> None:
        declared = self.declared = self.catalogue.variables or _declared(self.settings)
        used = dict.fromkeys(name for taken in records if taken.record for name in _names(taken.record))
        new = [name for name in used if name not in declared and not name.startswith("facts.")]
        for one, other in conflicts([*declared, *new]):
            self.clashing |= {name: f"`{one}` cannot stand beside `{other}`" for name in (one, other) if name in new}
        self.variables = {
            **declared,
            **{name: Variable(name, guessed_type(name)) for name in new if name not in self.clashing},
        }

    def _finish(self) -> None:
        for path, lines in self.added.items():
            self.texts[path] = appended(path, self._text(path) or "", "\n".join(lines))
        used = self.used & self.variables.keys() - self.declared.keys()
        if used:
            path = self.settings.catalogue / VARIABLES
            declared = "".join(writing.declarations((name, self.variables[name].type) for name in sorted(used)))
            self.texts[path] = appended(path, self._text(path) or "", declared, apart=False)

    # -- one record --

    def _ready(self, record: Record, id: str) -> tuple[Record, list[Outcome]]:
        """The record with a shortcut that nobody else has."""
        owner = self.shortcuts.get(record.shortcut.casefold())
        if not record.shortcut or owner in (None, id):
            return record, []
        told = Outcome(id, CHANGED, "shortcut", f"`{record.shortcut}` belongs to {owner}: it is left out here")
        return replace(record, shortcut=""), [told]

    def _clash(self, record: Record) -> str:
        found = next((self.clashing[name] for name in _names(record) if name in self.clashing), "")
        settle = f"name one of them in cannedkit.yaml: exchange: {{{self.system}: {{variables: {{…}}}}}}"
        return f"{found}: {settle}" if found else ""

    def _new(self, taken: Taken, record: Record, number: int) -> None:
        at = self.into.relative_to(self.settings.catalogue).as_posix()
        topic = "/".join(filter(None, ("" if at == "." else at, writing.topic(record, self.system))))
        topic = f"{topic}-replies" if topic == VARIABLES.partition(".")[0] else topic
        path = self._path(topic)
        topic = path.relative_to(self.settings.catalogue).with_suffix("").as_posix()
        name = writing.unique(f"{topic}/{writing.name(record)}", self.names).rpartition("/")[2]
        id = f"{topic}/{name}"
        ready, told = self._ready(record, id)
        exact = taken.exact | ({"shortcut": record.shortcut} if ready.shortcut != record.shortcut else {})
        aside = Aside(record.id, digest(ready), record.folder, record.kept, exact, number)
        text = writing.entry(name, ready, aside, self.system, self.settings)
        if why := self._clash(record) or _fault(id, text, self.settings, self.variables):
            self.outcomes.append(Outcome(record.id, REFUSED, "", why))
            return
        self.names.add(id)
        self.shortcuts |= {ready.shortcut.casefold(): id} if ready.shortcut else {}
        self.added.setdefault(path, []).append(text)
        self.sizes[path] = self.sizes.get(path, 0) + len(text.encode()) + 1
        self._done(id, taken, told, "new")

    def _path(self, topic: str) -> Path:
        """The file of a topic that has room, as it is or new."""
        number = 1
        while True:
            stem = f"{topic}-{number}" if number > 1 else topic
            found = [self.settings.catalogue / f"{stem}{suffix}" for suffix in (".yaml", ".yml")]
            path = next((one for one in found if os.path.lexists(one)), found[0])
            if path not in self.sizes:
                self.sizes[path] = len((self._text(path) or "").encode())
            if self.sizes[path] < ROOM:
                return path
            number += 1

    def _known(self, taken: Taken, record: Record, response: Response) -> None:
        record, told = self._ready(record, response.id)
        was = aside_of(response, self.system) or Aside(record.id)
        exact = taken.exact | ({"shortcut": taken.record.shortcut} if told and taken.record else {})
        mark = digest(record)
        pushed = was.pushed if mark == was.digest else was.pushed and mark
        aside = Aside(record.id, mark, record.folder, record.kept, exact or None, was.at, pushed)
        whole = record_of(response, self.settings)
        here = digest(whole)
        if aside.digest == was.digest or aside.digest == here:
            if (aside.kept, aside.exact, aside.digest) != (was.kept, was.exact, was.digest):
                self._edit(response, record, aside, (f"x-{self.system}",))
                self.ids.append(response.id)
            self._done(response.id, taken, told, "")
        elif not was.digest:
            why = f"stands here already, with other texts than {self.system} has"
            self.outcomes.append(Outcome(response.id, CONFLICT, "", why))
        elif (over := record if was.digest == here else self._laid_over(response, whole, record, was)) is None:
            why = "was changed here and there since it was last imported: nothing is overwritten"
            self.outcomes.append(Outcome(response.id, CONFLICT, "", why))
        elif why := self._clash(over):
            self.outcomes.append(Outcome(response.id, REFUSED, "", why))
        elif self._edit(response, over, aside, self._changed(whole, over, aside) if over is not record else ()):
            self._done(response.id, taken, told, "changed there")

    def _laid_over(self, response: Response, whole: Record, record: Record, was: Aside) -> Record | None:
        """The reply with what changed there, where the system has less of it than is here; None where both changed."""
        writes = exchange.ability(self.system).writes
        ready = readied(self.system, [response], self.settings, self.asked)[0] if writes else []
        part = seen(self.system, ready[0].theirs, self.settings, self.asked) if ready else None
        if part is None or (len(response.titles) > 1 and part.title != record.title):
            return None
        if digest(part) not in (was.digest, was.pushed):
            return None
        return laid_over(whole, _bare(part, response), _bare(record, response))

    def _changed(self, whole: Record, over: Record, aside: Aside) -> tuple[str, ...]:
        """The keys of an entry that are not what they were, and the one that tells of the system."""
        was, now = (writing.fields(one, aside, self.system, self.settings) for one in (whole, over))
        return (*(key for key in _PARTS if was.get(key) != now.get(key)), f"x-{self.system}")

    def _edit(self, response: Response, record: Record, aside: Aside, only: tuple[str, ...]) -> bool:
        path = Path(response.place.path)
        wanted = writing.fields(record, aside, self.system, self.settings)
        told = f"x-{self.system}"
        keys = only or (*_PARTS, told)
        name = response.id.rpartition("/")[2]
        try:
            made = rewritten(path, self._text(path) or "", name, {key: wanted.get(key) for key in keys if key != told})
            made = noted(path, made, name, told, aside_fields(aside))
        except (EditRefused, InputError) as error:
            self.outcomes.append(Outcome(response.id, CONFLICT, "", f"it cannot be edited: {error}"))
            return False
        self.texts[path] = made
        return True

    def _done(self, id: str, taken: Taken, told: list[Outcome], how: str) -> None:
        self.outcomes += [replace(one, id=id) for one in (*taken.outcomes, *told)]
        self.outcomes.append(Outcome(id, KEPT, "", how or "as it was"))
        self.ids += [id] if how else []
        self.used |= set(_names(taken.record)) if how and taken.record else set()

    def _text(self, path: Path) -> str | None:
        """What a file holds, with what was changed so far; None where there is none."""
        if path not in self.before:
            there = os.path.lexists(path)
            self.before[path] = files.text(path, MAX_BYTES, self.settings.root) if there else None
        return self.texts.get(path, self.before[path])


def _bare(record: Record, response: Response) -> Record:
    """A record without the fallbacks that its reply declares."""

    def without(text: Text) -> Text:
        told = {name: for_locale(one.fallback, text.locale) for name, one in response.variables.items()}
        return replace(text, text=undeclared(text.text, told.get))

    return replace(record, texts=tuple(map(without, record.texts)))


def _counted(ids: Iterable[str]) -> bool:
    """Whether ids are numbers, each above the one before: then they say the order of their replies."""
    found = list(ids)
    numbers = [int(id) for id in found if id.isdecimal()]
    return len(numbers) == len(found) and numbers == sorted(numbers)


def _names(record: Record) -> Iterator[str]:
    """The names of all placeholders of a record."""
    for text in record.texts:
        for part in filter(None, (text.text, text.subject)):
            yield from parse(part).names


def _fault(id: str, text: str, settings: Settings, variables: Mapping[str, Variable]) -> str:
    """What a load would say of an entry, "" for nothing."""
    found = entry(id, text, settings, variables)
    return found[0].message if isinstance(found, tuple) else ""


def _declared(settings: Settings) -> Mapping[str, Variable]:
    """What is declared where the catalogue has no reply yet."""
    problems: list[Problem] = []
    found = declared(settings, problems)
    if problems:
        raise CatalogueError(problems)
    return found
