"""Hunspell dictionaries (`.aff` and `.dic`), read as far as languages without compounds need.

Affixes are taken off when a word is looked up, so that loading costs one pass over the file. Not read: compounds by
flag, which German and Dutch are made of; such a dictionary is refused, since every compound would be a finding.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cannedkit import files

FOLDERS = (Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"), Path("/usr/share/myspell"))
"""Where Linux systems keep dictionaries."""

SHIPPED = Path(__file__).with_name("dictionaries")
"""Those that are part of the package: en_US, en_GB, en_AU and en_CA of SCOWL, and Vale's en_US-web."""

MAX_WORD = 256
"""Code points of a word that may be made of others: Hunspell's own limit, MAXWORDUTF8LEN."""

_NUMBER = re.compile(r"[0-9]+([.,-][0-9]+)*\Z|0[xX][0-9A-Fa-f]+\Z|0[bB][01]+\Z|[0-9a-f]{40}\Z")
_UNITS = re.compile(r"[0-9]+([A-Za-z]+)\Z")
_LETTER = re.compile(r"\[(?P<not>\^?)(?P<inside>[^\]]*)\]|.", re.DOTALL)
_STEP = re.compile(r"(?:\((?P<flag>[^)]*)\)|(?P<one>.))(?P<sign>[*?]?)", re.DOTALL)
_ENCODING = re.compile(
    "UTF-?8|ISO-?8859-(?:1[0-6]?|[2-9])|KOI8-[RU]|(?:microsoft-)?cp125[0-8]|TIS-?620(?:-2533)?", re.IGNORECASE
)
"""What `SET` may name (hunspell(5)). Python knows more: some take a square of the time, some are no encodings."""

_COMPOUNDS = frozenset({"COMPOUNDFLAG", "COMPOUNDBEGIN", "COMPOUNDMIDDLE", "COMPOUNDEND"})


class DictionaryError(ValueError):
    """A dictionary that cannot be read or used; the message says why."""


Letter = tuple[bool, frozenset[str]]
"""One letter of a condition: one of some letters, or, where the first is False, none of them."""


