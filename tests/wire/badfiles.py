"""Files that a slip of the pen spoils, one fault each."""

from __future__ import annotations

DECLARED = {
    "cannedkit.yaml": "packs: [Own]\nengines: {}\nlocales: [en, nl]\nchannels: {chat: {}, email: {}}\n"
    "facts: facts.yaml\noffers: offers.yaml\n",
    "facts.yaml": "days: 4\n",
    "offers.yaml": "late: {kind: credit, condition: delivery late}\n",
    "responses/variables.yaml": "order: {type: text}\n",
}
"""The catalogue around each of them."""

_SETTINGS = """
catalog: responses
packs: {Own: true}
locale: english
locales: [en, dutch]
channels: [chat]
channels: {chat: {max_word: 9}}
channels: {chat: {max_words: none}}
channels: {chat: {max_words: 0}}
channels: {chat: {like: phone}}
channels: {email: {subject: {max_segments: 1}}}
channels: {any: {}}
engines: [harper]
engines: {harpr: {}}
engines: {hunspell: {dictionary: x}}
pipelines: {english: en_core}
levels: {Own: fatal}
levels: [Own]
extends: {acme: true}
overrides: {topic: a}
overrides: [{topic: a}]
overrides: [{levels: {Own: off}}]
overrides: [{topic: a, levels: {Own: of}}]
overrides: [{chanel: chat, topic: a, levels: {Own: off}}]
vocabulary: {accepted: [x]}
vocabulary: [x]
approval: needed
approval: {require: true}
approval: {required: perhaps}
approvers: {team: []}
known: {issue: true}
fail_on: never
search: {top2: 0.5}
scores: {safe: 90}
scores: {safety: 101}
scores: 90
search: {top1: 7}
search: {semantic: perhaps}
"""

_RESPONSES = """
one: {titel: A, body: Hi.}
one: {title: A}
one: {body: Hi., mood: cross}
one: {body: Hi., status: done}
one: {body: Hi., format: html}
one: {body: Hi., review_by: next week}
one: {body: Hi., review_by: 2026-13-01}
one: {body: Hi., channels: [fax]}
one: {body: Hi., channels: []}
one: {body: Hi., tags: {a: b}}
one: {body: Hi., shortcut: [a]}
one: {body: Hi., offer: free}
one: {body: Hi., title: {fr: A}}
one: {body: Hi., examples: {fr: [a]}}
one: {body: Hi., waivers: [{rule: Own.A, why: w, by: jo}]}
one: {body: Hi., waivers: [{rule: Own.A, why: w, by: jo, until: soon}]}
one: {body: Hi., waivers: [{rule: Own.A, why: w, by: jo, until: 2026-01-01, unti: x}]}
one: {body: Hi., variables: {a: {typ: text}}}
one: {body: {en: Hi., fr: Salut.}}
one: {body: {chat: Hi., fax: Hi.}}
one: {body: {en: {chat: Hi., fax: Hi.}}}
one: {body: {subject: Hi.}}
one: {body: {subject: A, body: Hi., footer: x}}
one: {body: {}}
a b: Hi.
one: ["", "Hi."]
- one
"""

_VARIABLES = """
order: {type: string}
order: {sample: [a]}
order: {max_length: long}
order: {max_length: 0}
order: {optional: maybe}
order: {fallback: {fr: x}}
order: [text]
1order: {type: text}
"""

_FACTS = """
days: {value: 4, until: never}
days: {valeu: 4}
days: {owner: team}
days: {value: {fr: 4}}
days: [4]
"""

_OFFERS = """
late: {kind: credit}
late: {condition: x}
late: credit
late: {kind: credit, until: soon}
late: {kind: credit, condition: x, maximum: 4}
"""

_RULE = "extends: existence\nmessage: No.\n"
_RULES = (
    "message: No.\ntokens: [a]\n",
    "extends: existence\ntokens: [a]\n",
    "extends: existance\nmessage: No.\n",
    *(
        f"{_RULE}{more}\n"
        for more in (
            "level: fatal",
            "limit: many",
            "lemma: perhaps",
            "where: {chanel: chat}",
            "where: {mood: cross}",
            "where: {status: done}",
            "where: {part: head}",
            "tokens: {a: b}",
            "token: [a]",
            "mesage: x",
            "bad: text",
            "good: [{txt: x}]",
            "why: [a]",
        )
    ),
    "extends: occurrence\nmessage: No.\ntoken: a\nmax: many\n",
    "extends: substitution\nmessage: No.\nswap: a\n",
)

BAD = [
    *(("settings", f"{line}\n") for line in _SETTINGS.strip().splitlines()),
    *(("responses", f"{line}\n") for line in _RESPONSES.strip().splitlines()),
    *(("variables", f"{line}\n") for line in _VARIABLES.strip().splitlines()),
    *(("facts", f"{line}\n") for line in _FACTS.strip().splitlines()),
    *(("offers", f"{line}\n") for line in _OFFERS.strip().splitlines()),
    *(("rules", text) for text in _RULES),
]
"""The name of a schema, and a file that it must refuse."""
