"""Patterns of spaCy's Matcher, read from a rule file and checked without spaCy: what each word of a match must be.

A pattern is a list of words, each a mapping from attribute to value, or to conditions on the value, and `OP`, how
often the word stands there (spaCy 3.8, usage/rule-based-matching). In a list under LOWER the name of a class of English
words, as COUNTABLE, stands for its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cannedkit.pattern.alternation import PatternError, compiled
from cannedkit.pattern.literals import required
from cannedkit.rules.options import pattern
from cannedkit.text.nearest import nearest
from cannedkit.words.inflection import WORD_CLASSES, words_of
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar
from cannedkit.yamlsource.node import Sequence as SequenceNode
from cannedkit.yamlsource.schema import Problems, boolean, kind_of, mapping

TRAINED = frozenset("DEP ENT_ID ENT_IOB ENT_KB_ID ENT_TYPE LEMMA MORPH POS SENT_START TAG".split())
"""Attributes that a component of a pipeline sets; all others belong to the word itself."""

TEXTS = (TRAINED - {"SENT_START"}) | frozenset("LOWER NORM ORTH PREFIX SHAPE SUFFIX TEXT".split())
"""Attributes whose values are texts."""

FLAGS = frozenset(
    "IS_ALPHA IS_ASCII IS_BRACKET IS_CURRENCY IS_DIGIT IS_LEFT_PUNCT IS_LOWER IS_PUNCT IS_QUOTE IS_RIGHT_PUNCT "
    "IS_SENT_START IS_SPACE IS_STOP IS_TITLE IS_UPPER LIKE_EMAIL LIKE_NUM LIKE_URL SENT_START SPACY".split()
)
"""Attributes that are true or false."""

ATTRIBUTES = TEXTS | FLAGS | {"LENGTH"}
"""All attributes that a word of a pattern may name (spaCy 3.8's TokenPattern, with PREFIX and SUFFIX)."""

FUZZY = ("FUZZY", *(f"FUZZY{number}" for number in range(1, 10)))
"""Conditions that allow a number of slips of the pen."""

SETS = ("IN", "NOT_IN", "IS_SUBSET", "IS_SUPERSET", "INTERSECTS")
"""Conditions that take a list."""

COMPARISONS = ("==", "!=", ">=", "<=", ">", "<")
"""Conditions on a number."""

MAX_WORDS = 200
"""Words that a pattern may ask for once its counts are written out; our own choice."""

_COUNT = re.compile(r"\{(\d{0,4})(,?)(\d{0,4})\}")
_OPERATORS: Mapping[str, tuple[int, int | None]] = {"1": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}
_LETTER_OF_TWO = "\u0307"  # the only letter that is longer in lower case, İ, leaves this behind


@dataclass(frozen=True)
class Word:
    """One entry of a pattern: its conditions by attribute, and how often it stands there (`most` None: any number).

    `negated` is the operator `!`: one word that does not meet the conditions.
    """

    conditions: Mapping[str, Any]
    least: int = 1
    most: int | None = 1
    negated: bool = False


Pattern = tuple[Word, ...]


def read(node: Node, key: str, problems: Problems) -> tuple[Pattern, ...]:
    """The patterns of a list, or the one that stands alone; every fault is added to `problems` at its place."""
    if not isinstance(node, SequenceNode) or not node.items:
        problems.append(node.problem(f"`{key}` must be a list of patterns, each a list of words such as {{LOWER: a}}"))
        return ()
    if all(isinstance(item, MappingNode) for item in node.items):
        return (_pattern(node, problems),)
    made = []
    for item in node.items:
        if isinstance(item, SequenceNode) and item.items:
            made.append(_pattern(item, problems))
        else:
            problems.append(item.problem("a pattern must be a list of words such as `- LOWER: a`"))
    return tuple(made)


def attributes(patterns: Sequence[Pattern]) -> frozenset[str]:
    """The attributes that some patterns name, each by one name."""
    return frozenset(name for found in patterns for word in found for name in word.conditions)


def literals(found: Pattern, forms: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """Texts of which one must occur where a pattern matches; () where none is known.

    `forms` are the forms of a lemma, () where they are not known.
    """
    needs = (need for word in found if word.least and not word.negated for need in _needs(word, forms))
    return required(".*".join(needs)).texts


# -- reading --------------------------------------------------------------------------------------


def _pattern(node: SequenceNode, problems: Problems) -> Pattern:
    made = tuple(word(item, problems) for item in node.items if mapping(item, "patterns", problems))
    if sum(max(word.least, word.most or 0) for word in made) > MAX_WORDS:
        problems.append(node.problem(f"a pattern may ask for {MAX_WORDS} words; lower the counts in `OP`"))
    elif not problems and not any(word.least for word in made):
        problems.append(node.problem("this pattern matches nothing at all: one of its words must stand there"))
    return made


def word(node: Node, problems: Problems) -> Word:
    """One entry of a pattern; every fault is added to `problems` at its place."""
    conditions: dict[str, Any] = {}
    least, most, negated = 1, 1, False
    counts: tuple[int, int | None] = (least, most)
    for key, value in node.pairs if isinstance(node, MappingNode) else ():
        name = key.value.upper()
        if name == "OP":
            counts, negated = _operator(value, problems)
        elif name == "_":
            problems.append(key.problem("`_`: attributes of one's own need a program; there are none in rule files"))
        elif name not in ATTRIBUTES:
            problems.append(key.problem(f"unknown attribute `{key.value}`{nearest(key.value, (*ATTRIBUTES, 'OP'))}"))
        else:
            short = {"TEXT": "ORTH", "IS_SENT_START": "SENT_START"}.get(name, name)
            if short in conditions:
                problems.append(key.problem(f"`{key.value}` stands there twice: write its conditions as one mapping"))
            conditions[short] = _value(value, name, problems)
    return Word(conditions, *counts, negated)


def _operator(node: Node, problems: Problems) -> tuple[tuple[int, int | None], bool]:
    sign = node.value if isinstance(node, Scalar) else ""
    if sign == "!":
        return (1, 1), True
    if sign in _OPERATORS:
        return _OPERATORS[sign], False
    count = _COUNT.fullmatch(sign)
    if count and (count[1] or count[3]):
        least = int(count[1] or 0)
        most = (int(count[3]) if count[3] else None) if count[2] else least
        if most is None or least <= most:
            return (least, most), False
    shown = f"`OP` cannot be {sign!r}" if isinstance(node, Scalar) else f"`OP` cannot be {kind_of(node)}"
    problems.append(node.problem(f"{shown}; write one of 1, ?, *, +, !, {{n}}, {{n,m}}, {{n,}}, {{,m}} in quotes"))
    return (1, 1), False


def _value(node: Node, name: str, problems: Problems) -> Any:
    """The value of an attribute, or its conditions."""
    if name in FLAGS:
        return boolean(node, name, problems)
    if name == "LENGTH":
        return (
            _conditions(node, name, COMPARISONS, _number, problems) if _is_map(node) else _number(node, name, problems)
        )
    if not _is_map(node):
        return pattern(node, name, problems) if isinstance(node, Scalar) else _refused(node, name, problems)
    if name == "ENT_IOB":
        return _refused(node, name, problems)
    return _conditions(node, name, ("REGEX", *FUZZY), pattern, problems)


def _is_map(node: Node) -> bool:
    return isinstance(node, MappingNode)


def _refused(node: Node, name: str, problems: Problems) -> str:
    problems.append(node.problem(f"`{name}` must be a text or, but for ENT_IOB, a mapping such as {{IN: [a, b]}}"))
    return ""


Reader = Callable[[Node, str, Problems], Any]


def _conditions(node: Node, name: str, single: Sequence[str], reader: Reader, problems: Problems) -> dict[str, Any]:
    """The conditions on one attribute: those that take a list, and `single` ones, which take a value."""
    made: dict[str, Any] = {}
    for key, value in node.pairs if isinstance(node, MappingNode) else ():
        condition = key.value.upper()
        if condition in SETS:
            listed = _listed(value, condition, reader, problems)
            made[condition] = listed if name != "LOWER" else [word for one in listed for word in _of_class(one)]
        elif condition not in single:
            problems.append(key.problem(f"unknown `{key.value}` under {name}{nearest(key.value, (*SETS, *single))}"))
        elif isinstance(value, MappingNode):
            made[condition] = _within(value, condition, problems)
        else:
            made[condition] = reader(value, condition, problems)
            if condition == "REGEX":
                _check(value, (made[condition],), problems)
    if isinstance(node, MappingNode) and not node.pairs:
        problems.append(node.problem(f"`{name}` has no condition; known: {', '.join((*SETS, *single))}"))
    return made


def _of_class(name: str) -> Collection[str]:
    """The words of a class of English words, as COUNTABLE; any other text is itself."""
    return sorted(words_of(name)) if name in WORD_CLASSES else (name,)


def _within(node: MappingNode, outer: str, problems: Problems) -> dict[str, Any]:
    """The lists under REGEX or FUZZY: any of these, or none of these."""
    made = {}
    for key, value in node.pairs:
        if outer in COMPARISONS or key.value.upper() not in ("IN", "NOT_IN"):
            problems.append(
                key.problem(f"`{key.value}` cannot stand under {outer}{nearest(key.value, ('IN', 'NOT_IN'))}")
            )
            continue
        made[key.value.upper()] = _listed(value, key.value, pattern, problems)
        if outer == "REGEX":
            _check(value, made[key.value.upper()], problems)
    return made


def _listed(node: Node, key: str, reader: Reader, problems: Problems) -> list[Any]:
    if isinstance(node, SequenceNode):
        return [reader(item, key, problems) for item in node.items]
    problems.append(node.problem(f"`{key}` must be a list, not {kind_of(node)}"))
    return []


def _number(node: Node, key: str, problems: Problems) -> int:
    value = node.value.strip() if isinstance(node, Scalar) else ""
    if re.fullmatch("[0-9]{1,6}", value):
        return int(value)
    problems.append(node.problem(f"`{key}` must be a whole number, not {value!r}"))
    return 0


def _check(node: Node, expressions: Sequence[str], problems: Problems) -> None:
    for expression in expressions:
        try:
            compiled(expression, False)
        except PatternError as error:
            problems.append(node.problem(str(error)))


# -- what a match needs ---------------------------------------------------------------------------


def _needs(word: Word, forms: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    """Regular expressions, of texts alone, that each match where the word stands."""
    for name, value in word.conditions.items():
        if name not in ("ORTH", "LOWER", "LEMMA"):
            continue
        conditions = value if isinstance(value, dict) else {"IN": [value]}
        if "IN" in conditions:
            texts = conditions["IN"] if name != "LEMMA" else _forms(conditions["IN"], forms)
            if texts and not any(_LETTER_OF_TWO in text for text in texts):
                yield f"(?:{'|'.join(map(re.escape, texts))})"
        expression = conditions.get("REGEX")
        if name != "LEMMA" and isinstance(expression, str) and required(expression).understood:
            yield f"(?:{expression})"


def _forms(words: Sequence[str], forms: Callable[[str], tuple[str, ...]]) -> list[str]:
    """The forms of some lemmas; nothing where those of one are not known."""
    found = [forms(word) for word in words]
    return [form for each in found for form in each] if all(found) else []
