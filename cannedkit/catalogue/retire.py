"""A response taken out of use in its file: `status: retired` and `replaced_by`, and not a byte of the file besides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cannedkit import files
from cannedkit.catalogue.load import named
from cannedkit.model.errors import CatalogueError, InputError, Problem, ReplyError
from cannedkit.model.response import Catalogue, Response
from cannedkit.model.settings import Settings
from cannedkit.yamlsource.edit import replace, save
from cannedkit.yamlsource.node import Mapping, Node, Scalar, Source
from cannedkit.yamlsource.read import MAX_BYTES, read
from cannedkit.yamlsource.scalar import BREAK
from cannedkit.yamlsource.schema import plain


def retire(settings: Settings, catalogue: Catalogue, id: str, replaced_by: str = "") -> Response:
    """The response that was retired, as it was; `replaced_by` "" leaves what its file says of that.

    The file is read again and must differ in those two keys alone. Raises ReplyError for a response that is not there
    or cannot take another's place, CatalogueError or EditRefused where the file cannot take the keys, OSError where it
    cannot be written.
    """
    response = named(catalogue, id)
    successor = _successor(catalogue, response, replaced_by) if replaced_by else ""
    wanted = {"status": "retired", **({"replaced_by": successor} if successor else {})}
    if (response.status, response.replaced_by) == ("retired", successor or response.replaced_by):
        return response
    source = _source(response.place.path, settings)
    text = _edited(source, response, wanted)
    try:
        save(Path(source.path), text, source.bom, source.text)
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


def _with(source: Source, response: Response, key: str, value: str) -> str:
    """The file's text with one key of a response set."""
    name, node = _entry(source, response)
    if not isinstance(node, Mapping):
        mend = f"put its text behind `body:` on a line of its own under `{name.value}:`"
        raise CatalogueError([node.problem(f"`{name.value}` is a text alone and has no keys: {mend}")])
    there = node.get(key)
    if isinstance(there, Scalar):
        return replace(there, [(0, len(there.value), value)])
    if there is not None:
        raise CatalogueError([there.problem(f"`{key}` is no text: mend it first")])
    if node.flow:
        return f"{source.text[: node.start + 1]}{key}: {value}, {source.text[node.start + 1 :]}"
    margin = " " * (source.position(node.start)[1] - 1)
    at = _line_before(source, node, key)
    newline = BREAK.search(source.text)
    return f"{source.text[:at]}{margin}{key}: {value}{newline.group() if newline else chr(10)}{source.text[at:]}"


def _line_before(source: Source, node: Mapping, key: str) -> int:
    """The offset of the line that a new key is put before: the one behind `status`, else the first of the mapping.

    Where `status` is the last one it is that itself: what stands behind it may belong to the next response.
    """
    keys = [each.value for each, _ in node.pairs]
    status = keys.index("status") if key == "replaced_by" and "status" in keys else -1
    start = node.pairs[min(status + 1, len(keys) - 1)][0].start
    return start - source.position(start)[1] + 1


def _edited(source: Source, response: Response, wanted: dict[str, str]) -> str:
    """The file's text with keys of a response set, if it then reads as it did but for those. Raises CatalogueError."""
    name = response.id.rpartition("/")[2]
    before: Any = plain(source.root) if source.root else {}
    text, after = source.text, source.root
    try:
        for key, value in wanted.items():
            text = _with(read(source.path, text.encode()), response, key, value)
        after = read(source.path, text.encode()).root
    except CatalogueError:
        raise
    except InputError:
        after = None
    if after is None or plain(after) != {**before, name: {**before[name], **wanted}}:
        keys = ", ".join(f"{key}: {value}" for key, value in wanted.items())
        message = f"this is written in a way that nothing can be added to; add by hand: {keys}"
        raise CatalogueError([_entry(source, response)[0].problem(message)])
    return text
