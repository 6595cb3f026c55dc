"""Strangers' pictures: whatever they are, they are opened small, or not at all."""

import struct
import tracemalloc
from io import BytesIO

import pytest
from PIL import ExifTags, Image, ImageDraw

from handlers.recognition.pictures import safe_image
from handlers.recognition.pictures.picture_cleaning import SIDE, clean
from handlers.recognition.pictures.safe_image import (
    LONGEST_SIDE,
    MOST_BYTES,
    MOST_PIXELS,
    MOST_SCANS,
    MOST_WEBP_BYTES,
    NoPicture,
    open_picture,
)
from tests.support.hostile_files import ATTACKS, encoded, png_head

DAMAGED = {
    "EPS": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9999 9999\n",
    "AVIF": encoded(Image.new("RGB", (64, 64)), "AVIF")[:200],
    "IM": b"Image type: RGB image\r\nImage size (x*y): 64*64\r\n".ljust(511, b"\0") + b"\x1a",
    "BLP": b"BLP2" + struct.pack("<IBBBB", 1, 2, 8, 1, 0) + bytes(8) + bytes(300),
    "TIFF": encoded(Image.new("RGB", (64, 64)), "TIFF"),
    "ICO": encoded(Image.new("RGB", (64, 64)), "ICO"),
    "PPM": b"P6 64 64 255\n",
    "PSD": b"8BPS\x00\x01" + bytes(60),
}


@pytest.mark.parametrize("form", DAMAGED)
def test_only_the_five_formats_of_phones_are_opened(form: str) -> None:
    with pytest.raises(NoPicture):
        open_picture(DAMAGED[form], SIDE)


@pytest.mark.parametrize("form", safe_image.FORMATS)
def test_each_of_the_five_formats_is_opened(form: str) -> None:
    picture = open_picture(encoded(Image.new("RGB", (640, 320), "red"), form), SIDE)
    assert picture.size == (640, 320)
    assert picture.mode == "RGB"
    # A lossy format may miss the colour by a little.
    red, green, blue = (set(band.tobytes()) for band in picture.split())
    assert min(red) > 240
    assert max(green | blue) < 12


