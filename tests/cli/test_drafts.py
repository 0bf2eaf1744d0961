"""What `lint` is given: folders, patterns, standard input under a name, a conversation, a day."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from cannedkit.review import drafts as review
from cannedkit.text import spread
from tests.conftest import Run, Write

RULE = "extends: existence\nmessage: \"'%s' is told.\"\nlevel: warning\ntokens: [awful]\n"
BASE = {"cannedkit.yaml": "packs: [Own]\nengines: {}\nfail_on: warning\n", "rules/Own/Awful.yml": RULE}
DRAFTS = {
    "drafts/a.txt": "An awful day.\n",
    "drafts/b.md": "`awful` is code.\n\nAwful is not, awful is.\n",
    "drafts/deep/er/c.markdown": "An awful end.\n",
    "drafts/d.py": "awful = 1\n",
    "drafts/.hidden.txt": "An awful secret.\n",
    "drafts/.git/e.txt": "An awful secret.\n",
    "drafts/node_modules/f.md": "An awful secret.\n",
}


def _places(out: str) -> list[str]:
    return [":".join(line.split(":")[:2]) for line in out.splitlines() if ": warning: " in line]


def test_a_folder_stands_for_its_drafts(run: Run, write: Write) -> None:
    """Texts and Markdown in it and below are linted, in order; what is hidden and what is no draft is left out."""
    root = write({**BASE, **DRAFTS})
    ran = run("lint", "--format", "concise", "drafts", cwd=root)
    assert _places(ran.out) == ["drafts/a.txt:1", "drafts/b.md:3", "drafts/deep/er/c.markdown:1"]
    assert (ran.code, "Checked 3 drafts" in ran.out) == (1, True)


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("drafts/*.txt", ["a.txt"]),
        ("drafts/**/*.m*", ["b.md", "c.markdown"]),
        ("drafts/d*", ["d.py", "c.markdown"]),
        ("drafts/[ab].*", ["a.txt", "b.md"]),
    ],
)
def test_a_pattern_stands_for_what_it_matches(run: Run, write: Write, pattern: str, names: list[str]) -> None:
    """A shell that hands `*` and `**` on is made good; a folder that matches stands for its drafts."""
    ran = run("lint", "--format", "concise", pattern, cwd=write({**BASE, **DRAFTS}))
    assert [Path(place.partition(":")[0]).name for place in _places(ran.out)] == names


def test_a_file_may_be_called_like_a_pattern(run: Run, write: Write) -> None:
    """Where there is a file of that very name it is meant, and no other."""
    root = write({**BASE, "[ab].txt": "An awful day.\n", "a.txt": "An awful night.\n"})
    assert _places(run("lint", "--format", "concise", "[ab].txt", cwd=root).out) == ["[ab].txt:1"]


@pytest.mark.parametrize("path", ["empty", "*.none"])
def test_nothing_to_lint_is_not_clean(run: Run, write: Write, path: str) -> None:
    """A folder or a pattern without a draft is an error, exit 2."""
    root = write({**BASE, "empty/x.py": ""})
    ran = run("lint", path, cwd=root)
    assert (ran.code, f"{path}: error: holds no draft" in ran.out) == (2, True), ran.out


def test_a_link_out_of_a_folder_is_not_followed(run: Run, write: Write) -> None:
    """A draft in a folder that lies elsewhere is told and not read; typed by itself it is read."""
    root = write({**BASE, "drafts/a.txt": "Hi.\n", "elsewhere/s.txt": "An awful secret.\n"})
    (root / "drafts" / "b.txt").symlink_to(root / "elsewhere" / "s.txt")
    (root / "drafts" / "c").symlink_to(root / "elsewhere")
    ran = run("lint", "--format", "concise", "drafts", cwd=root)
    assert (ran.code, _places(ran.out)) == (2, [])
    assert "drafts/b.txt: error: " in ran.out
    assert _places(run("lint", "--format", "concise", "drafts/b.txt", cwd=root).out) == ["drafts/b.txt:1"]


def test_a_response_file_is_no_draft_in_a_pattern_either(run: Run, write: Write) -> None:
    """It says `use check`, as for one that is typed."""
    root = write({**BASE, "responses/a.yaml": "one: Hi.\n"})
    assert "use `cannedkit check`" in run("lint", "responses/*", cwd=root).out


def test_standard_input_has_a_name(run: Run, write: Write) -> None:
    """It is shown under that name and read by its ending; it need not be there; `-` may be left out."""
    root = write(BASE)
    for more in ((), ("-",)):
        ran = run(
            "lint",
            "--format",
            "concise",
            "--stdin-path",
            "x/b.md",
            *more,
            cwd=root,
            stdin=DRAFTS["drafts/b.md"].encode(),
        )
        assert (ran.code, _places(ran.out)) == (1, ["x/b.md:3"])
    ran = run("lint", "--stdin-path", "a.yaml", cwd=root, stdin=b"Hi.")
    assert (ran.code, "use `cannedkit check`" in ran.out) == (2, True)
    for wrong in (("a.txt",), ("--jsonl",)):
        ran = run("lint", "--stdin-path", "b.md", *wrong, cwd=root, stdin=b"Hi.")
        assert (ran.code, "--stdin-path says which file standard input is" in ran.err) == (2, True)


TURNS = [{"by": "customer", "text": "My name is Jo and my order is 10482."}, {"by": "agent", "text": "Hi Jo."}]


LINES = "\n".join(map(json.dumps, TURNS))
ASKED = "What is your order number?"


@pytest.mark.parametrize("text", [json.dumps(TURNS), LINES, f"\ufeff{json.dumps(TURNS[0])}\n\n"])
def test_the_conversation_so_far(run: Run, write: Write, text: str) -> None:
    """A list, or an object a line, is what `history` is to the library and to JSON lines: what was told is known."""
    root = write({"cannedkit.yaml": "packs: [Known]\nengines: {}\n", "h.json": text, "d.txt": ASKED})
    assert "Known." not in run("lint", "d.txt", cwd=root).out
    ran = run("lint", "d.txt", "--history", "h.json", cwd=root)
    assert "[Known." in ran.out, ran.out
    ran = run("lint", "--jsonl", "--history", "h.json", cwd=root, stdin=json.dumps({"text": ASKED}).encode())
    assert json.loads(ran.out)["findings"][0]["rule"].startswith("Known.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "h.json: line 1 is not JSON"),
        ('{"by": "customer", "text": "Hi"}\nHello\n', "h.json: line 2 is not JSON"),
        ('[{"by": "nobody", "text": "Hi"}]', "nobody"),
        ("[3]", "a turn of `history` must be a mapping"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_a_conversation_that_is_none(run: Run, write: Write, text: str, told: str) -> None:
    """It is told on stderr with its file and line, exit 2, before any draft is read."""
    root = write({**BASE, "h.json": text, "d.txt": "Hi.\n"})
    ran = run("lint", "d.txt", "--history", "h.json", cwd=root)
    assert (ran.code, ran.out, told in ran.err) == (2, "", True), ran.err
    ran = run("lint", "d.txt", "--history", "none.json", cwd=root)
    assert (ran.code, "none.json: cannot be read" in ran.err) == (2, True), ran.err


def test_the_day_is_one_that_is_given(run: Run, write: Write) -> None:
    """A rule about dates judges the draft for that day, from a file and in JSON lines."""
    draft = "I'll refund €5.00 today."
    root = write(
        {
            "cannedkit.yaml": "packs: [Promise]\nengines: {}\noffers: offers.yaml\n",
            "offers.yaml": "late: {kind: credit, max: €10.00, until: 2026-03-10}\n",
            "d.txt": draft,
        }
    )
    for day, told in (("2026-03-10", False), ("2026-03-11", True)):
        given = ("lint", "--today", day, "--known", "offer: late")
        assert ("[Promise." in run(*given, "d.txt", cwd=root).out) == told
        lines = run(*given, "--jsonl", cwd=root, stdin=json.dumps({"text": draft}).encode())
        assert bool(json.loads(lines.out)["findings"]) == told


HTML = "<head><title>awful</title></head>\n<p class='awful'>It is\n  <b>awful</b> &amp; so.</p>\n"
MAIL = "Subject: An awful day\n\nHi.\n\n> awful\n\nAn awful end.\n-- \nawful\n"


@pytest.mark.parametrize("ending", ["html", "htm", "HTML"])
def test_html_is_read_as_a_reader_sees_it(run: Run, write: Write, ending: str) -> None:
    """What is found stands at its line and column of the file; a name for standard input says the format too."""
    root = write({**BASE, f"a.{ending}": HTML})
    ran = run("lint", "--format", "concise", f"a.{ending}", cwd=root)
    assert (ran.code, ran.out.splitlines()[0].partition(" ")[0]) == (1, f"a.{ending}:3:6:"), ran.out
    ran = run("lint", "--format", "concise", "--stdin-path", f"x.{ending}", cwd=root, stdin=HTML.encode())
    assert _places(ran.out) == [f"x.{ending}:3"]


def test_mail_is_told_at_its_lines(run: Run, write: Write) -> None:
    """The subject is linted as one; quoted mail and the signature are not; a folder holds mail too."""
    subject = "extends: existence\nmessage: 'A subject.'\nlevel: warning\ntokens: [day]\nwhere: {part: subject}\n"
    root = write({**BASE, "rules/Own/Subject.yml": subject, "m/a.eml": MAIL})
    ran = run("lint", "--format", "concise", "m", cwd=root)
    assert _places(ran.out) == ["m/a.eml:1", "m/a.eml:1", "m/a.eml:7"], ran.out
    assert ("A subject." in ran.out, "Checked 1 draft" in ran.out, ran.err.count("decoded")) == (True, True, 0)


def test_encoded_mail_says_whose_lines_it_tells(run: Run, write: Write) -> None:
    """Where the file holds the text encoded, the output says that lines are those of the message decoded."""
    root = write({**BASE, "a.eml": "Content-Transfer-Encoding: quoted-printable\n\n=C3=89 awful.\n"})
    ran = run("lint", "--format", "concise", "a.eml", cwd=root)
    assert (_places(ran.out), "a.eml: is written in an encoding of mail: lines" in ran.err) == (["a.eml:3"], True)
    assert "awful" in run("lint", "a.eml", cwd=root).out


def test_a_document_of_word_is_told_by_its_paragraphs(run: Run, write: Write) -> None:
    """The line of a finding is the number of its paragraph, and the output says so."""
    document = docx.Document()
    for text in ("Hi Sam,", "", "It is awful."):
        document.add_paragraph(text)
    root = write(BASE)
    document.save(str(root / "a.docx"))
    ran = run("lint", "--format", "concise", "a.docx", cwd=root)
    assert (_places(ran.out), "a.docx: lines are paragraphs" in ran.err) == (["a.docx:3"], True)


def test_what_cannot_be_read_hides_no_other(run: Run, write: Write) -> None:
    """A file that is none of its ending is an error with its name, exit 2; the others are linted."""
    root = write({**BASE, "d/a.docx": "no", "d/b.eml": "Content-Type: image/png\n\nx", "d/c.txt": "awful"})
    ran = run("lint", "--format", "concise", "d", cwd=root)
    assert (ran.code, _places(ran.out)) == (2, ["d/c.txt:1"])
    assert "d/a.docx: error: cannot be read as a document of Word" in ran.out
    assert "d/b.eml: error: holds no text" in ran.out


FIXED = "extends: substitution\nmessage: m\naction: {name: replace}\nswap: {awful: bad, dire: b & d}\n"


def test_html_is_mended_where_nothing_else_changes(run: Run, write: Write) -> None:
    """A fix is made in the file's own text; one over tags, or that holds signs of HTML, is left to a person."""
    root = write({**BASE, "rules/Own/Awful.yml": FIXED, "a.html": "<p>awful, dire <b>aw</b>ful &amp; so</p>\r\n"})
    ran = run("fix", "--all", "a.html", cwd=root)
    assert (root / "a.html").read_bytes() == b"<p>bad, dire <b>aw</b>ful &amp; so</p>\r\n", ran.out
    report = json.loads(run("lint", "--format", "rdjson", "a.html", cwd=root).out)
    assert [one.get("suggestions") for one in report["diagnostics"]] == [None, None]


