"""Removes metadata from a file of a stranger, as far as its format allows.

A picture is re-encoded from its pixels. A PDF and an office document lose their properties and keep
their content. Any other file stays unchanged; the member is told so before sending it.
"""

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO

from handlers.recognition.pictures.picture_cleaning import clean
from handlers.recognition.pictures.safe_image import NoPicture
from handlers.rendering.file_form import FileForm, form_of
from handlers.worker_tasks import TaskError

_ENDING = re.compile(r"\.[a-z0-9]{1,5}")
_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_PROPERTIES = {
    # Parts that readers require, without content.
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
    "meta.xml": b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"/>',
}
_DROPPED = ("docProps/thumbnail", "Thumbnails/")


class NotStripped(TaskError):
    """The file is damaged, or rewriting it would exceed a limit."""


@dataclass(frozen=True)
class Stripped:
    """A file without metadata."""

    content: bytes = field(repr=False)
    ending: str
    """File name extension with the dot; may be empty."""
    is_picture: bool = False


def strip(content: bytes, name: str) -> Stripped:
    """The file without metadata. Offload it.

    Raises:
        NotStripped: the format is supported, but this file cannot be rewritten.
    """
    try:
        return Stripped(clean(content).jpeg, ".jpg", is_picture=True)
    except NoPicture:
        pass
    if form_of(content) is not FileForm.OTHER:
        raise NotStripped("a picture that cannot be opened")
    try:
        return Stripped(_rewritten(content), _ending(name))
    except Exception as error:  # noqa: BLE001 - parsers raise any exception
        raise NotStripped(type(error).__name__) from None


def _ending(name: str) -> str:
    extension = _ENDING.fullmatch(name[name.rfind(".") :].lower()) if "." in name else None
    return extension[0] if extension else ""


def _rewritten(content: bytes) -> bytes:
    if _PDF in content[:1024]:
        return _pdf(content)
    if content.startswith(_ZIP):
        return _package(content)
    return content


def _pdf(content: bytes) -> bytes:
    # Imported here, since most workers see no PDF.
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415
    from pypdf.generic import NameObject  # noqa: PLC0415

    reader = PdfReader(BytesIO(content))
    for holder in (reader.root_object, *reader.pages):
        for key in ("/Metadata", "/PieceInfo"):
            holder.pop(NameObject(key), None)
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _package(content: bytes) -> bytes:
    """An office document (OOXML, OpenDocument) with empty properties; any other archive unchanged."""
    written = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        if not {"[Content_Types].xml", "mimetype"} & set(old.namelist()):
            return content
        for entry in old.infolist():
            if entry.filename.startswith(_DROPPED):
                continue
            blank = _PROPERTIES.get(entry.filename)
            # A new header without time and extra fields.
            head = zipfile.ZipInfo(entry.filename)
            head.compress_type = entry.compress_type
            new.writestr(head, old.read(entry) if blank is None else blank)
    return written.getvalue()