@dataclass(frozen=True, slots=True)
class _Affix:
    """One line of an affix class: `added` stands where `strip` stood, if the root fits `condition`."""

    flag: str
    crosses: bool
    strip: str
    added: str
    condition: tuple[Letter, ...]
    more: frozenset[str]

    def suits(self, root: str, at_end: bool) -> bool:
        """Whether the condition holds at that end of a root."""
        size = len(self.condition)
        letters = root[len(root) - size :] if at_end else root[:size]
        return len(letters) == size and all(map(_is_one_of, letters, self.condition))


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a COMPOUNDRULE: a root with a flag, which may be missing, or stand several times in a row."""

    flag: str
    optional: bool = False
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A dictionary in memory: roots with their flags, affixes by the text that they add."""

    roots: Mapping[str, frozenset[str]]
    prefixes: Mapping[str, tuple[_Affix, ...]]
    suffixes: Mapping[str, tuple[_Affix, ...]]
    converts: tuple[tuple[str, str], ...] = ()
    breaks: tuple[str, ...] = ("-",)
    forbidden: str = ""
    needs_affix: str = ""
    keeps_case: str = ""
    compound_only: str = ""
    compounds: tuple[tuple[Step, ...], ...] = ()
    uppers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def converted(self, word: str) -> str:
        """The word with the dictionary's own replacements, such as a straight apostrophe for a curly one."""
        for old, new in self.converts:
            word = word.replace(old, new)
        return word

    def knows(self, word: str) -> bool:
        """Whether a word, or each part of it between hyphens, is one of the dictionary's in some accepted case."""
        word = self.converted(word)
        return self._is_whole(word) or self._is_of_parts(word)

    def _is_whole(self, word: str) -> bool:
        if word.endswith(".") and word.strip(".") and self.knows(word.rstrip(".")):
            return True
        if self._in_some_case(word) or _NUMBER.match(word):
            return True
        cases = [one for one in (word, word.lower()) if one not in self.roots]
        if any(self._is_compound(one, rule) for one in cases for rule in self.compounds):
            return True
        units = _UNITS.match(word)
        return units is not None and self._is_form(units[1])

    def _is_of_parts(self, word: str) -> bool:
        """Whether the dictionary's signs cut a word into parts that it knows; each part is looked up once."""
        signs = sorted((at, at + len(sign)) for sign in self.breaks for at in _places(word, sign))
        if not signs or len(word) > MAX_WORD or not any(map(str.isalnum, word)):
            return False
        begins = {0}
        for start, end in signs:
            if any(at == start or (at < start and self._is_whole(word[at:start])) for at in begins):
                begins.add(end)
        return any(at == len(word) or self._is_whole(word[at:]) for at in begins - {0})

    def _is_compound(self, word: str, rule: Sequence[Step]) -> bool:
        """Whether a word is made of roots as a COMPOUNDRULE says: step by step, each place of the word met once."""
        if len(word) > MAX_WORD:
            return False
        places = {0}
        for step in rule:
            behind = self._behind(word, places, step.flag)
            reached = set(behind)
            while step.repeats and (new := self._behind(word, behind, step.flag) - reached):
                reached |= new
                behind = new
            places = reached | places if step.optional else reached
        return len(word) in places

    def _behind(self, word: str, places: Iterable[int], flag: str) -> set[int]:
        """Where roots with a flag end that begin at some places of a word."""
        ends = ((at, end) for at in places for end in range(at + 1, len(word) + 1))
        return {end for at, end in ends if flag in self.roots.get(word[at:end], ())}

    def _in_some_case(self, word: str) -> bool:
        if self._is_form(word):
            return True
        letters = [one for one in word if one.isalpha()]
        upper = sum(map(str.isupper, letters))
        if upper == 0 or not word[:1].isupper():
            return False
        if upper == len(letters):
            lower = word.lower()
            forms = (lower, lower[:1].upper() + lower[1:], *self.uppers.get(word, ()))
            return any(self._is_form(form, folded=True) for form in forms) or self._is_upper(word)
        return self._is_form(word.lower() if upper == 1 else word[:1].lower() + word[1:], folded=True)

    def _is_upper(self, word: str) -> bool:
        """Whether a word in capitals is a form of a root that has capitals inside, such as McDonald's."""
        return any(
            form.upper() == word and self._is_form(form, folded=True)
            for cut in range(1, min(4, len(word)))
            for root in self.uppers.get(word[:-cut], ())
            for form in (root + word[-cut:].lower(),)
        )

    def _is_form(self, word: str, *, folded: bool = False) -> bool:
        found = [flags for flags in self._readings(word) if self.compound_only not in flags or not self.compound_only]
        if self.forbidden and any(self.forbidden in flags for flags in found):
            return word in self.roots and self.forbidden not in self.roots[word]
        return any(not (folded and self.keeps_case and self.keeps_case in flags) for flags in found)

    def _readings(self, word: str) -> Iterable[frozenset[str]]:
        """The flags of each root that the word is a form of."""
        flags = self.roots.get(word)
        if flags is not None and (not self.needs_affix or self.needs_affix not in flags):
            yield flags
        for root, suffix in _taken_off(word, self.suffixes, at_end=True):
            yield from self._of(root, suffix)
            for inner, second in _taken_off(root, self.suffixes, at_end=True):
                if suffix.flag in second.more:
                    yield from self._of(inner, second)
        for root, prefix in _taken_off(word, self.prefixes, at_end=False):
            yield from self._of(root, prefix)
            if prefix.crosses:
                for inner, suffix in _taken_off(root, self.suffixes, at_end=True):
                    flags = self.roots.get(inner)
                    if flags and suffix.crosses and suffix.flag in flags and prefix.flag in flags | suffix.more:
                        yield flags

    def _of(self, root: str, affix: _Affix) -> Iterable[frozenset[str]]:
        flags = self.roots.get(root)
        if flags and affix.flag in flags:
            yield flags | affix.more


def _taken_off(word: str, affixes: Mapping[str, tuple[_Affix, ...]], *, at_end: bool) -> Iterable[tuple[str, _Affix]]:
    """What is left of a word without an affix, and that affix."""
    for length in range(min(len(word), 12) + 1):
        added = word[len(word) - length :] if at_end else word[:length]
        for affix in affixes.get(added, ()):
            root = word[: len(word) - length] + affix.strip if at_end else affix.strip + word[length:]
            if root and affix.suits(root, at_end):
                yield root, affix


