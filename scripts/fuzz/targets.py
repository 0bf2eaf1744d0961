"""The readers of what strangers write, each behind a function that takes one input and raises what it may not raise.

An input is bytes; where a reader takes two files, a line of `%%%` parts them. Readers are called as the program calls
them, and what they say is looked at: a fault without words, a place outside of the text, memory that ran out.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from cannedkit import settings as settingsfile
from cannedkit.catalogue.load import load as load_catalogue
from cannedkit.catalogue.renderings import renderings
from cannedkit.catalogue.reply import Sending, compose
from cannedkit.engines.languagetool.client import Client
from cannedkit.engines.languagetool.connection import Answered
from cannedkit.kit import Kit
from cannedkit.lint import linter as lint
from cannedkit.lint.packs import available, read_pack
from cannedkit.model.approval import Lock
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import CannedkitError, Failure, InputError, Problem, ReplyError
from cannedkit.model.response import Response, Variable
from cannedkit.model.settings import Settings
from cannedkit.pattern import alternation, kept
from cannedkit.pattern.hits import holds_each, located
from cannedkit.pattern.literals import required
from cannedkit.review import review
from cannedkit.rules.levels import applies, level
from cannedkit.template import render as template
from cannedkit.template.types import Money
from cannedkit.template.values import resolve
from cannedkit.trial import selftest
from cannedkit.vale import ini as valeini
from cannedkit.vale import settings as valesettings
from cannedkit.vale.lint import ValeLinter
from cannedkit.wire import jsonl
from cannedkit.words.dictionary import DictionaryError
from cannedkit.words.dictionary import load as load_dictionary
from cannedkit.yamlsource import edit as yamledit
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar
from cannedkit.yamlsource.node import Sequence as SequenceNode
from cannedkit.yamlsource.read import read as read_yaml
from scripts.fuzz import grammars, seeds
from scripts.fuzz.inputs import WORDS, Grammar

TODAY = date(2026, 1, 1)

TEXTS = (
    Draft("Hi Sam,\n\nwe have sent a refund of $5.00 to you. It is awful, awful!", channel="sms", mood="upset"),
    Draft("Uw bestelling 123-456 komt morgen; a b ab aab.", "nl", known=("issue",)),
    Draft("# We Sent It\n\n- a **refund**\n- b `c`\n\n> ไม่เป็นไร NASA", "en-GB", format="markdown", topic="shop/a"),
    Draft("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbb 1111 é"),
)
"""What a rule is run on."""

_EVERY: Mapping[str, str] = {
    "cannedkit.yaml": "locale: en\nlocales: [en, nl]\nchannels: {chat: {}, sms: {max_segments: 2}, email: {}}\n"
    "packs: [Own, Catalogue, Leftover]\nengines: {}\nfacts: facts.yaml\noffers: offers.yaml\n",
    "facts.yaml": "days: 14\nhelp: https://example.org/help\n",
    "offers.yaml": "late: {kind: credit, max: €10.00, condition: over 3 days late}\n",
    "responses/variables.yaml": "customer.first_name: {fallback: there}\nrefund.amount: {type: money}\n"
    "a: {samples: [x, y]}\n",
    "rules/Own/Awful.yml": "extends: existence\nmessage: \"'%s'\"\nlevel: error\ntokens: [awful]\n",
    "rules/own.aff": "SET UTF-8\n",
    "rules/own.dic": "2\nawful\nrefund\n",
    "rules/words.txt": "awful\n",
}  # fmt: skip
"""The catalogue that an input is one file of."""

Run = Callable[[bytes], object]


class Fault(Exception):
    """What a reader said is not what it promises."""


@dataclass(frozen=True)
class Target:
    """A reader: its seeds, its grammar, and what makes its function in a folder of its own.

    The function returns, or raises a CannedkitError or one of `clean`; whatever else it raises is a fault.
    """

    open: Callable[[Path], Run]
    seeds: Callable[[], Sequence[bytes]]
    grammar: Grammar
    clean: tuple[type[Exception], ...] = ()


# -- what is said -------------------------------------------------------------------------------


def heed(said: Iterable[Problem | Failure | Exception | str]) -> None:
    """Raises Fault where what is wrong is told without words, or is that memory ran out."""
    for one in said:
        words = one.message if isinstance(one, Problem) else one.reason if isinstance(one, Failure) else str(one)
        if not words.strip() or "Traceback" in words or "fault of cannedkit" in words:
            raise Fault(f"it says {words!r}")
        if "takes more memory than there is" in words:
            raise Fault(f"memory: {words}")


def _looked(linter: lint.Linter, drafts: Iterable[Draft]) -> None:
    """Raises Fault where a finding does not lie in its draft, or findings are not in order."""
    for draft in drafts:
        findings, failures = linter.results(draft)
        heed(failures)
        _placed(findings, draft.text)


def _placed(findings: Sequence[Finding], text: str) -> None:
    if list(findings) != sorted(set(findings)):
        raise Fault("findings are not sorted and unique")
    for found in findings:
        if not 0 <= found.start <= found.end <= len(text) or not found.rule:
            raise Fault(f"{found} is not in a text of {len(text)} characters")


def _forget() -> None:
    """What is kept of patterns grows with each input of this process, which no run of the program has as many of."""
    kept.made().clear()
    kept.repeated().clear()


# -- files of a catalogue -----------------------------------------------------------------------


def _laid(folder: Path, files: Mapping[str, str] = _EVERY) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _parts(data: bytes, count: int) -> list[bytes]:
    found = data.split(b"%%%\n", count - 1)
    return [*found, *[b""] * (count - len(found))]


def _text(data: bytes) -> str:
    """The text of some bytes, half characters among it, as a caller of the library can give them."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def _catalogue(folder: Path, name: str) -> Run:
    """A file of responses or of variables: read, checked, rendered and replied from."""
    _laid(folder, {**_EVERY, "responses/own.yaml": "a: Hi {{ customer.first_name }}, it is {{ refund.amount }}.\n"})

    kit = Kit.load(folder)
    records = kit._catalogue_linter

    def run(data: bytes) -> None:
        (folder / name).write_bytes(data)
        catalogue = load_catalogue(kit.settings)
        heed(catalogue.refused)
        heed(review.check(kit.settings, catalogue, kit.linter, TODAY, records=records).errors)
        for response in catalogue.responses.values():
            for use in (_rendered, _replied):
                try:
                    use(kit.settings, response)
                except ReplyError as error:
                    heed([error])

    return run


