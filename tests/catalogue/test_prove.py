"""Proofs: a sent text is an approved reply, with its values, or it is said what is in the way."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cannedkit import Difference, InputError, Kit, Money, Wording
from cannedkit.settings import shipped
from tests.conftest import Run, Write

FILES = {
    "cannedkit.yaml": "engines: {}\npacks: []\nlocale: en\nlocales: [en, nl]\nchannels: {chat: {}, email: {}}\n",
    "responses/variables.yaml": "amount: {type: money, max_length: 12}\nname: {fallback: {en: there, nl: daar}}\n",
    "responses/a.yaml": """\
paid:
  body:
    en:
      chat: Hi {{ name }}, {{ amount }} is on its way.
      email: {subject: "For {{ name }}", body: "Hi {{ name }}, we've sent {{ amount }} to your card."}
    nl: Hoi {{ name }}, {{ amount }} komt eraan.
marked: {format: markdown, body: "**Thank you**, {{ name }}, it is on its way."}
same: Thanks, it is done.
again: Thanks, it is done.
""",
}

DAY = datetime(2026, 3, 3, 14, 5, 9, tzinfo=UTC)


@pytest.fixture
def root(write: Write) -> Path:
    """A catalogue of which all texts but those of one reply are approved."""
    folder = write(FILES)
    Kit.load(folder).approve(["a/paid", "a/marked", "a/same"], by="jo@example.org", on=DAY)
    return folder


def test_a_reply_that_went_out(root: Path) -> None:
    """What `reply` gives is proven: which body, which values, who approved it when."""
    kit = Kit.load(root)
    reply = kit.reply("a/paid", {"name": "Ana", "amount": Money(Decimal(5), "EUR")}, locale="nl")
    proof = kit.prove(reply.text)
    assert (proof.proven, proof.reason, proof.wording) == (True, "", Wording("a/paid", "nl"))
    assert proof.values == reply.values == {"name": "Ana", "amount": "€ 5,00"}
    assert proof.approval
    assert (proof.approval.by, proof.approval.on, proof.approval.digest) == ("jo@example.org", DAY, reply.digest)
    assert (proof.ambiguous, proof.others, proof.differences) == ({}, (), ())


def test_a_letter(root: Path) -> None:
    """With its subject a letter is proven as a whole; a subject with another value is not."""
    kit = Kit.load(root)
    text = "Hi Ana, we've sent €5.00 to your card."
    assert kit.prove(text, subject="For Ana").proven
    assert not kit.prove(text, subject="For Jo").proven
    assert not kit.prove("Hoi Ana, € 5,00 komt eraan.", subject="For Ana").proven
    assert kit.prove(text, locale="en", channel="email").proven
    assert not kit.prove(text, channel="chat").proven
    assert not kit.prove(text, locale="nl").proven


@pytest.mark.parametrize("text", ["Thanks, it is done.\r\n", "  Thanks, it is done.\n\n"])
def test_what_the_way_changes(root: Path, text: str) -> None:
    """White space around a text, and the ends of its lines, may have changed on the way."""
    assert Kit.load(root).prove(text).proven


def test_markdown_is_read_back(root: Path) -> None:
    """The value of a Markdown text comes back as it was given, without the marks that kept it from being markup."""
    kit = Kit.load(root)
    reply = kit.reply("a/marked", {"name": "*Ana* & <b>"})
    assert reply.text != "**Thank you**, *Ana* & <b>, it is on its way."
    assert kit.prove(reply.text).values == {"name": "*Ana* & <b>"}


def test_a_text_that_nobody_approved(root: Path) -> None:
    """A rendering of a text that is not approved is not proven, and it is said which one it is."""
    kit = Kit.load(root)
    proof = kit.prove("Thanks, it is done.")
    assert (proof.proven, proof.wording, proof.others) == (
        True,
        Wording("a/same", "en"),
        (Wording("a/again", "en"),),
    )
    (root / "responses/a.yaml").write_text("same: Thanks.\nagain: Thanks, it is done.\n")
    (root / "cannedkit.lock").unlink()
    proof = Kit.load(root).prove("Thanks, it is done.")
    assert (proof.proven, proof.wording, proof.approval) == (False, Wording("a/again", "en"), None)
    assert proof.reason.startswith("It is a/again (en), which does not count. Nobody has approved it.")


def test_a_text_that_was_approved_then(root: Path) -> None:
    """A text that was approved when it went out stays proven after its reply was edited, and the new one is not."""
    path = root / "responses/a.yaml"
    path.write_text(path.read_text().replace("same: Thanks", "same: Thank you"))
    kit = Kit.load(root)
    assert kit.prove("Thanks, it is done.").proven
    proof = kit.prove("Thank you, it is done.")
    assert "which does not count. Changed since jo@example.org approved it on 2026-03-03." in proof.reason


def test_an_approval_by_somebody_who_may_not(root: Path) -> None:
    """An approval by somebody who is none of the owner's approvers proves nothing."""
    (root / "cannedkit.yaml").write_text(FILES["cannedkit.yaml"] + "approvers: {care-team: [kim@example.org]}\n")
    path = root / "responses/a.yaml"
    path.write_text(path.read_text().replace("marked: {", "marked: {owner: care-team, "))
    proof = Kit.load(root).prove("**Thank you**, Ana, it is on its way.")
    assert (proof.proven, proof.approval) == (False, None)
    assert "jo@example.org approved it, who may not approve for care-team" in proof.reason


