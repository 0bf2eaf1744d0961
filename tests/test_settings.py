"""cannedkit.yaml, facts.yaml and offers.yaml: every key is read, and every fault is reported at its place."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from cannedkit import Kit, Level, SettingsError
from cannedkit.model.settings import Channel, Fact, Offer, Vocabulary
from cannedkit.settings import find, load, shipped, without_file
from tests.conftest import Write

FULL = """\
catalogue: replies
rules: styles
packs: [Care, Chat]
locale: en-GB
locales: [en-GB, nl, th]
channels: {chat: {}, sms: {max_segments: 2, max_words: 30, x-desk: 7}, email: }
engines: {harper: {}, hunspell: {dictionaries: {nl: a/nl_NL}}, languagetool: {url: "http://localhost:8081", x-a: 1}}
levels: {Care.Unfortunately: suggestion, Care: warning, "Harper.*": error, Chat.Emoji: off}
vocabulary: {accept: [Acme Pro], reject: Acmepro}
facts: facts.yaml
offers: offers.yaml
approval: required
usage: sent.csv
search: {top1: 0.5, top3: .75, semantic: true}
scores: {safety: 90, total: 72.5}
fail_on: warning
x-desk: anything
"""

FACTS = """\
refund_days: {value: 14, owner: billing-team, until: 2026-12-31}
help.url: https://example.org/help
hours: {value: {en: 8 to 6, nl: 8 tot 6}}
"""

OFFERS = "late-delivery: {kind: credit, max: €10.00, condition: over 3 days late, until: 2026-12-31}\n"


def test_every_key_is_read(write: Write, tmp_path: Path) -> None:
    """Each key of the settings comes back typed, with absolute paths, facts and offers by name."""
    files = {
        "cannedkit.yaml": FULL,
        "facts.yaml": FACTS,
        "offers.yaml": OFFERS,
        "replies/x": "",
        "styles/x": "",
        "sent.csv": "id\n",
    }
    found = load(write(files) / "cannedkit.yaml", trust=["a/nl_NL", "http://localhost:8081"])
    root = tmp_path.resolve()
    assert (found.root, found.catalogue, found.rules) == (root, root / "replies", root / "styles")
    assert (found.packs, found.locale, found.locales) == (("Care", "Chat"), "en-GB", ("en-GB", "nl", "th"))
    assert found.channels == {
        "chat": Channel("chat"),
        "sms": Channel("sms", "sms", limits={"body": {"segments": 2, "words": 30}}),
        "email": Channel("email", "email"),
    }
    assert found.engines == {
        "harper": {},
        "hunspell": {"dictionaries": {"nl": "a/nl_NL"}},
        "languagetool": {"url": "http://localhost:8081"},
    }
    assert found.engines_named
    assert found.levels == {
        "Care.Unfortunately": Level.SUGGESTION,
        "Care": Level.WARNING,
        "Harper.*": Level.ERROR,
        "Chat.Emoji": None,
    }
    assert found.vocabulary == Vocabulary(("Acme Pro",), ("Acmepro",))
    assert found.facts == {
        "refund_days": Fact("refund_days", {"": "14"}, "billing-team", date(2026, 12, 31)),
        "help.url": Fact("help.url", {"": "https://example.org/help"}),
        "hours": Fact("hours", {"en": "8 to 6", "nl": "8 tot 6"}),
    }
    assert found.offers == {
        "late-delivery": Offer("late-delivery", "credit", "€10.00", "over 3 days late", date(2026, 12, 31))
    }
    assert (found.approval, found.usage, found.fail_on) == ("required", root / "sent.csv", Level.WARNING)
    assert (found.search, found.semantic) == ({"top1": 0.5, "top3": 0.75}, True)
    assert found.scores == {"safety": 90.0, "total": 72.5}


def test_every_key_is_optional(write: Write, tmp_path: Path) -> None:
    """An empty file means the defaults, with the folders beside it and not those of the working folder."""
    found = load(write({"cannedkit.yaml": "# nothing yet\n"}) / "cannedkit.yaml")
    root = tmp_path.resolve()
    assert (found.root, found.catalogue, found.rules) == (root, root / "responses", root / "rules")
    assert (found.packs, found.locale, found.locales) == (None, "en", ("en",))
    assert (list(found.channels), found.engines, found.engines_named) == (
        ["chat"],
        {"harper": {}, "context": {}, "opentaal": {}},
        False,
    )
    assert (found.approval, found.usage, found.fail_on) == ("optional", None, Level.ERROR)


def faults(root: Path) -> list[str]:
    """The faults of the settings of a folder, each as `path:line:column: message`; the strict door refuses them all."""
    try:
        refused = load(root / "cannedkit.yaml").refused
    except SettingsError as error:
        refused = error.problems
    with pytest.raises(SettingsError) as caught:
        Kit.load(root)
    assert caught.value.problems == refused
    return [re.sub(r"^.*/(?=\w+\.yaml:)", "", str(problem)) for problem in refused]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("pack: [Care]\n", ["1:1: unknown key `pack`; did you mean `packs`?"]),
        ("- a\n", ["1:1: `cannedkit.yaml` must be a mapping of names to values, not a list"]),
        (
            "locale: english\n",
            ["1:9: `locale`: 'english' is not a locale; write a BCP 47 tag such as en, en-GB or zh-Hant"],
        ),
        ("locale: de\nlocales: [en]\n", ["1:9: `locale` de is not among `locales`; add it there"]),
        ("locales: [nl]\n", ["1:10: `locales` lacks en, the default; add it, or set `locale`"]),
        ("locales: []\n", ["1:10: `locales` lacks en, the default; add it, or set `locale`"]),
        ("channels: [chat]\n", ["1:11: `channels` must be a mapping of names to values, not a list"]),
        ("channels: {any: {}}\n", ["1:12: `any` cannot be a channel's name: it is a key of a body"]),
        (
            "channels: {sms: {max_segment: 2, max_words: many}}\n",
            [
                "1:18: unknown key `max_segment` in channel sms; did you mean `max_segments`?",
                "1:45: `max_words` must be a whole number of at least 1, not 'many'",
            ],
        ),
        ("engines: {harpr: {}}\n", ["1:11: unknown engine `harpr`; did you mean `harper`?"]),
        (
            "engines: {languagetool: {ulr: x}}\n",
            ["1:26: unknown key `ulr` of engine languagetool; did you mean `url`?"],
        ),
        ("levels: {Care: eror}\n", ["1:16: `Care` cannot be 'eror'; did you mean `error`?"]),
        ("vocabulary: {accpt: [x]}\n", ["1:14: unknown key `accpt` in `vocabulary`; did you mean `accept`?"]),
        ("catalogue: ../other\n", ["1:12: `catalogue` must stay inside the folder of cannedkit.yaml, not '../other'"]),
        ("rules: nowhere\n", ["1:8: `rules`: there is no 'nowhere' beside cannedkit.yaml"]),
        ('rules: "a\\0b"\n', ["1:8: `rules`: there is no 'a\\x00b' beside cannedkit.yaml"]),
        (f"rules: {'a' * 300}\n", [f"1:8: `rules`: there is no '{'a' * 300}' beside cannedkit.yaml"]),
        ("catalogue:\n", ["1:11: `catalogue` has no text: write one or take the key out"]),
        ("approval: always\n", ["1:11: `approval` cannot be 'always'; known: optional, required"]),
        ("fail_on: off\n", ["1:10: `fail_on` cannot be 'off'; known: error, suggestion, warning"]),
        ("locale: de\nfail_on: eror\npacks: {a: b}\n", ["2:10", "3:8"]),
    ],
)
def test_a_fault(write: Write, tmp_path: Path, text: str, wanted: list[str]) -> None:
    """Each fault of the settings is reported where it stands, with the way to mend it; all of them at once."""
    found = [fault.removeprefix("cannedkit.yaml:") for fault in faults(write({"cannedkit.yaml": text}))]
    assert [fault[: len(start)] for fault, start in zip(found, wanted, strict=True)] == wanted


def test_faults_of_facts_and_offers(write: Write, tmp_path: Path) -> None:
    """The faults of facts.yaml and offers.yaml are reported together with those of the settings."""
    facts = """\
