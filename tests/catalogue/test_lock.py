"""The lock: what stands in it, who may put it there, what outdates it, and that no line is ever lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cannedkit import Approval, CannedkitError, InputError, Kit, Lock, ReplyError, Wording
from cannedkit.catalogue import approve, lock
from cannedkit.catalogue.content import digest
from cannedkit.catalogue.standing import standings
from tests.conftest import Write

SETTINGS = """\
engines: {}
packs: []
locale: en
locales: [en, nl]
channels: {chat: {}, sms: {}}
approvers: {billing-team: [jo@example.org]}
"""

FILES = {
    "cannedkit.yaml": SETTINGS,
    "responses/variables.yaml": "amount: {type: money, max_length: 12}\nname: {fallback: {en: there, nl: daar}}\n",
    "responses/a.yaml": """\
hello: {body: {en: "Hi {{ name }}, thanks.", nl: "Hoi {{ name }}, dank je."}}
paid: {owner: billing-team, body: "{{ amount }} is on its way, {{ name }}."}
two: {body: ["One", "Two"]}
gone: {status: retired, body: Bye.}
""",
}

DAY = datetime(2026, 3, 3, 14, 5, 9, tzinfo=UTC)


def states(root: Path) -> dict[str, str]:
    """How each text stands, by its address."""
    kit = Kit.load(root)
    return {str(one.wording): one.state for one in standings(kit.catalogue, kit.lock, kit.settings)}


def reason(root: Path, wording: str) -> str:
    """Why a text stands as it does."""
    kit = Kit.load(root)
    return next(one.reason for one in standings(kit.catalogue, kit.lock, kit.settings) if str(one.wording) == wording)


@pytest.fixture
def root(write: Write) -> Path:
    """A catalogue of which every text in use is approved by Jo."""
    folder = write(FILES)
    Kit.load(folder).approve(["*"], by="jo@example.org", on=DAY)
    return folder


Change = Callable[[str, str], None]


@pytest.fixture
def change(root: Path) -> Change:
    """Put a text in the place of another in the files of replies and variables."""

    def changed(old: str, new: str) -> None:
        paths = [path for path in (root / "responses").iterdir() if old in path.read_text()]
        assert paths, old
        for path in paths:
            path.write_text(path.read_text().replace(old, new))

    return changed


# -- the file -----------------------------------------------------------------------------------


def test_a_line_holds_what_was_approved(root: Path) -> None:
    """Each text has a sorted line of JSON: address, who and when, and the sha256 of the canonical JSON in it."""
    lines = (root / "cannedkit.lock").read_text().splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 5
    paid = json.loads(lines[2])
    canonical = json.dumps(paid["approved"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert sha256(canonical.encode()).hexdigest() == paid.pop("sha256")
    assert canonical in lines[2]
    assert paid == {
        "id": "a/paid",
        "locale": "en",
        "channel": "any",
        "variation": 1,
        "by": "jo@example.org",
        "on": "2026-03-03T14:05:09Z",
        "approved": {
            "body": "{{ amount }} is on its way, {{ name }}.",
            "subject": None,
            "variables": {
                "amount": {"type": "money", "max_length": 12},
                "name": {"type": "text", "fallback": "there"},
            },
        },
    }


def test_reading_gives_what_was_approved(root: Path) -> None:
    """What is read is what `approve` gave, and it is written again as the same bytes."""
    kit = Kit.load(root)
    given = kit.approve(["*"], by="jo@example.org")
    read = [one for each in kit.lock.approvals.values() for one in each]
    assert set(given) == set(read)
    assert [lock.line(one) for one in read] == (root / "cannedkit.lock").read_text().splitlines()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{", "1:2: is not JSON"),
        ("[]", "1:1: a line is a mapping in braces"),
        ("\n<<<<<<< HEAD\n", "2:1: a merge was left open here"),
        ('{"id": "a/b"}', "1:1: `by` is missing"),
        ('{"idd": "a/b"}', "1:1: unknown key `idd`; did you mean `id`?"),
        ('{"id": 3}', "1:1: `id` must be a text"),
        ("[" * 100_000, "1:1: is nested too deeply"),
    ],
)
def test_a_line_that_cannot_be_read(root: Path, text: str, wanted: str) -> None:
    """A line with a fault is told with its place, hides no other, and nothing is written over it."""
    path = root / "cannedkit.lock"
    path.write_text(f"{text}\n{path.read_text()}")
    kit = Kit.load(root)
    [problem] = kit.lock.refused
    assert str(problem).removeprefix(f"{path}:").startswith(wanted)
    assert len(kit.lock.approvals) == 5
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"cannedkit\.lock"):
        kit.approve(["a/hello"], by="jo@example.org")
    assert path.read_bytes() == before
    assert any("cannedkit.lock" in failed.path for failed in kit.check().errors)


@pytest.mark.parametrize(
    "approved",
    ["{}", '{"body":1,"subject":null,"variables":{}}', '{"body":"x","subject":null,"variables":{"a":{"type":"x"}}}',
     '{"body":"\\\\ud800","subject":null,"variables":{}}', '{"body":"{{","subject":"{%","variables":{}}', "[" * 99999],
)  # fmt: skip
def test_what_was_never_approved_approves_nothing(root: Path, approved: str) -> None:
    """A line made by hand, with the right sha256 of something that is no text, outdates and proves nothing."""
    path = root / "cannedkit.lock"
    lines = path.read_text().splitlines()
    head = lines[0].partition(',"approved":')[0]
    made = head.replace(json.loads(lines[0])["sha256"], digest(approved)) + f',"approved":{approved}}}'
    path.write_text("\n".join([made, *lines[1:]]))
    kit = Kit.load(root)
    assert {one.state for one in standings(kit.catalogue, kit.lock, kit.settings)} == {"approved", "stale"}
    assert approve.renew(kit.catalogue, kit.settings) == ()
    assert not kit.prove("").proven
    assert kit.prove("Two").proven


def test_a_text_changed_in_the_lock_is_no_approval(root: Path) -> None:
    """Whoever changes the approved text in the lock, and not its sha256, has approved nothing."""
    path = root / "cannedkit.lock"
    path.write_text(path.read_text().replace("is on its way", "is lost"))
    [problem] = Kit.load(root).lock.refused
    assert "its sha256 is not that of the text in it" in problem.message


def test_a_lock_laid_out_in_another_way_reads_the_same(root: Path) -> None:
    """A formatter of JSON does no harm."""
    path = root / "cannedkit.lock"
    was = Kit.load(root).lock
    path.write_text(
        "".join(json.dumps(json.loads(line), indent=None) + "\r\n" for line in path.read_text().splitlines())
    )
    assert Kit.load(root).lock == was


def test_a_link_out_of_the_folder_is_neither_read_nor_written(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A lock, or the file that it is written by way of, that is a link to elsewhere leaves elsewhere as it is."""
    away = tmp_path_factory.mktemp("away") / "precious"
    away.write_text("precious")
    path, part = root / "cannedkit.lock", root / ".cannedkit.lock.part"
    held = path.read_text()
    path.unlink()
    path.symlink_to(away)
    with pytest.raises(CannedkitError):
        Kit.load(root).approve(["a/hello"], by="jo@example.org")
    path.unlink()
    path.write_text(held)
    part.symlink_to(away)
    with pytest.raises(OSError, match="part"):
        Kit.load(root).approve(["a/hello"], by="sam@example.org")
    assert away.read_text() == "precious"
    assert path.read_text() == held


