"""The command line: exact output, exit codes, and no traceback whatever comes in."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cannedkit.report import FORMATS
from tests.conftest import Run, Write

FOUR = Path(__file__).parent / "golden" / "four"

SETTINGS = "packs: [Care, Chat]\nengines: {}\n"


@pytest.mark.parametrize(("format", "suffix"), [("line", "txt"), ("json", "json"), ("github", "github")])
def test_four_faults_at_their_places(run: Run, format: str, suffix: str) -> None:
    """A length, a spelling, a grammar and a banned-phrase fault are found in a folded scalar behind emoji and hole."""
    ran = run("check", "--format", format, cwd=FOUR)
    wanted = (FOUR / f"expected.{suffix}").read_text()
    shown = ran.out
    if format == "line":
        shown, wanted = shown.rpartition(" in ")[0], wanted.rpartition(" in ")[0]
    assert shown == wanted
    assert (ran.err, ran.code) == ("", 1)


def test_the_places_point_at_the_words() -> None:
    """Each golden place, cut from the file, is the text that is wrong."""
    lines = (FOUR / "responses" / "orders.yaml").read_text().splitlines()
    found = json.loads((FOUR / "expected.json").read_text())["findings"]
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    cut = [
        text[starts[one["line"] - 1] + one["column"] - 1 : starts[one["end_line"] - 1] + one["end_column"] - 1]
        for one in found
    ]
    length = "shop\n    on the corner if nobody is home."
    assert cut == ["We apologize for any inconvenience", "would of", "recieved", length]


def test_founding_case(run: Run, tmp_path: Path) -> None:
    """To an angry customer who has typed the complaint, a cheery hello and 'how can I help' are errors."""
    draft = tmp_path / "draft.txt"
    draft.write_text("Hello! 😊 How can I help you today?\n")
    ran = run("lint", str(draft), "--mood", "upset", "--known", "issue", "--no-engines", cwd=tmp_path)
    assert ran.code == 1
    assert "error: 'How can I help you today' asks for what the customer has already told you." in ran.out
    assert 'instead: Say what you have read, then what you do about it: "I see your bill went up by $50.' in ran.out
    assert "too cheerful for a customer who is upset" in ran.out


def test_same_words_to_a_calm_customer_pass(run: Run, tmp_path: Path) -> None:
    """The same greeting is fine where nothing is known and nobody is upset."""
    draft = tmp_path / "draft.txt"
    draft.write_text("Hello! How can I help you today?\n")
    ran = run("lint", str(draft), "--no-engines", cwd=tmp_path)
    assert ran.code == 0
    assert ran.out.startswith("Nothing found. Checked 1 draft in ")


def test_standard_input(run: Run, tmp_path: Path) -> None:
    """`-` reads a draft from standard input and names it so."""
    ran = run("lint", "-", "--no-engines", cwd=tmp_path, stdin="🎉 You need to calm down.".encode())
    assert "-:1:3: error: 'You need to calm down' tells them how to feel" in ran.out
    assert "  1 | 🎉 You need to calm down.\n    |    ^^^^^^^^^^^^^^^^^^^^^\n" in ran.out
    assert ran.code == 1


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("check",), "cannedkit: there is no cannedkit.yaml in"),
        (("show", "a/b"), "cannedkit: there is no cannedkit.yaml in"),
        (("lint", "-", "--locale", "english"), "cannedkit: 'english' is not a locale"),
        (("lint", "-", "--mood", "angy"), "cannedkit: unknown mood 'angy'; did you mean `angry`?"),
        (("rules", "explain", "Care.Unfortunatly"), "did you mean `Care.Unfortunately`?"),
        (("rules", "list", "Car"), "cannedkit: there is no pack `Car` in force; did you mean `Care`?"),
        (("rules", "test", "Car"), "cannedkit: there is no pack `Car` in force; did you mean `Care`?"),
        (("lint",), "Missing argument 'PATHS...'"),
    ],
)
def test_mistakes_end_in_one_line_and_exit_2(run: Run, tmp_path: Path, args: tuple[str, ...], message: str) -> None:
    """A user's mistake is one clear line on stderr, nothing on stdout, exit 2."""
    ran = run(*args, cwd=tmp_path, stdin=b"hello")
    assert message in ran.err
    assert (ran.out, ran.code) == ("", 2)


