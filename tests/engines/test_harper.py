from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Container, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.engines import harper
from cannedkit.model.draft import MAX_FIXES, Draft, Engine, Finding, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Vocabulary

harper_rules = import_module("scripts.harper_rules")


@pytest.fixture(scope="module")
def engine() -> harper.Harper:
    """The engine as it is shipped."""
    return harper.open({}, Vocabulary())


def found(engine: Engine, text: str, locale: str = "en-US") -> list[tuple[str, str]]:
    """(what stands in the span, first fix) of each finding."""
    return [(text[each.start : each.end], each.fixes[0]) for each in engine.check(Draft(text, locale=locale))]


def test_findings_name_span_rule_level_and_fix(engine: Engine) -> None:
    """A misspelt word comes back with its place, its rule, a level, plain words and the right spelling first."""
    [finding] = engine.check(Draft("Did you recieve our letter?"))
    assert (finding.start, finding.end) == (8, 15)
    assert finding.rule == "Harper.SpellCheck"
    assert finding.sources == ("Harper.SpellCheck",)
    assert finding.level is Level.ERROR
    assert finding.fixes[0] == "receive"
    assert '"recieve"' in finding.message
    assert '"receive"' in finding.message
    assert not finding.safe


@pytest.mark.parametrize(
    ("text", "span", "fix"),
    [
        ("You should of got it by now.", "should of", "should have"),
        ("Your parcel is bigger then ours.", "then", "than"),
        ("We sent the the label.", "the the", "the"),
        ("It is an new phone.", "an", "a"),
        ("We sent it on tuesday , as you asked.", " ", ""),
        ("Please bare with me while I look.", "bare", "bear"),
        ("He don't have access to the account.", "don't", "doesn't"),
        ("i will check that for you.", "i", "I"),
    ],
)
def test_common_slips_are_found(engine: Engine, text: str, span: str, fix: str) -> None:
    """The slips that agents make most are found with the right fix first."""
    assert (span, fix) in found(engine, text)


def test_message_is_plain_and_says_what_to_write(engine: Engine) -> None:
    """No Markdown reaches the reader, and the fix stands in the message."""
    for text in (
        "You should of got it by now.",
        "He don't have access.",
        "Please bare with me.",
        "It is an new phone.",
    ):
        for finding in engine.check(Draft(text)):
            assert "`" not in finding.message
            assert any(fix in finding.message for fix in finding.fixes)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("We sent the the label.", True),
        ("We sent it today , as you asked.", True),
        ("Did you recieve our letter?", False),
        ("You should of got it by now.", False),
    ],
)
def test_only_a_doubled_word_or_a_stray_space_is_safe_to_fix(engine: Engine, text: str, safe: bool) -> None:
    """A fix is marked safe only where it takes away a doubled word or a space, nothing else."""
    [finding] = engine.check(Draft(text))
    assert finding.safe is safe


def test_something_missing_is_an_empty_span(engine: Engine) -> None:
    """A fix that only adds text stands in an empty span at the place where it belongs."""
    text = "Change your PIN,then call us."
    [finding] = engine.check(Draft(text))
    assert (finding.start, finding.end, finding.fixes) == (16, 16, (" ",))


@pytest.mark.parametrize(
    "before",
    ["", "\U0001f600\U0001f469‍\U0001f469‍\U0001f467 ", "שלום עולם ", "สวัสดีครับ ", "éà́ ", "a​b ", "\r\n", "\ufeff"],
    ids=["none", "emoji", "right-to-left", "thai", "combining", "zero width", "line ends", "mark of order"],
)
def test_spans_count_code_points(engine: Engine, before: str) -> None:
    """Whatever script stands before it, the span of a misspelt word is that word."""
    text = f"{before}We did recieve it."
    at = text.index("recieve")
    assert (at, at + 7) in [(each.start, each.end) for each in engine.check(Draft(text))]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "recieve the the a refund , . ? \n \n\n 😀 สวัสดี é ​ שלום Ltd. {{x}} #12 https://a.b/c".split(" ")
        )
        | st.text(max_size=8),
        max_size=12,
    )
)
def test_any_text_gives_sorted_findings_inside_it(engine: Engine, words: list[str]) -> None:
    """Whatever comes in, findings lie in the text, are sorted, do not overlap, and come out the same twice."""
    draft = Draft(" ".join(words))
    findings = engine.check(draft)
    assert findings == sorted(findings)
    assert findings == engine.check(draft)
    for finding in findings:
        assert 0 <= finding.start <= finding.end <= len(draft.text)
        assert draft.text[finding.start : finding.end] not in finding.fixes
        assert len(finding.fixes) <= MAX_FIXES
    assert all(one.end <= other.start for one, other in pairwise(findings))


