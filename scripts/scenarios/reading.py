"""What a repository names is read inside it alone, if it is a regular file of a fair size."""

from __future__ import annotations

import gzip
import os
from collections.abc import Mapping
from pathlib import Path

from scripts.scenarios.run import SECRET, Place, Scenario, Tries, refused, sound, told

_SPELLING = "extends: spelling\nmessage: \"'%s'?\"\nlevel: error\n"


def links_among_replies(place: Place) -> Tries:
    """An error at the link, nothing of what it leads to is told, the rest is checked."""
    for link in ("responses/b.yaml", "responses/deep/b.yml", "responses/variables.yaml"):
        root = place.new({"responses/deep/c.yaml": "c: Fine.\n"})
        (root / link).symlink_to(place.outside() / "a.yaml")
        yield refused(place.run(root, "check", "--format", "json"), link, "leads out of the folder")


def links_among_rules(place: Place) -> Tries:
    """An error at the link, nothing of what it leads to is told, the other rules look."""
    for link in ("rules/Own/R.yml", "rules/Own/pack.yaml", "rules/Own/deep/R.yml"):
        root = place.new()
        (root / link).parent.mkdir(exist_ok=True)
        (root / link).symlink_to(place.outside() / "R.yml")
        ran = place.run(root, "lint", "d.txt", "--format", "json")
        yield refused(ran, link, "leads out of the folder", others=["Own.Awful"])


def links_for_folders(place: Place) -> Tries:
    """A link in the place of a whole folder, or of the settings, is followed to nothing outside."""
    for link, target in (("responses", "."), ("rules/Out", "."), ("facts.yaml", "facts.yaml")):
        root = place.new(
            {"cannedkit.yaml": "packs: [Own, Out]\nengines: {}\n" + "facts: facts.yaml\n" * (link[0] == "f")}
        )
        if link == "responses":
            (root / "responses/own.yaml").unlink()
            (root / "responses").rmdir()
        (root / link).symlink_to(place.outside() / target)
        yield told(place.run(root, "check"), "leads out of the folder", "must stay inside")


def facts_elsewhere(place: Place) -> Tries:
    """Facts and offers are files beside the settings: a path out of the folder is an error at its place."""
    for key in ("facts", "offers", "catalogue", "rules"):
        for path in (f"{place.outside()}/facts.yaml", "../outside/facts.yaml", "/etc/passwd", "/dev/zero"):
            root = place.new({"cannedkit.yaml": f"packs: [Own]\nengines: {{}}\n{key}: {path}\n"})
            yield told(place.run(root, "check"), "must stay inside")


def word_lists_elsewhere(place: Place) -> Tries:
    """Word lists and dictionaries of a rule lie in its repository; else an error, whether they are there or not."""
    out = place.outside()
    for option in (
        *(f"ignore: [{out}/words.txt]", "ignore: [../../../../../../../../../etc/passwd]", f"ignore: [{out}/none]"),
        *(f"dicpath: {out}", f"dictionaries: [{out}/own]", f"aff: {out}/own.aff\ndic: {out}/own.dic"),
    ):
        root = place.new({"rules/Own/R.yml": f"{_SPELLING}{option}\n", "d.txt": f"It is {SECRET[::-1]} awful.\n"})
        for end in (".aff", ".dic"):
            (root / "rules/config/dictionaries").mkdir(parents=True, exist_ok=True)
            (root / f"rules/config/dictionaries/en_US{end}").write_text("SET UTF-8\n" if end == ".aff" else "1\nIt\n")
        ran = place.run(root, "lint", "d.txt", "--format", "json")
        yield refused(ran, "rules/Own/R.yml", "leads out of the folder", others=["Own.Awful"])


def pipelines_by_path(place: Place) -> Tries:
    """A pipeline that a repository names by a path is not opened without a user's consent; no code of it runs."""
    for path in ("tiny", "./models/tiny", "../outside/tiny", str(place.outside() / "tiny")):
        root = place.new({"cannedkit.yaml": f"packs: [Own]\nengines: {{}}\npipelines: {{en: {path}}}\n"})
        ran_it = root / "ran"
        for folder in (root / "tiny", root / "models/tiny", place.outside() / "tiny"):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "config.cfg").write_text('[nlp]\nlang = "en"\npipeline = ["x"]\n')
            (folder / "__init__.py").write_text(f"open({str(ran_it)!r}, 'w')\n")
        wrong = told(place.run(root, "check"), "left out, for no user has allowed it")
        yield wrong or ("its code ran" if ran_it.exists() else "")


def dictionaries_by_path(place: Place) -> Tries:
    """A dictionary that a repository names by a path is not opened without a user's consent."""
    for path in ("own", "words/own.dic", f"{place.outside()}/own", "../outside/own"):
        files = {"own.aff": "", "own.dic": "1\nx\n", "words/own.aff": "", "words/own.dic": "1\nx\n"}
        settings = f"packs: [Own]\nengines: {{hunspell: {{dictionaries: {{en: {path}}}}}}}\n"
        root = place.new({"cannedkit.yaml": settings, **files})
        yield told(place.run(root, "check"), "left out, for no user has allowed it")


