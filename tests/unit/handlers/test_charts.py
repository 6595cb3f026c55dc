"""Charts that a phone can show: nothing cut, no glyph missing, light and dark alike."""

from io import BytesIO

import pytest
from PIL import Image

from handlers.charts import WIDTH, Chart, Panel, Row, draw

LONG = "Chủ Nhật 15/3: ngày bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân các cấp " * 3
DAYS = Panel("Theo ngày", tuple(Row(f"{n}/3", (n, 0)) for n in range(14)), ("a", "b"), upright=True)
AREAS = Panel("Theo địa bàn", tuple(Row(LONG, (n, 2, 1)) for n in range(16)), ("a", "b", "c"))


def picture(chart: Chart, *, dark: bool = False) -> Image.Image:
    return Image.open(BytesIO(draw(chart, dark=dark))).convert("RGB")


@pytest.mark.parametrize("dark", [False, True])
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
def test_nothing_is_cut_off_at_the_edges(chart: Chart, dark: bool) -> None:
    drawn = picture(chart, dark=dark)
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
