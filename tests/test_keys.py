"""A key that is accepted is a key that is enforced: each key of a catalogue's files changes what somebody is told.

`ROWS` has one row for each key that the loader knows. Its files can be read, before and after a change of that key, and
what one run says of them the other does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from cannedkit import Kit
from cannedkit import settings as settingsfile
from cannedkit.catalogue import load as catalogue
from cannedkit.catalogue.authors import doubts
from cannedkit.channels.declared import LIMITS, PART_LIMITS
from cannedkit.channels.table import PARTS
from cannedkit.exchange.giving import given
from cannedkit.exchange.model import Asked
from cannedkit.model.errors import CannedkitError
from cannedkit.review import baseline
from cannedkit.review.fingerprint import digest
from cannedkit.sources import ENGINES
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node
from tests.cli.test_approve import JO, SAM, commit, git
from tests.conftest import Run

Ask = tuple[str, ...] | Callable[[Path], object]
Files = Mapping[str, str]

TODAY, ENDED, RUNNING = date(2026, 6, 1), "2026-05-31", "2026-06-30"
CHECK = ("check", "--format", "concise", "--today", f"{TODAY}")
DUE = ("due", "--today", f"{TODAY}")
SHOW = ("show", "a/one")
EVALUATE = ("search", "--evaluate")
SCORE = ("score", "--today", f"{TODAY}")
SCORED = {
    "clarity": "Own",
    "brevity": "Chat",
    "warmth": "Care",
    "correctness": "Taal",
    "safety": "Privacy",
    "total": "Own",
}

PLAIN = "packs: [Own]\nengines: {}\n"
CATALOGUE, CHANNELS = PLAIN.replace("Own", "Catalogue"), PLAIN.replace("Own", "Channels, Chat, Sms")
SPELT = "packs: [Own]\nlocale: nl\n"
RULE = "extends: existence\nmessage: \"'%s' is told.\"\nlevel: warning\ntokens: [{}]\n"
LONG = f"A first one. And a second one. {'It is here. ' * 20}"
ONE = "responses/a.yaml"
UPSET = "one: {mood: upset, body: It is here.}\n"
ASKED = "one: {examples: [zyx], body: An awful day.}\ntwo: A fine one.\n"

BASE: Files = {
    "cannedkit.yaml": PLAIN,
    "rules/Own/Awful.yml": RULE.format("awful"),
    "rules/Own/Day.yml": RULE.format("day").replace("warning", "suggestion"),
    ONE: "one: An awful day.\n",
}
"""What the files of each row are laid over."""


@dataclass(frozen=True)
class Row:
    """Files before and after, what is asked of both, and what only one of the answers says."""

    before: Files
    after: Files
    ask: Ask
    told: str


def _row(file: str, before: str, after: str, ask: Ask, told: str, more: Files) -> Row:
    """A row whose files differ in one of them."""
    return Row({**more, file: before}, {**more, file: after}, ask, told)


def _settings(before: str, after: str, ask: Ask, told: str, start: str = PLAIN, **more: str) -> Row:
    """A row about cannedkit.yaml, which begins with `start`; `one` is the text of the replies, `NAME__yaml` a file."""
    files = {name.replace("__", "."): text for name, text in more.items() if name != "one"}
    files |= {ONE: more["one"]} if "one" in more else {}
    return _row("cannedkit.yaml", f"{start}{before}\n", f"{start}{after}\n", ask, told, files)


def _response(before: str, after: str, ask: Ask, told: str, start: str = PLAIN, more: str = "") -> Row:
    """A row about the keys of the response a/one; `more` are other responses of its file."""
    files = {"cannedkit.yaml": start, "o.yaml": OFFERS, "s.yaml": "lost: {title: Parcel lost}\n", **MOODY}
    return _row(ONE, f"one: {{{before}}}\n{more}", f"one: {{{after}}}\n{more}", ask, told, files)


def _variable(before: str, after: str, ask: Ask, told: str, body: str = "Hi {{ name }}.") -> Row:
    """A row about the variable `name`."""
    return _row(
        "responses/variables.yaml",
        f"name: {{{before}}}\n",
        f"name: {{{after}}}\n",
        ask,
        told,
        {ONE: f'one: "{body}"\n'},
    )


def _fact(before: str, after: str, ask: Ask, told: str) -> Row:
    """A row about the fact `days`."""
    files = {"cannedkit.yaml": f"{PLAIN}facts: f.yaml\n", ONE: "one: In {{ facts.days }} days.\n"}
    return _row("f.yaml", f"days: {before}\n", f"days: {after}\n", ask, told, files)


def _offer(before: str, after: str, told: str) -> Row:
    """A row about the offer `late`, which one reply names and the other should."""
    replies = "one: {offer: late, body: We'll give you €8.}\ntwo: We'll refund it.\n"
    files = {"cannedkit.yaml": "packs: [Promise]\nengines: {}\noffers: o.yaml\n", ONE: replies}
    return _row("o.yaml", f"late: {{{before}}}\n", f"late: {{{after}}}\n", CHECK, told, files)


def _waiver(key: str, before: str, after: str, told: str, until: str = RUNNING) -> Row:
    """A row about a key of a waiver."""
    given = {"rule": "Own.Awful", "why": "quoted", "by": "jo", "until": until}
    entries = (", ".join(f"{name}: {text}" for name, text in {**given, key: one}.items()) for one in (before, after))
    first, second = (f"body: {{en: An awful day., nl: Een dag.}}, waivers: [{{{entry}}}]" for entry in entries)
    return _response(first, second, CHECK, told, f"{PLAIN}locales: [en, nl]\n")


ENTRY = ("a/one", "en", "Own.Awful", "awful")
KNOWN = baseline.written(
    [baseline.Entry(*ENTRY, digest("Own.Awful", "a/one", "en", "body", "An", "awful", "day.", "1"))]
)
TOO_LONG = dict.fromkeys(("max_words", "max_sentences"), "where 1 are the most") | {"max_segments": "where 1 will do"}
NAMED = {"one": "one: 'Hi {{name}}.'\n", "responses/variables__yaml": "name: {type: name}\n"}
OFFERS = f"late: {{kind: credit, until: {ENDED}}}\nrunning: {{kind: credit, until: {RUNNING}}}\n"
MOODY = {"rules/Own/Mood.yml": f"{RULE.format('hello')}where: {{mood: upset}}\n"}


# -- what is asked ------------------------------------------------------------------------------


def _reply(root: Path, **values: str) -> object:
    """What `kit.reply` hands out, or why it does not."""
    try:
        return Kit.load(root, with_engines=False).reply("a/one", values, today=TODAY)
    except CannedkitError as error:
        return error


def _named(root: Path) -> object:
    return _reply(root, name="Jo")


def _extras(root: Path) -> object:
    return Kit.load(root, with_engines=False).response("a/one").extras


def _part(part: str) -> Callable[[Path], object]:
    """What is found in a draft of one part of a message."""
    return lambda root: [found.rule for found in Kit.load(root).lint(LONG, part=part)]


def _trusted(root: Path) -> object:
    """What is in the way of a check that may reach any address."""
    return Kit.load(root, trust=["all"]).check(today=TODAY).errors


def _doubts(root: Path) -> object:
    """What git says of a reply that its own author approved."""
    git(root, "init", "-q", "-b", "main")
    commit(root, JO)
    Kit.load(root, with_engines=False).approve(["a/one"], by=JO)
    commit(root, JO)
    kit = Kit.load(root, with_engines=False)
    return [one.reason for one in doubts(kit.catalogue, kit.lock, kit.settings)]


def _exported(root: Path) -> object:
    """What Chatwoot is given."""
    kit = Kit.load(root, with_engines=False)
    return given("chatwoot", kit.catalogue.responses.values(), kit.settings, Asked()).files


def _by_pipeline(root: Path) -> object:
    """What a rule finds that asks for the names of a pipeline, which is made here and allowed."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "SHOP", "pattern": "Acme"}])  # type: ignore[attr-defined]
    nlp.to_disk(root / "tiny")
    return [found.rule for found in Kit.load(root, trust=["tiny"]).lint("Ask Acme today.")]


