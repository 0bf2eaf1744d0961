"""What a question finds in a catalogue, in which order, with which score, and why."""

from __future__ import annotations

import string
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cannedkit import CatalogueError, InputError, Kit
from cannedkit.catalogue.search.measure import leave_one_out
from cannedkit.model.response import Match
from cannedkit.words import sentences
from cannedkit.words.sentences import WIDTH
from tests.conftest import Write

SETTINGS = """\
packs: []
engines: {}
locale: en
locales: [en, nl, th, te]
channels: {chat: {}, sms: {}}
known: [issue, identity.verified]
"""
RESPONSES = """\
sent:
  title: {en: Your money is on its way, nl: Uw geld is onderweg}
  shortcut: refund
  tags: [money]
  examples: {en: [where is my money], nl: [waar blijft mijn geld]}
  requires: [identity.verified]
  channels: [chat]
  body:
    en: I sent it back to your card today.
    nl: Ik heb het vandaag naar uw kaart teruggestort.
late:
  title: {en: The parcel is late}
  examples: {en: [where is my parcel], th: [พัสดุของฉันอยู่ที่ไหน], te: [నా పార్సిల్ ఎక్కడ ఉంది]}
  body:
    en: It is on the road, and should be with you on Friday.
    nl: Het pakket is onderweg en komt vrijdag.
    th: พัสดุกำลังเดินทาง จะถึงวันศุกร์ค่ะ
    te: మీ పార్సిల్ దారిలో ఉంది, శుక్రవారం వస్తుంది.
angry:
  title: The parcel is late again
  mood: upset
  body: {en: The parcel should have been there. I am calling the depot.}
slow:
  title: {en: The line is slow, nl: De verbinding is traag, th: เน็ตช้า, te: ఇంటర్నెట్ నెమ్మదిగా ఉంది}
  examples: {en: [my internet is slow], th: [เน็ตช้ามาก], te: [నా ఇంటర్నెట్ నెమ్మదిగా ఉంది]}
  body:
    en: Please restart the router.
    nl: Start de router opnieuw.
    th: ลองปิดแล้วเปิดเราเตอร์ใหม่นะคะ
    te: రూటర్‌ను మళ్లీ ప్రారంభించండి.
old:
  title: Where the parcel is
  status: retired
  replaced_by: parcels/late
  body: Ask the post office where the parcel is.
"""
FILES = {"cannedkit.yaml": SETTINGS, "responses/parcels.yaml": RESPONSES}


@pytest.fixture
def kit(write: Write) -> Kit:
    """A small catalogue in four languages."""
    return Kit.load(write(FILES))


def _ids(found: list[Match]) -> list[str]:
    return [one.response.id.partition("/")[2] for one in found]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("where is my money", "sent"),
        ("has my money been returned to my card", "sent"),
        ("cash back please", "sent"),  # no word of it stands there: a synonym
        ("wher is my parcle", "late"),
        ("parcels that are late", "late"),
        ("the wifi is sluggish", "slow"),
        ("waar blijft mijn geld", "sent"),
        ("teruggestorte bedrag", "sent"),
        ("wanneer komt het postpakketje", "late"),
        ("พัสดุยังไม่ถึง", "late"),
        ("อินเทอร์เน็ตช้า", "slow"),
        ("పార్సిల్ ఇంకా రాలేదు", "late"),
        ("ఇంటర్నెట్ పనిచేయడం లేదు", "slow"),
    ],
)
def test_a_question_finds_its_reply(kit: Kit, question: str, first: str) -> None:
    """Typos, other forms, compounds and synonyms find it, in scripts with and without spaces, no locale given."""
    assert _ids(kit.search(question, locale="nl" if question.startswith("terug") else None))[0] == first


def test_an_exact_shortcut_comes_first(kit: Kit) -> None:
    """A shortcut or an id, in any case and with the sign that helpdesks put before it, is the first match, and sure."""
    for typed in ("refund", "Refund", "/refund", " :refund ", "parcels/sent"):
        best = kit.search(typed)[0]
        assert (best.response.id, best.why) == ("parcels/sent", f"that is its {'id' if '/s' in typed else 'shortcut'}")
        assert best.score > 0.99


