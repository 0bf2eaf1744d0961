"""`alphabet`: a character puts a whole SMS in the long alphabet of 70 characters (UCS-2), and a plain one would not.

`swap` maps characters, each of a key for itself, to what may stand in their place. They are found only where every
character of the text would fit the short alphabet (GSM 7-bit) after all swaps: each fix is safe, and all together gain
what they promise. The message gets the plain text, the character, and its code point and name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import name

from cannedkit.channels.sms import is_short_alphabet
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import options, pairs


@dataclass(frozen=True)
class Options:
    """A character outside the short alphabet -> the text of that alphabet that may take its place."""

    swap: Mapping[str, str]


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    found = options(rule, {"swap": pairs}).get("swap")
    if not found:
        raise RuleError([problem(rule, "swap", 'an alphabet rule needs `swap`, such as {’: "\'"}')])
    swap = {character: plain for characters, plain in found.items() for character in characters}
    for character, plain in swap.items():
        if is_short_alphabet(character) or not is_short_alphabet(plain):
            reason = f"{character!r} to {plain!r} leads from no long alphabet to the short one"
            raise RuleError([problem(rule, "swap", reason)])
    return Options(swap)


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options.swap) for rule in rules]


def _check(rule: Rule, swap: Mapping[str, str]) -> Check:
    table = str.maketrans(dict.fromkeys(swap))

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        if not is_short_alphabet(draft.text.translate(table)):
            return
        for at, character in enumerate(draft.text):
            if plain := swap.get(character):
                said_of = f"U+{ord(character):04X} {name(character, 'character').lower()}"
                yield finding(rule, at, at + 1, said(rule.message, plain, character, said_of), [plain], safe=True)

    return Check(rule, run, (tuple(swap),))
