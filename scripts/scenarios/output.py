"""What others wrote is printed as text: it commands no CI runner, moves no terminal and hides nothing."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping

from scripts.scenarios.run import Place, Ran, Scenario, Tries, sound

_FORMATS = ("line", "json", "github", "vale-json")
_OWN = ("::error file=", "::warning file=", "::notice file=", "::error title=", "::notice title=")


def _harmless(ran: Ran, form: str) -> str:
    """What a run printed that a terminal or a runner could take for more than text."""
    for printed in (ran.out, ran.err):
        for sign in printed:
            if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t":
                return f"U+{ord(sign):04X} is printed"
        if "json" not in form and any(sign in printed for sign in ("\u202e", "\u2066", "##[", "##vso[")):
            return f"a command or a hidden sign is printed: {printed[:200]!r}"
        for line in printed.split("\n"):
            if line.lstrip().startswith("::") and not (form == "github" and line.startswith(_OWN)):
                return f"a line is a command: {line[:80]!r}"
    return sound(ran, None)


_COMMANDS = (
    "\n::error::x",
    "\r::debug::x",
    "##[error]x",
    "##vso[task.complete]",
    "\x1b]0;title\x07",
    "\x1b[2J",
    "\x9b2J",
    "\u202e evil",
)


def in_rules(place: Place) -> Tries:
    """A message, a why and an advice with commands in them are printed as text in each format."""
    for words in _COMMANDS:
        said = json.dumps(f"m {words}")
        rule = f"extends: existence\nmessage: {said}\nlevel: error\ntokens: [awful]\nwhy: {said}\ninstead: {said}\nsource: {said}\n"
        for form in _FORMATS:
            yield _harmless(place.run(place.new({"rules/Own/R.yml": rule}), "lint", "d.txt", "--format", form), form)


def in_names(place: Place) -> Tries:
    """Names of files, folders and replies with commands in them are printed as text in each format."""
    for words in _COMMANDS[:-2]:
        name = f"d{words.replace('/', '')}.txt"
        files = {
            name: "It is awful.\n",
            f"responses/{name[:-4]}.yaml": "b: [It is\n",
            f"rules/Own/{name[:-4]}.yml": "extends: x\n",
        }
        for command in (("lint", name), ("check",)):
            for form in _FORMATS[:3]:
                yield _harmless(place.run(place.new(files), *command, "--format", form), form)


def in_drafts(place: Place) -> Tries:
    """A draft and a body with commands in them are quoted as text in each format."""
    for words in _COMMANDS:
        text = f"It is{words} awful {words} awful\n"
        root = place.new({"d.txt": text, "responses/own.yaml": f"a: {json.dumps(text)}\n"})
        for form in _FORMATS:
            yield _harmless(place.run(root, "lint", "d.txt", "--format", form), form)
            yield _harmless(place.run(root, "check", "--format", form), form)


def in_arguments(place: Place) -> Tries:
    """What a command was asked, and cannot do, is told as text."""
    words = "x\n::error::y\x1b[2J\u202e"
    for command in (
        *(
            ("lint", words),
            ("lint", "--locale", words, "d.txt"),
            ("check", words),
            ("show", words),
            ("rules", "explain", words),
        ),
        *(
            ("rules", "trace", words),
            ("lint", "--channel", words, "d.txt"),
            (words,),
            ("lint", f"--{words}"),
            ("lint", "--vale", words),
        ),
    ):
        yield _harmless(place.run(place.new(), *command), "line")


def in_settings(place: Place) -> Tries:
    """Settings, levels and packs with commands in their names are told as text."""
    words = json.dumps("x\n::error::y\x1b[2J\u202e")
    for key in (
        f"packs: [{words}]",
        f"levels: {{{words}: error}}",
        f"{words}: 1",
        f"locale: {words}",
        f"facts: {words}",
        f"engines: {{{words}: {{}}}}",
    ):
        for form in _FORMATS[:3]:
            yield _harmless(
                place.run(place.new({"cannedkit.yaml": f"{key}\n"}), "lint", "--no-engines", "d.txt", "--format", form),
                form,
            )


def json_says_all(place: Place) -> Tries:
    """JSON gives back each character that was written, and is JSON."""
    for words in (*_COMMANDS, "\x00", "\u2028", "😀\U0010ffff"):
        text = f"It is awful{words}\n"
        rule = "extends: existence\nmessage: m\nlevel: error\nnonword: true\ntokens: ['(?s)awful.*']\n"
        ran = place.run(place.new({"d.txt": text, "rules/Own/R.yml": rule}), "lint", "d.txt", "--format", "json")
        quoted = [one["text"] for one in ran.json.get("findings", ())]
        whole = any(words.rstrip("\n") in one or one in text for one in quoted)
        yield sound(ran, 1) or ("" if whole else f"the text is told as {quoted}")


SCENARIOS: Mapping[str, Scenario] = {
    "commands in rules": in_rules,
    "commands in names of files and replies": in_names,
    "commands in drafts and bodies": in_drafts,
    "commands in arguments": in_arguments,
    "commands in settings": in_settings,
    "control characters in JSON": json_says_all,
}
"""Attack -> what tries it; its docstring says what holds."""