# -- the rows -----------------------------------------------------------------------------------

APPROVED = ("approve", "a/one", "--by", SAM)

SETTINGS: Mapping[str, Row] = {
    "catalogue": _settings(
        "catalogue: responses", "catalogue: other", CHECK, "other/b.yaml", **{"other/b__yaml": "b: An awful one.\n"}
    ),
    "rules": _settings(
        "rules: rules", "rules: house", CHECK, "Own.House", **{"house/Own/House__yml": RULE.format("awful")}
    ),
    "packs": _settings(
        "packs: [Own]",
        "packs: [House]",
        CHECK,
        "House.Own",
        "engines: {}\n",
        **{"rules/House/Own__yml": RULE.format("awful")},
    ),
    "locale": _settings("locale: en", "locale: nl", SHOW, "· nl ·"),
    "locales": _settings(
        "locales: [en]", "locales: [en, nl]", CHECK, "Catalogue.Locales", one="one: {body: {en: Hi.}}\n"
    ),
    "channels": _settings("channels: {chat: {}}", "channels: {email: {}}", SHOW, "· email ·"),
    "engines": _settings(
        "engines: {}", "engines: {harper: {}}", CHECK, "Harper.", "packs: [Own]\n", one="one: We recieved it.\n"
    ),
    "pipelines": _settings(
        "pipelines: {}",
        "pipelines: {en: tiny}",
        _by_pipeline,
        "Own.Shop",
        **{
            "tiny/meta__json": "{}",
            "rules/Own/Shop__yml": "extends: tokens\nmessage: m\npatterns: [[{ENT_TYPE: SHOP}]]\n",
        },
    ),
    "exchange": _settings(
        "", "exchange: {chatwoot: {variables: {contact.nick: name}}}", _exported, "{{contact.nick}}", **NAMED
    ),
    "exchange.variables": _settings(
        "exchange: {chatwoot: {variables: {contact.nick: name}}}",
        "exchange: {chatwoot: {variables: {contact.pet: name}}}",
        _exported,
        "{{contact.pet}}",
        **NAMED,
    ),
    "levels": _settings("levels: {Own.Awful: warning}", "levels: {Own.Awful: error}", CHECK, "error"),
    "extends": _settings("", "extends: [tiny-style]", CHECK, "Tiny.Awful", "engines: {}\n"),
    "overrides": _settings("", "overrides: [{topic: a, levels: {Own.Awful: error}}]", CHECK, "error"),
    "overrides.topic": _settings(
        "overrides: [{topic: b, levels: {Own.Awful: error}}]",
        "overrides: [{topic: a, levels: {Own.Awful: error}}]",
        CHECK,
        "error",
    ),
    "overrides.channel": _settings(
        "overrides: [{channel: email, levels: {Own: off}}]",
        "overrides: [{channel: [chat, email], levels: {Own: off}}]",
        CHECK,
        "[Own.Awful]",
        f"{PLAIN}channels: {{chat: {{}}, email: {{}}}}\n",
    ),
    "overrides.path": _settings(
        "overrides: [{path: 'responses/b*', levels: {Own.Awful: error}}]",
        "overrides: [{path: 'responses/a*', levels: {Own.Awful: error}}]",
        CHECK,
        "error",
    ),
    "overrides.levels": _settings(
        "overrides: [{topic: a, levels: {Own.Awful: suggestion}}]",
        "overrides: [{topic: a, levels: {Own.Awful: error}}]",
        CHECK,
        "error",
    ),
    "topics": _settings("", "topics: {a: {channels: [email]}}", CHECK, "Topic.Channel"),
    "topics.channels": _settings(
        "topics: {a: {channels: [chat]}}", "topics: {a: {channels: [email]}}", CHECK, "Topic.Channel"
    ),
    "topics.move_to": _settings(
        "topics: {a: {channels: [phone]}}",
        "topics: {a: {channels: [phone], move_to: a/one}}",
        CHECK,
        "with the reply a/one",
    ),
    "topics.private": _settings(
        "topics: {a: {private: false}}",
        "topics: {a: {private: true}}",
        CHECK,
        "Topic.Private",
        f"{PLAIN}channels: {{page: {{like: x}}}}\n",
    ),
    "topics.escalate": _settings("", "topics: {a: {escalate: {mood: upset}}}", CHECK, "Topic.Escalate", one=UPSET),
    "topics.escalate.mood": _settings(
        "topics: {a: {escalate: {mood: pleased}}}",
        "topics: {a: {escalate: {mood: upset}}}",
        CHECK,
        "Topic.Escalate",
        one=UPSET,
    ),
    "topics.escalate.known": _settings(
        "topics: {a: {escalate: {known: [loss]}}}",
        "topics: {a: {escalate: {known: [injury]}}}",
        CHECK,
        "Topic.Escalate",
        one="one: {requires: [injury], body: It is here.}\n",
    ),
    "vocabulary": _settings("vocabulary: {reject: [night]}", "vocabulary: {reject: [day]}", CHECK, "Vocabulary.Reject"),
    "facts": _settings(
        "facts: f.yaml",
        "facts: g.yaml",
        SHOW,
        "In 5 days",
        f__yaml="days: 4\n",
        g__yaml="days: 5\n",
        one="one: In {{ facts.days }} days.\n",
    ),
    "offers": _settings(
        "offers: o.yaml",
        "offers: p.yaml",
        _reply,
        "its offer `late` ended",
        o__yaml=OFFERS,
        p__yaml=OFFERS.replace(ENDED, RUNNING),
        one="one: {body: Hi., offer: late}\n",
    ),
    "approval": _settings("approval: optional", "approval: required", CHECK, "Approval.Missing"),
    "approval.required": _settings(
        "approval: {required: false}", "approval: {required: true}", CHECK, "Approval.Missing"
    ),
    "approval.four_eyes": _settings("approval: {four_eyes: false}", "approval: {four_eyes: true}", _doubts, JO),
    "approvers": _settings(
        f"approvers: {{team: [{SAM}]}}",
        f"approvers: {{team: [{JO}]}}",
        APPROVED,
        "may not approve",
        one="one: {body: Hi., owner: team}\n",
    ),
    "known": _settings(
        "known: [issue]",
        "known: [name]",
        CHECK,
        "Catalogue.Requires",
        one="one: {body: Hi., requires: [issue]}\n",
    ),
    "baseline": _settings("", "baseline: old.jsonl", CHECK, "1 known before", old__jsonl=KNOWN),
    "usage": _settings(
        "usage: u.csv", "usage: v.csv", DUE, "a/two, 3 times", u__csv="id\na/one\n", v__csv="id,count\na/two,3\n"
    ),
    "search": _settings("", "search: {top1: 0.9}", EVALUATE, "exit 1", one=ASKED),
    **{
        f"search.{name}": _settings(
            f"search: {{{name}: 0}}", f"search: {{{name}: 0.9}}", EVALUATE, f"`{name}` of en is 0.00", one=ASKED
        )
        for name in ("top1", "top3", "mrr")
    },
    "search.semantic": _settings(
        "search: {semantic: false}", "search: {semantic: true}", ("search", "awful", "--explain"), "sentences"
    ),
    "scores": _settings("", "scores: {clarity: 99}", SCORE, "clarity is 75.0, and must be 99.0"),
    **{
        f"scores.{name}": _settings(
            f"scores: {{{name}: 75}}",
            f"scores: {{{name}: 99}}",
            SCORE,
            f"{name} is ",
            PLAIN.replace("Own", pack),
            **{f"rules/{pack}/Awful.yml": RULE.format("awful")},
        )
        for name, pack in SCORED.items()
    },
    "fail_on": _settings("fail_on: error", "fail_on: warning", CHECK, "exit 1"),
    "vocabulary.accept": _settings(
        "vocabulary: {accept: [zorbly]}",
        "vocabulary: {accept: [Other]}",
        CHECK,
        "Harper.SpellCheck",
        "packs: [Own]\n",
        one="one: Your zorbly came.\n",
    ),
    "vocabulary.reject": _settings(
        "vocabulary: {reject: [night]}", "vocabulary: {reject: [day]}", CHECK, "Vocabulary.Reject"
    ),
    "channels.like": _settings("channels: {desk: {like: email}}", "channels: {desk: {like: sms}}", SHOW, "segment"),
    **{
        f"channels.{key}": _settings(
            f"channels: {{chat: {{{key}: 9000}}}}",
            f"channels: {{chat: {{{key}: 1}}}}",
            CHECK,
            TOO_LONG.get(key, "Channels.TooLong"),
            CHANNELS,
            one=f"one: {LONG}\n",
        )
        for key in LIMITS
    },
    **{
        name: _settings(
            f"channels: {{chat: {{{part}: {{{key}: 9000}}}}}}",
            f"channels: {{chat: {{{part}: {{{key}: 1}}}}}}",
            _part(part),
            "Channels.TooLong",
            CHANNELS,
        )
        for part in PARTS[1:]
        for key in PART_LIMITS
        for name in (f"channels.{part}", f"channels.{part}.{key}")
    },
    "engines.harper": _settings(
        "engines: {}", "engines: {harper: {}}", CHECK, "Harper.", "packs: [Own]\n", one="one: We recieved it.\n"
    ),
    "engines.context": _settings(
        "engines: {}", "engines: {context: {}}", CHECK, "Context.", "packs: [Own]\n", one="one: I should of seen.\n"
    ),
    "engines.context.scorer": _settings(
        "engines: {context: {scorer: ngram}}",
        "engines: {context: {scorer: dice}}",
        CHECK,
        "there is no scorer 'dice'",
        "packs: [Own]\n",
    ),
    "engines.context.model": _settings(
        "engines: {context: {scorer: ngram}}",
        "engines: {context: {scorer: ngram, model: own.gguf}}",
        CHECK,
        "sentences would be read by 'own.gguf'",
        "packs: [Own]\n",
    ),
    "engines.opentaal": _settings(
        "engines: {}", "engines: {opentaal: {}}", CHECK, "OpenTaal.", SPELT, one="one: De rekenig ligt in de bus.\n"
    ),
    "engines.hunspell": _settings(
        "engines: {}", "engines: {hunspell: {}}", CHECK, "Hunspell.", SPELT, one="one: De rekenig ligt in de bus.\n"
    ),
    "engines.hunspell.dictionaries": _settings(
        "engines: {hunspell: {dictionaries: {de: de_DE}}}",
        "engines: {hunspell: {dictionaries: {nl: nl}}}",
        CHECK,
        "Hunspell.",
        SPELT,
        one="one: De rekenig ligt in de bus.\n",
    ),
    "engines.pythainlp": _settings(
        "engines: {}",
        "engines: {pythainlp: {}}",
        CHECK,
        "Pythainlp.",
        "packs: [Own]\nlocale: th\n",
        one="one: ตอนนี้ระบบปฏิเสท\n",
    ),
    "engines.languagetool": _settings(
        "engines: {}", "engines: {languagetool: {url: 'http://127.0.0.1:9'}}", _trusted, "127.0.0.1:9", "packs: [Own]\n"
    ),
    "engines.languagetool.url": _settings(
        "engines: {languagetool: {url: 'http://127.0.0.1:9'}}",
        "engines: {languagetool: {url: 'http://127.0.0.1:7'}}",
        _trusted,
        "127.0.0.1:7",
        "packs: [Own]\n",
    ),
}

