"""Templates of Discourse, as its plugin for templates gives them; it takes none but as topics.

`GET /discourse_templates` answers `{templates: [{id, slug, title, content, tags, usages}]}`; the content is Markdown,
its placeholders are sixteen names in `%{…}`, with a fallback or without (discourse/discourse-templates). Slugs and
usage are named, and left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from cannedkit.exchange.document import listed, lists, text_of, told, with_ids
from cannedkit.exchange.model import KEPT, Ability, Asked, File, Incoming, Record, Text

ABILITY = Ability(
    syntax="discourse", markup="markdown", tags=KEPT, missing="the fallback, else nothing: `Hi ,`", writes=False
)

_LIST = ("templates",)
_PARTS = ("id", "title", "content", "tags")


def is_mine(file: File) -> bool:
    """Whether it lists templates with a content and how often they were used."""
    return lists(file, _LIST, ("title", "content")) and lists(file, _LIST, ("usages",))


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The templates of some answers, in their order."""
    found = listed(files, _LIST, "content", "templates")
    records = [
        Record(
            text_of(one.get("id")),
            (Text(text_of(one["content"]), markup="markdown"),),
            title=text_of(one.get("title")),
            tags=tuple(map(text_of, one["tags"])) if isinstance(one.get("tags"), list) else (),
            aside=told(one, _PARTS),
        )
        for _, one in found.items
    ]
    return Incoming(with_ids(records), found.outcomes)