def test_bytes_that_are_not_text(run: Run, tmp_path: Path) -> None:
    """A draft that is not UTF-8 is an error that names the byte."""
    ran = run("lint", "-", cwd=tmp_path, stdin=b"caf\xe9")
    assert ran.out.startswith("-: error: is not UTF-8: byte 4 is wrong; save it as UTF-8\n")
    assert ran.code == 2


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.txt", "cannot be read: No such file or directory"),
        ("responses.yaml", "is no draft but YAML: use `cannedkit check` for a catalogue of responses"),
    ],
)
def test_a_draft_that_cannot_be_read_leaves_the_others(
    run: Run, tmp_path: Path, name: str, reason: str, format: str
) -> None:
    """One bad path: the others are linted, the path is an error with its reason in every format, and the code is 2."""
    (tmp_path / "a.txt").write_text("Unfortunately we did.")
    (tmp_path / "responses.yaml").write_text("a: b")
    ran = run("lint", "--no-engines", "--format", format, name, "a.txt", cwd=tmp_path)
    assert reason in (ran.err if format == "vale-json" else ran.out.replace("\\`", "`"))
    assert name in (ran.err if format == "vale-json" else ran.out)
    assert "Care.Unfortunately" in ran.out
    assert ran.code == 2


def test_a_tab_in_one_of_many_files(run: Run, write: Write) -> None:
    """A file that is no YAML leaves the findings of all others, in line, json and github; the code is 2."""
    files = {f"responses/r{number:02}.yaml": "a: This is awful, Jo.\n" for number in range(100)}
    files["responses/r42.yaml"] = "a:\n\tbody: x\n"
    rule = {"rules/Own/Awful.yml": "extends: existence\nmessage: no\ntokens: [awful]\n"}
    root = write({"cannedkit.yaml": "packs: [Own]\nengines: {}\n", **files, **rule})
    for format, place in (
        ("line", "responses/r42.yaml:2:1: error: "),
        ("concise", "responses/r42.yaml:2:1: error: "),
        ("github", "::error file=responses/r42.yaml,line=2,col=1,title=unreadable::"),
        ("json", '"path": "responses/r42.yaml",\n      "line": 2,\n      "column": 1'),
    ):
        ran = run("check", "--format", format, cwd=root)
        assert place in ran.out
        shown = ran.out.count("Own.Awful")
        assert shown == (198 if format == "json" else 99)  # json names the rule among its sources, too
        assert format != "github" or ran.out.count("\n::warning file=") == 10  # the others are lines of the log
        assert ran.code == 2


@pytest.mark.parametrize(
    ("id", "told"),
    [
        ("Harper.SpellCheck", "Harper.SpellCheck: error\n"),
        ("LanguageTool.NL_SIMPLE_REPLACE_PAKKET_WORD", "it has that of its category"),
        ("Waiver.Unused", "Waiver.Unused: warning\n"),
        ("Vocabulary.Reject", "Vocabulary.Reject: error\n"),
        ("Catalogue.Locales", "Catalogue.Locales: warning\n"),
        ("Chat.Length", "count: words; max: chat 50, social 50, whatsapp 60, email 150"),
    ],
)
def test_every_finding_can_be_explained(run: Run, tmp_path: Path, id: str, told: str) -> None:
    """`rules explain` knows the rules of engines, what the program itself reports, and the limits of a rule."""
    ran = run("rules", "explain", id, cwd=tmp_path)
    assert told in ran.out
    assert "why: " in ran.out
    assert (ran.err, ran.code) == ("", 0)


def test_findings_counted_by_rule(run: Run, tmp_path: Path) -> None:
    """`--statistics` counts what each rule found in place of showing it, and the other formats refuse it."""
    (tmp_path / "a.txt").write_text("Calm down. Unfortunately we did. Calm down.")
    ran = run("lint", "--no-engines", "--statistics", "a.txt", cwd=tmp_path)
    lines = ran.out.splitlines()
    assert lines[0].split()[::2] == ["2", "Care.CalmDown"]
    assert "a.txt:" not in ran.out
    counted = json.loads(run("lint", "--no-engines", "--statistics", "--format", "json", "a.txt", cwd=tmp_path).out)
    assert counted["statistics"][0]["count"] == 2
    assert counted["findings"] == []
    refused = run("lint", "--no-engines", "--statistics", "--format", "github", "a.txt", cwd=tmp_path)
    assert "--statistics goes with --format line, concise, json" in refused.err
    assert refused.code == 2