BOTH = f"{PLAIN}channels: {{chat: {{}}, email: {{}}}}\n"
TWO = "two: {body: Another one., examples: [where is it]}\n"

RESPONSES: Mapping[str, Row] = {
    "body": _response("body: Hello.", "body: Good day.", SHOW, "Good day."),
    "title": _response(
        f"body: Hi., title: Old, review_by: {RUNNING}", f"body: Hi., title: New, review_by: {RUNNING}", DUE, "(New)"
    ),
    "shortcut": _response("body: Hi., shortcut: eins", "body: Hi., shortcut: uno", ("show", "uno"), "Hi."),
    "tags": _response(
        "body: Hi., tags: [found]", "body: Hi., tags: [lost]", ("coverage", "--situations", "s.yaml"), "Parcel lost"
    ),
    "examples": _response(
        "body: Hi., examples: [who are you]",
        "body: Hi., examples: [where is it]",
        CHECK,
        "Catalogue.Examples",
        CATALOGUE,
        TWO,
    ),
    "mood": _response("body: Well hello., mood: neutral", "body: Well hello., mood: upset", CHECK, "Own.Mood"),
    "requires": _response("body: Hi., requires: []", "body: Hi., requires: [issue]", _reply, "it requires `issue`"),
    "channels": _response("body: Hi., channels: [chat]", "body: Hi., channels: [email]", SHOW, "· email ·", BOTH),
    "format": _response(
        'body: "An `awful` one.", format: text', 'body: "An `awful` one.", format: markdown', CHECK, "Own.Awful"
    ),
    "offer": _response(
        "body: Hi., offer: running",
        "body: Hi., offer: late",
        _reply,
        "its offer `late` ended",
        f"{PLAIN}offers: o.yaml\n",
    ),
    "owner": _response(
        f"body: Hi., owner: team, review_by: {RUNNING}", f"body: Hi., owner: crew, review_by: {RUNNING}", DUE, "; crew"
    ),
    "status": _response("body: Hi., status: retired", "body: Hi., status: draft", _reply, "has status draft"),
    "replaced_by": _response(
        "body: Hi., status: retired",
        "body: Hi., status: retired, replaced_by: a/two",
        _reply,
        "use `a/two`",
        PLAIN,
        TWO,
    ),
    "review_by": _response(
        f"body: Hi., review_by: {RUNNING}",
        f"body: Hi., review_by: {ENDED}",
        CHECK,
        "Catalogue.ReviewBy",
    ),
    "waivers": _response(
        "body: An awful one.",
        f"body: An awful one., waivers: [{{rule: Own.Awful, why: w, by: jo, until: {RUNNING}}}]",
        CHECK,
        "Own.Awful",
    ),
    "variables": _response(
        'body: "Hi {{ name }}.", variables: {name: {samples: [Jo]}}',
        'body: "Hi {{ name }}.", variables: {name: {samples: [Ana]}}',
        SHOW,
        "Hi Ana.",
    ),
    "x-desk": _response("body: Hi., x-desk: 1", "body: Hi., x-desk: 2", _extras, "'2'"),
    "waivers.rule": _waiver("rule", "Own.Day", "Own.Awful", "[Own.Awful]"),
    "waivers.why": _waiver("why", "quoted", "legal wording", "(legal wording)", ENDED),
    "waivers.by": _waiver("by", "jo", "sam", "ask sam again", ENDED),
    "waivers.until": _waiver("until", RUNNING, ENDED, "Waiver.Expired"),
    "waivers.text": _waiver("text", "awful", "day", "[Own.Awful]"),
    "waivers.locale": _waiver("locale", "en", "nl", "[Own.Awful]"),
    "variables.type": _variable("type: text", "type: money", _named, "is not an amount"),
    "variables.samples": _variable("samples: [Jo]", "samples: [Ana]", SHOW, "Hi Ana."),
    "variables.fallback": _variable("fallback: there", "fallback: friend", _reply, "Hi friend."),
    "variables.optional": _variable(
        "optional: true", "optional: false", _reply, "the value is missing", "Hi{% if name %} {{ name }}{% endif %}."
    ),
    "variables.max_length": _variable("max_length: 9", "max_length: 1", _named, "1"),
    "body.body": _response(
        "body: {subject: S, body: Hello.}", "body: {subject: S, body: Good day.}", SHOW, "Good day."
    ),
    "body.subject": _response(
        "body: {subject: S, body: Hello.}", "body: {subject: Your parcel, body: Hello.}", SHOW, "Subject: Your parcel"
    ),
    "body (any)": _response(
        "body: {any: Hello., email: Bye.}", "body: {any: Good day., email: Bye.}", SHOW, "Good day.", BOTH
    ),
    "body (channel)": _response(
        "body: {any: Hello., email: Bye.}", "body: {any: Hello., email: Yours.}", SHOW, "Yours.", BOTH
    ),
    "body (list)": _response(
        'body: ["Hello.", "Hi."]', 'body: ["Hello.", "Good day."]', SHOW, "variation 2, typical\nGood day."
    ),
}

