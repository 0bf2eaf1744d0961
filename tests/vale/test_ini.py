"""`.vale.ini`: read as Vale reads it, and what `lint --vale` prints, in Vale's own format."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
import yaml

from cannedkit.model.draft import Level
from cannedkit.vale import lint as valelint
from cannedkit.vale.ini import ValeError, choice, find, load, matches, parsed
from tests.conftest import Run, Write

RULE = "extends: existence\nmessage: \"{word} '%s'\"\nlevel: {level}\ntokens: [{word}]\n"

STYLES = {
    f"styles/A/{name}.yml": RULE.format(word=word, level=level)
    for name, word, level in (("S", "sug", "suggestion"), ("W", "warn", "warning"), ("E", "err", "error"))
}

TEXT = "A sug here.\nA warn there, and warn.\nAn err line.\n"

VIEW = "engine: dasel\nscopes:\n  - name: reply\n    expr: replies.all().body\n    type: md\n"

INI = "StylesPath = styles\nMinAlertLevel = suggestion\n\n[*]\nBasedOnStyles = A\n"


# -- reading ------------------------------------------------------------------------------------


def test_keys_and_sections() -> None:
    """Core keys, sections, comments, quotes, lists, escaped commas and continued lines are read."""
    ini = parsed(
        "# a comment\nMinAlertLevel = warning ; behind\nVocab = One, Two\n\n[*]\nBasedOnStyles = A, \\\n  B\nA.E = NO\n"
        '[*.{md,txt}]\nA.E = error\nTokenIgnores = \\b[a-z]{2\\,}x\\b, (<[^>]+>)\nBlockIgnores = "(?s)(a.b)"\n',
        Path("/x/.vale.ini"),
    )
    (section,) = ini.sections
    assert (ini.least, ini.vocabularies, ini.whole.styles) == (Level.WARNING, ("One", "Two"), ("A", "B"))
    assert (ini.whole.checks, section.checks, section.levels) == ({"A.E": False}, {"A.E": True}, {"A.E": Level.ERROR})
    assert section.tokens == (r"\b[a-z]{2,}x\b", "(<[^>]+>)")
    assert section.blocks == ("(?s)(a.b)",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("MinAlertLevel = loud\n", "MinAlertLevel must be"),
        ("StylesPath = nowhere\n", "does not exist"),
        ("BasedOnStyles = A\n", "'BasedOnStyles' is a syntax-specific option"),
        ("[*]\nMinAlertLevel = error\n", "'MinAlertLevel' is a core option"),
        ("[*]\nA.R[level] = error\n", "set a level with 'A.R = error'"),
        ("[*]\nA.R[tokens] = x\n", "'tokens' is not adjustable"),
    ],
)
def test_faults_name_their_line(text: str, message: str) -> None:
    """What Vale would stop at is an error that names the line."""
    with pytest.raises(ValeError) as raised:
        parsed(text, Path("/x/.vale.ini"))
    assert message in raised.value.text
    assert raised.value.fields()["Line"] == text.count("\n")


def test_unknown_core_keys_are_warnings() -> None:
    """A key that Vale does not know is a warning, as there."""
    assert parsed("Colour = red\n", Path("/x/.vale.ini")).warnings == (
        "'Colour' isn't a core option; Vale is ignoring it.",
    )


@pytest.mark.parametrize(
    ("glob", "path", "hit"),
    [
        ("*.md", "a.md", True),
        ("*.md", "docs/a.md", True),
        ("*.{md,txt}", "a.txt", True),
        ("*.{md,txt}", "a.rst", False),
        ("docs/*.md", "docs/a.md", True),
        ("docs/*.md", "a.md", False),
        ("docs/**/*.md", "docs/a/b/c.md", True),
        ("docs/**/*.md", "docs/c.md", True),
        ("**/c.md", "c.md", True),
        ("a?.md", "ab.md", True),
        ("[ab].md", "a.md", True),
        ("[!ab].md", "a.md", False),
        ("!*.md", "a.txt", True),
        ("!*.md", "a.md", False),
        ("{a,b/{c,d*}}.md", "b/dx.md", True),
        ("a,b.md", "a,b.md", True),
        ("[a-c]x[", "bx[", True),
    ],
)
def test_globs(glob: str, path: str, hit: bool) -> None:
    """A glob without `**` lets `*` cross folders, one with it does not; `!` turns it round."""
    assert matches(glob, path) is hit


@pytest.mark.parametrize(
    ("ini", "path", "running"),
    [
        ("[*]\nBasedOnStyles = A\n", "a.md", "A.E A.S"),
        ("[*]\nBasedOnStyles = A\nA.E = NO\n", "a.md", "A.S"),
        ("[*]\nBasedOnStyles = A\nA = NO\n", "a.md", ""),
        ("[*]\nBasedOnStyles = A\nA = NO\nA.E = YES\n", "a.md", "A.E"),
        ("[*]\nBasedOnStyles = A\n\n[*.txt]\nA.E = NO\n", "a.md", "A.E A.S"),
        ("[*]\nBasedOnStyles = A\n\n[*.txt]\nA.E = NO\n", "a.txt", "A.S"),
        ("[*]\nBasedOnStyles = A\n\n[*.txt]\nBasedOnStyles = B\n", "a.txt", "B.X"),
        ("[*]\nBasedOnStyles = A\nA.E = YES\n\n[*.txt]\nBasedOnStyles =\n", "a.txt", ""),
        ("[*]\nA.E = YES\n\n[*.txt]\nA.E = UNSET\n", "a.txt", ""),
        ("[*.md]\nA.E = NO\n\n[a.*]\nA.E = YES\n", "a.md", "A.E"),
    ],
)
def test_what_runs(ini: str, path: str, running: str) -> None:
    """A later section goes before an earlier one, a rule before its style; UNSET forgets what was said."""
    chosen = choice(parsed(ini, Path("/x/.vale.ini")), path)
    assert " ".join(rule for rule in ("A.E", "A.S", "B.X") if chosen.runs(rule)) == running


def test_levels_of_a_section_are_its_own() -> None:
    """A level that a section sets holds for its files alone."""
    ini = parsed("[*]\nA = warning\n\n[*.txt]\nA.E = suggestion\n", Path("/x/.vale.ini"))
    assert choice(ini, "a.md").level("A.E", Level.ERROR) is Level.WARNING
    assert choice(ini, "a.txt").level("A.E", Level.ERROR) is Level.SUGGESTION


def test_the_nearest_file_is_found(write: Write) -> None:
    """The settings are looked for upwards, under each of Vale's names."""
    root = write({"_vale.ini": "", "a/b/c.md": ""})
    assert find(root / "a" / "b") == root / "_vale.ini"


