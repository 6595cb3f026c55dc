"""Adapts the club's colours to the background so that their contrast suffices.

Luminance and contrast are those of WCAG 2.2; graphical objects need a contrast of 3 (success criterion
1.4.11), text needs 4.5 (1.4.3). A pale yellow becomes ochre on white.
"""

from typing import NamedTuple

from PIL import ImageColor

SHAPES = 3.0
TEXT = 4.5
_STEPS = 20


class Palette(NamedTuple):
    """The club's own colours, as `#rrggbb`."""

    colour: str
    accent: str


def luminance(colour: str) -> float:
    """Relative luminance: 0 for black, 1 for white."""
    red, green, blue = (_linear(part / 255) for part in ImageColor.getrgb(colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio: 1 for equal colours, 21 for black and white."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def contrasting(colour: str, ground: str) -> str:
    """`colour`, mixed with as much black or white as its contrast to `ground` needs."""
    towards = "#000000" if luminance(ground) > 0.36 else "#ffffff"
    shades = (_mixed(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    return next(shade for shade in shades if contrast(shade, ground) >= SHAPES)


def readable_on(ground: str, ink: str) -> str:
    """`ink`, white or black: the first of them that can be read as text on `ground`."""
    # One of black and white always has a contrast of 4.58 or more.
    shades = (ink, "#FFFFFF", "#000000")
    return next(shade for shade in shades if contrast(shade, ground) >= TEXT)


def _mixed(colour: str, other: str, share: float) -> str:
    return "#" + "".join(
        f"{round(a + (b - a) * share):02x}"
        for a, b in zip(ImageColor.getrgb(colour)[:3], ImageColor.getrgb(other)[:3], strict=True)
    )


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
