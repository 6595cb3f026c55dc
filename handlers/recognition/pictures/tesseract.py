"""Tesseract, where the machine has it: the library and its Vietnamese data, in this process.

On Debian and Ubuntu these are the packages `tesseract-ocr` and `tesseract-ocr-vie`. The functions are
those of its C interface (`tesseract/capi.h`, Tesseract 4 and 5). The library is called, not the
program, since a worker starts no process and writes no file.
"""

import ctypes
import os
import platform
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

NAME = "Tesseract"
_LIBRARIES = ("libtesseract.so.5", "libtesseract.so.4", "libtesseract.5.dylib")
_FOLDERS = (
    f"/usr/lib/{platform.machine()}-linux-gnu",
    "/usr/lib64",
    "/usr/lib",
    "/usr/local/lib",
    "/opt/homebrew/lib",
)
_DATA = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_LANGUAGE = "vie"
_DOTS_PER_INCH = 150
"""Told to Tesseract, which otherwise guesses it from the picture."""
_WALL_S = 4
"""Seconds after which it ends for each second of processor time that it may take: Tesseract itself
only knows the time of day, and a busy machine is slower."""
_WELL = 0
_PERCENT = 100


def is_installed() -> bool:
    """Whether the library and the Vietnamese data are there."""
    return _library() is not None and _data() is not None


def _library() -> Path | None:
    return next(_there(Path(folder, name) for name in _LIBRARIES for folder in _FOLDERS), None)


def _data() -> Path | None:
    return next(_there(Path(folder, f"{_LANGUAGE}.traineddata") for folder in _DATA), None)


def _there(paths: Iterator[Path]) -> Iterator[Path]:
    return (path for path in paths if path.is_file())


class NotRead(Exception):
    """Tesseract did not start, or did not finish in time."""


class Tesseract:
    """Implements `reader.Reader`."""

    name = NAME

    def __init__(self) -> None:
        library, data = _library(), _data()
        if library is None or data is None:
            raise FileNotFoundError(f"{NAME} is not installed")
        self._api = _declared(ctypes.CDLL(str(library)))
        self._folder = os.fsencode(data.parent)

    def read(self, page: Image.Image, seconds: float) -> tuple[str, float]:
        """See `Reader.read`."""
        api = self._api
        handle, monitor = api.TessBaseAPICreate(), api.TessMonitorCreate()
        try:
            if api.TessBaseAPIInit3(handle, self._folder, _LANGUAGE.encode()) != _WELL:
                raise NotRead("not started")
            pixels = page.tobytes()
            api.TessBaseAPISetImage(handle, pixels, page.width, page.height, 1, page.width)
            api.TessBaseAPISetSourceResolution(handle, _DOTS_PER_INCH)
            api.TessMonitorSetDeadlineMSecs(monitor, max(1, int(seconds * _WALL_S * 1000)))
            if api.TessBaseAPIRecognize(handle, monitor) != _WELL:
                raise NotRead("not in time")
            return self._text(handle), api.TessBaseAPIMeanTextConf(handle) / _PERCENT
        finally:
            api.TessMonitorDelete(monitor)
            api.TessBaseAPIDelete(handle)

    def _text(self, handle: int) -> str:
        found = self._api.TessBaseAPIGetUTF8Text(handle)
        if not found:
            return ""
        try:
            return ctypes.string_at(found).decode(errors="replace")
        finally:
            self._api.TessDeleteText(found)


def _declared(api: ctypes.CDLL) -> ctypes.CDLL:
    """The library with the types of the functions that are called."""
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, result, *arguments in (
        ("TessBaseAPICreate", pointer),
        ("TessBaseAPIDelete", None, pointer),
        ("TessBaseAPIInit3", number, pointer, text, text),
        ("TessBaseAPISetImage", None, pointer, text, number, number, number, number),
        ("TessBaseAPISetSourceResolution", None, pointer, number),
        ("TessBaseAPIRecognize", number, pointer, pointer),
        ("TessBaseAPIGetUTF8Text", pointer, pointer),
        ("TessBaseAPIMeanTextConf", number, pointer),
        ("TessDeleteText", None, pointer),
        ("TessMonitorCreate", pointer),
        ("TessMonitorDelete", None, pointer),
        ("TessMonitorSetDeadlineMSecs", None, pointer, number),
    ):
        function = getattr(api, name)
        function.restype, function.argtypes = result, arguments
    return api