days: {valu: 14}
url: https://example.org/#help # see there
hours: {value: {de: 8}, until: tomorrow}
a: x
a.b: y
none:
1st: x
"""
    offers = "late: {max: €10, until: 31-12-2026, sort: credit}\nearly: credit\n"
    root = write({"cannedkit.yaml": "facts: facts.yaml\noffers: offers.yaml\nlevel: x\n", "facts.yaml": facts})
    write({"offers.yaml": offers})
    assert faults(root) == [
        "cannedkit.yaml:3:1: unknown key `level`; did you mean `levels`?",
        "facts.yaml:1:7: fact days has no `value`",
        "facts.yaml:1:8: unknown key `valu` in fact days; did you mean `value`?",
        "facts.yaml:2:32: the text stops at #: put it in quotes or under |",
        "facts.yaml:3:17: `value`: unknown locale `de`; known: en",
        "facts.yaml:3:32: `until` must be a date such as 2026-12-31, not 'tomorrow'",
        "facts.yaml:4:1: `a` cannot stand beside `a.b`: a name is a value or a group, not both",
        "facts.yaml:6:6: `none` has no text: write one or take the key out",
        "facts.yaml:7:1: '1st' is not a name: use letters, digits, `_` and dots",
        "offers.yaml:1:7: offer late has no `kind` (refund, credit, discount …)",
        "offers.yaml:1:25: `until` must be a date such as 2026-12-31, not '31-12-2026'",
        "offers.yaml:1:37: unknown key `sort` in offer late; known: condition, kind, max, until",
        "offers.yaml:2:8: `early` must be a mapping of names to values, not a text",
    ]


def test_locales_are_read_in_any_case(write: Write) -> None:
    """A tag is kept as it is usually written, whatever its case in the file; one in two cases is one locale."""
    found = load(
        write({"cannedkit.yaml": "locale: EN-gb\nlocales: [en-GB, zh-hant-tw, ZH-Hant-TW]\n"}) / "cannedkit.yaml"
    )
    assert (found.locale, found.locales, found.refused) == ("en-GB", ("en-GB", "zh-Hant-TW"), ())


def test_a_fault_leaves_its_key_at_its_default(write: Write) -> None:
    """One key or entry with a fault is left out; the others are in force."""
    text = """\