def test_what_differs(root: Path) -> None:
    """A text that was changed is held against the nearest reply: where it differs, and what was approved there."""
    text = "Hi Ana, €5.00 is already on its way!"
    proof = Kit.load(root).prove(text)
    assert (proof.proven, proof.wording) == (False, Wording("a/paid", "en", "chat"))
    assert proof.differences == (Difference(16, 24, " already", ""), Difference(35, 36, "!", "."))
    assert [text[one.start : one.end] for one in proof.differences] == [one.sent for one in proof.differences]
    assert proof.reason == (
        "It is nearest to a/paid (en, chat), and differs from it: ' already' stands where '' was approved; "
        "'!' stands where '.' was approved"
    )


def test_a_value_that_does_not_go_out(root: Path) -> None:
    """A text with the right words and a value that `reply` refuses says why."""
    proof = Kit.load(root).prove("Hi Ana, everything is on its way.")
    assert not proof.proven
    assert "no such reply goes out: amount: 'everything' is not an amount" in proof.reason
    too_long = Kit.load(root).prove("Hi Ana, €5,000,000,000.00 is on its way.")
    assert not too_long.proven


def test_what_is_like_nothing(root: Path) -> None:
    """A text that no reply is near to is not proven, and no reply is named."""
    proof = Kit.load(root).prove("The weather will be fine in Utrecht tomorrow.")
    assert (proof.proven, proof.reason, proof.wording) == (False, "It is like no reply of the catalogue", None)
    assert not Kit.load(root).prove("").proven


def test_a_broken_lock_proves_nothing(root: Path) -> None:
    """Where a line of the lock cannot be read, no proof is given, for or against."""
    with (root / "cannedkit.lock").open("a") as file:
        file.write("{\n")
    with pytest.raises(InputError, match=r"cannedkit\.lock:6:"):
        Kit.load(root).prove("Thanks, it is done.")


@given(text=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_text_gives_a_proof(root: Path, text: str) -> None:
    """Any text is proven or not, without a traceback."""
    assert not Kit.load(root).prove(text).proven


def test_every_reply_of_the_starter_is_proven(tmp_path: Path) -> None:
    """Each rendering of the starter catalogue is proven to be its own, and its values are those read, or among them."""
    import shutil

    for name in ("cannedkit.yaml", "facts.yaml", "offers.yaml"):
        shutil.copy(shipped() / name, tmp_path / name)
    shutil.copytree(shipped() / "responses", tmp_path / "responses")
    (tmp_path / "rules").mkdir()
    kit = Kit.load(tmp_path, with_engines=False)
    kit.approve(["*"], by="jo@example.org")
    count = 0
    for response in kit.catalogue.responses.values():
        for one in kit.renderings(response.id) if not response.status else ():
            proof = kit.prove(one.text, subject=one.subject, locale=one.locale, channel=one.channels[0])
            assert proof.proven, (response.id, one.text, proof.reason)
            found = [proof.wording, *proof.others]
            assert (response.id, one.locale, one.variation) in [(w.id, w.locale, w.variation) for w in found if w]
            for name, value in one.values.items():
                open_texts = proof.ambiguous.get(name, (value,))
                assert name.startswith("facts.") or not open_texts or value in (proof.values.get(name), *open_texts)
            count += 1
    assert count > 1000


# -- the command --------------------------------------------------------------------------------


def test_the_command(run: Run, root: Path) -> None:
    """`prove` says what is proven, from a file or standard input, and ends with 1 where nothing is."""
    (root / "sent.txt").write_text("Hi there, €5.00 is on its way.\n")
    ran = run("prove", "sent.txt", cwd=root)
    assert (ran.code, ran.out.splitlines()) == (
        0,
        [
            "Proven: a/paid (en, chat), approved by jo@example.org on 2026-03-03.",
            "  name: there",
            "  amount: €5.00",
        ],
    )
    ran = run("prove", cwd=root, stdin=b"Hi there, nothing is on its way.")
    assert (ran.code, ran.out.startswith("Not proven. It has the words of a/paid (en, chat), but")) == (1, True)
    assert run("prove", cwd=root, stdin=b"\xff").code == 2


def test_the_command_as_json(run: Run, root: Path) -> None:
    """As JSON a proof has all of its fields."""
    found = json.loads(run("prove", "--format", "json", cwd=root, stdin="Hoi Ana, € 5,00 komt eraan!".encode()).out)
    assert found["proven"] is False
    assert found["wording"] == {"id": "a/paid", "locale": "nl", "channel": "", "variation": 1}
    assert found["differences"] == [{"start": 26, "end": 27, "sent": "!", "approved": "."}]