@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1),
    by=st.text(st.characters(codec="utf-8"), min_size=1),
)
def test_any_text_makes_the_round_trip(text: str, by: str) -> None:
    """Whatever stands in a text or a name, the lock reads back what it wrote, in one line."""
    content = json.dumps(
        {"body": text, "subject": None, "variables": {}}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    one = Approval(Wording("a/b", "en", "", 2), digest(content), by, DAY, content, note=by)
    written = lock.line(one)
    assert "\n" not in written
    assert lock.parsed(f"{written}\n", Path("x")).approvals == {one.wording: (one,)}


@given(data=st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_told(root: Path, data: bytes) -> None:
    """Any bytes for a lock give approvals or problems, and no traceback."""
    path = root / "cannedkit.lock"
    path.write_bytes(data)
    found = Kit.load(root).lock
    assert found.refused or found.approvals or not data.decode("utf-8-sig", "replace").strip()


# -- what outdates an approval ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "stale", "said"),
    [
        ("Hi {{ name }}", "Dear {{ name }}", "a/hello (en)", "[-Hi-]{+Dear+} {{"),
        ("type: money", "type: number", "a/paid (en)", '`type` of amount was "money", is "number"'),
        ("en: there", "en: friend", "a/hello (en)", '`fallback` of name was "there", is "friend"'),
        ("max_length: 12", "max_length: 14", "a/paid (en)", "`max_length` of amount was 12, is 14"),
        (
            "amount: {",
            "amount: {optional: true, fallback: x, ",
            "a/paid (en)",
            '`fallback` of amount was not given, is "x"; `opt',
        ),
        ('body: ["One', 'format: markdown, body: ["One', "a/two (en)", "the format was text, is markdown"),
        (
            'hello: {body: {en: "Hi {{ name }}, thanks."',
            'hello: {body: {en: {subject: Yours, body: "Hi {{ name }}, thanks."}',
            "a/hello (en)",
            "the subject: {+Yours+}",
        ),
    ],
)
def test_what_makes_it_stale(root: Path, change: Change, old: str, new: str, stale: str, said: str) -> None:
    """A changed body, subject, format or declaration of a variable in it outdates the approval: see what changed."""
    change(old, new)
    assert states(root)[stale] == "stale"
    assert f"What changed: {said}" in reason(root, stale)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nl: daar", "nl: vriend"),
        ("amount: {", "amount: {samples: [€5.00], "),
        ("two: {", "two: {title: Two, tags: [two], "),
    ],
)
def test_what_leaves_it_in_force(root: Path, change: Change, old: str, new: str) -> None:
    """What goes out to nobody in a text's own locale outdates no approval of it."""
    change(old, new)
    assert {one for one, state in states(root).items() if state != "approved"} <= {"a/hello (nl)"}


