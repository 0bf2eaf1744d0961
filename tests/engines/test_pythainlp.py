"""PyThaiNLP itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib import util
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.engines import pythainlp
from cannedkit.model.draft import Draft, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Vocabulary

pytestmark = pytest.mark.spell


@pytest.fixture(scope="module")
def engine() -> pythainlp.Thai:
    """The speller with its own words only."""
    return pythainlp.open({}, Vocabulary())


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("กล่องใบนี้หนักมาก ช่างจะชั่งน้ำหนกให้ครับ", "น้ำหนก", "น้ำหนัก"),
        ("ร้านเปิดทุกวันยกเว้นวันพฤหัสบดิครับ", "พฤหัสบดิ", "พฤหัสบดี"),
        ("รอใบอนุญาดจากสำนักงานก่อนนะคะ", "อนุญาด", "อนุญาต"),
        ("ตอนนี้ระบบปฏิเสท", "ปฏิเสท", "ปฏิเสธ"),
    ],
)
def test_a_misspelling_is_found_and_mended(engine: pythainlp.Thai, text: str, wrong: str, right: str) -> None:
    """A word that is one edit away from a common one is an error, and the text with its fix is the right one."""
    findings = engine.check(Draft(text, "th"))
    assert len(findings) == 1
    finding = findings[0]
    mended = text[: finding.start] + finding.fixes[0] + text[finding.end :]
    assert mended == text.replace(wrong, right)
    assert (finding.rule, finding.level) == (pythainlp.SPELLING, Level.ERROR)


@pytest.mark.parametrize(
    "text",
    [
        "สวัสดีค่ะคุณอารีย์ ร้านส่งกล่องให้แล้วเมื่อวาน",
        "รหัส XJ-40 ใช้ได้ถึง ๑๒ มกราคม ครับ",
        "แอดมินส่งลิงก์และโค้ดส่วนลดในแอปแล้วนะคะ",
        "เร็วๆ นี้ กรุงเทพฯ จะมีสาขาใหม่",
        "",
        "Hello 🎮",
    ],
)
def test_right_words_and_names_pass(engine: pythainlp.Thai, text: str) -> None:
    """Names, codes, digits, repetition marks and words of support chats are no misspellings."""
    assert engine.check(Draft(text, "th")) == []


def test_the_vocabulary_is_accepted(engine: pythainlp.Thai) -> None:
    """A word of the vocabulary passes."""
    text = "สั่งรุ่นน้ำหนกได้ครับ"
    assert len(engine.check(Draft(text, "th"))) == 1
    assert pythainlp.open({}, Vocabulary(accept=("น้ำหนก",))).check(Draft(text, "th")) == []


@pytest.mark.parametrize("before", ["🎮👩🏽‍🔧 ", "שלום ", "\u200b", "e\u0301 ", "\ufeff"])
def test_spans_are_code_points(engine: pythainlp.Thai, before: str) -> None:
    """Whatever stands before a misspelt word, its span holds just that word."""
    text = f"{before}ชั่งน้ำหนก"
    (finding,) = engine.check(Draft(text, "th"))
    assert text[finding.start : finding.end] == "น้ำหนก"


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet=st.one_of(st.sampled_from("นำ้หกกใๆฯ 1a🎮\u200b"), st.characters(codec="utf-8"))))
def test_any_text_is_answered(engine: pythainlp.Thai, text: str) -> None:
    """Any text gives sorted findings inside it that do not overlap, and the same ones twice."""
    findings = engine.check(Draft(text, "th"))
    assert findings == sorted(findings) == engine.check(Draft(text, "th"))
    assert all(one.end <= other.start for one, other in pairwise(findings))
    assert all(0 <= one.start < one.end <= len(text) for one in findings)


def test_threads_find_the_same() -> None:
    """Threads that come first together read the words once, and find what one finds."""
    engine = pythainlp.open({}, Vocabulary())
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: engine.check(Draft("ชั่งน้ำหนก", "th")), range(8)))
    assert all(len(findings) == 1 for findings in found)
    assert engine.lexicon() is engine.lexicon()


def test_nothing_is_written_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the words makes no folder in the user's home."""
    monkeypatch.setenv("HOME", str(tmp_path))
    pythainlp.open({}, Vocabulary()).lexicon()
    assert list(tmp_path.iterdir()) == []


def test_what_is_missing_or_wrong(monkeypatch: pytest.MonkeyPatch, engine: pythainlp.Thai) -> None:
    """Another language, an option, or no package: each is an error that says what to do."""
    with pytest.raises(EngineError, match="checks Thai only"):
        engine.check(Draft("x", "en"))
    with pytest.raises(EngineError, match="takes no options, but words"):
        pythainlp.open({"words": 1}, Vocabulary())
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    with pytest.raises(EngineError, match=r"cannedkit\[thai\]"):
        pythainlp.open({}, Vocabulary())
