"""Who reports findings besides the rules of packs: outside proofreaders, and the program itself, in one list.

A new engine is a module in `engines` and a row here: the settings, the verdict, levels and `rules explain` read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cannedkit.model.draft import Level


@dataclass(frozen=True, slots=True)
class Source:
    """An engine: what stands before the dot in its findings' rules, the module that opens it, and what it is for.

    `options` are the keys that its settings may have, `languages` those that it reads ("" for many, by its
    dictionaries), `mend` how to get it; `open_ended`: it may report rules that no table of ours holds. `whys` say of
    its rules, by their names, what one of them is for, where the engine has few.
    """

    name: str
    module: str
    why: str
    languages: str = ""
    options: tuple[str, ...] = ()
    mend: str = ""
    open_ended: bool = False
    whys: Mapping[str, str] = field(default_factory=dict)


ENGINES: Mapping[str, Source] = {
    "harper": Source(
        "Harper",
        "cannedkit.engines.harper",
        "Harper proofreads English in milliseconds, without a server; only rules of it that proved themselves look.",
        languages="en",
        mend="pip install harper-py",
    ),
    "context": Source(
        "Context",
        "cannedkit.engines.context.engine",
        "A model of the language weighs each word against what is often written for it, by the words around it.",
        languages="en",
        options=("scorer", "model"),
        whys={
            "Confusion": "Words that sound or look alike pass every dictionary; only the words around them tell.",
            "Typo": "A slip of the finger that makes another word passes every dictionary.",
            "Article": "A missing article is what readers notice first of a hurried or foreign hand.",
            "Agreement": "A verb or noun in the wrong number makes the reader look for another subject.",
            "VerbForm": "A wrong form of a verb makes the reader ask when it happened, or whether it did.",
            "Preposition": "A preposition that nobody uses there makes the reader stop.",
            "MissingWord": "A word that fell out while typing leaves the reader to guess it.",
            "SplitWord": "Log in is what one does, a login is what one has: together and apart they say two things.",
        },
    ),
    "opentaal": Source(
        "OpenTaal",
        "cannedkit.engines.opentaal",
        "OpenTaal's list of Dutch words, which comes along, looks every word up; what its parts can make passes.",
        languages="nl",
    ),
    "hunspell": Source(
        "Hunspell",
        "cannedkit.engines.hunspell",
        "Hunspell looks every word up in the dictionary of its language.",
        options=("dictionaries",),
        mend="pip install 'cannedkit[spell]'",
    ),
    "pythainlp": Source(
        "Pythainlp",
        "cannedkit.engines.pythainlp",
        "PyThaiNLP cuts Thai into words and looks each of them up.",
        languages="th",
        mend="pip install 'cannedkit[thai]'",
    ),
    "languagetool": Source(
        "LanguageTool",
        "cannedkit.engines.languagetool.engine",
        "LanguageTool reads many languages, for grammar and style too; only rules of it that proved themselves look.",
        options=("url",),
        mend="cannedkit languagetool install",
        open_ended=True,
    ),
}
"""The name in the settings -> the engine. In this order they give a merged finding its name, behind rules of packs."""

NEURAL = "neural"
"""The scorer that needs the extra `deep`."""

SCORERS = ("ngram", NEURAL)
"""What may weigh words for the engine context, the first unless settings say otherwise."""

MENDS: Mapping[str, str] = {
    "en": "add harper to `engines`, or name a dictionary: {hunspell: {dictionaries: {en-GB: en_GB}}}",
    "th": "pip install 'cannedkit[thai]' and add pythainlp to `engines`",
}
"""Language -> what to do so that an engine reads it; for others it is a dictionary of Hunspell."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What the program itself reports under an id of its own: its level, why, and what to do."""

    level: Level
    why: str
    instead: str


EXPIRED = "Waiver.Expired"
UNUSED = "Waiver.Unused"
REJECT = "Vocabulary.Reject"
DIALECT = "Spelling.Dialect"
MISSING = "Approval.Missing"
STALE = "Approval.Stale"
FOREIGN = "Approval.Foreign"
LEFTOVER = "Approval.Leftover"
MENDED = "Baseline.Mended"
DROPPED = "Compare.Dropped"
ADDED = "Compare.Added"
ALTERED = "Compare.Altered"
UNFILLED = "Compare.Unfilled"
TOPIC_CHANNEL = "Topic.Channel"
TOPIC_PRIVATE = "Topic.Private"
TOPIC_ESCALATE = "Topic.Escalate"

