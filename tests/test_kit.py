"""Kit, the library's front door: independent of other kits, safe between threads, clear about what is missing."""

from __future__ import annotations

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cannedkit import CheckFailed, DraftError, Kit, Level, RuleError, SettingsError
from tests.conftest import Write

RULES = {
    "rules/Own/Awful.yml": "extends: existence\nmessage: \"no '%s'\"\nlevel: error\ntokens: [awful]\n",
    "rules/Own/Calm.yml": "extends: existence\nmessage: m\nlevel: error\nwhere: {mood: upset, known: issue}\n"
    "tokens: [hello]\n",
}

SLOW = "extends: existence\nmessage: m\nraw: ['(a|aa)+$']\n"

FILES = {"cannedkit.yaml": "engines: {}\npacks: [Own]\n", "responses/a.yaml": "x: Hi\n", **RULES}


@pytest.fixture
def kit(write: Write) -> Kit:
    """A kit with a pack of its own and no engine."""
    return Kit.load(write(FILES))


def test_two_kits_know_nothing_of_each_other(tmp_path: Path, write: Write) -> None:
    """Two kits in one process keep their own packs, levels and responses."""
    root = write({f"one/{path}": text for path, text in FILES.items()})
    write({f"two/{path}": text for path, text in FILES.items()})
    write(
        {
            "two/cannedkit.yaml": "engines: {}\npacks: [Own]\nlevels: {Own: suggestion}\n",
            "two/rules/Own/Awful.yml": RULES["rules/Own/Awful.yml"].replace("awful", "bad"),
            "two/responses/a.yaml": "y: Yo\n",
        }
    )
    one, two = Kit.load(root / "one"), Kit.load(root / "two")
    text = "awful, bad"
    found = [(kit.lint(text)[0].start, kit.lint(text)[0].level) for kit in (one, two, one)]
    assert found == [(0, Level.ERROR), (7, Level.SUGGESTION), (0, Level.ERROR)]
    assert (list(one.catalogue.responses), list(two.catalogue.responses)) == (["a/x"], ["a/y"])


def test_eight_threads_find_what_one_finds(write: Write) -> None:
    """A fresh kit that eight threads share gives each the findings that one thread alone gets, engine included."""
    root = write({**FILES, "cannedkit.yaml": "engines: {harper: {}}\npacks: [Own]\n"})
    texts = [f"You would of had it by now, {word}." for word in ("awful", "hello", "fine", "recieved")] * 8
    alone = [Kit.load(root).lint(text, mood="upset", known=["issue"]) for text in texts[:4]] * 8
    shared = Kit.load(root)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: shared.lint(text, mood="upset", known=["issue"]), texts))
        catalogues = list(pool.map(lambda _: shared.catalogue, range(8)))
    assert together == alone
    assert all(alone)
    assert all(each is shared.catalogue for each in catalogues)


def test_a_draft_has_the_settings_for_defaults(kit: Kit) -> None:
    """Without arguments a draft is in the settings' locale, on their first channel, for a neutral customer."""
    draft = kit.draft("Hi")
    assert (draft.locale, draft.channel, draft.mood, draft.known) == ("en", "chat", "neutral", ())
    assert kit.draft("Hi", mood="angry").mood == "upset"


def test_mood_and_known_reach_the_rules(kit: Kit) -> None:
    """A rule about upset customers whose issue is known runs only when both are said."""
    assert kit.lint("hello") == []
    assert kit.lint("hello", mood="upset") == []
    assert [found.rule for found in kit.lint("hello", mood="worried", known=["issue: late"])] == ["Own.Calm"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ({"text": "a" * 100_001}, "a draft may hold 100,000 characters, this one has 100,001"),
        ({"text": b"Hi"}, "a draft is a str, not a bytes"),
        ({"text": None}, "a draft is a str, not a NoneType"),
        ({"text": "a\ud800"}, r"character 1 of the draft, U\+D800, is half of one: not text"),
        ({"text": "Hi", "locale": "english"}, "'english' is not a locale; write a BCP 47 tag such as en, en-GB or nl"),
        ({"text": "Hi", "channel": "chatt"}, r"unknown channel 'chatt'; did you mean `chat`\?"),
        ({"text": "Hi", "mood": "hapy"}, r"unknown mood 'hapy'; did you mean `happy`\?"),
        ({"text": "Hi", "known": "issue"}, r"`known` is a list of facts: write \['issue'\]"),
        ({"text": "Hi", "history": [{"by": "agent"}]}, "a turn of `history` has no 'text'; it needs `by` and `text`"),
    ],
)
def test_drafts_that_cannot_be_linted(kit: Kit, call: dict[str, object], message: str) -> None:
    """What is no draft is a DraftError that says why."""
    with pytest.raises(DraftError, match=f"^{message}$"):
        kit.lint(**call)  # type: ignore[arg-type]