def test_what_an_example_says_comes_first(kit: Kit) -> None:
    """A question that is an example, or a title, finds it before all else, and is nearly sure."""
    best = kit.search("Where is my PARCEL?")[0]
    assert (best.response.id, best.why) == ("parcels/late", "its example “where is my parcel”: where, my, parcel")
    assert best.score > 0.95


def test_scores_are_shares_and_fall(kit: Kit) -> None:
    """A score is from 0 to 1, and no match has a higher one than the one before it."""
    for question in ("parcel", "money", "where", "the line is slow"):
        scores = [one.score for one in kit.search(question, limit=10)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


# -- what may be found --------------------------------------------------------------------------


def test_what_may_not_be_sent_is_not_found(kit: Kit) -> None:
    """Drafts and retired responses are never found, and on a channel, what it serves alone."""
    assert "old" not in _ids(kit.search("where the parcel is", limit=10))
    assert "sent" in _ids(kit.search("money", channel="chat"))
    assert "sent" not in _ids(kit.search("money", channel="sms", limit=10))


def test_what_must_be_known_is(kit: Kit) -> None:
    """Where facts are given, what requires others is left out; where none are, it is found."""
    assert _ids(kit.search("money"))[0] == "sent"
    assert "sent" not in _ids(kit.search("money", known=["issue"], limit=10))
    assert "sent" not in _ids(kit.search("money", known=[], limit=10))
    assert _ids(kit.search("money", known=["identity.verified: yes"]))[0] == "sent"


def test_without_approval_nothing_is_found(write: Write) -> None:
    """Where every text must be approved, what is not is never found."""
    kit = Kit.load(write({**FILES, "cannedkit.yaml": f"{SETTINGS}approval: required\n"}))
    assert kit.search("where is my money") == []


def test_what_is_approved_is_found_at_once(write: Write) -> None:
    """A text that this kit approves is found from then on, in the locales that are approved and no others."""
    kit = Kit.load(write({**FILES, "cannedkit.yaml": f"{SETTINGS}approval: required\n"}))
    assert kit.search("where is my money") == []
    kit.approve(["refund"], by="jo@example.org", locale="en")
    assert [(one.response.id, one.locale) for one in kit.search("where is my money")] == [("parcels/sent", "en")]
    assert [(one.response.id, one.locale) for one in kit.search("where is my money", locale="nl")] == [
        ("parcels/sent", "en")
    ]


def test_what_is_read_anew_is_searched_anew(write: Write) -> None:
    """Once a kit reads its files again, search finds what stands in them now."""
    folder: Path = write(FILES)
    kit = Kit.load(folder)
    assert "a" not in _ids(kit.search("zeppelin", locale="en"))
    (folder / "responses" / "air.yaml").write_text("a: {body: {en: The zeppelin has left.}}\n", "utf-8")
    kit.reread()
    assert _ids(kit.search("zeppelin", locale="en"))[0] == "a"


def test_a_locale_falls_back(kit: Kit) -> None:
    """nl-BE finds what is there in nl, and where nothing is, the default locale; a match says which."""
    found = {one.response.id.partition("/")[2]: one.locale for one in kit.search("pakket parcel", locale="nl-BE")}
    assert (found["late"], found["angry"]) == ("nl", "en")


def test_a_body_of_a_region_serves_its_language(write: Write) -> None:
    """A reply in nl-BE is found in nl, and one of another language is not, unless it is the default."""
    own = "packs: []\nengines: {}\nlocale: en\nlocales: [en, nl-BE, fr]\n"
    body = "a:\n  body: {nl-BE: Het pakket komt., fr: Le colis arrive.}\nb:\n  body: {fr: Le pakket arrive.}\n"
    kit = Kit.load(write({"cannedkit.yaml": own, "responses/x.yaml": body}))
    assert [(one.response.id, one.locale) for one in kit.search("pakket", locale="nl")] == [("x/a", "nl-BE")]


# -- what shifts the order ----------------------------------------------------------------------


def test_the_mood_shifts_the_order(kit: Kit) -> None:
    """A reply for the customer's mood comes earlier than one that is as like."""
    question = "the parcel is late"
    assert _ids(kit.search(question))[:2] == ["late", "angry"]
    assert _ids(kit.search("the parcel, late again", mood="angry"))[0] == "angry"
    upset = next(one for one in kit.search("the parcel is not there", mood="upset") if one.response.mood == "upset")
    pleased = next(one for one in kit.search("the parcel is not there", mood="pleased") if one.response.mood == "upset")
    assert upset.score > pleased.score


def test_the_topic_shifts_the_order(write: Write) -> None:
    """Of two replies that are as like, the one in the topic of the conversation comes first."""
    files = {f"responses/{name}.yaml": "thanks:\n  body: Thank you for waiting.\n" for name in ("a", "b/c")}
    kit = Kit.load(write({"cannedkit.yaml": "packs: []\nengines: {}\n", **files}))
    assert [one.response.id for one in kit.search("waiting")] == ["a/thanks", "b/c/thanks"]
    assert [one.response.id for one in kit.search("waiting", topic="b")] == ["b/c/thanks", "a/thanks"]


# -- synonyms of a catalogue --------------------------------------------------------------------


def test_a_catalogue_has_synonyms_of_its_own(write: Write) -> None:
    """synonyms.yaml beside the responses says what means the same; a group without the words finds nothing."""
    files = {
        "cannedkit.yaml": "packs: []\nengines: {}\nlocales: [en, nl]\n",
        "responses/a.yaml": "pro:\n  body: {en: Zorptek needs a restart., nl: Zorptek opnieuw starten.}\n"
        "no:\n  body: {en: Good day., nl: Dag.}\n",
        "synonyms.yaml": "en:\n  - [zorptek, the blue box]\nnl:\n  - [zorptek, blauwe doosje]\n",
    }
    kit = Kit.load(write(files))
    best = kit.search("it is about the blue box", locale="en")
    assert (best[0].response.id, best[0].why) == ("a/pro", "its text: the blue box ~ zorptek")
    assert kit.search("het blauwe doosje piept", locale="nl")[0].response.id == "a/pro"


def test_a_synonym_of_the_catalogue_weighs_as_the_word(write: Write) -> None:
    """What the catalogue calls the same leads, though the little words of the question stand in other replies."""
    files = {
        "cannedkit.yaml": "packs: []\nengines: {}\n",
        "responses/a.yaml": "money: {title: The refund is on its way, body: Soon.}\n"
        "parcel: {title: The parcel is late, body: Soon.}\n",
        "synonyms.yaml": "en:\n  - [parcel, the blue bag]\n",
    }
    kit = Kit.load(write(files))
    for question in ("is the blue bag on its way", "where is the blue bag", "the blue bag"):
        assert kit.search(question)[0].response.id == "a/parcel"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("fr:\n  - [a, b]\n", "1:1: `fr` is no locale of the settings; known: en"),
        ("en: parcel\n", "1:5: write a list of groups, each a list of words: `- [parcel, package]`"),
        ("en:\n  - [parcel]\n", "2:5: a group of synonyms is a list of two words or more: `[parcel, package]`"),
        ("en:\n  - [parcel, '…']\n", "2:14: there is no word in this: a synonym is found by its letters"),
        ("en:\n  - [parcel, {a: b}]\n", "2:14: "),
    ],
)
def test_a_fault_in_synonyms_is_located(write: Write, text: str, fault: str) -> None:
    """A fault of synonyms.yaml has its line and column, and how to mend it; the responses can be read."""
    folder = write(
        {"cannedkit.yaml": "packs: []\nengines: {}\n", "responses/a.yaml": "b: Hello.\n", "synonyms.yaml": text}
    )
    kit = Kit.load(folder)
    with pytest.raises(CatalogueError) as raised:
        kit.search("hello")
    assert f"synonyms.yaml:{fault}" in str(raised.value)
    assert list(kit.readable.responses) == ["a/b"]