def _rendered(settings: Settings, response: Response) -> None:
    for each in renderings(response, settings):
        if "{{" in each.text and "raw" not in str(response.bodies):
            raise Fault(f"a brace is left in {each.text!r}")


def _replied(settings: Settings, response: Response) -> None:
    for locale in settings.locales:
        compose(
            response,
            settings,
            {"refund.amount": "€5.00", "a": 5},
            lock=Lock(settings.root),
            sending=Sending(response.requires, date(2026, 1, 1)),
            locale=locale,
            fallback_locale=True,
        )


def _rules(folder: Path) -> Run:
    place = _laid(folder) / "rules" / "Own"
    settings = settingsfile.load(folder / "cannedkit.yaml")

    def run(data: bytes) -> None:
        (place / "R.yml").write_bytes(data)
        pack = read_pack(place, forgiving=True)
        heed(pack.refused)
        linter = lint.build(settings, [pack], forgiving=True)
        heed((*linter.refused, *linter.notes))
        _looked(linter, TEXTS)
        if len(linter.checks) > 1 and not linter.refused:
            heed(selftest.test([pack], settings)[0])
        _forget()

    return run


def _settings(folder: Path) -> Run:
    _laid(folder, {**_EVERY, "responses/own.yaml": "a: It is awful.\n"})
    (folder / "link").symlink_to("/etc")

    def run(data: bytes) -> None:
        (folder / "cannedkit.yaml").write_bytes(data)
        kit = Kit.load(folder, with_engines=False, forgiving=True)
        heed((*kit.refused, *kit.settings.untrusted))
        packs = tuple(kit.settings.packs or ("Own",))[:3]
        found = available(replace(kit.settings, packs=packs))
        heed(found.refused)
        level("Own.Awful", None, kit.settings.levels)

    return run