def test_one_line_a_finding(run: Run, tmp_path: Path) -> None:
    """`--format concise` prints place, level, message and rule of each finding on one line."""
    (tmp_path / "a.txt").write_text("Calm down, Jo.\n")
    ran = run("lint", "--no-engines", "--format", "concise", "a.txt", cwd=tmp_path)
    first, *rest = ran.out.splitlines()
    assert re.fullmatch(r"a\.txt:1:1: (warning|error): .+ \[Care\.CalmDown\]", first)
    assert len(rest) == 1


@pytest.mark.parametrize("format", FORMATS)
def test_spelling_that_nothing_checks_is_said_in_every_format(run: Run, tmp_path: Path, format: str) -> None:
    """Without an engine for a locale's words each format says so, itself or on stderr, and --strict makes it exit 2."""
    (tmp_path / "cannedkit.yaml").write_text("locale: en-GB\nengines: {}\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Your parcle leaves today.", encoding="utf-8")
    loose = run("lint", "--format", format, "a.txt", cwd=tmp_path)
    strict = run("lint", "--format", format, "--strict", "a.txt", cwd=tmp_path)
    assert (loose.code, strict.code) == (0, 2)
    assert "spelling and grammar" in loose.out + loose.err


def test_the_spelling_of_a_side_is_no_style(run: Run, tmp_path: Path) -> None:
    """Without packs nothing reads the style of a text, whatever is said of its spelling, and the last line says so."""
    (tmp_path / "cannedkit.yaml").write_text("locale: en-GB\npacks: []\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("The color of it.", encoding="utf-8")
    ran = run("lint", "--format", "concise", "a.txt", cwd=tmp_path)
    assert "Spelling.Dialect" in ran.out
    assert "style of en-GB" in ran.out


@pytest.mark.parametrize(("strict", "code"), [((), 0), (("--strict",), 2)])
def test_what_nothing_read_is_said(run: Run, tmp_path: Path, strict: tuple[str, ...], code: int) -> None:
    """A locale that no rule and no engine knows is named in the last line, and with --strict is no success."""
    (tmp_path / "a.txt").write_text("Bonjour, je vous réponds demain.")
    ran = run("lint", "--locale", "fr", "--format", "concise", *strict, "a.txt", cwd=tmp_path)
    assert "Nothing checked the spelling and grammar of fr." in ran.out
    told = json.loads(run("lint", "--locale", "fr", "--format", "json", "a.txt", cwd=tmp_path).out)
    assert {"locale": "fr", "what": "spelling and grammar", "why": "no engine reads fr"} in told["checked"]["unread"]
    assert ran.code == code


def test_a_draft_beyond_the_limit(run: Run, tmp_path: Path) -> None:
    """A draft of more than 100,000 characters is refused with both numbers."""
    ran = run("lint", "-", "--no-engines", cwd=tmp_path, stdin=b"a" * 100_001)
    assert "a draft may hold 100,000 characters, this one has 100,001" in ran.out
    assert ran.code == 2


@pytest.mark.parametrize("name", ["-", "/dev/zero", "large.txt", "pipe"])
def test_a_draft_without_an_end(run: Run, tmp_path: Path, name: str) -> None:
    """Of a draft that grows beyond the limit no more is read, from standard input, a device, a file or a pipe."""
    endless = b"\0" * 1_000_000
    (tmp_path / "large.txt").touch()
    os.truncate(tmp_path / "large.txt", 10**12)
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=_written, args=(tmp_path / "pipe", endless))
    if name == "pipe":
        writer.start()
    (tmp_path / "a.txt").write_text("Calm down.")
    ran = run("lint", name, "a.txt", "--no-engines", "--format", "json", cwd=tmp_path, stdin=endless)
    told = json.loads(ran.out)
    assert [(one["path"], one["reason"]) for one in told["errors"]] == [
        (name, "a draft may hold 100,000 characters, this one has more")
    ]
    assert {one["path"] for one in told["findings"]} == {"a.txt"}
    assert ran.code == 2


def _written(path: Path, data: bytes) -> None:
    """Write into a pipe until nobody reads it."""
    with suppress(BrokenPipeError), path.open("wb") as pipe:
        pipe.write(data)


