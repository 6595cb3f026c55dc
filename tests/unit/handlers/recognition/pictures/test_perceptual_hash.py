"""A picture is known again in another size, under a bar, inside a screenshot; another one is not."""

import io
import random

import pytest
from PIL import Image, ImageDraw

from handlers.recognition.pictures.perceptual_hash import (
    ALIKE_BITS,
    distance,
    exact_hash,
    perceptual_hash,
)
from handlers.recognition.pictures.safe_image import NoPicture


def photo(seed: int) -> Image.Image:
    """Blotches of colour, as a photograph is to the hash."""
    chance = random.Random(seed)
    blotches = bytes(chance.randrange(256) for _ in range(8 * 6 * 3))
    return Image.frombytes("RGB", (8, 6), blotches).resize((480, 360), Image.Resampling.BICUBIC)


def saved(picture: Image.Image, quality: int = 85) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()


def under_a_bar(picture: Image.Image) -> Image.Image:
    framed = Image.new("RGB", (picture.width, picture.height + 80), "white")
    framed.paste(picture, (0, 80))
    ImageDraw.Draw(framed).text((20, 20), "CẢNH BÁO", fill="black", font_size=36)
    return framed


def in_a_screenshot(picture: Image.Image) -> Image.Image:
    screen = Image.new("RGB", (540, 1100), (24, 25, 26))
    screen.paste(picture.resize((540, 405)), (0, 260))
    ImageDraw.Draw(screen).text((20, 60), "12:30   80%", fill="white", font_size=24)
    return screen


CHANGES = {
    "recompressed": lambda picture: saved(picture, 30),
    "smaller": lambda picture: saved(picture.resize((160, 120))),
    "brighter": lambda picture: saved(picture.point(lambda value: min(255, value + 15))),
    "under a bar": lambda picture: saved(under_a_bar(picture)),
    "in a screenshot": lambda picture: saved(in_a_screenshot(picture)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_same_picture_is_known_again(change: str) -> None:
    for seed in range(5):
        changed = perceptual_hash(CHANGES[change](photo(seed)))
        assert distance(changed, perceptual_hash(saved(photo(seed)))) <= ALIKE_BITS


def test_other_pictures_are_others() -> None:
    hashes = [perceptual_hash(saved(photo(seed))) for seed in range(8)]
    apart = [distance(a, b) for i, a in enumerate(hashes) for b in hashes[:i]]
    assert min(apart) > ALIKE_BITS


def test_the_same_file_is_the_same_and_one_byte_makes_another() -> None:
    content = saved(photo(1))
    assert exact_hash(content) == exact_hash(bytes(content))
    assert exact_hash(content) != exact_hash(content + b"\0")


@pytest.mark.parametrize("content", [b"", b"no picture", saved(photo(1))[:200]])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NoPicture):
        perceptual_hash(content)