@pytest.mark.parametrize(
    "text",
    [
        "Hi Anoushka, thanks for your patience.",
        "Dear Mr Wojtkowiak, your card is on its way.",
        "Aoife from our Thessaloniki team will ring you.",
        "Siobhan, your parcel left today.",
        "Thanks,\nXimena",
        "We have passed this to QRTZ and the FNOL desk.",
        "Your booking ZK7RTQ and order ord-48x1q are paid.",
        "Write to jo.brwn@exmpl.org or @zorphelp with #zrphlp.",
        "See https://exmpl.org/hlp/rtrns and open invce_2024.pdf.",
        "The file is 12mb and the cable is 30awg.",
        "Press Ctrl+S, or open C:\\usrs\\temp.",
        "Your seat is 22A, near the A&E entrance.",
        "Pick up your parcel at PayPoint or FastCart.",
        "Please fill in the webpage, then rebook by autopay. Is that ok?",
        "Ok, we can preorder it.",
    ],
)
def test_names_codes_and_addresses_are_quiet(engine: Engine, text: str) -> None:
    """A name, initial, code, handle, address, file or unit is no spelling mistake."""
    assert found(engine, text) == []


@pytest.mark.parametrize(
    "text",
    ["I'll write to you tomorrow by noon.", "I'll email you details today.", "We'll send you updates as they come."],
)
def test_you_as_an_object_is_quiet(engine: Engine, text: str) -> None:
    """The word "you" before a time or behind a verb is what an agent writes all day, and no slip."""
    assert engine.check(Draft(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Its only effect is on the rate.",
        "Let go when it beeps.",
        "It sat for quite a while.",
        "The desk there signs for it.",
        "Hector started this with you yesterday.",
    ],
)
def test_what_was_judged_wrong_is_quiet(engine: Engine, text: str) -> None:
    """What rules of Harper said of right sentences in messages of others they say no more."""
    assert engine.check(Draft(text)) == []


@pytest.mark.parametrize(("text", "fix"), [("A hour ago.", "An"), ("It is A hour.", "An"), ("A HOUR AGO.", "AN")])
def test_a_capital_letter_is_no_shout(engine: Engine, text: str, fix: str) -> None:
    """A word of one capital letter becomes one with a capital, unless the words behind it are all capitals."""
    assert [one[1] for one in found(engine, text) if one[0] == "A"] == [fix]


def test_misspelt_word_at_the_start_of_a_sentence_is_found(engine: Engine) -> None:
    """A capital hides no misspelling at the start of a sentence, nor in the name of a day."""
    assert ("Anythng", "Anything") in found(engine, "Thank you. Anythng else we can do?")
    assert ("Dont", "Don't") in found(engine, "Dont worry about it.")
    assert ("Satruday", "Saturday") in found(engine, "We open on Satruday.")


def test_accepted_words_are_quiet_with_their_forms() -> None:
    """An accepted word is right as a possessive and a plural too."""
    accepting = harper.open({}, Vocabulary(accept=("zorptek", "flummo box", "quizzy")))
    text = "The zorptek, a zorptek's lid, the zorptek’s case, two zorpteks, a flummo box and the quizzies’ lids."
    assert found(accepting, text) == []
    assert ("zorptekk", "zorptek") in found(accepting, "The zorptekk is here.")
    assert found(harper.open({}, Vocabulary()), "The zorptek is here.") != []


