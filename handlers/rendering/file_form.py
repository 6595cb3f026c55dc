"""What a file is by its first bytes; its name and the type that a messenger states may be wrong.

Signatures: https://www.iana.org/assignments/media-types/image and the specifications named there.
"""

from enum import StrEnum

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8")
_OTHER_PICTURES = (
    *(b"II*\x00", b"MM\x00*", b"8BPS", b"%!PS", b"\xff\x0a"),
    *(b"\x00\x00\x00\x0cJXL ", b"\x00\x00\x00\x0cjP  "),
)
"""TIFF and most raw formats, Photoshop, EPS, JPEG XL, JPEG 2000."""
_HEIC_BRANDS = (
    *(b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs"),
    *(b"mif1", b"msf1"),
)
_AVIF_BRANDS = (b"avif", b"avis")
"""HEIF and AVIF use the container of MP4; the brand of a film is another."""
_BMP_HEADERS = {12, 40, 52, 56, 64, 108, 124}
"""Sizes of the second header of a BMP; its signature alone could begin a text."""
_SVG_WITHIN = 1_024


class FileForm(StrEnum):
    """What a file is by its bytes."""

    PICTURE = "picture"
    """A picture of a format that the bot opens (`handlers.recognition.pictures.safe_image`)."""
    HEIC = "heic"
    """A picture as iPhones store it, which the bot does not open."""
    OTHER_PICTURE = "other_picture"
    """A picture of another format that the bot does not open."""
    OTHER = "other"


def form_of(content: bytes) -> FileForm:
    """What these bytes are; nothing is decoded."""
    if content.startswith(_PICTURES) or _is_webp(content) or _is_bmp(content):
        return FileForm.PICTURE
    brand = content[8:12] if content[4:8] == b"ftyp" else b""
    if brand in _HEIC_BRANDS:
        return FileForm.HEIC
    is_other = brand in _AVIF_BRANDS or content.startswith(_OTHER_PICTURES) or _is_svg(content)
    return FileForm.OTHER_PICTURE if is_other else FileForm.OTHER


def _is_webp(content: bytes) -> bool:
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP"


def _is_bmp(content: bytes) -> bool:
    return content.startswith(b"BM") and int.from_bytes(content[14:18], "little") in _BMP_HEADERS


def _is_svg(content: bytes) -> bool:
    head = content[:_SVG_WITHIN].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<svg") or (
        head.startswith((b"<?xml", b"<!DOCTYPE svg", b"<!--")) and b"<svg" in head
    )
