"""Inputs that nobody writes: made of a grammar or taken from seeds, then broken.

Each is told by the name of its target, a seed and its number, and comes out the same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

MOST = (*(2_000,) * 19, 30_000)
"""Bytes that an input may have, one of these: of texts of every length `benchmarks.hostile` says what they cost."""

DEEP = 14
"""Symbols within symbols, beyond which a grammar takes each symbol's first way, which must lead to an end."""

Grammar = Mapping[str, Sequence[str]]
"""A symbol -> the ways to write it, in which `«name»` stands for a symbol; it starts with `«start»`."""

_SYMBOL = re.compile("«([a-z]+)»")

WORDS: tuple[bytes, ...] = (
    *(b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\x1b[2J"),
    *(b"\r\n", b"\r", b"\n", b"\t", b" ", b"\n\n", b"---\n", b"...\n", b"# ", b" #", b": ", b"- ", b"? ", b"! ", b"| "),
    *(b"*", b"&a ", b"*a", b"!!python/object:os.system ", b"!!str ", b"<<: ", b"@", b"`", b"%", b"'", b'"', b"|\n  "),
    *(b"{", b"}", b"[", b"]", b"(", b")", b"<", b">", b",", b"\\", b"^", b"$", b".", b"?", b"+", b"|"),
    *(b"{{", b"}}", b"{%", b"%}", b"{{ customer.first_name }}", b"{% if a %}", b"{% endif %}", b"{% raw %}", b"null"),
    *(b"true", b"no", b"1e999999", b"-1", b"0", b"99999999999999999999", b"0x1F", b"1_000", b".inf", b".nan", b"NaN"),
    *(b"2026-02-30", b"9999-12-31", b"en", b"zh-Hant-TW", b"%s", b"%d", b"$1", b"\\1", b"${1}", b"../", b"/dev/zero"),
    *(one.encode() for one in "é ß İ ﬀ \u0301 \u200b 😀 👩‍👩‍👧 ไทย 中文 العربية \ufffd \U0010ffff".split(" ")),
)  # fmt: skip
"""What readers take for more than text, and texts that count differently in bytes, characters and letters."""


def made(name: str, seeds: Sequence[bytes], grammar: Grammar, seed: int, number: int) -> bytes:
    """The input of a target with this number under this seed."""
    random = Random(f"{name} {seed} {number}")  # noqa: S311  # to be the same again, not to be secret
    most = random.choice(MOST)
    data = written(grammar, random).encode("utf-8", "surrogatepass") if random.random() < 0.5 else random.choice(seeds)
    for _ in range(random.choice((0, 0, 1, 1, 1, 2, 2, 3, 5, 8))):
        data = random.choice(_WAYS)(data, random, seeds)[:most]
    return data[:most]


def written(grammar: Grammar, random: Random, symbol: str = "start", depth: int = 0) -> str:
    """A text of a grammar."""
    ways = grammar[symbol]
    way = ways[0] if depth > DEEP else random.choice(ways)
    return _SYMBOL.sub(lambda found: written(grammar, random, found[1], depth + 1), way)


# -- how an input is broken ---------------------------------------------------------------------

Way = Callable[[bytes, Random, Sequence[bytes]], bytes]


def _stretch(data: bytes, random: Random, most: int = 40) -> tuple[int, int]:
    start = random.randint(0, len(data))
    return start, min(len(data), start + random.randint(1, most))


def _flipped(data: bytes, random: Random, seeds: Sequence[bytes]) -> bytes:
    if not data:
        return data
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]


def _cut(data: bytes, random: Random, seeds: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, random, random.choice((1, 8, 400)))
    return data[:start] + data[end:]


def _moved(data: bytes, random: Random, seeds: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, random)
    rest = data[:start] + data[end:]
    at = random.randint(0, len(rest))
    return rest[:at] + data[start:end] + rest[at:]


def _repeated(data: bytes, random: Random, seeds: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, random, random.choice((1, 4, 40)))
    return data[:end] + data[start:end] * random.choice((1, 2, 10, 100, 1_000, 5_000)) + data[end:]


def _worded(data: bytes, random: Random, seeds: Sequence[bytes]) -> bytes:
    at = random.randint(0, len(data))
    word = random.choice(WORDS)
    return data[:at] + word * random.choice((1, 1, 1, 2, 50)) + data[at + random.choice((0, 0, 1, len(word))) :]


def _nested(data: bytes, random: Random, seeds: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, random)
    opens, closes = random.choice(_BRACKETS)
    times = random.choice((1, 2, 10, 100, 1_000))
    return data[:start] + opens * times + data[start:end] + closes * times + data[end:]


def _spliced(data: bytes, random: Random, seeds: Sequence[bytes]) -> bytes:
    other = random.choice(seeds)
    return data[: random.randint(0, len(data))] + other[random.randint(0, len(other)) :]


def _shuffled(data: bytes, random: Random, seeds: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    first, second = random.randrange(len(lines)), random.randrange(len(lines))
    lines[first], lines[second] = lines[second], random.choice((b"", b" ", b"  ")) + lines[first]
    return b"\n".join(lines)


def _counted(data: bytes, random: Random, seeds: Sequence[bytes]) -> bytes:
    numbers = list(re.finditer(rb"[0-9]+", data))
    if not numbers:
        return data
    found = random.choice(numbers)
    return data[: found.start()] + random.choice(_NUMBERS) + data[found.end() :]


_BRACKETS = (
    *((b"(", b")"), (b"[", b"]"), (b"{", b"}"), (b"<", b">"), (b"(?:", b")"), (b"{% if a %}", b"{% endif %}")),
    *((b'"', b'"'), (b"'", b"'"), (b"{{", b"}}"), (b"> ", b""), (b"- ", b""), (b"{a: ", b"}"), (b'{"a":', b"}")),
    *((b"**", b"**"), (b"[", b"](a)"), (b"`", b"`"), (b"(?=", b")"), (b"(?<!", b")"), (b"!", b""), (b"\\", b"")),
)
_NUMBERS = (b"0", b"-1", b"00", b"1e9", b"65536", b"2147483648", b"9" * 19, b"9" * 5_000, b"0.0", b"1.5", b"\xd9\xa3")
_WAYS: tuple[Way, ...] = (
    *(_flipped, _cut, _moved, _repeated, _worded, _worded, _nested, _spliced, _shuffled, _counted),
)
