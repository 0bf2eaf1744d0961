"""The promises of strict YAML: friendly errors, exact places, and edits that touch one text and nothing else."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cannedkit.model.errors import InputError, Place
from cannedkit.yamlsource.edit import EditRefused, replace, save, together, written
from cannedkit.yamlsource.node import Mapping, Node, Scalar, Sequence, Source, comment_problem, text_problem
from cannedkit.yamlsource.read import read

STYLES = ("plain", "single", "double", "literal", "folded")
slow = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def problems(text: str | bytes) -> list[str]:
    """Every problem of the file, as printed."""
    with pytest.raises(InputError) as caught:
        read("a.yaml", text if isinstance(text, bytes) else text.encode())
    return [str(problem) for problem in caught.value.problems]


def scalars(node: Node | None) -> Iterator[Scalar]:
    """Every text of the tree, keys too, in file order."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    elif isinstance(node, Mapping):
        for key, item in node.pairs:
            yield key
            yield from scalars(item)


def scalar(text: str, key: str = "text") -> Scalar:
    """The text under `key` at the top of the file."""
    root = read("a.yaml", text.encode()).root
    assert isinstance(root, Mapping)
    node = root.get(key)
    assert isinstance(node, Scalar)
    return node


# -- slips --------------------------------------------------------------------------------------

WRITTEN = "; cannedkit writes a placeholder as {{ name }}"

