"""`spelling`: a word is in no dictionary. Vale's semantics; dictionaries are Hunspell's.

Looked for under the rule's own `dicpath`, in `config/dictionaries` beside the packs, and where systems keep them.
With `beside: true`, a key of our own, every dictionary and every list of words in `config` beside the packs counts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cannedkit import files
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import OffError, RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import PatternError, compiled, each, search
from cannedkit.pattern.exempt import phrase_pattern, term_pattern
from cannedkit.prose.words import words
from cannedkit.rules.action import Action, action
from cannedkit.rules.message import finding, formatted, problem
from cannedkit.rules.options import flag, options, pattern, patterns
from cannedkit.rules.scope import passages
from cannedkit.words import dictionary as hunspell
from cannedkit.words.dictionary import Dictionary, DictionaryError
from cannedkit.words.vocabulary import accepted, covers

_CAMEL = re.compile(r"[A-Z][a-z]+[A-Z]+[0-9A-Za-z_]+")
_OTHER = re.compile(r"[^a-zA-Z_']")
_NO_NAME = re.compile(r"[^\w'-]")
_PART = r"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{L}+"

MIN_PART = 3
"""Letters that part of an identifier must have to be looked up (Vale 3.22)."""


@dataclass(frozen=True)
class Options:
    """Which dictionaries, and what is not looked up. `ignore` names files of words, `dicpath` a folder.

    `custom`: none of Vale's own filters; `split`: the parts of an identifier are words; `append`: beside the
    dictionaries named, the usual one; `beside`: all that lie in `config` beside the packs.
    """

    filters: tuple[str, ...]
    exceptions: tuple[str, ...]
    ignore: tuple[str, ...]
    dictionaries: tuple[str, ...]
    dicpath: str
    aff: str
    dic: str
    custom: bool
    append: bool
    split: bool
    beside: bool
    action: Action


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    texts = ("filters", "ignore", "dictionaries", "exceptions")
    words_of_file = ("dicpath", "aff", "dic", "threshold")
    values = options(
        rule,
        {
            **dict.fromkeys(texts, patterns),
            **dict.fromkeys(words_of_file, pattern),
            **dict.fromkeys(("custom", "append", "vocab", "split", "beside"), flag),
            "action": action,
        },
    )
    made = Options(
        **{key: values.get(key, ()) for key in texts},
        **{key: values.get(key, "") for key in ("dicpath", "aff", "dic")},
        **{key: values.get(key, False) for key in ("custom", "append", "split", "beside")},
        action=values.get("action", Action()),
    )
    try:
        _filter(made, ())
    except PatternError as error:
        raise RuleError([problem(rule, "filters", str(error))]) from None
    return made


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError, and OffError where no dictionary is to be had."""
    return [_check(rule, rule.options, context) for rule in rules]


def _check(rule: Rule, own: Options, context: Context) -> Check:
    dictionaries = _dictionaries(rule, own)
    try:
        passes = _filter(own, context.vocabulary.accept)
        phrases = phrase_pattern((), context.vocabulary.accept)
    except PatternError as error:
        raise RuleError([problem(rule, "filters", str(error))]) from None
    listed = _listed(rule, own)
    terms = accepted(context.vocabulary.accept)

    def known(word: str) -> bool:
        return word in listed or word.lower() in listed or any(one.knows(word) for one in dictionaries)

    cut = _parts if own.split else _uncut

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule, hits):
            text = passage.text
            right: Sequence[tuple[int, int]] | None = None
            for phrase in each(phrases, text) if phrases else ():
                text = text[: phrase.start()] + " " * len(phrase[0]) + text[phrase.end() :]
            for word, start, end in words(text):
                if passes(word) or known(word):
                    continue
                right = terms.spans(passage.text) if right is None else right
                if covers(right, start, end):
                    continue
                for at, part in cut(word):
                    if part == word or not (passes(part) or known(part)):
                        place = passage.place(start + at, start + at + len(part))
                        yield finding(rule, *place, formatted(rule.message, part))

    return Check(rule, run)


def _uncut(word: str) -> list[tuple[int, str]]:
    return [(0, word)]


def _parts(word: str) -> list[tuple[int, str]]:
    """The words in an identifier such as `orderNumber_v2`, but for short ones and acronyms, and where each starts."""
    found = [(match.start(), match[0]) for match in compiled(_PART, False).finditer(word)]
    if found == [(0, word)]:
        return [(0, word)]
    return [(at, part) for at, part in found if len(part) >= MIN_PART and part != part.upper()]


