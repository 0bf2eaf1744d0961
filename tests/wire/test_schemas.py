"""The JSON Schemas of a catalogue's files: they take what the loaders take, and point where those point."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from cannedkit import Kit, kinds
from cannedkit import settings as settingsfile
from cannedkit.cli.schema import KINDS
from cannedkit.model.errors import Problem, RuleError
from cannedkit.model.settings import Settings
from cannedkit.rules.file import read_rule
from cannedkit.wire.schemas import SCHEMAS, schema
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Sequence
from cannedkit.yamlsource.read import read_file
from tests.conftest import Run
from tests.test_keys import ROWS, _written
from tests.wire.badfiles import BAD, DECLARED

pytestmark = pytest.mark.checkout
ROOT = Path(__file__).parents[2]

Path_ = tuple[str | int, ...]


class _Core(yaml.SafeLoader):
    """YAML as editors read it: the core schema of YAML 1.2, in which a date and `no` are texts."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML looks for it here


for _tag, _shape in {
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+",
    "float": r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?",
    "null": r"~|null|Null|NULL|",
}.items():
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_shape})$"), None)


def _faults(name: str, path: Path, declared: Settings | None = None) -> set[Path_]:
    """Where the schema finds fault with a file: the way from its top, down to a key that it does not know."""
    from jsonschema import Draft7Validator

    made = schema(name, declared)
    with path.open(encoding="utf-8") as file:
        data = yaml.load(file, _Core)  # noqa: S506 - a SafeLoader
    return {place for error in Draft7Validator(made).iter_errors(data) for place in _deepest(error)}


def _deepest(error: Any) -> Iterator[Path_]:
    inner = [one for one in error.context or () if one.validator != "type"]
    if error.validator in ("if", "allOf", "anyOf") and inner and any(len(one.path) for one in inner):
        for one in inner:
            yield from _deepest(one)
    elif error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known, shapes = error.schema.get("properties", {}), error.schema.get("patternProperties", {})
        for key in error.instance:
            if key not in known and not any(re.search(shape, key) for shape in shapes):
                yield (*error.absolute_path, key)
    elif error.schema_path and "propertyNames" in error.absolute_schema_path:
        yield (*error.absolute_path, error.instance)
    else:
        yield tuple(error.absolute_path)


# -- what is right ------------------------------------------------------------------------------


def _shipped() -> Iterator[tuple[str, Path]]:
    for catalogue in (ROOT, ROOT / "drafts"):
        for path in sorted((catalogue / "responses").rglob("*.yaml")):
            yield ("variables" if path.name == "variables.yaml" else "responses"), path
        for name, file in (("settings", "cannedkit"), ("facts", "facts"), ("offers", "offers")):
            if (catalogue / f"{file}.yaml").exists():
                yield name, catalogue / f"{file}.yaml"
    for path in sorted((ROOT / "rules").rglob("*.yml")):
        yield "rules", path


def test_shipped_files_are_right() -> None:
    """Every shipped file passes its schema, with the names of its own settings and without."""
    files = list(_shipped())
    assert {name for name, _ in files} == set(SCHEMAS)
    wrong = {}
    for name, path in files:
        own = settingsfile.load(settingsfile.find(path) or path) if name != "rules" else None
        for declared in {id(own): own, id(None): None}.values():
            if faults := _faults(name, path, declared):
                wrong[path] = faults
    assert wrong == {}


REFUSED_LATER = {"engines.context.scorer"}
"""Keys whose proof is a value that the loader takes, an engine refuses, and the schema tells at once."""


@pytest.mark.parametrize("name", ROWS)
def test_what_the_loader_takes_is_right(tmp_path: Path, name: str) -> None:
    """The files that prove each key of the loader pass: a key that is added there is known here."""
    row = ROWS[name]
    sides = {"before": row.before} if name in REFUSED_LATER else {"before": row.before, "after": row.after}
    for side, files in sides.items():
        root = _written(tmp_path / side, files)
        declared = settingsfile.load(root / "cannedkit.yaml")
        for path in root.rglob("*.y*ml"):
            if kind := _name_of(path, declared):
                assert (path, _faults(kind, path, declared)) == (path, set())


def _name_of(path: Path, declared: Settings) -> str:
    """Which schema a file of a catalogue has, "" for a file of another kind."""
    if path.parent.name == "responses":
        return "variables" if path.stem == "variables" else "responses"
    if path.suffix == ".yml":
        return "rules"
    named = re.findall(r"^(facts|offers): (\S+)$", (declared.root / "cannedkit.yaml").read_text(), re.MULTILINE)
    names: dict[str, str] = {"cannedkit.yaml": "settings", **{file: name for name, file in named}}
    return names.get(path.name, "")