SLIPS = {
    "{{ name }}, thanks": 'a text that starts with "{{" must be put in quotes: "{{ name }}, thanks"',
    "{{ name }}": 'a text that starts with "{{" must be put in quotes: "{{ name }}"',
    "{% if late %}Sorry{% endif %}": (
        'a text that starts with "{%" must be put in quotes: "{% if late %}Sorry{% endif %}"'
    ),
    "Note: call us": 'a text with ": " in it must be put in quotes: "Note: call us"',
    'Say: "hi"': 'a text with ": " in it must be put in quotes: \'Say: "hi"\'',
    "Note:": 'a text with ": " in it must be put in quotes: "Note:"',
    "*Hello*": 'a text that starts with "*" must be put in quotes: "*Hello*" (YAML aliases are not allowed)',
    "*Hello there*": (
        'a text that starts with "*" must be put in quotes: "*Hello there*" (YAML aliases are not allowed)'
    ),
    "& more": 'a text that starts with "&" must be put in quotes: "& more" (YAML anchors are not allowed)',
    "&base more": 'a text that starts with "&" must be put in quotes: "&base more" (YAML anchors are not allowed)',
    "!important": 'a text that starts with "!" must be put in quotes: "!important" (YAML tags are not allowed)',
    "[ORDER] is late": 'a text that starts with "[" must be put in quotes: "[ORDER] is late"',
    "[ORDER is late": (
        '"[" opens a list that lacks a "," or its "]"; '
        'a text that starts with "[" must be put in quotes: "[ORDER is late"'
    ),
    "{name}, hello": f'a text that starts with "{{" must be put in quotes: "{{name}}, hello"{WRITTEN}',
    "%name% is here": f'a text that starts with "%" must be put in quotes: "%name% is here"{WRITTEN}',
    "@acme": 'a text that starts with "@" must be put in quotes: "@acme"',
    "`code` first": 'a text that starts with "`" must be put in quotes: "`code` first"',
    "- first": 'a text that starts with "- " must be put in quotes: "- first"',
    "? what": 'a text that starts with "? " must be put in quotes: "? what"',
    ", then": 'a text that starts with "," must be put in quotes: ", then"',
    "| Hello": 'a text that starts with "|" must be put in quotes: "| Hello", or start it on the next line',
    '"Hello" is a word': 'text stands behind the closing quote ": put all of it in other quotes: \'"Hello" is a word\'',
    '"say "hi" to"': 'text stands behind the closing quote ": put all of it in other quotes: \'say "hi" to\'',
    '"Yes" and "no"': 'text stands behind the closing quote ": put all of it in other quotes: \'"Yes" and "no"\'',
    ">Hello": 'a text that starts with ">" must be put in quotes: ">Hello", or start it on the next line',
    "{{": 'a text that starts with "{{" must be put in quotes: "{{"',
    "'I'm here'": "text stands behind the closing quote ': put all of it in other quotes: \"I'm here\"",
    "'Tis late": "the quote ' that opens this text is never closed: close it, or put the text in \" or under |",
    "&x\n  en: hi": 'a text that starts with "&" must be put in quotes: "&x" (YAML anchors are not allowed)',
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_one_problem_that_says_which_quotes_to_add(slip: str) -> None:
    """A text that YAML reads as something else gives one problem, at the text's start, that shows it in quotes."""
    assert problems(f"greeting: hi\ntext: {slip}\nlast: bye\n") == [f"a.yaml:2:7: {SLIPS[slip]}"]


@pytest.mark.parametrize(
    "text",
    ["%{name}, hi", "@{x} hi", "[[x]] hi", "{Name}, hi", "{%name%}, hi", "%s, hi", "@name@, hi", "*|NAME|*, hi"],
)
def test_a_placeholder_of_another_system_is_told_as_one(text: str) -> None:
    """Where a text starts with a placeholder of another system the problem says how one is written here, too."""
    mark = "{%" if text.startswith("{%") else text[0]
    (problem,) = problems(f"text: {text}\nlast: bye\n")
    assert problem.startswith(f'a.yaml:1:7: a text that starts with "{mark}" must be put in quotes: "{text}"')
    assert problem.endswith(WRITTEN)
    assert WRITTEN not in "".join(problems("a: {{ name }}, hi\n") + problems("a: '\nb: @acme\n"))


@pytest.mark.parametrize("text", ["{Name}", "[[x]]", "#{name}, hi"])
def test_a_placeholder_that_is_valid_yaml_is_told_as_one(text: str) -> None:
    """So too where YAML reads a list, a mapping or a comment."""
    root = read("a.yaml", f"text: {text}\n".encode()).root
    assert isinstance(root, Mapping)
    node = root.get("text")
    assert node is not None
    problem = comment_problem(node) if isinstance(node, Scalar) else text_problem(node)
    assert problem.message.endswith(WRITTEN)


def test_a_mended_slip_reads_as_the_text_meant() -> None:
    """What a message tells the writer to write is read as the text that the writer meant."""
    for slip, message in SLIPS.items():
        shown = re.search(r"quotes: (?P<shown>.+?)(?: \(YAML .*|, or start .*|; cannedkit .*)?$", message)
        if shown and "\n" not in slip:
            meant = slip[1:-1] if slip in ("'I'm here'", '"say "hi" to"') else slip
            assert scalar(f"text: {shown['shown']}\n").value == meant


def test_a_comment_behind_a_plain_text_is_known() -> None:
    """A text that stops at a `#` says so, and the problem stands at the `#`."""
    cut = scalar("text: Your order #{{ order.id }} is on its way.\n")
    assert (cut.value, cut.comment) == ("Your order", True)
    assert str(comment_problem(cut)) == "a.yaml:1:18: the text stops at #: put it in quotes or under |"
    assert scalar("text: #{{ order.id }} is late\n").comment
    assert not any(scalar(f"text: {text}\n").comment for text in ["a#b", "'a' # c", '"a" # c', "| # c\n  a # b", ""])


def test_a_text_cut_in_two_by_a_comment_is_told() -> None:
    """A comment between two lines of a text is named as what stops the text."""
    assert problems("text: Hello # 1\n  and bye\n") == [
        "a.yaml:1:13: the text stops at #: put it in quotes or under |"
    ]  # fmt: skip


def test_words_that_yaml_takes_for_other_types_stay_text() -> None:
    """`no`, numbers, times and dates are the text that stands there."""
    for word in ["no", "on", "12:30", "1.10", "010", "1_000", "2026-01-01", "~", "null", ".inf", "0x1F"]:
        assert scalar(f"text: {word}\n").value == word


def test_a_list_or_mapping_in_a_texts_place_is_told_as_a_slip() -> None:
    """Brackets or `: ` that make valid YAML of a text can be told as the slip they are."""
    root = read("a.yaml", b"text: [ORDER]\nlist:\n- 'Note: a'\n- Note: b\n- - c\n").root
    assert isinstance(root, Mapping)
    bracket, entries = root.get("text"), root.get("list")
    assert isinstance(bracket, Sequence)
    assert isinstance(entries, Sequence)
    assert (bracket.flow, entries.flow) == (True, False)
    assert str(text_problem(bracket)) == (
        'a.yaml:1:7: a text that starts with "[" must be put in quotes: "[ORDER]"'
    )  # fmt: skip
    assert str(text_problem(entries.items[1])) == (
        'a.yaml:4:3: a text with ": " in it must be put in quotes: "Note: b"'
    )
    assert str(text_problem(entries.items[2])) == "a.yaml:5:3: a text must stand here, not a list or a mapping"


def test_braces_inside_a_list_are_told_up_to_their_end() -> None:
    """A placeholder without quotes inside brackets is shown alone, not with its neighbours."""
    assert problems("text: [a, {{ x }}, c]\n") == [
        'a.yaml:1:11: a text that starts with "{{" must be put in quotes: "{{ x }}"'
    ]


def test_a_reserved_character_between_brackets_is_told_up_to_the_next_comma() -> None:
    """Inside brackets or braces the text shown in quotes ends where its item does."""
    assert problems("text: [a, @b, c]\n") == ['a.yaml:1:11: a text that starts with "@" must be put in quotes: "@b"']
    assert problems("text: {a: %b}\n") == ['a.yaml:1:11: a text that starts with "%" must be put in quotes: "%b"']


def test_a_flood_of_problems_ends_the_reading() -> None:
    """A file full of faults is told by its first hundred."""
    for text in ["\x01" * 300, "a: 1\n" * 300, "- *a\n" * 300]:
        assert len(problems(text)) == 100


def test_other_faults_say_how_to_mend_them() -> None:
    """Tabs, missing spaces, lost indentation, bad escapes and quotes left open each have their own words."""
    faults = {
        "text:\n\ten: hi\n": "a.yaml:2:1: a tab stands where YAML wants spaces: indent with spaces",
        "text:\n  en: hi\n\tnl: hoi\n": "a.yaml:3:1: a tab stands where YAML wants spaces: indent with spaces",
        "text:Hello\nlast: x\n": 'a.yaml:1:5: put a space behind the colon: "text: Hello"',
        "text: Hello\nthere\nlast: x\n": (
            'a.yaml:2:1: this line has no "key:": if it goes on with the text above, '
            "indent it further than the key above"
        ),
        "text: Hello\n  Note: bye\n": (
            'a.yaml:2:7: a text with ": " in it must be put in quotes or under |, all its lines; '
            "a key must line up with other keys"
        ),
        "text:\n    en: hi\n  nl: hoi\n": (
            "a.yaml:3:3: this line does not line up with the lines above: give it as many spaces as its neighbours"
        ),
        'text: "a\\q"\n': 'a.yaml:1:9: "\\q" is not an escape here: in double quotes write "\\\\" for a backslash',
        'text: "\\xZZ"\n': 'a.yaml:1:8: "\\x" is not an escape here: in double quotes write "\\\\" for a backslash',
        'text: "Hello\nlast: "x"\n': (
            "a.yaml:1:7: the quote \" that opens this text is never closed: close it, or put the text in ' or under |"
        ),
        'text:\n  en: "Hello\n  nl: "x"\n': (
            'a.yaml:3:7: the quote " ends a text that began further up: look there for the quote that is missing'
        ),
        "%name%, hi\n": f'a.yaml:1:1: a text that starts with "%" must be put in quotes: "%name%, hi"{WRITTEN}',
        "a: 1\n---\nb: 2\n": "a.yaml:2:1: a second document starts here: make it a file of its own",
        "[a]: b\n": "a.yaml:1:1: a list or a mapping stands where a key must: put it in quotes",
    }
    for text, message in faults.items():
        assert problems(text) == [message]


def test_every_problem_of_a_file_is_told() -> None:
    """Duplicates, anchors, aliases and tags are collected, not only the first of them."""
    text = "a: 1\nb: {c: 1, c: 2}\na: &x 3\nd: *x\ne: !!str 5\n"
    assert problems(text) == [
        'a.yaml:2:11: "c" stands here a second time (first in line 2): rename or remove one',
        'a.yaml:3:1: "a" stands here a second time (first in line 1): rename or remove one',
        'a.yaml:3:4: a text that starts with "&" must be put in quotes: "&x 3" (YAML anchors are not allowed)',
        'a.yaml:4:4: a text that starts with "*" must be put in quotes: "*x" (YAML aliases are not allowed)',
        'a.yaml:5:4: a text that starts with "!" must be put in quotes: "!!str 5" (YAML tags are not allowed)',
    ]


def test_bytes_that_are_no_text_are_named_by_their_place() -> None:
    """Bytes that are not UTF-8, and characters that no one can see, are told with line, column and number."""
    assert problems(b"a: 1\nb: caf\xe9\n") == [
        "a.yaml:2:7: byte 12 of the file (0xE9) is not UTF-8: save the file as UTF-8"
    ]  # fmt: skip
    assert problems(b"\xef\xbb\xbfb: \xff\n")[0].startswith("a.yaml:1:4: byte 7 of the file (0xFF)")
    assert problems("a: 1".encode("utf-16"))[0] == "a.yaml:1:1: the file is written as UTF-16: save it as UTF-8"
    assert problems("a: b\x00\nc: \x07\n") == [
        "a.yaml:1:5: an invisible character (U+0000) stands here: delete it",
        "a.yaml:2:4: an invisible character (U+0007) stands here: delete it",
    ]
    for mark in "\x85\u2028\u2029":
        assert problems(f"a: x{mark}y\n") == [
            f"a.yaml:1:5: an invisible line break (U+{ord(mark):04X}) stands here: "
            "put a usual line break or a space in its place"
        ]


def test_escaped_line_separators_are_characters() -> None:
    """U+0085, U+2028 and U+2029 may be written as escapes and count as one character each."""
    node = scalar('text: "a\\Nb\\Lc\\Pd\\u2028"\n')
    assert (node.value, node.mapped) == ("a\x85b\u2028c\u2029d\u2028", True)
    written = [node.source.text[start:end] for start, end in node.spans]
    assert written == ["a", "\\N", "b", "\\L", "c", "\\P", "d", "\\u2028"]


def test_deep_nesting_and_large_files_are_errors() -> None:
    """More than 40 levels, however written, and more than 5 MB are errors and never a crash."""
    for deep in ["[" * 30_000, "- " * 30_000, "{a: " * 30_000, "? " * 30_000, "a: " + "[" * 41]:
        assert any("deep" in problem or "?" in problem for problem in problems(deep))
    assert read("a.yaml", b"[" * 40 + b"]" * 40).root
    assert "more than 40 deep" in problems("[" * 41 + "]" * 41)[0]
    assert problems(b"a" * 5_000_001) == [
        "a.yaml:1:1: the file has 5,000,001 bytes, more than the 5,000,000 that can be read: split it"
    ]
    assert read("a.yaml", b"a" * 5_000_000).root


def test_an_empty_file_has_no_root() -> None:
    """A file without content is read, and holds nothing."""
    for text in ["", "# only a comment\n", "---\n", "\n\n", "\ufeff"]:
        assert read("a.yaml", text.encode()).root is None


def test_positions_count_code_points_and_every_kind_of_line_end() -> None:
    """Lines end at LF, CR LF or CR; columns count code points; a byte order mark is not counted."""
    source = read("a.yaml", "\ufeff# 😀é\r\na: 1\rb: 😀x\nc: 3".encode())
    assert source.bom
    places = [source.position(node.start) for node in scalars(source.root)]
    assert places == [(2, 1), (2, 4), (3, 1), (3, 4), (4, 1), (4, 4)]
    assert source.position(len(source.text)) == (4, 5)


def test_places_of_every_style() -> None:
    """A span of the value stands where its characters are written, escapes and folds included."""
    double = scalar('text: "caf\\u00e9 au\n  lait"\n')
    assert double.value == "café au lait"
    assert double.place(3, 4) == Place("a.yaml", 1, 11, 1, 17)
    assert double.place(7, 8) == Place("a.yaml", 1, 20, 2, 3)
    assert double.place(8, 12) == Place("a.yaml", 2, 3, 2, 7)
    block = scalar("text: |  # comment\n  One.\n\n  Two\n")
    assert block.place(6, 9) == Place("a.yaml", 4, 3, 4, 6)
    assert block.part(6, 9).value == "Two"
    assert block.part(6, 9).place(1, 2) == Place("a.yaml", 4, 4, 4, 5)
    assert block.part(6, 9).place(3, 3) == Place("a.yaml", 4, 6, 4, 6)
    assert scalar("text: 'it''s'\n").place(2, 3) == Place("a.yaml", 1, 10, 1, 12)
    assert scalar("text: ''\n").place(0, 0) == Place("a.yaml", 1, 8, 1, 8)
    assert scalar("text:\n").place(0, 0) == Place("a.yaml", 1, 6, 1, 6)
    assert scalar("text: ab\n").place(2, 2) == Place("a.yaml", 1, 9, 1, 9)
    assert block.place_of().line == 1
    assert str(block.problem("wrong")) == "a.yaml:1:7: wrong"


# -- random documents ---------------------------------------------------------------------------

LETTERS = st.sampled_from(
    [*"abcdé中", "😀", "e\u0301", "'", '"', "#", ":", "-", "{", "]", "\\", "&", "!", "|", "%", "\t"]
)
VALUES = st.lists(st.one_of(LETTERS, st.sampled_from([" ", " ", "\n"])), max_size=25).map("".join)
FRAGMENTS = st.sampled_from(
    ["a", "é", "😀", " ", "  ", "\n", "\r\n", "\r", "\n  ", "\n   ", "\n    ", "\t", "''", '\\"', "\\n",
     "\\x41", "\\u00e9", "\\U0001F600", "\\\n", "\\\r\n  ", "\\ ", "\\\t", "\\0", "#", " #", ":", "- ", ",", "\n\n"]
)  # fmt: skip
HEADERS = [kind + sign + note for kind in "|>" for sign in ("", "-", "+", "1", "2-", "+3") for note in ("", " # c")]
HEADS: dict[str, tuple[int, list[Any]]] = {
    "text: ": (0, ["text"]),
    "a:\n  - text: ": (4, ["a", 0, "text"]),
    "- - ": (2, [0, 0]),
    "a:\n- ": (0, ["a", 0]),
    "a:\n    b: ": (4, ["a", "b"]),
}
"""What may stand before a text -> the column of the list or mapping around it, and the way to it."""


def emitted(data: st.DataObject, value: str, style: str, outer: int) -> str | None:
    """`value` written in that style, its lines deeper than `outer`; None where the style cannot hold it."""
    if style == "double":
        return f'"{"".join(escaped(data, character) for character in value)}"'
    if style in ("literal", "folded"):
        return emitted_block(data, value, style, outer)
    if re.search(r"[ \t]\n|\n[ \t]", value) or (style == "plain" and value != value.strip()):
        return None
    margin = "\n" + " " * (outer + 2)
    folds = st.sampled_from([" ", margin, "  " + margin])
    words = re.split(r"(?<=\w) (?=\w)", re.sub(r"\n+", lambda breaks: breaks.group() + margin, value))
    written = words[0] + "".join(data.draw(folds) + word for word in words[1:])
    return "'" + written.replace("'", "''") + "'" if style == "single" else written


def escaped(data: st.DataObject, character: str) -> str:
    """One character inside double quotes."""
    if character in '"\\\n\t':
        return f"\\x{ord(character):02x}"
    return data.draw(st.sampled_from([f"\\U{ord(character):08x}", character]))


def emitted_block(data: st.DataObject, value: str, style: str, outer: int) -> str | None:
    """`value` as a block with the chomping it needs, an indentation indicator where it needs or may have one."""
    content = value.rstrip("\n")
    if not content:
        return None
    trailing = len(value) - len(content)
    deeper = data.draw(st.integers(1, 4))
    said = str(deeper) if content[0] in " \t\n" or data.draw(st.booleans()) else ""
    header = {"literal": "|", "folded": ">"}[style] + {0: "-", 1: ""}.get(trailing, "+") + said
    lines = folded_lines(data, content) if style == "folded" else content.split("\n")
    body = "\n".join(" " * (outer + deeper) + line if line else line for line in lines)
    return header + data.draw(st.sampled_from(["", " # note", "  "])) + "\n" + body + "\n" * max(trailing - 1, 0)


def folded_lines(data: st.DataObject, content: str) -> list[str]:
    """The lines of a folded block that reads as `content`: breaks between two unindented lines are one more."""
    lines: list[str] = []
    before = " "
    for line in content.split("\n"):
        if line and before[0] not in " \t" and line[0] not in " \t":
            lines.append("")
        words = [line] if line[:1] in ("", " ", "\t") else re.split(r"(?<=[^ \t]) (?=[^ \t])", line)
        lines.append(words[0])
        for word in words[1:]:
            if data.draw(st.booleans()):
                lines.append(word)
            else:
                lines[-1] += " " + word
        before = line or before
    return lines


def document(data: st.DataObject, value: str, style: str) -> tuple[bytes, list[Any]]:
    """A file with `value` in it somewhere, and the way to it."""
    head = data.draw(st.sampled_from(list(HEADS)))
    outer, path = HEADS[head]
    raw = emitted(data, value, style, outer)
    assume(raw is not None)
    tail = "- last\n" if head.startswith("-") else "last: z\n"
    text = f"# é😀\n{head}{raw}\n{tail}".replace("\n", data.draw(st.sampled_from(["\n", "\r\n"])))
    return data.draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode(), path


def attempt(data: bytes) -> Source | InputError:
    """The file, or why it is none."""
    try:
        return read("a.yaml", data)
    except InputError as error:
        return error


def at(source: Source, path: list[Any]) -> Node | None:
    """The node at the end of `path`."""
    node = source.root
    for step in path:
        if isinstance(node, Mapping):
            node = node.get(step)
        elif isinstance(node, Sequence):
            node = node.items[step]
    return node


def text_at(source: Source, path: list[Any], value: str) -> Scalar:
    """The text at the end of `path`, which must be `value`."""
    node = at(source, path)
    assert isinstance(node, Scalar)
    assert node.value == value
    return node


def assert_exact(node: Scalar) -> None:
    """Each character of the value is what its span holds, or an escape, a doubled quote or a fold of it."""
    assert node.mapped
    text = node.source.text
    assert all(a[1] <= b[0] for a, b in pairwise(node.spans))
    for character, (start, end) in zip(node.value, node.spans, strict=True):
        assert node.start <= start < end <= node.end
        raw = text[start:end]
        if node.style == "double" and raw[0] == "\\":
            assert len(raw) > 1
        elif node.style == "single" and character == "'":
            assert raw == "''"
        elif character == "\n" or (character == " " and raw != " "):
            assert re.fullmatch(r"[ \t\r\n]*[\r\n][ \t\r\n]*", raw)
            assert node.style != "literal" or raw in ("\n", "\r\n", "\r")
        else:
            assert raw == character
    assert all(node.start <= node.between(offset) <= node.end for offset in range(len(node.value) + 1))


@slow
@given(st.data(), VALUES, st.sampled_from(STYLES))
def test_values_come_back_with_the_place_of_every_character(data: st.DataObject, value: str, style: str) -> None:
    """Any text in any style, folded and escaped at random, with CR LF or a BOM, is read as it was meant, and placed."""
    file, path = document(data, value, style)
    source = attempt(file)
    if style == "plain":  # the only style in which YAML may take a text for something else
        assume(isinstance(source, Source))
    assert isinstance(source, Source)
    node = at(source, path)
    if style == "plain":
        assume(isinstance(node, Scalar) and node.value == value)
    assert isinstance(node, Scalar)
    assert (node.value, node.style) == (value, style)
    assert_exact(node)


@settings(slow, max_examples=1000)
@given(st.data())
def test_whatever_pyyaml_reads_is_placed(data: st.DataObject) -> None:
    """However oddly a scalar is written, if PyYAML reads it then every character has its exact place."""
    head = data.draw(st.sampled_from([*HEADS, ""]))
    raw = "".join(data.draw(st.lists(FRAGMENTS, max_size=12)))
    header = data.draw(st.sampled_from(HEADERS))
    written = data.draw(st.sampled_from([raw, f"'{raw}'", f'"{raw}"', f"{header}\n{raw}", f"{header}\n     {raw}"]))
    source = attempt((head + written + data.draw(st.sampled_from(["", "\n"]))).encode())
    for node in scalars(source.root) if isinstance(source, Source) else ():
        assert_exact(node)


def shape(node: Node | None) -> Any:
    """The tree as PyYAML's own loader gives it, every scalar a string."""
    if isinstance(node, Mapping):
        return {key.value: shape(item) for key, item in node.pairs}
    if isinstance(node, Sequence):
        return [shape(item) for item in node.items]
    return node.value if node else None


def changed(tree: Any, path: list[Any], value: str) -> Any:
    """`tree` with `value` at the end of `path`."""
    if not path:
        return value
    copy = list(tree) if isinstance(tree, list) else dict(tree)
    copy[path[0]] = changed(tree[path[0]], path[1:], value)
    return copy


def refused_or_replaced(node: Scalar, edits: list[tuple[int, int, str]]) -> str | EditRefused:
    """What comes of the edits."""
    try:
        return replace(node, edits)
    except EditRefused as error:
        return error


@settings(slow, max_examples=400)
@given(st.data(), VALUES, st.sampled_from(STYLES))
def test_an_edit_changes_one_value_to_what_was_asked_or_is_refused(data: st.DataObject, value: str, style: str) -> None:
    """After any edits the other values and every character outside the text are the same, by PyYAML's own reading."""
    file, path = document(data, value, style)
    source = attempt(file)
    assume(isinstance(source, Source))
    assert isinstance(source, Source)
    node = at(source, path)
    assume(isinstance(node, Scalar) and node.value == value)
    assert isinstance(node, Scalar)
    offsets = st.integers(0, len(value))
    cuts = sorted(data.draw(st.one_of(st.tuples(offsets, offsets), st.tuples(offsets, offsets, offsets, offsets))))
    edits = [(start, end, data.draw(VALUES)) for start, end in zip(cuts[::2], cuts[1::2], strict=True)]
    wanted = value
    for start, end, text in reversed(edits):
        wanted = wanted[:start] + text + wanted[end:]
    after = refused_or_replaced(node, edits)
    if isinstance(after, EditRefused):
        assert str(after).startswith("a.yaml:")
        return
    assert after[: node.start] == source.text[: node.start]
    assert after.endswith(source.text[node.end :])
    assert bool(re.search("(?<!\r)\n", after)) == ("\r\n" not in source.text)
    before = yaml.load(source.text, Loader=yaml.CBaseLoader)  # noqa: S506
    assert before == shape(source.root)
    assert yaml.load(after, Loader=yaml.CBaseLoader) == changed(before, path, wanted)  # noqa: S506


WORDS = st.lists(st.sampled_from(["one", "it's", "😀", 'a"b', "c#d", "x:y", "é"]), min_size=1, max_size=8)


@slow
@given(
    st.data(), WORDS, st.sampled_from(STYLES[1:]), st.sampled_from(["new", "isn't", '"so"', "you: we", "a # b", "\\d"])
)
def test_a_word_can_always_be_replaced_in_quotes_and_blocks(
    data: st.DataObject, words: list[str], style: str, new: str
) -> None:
    """Outside plain texts, putting one word in another's place is never refused, whatever it holds."""
    value = words[0] + "".join(data.draw(st.sampled_from([" ", "\n", "\n\n"])) + word for word in words[1:])
    file, path = document(data, value, style)
    node = text_at(read("a.yaml", file), path, value)
    start, end = data.draw(st.sampled_from([match.span() for match in re.finditer(r"\S+", value)]))
    after = read("a.yaml", replace(node, [(start, end, new)]).encode())
    assert text_at(after, path, value[:start] + new + value[end:]).style == style


@slow
@given(st.data(), WORDS, st.sampled_from(STYLES[1:]))
def test_a_word_can_always_be_deleted_in_quotes_and_blocks(data: st.DataObject, words: list[str], style: str) -> None:
    """A word and the white space before it can be deleted in every style but plain, across folds and line ends."""
    value = "start" + "".join(data.draw(st.sampled_from([" ", "\n", "\n\n"])) + word for word in [*words, "end"])
    file, path = document(data, value, style)
    node = text_at(read("a.yaml", file), path, value)
    start, end = data.draw(st.sampled_from([match.span() for match in re.finditer(r"\s+\S+", value)]))
    after = read("a.yaml", replace(node, [(start, end, "")]).encode())
    assert text_at(after, path, value[:start] + value[end:]).style == style


PIECES = st.one_of(FRAGMENTS, st.sampled_from([*"[]{}*&!%@`?|>'\"-", "a: ", "---", "{{", "}}", "{%", "%YAML 1.1"]))
BYTES = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(PIECES, max_size=20).map(lambda pieces: "".join(pieces).encode()),
)


