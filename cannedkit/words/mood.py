"""How a customer feels, read from the customer's own words: capitals, signs, and the cues of the table beside this.

It is read where nobody says which mood a customer is in, and said in each finding that it leads to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from cannedkit.model.draft import Turn
from cannedkit.pattern.alternation import compiled, search

MOST = 2_000
"""Characters of a message that are read; our own choice: whoever writes more has said early how it feels."""


def heard(history: Sequence[Turn], locale: str) -> str:
    """The words that tell of anger, grief or worry in the customer's last messages, "" where none does.

    The messages are read from the last one back, until one tells how the customer feels: thanks end it.
    """
    cues = _cues().get(locale.partition("-")[0])
    if cues is None:
        return ""
    for turn in reversed(history):
        if turn.by != "customer":
            continue
        said = turn.text[:MOST]
        pleased = search(compiled(cues["pleased"], True), said)
        found = [match for one in cues["upset"].split("\n") if (match := search(compiled(one, True), said))]
        words = [match[0].strip() for match in found if any(map(str.isalpha, match[0]))]
        if words or (found and not pleased):
            return str(words[0] if words else found[0][0])
        if pleased:
            return ""
    return ""


@lru_cache(maxsize=1)
def _cues() -> Mapping[str, Mapping[str, str]]:
    """Language -> mood -> its patterns: of one that pleases any, of one that upsets each on its line."""
    table = Path(__file__).with_name("mood.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in table if line and not line.startswith("#")]
    joins = {"upset": "\n", "pleased": "|"}
    return {
        language: {
            mood: sign.join(source for tongue, of, source in rows if (tongue, of) == (language, mood))
            for mood, sign in joins.items()
        }
        for language, _, _ in rows
    }