def test_an_edited_source_outdates_its_translations(root: Path, change: Change) -> None:
    """A translation remembers the text that it was made from: where that changed, it has to be approved again."""
    change("Hi {{ name }}", "Dear {{ name }}")
    assert states(root)["a/hello (nl)"] == "stale"
    assert "The text in en that it was made from has changed since jo@example.org" in reason(root, "a/hello (nl)")
    Kit.load(root).approve(["a/hello"], by="sam@example.org", locale="nl")
    assert states(root) == {
        "a/hello (en)": "stale",
        "a/hello (nl)": "approved",
        "a/paid (en)": "approved",
        "a/two (en)": "approved",
        "a/two (en, variation 2)": "approved",
    }


def test_a_finding_stands_at_the_change(root: Path, change: Change) -> None:
    """`check` reports a stale text where it changed: a warning where approval is optional, an error where required."""
    change("Hi {{ name }}, thanks", "Hi {{ name }}, many thanks")
    for more, level, count in (("", "WARNING", 2), ("approval: required\n", "ERROR", 2)):
        (root / "cannedkit.yaml").write_text(SETTINGS + more)
        found = [one for one in Kit.load(root).check().findings if one.finding.rule == "Approval.Stale"]
        assert [one.finding.level.name for one in found] == [level] * count
        assert (found[0].place.line, found[0].place.column, found[0].finding.start) == (1, 36, 15)


def test_what_nobody_approved(write: Write) -> None:
    """A text that was never approved is no finding where approval is optional, and an error where it is required."""
    files = dict(FILES)
    assert not [one for one in Kit.load(write(files)).check().findings if "Approval" in one.finding.rule]
    files["cannedkit.yaml"] += "approval: required\n"
    review = Kit.load(write(files)).check()
    found = [(one.response, one.finding.level.name) for one in review.findings if "Approval" in one.finding.rule]
    assert found[0] == ("a/hello", "ERROR")
    assert len(found) == 5
    assert review.checked.passed == ()
    files["cannedkit.yaml"] += "levels: {Approval.Missing: suggestion}\n"
    findings = Kit.load(write(files)).check().findings
    assert {one.finding.level.name for one in findings if "Approval" in one.finding.rule} == {"SUGGESTION"}


def test_a_line_of_nothing(root: Path, change: Change) -> None:
    """A line about a text that is not there is reported at its place in the lock, and `prune` takes it out."""
    change('two: {body: ["One", "Two"]}\n', "")
    kit = Kit.load(root)
    found = [one for one in kit.check().findings if one.finding.rule == "Approval.Leftover"]
    assert [(one.place.path, one.place.line) for one in found] == [(str(root / "cannedkit.lock"), n) for n in (4, 5)]
    assert [str(one.wording) for one in approve.prune(kit.catalogue, kit.settings)] == [
        "a/two (en)",
        "a/two (en, variation 2)",
    ]
    assert len(Kit.load(root).lock.approvals) == 3


def test_a_part_of_the_catalogue_has_no_leftovers(root: Path) -> None:
    """Who checks one file does not hear of the lines of others."""
    (root / "responses/b.yaml").write_text("x: Yes.\n")
    review = Kit.load(root).check(only=root / "responses/b.yaml")
    assert not [one for one in review.findings if "Approval" in one.finding.rule]


