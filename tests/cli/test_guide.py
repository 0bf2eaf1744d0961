"""The command `guide`: what it refuses, and whom it speaks to."""

from __future__ import annotations

import pytest

from tests.conftest import Run, Write

RULE = "extends: existence\nmessage: m\ntokens: [soon]\nwhy: \"No time\\e[31m.\"\nbad: ['[[soon]]']\n"
FILES = {
    "cannedkit.yaml": "packs: [House]\nengines: {}\n",
    "rules/House/Soon.yml": RULE,
}


def test_other_peoples_text_starts_nothing(run: Run, write: Write) -> None:
    """What a rule says is printed with its control characters visible, in a page and in a prompt."""
    folder = write(FILES)
    page, lines = (run("guide", "--for", reader, cwd=folder) for reader in ("people", "prompt"))
    assert (page.out, page.code) == (
        "# House\n\n## Change this before it goes out\n\n### Soon\n\nNo time\\x1b\\[31m.\n\n- Not: soon\n",
        0,
    )
    assert lines.out == "- No time\\x1b[31m. Not: soon\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Huose"], "no pack `Huose` in force that reads drafts; did you mean `House`?"),
        (["--tokens", "9"], "add --for prompt"),
        (["--mood", "cross"], "unknown mood 'cross'"),
        (["--channel", "fax"], "unknown channel 'fax'"),
        (["--locale", "x_"], "is not a locale"),
    ],
)
def test_what_cannot_be_is_told(run: Run, write: Write, arguments: list[str], said: str) -> None:
    """A wrong name is an error that tells what there is, and nothing is printed."""
    ran = run("guide", *arguments, cwd=write(FILES))
    assert (said in ran.err, ran.out, ran.code) == (True, "", 2)