def _facts(folder: Path) -> Run:
    _laid(folder)

    def run(data: bytes) -> None:
        for name, part in zip(("facts.yaml", "offers.yaml"), _parts(data, 2), strict=True):
            (folder / name).write_bytes(part)
        found = settingsfile.load(folder / "cannedkit.yaml")
        heed(found.refused)
        for locale in ("en", "nl-BE"):
            settingsfile.facts_for(found, locale)

    return run


def _levels(folder: Path) -> Run:
    _laid(folder)

    def run(data: bytes) -> None:
        keys, where = _parts(data, 2)
        indented = b"\n".join(b"  " + line for line in keys.splitlines())
        (folder / "cannedkit.yaml").write_bytes(b"packs: [Own]\nengines: {}\nlevels:\n" + indented)
        rule = b"extends: existence\nmessage: m\ntokens: [awful]\nwhere: {" + where + b"}\n"
        (folder / "rules" / "Own" / "R.yml").write_bytes(rule)
        settings = settingsfile.load(folder / "cannedkit.yaml")
        found = available(settings)
        heed((*settings.refused, *found.refused))
        for rule_read in (each for pack in found.packs for each in pack.rules):
            level(rule_read.id, rule_read.level, settings.levels)
            for draft in TEXTS:
                applies(rule_read, draft)

    return run


# -- drafts -------------------------------------------------------------------------------------


def _drafts(folder: Path) -> Run:
    kits = {"rules": Kit.load(folder, with_engines=False), "harper": Kit.load(folder)}
    locales = ("en", "en-GB", "nl", "th", "te", "de", "fr")
    for kit in kits.values():  # what rules and engines take once, no input takes
        for locale in locales:
            kit.lint("The lamp is in York.", locale=locale)

    def run(data: bytes) -> None:
        head, _, body = data.partition(b"\n")
        locale, form, engine, *_ = (*_text(head).split(" "), "", "", "")
        kit = kits.get(engine, kits["rules"])
        with_locale = locale if locale in locales else None
        draft = kit.draft(_text(body), locale=with_locale)
        _looked(kit.linter(draft.locale), [replace(draft, format="markdown" if form == "markdown" else "text")])

    return run


def _lines(folder: Path) -> Run:
    kit = Kit.load(folder, with_engines=False)

    def run(data: bytes) -> None:
        lines = [line for line in data.split(b"\n") if line.strip()]
        told = [jsonl.encoded(each) for each, _ in jsonl.answers(kit, jsonl.batches(io.BytesIO(data)), explain=True)]
        if len(told) != len(lines):
            raise Fault(f"{len(lines)} lines have {len(told)} answers")
        for each in map(json.loads, told):
            heed([each["error"]] if "error" in each else [one["reason"] for one in each.get("errors", ())])

    return run


def _answers(folder: Path) -> Run:
    content = [b""]

    class Server(Client):
        """A client whose server says what stands in `content`."""

        def _exchange(self, line: Any, asked: Any) -> tuple[None, Answered]:
            return None, Answered(200, content[0], False)

    client = Server("http://127.0.0.1:1")
    text = "It is 😀 recieved e\u0301 there."

    def run(data: bytes) -> None:
        content[0] = data
        asks: Sequence[Callable[[], Any]] = (
            partial(client.check, text, "en-GB", 1.0),
            partial(client.codes, 1.0),
            partial(client.version, 1.0),
        )
        for ask in asks:
            try:
                found = ask()
            except CannedkitError as error:
                heed([error])
                continue
            for match in found if ask is asks[0] else ():
                if not 0 <= match.start <= match.end <= len(text):
                    raise Fault(f"{match} is not in the text")

    return run


