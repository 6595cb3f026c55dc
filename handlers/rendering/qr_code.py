"""QR codes of addresses."""

from functools import lru_cache
from io import BytesIO

import segno

_SCALE, _BORDER = 10, 4
"""Pixels of a module, and the modules of the quiet zone that ISO/IEC 18004 asks for."""


@lru_cache(maxsize=8)
def qr_code(url: str) -> segno.QRCode:
    """The QR code of an address. The layout of a card measures it for each size that it tries."""
    return segno.make_qr(url, error="m")


def qr_png(url: str) -> bytes:
    """The QR code of an address as a picture of its own, as PNG."""
    png = BytesIO()
    qr_code(url).save(png, kind="png", scale=_SCALE, border=_BORDER)
    return png.getvalue()