# -- lint --vale --------------------------------------------------------------------------------


def _lint(
    run: Run, root: Path, *args: str, stdin: bytes | None = None
) -> tuple[dict[str, list[dict[str, object]]], str, int]:
    ran = run("lint", "--vale", ".vale.ini", "--format", "vale-json", *args, cwd=root, stdin=stdin)
    return json.loads(ran.out or "{}"), ran.err, ran.code


def test_alerts_are_those_of_vale(run: Run, write: Write) -> None:
    """`--format vale-json` prints the keys of Vale, in its order, and exits with 1 for an error."""
    root = write({**STYLES, ".vale.ini": INI, "t.txt": "An err.\n"})
    ran = run("lint", "--vale", ".vale.ini", "--format", "vale-json", "t.txt", cwd=root)
    assert ran.code == 1
    assert ran.out == (
        '{\n  "t.txt": [\n    {\n      "Action": {\n        "Name": "",\n        "Params": null\n      },\n'
        '      "Suggestions": [],\n      "Span": [\n        4,\n        6\n      ],\n      "Check": "A.E",\n'
        '      "Description": "",\n      "Link": "",\n      "Message": "err \'err\'",\n      "Severity": "error",\n'
        '      "Match": "err",\n      "Line": 1\n    }\n  ]\n}\n'
    )


