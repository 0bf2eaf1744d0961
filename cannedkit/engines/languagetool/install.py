"""LanguageTool's jars, fetched into the user's cache folder: through Maven, or as a zip by language-tool-python."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from importlib import resources
from pathlib import Path

from cannedkit.engines.languagetool import server
from cannedkit.model.errors import EngineError

LANGUAGES = ("en", "nl", "de", "es", "fr", "ca", "pt")
"""What is installed in any case. The server's language detector does not start without es, ca and pt."""

_LANGUAGE = """    <dependency>
      <groupId>org.languagetool</groupId>
      <artifactId>language-{}</artifactId>
      <version>${{languagetool.version}}</version>
    </dependency>
"""


def install(languages: Iterable[str] = (), say: Callable[[str], object] = lambda line: None) -> Path:
    """Fetch the jars, with `languages` beside those in LANGUAGES; the folder they are in.

    A set that is there is replaced as a whole, and a server that runs from it is stopped. `say` is told what is going
    on. Raises EngineError where the jars are not to be had; what was there then stays.
    """
    maven = shutil.which("mvn")
    target = server.jars()
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="install-", dir=target.parent) as folder:
            if maven:
                say("Fetching LanguageTool through Maven (about 160 MB, once).")
                made = _by_maven(maven, Path(folder), sorted({*LANGUAGES, *languages}))
            else:
                say("There is no Maven, so language-tool-python fetches LanguageTool (about 250 MB, once).")
                made = _as_zip(Path(folder))
            server.stop()
            if os.path.exists(target):
                target.rename(Path(folder) / "before")
            made.rename(target)
    except OSError as error:
        raise EngineError(f"languagetool cannot be installed in {target.parent}: {error.strerror or error}") from None
    return target


def _by_maven(maven: str, folder: Path, languages: list[str]) -> Path:
    pom = resources.files(__package__).joinpath("pom.xml").read_text("utf-8")
    wanted = "".join(map(_LANGUAGE.format, languages))
    (folder / "pom.xml").write_text(pom.replace("    <!-- languages -->\n", wanted), "utf-8")
    made = folder / "made"
    command = [maven, "-B", "-ntp", "-q", "dependency:copy-dependencies", f"-DoutputDirectory={made / 'libs'}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode or not any(made.glob("libs/languagetool-server*.jar")):
        lines = [line for line in (done.stdout + done.stderr).splitlines() if "ERROR" in line]
        said = lines[0].partition("]")[2].strip() if lines else done.stderr.strip()[-200:]
        raise EngineError(f"Maven could not fetch languagetool: {said[:400] or 'it said nothing'}")
    return made


def _as_zip(folder: Path) -> Path:
    """Let language-tool-python (GPL, so imported here alone) fetch and check the zip of the same version."""
    before = os.environ.get("LTP_PATH")
    os.environ["LTP_PATH"] = str(folder)
    try:
        from language_tool_python.download_lt import LocalLanguageTool

        LocalLanguageTool.from_version_name(server.VERSION).download()
    except Exception as error:  # it lets those of requests, zipfile and its own pass
        raise EngineError(
            f"language-tool-python could not fetch languagetool ({error}): install Maven and try again, "
            "or name a server that runs: `engines: {languagetool: {url: …}}`"
        ) from None
    finally:
        if before is None:
            del os.environ["LTP_PATH"]
        else:
            os.environ["LTP_PATH"] = before
    made = folder / server.jars().name
    if not any(made.glob("languagetool-server*.jar")):
        raise EngineError(f"language-tool-python fetched no jars: {made.name} is not as expected")
    return made