def _filter(own: Options, accepted: Sequence[str]) -> Callable[[str], bool]:
    """Whether a word is not to be looked up. Raises PatternError."""
    filters = [compiled(source, False, False) for source in own.filters]
    terms = [*own.exceptions, *(rf"\b{term_pattern(term)}\b" for term in accepted)]
    excepted = compiled("|".join(terms), True, False) if terms else None
    standard, split = not own.custom, own.split

    def passes(word: str) -> bool:
        if standard and split:
            if _NO_NAME.search(word):
                return True
        elif standard and (_OTHER.search(word) or "A" <= word[-1:] <= "Z" or _CAMEL.search(word)):
            return True
        if any(search(one, word) for one in filters):
            return True
        return excepted is not None and search(excepted, word) is not None

    return passes


def _dictionaries(rule: Rule, own: Options) -> list[Dictionary]:
    """The dictionaries that the rule names; without names, English (United States)."""
    styles = Path(rule.path).parent.parent
    beside = styles / "config" / "dictionaries"
    folders = [path for path in _paths(rule, "dicpath", styles, own.dicpath) if os.path.isdir(path)] or [beside]
    try:
        if own.aff and own.dic:
            affix, words = (_asset(rule, key, styles, name) for key, name in (("aff", own.aff), ("dic", own.dic)))
            if affix and words:
                return [hunspell.load(affix, words, rule.within)]
        found = [_named(rule, name, folders) for name in own.dictionaries]
        if not found or own.append:
            found.append(_named(rule, "en_US-web", folders, "en_US"))
        if own.beside:
            others = sorted(path.stem for path in _checked(rule, "dictionaries", beside).glob("*.dic"))
            found += [_named(rule, name, [beside]) for name in others if name != "en_US-web"]
    except DictionaryError as error:
        raise RuleError([problem(rule, "dictionaries", str(error))]) from None
    return found


def _named(rule: Rule, name: str, folders: Sequence[Path], instead: str = "") -> Dictionary:
    """A dictionary of the packs' folders, else of the system's, which are not looked through for a path."""
    for one in filter(None, (name, instead)):
        systems = hunspell.folders() if Path(one).name == one else ()
        if found := hunspell.find(one, folders, rule.within) or hunspell.find(one, systems):
            return found
    where = "config/dictionaries beside the packs, or install hunspell-en-us"
    reason = f"{rule.id} is off: there is no dictionary {instead or name}; put its .aff and .dic into {where}"
    raise OffError([problem(rule, "dictionaries", reason)])


def _paths(rule: Rule, key: str, styles: Path, name: str) -> list[Path]:
    """Where a path that a rule names may stand: from the current folder, or beside the packs. Raises RuleError."""
    if not name:
        return []
    try:
        beside = files.inside(styles / name, rule.within)
    except files.FileError as error:
        raise RuleError([problem(rule, key, f"`{key}` {name!r} {error}")]) from None
    with suppress(files.FileError):  # the command may run elsewhere
        return [files.inside(Path(name), rule.within), beside]
    return [beside]


def _asset(rule: Rule, key: str, styles: Path, name: str) -> Path | None:
    places = (*_paths(rule, key, styles, name), styles / "config" / "dictionaries" / name)
    return next((path for path in places if os.path.isfile(path)), None)


def _listed(rule: Rule, own: Options) -> frozenset[str]:
    """The words of the rule's `ignore` files; with `beside`, of every file in `config/ignore`. Raises RuleError."""
    styles = Path(rule.path).parent.parent
    folder = styles / "config" / "ignore"
    named = [path for name in own.ignore for path in (styles / name, folder / name)]
    if own.beside and os.path.isdir(_checked(rule, "ignore", folder)):
        named += sorted(folder.rglob("*"))
    return frozenset(word for path in named for word in _words(rule, path))


def _checked(rule: Rule, key: str, folder: Path) -> Path:
    """A folder whose names may be listed: none of them is told where it leads elsewhere. Raises RuleError."""
    try:
        files.inside(folder, rule.within)
    except files.FileError as error:
        raise RuleError([problem(rule, key, f"config/{folder.name} {error}")]) from None
    return folder


def _words(rule: Rule, path: Path) -> list[str]:
    """The words of a list, one a line; none where there is no list."""
    try:
        real = files.inside(path, rule.within)
        if os.path.isdir(real) or not os.path.exists(real):
            return []
        lines = (line.strip() for line in files.text(real, files.MAX_WORDS).splitlines())
        return [line for line in lines if line and line != "#"]
    except files.FileError as error:
        raise RuleError([problem(rule, "ignore", f"`ignore`: {path.name} {error}")]) from None
