"""What the schemas of others say of our files: OASIS for XLIFF, Rasa's own, and the keys that espanso documents."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.exchange.desk import desk, give, golden

RESPONSES = {
    "responses/variables.yaml": "customer.first_name: {type: name}\n",
    "responses/a.yaml": """\
refund:
  title: It is on its way
  shortcut: refund
  tags: [money, refund]
  body:
    en-US:
      any: ["Hi {{ customer.first_name }}: <b> & 'so'.", "No"]
      email: {subject: "Yes", body: "1.10"}
    fr: {any: Bonjour {{ customer.first_name }}., email: {subject: Oui, body: "12:30"}}
late: {body: {en-US: It's late., fr: "C'est tard."}}
""".replace("{any: Bonjour {{ customer.first_name }}., email", '{any: "Bonjour {{ customer.first_name }}.", email'),
}


def _written(folder: Path, format: str) -> list[str]:
    """What we write of a catalogue that uses what a format can say, and its golden files."""
    made = give(desk(folder, RESPONSES), format)
    return [*made.files.values(), *(file.text for file in golden(format))]


# -- XLIFF --------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def xliff(pytestconfig: pytest.Config) -> Any:
    """The schema of XLIFF 2.0 by OASIS, as Okapi's library ships it."""
    import xmlschema

    if not shutil.which("mvn"):
        pytest.skip("the schema of XLIFF goes untried: it needs Maven")
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("okapi-lib-xliff2-1.48.0")
    jar = folder / "okapi-lib-xliff2-1.48.0.jar"
    if not jar.exists():
        artifact = "-Dartifact=net.sf.okapi.lib:okapi-lib-xliff2:1.48.0"
        command = ["mvn", "-q", "-B", "dependency:copy", artifact, f"-DoutputDirectory={folder}"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
        if done.returncode or not jar.exists():
            pytest.skip(f"the schema of XLIFF goes untried: Maven cannot fetch Okapi: {done.stdout[-200:]}")
    with zipfile.ZipFile(jar) as packed:
        names = [name for name in packed.namelist() if name.endswith(("xliff_core_2.0.xsd", "/w3c/xml.xsd"))]
        packed.extractall(folder, names)
    return xmlschema.XMLSchema(str(next(folder.rglob("xliff_core_2.0.xsd"))), allow="local")


def test_xliff(xliff: Any, tmp_path: Path) -> None:
    """Our files and the example are as the schema says, which does find fault with a unit without an id."""
    for text in _written(tmp_path, "xliff"):
        assert [error.reason for error in xliff.iter_errors(text)] == []
        assert list(xliff.iter_errors(re.sub(r'(<unit) id="[^"]*"', r"\1", text))) != []


# -- Rasa ---------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def rasa(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The schema of responses in Rasa's own package, as a JSON Schema."""
    folder = tmp_path_factory.mktemp("rasa")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    done = subprocess.run(
        [*command, "--python-version", "3.10", "--dest", str(folder), "rasa==3.6.21"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    if done.returncode:
        pytest.skip(f"the schema of Rasa goes untried: pip cannot download its package: {done.stderr[:200]}")
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as packed:
        text = packed.read("rasa/shared/nlu/training_data/schemas/responses.yml").decode()
    return _as_json_schema(yaml.safe_load(text)["schema;responses"])


def _as_json_schema(rule: Any) -> Any:
    """A rule of pykwalify, as far as Rasa uses them there."""
    if rule["type"] == "map":
        keys = rule.get("mapping", {})
        pattern = {key.removeprefix("regex;"): _as_json_schema(one) for key, one in keys.items() if "regex;" in key}
        named = {key: _as_json_schema(one) for key, one in keys.items() if "regex;" not in key}
        return {"type": "object", "properties": named, "patternProperties": pattern, "additionalProperties": not keys}
    if rule["type"] == "seq":
        return {"type": "array", "items": _as_json_schema(rule["sequence"][0]), "minItems": 1}
    told = {"type": "string"} if rule["type"] == "str" else {}
    return told | ({"enum": rule["enum"]} if "enum" in rule else {})


def test_rasa(rasa: Any, tmp_path: Path) -> None:
    """Every text stays a text for a reader of YAML 1.1, and nothing stands there that Rasa does not know."""
    from jsonschema import Draft202012Validator

    found = Draft202012Validator(rasa)
    for text in give(
        desk(tmp_path, RESPONSES), "rasa"
    ).files.values():  # the example has a `No` that such a reader trips on
        assert [error.message for error in found.iter_errors(yaml.safe_load(text)["responses"])] == []
    wrongs: list[Any] = [{"utter_x": one} for one in ([{"text": False}], [{"txt": "a"}], "a", [])]
    for wrong in wrongs:
        assert list(found.iter_errors(wrong)) != []


# -- espanso ------------------------------------------------------------------------------------

MATCH = {"trigger": str, "triggers": list, "replace": str, "form": str, "label": str, "vars": list}
"""Keys of a match that both its documentation and its schema have and that we write, with the type of their values."""

BESIDE = {"search_terms": list}
"""What its documentation has, and its schema of 2024 lacks."""


def _faults(text: str) -> Iterator[str]:
    """What a match file says that espanso does not document."""
    found = yaml.safe_load(text)
    yield from (f"{key} is no key of a file" for key in found if key not in ("matches", "global_vars", "imports"))
    for match in found["matches"]:
        known = {**MATCH, **BESIDE}
        yield from (f"{key} is unknown" for key in match if key not in known)
        yield from (
            f"{key} is no {one.__name__}" for key, one in known.items() if not isinstance(match.get(key, one()), one)
        )
        if ("trigger" in match) + ("triggers" in match) != 1:
            yield "one of trigger and triggers must stand there"
        if ("replace" in match) + ("form" in match) != 1:
            yield "one of replace and form must stand there"
        if ("[[" in match.get("form", "")) != ("form" in match):
            yield "a form has a field"


def test_espanso(tmp_path: Path) -> None:
    """A file of ours has the documented keys alone, each with a value of its type; the test finds what has others."""
    for text in give(desk(tmp_path, RESPONSES), "espanso").files.values():
        assert [*_faults(text)] == []
    for wrong in (
        "trigger: a",
        "trigger: a, replace: no",
        "trigger: a, replace: b, wrod: true",
        "replace: b",
        "trigger: a, form: b",
    ):
        assert [*_faults(f"matches: [{{{wrong}}}]")] != []
