"""Groups of snippets of TextExpander, `.textexpander` files; none is written.

A property list in XML: `{name, snippetPlists: [{abbreviation, plainText, label, uuidString, snippetType}]}`. Types 0
and 1 are text, plain and formatted; 2, 3 and 4 are scripts in AppleScript, shell and JavaScript: refused, never run.
A snippet asks for a value by `%filltext:name=first name:default=there%`; `%|` is where the cursor stands then, `%%` a
percent sign, `%snippet:abc%` another snippet, whose text is put in its place (leingang/te2es). A snippet with another
macro, the time, a key or the clipboard, is refused.
"""

from __future__ import annotations

import plistlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from cannedkit.exchange.document import Data, text_of, with_ids
from cannedkit.exchange.model import KEPT, REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text
from cannedkit.exchange.placeholders import Unsayable
from cannedkit.model.errors import InputError, Problem
from cannedkit.template.render import MAX_BODY

ABILITY = Ability(
    syntax="fill", shortcut=KEPT, missing="the default of its field", extension="textexpander", writes=False
)

MAX_DEPTH = 5
"""How deep snippets may lie in each other; our own choice."""

_SCRIPTS: Mapping[int, str] = {2: "AppleScript", 3: "a shell script", 4: "JavaScript"}
_SNIPPET = re.compile(r"%snippet:([^%]+)%")
_FILL = re.compile(r"%fill(?:text|area|popup):(?P<options>[^%]*)%")
_MACRO = re.compile(
    r"%(?:clipboard|fillpart\b[^%]*%|key:\w+%|delay:[\d.]+%|@[-+\w]*|[-1]?[aAbBdeHIjmMpSyYZ](?![A-Za-z]))"
)
_PERCENT = "\ue003"


def is_mine(file: File) -> bool:
    """Whether it is a property list with snippets."""
    try:
        return "<plist" in file.text[:1000] and isinstance(_group(file).get("snippetPlists"), list)
    except InputError:
        return False


def _group(file: File) -> Data:
    """The group of a file. Raises InputError for what is no property list; entities of XML are none of it."""
    from xml.parsers.expat import ExpatError

    try:
        found = plistlib.loads(file.text.encode("utf-8", "surrogatepass"), fmt=plistlib.FMT_XML)
    except ExpatError as error:
        raise InputError(
            [Problem(file.name, error.lineno, error.offset + 1, f"is no property list: {error}")]
        ) from None
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, OverflowError) as error:
        raise InputError([Problem(file.name, 0, 0, f"is no property list: {error}")]) from None
    return found if isinstance(found, dict) else {}


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The snippets of some groups, in their order; scripts, and what no text of ours can say, are refused."""
    records: list[Record] = []
    outcomes: list[Outcome] = []
    for file in files:
        group = _group(file)
        listed = group.get("snippetPlists")
        if not isinstance(listed, list):
            raise InputError([Problem(file.name, 0, 0, "holds no snippets: give a .textexpander file of a group")])
        snippets = [one for one in listed if isinstance(one, dict)]
        texts = {text_of(one.get("abbreviation")): text_of(one.get("plainText")) for one in snippets if _is_text(one)}
        done: dict[str, str] = {}
        for number, one in enumerate(snippets, start=1):
            id = text_of(one.get("uuidString")) or text_of(one.get("abbreviation")) or f"{file.name} {number}"
            try:
                records.append(_record(id, one, texts, done, text_of(group.get("name"))))
            except Unsayable as error:
                outcomes.append(Outcome(id, REFUSED, "", str(error)))
    return Incoming(with_ids(records), tuple(outcomes))


def _is_text(one: Data) -> bool:
    return one.get("snippetType", 0) in (0, 1)


def _record(id: str, one: Data, texts: Mapping[str, str], done: dict[str, str], group: str) -> Record:
    kind: Any = one.get("snippetType", 0)
    if not _is_text(one):
        raise Unsayable(f"it is {_SCRIPTS.get(kind, f'of type {kind}')}, and no text")
    whole = _included(text_of(one.get("plainText")), texts, done, ())
    aside = ["formatting"] if kind == 1 else []
    aside += ["the place of the cursor"] if "%|" in whole.replace("%%", "") else []
    return Record(
        id,
        (Text(_said(whole)),),
        title=text_of(one.get("label")),
        shortcut=text_of(one.get("abbreviation")),
        folder=(group,) if group else (),
        aside=tuple(aside),
    )


def _included(text: str, texts: Mapping[str, str], done: dict[str, str], within: tuple[str, ...]) -> str:
    """The text with those of the snippets that it names, `done` for those that were seen. Raises Unsayable."""
    made, size, at = [], 0, 0
    for found in _SNIPPET.finditer(text):
        name = found[1]
        if name not in texts:
            raise Unsayable(f"it has the snippet `{name}` in it, which the file does not have")
        if name not in done:
            if name in within or len(within) == MAX_DEPTH:
                raise Unsayable(f"it has the snippet `{name}` in it, and that others, too many to follow")
            done[name] = _included(texts[name], texts, done, (*within, name))
        made += [text[at : found.start()], done[name]]
        size, at = size + len(done[name]), found.end()
        if size > MAX_BODY:
            raise Unsayable(f"with the snippets in it it has more than the {MAX_BODY:,} characters of a body")
    return "".join([*made, text[at:]])


def _said(text: str) -> str:
    """A snippet as a text whose placeholders have a name, and a default or none. Raises Unsayable."""
    text = text.replace("%%", _PERCENT)
    filled = _FILL.sub(_hole, text.replace("%|", "").replace("%<", "").replace("%>", ""))
    if found := _MACRO.search(_FILL.sub("", filled)):
        raise Unsayable(f"it has the macro `{found[0]}`, and no text of ours has that")
    return filled.replace(_PERCENT, "%")


def _hole(found: re.Match[str]) -> str:
    options = [one.partition("=") for one in found["options"].split(":")]
    said = {key: value for key, equals, value in options if equals}
    name = re.sub(r"\W+", "_", said.get("name", "")).strip("_") or "field"
    name = name if re.match("[A-Za-z_]", name) else f"field_{name}"
    default = said.get("default", "").strip()
    return f"%filltext:name={name}:default={default}%" if default else f"%filltext:name={name}%"