def test_a_phrase_is_accepted_as_a_phrase_alone() -> None:
    """A word of an accepted phrase does not pass by itself, and the phrase passes where a sentence begins with it."""
    accepting = harper.open({}, Vocabulary(accept=("en masse", "flummo box")))
    text = "En masse we send flummo boxes en masse. A masse of flummo lids."
    assert [text[one.start : one.end] for one in accepting.check(Draft(text))] == ["masse", "flummo"]


@pytest.mark.parametrize(
    ("word", "fix"), [("openid", "OpenID"), ("Openid", "OpenID"), ("OpenId", "OpenID"), ("openid's", "OpenID's")]
)
def test_an_accepted_word_in_other_letters_leads_to_its_own(word: str, fix: str) -> None:
    """A name of the vocabulary that is written with other capitals is a fault, and its own spelling is the fix."""
    accepting = harper.open({}, Vocabulary(accept=("OpenID",)))
    assert found(accepting, f"You need the {word} page.") == [(word, fix)]
    assert found(accepting, "You need the OpenID page.") == []


def test_two_cases_of_an_accepted_word_do_not_hide_each_other() -> None:
    """A name accepted in two cases is right in both, though Harper itself would then flag the first."""
    accepting = harper.open({}, Vocabulary(accept=("Zorptek", "ZORPTEK", "zorptek")))
    assert found(accepting, "Zorptek is here. We like ZORPTEK and zorptek, and Zorptek's lid.") == []


@pytest.mark.parametrize(
    ("locale", "dialect"),
    [
        ("en", "AMERICAN"),
        ("en-US", "AMERICAN"),
        ("en-PH", "AMERICAN"),
        ("en-GB", "BRITISH"),
        ("en-gb", "BRITISH"),
        ("en-Latn-GB", "BRITISH"),
        ("en-IE", "BRITISH"),
        ("en-ZA", "BRITISH"),
        ("en-NZ", "BRITISH"),
        ("en-AU", "AUSTRALIAN"),
        ("en-CA", "CANADIAN"),
        ("en-IN", "INDIAN"),
    ],
)
def test_the_dialect_follows_the_locale(locale: str, dialect: str) -> None:
    """Each locale is checked against the spelling of its own country, or the nearest that Harper knows."""
    assert harper.dialect(locale) == dialect


def test_the_other_dialect_is_no_misspelling(engine: Engine) -> None:
    """British spelling is no mistake in American English, nor the other way round: Spelling.Dialect tells of it."""
    for locale in ("en-US", "en-GB", "en-AU", "en-CA", "en-IN", "en"):
        assert found(engine, "The colour of your parcel, the color of it; we organise, we organize.", locale) == []


@pytest.mark.parametrize(
    "text",
    [
        "Joana da Silva, Mr el-Sayed and Ms van der Berg signed for it.",
        "Send us the pdf, a csv or the url; the captcha is in the runbook.",
        "We refunded them en masse, ex gratia, with hors d'oeuvres.",
        "Add the A and AAAA records: your plan is A and the fee is B.",
        "It weighs 5kg, is 10mm wide and holds 12mb.",
        "Mind the gps, the vpn and the dvd; the dos and don'ts.",
        "We take walk-ins; two pull-outs and three hand-offs are left.",
        "Each fieldset has a legend, each textarea a tooltip, and the viewport one breadcrumb.",
        "A bric-a-brac shop, a tete-a-tete, a kung-fu class.",
    ],
)
def test_particles_acronyms_terms_and_loans_are_quiet(engine: Engine, text: str) -> None:
    """Names with small letters, acronyms and words of the trade, foreign phrases, letters and units are right."""
    assert found(engine, text) == []


@pytest.mark.parametrize(
    ("text", "span", "fix"),
    [
        ("It doesn work.", "doesn", "doesn't"),
        ("It isnt' valid.", "isnt'", "isn't"),
        ("You dont’ need it.", "dont’", "don't"),
        ("Sorry for the inconvience.", "inconvience", "inconvenience"),
        ("It took alot of time.", "alot", "a lot"),
        ("Maintainance starts at noon.", "Maintainance", "Maintenance"),
    ],
)
def test_the_first_fix_is_what_was_meant(engine: Engine, text: str, span: str, fix: str) -> None:
    """The word that was meant comes first, and a stray apostrophe behind a misspelling goes with it."""
    assert (span, fix) in found(engine, text)