@pytest.mark.parametrize(
    ("more", "found", "code"),
    [
        ("", "A.S A.W A.W A.E", 1),
        ("A.E = warning\n", "A.S A.W A.W A.E", 0),
        ("A.S = error\nA.E = NO\n", "A.S A.W A.W", 1),
        ("A.E = NO\n", "A.S A.W A.W", 0),
        ("\n[*.txt]\nA.S = NO\n", "A.W A.W A.E", 1),
    ],
)
def test_exit_codes(run: Run, write: Write, more: str, found: str, code: int) -> None:
    """Only an alert of level error makes the exit code 1; levels are those in force."""
    alerts, _, ended = _lint(run, write({**STYLES, ".vale.ini": INI + more, "t.txt": TEXT}), "t.txt")
    assert (" ".join(str(one["Check"]) for one in alerts.get("t.txt", [])), ended) == (found, code)


def test_min_alert_level(run: Run, write: Write) -> None:
    """What lies below MinAlertLevel is not printed."""
    ini = INI.replace("suggestion", "error")
    alerts, _, _ = _lint(run, write({**STYLES, ".vale.ini": ini, "t.txt": TEXT}), "t.txt")
    assert [one["Check"] for one in alerts["t.txt"]] == ["A.E"]


@pytest.mark.parametrize(
    ("files", "text"),
    [
        ({".vale.ini": INI.replace("= A", "= Nope")}, "style 'Nope' does not exist on StylesPath"),
        ({".vale.ini": "Vocab = V\n" + INI}, "'V' vocabulary not found"),
        ({".vale.ini": INI.replace("[*]", "[*.{txt]")}, "could not be compiled"),
    ],
)
def test_what_breaks_the_settings_is_one_object_on_stderr(
    run: Run, write: Write, files: dict[str, str], text: str
) -> None:
    """What Vale would stop at, and no file can be linted without, ends with 2, nothing on stdout, and one object."""
    root = write({**STYLES, ".vale.ini": INI, "t.txt": TEXT, **files})
    alerts, err, ended = _lint(run, root, "t.txt")
    assert (alerts, ended) == ({}, 2)
    assert json.loads(err)["Code"] == "E100"
    assert text in json.loads(err)["Text"]
    told = json.loads(run("lint", "--vale", ".vale.ini", "--format", "json", "t.txt", cwd=root).out)
    assert ([text in one["reason"] for one in told["errors"]], told["findings"]) == ([True], [])


@pytest.mark.parametrize(
    ("files", "bad", "code", "text"),
    [
        ({"styles/A/B.yml": "extends: existence\nmessage: m\ntokens: ['(x']\n"}, (), "E201", "regular expression"),
        ({"styles/A/B.yml": "extends: existence\n"}, (), "E201", "a rule needs `message`"),
        ({}, ("no.txt",), "E100", "no.txt: cannot be read: No such file"),
        ({"styles/config/views/V.yml": VIEW, "v.yml": "a: [b\n"}, ("v.yml",), "E201", "opens a list that lacks"),
        ({"styles/config/views/V.yml": "engine: x\n", "v.yml": "a: b\n"}, ("v.yml",), "E201", "engine dasel only"),
    ],
)
def test_one_fault_hides_nothing_else(
    run: Run, write: Write, files: dict[str, str], bad: tuple[str, ...], code: str, text: str
) -> None:
    """A rule or a file with a fault is left out: the rest is linted, the fault is an object on stderr, exit 2."""
    ini = INI + "\n[*.yml]\nView = V\n"
    root = write({**STYLES, ".vale.ini": ini, "a.txt": TEXT, "b.txt": TEXT, **files})
    alerts, err, ended = _lint(run, root, "a.txt", *bad, "b.txt")
    assert (list(alerts), ended) == (["a.txt", "b.txt"], 2)
    assert {len(found) for found in alerts.values()} == {4}
    assert json.loads(err)["Code"] == code
    assert text in json.loads(err)["Text"]
    told = json.loads(run("lint", "--vale", ".vale.ini", "--format", "json", "a.txt", *bad, "b.txt", cwd=root).out)
    assert [text.rpartition(": ")[2] in one["reason"] for one in told["errors"]] == [True]
    assert len(told["findings"]) == 8


