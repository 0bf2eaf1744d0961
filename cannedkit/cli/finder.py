"""One of many chosen at the terminal: what is typed narrows them at once, arrows move, Enter takes one.

The extra `tui` brings prompt_toolkit, which draws.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import TypeVar

from cannedkit.text.visible import visible

One = TypeVar("One")

MISSING = "a list that narrows as you type needs `pip install 'cannedkit[tui]'`; numbers do without"


def is_there() -> bool:
    """Whether what draws is installed."""
    return find_spec("prompt_toolkit") is not None


def choose(find: Callable[[str], Sequence[One]], shown: Callable[[One], Sequence[str]], words: str) -> One | None:
    """The one that somebody takes, None where they leave; `find` what some words find, `shown` are its lines."""
    from prompt_toolkit import Application
    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.document import Document
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from prompt_toolkit.layout import BufferControl, FormattedTextControl, HSplit, Layout, VSplit, Window

    found: list[One] = list(find(words))
    at = 0

    def narrow(typed: Buffer) -> None:
        nonlocal at
        found[:] = find(typed.text)
        at = 0

    def lines() -> StyleAndTextTuples:
        drawn: StyleAndTextTuples = []
        for number, one in enumerate(found):
            first, *rest = map(visible, shown(one))
            here = number == at
            drawn += [("reverse" if here else "", f"{'>' if here else ' '} {first}\n")]
            drawn += [("", f"    {line}\n") for line in rest if here]
        return drawn or [("", "nothing is found\n")]

    typed = Buffer(document=Document(words), on_text_changed=narrow, multiline=False)
    keys = KeyBindings()

    @keys.add("up")
    @keys.add("c-p")
    def _up(event: KeyPressEvent) -> None:
        nonlocal at
        at = max(0, at - 1)

    @keys.add("down")
    @keys.add("c-n")
    def _down(event: KeyPressEvent) -> None:
        nonlocal at
        at = max(0, min(len(found) - 1, at + 1))

    @keys.add("enter")
    def _take(event: KeyPressEvent) -> None:
        event.app.exit(result=found[at] if found else None)

    @keys.add("escape", eager=True)
    @keys.add("c-c")
    @keys.add("c-d")
    def _leave(event: KeyPressEvent) -> None:
        event.app.exit(result=None)

    line = VSplit([Window(FormattedTextControl("? "), width=2), Window(BufferControl(typed))], height=1)
    page = HSplit([line, Window(FormattedTextControl(lines)), Window(FormattedTextControl(HELP), height=1)])
    app: Application[One | None] = Application(Layout(page), key_bindings=keys, full_screen=True)
    return app.run()


HELP = "type to narrow · ↑ ↓ move · Enter takes · Esc leaves"
"""What the last line says."""