# -- arguments ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"locale": "english"}, "'english' is not a locale"),
        ({"channel": "phone"}, "unknown channel 'phone'"),
        ({"mood": "sad"}, "unknown mood 'sad'"),
        ({"known": "issue"}, "`known` is a list of facts"),
        ({"limit": 0}, "`limit` must be at least 1"),
        ({"limit": "3"}, "`limit` must be a whole number"),
        ({"topic": 3}, "`topic` must be a text"),
        ({"known": ["isue"]}, "`known` of the settings has no fact 'isue'; did you mean `issue`?"),
    ],
)
def test_a_wrong_argument_is_refused(kit: Kit, wrong: dict[str, object], message: str) -> None:
    """Each argument that is none is refused in the words that all have."""
    with pytest.raises(InputError, match=message):
        kit.search("money", **wrong)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """A kit that all examples of a test share."""
    folder = tmp_path_factory.mktemp("search")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    return Kit.load(folder)


@given(st.text(max_size=200) | st.text(alphabet=string.ascii_lowercase + " '", max_size=200))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_question_is_answered(shared: Kit, question: str) -> None:
    """Any text gets its matches, the same twice, sorted, at most as many as were asked for."""
    found = shared.search(question, limit=3)
    assert found == shared.search(question, limit=3)
    assert len(found) <= 3
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_many_threads_find_the_same(shared: Kit) -> None:
    """An index serves many readers at once."""
    questions = ["where is my money", "parcel", "internet", "refund"] * 10
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda one: _ids(Kit.search(shared, one)), questions))
    assert found == [_ids(shared.search(one)) for one in questions]


