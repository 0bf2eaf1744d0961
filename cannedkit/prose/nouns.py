"""Which words of a title are nouns: what Vale's title case asks, to write a "to" small or not.

Vale asks a trained tagger. This is a rule of thumb in its place: closed classes, endings, and what stands before.
"""

from __future__ import annotations

import re

_QUOTES = re.compile(r'"')
_MARKS = re.compile(r"([;@#$%&?!\]\[(){}<>])|(\.\.\.)|(--)|([:,])(?=[^0-9]|$)")
_LAST_STOP = re.compile(r"([^.])(\.)([\])}>\"']*)\s*$")
_CONTRACTED = re.compile(r"(?i)([^' ])('s|'m|'d|'ll|'re|'ve|n't|')(?= )")


def tokens_are_nouns(text: str) -> list[bool]:
    """Whether each token of a text is a noun. Tokens are those of the Penn Treebank: signs and endings stand apart."""
    tokens = _tokens(text if text.endswith((".", "!", "?")) else f"{text}.")
    return [_is_noun(tokens, index) for index in range(len(tokens))]


def _tokens(text: str) -> list[str]:
    text = _LAST_STOP.sub(r"\1 \2\3 ", _QUOTES.sub(" '' ", text))
    text = _MARKS.sub(lambda mark: f" {mark[0]} ", text)
    return _CONTRACTED.sub(r"\1 \2", f" {text} ").split()


def _is_noun(tokens: list[str], index: int) -> bool:
    word, lower = tokens[index], tokens[index].lower()
    before = tokens[index - 1].lower() if index else ""
    if not word[:1].isalnum():
        return word in _SIGNS or not word.isascii()
    if word[:1].isdigit() or lower in _CLOSED or (word.endswith(".") and index < len(tokens) - 1):
        return False
    if word[:1].isupper() and before not in ("", ".", "!", "?", "(", "#"):
        return True
    if before in _BEFORE_VERBS:
        plural = lower.endswith("s") and not lower.endswith(("ss", "us"))
        return plural or lower in _ONLY_NOUNS or lower.endswith(_NOUN_ENDINGS)
    if before in _BEFORE_NOUNS and lower in _VERBS:
        return True
    return before not in _SUBJECTS and lower not in _VERBS and not lower.endswith(_OTHER_ENDINGS)


_SIGNS = frozenset("< > / | = + * ~ ^".split())
"""Signs that the tagger takes for nouns, as it takes an emoji."""

_BEFORE_VERBS = frozenset("to 'll n't will can could would should may might must please help".split())
_BEFORE_NOUNS = frozenset("a an the this that my your his her our their of for".split())
_OTHER_ENDINGS = ("ly", "ed", "ing", "ful", "ous", "able", "ive", "less", "ary", "ical", "onal")
_SUBJECTS = frozenset("i you we they he she it".split())
_NOUN_ENDINGS = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship", "ism", "ers", "ors", "ies", "ings")
_ONLY_NOUNS = frozenset(
    "people customers customer team everyone anyone someone something anything everything nothing support today "
    "tomorrow yesterday january february march april may june july august september october november december "
    "money data information".split()
)
_CLOSED = frozenset(
    "a an the this that these those my your his her its our their some any no every each all both few many more "
    "most other another such i you he she it we they me him us them who whom which what when where why how whose "
    "in on at by for with from into of to as about over under after before between through during without within "
    "against and or but nor so yet if because although though while since unless until than then not n't never "
    "always also very really just only even still too again already here there now soon often once is are was "
    "were be been being am do does did done have has had having will would can could should may might must shall "
    "'s 'm 're 've 'll 'd' pretty necessary extra main whether otherwise common additional temporary correct soon "
    "sometimes common due specific applicable available unable unsafe similar equal relevant related subject "
    "prior please yes ok okay well up down out off back away together instead however therefore maybe perhaps "
    "quite almost new old good bad great high low big small long short own same different able sorry happy sure "
    "full last next first second third right wrong free available possible important easy hard clear ready late "
    "early best better less one two three four five six seven eight nine ten".split()
)
_VERBS = frozenset(
    "log refer post relate shape pinch state speak click book pay change check call work talk connect configure "
    "apply join avoid replace protect prevent manage improve achieve determine complete obtain develop identify "
    "get got go went gone come came make made take took taken give gave given see saw seen know knew known think "
    "thought say said tell told ask find found keep kept let put set send sent receive use need want try help "
    "feel felt leave left become became show shown mean meant begin began run seem hear heard bring brought write "
    "wrote written provide understand understood apologize apologise appreciate contact reply look check hope "
    "thank thanks wait follow allow include ensure create add move turn start stop read spend grow open offer "
    "remember consider appear buy serve expect stay fall cut reach remain suggest raise pass sell require decide "
    "pull click press select enter choose hesitate note report resize contact visit return refund cancel update "
    "change resolve explain describe share happen happens happened goes does gets makes takes says knows wants "
    "needs works".split()
)