def styles_elsewhere(place: Place) -> Tries:
    """What a .vale.ini names lies in its repository: styles, vocabularies and views elsewhere are not read."""
    out = place.outside()
    (out / "config/vocabularies/V").mkdir(parents=True, exist_ok=True)
    (out / "config/vocabularies/V/accept.txt").write_text(f"{SECRET}(\n")
    (out / "Out").mkdir(exist_ok=True)
    (out / "Out/R.yml").write_text(f"extends: existence\nmessage: {SECRET}\ntokens: [awful]\n")
    for line in (f"StylesPath = {out}", "StylesPath = ../outside", "StylesPath = link", "StylesPath = /proc/self/root"):
        root = place.new({".vale.ini": f"{line}\nVocab = V\n[*]\nBasedOnStyles = Out\n"})
        (root / "link").symlink_to(out)
        yield told(place.run(root, "lint", "--vale", ".vale.ini", "d.txt"))


def special_files(place: Place, make: str) -> Tries:
    """Something that is no regular file."""
    for name in (
        "responses/b.yaml",
        "responses/variables.yaml",
        "rules/Own/R.yml",
        "rules/Own/pack.yaml",
        "facts.yaml",
    ):
        settings = "packs: [Own]\nengines: {}\n" + "facts: facts.yaml\n" * (name == "facts.yaml")
        root = place.new({"cannedkit.yaml": settings})
        path = root / name
        if make == "pipe":
            os.mkfifo(path)
        elif make == "large":
            path.touch()
            os.truncate(path, 10**12)
        else:
            path.symlink_to(make)
        yield told(place.run(root, "check"), Path(name).name, "must stay inside")


def pipes(place: Place) -> Tries:
    """A pipe in the place of a file that nobody writes does not hang: an error."""
    return special_files(place, "pipe")


def devices(place: Place) -> Tries:
    """An endless device in the place of a file fills no memory: an error."""
    for device in ("/dev/zero", "/dev/random", "/dev/stdin"):
        yield from special_files(place, device)


def files_of_proc(place: Place) -> Tries:
    """A file of /proc in the place of one of the repository is an error that tells nothing of it."""
    for path in ("/proc/self/mem", "/proc/self/environ", "/proc/self/maps"):
        yield from special_files(place, path)


def large_files(place: Place) -> Tries:
    """A file of a terabyte is not read: an error."""
    return special_files(place, "large")


def packed_dictionaries(place: Place) -> Tries:
    """A packed dictionary is unpacked as far as a dictionary may be large, and damage to it is told."""
    bombs = (
        *((b"SET UTF-8\n", gzip.compress(bytes(30_000_000))), (gzip.compress(bytes(30_000_000)), b"1\na\n")),
        *((b"SET UTF-8\n", b"\x1f\x8bnot packed at all"), (b"SET UTF-8\n", gzip.compress(b"1\nabc\n" * 99)[:-9])),
    )
    for affix, words in bombs:
        root = place.new({"rules/Own/R.yml": f"{_SPELLING}dictionaries: [bomb]\n"})
        folder = root / "rules/config/dictionaries"
        folder.mkdir(parents=True)
        for end, data in (("aff", affix), ("dic", words)):
            (folder / f"bomb.{end}.gz").write_bytes(data if data[:2] == b"\x1f\x8b" else gzip.compress(data))
        ran = place.run(root, "lint", "d.txt", "--format", "json", most_bytes=300_000_000)
        yield refused(ran, "rules/Own/R.yml", "unpacked", others=["Own.Awful"])


def names_that_no_system_takes(place: Place) -> Tries:
    """A name that is too long, or holds U+0000, is told, or nothing is there of that name."""
    for name in ("n" * 5_000, '"a\\0b"', "n/" * 2_000 + "n"):
        for key in (
            "facts: {}",
            "packs: [{}]",
            "pipelines: {{en: {}}}",
            "engines: {{hunspell: {{dictionaries: {{en: {}}}}}}}",
        ):
            packs = "" if key.startswith("packs") else "packs: [Own]\n"
            root = place.new({"cannedkit.yaml": f"{packs}{key.format(name)}\n"})
            yield sound(place.run(root, "check"), 2)


def drafts_without_end(place: Place) -> Tries:
    """A draft that does not end is given up where it is too long, with little memory."""
    for command in (("/dev/zero",), ("/dev/urandom",), ("--markdown", "/dev/zero")):
        yield told(place.run(place.new(), "lint", *command, most_bytes=300_000_000))


SCENARIOS: Mapping[str, Scenario] = {
    "links among replies": links_among_replies,
    "links among rules": links_among_rules,
    "links in the place of folders and settings": links_for_folders,
    "facts, offers, replies and rules elsewhere": facts_elsewhere,
    "word lists and dictionaries of a rule elsewhere": word_lists_elsewhere,
    "a pipeline by its path": pipelines_by_path,
    "a dictionary by its path": dictionaries_by_path,
    "styles of a .vale.ini elsewhere": styles_elsewhere,
    "pipes": pipes,
    "devices": devices,
    "files of /proc": files_of_proc,
    "a file of a terabyte": large_files,
    "packed dictionaries that grow, or are damaged": packed_dictionaries,
    "names that no file system takes": names_that_no_system_takes,
    "drafts without an end": drafts_without_end,
}
"""Attack -> what tries it; its docstring says what holds."""