packs: {a: b}
locale: english
locales: [en, x_y, nl]
channels: {chat: {}, sms: {max_words: many, max_segments: 2}, any: {}}
levels: {Care: eror, Chat: off}
fail_on: eror
approval: required
rules: [
"""
    found = load(write({"cannedkit.yaml": text}) / "cannedkit.yaml")
    assert (found.packs, found.locale, found.locales) == (None, "en", ("en", "nl"))
    assert found.channels == {"chat": Channel("chat"), "sms": Channel("sms", "sms", limits={"body": {"segments": 2}})}
    assert (found.levels, found.fail_on, found.approval) == ({"Chat": None}, Level.ERROR, "required")
    assert [problem.line for problem in found.refused] == [1, 2, 3, 4, 4, 5, 6, 8]


def test_an_offer_ends_or_has_a_condition(write: Write) -> None:
    """An offer without `until` and without `condition` would be open to everybody for ever."""
    root = write(
        {
            "cannedkit.yaml": "offers: offers.yaml\n",
            "offers.yaml": "a: {kind: credit, max: €5}\nb: {kind: x, condition: late}\n",
        }
    )
    assert faults(root) == ["offers.yaml:1:4: an offer needs `until` or `condition`"]
    assert load(root / "cannedkit.yaml").offers.keys() == {"b"}


def test_facts_that_are_a_folder(write: Write, tmp_path: Path) -> None:
    """A folder where facts.yaml must be is an error, and not a company without facts."""
    root = write({"cannedkit.yaml": "facts: facts\n", "facts/x": ""})
    with pytest.raises(SettingsError, match="facts: cannot be read: Is a directory"):
        Kit.load(root)


def test_the_nearest_file_upwards(write: Write, tmp_path: Path) -> None:
    """The settings are found from a folder or file below them, and the nearest wins."""
    root = write({"cannedkit.yaml": "", "a/cannedkit.yaml": "", "a/b/c.txt": "", "d/e.txt": ""}).resolve()
    assert find(root / "a" / "b" / "c.txt") == root / "a" / "cannedkit.yaml"
    assert find(root / "a" / "cannedkit.yaml") == root / "a" / "cannedkit.yaml"
    assert find(root / "d") == root / "cannedkit.yaml"


def test_without_a_file(tmp_path: Path) -> None:
    """Without settings: the shipped packs, English, chat, and no path to name."""
    found = without_file(tmp_path)
    assert (found.path, found.packs, found.locale, list(found.channels)) == (None, None, "en", ["chat"])


@pytest.mark.checkout
def test_shipped_data_in_a_checkout_and_in_a_wheel(tmp_path: Path) -> None:
    """The packs are found in the checkout, and inside the package that the wheel installs."""
    checkout = Path(__file__).parents[1]
    assert shipped() in (checkout, checkout / "cannedkit" / "data")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(checkout)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with ZipFile(wheel) as archive:
        archive.extractall(site)
    code = "import cannedkit as c; from cannedkit.settings import shipped; print(shipped(), len(c.Kit.load().packs()))"
    environment = {**os.environ, "PYTHONPATH": str(site)}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    folder, count = ran.stdout.rsplit(maxsplit=1)
    assert folder == str(site.resolve() / "cannedkit" / "data")
    assert (Path(folder) / "rules" / "Care" / "pack.yaml").is_file()
    assert int(count) >= 3


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("approval: required\n", ("required", False)),
        ("approval: {four_eyes: true}\n", ("optional", True)),
        ("approval: {required: true, four_eyes: true}\n", ("required", True)),
        ("approval: {required: false}\n", ("optional", False)),
        ("", ("optional", False)),
    ],
)
def test_approval(write: Write, text: str, wanted: tuple[str, bool]) -> None:
    """`approval` is a word, or says of each of its two promises whether it is asked for."""
    found = load(write({"cannedkit.yaml": text}) / "cannedkit.yaml")
    assert (found.approval, found.four_eyes) == wanted


def test_approvers_and_known(write: Write) -> None:
    """`approvers` lists people by owner, one or many; `known` lists facts, and where it does not stand any is one."""
    text = "approvers: {billing-team: [jo@example.org, Sam Field], web-team: kim}\nknown: [issue, identity.verified]\n"
    found = load(write({"cannedkit.yaml": text}) / "cannedkit.yaml")
    assert found.approvers == {"billing-team": ("jo@example.org", "Sam Field"), "web-team": ("kim",)}
    assert found.known == ("issue", "identity.verified")
    assert load(write({"cannedkit.yaml": "locale: en\n"}) / "cannedkit.yaml").known is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("approval: {require: true}\n", "1:12: unknown key `require` in `approval`; did you mean `required`?"),
        ("approval: {four_eyes: 2}\n", "1:23: `four_eyes` cannot be '2'; known: false, true"),
        ("approvers: {billing-team: []}\n", "1:27: `approvers`: nobody may approve for billing-team; name one"),
        ("approvers: [jo]\n", "1:12: `approvers` must be a mapping of names to values, not a list"),
        ("known: {issue: 1}\n", "1:8: `known` must be a list of texts, not a mapping"),
    ],
)
def test_a_fault_of_approval(write: Write, text: str, wanted: str) -> None:
    """A fault in what is said of approval is told where it stands."""
    [found] = faults(write({"cannedkit.yaml": text}))
    assert found.removeprefix("cannedkit.yaml:").startswith(wanted)
