"""Colours of a club's own choosing, so that they can be told from what is behind them.

Luminance and contrast as WCAG 2.2 defines them; shapes want a contrast of 3 (success criterion
1.4.11), text one of 4.5 (1.4.3), and whoever chose a pale yellow gets an ochre on white.
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
    """0 for black, 1 for white."""
    red, green, blue = (_linear(part / 255) for part in ImageColor.getrgb(colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black and white."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def contrasting(colour: str, ground: str) -> str:
    """`colour`, or the nearest to it in the direction of black or white that shows on `ground`."""
    towards = "#000000" if luminance(ground) > 0.36 else "#ffffff"
    shades = (_mixed(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    return next(shade for shade in shades if contrast(shade, ground) >= SHAPES)


def readable_on(ground: str, ink: str) -> str:
    """`ink`, white or black: the first of them that can be read as text on `ground`."""
    # One of black and white always has a contrast of 4.58 or more.
    shades = (ink, "#FFFFFF", "#000000")
    return next(shade for shade in shades if contrast(shade, ground) >= TEXT)


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(ImageColor.getrgb(colour)[:3], ImageColor.getrgb(other)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