# -- who may approve ----------------------------------------------------------------------------


def test_who_may_approve_is_limited_by_owner(root: Path) -> None:
    """Somebody who is not among the owner's approvers approves nothing, nor what is named beside it."""
    kit = Kit.load(root)
    before = (root / "cannedkit.lock").read_bytes()
    with pytest.raises(CannedkitError, match=r"who may not approve for billing-team; these may: jo@example\.org"):
        kit.approve(["a/hello", "a/paid"], by="sam@example.org")
    assert (root / "cannedkit.lock").read_bytes() == before


def test_an_approval_by_somebody_who_may_not_is_none(root: Path) -> None:
    """A line that a stranger wrote by hand, or one from before `approvers` changed, approves nothing."""
    (root / "cannedkit.yaml").write_text(
        SETTINGS.replace("jo@example.org]", "kim@example.org]") + "approval: required\n"
    )
    assert states(root)["a/paid (en)"] == "foreign"
    kit = Kit.load(root)
    assert "Approval.Foreign" in [one.finding.rule for one in kit.check().findings]
    with pytest.raises(ReplyError, match=r"jo@example\.org approved it, who may not approve for billing-team"):
        kit.reply("a/paid", {"amount": "€5.00"})


def test_an_owner_that_nothing_has(write: Write) -> None:
    """An owner of `approvers` that no reply has is an error with its place, for anybody could approve."""
    root = write({**FILES, "cannedkit.yaml": SETTINGS.replace("billing-team:", "biling-team:")})
    [failed] = (one for one in Kit.load(root).check().errors if one.path.endswith("cannedkit.yaml"))
    assert (failed.line, failed.column) == (6, 13)
    assert "no reply or fact has the owner `biling-team`; did you mean `billing-team`?" in failed.reason


@pytest.mark.parametrize(
    ("ids", "wanted"),
    [
        (["a/helo"], "there is no response `a/helo`; did you mean `a/hello`?"),
        (["b/*"], r"no response in use matches `b/\*`"),
        (["a/gone"], "is retired"),
        ([], "nothing is named"),
    ],
)
def test_what_cannot_be_approved(root: Path, ids: list[str], wanted: str) -> None:
    """A name of nothing, a retired reply and no name at all are errors."""
    with pytest.raises(CannedkitError, match=wanted):
        Kit.load(root).approve(ids, by="jo@example.org")


def test_approving_again_changes_nothing(root: Path) -> None:
    """The same approval by the same person keeps its day; another person's takes its place."""
    kit = Kit.load(root)
    assert {one.on for one in kit.approve(["a/hello"], by="jo@example.org", on=datetime(2026, 4, 4, tzinfo=UTC))} == {
        DAY
    }
    assert {one.on for one in kit.approve(["a/hello"], by="sam@example.org", on=datetime(2026, 4, 4, tzinfo=UTC))} == {
        datetime(2026, 4, 4, tzinfo=UTC)
    }
    assert {one.by for each in kit.lock.approvals.values() for one in each} == {"jo@example.org", "sam@example.org"}


# -- what only moved ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Hi {{ name }}", "Hi {{name}}"),
        ("Hi {{ name }}", "Hi {% comment %}formal?{% endcomment %}{{ name }}"),
        ("hello:", "greeting:"),
        ('en: "Hi {{ name }}, thanks."', 'en: {chat: "Hi {{ name }}, thanks.", sms: "Hi {{ name }}, thanks."}'),
    ],
)
def test_what_only_moved_is_renewed(root: Path, change: Change, old: str, new: str) -> None:
    """A text that reads as it was approved, under another id or layout, keeps who approved it and when."""
    change(old, new)
    assert set(states(root).values()) > {"approved"}
    kit = Kit.load(root)
    renewed = approve.renew(kit.catalogue, kit.settings)
    assert {(one.by, one.on) for one in renewed} == {("jo@example.org", DAY)}
    assert set(states(root).values()) == {"approved"}
    assert not [one for one in Kit.load(root).check().findings if "Approval" in one.finding.rule]