def test_a_text_and_standard_input(run: Run, write: Write) -> None:
    """A single argument that is no file is a text, as is standard input; both are `stdin.txt`."""
    root = write({**STYLES, ".vale.ini": INI})
    for alerts in (
        _lint(run, root, "A string with err in it.")[0],
        _lint(run, root, "-", stdin=b"A string with err in it.")[0],
    ):
        assert [one["Span"] for one in alerts["stdin.txt"]] == [[15, 17]]


def test_folders_are_walked(run: Run, write: Write) -> None:
    """Folders are walked, without StylesPath; a file that no section names is left out."""
    files = {"d/a.md": TEXT, "d/b.txt": TEXT, "d/node_modules/c.md": TEXT, "styles/A/README.md": TEXT}
    root = write({**STYLES, **files, ".vale.ini": INI.replace("[*]", "[*.md]")})
    assert list(_lint(run, root, ".")[0]) == ["d/a.md"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("An err.\n\n<!-- vale off -->\n\nAn err.\n\n<!-- vale on -->\n\nAn err.\n", [1, 9]),
        ("An err.\n\n<!-- vale A.E = NO -->\n\nAn err.\n\n<!-- vale A.E = YES -->\n\nAn err.\n", [1, 9]),
        ("<!-- vale A = NO -->\n\nAn err.\n", []),
        ("<!-- vale A.W = NO -->\n\nAn err.\n", [3]),
        ('<!-- vale A.E["err"] = NO -->\n\nAn err.\n', []),
        ('<!-- vale A.E["other"] = NO -->\n\nAn err.\n', [3]),
        ("<!-- vale styles = B -->\n\nAn err.\n", []),
    ],
)
def test_comments_turn_rules_off(run: Run, write: Write, text: str, lines: list[int]) -> None:
    """Comments in Markdown turn all, a style, a rule or one match of it off, up to where they turn it on."""
    alerts, _, _ = _lint(run, write({**STYLES, ".vale.ini": INI, "t.md": text}), "t.md")
    assert [one["Line"] for one in alerts.get("t.md", [])] == lines


def test_ignored_tokens_and_blocks(run: Run, write: Write) -> None:
    """TokenIgnores and BlockIgnores of the sections that match hide what they match; places stay right."""
    ini = INI + "\n[*.md]\nTokenIgnores = (\\[\\[.*?\\]\\])\nBlockIgnores = (?s)(BEGIN.*?END)\n"
    text = "An err, [[err]] and err.\n\nBEGIN err\nEND\n\nAn err.\n"
    alerts, _, _ = _lint(run, write({**STYLES, ".vale.ini": ini, "t.md": text}), "t.md")
    assert [(one["Line"], one["Span"]) for one in alerts["t.md"]] == [(1, [4, 6]), (1, [21, 23]), (6, [4, 6])]


def test_columns_count_characters(run: Run, write: Write) -> None:
    """Emoji, tabs, Thai and combining characters before a match count one a code point; CR LF is one line end."""
    text = "Ok.\r\n👍🏽\té ค่ะ err.\r\n"
    root = write({**STYLES, ".vale.ini": INI, "t.txt": text, "t.md": text})
    for alerts in _lint(run, root, "t.txt", "t.md")[0].values():
        assert [(one["Line"], one["Span"]) for one in alerts] == [(2, [10, 12])]