FACTS: Mapping[str, Row] = {
    "facts.value": _fact("{value: 4}", "{value: 5}", SHOW, "In 5 days"),
    "facts.owner": _fact(
        f"{{value: 4, owner: team, until: {RUNNING}}}", f"{{value: 4, owner: crew, until: {RUNNING}}}", DUE, "; crew"
    ),
    "facts.until": _fact(
        f"{{value: 4, until: {RUNNING}}}", f"{{value: 4, until: {ENDED}}}", CHECK, "Catalogue.FactEnded"
    ),
    "facts (short)": _fact("4", "5", SHOW, "In 5 days"),
    "offers.kind": _offer(f"kind: credit, until: {RUNNING}", f"kind: discount, until: {RUNNING}", "(discount)"),
    "offers.max": _offer(
        f"kind: credit, max: €8.00, until: {RUNNING}",
        f"kind: credit, max: €7.00, until: {RUNNING}",
        "goes no higher than €7.00",
    ),
    "offers.condition": _offer(
        "kind: credit, condition: delivery late", "kind: credit, condition: a lost parcel", "(credit: a lost parcel)"
    ),
    "offers.until": _offer(f"kind: credit, until: {RUNNING}", f"kind: credit, until: {ENDED}", "Catalogue.OfferEnded"),
}

