"""How a fix is made in a file: what is replaced there, with what, in every style of a YAML text."""

from __future__ import annotations

import pytest

from cannedkit import Kit
from cannedkit.model.draft import Finding, Level
from cannedkit.model.result import Replacement
from cannedkit.review import draft as drafts
from cannedkit.review.replacement import replacements
from cannedkit.text.places import lines, placed
from tests.conftest import Write

RULE = "extends: substitution\nmessage: m\nswap: {awful: SWAP}\n"


def _replaced(text: str, made: Replacement) -> str:
    index = lines(text)
    start = index.starts[made.place.line - 1] + made.place.column - 1
    end = index.starts[made.place.end_line - 1] + made.place.end_column - 1
    return text[:start] + made.text + text[end:]


@pytest.mark.parametrize(
    ("body", "fix", "wanted"),
    [
        ("It is awful 🎉, Jo.", "not good", "It is not good 🎉, Jo."),
        ('"It\'s \\u0061wful \\"Jo\\"."', 'a "bad" one', '"It\'s a \\"bad\\" one \\"Jo\\"."'),
        ("'It''s awful, Jo.'", "Jo's", "'It''s Jo''s, Jo.'"),
        (">\n  It is\n  awful\n  today.\n", "not good", ">\n  It is\n  not good\n  today.\n"),
        ("|\n  It is awful\n  today.\n", "bad", "|\n  It is bad\n  today.\n"),
    ],
)
def test_a_fix_in_every_style(write: Write, body: str, fix: str, wanted: str) -> None:
    """With the replacement the file holds the fix as its style writes it, and is else as it was."""
    text = f"# own\nlate: {body}\n"
    folder = write(
        {
            "cannedkit.yaml": "packs: [Own]\nengines: {}\n",
            "rules/Own/Awful.yml": RULE.replace("SWAP", "x"),
            "responses/shop.yaml": text,
        }
    )
    kit = Kit.load(folder)
    (found,) = kit.check().findings
    made = replacements(kit.catalogue)(found, fix)
    assert made is not None
    assert _replaced(text, made) == f"# own\nlate: {wanted}\n"
    assert (made.place.line, made.place.column) <= (found.place.line, found.place.column)
    assert (made.place.end_line, made.place.end_column) >= (found.place.end_line, found.place.end_column)


def test_a_fix_that_the_file_cannot_hold(write: Write) -> None:
    """Where the text would need quotes, or the finding is about no text, nothing is proposed for the file."""
    folder = write(
        {
            "cannedkit.yaml": "packs: [Own]\nengines: {}\n",
            "rules/Own/Awful.yml": RULE.replace("SWAP", "x"),
            "responses/shop.yaml": "late: It is awful, Jo.\n",
        }
    )
    kit = Kit.load(folder)
    (found,) = kit.check().findings
    assert replacements(kit.catalogue)(found, "so: bad") is None
    from dataclasses import replace

    assert replacements(kit.catalogue)(replace(found, part="response"), "bad") is None
    assert replacements(kit.catalogue)(replace(found, response="shop/gone"), "bad") is None


def test_the_text_of_the_channel_that_sends_it(write: Write) -> None:
    """Of the bodies of a response the one is meant that the finding's channels send."""
    text = "late:\n  body:\n    any: It is awful.\n    sms: All is well, and awful.\n"
    folder = write(
        {
            "cannedkit.yaml": "packs: [Own]\nengines: {}\nchannels: {chat: {}, sms: {}}\n",
            "rules/Own/Awful.yml": RULE.replace("SWAP", "x"),
            "responses/shop.yaml": text,
        }
    )
    kit = Kit.load(folder)
    made = [replacements(kit.catalogue)(found, "bad") for found in kit.check().findings]
    assert [one.place.line for one in made if one] == [3, 4]


def test_markup_is_nobodys_to_lose(write: Write) -> None:
    """A fix of a finding with markup in it is proposed for no file, in the catalogue as in a draft; others are."""
    text = "late:\n  format: markdown\n  body: It is **very** awful, and it is very awful.\n"
    rule = "extends: substitution\nmessage: m\nswap: {very awful: bad}\n"
    folder = write(
        {
            "cannedkit.yaml": "packs: [Own]\nengines: {}\n",
            "rules/Own/Awful.yml": rule,
            "responses/shop.yaml": text,
        }
    )
    kit = Kit.load(folder)
    found = kit.check().findings
    assert [one.text for one in found] == ["very** awful", "very awful"]
    assert [bool(replacements(kit.catalogue)(one, "bad")) for one in found] == [False, True]
    draft = "It is **very** awful, and it is very awful.\n"
    spans = (Finding(8, 20, "Own.Awful", Level.WARNING), Finding(32, 42, "Own.Awful", Level.WARNING))
    for path, made in (("d.md", [False, True]), ("d.txt", [True, True])):
        change = drafts.replacements({path: draft}, {"d.md": "markdown", "d.txt": "text"})
        assert [bool(change(one, "bad")) for one in placed(spans, path, draft)] == made
