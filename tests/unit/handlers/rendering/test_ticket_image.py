"""Tickets, read as the camera of another phone reads them."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageFilter

from handlers.recognition.pictures.code_reader import codes_in
from handlers.rendering.ticket_image import HEIGHT, WIDTH, Ticket, draw

LINK = "https://t.me/niemtin_bot?start=ve12-482913"
TICKET = Ticket(
    club="Câu lạc bộ Niềm Tin",
    title="Họp báo: Ngày bầu cử và giấy tờ cần mang theo",
    when="14:00, Thứ Sáu 20/3/2026",
    place="Nhà văn hóa, 12 Lê Lợi, Hòa An",
    digits="482 913",
    scanned=LINK,
    hint="Đưa vé này cho cán bộ ở cửa.",
    colour="#0B5A46",
)


def picture_of(ticket: Ticket) -> Image.Image:
    return Image.open(BytesIO(draw(ticket))).convert("RGB")


def inked(picture: Image.Image, top: int, bottom: int) -> int:
    """Dark pixels between two heights."""
    return sum(picture.crop((0, top, WIDTH, bottom)).convert("L").histogram()[:80])


def test_another_phone_reads_the_link_from_a_small_blurred_copy() -> None:
    picture = picture_of(TICKET)
    assert picture.size == (WIDTH, HEIGHT)
    assert codes_in(picture) == (LINK,)
    small = picture.resize((WIDTH // 3, HEIGHT // 3)).filter(ImageFilter.GaussianBlur(1))
    photographed = BytesIO()
    small.rotate(7, expand=True, fillcolor="grey").save(photographed, "JPEG", quality=50)
    assert codes_in(Image.open(photographed)) == (LINK,)


def test_a_club_without_telegram_has_its_digits_in_the_code() -> None:
    assert codes_in(picture_of(replace(TICKET, scanned="482913"))) == ("482913",)


def test_the_digits_are_at_least_a_tenth_of_the_width_high() -> None:
    other = picture_of(replace(TICKET, digits=""))
    picture = picture_of(TICKET)
    rows = [y for y in range(HEIGHT) if inked(picture, y, y + 1) != inked(other, y, y + 1)]
    assert rows[-1] - rows[0] + 1 > WIDTH / 10


@pytest.mark.parametrize("times", [1, 12])
def test_long_words_never_reach_the_code(times: int) -> None:
    long = replace(TICKET, title=f"{TICKET.title} " * times, place=f"{TICKET.place} " * times)
    picture, bare = picture_of(long), picture_of(replace(long, title="", when="", place=""))
    changed = [y for y in range(HEIGHT) if inked(picture, y, y + 1) != inked(bare, y, y + 1)]
    below_head = range(HEIGHT // 8, HEIGHT)
    code_top = next(y for y in below_head if bare.getpixel((WIDTH // 2, y)) == (255, 255, 255))
    assert changed[-1] < code_top
    assert codes_in(picture) == (LINK,)
