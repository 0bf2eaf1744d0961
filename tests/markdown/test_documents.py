"""Files that hold a draft: mail and documents of Word become texts, and each finding leads back to its place."""

from __future__ import annotations

import base64
import io
import sys
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import PurePath
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.markdown.documents import formats, word
from cannedkit.markdown.documents.document import Document
from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import DraftError

PLAIN = f"""\
From: Jo <jo@example.org>
Subject: An awful day
Content-Type: text/plain; charset=utf-8

Hi Sam,

It was “awful”.

On Tue, 3 March 2026 at 10:00, Sam
<sam@example.org> wrote:

> It is awful.

An end.
--{" "}
Jo, awful
"""


def _mail(text: str) -> Document:
    return formats.read(PurePath("a.eml"), text.encode())


def _texts(document: Document) -> list[tuple[str, str]]:
    return [(part.part or "body", part.text.strip()) for part in document.parts]


def _told(document: Document, word: str) -> list[str]:
    """The lines of the source in which the parts of a document have a word."""
    found = []
    for part in document.parts:
        if word in part.text:
            at = part.text.index(word)
            one = part.back(Finding(at, at + len(word), "a.b", Level.ERROR))
            assert document.source[one.start : one.end] == word
            found.append(document.source[: one.start].count("\n") + 1)
    return [f"{line}" for line in found]


# -- mail ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_mail_is_its_subject_and_what_its_writer_says(end: str) -> None:
    """Headers, quoted mail with the lines that introduce it, and the signature are no draft; places are the file's."""
    written = PLAIN.replace("\n", end)
    document = _mail(written)
    assert (document.source, document.note, document.written) == (written, "", False)
    subject, body = _texts(document)
    assert subject == ("subject", "An awful day")
    assert body[1].split() == ["Hi", "Sam,", "It", "was", "“awful”.", "An", "end."]
    assert _told(document, "awful") == ["2", "7"]
    assert _told(document, "An end.") == ["14"]


def test_a_line_before_a_quotation_that_introduces_nothing_is_the_draft() -> None:
    """A sentence of the writer's own that ends in a colon stays, for it names neither a date nor an address."""
    document = _mail("Subject: x\n\nYou said:\n\n> It is awful.\n\nSo it is.")
    assert _texts(document)[1][1].split("\n") == ["You said:", "", "", "So it is."]


@pytest.mark.parametrize(
    "line", ["-- ", "--", "-----Original Message-----", "---------- Forwarded message ---------", "_" * 32]
)
def test_what_mail_programs_put_below_a_line_is_no_draft(line: str) -> None:
    """A signature, the message that is answered, and one that is sent on."""
    assert _texts(_mail(f"Subject: x\n\nHi.\n{line}\nIt is awful.\n"))[1:] == [("body", "Hi.")]


def _parts(*parts: tuple[str, str]) -> str:
    written = "".join(f"--b\nContent-Type: {kind}\n\n{text}\n" for kind, text in parts)
    return f'Subject: x\nContent-Type: multipart/mixed; boundary="b"\n\nawful\n{written}--b--\nawful\n'


@pytest.mark.parametrize(
    ("parts", "format", "text"),
    [
        ([("text/html", "<p>awful</p>"), ("text/plain", "Hi.")], "text", "Hi."),
        ([("text/html", "<p>Hi.</p>")], "html", "<p>Hi.</p>"),
        ([("text/plain\nContent-Disposition: attachment", "awful"), ("text/html", "Hi.")], "html", "Hi."),
        ([("image/png", "awful"), ("text/plain", "Hi.")], "text", "Hi."),
        ([("text/plain", "Hi."), ("text/plain", "awful")], "text", "Hi."),
    ],
)
def test_plain_text_comes_before_html(parts: list[tuple[str, str]], format: str, text: str) -> None:
    """The first part of plain text is read, without one the first of HTML; what is attached never is."""
    body = _mail(_parts(*parts)).parts[1]
    assert (body.format, body.text) == (format, text)