def test_another_file_is_another_id(root: Path) -> None:
    """A reply that moves to another topic takes its approvals along."""
    (root / "responses/a.yaml").rename(root / "responses/b.yaml")
    kit = Kit.load(root)
    assert len(approve.renew(kit.catalogue, kit.settings)) == 5
    assert set(states(root).values()) == {"approved"}
    assert len(Kit.load(root).lock.approvals) == 5


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Hi {{ name }}", "Hi  {{ name }}"),
        ("Hi {{ name }}", "Hi {{ name | upcase }}"),
        ("en: there", "en: friend"),
        ('two: {body: ["One", "Two"]}', 'two: {body: ["Two", "Three"]}'),
    ],
)
def test_what_reads_otherwise_is_not_renewed(root: Path, change: Change, old: str, new: str) -> None:
    """Where a customer would read another text, somebody has to approve it."""
    change(old, new)
    kit = Kit.load(root)
    assert not [
        one for one in approve.renew(kit.catalogue, kit.settings) if "Three" in one.content or "Hi" in one.content
    ]
    assert "stale" in states(root).values()


def test_a_copy_is_not_renewed(root: Path) -> None:
    """A text that was approved for one reply is not approved for another that copies it."""
    (root / "responses/b.yaml").write_text('hello: "Hi {{ name }}, thanks."\n')
    kit = Kit.load(root)
    assert approve.renew(kit.catalogue, kit.settings) == ()


def test_a_text_is_not_renewed_for_an_owner_that_its_approver_may_not_serve(root: Path, change: Change) -> None:
    """Layout and owner changed at once: who approved it must be one of the new owner's approvers."""
    Kit.load(root).approve(["a/hello"], by="sam@example.org")
    change('hello: {body: {en: "Hi {{ name }}', 'hello: {owner: billing-team, body: {en: "Hi {{name}}')
    kit = Kit.load(root)
    assert approve.renew(kit.catalogue, kit.settings) == ()


# -- nothing is lost ----------------------------------------------------------------------------


def test_two_processes_at_once_lose_nothing(write: Write) -> None:
    """Eight processes that each approve their own reply at once leave eight lines."""
    replies = "".join(f"r{number}: Text {number}.\n" for number in range(8))
    root = write({"cannedkit.yaml": "engines: {}\npacks: []\n", "responses/a.yaml": replies})
    code = (
        "import sys; from cannedkit import Kit; kit = Kit.load(sys.argv[1]); kit.catalogue; print(flush=True); "
        "sys.stdin.readline(); kit.approve([sys.argv[2]], by='jo')"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(root), f"a/r{number}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for number in range(8)
    ]
    for each in started:
        assert each.stdout
        each.stdout.readline()
    for each in started:
        each.communicate(b"\n")
    assert [each.returncode for each in started] == [0] * 8
    assert set(states(root).values()) == {"approved"}


def test_kills_lose_nothing() -> None:
    """A process that is killed while it approves leaves a lock that reads, with all that it had said was done."""
    from scripts.soak_approve import run

    figures = run(10)
    assert figures["kills"] == 10
    assert figures["lost"] == figures["unreadable"] == 0


def test_its_mode_stays(root: Path) -> None:
    """The lock keeps the rights that it had, and nothing is left beside it."""
    os.chmod(root / "cannedkit.lock", 0o640)
    Kit.load(root).approve(["a/hello"], by="sam@example.org")
    assert (root / "cannedkit.lock").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in root.iterdir()) == [
        ".gitattributes",
        "cannedkit.lock",
        "cannedkit.yaml",
        "responses",
    ]


def test_without_a_lock(write: Write) -> None:
    """Where there is no lock there are no approvals, and none is made by looking."""
    root = write(FILES)
    kit = Kit.load(root)
    assert kit.lock == Lock(root / "cannedkit.lock")
    kit.check()
    assert not (root / "cannedkit.lock").exists()


def test_levels_and_waivers_hold_for_approvals(root: Path, change: Change) -> None:
    """What is said of approvals has a level, a why and can be waived, as all that is found."""
    change("Hi {{ name }}, thanks", "Hi {{ name }}, many thanks")
    kit = Kit.load(root)
    assert kit.explain("Approval.Stale").why.startswith("An approval holds for the text that was read")
    (root / "cannedkit.yaml").write_text(SETTINGS + "levels: {Approval: off}\n")
    assert not [one for one in Kit.load(root).check().findings if "Approval" in one.finding.rule]
    (root / "cannedkit.yaml").write_text(SETTINGS)
    change(
        "hello: {", "hello: {waivers: [{rule: Approval.Stale, why: Jo is back on Monday, by: kim, until: 2999-12-31}], "
    )
    review = Kit.load(root).check()
    assert not [one for one in review.findings if "Approval" in one.finding.rule or "Waiver" in one.finding.rule]
    assert review.errors == ()