def test_a_quotation_keeps_its_mark(engine: Engine) -> None:
    """The mark that closes a quotation is no stray apostrophe."""
    assert ("isnt", "isn't") in found(engine, "They wrote 'it isnt' to us.")


@pytest.mark.parametrize("locale", ["nl-NL", "th", "te-IN"])
def test_another_language_is_an_error_and_never_clean(engine: Engine, locale: str) -> None:
    """A draft in a language that Harper cannot read is an error, for no findings would look like praise."""
    with pytest.raises(EngineError, match=f"English only.*{locale}"):
        engine.check(Draft("Uw pakket is onderweg.", locale=locale))


def test_a_long_text_in_another_language_does_not_hang(engine: Engine) -> None:
    """A long Dutch text that calls itself English is refused at once: each word would cost milliseconds."""
    with pytest.raises(EngineError, match="does not look like it"):
        engine.check(Draft("Wij hebben uw bestelling vandaag verzonden en bezorgen het pakket morgen. " * 80))


def test_a_long_text_has_the_findings_of_its_parts(engine: Engine) -> None:
    """A text that is cut into pieces has each finding of its paragraphs, at the place where it stands."""
    paragraph = "We did recieve it \U0001f600 today. You should of got the the label. สวัสดี and we wait for you.\n\n"
    text = paragraph * 150
    assert len(text) > 3 * harper.MAX_PIECE
    alone = engine.check(Draft(paragraph))
    expected = [(each.rule, each.start + n * len(paragraph), each.fixes) for n in range(150) for each in alone]
    assert [(each.rule, each.start, each.fixes) for each in engine.check(Draft(text))] == expected


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ab .\n", max_size=300).map(lambda part: part * 60))
def test_pieces_cover_the_text(text: str) -> None:
    """The pieces of a long text are short, follow one another and lose nothing."""
    pieces = list(harper.pieces(text))
    assert "".join(text[start:end] for start, end in pieces) == text
    assert all(end - start <= harper.MAX_PIECE for start, end in pieces)


def test_pieces_end_at_a_blank_line_or_a_sentence() -> None:
    """A long text is cut where no rule looks across: after a blank line if there is one, else after a sentence."""
    sentences = "We sent it to you today. " * 300
    assert all(sentences[:end].endswith(". ") for _, end in list(harper.pieces(sentences))[:-1])
    paragraphs = ("We sent it to you today. " * 20 + "\n\n") * 30
    assert all(paragraphs[:end].endswith("\n\n") for _, end in harper.pieces(paragraphs))


