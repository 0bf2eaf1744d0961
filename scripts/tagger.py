"""The model of Vale's tagger as the package ships it: `python -m scripts.tagger EN.BIN`.

EN.BIN is `tag/aptagmodel/en.bin` of github.com/jdkato/prose/v3 3.2.1 (MIT). Written is `cannedkit/prose/tagger.gz`:
a line of tags, a line of words of one tag alone, then one line a feature with the weights of tags, in thousandths.
"""

from __future__ import annotations

import argparse
import gzip
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TARGET = Path(__file__).parents[1] / "cannedkit" / "prose" / "tagger.gz"
MAGIC = b"PROSETAG\x01\x00\x00\x00"


@dataclass
class Reader:
    """Bytes, and how far they were read."""

    data: bytes
    at: int = 0

    def take(self, count: int) -> bytes:
        """The next bytes."""
        self.at += count
        return self.data[self.at - count : self.at]

    def numbers(self, form: str, count: int = 1) -> tuple[float, ...]:
        """The next numbers of one form of `struct`, little-endian."""
        return struct.unpack(f"<{count}{form}", self.take(struct.calcsize(f"<{count}{form}")))

    def number(self, form: str = "I") -> int:
        """The next whole number."""
        return int(self.numbers(form)[0])


def lines(data: bytes) -> Iterator[bytes]:
    """The lines of the file. Raises ValueError for another format, or a weight with more than three decimals."""
    reader = Reader(data)
    if reader.take(len(MAGIC)) != MAGIC:
        raise ValueError("not the model of prose's tagger in its format 1")
    yield b" ".join(reader.take(reader.number("H")) for _ in range(reader.number()))
    features, pairs, letters = (reader.number() for _ in range(3))
    blob = reader.take(letters)
    ends = [[int(end) for end in reader.numbers("I", features + 1)] for _ in range(2)]
    classes, weights = reader.take(pairs), reader.numbers("f", pairs)
    thousandths = [round(1_000 * weight) for weight in weights]
    if any(abs(1_000 * weight - whole) > 0.01 for weight, whole in zip(weights, thousandths, strict=True)):
        raise ValueError("a weight has more than three decimals")
    sure = [(reader.take(reader.number("H")), reader.number("B")) for _ in range(reader.number())]
    yield b"\t".join(b"%s %d" % entry for entry in sorted(sure))
    for index in range(features):
        named = blob[ends[0][index] : ends[0][index + 1]]
        own = range(ends[1][index], ends[1][index + 1])
        yield named + b"\t" + b" ".join(b"%d:%d" % (classes[pair], thousandths[pair]) for pair in own)


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path, help="en.bin")
    made = gzip.compress(b"\n".join(lines(parser.parse_args().model.read_bytes())), 9, mtime=0)
    TARGET.write_bytes(made)
    print(f"{len(made):,} bytes in {TARGET}")


if __name__ == "__main__":
    main()
