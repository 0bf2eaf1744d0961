"""A catalogue with fixes made: at the place that a finding carries, and not a byte besides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cannedkit import Fixed, Kit, ReplyError, RuleError
from cannedkit.files import put
from tests.conftest import Write

TODAY = date(2026, 6, 1)

SETTINGS = "engines: {}\npacks: [Own]\nlocale: en\nchannels: {chat: {}, sms: {}}\n"


def swap(level: str, swaps: str, more: str = "action: {name: replace}\n") -> str:
    """A rule that writes one word for another; its only fix may be made unasked."""
    return f"extends: substitution\nmessage: \"'%s' not '%s'\"\nlevel: {level}\n{more}swap: {{{swaps}}}\n"


RULES = {
    "Spell": swap("error", "teh: the, recieved: received, alot: a lot, Note: 'Note: so'"),
    "Style": swap("warning", "kindly: please", ""),
    "Loop": swap("warning", "utilise: use"),
    "Use": swap("error", "'use of': utilise"),
    "An": swap("warning", "'a(?= [aeiou])': an", "nonword: false\naction: {name: replace}\n"),
    "Sms": swap("warning", "'“': '\"'", "nonword: true\naction: {name: replace}\nwhere: {channel: sms}\n"),
    "Touch": swap("warning", "zz: z", "nonword: true\naction: {name: replace}\n"),
    "Brace": swap("warning", "hole: '{{ nobody }}'"),
    "Late": "extends: existence\nmessage: \"'%s'\"\nlevel: warning\ntokens: [sadly]\naction: {name: remove}\n",
}


def fixed(write: Write, text: str, *, all: bool = False, variables: str = "", more: str = "") -> tuple[str, Fixed]:
    """What one response file holds after its fixes, and what is said of them."""
    files = {f"rules/Own/{id}.yml": source for id, source in RULES.items()}
    root = write(
        {
            "cannedkit.yaml": SETTINGS + more,
            "responses/variables.yaml": variables,
            "responses/a.yaml": text,
            **files,
        }
    )
    done = Kit.load(root).fix(today=TODAY, all=all)
    return (root / "responses/a.yaml").read_bytes().decode(), done


FILES = {
    "plain": "# top\na:   It is teh box   \n\n# of b\nb: x\n",
    "single": "a:   'It''s teh box'\r\nb: \"x\"\r\n",
    "double": 'a: "It\\u0027s teh\\\n  \\ box \\"teh\\""\n',
    "folded": "a:\n  body: >-\n    It is\n    teh box\n\n    and teh\n  tags: [ teh ]\n",
    "literal": "a: |2+\n    teh  \n   teh\n\nb: x",
    "flow": "{a: {body: teh box, tags: [teh]}, b: x}\n",
    "locales": "a:\n  body:\n    en:   teh\n    nl: 'teh'   # nl\n",
    "subject": "a:\n  body: {sms: teh, chat: {subject: teh one, body: [\"teh two\", 'teh three']}}\n",
}


@pytest.mark.parametrize("style", FILES)
def test_nothing_but_the_word_changes(write: Write, style: str) -> None:
    """Whatever way a text is written: what is wrong in bodies and subjects is right, every other byte is as it was."""
    before = FILES[style]
    more = "locales: [en, nl]\n" if style == "locales" else ""
    after, done = fixed(write, before, more=more)
    assert after == before.replace("teh", "the").replace("[ the ]", "[ teh ]").replace("tags: [the]", "tags: [teh]")
    assert done.review.findings == () or style == "locales"
    assert {one.found.finding.rule for one in done.made} == {"Own.Spell"}
    lines = before.splitlines()
    for one in done.made:
        place = one.found.place
        assert lines[place.line - 1][place.column - 1 : place.end_column - 1] == "teh"


def test_a_second_run_changes_nothing(write: Write) -> None:
    """What could be fixed is fixed: fixing again finds nothing to do."""
    after, _ = fixed(write, "a: Kindly utilise teh box, use of it\n", all=True)
    again, done = fixed(write, after, all=True)
    assert (again, done.made, done.files) == (after, (), ())


def test_only_the_safe_ones_unasked(write: Write) -> None:
    """A fix that is not safe is made with `all` alone."""
    text = "a: Sent, kindly wait for teh box\n"
    assert fixed(write, text)[0] == "a: Sent, kindly wait for the box\n"
    assert fixed(write, text, all=True)[0] == "a: Sent, please wait for the box\n"


def test_what_some_samples_show_and_what_touches_a_placeholder_is_left(write: Write) -> None:
    """An article before a placeholder is right for some values: nobody changes it unasked, with `all` neither."""
    text = "a: It is a {{ item }}, teh {{ item }}zz.\n"
    after, done = fixed(write, text, all=True, variables="item: {samples: [apple, pear]}\n")
    assert after == text.replace("teh", "the")
    assert {found.finding.rule for found in done.review.findings} == {"Own.An", "Own.Touch"}


def test_what_one_of_several_channels_shows_is_not_fixed_unasked(write: Write) -> None:
    """What is wrong in a text message alone stays in a text that the chat sends, too; in one of its own it goes."""
    text = "a: '“ok'\nb: {body: {sms: '“no', chat: '“yes'}}\n"
    assert fixed(write, text)[0] == text.replace("“no", '"no')
    assert fixed(write, text, all=True)[0] == text.replace("“no", '"no').replace("“ok", '"ok')


def test_a_fix_that_brings_as_bad_a_fault_is_taken_back_and_said(write: Write) -> None:
    """A fix that would bring a finding of its own level or above is not made; the change says which finding."""
    after, done = fixed(write, "a: We use of it\n")
    assert after == "a: We use it\n"
    assert [(one.found.text, one.fix) for one in done.made] == [("use of", "utilise"), ("utilise", "use")]
    text = "a: utilise of it\n"
    after, done = fixed(write, text)
    assert (after, [one.reason for one in done.left]) == (text, ["it would bring Own.Use: 'utilise' not 'use of'"])


def test_what_yaml_cannot_hold_is_left_and_said(write: Write) -> None:
    """A text without quotes cannot get a colon: the fix is left, the others of that text are made."""
    after, done = fixed(write, "a: Note teh box\n")
    assert after == "a: Note the box\n"
    assert [one.reason for one in done.left] == ["the new text is not safe without quotes: put it in quotes or under |"]


def test_a_fix_makes_no_placeholder(write: Write) -> None:
    """No fix adds a placeholder to a body or empties it."""
    after, done = fixed(
        write, 'a: "a hole"\nb: sadly\nc: "{% if x %}sadly{% endif %}"\n', variables="x: {optional: true}\n"
    )
    assert after.startswith('a: "a hole"\nb: sadly\n')
    assert len(done.left) == 2


def test_a_waiver_keeps_its_text(write: Write) -> None:
    """What a person allowed stays, until the day that the waiver ends."""
    body = "a:\n  body: teh box\n  waivers: [{rule: Own.Spell, why: joke, by: jo, until: %s}]\n"
    assert fixed(write, body % "2026-06-01")[0] == body % "2026-06-01"
    assert fixed(write, body % "2026-05-31")[0] == (body % "2026-05-31").replace("teh", "the")


def test_a_file_with_faults_is_left_and_the_others_are_fixed(write: Write) -> None:
    """A file that is not YAML throughout is not touched; the errors say so, and the next file is fixed."""
    broken = "a: teh box\nb: 'open\n"
    write({"responses/b.yaml": "c: teh\n"})
    after, done = fixed(write, broken)
    assert after == broken
    assert [Path(file.path).name for file in done.files] == ["b.yaml"]
    assert any("left as it is until its faults are mended" in error.reason for error in done.review.errors)


def test_an_entry_with_a_fault_hides_no_other(write: Write) -> None:
    """Where one response cannot be used, the others of its file are fixed."""
    after, _ = fixed(write, "a: teh {{ nobody }}\nb: teh\n")
    assert after == "a: teh {{ nobody }}\nb: the\n"


def test_part_of_the_catalogue(write: Write) -> None:
    """A file, a response or a rule alone is fixed; names that do not exist are told with the nearest."""
    text = "a: teh\nb: utilise teh\n"
    fixed(write, "a: x\n")
    root = write({"responses/a.yaml": text, "responses/c.yaml": "c: teh\n"})
    path = root / "responses/a.yaml"
    kit = Kit.load(root)
    kit.fix(response="a/b", rules=["Own.Loop"])
    assert path.read_text() == "a: teh\nb: use teh\n"
    kit.fix(response="a/b")
    assert path.read_text() == "a: teh\nb: use the\n"
    kit.fix(only=path, rules=["Own"])
    assert path.read_text() == "a: the\nb: use the\n"
    assert (root / "responses/c.yaml").read_text() == "c: teh\n"
    with pytest.raises(ReplyError, match="did you mean `a/b`"):
        kit.fix(response="a/bb")
    with pytest.raises(RuleError, match=r"did you mean `Own\.Loop`"):
        kit.fix(rules=["Own.Lop"])


@pytest.mark.parametrize("wrong", ["teh", "fine"])
def test_what_remains_is_what_a_check_finds(write: Write, wrong: str) -> None:
    """Rules that read responses and the catalogue, and approvals, have their say, whether something is fixed or not."""
    reply = f"a: It's {wrong} box, which we hold for 7 days.\nc: A box.\n"
    root = write(
        {
            "cannedkit.yaml": SETTINGS.replace("[Own]", "[Own, Catalogue]") + "facts: f.yaml\n",
            "f.yaml": "hold_days: 10\n",
            "responses/a.yaml": reply,
            **{f"rules/Own/{id}.yml": source for id, source in RULES.items()},
        }
    )
    Kit.load(root).approve(["a/*"], by="jo")
    done = Kit.load(root).fix(today=TODAY)
    rules = [one.finding.rule for one in done.review.findings]
    assert rules == ["Catalogue.UnusedFacts", *["Approval.Stale"] * (wrong == "teh"), "Catalogue.Facts"]
    assert done.review.findings == Kit.load(root).check(today=TODAY).findings


def test_without_writing(write: Write) -> None:
    """With `write=False` the change of each file is handed back, and no file changes."""
    fixed(write, "a: x\n")
    root = write({"responses/a.yaml": "a: teh\r\n"})
    done = Kit.load(root).fix(write=False)
    assert [(file.before, file.after) for file in done.files] == [("a: teh\r\n", "a: the\r\n")]
    assert (root / "responses/a.yaml").read_bytes() == b"a: teh\r\n"


def test_what_others_write_meanwhile_is_kept(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that changes between reading and writing is read again: both changes are in it."""
    fixed(write, "a: x\n")
    root = write({"responses/a.yaml": "a: teh\nb: teh\n"})
    path = root / "responses/a.yaml"
    theirs = iter([path.read_text().replace("b: teh", "b: new teh")])

    def interrupted(target: Path, data: bytes, before: bytes | None = None) -> None:
        if text := next(theirs, ""):
            path.write_text(text)
        put(target, data, before)

    monkeypatch.setattr("cannedkit.yamlsource.edit.put", interrupted)
    Kit.load(root).fix()
    assert path.read_text() == "a: the\nb: new the\n"


def test_a_draft(write: Write) -> None:
    """A draft is mended as a text alone: the same fixes, its line ends kept, places those of the text as it was."""
    fixed(write, "a: x\n")
    kit = Kit.load(write({}))
    done = kit.fix_draft(kit.draft("Hi\r\nteh  box, kindly\r\n"), rules=["Own"])
    assert (done.text, len(done.made)) == ("Hi\r\nthe  box, kindly\r\n", 1)
    assert str(done.made[0].found.place) == ":2:1"
    assert kit.fix_draft(kit.draft("kindly"), all=True).text == "please"


def test_markup_inside_a_finding_is_nobodys_to_lose(write: Write) -> None:
    """In Markdown a fix of plain words is made, one of words with markup between them is not."""
    fixed(write, "a: x\n")
    kit = Kit.load(write({"rules/Own/Two.yml": swap("warning", "'very bad': poor", "")}))
    draft = replace(kit.draft("It is very bad, and *very* bad."), format="markdown")
    assert kit.fix_draft(draft, all=True).text == "It is poor, and *very* bad."
    text = "a: {format: markdown, body: 'It is very bad, and *very* bad.'}\n"
    assert fixed(write, text, all=True)[0] == text.replace("is very bad", "is poor")
