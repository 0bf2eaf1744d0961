"""JSON lines: one answer to each line, in the same order, whatever the line is."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cannedkit import Kit
from cannedkit.wire import jsonl
from tests.conftest import Write

RULE = "extends: existence\nmessage: m\nlevel: error\ntokens: [awful]\nwhy: It hurts.\ninstead: Be kind.\nsource: us\n"


@pytest.fixture
def kit(write: Write) -> Kit:
    """A kit with one rule, for drafts about anything but law."""
    rule = f"{RULE}where: {{topic: {{not: legal}}}}\n"
    return Kit.load(write({"cannedkit.yaml": "engines: {}\npacks: [Own]\n", "rules/Own/Awful.yml": rule}))


def _answers(kit: Kit, *lines: bytes | dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    data = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    told = jsonl.answers(kit, jsonl.batches(io.BytesIO(data)), **more)
    return [json.loads(jsonl.encoded(answer)) for answer, _ in told]


def test_what_nothing_read_stands_in_the_answer(kit: Kit) -> None:
    """An answer names what no rule or engine read; there is no such key where all was read."""
    (answer,) = _answers(kit, {"id": 1, "text": "Hi"})
    assert answer["unread"] == [{"locale": "en", "what": "spelling and grammar", "why": "no engine reads en"}]
    assert "unread" not in _answers(Kit.load(kit.settings.root.parent), {"text": "Hi", "locale": "en"})[0]


def test_topic_and_status_are_taken(kit: Kit) -> None:
    """A line says the topic of its draft, or has that of the options."""
    lines = [{"text": "awful", "topic": topic} for topic in ("legal", "shop", None)]
    found = [len(answer["findings"]) for answer in _answers(kit, *lines, defaults={"topic": "legal"})]
    assert found == [0, 1, 0]


def test_explain_adds_the_reasons(kit: Kit) -> None:
    """With `explain` a finding says why its rule is there, what to write instead, and where the rule comes from."""
    (answer,) = _answers(kit, {"text": "awful"}, explain=True)
    (found,) = answer["findings"]
    assert (found["why"], found["instead"], found["rule_source"]) == ("It hurts.", "Be kind.", "us")
    assert "why" not in _answers(kit, {"text": "awful"})[0]["findings"][0]


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"locale": 5}, "`locale` must be a text, not an int"),
        ({"locale": "english"}, "'english' is not a locale; write a BCP 47 tag such as en, en-GB or nl"),
        ({"channel": "chatt"}, "unknown channel 'chatt'; did you mean `chat`?"),
        ({"channel": ["chat"]}, "`channel` must be a text, not a list"),
        ({"mood": 5}, "`mood` must be a text, not an int"),
        ({"known": "issue"}, "`known` is a list of facts: write ['issue']"),
        ({"known": [1]}, "`known` must be a text, not an int"),
        ({"known": {"issue": 1}}, "`known` must be a list of facts, not a dict"),
        ({"history": ["Hi"]}, "a turn of `history` must be a mapping with `by` and `text`, not a str"),
        ({"topic": False}, "`topic` must be a text, not a bool"),
    ],
)
def test_what_is_no_draft(kit: Kit, more: dict[str, Any], error: str) -> None:
    """A field of the wrong kind is an error of its line that says what is wanted and what was given."""
    assert _answers(kit, {"id": 7, "text": "Hi", **more}) == [{"id": 7, "line": 1, "error": error}]


def test_ends_of_lines(kit: Kit) -> None:
    """Lines may end as in Windows, the last without an end; blank ones count and have no answer."""
    data = b'\xef\xbb\xbf{"id": 1, "text": ""}\r\n\r\n \n{"id": 2}\r\n{"id": 3, "text": ""}'
    told = [json.loads(jsonl.encoded(answer)) for answer, _ in jsonl.answers(kit, jsonl.batches(io.BytesIO(data)))]
    assert [(answer["id"], answer.get("line")) for answer in told] == [(1, None), (2, 4), (3, None)]


@pytest.mark.parametrize("end", [b"\n", b""])
@pytest.mark.parametrize("beyond", [0, 1, jsonl.MAX_LINE, jsonl.MAX_LINE + 1, 2 * jsonl.MAX_LINE + 2])
def test_a_huge_line_is_one_error(kit: Kit, beyond: int, end: bytes) -> None:
    """A line of more than a megabyte is one error, is never held whole, and the lines around it have answers."""
    huge = b'{"id": 2, "text": "' + b"a" * (jsonl.MAX_LINE + beyond) + b'"}'
    stream = io.BytesIO(b'{"id": 1, "text": ""}\n' + huge + end + (b'{"id": 3, "text": ""}' if end else b""))
    kept = list(jsonl.batches(stream))
    assert max(len(line) for batch in kept for line in batch) == jsonl.MAX_LINE + 1
    told = [answer for answer, _ in jsonl.answers(kit, kept)]
    assert told[1] == {"id": None, "line": 2, "error": "a line may hold 1,000,000 bytes, this one has more"}
    assert [answer["id"] for answer in told] == ([1, None, 3] if end else [1, None])


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (rb'{"id": "\ud800", "text": "Hi"}', {"id": "\ud800"}),
        (rb'{"id": 1, "text": "\ud800"}', {"id": 1, "line": 1}),
        (rb'{"id": 1, "text": "Hi", "locale": "\ud800"}', {"id": 1, "line": 1}),
        (rb'{"id": 1, "text": "Hi", "\ud800": 1}', {"id": 1, "notes": ["unknown key, ignored: '\\ud800'"]}),
        (b'{"id": NaN, "text": "Hi"}', {"id": None, "error": "not JSON: NaN is no number of JSON"}),
        (b'{"id": 1e999, "text": "Hi"}', {"id": None, "error": "not JSON: 1e999 is too large a number"}),
        (b'{"id": %s, "text": "Hi"}' % (b"9" * 5000), {"id": None, "line": 1}),
        (b"[" * 100_000, {"id": None, "line": 1}),
        (b'{"text": "Hi", "text": 5}', {"id": None, "error": "`text` must be a text"}),
    ],
)
def test_a_line_cannot_end_the_stream(kit: Kit, line: bytes, answer: dict[str, Any]) -> None:
    """Half characters, numbers that JSON does not have and deep nesting get an answer, and so does the line behind."""
    told = _answers(kit, line, {"id": "next", "text": "Hi"})
    assert {key: told[0][key] for key in answer} == answer
    assert told[1]["id"] == "next"


@pytest.mark.parametrize("depth", [700, 800, 900, 950, 970, 980, 990])
def test_an_id_may_be_deep(kit: Kit, depth: int) -> None:
    """What can be read as an id can be written, or is an error."""
    (answer,) = _answers(kit, b'{"text": "", "id": ' + b"[" * depth + b"]" * depth + b"}")
    assert "findings" in answer or "error" in answer


def test_a_line_is_answered_before_the_next_is_read(kit: Kit) -> None:
    """Nothing more is read before the answers to what has come were taken."""
    read: list[int] = []

    def feed() -> Iterator[list[bytes]]:
        for number in range(3):
            read.append(number)
            yield [b'{"text": "Hi"}']

    for count, _ in enumerate(jsonl.answers(kit, feed()), start=1):
        assert len(read) == count


@pytest.mark.parametrize("pieces", [[b"a\nb", b"c\n", b"d"], [b"a", b"\n", b"bc", b"\nd"], [b"a\nbc\nd"]])
def test_lines_come_in_any_pieces(pieces: list[bytes]) -> None:
    """A line is given when its end has come, in however many pieces it came."""

    class Pieces(io.BytesIO):
        def read1(self, size: int | None = -1) -> bytes:
            return pieces.pop(0) if pieces else b""

    assert [line for batch in jsonl.batches(Pieces()) for line in batch] == [b"a", b"bc", b"d"]


def test_engines_read_many_lines_in_order(tmp_path: Path) -> None:
    """With an engine several lines are read at a time, and answered in their order."""
    lines = [{"id": number, "text": "Your parcel is on it's way. " * (number % 7)} for number in range(60)]
    kit = Kit.load(tmp_path)
    told = _answers(kit, *lines)
    assert [answer["id"] for answer in told] == list(range(60))
    assert [len(answer["findings"]) for answer in told] == [len(kit.lint(str(line["text"]))) for line in lines]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(["id", "text", "locale", "channel", "mood", "known", "history", "topic", "status", "part", "x"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(lines=st.lists(st.dictionaries(KEYS, VALUES) | VALUES, min_size=1, max_size=4))
def test_any_json_has_an_answer(kit: Kit, lines: list[Any]) -> None:
    """Whatever JSON stands in the lines, each has one answer, which is JSON in UTF-8."""
    assert len(_answers(kit, *(json.dumps(line).encode() for line in lines))) == len(lines)


def test_an_answer_to_a_failed_check(write: Write, tmp_path: Path) -> None:
    """A rule that cannot be read is an error of each answer, beside the findings of the others."""
    write(
        {
            "cannedkit.yaml": "engines: {}\npacks: [Own]\n",
            "rules/Own/Awful.yml": RULE,
            "rules/Own/Bad.yml": "extends: existence\nmessage: m\ntokens: ['(']\n",
        }
    )
    (answer,) = _answers(Kit.load(tmp_path), {"text": "awful"})
    assert [error["rule"] for error in answer["errors"]] == ["Own.Bad"]
    assert len(answer["findings"]) == 1


@pytest.mark.parametrize("most", [1, 7, 70_000])
@pytest.mark.parametrize("length", [0, 1, 6, 7, 8, 65_535, 65_536, 65_537, 131_072, 300_000])
def test_a_long_line_is_kept_to_its_limit_alone(most: int, length: int) -> None:
    """Of a line of any length what is within the limit is kept, and a byte more; the next one is whole."""
    told = [
        line for batch in jsonl.batches(io.BytesIO(b"x" * length + b"\ny\n" + b"z" * length), most) for line in batch
    ]
    kept = b"x" * min(length, most + 1)
    assert told == [kept, b"y", *([kept.replace(b"x", b"z")] if length else [])]