@pytest.mark.parametrize("bad", ["missing", "empty", "/proc/self/mem"])
def test_what_cannot_be_read_hides_no_other_draft(run: Run, tmp_path: Path, bad: str) -> None:
    """The drafts before and behind are linted; what could not be read is an error with its name; exit 2."""
    (tmp_path / "empty").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Calm down.")
    ran = run("lint", "a.txt", bad, "b.txt", "--no-engines", "--format", "json", cwd=tmp_path)
    told = json.loads(ran.out)
    assert [one["path"] for one in told["errors"]] == [bad]
    assert [one["path"] for one in told["findings"]] == ["a.txt", "b.txt"]
    assert ran.code == 2


def test_fail_on(run: Run, tmp_path: Path) -> None:
    """A warning alone ends in 0, and in 1 where --fail-on asks for it."""
    text = b"Unfortunately, the blue one sold out."
    assert run("lint", "-", "--no-engines", cwd=tmp_path, stdin=text).code == 0
    assert run("lint", "-", "--no-engines", "--fail-on", "warning", cwd=tmp_path, stdin=text).code == 1


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        (
            "rules/Own/Bad.yml",
            "extends: existence\nmessage: m\ntokenz: [a]\n",
            "Bad.yml:3:9: error: `tokenz`",
        ),
        ("rules/Own/Bad.yml", "extends: existence\nmessage: m\ntokens: ['(']\n", "regular expression"),
        ("rules/Own/Bad.yml", "extends: [\n", "rules/Own/Bad.yml:"),
        ("rules/Own/Bad.yaml", "extends: existence\nmessage: m\ntokens: [a]\n", "rename it to Bad.yml"),
        ("cannedkit.yaml", "packs: [Own, Owm]\nengines: {}\n", "there is no pack `Owm`"),
        ("cannedkit.yaml", "packs: [Own]\nengines: {}\nlevels: {Own.Nope: off}\n", "there is no rule `Own.Nope`"),
        ("cannedkit.yaml", "packs: [Own]\nengines: {}\nlocales: 5\n", "cannedkit.yaml:3:"),
    ],
)
def test_rules_that_cannot_be_read_are_told(run: Run, write: Write, file: str, text: str, told: str) -> None:
    """`rules list` prints the others, says on stderr what it could not read, and ends with 2."""
    rule = "extends: existence\nmessage: m\ntokens: [lamp]\n"
    folder = write({"cannedkit.yaml": "packs: [Own]\nengines: {}\n", "rules/Own/Good.yml": rule})
    assert run("rules", "list", cwd=folder).code == 0
    ran = run("rules", "list", cwd=write({file: text}))
    assert "Own.Good" in ran.out
    assert told in ran.err
    assert ran.code == 2


def test_jsonl_answers_in_order(run: Run, tmp_path: Path) -> None:
    """Every line is answered in order; a bad line says what is wrong with it, and makes the exit code 2 at the end."""
    lines = [
        {"id": 1, "text": "Calm down.", "locale": "en-GB", "extra": 1},
        "no json",
        {"id": "two", "text": 5},
        {"id": 3, "text": "All good here.", "mood": "furious"},
        {"id": 4, "text": "Hello! How can I help you?", "mood": "angry", "known": ["issue: the bill"]},
        {"id": 5, "text": "Hi", "history": [{"by": "user", "text": "x"}]},
    ]
    stdin = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines).encode()
    ran = run("lint", "--jsonl", "--no-engines", "-", cwd=tmp_path, stdin=stdin)
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [answer["id"] for answer in answers] == [1, None, "two", 3, 4, 5]
    assert answers[0]["findings"][0] == {
        "start": 0,
        "end": 9,
        "rule": "Care.CalmDown",
        "level": "error",
        "message": answers[0]["findings"][0]["message"],
        "fixes": [""],
        "safe": False,
        "sources": ["Care.CalmDown"],
    }
    assert answers[1] == {"id": None, "line": 2, "error": "not JSON: Expecting value: line 1 column 1 (char 0)"}
    assert answers[2] == {"id": "two", "line": 3, "error": "`text` must be a text"}
    assert answers[3]["findings"] == []
    assert answers[0]["notes"] == ["unknown key, ignored: 'extra'; did you mean text?"]
    assert answers[3]["notes"] == ["unknown mood 'furious' is taken as neutral"]
    assert ran.err == ""
    assert {one["rule"] for one in answers[4]["findings"]} >= {"Known.AsksIssue", "Care.CheeryOpener"}
    assert answers[5]["error"] == "a turn of `history`: unknown speaker 'user'; did you mean `customer`?"
    assert ran.code == 2


