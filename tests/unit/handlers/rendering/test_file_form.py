"""A file is what its bytes are, whatever its name says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from handlers.messages import Media, MediaKind
from handlers.recognition.pictures import safe_image
from handlers.rendering.file_form import FileForm, form_of
from tests.support.hostile_files import encoded

SMALL = Image.new("RGB", (8, 8), "red")


@pytest.mark.parametrize("form", safe_image.FORMATS)
def test_the_five_formats_that_are_opened_are_pictures(form: str) -> None:
    assert form_of(encoded(SMALL, form)) is FileForm.PICTURE


@pytest.mark.parametrize("form", ["AVIF", "TIFF", "JPEG2000"])
def test_other_formats_are_pictures_that_are_not_opened(form: str) -> None:
    assert form_of(encoded(SMALL, form)) is FileForm.OTHER_PICTURE


@pytest.mark.parametrize("head", [b"", b'<?xml version="1.0"?>\n', b"\xef\xbb\xbf\n"])
def test_a_drawing_is_another_picture(head: bytes) -> None:
    assert form_of(head + b'<svg xmlns="http://www.w3.org/2000/svg"/>') is FileForm.OTHER_PICTURE


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"hevc", b"mif1", b"msf1"])
def test_what_iphones_store_is_named_apart(brand: bytes) -> None:
    assert form_of(b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1heic") is FileForm.HEIC


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"\0\0\0\x18ftypisom\0\0\x02\0",
        b"RIFF\0\0\0\0WAVEfmt ",
        "BM tuyển dụng: lương cao, việc nhẹ".encode(),
        b'<?xml version="1.0"?><report/>',
    ],
    ids=["nothing", "PDF", "archive", "film", "sound", "text", "XML"],
)
def test_anything_else_is_no_picture(content: bytes) -> None:
    assert form_of(content) is FileForm.OTHER


@given(st.binary(max_size=64))
def test_any_bytes_have_a_form(content: bytes) -> None:
    assert form_of(content) in FileForm


@given(
    st.sampled_from([None, *FileForm]), st.sampled_from(["", "a.jfif", "a.PNG", "a.heic", "a.pdf"])
)
def test_the_name_of_a_document_counts_only_until_it_is_read(
    form: FileForm | None, name: str
) -> None:
    media = Media(MediaKind.DOCUMENT, name=name, form=form)
    read = form or {
        "a.PNG": FileForm.PICTURE,
        "a.heic": FileForm.HEIC,
    }.get(name, FileForm.OTHER)
    assert media.is_picture is (read is FileForm.PICTURE)
    assert media.is_heic is (read is FileForm.HEIC)
    assert media.is_other_picture is (read in {FileForm.HEIC, FileForm.OTHER_PICTURE})
