"""The script that writes the model of Vale's tagger."""

from __future__ import annotations

import struct

import pytest

from scripts.tagger import MAGIC, lines


def _model(weights: tuple[float, ...]) -> bytes:
    """Two tags, two features ("bias" with both tags, "i word a" with one), and one word of one tag."""
    named = b"".join(struct.pack("<H", len(name)) + name for name in (b"NN", b"DT"))
    head = MAGIC + struct.pack("<I", 2) + named + struct.pack("<3I", 2, 3, 12) + b"biasi word a"
    ends = struct.pack("<3I", 0, 4, 12) + struct.pack("<3I", 0, 2, 3)
    return head + ends + bytes((0, 1, 1)) + struct.pack("<3f", *weights) + struct.pack("<IH", 1, 3) + b"the\x01"


def test_a_model_becomes_lines() -> None:
    """Tags, words of one tag alone, then each feature with its weights in thousandths."""
    assert list(lines(_model((-0.5, 0.25, 1.125)))) == [b"NN DT", b"the 1", b"bias\t0:-500 1:250", b"i word a\t1:1125"]


@pytest.mark.parametrize("data", [b"", b"PROSETAG\x02\x00\x00\x00", _model((0.00051, 0.0, 0.0))])
def test_another_format_is_refused(data: bytes) -> None:
    """What would be written wrongly is refused: another file, another version, a weight with more decimals."""
    with pytest.raises(ValueError, match=r"not the model|three decimals"):
        list(lines(data))