def test_schemas_are_schemas() -> None:
    """Each is a JSON Schema of the version that it names, with names and without."""
    from jsonschema import Draft7Validator

    own = settingsfile.load(ROOT / "cannedkit.yaml")
    for name in SCHEMAS:
        for made in (schema(name), schema(name, own)):
            assert made["$schema"] == Draft7Validator.META_SCHEMA["$schema"]
            Draft7Validator.check_schema(made)


def test_each_key_has_a_shape() -> None:
    """No key of the loader is let through without a word on what may stand there."""
    for name in set(SCHEMAS) - {"rules"}:
        assert [way for way, shape in _properties(schema(name)) if not set(shape) - {"description"}] == []
    assert {key for key, shape in schema("rules")["properties"].items() if not shape} == {"tests"}


def _properties(shape: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(shape, dict):
        for key, one in shape.get("properties", {}).items():
            yield key, one
        for one in shape.values():
            yield from _properties(one)
    elif isinstance(shape, list):
        for one in shape:
            yield from _properties(one)


def test_each_kind_says_its_keys() -> None:
    """The schema of rules has the own keys of each kind, as its `read` asks for them."""
    by_kind = {one["if"]["properties"]["extends"]["const"]: one["then"] for one in schema("rules")["allOf"]}
    assert set(by_kind) == set(kinds.KINDS)
    assert {"swap", "exceptions", "pos"} <= set(by_kind["substitution"]["properties"])
    assert "tokens" not in by_kind["substitution"]["properties"]
    assert by_kind["parity"]["properties"].keys() >= {"of", "across", "lacks", "extra"}


# -- what is wrong ------------------------------------------------------------------------------


def _stands(node: Node, way: Path_ = ()) -> Iterator[tuple[tuple[int, int], Path_]]:
    """Line and column of each value and key of a file, and the way to it."""
    yield (node.place_of().line, node.place_of().column), way
    if isinstance(node, MappingNode):
        for key, value in node.pairs:
            yield (key.place_of().line, key.place_of().column), (*way, key.value)
            yield from _stands(value, (*way, key.value))
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            yield from _stands(item, (*way, number))


def _refused(name: str, path: Path, root: Path) -> list[Problem]:
    """What the loader finds wrong with a file."""
    if name == "rules":
        problems: list[Problem] = []
        try:
            read = read_rule(path, path.parent, "", problems, root)
            if read is not None and not problems:
                kinds.read(read[0])
            return problems
        except RuleError as error:
            return list(error.problems)
    kit = Kit.load(root, with_engines=False, forgiving=True)
    found = (*kit.settings.refused, *(kit.readable.refused if name in ("responses", "variables") else ()))
    return [problem for problem in found if Path(problem.path).name == path.name]


FILES = {
    "settings": "cannedkit.yaml",
    "responses": "responses/a.yaml",
    "variables": "responses/variables.yaml",
    "facts": "facts.yaml",
    "offers": "offers.yaml",
    "rules": "rules/Own/Bad.yml",
}


@pytest.mark.parametrize(("name", "text"), BAD)
def test_what_the_loader_refuses_is_wrong_there_too(tmp_path: Path, name: str, text: str) -> None:
    """A bad file is refused by both, and the schema points at no place but the loader's."""
    root = _written(tmp_path, {**DECLARED, FILES[name]: text})
    declared = settingsfile.load(settingsfile.find(root) or root) if name != "settings" else None
    path = root / FILES[name]
    tree = read_file(path, [])
    assert tree is not None
    ways: dict[tuple[int, int], set[Path_]] = {}
    for place, way in _stands(tree):
        ways.setdefault(place, set()).add(way)
    told = [ways[problem.line, problem.column] for problem in _refused(name, path, root)]
    faults = _faults(name, path, declared)
    assert faults
    assert [way for way in faults if not any(way in one for one in told)] == [], told


def test_there_are_sixty_bad_files() -> None:
    """They are sixty, no two alike, and of every kind of file."""
    assert len(set(BAD)) == len(BAD) >= 60
    assert {name for name, _ in BAD} == set(SCHEMAS)


# -- the command --------------------------------------------------------------------------------


def test_the_command_prints_a_schema(run: Run, tmp_path: Path) -> None:
    """It is JSON, with the names that the settings of the folder declare; outside of a catalogue any name will do."""
    assert set(KINDS) == set(SCHEMAS)
    for name in KINDS:
        ran = run("schema", name, cwd=tmp_path)
        assert (ran.code, ran.err, json.loads(ran.out)) == (0, "", schema(name))
    root = _written(tmp_path, DECLARED)
    printed = run("schema", "responses", str(root)).out
    assert '"late"' in printed
    assert run("schema", "responses", str(root), "--output", str(root / "made.json")).out == ""
    assert (root / "made.json").read_text() == printed
    assert run("schema", "replies", cwd=tmp_path).code == 2
