"""Made screenshots of posts, in the forms in which they travel, for measuring a reader of pictures."""

import random
from collections.abc import Callable, Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

from handlers.rendering.typesetting import Type, broken

WIDTH = 1080
"""Pixels of a phone's screen across."""
_MARGIN = 48
_SIZE = 44
"""Pixels of the letters of a post, as apps show it on such a screen."""


def clean(text: str, seed: int = 0) -> Image.Image:
    """Dark on light, as most apps show a post."""
    return _page(text, "#ffffff", "#1c1e21")


def dark(text: str, seed: int = 0) -> Image.Image:
    """Light on dark: the night mode of an app."""
    return _page(text, "#18191a", "#e4e6eb")


def jpeg_30(text: str, seed: int = 0) -> Image.Image:
    """Compressed at quality 30, as after several messengers."""
    return compressed(clean(text), 30)


def small(text: str, seed: int = 0) -> Image.Image:
    """At half the resolution of a phone, compressed."""
    page = clean(text)
    return compressed(
        page.resize((page.width // 2, page.height // 2), Image.Resampling.LANCZOS), 60
    )


def on_photo(text: str, seed: int = 0) -> Image.Image:
    """White letters with a shadow on a blurred photo, as pages decorate their posts."""
    kind = Type(52)
    lines = _laid_out(text, kind, WIDTH - 2 * _MARGIN)
    page = _photo(WIDTH, len(lines) * 78 + 240, seed)
    drawn = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        at = (_MARGIN, 120 + number * 78)
        drawn.text((at[0] + 3, at[1] + 3), line, "#000000", kind.font)
        drawn.text(at, line, "#ffffff", kind.font, stroke_width=1, stroke_fill="#202020")
    return compressed(page, 80)


def two_columns(text: str, seed: int = 0) -> Image.Image:
    """The words in two columns of comments, the first half on the left."""
    words = text.split()
    halves = " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])
    column = (WIDTH - 3 * _MARGIN) // 2
    kind = Type(34)
    laid = [_laid_out(half, kind, column) for half in halves]
    page = Image.new("RGB", (WIDTH, max(map(len, laid)) * 52 + 2 * _MARGIN), "#f0f2f5")
    for number, lines in enumerate(laid):
        left = _MARGIN + number * (column + _MARGIN)
        for row, line in enumerate(lines):
            ImageDraw.Draw(page).text((left, _MARGIN + row * 52), line, "#1c1e21", kind.font)
    return page


def noisy_page() -> Image.Image:
    """A page without a single letter, and nothing but edges."""
    side = 1600
    brightness = random.Random(1).randbytes(side * side)
    return Image.frombytes("L", (side, side), brightness).convert("RGB")


def crowded_page() -> Image.Image:
    """A page of some thousand words of two letters far apart, each a line of its own to a reader."""
    side, kind = 1600, Type(12)
    page = Image.new("RGB", (side, side), "#ffffff")
    drawn = ImageDraw.Draw(page)
    for y in range(0, side, 18):
        for x in range(0, side, 48):
            drawn.text((x, y), "Ca", "#000000", kind.font)
    return page


KINDS: dict[str, Callable[[str, int], Image.Image]] = {
    "dark on light": clean,
    "light on dark": dark,
    "JPEG quality 30": jpeg_30,
    "half a phone's resolution": small,
    "over a photo": on_photo,
    "two columns of comments": two_columns,
}


def among_comments(text: str, comments: Sequence[str], seed: int = 0) -> Image.Image:
    """A post with a head above it and others' comments below, cut off somewhere, at quality 40."""
    chance = random.Random(seed)
    page = _page(
        text, *(("#18191a", "#e4e6eb") if chance.random() < 0.5 else ("#ffffff", "#1c1e21"))
    )
    head = _page("Hội Cư Dân Mạng\n2 giờ · Công khai", *_colours_of(page), size=34)
    tail = [_page(comment, *_colours_of(page), size=36) for comment in comments]
    whole = _stacked([head, page, *tail])
    return compressed(whole.crop((0, chance.randrange(60), whole.width, whole.height - 30)), 40)


def encoded(page: Image.Image, quality: int = 85) -> bytes:
    """The page as a JPEG file."""
    written = BytesIO()
    page.save(written, "JPEG", quality=quality)
    return written.getvalue()


def compressed(page: Image.Image, quality: int) -> Image.Image:
    """The page after it was saved as a JPEG of this quality."""
    return Image.open(BytesIO(encoded(page, quality))).convert("RGB")


def _page(text: str, ground: str, ink: str, *, size: int = _SIZE) -> Image.Image:
    kind = Type(size)
    lines = _laid_out(text, kind, WIDTH - 2 * _MARGIN)
    step = round(size * 1.5)
    page = Image.new("RGB", (WIDTH, len(lines) * step + _MARGIN), ground)
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((_MARGIN, _MARGIN // 2 + number * step), line, ink, kind.font)
    return page


def _colours_of(page: Image.Image) -> tuple[str, str]:
    is_dark = page.convert("L").getpixel((0, 0)) < 128  # type: ignore[operator]
    return ("#18191a", "#e4e6eb") if is_dark else ("#ffffff", "#1c1e21")


def _stacked(pages: Sequence[Image.Image]) -> Image.Image:
    whole = Image.new("RGB", (WIDTH, sum(page.height for page in pages)))
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole


def _laid_out(text: str, kind: Type, width: int) -> list[str]:
    """The lines of a text in this width; each of its own lines begins a new one."""
    return [line for paragraph in text.splitlines() for line in broken(paragraph, kind, width)]


def _photo(width: int, height: int, seed: int) -> Image.Image:
    """Blurred blotches in the colours of a landscape."""
    chance = random.Random(seed)
    blotches = bytes(chance.randrange(40, 200) for _ in range(12 * 12 * 3))
    large = Image.frombytes("RGB", (12, 12), blotches).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    noise = Image.effect_noise((width, height), 40).convert("RGB")
    return Image.blend(large, noise, 0.15).filter(ImageFilter.GaussianBlur(1))
