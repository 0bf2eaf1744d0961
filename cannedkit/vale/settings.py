"""A .vale.ini as a cannedkit.yaml with the same meaning, and what of it has no counterpart."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from cannedkit import files
from cannedkit.model.draft import Level
from cannedkit.model.rule import Pack
from cannedkit.vale.ini import Section, ValeError, ValeIni
from cannedkit.vale.lint import ValeLinter


def settings(linter: ValeLinter, folder: Path) -> tuple[str, list[str]]:
    """The text of a cannedkit.yaml in `folder`, and what it leaves out, in words.

    Raises ValeError, also where the styles lie out of the folder, which a cannedkit.yaml may not name.

    Drafts and replies have no glob: what `[*]` says is taken, and what all sections say. A level is written where it is
    not the rule's own; what lies below MinAlertLevel is off.
    """
    ini = linter.ini
    said = _for_all(ini)
    styles = [name for name in said.styles or () if name != "Vale"]
    named = {*styles, *(key.partition(".")[0] for key, runs in said.checks.items() if runs)} - {"Vale"}
    packs = [pack for pack in linter.styles.packs if pack.name in named]
    levels = dict(_levels(said, packs, linter.least))
    lines = []
    if ini.styles_paths:
        lines.append(f"rules: {_text(_below(ini.styles_paths[-1], folder.absolute()))}")
    lines.append(
        f"packs: [{', '.join(_text(name) for name in dict.fromkeys([*styles, *(one.name for one in packs)]))}]"
    )
    lines.append("engines: {}")
    if levels:
        lines += ["levels:", *(f"  {_text(key)}: {value}" for key, value in levels.items())]
    words = linter.styles.words
    if words.accept or words.reject:
        lines.append("vocabulary:")
        for key, entries in (("accept", words.accept), ("reject", words.reject)):
            if entries:
                lines += [f"  {key}:", *(f"    - {_text(word)}" for word in entries)]
    return "\n".join(lines) + "\n", list(_left_out(ini, said))


def _below(styles: Path, folder: Path) -> str:
    """A StylesPath as seen from the folder that it must lie in. Raises ValeError."""
    try:
        files.inside(styles, folder)
    except files.FileError:
        raise ValeError(f"{styles} lies out of {folder}: copy the styles there, for `rules` names no others") from None
    return os.path.relpath(styles, folder)


def _for_all(ini: ValeIni) -> Section:
    """What holds for every file: what `[*]` says, and what all sections say alike."""
    if ini.is_global() or not ini.sections:
        return ini.whole
    first, *others = ini.sections
    shared = [
        key
        for key, value in first.checks.items()
        if all(one.checks.get(key) == value and one.levels.get(key) == first.levels.get(key) for one in others)
    ]
    common = [style for style in first.styles or () if all(style in (one.styles or ()) for one in others)]
    levels = {key: first.levels[key] for key in shared if key in first.levels}
    return Section("*", tuple(common), {key: first.checks[key] for key in shared}, levels)


def _levels(said: Section, packs: Sequence[Pack], least: Level) -> Iterator[tuple[str, str]]:
    """The rules whose level in force is not their own: off, or another."""
    for pack in packs:
        for rule in pack.rules:
            own = rule.level or Level.WARNING
            keys = (rule.id, rule.pack)
            runs = next((said.checks[key] for key in keys if key in said.checks), pack.name in (said.styles or ()))
            level = next((said.levels[key] for key in keys if key in said.levels), own)
            if not runs or level < least:
                yield rule.id, "off"
            elif level != own:
                yield rule.id, str(level)


def _left_out(ini: ValeIni, said: Section) -> Iterator[str]:
    """What a cannedkit.yaml has no word for."""
    for section in ini.sections:
        if own := "; ".join(_own(section, said)):
            yield f"[{section.glob}]: left out, because a cannedkit.yaml holds for every draft: {own}"
    for section in (ini.whole, *ini.sections):
        if section.tokens or section.blocks:
            yield f"[{section.glob}]: TokenIgnores and BlockIgnores were left out; `lint --vale` honours them"
        if section.view:
            yield f"[{section.glob}]: the View {section.view} was left out; replies are read as replies"
    if "Vale" in ini.styles:
        yield "Vale: its own rules were left out; the vocabulary and an engine for spelling take their place"
    for rule in ini.parameters:
        yield f"{rule}[…]: a value of a rule is set in the rule's file"


def _own(section: Section, said: Section) -> Iterator[str]:
    """What a section says that does not hold for every file, as it stands there."""
    if section.styles is not None and set(section.styles) != set(said.styles or ()):
        yield f"BasedOnStyles = {', '.join(section.styles)}".rstrip()
    if section.vocabularies:
        yield f"Vocab = {', '.join(section.vocabularies)}"
    for key, runs in section.checks.items():
        if (runs, section.levels.get(key)) != (said.checks.get(key), said.levels.get(key)):
            yield f"{key} = {section.levels.get(key) or ('YES' if runs else 'NO')}"
    yield from (f"{key} = UNSET" for key in section.unset if key in said.checks)


def _text(value: str) -> str:
    """A text for YAML: quoted where it must be."""
    plain = value.replace("-", "").replace("_", "").replace("/", "").replace(".", "").isalnum()
    return value if plain and value.isascii() and value[0] not in "-." else json.dumps(value, ensure_ascii=False)
