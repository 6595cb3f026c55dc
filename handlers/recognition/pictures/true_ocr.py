"""TrueOCR: a reader of Vietnamese that carries its weights in its wheel (the extra `reader`).

Read before it was chosen: it opens its own four model files with ONNX Runtime, connects nowhere, and
writes files only when it is told to (`save_outputs`, which stays off).
"""

from importlib.util import find_spec

from PIL import Image

from handlers.recognition.pictures.processor_time import limited

NAME = "TrueOCR"
_LINES_AT_ONCE = 4
"""Lines that are recognised together; memory grows with them, time hardly."""
_LINE_LEGIBLE = 0.4
"""Lines with less confidence are specks that read as single letters."""


def is_installed() -> bool:
    """Whether the package is there; without importing it, which takes a second."""
    return find_spec("trueocr") is not None


class TrueOcr:
    """Implements `reader.Reader`."""

    name = NAME

    def __init__(self) -> None:
        import cv2  # noqa: PLC0415 - native code that only a worker loads
        from trueocr import load_model  # noqa: PLC0415

        # Threads would reserve memory, which a worker has little of.
        cv2.setNumThreads(0)
        self._model = load_model(
            threads=1, batch_size=_LINES_AT_ONCE, auto_rotate=False, save_outputs=False
        )

    def read(self, page: Image.Image, seconds: float) -> tuple[str, float]:
        """See `Reader.read`. Interrupted between two calls of native code, of half a second at most."""
        with limited(seconds):
            found = self._model.predict(page).lines
        lines = [line for line in found if line["confidence"] >= _LINE_LEGIBLE]
        weight = sum(len(line["text"]) for line in lines)
        sure = sum(line["confidence"] * len(line["text"]) for line in lines)
        return "\n".join(line["text"] for line in lines), sure / weight if weight else 0.0
