"""Rules that extend other rules; vocabularies and the rules that Vale brings."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.lint import linter as lint
from cannedkit.lint.packs import read_pack
from cannedkit.model.draft import Draft
from cannedkit.model.errors import RuleError
from cannedkit.model.settings import Settings, Vocabulary
from cannedkit.vale.ini import parsed
from cannedkit.vale.styles import Styles, everywhere, own_pack
from tests import rulefiles

BASE = "extends: existence\nmessage: \"no '%s'\"\nlevel: error\nignorecase: true\ntokens: [lamp, bulb]\n"
SWAP = "extends: substitution\nmessage: '%s'\nswap: {parcel: package, lamp: light}\n"


def _matches(folder: Path, files: dict[str, str], text: str) -> list[str]:
    found = rulefiles.linter(folder, files).lint(Draft(text))
    return [text[one.start : one.end] for one in found if one.rule == "Test.Child"]


@pytest.mark.parametrize(
    ("child", "matches"),
    [
        ("extends: Test.Base\n", ["Lamp", "bulb"]),
        ("extends: Test.Base\ntokens: [red]\n", ["red"]),
        ("extends: Test.Base\ntokens+: [red]\n", ["red", "Lamp", "bulb"]),
        ("extends: Test.Base\ntokens-: [bulb]\n", ["Lamp"]),
        ("extends: Test.Base\nignorecase: false\n", ["bulb"]),
        ("extends: Test.Swap\nswap+: {red: green}\n", ["red", "parcel"]),
        ("extends: Test.Swap\nswap-: [parcel]\nswap+: {bulb: light}\n", ["bulb"]),
    ],
)
def test_a_child_starts_from_its_parent(tmp_path: Path, child: str, matches: list[str]) -> None:
    """A key replaces the parent's, `key+` adds to it, `key-` takes from it."""
    files = {"Base": BASE, "Swap": SWAP, "Child": child}
    assert _matches(tmp_path, files, "a red Lamp or bulb in a parcel") == matches


@pytest.mark.parametrize(
    ("child", "fault"),
    [
        ("extends: Test.Bse\n", "`extends: Test.Bse` names no rule"),
        ("extends: Test.Child\n", "goes round in a circle"),
        ("extends: existence\nmessage: m\ntokens+: [a]\n", "`tokens+` needs a rule to start from"),
        ("extends: Test.Base\ntokens-: [rug]\n", "has no 'rug' to take out"),
        ("extends: Test.Base\ntokns+: [rug]\n", "has no `tokns`; did you mean `tokens`?"),
        ("extends: Test.Base\ntokens: [a]\ntokens+: [b]\n", "which this rule replaces too"),
        ("extends: Test.Base\nlevel+: warning\n", "`level+` needs more of the same"),
    ],
)
def test_faults_name_the_key(tmp_path: Path, child: str, fault: str) -> None:
    """A parent that is not there, a circle and an edit that does not fit are faults with a place."""
    with pytest.raises(RuleError) as caught:
        rulefiles.write(tmp_path, {"Base": BASE, "Child": child})
    assert fault in str(caught.value)
    assert "Child.yml:" in str(caught.value)


def test_vocabularies(tmp_path: Path) -> None:
    """The words of accept.txt and reject.txt of all named vocabularies, without comments, each once."""
    for name, accept in (("One", "# ours\nLumo\n\nOAuth2?\n"), ("Two", "Lumo\nNode.js\n")):
        folder = tmp_path / "config" / "vocabularies" / name
        folder.mkdir(parents=True)
        (folder / "accept.txt").write_text(accept, encoding="utf-8")
    (folder / "reject.txt").write_text("gizmo\n", encoding="utf-8")
    ini = parsed("StylesPath = .\nVocab = One, Two\n", tmp_path / ".vale.ini")
    assert everywhere(ini) == Styles(words=Vocabulary(("Lumo", "OAuth2?", "Node.js"), ("gizmo",)))
    assert everywhere(parsed("StylesPath = .\n", tmp_path / ".vale.ini")) == Styles()


def test_rules_that_vale_brings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Accepted terms in a wrong case, rejected ones and repeated words are found, a phrase across lines too."""
    monkeypatch.setattr("cannedkit.words.dictionary.FOLDERS", ())
    words = Vocabulary(("Lumo Light", "OAuth2?", "Node.js"), ("gizmo",))
    settings = Settings(root=tmp_path, engines={}, vocabulary=words)
    linter = lint.build(settings, [own_pack(tmp_path, words, tmp_path)])
    text = "A lumo\nlight with oauth and node.js is is a gizmo. Node.js, OAuth2, Gizmo"
    assert [(one.rule, one.message) for one in linter.lint(Draft(text))] == [
        ("Vale.Terms", "Use 'Lumo Light' instead of 'lumo light'."),
        ("Vale.Terms", "Use 'OAuth' instead of 'oauth'."),
        ("Vale.Terms", "Use 'Node.js' instead of 'node.js'."),
        ("Vale.Repetition", "'is' is repeated!"),
        ("Vale.Avoid", "Avoid using 'gizmo'."),
    ]


def test_one_bad_rule_leaves_the_others(tmp_path: Path) -> None:
    """A rule that cannot be read or built is refused with its place, and every result says that it did not look."""
    folder = tmp_path / "Test"
    folder.mkdir()
    files = {
        "Good": BASE,
        "Bad": "extends: existence\nmessage: m\ntokns: [a]\n",
        "Odd": "extends: existense\nmessage: m\n",
    }
    for name, content in files.items():
        (folder / f"{name}.yml").write_text(content, encoding="utf-8")
    linter = lint.build(Settings(root=tmp_path, engines={}), [read_pack(folder, forgiving=True)], forgiving=True)
    findings, failures = linter.results(Draft("a lamp"))
    assert [one.rule for one in findings] == ["Test.Good"]
    assert [failure.rule for failure in failures] == ["Test.Bad", "Test.Odd"]
    assert "Bad.yml:3:8: `tokns` is no key of a rule that extends existence; did you mean `tokens`?" in str(failures[0])
