"""A .vale.ini as a cannedkit.yaml with the same meaning, and what of it has no counterpart."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from cannedkit.model.draft import Level
from cannedkit.vale.ini import ValeIni
from cannedkit.vale.lint import ValeLinter


def settings(linter: ValeLinter, folder: Path) -> tuple[str, list[str]]:
    """The text of a cannedkit.yaml in `folder`, and what it leaves out, in words. Raises ValeError.

    Drafts and replies have no glob: what `[*]` says is taken, and of the other sections what they add. A level is
    written where it is not the rule's own; what lies below MinAlertLevel is off.
    """
    ini = linter.ini
    styles = [name for name in ini.styles if name != "Vale"]
    packs = [pack for pack in linter.packs if pack.name != "Vale"]
    levels = dict(_levels(linter))
    lines = []
    if ini.styles_paths:
        lines.append(f"rules: {_text(os.path.relpath(ini.styles_paths[-1], folder.absolute()))}")
    lines.append(
        f"packs: [{', '.join(_text(name) for name in dict.fromkeys([*styles, *(one.name for one in packs)]))}]"
    )
    lines.append("engines: {}")
    if levels:
        lines += ["levels:", *(f"  {_text(key)}: {value}" for key, value in levels.items())]
    words = linter.vocabulary
    if words.accept or words.reject:
        lines.append("vocabulary:")
        for key, entries in (("accept", words.accept), ("reject", words.reject)):
            if entries:
                lines += [f"  {key}:", *(f"    - {_text(word)}" for word in entries)]
    return "\n".join(lines) + "\n", list(_left_out(ini))


def _levels(linter: ValeLinter) -> Iterator[tuple[str, str]]:
    """The rules whose level in force is not their own: off, or another."""
    ini = linter.ini
    sections = (ini.whole, *ini.sections)
    checks = {key: value for section in sections for key, value in section.checks.items()}
    levels = {key: value for section in sections for key, value in section.levels.items()}
    for pack in linter.packs:
        if pack.name == "Vale":
            continue
        for rule in pack.rules:
            own = rule.level or Level.WARNING
            keys = (rule.id, rule.pack)
            runs = next((checks[key] for key in keys if key in checks), pack.name in ini.styles)
            level = next((levels[key] for key in keys if key in levels), own)
            if not runs or level < linter.least:
                yield rule.id, "off"
            elif level != own:
                yield rule.id, str(level)


def _left_out(ini: ValeIni) -> Iterator[str]:
    """What a cannedkit.yaml has no word for."""
    if any(section.glob != "*" for section in ini.sections):
        globs = ", ".join(f"[{section.glob}]" for section in ini.sections)
        yield f"{globs}: a cannedkit.yaml holds for every draft; what these sections add was taken for all"
    for section in (ini.whole, *ini.sections):
        if section.tokens or section.blocks:
            yield f"[{section.glob}]: TokenIgnores and BlockIgnores were left out; `lint --vale` honours them"
        if section.view:
            yield f"[{section.glob}]: the View {section.view} was left out; replies are read as replies"
    if "Vale" in ini.styles:
        yield "Vale: its own rules were left out; the vocabulary and an engine for spelling take their place"
    for rule in ini.parameters:
        yield f"{rule}[…]: a value of a rule is set in the rule's file"


def _text(value: str) -> str:
    """A text for YAML: quoted where it must be."""
    plain = value.replace("-", "").replace("_", "").replace("/", "").replace(".", "").isalnum()
    return value if plain and value.isascii() and value[0] not in "-." else json.dumps(value, ensure_ascii=False)
