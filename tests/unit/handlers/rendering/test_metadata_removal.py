"""What is written about a file's owner is gone from it; what is written in it stays."""

import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from handlers.rendering.metadata_removal import NotStripped, strip

OWNER = "Nguyen Thi Lan"


def pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 300)
    writer.add_metadata({"/Author": OWNER, "/Title": OWNER, "/Producer": OWNER})
    told = DecodedStreamObject()
    told.set_data(OWNER.encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(told)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def package(**files: str) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


DOCX = {
    "[Content_Types].xml": "<Types/>",
    "docProps/core.xml": f"<a>{OWNER}</a>",
    "docProps/app.xml": f"<a>{OWNER}</a>",
    "docProps/custom.xml": f"<a>{OWNER}</a>",
    "docProps/thumbnail.jpeg": OWNER,
    "word/document.xml": "<w>what is written in it</w>",
}
ODT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "meta.xml": f"<a>{OWNER}</a>",
    "Thumbnails/thumbnail.png": OWNER,
    "content.xml": "<w>what is written in it</w>",
}


def test_a_pdf_loses_its_author_and_keeps_its_pages() -> None:
    content = pdf()
    assert OWNER.encode() in content
    kept = strip(content, f"{OWNER}.PDF")
    assert kept.ending == ".pdf"
    assert OWNER.encode() not in kept.content
    read = PdfReader(BytesIO(kept.content))
    assert [page.mediabox.height for page in read.pages] == [300]
    assert read.xmp_metadata is None
    assert not {"/Author", "/Title", "/Creator"} & set(read.metadata or {})


@pytest.mark.parametrize("files", [DOCX, ODT])
def test_an_office_document_loses_its_properties_and_keeps_its_words(files: dict[str, str]) -> None:
    kept = strip(package(**files), "thu.docx")
    with zipfile.ZipFile(BytesIO(kept.content)) as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not [name for name, content in found.items() if OWNER in content]
    (words,) = (
        content for name, content in found.items() if "content.xml" in name or "word/" in name
    )
    assert words == "<w>what is written in it</w>"
    assert next(iter(found)) == next(iter(files))


def test_another_archive_stays_as_it_is() -> None:
    content = package(**{"thư.txt": "lời"})
    assert strip(content, "thư.zip").content == content


@pytest.mark.parametrize("content", [b"%PDF-1.7 and no more", b"PK\x03\x04 and no more"])
def test_a_damaged_document_is_not_handed_on(content: bytes) -> None:
    with pytest.raises(NotStripped):
        strip(content, "a")


@pytest.mark.parametrize(
    ("name", "ending"),
    [("Lan.TXT", ".txt"), ("Lan", ""), ("a.b.c", ".c"), ("a.Nguyễn", ""), ("a.nguyenthilan", "")],
)
def test_of_a_files_name_only_its_ending_stays(name: str, ending: str) -> None:
    assert strip(b"words", name).ending == ending
