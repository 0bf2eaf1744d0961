"""The kind `placeholders`: where a provider's template may have none."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit import Kit
from cannedkit.model.draft import Draft
from cannedkit.model.errors import RuleError
from tests import rulefiles
from tests.conftest import Write

HEAD = "extends: placeholders\nmessage: '%s'\nrefuse: "


@pytest.mark.parametrize(
    ("refuse", "text", "wanted"),
    [
        ("edge", "{{1}} is here", [(0, 0)]),
        ("edge", "“{{1}}” is here", [(1, 1)]),
        ("edge", "It is {{1}}", [(11, 11)]),
        ("edge", "It is {{1}}.", [(11, 11)]),
        ("edge", "It is {{1}} now", []),
        ("edge", "It is here", []),
        ("edge", "{{1}}", [(0, 0), (5, 5)]),
        ("adjacent", "Hi {{1}} {{2}} there", [(8, 9)]),
        ("adjacent", "Hi {{1}}{{2}} there", [(8, 8)]),
        ("adjacent", "Hi {{1}}\n\n{{2}} there", [(8, 10)]),
        ("adjacent", "Hi {{1}}, {{2}} there", []),
        ("numbers", "Hi {{1}} and {{2}}", []),
        ("numbers", "Hi {{2}} and {{1}} and {{2}}", []),
        ("numbers", "Hi {{1}} and {{3}}", [(13, 18)]),
        ("numbers", "Hi {{0}}", [(3, 8)]),
        ("numbers", "Hi {{name}} and {{1}}", [(3, 11)]),
        ("numbers", "Hi {{ name }}", []),
        ("numbers", "Hi {{Name}}", [(3, 11)]),
        ("numbers", "Hi {{}}", [(3, 7)]),
    ],
)
def test_what_is_found(tmp_path: Path, refuse: str, text: str, wanted: list[tuple[int, int]]) -> None:
    """Where words are missing their place is marked; a name or number that is none is marked itself."""
    found = rulefiles.findings(tmp_path, f"{HEAD}{refuse}\n", text)
    assert [(one.start, one.end) for one in found] == wanted


def test_a_value_is_a_placeholder(tmp_path: Path) -> None:
    """What stands for a placeholder in a rendering counts as one, and the finding beside it stays."""
    draft = Draft("Jo, it is here on Friday", filled=((0, 2), (18, 24)))
    linter = rulefiles.linter(tmp_path, {"A": f"{HEAD}edge\n"})
    assert [(one.start, one.end) for one in linter.lint(draft)] == [(0, 0), (24, 24)]


def test_only_a_channel_that_says_so_is_a_template(write: Write) -> None:
    """The shipped rules look at a channel that is like whatsapp-template, and at no other."""
    folder = write(
        {
            "cannedkit.yaml": "engines: {}\npacks: [Channels]\n"
            "channels: {whatsapp: {}, ask: {like: whatsapp-template}}\n",
            "responses/variables.yaml": "item: {samples: [lamp], max_length: 20}\n",
            "responses/a.yaml": 'one: "{{ item }} is here"\n',
        }
    )
    (found,) = Kit.load(folder).check().findings
    assert (found.finding.rule, found.channels) == ("Channels.VariableAtEdge", ("ask",))


def test_a_rule_must_say_what_it_refuses(tmp_path: Path) -> None:
    """Without `refuse` the rule is refused, with the words that there are."""
    with pytest.raises(RuleError, match="needs `refuse`: edge, adjacent, numbers"):
        rulefiles.check(tmp_path, "extends: placeholders\nmessage: m\n")