def test_show_prints_every_rendering(run: Run) -> None:
    """`show` prints a response as its customers will read it, once for each sample set."""
    ran = run("show", "orders/late", cwd=FOUR)
    assert "orders/late · en · chat · typical" in ran.out
    assert "orders/late · en · chat · fallback" in ran.out
    assert "{{" not in ran.out
    assert ran.code == 0


def test_show_with_values_prints_the_reply(run: Run) -> None:
    """`show --set` prints the reply as it would go out; a value that is missing is named."""
    ran = run("show", "orders/late", "--set", "order.id=AB-1234", cwd=FOUR)
    assert ran.out.startswith("Hi there 📦 We apologize for any inconvenience with order AB-1234.")
    ran = run("show", "orders/late", "--set", "customer.first_name=Jo", cwd=FOUR)
    assert "order.id: the value is missing" in ran.err
    assert ran.code == 2


def test_init_writes_a_catalogue_that_passes(run: Run, tmp_path: Path) -> None:
    """`init` copies the starter catalogue, which passes `check`; a second `init` overwrites nothing."""
    shop = tmp_path / "shop"
    assert run("init", str(shop)).code == 0
    ran = run("check", str(shop), "--no-engines")
    assert ran.out.startswith("Nothing found. Checked "), ran.out
    assert ran.code == 0
    ran = run("init", str(shop))
    assert "is there already; nothing was written" in ran.err
    assert ran.code == 2


@pytest.mark.parametrize("name", ["cannedkit.yaml", "facts.yaml", "offers.yaml", "cannedkit.lock", "responses"])
def test_init_writes_through_no_link(run: Run, tmp_path: Path, name: str) -> None:
    """A link in the folder is left alone, where it leads nowhere yet, too: nothing is written on either side."""
    shop = tmp_path / "shop"
    shop.mkdir()
    (shop / name).symlink_to("../outside")
    ran = run("init", str(shop))
    assert (ran.code, "is there already; nothing was written" in ran.err) == (2, True)
    assert [path.name for path in shop.iterdir()] == [name]
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize(
    "where", ["cannedkit.yaml", "responses/a.yaml", "responses/variables.yaml", "rules/Own/Rule.yml"]
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_in_any_file(run: Run, write: Write, where: str, data: bytes) -> None:
    """Whatever bytes stand in a file of the catalogue, `check` ends in 0, 1 or 2 with a message, never a traceback."""
    root = write({"cannedkit.yaml": SETTINGS, "responses/b.yaml": "hello: Hi, what can I look up?\n", "rules/x": ""})
    if where.startswith("rules"):
        write({"cannedkit.yaml": "packs: [Own]\nengines: {}\n"})
    path = root / where
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    ran = run("check", cwd=root)
    path.unlink()
    assert ran.code in (0, 1, 2)
    assert ran.code != 2 or ran.err.startswith("cannedkit: ") or "error: " in ran.out, ran


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes_as_draft_or_jsonl(run: Run, tmp_path: Path, data: bytes) -> None:
    """Whatever bytes come in as a draft or as JSONL, the answer is findings or an error with exit 2."""
    assert run("lint", "-", "--no-engines", cwd=tmp_path, stdin=data).code in (0, 1, 2)
    ran = run("lint", "--jsonl", "--no-engines", "-", cwd=tmp_path, stdin=data)
    assert ran.code in (0, 1, 2)
    assert all(json.loads(line) for line in ran.out.splitlines())


def test_the_program_is_a_module_too(tmp_path: Path) -> None:
    """`python -m cannedkit` is the program under its own name, with its exit codes."""
    ran = [
        subprocess.run([sys.executable, "-m", "cannedkit", *arguments], cwd=tmp_path, capture_output=True, text=True)
        for arguments in (["--help"], ["check"], ["chek"])
    ]
    assert [one.returncode for one in ran] == [0, 2, 2]
    assert ran[0].stdout.startswith("Usage: cannedkit [OPTIONS] COMMAND")
    assert "Traceback" not in ran[1].stderr + ran[2].stderr
