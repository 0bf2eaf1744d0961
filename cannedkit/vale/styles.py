"""What stands beside the packs of a Vale StylesPath: vocabularies, and the rules that Vale brings itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cannedkit.lint.packs import written
from cannedkit.model.rule import Pack
from cannedkit.model.settings import Vocabulary
from cannedkit.pattern.exempt import term_pattern

OWN = ("Vale.Spelling", "Vale.Repetition", "Vale.Terms", "Vale.Avoid")
"""The rules that Vale brings itself; the last two stand for what a vocabulary accepts and rejects."""


def vocabulary(styles: Path, names: Sequence[str]) -> Vocabulary:
    """The words of `config/vocabularies/NAME/accept.txt` and `reject.txt`, of all names, in order."""
    folders = [styles / "config" / "vocabularies" / name for name in names]
    accept = [word for folder in folders for word in _words(folder / "accept.txt")]
    reject = [word for folder in folders for word in _words(folder / "reject.txt")]
    return Vocabulary(tuple(dict.fromkeys(accept)), tuple(dict.fromkeys(reject)))


def _words(path: Path) -> list[str]:
    if not path.is_file():
        return []
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("# ")]


def own_pack(styles: Path, words: Vocabulary) -> Pack:
    """The pack `Vale`: the rules that Vale 3.22 brings itself, for these words."""
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
    return written("Vale", styles, {name: {**keys, "level": "error"} for name, keys in made.items()})


_SPELLING: dict[str, object] = {"action": {"name": "suggest", "params": ["spellings"]}, "beside": "true"}

_TERMS: dict[str, object] = {"ignorecase": "true", "vocab": "false", "terms": "true", "action": {"name": "replace"}}

_REPETITION: dict[str, object] = {
    "ignorecase": "true",
    "alpha": "true",
    "tokens": [r"[^\s.!?]+"],
    "action": {"name": "edit", "params": ["truncate", " "]},
}