ROWS = {**SETTINGS, **{f"response.{name}": row for name, row in RESPONSES.items()}, **FACTS}
SPELLING = ("engines.hunspell", "engines.hunspell.dictionaries", "engines.pythainlp")

WHERE = {
    r"": "",
    r" in `(approval|overrides|scores|search|vocabulary)`": r"\1.",
    r" of the topic `\w+`": "topics.",
    r" in `escalate`": "topics.escalate.",
    r" in channel \w+": "channels.",
    r" in `(\w+)` of channel \w+": r"channels.\1.",
    r" of engine (\w+)": r"engines.\1.",
    r" of format \w+": "exchange.",
    r" in fact \w+": "facts.",
    r" in offer \w+": "offers.",
    r" in `(?:one|two)`": "response.",
    r" in a waiver": "response.waivers.",
    r" of variable name": "response.variables.",
    r" in a body": "response.body.",
}
"""Where the loader says that a key is unknown -> what stands before its keys in `ROWS`."""

PLANNED = ("overrides", "extends", "topics", "scores", "colour")
"""Keys that the loader must refuse for as long as nothing enforces them, and one that it never knows."""


@pytest.fixture(autouse=True)
def installed(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A distribution with a pack, `tiny-style`."""
    site = tmp_path_factory.mktemp("site")
    files = {
        "tiny-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1\n",
        "tiny-1.dist-info/entry_points.txt": "[cannedkit.packs]\ntiny-style = tiny_style\n",
        "tiny_style/__init__.py": "",
        "tiny_style/Tiny/Awful.yml": BASE["rules/Own/Awful.yml"],
    }
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
    monkeypatch.syspath_prepend(site)


# -- what is promised ---------------------------------------------------------------------------


def _written(root: Path, files: Files) -> Path:
    for name, text in {**BASE, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def _answer(run: Run, root: Path, ask: Ask) -> str:
    if callable(ask):
        return str(ask(root))
    ran = run(*ask, cwd=root)
    return f"{ran.out}{ran.err}exit {ran.code}"


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.spell] * (name in SPELLING)) for name in ROWS])
def test_each_key_changes_what_is_told(run: Run, tmp_path: Path, name: str) -> None:
    """Nothing is wrong with the files, before or after, and one answer has what the other lacks."""
    row = ROWS[name]
    roots = [_written(tmp_path / side, files) for side, files in (("before", row.before), ("after", row.after))]
    for root in roots:
        kit = Kit.load(root, with_engines=False, forgiving=True)
        assert (*kit.settings.refused, *kit.readable.refused) == ()
    answers = [_answer(run, root, row.ask) for root in roots]
    assert sorted(row.told in answer for answer in answers) == [False, True], answers


def _accepted(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each key that the loader knows where it reads the files of the rows, as `ROWS` names it."""
    asked: set[tuple[str, str]] = set()
    entries = schema.entries

    def seen(node: MappingNode, known: Collection[str], problems: schema.Problems, where: str = "") -> dict[str, Node]:
        asked.update((where, key) for key in known)
        return entries(node, known, problems, where)

    patch.setattr(schema, "entries", seen)
    for number, row in enumerate(ROWS.values()):
        for side, files in enumerate((row.before, row.after)):
            catalogue.load(settingsfile.load(_written(folder / f"{number}.{side}", files) / "cannedkit.yaml"))
    for where, key in asked:
        [prefix] = [re.sub(shape, before, where) for shape, before in WHERE.items() if re.fullmatch(shape, where)]
        yield f"{prefix}{key}"
    yield from (f"engines.{name}" for name in ENGINES)


def test_each_key_has_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is added to the loader is met here until a row proves that it is enforced."""
    assert set(_accepted(tmp_path, monkeypatch)) == {name for name in ROWS if re.fullmatch(r"[\w.]+", name)}


@pytest.mark.parametrize("key", PLANNED)
def test_a_key_that_nothing_enforces_is_refused(run: Run, tmp_path: Path, key: str) -> None:
    """It is an error at its place, exit 2, and not passed over in silence."""
    ran = run("check", cwd=_written(tmp_path, {"cannedkit.yaml": f"{PLAIN}{key}: x\n"}))
    told = f"cannedkit.yaml:3:1: error: unknown key `{key}`" in ran.out and ran.code == 2
    assert told or key in SETTINGS