def test_a_question_without_a_word_finds_nothing(kit: Kit) -> None:
    """Nothing is found for nothing."""
    assert kit.search("") == kit.search(" … ") == []


def test_placeholders_say_nothing(write: Write) -> None:
    """The names of placeholders and what stands in tags are not searched; the text between them is."""
    body = 'a: "{% if order.zebra %}It left.{% endif %} Hello {{ customer.giraffe }}."\nb: "Good day."\n'
    variables = "order.zebra: {optional: true}\ncustomer.giraffe: {}\n"
    files = {
        "cannedkit.yaml": "packs: []\nengines: {}\n",
        "responses/x.yaml": body,
        "responses/variables.yaml": variables,
    }
    kit = Kit.load(write(files))
    assert [one.response.id for one in kit.search("it left")] == ["x/a"]
    assert kit.search("zebra giraffe") == []


def test_the_folder_may_lie_anywhere(write: Write) -> None:
    """synonyms.yaml lies beside the folder of responses, wherever that is."""
    files = {
        "cannedkit.yaml": "packs: []\nengines: {}\ncatalogue: content/replies\n",
        "content/replies/a.yaml": "b: The kettle is hot.\nc: Good day.\n",
        "content/synonyms.yaml": "en:\n  - [kettle, boiler]\n",
    }
    folder: Path = write(files)
    assert [one.response.id for one in Kit.load(folder).search("boiler")] == ["a/b"]


# -- sentences ----------------------------------------------------------------------------------


def _stand_in(texts: Sequence[str]) -> np.ndarray[Any, Any]:
    """What texts mean to a reader who knows money in three words, and nothing else."""
    found = np.zeros((len(texts), WIDTH), np.float32)
    for row, text in zip(found, texts, strict=True):
        row[0 if set(text.casefold().split()) & {"money", "dosh", "cash"} else 1] = 1
    return found


def test_sentences_are_read_where_the_settings_ask_for_it(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """`semantic: true` finds what has no letter in common; without it, the same question does not."""
    monkeypatch.setattr(sentences, "encoder", lambda: _stand_in)
    body = "a:\n  body: Your money is there.\nb:\n  body: Your phone is there.\n"
    files = {"cannedkit.yaml": "packs: []\nengines: {}\n", "responses/x.yaml": body}
    assert Kit.load(write(files)).search("dosh") == []
    asked = {**files, "cannedkit.yaml": f"{files['cannedkit.yaml']}search: {{semantic: true}}\n"}
    assert [one.response.id for one in Kit.load(write(asked)).search("dosh")] == ["x/a"]


def test_an_example_that_is_left_out_is_not_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that is an example finds nothing by its own sentence where it is left out."""
    monkeypatch.setattr(sentences, "encoder", lambda: _stand_in)
    body = "a:\n  examples: [money]\n  body: Your phone is there.\nb:\n  body: Other cash now.\n"
    own = "packs: []\nengines: {}\nsearch: {semantic: true}\n"
    kit = Kit.load(write({"cannedkit.yaml": own, "responses/x.yaml": body}))
    (tried,) = leave_one_out(kit.searched("en"), lambda: None)
    assert (tried.found[0], tried.written[0]) == ("x/b", "x/a")
