"""Charts that a phone can show: nothing cut, no glyph missing, light and dark alike."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from handlers.conversation.settings import ClubSettings
from handlers.rendering.bar_chart import WIDTH, Chart, Panel, Row, draw
from handlers.rendering.contrast import SHAPES, contrast
from tests.support import SETTINGS

LONG = "Chủ Nhật 15/3: ngày bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân các cấp " * 3
DAYS = Panel("Theo ngày", tuple(Row(f"{n}/3", (n, 0)) for n in range(14)), ("a", "b"), upright=True)
AREAS = Panel("Theo địa bàn", tuple(Row(LONG, (n, 2, 1)) for n in range(16)), ("a", "b", "c"))


def picture(chart: Chart, *, dark: bool = False, club: ClubSettings = SETTINGS) -> Image.Image:
    return Image.open(BytesIO(draw(chart, club.palette, dark=dark))).convert("RGB")


@pytest.mark.parametrize(
    "chart",
    [
        Chart("Một", (Panel("Không có gì", ()),)),
        Chart("W" * 200, (Panel("W" * 200, (Row("W" * 200, (1,)),)),)),
        Chart("Một", (Panel("Chưa ai", (Row("0", (0,)),)),)),
        Chart(LONG, (DAYS, AREAS)),
        Chart("$x$ _a_ \\frac", (Panel("Số lớn", (Row("Tất cả", (99_999_999,)),)),)),
    ],
    ids=["empty", "one word", "nothing", "much", "signs"],
)
def test_nothing_is_cut_off_at_the_edges(chart: Chart) -> None:
    drawn = picture(chart)
    ground = drawn.getpixel((0, 0))
    assert drawn.width == WIDTH
    edges = [
        *(drawn.getpixel((x, y)) for x in (20, WIDTH - 20) for y in range(drawn.height)),
        *(drawn.getpixel((x, drawn.height - 8)) for x in range(WIDTH)),
    ]
    assert set(edges) == {ground}


def test_dark_is_dark_and_light_is_light() -> None:
    chart = Chart("Một", (Panel("Hai", (Row("Ba", (4,)),)),))
    assert sum(picture(chart).getpixel((0, 0))) > 3 * 230  # type: ignore[arg-type]
    assert sum(picture(chart, dark=True).getpixel((0, 0))) < 3 * 60  # type: ignore[arg-type]


def test_a_telegram_photo_it_stays_however_much_is_in_it() -> None:
    """Width and height together at most 10,000, neither 20 times the other (Bot API, sendPhoto)."""
    drawn = picture(Chart(LONG, (DAYS, AREAS, DAYS)))
    assert drawn.width + drawn.height <= 10_000


def bars(club: ClubSettings, *, dark: bool) -> list[tuple[int, int, int]]:
    """The colours of what was opened and of what was shared."""
    chart = Chart("Một", (Panel("Hai", (Row("Ba", (4, 4)),)),))
    return long_bars(picture(chart, dark=dark, club=club))


def long_bars(drawn: Image.Image) -> list[tuple[int, int, int]]:
    """The colours that are met on the way down, the ground aside."""
    column = [drawn.getpixel((200, y)) for y in range(drawn.height)]
    wide = [colour for colour in dict.fromkeys(column) if column.count(colour) >= 30]
    return wide[1:]  # type: ignore[return-value]


def test_bars_have_the_clubs_colours() -> None:
    club = replace(SETTINGS, colour="#7a1fa2", accent="#b3541e")
    assert bars(club, dark=False) == [(0xB3, 0x54, 0x1E), (0x7A, 0x1F, 0xA2)]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#f2b233", "#0b5a46", "#808080"])
def test_a_colour_that_would_not_show_is_brought_out(colour: str, dark: bool) -> None:
    club = replace(SETTINGS, colour=colour, accent="#888888")
    ground = "#17212b" if dark else "#ffffff"
    drawn = ["#{:02x}{:02x}{:02x}".format(*bar) for bar in bars(club, dark=dark)]
    assert drawn
    assert all(contrast(bar, ground) >= SHAPES for bar in drawn)


def test_a_thing_has_the_same_colour_by_itself_and_beside_others() -> None:
    alone = Chart("Một", (Panel("Hai", (Row("Ba", (4,), tint=1), Row("Bốn", (4,), tint=2))),))
    beside = Chart("Một", (Panel("Hai", (Row("Ba", (4, 4)),)),))
    assert long_bars(picture(alone)) == long_bars(picture(beside))