def test_parts_stand_in_parts() -> None:
    """The text of a part within a part is found, at its line in the file."""
    inner = _parts(("text/plain", "It is awful.")).replace('"b"', '"c"').replace("--b", "--c")
    kind, _, content = inner.partition("\n")[2].removeprefix("Content-Type: ").partition("\n\n")
    document = _mail(_parts((kind, content), ("text/html", "awful")))
    assert _told(document, "It is awful.") == [f"{document.source.split('It is awful.')[0].count(chr(10)) + 1}"]


def test_an_encoded_message_is_told_as_it_is_read() -> None:
    """Lines are those of the message decoded, its subject on the first, and that is said."""
    body = base64.b64encode("Hi.\n> no\nIt is awful.".encode("utf-16-le")).decode()
    document = _mail(
        "Subject: =?iso-8859-1?Q?caf=E9_awful?=\nContent-Type: text/plain; charset=utf-16-le\n"
        f"Content-Transfer-Encoding: BASE64\n\n{body}\n"
    )
    assert document.source == "café awful\n\nHi.\n> no\nIt is awful."
    assert _told(document, "awful") == ["1", "5"]
    assert "message decoded" in document.note


@pytest.mark.parametrize(("body", "encoded"), [("Plain.", False), ("Caf=C3=A9.", True), ("A long=\n line.", True)])
def test_quoted_printable_that_quotes_nothing_is_the_file(body: str, encoded: bool) -> None:
    """A text that reads as it is written has its places in the file, whatever the headers announce."""
    document = _mail(f"Subject: x\nContent-Transfer-Encoding: quoted-printable\n\n{body}")
    assert bool(document.note) == encoded
    assert document.parts[1].text in ("Plain.", "Café.", "A long line.")


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Subject: x\nContent-Type: image/png\n\nabc", "holds no text"),
        ("Content-Type: text/plain; charset=none-such\n\nabc", "not in none-such"),
        ("Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\nYQ==", "not in utf-16"),
        (
            "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 2,
            "text",
        ),
    ],
)
def test_a_message_that_cannot_be_read(message: str, told: str) -> None:
    """It is an error that says what is wrong."""
    with pytest.raises(DraftError, match=told):
        _mail(message)


def test_parts_in_parts_end() -> None:
    """A message of parts in parts without end is refused."""
    deep = "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(40))
    with pytest.raises(DraftError, match="deep"):
        _mail("Content-Type: multipart/mixed; boundary=b0\n\n" + deep)


_LINES = [
    "Subject: ",
    "Content-Type: multipart/mixed; boundary=b",
    "Content-Type: text/html",
    "--b",
    "--b--",
    "> a",
    "-- ",
    "",
]
_MESSAGES = st.lists(st.sampled_from(_LINES) | st.text(max_size=5), max_size=12).map("\n".join)


@given(_MESSAGES.map(str.encode) | st.binary())
def test_any_bytes_are_mail_or_an_error(data: bytes) -> None:
    """Whatever comes, it is read or refused; the parts of what is read lead back into its source."""
    try:
        document = formats.read(PurePath("a.eml"), data)
    except DraftError:
        return
    for part in document.parts:
        for at, sign in enumerate(part.text):
            one = part.back(Finding(at, at + 1, "a.b", Level.ERROR))
            assert document.source[one.start : one.end] == sign


# -- Word ---------------------------------------------------------------------------------------


def _word(*paragraphs: str, more: str = "") -> bytes:
    made: Any = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return _changed(out.getvalue(), "<w:sectPr", f"{more}<w:sectPr") if more else out.getvalue()


