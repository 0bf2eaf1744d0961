"""What a program passes to the library is checked, and what fills a reply stays text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from scripts.scenarios.run import Place, Scenario, Tries, refused

_FILES = {
    "responses/variables.yaml": "name: {}\namount: {type: money}\ncount: {type: number}\nday: {type: date}\n",
    "responses/own.yaml": "a: Hi {{ name }}.\nb: It is {{ amount }}.\nc: There are {{ count }}.\nd: On {{ day }}.\n"
    "m:\n  format: markdown\n  body: Hi **{{ name }}**, see [it](https://a.b/{{ name }}) and `{{ name }}`.\n",
}


def _kit(root: Path) -> Any:
    from cannedkit.kit import Kit

    return Kit.load(root, with_engines=False)


def _cleanly(call: Callable[[], object]) -> str:
    """Nothing where a call returns, or raises an error of cannedkit's with words in it."""
    from cannedkit.model.errors import CannedkitError

    try:
        call()
    except CannedkitError as error:
        return "" if str(error) else f"{type(error).__name__} says nothing"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def numbers_without_end(place: Place) -> Tries:
    """A number that would be written for pages, or is none, is refused with its variable's name."""
    from cannedkit.template.types import Money

    kit = _kit(place.new(_FILES))
    for value in (
        Decimal("1E+1000000"),
        Decimal("1E-1000000"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        10**5_000,
        1e308,
        float("nan"),
        True,
    ):
        yield from map(
            _cleanly,
            (
                lambda value=value: kit.reply("own/c", {"count": value}),
                lambda value=value: kit.reply("own/b", {"amount": value}),
            ),
        )
        if isinstance(value, Decimal):
            yield _refused(lambda value=value: kit.reply("own/b", {"amount": Money(value, "EUR")}), "amount")  # type: ignore[misc]


def _refused(call: Callable[[], object], *words: str) -> str:
    from cannedkit.model.errors import ReplyError

    try:
        return f"it is sent: {str(call())[:80]!r}"
    except ReplyError as error:
        return "" if all(word in str(error) for word in words) else f"it says {error}"


def values_that_are_no_text(place: Place) -> Tries:
    """Control characters, half characters, braces of a template and values that a program spilled are not sent."""
    kit = _kit(place.new(_FILES))
    for value in (
        "\x00",
        "a\x1b[2Jb",
        "\u202eevil",
        "\ud800",
        "{{ name }}",
        "{% if a %}",
        "None",
        "null",
        "undefined",
        " ",
        "",
        "\u200b",
        "x" * 3_000,
    ):
        yield _refused(lambda value=value: kit.reply("own/a", {"name": value}), "name")  # type: ignore[misc]


def markup_in_values(place: Place) -> Tries:
    """A value in a Markdown body is read as the text that it is: no emphasis, link, image, tag or code comes of it."""
    from markdown_it import MarkdownIt

    kit = _kit(place.new(_FILES))
    plain = _shape(MarkdownIt().render(str(kit.reply("own/m", {"name": "Sam"}))))
    for value in (
        "**x**",
        "_x_",
        "<script>x</script>",
        "[a](http://evil)",
        "![a](b)",
        "`x`",
        "](http://evil)",
        "# x",
        "&lt;b&gt;",
        "\\",
        "<!-- x",
        "*",
        "a|b",
        "~~x~~",
        "http://evil",
    ):
        made = MarkdownIt().render(str(kit.reply("own/m", {"name": value})))
        yield "" if _shape(made) == plain else f"{value!r} becomes {made!r}"


def _shape(html: str) -> list[str]:
    import re

    return [tag.partition(" ")[0] for tag in re.findall(r"<[^>]+>", html)]


def arguments_of_other_types(place: Place) -> Tries:
    """An argument of another type, or with no sense, is an error of cannedkit's that says what it takes."""
    kit = _kit(place.new(_FILES))
    odd: tuple[Any, ...] = (None, 5, b"a", ["a"], {"a": 1}, object(), float("nan"), "\ud800", "\x00" * 3)
    for value in odd:
        yield _cleanly(lambda value=value: kit.lint(value))  # type: ignore[misc]
        for key in ("locale", "channel", "mood", "known", "history", "topic", "status"):
            yield _cleanly(lambda value=value, key=key: kit.lint("a", **{key: value}))  # type: ignore[misc]
        for call in (kit.reply, kit.renderings, kit.explain, kit.response, kit.read_by, kit.packs):
            yield _cleanly(lambda value=value, call=call: call(value))  # type: ignore[misc]
        yield _cleanly(lambda value=value: kit.reply("own/a", value))  # type: ignore[misc]
        yield _cleanly(lambda value=value: kit.check(today=value))  # type: ignore[misc]


def dates_and_money(place: Place) -> Tries:
    """Dates and amounts at the ends of what there is are written, or refused with words."""
    from cannedkit.template.types import Money

    kit = _kit(place.new(_FILES))
    calls: Iterator[tuple[str, Mapping[str, object]]] = iter(
        (
            *(("own/d", {"day": value}) for value in (date.min, date.max, "0000-00-00", "2026-02-30", 5)),
            *(("own/b", {"amount": Money(Decimal(5), code)}) for code in ("XXX", "", "€", "EURO", "\n", "eur")),
            *(("own/b", {"amount": text}) for text in ("-5", "€", "5" * 500, "€5.00\n", "5,00,00")),
        )
    )
    for id, given in calls:
        yield _cleanly(lambda id=id, given=given: kit.reply(id, given))  # type: ignore[misc]


def yaml_of_programs(place: Place) -> Tries:
    """YAML makes texts, lists and mappings alone: tags of programs, anchors, merges and duplicate keys are errors."""
    for text in (
        *(
            "a: !!python/object/apply:os.system ['touch pwned']\n",
            "a: !!python/name:os.system\n",
            "!!python/object:a.B {a: b}\n",
        ),
        *(
            "a: &x It is\nb: *x\n",
            "a: {<<: {body: x}}\n",
            "a: x\na: y\n",
            "a: x\n---\nb: y\n",
        ),
    ):
        root = place.new({"responses/b.yaml": text})
        wrong = refused(place.run(root, "check", "--format", "json"), "responses/b.yaml", others=["Own.Awful"])
        yield wrong or ("its command ran" if (root / "pwned").exists() else "")


SCENARIOS: Mapping[str, Scenario] = {
    "numbers without an end": numbers_without_end,
    "values that are no text": values_that_are_no_text,
    "markup in the values of Markdown": markup_in_values,
    "arguments of other types": arguments_of_other_types,
    "dates and amounts at the ends": dates_and_money,
    "YAML of programs": yaml_of_programs,
}
"""Attack -> what tries it; its docstring says what holds."""