def find(name: str, folders: Iterable[Path], root: files.Within = None) -> Dictionary | None:
    """The dictionary of a name such as en_US in the first folder that has it; None where none does.

    Raises DictionaryError for one that is damaged, made of compounds, or out of `root`.
    """
    for folder in folders:
        for packed in ("", ".gz"):
            affix, words = (_inside(folder / f"{name}.{end}{packed}", root) for end in ("aff", "dic"))
            if os.path.exists(affix) and os.path.exists(words):
                return load(affix, words, root)
    return None


def digest(path: Path) -> str:
    """What changes when a dictionary does: the sha256 of its .dic and .aff. Raises FileError."""
    seal = sha256()
    packed = "" if os.path.isfile(path) else ".gz"
    for ending in (".dic", ".aff"):
        seal.update(sha256(files.read(path.with_suffix(f"{ending}{packed}"), files.MAX_WORDS)).digest())
    return seal.hexdigest()


def is_there(path: Path) -> bool:
    """Whether both files of a dictionary are there, given as its .dic: as they are, or both packed with gzip."""
    both = (path, path.with_suffix(".aff"))
    return all(map(os.path.isfile, both)) or all(os.path.isfile(f"{one}.gz") for one in both)


def folders() -> tuple[Path, ...]:
    """Where dictionaries are: the folders of the variable DICPATH, the usual ones of systems, then our own."""
    named = (Path(name) for name in os.environ.get("DICPATH", "").split(os.pathsep) if name)
    return (*named, *FOLDERS, SHIPPED)


def load(affix: Path, words: Path, root: files.Within = None) -> Dictionary:
    """A dictionary from its two files in `root`, either packed with gzip or not. Raises DictionaryError."""
    try:
        affix, words = _inside(affix, root), _inside(words, root)
        stamp = (affix.stat().st_mtime_ns, words.stat().st_mtime_ns)
        return _load(affix, words, stamp)
    except (OSError, ValueError, LookupError) as error:
        raise DictionaryError(f"the dictionary {words.name} cannot be read: {error}") from None


def _inside(path: Path, root: files.Within) -> Path:
    """The path without links, looked at where it may be read alone. Raises DictionaryError."""
    try:
        return files.inside(path, root)
    except files.FileError as error:
        raise DictionaryError(f"the dictionary {path.name} {error}") from None


@lru_cache(maxsize=8)
def _load(affix: Path, words: Path, stamp: tuple[int, int]) -> Dictionary:
    raw = _bytes(affix)
    codec = _codec(raw)
    reader = _Affixes(raw.decode(codec, "replace"))
    roots: dict[str, frozenset[str]] = {}
    uppers: dict[str, list[str]] = {}
    known: dict[str, frozenset[str]] = {}
    for line in _bytes(words).decode(codec, "replace").splitlines()[1:]:
        entry = line.split("\t")[0].strip()
        if not entry or entry.startswith("#"):
            continue
        word, _, flags = entry.partition("/")
        flags = flags.split(" ")[0]
        if flags not in known:
            known[flags] = reader.flags(flags)
        roots[word] = roots[word] | known[flags] if word in roots else known[flags]
        if not word.islower() and (upper := word.upper()) != word:
            uppers.setdefault(upper, []).append(word)
    return reader.dictionary(roots, {upper: tuple(found) for upper, found in uppers.items()})


def _codec(affix: bytes) -> str:
    """The name that Python has for the encoding of a dictionary. Raises ValueError."""
    found = re.search(rb"^\s*SET\s+(\S+)", affix, re.MULTILINE)
    named = found[1].decode("latin-1") if found else "ISO8859-1"
    if not _ENCODING.fullmatch(named):
        raise ValueError(f"its encoding, SET {named[:40]!r}, is none of Hunspell's: write UTF-8, and save it so")
    plain = named.lower().removeprefix("microsoft-").removesuffix("-2533")
    return "utf-8-sig" if plain.replace("-", "") == "utf8" else plain


def _bytes(path: Path) -> bytes:
    return files.unpacked(files.read(path, files.MAX_WORDS), files.MAX_WORDS)


