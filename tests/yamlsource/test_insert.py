"""What is added to a YAML file stands where it should, and every other byte as it stood."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.yamlsource.edit import EditRefused
from cannedkit.yamlsource.insert import as_entry, flow, with_entry, with_first, with_item
from cannedkit.yamlsource.node import Mapping, Node, Sequence
from cannedkit.yamlsource.read import read
from cannedkit.yamlsource.schema import plain

RAW = flow({"rule": "A.B", "why": "it's so: yes"})


def at(text: str, *keys: str) -> Node:
    """The node at the end of a way of keys."""
    node = read("a.yaml", text.encode()).root
    for key in keys:
        assert isinstance(node, Mapping)
        node = node.get(key)
    assert node is not None
    return node


ENTRIES = {
    "a:\n  body: hi\nb: x\n": "a:\n  body: hi\n  w: RAW\nb: x\n",
    "a:\n    body: hi # why\n\n# of b\nb: x\n": "a:\n    body: hi # why\n    w: RAW\n\n# of b\nb: x\n",
    "a:\n  body: |\n    one\n\n    two\n\n\nb: x\n": "a:\n  body: |\n    one\n\n    two\n  w: RAW\n\n\nb: x\n",
    "a:\n  body: |+\n    one\n\nb: x\n": "a:\n  body: |+\n    one\n\n  w: RAW\nb: x\n",
    "a:\n  body: >-\n    one\n    two": "a:\n  body: >-\n    one\n    two\n  w: RAW",
    "a:\r\n  body: 'hi\r\n    you'\r\n": "a:\r\n  body: 'hi\r\n    you'\r\n  w: RAW\r\n",
    "a:\n  tags:\n  - one\n  - two\nb: x\n": "a:\n  tags:\n  - one\n  - two\n  w: RAW\nb: x\n",
    "a: {body: hi}\nb: x\n": "a: {body: hi, w: RAW}\nb: x\n",
    "a: {body: hi, }\nb: x\n": "a: {body: hi, w: RAW, }\nb: x\n",
    "a:\n  body: {en: hi,\n    nl: hoi}\nb: x\n": "a:\n  body: {en: hi,\n    nl: hoi}\n  w: RAW\nb: x\n",
}


@pytest.mark.parametrize("text", ENTRIES)
def test_an_entry_stands_behind_the_last_one(text: str) -> None:
    """An entry is added behind the last one of its mapping, whatever that is; comments of the next stay with it."""
    node = at(text, "a")
    assert isinstance(node, Mapping)
    assert with_entry(node, "w", RAW) == ENTRIES[text].replace("RAW", RAW)


FIRST = {
    "a:\n  body: hi\nb: x\n": "a:\n  w: RAW\n  body: hi\nb: x\n",
    "a: # a\n\n    # b\n    'b': |+\n      hi\n\n": "a: # a\n\n    # b\n    w: RAW\n    'b': |+\n      hi\n\n",
    "a:\r\n  body: hi\r\n": "a:\r\n  w: RAW\r\n  body: hi\r\n",
    "a: {body: hi}\nb: x\n": "a: {w: RAW, body: hi}\nb: x\n",
    "a: {\n  body: hi}\nb: x\n": "a: {w: RAW, \n  body: hi}\nb: x\n",
}


@pytest.mark.parametrize("text", FIRST)
def test_an_entry_stands_before_the_first_one(text: str) -> None:
    """An entry is added before the first one of its mapping, as far in; comments above stay above."""
    node = at(text, "a")
    assert isinstance(node, Mapping)
    assert with_first(node, "w", RAW) == FIRST[text].replace("RAW", RAW)


ITEMS = {
    "w: [{a: b}] # x\n": "w: [{a: b}, RAW] # x\n",
    "w: []\n": "w: [RAW]\n",
    "w:\n- {a: b}\n\nc: d\n": "w:\n- {a: b}\n- RAW\n\nc: d\n",
    "w:\n  - a: b\n    c: |\n      x\nc: d\n": "w:\n  - a: b\n    c: |\n      x\n  - RAW\nc: d\n",
    "w:\n  - a: b # one\n  # end\n": "w:\n  - a: b # one\n  - RAW\n  # end\n",
}


@pytest.mark.parametrize("text", ITEMS)
def test_an_item_stands_behind_the_last_one(text: str) -> None:
    """An item is added behind the last one of its list, in brackets or below a dash."""
    node = at(text, "w")
    assert isinstance(node, Sequence)
    assert with_item(node, RAW) == ITEMS[text].replace("RAW", RAW)


VALUES = {
    "a: hi\nb: x\n": "a:\n  body: hi\n  w: RAW\nb: x\n",
    "a: 'hi' # greeting\n": "a:\n  body: 'hi' # greeting\n  w: RAW\n",
    "a: |\n  one\n\n  two\nb: x\n": "a:\n  body: |\n    one\n\n    two\n  w: RAW\nb: x\n",
    "a: |1-\n one\nb: x\n": "a:\n  body: |1-\n   one\n  w: RAW\nb: x\n",
    "a:\n  long\n  text\n": "a:\n  body:\n    long\n    text\n  w: RAW\n",
    "a:\n- one\n- two\nb: x\n": "a:\n  body:\n  - one\n  - two\n  w: RAW\nb: x\n",
    '\'a\': ["one",\n  "two"]': '\'a\':\n  body: ["one",\n    "two"]\n  w: RAW',
    "a: hi\r\nb: x\r\n": "a:\r\n  body: hi\r\n  w: RAW\r\nb: x\r\n",
    "{a: hi, b: x}\n": "{a: {body: hi, w: RAW}, b: x}\n",
}


@pytest.mark.parametrize("text", VALUES)
def test_a_text_becomes_an_entry(text: str) -> None:
    """A value gets a mapping around it, in which it is the first entry and reads as it did."""
    root = read("a.yaml", text.encode()).root
    assert isinstance(root, Mapping)
    key, node = root.pairs[0]
    after = as_entry(key, node, "body", "w", RAW, root.flow)
    assert after == VALUES[text].replace("RAW", RAW)
    assert plain(at(after, "a")) == {"body": plain(node), "w": {"rule": "A.B", "why": "it's so: yes"}}


def test_what_cannot_be_added_is_refused() -> None:
    """Where the file would read differently nothing is added, and the message says where."""
    node = at("a: {b: c}\n", "a")
    assert isinstance(node, Mapping)
    with pytest.raises(EditRefused, match=r"a\.yaml:1:4: nothing can be added"):
        with_entry(node, "w", "b, c: d")


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["rule", "why", "by"]), st.text(max_size=20), min_size=1))
def test_any_text_is_written_so_that_it_is_read_again(data: dict[str, str]) -> None:
    """Whatever stands in a text: its line of YAML reads as that text."""
    try:
        raw = flow(data).encode()
    except UnicodeEncodeError:
        return
    root = read("a.yaml", raw).root
    assert root is not None
    assert plain(root) == data