@settings(slow, max_examples=800)
@given(BYTES)
def test_any_bytes_are_a_source_or_an_input_error(data: bytes) -> None:
    """Whatever the bytes, the file is read or refused with places inside it; nothing else is raised."""
    source = attempt(data)
    if isinstance(source, InputError):
        assert source.problems
        assert all(problem.line >= 1 and problem.column >= 1 and problem.message for problem in source.problems)
        return
    for node in scalars(source.root):
        assert_exact(node)


@slow
@given(BYTES)
def test_without_libyaml_the_same_is_read(data: bytes) -> None:
    """PyYAML's own parser, where there is no libyaml, gives the same tree for whatever both can read, or an error."""
    compiled = attempt(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader")
        plain = attempt(data)
    if isinstance(compiled, Source) and isinstance(plain, Source):
        assert shape(compiled.root) == shape(plain.root)
        assert [node.spans for node in scalars(compiled.root)] == [node.spans for node in scalars(plain.root)]


# -- edits --------------------------------------------------------------------------------------


def test_edits_are_written_in_the_style_that_is_there() -> None:
    """Escapes, doubled quotes and indentation are those of the text's own style, and comments stay."""
    cases = [
        ('text: "a b" # c\n', (2, 3, 'say "x"\\\n\t\x85'), 'text: "a say \\"x\\"\\\\\\n\\t\\x85" # c\n'),
        ("text: 'a b' # c\n", (2, 3, "it's: #"), "text: 'a it''s: #' # c\n"),
        ("text: a b # c\n", (2, 3, "word"), "text: a word # c\n"),
        ("text: | # c\n    a\n    b\nz: 1\n", (2, 3, "x: y\n\nw #"), "text: | # c\n    a\n    x: y\n\n    w #\nz: 1\n"),
        ("text: |\n  a\n  b\n", (1, 3, ""), "text: |\n  a\n"),
        ("text: |\n  a\n  b\n", (1, 2, " "), "text: |\n  a b\n"),
        ("text: |\n  a\n\n  b\n", (2, 3, ""), "text: |\n  a\n  b\n"),
        ("text: >-\n  a\n  b\n", (1, 2, "\n"), "text: >-\n  a\n\n  b\n"),
        ("text: 'a b'\n", (1, 2, "\n"), "text: 'a\n\n  b'\n"),
        ("text: ''\n", (0, 0, "a"), "text: 'a'\n"),
        ("text: |\r\n  a\r\n", (1, 1, "\nb"), "text: |\r\n  a\r\n  b\r\n"),
    ]  # fmt: skip
    for text, edit, expected in cases:
        assert replace(scalar(text), [edit]) == expected


def test_plain_texts_refuse_what_only_quotes_can_hold() -> None:
    """An edit that would make a plain text something else is refused, with the place and what to do."""
    for new in ["x: y", "x #y", " end ", "\x00", "\ud800"]:
        with pytest.raises(
            EditRefused, match=r"^a\.yaml:1:7: the new text is not safe without quotes: put it in quotes"
        ):
            replace(scalar("text: word\n"), [(0, 4, new)])
    with pytest.raises(EditRefused, match="not safe without quotes"):
        replace(scalar("text: word\n"), [(0, 0, "{{ x }} ")])


def test_edits_that_overlap_or_go_too_far_are_refused() -> None:
    """Edits must lie inside the text, one behind the other."""
    node = scalar("text: 'abc def'\n")
    for edits in [[(0, 3, "x"), (2, 4, "y")], [(5, 8, "x")], [(-1, 0, "x")], [(3, 2, "x")]]:
        with pytest.raises(EditRefused, match="overlap or go past"):
            replace(node, edits)
    with pytest.raises(EditRefused, match="overlap or go past"):
        replace(node.part(0, 3), [(2, 5, "x")])
    assert replace(node.part(4, 7), [(0, 3, "x"), (3, 3, "y")]) == "text: 'abc xy'\n"


@pytest.mark.parametrize("text", ["wo rd", "'wo rd'", '"wo rd"', "|\n  wo rd", "'wo\n  rd'", "'w''rd'"])
def test_a_place_is_that_of_the_spans(text: str) -> None:
    """The place of any part of a text is that of its first and last character, however it is written."""
    node = scalar(f"text: {text}\n")
    for start in range(len(node.value)):
        for end in range(start + 1, len(node.value) + 1):
            assert node.place(start, end) == node.source.place(node.spans[start][0], node.spans[end - 1][1])


def test_a_text_whose_places_are_not_exact_is_never_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the decoding not agree with PyYAML, every character has the whole text's place, and edits are refused."""
    monkeypatch.setattr("cannedkit.yamlsource.node.decode", lambda *_: ("other", [(0, 1)] * 5))
    node = scalar("text: 'wo''d'\n")
    assert node.spans == [(6, 13)] * 4
    assert node.place(1, 2) == Place("a.yaml", 1, 7, 1, 14)
    with pytest.raises(EditRefused, match="edit it by hand"):
        replace(node, [(0, 4, "x")])


def test_saving_replaces_the_file_at_once_and_keeps_its_mode(tmp_path: Path) -> None:
    """The file has the new text, the old mode and byte order mark; a link stays a link; nothing is left behind."""
    file, link = tmp_path / "a.yaml", tmp_path / "b.yaml"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    save(link, "a: é\r\n", bom=True)
    assert file.read_bytes() == b"\xef\xbb\xbfa: \xc3\xa9\r\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert link.is_symlink()
    with pytest.raises(UnicodeEncodeError):
        save(file, "\ud800", bom=False)
    assert sorted(os.listdir(tmp_path)) == ["a.yaml", "b.yaml"]


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the new file cannot be put in place the old one is untouched and no temporary file stays."""
    file = tmp_path / "a.yaml"
    file.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        save(file, "new", bom=False)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.yaml", b"old")]


def test_texts_of_one_file_are_edited_together() -> None:
    """Several texts of a file get their edits in one writing; the rest of the file is as it was, byte by byte."""
    text = "# top\na: 'It''s cold' # one\nb:\n  en: >-\n    far\n    off\n  nl: \"ver\"\n\nc: |+\n  last\n\n"
    root = read("a.yaml", text.encode()).root
    made = [
        written(one, [(0, len(one.value), new)])
        for one in scalars(root)
        for old, new in (("It's cold", "It's hot"), ("far off", "near by"), ("ver", "dichtbij"))
        if one.value == old
    ]
    assert together(made) == text.replace("cold", "hot").replace("far\n    off", "near by").replace("ver", "dichtbij")


def test_an_edit_reads_its_own_entry_alone() -> None:
    """What is written is tried in its own entry: a file of a thousand texts is not read a thousand times."""
    text = "".join(f"n{number}: text {number}\n" for number in range(2_000))
    target = scalar(text, "n1000")
    began = process_time()
    for _ in range(20):
        written(target, [(0, 4, "new text")])
    assert process_time() - began < 1