def test_a_sentence_that_many_texts_hold_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a text that differs from another in one sentence, Harper is given that sentence alone."""
    given, lints = list[str](), harper.lints

    def noted(linter: Any, text: str) -> dict[str, list[Any]]:
        given.append(text)
        return lints(linter, text)

    monkeypatch.setattr(harper, "lints", noted)
    engine = harper.open({}, Vocabulary())
    for name in ("Ben", "Ann Lee"):
        engine.check(Draft(f"Thanks for waiting. Your order is with {name}. It comes today. It comes today."))
    assert given[0] == "Thanks for waiting. Your order is with Ben. It comes today. It comes today."
    assert given[1:] == ["Your order is with Ann Lee. "]


FAULTY = (
    "We did recieve it.",
    "You should of got the the label.",
    "He don't have  access to it!",
    "it is an new phone.",
    "Did tou see it?",
    "See https://shop.example/help.",
    "It comes at 4 p.m.",
    "We sent it on tuesday , as you asked.",
    "Your parcel is bigger then ours…",
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FAULTY), st.sampled_from((" ", "  ", "\n", "\n\n"))), max_size=8))
def test_what_is_remembered_of_sentences_changes_no_finding(
    engine: harper.Harper, parts: list[tuple[str, str]]
) -> None:
    """An engine that has read each sentence before, in another order, finds what Harper finds in the whole text."""
    text = "".join(sentence + space for sentence, space in parts)
    reader = engine._reader("AMERICAN")
    whole = _sorted(harper.lints(reader.linter, text), reader.wanted)
    for sentence, space in reversed(parts):
        list(reader.read(sentence + space))
    read = reader.read(text)
    assert sorted((rule, lint.span.start + at, lint.span.end + at, lint.message) for rule, lint, at in read) == whole


def _sorted(found: Mapping[str, list[Any]], wanted: Container[str]) -> list[tuple[str, int, int, str]]:
    each = ((rule, lint) for rule, those in found.items() for lint in those if rule in wanted)
    return sorted((rule, lint.span.start, lint.span.end, lint.message) for rule, lint in each)


def test_no_more_is_remembered_than_is_said(engine: harper.Harper) -> None:
    """However many texts are read, a thread remembers the last of their sentences alone."""
    reader = engine._reader("AMERICAN")
    for number in range(harper.MAX_KNOWN + 20):
        list(reader.read(f"We sent box {number} to you."))
    assert len(reader._known) == harper.MAX_KNOWN
    assert f"We sent box {number} to you." in reader._known


def test_threads_give_what_one_thread_gives(engine: Engine) -> None:
    """Eight threads on one engine find what one finds, in every dialect."""
    drafts = [
        Draft(f"We did recieve order {number}. You should of got the the colour.", locale=locale)
        for number in range(20)
        for locale in ("en-US", "en-GB", "en-AU", "en-CA", "en-IN")
    ]
    alone = [engine.check(draft) for draft in drafts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(engine.check, drafts)) == alone


PRINTING = """
import itertools, harper
from cannedkit.engines import harper as engine
from cannedkit.model.draft import Draft
from cannedkit.model.settings import Vocabulary

opened = engine.open({}, Vocabulary())
verbs = "see hear snow Christmas meet get make help talk work die lie agree receive be have do go know"
leads = "looking forward to|look forward to|We are|It is|thanks for|They keep|used to|have been|I was to|begin"
for verb, lead in itertools.product(verbs.split(), leads.split("|")):
    for form in (verb, verb + "ing", verb.rstrip("e") + "ing", verb + "s", verb + "ed"):
        opened.check(Draft(f"{lead} {form} you soon."))
if PRINT:
    linter = harper.Linter()
    linter.lint("We are looking forward to hear from you.", language="plaintext")
"""


def test_nothing_is_printed() -> None:
    """No rule that runs writes to file descriptor 1, where answers go; the one of Harper that does is not listed."""
    quiet, loud = (
        subprocess.run([sys.executable, "-c", f"PRINT = {wanted}{PRINTING}"], capture_output=True, check=True)
        for wanted in (False, True)
    )
    assert quiet.stdout == b""
    assert b"gerund_form" in loud.stdout
    assert "LookingForwardTo" not in harper.open({}, Vocabulary()).rules


def test_every_listed_rule_is_one_of_harpers(engine: harper.Harper) -> None:
    """The table names only rules that the installed Harper has, so that an update cannot drop one unseen."""
    import harper as distribution

    assert set(engine.rules) <= set(distribution.get_default_lint_config())
    assert "SpellCheck" in engine.rules
    assert not set(engine.rules) & set(harper_rules.EXCLUDED)


def test_another_distribution_named_harper_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the audio package holds the import name, the error says what to uninstall and what to install."""
    monkeypatch.setitem(sys.modules, "harper", ModuleType("harper"))
    with pytest.raises(EngineError, match="pip uninstall harper; pip install --force-reinstall harper-py"):
        harper.open({}, Vocabulary())


