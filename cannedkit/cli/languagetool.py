"""`cannedkit languagetool`: install, start, look at and stop a LanguageTool server of our own."""

from __future__ import annotations

from pathlib import Path

import click

from cannedkit.cli.ending import Commands
from cannedkit.cli.shared import say, tell

TEXT = "Thank you. I will write again on Monday."
"""Read once in each language, so that the server builds its rules before a draft waits for them."""


@click.group(cls=Commands)
def languagetool() -> None:
    """LanguageTool, the full proofreader: install, start, look at and stop a server of our own."""


@languagetool.command()
@click.option("--language", "languages", multiple=True, metavar="CODE", help="One more language, such as pl.")
def install(languages: tuple[str, ...]) -> None:
    """Fetch LanguageTool into the cache folder, through Maven if it is there. Languages: en nl de es fr ca pt."""
    from cannedkit.engines.languagetool.engine import LANGUAGES
    from cannedkit.engines.languagetool.install import install as fetch
    from cannedkit.model.errors import EngineError
    from cannedkit.text.nearest import nearest

    for language in languages:
        if language not in LANGUAGES:
            raise EngineError(f"LanguageTool has no language `{language}`{nearest(language, LANGUAGES)}")
    folder = fetch(languages, tell)
    say(f"LanguageTool is in {folder}.")


@languagetool.command()
@click.option("--port", type=click.IntRange(1, 65_535), help="Port on this machine; any free one if not given.")
@click.option(
    "--locale", "locales", multiple=True, help="Language to get ready for; those of the settings if not given."
)
def start(port: int | None, locales: tuple[str, ...]) -> None:
    """Start the server, or find the one that runs, and get it ready for the languages of the settings."""
    from cannedkit.engines.languagetool import engine as engine
    from cannedkit.engines.languagetool import server as languagetoolserver
    from cannedkit.model.draft import Draft
    from cannedkit.model.settings import Vocabulary

    server = languagetoolserver.start(port or 0)
    opened = engine.open({"url": server.url}, Vocabulary())
    for locale in locales or _locales():
        if locale.partition("-")[0] in opened.languages:
            opened.check(Draft(TEXT, locale))
    say(f"LanguageTool runs at {server.url} (process {server.pid}).")


@languagetool.command()
def status() -> None:
    """Print where the server is, its version, languages and memory."""
    from cannedkit.engines.languagetool import server as languagetoolserver
    from cannedkit.engines.languagetool.client import Client

    server = languagetoolserver.running()
    if server is None:
        there = "is installed, but does not run" if languagetoolserver.installed() else "is not installed"
        say(f"LanguageTool {there}.")
        return
    client = Client(server.url)
    say(f"LanguageTool {client.version(10)} runs at {server.url} (process {server.pid}).")
    say(f"languages: {' '.join(code for code in client.codes(10) if '-' not in code)}")
    memory = languagetoolserver.memory(server)
    if memory is not None:
        say(f"memory: {memory / 1e6:,.0f} MB of RAM")
    say(f"jars: {server.jars}")
    say(f"log: {languagetoolserver.log()}")


@languagetool.command()
def stop() -> None:
    """Stop the server."""
    from cannedkit.engines.languagetool import server as languagetoolserver

    server = languagetoolserver.stop()
    say(f"Stopped LanguageTool (process {server.pid})." if server else "No LanguageTool of ours is running.")


def _locales() -> tuple[str, ...]:
    """The locales of the nearest cannedkit.yaml, or English."""
    from cannedkit import settings

    path = settings.find(Path())
    return settings.load(path).locales if path else ("en",)
