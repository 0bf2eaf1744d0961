"""`python -m scripts.vectors FOLDER`: the table of `words/vectors.py`, made from the vocabulary of a sentence model.

FOLDER holds all-MiniLM-L6-v2 (Apache-2.0): `model.safetensors` and `tokenizer.json`. Each word and word piece of its
vocabulary, and each word of ours that it lacks, goes through the model once, alone; what comes out is centred, turned
to its principal axes and rounded to 8 bits.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from cannedkit.text.terms import terms
from cannedkit.words.inflection import FORMS, words_of
from cannedkit.words.synonyms import shipped
from cannedkit.words.vectors import pieces

DIMENSIONS = 64
"""Numbers a word; our own choice: joined to letters and synonyms, 128 find no more (docs/quality.md)."""

TARGET = Path(__file__).parent.parent / "cannedkit" / "words" / "vectors.en.npz"

_PIECE = re.compile("(?:##)?[a-z0-9]+")
_BATCH = 512
_HEADS, _LAYERS = 12, 6

Array = np.ndarray[Any, np.dtype[np.float32]]


def main(folder: Path) -> None:
    """Write the table."""
    vocabulary = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    known = {piece: number for piece, number in vocabulary.items() if _PIECE.fullmatch(piece)}
    texts = {piece: [number] for piece, number in known.items()}
    texts |= {word: found for word in ours() if (found := [known[piece] for piece in pieces(word, known)])}
    weights = tensors(folder / "model.safetensors")
    ends = vocabulary["[CLS]"], vocabulary["[SEP]"]
    rows: dict[str, Array] = {}
    for length in sorted({len(found) for found in texts.values()}):
        words = [word for word, found in texts.items() if len(found) == length]
        for at in range(0, len(words), _BATCH):
            batch = words[at : at + _BATCH]
            made = embedded(np.array([[ends[0], *texts[word], ends[1]] for word in batch]), weights)
            rows |= dict(zip(batch, made, strict=True))
    table = rounded(np.stack(list(rows.values())))
    np.savez_compressed(TARGET, pieces=np.frombuffer("\n".join(rows).encode(), np.uint8), vectors=table)


def ours() -> set[str]:
    """English words that support is full of, and which the model knows in pieces alone."""
    classes = (words_of(name) for name in ("SINGULAR", "PLURAL", "MASS", "ADJECTIVE", *map(str.upper, FORMS)))
    groups = (word for group in shipped("en") for entry in group for word in terms(entry))
    return {word for word in (*groups, *(word for found in classes for word in found)) if word.isascii()}


def rounded(vectors: Array) -> np.ndarray[Any, np.dtype[np.int8]]:
    """The vectors along their first principal axes, each of them from -127 to 127."""
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    centred = units - units.mean(0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    turned = centred @ axes[:DIMENSIONS].T
    table: np.ndarray[Any, np.dtype[np.int8]] = np.round(turned / np.abs(turned).max(1, keepdims=True) * 127).astype(
        "i1"
    )
    return table


def tensors(path: Path) -> Mapping[str, Array]:
    """The tensors of a safetensors file, by name."""
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    head = json.loads(data[8:start])
    return {
        name: np.frombuffer(data, np.float32, (to - at) // 4, start + at).reshape(one["shape"])
        for name, one in head.items()
        if name != "__metadata__" and one["dtype"] == "F32"
        for at, to in [one["data_offsets"]]
    }


def embedded(ids: np.ndarray[Any, Any], weights: Mapping[str, Array]) -> Array:
    """What the model makes of some texts of one length, a row of pieces each: the mean over the pieces."""
    places = weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
    x = weights["embeddings.word_embeddings.weight"][ids] + places
    x = _normal(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm", weights)
    for layer in range(_LAYERS):
        x = _layer(x, f"encoder.layer.{layer}", weights)
    mean: Array = x.mean(1)
    return mean


def _layer(x: Array, name: str, weights: Mapping[str, Array]) -> Array:
    count, length, width = x.shape

    def heads(which: str) -> Array:
        made = _linear(x, f"{name}.attention.self.{which}", weights)
        return made.reshape(count, length, _HEADS, width // _HEADS).swapaxes(1, 2)

    scores = heads("query") @ heads("key").swapaxes(2, 3) / np.sqrt(width // _HEADS)
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    seen = (shares / shares.sum(-1, keepdims=True)) @ heads("value")
    seen = _linear(seen.swapaxes(1, 2).reshape(count, length, width), f"{name}.attention.output.dense", weights)
    x = _normal(x + seen, f"{name}.attention.output.LayerNorm", weights)
    inner = _gelu(_linear(x, f"{name}.intermediate.dense", weights))
    return _normal(x + _linear(inner, f"{name}.output.dense", weights), f"{name}.output.LayerNorm", weights)


def _linear(x: Array, name: str, weights: Mapping[str, Array]) -> Array:
    made: Array = x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return made


def _normal(x: Array, name: str, weights: Mapping[str, Array]) -> Array:
    centred = x - x.mean(-1, keepdims=True)
    scaled = centred / np.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-12)
    made: Array = scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return made


def _gelu(x: Array) -> Array:
    """GELU by its usual approximation with tanh (Hendrycks and Gimpel, 2016)."""
    made: Array = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x * x * x)))
    return made


if __name__ == "__main__":
    main(Path(sys.argv[1]))