@pytest.mark.parametrize("name", ["a.eml", "a.docx"])
def test_what_cannot_be_written_back_is_not_mended(run: Run, write: Write, name: str) -> None:
    """`fix` says that the program that wrote the file must change it, exit 2, and leaves the file as it is."""
    root = write({**BASE, "rules/Own/Awful.yml": FIXED, "a.eml": MAIL})
    docx.Document().save(str(root / "a.docx"))
    before = (root / name).read_bytes()
    ran = run("fix", name, cwd=root)
    assert (ran.code, (root / name).read_bytes() == before) == (2, True)
    assert f"{name}: error: cannot be mended in its place" in ran.out
    report = json.loads(run("lint", "--format", "rdjson", "a.eml", cwd=root).out)
    assert {one.get("suggestions") for one in report["diagnostics"]} == {None}


def test_html_is_not_held_against_a_reply(run: Run, write: Write) -> None:
    """`--against` says that it takes text."""
    root = write({**BASE, "responses/a.yaml": "one: Hi.\n", "a.html": "<p>Hi.</p>"})
    ran = run("lint", "--against", "a/one", "a.html", cwd=root)
    assert (ran.code, "a.html: error: is not held against a reply" in ran.out) == (2, True)


# -- many drafts --------------------------------------------------------------------------------