@pytest.mark.parametrize("form", safe_image.FORMATS)
def test_a_damaged_file_is_no_picture_wherever_it_is_cut_or_changed(form: str) -> None:
    whole = encoded(Image.effect_noise((80, 60), 60).convert("RGB"), form)
    for at in range(0, len(whole), max(1, len(whole) // 200)):
        changed = bytearray(whole)
        changed[at] ^= 0xFF
        for content in (whole[:at], bytes(changed)):
            try:
                picture = open_picture(content, SIDE)
            except NoPicture:
                continue
            assert picture.mode == "RGB"


@pytest.mark.parametrize(("more", "is_opened"), [(0, True), (1, False)])
def test_pixels_are_counted(more: int, *, is_opened: bool) -> None:
    content = encoded(Image.new("1", (MOST_PIXELS // 10_000 + more, 10_000)), "PNG")
    if is_opened:
        assert max(open_picture(content, SIDE).size) < 2 * SIDE
    else:
        with pytest.raises(NoPicture):
            open_picture(content, SIDE)


@pytest.mark.parametrize(("more", "is_opened"), [(0, True), (1, False)])
def test_the_longest_side_is_limited(more: int, *, is_opened: bool) -> None:
    content = encoded(Image.new("L", (LONGEST_SIDE + more, 3)), "PNG")
    if is_opened:
        assert open_picture(content, SIDE).height == 1
    else:
        with pytest.raises(NoPicture):
            open_picture(content, SIDE)


@pytest.mark.parametrize(("more", "is_opened"), [(0, True), (1, False)])
def test_what_decoding_takes_is_limited(more: int, *, is_opened: bool) -> None:
    content = encoded(Image.new("RGBA", (MOST_BYTES // 4 // 5000 + more, 5000)), "PNG")
    if is_opened:
        assert open_picture(content, SIDE).width <= 2 * SIDE
    else:
        with pytest.raises(NoPicture):
            open_picture(content, SIDE)


@pytest.mark.parametrize(("more", "is_opened"), [(0, True), (1, False)])
def test_a_picture_of_a_phones_camera_is_opened_as_webp(more: int, *, is_opened: bool) -> None:
    width = MOST_WEBP_BYTES // 16 // 3125 + more
    content = encoded(Image.new("RGB", (width, 3125), "red"), "WEBP", quality=1, method=0)
    assert width * 3125 >= 4032 * 3024
    if is_opened:
        assert max(open_picture(content, SIDE).size) <= 2 * SIDE
    else:
        with pytest.raises(NoPicture):
            open_picture(content, SIDE)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "BMP", "GIF"])
def test_bytes_that_begin_a_scan_in_a_jpeg_are_data_in_other_formats(form: str) -> None:
    content = encoded(Image.new("RGB", (64, 64)), form) + b"\xff\xda" * (MOST_SCANS + 1)
    assert open_picture(content, SIDE).size == (64, 64)


def test_nothing_is_decoded_before_its_size_is_known() -> None:
    tracemalloc.start()
    try:
        with pytest.raises(NoPicture, match="too many"):
            open_picture(png_head(9_000, 9_000), SIDE)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_made_small_or_refused(name: str) -> None:
    content = ATTACKS[name]()
    try:
        picture = clean(content)
    except NoPicture:
        return
    assert max(Image.open(BytesIO(picture.jpeg)).size) <= SIDE


@pytest.mark.parametrize("mode", ["P", "RGBA", "LA"])
def test_what_is_transparent_is_shown_as_on_a_page(mode: str) -> None:
    layer = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    ImageDraw.Draw(layer).rectangle(
        (0, 0, 19, 39), fill=(255, 255, 255, 255) if mode == "LA" else "red"
    )
    picture = open_picture(encoded(layer.convert(mode), "PNG"), SIDE)
    assert picture.getpixel((30, 20)) == (255, 255, 255)
    assert picture.getpixel((10, 20)) == ((255, 255, 255) if mode == "LA" else (255, 0, 0))


def test_sixteen_bits_of_grey_are_seen_as_eight() -> None:
    picture = open_picture(encoded(Image.new("I;16", (40, 40), 0x8000), "PNG"), SIDE)
    assert picture.getpixel((1, 1)) == (128, 128, 128)


def test_a_large_picture_made_small_strip_by_strip_has_no_seams() -> None:
    plain = Image.new("RGB", (5000, 3000), (40, 120, 200))
    picture = open_picture(encoded(plain, "PNG"), SIDE)
    assert picture.size == (1667, 1000)
    assert picture.getcolors(10) == [(1667 * 1000, (40, 120, 200))]


def test_a_picture_that_lies_on_its_side_is_opened_upright() -> None:
    written = Image.Exif()
    written[ExifTags.Base.Orientation] = 6
    for form in ("JPEG", "PNG", "WEBP"):
        content = encoded(Image.new("RGB", (2000, 1000)), form, exif=written)
        assert open_picture(content, SIDE).size == (1000, 2000)


def test_only_pixels_are_kept() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Nguyen Thi Lan"
    for form in ("JPEG", "PNG", "WEBP"):
        given = Image.new("RGB", (64, 64))
        content = encoded(given, form, exif=exif, icc_profile=b"Nguyen Thi Lan", comment=b"Lan")
        assert b"Nguyen Thi Lan" in content
        kept = clean(content).jpeg
        assert b"Lan" not in kept
        assert not {"exif", "icc_profile", "comment"} & set(Image.open(BytesIO(kept)).info)


def test_a_picture_whose_exif_is_damaged_is_opened_all_the_same() -> None:
    content = encoded(Image.new("RGB", (64, 64)), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    assert open_picture(content, SIDE).size == (64, 64)


@pytest.mark.parametrize(("more", "opens"), [(0, True), (MOST_SCANS + 1, False)])
def test_a_picture_that_is_decoded_again_and_again_is_none(more: int, *, opens: bool) -> None:
    buffer = BytesIO()
    Image.new("RGB", (64, 64)).save(buffer, "JPEG", progressive=True)
    content = buffer.getvalue()
    last = content.rindex(b"\xff\xda")
    scan = content[last:-2]
    attack = content[:-2] + scan * more + content[-2:]
    try:
        open_picture(attack, 64)
    except NoPicture:
        assert not opens
    else:
        assert opens
