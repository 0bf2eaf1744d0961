"""`cannedkit prove`: whether a text that was sent is an approved reply, and with which values."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cannedkit.cli.shared import FOUND, hand_out, open_kit, say
from cannedkit.text.visible import plain_json

if TYPE_CHECKING:
    from cannedkit.model.approval import Proof


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--subject", help="The subject that it was sent with.")
@click.option("--locale", help="The locale that it was sent in.")
@click.option("--channel", help="The channel that it was sent on.")
@click.option("--format", "format", type=click.Choice(["line", "json"]), default="line", help="How to print.")
def prove(file: Any, subject: str | None, locale: str | None, channel: str | None, format: str) -> None:
    """Say which approved reply a text is that was sent, with which values; exit 1 where it is none. FILE may be -."""
    from cannedkit.model.draft import MAX_DRAFT
    from cannedkit.model.errors import InputError

    data = file.read(4 * MAX_DRAFT + 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file.name} is not UTF-8: byte {error.start + 1} is wrong; save it as UTF-8") from None
    proof = open_kit(Path(), no_engines=True, checks=False).prove(text, subject=subject, locale=locale, channel=channel)
    if format == "json":
        import json

        from cannedkit.wire.proofs import fields

        hand_out(plain_json(json.dumps(fields(proof), ensure_ascii=False, indent=2)) + "\n")
    else:
        for line in _lines(proof):
            say(line)
    sys.exit(0 if proof.proven else FOUND)


def _lines(proof: Proof) -> Iterator[str]:
    if proof.proven and proof.approval:
        yield f"Proven: {proof.wording}, approved by {proof.approval.by} on {proof.approval.day}."
    else:
        yield f"Not proven. {proof.reason}"
    for name, value in proof.values.items():
        yield f"  {name}: {value}"
    for name, texts in proof.ambiguous.items():
        said = ", ".join(repr(text) if text else "missing" for text in texts)
        yield f"  {name} is open: it may have been {said or 'anything'}"
    if proof.others:
        yield f"  The same text: {', '.join(map(str, proof.others))}"