@pytest.fixture
def many(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of forty drafts, on a machine of four processors, where each draft is worth a process."""
    monkeypatch.setattr(review, "LEAST", 1)
    monkeypatch.setattr(spread, "_processors", lambda: 4)
    drafts = {f"drafts/{number:02}.txt": f"An awful day, {number}.\n" for number in range(40)}
    broken = {"drafts/05.eml": "x\n\n\x00"}
    return write({**BASE, **drafts, **broken, "drafts/21.txt": "a" * 100_001})


@pytest.mark.parametrize("jobs", ["1", "2", "3", "auto"])
def test_any_number_of_processes_finds_the_same(run: Run, many: Path, jobs: str) -> None:
    """Findings, errors and what was checked are printed alike, also from what is remembered."""
    alone = run("lint", "--format", "json", "--no-cache", "--jobs", "1", "drafts", cwd=many)
    assert len(json.loads(alone.out)["findings"]) == 39
    for _ in range(2):
        ran = run("lint", "--format", "json", "--jobs", jobs, "--cache-dir", "kept", "drafts", cwd=many)
        assert (ran.code, _lasting(ran.out)) == (alone.code, _lasting(alone.out))


def _lasting(out: str) -> object:
    """A report without how long it took."""
    report = json.loads(out)
    report["checked"].pop("seconds", None)
    return {key: value for key, value in report.items() if key != "seconds"}
