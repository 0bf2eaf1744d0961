"""Every slip of a file is told, and the entries without one are read."""

from __future__ import annotations

import os
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.model.errors import Problem
from cannedkit.yamlsource.node import Mapping, Scalar
from cannedkit.yamlsource.read import MAX_BYTES, read_file, salvage

CLOSE = "close it, or put the text in"


def salvaged(text: str) -> tuple[dict[str, str], list[str]]:
    """The texts that could be read, by key, and the problems as printed, without the file's name."""
    problems: list[Problem] = []
    root = salvage("a.yaml", text.encode(), problems).root
    pairs = root.pairs if isinstance(root, Mapping) else ()
    kept = {key.value: node.value for key, node in pairs if isinstance(node, Scalar)}
    return kept, [str(problem).removeprefix("a.yaml:") for problem in problems]


@pytest.mark.parametrize(
    ("text", "kept", "wanted"),
    [
        (
            "a: 1\nb: @x\nc: 2\nd:\n\tnl: y\ne: 3\nf: `z\n",
            "ace",
            ['2:4: a text that starts with "@"', "5:1: a tab stands where", '7:4: a text that starts with "`"'],
        ),
        (
            'a: "Hello\nb: Bye\nc: "See you\nd: x\n',
            "bd",
            [f'1:4: the quote " that opens this text is never closed: {CLOSE}', '3:4: the quote "'],
        ),
        ("a: 'It's late'\nb: ok\n", "b", ["1:4: text stands behind the closing quote '"]),
        ("a: Hi\ntext:Hello\nlast: y\nend:Hi", ("a", "last"), ["2:5: put a space behind", "4:4: put a space behind"]),
        ("a: x\nb: *y\nc: z\na: again\n", "ac", ['2:4: a text that starts with "*"', '4:1: "a" stands here a second']),
        (
            "a:\n\tx: 1\nb: y\nc:\n\tx: 1\nb: z\n",
            "b",
            ["2:1: a tab", "5:1: a tab", '6:1: "b" stands here a second time'],
        ),
        (
            "a: x\u2028b: y\nc: z\nd: {{ e }}, f\n",
            "c",
            ["1:5: an invisible line break", '3:4: a text that starts with "{{"'],
        ),
        ("a: 1\r\nb:\r\n\tc: 1\r\nd: 2\r\n", "ad", ["3:1: a tab stands"]),
        ("a: 1\rb: @c\rd: 2\r", "ad", ['2:4: a text that starts with "@"']),
        ("a: Hello\nthere\nb: 1\n", "b", ['2:1: this line has no "key:"']),
        ("a: 1\nb: " + "[" * 50 + "\nc: 2\n", "ac", ["2:43: lists and mappings stand more than 40 deep"]),
        ("a: 1\n---\nb: 2\n", "a", ["2:1: a second document starts here"]),
        ("a: 1\nb: [\n\n", "a", ['2:4: "[" opens a list that lacks a "," or its "]"']),
        ("a: {\nb: 1\n", "b", ['1:4: "{" opens a list that lacks a "," or its "}"']),
        ("- a\n- 'b\n- c\n", "", ["2:3: the quote '"]),
        ("[a, b\nc: 2\n", "", ["1:1: "]),
        ('a:\n\tx: 1\nb: "several\nNote: lines\nof text"\nc: 2\n', "bc", ["2:1: a tab"]),
    ],
)
def test_each_slip_is_told_and_the_rest_is_read(text: str, kept: str | tuple[str, ...], wanted: list[str]) -> None:
    """A file with several slips has one problem for each, at its place; what stands between them is read."""
    found, problems = salvaged(text)
    assert tuple(found) == tuple(kept)
    assert len(problems) == len(wanted)
    assert [problem[: len(start)] for problem, start in zip(problems, wanted, strict=True)] == wanted


SLIPS = (
    *("k:\n\ten: x", "k: {{ x }}, hi", "k: @acme", "k: 'It's late'", "k: Hi\n  Note: bye"),
    *("k:Hello", 'k: "a\\q"', "k: [x"),
)


@given(st.lists(st.sampled_from((*SLIPS, *["k: fine"] * 8)), min_size=1, max_size=12))
def test_whatever_is_broken_the_others_are_read(entries: list[str]) -> None:
    """Each broken entry has a problem within its own lines, and each right one is read as it stands."""
    entries = ["k: fine", *entries]
    text = "".join(entry.replace("k", f"key{number}", 1) + "\n" for number, entry in enumerate(entries))
    found, problems = salvaged(text)
    starts = [1 + sum(entry.count("\n") + 1 for entry in entries[:number]) for number in range(len(entries) + 1)]
    lines = [int(problem.partition(":")[0]) for problem in problems]
    told = [sum(start <= line < end for line in lines) for start, end in pairwise(starts)]
    assert told == [entry != "k: fine" for entry in entries]
    assert found == {f"key{number}": "fine" for number, entry in enumerate(entries) if entry == "k: fine"}


@given(st.text(st.sampled_from("ab:'\"[]{}|>-?*&!%@#, \n\t\r\u2028\x00"), max_size=60))
def test_any_text_is_read_or_told(text: str) -> None:
    """Whatever stands in a file, each entry comes back or there is a problem; nothing raises."""
    problems: list[Problem] = []
    source = salvage("a.yaml", text.encode(), problems)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)
    assert not problems or source.root is None or isinstance(source.root, Mapping)


@pytest.mark.parametrize(
    "entry", ["k{}: 'x\nz{}: \"y\n", "k{}: [x\nz{}: {{y\n", "k{}: \"x\nz{}: don't\n", "k{}:\n\tx: {}\n"]
)
def test_a_file_full_of_slips_takes_no_longer_than_one_that_is_right(entry: str) -> None:
    """However many slips and open quotes a file of 3 MB holds, it is read within seconds and told by a hundred."""
    text = "".join(entry.format(number, number) for number in range(150_000))
    began = time.process_time()
    assert len(salvaged(text)[1]) == 100
    assert time.process_time() - began < 10


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A missing file, a folder, a pipe and a file beyond the limit are one problem each; nothing hangs or raises."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "long").write_text("a: 1\n" * 10)
    wanted = {
        "missing": "cannot be read: No such file or directory",
        "folder": "cannot be read: Is a directory",
        "pipe": "cannot be read: it is no regular file",
        "long": "the file has 50 bytes, more than the 20 that can be read: split it",
        "a\0b": "cannot be read: embedded null byte",
    }
    for name, message in wanted.items():
        problems: list[Problem] = []
        assert read_file(tmp_path / name, problems, most_bytes=20) is None
        assert [(problem.path, problem.message) for problem in problems] == [(str(tmp_path / name), message)]
    assert MAX_BYTES == 5_000_000