def _changed(data: bytes, old: str, new: str) -> bytes:
    """A document whose own XML is changed as python-docx cannot."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as made:
        for name in archive.namelist():
            content = archive.read(name)
            made.writestr(name, content.replace(old.encode(), new.encode()) if name == "word/document.xml" else content)
    return out.getvalue()


def _runs(*texts: str) -> str:
    return "".join(f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>" for text in texts)


def test_a_line_of_a_document_of_word_is_a_paragraph() -> None:
    """Paragraphs are told by number, empty ones too; where it is linted an empty line parts them."""
    document = formats.read(PurePath("a.DOCX"), _word("Hi Sam,", "", "It is awful."))
    assert document.source == "Hi Sam,\n\nIt is awful."
    assert document.parts[0].text == "Hi Sam,\n\n\n\nIt is awful."
    assert _told(document, "awful") == ["3"]
    assert (document.written, "paragraphs" in document.note) == (False, True)


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (
            f"<w:tbl><w:tr><w:tc><w:p>{_runs('One')}</w:p></w:tc><w:tc><w:p>{_runs('two')}</w:p></w:tc></w:tr></w:tbl>",
            "One\ntwo",
        ),
        (f"<w:sdt><w:sdtContent><w:p>{_runs('One')}</w:p></w:sdtContent></w:sdt>", "One"),
        (
            f"<w:p>{_runs('Now ')}<w:ins>{_runs('in')}</w:ins>"
            "<w:del><w:r><w:delText>out</w:delText></w:r></w:del></w:p>",
            "Now in",
        ),
        (f"<w:p>{_runs('See ')}<w:hyperlink>{_runs('this')}</w:hyperlink></w:p>", "See this"),
        (
            f"<w:p>{_runs('One')}<w:r><w:br/></w:r>{_runs('two')}<w:r><w:tab/></w:r>{_runs('three')}</w:p>",
            "One two\tthree",
        ),
        (f"<w:p>{_runs('Out')}<w:r><w:txbxContent><w:p>{_runs('in')}</w:p></w:txbxContent></w:r></w:p>", "Out\nin"),
    ],
    ids=["a table", "a control", "tracked changes", "a link", "breaks", "a text box"],
)
def test_all_that_a_reader_sees_is_read(xml: str, text: str) -> None:
    """Cells of tables, controls, text boxes and what was put in are read, what was taken out is not."""
    assert formats.read(PurePath("a.docx"), _word(more=xml)).source == text


def _archive(sizes: Iterable[tuple[str, int]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, size in sizes:
            made.writestr(name, bytes(size))
    return out.getvalue()


@pytest.mark.parametrize(
    "sizes",
    [
        [("word/document.xml", word.MAX_PART + 1)],
        [(f"word/media/{n}.png", word.MAX_UNPACKED // 4 + 1) for n in range(4)],
        [(f"{n}", 0) for n in range(word.MAX_FILES + 1)],
    ],
    ids=["one part", "all parts", "many parts"],
)
def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(
    sizes: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the archive says of its sizes is enough to refuse it: not a byte of it is read."""
    data = _archive(sizes)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *given, **more: pytest.fail("was unpacked"))
    with pytest.raises(DraftError, match="is not read: it says that it unpacks to"):
        formats.read(PurePath("a.docx"), data)


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    """No more is read of a part than the archive says, and then it is no document."""
    data = _word("Hi.")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    lying = data.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != data
    with pytest.raises(DraftError, match="cannot be read as a document of Word"):
        formats.read(PurePath("a.docx"), lying)


_DOCUMENT = _word("Hi Sam,", "It is awful.")


@settings(max_examples=30)
@given(st.binary() | st.integers(0, len(_DOCUMENT)).map(lambda cut: _DOCUMENT[:cut] + _DOCUMENT[cut + 3 :]))
def test_any_bytes_are_a_document_of_word_or_an_error(data: bytes) -> None:
    """Whatever comes, it is read or refused."""
    with suppress(DraftError):
        assert formats.read(PurePath("a.docx"), data).parts


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exact command stands in the error."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(DraftError, match=r"pip install 'cannedkit\[docx\]'$"):
        formats.read(PurePath("a.docx"), _DOCUMENT)