# -- languages of their own ---------------------------------------------------------------------


def _ini(folder: Path) -> Run:
    _laid(folder / "styles", {name.removeprefix("rules/"): text for name, text in _EVERY.items() if "rules/" in name})
    _laid(folder / "styles/config/vocabularies/Base", {"accept.txt": "Acme\nn[aä]ïve\n", "reject.txt": "awful\n"})
    text = "# It is awful\n\nA **refund**, a `code` and acme.\n"

    def run(data: bytes) -> None:
        linter = ValeLinter(valeini.parsed(_text(data), folder / ".vale.ini"))
        heed((*linter.ini.warnings, *linter.notes))
        for path in ("a.md", "b/c.txt", "d.yaml"):
            linted = linter.lint(text, path)
            heed((*linted.failures, *linted.notes))
        valesettings.settings(linter, folder)
        _forget()

    return run


def _templates(folder: Path) -> Run:
    types = {
        "customer.first_name": "name",
        "refund.amount": "money",
        "order.id": "order-id",
        "a": "text",
        "a.b": "date",
    }
    variables = {name: Variable(name, type, fallback={"": "x"}) for name, type in types.items()}
    facts = {"days": "14", "help": "https://example.org"}

    def run(data: bytes) -> None:
        written_as, given = map(_text, _parts(data, 2))
        body = template.parse(written_as)
        heed(problem.message for problem in template.check(body, variables, facts))
        for samples in template.sample_sets(body, variables, "nl", facts):
            for form in ("text", "markdown"):
                try:
                    _mapped(template.render(body, samples.values, "nl", form), len(written_as))
                except template.TemplateError as error:
                    heed([error])
        values = {name: _value(value) for line in given.splitlines() for name, _, value in [line.partition("=")]}
        _mapped(template.render(body, resolve(body, variables, values, "nl", facts), "nl", "markdown"), len(written_as))

    return run


