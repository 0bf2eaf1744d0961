"""However a run ends, it says so in a line and a code: no traceback, no answer lost with exit 0."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping

from scripts.scenarios.run import Place, Scenario, Tries, refused, sound, told

_SPELLING = "extends: spelling\nmessage: m\ndictionaries: [own]\nignore: [words.txt]\n"


def little_memory(place: Place) -> Tries:
    """Memory that is not there is a line and exit 2, or an abort of the library that asked for it: never a clean result."""
    files = {f"d{n}.txt": "It is awful. " * 7_000 for n in range(3)}
    for most in (1_000_000, 5_000_000, 20_000_000, 60_000_000):
        for command in (("lint", *files, "--format", "json"), ("check",), ("rules", "list"), ("lint", "--jsonl")):
            ran = place.run(place.new(files), *command, most_bytes=most, stdin=b'{"text": "It is awful."}\n')
            wrong = sound(ran, None) or ("" if ran.out or ran.err else "it said nothing")
            yield "" if "ended by signal 6" in wrong else wrong


def what_nests(place: Place) -> Tries:
    """Brackets, groups and tags by the thousand are a fault at their place; the rest is checked."""
    for file, text in (
        ("rules/Own/R.yml", f"extends: weir\nmessage: m\nexpression: '{'(' * 3_000}a{')' * 3_000}'\n"),
        ("rules/Own/R.yml", f"extends: weir\nmessage: m\nexpression: '{'[a, ' * 3_000}b{']' * 3_000}'\n"),
        ("rules/Own/R.yml", f"extends: existence\nmessage: m\ntokens: ['{'(?:' * 3_000}a{')' * 3_000}']\n"),
        (
            "rules/Own/R.yml",
            f"extends: metric\nmessage: m\nformula: '{'(' * 3_000}words{')' * 3_000}'\ncondition: '> 1'\n",
        ),
        (
            "responses/b.yaml",
            f"a:\n  variables: {{a: {{samples: [x]}}}}\n  body: |\n    {'{% if a %}' * 900}x{'{% endif %}' * 900}\n",
        ),
        ("responses/b.yaml", f"a:\n  x-deep: {'[' * 3_000}{']' * 3_000}\n  body: b\n"),
        ("responses/b.yaml", f"a: {'{a: ' * 30_000}\n"),
    ):
        yield refused(place.run(place.new({file: text}), "check", "--format", "json"), file, others=["Own.Awful"])


def bytes_that_are_no_text(place: Place) -> Tries:
    """A file that is not UTF-8 is told with the byte, wherever it is read; the rest is checked."""
    for bad in (b"caf\xe9\n", b"\xff\xfeh\x00i\x00", b"\x80", b"a: \xed\xa0\x80\n"):
        for file in (
            "responses/b.yaml",
            "rules/Own/R.yml",
            "rules/Own/pack.yaml",
            "cannedkit.yaml",
            "rules/words.txt",
            "d.txt",
        ):
            files: dict[str, str | bytes] = {"e.txt": "It is awful.\n", file: bad}
            if file == "rules/words.txt":
                files["rules/Own/S.yml"] = _SPELLING
                files |= {
                    "rules/config/dictionaries/own.aff": "SET UTF-8\n",
                    "rules/config/dictionaries/own.dic": "1\nIt\n",
                }
            command = ("check",) if file.startswith("responses") else ("lint", "d.txt", "e.txt")
            yield told(place.run(place.new(files), *command, "--format", "json"), "UTF-8")


def closed_streams(place: Place) -> Tries:
    """A standard stream that is closed or full is a line on the other and exit 2; what can be said is said."""
    commands = (
        ("check",),
        ("lint", "d.txt"),
        ("lint", "--jsonl", "l.jsonl"),
        ("rules", "list"),
        ("coverage",),
        ("--help",),
    )
    for command in commands:
        for close in (_closed_output, _full_output, _nobody_reads):
            ran = place.run(place.new({"l.jsonl": '{"text": "It is awful."}\n'}), *command, before=close)
            silent = close is _nobody_reads
            yield sound(ran, 2) or ("" if silent or ran.err.count("\n") == 1 else f"it says {ran.err!r}")
    for command in (("lint", "-"), ("lint", "--jsonl"), ("lint", "--jsonl", "-"), ("lint", "d.txt", "-")):
        yield told(place.run(place.new(), *command, before=_closed_input), "standard input is closed")


def _closed_output() -> None:
    sys.stdout.close()
    os.close(1) if _is_open(1) else None
    sys.stdout = None  # as Python has it where it is closed


def _full_output() -> None:
    os.dup2(os.open("/dev/full", os.O_WRONLY), 1)


def _nobody_reads() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    os.dup2(writer, 1)


def _closed_input() -> None:
    os.close(0)
    sys.stdin = None


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def half_characters(place: Place) -> Tries:
    """Half of a surrogate pair in a line of JSON is refused or given back as it was; the lines around it have answers."""
    good = '{"id": 1, "text": "It is awful."}\n'
    for line in (
        *(
            '{"id": "\\ud800", "text": "It is awful."}',
            '{"text": "\\ud800"}',
            '{"text": "a", "known": ["\\udfff"]}',
            '{"text": "a", "topic": "\\ud800"}',
        ),
        *(
            '{"text": "a", "history": [{"by": "agent", "text": "\\ud800"}]}',
            '{"\\ud800": 1, "text": "a"}',
            '{"text": "a", "mood": "\\ud800"}',
        ),
    ):
        for more in ((), ("--explain",)):
            ran = place.run(place.new(), "lint", "--jsonl", *more, stdin=f"{good}{line}\n{good}".encode())
            answers = [json.loads(one) for one in ran.out.splitlines()]
            whole = len(answers) == 3 and all(answers[n].get("findings") for n in (0, 2))
            yield sound(ran, None) or ("" if whole else f"the answers are {ran.out[:200]!r}")


def lines_that_are_no_drafts(place: Place) -> Tries:
    """A line that is no draft has an answer with its number that says why; the lines around it have theirs."""
    good = b'{"id": 1, "text": "It is awful."}\n'
    for line in (
        *(
            b"{",
            b"[]",
            b"1",
            b'"text"',
            b"null",
            b'{"id": 2}',
            b'{"text": 5}',
            b'{"text": null}',
            b"\xff",
            b"\x00",
            b'{"text": "a", "id": NaN}',
        ),
        *(
            b'{"text": "a", "known": 5}',
            b'{"text": "a", "history": "x"}',
            b'{"text": "a", "locale": "zz-zz-zz"}',
            b'{"text": "a", "channel": []}',
        ),
    ):
        ran = place.run(place.new(), "lint", "--jsonl", stdin=good + line + b"\n" + good)
        answers = [json.loads(one) for one in ran.out.splitlines()]
        whole = len(answers) == 3 and all(answers[n].get("findings") for n in (0, 2)) and "error" in answers[1]
        yield sound(ran, 2) or ("" if whole else f"the answers are {ran.out[:200]!r}")


def whatever_is_raised(place: Place) -> Tries:
    """Memory, depth, a device and a fault of the program itself are one line and exit 2 in each command."""

    def failing(error: Exception) -> Callable[[], None]:
        def before() -> None:
            from cannedkit import kit

            def load(*given: object, **named: object) -> None:
                raise error

            kit.Kit.load = load  # type: ignore[method-assign,assignment]

        return before

    for error in (
        MemoryError(),
        RecursionError(),
        OSError(5, "Input/output error"),
        OSError(28, "No space left on device"),
    ):
        for command in (("check",), ("lint", "d.txt"), ("rules", "list"), ("show", "own/a"), ("coverage",)):
            ran = place.run(place.new(), *command, before=failing(error))
            yield sound(ran, 2) or ("" if ran.err.count("\n") == 1 else f"it says {ran.err!r}")


SCENARIOS: Mapping[str, Scenario] = {
    "little memory": little_memory,
    "what nests by the thousand": what_nests,
    "bytes that are no text": bytes_that_are_no_text,
    "standard streams closed, full, unread": closed_streams,
    "half characters in lines of JSON": half_characters,
    "lines that are no drafts": lines_that_are_no_drafts,
    "whatever is raised": whatever_is_raised,
}
"""Attack -> what tries it; its docstring says what holds."""
