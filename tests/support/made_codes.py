"""Pictures with QR codes, and payment codes, made for tests."""

from collections.abc import Sequence
from io import BytesIO

import segno
from PIL import Image

from handlers.recognition.pictures.payment_code import checksum_of

GAP = 40
"""Pixels around each code on a page."""


def qr(
    content: str | bytes, *, scale: int = 4, error: str = "m", dark: str = "black"
) -> Image.Image:
    """A QR code as a picture."""
    written = BytesIO()
    made = segno.make_qr(content, error=error)
    made.save(written, kind="png", scale=scale, border=4, dark=dark)
    return Image.open(written).convert("RGB")


def page_of(codes: Sequence[Image.Image], *, width: int = 1200) -> Image.Image:
    """A white page with these codes, in lines from left to right."""
    places, left, top, line = [], GAP, GAP, 0
    for code in codes:
        if left + code.width + GAP > width:
            left, top, line = GAP, top + line + GAP, 0
        places.append((left, top))
        left, line = left + code.width + GAP, max(line, code.height)
    page = Image.new("RGB", (width, top + line + GAP), "white")
    for code, place in zip(codes, places, strict=True):
        page.paste(code, place)
    return page


def picture_with(*contents: str | bytes, form: str = "PNG", **more: object) -> bytes:
    """The file of a page with a code of each of these contents."""
    written = BytesIO()
    page_of([qr(content) for content in contents]).save(written, form, **more)
    return written.getvalue()


def tlv(tag: str, value: str) -> str:
    """One object of a payment code."""
    return f"{tag}{len(value):02d}{value}"


def payment(
    bank: str = "970436", account: str = "0123456789", *, service: str = "QRIBFTTA", **more: str
) -> str:
    """The content of a VietQR code; `more` are further objects of the root, `t54="500000"`."""
    payee = tlv("00", bank) + tlv("01", account)
    napas = tlv("00", "A000000727") + tlv("01", payee) + tlv("02", service)
    objects = "".join(tlv(tag[1:], value) for tag, value in more.items())
    body = f"000201{tlv('01', '11')}{tlv('38', napas)}{tlv('53', '704')}{objects}{tlv('58', 'VN')}"
    return signed(body)


def signed(body: str) -> str:
    """The body of a payment code with its checksum."""
    return f"{body}6304{checksum_of(f'{body}6304')}"