def _mapped(rendered: template.Rendered, length: int) -> None:
    for start in range(0, len(rendered.text) + 1, max(1, len(rendered.text) // 7)):
        for end in {start, min(start + 3, len(rendered.text)), len(rendered.text)}:
            first, last = rendered.to_body(start, end)
            if not 0 <= first <= last <= length:
                raise Fault(f"{start}:{end} is {first}:{last} of a body of {length} characters")


def _value(written_as: str) -> object:
    kind, _, text = written_as.partition(" ")
    try:
        if kind == "int":
            return int(text[:5_000])
        if kind in ("decimal", "money"):
            amount = Decimal(text)
            return Money(amount, "EUR") if kind == "money" else amount
        if kind == "date":
            return date.fromisoformat(text)
        return {"none": None, "list": [text], "float": 0.5}.get(kind, text)
    except (ValueError, InvalidOperation):
        return text


def _expressions(folder: Path) -> Run:
    place = _laid(folder) / "rules" / "Own"
    settings = replace(settingsfile.load(folder / "cannedkit.yaml"), engines={"harper": {}})
    keys = ("expression", "becomes", "after", "before")

    def run(data: bytes) -> None:
        given = {key: text.strip("\n") for key, text in zip(keys, map(_text, _parts(data, len(keys))), strict=True)}
        rule = {"extends": "weir", "message": "'%s'", **{key: text for key, text in given.items() if text}}
        (place / "R.yml").write_text(json.dumps(rule), encoding="utf-8")
        pack = read_pack(place, forgiving=True)
        heed(pack.refused)
        linter = lint.build(settings, [pack], forgiving=True)
        heed((*linter.refused, *linter.notes))
        _looked(linter, TEXTS[:2])
        _forget()

    return run


def _patterns(folder: Path) -> Run:
    def run(data: bytes) -> None:
        pattern, text = map(_text, _parts(data, 2))
        for ignorecase in (False, True):
            needed = required(pattern)
            alternation.checked(pattern, ignorecase)
            made = alternation.compiled(pattern, ignorecase)
            try:
                found = list(alternation.each(made, text))
                alternation.every(made, text)
                alternation.fits(made, text)
                alternation.substituted(made, lambda match: str(match.group()), text)
                list(alternation.alternation([pattern, "awful"], ignorecase=ignorecase, word=True).find(text, {}))
            except TimeoutError:
                continue
            places = located([needed.marked], text)
            if needed.texts and found and not (places and holds_each(text, needed.also)):
                raise Fault(f"{pattern!r} is said to need {needed.marked} and {needed.also}, and matches {text!r}")
        _forget()

    return run


def _dictionaries(folder: Path) -> Run:
    words = ("walk", "walks", "Walked", "un-walked", "BERLIN", "x-y-z", "a" * 60, "état", "McDONALD", "12a", "-", "ab.")

    def run(data: bytes) -> None:
        for name, part in zip(("a.aff", "a.dic"), _parts(data, 2), strict=True):
            (folder / name).write_bytes(part)
        found = load_dictionary(folder / "a.aff", folder / "a.dic", folder)
        for word in (*words, *list(found.roots)[:5]):
            found.knows(word)

    return run


def _edits(folder: Path) -> Run:
    def run(data: bytes) -> None:
        random = Random(data)  # noqa: S311  # the same edits for the same file
        source = read_yaml("a.yaml", data)
        scalars = list(_scalars(source.root))
        for scalar in random.sample(scalars, min(4, len(scalars))):
            start, end = sorted(random.randint(0, len(scalar.value)) for _ in "ab")
            text = _text(random.choice(WORDS)) * random.choice((0, 1, 1, 2))
            try:
                after = yamledit.replace(scalar, [(start, end, text)])
            except yamledit.EditRefused as error:
                heed([error])
                continue
            values = [one.value for one in _scalars(read_yaml("a.yaml", after.encode()).root)]
            wanted = [one.value for one in scalars]
            wanted[scalars.index(scalar)] = scalar.value[:start] + text + scalar.value[end:]
            if values != wanted:
                raise Fault(f"the edit {start}:{end} {text!r} changed more than its text")

    return run


def _scalars(node: Node | None) -> Iterable[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _scalars(item)
    elif isinstance(node, MappingNode):
        for key, value in node.pairs:
            yield key
            yield from _scalars(value)


TARGETS: Mapping[str, Target] = {
    "responses": Target(partial(_catalogue, name="responses/a.yaml"), seeds.responses, grammars.RESPONSES),
    "variables": Target(partial(_catalogue, name="responses/variables.yaml"), seeds.variables, grammars.VARIABLES),
    "rules": Target(_rules, seeds.rules, grammars.RULES),
    "settings": Target(_settings, seeds.settings, grammars.SETTINGS),
    "facts": Target(_facts, seeds.facts, grammars.FACTS),
    "levels": Target(_levels, seeds.levels, grammars.LEVELS),
    "drafts": Target(_drafts, seeds.drafts, grammars.DRAFTS),
    "lines": Target(_lines, seeds.lines, grammars.LINES),
    "answers": Target(_answers, seeds.answers, grammars.ANSWERS),
    "ini": Target(_ini, seeds.ini, grammars.INI),
    "templates": Target(_templates, seeds.templates, grammars.TEMPLATES, (template.TemplateError,)),
    "expressions": Target(_expressions, seeds.expressions, grammars.EXPRESSIONS),
    "patterns": Target(_patterns, seeds.patterns, grammars.PATTERNS, (alternation.PatternError,)),
    "dictionaries": Target(_dictionaries, seeds.dictionaries, grammars.DICTIONARIES, (DictionaryError,)),
    "edits": Target(_edits, seeds.responses, grammars.EDITS, (InputError,)),
}
"""Name of a reader -> how it is tried."""
