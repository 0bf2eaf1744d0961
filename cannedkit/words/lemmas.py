"""The inflected forms of a word.

They are those of spaCy's lookup tables (the data of the package spacy-lookups-data; spaCy itself is not needed),
turned round: form -> word becomes word -> forms.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from cannedkit.text.nearest import nearest

_TABLE = "{}_lemma_lookup.json.gz"


class LemmaError(ValueError):
    """The forms of a word are not to be had; the message says why and how to mend it."""


def forms(word: str, language: str) -> tuple[str, ...]:
    """Every inflected form of a word, itself first, then longest first; in English both in -ise and in -ize.

    Raises LemmaError for a word or language that the tables do not have.
    """
    words = _inverted(language)
    word = word.lower()
    spellings = _spellings(word) if language == "en" else (word,)
    found = {form for spelling in spellings for form in words.get(spelling, ())}
    if not found:
        raise LemmaError(
            f"`lemma`: no forms of `{word}` are known{nearest(word, tuple(words))}; write it without brackets"
        )
    if language == "en":
        found |= {other for form in found for other in _spellings(form)}
    found -= {word}
    return (word, *sorted(found, key=lambda form: (-len(form), form)))


def _spellings(form: str) -> tuple[str, ...]:
    """A verb in -ise or -ize, or a form of one, in both spellings; of words like "rise" and "size" only their own."""
    match = re.fullmatch(r"(\w{3,}?)i([sz])(e|es|ed|ing|er|ers|ation|ations)", form)
    if not match or len(match[1]) < 4:
        return (form,)
    return tuple(f"{match[1]}i{letter}{match[3]}" for letter in "sz")


@lru_cache(maxsize=4)
def table(language: str) -> Mapping[str, str]:
    """Form -> word, as in spaCy's table. Raises LemmaError where there is none."""
    import gzip
    import json
    from importlib import resources

    try:
        data = resources.files("spacy_lookups_data").joinpath("data", _TABLE.format(language)).read_bytes()
    except ModuleNotFoundError:
        raise LemmaError("`lemma: true` needs the word tables: pip install 'cannedkit[lemma]'") from None
    except FileNotFoundError:
        raise LemmaError(f"`lemma: true`: there is no table of words for language {language!r}") from None
    found: dict[str, str] = json.loads(gzip.decompress(data))
    return found


def has_table(language: str) -> bool:
    """Whether there is a table of words for a language; it is not read."""
    from importlib.util import find_spec

    spec = find_spec("spacy_lookups_data")
    folders = (spec.submodule_search_locations or ()) if spec else ()
    return any(os.path.isfile(Path(folder, "data", _TABLE.format(language))) for folder in folders)


@lru_cache(maxsize=4)
def _inverted(language: str) -> Mapping[str, tuple[str, ...]]:
    """Word -> its forms. Raises LemmaError."""
    found: dict[str, list[str]] = {}
    for form, word in table(language).items():
        found.setdefault(word.lower(), []).append(form.lower())
        found.setdefault(word.lower(), []).append(word.lower())
    return {word: tuple(dict.fromkeys(forms)) for word, forms in found.items()}


def forms_of(word: str, language: str) -> tuple[str, ...]:
    """Every form of which the table says that it is `word`, and `word`, in lower case. Raises LemmaError."""
    return tuple(dict.fromkeys((word.lower(), *_inverted(language).get(word.lower(), ()))))