def test_topic_and_status_reach_the_rules(write: Write) -> None:
    """A rule for drafts of one topic, or of one status, looks at drafts that say they are, and at no others."""
    where = "extends: existence\nmessage: m\nlevel: error\ntokens: [awful]\nwhere: {%s}\n"
    rules = {
        "rules/Own/Topic.yml": where % "topic: legal",
        "rules/Own/Status.yml": where % "status: draft",
        "cannedkit.yaml": FILES["cannedkit.yaml"],
    }
    kit = Kit.load(write(rules))
    assert kit.lint("awful") == []
    assert [found.rule for found in kit.lint("awful", topic="legal")] == ["Own.Topic"]
    assert [found.rule for found in kit.lint("awful", topic="", status="draft")] == ["Own.Status"]


def test_a_locale_is_the_same_in_any_case(kit: Kit) -> None:
    """A locale is taken in whatever case it comes, and is one and the same."""
    drafts = [kit.draft("Hi", locale=tag) for tag in ("en-gb", "EN-GB", "en-GB")]
    assert {draft.locale for draft in drafts} == {"en-GB"}
    assert kit.linter("EN") is kit.linter("en")


def test_none_is_the_default(kit: Kit) -> None:
    """None for an argument that has a default means that default, in every function."""
    names = ("locale", "channel", "mood", "known", "history", "topic", "status", "part")
    assert kit.draft("Hi", **dict.fromkeys(names)) == kit.draft("Hi")
    assert kit.check(today=None, step=None).findings == kit.check().findings
    sent = kit.reply("a/x", None, locale=None, channel=None, variation=None, fallback_locale=None)
    assert sent == kit.reply("a/x")
    assert kit.renderings("a/x", locale=None, channel=None) == kit.renderings("a/x")


def test_a_conversation_may_have_a_bot(kit: Kit) -> None:
    """A turn is by the agent, the customer or a bot, and may say when it was written; a Turn does as well."""
    told = [{"by": "bot", "text": "Hi", "at": "2026-01-01T10:00:00Z"}, {"by": "customer", "text": "Late!"}]
    draft = kit.draft("Hi", history=told)
    assert [(turn.by, turn.text) for turn in draft.history] == [("bot", "Hi"), ("customer", "Late!")]
    assert kit.draft("Hi", history=draft.history) == draft


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    """A folder that is not there is an error, and no other is taken for it; one without settings will do."""
    with pytest.raises(SettingsError, match=r"there is no file or folder '.*nowhere.x'"):
        Kit.load(tmp_path / "nowhere" / "x")
    assert Kit.load(tmp_path).settings.path is None


def test_explain(write: Write) -> None:
    """A rule is explained by its why, instead and source, its level in force, and its limits in words."""
    rule = (
        "extends: length\nmessage: long\nlevel: warning\ncount: words\nmax: {chat: 5, email: 20}\n"
        "why: Too long.\ninstead: Cut it.\nsource: us, 2026\n"
    )
    kit = Kit.load(write({**FILES, "rules/Own/Long.yml": rule, "cannedkit.yaml": "packs: [Own]\nlevels: {Own: off}\n"}))
    found = kit.explain("Own.Long")
    assert (found.level, found.why, found.instead, found.source) == (None, "Too long.", "Cut it.", "us, 2026")
    assert (found.kind, found.pack, Path(found.path).name) == ("length", "Own", "Long.yml")
    assert found.options == {"count": "words", "max": "chat 5, email 20"}
    with pytest.raises(RuleError, match=r"there is no rule 'Own.Lonk' in force; did you mean `Own.Long`\?"):
        kit.explain("Own.Lonk")


def test_a_rule_of_another_language_is_explained(tmp_path: Path) -> None:
    """A rule that spoke in a draft of another language than that of the settings is explained too."""
    kit = Kit.load(tmp_path, with_engines=False)
    (found, *_) = kit.lint("Wij verzoeken u vriendelijk doch dringend om uw order te betalen.", locale="nl")
    assert kit.explain(found.rule).why


def test_a_failed_check_carries_the_findings_of_the_others(write: Write) -> None:
    """A rule that runs out of time raises CheckFailed, which names it and holds what the other rules found."""
    kit = Kit.load(write({**FILES, "rules/Own/Slow.yml": SLOW}))
    with pytest.raises(CheckFailed) as caught:
        kit.lint("awful " + "a" * 40 + "!")
    assert [found.rule for found in caught.value.findings] == ["Own.Awful"]
    assert [error.rule for error in caught.value.errors] == ["Own.Slow"]
    assert "ran out of time" in str(caught.value)


def test_a_language_without_packs_or_engines(tmp_path: Path) -> None:
    """A draft in a language that no shipped pack and no engine knows is linted by what is left, without an error."""
    assert Kit.load(tmp_path).lint("Lieber Kunde, wir sind dran.", locale="de") == []


