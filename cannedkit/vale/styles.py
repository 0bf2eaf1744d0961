"""What a .vale.ini names on its StylesPath: packs, vocabularies, and the rules that Vale brings itself."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cannedkit import files
from cannedkit.lint.packs import read_style, written
from cannedkit.model.errors import Failure, Problem
from cannedkit.model.rule import Pack
from cannedkit.model.settings import Vocabulary
from cannedkit.pattern.exempt import term_pattern
from cannedkit.vale.ini import Choice, ValeError, ValeIni, left_out

OWN = ("Vale.Spelling", "Vale.Repetition", "Vale.Terms", "Vale.Avoid")
"""The rules that Vale brings itself; the last two stand for what a vocabulary accepts and rejects."""


@dataclass(frozen=True, slots=True)
class Styles:
    """Packs, words, and what was left out of what a file names: it is told whatever runs."""

    packs: tuple[Pack, ...] = ()
    words: Vocabulary = field(default_factory=Vocabulary)
    refused: tuple[Failure, ...] = ()


def everywhere(ini: ValeIni) -> Styles:
    """The packs that a file names, the rules that it names of others, the words for all files. Raises ValeError."""
    refused = list(ini.refused)
    words = _vocabulary(ini, ini.vocabularies, refused)
    packs = []
    if any(name == "Vale" for name in ini.styles) or any(key.startswith("Vale") for key in ini.named):
        packs.append(own_pack(_last(ini), words, ini.within))
    for name in ini.styles:
        missing = ValeError(f"style '{name}' does not exist on StylesPath", context="loadStyles")
        if name != "Vale" and (folder := _folder(ini, Path(name), f"the style {name!r}", refused, missing)):
            packs.append(read_style(folder, ini.within))
    return Styles((*packs, *_single(ini, refused)), words, tuple(refused))


def of_section(ini: ValeIni, choice: Choice) -> Styles:
    """`Vale.NAME.Terms` and `Vale.NAME.Avoid` of the vocabularies that a section names, and all their words.

    Raises ValeError.
    """
    packs = []
    refused: list[Failure] = []
    for name in choice.vocabularies:
        pack = own_pack(_last(ini), _vocabulary(ini, [name], refused), ini.within)
        made = [rule for rule in pack.rules if rule.id in ("Vale.Terms", "Vale.Avoid")]
        packs.append(replace(pack, rules=tuple(replace(rule, id=f"Vale.{name}.{rule.id[5:]}") for rule in made)))
    return Styles(tuple(packs), _vocabulary(ini, choice.vocabularies, refused), tuple(refused))


def _single(ini: ValeIni, refused: list[Failure]) -> Iterator[Pack]:
    """Of the packs that no section is based on, the rules that one names."""
    single: dict[str, set[str]] = {}
    for key in ini.named:
        style, dot, _ = key.partition(".")
        if dot and style not in ini.styles and style != "Vale":
            single.setdefault(style, set()).add(key)
    for style, ids in single.items():
        if folder := _folder(ini, Path(style), f"the style {style!r}", refused):
            pack = read_style(folder, ini.within)
            faults = tuple(problem for problem in pack.refused if rule_of(problem, pack) in ids)
            yield replace(pack, rules=tuple(rule for rule in pack.rules if rule.id in ids), refused=faults)


def rule_of(problem: Problem, pack: Pack) -> str:
    """The id of the rule whose file has a problem."""
    return f"{pack.name}.{Path(problem.path).stem}"


# -- words --------------------------------------------------------------------------------------


def _vocabulary(ini: ValeIni, names: Sequence[str], refused: list[Failure]) -> Vocabulary:
    """The words of some vocabularies, each from the first StylesPath that has it. Raises ValeError."""
    accept: list[str] = []
    reject: list[str] = []
    for name in names:
        inner = Path("config", "vocabularies", name)
        searched = ", ".join(str(path / inner) for path in ini.styles_paths)
        missing = ValeError(f"'{name}' vocabulary not found; searched: {searched}", context="vocab")
        if folder := _folder(ini, inner, f"the vocabulary {name!r}", refused, missing):
            accept += _words(folder / "accept.txt", ini.within, refused)
            reject += _words(folder / "reject.txt", ini.within, refused)
    return Vocabulary(tuple(dict.fromkeys(accept)), tuple(dict.fromkeys(reject)))


def _words(path: Path, within: files.Within, refused: list[Failure]) -> list[str]:
    """The words of a list, one a line; none where there is no list, or with a failure where it cannot be read."""
    try:
        if not os.path.lexists(files.inside(path, within)) and not os.path.lexists(path):
            return []
        lines = [line.strip() for line in files.text(path, files.MAX_WORDS, within).splitlines()]
    except files.FileError as error:
        refused.append(Failure("", left_out("the list of words", str(path), error), str(path)))
        return []
    return [line for line in lines if line and not line.startswith("# ")]


# -- where things stand -------------------------------------------------------------------------


def _folder(
    ini: ValeIni, inner: Path, what: str, refused: list[Failure], missing: ValeError | None = None
) -> Path | None:
    """The first folder `inner` of a StylesPath; None where there is none, with a failure where it leads elsewhere.

    Raises `missing` where it cannot stand in a StylesPath that was left out either.
    """
    for path in ini.styles_paths:
        try:
            if os.path.isdir(files.inside(path / inner, ini.within)):
                return path / inner
        except files.FileError as error:
            refused.append(Failure("", left_out(what, str(path / inner), error), str(path / inner)))
            return None
    if missing and not ini.refused:
        raise missing
    return None


def _last(ini: ValeIni) -> Path:
    return ini.styles_paths[-1] if ini.styles_paths else Path()


# -- what Vale brings ---------------------------------------------------------------------------


def own_pack(styles: Path, words: Vocabulary, within: files.Within) -> Pack:
    """The pack `Vale`: the rules that Vale 3.22 brings itself, for these words.

    The words and dictionaries that lie beside the packs must lie `within` something.
    """
    made: dict[str, dict[str, object]] = {
        "Spelling": {"extends": "spelling", "message": "Did you really mean '%s'?", **_SPELLING},
        "Repetition": {"extends": "repetition", "message": "'%s' is repeated!", **_REPETITION},
    }
    if words.accept:
        swap = {term_pattern(word.lower()): word for word in words.accept}
        made["Terms"] = {"extends": "substitution", "message": "Use '%s' instead of '%s'.", "swap": swap, **_TERMS}
    if words.reject:
        tokens = [term_pattern(word) for word in words.reject]
        made["Avoid"] = {"extends": "existence", "message": "Avoid using '%s'.", "tokens": tokens}
    return written("Vale", styles, {name: {**keys, "level": "error"} for name, keys in made.items()}, within)


_SPELLING: dict[str, object] = {"action": {"name": "suggest", "params": ["spellings"]}, "beside": "true"}

_TERMS: dict[str, object] = {"ignorecase": "true", "vocab": "false", "terms": "true", "action": {"name": "replace"}}

_REPETITION: dict[str, object] = {
    "ignorecase": "true",
    "alpha": "true",
    "tokens": [r"[^\s.!?]+"],
    "action": {"name": "edit", "params": ["truncate", " "]},
}