def test_views_read_replies(run: Run, write: Write) -> None:
    """A View names the texts of a YAML file that are prose; findings stand where the file has them, escapes and all."""
    data = (
        'replies:\n  - body: "caf\\u00e9 \\"err\\""\n    err: no err\n  - body: |\n      # One\n\n      An `err` err.\n'
    )
    files = {".vale.ini": INI + "\n[*.yml]\nView = V\n", "styles/config/views/V.yml": VIEW, "t.yml": data}
    alerts, _, _ = _lint(run, write({**STYLES, **files}), "t.yml")
    assert [(one["Line"], one["Span"]) for one in alerts["t.yml"]] == [(2, [24, 26]), (7, [16, 18])]


def test_actions_and_groups(run: Run, write: Write) -> None:
    """An alert says what its rule's action makes of the match, and what the groups of the token caught."""
    action = "action: {name: replace, params: ['$2 $1']}"
    rule = f"extends: existence\nmessage: '%s %s'\nnonword: true\n{action}\ntokens: ['(ab)_(cd)']\n"
    alerts, _, _ = _lint(run, write({"styles/A/G.yml": rule, ".vale.ini": INI, "t.txt": "An ab_cd.\n"}), "t.txt")
    (one,) = alerts["t.txt"]
    assert (one["Action"], one["Suggestions"]) == ({"Name": "replace", "Params": ["$2 $1"]}, ["cd ab"])
    assert one["Groups"] == ["ab", "cd"]


def test_a_vocabulary_of_a_section_means_what_it_means_everywhere(run: Run, write: Write) -> None:
    """Its terms keep their case and may be patterns, though the rule that is made of it has another name."""
    words = {"styles/config/vocabularies/V/accept.txt": "iPhone\nOAuth2?\n"}
    files = {**STYLES, **words, "t.txt": "Your Iphone, iphone, iPhone, OAuth and oauth2.\n"}
    found = []
    plain = INI.replace("= A", "= Vale") + "Vale.Spelling = NO\n"
    for ini in (plain.replace("\n[*]", "\nVocab = V\n[*]"), plain + "\n[*.txt]\nVocab = V\n"):
        alerts, _, _ = _lint(run, write({**files, ".vale.ini": ini}), "t.txt")
        found.append([(one["Match"], one["Suggestions"], one["Action"]) for one in alerts["t.txt"]])
    action = [{"Name": "replace", "Params": [fix]} for fix in ("iPhone", "iPhone", "OAuth2")]
    assert found[1] == [
        ("Iphone", ["iPhone"], action[0]),
        ("iphone", ["iPhone"], action[1]),
        ("oauth2", ["OAuth2"], action[2]),
    ]
    assert found[0] == found[1]


def test_other_formats_work_too(run: Run, write: Write) -> None:
    """`lint --vale` prints any of the formats."""
    root = write({**STYLES, ".vale.ini": INI, "t.txt": TEXT})
    ran = run("lint", "--vale", ".vale.ini", "--format", "json", "t.txt", cwd=root)
    assert [one["rule"] for one in json.loads(ran.out)["findings"]] == ["A.S", "A.W", "A.W", "A.E"]


def test_settings_that_mean_the_same(run: Run, write: Write) -> None:
    """`--write-settings` writes a cannedkit.yaml with which `lint` finds the same, at the same levels."""
    ini = INI.replace("suggestion", "warning") + "A.W = error\nA.E = warning\n"
    root = write({**STYLES, ".vale.ini": ini, "t.txt": TEXT})
    assert run("lint", "--vale", ".vale.ini", "--write-settings", cwd=root).code == 0
    theirs = _lint(run, root, "t.txt")[0]["t.txt"]
    ours = json.loads(run("lint", "--format", "json", "t.txt", cwd=root).out)["findings"]
    assert [(one["rule"], one["level"]) for one in ours] == [(one["Check"], one["Severity"]) for one in theirs]
    again = run("lint", "--vale", ".vale.ini", "--write-settings", cwd=root)
    assert (again.code, "nothing was written" in again.err) == (2, True)


