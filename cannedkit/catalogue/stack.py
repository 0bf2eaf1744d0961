"""Several replies as one message: the greeting once, the sign-off once, and nothing else left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass

from cannedkit.catalogue.load import bodies
from cannedkit.model.errors import ReplyError
from cannedkit.model.response import Reply, Response, Stack
from cannedkit.template import render as template
from cannedkit.text.letter import greeting, is_signature, sign_off
from cannedkit.text.segment import Span, paragraphs

_OPENED = re.compile(r"[\s¿¡\"'“‘«(*_]*")
"""What may stand before the first word of a sentence."""

_PLAIN_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?=[\s,.!?:;…]|\Z)")
"""A word that may be given a capital: no address, no number; whether it has one inside is looked at apart."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A reply in four: who writes (`Acme: `), the greeting, what it says, and the sign-off.

    `opened` is what it says with a capital at its start, for where nothing stands before it any more.
    """

    sender: str
    greets: str
    said: str
    signs: str
    opened: str


def common_channel(responses: Sequence[Response], given: str = "") -> str:
    """The channel given, else the first that all of some responses serve. Raises ReplyError where there is none."""
    if not responses:
        raise ReplyError("`ids` is empty: name the responses to join")
    if given:
        return given
    first, *others = responses
    for channel in first.channels:
        if all(channel in other.channels for other in others):
            return channel
    serves = "; ".join(f"`{response.id}` on {', '.join(response.channels)}" for response in responses)
    raise ReplyError(f"no channel sends all of them: {serves}")


def stack(responses: Sequence[Response], replies: Sequence[Reply]) -> Stack:
    """The replies (at least one), each of the response beside it, as one message. Raises ReplyError.

    Who writes and the first greeting stand at the top, the last sign-off at the end; one in the middle moves there.
    Another sender stays where it is. The replies are paragraphs.
    """
    if len({response.format for response in responses}) > 1:
        shown = ", ".join(f"`{response.id}` is {response.format}" for response in responses)
        raise ReplyError(f"text and Markdown cannot be one message: {shown}")
    parts = _parts(responses, replies)
    last = len(parts) - 1
    sender = next((part.sender for part in parts if part.sender), "")
    greeter = next((at for at, part in enumerate(parts) if part.greets), 0)
    signer = next((at for at in range(last, -1, -1) if parts[at].signs), last)
    pieces = [parts[greeter].greets] if greeter else []
    left_out: list[str] = []
    for at, part in enumerate(parts):
        writes = part.sender if part.sender != sender else ""
        greets = part.greets if at == 0 else ""
        moved = at > 0 and not writes and bool(part.greets or part.sender)
        pieces.append(writes + greets + (part.opened if moved else part.said) + (part.signs if at == last else ""))
        left_out += [part.greets] if at not in (0, greeter) else []
        left_out += [part.signs] if at not in (signer, last) else []
    left_out += [sender] * (sum(part.sender == sender for part in parts) - 1)
    pieces += [parts[signer].signs] if signer != last else []
    text = sender + "\n\n".join(filter(None, map(str.strip, pieces)))
    if len(text) > template.MAX_OUTPUT:
        raise ReplyError(f"together they are longer than {template.MAX_OUTPUT:,} characters: send fewer at a time")
    subject = next((reply.subject for reply in replies if reply.subject), None)
    return Stack(text, subject, tuple(replies), tuple(filter(None, map(str.strip, left_out))))


def _parts(responses: Sequence[Response], replies: Sequence[Reply]) -> list[_Part]:
    texts = [_rendered(response, reply) for response, reply in zip(responses, replies, strict=True)]
    languages = [reply.locale.partition("-")[0] for reply in replies]
    opened = [_opened(text, language) for text, language in zip(texts, languages, strict=True)]
    greeted = {
        segment.name
        for text, (sender, end) in zip(texts, opened, strict=True)
        for segment in text.segments
        if segment.filled and sender <= segment.start < end
    }
    closed = [
        _closed(text, language, _signers(response) - greeted, greeted)
        for response, text, language in zip(responses, texts, languages, strict=True)
    ]
    ends = Counter(text.text[slice(*_last(text.text))] for text in texts)
    found = []
    for text, (sender, start), end, language in zip(texts, opened, closed, languages, strict=True):
        left, right = _last(text.text)
        if end == len(text.text) and ends[text.text[left:right]] > 1 and _is_signature(text.text[left:right], language):
            end = left
        end = max(start, end)
        said = text.text[start:end]
        found.append(
            _Part(text.text[:sender], text.text[sender:start], said, text.text[end:], _capital(said, text, start))
        )
    return found


def _rendered(response: Response, reply: Reply) -> template.Rendered:
    """The text of a reply, and where each part of it came from."""
    served = bodies(response, reply.locale, reply.channel)
    body = next(each for each in served if each.variation == reply.variation)
    return template.render(template.parse(body.text.value), reply.values, reply.locale, response.format)


def _opened(text: template.Rendered, language: str) -> tuple[int, int]:
    """Where the sender's name at the start of a text ends, with its colon, and where the greeting behind it does."""
    first = text.segments[0]
    colon = re.compile(r":\s+").match(text.text, first.end)
    sender = colon.end() if colon and first.filled and first.name.startswith("facts.") else 0
    moved = [(left - sender, right - sender) for left, right in text.filled if left >= sender]
    return sender, sender + greeting(text.text[sender:], language, moved)


def _signers(response: Response) -> Set[str]:
    """The placeholders whose values are names of people."""
    return {name for name, variable in response.variables.items() if variable.type == "name"}


def _closed(text: template.Rendered, language: str, signers: Set[str], greeted: Set[str]) -> int:
    """Where the sign-off starts: one that names whoever is greeted is none."""
    filled = [segment for segment in text.segments if segment.filled]
    names = [(segment.start, segment.end) for segment in filled if segment.name in signers]
    start = sign_off(text.text, language, text.filled, names)
    return len(text.text) if any(segment.name in greeted and segment.end > start for segment in filled) else start


def _last(text: str) -> Span:
    """The last paragraph."""
    return next(reversed(paragraphs(text)), (len(text), len(text)))


def _is_signature(paragraph: str, language: str) -> bool:
    return all(is_signature(line, language) for line in paragraph.splitlines())


def _capital(said: str, text: template.Rendered, start: int) -> str:
    """What is said, with a capital at its start unless a value stands there, or a word that is written so."""
    opened = _OPENED.match(said)
    at = opened.end() if opened else 0
    found = _PLAIN_WORD.match(said, at)
    if not found or not found[0].islower() or any(left <= start + at < right for left, right in text.filled):
        return said
    return said[:at] + said[at].upper() + said[at + 1 :]