def test_a_missing_harper_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where harper-py is not installed, the error says how to install it."""
    monkeypatch.setitem(sys.modules, "harper", None)
    with pytest.raises(EngineError, match="pip install harper-py"):
        harper.open({}, Vocabulary())


def test_an_option_is_refused() -> None:
    """Harper takes no options, and says so rather than letting one pass unread."""
    with pytest.raises(EngineError, match="no options, but dialect is given"):
        harper.open({"dialect": "british"}, Vocabulary())


def test_the_adapter_loads_without_harper() -> None:
    """Importing the adapter does not import Harper itself."""
    code = "import sys, cannedkit.engines.harper; print('harper' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"False"


def test_the_weightier_finding_stays_where_two_overlap() -> None:
    """Of findings that overlap one stays: the higher level, then any rule before the speller."""
    speller = Finding(0, 4, "Harper.SpellCheck", Level.ERROR)
    phrase = Finding(2, 9, "Harper.ALongTime", Level.ERROR)
    style = Finding(0, 20, "Harper.Excellent", Level.SUGGESTION)
    assert harper._without_overlaps([style, speller, phrase]) == [phrase]


@pytest.mark.data
@pytest.mark.parametrize(("name", "most"), [("clean_gov.jsonl.gz", 5.0), ("support/clean_en.jsonl", 5.0)])
def test_alarms_on_edited_text_stay_few(engine: harper.Harper, data: Path, name: str, most: float) -> None:
    """On edited text there are at most five findings in a thousand words, of any level."""
    words, alarms, _ = harper_rules.alarm_rate(engine, data, name)
    assert words > 4_000
    assert alarms <= most


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "least"), [("support/errors_en.jsonl", 0.23), ("lt_en.jsonl", 0.12), ("harper_tests.jsonl.gz", 0.38)]
)
def test_recall_does_not_sink(engine: harper.Harper, data: Path, name: str, least: float) -> None:
    """Of the marked errors at least the share is found that was found when the rules were picked, less a little."""
    count, hit, fixed = harper_rules.recall(engine, data, name)
    assert hit / count >= least
    assert fixed / hit >= 0.65


@pytest.mark.parametrize("unit", ["a\n", "and ", "very ", "we will refund you $5 by Friday ", "their is ", "I ", '"a '])
def test_a_text_that_repeats_takes_linear_time(engine: Engine, unit: str) -> None:
    """A part of a text is read and weighed beside its neighbours, however many others there are: 40,000 characters."""
    began = time.thread_time()
    try:
        findings = engine.check(Draft((unit * 40_000)[:40_000]))
    except EngineError:
        findings = []
    assert time.thread_time() - began < 4
    assert all(one.end <= other.start for one, other in pairwise(findings))


@pytest.mark.parametrize("unit", ["t", "ste", "ste'", "é", "GB99ع"])
def test_a_word_that_never_ends_takes_little_memory(unit: str) -> None:
    """What is longer than any word is no word to look up, which would take 1 GB; what stands around it is read."""
    script = (
        "from pathlib import Path\n"
        "from cannedkit.engines import harper\n"
        "from cannedkit.model.draft import Draft\n"
        "from cannedkit.model.settings import Vocabulary\n"
        f"text = 'We recieve ' + ({unit!r} * 3_900)[:3_900] + ' tomorow.'\n"
        "found = harper.open({}, Vocabulary()).check(Draft(text))\n"
        "print(*(text[one.start : one.end] for one in found))\n"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    words, kilobytes = done.stdout.splitlines()
    assert (words, int(kilobytes) < 500_000) == ("recieve tomorow", True)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.sampled_from(Level)), max_size=10))
def test_findings_that_overlap_are_told_apart_by_their_neighbours(said: list[tuple[int, int, Level]]) -> None:
    """What is kept is what a comparison of each with each keeps: places at edges, doubled spans, spans in spans."""
    findings = [
        Finding(start, start + length, f"Harper.R{number}", level, "m")
        for number, (start, length, level) in enumerate(said)
    ]
    kept: list[Finding] = []
    for finding in sorted(findings, key=harper._precedence):
        if all(finding.end <= other.start or other.end <= finding.start for other in kept):
            kept.append(finding)
    assert harper._without_overlaps(findings) == sorted(kept)


def test_a_draft_that_takes_too_long_is_said_to_be_unread(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that begins in English and goes on in thousands of unknown words is an error that says where it ended."""
    monkeypatch.setattr(harper, "TIME_LIMIT", 0.05)
    text = "I have been able to help you with a lot of it. " * 90 + " ".join(
        f"qx{'abcdefgh'[at % 8]}zt{'ijk'[at % 3]}" for at in range(2_000)
    )
    with pytest.raises(EngineError, match=r"harper stopped after 0 seconds, at character [0-9,]+ of [0-9,]+"):
        engine.check(Draft(text))
