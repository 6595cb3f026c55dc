"""Reads the QR codes of a picture.

Only the contents are read, and nothing in them is opened. Runs in a worker process, with the picture
that was opened safely: the decoder is native code, and a picture of thousands of corner marks takes it
seconds.
"""

from PIL import Image

from handlers.recognition.plain_text import legible

MOST_CODES = 8
"""Codes of one picture that are read; the rest is left out."""
MOST_CHARACTERS = 4_096
"""A code with a longer text is left out. A QR code holds up to 4,296 letters (ISO/IEC 18004)."""


def codes_in(picture: Image.Image) -> tuple[str, ...]:
    """The texts of the QR codes, each once, without characters that nobody can see.

    A code that is damaged beyond its error correction is left out.
    """
    import zxingcpp  # noqa: PLC0415 - not loaded by the bot, which reads no pictures

    found = zxingcpp.read_barcodes(
        picture.convert("L"),
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        text_mode=zxingcpp.TextMode.Plain,
    )
    texts = (legible(code.text).strip() for code in found)
    kept = (text for text in texts if text and len(text) <= MOST_CHARACTERS)
    return tuple(dict.fromkeys(kept))[:MOST_CODES]