REPORTED: Mapping[str, Reported] = {
    EXPIRED: Reported(
        Level.WARNING,
        "A waiver holds until the day that somebody set: after it the text counts again.",
        "Mend the text, or ask the person who allowed it for a new date.",
    ),
    UNUSED: Reported(
        Level.WARNING,
        "A waiver that allows nothing hides the next fault of its kind.",
        "Take it out, or mend the rule's name in it.",
    ),
    MISSING: Reported(
        Level.ERROR,
        "Where approval is required, no text goes out that nobody answers for.",
        "Have somebody read it and approve it: cannedkit approve ID --by NAME.",
    ),
    STALE: Reported(
        Level.WARNING,
        "An approval holds for the text that was read, and this one was changed afterwards.",
        "Have it approved again, or take the change back.",
    ),
    FOREIGN: Reported(
        Level.WARNING,
        "`approvers` says who answers for the replies of an owner, and an approval by anybody else is none.",
        "Have it approved by one of them, or add the person to `approvers`.",
    ),
    LEFTOVER: Reported(
        Level.WARNING,
        "An approval of a text that is not there says nothing, and would count again for a text that came back.",
        "If the reply moved: cannedkit approve --all-unchanged. If it is gone: cannedkit lock --prune.",
    ),
    MENDED: Reported(
        Level.WARNING,
        "A debt that is paid stays paid: as long as its line is there, the same fault could come back unseen.",
        "Take the line out of the baseline: cannedkit baseline --prune.",
    ),
    DROPPED: Reported(
        Level.WARNING,
        "What the approved reply says, a customer must be told: a condition or a next step that is left out is missed.",
        "Put the sentence back, in your own words if you like; what may be left out stands between tailor tags.",
    ),
    ADDED: Reported(
        Level.ERROR,
        "Nobody approved it: a promise, an amount, a date or a link of one's own binds the company all the same.",
        "Take it out, or ask whoever owns the reply.",
    ),
    ALTERED: Reported(
        Level.ERROR,
        "Another number, link or name, a not more or less, may where it was must: the customer is told otherwise.",
        "Write what was approved.",
    ),
    UNFILLED: Reported(
        Level.ERROR,
        "A customer who reads brackets or a row of X knows that nobody read the letter before it left.",
        "Write the value, or a sentence that does without it.",
    ),
    TOPIC_CHANNEL: Reported(
        Level.WARNING,
        "Some matters are too grave, too private or too long for a channel, and `topics` says which.",
        "Move the conversation: name the channel, and send the reply that is made for it.",
    ),
    TOPIC_PRIVATE: Reported(
        Level.ERROR,
        "What is private between a customer and us is nobody else's to read.",
        "Ask for a private message, and say nothing of the matter.",
    ),
    TOPIC_ESCALATE: Reported(
        Level.WARNING,
        "`topics` says when a matter needs more than one person's answer.",
        "Say who takes it from here, and by when; where that was said already: known: [escalated].",
    ),
    REJECT: Reported(
        Level.ERROR,
        "The house has one spelling of its names and terms.",
        "Write the word that the vocabulary accepts.",
    ),
    DIALECT: Reported(
        Level.WARNING,
        "A customer reads colour where others read color: a text keeps to one spelling, that of its locale.",
        "Write the word as the locale spells it, set another `locale`, or accept the word in the vocabulary.",
    ),
}
"""The id of a finding that comes from no rule file and no engine -> what there is to say of it."""

COMPARED = (DROPPED, ADDED, ALTERED, UNFILLED)
"""What is reported of a draft beside the reply that it came from."""


def names() -> tuple[str, ...]:
    """What may stand before the dot in the rule of a finding that comes from no pack."""
    own = (id.partition(".")[0] for id in REPORTED)
    return tuple(dict.fromkeys((*(engine.name for engine in ENGINES.values()), "Vale", *own)))