def test_without_settings(tmp_path: Path) -> None:
    """Without a cannedkit.yaml drafts are linted with the shipped packs, and the catalogue is an error naming init."""
    kit = Kit.load(tmp_path, with_engines=False)
    assert {pack.name for pack in kit.packs()} >= {"Care", "Chat"}
    assert [found.rule for found in kit.lint("Calm down.")] == ["Care.CalmDown"]
    for call in (kit.check, lambda: kit.reply("a/b"), lambda: kit.catalogue):
        with pytest.raises(SettingsError, match=r"there is no cannedkit.yaml in .*; `cannedkit init` writes one"):
            call()


def test_an_engine_that_is_named_but_missing(write: Write) -> None:
    """An engine that the settings name and that is not to be had is an error, which carries what the rules found."""
    kit = Kit.load(write({**FILES, "cannedkit.yaml": "engines: {harper: {}}\npacks: [Own]\n"}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "harper", None)
        with pytest.raises(CheckFailed, match="harper") as failed:
            kit.lint("awful")
        assert [found.rule for found in failed.value.findings] == ["Own.Awful"]


def test_a_default_engine_that_is_missing(write: Write) -> None:
    """A default engine that is not to be had is one note that says what goes unchecked; the rules still look."""
    kit = Kit.load(write({**FILES, "cannedkit.yaml": "packs: [Own]\n"}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "harper", None)
        assert [found.rule for found in kit.lint("awful")] == ["Own.Awful"]
        (note,) = kit.notes
    assert note.endswith("; spelling and grammar go unchecked")


def test_a_pack_that_is_named_but_missing(write: Write) -> None:
    """A pack that is not to be had is an error with the nearest name."""
    kit = Kit.load(write({**FILES, "cannedkit.yaml": "engines: {}\npacks: [Onw]\n"}))
    with pytest.raises(CheckFailed, match=r"there is no pack `Onw`; did you mean `Own`\?"):
        kit.lint("awful")


def test_check_counts_its_steps(kit: Kit) -> None:
    """`check` calls `step` once for each response."""
    steps: list[int] = []
    assert kit.check(step=lambda: steps.append(1)).findings == ()
    assert steps == [1]


@pytest.mark.parametrize(
    ("levels", "message"),
    [
        (
            "Care.Unfortunatly: off",
            "`levels`: there is no rule `Care.Unfortunatly`; did you mean `Care.Unfortunately`?",
        ),
        ("Caer: off", "there is no pack `Caer`; did you mean `Care`?"),
        ('"Hraper.*": off', "there is no pack `Hraper`; did you mean `Harper`?"),
        ('"Care.Unh*": off', "`Care.Unh*` matches no rule of `Care`"),
        ('"*.Nothing": off', "`*.Nothing` matches no pack and no rule"),
    ],
)
def test_a_level_for_no_rule_is_an_error(write: Write, levels: str, message: str) -> None:
    """A misspelt rule or pack under `levels` is an error with the nearest name, for it would set nothing."""
    kit = Kit.load(write({**FILES, "cannedkit.yaml": f"engines: {{}}\npacks: [Care]\nlevels: {{{levels}}}\n"}))
    with pytest.raises(CheckFailed, match=re.escape(message)):
        kit.lint("awful")


def test_levels_of_engines_and_patterns_pass(write: Write) -> None:
    """Rules of engines and patterns cannot be looked up, and are taken as they are."""
    levels = '{Harper.AnA: off, "Own.*": warning, Waiver.Unused: off, "Care.Unf*": off, "*": error}'
    kit = Kit.load(write({**FILES, "cannedkit.yaml": f"engines: {{}}\npacks: [Care]\nlevels: {levels}\n"}))
    assert kit.lint("Calm down.")[0].rule == "Care.CalmDown"


def test_what_the_vocabulary_rejects_is_found(write: Write) -> None:
    """A rejected word is an error wherever it stands, its level can be set, and what is accepted passes."""
    root = write(
        {"cannedkit.yaml": "packs: []\nengines: {}\nvocabulary: {accept: [Acme Pro], reject: [Acmepro, C++]}\n"}
    )
    found = Kit.load(root).lint("Your acmepro and C++, not Acme Pro; two Acmepros, an Acmepro’s lid.")
    assert [(one.rule, one.start, one.end, one.level) for one in found] == [
        ("Vocabulary.Reject", 5, 12, Level.ERROR),
        ("Vocabulary.Reject", 17, 20, Level.ERROR),
        ("Vocabulary.Reject", 40, 48, Level.ERROR),
        ("Vocabulary.Reject", 53, 62, Level.ERROR),
    ]
    quiet = write(
        {"cannedkit.yaml": "packs: []\nengines: {}\nlevels: {Vocabulary: off}\nvocabulary: {reject: [Acmepro]}\n"}
    )
    assert Kit.load(quiet).lint("Your Acmepro.") == []
