"""What was to be filled in and was not: brackets, rows of X, braces that the approved text has not."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BLANK = re.compile(
    r"\{\{[^{}\n]{0,200}\}\}|\{%[^{}\n]{0,200}%\}|(?<![{$\\])\{[^{}\n]{1,60}\}(?!\})"
    r"|(?<![\[\w])\[[^\[\]\n]{1,60}\](?![(\[])|\[\[[^\[\]\n]{1,60}\]\]"
    r"|<(?!(?:/?(?:br|p|b|i|u|a|em|strong|div|span|ul|ol|li|h[1-6]|table|tr|td)\b|https?:|!|\S+@))[^\W\d_][^<>\n]{0,60}>"
    r"|(?<![\w*•/:.-])X{3,}(?:[ -]X{2,})*(?![\w*/:]|[ -]{0,2}\d)|[£€$฿₹#][ ]?X{1,6}(?!\w)"
    r"|(?<!\w)XX?[/.-]XX?(?:[/.-]X+)?(?!\w)"
    r"|(?<!\w)_{3,}(?!\w)"
)


def blanks(draft: str, approved: str) -> Iterator[tuple[int, int]]:
    """The places of a draft that are still to be filled in, in order."""
    for match in _BLANK.finditer(draft):
        if match[0] not in approved:
            yield match.span()
