"""A response taken out of use in its file: `status: retired` and `replaced_by`, and not a byte of the file besides."""

from __future__ import annotations

from pathlib import Path

from cannedkit import files
from cannedkit.catalogue.load import named
from cannedkit.model.errors import CatalogueError, Problem, ReplyError
from cannedkit.model.response import Catalogue, Response
from cannedkit.model.settings import Settings
from cannedkit.yamlsource.edit import replace, save
from cannedkit.yamlsource.insert import as_entry, with_entry, with_first
from cannedkit.yamlsource.node import Mapping, Node, Scalar, Source
from cannedkit.yamlsource.read import MAX_BYTES, read


def retire(settings: Settings, catalogue: Catalogue, id: str, replaced_by: str = "") -> Response:
    """The response that was retired, as it was; `replaced_by` "" leaves what its file says of that.

    After each key the file is read again and must differ in that alone; a text alone becomes the `body`. Raises
    ReplyError for a response that is not there or cannot take another's place, CatalogueError or EditRefused where the
    file cannot take the keys, OSError where it cannot be written.
    """
    response = named(catalogue, id)
    successor = _successor(catalogue, response, replaced_by) if replaced_by else ""
    wanted = {"status": "retired", **({"replaced_by": successor} if successor else {})}
    if (response.status, response.replaced_by) == ("retired", successor or response.replaced_by):
        return response
    source = now = _source(response.place.path, settings)
    alone = not isinstance(_entry(source, response)[1], Mapping)  # its text, which becomes its `body`
    for key in wanted if alone else reversed(wanted):
        now = read(source.path, _with(now, response, key, wanted[key], behind=alone).encode())
    try:
        save(Path(source.path), now.text, source.bom, source.text)
    except files.ChangedError as error:
        raise CatalogueError([Problem(source.path, 0, 0, str(error))]) from None
    return response


def linking(catalogue: Catalogue, id: str) -> tuple[Response, ...]:
    """The responses that send their readers to this one."""
    return tuple(response for response in catalogue.responses.values() if response.replaced_by == id)


def _successor(catalogue: Catalogue, response: Response, replaced_by: str) -> str:
    """The id of the response that takes the place of another. Raises ReplyError for one that cannot be sent."""
    found = named(catalogue, replaced_by)
    if found.id == response.id:
        raise ReplyError(f"`{found.id}` cannot take its own place: name another, or leave --replaced-by out")
    if found.status == "retired":
        instead = f": name `{found.replaced_by}`, which takes its place" if found.replaced_by else ": name another"
        raise ReplyError(f"`{found.id}` is retired itself{instead}")
    if found.status:
        raise ReplyError(f"`{found.id}` has status {found.status} and cannot be sent: take its `status` out first")
    return found.id


def _source(path: str, settings: Settings) -> Source:
    try:
        return read(path, files.read(Path(path), MAX_BYTES, settings.root))
    except files.FileError as error:
        raise CatalogueError([Problem(path, 0, 0, str(error))]) from None


def _entry(source: Source, response: Response) -> tuple[Scalar, Node]:
    name = response.id.rpartition("/")[2]
    pairs = source.root.pairs if isinstance(source.root, Mapping) else ()
    for key, node in pairs:
        if key.value == name:
            return key, node
    raise CatalogueError([Problem(source.path, 0, 0, f"`{name}` is there no more")])


def _with(source: Source, response: Response, key: str, value: str, *, behind: bool) -> str:
    """The file's text with a key of a response set: where it stands, else before or `behind` the others."""
    name, node = _entry(source, response)
    if not isinstance(node, Mapping):
        return as_entry(name, node, "body", key, value, isinstance(source.root, Mapping) and source.root.flow)
    there = node.get(key)
    if isinstance(there, Scalar):
        return replace(there, [(0, len(there.value), value)])
    if there is not None:
        raise CatalogueError([there.problem(f"`{key}` is no text: mend it first")])
    return (with_entry if behind else with_first)(node, key, value)