class _Affixes:
    """An `.aff` file, read line by line."""

    def __init__(self, text: str) -> None:
        self.lines = [line.split() for line in text.splitlines()]
        self.kind = self._first("FLAG")
        self.aliases: list[frozenset[str]] = []
        compounds = {line[0] for line in self.lines if line} & _COMPOUNDS
        if compounds:
            raise DictionaryError(f"it is made of compounds ({', '.join(sorted(compounds))}), which are not read")
        self.aliases = [self.flags(line[1]) for line in self._of("AF")[1:]]

    def _of(self, name: str) -> list[list[str]]:
        return [line for line in self.lines if len(line) > 1 and line[0] == name]

    def _first(self, name: str) -> str:
        return next((line[1] for line in self._of(name)), "")

    def flags(self, text: str) -> frozenset[str]:
        """The flags in a text, in the spelling that the file says."""
        if self.aliases and text.isdecimal():
            number = int(text[:9])
            return self.aliases[number - 1] if 0 < number <= len(self.aliases) else frozenset()
        if self.kind == "num":
            return frozenset(text.split(",")) - {""}
        return frozenset(text[at : at + 2] for at in range(0, len(text), 2)) if self.kind == "long" else frozenset(text)

    def dictionary(self, roots: dict[str, frozenset[str]], uppers: dict[str, tuple[str, ...]]) -> Dictionary:
        """All that was read."""
        breaks = [line[1] for line in self._of("BREAK")[1:] if line[1].strip("^$")]
        return Dictionary(
            roots,
            self._affixes("PFX"),
            self._affixes("SFX"),
            tuple((line[1], line[2]) for line in self._of("ICONV") if len(line) > 2),
            tuple(dict.fromkeys(sign.strip("^$") for sign in breaks)) if self._of("BREAK") else ("-",),
            self._first("FORBIDDENWORD"),
            self._first("NEEDAFFIX"),
            self._first("KEEPCASE"),
            self._first("ONLYINCOMPOUND"),
            tuple(_steps(line[1]) for line in self._of("COMPOUNDRULE") if not line[1].isdigit()),
            uppers,
        )

    def _affixes(self, name: str) -> dict[str, tuple[_Affix, ...]]:
        crosses: dict[str, bool] = {}
        found: dict[str, list[_Affix]] = {}
        for line in self._of(name):
            if line[1] not in crosses:
                crosses[line[1]] = line[2:3] == ["Y"]
                continue
            if len(line) < 4:
                raise ValueError(f"its line {' '.join(line)[:40]!r} does not say what is taken off and put on")
            strip, (added, _, more) = line[2].replace("0", ""), line[3].partition("/")
            added = "" if added == "0" else added
            condition = _condition(line[4]) if len(line) > 4 and line[4] != "." else ()
            affix = _Affix(line[1], crosses[line[1]], strip, added, condition, self.flags(more))
            found.setdefault(added, []).append(affix)
        return {added: tuple(affixes) for added, affixes in found.items()}


def _places(word: str, sign: str) -> Iterable[int]:
    at = word.find(sign)
    while at >= 0:
        yield at
        at = word.find(sign, at + 1)


def _condition(written: str) -> tuple[Letter, ...]:
    """The letters that a condition asks for: `[^aeiou]y` is two; a full stop stands for any. Raises ValueError."""
    letters = []
    for found in _LETTER.finditer(written):
        inside = found["inside"]
        if inside is not None:
            letters.append((not found["not"], frozenset(inside)))
        elif found[0] in "[]":
            raise ValueError(f"the condition {written[:40]!r} has a bracket without its partner")
        else:
            letters.append((False, frozenset()) if found[0] == "." else (True, frozenset(found[0])))
    return tuple(letters)


def _is_one_of(letter: str, wanted: Letter) -> bool:
    return (letter in wanted[1]) is wanted[0]


def _steps(rule: str) -> tuple[Step, ...]:
    """A COMPOUNDRULE such as `n*1t`, or `(aa)?(bb)` where flags are longer."""
    parts = _STEP.finditer(rule)
    return tuple(Step(part["flag"] or part["one"], part["sign"] in ("*", "?"), part["sign"] == "*") for part in parts)
