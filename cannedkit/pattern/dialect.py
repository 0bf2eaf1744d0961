r"""Vale's regular expressions in the words of the `regex` module.

Vale reads patterns with regexp2 in its RE2 mode: `\w`, `\d` and `\s` are ASCII, `$` is the very end unless `(?m)` is
set, and a flag such as `(?i)` in mid-pattern holds to the end of its group, behind a `|` too. Where `(?x)` is set,
white space and what stands behind `#` are left out. Word boundaries know every letter in both.
"""

from __future__ import annotations

import re

from cannedkit.pattern.characters import caseless

_SPECIAL = re.compile(r"\\[wWdDsSzZx]|\(\?[a-zA-Z-]+[:)]|\(\?#|[\^$\[]")
_FLAGS = re.compile(r"\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])")
_SETS = re.compile(r"\(\?[a-zA-Z-]+\)")
_CODE = re.compile(r"\\x\{([0-9A-Fa-f]{1,6})\}")
_OPEN = re.compile(r"\(\?(?:P?<[A-Za-z_]\w*>|<=|<!|[:=!>])|\(")
_COMMENT = re.compile(r"\(\?#[^)]*\)")
_LEFT_OUT = re.compile(r"\s+|#[^\n]*")
_CLASSES = {
    "w": "a-z0-9A-Z_",
    "d": "0-9",
    "s": r"\t\n\f\r ",
    "W": r"\x00-/:-@\[-\^`{-\U0010ffff",
    "D": r"\x00-/:-\U0010ffff",
    "S": r"\x00-\x08\x0b\x0e-\x1f!-\U0010ffff",
}


def translated(pattern: str, multiline: bool = True, ignorecase: bool = False) -> str:
    """The pattern for `regex.compile(…, regex.MULTILINE)`, with Vale's meaning.

    `multiline`: whether `^` and `$` match at lines where the pattern does not say so itself. `ignorecase`: it will be
    compiled without regard to case. What is not understood is passed on as it is.
    """
    if not _SPECIAL.search(pattern):
        return pattern
    return _Translation(pattern, multiline, ignorecase).result()


def trailing_flags(pattern: str) -> str:
    """The flags that are still set at the end of a pattern, such as `(?i)`: they hold for what is joined behind."""
    if not _SETS.search(pattern):
        return ""
    reading = _Translation(pattern, True)
    reading.result()
    last = reading.flags[0]
    on = "".join(sorted(last & {"i", "s", "x"}))
    off = ("i" if "-i" in last else "") + ("" if "m" in last else "m")
    return f"(?{on}{'-' if off else ''}{off})" if on or off else ""


class _Translation:
    """One reading of a pattern, left to right. `flags` and `opened` have an entry for each group that is open."""

    def __init__(self, pattern: str, multiline: bool, ignorecase: bool = False) -> None:
        self.pattern = pattern
        self.ignorecase = ignorecase
        self.flags: list[frozenset[str]] = [frozenset("m" if multiline else "")]
        self.opened = [0]
        self.out: list[str] = []

    def result(self) -> str:
        at = 0
        while at < len(self.pattern):
            at = self._step(at)
        return "".join(self.out) + ")" * self.opened[0]

    def _step(self, at: int) -> int:
        character = self.pattern[at]
        if "x" in self.flags[-1] and (left_out := _LEFT_OUT.match(self.pattern, at)):
            return left_out.end()
        if character == "\\":
            return self._escape(at)
        if character == "[":
            return self._class(at)
        if character == "(":
            return self._group(at)
        if character == ")" and len(self.flags) > 1:
            self.out.append(")" * (self.opened.pop() + 1))
            self.flags.pop()
        elif character == "|":
            self.out.append(")" * self.opened[-1] + "|")
            self.opened[-1] = 0
            self._reopen()
        else:
            self.out.append(self._sign(character))
        return at + 1

    def _sign(self, character: str) -> str:
        flags = self.flags[-1]
        if character == "^":
            return "^" if "m" in flags else r"\A"
        if character == "$":
            return "$" if "m" in flags else r"\Z"
        return "(?s:.)" if character == "." and "s" in flags else character

    def _escape(self, at: int) -> int:
        if code := _CODE.match(self.pattern, at):
            self.out.append(re.escape(chr(int(code[1], 16))))
            return code.end()
        letter = self.pattern[at + 1 : at + 2]
        plain = {"z": r"\Z", "Z": r"(?=\n?\Z)"}
        known = _CLASSES.get(letter)
        self.out.append(self._cased(f"[{known}]") if known else plain.get(letter, "\\" + letter))
        return at + 2

    def _class(self, at: int) -> int:
        start, before = at + (2 if self.pattern.startswith("[^", at) else 1), len(self.out)
        self.out.append(self.pattern[at:start])
        end = start
        while end < len(self.pattern) and (self.pattern[end] != "]" or end == start):
            end = self._member(end, first=end == start)
        if end < len(self.pattern):
            self.out[before:] = [self._cased("".join((*self.out[before:], "]")))]
        return end + 1

    def _cased(self, characters: str) -> str:
        """A class as it matches in the case that is in force."""
        flags = self.flags[-1]
        return caseless(characters) if "i" in flags or (self.ignorecase and "-i" not in flags) else characters

    def _member(self, at: int, *, first: bool) -> int:
        """One member of a class: signs that mean something to `regex` alone are escaped."""
        if self.pattern.startswith("[:", at) and (end := self.pattern.find(":]", at)) > 0:
            self.out.append(self.pattern[at : end + 2])
            return end + 2
        if code := _CODE.match(self.pattern, at):
            self.out.append(re.escape(chr(int(code[1], 16))))
            return code.end()
        character = self.pattern[at]
        if character == "\\":
            letter = self.pattern[at + 1 : at + 2]
            self.out.append(_CLASSES.get(letter, "\\" + letter))
            return at + 2
        self.out.append("\\" + character if character in "[&|~" or (first and character == "]") else character)
        return at + 1

    def _group(self, at: int) -> int:
        if comment := _COMMENT.match(self.pattern, at):
            return comment.end()
        if (found := _FLAGS.match(self.pattern, at)) and (found[1] or found[2]):
            return self._set(found)
        opening = _OPEN.match(self.pattern, at)
        end = opening.end() if opening else at + 1
        self.out.append(self.pattern[at:end])
        self._push(self.flags[-1])
        return end

    def _set(self, found: re.Match[str]) -> int:
        flags = (self.flags[-1] | set(found[1])) - set(found[2] or "")
        flags = flags - {"-i"} if "i" in found[1] else flags | {"-i"} if "i" in (found[2] or "") else flags
        if found[3] == ":":
            self.out.append("(?:")
            self._push(flags)
        else:
            self.flags[-1] = flags
        self._reopen()
        return found.end()

    def _push(self, flags: frozenset[str]) -> None:
        self.flags.append(flags)
        self.opened.append(0)

    def _reopen(self) -> None:
        """Puts what follows into a group with the case that is in force, where a flag has set it."""
        flags = self.flags[-1]
        outer = self.flags[-2] if len(self.flags) > 1 else frozenset()
        for flag in ("i", "-i"):
            if flag in flags and (flag not in outer or len(self.flags) == 1 or self.opened[-1]):
                self.out.append(f"(?{flag}:")
                self.opened[-1] += 1