@pytest.mark.parametrize("there", ["../outside.yaml", "nowhere.yaml", "cannedkit.yaml", "folder"])
def test_settings_are_written_through_no_link(run: Run, write: Write, there: str) -> None:
    """A link in place of cannedkit.yaml is left alone wherever it leads, there or not: nothing is written."""
    root = write({**STYLES, ".vale.ini": INI, "folder/a.txt": "x"})
    (root / "cannedkit.yaml").symlink_to(there)
    ran = run("lint", "--vale", ".vale.ini", "--write-settings", cwd=root)
    assert (ran.code, "nothing was written" in ran.err) == (2, True)
    assert not (root / there).exists() or (root / there).is_dir()


def test_settings_that_cannot_be_written(run: Run, write: Write) -> None:
    """A folder that takes no file is an error of one line."""
    root = write({**STYLES, ".vale.ini": INI})
    (root / "cannedkit.yaml").mkdir()
    ran = run("lint", "--vale", ".vale.ini", "--write-settings", cwd=root)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)


@pytest.mark.parametrize(
    ("ini", "packs", "levels", "left_out"),
    [
        ("[*]\nBasedOnStyles = A\nA.E = NO\n", "[A]", {"A.E": False}, []),
        ("[*]\nBasedOnStyles = A\n\n[*.txt]\nA.E = NO\n", "[A]", {}, ["[*.txt]", "A.E = NO"]),
        ("[*.md]\nBasedOnStyles = A\n\n[*.txt]\nBasedOnStyles = A\nA.E = NO\n", "[A]", {}, ["[*.txt]", "A.E = NO"]),
        ("[*.{md,txt}]\nBasedOnStyles = A\nA.E = warning\n", "[A]", {"A.E": "warning"}, []),
        (
            "[*.md]\nBasedOnStyles = A\nA.E = NO\n\n[*.txt]\nBasedOnStyles = A\nA.E = NO\nA.W = error\n",
            "[A]",
            {"A.E": False},
            ["[*.txt]", "A.W = error"],
        ),
        ("[*]\nA.E = YES\n\n[*.txt]\nBasedOnStyles = A\n", "[A]", {"A.S": False, "A.W": False}, ["BasedOnStyles = A"]),
        ("[*]\nBasedOnStyles = A\nA.E = NO\n\n[*.txt]\nA.E = UNSET\n", "[A]", {"A.E": False}, ["A.E = UNSET"]),
    ],
)
def test_what_one_section_says_is_not_taken_for_all(
    run: Run, write: Write, ini: str, packs: str, levels: dict[str, object], left_out: list[str]
) -> None:
    """`--write-settings` takes what `[*]` or every section says; what it leaves out is told, with its section.

    `off` is False to a reader of YAML 1.1.
    """
    root = write({**STYLES, ".vale.ini": "StylesPath = styles\nMinAlertLevel = suggestion\n\n" + ini})
    ran = run("lint", "--vale", ".vale.ini", "--write-settings", cwd=root)
    written = yaml.safe_load((root / "cannedkit.yaml").read_text())
    assert (f"[{', '.join(written['packs'])}]", written.get("levels", {})) == (packs, levels)
    assert all(one in ran.err for one in left_out)
    assert ("left out" in ran.err) == bool(left_out)


def test_markdown_drafts(run: Run, write: Write) -> None:
    """`lint FILE.md` reads prose only; `--markdown` says so for any file, and places are those of the file."""
    rule = "extends: existence\nmessage: '%s'\ntokens: [foo]\n"
    files = {"cannedkit.yaml": "packs: [T]\nengines: {}\n", "rules/T/F.yml": rule, "responses/a.yaml": "a: b\n"}
    text = "# A `foo`\n\nA **foo** [bar](foo).\n"
    root = write({**files, "d.md": text, "d.txt": text})
    for arguments, columns in ((["d.md"], [5]), (["--markdown", "d.txt"], [5]), (["d.txt"], [6, 5, 17])):
        found = json.loads(run("lint", "--format", "json", *arguments, cwd=root).out)["findings"]
        assert [one["column"] for one in found] == columns


@pytest.mark.parametrize(
    "glob",
    ["*a" * 40 + "b", "*a" * 40 + "[!a]", "*[ab]" * 40 + "[cd]", "{a,aa,*}" * 12 + "b", "**/" * 40 + "[!a]", "*" * 40],
)
@pytest.mark.parametrize("name", ["a" * 10_000, "ab" * 5_000, "a/" * 5_000, "x" * 10_000])
def test_a_glob_takes_linear_time(glob: str, name: str) -> None:
    """Many stars and a long name are held against each other at once: no limit of time has to stop them."""
    began = time.thread_time()
    matches(glob, name)
    assert time.thread_time() - began < 1


def test_a_long_name_fits() -> None:
    """A name that a glob of forty stars fits is found to fit, whatever stands between what it waits for."""
    assert matches("*a" * 40 + "b", "xa" * 5_000 + "b")
    assert matches("**/" * 40 + "*.md", "a/" * 5_000 + "b.md")


@pytest.mark.parametrize("glob", ["{a", "a}", "[b-a]", "[!]", "{a,{b}"])
def test_a_glob_that_cannot_be_read(glob: str) -> None:
    """A brace or a range that is wrong is an error that shows the glob."""
    with pytest.raises(ValeError, match="could not be compiled") as raised:
        matches(glob, "a")
    assert glob in raised.value.text


@pytest.mark.parametrize(("jobs", "processes"), [(1, 1), (2, 2)])
def test_no_more_processes_lint_than_are_asked_for(
    write: Write, monkeypatch: pytest.MonkeyPatch, jobs: int, processes: int
) -> None:
    """Each reads the files that it lints; what is found is told in the order of the files."""
    rule = "extends: existence\nmessage: \"%s\"\nnonword: true\ntokens: ['[0-9]+']\n"
    folder = write({"styles/A/N.yml": rule, ".vale.ini": INI})
    monkeypatch.setattr(valelint, "_FILES", 1)
    monkeypatch.setattr("cannedkit.text.spread._processors", lambda: 2)
    texts = {f"{number}.txt": lambda: str(os.getpid()) for number in range(4)}
    report = valelint.run(valelint.ValeLinter(load(folder / ".vale.ini")), texts, jobs=jobs)
    assert [found.place.path for found in report.findings] == list(texts)
    assert len({found.text for found in report.findings}) == processes


def test_a_linter_is_kept_until_a_file_of_a_style_is_another(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run reads no style and finds the same; a rule that was changed, or came, is read."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = write({**STYLES, ".vale.ini": INI})

    def ran() -> tuple[bool, list[str]]:
        linter = valelint.ValeLinter(load(folder / ".vale.ini"))
        found = valelint.run(linter, {"a.txt": lambda: TEXT}).findings
        linter.remember()
        return "styles" in vars(linter), [one.finding.message for one in found]

    words = ["sug 'sug'", "warn 'warn'", "warn 'warn'", "err 'err'"]
    assert [ran(), ran()] == [(True, words), (False, words)]
    write({"styles/A/E.yml": RULE.format(word="here", level="error")})
    assert ran() == (True, ["sug 'sug'", "here 'here'", *words[1:3]])
    write({"styles/A/New.yml": RULE.format(word="line", level="error")})
    assert ran() == (True, ["sug 'sug'", "here 'here'", *words[1:3], "line 'line'"])
    (folder / "styles" / "B").symlink_to(folder / "styles" / "A")
    assert [ran()[0], ran()[0]] == [True, True]
